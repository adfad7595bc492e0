"""What a term tends to: a continuous term equals it near the place; the limits of its parts.

Near a point the term is a fraction in x, |u|, exp u …; common factors are cancelled. Far out it is
written in y = 1/x and in powers of t = exp(∓c·x), which tend to 0, and again reduced.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import gcd
from typing import TYPE_CHECKING, Any

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.differential import differential
from therefore.kernel.errors import Rejected
from therefore.kernel.formulas import point_of
from therefore.kernel.polynomials import ONE, Polynomial, Scalar, atom, number
from therefore.kernel.terms import open_binder, substitute
from therefore.provers.attempt import Proof
from therefore.provers.field import settled
from therefore.provers.unnormal import scalar_term

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["Approach", "approaches", "near"]

_FAR = ("1", "2", "4", "10", "100")
_NEAR = ("1", "1/2", "1/4", "1/10", "1/100")
Images = dict[int, Scalar]


@dataclass(frozen=True)
class Approach:
    """A proof by ``through`` that still lacks the proof of its value, and that value."""

    node: Proof
    value: Term


@dataclass(frozen=True)
class _Part:
    """A term that tends to 0 at infinity: its name in the outer term, its body, its proof."""

    name: str
    body: Term
    proof: Proof


def near(ctx: Context, place: Term, start: Term) -> tuple[Context, str]:
    """The context in which the kernel's rules of limits look at a new x near the place."""
    inner = ctx.extended()
    name = inner.fresh("x")
    inner.declare(name, "real")
    point = point_of(place)
    if point is None:
        inner.assume("far", ("<=", start, name if place == "+oo" else ("-", name)))
        return inner, name
    below, above = ("<", ("+", point, ("-", start)), name), ("<", name, ("+", point, start))
    facts = {
        "right": (("<", point, name), above),
        "left": (("<", name, point), below),
    }.get(place[0], (("!=", name, point), below, above))
    inner.assume("near", ("and", *facts))
    return inner, name


def approaches(
    search: Search, ctx: Context, body: Term, place: Term, depth: int
) -> Iterator[Approach]:
    """Continuous terms that the body equals near the place, with the value at the limit."""
    for start in _NEAR if point_of(place) is not None else _FAR:
        search.bench.check_time()
        try:
            found = _approach(search, ctx, body, place, start, depth)
        except (Rejected, ValueError, KeyError, ZeroDivisionError):
            found = None
        if found is not None:
            yield found
            return


def _approach(
    search: Search, ctx: Context, body: Term, place: Term, start: Term, depth: int
) -> Approach | None:
    inner, name = near(ctx, place, start)
    opened = open_binder(body, name)
    fraction = settled(inner.atoms, inner.normal.scalar(_worked_out(inner, opened)))
    variable = inner.atoms.intern("name", name)
    point = point_of(place)
    parts: list[_Part] = []
    images = _roots(inner, fraction)
    if point is None:
        parts, images = _parts(search, ctx, inner, place, fraction, variable)
    reduced = _reduced(fraction, images)
    outer = scalar_term(inner.atoms, reduced)
    values = {name: name} if point is not None else {}
    limits = {name: point} if point is not None else {}
    for part in parts:
        values[part.name], limits[part.name] = open_binder(part.body, name), "0"
    equation = ("=", opened, substitute(outer, values))
    identity: Proof | None = {"rule": "combine"}
    if not search.bench.works(inner, equation, {"rule": "combine"}):
        identity = search.prove(inner, equation, depth + 3)
    value = substitute(outer, limits)
    if identity is None or not search.bench.works(ctx, ("=", value, value), {"rule": "combine"}):
        return None
    node: Proof = {
        "rule": "through", "name": name, "from": start, "outer": to_lists(outer),
        "parts": [
            {"name": p.name, "body": to_lists(p.body), "limit": "0", "proof": p.proof}
            for p in parts
        ],
        "identity": identity,
    }  # fmt: skip
    return Approach(node, scalar_term(ctx.atoms, ctx.normal.scalar(value)))


def _roots(ctx: Context, value: Scalar) -> Images:
    """What an atom u is by the atom √u, if both occur."""
    images: Images = {}
    for a in _atoms(value):
        row = ctx.atoms.rows[a]
        if row.head == "sqrt" and isinstance(row.arguments[0], Scalar):
            inside = row.arguments[0]
            images |= {b: atom(a, 2) for b in _atoms(inside) if not (inside - atom(b)).over}
    return images


def _worked_out(ctx: Context, term: Term) -> Term:
    """The term with its derivatives replaced by what their structure gives."""
    if isinstance(term, str):
        return term
    if term[0] == "derivative":
        point = _worked_out(ctx, term[2])
        name = ctx.fresh("y")
        change = differential({**ctx.names, name: "real"}, open_binder(term[1], name), name, "1")
        return substitute(change, {name: point})
    return tuple(part if k == 0 else _worked_out(ctx, part) for k, part in enumerate(term))


