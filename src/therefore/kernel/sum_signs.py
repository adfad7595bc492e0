"""The signs of sums by inspection: where all terms are positive the sum is positive.

The normal form of a sum runs from a symbolic end to a symbolic end and spills the other terms:
Σ_{k=1}^{n} e^{a_k} is Σ_{k=0}^{n} e^{a_k} − e^{a_0}, and no sign is seen of that difference. So a
sum is also written as its first or last term and the rest, and the rest named by its sign. The
terms are looked at with the index in the range. The range must be known to have a length of at
least 0, and of at least 1 for a rest that is not 0. Source: the order of the real numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from .polynomials import ONE, Scalar, atom, number
from .signs import (
    ANY,
    NONNEGATIVE,
    POSITIVE,
    SIGNS_OF_ATOMS,
    SIGNS_OF_HEADS,
    WAYS,
    Inspection,
    Signs,
)
from .total import is_total

__all__: list[str] = []

ENDS = ((0, 0), (1, 0), (0, 1), (1, 1))  # how many terms are split off at either end


def _signs_in_range(at: Inspection, index: int, first: int, last: int) -> Signs:
    """The signs of a sum without its first and last terms, so many of them."""
    key = len(at.known), index, first, last
    if key in at.seen:
        return cast(Signs, at.seen[key])
    at.seen[key] = ANY  # what is asked again on the way to the answer is not seen
    try:
        signs = _worked_out(at, index, first, last)
    finally:
        del at.seen[key]
    if not at.atoms.is_in_haste:
        at.seen[key] = signs
    return signs


def _worked_out(at: Inspection, index: int, first: int, last: int) -> Signs:
    row = at.atoms.rows[index]
    low, high, body = (cast(Scalar, part) for part in row.arguments)
    low, high = low + number(first), high - number(last)
    length = at.signs(high - low + ONE)
    if not length <= NONNEGATIVE:
        return ANY
    place = atom(at.atoms.index(row.height))
    in_range = [(place - low, NONNEGATIVE), (high - place, NONNEGATIVE)]
    inside = Inspection(at.atoms, [*at.known, *in_range])
    inside.normal = at.normal
    return _added(inside.signs_of_fraction(body), may_be_empty=length != POSITIVE)


def _added(signs: Signs, *, may_be_empty: bool) -> Signs:
    """The signs of a sum of terms that have these signs."""
    if {-1, 1} <= signs:
        return ANY
    return signs | {0} if may_be_empty else signs


def _ways(at: Inspection, index: int) -> Iterator[Scalar | None]:
    """The ways to write a sum, once for all that is known."""
    key = len(at.known), index
    ways: list[Scalar | None] = at.seen.get(key) or list(_all_ways(at, index))
    if not at.atoms.is_in_haste:
        at.seen[key] = ways
    return iter(ways)


def _all_ways(at: Inspection, index: int) -> Iterator[Scalar | None]:
    """The sum as terms at its ends and a rest of which the sign is seen, for each of ``ENDS``.

    Only where the terms are defined at every integer: those at the ends may lie outside the range.
    """
    row = at.atoms.rows[index]
    low, high, body = (cast(Scalar, part) for part in row.arguments)
    place = at.atoms.index(row.height)
    for first, last in ENDS:
        signs = _signs_in_range(at, index, first, last)
        way = -1 if -1 in signs else 1
        if not signs <= {0, way} or not is_total(at.normal, place, body):
            yield None
            continue
        name = "rest" if 0 in signs else "positive rest"
        total = atom(at.atoms.intern(name, index, f"{first} {last}")) * number(way)
        ends = [low + number(k) for k in range(first)] + [high - number(k) for k in range(last)]
        if at.atoms.is_in_haste:  # the terms themselves are built by their signs
            return
        at.atoms.is_in_haste = True
        try:
            for end in ends:
                total = total + cast(Scalar, at.normal.substituted(body, {place: end}))
        finally:
            at.atoms.is_in_haste = False
        yield total


SIGNS_OF_ATOMS["sum"] = lambda at, index: _signs_in_range(at, index, 0, 0)
# A size is at least 1, so that there is at least one residue.
SIGNS_OF_ATOMS["sum_mod"] = lambda at, index: _added(
    at.signs_of_fraction(cast(Scalar, at.atoms.rows[index].arguments[1])), may_be_empty=False
)
SIGNS_OF_HEADS |= {"positive rest": POSITIVE, "rest": NONNEGATIVE}
WAYS["sum"] = _ways
