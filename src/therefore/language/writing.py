"""Writing expressions down as they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sympy import evaluate
from sympy.core.parameters import global_parameters

from therefore.language.errors import NothingToProve

__all__ = ["as_written", "demand_as_written"]


@contextmanager
def as_written() -> Iterator[None]:
    """Within this block SymPy evaluates nothing: ``x / x`` stays ``x / x``, and is not 1."""
    with evaluate(False):
        yield


def demand_as_written() -> None:
    """Raises ``NothingToProve`` where SymPy would evaluate, and so answer before the checker."""
    if global_parameters.evaluate:
        raise NothingToProve(
            "SymPy evaluates what is written here; write the statement, and its two sides, "
            "inside `with as_written():`"
        )
