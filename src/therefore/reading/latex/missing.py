"""Names that nothing declares: each is reported once, with a declaration that would do."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from therefore.reading.latex.directives import Pending, carry_out
from therefore.reading.latex.errors import Undeclared, Unreadable
from therefore.reading.latex.names import Names
from therefore.reading.latex.relations import Chain
from therefore.reading.latex.statements import statements
from therefore.reading.latex.tokens import Place, Token

__all__ = ["Missing"]

# How many names of one line are looked for, and how often a line is read to find their kinds.
_MOST_NAMES = 20
_MOST_TRIALS = 40
_LONGEST = 200
_ELEMENT = re.compile(r"(.+)_(?:\{[^{}]*\}|.)")


class Missing:
    """The undeclared names of a document so far, each with the line that reported it."""

    def __init__(self) -> None:
        self._lines: dict[str, int] = {}
        self._sorts: dict[str, str] = {}
        # The sequences among them: the letter, and how it was written.
        self._sequences: dict[str, str] = {}

    def note(self, fault: Undeclared, line: int) -> None:
        """Say of a name that was reported before only where that was."""
        at = self._lines.setdefault(fault.key, line)
        fault.of_sort(self._sorts.setdefault(fault.key, fault.sort))
        if at != line:
            fault.message = f"{fault.latex} is not declared, as said of line {at}"
            fault.declaration = ""
            return
        element = _ELEMENT.fullmatch(fault.latex)
        sequence = self._sequences.get(element[1]) if element else None
        if sequence is not None and sequence != fault.latex:
            fault.message = f"{fault.latex} is not declared; neither is {sequence}"
            fault.declaration = ""
        elif element and fault.is_element:
            self._sequences[element[1]] = fault.latex

    def of_line(
        self, first: Undeclared, tokens: list[Token], names: Names, chain: Chain, place: Place
    ) -> list[Undeclared]:
        """Every undeclared name of a line, with the kinds that let it be read if there are any."""
        found = [first]
        while len(found) < _MOST_NAMES:
            fault = _fault(found, [one.sort for one in found], tokens, names, chain, place)
            if not isinstance(fault, Undeclared) or any(fault.key == one.key for one in found):
                break
            found.append(fault)
        if len(tokens) <= _LONGEST:
            for kinds in itertools.islice(_kinds(found, names), _MOST_TRIALS):
                if _fault(found, kinds, tokens, names, chain, place) is None:
                    for one, kind in zip(found, kinds, strict=True):
                        one.of_sort(kind)
                    break
        return found


def _kinds(found: Sequence[Undeclared], names: Names) -> Iterator[tuple[str, ...]]:
    """Kinds for some names: as they were guessed, then vectors, the likelier sizes first."""
    sizes = [one.latex for one in names.entities() if one.sort == "size" and not one.arguments]
    vectors = [f"in R^{size if len(size) == 1 else f'{{{size}}}'}" for size in sizes[:3] or ["d"]]
    choices = {"real": ("real", *vectors, "in R^2"), "in R^d": (*vectors, "in R^2")}
    return itertools.product(*(choices.get(one.sort, (one.sort,)) for one in found))


def _fault(
    found: Sequence[Undeclared],
    kinds: Sequence[str],
    tokens: list[Token],
    names: Names,
    chain: Chain,
    place: Place,
) -> Unreadable | None:
    """What is wrong with a line once these names are declared to be of these kinds."""
    trial = names.copy()
    again = Chain(chain.run, chain.last, extremes=[*chain.extremes], unread=chain.unread)
    try:
        for one, kind in zip(found, kinds, strict=True):
            carry_out(f"declare {one.latex} {kind}", place, trial, Pending())
        statements(tokens, trial, again, [])
    except Unreadable as fault:
        return fault
    except RecursionError:
        return Unreadable("this is nested too deeply to be read", place)
    return None
