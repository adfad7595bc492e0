"""What exact numbers that are no fractions have in common: differences and powers."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

__all__ = ["Number"]


class Number:
    """A number that says itself how it is added, multiplied and negated."""

    __slots__ = ()

    if TYPE_CHECKING:

        def __add__(self, other: Any) -> Any: ...
        def __mul__(self, other: Any) -> Any: ...
        def __neg__(self) -> Any: ...

    def __sub__(self, other: Any) -> Any:
        return self + (-other)

    def __rsub__(self, other: Any) -> Any:
        return (-self) + other

    def __pow__(self, exponent: int) -> Any:
        total: Any = Fraction(1)
        for _ in range(exponent):
            total = self * total
        return total
