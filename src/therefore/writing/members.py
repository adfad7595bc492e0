"""Derivatives in one member of a sequence, so that they can be written as such.

The derivative in s at 0 of what holds z_k + s·[k = j] in the place of z_k is ∂/∂z_j.
"""

from __future__ import annotations

from typing import NamedTuple

from therefore.goal import Term
from therefore.writing.patterns import binders_before, shift, substitute

__all__ = ["SlopeInMember", "slope_in_member"]


class SlopeInMember(NamedTuple):
    """What is derived, with the sequence itself in it again, and in which member."""

    body: Term
    sequence: Term
    place: Term


class _OtherwiseError(Exception):
    """The variable stands elsewhere, or beside another sequence or place."""


def slope_in_member(term: Term) -> SlopeInMember | None:
    """The parts of a derivative in a member, or ``None`` if the term is none."""
    _, body, point = term
    if point != "0":
        return None
    found: list[tuple[Term, Term]] = []
    try:
        unmoved = _unmoved(body, 0, found)
    except _OtherwiseError:
        return None
    if len(set(found)) != 1:
        return None
    sequence, place = found[0]
    if not isinstance(sequence, str) or sequence[0] == "#" or _count(body, sequence) > len(found):
        return None  # it stands there without being moved, too
    return SlopeInMember(substitute(unmoved, "0"), sequence, place)


def _count(term: Term, name: str) -> int:
    return int(term == name) if isinstance(term, str) else sum(_count(part, name) for part in term)


def _unmoved(term: Term, depth: int, found: list[tuple[Term, Term]]) -> Term:
    """The term with the sequence in the place of the one that is moved by the variable #depth."""
    if isinstance(term, str):
        if term == f"#{depth}":
            raise _OtherwiseError
        return term
    if term[0] == "lambda" and (moved := _moved(term[2], "#0", depth + 1)):
        sequence, place = moved
        found.append((_outside(sequence, depth + 2), _outside(place, depth + 2)))
        return shift(sequence, -1)
    if term[0] == "+" and len(term) == 3 and term[1][0] == "app" and len(term[1]) == 3:
        moved = _moved(term, term[1][2], depth)
        if moved:
            sequence, place = moved
            found.append((_outside(sequence, depth + 1), _outside(place, depth + 1)))
            return ("app", sequence, term[1][2])
    inner = [depth + n for n in binders_before(term)]
    return tuple(_unmoved(part, at, found) for part, at in zip(term, inner, strict=True))


def _moved(term: Term, index: Term, depth: int) -> tuple[Term, Term] | None:
    """The z and the j of z_k + s·[k = j], for the index k and the variable s, #depth."""
    try:
        plus, (app, sequence, at), (times, step, (delta, k, place)) = term
    except (TypeError, ValueError):
        return None
    heads = (plus, app, times, delta) == ("+", "app", "*", "delta")
    return (sequence, place) if heads and (at, step, k) == (index, f"#{depth}", index) else None


def _outside(term: Term, depth: int) -> Term:
    """A term as it reads outside of so many binders. It must not speak of them."""
    if _speaks_of(term, depth):
        raise _OtherwiseError
    return shift(term, -depth)


def _speaks_of(term: Term, depth: int, inside: int = 0) -> bool:
    if isinstance(term, str):
        return term[:1] == "#" and inside <= int(term[1:]) < inside + depth
    inner = [inside + n for n in binders_before(term)]
    return any(_speaks_of(part, depth, at) for part, at in zip(term, inner, strict=True))
