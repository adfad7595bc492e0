"""Roots between fractions: √u ≤ (u + w²)/(2w) and √u ≥ 2uw/(u + w²) for a w > 0, equal at u = w².

Each term k·√u or k/√u of the goal, with a k of known sign, gives way to the bound that makes the
goal stronger, with the same kind of w in all of them: a sum of variables that is √u where all
variables are equal. What is left is an inequality without roots. Cube roots in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from typing import Any

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import POWERS
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import Polynomial, Scalar, atom
from therefore.provers.attempt import Proof
from therefore.provers.bench import Bench
from therefore.provers.building.field import settled
from therefore.provers.building.polynomial import atoms_of, degree_of
from therefore.provers.building.unnormal import scalar_term

__all__ = ["by_root_bounds"]

MOST_ROOTS = 4
LARGEST_FACTOR = 1_000
PLACES = tuple(map(Fraction, ("1", "1/3", "1/2", "2", "1/4", "3", "2/3", "4", "3/2", "3/4")))

Show = Callable[[Bench, Context, Term], Proof | None]


@dataclass(frozen=True)
class _Rooted:
    """A term ±k·s or ±k/s with the atom s, s^order = inside, and a k that is not negative."""

    root: int
    order: int
    inside: Scalar
    factor: Scalar  # k
    is_over: bool  # k/s
    is_negative: bool


def by_root_bounds(bench: Bench, ctx: Context, goal: Term, show: Show) -> Proof | None:
    """The goal from one without roots, or None."""
    terms = [(part, 1) for part in _summands(goal[2])] + [(part, -1) for part in _summands(goal[1])]
    rooted: list[_Rooted] = []
    rest = Scalar({})
    for term, sign in terms:
        value = ctx.normal.scalar(term)
        found = _rooted(ctx, value if sign > 0 else -value)
        if found is None:
            return None
        if found == "none":
            rest = rest + (value if sign > 0 else -value)
        elif isinstance(found, _Rooted):
            rooted.append(found)
    if len(rooted) > MOST_ROOTS or (len(rooted) < 2 and all(one.order == 2 for one in rooted)):
        # One square root is squared.
        return None
    bench.note("bounds of roots")
    for widths in _widths(ctx, goal, rooted):
        bench.check_time()
        try:
            proof = _with_bounds(bench, ctx, goal, rest, rooted, widths, show)
        except (Rejected, ZeroDivisionError):
            proof = None
        if proof is not None:
            return proof
    return None


def _summands(term: Term) -> Iterator[Term]:
    """What is added up, signs and fractions apart."""
    if isinstance(term, tuple) and term[0] == "+":
        for part in term[1:]:
            yield from _summands(part)
    elif isinstance(term, tuple) and term[0] == "-":
        for part in _summands(term[1]):
            yield ("-", part)
    else:
        yield term


def _rooted(ctx: Context, value: Scalar) -> _Rooted | str | None:
    """The one root of a term; "none" for a term without roots, None where it has others."""
    inside = [value.over, *(dict(factor) for factor, _ in value.under)]
    roots = [a for a in atoms_of(inside) if _order(ctx, a)]
    others = [ctx.atoms.rows[a] for a in atoms_of(inside) if a not in roots]
    if any(row.head != "name" and row.free for row in others):
        return None
    if not roots:
        return "none"
    if len(roots) > 1:
        return None
    (root,) = roots
    order = _order(ctx, root)
    for is_over in (False, True):
        factor = value * (atom(root) if is_over else atom(root).inverse())
        used = [factor.over, *(dict(one) for one, _ in factor.under)]
        signs = ctx.signs(factor)
        if root in atoms_of(used) or not (signs <= {0, 1} or signs <= {-1, 0}):
            continue
        is_negative = not signs <= {0, 1}
        image = POWERS[ctx.atoms.rows[root].head][1](ctx.atoms, root)
        return _Rooted(root, order, image, -factor if is_negative else factor, is_over, is_negative)
    return None


def _order(ctx: Context, index: int) -> int:
    """2 for a square root, 3 for a cube root of something that has names, else 0."""
    row = ctx.atoms.rows[index]
    if row.head not in ("sqrt", "exp") or not row.free:
        return 0
    order = POWERS[row.head][0](row)
    return order if order in (2, 3) else 0


def _widths(ctx: Context, goal: Term, rooted: list[_Rooted]) -> Iterator[list[Scalar]]:
    """For each root a w that is the root where all variables are equal."""
    names = sorted({a for one in rooted for a in _names(one)})
    for place in PLACES:
        if not _fits(ctx, names, place):
            continue
        at = dict.fromkeys(names, place)
        values = [_root_of(ctx, _value(one.inside, at), one.order) for one in rooted]
        if any(value is None for value in values):
            continue
        if all(_is_linear(one) for one in rooted):
            for choose in (lambda one: names, _names):
                yield [
                    _sum(choose(one)) * v * Scalar({(): 1 / (place * len(choose(one)))})
                    for one, v in zip(rooted, values, strict=True) if v is not None
                ]  # fmt: skip
        yield [value for value in values if value is not None]


def _names(one: _Rooted) -> list[int]:
    return atoms_of([one.inside.over, *(dict(factor) for factor, _ in one.inside.under)])


def _sum(names: list[int]) -> Scalar:
    return Scalar({((a, 1),): Fraction(1) for a in names})


def _is_linear(one: _Rooted) -> bool:
    """Whether the root is homogeneous of degree one."""
    return not one.inside.under and {degree_of(m) for m in one.inside.over} == {one.order}


def _fits(ctx: Context, names: list[int], place: Fraction) -> bool:
    """Whether the known equations of these names hold where all of them have one value."""
    for fact in ctx.facts.values():
        if fact[0] != "=":
            continue
        gap = ctx.normal.scalar(fact[2]) - ctx.normal.scalar(fact[1])
        if set(atoms_of([gap.over])) <= set(names) and _polynomial_at(
            gap.over, dict.fromkeys(names, place)
        ):
            return False
    return True


def _polynomial_at(poly: Polynomial, at: dict[int, Fraction]) -> Fraction:
    total = Fraction(0)
    for m, c in poly.items():
        for a, e in m:
            c *= at[a] ** e
        total += c
    return total


def _value(value: Scalar, at: dict[int, Fraction]) -> Fraction:
    total = _polynomial_at(value.over, at)
    for factor, exponent in value.under:
        total /= _polynomial_at(dict(factor), at) ** exponent
    return total


def _root_of(ctx: Context, value: Fraction, order: int) -> Scalar | None:
    """The root of a positive number; a cube root only if it is rational."""
    if value <= 0:
        return None
    if order == 2:
        # √(p/q) = √(pq)/q, and what is a square in pq comes out.
        inside, outside = value.numerator * value.denominator, Fraction(1, value.denominator)
        for k in range(2, min(isqrt(inside), LARGEST_FACTOR) + 1):
            while inside % (k * k) == 0:
                inside, outside = inside // (k * k), outside * k
        return ctx.normal.scalar(("sqrt", str(inside))) * Scalar({(): outside})
    parts = []
    for part in (value.numerator, value.denominator):
        root = round(part ** (1 / 3))
        if root**order != part:
            return None
        parts.append(root)
    return Scalar({(): Fraction(parts[0], parts[1])})


def _with_bounds(
    bench: Bench,
    ctx: Context,
    goal: Term,
    rest: Scalar,
    rooted: list[_Rooted],
    widths: list[Scalar],
    show: Show,
) -> Proof | None:
    inner = ctx.extended()
    steps: list[Proof] = []
    items: list[dict[str, Any]] = []
    core = rest
    for k, (one, w) in enumerate(zip(rooted, widths, strict=True)):
        label = f"bound{k}_{len(ctx.facts)}"
        upper = one.is_over != one.is_negative  # +k/s and −k·s want s ≤ a bound
        bound, weight = _bound(ctx, one, w, upper)
        root, limit = scalar_term(ctx.atoms, atom(one.root)), scalar_term(ctx.atoms, bound)
        fact: Term = ("<=", root, limit) if upper else ("<=", limit, root)
        square = scalar_term(ctx.atoms, atom(one.root) + w * Scalar({(): Fraction(-1)}))
        shown: Proof = {"rule": "combine", "items": [
            {"square": to_lists(square), "times": to_lists(scalar_term(ctx.atoms, weight))},
        ]}  # fmt: skip
        if not bench.works(inner, fact, shown):
            return None
        inner.assume(label, fact)
        steps.append({"rule": "have", "fact": to_lists(fact), "as": label, "proof": shown})
        part = one.factor * bound.inverse() if one.is_over else one.factor * bound
        core = core + (-part if one.is_negative else part)
        times = one.factor * (atom(one.root) * bound).inverse() if one.is_over else one.factor
        items.append({"fact": label, "times": to_lists(scalar_term(ctx.atoms, times))})
    least: Term = (goal[0], "0", scalar_term(ctx.atoms, core))
    proof = show(bench, ctx, least)
    if proof is None:
        return None
    name = f"bounded{len(ctx.facts)}"
    last: Proof = {"rule": "combine", "items": [{"fact": name}, *items]}
    found: Proof = {
        "rule": "have", "fact": to_lists(least), "as": name, "proof": proof, "then": last,
    }  # fmt: skip
    for step in reversed(steps):
        found = {**step, "then": found}
    return found


def _bound(ctx: Context, one: _Rooted, w: Scalar, upper: bool) -> tuple[Scalar, Scalar]:
    """The bound B of s, and c with B − s = c·(s − w)², or s − B for a lower one."""
    s, u = atom(one.root), one.inside
    two, three = (Scalar({(): Fraction(n)}) for n in (2, 3))
    if one.order == 2:
        both = u + settled(ctx.atoms, w * w)
        if upper:
            return both * (two * w).inverse(), (two * w).inverse()
        return two * u * w * both.inverse(), s * both.inverse()
    if upper:
        below = (three * w * w).inverse()
        return (u + two * w * w * w) * below, (s + two * w) * below
    # 1/s ≤ (1/u + 2/w³)·w²/3 gives s ≥ 3uw/(w³ + 2u).
    below = (w * w * w + two * u).inverse()
    return three * u * w * below, s * (two * s + w) * below
