"""Gradients, Jacobians and Hessians of terms, and derivatives of curves, by structure.

| term | what it is | shapes |
| --- | --- | --- |
| gradient f u | ∂f/∂u, with the entries ∂f/∂u_i, or ∂f/∂u_ij for a matrix u | that of u |
| jacobian F u | ∂F/∂u of a vector F(u), with the entries ∂F_i/∂u_j | m, n → m×n |
| hessian f u | with the entries ∂²f/∂u_i∂u_j | n → n×n |
| velocity b t | the derivative of the number, vector or matrix b(s) at s = t | that of b |

The derivative of f(u) along a direction h, by structure, is linear in h: it is ⟨g, h⟩, or tr(GᵀH)
for a matrix, and that g or G is read off its normal form. So is a matrix M from the vector M·h, and
a Hessian from the second derivative along h and then along k. A gradient is defined where the
structural derivative along every direction is (see ``differential``); a Hessian where both are:
what they ask for, denominators, roots and logarithms of positive numbers, matrices with inverses,
holds around a point if it holds there, so that the first one is the derivative around it.
Source: Rudin, Principles of Mathematical Analysis, 9.11 to 9.21.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from .atoms import Matrix, Vector
from .binders import Names, mentions, open_binder, substitute
from .context import Context
from .data import Term
from .differential import CHANGES, Change, differential, has_abstract_slope
from .errors import Rejected
from .normal import FORMS, Normaliser
from .polynomials import Scalar
from .proofs import OBLIGATIONS_OF_BINDERS, obligations, with_variable
from .read_off import matrix_of, read_off
from .reduction import PARTIAL
from .sorts import fits
from .typed import SIGNATURES, check_value, number_of, sort_of

__all__: list[str] = []

# ------------------------------------------------------------------ sorts


def _point(names: Names, point: Term, *kinds: str) -> Term:
    sort = sort_of(point, names)
    if sort[0] not in kinds:
        raise Rejected("ILL_TYPED", f"not a place at which this is taken: {point}")
    return sort


def _gradient_sort(names: Names, function: Term, point: Term) -> Term:
    sort = _point(names, point, "vector", "matrix")
    if sort[0] == "matrix" and isinstance(function, str):
        raise Rejected("ILL_TYPED", "the gradient of a declared function of a matrix")
    check_value(function, ("function", (sort,), "real"), names)
    return sort


def _body_sort(names: Names, function: Term, sort: Term) -> Term:
    if function[0] != "lambda" or len(function) != 3 or not fits(sort, function[1]):
        raise Rejected("ILL_TYPED", f"not a function literal of this place: {function}")
    fresh = f"%b{len(names)}"
    return sort_of(open_binder(function[2], fresh), {**names, fresh: sort})


def _jacobian_sort(names: Names, function: Term, point: Term) -> Term:
    sort = _point(names, point, "vector")
    value = _body_sort(names, function, sort)
    if value[0] != "vector":
        raise Rejected("ILL_TYPED", "a Jacobian is of a vector")
    return ("matrix", value[1], sort[1])


def _hessian_sort(names: Names, function: Term, point: Term) -> Term:
    sort = _point(names, point, "vector")
    check_value(function, ("function", (sort,), "real"), names)
    _body_sort(names, function, sort)
    return ("matrix", sort[1], sort[1])


def _velocity_sort(names: Names, body: Term, point: Term) -> Term:
    check_value(point, "real", names)
    fresh = f"%b{len(names)}"
    sort = sort_of(open_binder(body, fresh), {**names, fresh: "real"})
    if sort[0] in ("vector", "matrix"):
        return sort
    return number_of({**names, fresh: "real"}, open_binder(body, fresh))


# ------------------------------------------------------------------ normal forms


class _Opened:
    """A function literal at a point, and its derivatives along directions."""

    def __init__(self, nf: Normaliser, function: Term, point: Term) -> None:
        self.nf, self.sort, self.point = nf, function[1], point
        variable, self.body = nf.open(function[2], function[1])
        self.name = str(nf.atoms.rows[variable].arguments[0])

    def along(self, term: Term) -> tuple[int, Term]:
        """A new direction, and the derivative of the term along it."""
        direction, step = self.nf.open("#0", self.sort)
        return direction, differential(self.nf.names, term, self.name, step)

    def at_point(self, term: Term) -> Term:
        return substitute(term, {self.name: self.point})


def _gradient(nf: Normaliser, function: Term, point: Term) -> Vector:
    if isinstance(function, str):
        place = nf.vector(point)
        return cast(Vector, nf.alone(nf.atoms.intern("gradient", function, place)))
    opened = _Opened(nf, function, point)
    h, change = opened.along(opened.body)
    zero = Matrix({}) if opened.sort[0] == "matrix" else Vector({})
    return read_off(nf, nf.scalar(opened.at_point(change)), h, zero)


def _jacobian(nf: Normaliser, function: Term, point: Term) -> Matrix:
    opened = _Opened(nf, function, point)
    h, change = opened.along(opened.body)
    return matrix_of(nf, nf.vector(opened.at_point(change)), h)


def _hessian(nf: Normaliser, function: Term, point: Term) -> Matrix:
    opened = _Opened(nf, function, point)
    h, first = opened.along(opened.body)
    k, second = opened.along(first)
    slope = read_off(nf, nf.scalar(opened.at_point(second)), k, Vector({}))
    return matrix_of(nf, slope, h)


def _velocity(nf: Normaliser, body: Term, point: Term) -> Scalar | Vector:
    variable, opened = nf.open(body, "real")
    name = str(nf.atoms.rows[variable].arguments[0])
    change = differential(nf.names, opened, name, "1")
    return nf.value(substitute(change, {name: point}))


# ------------------------------------------------------------------ what must be defined


def _obligations(
    ctx: Context, sort: Term, body: Term, point: Term, directions: list[str]
) -> Iterator[tuple[Context, Term]]:
    """The body at the point, and its derivatives along one direction after the other.

    What a structure asks for is enough for a derivative, and is not needed: |s|³ has one at 0. So
    it is asked in a context of its own, where nothing is refuted by it (see ``door``).
    """
    yield from obligations(ctx, point)
    inner, name = ctx, f"%p{len(ctx.names)}"
    term = open_binder(body, name)
    yield from obligations(inner, substitute(term, {name: point}))
    for wish in directions:
        inner, step = with_variable(inner, sort, wish) if wish else (ctx.extended(), "1")
        term = differential({**inner.names, name: sort}, term, name, step)
        yield from obligations(inner, substitute(term, {name: point}))


def _of_gradient(ctx: Context, function: Term, point: Term) -> Iterator[tuple[Context, Term]]:
    if isinstance(function, str):
        yield from obligations(ctx, point)
        yield ctx, ("differentiable", function)
    else:
        yield from _obligations(ctx, function[1], function[2], point, ["h"])


def _of_hessian(ctx: Context, function: Term, point: Term) -> Iterator[tuple[Context, Term]]:
    return _obligations(ctx, function[1], function[2], point, ["h", "k"])


def _of_velocity(ctx: Context, body: Term, point: Term) -> Iterator[tuple[Context, Term]]:
    return _obligations(ctx, "real", body, point, [""])


# ------------------------------------------------------------------ entered


def _change_of_gradient(change: Change, function: Term, point: Term) -> Term:
    """∇f(u)′ = H(u) u′, for f given by a term."""
    if isinstance(function, str) or function[1][0] != "vector" or mentions(function, change.name):
        raise Rejected("NOT_SMOOTH", "no structural derivative of this gradient")
    return ("matmul", ("hessian", function, point), change(point))


def _change_of_velocity(change: Change, body: Term, point: Term) -> Term:
    """b′(u)′ = b″(u) u′, by the structure of b′ (see ``differential``)."""
    inside = f"%d{len(change.names)}"
    slope = differential({**change.names, inside: "real"}, open_binder(body, inside), inside, "1")
    if mentions(body, change.name) or has_abstract_slope(slope):
        raise Rejected("NOT_SMOOTH", "no structural derivative of this derivative")
    return change(substitute(slope, {inside: point}))


SIGNATURES |= {
    ("gradient", 2): _gradient_sort, ("jacobian", 2): _jacobian_sort,
    ("hessian", 2): _hessian_sort, ("velocity", 2): _velocity_sort,
}  # fmt: skip
FORMS |= {
    "gradient": _gradient, "jacobian": _jacobian, "hessian": _hessian, "velocity": _velocity,
}  # fmt: skip
OBLIGATIONS_OF_BINDERS |= {
    "gradient": _of_gradient, "jacobian": _of_gradient, "hessian": _of_hessian,
    "velocity": _of_velocity,
}  # fmt: skip
PARTIAL.update(("jacobian", "hessian", "velocity"))
CHANGES |= {"gradient": _change_of_gradient, "velocity": _change_of_velocity}
