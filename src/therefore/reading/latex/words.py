"""Lists of words, written as text."""

from __future__ import annotations

__all__ = ["words"]


def words(text: str) -> frozenset[str]:
    """The words of a text, which spaces separate."""
    return frozenset(text.split())
