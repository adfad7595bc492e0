"""Names such as ``x_0`` that turn out to be members of a sequence, when the sequence is declared.

"Let $x_0 \\in \\mathbb{R}^d$. Let $x_{k+1} = ...$": the x_0 of both sentences is one and the same.
"""

from __future__ import annotations

from dataclasses import replace

from therefore.goal import Term
from therefore.reading.latex.errors import Unreadable
from therefore.reading.latex.names import Entity, Names, described
from therefore.reading.latex.tokens import Place
from therefore.reading.latex.values import is_number, kind_of

__all__ = ["join_members"]


def join_members(sequence: Entity, names: Names, place: Place) -> None:
    """Let names with a number below them be the members of a new sequence. Raises
    ``Unreadable`` for one that is of another kind."""
    for key, one in list(names.plain.items()):
        base, _, below = one.latex.partition("_")
        index = _index(below.strip("{}"), names)
        if base != sequence.latex or index is None or one.arguments:
            continue
        body = one.body
        number = body is not None and is_number(one.sort) and sequence.sort == "real"
        if body == "0" and kind_of(sequence.sort) == "vector":
            body, number = ("zero", sequence.sort[1]), True
        if one.sort != sequence.sort and not number:
            raise Unreadable(
                f"{one.latex} is {described(one.sort)} already, and no member of the sequence "
                f"{sequence.latex}, of which each is {described(sequence.sort)}",
                place,
            )
        member: Term = ("app", sequence.name, index)
        del names.plain[key]
        names.hypotheses = [_put(fact, one.name, member) for fact in names.hypotheses]
        for table in (names.plain, names.sequences):
            for other, entity in list(table.items()):
                if entity.body is not None:
                    table[other] = replace(entity, body=_put(entity.body, one.name, member))
        if body is not None:
            names.assume(("=", member, body))


def _index(below: str, names: Names) -> str | None:
    """The number that stands below a name."""
    if below.isdigit() and below.isascii():
        return str(int(below))
    known = names.plain.get(below)
    integer = known is not None and known.sort in ("integer", "size") and not known.soft
    return known.name if known is not None and integer and not known.arguments else None


def _put(term: Term, name: str, member: Term) -> Term:
    if isinstance(term, str):
        return member if term == name else term
    if not isinstance(term, tuple) or not term:
        return term
    if isinstance(term[0], str):
        return (term[0], *(_put(part, name, member) for part in term[1:]))
    return tuple(_put(part, name, member) for part in term)
