"""Files as text: with bounds, and with lines and columns for every position."""

from __future__ import annotations

from bisect import bisect_right
from pathlib import Path

__all__ = ["LONGEST_LINE", "MOST_CHARACTERS", "Text", "decode", "inside"]

MOST_CHARACTERS = 1_000_000
LONGEST_LINE = 20_000


class Text:
    """The text of one file. ``shown`` is its path as messages have it."""

    def __init__(self, shown: str, content: str) -> None:
        self.shown = shown
        self.content = content
        self._starts = [0]
        for offset, letter in enumerate(content):
            if letter == "\n":
                self._starts.append(offset + 1)

    def position(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset, both counted from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def decode(data: bytes) -> tuple[str, list[tuple[int, int, str]]]:
    """The text that bytes hold, and what is wrong with them, as (line, column, message).

    A line that is too long, or that is not UTF-8, is left empty, so that the others keep
    their numbers. A binary file has no text.
    """
    if b"\0" in data[:8192]:
        return "", [(1, 1, "this is a binary file; a LaTeX source is text in UTF-8")]
    if len(data) > 8 * MOST_CHARACTERS:
        return "", [(1, 1, f"the file has {len(data)} bytes; split it with \\input")]
    lines, faults = [], []
    total = 0
    raw_lines = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    for number, raw in enumerate(raw_lines.split(b"\n"), 1):
        line = ""
        if len(raw) > LONGEST_LINE:
            faults.append((number, 1, f"a line of {len(raw)} bytes is not read; break it up"))
        elif total + len(raw) > MOST_CHARACTERS:
            faults.append((number, 1, "the file is too long from here on; split it with \\input"))
            break
        else:
            try:
                line = raw.decode("utf-8")
            except UnicodeDecodeError as error:
                message = "this line is not UTF-8 and is not read; save the file as UTF-8"
                faults.append((number, error.start + 1, message))
        total += len(line) + 1
        lines.append(line)
    return "\n".join(lines), faults


def inside(folder: Path, name: str) -> Path | None:
    """The file that ``\\input{name}`` means, if it lies inside the folder; else ``None``."""
    try:
        place = (folder / name).resolve()
        if not place.is_relative_to(folder.resolve()):
            return None
        for candidate in (place, place.with_name(place.name + ".tex")):
            if candidate.is_file() and candidate.resolve().is_relative_to(folder.resolve()):
                return candidate
    except (OSError, ValueError):
        return None
    return None
