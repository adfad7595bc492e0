"""Real numbers known by enclosures: what exp, log, sin, cos, pi and roots lead to.

A :class:`Real` is an operation on numbers, and remembers it. Its enclosure can be had at any
precision; its sign is told by enclosures that do not contain zero, and is ``Inseparable``
where none is found. Interval arithmetic is mpmath's: nothing here is trusted.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from mpmath.libmp import (
    from_rational,
    mpf_pi,
    mpi_add,
    mpi_atan,
    mpi_cos,
    mpi_div,
    mpi_exp,
    mpi_log,
    mpi_mul,
    mpi_sin,
    mpi_sqrt,
    round_ceiling,
    round_floor,
    to_rational,
)

from therefore.goal import Term
from therefore.refuters.number import Number

__all__ = ["Inseparable", "Real", "Unknown", "real_term"]

_PRECISIONS = (64, 160, 400)
_LARGEST_ARGUMENT = 2**24  # beyond it exp, sin and cos cost too much


class Unknown(ArithmeticError):
    """The term may have a value, but not one that this arithmetic can tell."""


class Inseparable(Unknown):
    """Two numbers that no enclosure tells apart: they are likely to be equal."""


class Real(Number):
    """``op`` of ``parts``, which are fractions, surds or reals."""

    __slots__ = ("_enclosures", "op", "parts")

    def __init__(self, op: str, *parts: Any) -> None:
        self.op = op
        self.parts = parts
        self._enclosures: dict[int, Any] = {}

    def interval(self, bits: int) -> Any:
        """An enclosure, as mpmath has it. Raises ``Unknown`` where none is found."""
        found = self._enclosures.get(bits)
        if found is None:
            found = self._enclosures[bits] = self._interval(bits)
        return found

    def _interval(self, bits: int) -> Any:
        if self.op == "pi":
            return mpf_pi(bits, round_floor), mpf_pi(bits, round_ceiling)
        parts = [_interval_of(part, bits) for part in self.parts]
        if self.op == "+":
            return mpi_add(*parts, bits)
        if self.op == "*":
            return mpi_mul(*parts, bits)
        if self.op == "arctan":
            return mpi_atan(parts[0], bits)
        if self.op in ("exp", "sin", "cos"):
            if any(abs(end) > _LARGEST_ARGUMENT for end in _ends(parts[0])):
                raise Unknown
            function = {"exp": mpi_exp, "sin": mpi_sin, "cos": mpi_cos}[self.op]
            return function(parts[0], bits)
        low = _ends(parts[0])[0]
        if self.op == "sqrt":
            if low < 0:
                raise Unknown
            return mpi_sqrt(parts[0], bits)
        if self.op == "log":
            if low <= 0:
                raise Unknown
            return mpi_log(parts[0], bits)
        if low <= 0 <= _ends(parts[0])[1]:  # "inverse"
            raise Unknown
        return mpi_div(_interval_of(Fraction(1), bits), parts[0], bits)

    def enclosure(self, bits: int = 64) -> tuple[Fraction, Fraction]:
        """Rational numbers below and above."""
        return _ends(self.interval(bits))

    def sign(self) -> int:
        """1 or -1. Raises ``Inseparable`` where no enclosure tells it from zero."""
        for bits in _PRECISIONS:
            try:
                low, high = self.enclosure(bits)
            except Inseparable:
                raise
            except Unknown:
                continue
            if low > 0:
                return 1
            if high < 0:
                return -1
        raise Inseparable

    def __add__(self, other: Any) -> Any:
        if not _is_number(other):
            return NotImplemented
        if isinstance(other, int | Fraction) and not other:
            return self
        return Real("+", self, other)

    def __mul__(self, other: Any) -> Any:
        if not _is_number(other):
            return NotImplemented
        if isinstance(other, int | Fraction) and other in (0, 1):
            return self if other else Fraction(0)
        return Real("*", self, other)

    def __neg__(self) -> Any:
        return self * -1

    def __sub__(self, other: Any) -> Any:
        if other is self:
            return Fraction(0)
        return self + (-other)

    __radd__ = __add__
    __rmul__ = __mul__

    def inverse(self) -> Any:
        """``1 / self``. Raises ``Unknown`` where it might be 0."""
        self.sign()
        return Real("inverse", self)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Fraction | Real) or hasattr(value, "under")


def _interval_of(part: Any, bits: int) -> Any:
    if isinstance(part, Real):
        return part.interval(bits)
    if isinstance(part, int | Fraction):
        exact = Fraction(part)
        ends = exact.numerator, exact.denominator, bits
        return from_rational(*ends, round_floor), from_rational(*ends, round_ceiling)
    # A surd: plain + factor sqrt(under).
    root = mpi_sqrt(_interval_of(Fraction(part.under), bits), bits)
    product = mpi_mul(_interval_of(part.factor, bits), root, bits)
    return mpi_add(_interval_of(part.plain, bits), product, bits)


def _ends(interval: Any) -> tuple[Fraction, Fraction]:
    try:
        low, high = (Fraction(*map(int, to_rational(end))) for end in interval)
    except (ValueError, OverflowError, ZeroDivisionError) as error:
        raise Unknown from error
    return low, high


def real_term(value: Any) -> Term:
    """The kernel's closed term of a real, a surd or a fraction."""
    if isinstance(value, Real):
        if value.op == "pi":
            return ("pi",)
        parts = [real_term(part) for part in value.parts]
        if value.op == "inverse":
            return ("/", "1", parts[0])
        return (value.op, *parts)
    if isinstance(value, int | Fraction):
        return str(Fraction(value))
    root: Term = ("sqrt", str(value.under))
    if value.factor != 1:
        root = ("*", str(value.factor), root)
    return ("+", str(value.plain), root) if value.plain else root
