"""Matrices whose rows and columns are counted modulo their numbers."""

from __future__ import annotations

from typing import Any

from sympy import Mul, sympify

from therefore.language.base import (
    Declared,
    NumberWithin,
    Object,
    Statement,
    Term,
    binds,
    name_argument,
    size_argument,
)
from therefore.language.cyclic import CyclicIndex, CyclicSequence
from therefore.language.errors import IllFormed
from therefore.language.vectors import RealSequence

__all__ = [
    "Circulant",
    "Entry",
    "Identity",
    "Image",
    "Inverse",
    "Invertible",
    "Matrix",
    "MatrixByEntries",
    "MatrixExponential",
    "MatrixItem",
    "MatrixSequence",
    "MatrixTerm",
    "Outer",
    "Power",
    "Product",
    "PseudoInverse",
    "Shift",
    "Toeplitz",
    "Transpose",
    "circulant",
    "entry",
    "identity",
    "inverse",
    "invertible",
    "matrix",
    "matrix_by_entries",
    "matrix_exponential",
    "matrix_sequence",
    "outer",
    "pseudo_inverse",
    "shift",
    "toeplitz",
    "transpose",
]


class MatrixTerm(Term):
    """A matrix; ``A * B`` is the product of matrices, and keeps its order."""

    is_commutative = False
    # Above that of SymPy's numbers, so that a number times a matrix is decided here.
    _op_priority = 12.0

    def __mul__(self, other: Any) -> Any:
        factor = sympify(other, strict=True)
        return Mul(self, factor) if factor.is_commutative else Product(self, factor)

    def __rmul__(self, other: Any) -> Any:
        factor = sympify(other, strict=True)
        return Mul(factor, self) if factor.is_commutative else Product(factor, self)

    def __pow__(self, exponent: Any) -> Any:
        return Power(self, exponent)

    def __matmul__(self, other: Any) -> Any:
        factor = sympify(other, strict=True)
        return Image(self, factor) if factor.is_commutative else Product(self, factor)

    def __getitem__(self, place: tuple[Any, Any]) -> Entry:
        return entry(self, *place)


class Matrix(Declared, MatrixTerm):
    """A matrix with m rows and n columns, both counted from 0 and modulo m and n."""

    def __new__(cls, name: Any, rows: Any, columns: Any) -> Any:
        sizes = size_argument(rows), size_argument(columns)
        return Term.__new__(cls, name_argument(name), *sizes)


class MatrixSequence(Declared, Object):
    """Matrices A[k], one for every integer k, whose numbers of rows and columns may depend on k."""

    def __new__(cls, name: Any, index: Any, rows: Any, columns: Any) -> Any:
        sizes = size_argument(rows), size_argument(columns)
        return Object.__new__(cls, name_argument(name), index, *sizes)

    @property
    def free_symbols(self) -> set[Any]:
        """The sequence itself, and what its sizes speak of besides their index."""
        _, index, rows, columns = self.args
        return {self} | ((set(rows.free_symbols) | set(columns.free_symbols)) - {index})

    def _eval_subs(self, old: Any, new: Any) -> Any:
        return binds(self, self.args[1:2], old, new)

    def __getitem__(self, index: Any) -> MatrixItem:
        return MatrixItem(self, index)


class MatrixItem(MatrixTerm):
    """One member of a sequence of matrices: A[k]."""

    def __init__(self, sequence: Any, index: Any) -> None:
        """Takes a sequence of matrices and an integer."""

    def _sympystr(self, printer: Any) -> str:
        sequence, index = (printer._print(arg) for arg in self.args)
        return f"{sequence}[{index}]"

    def _latex(self, printer: Any, **options: Any) -> str:
        sequence, index = (printer._print(arg) for arg in self.args)
        base = f"{{{sequence}}}" if "_" in sequence else sequence
        return f"{base}_{{{index}}}"

    def _numpycode(self, printer: Any) -> str:
        sequence, index = (printer._print(arg) for arg in self.args)
        return f"{sequence}[{index}]"


class Product(MatrixTerm):
    """The product of two matrices."""

    def __init__(self, left: Any, right: Any) -> None:
        """Takes two matrices; the left has as many columns as the right has rows."""

    def _sympystr(self, printer: Any) -> str:
        return "*".join(_bracketed(arg, printer._print(arg)) for arg in self.args)

    def _latex(self, printer: Any, **options: Any) -> str:
        return " ".join(_factors(self, printer))

    def _numpycode(self, printer: Any) -> str:
        left, right = (printer._print(arg) for arg in self.args)
        return f"{printer._module_format('numpy.matmul')}({left}, {right})"