# -------------------------------------------------------------------------- far out


def _parts(
    search: Search, ctx: Context, inner: Context, place: Term, value: Scalar, variable: int
) -> tuple[list[_Part], Images]:
    """1/x and exp(−c·|x|), as far as they occur, and what x and the exponentials are by them."""
    moving = [a for a in _atoms(value) if variable in inner.atoms.rows[a].free]
    parts, images = [], {}
    if variable in moving:
        name = inner.fresh("y")
        inner.declare(name, "real")
        body: Term = ("/", "1", "#0")
        proof = _vanishes(search, ctx, body, place, "1")
        parts.append(_Part(name, body, proof))
        images[variable] = atom(inner.atoms.intern("name", name)).inverse()
    rates = {a: _rate(inner, a, variable) for a in moving if a != variable}
    if rates:
        least = _common(list(rates.values()))
        name = inner.fresh("t")
        inner.declare(name, "real")
        way = Fraction(-1 if place == "+oo" else 1)
        body = ("exp", ("*", str(way * least), "#0"))
        parts.append(_Part(name, body, _vanishes(search, ctx, body, place, str(1 / least))))
        small = atom(inner.atoms.intern("name", name))
        for a, rate in rates.items():
            count = int(rate * way / least)
            images[a] = small**count if count >= 0 else (small**-count).inverse()
    return parts, images


def _rate(ctx: Context, index: int, variable: int) -> Fraction:
    """The c of an atom exp(c·x). Raises ``ValueError`` for another."""
    row = ctx.atoms.rows[index]
    if row.head == "exp" and isinstance(row.arguments[0], Scalar):
        inside = row.arguments[0]
        if not inside.under and inside.over.keys() == {((variable, 1),)}:
            return inside.over[((variable, 1),)]
    raise ValueError("what this tends to is not known")


def _common(rates: list[Fraction]) -> Fraction:
    """The largest number of which all the rates are multiples."""
    common = abs(rates[0])
    for rate in rates[1:]:
        over = gcd(common.numerator * rate.denominator, rate.numerator * common.denominator)
        common = Fraction(over, common.denominator * rate.denominator)
    return common


def _vanishes(search: Search, ctx: Context, body: Term, place: Term, bound: str) -> Proof:
    """That the body tends to 0, by a bound on its product with |x|. Raises ``ValueError``."""
    inner, name = near(ctx, place, "1")
    distance = name if place == "+oo" else ("-", name)
    error = ("*", ("+", open_binder(body, name), ("-", "0")), distance)
    upper = search.prove(inner, ("<=", error, bound), 5)
    lower = upper and search.prove(inner, ("<=", ("-", bound), error), 5)
    if not upper or not lower:
        raise ValueError("not seen to vanish")
    return {
        "rule": "dominated", "name": name, "from": "1", "bound": bound,
        "upper": upper, "lower": lower,
    }  # fmt: skip


# -------------------------------------------------------------------------- fractions


def _atoms(value: Scalar) -> list[int]:
    polys = (value.over, *(dict(factor) for factor, _ in value.under))
    return sorted({a for poly in polys for monomial in poly for a, _ in monomial})


def _reduced(value: Scalar, images: Images) -> Scalar:
    """The fraction in lowest terms, once its atoms are replaced by their images."""
    from sympy import QQ
    from sympy.polys.fields import field

    used = sorted(
        {a for a in _atoms(value) if a not in images}
        | {a for image in images.values() for a in _atoms(image)}
    )
    if not used:
        return value
    domain, *generators = field([f"p{a}" for a in used], QQ)
    of = dict(zip(used, generators, strict=True))

    def polynomial(poly: Polynomial) -> Any:
        total = domain.zero
        for monomial, coefficient in poly.items():
            term = domain.one * QQ(coefficient.numerator, coefficient.denominator)
            for a, exponent in monomial:
                term = term * (fraction(images[a]) if a in images else of[a]) ** exponent
            total = total + term
        return total

    def fraction(scalar: Scalar) -> Any:
        total = polynomial(scalar.over)
        for factor, exponent in scalar.under:
            total = total / polynomial(dict(factor)) ** exponent
        return total

    def back(poly: Any) -> Scalar:
        total = number(0)
        for exponents, c in poly.terms():
            term = number(Fraction(int(c.numerator), int(c.denominator)))
            for a, exponent in zip(used, exponents, strict=True):
                term = term * atom(a, exponent) if exponent else term
            total = total + term
        return total

    least = fraction(value)
    under = back(least.denom)
    return back(least.numer) * (ONE if under.constant() == 1 else under.inverse())
