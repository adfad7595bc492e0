"""Truth of a formula at a point, as far as sampling can know it.

Five values, because "not found to be false" is not "true" and "undefined" is not "false":

* ``FALSE``, ``TRUE``: decided;
* ``UNDEFINED``: the formula contains a quotient by 0, a root of a negative number, a
  derivative at a kink;
* ``PLAUSIBLE``: a universal statement over an infinite set, true at every sampled point;
* ``UNKNOWN``: nothing was learnt.

The connectives read from left to right: in ``x != 0 -> 1/x > 0`` the premise guards the
conclusion, so the whole is true at x = 0.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np

__all__ = ["Truth", "conjunction", "denial", "disjunction", "holds", "implication"]


class Truth(IntEnum):
    """What is known of a formula at one point."""

    FALSE = 0
    UNDEFINED = 1
    UNKNOWN = 2
    PLAUSIBLE = 3
    TRUE = 4


def _and(a: Truth, b: Truth) -> Truth:
    if a in (Truth.FALSE, Truth.UNDEFINED):
        return a
    if b is Truth.UNDEFINED and a is Truth.UNKNOWN:
        return Truth.UNKNOWN  # the left side may have guarded the right one
    return min(a, b)


def _or(a: Truth, b: Truth) -> Truth:
    if a in (Truth.TRUE, Truth.UNDEFINED):
        return a
    if b is Truth.UNDEFINED:
        return b if a is Truth.FALSE else Truth.UNKNOWN
    return max(a, b)


def _implies(a: Truth, b: Truth) -> Truth:
    if a is Truth.FALSE:
        return Truth.TRUE
    if a is Truth.UNDEFINED:
        return a
    if a is Truth.TRUE:
        return b
    return b if b in (Truth.TRUE, Truth.PLAUSIBLE) else Truth.UNKNOWN


_AND, _OR, _IMPLIES = (
    np.array([[rule(a, b) for b in Truth] for a in Truth], dtype=np.int8)
    for rule in (_and, _or, _implies)
)


def conjunction(a: Any, b: Any) -> Any:
    """``a and b``, element by element for arrays of truth values."""
    return _AND[a, b]


def disjunction(a: Any, b: Any) -> Any:
    """``a or b``, element by element for arrays of truth values."""
    return _OR[a, b]


def implication(a: Any, b: Any) -> Any:
    """``a implies b``, element by element for arrays of truth values."""
    return _IMPLIES[a, b]


_NOT = np.array(
    [Truth.TRUE, Truth.UNDEFINED, Truth.UNKNOWN, Truth.UNKNOWN, Truth.FALSE], dtype=np.int8
)


def denial(a: Any) -> Any:
    """``not a``; what is only plausible is not denied."""
    return _NOT[a]


def holds(truth: Any) -> Any:
    """Where a formula may be relied on: decided true, or true at every sampled point."""
    return np.asarray(truth) >= Truth.PLAUSIBLE
