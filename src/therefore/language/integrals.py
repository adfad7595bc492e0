"""What is said of integrals: that they exist."""

from __future__ import annotations

from typing import Any

from sympy import Integral

from therefore.language.base import Statement
from therefore.language.errors import IllFormed

__all__ = ["Converges", "converges"]


class Converges(Statement):
    """The integral exists; with infinite ends, as the limit of integrals between numbers."""

    def _latex(self, printer: Any, **options: Any) -> str:
        return rf"{printer._print(self.args[0])} \text{{ exists}}"


def converges(integral: Any) -> Converges:
    """The integral exists: ``converges(Integral(y * f(y), (y, -oo, oo)))``.

    A line that speaks of an integral needs that it exists; this is the hypothesis that says so.
    """
    if not isinstance(integral, Integral):
        raise IllFormed(f"converges(...) takes an Integral, not {integral}")
    made: Converges = Converges(integral)
    return made