class Image(Term):
    """A matrix times a vector."""

    def __init__(self, matrix: Any, vector: Any) -> None:
        """Takes a matrix and a vector with as many coordinates as the matrix has columns."""

    def _sympystr(self, printer: Any) -> str:
        matrix, vector = self.args
        text = printer._print(vector)
        right = f"({text})" if vector.is_Add or vector.is_Mul else text
        return f"{_bracketed(matrix, printer._print(matrix))} @ {right}"

    def _latex(self, printer: Any, **options: Any) -> str:
        return " ".join(_factors(self, printer))

    def _numpycode(self, printer: Any) -> str:
        left, right = (printer._print(arg) for arg in self.args)
        return f"{printer._module_format('numpy.matmul')}({left}, {right})"


class Outer(MatrixTerm):
    """The matrix u v^T of two vectors, with the entries u_i v_j."""

    def __init__(self, left: Any, right: Any) -> None:
        """Takes two vectors, of any two sizes."""

    def _sympystr(self, printer: Any) -> str:
        left, right = (printer._print(arg) for arg in self.args)
        return f"outer({left}, {right})"

    def _latex(self, printer: Any, **options: Any) -> str:
        left, right = _factors(self, printer)
        return rf"{left} {right}^{{\top}}"

    def _numpycode(self, printer: Any) -> str:
        left, right = (printer._print(arg) for arg in self.args)
        return f"{printer._module_format('numpy.outer')}({left}, {right})"


class Identity(MatrixTerm):
    """The identity matrix."""

    def __init__(self, size: Any) -> None:
        """Takes the number of rows, which is the number of columns."""

    def _sympystr(self, printer: Any) -> str:
        return f"identity({printer._print(self.args[0])})"

    def _latex(self, printer: Any, **options: Any) -> str:
        return rf"I_{{{printer._print(self.args[0])}}}"

    def _numpycode(self, printer: Any) -> str:
        return f"{printer._module_format('numpy.eye')}({printer._print(self.args[0])})"


class _Raised(MatrixTerm):
    """A matrix with a sign above it."""

    word = ""
    sign = ""
    numpy_word = ""

    def __init__(self, matrix: Any) -> None:
        """Takes a matrix."""

    def _sympystr(self, printer: Any) -> str:
        return f"{self.word}({printer._print(self.args[0])})"

    def _latex(self, printer: Any, **options: Any) -> str:
        return _above(printer._print(self.args[0]), self.args[0], self.sign)

    def _numpycode(self, printer: Any) -> str:
        return f"{printer._module_format(self.numpy_word)}({printer._print(self.args[0])})"


class Transpose(_Raised):
    """The transpose of a matrix."""

    word, sign, numpy_word = "transpose", r"\top", "numpy.transpose"


class Inverse(_Raised):
    """The inverse of a square matrix, which has to have one."""

    word, sign, numpy_word = "inverse", "-1", "numpy.linalg.inv"


class PseudoInverse(_Raised):
    """The pseudo-inverse of Moore and Penrose, which every matrix has."""

    word, sign, numpy_word = "pseudo_inverse", "+", "numpy.linalg.pinv"


class MatrixExponential(MatrixTerm):
    """The sum of A^k/k! over all natural numbers k, which every square matrix A has."""

    def __init__(self, matrix: Any) -> None:
        """Takes a square matrix."""

    def _sympystr(self, printer: Any) -> str:
        return f"matrix_exponential({printer._print(self.args[0])})"

    def _latex(self, printer: Any, **options: Any) -> str:
        return rf"e^{{{printer._print(self.args[0])}}}"

    def _numpycode(self, printer: Any) -> str:
        return f"{printer._module_format('scipy.linalg.expm')}({printer._print(self.args[0])})"


class Invertible(Statement):
    """The square matrix has an inverse."""

    def _latex(self, printer: Any, **options: Any) -> str:
        return rf"{printer._print(self.args[0])} \text{{ is invertible}}"


class Power(MatrixTerm):
    """A square matrix times itself, a natural number of times; the power 0 is the identity."""

    def __init__(self, base: Any, exponent: Any) -> None:
        """Takes a square matrix and an integer, which must not be negative."""

    def _sympystr(self, printer: Any) -> str:
        base, exponent = (printer._print(arg) for arg in self.args)
        return f"{_bracketed(self.args[0], base)}**({exponent})"

    def _latex(self, printer: Any, **options: Any) -> str:
        base, exponent = (printer._print(arg) for arg in self.args)
        return _above(base, self.args[0], exponent)

    def _numpycode(self, printer: Any) -> str:
        base, exponent = (printer._print(arg) for arg in self.args)
        return f"{printer._module_format('numpy.linalg.matrix_power')}({base}, {exponent})"


