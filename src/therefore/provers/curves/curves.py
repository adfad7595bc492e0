"""Functions of one number, given by terms: their values in floats, their bounds, their slopes.

What is found here are hints for a search; the kernel works out its own enclosures.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cached_property

from therefore.goal import Term
from therefore.kernel.atoms import Atoms
from therefore.kernel.binders import is_number
from therefore.kernel.context import Context
from therefore.kernel.differential import differential
from therefore.kernel.enclosures import Enclosure
from therefore.kernel.errors import Rejected
from therefore.kernel.intervals import Interval
from therefore.kernel.polynomials import Scalar
from therefore.kernel.terms import mentions, open_binder
from therefore.provers.building.factors import Factored, factored, product
from therefore.provers.building.field import settled
from therefore.provers.building.unnormal import scalar_term

__all__ = ["Curve", "closed_interval", "closed_value"]

BITS = 64
_ALGEBRAIC_SLOPES = ("log", "arctan")
MOST_LOGARITHMS = 6
_AT = "y"
_FAILS = (ValueError, OverflowError, ZeroDivisionError, KeyError)

_FLOATS: dict[str, Callable[..., float]] = {
    "abs": abs, "sqrt": math.sqrt, "exp": math.exp, "log": math.log, "sin": math.sin,
    "cos": math.cos, "arctan": math.atan,
}  # fmt: skip


class Curve:
    """The function with this body, whose variable is #0."""

    def __init__(self, body: Term) -> None:
        self.body = body
        self._value = _compiled(body)
        self._magnitude = _compiled(body, sizes=True)

    def value(self, place: float) -> float:
        """About f(x); not a number where it is not defined."""
        try:
            return self._value(place)
        except _FAILS:
            return math.nan

    def magnitude(self, place: float) -> float:
        """The sum of the sizes of its terms, of which rounding errors are a small part."""
        try:
            return abs(self._magnitude(place))
        except _FAILS:
            return 0.0

    def at(self, place: Term) -> Term:
        """The term f(a)."""
        return open_binder(self.body, place)

    def bounds(self, low: Fraction, high: Fraction) -> Interval | None:
        """An interval that holds f(x) for low ≤ x ≤ high, as the kernel works it out."""
        enclosure = Enclosure(BITS, lambda steps: None)
        enclosure.names[_AT], enclosure.values[_AT] = "real", (low, high)
        try:
            return enclosure.number(self.at(_AT))
        except Rejected:
            return None

    def bounds_at(self, place: Term) -> Interval | None:
        """An interval that holds f(a) for a term a without names."""
        return closed_interval(self.at(place))

    @cached_property
    def scalar(self) -> tuple[Context, Scalar]:
        """Its normal form, where nothing is known of the variable."""
        ctx = Context(Atoms())
        ctx.declare(_AT, "real")
        return ctx, settled(ctx.atoms, ctx.normal.scalar(self.at(_AT)))

    @cached_property
    def factors(self) -> Factored | None:
        """What its normal form is a product of.

        Relations such as sin² + cos² = 1 are used where that leaves fewer terms.
        """
        try:
            ctx, value = self.scalar
            plain = ctx.normal.scalar(self.at(_AT))
            return factored(ctx, value if len(value.over) < len(plain.over) else plain, _AT)
        except (Rejected, ValueError):
            return None

    @cached_property
    def conjugate(self) -> tuple[Curve, Curve] | None:
        """(P² − Q²·A, P − Q·√A), where the function is P + Q·√A for a root of what is no number."""
        try:
            ctx, value = self.scalar
            rows = ctx.atoms.rows
            roots = {a for m in value.over for a, _ in m if rows[a].head == "sqrt" and rows[a].free}
            for root in sorted(roots):
                swapped = Scalar(
                    {m: -c if dict(m).get(root) else c for m, c in value.over.items()}, value.under
                )
                product_of_both = settled(ctx.atoms, value * swapped)
                if all(dict(m).get(root, 0) == 0 for m in product_of_both.over):
                    parts = (factored(ctx, one, _AT).body for one in (product_of_both, swapped))
                    first, second = (Curve(body) for body in parts)
                    return first, second
        except (Rejected, ValueError):
            return None
        return None

    @cached_property
    def opposite(self) -> Curve:
        """Minus the function."""
        if self.factors is None:
            return Curve(("-", self.body))
        return Curve(product(-self.factors.constant, self.factors.factors))

    @cached_property
    def slope(self) -> Curve | None:
        """The derivative by structure."""
        ctx = Context(Atoms())
        ctx.declare(_AT, "real")
        try:
            change = differential(ctx.names, self.at(_AT), _AT, "1")
            value = settled(ctx.atoms, ctx.normal.scalar(change))
            return Curve(factored(ctx, value, _AT).body)
        except (Rejected, ValueError):
            return None

    @cached_property
    def share_of_logarithms(self) -> Fraction | None:
        """c > 0 for which c·f is Σ n·log(u) + …, with small integers n and no other logarithms."""
        try:
            ctx, value = self.scalar
        except Rejected:
            return None
        rows, found = ctx.atoms.rows, list[Fraction]()
        if any(rows[a].head == "log" for f, _ in value.under for m, _ in f for a, _ in m):
            return None
        for monomial, coefficient in value.over.items():
            if any(rows[a].head == "log" for a, _ in monomial):
                if value.under or len(monomial) > 1 or monomial[0][1] > 1:
                    return None
                found.append(abs(coefficient))
        if not found:
            return None
        over = math.gcd(*(one.numerator for one in found))
        common = Fraction(over, math.lcm(*(one.denominator for one in found)))
        return 1 / common if max(found) / common <= MOST_LOGARITHMS else None

    @cached_property
    def is_best_divided(self) -> bool:
        """Whether it is A·log(u) + B, or with arctan, for algebraic A and B, and A is no number."""
        try:
            ctx, value = self.scalar
        except Rejected:
            return False
        rows = ctx.atoms.rows
        used = {a for m in value.over for a, _ in m if rows[a].head not in ("name", "sqrt", "abs")}
        if len(used) != 1:
            return False
        (one,) = used
        beside = [m for m in value.over if dict(m).get(one)]
        is_linear = rows[one].head in _ALGEBRAIC_SLOPES and all(dict(m)[one] == 1 for m in beside)
        return is_linear and any(len(m) > 1 for m in beside)

    @cached_property
    def multiples(self) -> list[tuple[Curve, Term]]:
        """Other functions with positive (or negative) multiples of which this one is.

        Of Σ P·exp(u), that divided by one of the exponentials; of A·log(u) + B, that divided by A,
        and with arctan in the same way. The slope of what comes out is often plainer.
        """
        try:
            return list(self._multiples())
        except (Rejected, ValueError):
            return []

    def _multiples(self) -> Iterator[tuple[Curve, Term]]:
        ctx, value = self.scalar
        powers = dict.fromkeys(
            tuple((a, e) for a, e in monomial if ctx.atoms.rows[a].head == "exp")
            for monomial in value.over
        )
        for power in powers:
            if power:
                by = Scalar({power: Fraction(1)})
                yield self._divided(ctx, value, by)
        logs = {a for m in value.over for a, _ in m if ctx.atoms.rows[a].head in _ALGEBRAIC_SLOPES}
        for one in sorted(logs):
            degree = max(dict(m).get(one, 0) for m in value.over)
            over = {
                tuple(p for p in m if p[0] != one): c
                for m, c in value.over.items()
                if dict(m).get(one, 0) == degree
            }
            by = Scalar(over, value.under)
            if over.keys() != {()} and mentions(scalar_term(ctx.atoms, by), _AT):
                yield self._divided(ctx, value, by)

    def _divided(self, ctx: Context, value: Scalar, by: Scalar) -> tuple[Curve, Term]:
        quotient = factored(ctx, value * by.inverse(), _AT).body
        return Curve(quotient), factored(ctx, by, _AT).body


