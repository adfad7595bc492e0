"""What is said when a line has no truth value."""

from __future__ import annotations

from therefore.task import Source

__all__ = ["BadName", "IllFormed", "NothingToProve", "UnknownName", "WrongShape"]


class IllFormed(ValueError):
    """A line that says nothing true or false. The message names the fault and what mends it.

    ``source`` is the line of the claim, once that is known.
    """

    def __init__(self, message: str, source: Source | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.source = source

    def at(self, source: Source) -> IllFormed:
        """The same error, with the line on which it was found."""
        return type(self)(self.message, self.source or source)

    def __str__(self) -> str:
        return f"{self.source}: {self.message}" if self.source else self.message


class BadName(IllFormed):
    """A name that cannot be used, or that means two things."""


class UnknownName(IllFormed):
    """Something that was never declared."""


class WrongShape(IllFormed):
    """Sizes or kinds that do not fit: a vector equals a number, R^d meets R^m."""


class NothingToProve(IllFormed):
    """A side or a hypothesis that was decided, or rounded, before anyone could read it."""
