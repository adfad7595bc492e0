"""Completing squares: a quadratic form with exact coefficients as a weighted sum of squares."""

from __future__ import annotations

from typing import Any

from therefore.goal import to_lists
from therefore.kernel.atoms import Vector
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import ONE, ZERO, Scalar, atom
from therefore.provers.building.field import Field
from therefore.provers.building.unnormal import scalar_term, vector_term

__all__ = ["completed_squares"]

_ONE = -1  # the constant as a basis element


def completed_squares(ctx: Context, rest: Scalar) -> list[dict[str, Any]] | None:
    """Items {square, times} that add up to the fraction, or None."""
    for find in (_by_factors, _by_form, _by_form_in_names):
        try:
            items = find(ctx, rest)
        except (Rejected, ValueError, ZeroDivisionError):
            items = None
        if items is not None:
            return items
    return None


def _by_factors(ctx: Context, rest: Scalar) -> list[dict[str, Any]] | None:
    """Each part is a square times something not negative: even powers are factored out."""
    domain = Field(ctx.atoms, [rest])
    column = domain.column(rest)
    if not column or not domain.of:
        return None
    items = []
    for monomial, element in column.items():
        square, weight = _factored(domain, element)
        weight = weight * Scalar({monomial: ONE.over[()]})
        if not ctx.signs(weight) <= {0, 1}:
            return None
        items.append(_item(ctx, scalar_term(ctx.atoms, square), weight))
    return items


def _factored(domain: Field, element: Any) -> tuple[Scalar, Scalar]:
    """A number and what its square is multiplied by."""
    from sympy import factor_list

    coefficient, factors = factor_list(element.numer.as_expr())
    root, outside = 1, coefficient
    for factor, exponent in factors:
        root, outside = root * factor ** (exponent // 2), outside * factor ** (exponent % 2)
    field = domain.domain
    square = domain.scalar(field.from_expr(root * field.one.as_expr()))
    return square, domain.scalar(field.from_expr(outside / element.denom.as_expr()))


def _item(ctx: Context, square: Any, weight: Scalar) -> dict[str, Any]:
    return {"square": to_lists(square), "times": to_lists(scalar_term(ctx.atoms, weight))}


def _by_form_in_names(ctx: Context, rest: Scalar) -> list[dict[str, Any]] | None:
    """The same in the numbers of the goal themselves, with no parameters."""
    names = {a for m in rest.over for a, _ in m if ctx.atoms.rows[a].head == "name"}
    return _by_form(ctx, rest, frozenset(names))


def _by_form(
    ctx: Context, rest: Scalar, main: frozenset[int] = frozenset()
) -> list[dict[str, Any]] | None:
    """LDLᵀ over the field of parameters, in vectors and in numbers apart."""
    domain = Field(ctx.atoms, [rest], main)
    forms: dict[str, dict[tuple[int, int], Any]] = {"vectors": {}, "numbers": {}}
    for monomial, element in domain.column(rest).items():
        kind, pair = _pair(ctx, monomial)
        form = forms[kind]
        i, j = pair
        if i == j:
            form[i, i] = form.get((i, i), 0) + element
        else:
            form[i, j] = form.get((i, j), 0) + element / 2
            form[j, i] = form.get((j, i), 0) + element / 2
    items: list[dict[str, Any]] = []
    for kind, form in forms.items():
        for weight, combination in _ldl(ctx, domain, form):
            if kind == "vectors":
                vector = Vector(combination)
                square = vector_term(ctx.atoms, vector, "1")
            else:
                total = ZERO
                for index, coefficient in combination.items():
                    total = total + (ONE if index == _ONE else atom(index)) * coefficient
                square = scalar_term(ctx.atoms, total)
            items.append(_item(ctx, square, weight))
    return items


def _pair(ctx: Context, monomial: Any) -> tuple[str, tuple[int, int]]:
    """The two basis elements whose product a monomial is."""
    powers = [index for index, exponent in monomial for _ in range(exponent)]
    if len(powers) == 1 and ctx.atoms.rows[powers[0]].head == "inner":
        i, j = (a for a in ctx.atoms.rows[powers[0]].arguments if isinstance(a, int))
        return "vectors", (i, j)
    if len(powers) > 2:
        raise ValueError("not a quadratic form")
    i, j = [_ONE, _ONE, *powers][-2:]
    return "numbers", (i, j)


def _ldl(
    ctx: Context, domain: Field, form: dict[tuple[int, int], Any]
) -> list[tuple[Scalar, dict[int, Scalar]]]:
    """Pivots and rows of LDLᵀ; the pivots must be seen to be nonnegative."""
    basis = sorted({i for pair in form for i in pair}, reverse=True)
    work = {pair: value for pair, value in form.items() if value}
    squares = []
    while basis:
        pivot = next((i for i in basis if work.get((i, i))), None)
        if pivot is None:
            if any(work.values()):
                raise ValueError("an indefinite form")
            break
        d = work[pivot, pivot]
        root, weight = ONE, domain.scalar(d)
        if not ctx.signs(weight) <= {0, 1} and domain.of:
            root, weight = _factored(domain, d)  # the square of a number is not negative
        if not ctx.signs(weight) <= {0, 1}:
            raise ValueError("a pivot of unknown sign")
        row = {j: work.get((pivot, j), 0) / d for j in basis}
        squares.append((weight, {j: root * domain.scalar(c) for j, c in row.items() if c}))
        for i in basis:
            for j in basis:
                if row.get(i) and row.get(j):
                    work[i, j] = work.get((i, j), 0) - d * row[i] * row[j]
        basis.remove(pivot)
        work = {(i, j): v for (i, j), v in work.items() if v and i in basis and j in basis}
    if any(work.values()):
        raise ValueError("an indefinite form")
    return squares