def _compiled(term: Term, sizes: bool = False) -> Callable[[float], float]:
    """A function of floats; what is no number anywhere raises ``ValueError`` when it is called.

    With ``sizes`` the terms of sums count by their absolute values.
    """
    if isinstance(term, str):
        if term == "#0":
            return lambda x: x
        if is_number(term):
            number = float(Fraction(term))
            return lambda x: number
        return _nothing
    head, *parts = term
    if head == "pi":
        return lambda x: math.pi
    if head == "^":
        base, exponent = _compiled(parts[0], sizes), int(parts[1])
        return lambda x: float(base(x) ** exponent)
    if head == "/" and sizes:
        parts = [parts[0], ("abs", parts[1])]
        under = _compiled(parts[1])
        top = _compiled(parts[0], sizes)
        return lambda x: top(x) / under(x)
    inner = [_compiled(part, sizes and head in ("+", "-", "*")) for part in parts]
    if head == "+" and sizes:
        return lambda x: math.fsum(abs(one(x)) for one in inner)
    if head == "+":
        return lambda x: math.fsum(one(x) for one in inner)
    if head == "*":
        return lambda x: math.prod(one(x) for one in inner)
    if head == "-":
        (only,) = inner
        return lambda x: -only(x)
    if head == "/":
        over, under = inner
        return lambda x: over(x) / under(x)
    if head in _FLOATS and len(inner) == 1:
        function, (only,) = _FLOATS[head], inner
        return lambda x: function(only(x))
    return _nothing


def _nothing(place: float) -> float:
    raise ValueError("no number")


def closed_value(term: Term) -> float:
    """About the value of a term without names."""
    return Curve(term).value(0.0)


def closed_interval(term: Term) -> Interval | None:
    """An enclosure of a term without names."""
    return Curve(term).bounds(Fraction(0), Fraction(0))
