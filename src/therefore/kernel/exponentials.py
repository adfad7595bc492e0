"""Exponentials of square matrices: e^A = I + A + A²/2 + A³/6 + …, which every one of them has.

| term | what it is | shapes |
| --- | --- | --- |
| exponential A | e^A | n×n → n×n |

In a normal form e^A is a letter. It is written out where A is 0, or is of written-out size and
diagonal, or of numbers with a power that is 0: there the series ends. The derivative of e^(sA), for
a number s that moves and a matrix A that does not, is s′·A·e^(sA); of other exponents, which need
not commute with their derivative, none is known by structure. All else follows by the rule
``flow``. Source: Horn and Johnson, Topics in Matrix Analysis, 6.2 and 6.4.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, cast

from .atoms import Matrix
from .binders import Names, mentions, open_binder
from .calculus import CONTINUOUS
from .context import Context
from .data import Data, Term, field, term_of
from .differential import CHANGES, Change, differential
from .enclosures import ENCLOSED, Enclosure, Value
from .errors import Rejected
from .images import IMAGES
from .intervals import Interval, point
from .letters import SHAPES, SORTS, letters
from .normal import FORMS, Normaliser
from .polynomials import ONE, Scalar, number
from .proofs import Checker, refused, rule
from .sorts import internal
from .terms import check_formula, check_value, fits, new_name
from .typed import SIGNATURES, sort_of
from .words import identity, is_written, of_letter, product

if TYPE_CHECKING:
    from .images import Images

__all__ = ["matrix_exponential"]

LARGEST_ROW = 32  # the largest sum of a row for which the series is enclosed


def _sort(names: Names, term: Term) -> Term:
    sort = sort_of(term, names)
    if sort[0] != "matrix" or sort[1] != sort[2]:
        raise Rejected("ILL_TYPED", f"not a square matrix: {term}")
    return sort


# -------------------------------------------------------------- normal forms


def matrix_exponential(nf: Images, size: Term, matrix: Matrix) -> Matrix:
    """e^A of a square A of the given size."""
    if not matrix.parts:
        return identity(nf, size)
    if is_written(size):
        written = _diagonal(nf, size, matrix) or _series(nf, size, matrix)
        if written is not None:
            return written
    return of_letter(nf, nf.atoms.intern("exponential", size, matrix))


def _diagonal(nf: Images, size: Term, matrix: Matrix) -> Matrix | None:
    """The diagonal matrix of the exponentials, where A is diagonal."""
    total = identity(nf, size)
    for index, factor in matrix.parts.items():
        left, right = letters(nf.atoms.rows[index])
        if left != right:
            return None
        total = total + Matrix({index: cast(Scalar, IMAGES["exp"](nf, factor)) - ONE})
    return total


def _series(nf: Images, size: Term, matrix: Matrix) -> Matrix | None:
    """I + N + N²/2 + …, where N consists of numbers and one of its powers is 0."""
    if any(factor.constant() is None for factor in matrix.parts.values()):
        return None
    total = power = identity(nf, size)
    for k in range(1, int(size) + 1):
        power = product(nf, power, matrix).scaled(number(Fraction(1, k)))
        if nf.atoms.is_zero(power):
            return total
        total = total + power
    return None


def _form(nf: Normaliser, matrix: Term) -> Matrix:
    return matrix_exponential(nf, sort_of(matrix, nf.names)[1], nf.matrix(matrix))


# -------------------------------------------------------------- derivatives


def _split(change: Change, term: Term) -> tuple[Term, Term]:
    """The s and the A of a term s·A in which s moves and A does not. Raises ``NOT_SMOOTH``."""
    if not mentions(term, change.name):
        return "1", term
    head, *parts = term if isinstance(term, tuple) else ("",)
    if head == "-":
        factor, matrix = _split(change, parts[0])
        return ("-", factor), matrix
    if head == "/":
        factor, matrix = _split(change, parts[0])
        return ("/", factor, parts[1]), matrix
    kinds = [sort_of(part, change.names)[0] for part in parts] if head == "*" else []
    if "matrix" not in kinds:
        raise Rejected("NOT_SMOOTH", "an exponent that is no number times a fixed matrix")
    place = kinds.index("matrix")
    factor, matrix = _split(change, parts[place])
    return ("*", factor, *parts[:place], *parts[place + 1 :]), matrix


def _change(change: Change, exponent: Term) -> Term:
    factor, matrix = _split(change, exponent)
    return ("*", change(factor), ("matmul", matrix, ("exponential", exponent)))


# -------------------------------------------------------------- enclosures


def _enclosed(e: Enclosure, matrix: Term) -> Value:
    """The series up to A^(k−1), and what is left: at most 2·r^k/k! for rows of sums ≤ r ≤ k/2."""
    rows = cast("list[list[Interval]]", e.value(matrix))
    columns, places = [list(column) for column in zip(*rows, strict=True)], range(len(rows))
    largest = max(sum(e.ends.absolute(entry)[1] for entry in row) for row in rows)
    if largest > LARGEST_ROW:
        raise Rejected("TOO_LARGE", "the exponential of a large matrix")
    power = total = [[point(int(i == j)) for j in places] for i in places]
    k, left = 1, Fraction(largest)
    while k < 2 * largest or left * 2**e.bits > 1:
        e.spend(len(rows) ** 3)
        share = point(Fraction(1, k))
        power = [
            [e.ends.multiply(share, e.products(row, column)) for column in columns]
            for row in power
        ]
        total = [[e.ends.add(a, b) for a, b in zip(*two, strict=True)]
                 for two in zip(total, power, strict=True)]  # fmt: skip
        k += 1
        left = left * largest / k
    around = -2 * left, 2 * left
    return [[e.ends.add(entry, around) for entry in row] for row in total]


# -------------------------------------------------------------- uniqueness


@rule("name left right at rate start change")
def flow(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """Γ ⊢ u(a) = v(a), from u(0) = v(0) and (u − v)′(t) = A·(u(t) − v(t)) for every real t.

    u and v are numbers, vectors or matrices; ``rate``, the A, does not depend on t, and is a
    number or a square matrix. ``start`` proves u(0) = v(0), ``change`` the equation of the
    derivative by structure, at a new t. Source: of a linear differential equation there is one
    solution with a given start (Coddington and Levinson, Theory of Ordinary Differential
    Equations, chapter 3, theorem 1.1).
    """
    proofs, name = list(field(node, "defined", list)), new_name(node["name"])
    at = checker.term(ctx, node["at"], "real", proofs)
    bodies = [term_of(node[side]) for side in ("left", "right")]
    sort = sort_of(goal[1], ctx.names) if goal[0] == "=" else ""
    is_number = fits(sort, "real")
    if goal[1:] != tuple(open_binder(body, at) for body in bodies) or not (
        is_number or sort[:1] in (("vector",), ("matrix",))
    ):
        raise refused(goal, "flow")
    rate = term_of(node["rate"])
    acts = "*" if fits(sort_of(rate, ctx.names), "real") else "matmul"
    checker.ensure_defined(ctx, rate, proofs)
    fresh = internal(ctx.names)  # the bodies do not speak of the name that is declared below
    for body in bodies:
        opened = open_binder(body, fresh)
        check_value(opened, "real" if is_number else sort, {**ctx.names, fresh: "real"})
    inner = ctx.extended()
    inner.declare(name, "real")
    gap = ("+", open_binder(bodies[0], name), ("-", open_binder(bodies[1], name)))
    change = differential(inner.names, gap, name, "1")
    equation = ("=", change, (acts, rate, gap))
    check_formula(equation, inner.names)
    for term in (gap, change):
        checker.ensure_defined(inner, term, proofs)
    checker.prove(ctx, ("=", *(open_binder(body, "0") for body in bodies)), node["start"])
    checker.prove(inner, equation, node["change"])


SORTS["exponential"] = ("matrix",)
SHAPES["exponential"] = lambda row: (cast(Term, row.arguments[0]), cast(Term, row.arguments[0]))
SIGNATURES["exponential", 1] = _sort
FORMS["exponential"] = _form
IMAGES["exponential"] = matrix_exponential
CHANGES["exponential"] = _change
ENCLOSED["exponential"] = _enclosed
CONTINUOUS.add("exponential")