class MatrixByEntries(MatrixTerm):
    """The matrix whose entry in row i and column j is a given expression."""

    def __init__(self, row: Any, column: Any, body: Any) -> None:
        """Takes two cyclic indices and a number that depends on them."""

    @property
    def free_symbols(self) -> set[Any]:
        """What the entries speak of besides their row and column."""
        row, column, body = self.args
        sizes = set(row.modulus.free_symbols) | set(column.modulus.free_symbols)
        return (set(body.free_symbols) - {row, column}) | sizes

    def _eval_subs(self, old: Any, new: Any) -> Any:
        return binds(self, self.args[:2], old, new)

    def _sympystr(self, printer: Any) -> str:
        row, column, body = (printer._print(arg) for arg in self.args)
        return f"matrix_by_entries(({row}, {column}), {body})"

    def _latex(self, printer: Any, **options: Any) -> str:
        row, column, body = (printer._print(arg) for arg in self.args)
        return rf"\left[{body}\right]_{{{row}, {column}}}"

    def _numpycode(self, printer: Any) -> str:
        row, column, body = self.args
        return _array(printer, row, column, body)


class Circulant(MatrixTerm):
    """The circulant matrix with the entries c[i - j]."""

    def __init__(self, sequence: Any) -> None:
        """Takes a cyclic sequence."""

    def _sympystr(self, printer: Any) -> str:
        return f"circulant({printer._print(self.args[0])})"

    def _latex(self, printer: Any, **options: Any) -> str:
        return rf"\operatorname{{circ}}\left({printer._print(self.args[0])}\right)"

    def _numpycode(self, printer: Any) -> str:
        (sequence,) = self.args
        row, column = _fresh(sequence.modulus)
        return _array(printer, row, column, sequence[row - column])


class Shift(MatrixTerm):
    """The cyclic shift J: it sends the basis vector e_j to e_(j+1), modulo n."""

    def __init__(self, size: Any) -> None:
        """Takes the number of rows, which is the number of columns."""

    def _sympystr(self, printer: Any) -> str:
        return f"shift({printer._print(self.args[0])})"

    def _latex(self, printer: Any, **options: Any) -> str:
        return rf"J_{{{printer._print(self.args[0])}}}"

    def _numpycode(self, printer: Any) -> str:
        size = printer._print(self.args[0])
        roll, eye = printer._module_format("numpy.roll"), printer._module_format("numpy.eye")
        return f"{roll}({eye}({size}), 1, axis=0)"


class Toeplitz(MatrixTerm):
    """The n by n matrix with the entries a[i - j], where i and j run over 0 ... n - 1."""

    def __init__(self, sequence: Any, size: Any) -> None:
        """Takes a real sequence, indexed from 1 - n to n - 1, and the size n."""

    def _sympystr(self, printer: Any) -> str:
        return f"toeplitz({printer._print(self.args[0])}, {printer._print(self.args[1])})"

    def _latex(self, printer: Any, **options: Any) -> str:
        sequence, size = (printer._print(arg) for arg in self.args)
        return rf"\operatorname{{toep}}_{{{size}}}\left({sequence}\right)"

    def _numpycode(self, printer: Any) -> str:
        sequence, size = self.args
        row, column = _fresh(size)
        return _array(printer, row, column, sequence[row - column])


class Entry(NumberWithin):
    """The entry of a matrix in row i and column j, modulo its sizes."""

    def __init__(self, matrix: Any, row: Any, column: Any) -> None:
        """Takes a matrix and two residues."""

    def _sympystr(self, printer: Any) -> str:
        matrix, row, column = (printer._print(arg) for arg in self.args)
        return f"{_bracketed(self.args[0], matrix)}[{row}, {column}]"

    def _latex(self, printer: Any, exp: str | None = None, **options: Any) -> str:
        matrix, row, column = (printer._print(arg) for arg in self.args)
        if not isinstance(self.args[0], Matrix):
            matrix = rf"\left({matrix}\right)"
        text = f"{matrix}_{{{row}, {column}}}"
        return text if exp is None else f"{text}^{{{exp}}}"

    def _numpycode(self, printer: Any) -> str:
        matrix, row, column = (printer._print(arg) for arg in self.args)
        shape = f"({matrix}).shape"
        return f"({matrix})[({row}) % {shape}[0], ({column}) % {shape}[1]]"


