"""What the left side is, in digits, where it is a closed number, vector or matrix.

A line that shows digits is given the right ones, as many as it shows; a line that sets a closed
number equal to something else is given its value as a fraction, or to six digits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any

from therefore.goal import Term
from therefore.helping.closed import closed_value
from therefore.helping.findings import Finding
from therefore.helping.tools import Tools
from therefore.kernel.binders import is_number

__all__ = ["Shown", "find", "shown_digits"]

_DIGITS = 6
_MOST_DIGITS = 14
_LARGEST_DENOMINATOR = 10_000
_EXACTLY = 1e-13


@dataclass(frozen=True)
class Shown:
    """A term of which a line claims that it lies between two fractions: that is what it shows."""

    term: Term
    low: Fraction
    high: Fraction

    @property
    def unit(self) -> int | None:
        """The power of ten of the last digit shown; ``None`` if no lone decimal is."""
        width = self.high - self.low
        for power in range(-60, 20):
            if Fraction(10) ** power == width:
                return power
        return None

    @property
    def value(self) -> Fraction:
        """What is shown."""
        return (self.low + self.high) / 2


def shown_digits(formula: Term) -> list[Shown]:
    """What a line shows by its digits, if that is all that it claims; else an empty list.

    >>> shown_digits(("and", ("<=", "13/10", "x"), ("<=", "x", "7/5")))[0].unit
    -1
    """
    if not isinstance(formula, tuple) or formula[0] != "and":
        return []
    one = _shown(formula)
    if one is not None:
        return [one]
    found: list[Shown] = []
    for part in formula[1:]:
        entry = _shown(part)
        if entry is None:
            return []
        found.append(entry)
    return found


def _shown(part: Term) -> Shown | None:
    if part[0] == "=" and is_number(part[2]):  # an entry that is written without a point
        return Shown(part[1], Fraction(part[2]), Fraction(part[2]))
    if part[0] != "and" or len(part) != 3 or part[1][0] != "<=" or part[2][0] != "<=":
        return None
    low, high = part[1][1], part[2][2]
    if part[1][2] != part[2][1] or not (is_number(low) and is_number(high)):
        return None
    return Shown(part[1][2], Fraction(low), Fraction(high))


def find(tools: Tools) -> Iterator[Finding]:
    """The right digits, or the right value."""
    entries = shown_digits(tools.goal.conclusion)
    if entries:
        yield from _rounded(tools, entries)
    elif tools.goal.conclusion[0] == "=":
        yield from _valued(tools, tools.goal.conclusion[1])


def _rounded(tools: Tools, entries: list[Shown]) -> Iterator[Finding]:
    """All entries with the digits that are right, and how the shown ones came about."""
    texts: list[str] = []
    claims: list[Term] = []
    cut: list[str] = []
    for entry in entries:
        value = closed_value(tools.goal, entry.term)
        if not isinstance(value, float):
            return
        exact = entry.low == entry.high
        unit = -_DIGITS if exact else entry.unit
        if unit is None:  # arithmetic of decimals: as many digits as tell the two apart
            unit = _unit_of(value, _DIGITS)
        near = _rational(value)
        if exact and near is not None:
            texts.append(_text(near))
            claims.append(("=", entry.term, str(near)))
            continue
        unit = _finer(value, unit, entry) if exact else _fitting(value, unit, entry)
        right = _round(value, unit)
        if not exact and entry.unit is not None and abs(right - entry.value) == 0:
            right = entry.value
        elif entry.unit is not None and _cut(value, unit) == entry.value:
            cut.append(_decimal(entry.value, unit))
        half = Fraction(10) ** unit / 2
        texts.append(_decimal(right, unit))
        claims.append(
            ("and", ("<=", str(right - half), entry.term), ("<=", entry.term, str(right + half)))
        )
    conclusion = claims[0] if len(claims) == 1 else ("and", *claims)
    proposal = tools.propose(tools.instead(conclusion))
    if proposal is None:
        return
    words = {"value": ", ".join(texts), "how": "digits", "entries": str(len(texts))}
    if cut:
        words["cut"] = ", ".join(cut)
    yield Finding("digits", (), (proposal,), words)


def _valued(tools: Tools, left: Term) -> Iterator[Finding]:
    """The value of the left side of an equation of closed terms."""
    if is_number(left):
        return
    value = closed_value(tools.goal, left)
    if value is None:
        return
    exact = _literal(value)
    if exact is not None:
        proposal = tools.propose(tools.instead(("=", left, exact)))
        if proposal is not None and proposal.proof is not None:
            yield Finding("digits", (exact,), (proposal,), {"value": "", "how": "exact"})
            return
    if isinstance(value, float):
        unit = _unit_of(value, _DIGITS)
        right, half = _round(value, unit), Fraction(10) ** unit / 2
        claim = ("and", ("<=", str(right - half), left), ("<=", left, str(right + half)))
        proposal = tools.propose(tools.instead(claim))
        if proposal is not None:
            words = {"value": _decimal(right, unit), "how": f"{_DIGITS} digits"}
            yield Finding("digits", (), (proposal,), words)


def _rational(value: float) -> Fraction | None:
    near = Fraction(value).limit_denominator(_LARGEST_DENOMINATOR)
    return near if abs(float(near) - value) <= _EXACTLY * max(1.0, abs(value)) else None


def _literal(value: Any) -> Term | None:
    """The value as a term of fractions, where it looks like one."""
    if isinstance(value, float):
        near = _rational(value)
        return None if near is None else str(near)
    parts = [_literal(part) for part in value]
    if any(part is None for part in parts) or not parts:
        return None
    if isinstance(value[0], float):
        return ("vector", *parts)
    return ("rows", *(("row", *part[1:]) for part in parts if part is not None))


def _round(value: float, unit: int) -> Fraction:
    shown = Decimal(value).quantize(Decimal(1).scaleb(unit), rounding=ROUND_HALF_EVEN)
    return Fraction(shown)


def _cut(value: float, unit: int) -> Fraction:
    scale = Fraction(10) ** unit
    return int(Fraction(value) / scale) * scale


def _unit_of(value: float, digits: int) -> int:
    """The power of ten of the last of so many digits."""
    return Decimal(value).adjusted() - digits + 1 if value else -digits


def _decimal(value: Fraction, unit: int) -> str:
    """The number with its last digit at the power of ten, written with ten to a power if small."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    power = exact.adjusted() if value else 0
    if power < -3:
        places = power - unit
        return f"{_minus(f'{exact.scaleb(-power):.{max(places, 0)}f}')}·10^({_minus(str(power))})"
    return _minus(f"{exact:.{max(-unit, 0)}f}")


def _text(value: Fraction) -> str:
    return _minus(str(value))


def _minus(text: str) -> str:
    return text.replace("-", "−")


def _finer(value: float, unit: int, entry: Shown) -> int:
    """As many digits as tell the value from the exact number that is shown."""
    while unit > -_MOST_DIGITS and _round(value, unit) == entry.value:
        unit -= 1
    return unit


def _fitting(value: float, unit: int, entry: Shown) -> int:
    """The unit that is shown; where the magnitude is another, one for as many digits."""
    if not value or not entry.value:
        return unit
    shown = Decimal(float(entry.value)).adjusted()
    apart = abs(Decimal(value).adjusted() - shown)
    return unit if apart < 2 else _unit_of(value, shown - unit + 1)
