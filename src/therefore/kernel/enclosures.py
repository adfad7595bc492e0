"""The rule of closed numbers: a relation is decided by intervals that hold its two sides.

A term without names is worked out part by part. Every part is, also one that the value does not
depend on, and each operation refuses where it may be undefined; so what has an enclosure is
defined, and no obligation is left. Source: Moore, Interval Analysis, 1966.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, cast

from .binders import is_number, open_binder
from .context import Context
from .data import Data, Term, field
from .differential import differential
from .errors import Rejected
from .intervals import Interval, Intervals, point
from .proofs import Checker, refused, rule
from .terms import fits, sort_of

__all__ = ["ENCLOSED", "Enclosure", "decide", "enclosure_of"]

# A vector is the list of its coordinates, a matrix the list of its rows.
Value: TypeAlias = "Interval | list[Value]"

MOST_BITS = 2_000
MOST_TERMS = 1_000
STEPS_A_TERM = 10  # arithmetic with long fractions takes its time


class Enclosure:
    """Encloses the values of closed terms. ``bits`` says how finely ends are rounded."""

    def __init__(self, bits: int, spend: Callable[[int], None]) -> None:
        self.ends = Intervals(bits)
        self.bits, self.spend = bits, spend
        self.names: dict[str, Term] = {}
        self.values: dict[Term, Value] = {}

    def number(self, term: Term) -> Interval:
        value = self.value(term)
        if isinstance(value, list):
            raise Rejected("ILL_TYPED", f"a number is expected, not {term}")
        return value

    def coordinates(self, term: Term) -> list[Interval]:
        value = self.value(term)
        if isinstance(value, list) and all(isinstance(part, tuple) for part in value):
            return cast("list[Interval]", value)
        raise Rejected("ILL_TYPED", f"a vector is expected, not {term}")

    def integer(self, term: Term) -> int:
        """The integer that a term is, as an end of a sum or a place in a table has to be."""
        low, high = self.number(term)
        if low != high or low.denominator != 1:
            raise Rejected("UNDECIDED", f"not plainly an integer: {term}")
        return int(low)

    def value(self, term: Term) -> Value:
        """An enclosure. Raises ``UNDEFINED`` if it is not seen that the term is defined."""
        if is_number(term):
            return self.ends.rounded(*point(term))
        if term not in self.values:
            if isinstance(term, str):
                raise Rejected("NOT_CLOSED", term)
            head, *parts = term
            if head not in ENCLOSED:
                raise Rejected("UNSUPPORTED", f"no enclosure of {head}")
            self.spend(STEPS_A_TERM)
            self.values[term] = ENCLOSED[head](self, *parts)
        return self.values[term]

    def named(self, value: Value, sort: Term) -> str:
        """A new internal name for something with this value."""
        name = f"%v{len(self.names)}"
        self.names[name], self.values[name] = sort, value
        return name

    # -------------------------------------------------------------- sums and products

    def sum_of(self, values: list[Value]) -> Value:
        total = values[0]
        for value in values[1:]:
            total = self._added(total, value)
        return total

    def _added(self, left: Value, right: Value) -> Value:
        if isinstance(left, list) and isinstance(right, list):
            return [self._added(a, b) for a, b in zip(left, right, strict=True)]
        if isinstance(left, list) or isinstance(right, list):
            raise Rejected("ILL_TYPED", "a sum of a number and a vector")
        return self.ends.add(left, right)

    def product_of(self, values: list[Value]) -> Value:
        """The product of values of which at most one is a vector or matrix."""
        total = values[0]
        for value in values[1:]:
            pair = (total, value) if isinstance(value, list) else (value, total)
            total = self._scaled(*pair)
        return total

    def _scaled(self, factor: Value, value: Value) -> Value:
        if isinstance(factor, list):
            raise Rejected("ILL_TYPED", "a product of vectors")
        if isinstance(value, list):
            return [self._scaled(factor, part) for part in value]
        return self.ends.multiply(factor, value)

    def inner(self, left: Term, right: Term) -> Interval:
        if left == right:  # squares are not negative
            parts = [self.ends.power(part, 2) for part in self.coordinates(left)]
            return self.products(parts, [point(1)] * len(parts))
        return self.products(self.coordinates(left), self.coordinates(right))

    def products(self, left: list[Interval], right: list[Interval]) -> Interval:
        """The sum of the products."""
        total = point(0)
        for a, b in zip(left, right, strict=True):
            total = self.ends.add(total, self.ends.multiply(a, b))
        return total

    def sum(self, low: Term, high: Term, body: Term) -> Value:
        """A sum with ends that are numbers. Its range must not be the wrong way round."""
        first, last = self.integer(low), self.integer(high)
        if first - 1 > last:
            raise Rejected("UNDEFINED", "a range the wrong way round")
        if last - first >= MOST_TERMS:
            raise Rejected("TOO_LARGE", "a sum of too many terms")
        terms = [self.value(open_binder(body, str(k))) for k in range(first, last + 1)]
        if terms:
            return self.sum_of(terms)
        sort = sort_of(open_binder(body, "%i"), {**self.names, "%i": "integer"})
        return point(0) if fits(sort, "real") else ENCLOSED["zero"](self, *sort[1:])

    # -------------------------------------------------------------- functions

    def applied(self, function: Term, *arguments: Term) -> Value:
        """A function literal at its argument, which is worked out (and so defined) first."""
        if function[0] == "table":
            values = [self.value(part) for part in function[2:]]
            place = self.integer(arguments[0]) - int(function[1])
            inside = 0 <= place < len(values)
            return values[place] if inside else self._scaled(point(0), values[0])
        if function[0] == "cycle":
            values = [self.value(part) for part in function[1:]]
            return values[self.integer(arguments[0]) % len(values)]
        if function[0] != "lambda":
            raise Rejected("NOT_CLOSED", f"{function}")
        argument, sort = arguments[0], function[1]
        value = self.value(argument)
        if sort == "real" or sort[0] in ("vector", "matrix"):
            argument = self.named(value, sort)
        else:
            argument = str(self.integer(argument))  # of an integer, a size or a residue
            argument = ("mod", sort[1], argument) if sort[0] == "residue" else argument
        body = open_binder(function[2], argument)
        return self.value(("app", body, *arguments[1:]) if arguments[1:] else body)

    def derivative(self, body: Term, place: Term) -> Value:
        """The derivative by structure, where it and the body are defined (see ``differential``)."""
        at = self.named(self.number(place), "real")
        opened = open_binder(body, at)
        self.number(opened)
        return self.value(differential(self.names, opened, at, "1"))

    def gradient(self, function: Term, place: Term) -> Value:
        """The partial derivatives by structure, of a function literal at a vector."""
        if function[0] != "lambda":
            raise Rejected("NOT_CLOSED", f"{function}")
        size = len(self.coordinates(place))
        at = self.named(self.value(place), ("vector", str(size)))
        opened = open_binder(function[2], at)
        self.number(opened)
        return [
            self.number(differential(self.names, opened, at, direction))
            for direction in _directions(size)
        ]


def _directions(size: int) -> list[Term]:
    """The unit vectors along the axes."""
    return [("vector", *("1" if i == k else "0" for i in range(size))) for k in range(size)]


def _minus(e: Enclosure, part: Term) -> Value:
    return e.product_of([point(-1), e.value(part)])


def _quotient(e: Enclosure, over: Term, under: Term) -> Value:
    return e.product_of([e.value(over), e.ends.inverse(e.number(under))])


def _residue(e: Enclosure, size: Term, term: Term) -> Value:
    return point(e.integer(term) % int(size))


def _over_residues(e: Enclosure, size: Term, body: Term) -> Value:
    if int(size) > MOST_TERMS:
        raise Rejected("TOO_LARGE", "a sum of too many terms")
    return e.sum_of([e.value(open_binder(body, ("mod", size, str(k)))) for k in range(int(size))])


def _costly(function: str) -> Callable[..., Value]:
    """The enclosure of an elementary function; its steps are as many as its bits are worth."""

    def enclosed(e: Enclosure, part: Term) -> Value:
        e.spend(100 + e.bits // 10)
        value: Interval = getattr(e.ends, function)(e.number(part))
        return value

    return enclosed


# How each operation is enclosed, from the enclosure and the parts; a theory enters its own.
ENCLOSED: dict[str, Callable[..., Value]] = {
    "+": lambda e, *parts: e.sum_of([e.value(part) for part in parts]),
    "-": _minus,
    "*": lambda e, *parts: e.product_of([e.value(part) for part in parts]),
    "/": _quotient,
    "^": lambda e, base, exponent: e.ends.power(e.number(base), int(exponent)),
    "abs": lambda e, part: e.ends.absolute(e.number(part)),
    "sqrt": _costly("root"),
    "exp": _costly("exponential"),
    "log": _costly("logarithm"),
    "sin": _costly("sine"),
    "cos": _costly("cosine"),
    "pi": lambda e: e.ends.circle(),
    "vector": lambda e, *parts: [e.number(part) for part in parts],
    "inner": Enclosure.inner,
    "norm": lambda e, part: e.ends.root(e.inner(part, part)),
    "sum": Enclosure.sum,
    "sum_mod": _over_residues,
    "mod": _residue,
    "app": Enclosure.applied,
    "derivative": Enclosure.derivative,
    "gradient": Enclosure.gradient,
}


@rule("bits")
def enclose(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """Γ ⊢ a ∘ b, for ∘ among <, ≤, ≠ and numbers a, b without names, if their enclosures show it.

    ``bits`` says how fine they are. What has an enclosure is defined.
    """
    decide(ctx, goal, enclosure_of(ctx, node))


def enclosure_of(ctx: Context, node: dict[str, Data]) -> Enclosure:
    """An enclosure as fine as the proof data say."""
    bits = field(node, "bits", str)
    if not bits.isdigit() or not 1 <= int(bits) <= MOST_BITS:
        raise Rejected("MALFORMED", f"bits from 1 to {MOST_BITS}, not {bits}")
    return Enclosure(int(bits), ctx.atoms.spend)


def decide(ctx: Context, goal: Term, enclosure: Enclosure) -> None:
    """Raises ``Rejected`` unless the enclosures of its two sides show the relation."""
    if goal[0] not in ("<", "<=", "!=") or len(goal) != 3:
        raise refused(goal, "enclose")
    if not all(fits(sort_of(side, ctx.names), "real") for side in goal[1:]):
        raise refused(goal, "enclose")
    (low, high), (bottom, top) = (enclosure.number(side) for side in goal[1:])
    below = high < bottom or (goal[0] == "<=" and high == bottom)
    if not below and not (goal[0] == "!=" and top < low):
        raise Rejected("UNDECIDED", f"the enclosures do not decide {goal}")