def matrix(name: str, rows: Any, columns: Any) -> Matrix:
    """A matrix of real numbers; ``B[i, j]`` takes residues modulo ``rows`` and ``columns``."""
    made: Matrix = Matrix(name, rows, columns)
    return made


def identity(size: Any) -> Identity:
    """The identity matrix with ``size`` rows."""
    made: Identity = Identity(size_argument(size))
    return made


def outer(left: Any, right: Any) -> Outer:
    """The matrix ``left`` times the transpose of ``right``, for two vectors."""
    made: Outer = Outer(left, right)
    return made


def inverse(matrix: Any) -> Inverse:
    """The inverse of a square matrix; where it is used, it has to be known to exist."""
    return Inverse(matrix)


def pseudo_inverse(matrix: Any) -> PseudoInverse:
    """The matrix A^+ with A A^+ A = A, A^+ A A^+ = A^+, and A A^+ and A^+ A symmetric."""
    return PseudoInverse(matrix)


def matrix_exponential(matrix: Any) -> MatrixExponential:
    """The exponential e^A of a square matrix: I + A + A^2/2 + A^3/6 + ... ."""
    return MatrixExponential(sympify(matrix, strict=True))


def invertible(matrix: Any) -> Invertible:
    """The square matrix has an inverse."""
    made: Invertible = Invertible(matrix)
    return made


def transpose(matrix: Any) -> Transpose:
    """The transpose of a matrix: its rows are the columns of ``matrix``."""
    made: Transpose = Transpose(matrix)
    return made


def matrix_sequence(name: str, index: Any, rows: Any, columns: Any) -> MatrixSequence:
    """Matrices ``A[k]``; ``rows`` and ``columns`` may depend on ``index``, which stands for k.

    ``matrix_sequence("A", k, n[k], n[k - 1])`` for sizes ``n = size_sequence("n")``.
    """
    made: MatrixSequence = MatrixSequence(name, index, rows, columns)
    return made


def matrix_by_entries(place: tuple[CyclicIndex, CyclicIndex], body: Any) -> MatrixByEntries:
    """The matrix with ``body`` in row i and column j; its sizes are the moduli of i and j."""
    made: MatrixByEntries = MatrixByEntries(*place, body)
    return made


def circulant(sequence: CyclicSequence) -> Circulant:
    """The circulant n by n matrix with ``sequence[i - j]`` in row i and column j."""
    if not isinstance(sequence, CyclicSequence):
        raise IllFormed("circulant(c) takes a cyclic sequence")
    made: Circulant = Circulant(sequence)
    return made


def shift(size: Any) -> Shift:
    """The cyclic shift of ``size`` coordinates: 1 in row j + 1 and column j, modulo ``size``."""
    made: Shift = Shift(size_argument(size))
    return made


def toeplitz(sequence: RealSequence, size: Any) -> Toeplitz:
    """The Toeplitz matrix with ``sequence[i - j]`` in row i and column j, without any modulus."""
    if not isinstance(sequence, RealSequence):
        raise IllFormed("toeplitz(a, n) takes a real sequence")
    made: Toeplitz = Toeplitz(sequence, size_argument(size))
    return made


def entry(matrix: Any, row: Any, column: Any) -> Entry:
    """The entry of any matrix, a product too, in row ``row`` and column ``column``."""
    made: Entry = Entry(matrix, row, column)
    return made


def _factors(product: Any, printer: Any) -> list[str]:
    """The parts of a product in LaTeX, sums and products in brackets."""
    return [
        rf"\left({printer._print(arg)}\right)" if arg.is_Add or arg.is_Mul else printer._print(arg)
        for arg in product.args
    ]


def _above(text: str, matrix: Any, sign: str) -> str:
    """A matrix in LaTeX with a sign above it, in brackets unless it is a plain name."""
    simple = isinstance(matrix, Matrix | Shift) and "^" not in text
    return rf"{text}^{{{sign}}}" if simple else rf"\left({text}\right)^{{{sign}}}"


def _bracketed(matrix: Any, text: str) -> str:
    return f"({text})" if matrix.is_Mul or matrix.is_Add or isinstance(matrix, Product) else text


def _fresh(size: Any) -> tuple[Any, Any]:
    return CyclicIndex("i_row", size), CyclicIndex("j_column", size)


def _array(printer: Any, row: Any, column: Any, body: Any) -> str:
    inner = f"{printer._print(body)} for {printer._print(column)} in range"
    inner = f"[{inner}({printer._print(column.modulus)})]"
    outer = f"[{inner} for {printer._print(row)} in range({printer._print(row.modulus)})]"
    return f"{printer._module_format('numpy.array')}({outer})"
