"""What the rows of the terminal report are made of."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from therefore.record import Record
from therefore.verdict import Status
from therefore.writing.style import Style, pad

__all__ = ["COLOURS", "METHOD_WIDTH", "counted", "detail_rows", "instances", "said", "told"]

COLOURS = {
    Status.PROVED: ("green",),
    Status.REFUTED: ("red",),
    Status.SUPPORTED: ("cyan",),
    Status.UNDECIDED: ("yellow",),
    Status.VACUOUS: ("yellow",),
    Status.INCOMPLETE: ("yellow",),
    Status.CONTRADICTION: ("bold", "magenta"),
    Status.ILL_FORMED: ("red",),
}
METHOD_WIDTH = 34
_LABEL_WIDTH = 5


def detail_rows(
    lines: Iterable[tuple[str, str, tuple[str, ...]]], indent: int, style: Style
) -> Iterator[str]:
    """Rows with a word, a text and its colours, the text wrapped beside the word."""
    room = max(40, style.columns - indent - _LABEL_WIDTH - 2)
    for word, text, colours in lines:
        for row, part in enumerate(textwrap.wrap(text, room, break_on_hyphens=False)):
            head = pad("" if row else word, _LABEL_WIDTH)
            yield f"{' ' * indent}{style.paint(head, 'dim')}  {style.paint(part, *colours)}"


def instances(record: Record) -> str:
    """How a line fared on random instances, in a few words."""
    if record.instances is None or not record.instances.tried:
        return ""
    if record.instances.precision == "exact" and record.instances.tried == 1:
        return "exactly"
    if record.instances.agreeing == record.instances.usable or record.kind == "twin":
        return f"{record.instances.usable} instances"
    return f"{record.instances.agreeing} of {record.instances.usable} agree"


def told(remark: str) -> bool:
    """Whether a remark on a line that is as expected is for the reader's eyes."""
    return not remark.startswith("tried: ")


def counted(count: int, word: str) -> str:
    """A number and a word, which gets an s where there are several."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def said(status: Status) -> str:
    """A status within a sentence."""
    return status.lower().replace("_", "-")
