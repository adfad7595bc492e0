"""Pseudo-inverses: the A⁺ of Moore and Penrose, which every real matrix has.

| term | what it is | shapes |
| --- | --- | --- |
| pseudoinverse A | A⁺ | m×n → n×m |

The axiom ``penrose`` says what it is: A A⁺ A = A, A⁺ A A⁺ = A⁺, and A A⁺ and A⁺ A are symmetric;
only one matrix satisfies that (Penrose, A generalized inverse for matrices, 1955, theorem 1). In a
normal form A⁺ is a letter. Of a matrix of numbers it is computed: with the coefficients q_k of the
characteristic polynomial of A Aᵀ and the matrices B_k of Faddeev and LeVerrier, A⁺ = Aᵀ B_{k−1}/q_k
for the last k with q_k ≠ 0, and A⁺ = 0 for A = 0 (Decell, An application of the Cayley–Hamilton
theorem to generalized matrix inversion, 1965). It is not continuous in A.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, cast

from .atoms import Matrix
from .axioms import AXIOMS
from .binders import Names
from .blocks import named_sizes
from .data import Term
from .errors import Rejected
from .images import IMAGES
from .letters import SHAPES, SORTS, letters
from .normal import FORMS, Normaliser
from .polynomials import number
from .typed import SIGNATURES, sort_of
from .words import is_written, of_letter

if TYPE_CHECKING:
    from .images import Images

__all__ = ["pseudo_inverse"]

Grid = list[list[Fraction]]


def _sort(names: Names, term: Term) -> Term:
    sort = sort_of(term, names)
    if sort[0] != "matrix":
        raise Rejected("ILL_TYPED", f"not a matrix: {term}")
    return ("matrix", sort[2], sort[1])


def pseudo_inverse(nf: Images, rows: Term, columns: Term, matrix: Matrix) -> Matrix:
    """A⁺ of the given size, for an A of as many columns and rows."""
    if not matrix.parts:
        return Matrix({})
    grid = _numbers(nf, rows, columns, matrix)
    if grid is None:
        letter = nf.atoms.intern("pseudoinverse", rows, columns, matrix)
        return of_letter(nf, letter)
    total = Matrix({})
    for i, row in enumerate(_computed(grid)):
        for j, entry in enumerate(row):
            if entry:
                ends = (nf.atoms.intern("basis", str(k)) for k in (i, j))
                total = total + Matrix({nf.atoms.intern("outer", *ends): number(entry)})
    return total


def _numbers(nf: Images, rows: Term, columns: Term, matrix: Matrix) -> Grid | None:
    """The entries of A, where its size is written out and all of them are numbers."""
    if not (is_written(rows) and is_written(columns)):
        return None
    grid = [[Fraction(0)] * int(rows) for _ in range(int(columns))]
    for index, factor in matrix.parts.items():
        ends = [nf.atoms.rows[end] for end in letters(nf.atoms.rows[index])]
        value = factor.constant()
        if value is None:
            return None
        i, j = (int(str(row.arguments[0])) for row in ends)
        grid[i][j] = value
    return grid


def _product(left: Grid, right: Grid) -> Grid:
    columns = list(zip(*right, strict=True))
    return [[sum(map(Fraction.__mul__, row, column), Fraction(0)) for column in columns]
            for row in left]  # fmt: skip


def _computed(grid: Grid) -> Grid:
    """A⁺ of a matrix of numbers that is not 0. Decell's method."""
    back: Grid = [list(column) for column in zip(*grid, strict=True)]
    square, places = _product(grid, back), range(len(grid))
    power = [[Fraction(int(i == j)) for j in places] for i in places]
    found: Grid = []
    for k in range(1, len(grid) + 1):
        raised = _product(square, power)
        traced = sum((raised[i][i] for i in places), Fraction(0)) / k
        if traced:
            found = [[entry / traced for entry in row] for row in _product(back, power)]
        power = [[raised[i][j] - traced * (i == j) for j in places] for i in places]
    return found


def _form(nf: Normaliser, term: Term) -> Matrix:
    _, columns, rows = sort_of(term, nf.names)
    named_sizes(rows, columns)
    return pseudo_inverse(nf, rows, columns, nf.matrix(term))


SORTS["pseudoinverse"] = ("matrix",)
SHAPES["pseudoinverse"] = lambda row: cast("tuple[Term, Term]", row.arguments[:2])
SIGNATURES["pseudoinverse", 1] = _sort
FORMS["pseudoinverse"] = _form
IMAGES["pseudoinverse"] = pseudo_inverse

_A, _PINV = "#0", ("pseudoinverse", "#0")
_RANGES = ("matmul", _A, _PINV), ("matmul", _PINV, _A)
AXIOMS["penrose"] = ("forall", "size", ("forall", "size", ("forall", ("matrix", "#1", "#0"), (
    "and",
    ("=", ("matmul", _A, ("matmul", _PINV, _A)), _A),
    ("=", ("matmul", _PINV, ("matmul", _A, _PINV)), _PINV),
    *(("=", ("transpose", side), side) for side in _RANGES),
))))  # fmt: skip
