"""Matrices made of others: blocks, Kronecker and Hadamard products, and a matrix as a vector."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Integer, Tuple, sympify

from therefore.language.base import Declared, Term
from therefore.language.errors import IllFormed
from therefore.language.matrices import MatrixTerm

__all__ = [
    "BlockMatrix",
    "HadamardOfVectors",
    "HadamardProduct",
    "KroneckerOfVectors",
    "KroneckerProduct",
    "Vectorised",
    "block_diagonal",
    "block_matrix",
    "hadamard",
    "kronecker",
    "vec",
]


class _Between(Term):
    """Two factors with a sign between them."""

    word = ""
    sign = ""
    numpy_word = ""

    def __init__(self, left: Any, right: Any) -> None:
        """Takes two matrices, or two vectors."""

    def _sympystr(self, printer: Any) -> str:
        left, right = (printer._print(arg) for arg in self.args)
        return f"{self.word}({left}, {right})"

    def _latex(self, printer: Any, **options: Any) -> str:
        return rf" {self.sign} ".join(
            printer._print(arg) if isinstance(arg, Declared)
            else rf"\left({printer._print(arg)}\right)" for arg in self.args
        )  # fmt: skip

    def _numpycode(self, printer: Any) -> str:
        left, right = (printer._print(arg) for arg in self.args)
        return f"{printer._module_format(self.numpy_word)}({left}, {right})"


class KroneckerOfVectors(_Between):
    """The vector with u_i v_k in the place i p + k, for v with p coordinates."""

    word, sign, numpy_word = "kronecker", r"\otimes", "numpy.kron"


class KroneckerProduct(MatrixTerm, _Between):
    """The matrix of the blocks A_ij B."""

    word, sign, numpy_word = "kronecker", r"\otimes", "numpy.kron"


class HadamardOfVectors(_Between):
    """The vector of the products of the coordinates."""

    word, sign, numpy_word = "hadamard", r"\circ", "numpy.multiply"


class HadamardProduct(MatrixTerm, _Between):
    """The matrix of the products of the entries."""

    word, sign, numpy_word = "hadamard", r"\circ", "numpy.multiply"


class Vectorised(Term):
    """The columns of a matrix, one below the other, as one vector."""

    def __init__(self, matrix: Any) -> None:
        """Takes a matrix."""

    def _sympystr(self, printer: Any) -> str:
        return f"vec({printer._print(self.args[0])})"

    def _latex(self, printer: Any, **options: Any) -> str:
        return rf"\operatorname{{vec}}\left({printer._print(self.args[0])}\right)"

    def _numpycode(self, printer: Any) -> str:
        return f"{printer._module_format('numpy.ravel')}({printer._print(self.args[0])}, order='F')"


class BlockMatrix(MatrixTerm):
    """The matrix that is made of blocks."""

    def __init__(self, *rows: Any) -> None:
        """Takes rows of blocks: matrices, and 0 for blocks of zeros."""

    @property
    def blocks(self) -> list[list[Any]]:
        """The blocks, row by row."""
        return [list(row.args) for row in self.args]

    def _sympystr(self, printer: Any) -> str:
        rows = (f"[{', '.join(map(printer._print, row))}]" for row in self.blocks)
        return f"block_matrix([{', '.join(rows)}])"

    def _latex(self, printer: Any, **options: Any) -> str:
        rows = r" \\ ".join(" & ".join(map(printer._print, row)) for row in self.blocks)
        return rf"\begin{{bmatrix}} {rows} \end{{bmatrix}}"

    def _numpycode(self, printer: Any) -> str:
        rows = ", ".join(
            f"[{', '.join(self._block_of_numpy(printer, i, j) for j in range(len(row)))}]"
            for i, row in enumerate(self.blocks)
        )
        return f"{printer._module_format('numpy.block')}([{rows}])"

    def _block_of_numpy(self, printer: Any, i: int, j: int) -> str:
        blocks = self.blocks
        if blocks[i][j] != 0:
            return str(printer._print(blocks[i][j]))
        beside = printer._print(next(block for block in blocks[i] if block != 0))
        above = printer._print(next(row[j] for row in blocks if row[j] != 0))
        zeros = printer._module_format("numpy.zeros")
        return f"{zeros}((({beside}).shape[0], ({above}).shape[1]))"


def kronecker(left: Any, right: Any) -> Any:
    """The Kronecker product of two matrices, or of two vectors."""
    return _of_kind(KroneckerProduct, KroneckerOfVectors, left, right)


def hadamard(left: Any, right: Any) -> Any:
    """The product entry by entry of two matrices of one shape, or of two vectors of one size."""
    return _of_kind(HadamardProduct, HadamardOfVectors, left, right)


def _of_kind(of_matrices: Any, of_vectors: Any, left: Any, right: Any) -> Any:
    first, second = sympify(left, strict=True), sympify(right, strict=True)
    if first.is_commutative != second.is_commutative:
        raise IllFormed(f"{first} and {second}: one is a matrix, and the other is none")
    return (of_vectors if first.is_commutative else of_matrices)(first, second)


def vec(matrix: Any) -> Vectorised:
    """The columns of a matrix, one below the other, as one vector."""
    made: Vectorised = Vectorised(matrix)
    return made


def block_matrix(rows: Sequence[Sequence[Any]]) -> BlockMatrix:
    """The matrix of the blocks ``[[A, B], [C, D]]``; 0 stands for a block of zeros.

    In each row and in each column one block at least is a matrix, which tells the size of zeros.
    """
    grid = [[sympify(block, strict=True) for block in row] for row in rows]
    if not grid or not grid[0] or any(len(row) != len(grid[0]) for row in grid):
        raise IllFormed("the rows of a block matrix have one length, and are not empty")
    for line in (*grid, *zip(*grid, strict=True)):
        if all(block == 0 for block in line):
            raise IllFormed("a row or a column of zeros does not tell its size")
    made: BlockMatrix = BlockMatrix(*(Tuple(*row) for row in grid))
    return made


def block_diagonal(*blocks: Any) -> BlockMatrix:
    """The matrix with these square blocks on its diagonal, and zeros elsewhere."""
    zero = Integer(0)
    return block_matrix([
        [block if i == j else zero for j in range(len(blocks))] for i, block in enumerate(blocks)
    ])  # fmt: skip
