"""Words and formulas of a sentence at their places."""

from __future__ import annotations

from therefore.reading.latex.prose import Item

__all__ = ["is_math", "new_word", "skip", "word_at"]



def word_at(items: list[Item], position: int) -> str:
    """The word at a place, in small letters; "" for a formula and at the end."""
    if not 0 <= position < len(items) or items[position].kind != "word":
        return ""
    return items[position].text.lower().replace("--", "-")


def skip(items: list[Item], position: int, allowed: frozenset[str]) -> int:
    while word_at(items, position) in allowed:
        position += 1
    return position


def is_math(items: list[Item], position: int) -> bool:
    return position < len(items) and items[position].kind == "math"


def new_word(text: str, of: Item) -> Item:
    return Item("word", of.place, text, group=of.group, row=of.row)
