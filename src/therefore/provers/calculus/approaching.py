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
from therefore.kernel.errors import Rejected
from therefore.kernel.formulas import point_of
from therefore.kernel.polynomials import ONE, Polynomial, Scalar, atom, number
from therefore.kernel.terms import open_binder, substitute
from therefore.provers.attempt import Proof
from therefore.provers.building.differentiated import differentiated
from therefore.provers.building.field import settled
from therefore.provers.building.unnormal import scalar_term

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["Approach", "approaches", "near"]

_FAR = ("1", "2", "4", "10", "100")
_NEAR = ("1", "1/2", "1/4", "1/10", "1/100")
MOST_POWERS = 5
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
    is_far = point_of(place) is None
    for start in _FAR if is_far else _NEAR:
        for power in range(MOST_POWERS if is_far else 1):
            search.bench.check_time()
            try:
                found = _approach(search, ctx, body, place, start, power, depth)
            except (Rejected, ValueError, KeyError, ZeroDivisionError):
                found = None
            if found is not None:
                yield found
                return


def _approach(
    search: Search, ctx: Context, body: Term, place: Term, start: Term, power: int, depth: int
) -> Approach | None:
    """Near the place, ``start`` away from it; far out exponentials beat that power of x."""
    inner, name = near(ctx, place, start)
    opened = open_binder(body, name)
    fraction = settled(inner.atoms, inner.normal.scalar(_worked_out(inner, opened)))
    variable = inner.atoms.intern("name", name)
    point = point_of(place)
    parts: list[_Part] = []
    images = _roots(inner, fraction)
    if point is None:
        parts, images = _parts(inner, place, fraction, variable, power)
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
        return differentiated(ctx, term[1], point)
    return tuple(part if k == 0 else _worked_out(ctx, part) for k, part in enumerate(term))


# -------------------------------------------------------------------------- far out


def _parts(
    inner: Context, place: Term, value: Scalar, variable: int, power: int
) -> tuple[list[_Part], Images]:
    """1/x, and dⁿ·exp(−c·d) for d = |x|, as far as they occur; x and the exponentials by them."""
    moving = [a for a in _atoms(value) if variable in inner.atoms.rows[a].free]
    rates = {a: _rate(inner, a, variable) for a in moving if a != variable}
    if power and (variable not in moving or not rates):
        raise ValueError("nothing to beat")
    parts, images = [], {}
    way = 1 if place == "+oo" else -1
    near_zero = ONE
    if variable in moving:
        name = inner.fresh("y")
        inner.declare(name, "real")
        parts.append(_Part(name, ("/", "1", "#0"), _vanishing_inverse(inner, place)))
        small = atom(inner.atoms.intern("name", name))
        images[variable] = small.inverse()
        near_zero = small * number(way)
    if rates:
        least = _common(list(rates.values()))
        name = inner.fresh("t")
        inner.declare(name, "real")
        body, proof = _vanishing_exponential(inner, place, least, power)
        parts.append(_Part(name, body, proof))
        small = atom(inner.atoms.intern("name", name)) * near_zero**power
        for a, rate in rates.items():
            count = int(rate * -way / least)
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


def _vanishing_inverse(inner: Context, place: Term) -> Proof:
    """1/x → 0, since its product with |x| is 1 or −1."""
    name = inner.fresh("x")
    one, three = ({"rule": "combine", "items": [{"positive": k}]} for k in ("1", "3"))
    after = place == "+oo"
    return {
        "rule": "dominated", "name": name, "from": "1", "bound": "2",
        "upper": one if after else three, "lower": three if after else one,
    }  # fmt: skip


def _vanishing_exponential(
    inner: Context, place: Term, rate: Fraction, power: int
) -> tuple[Term, Proof]:
    """dⁿ·exp(−c·d) → 0 for d = |x|: with m = n + 1, a = d·exp(−c·d/m) and K = m/c, a ≤ K.

    For 1 + c·d/m ≤ exp(c·d/m). And Kᵐ − aᵐ is K − a times a sum of products of K and a.
    """
    count = power + 1
    slow = rate / count
    name = inner.fresh("x")

    def distance(x: Term) -> Term:
        return x if place == "+oo" else ("-", x)

    def exponential(x: Term, c: Fraction) -> Term:
        return ("exp", ("*", str(-c), distance(x)))

    body = exponential("#0", rate)
    if power:
        body = ("*", ("^", distance("#0"), str(power)), body)
    root: Term = ("*", distance(name), exponential(name, slow))
    most = 1 / slow
    powers = [
        ("*", str(most ** (count - 1 - k)), ("^", root, str(k)), str(most)) for k in range(count)
    ]
    weight: Term = ("*", exponential(name, slow), powers[0] if power == 0 else ("+", *powers))
    bound = str(most**count)
    tangent = {
        "fact": "axiom:exponential_bound", "with": to_lists((("*", str(slow), distance(name)),)),
        "times": to_lists(weight),
    }  # fmt: skip
    total = ("+", ("*", open_binder(body, name), distance(name)), bound)
    return body, {
        "rule": "dominated", "name": name, "from": "1", "bound": bound,
        "upper": {"rule": "combine", "items": [tangent, {"positive": to_lists(weight)}]},
        "lower": {"rule": "combine", "items": [{"positive": to_lists(total)}]},
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
