"""Which exponents are whole numbers from 0 on, as far as it is said plainly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.reading.latex.names import leaves
from therefore.reading.latex.values import Value

if TYPE_CHECKING:
    from therefore.reading.latex.grammar import Grammar

__all__ = ["is_natural", "is_of_an_index"]

# An integer as a sum of names with whole factors; the empty name stands for the number in it.
_Linear = dict[str, int]


def is_natural(grammar: Grammar, exponent: Value) -> bool:
    """Whether an integer is not negative, by declarations, assumptions and ranges of indices."""
    if exponent.sort == "size":
        return True
    linear = _linear(exponent.term)
    if linear is None:
        return _assumed(grammar, exponent.term) is not None
    for name, value in reversed(list(_indices(grammar).items())):
        factor = linear.pop(name, 0)
        if not factor:
            continue
        end = value.within[factor < 0] if value.within is not None else None
        there = None if end is None else _linear(end)
        if there is None:
            return False
        for part, count in there.items():
            linear[part] = linear.get(part, 0) + factor * count
    least = linear.pop("", 0)
    for name, factor in linear.items():
        lowest = _assumed(grammar, name) if factor > 0 else None
        if factor and lowest is None:
            return _assumed(grammar, exponent.term) is not None
        least += factor * (lowest or 0)
    return least >= 0


def is_of_an_index(term: Term) -> bool:
    """Whether an index of a sum stands in a term."""
    return any(leaf.startswith("%") for leaf in leaves(term))


def _indices(grammar: Grammar) -> dict[str, Value]:
    """What is bound here, the outermost first: its ends may speak of what is bound around it."""
    return {value.term: value for value in grammar.bound.values() if isinstance(value.term, str)}


def _assumed(grammar: Grammar, term: Term) -> int | None:
    """The largest whole number from 0 on that a term is said to be no less than."""
    known = [
        int(fact[1]) + (fact[0] == "<")
        for fact in grammar.names.hypotheses
        if fact[0] in ("<=", "<") and fact[2] == term and str(fact[1]).isdigit()
    ]
    if isinstance(term, str):
        entity = grammar.names.by_name().get(term)
        if entity is not None and entity.sort == "size":
            known.append(1)
    return max(known, default=None)


def _linear(term: Term) -> _Linear | None:
    """An integer as a sum of names with whole factors, if it is one."""
    if isinstance(term, str):
        return {"": int(term)} if term.lstrip("-").isdigit() else {term: 1}
    parts = [_linear(part) for part in term[1:]] if isinstance(term[0], str) else [None]
    found = [part for part in parts if part is not None]
    if len(found) < len(parts) or term[0] not in ("+", "-", "*"):
        return None
    total: _Linear = {"": 1} if term[0] == "*" else {}
    for place, part in enumerate(found):
        if term[0] == "*":
            if not set(total) <= {""}:
                total, part = part, total
            if not set(total) <= {""}:
                return None
            factor = total.get("", 0)
            total = {name: factor * count for name, count in part.items()}
            continue
        sign = -1 if term[0] == "-" and (place or len(found) == 1) else 1
        for name, count in part.items():
            total[name] = total.get(name, 0) + sign * count
    return total
