"""Colour and width of a terminal, and plain text where there is none."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

__all__ = ["Style", "clip", "pad", "width_of"]

_CODES = {
    "bold": "1", "dim": "2", "green": "32", "red": "31", "yellow": "33", "cyan": "36",
    "magenta": "35",
}  # fmt: skip


@dataclass(frozen=True)
class Style:
    """Whether to colour, and how many columns there are."""

    colour: bool = False
    columns: int = 100

    @staticmethod
    def of(stream: TextIO, environment: Mapping[str, str] | None = None) -> Style:
        """The style that suits a stream: colour on a terminal only, and not with ``NO_COLOR``."""
        environment = os.environ if environment is None else environment
        tty = stream.isatty()
        colour = tty and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
        columns = shutil.get_terminal_size(fallback=(110, 24)).columns if tty else 110
        return Style(colour, max(60, min(columns, 140)))

    def paint(self, text: str, *names: str) -> str:
        """The text in these colours, or as it is."""
        if not self.colour or not names:
            return text
        return f"\x1b[{';'.join(_CODES[name] for name in names)}m{text}\x1b[0m"


def width_of(text: str) -> int:
    """How many columns a text takes: combining marks take none, colours neither."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in plain
    )


def pad(text: str, width: int, *, right: bool = False) -> str:
    """The text filled up with blanks to a width."""
    blanks = " " * max(0, width - width_of(text))
    return blanks + text if right else text + blanks


def clip(text: str, width: int) -> str:
    """The text cut to a width, with an ellipsis where something was cut off."""
    if width_of(text) <= width:
        return text
    while text and width_of(text) > width - 1:
        text = text[:-1]
    return text.rstrip() + "…"
