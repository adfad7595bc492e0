"""Matrices made of blocks, and products of matrices that are no matrix products."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Tuple, sympify

from therefore.language.base import Term
from therefore.language.errors import IllFormed
from therefore.language.matrices import MatrixTerm, Product

__all__ = [
    "Blocks",
    "Hadamard",
    "Kronecker",
    "Vec",
    "block_diagonal",
    "block_matrix",
    "hadamard",
    "kronecker",
    "vec",
]


class Blocks(MatrixTerm):
    """A matrix of blocks; a block may be 0."""

    def __init__(self, *rows: Any) -> None:
        """Takes rows of equally many blocks."""

    def _sympystr(self, printer: Any) -> str:
        rows = ", ".join(f"[{', '.join(map(printer._print, row))}]" for row in self.args)
        return f"block_matrix([{rows}])"

    def _latex(self, printer: Any, **options: Any) -> str:
        rows = r" \\ ".join(" & ".join(map(printer._print, row)) for row in self.args)
        return rf"\begin{{bmatrix}} {rows} \end{{bmatrix}}"

    def _numpycode(self, printer: Any) -> str:
        if any(block.is_zero for row in self.args for block in row):
            raise IllFormed(f"{self} has a block 0, which tells NumPy no size")
        rows = ", ".join(f"[{', '.join(map(printer._print, row))}]" for row in self.args)
        return f"{printer._module_format('numpy.block')}([{rows}])"


class _ProductOfMatrices(MatrixTerm):
    """A product of two matrices of another kind."""

    word = ""
    latex_sign = ""
    numpy_word = ""

    def __init__(self, left: Any, right: Any) -> None:
        """Takes two matrices."""

    def _sympystr(self, printer: Any) -> str:
        return f"{self.word}({', '.join(map(printer._print, self.args))})"

    def _latex(self, printer: Any, **options: Any) -> str:
        left, right = (
            rf"\left({printer._print(arg)}\right)"
            if arg.is_Add or arg.is_Mul or isinstance(arg, Product)
            else printer._print(arg)
            for arg in self.args
        )
        return rf"\left({left} {self.latex_sign} {right}\right)"

    def _numpycode(self, printer: Any) -> str:
        parts = ", ".join(map(printer._print, self.args))
        return f"{printer._module_format(self.numpy_word)}({parts})"


class Kronecker(_ProductOfMatrices):
    """The matrix of the blocks A[i, j] B, in row i and column j of blocks."""

    word, latex_sign, numpy_word = "kronecker", r"\otimes", "numpy.kron"


class Hadamard(_ProductOfMatrices):
    """The matrix of the products A[i, j] B[i, j]."""

    word, latex_sign, numpy_word = "hadamard", r"\odot", "numpy.multiply"


class Vec(Term):
    """The columns of a matrix, one below the other."""

    def __init__(self, matrix: Any) -> None:
        """Takes a matrix."""

    def _sympystr(self, printer: Any) -> str:
        return f"vec({printer._print(self.args[0])})"

    def _latex(self, printer: Any, **options: Any) -> str:
        return rf"\operatorname{{vec}}\left({printer._print(self.args[0])}\right)"

    def _numpycode(self, printer: Any) -> str:
        return f"{printer._module_format('numpy.ravel')}({printer._print(self.args[0])}, 'F')"


def block_matrix(rows: Sequence[Sequence[Any]]) -> Blocks:
    """The matrix of blocks, row by row: ``block_matrix([[A, B], [0, D]])``.

    A block is a matrix; a 0 takes its size from the blocks beside and above it.
    """
    if not rows or not all(rows) or len({len(row) for row in rows}) > 1:
        raise IllFormed("block_matrix([[A, B], [C, D]]) takes rows of equally many blocks")
    blocks = [[sympify(block, strict=True) for block in row] for row in rows]
    for block in (block for row in blocks for block in row):
        if block != 0 and block.is_commutative:
            raise IllFormed(f"a block is a matrix or 0, and {block} is neither")
    made: Blocks = Blocks(*(Tuple(*row) for row in blocks))
    return made


def block_diagonal(*blocks: Any) -> Blocks:
    """The matrix with these square matrices on its diagonal, and 0 beside them."""
    return block_matrix(
        [[block if i == j else 0 for j in range(len(blocks))] for i, block in enumerate(blocks)]
    )


def kronecker(left: Any, right: Any) -> Kronecker:
    """The Kronecker product of two matrices: the blocks ``left[i, j]`` times ``right``."""
    made: Kronecker = Kronecker(left, right)
    return made


def hadamard(left: Any, right: Any) -> Hadamard:
    """The product entry by entry of two matrices of one shape."""
    made: Hadamard = Hadamard(left, right)
    return made


def vec(matrix: Any) -> Vec:
    """The vector of the columns of a matrix, one below the other."""
    made: Vec = Vec(matrix)
    return made
