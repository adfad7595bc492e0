"""Exact infinitesimals: one-sided derivatives and limits at infinity, over fractions.

A :class:`Jet` is ``value + slope * e`` for an infinitesimal e > 0, to first order. Computing
with ``x + e`` and with ``x - e`` gives both one-sided derivatives, so a kink is seen where
they differ. A :class:`Germ` is a function near infinity, as a series in e = 1/|x|, or near a
number a, as a series in e = |x - a|: its constant coefficient is the limit.

Division by a value that is 0 raises ``Undefined``; what cannot be told raises ``Unknown``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from therefore.refuters.reals import Inseparable, Real
from therefore.refuters.surds import Surd, Unknown, root_of_fraction

__all__ = [
    "Germ",
    "Inseparable",
    "Jet",
    "Undefined",
    "Unknown",
    "absolute",
    "divide",
    "elementary",
    "limit",
    "root",
    "sign",
    "standard",
]

_TERMS = 8  # how many coefficients of a series are kept


class Undefined(ArithmeticError):
    """The term has no value here."""


@dataclass(frozen=True, slots=True)
class Jet:
    """``value + slope * e``; jets of a lower level are constants to those of a higher one."""

    level: int
    value: Any
    slope: Any

    def _split(self, other: Any) -> tuple[int, Any, Any, Any, Any]:
        if isinstance(other, Jet):
            if other.level > self.level:
                return other.level, self, 0, other.value, other.slope
            if other.level == self.level:
                return self.level, self.value, self.slope, other.value, other.slope
        return self.level, self.value, self.slope, other, 0

    def __add__(self, other: Any) -> Jet:
        level, a, da, b, db = self._split(other)
        return Jet(level, a + b, da + db)

    def __mul__(self, other: Any) -> Jet:
        level, a, da, b, db = self._split(other)
        return Jet(level, a * b, a * db + da * b)

    def __neg__(self) -> Jet:
        return Jet(self.level, -self.value, -self.slope)

    def __sub__(self, other: Any) -> Jet:
        return self.__add__(-other)

    __radd__ = __add__
    __rmul__ = __mul__

    def inverse(self) -> Jet:
        """``1 / self``. Raises ``Undefined`` where the value is 0."""
        inverse = divide(1, self.value)
        return Jet(self.level, inverse, -(inverse * inverse * self.slope))


@dataclass(frozen=True, slots=True)
class Germ:
    """A series in e: ``terms`` has (power, coefficient), no zeros, by rising power.

    ``precision`` is the power from which on nothing is known; ``None`` means all is known.
    """

    terms: tuple[tuple[int, Fraction], ...]
    precision: int | None = None

    @staticmethod
    def of(coefficients: dict[int, Fraction], precision: int | None) -> Germ:
        """The germ of these coefficients, cut off where nothing is known."""
        return Germ(
            tuple(
                (power, value)
                for power, value in sorted(coefficients.items())
                if value and (precision is None or power < precision)
            ),
            precision,
        )

    def leading(self) -> tuple[int, Fraction]:
        """The first term. Raises ``Undefined`` for zero, ``Unknown`` if all is cut off."""
        if not self.terms:
            raise Undefined if self.precision is None else Unknown
        return self.terms[0]

    def __add__(self, other: Any) -> Any:
        if isinstance(other, Jet):
            return NotImplemented
        other = other if isinstance(other, Germ) else _constant(other)
        total = dict(self.terms)
        for power, value in other.terms:
            total[power] = total.get(power, Fraction(0)) + value
        known = [p for p in (self.precision, other.precision) if p is not None]
        return Germ.of(total, min(known) if known else None)

    def __mul__(self, other: Any) -> Any:
        if isinstance(other, Jet):
            return NotImplemented
        other = other if isinstance(other, Germ) else _constant(other)
        total: dict[int, Fraction] = {}
        for p, a in self.terms:
            for q, b in other.terms:
                total[p + q] = total.get(p + q, Fraction(0)) + a * b
        limits = []
        for one, two in ((self, other), (other, self)):
            if one.precision is not None and (two.terms or two.precision is not None):
                first = two.terms[0][0] if two.terms else (two.precision or 0)
                limits.append(one.precision + first)
        return Germ.of(total, min(limits) if limits else None)

    def __neg__(self) -> Germ:
        return Germ(tuple((power, -value) for power, value in self.terms), self.precision)

    def __sub__(self, other: Any) -> Any:
        return self + (-other)

    __radd__ = __add__
    __rmul__ = __mul__

    def inverse(self) -> Germ:
        """``1 / self``, by the geometric series of what follows the first term."""
        power, value = self.leading()
        first = Germ(((-power, 1 / value),))
        if len(self.terms) == 1 and self.precision is None:
            return first
        rest: Germ = _constant(1) + -(self * first)  # of positive order
        rest = Germ.of(dict(rest.terms), min(_TERMS, rest.precision or _TERMS))
        total, summand = _constant(1), _constant(1)
        for _ in range(_TERMS):
            summand = summand * rest
            total = total + summand
        inverse: Germ = total * first
        return inverse


def _constant(value: Any) -> Germ:
    if isinstance(value, Surd | Real):
        raise Unknown
    return Germ(((0, Fraction(value)),) if value else ())


def sign(value: Any) -> int:
    """-1, 0 or 1; for an infinitesimally moved value the sign just beside the point."""
    if isinstance(value, Jet):
        return sign(value.value) or sign(value.slope)
    if isinstance(value, Germ):
        if not value.terms and value.precision is None:
            return 0
        return sign(value.leading()[1])
    if isinstance(value, Surd | Real):
        return value.sign()
    return int(value > 0) - int(value < 0)


def absolute(value: Any) -> Any:
    """The absolute value; beside a zero its slope is the absolute value of the slope."""
    return value if sign(value) >= 0 else -value


def divide(a: Any, b: Any) -> Any:
    """The quotient. Raises ``Undefined`` if the divisor is 0."""
    if isinstance(b, Jet | Germ | Surd | Real):
        return a * b.inverse()
    if b == 0:
        raise Undefined
    return a * (1 / Fraction(b))


def root(value: Any) -> Any:
    """The square root. Raises ``Undefined`` below 0."""
    if isinstance(value, Jet):
        if sign(value.value) == 0:
            # sqrt(c e) has no finite slope; sqrt(0 + o(e)) may or may not have one.
            raise Unknown if sign(value.slope) == 0 else Undefined
        base = root(value.value)
        return Jet(value.level, base, divide(value.slope, 2 * base))
    if isinstance(value, Germ):
        raise Unknown
    if isinstance(value, Surd | Real):
        if value.sign() < 0:
            raise Undefined
        return Real("sqrt", value)
    if value < 0:
        raise Undefined
    return root_of_fraction(Fraction(value))


# Where the value is rational.
_AT_SIMPLE = {"exp": 0, "log": 1, "sin": 0, "cos": 0, "arctan": 0}


def elementary(name: str, value: Any) -> Any:
    """exp, log, sin, cos, arctan. Raises ``Undefined`` for logarithms of what is not positive."""
    if isinstance(value, Jet):
        base = elementary(name, value.value)
        slope: Any
        if name == "exp":
            slope = base
        elif name == "log":
            slope = divide(1, value.value)
        elif name == "arctan":
            slope = divide(1, 1 + value.value * value.value)
        else:
            other = elementary("cos" if name == "sin" else "sin", value.value)
            slope = other if name == "sin" else -other
        return Jet(value.level, base, slope * value.slope)
    if isinstance(value, Germ):
        return _elementary_germ(name, value)
    if name == "log" and sign(value) <= 0:
        raise Undefined
    if isinstance(value, int | Fraction) and value == _AT_SIMPLE[name]:
        return Fraction(int(name in ("exp", "cos")))
    if isinstance(value, Real) and (name, value.op) in (("log", "exp"), ("exp", "log")):
        return value.parts[0]
    return Real(name, value)


def _elementary_germ(name: str, value: Germ) -> Germ:
    """By Taylor's series at the number where its coefficients are rational."""
    order = value.terms[0][0] if value.terms else 0
    if order < 0:
        if name == "exp" and value.terms[0][1] < 0:
            return Germ((), _TERMS)  # smaller than every power
        raise Unknown
    rest = value + Fraction(-_AT_SIMPLE[name])
    if rest.terms and rest.terms[0][0] == 0:
        if name == "log" and sign(value) < 0:
            raise Undefined
        raise Unknown
    total, power, factorial = _constant(int(name in ("exp", "cos"))), _constant(1), 1
    known = _TERMS if rest.precision is None else min(_TERMS, rest.precision)
    for k in range(1, _TERMS):
        power, factorial = power * rest, factorial * k
        coefficient = Fraction(0)
        if name == "exp":
            coefficient = Fraction(1, factorial)
        elif name == "log":
            coefficient = Fraction((-1) ** (k + 1), k)
        elif name == "arctan":
            coefficient = Fraction((-1) ** (k // 2), k) if k % 2 else Fraction(0)
        elif k % 2 == (name == "sin"):
            coefficient = Fraction((-1) ** (k // 2), factorial)
        total = total + power * coefficient
    return Germ.of(dict(total.terms), known if rest.terms else rest.precision)


def standard(value: Any) -> Any:
    """The number to which an infinitesimally moved value is near."""
    while isinstance(value, Jet):
        value = value.value
    return value


def limit(germ: Any) -> Any:
    """The limit; ``None`` if it is infinite."""
    if not isinstance(germ, Germ):
        return germ
    if germ.terms and germ.terms[0][0] < 0:
        return None
    if germ.precision is not None and germ.precision <= 0:
        raise Unknown
    return dict(germ.terms).get(0, Fraction(0))
