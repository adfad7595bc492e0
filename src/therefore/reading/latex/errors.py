"""What is said when a place of a document cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from therefore.reading.modules import ReadError

if TYPE_CHECKING:
    from therefore.reading.latex.tokens import Place

__all__ = ["Ambiguous", "LatexError", "Undeclared", "Unreadable"]


@dataclass(frozen=True)
class LatexError(ReadError):
    """A place of a document that cannot be read, counted from line 1 and column 1.

    ``declaration`` is a line ready to paste that would settle it, or empty; ``expected`` is
    what a directive expects of the line, or empty.
    """

    column: int = 1
    declaration: str = ""
    expected: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


class Unreadable(Exception):
    """A formula that says nothing true or false, or that this reader does not know.

    ``place`` is where the fault stands, if that is known; ``declaration`` would mend it.
    """

    def __init__(self, message: str, place: Place | None = None, declaration: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.declaration = declaration


class Ambiguous(Unreadable):
    """A formula that can be read in two ways."""

    def __init__(
        self, readings: tuple[str, ...], mend: str, place: Place | None, declaration: str = ""
    ) -> None:
        several = " or ".join(readings)
        super().__init__(f"this can be read as {several}; {mend}", place, declaration)


class Undeclared(Unreadable):
    """A name that nothing declares. ``key`` is its plain spelling, ``sort`` a likely kind.

    ``is_element`` says that it may be an element of a sequence.
    """

    def __init__(
        self, latex: str, key: str, sort: str, place: Place | None, note: str = "",
        *, is_element: bool = False,
    ) -> None:  # fmt: skip
        super().__init__("", place)
        self.latex = latex
        self.key = key
        self.is_element = is_element
        self._why = f"; {note}" if note else ""
        self.of_sort(sort)

    def of_sort(self, sort: str) -> None:
        """Propose another kind."""
        self.sort = sort
        self.declaration = f"% therefore: declare {self.latex} {sort}"
        self.message = (
            f"{self.latex} is not declared{self._why}; "
            f"declare it, for example by: {self.declaration}"
        )
