"""The report on one document: its lines in order, and what they come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from therefore.record import Record
from therefore.verdict import Status
from therefore.writing.explained import explained_rows
from therefore.writing.rows import (
    COLOURS,
    METHOD_WIDTH,
    counted,
    detail_rows,
    instances,
    said,
    told,
)
from therefore.writing.style import Style, clip, pad, width_of

__all__ = ["document_report", "document_summary"]

_LINES = ("line", "claim", "error")


def document_report(records: Sequence[Record], style: Style, accept: bool) -> Iterator[str]:
    """The rows for a document: for each line its place, its verdict, what the author wrote and
    how that was read, under which hypotheses; then a summary and what should be declared."""
    width = min(max(width_of(_name(record)) for record in records), 44)
    statuses = max(len(record.status) for record in records)
    places = max(len(_place(record)) for record in records)
    before: Record | None = None
    for record in records:
        good = record.as_expected(accept_supported=accept)
        mark = style.paint("✓", "green") if good else style.paint("✗", "bold", "red")
        columns = [
            f"  {mark} {pad(_place(record), places, right=True)}  "
            f"{pad(clip(_name(record), width), width)}",
            style.paint(pad(record.status, statuses), *COLOURS[record.status]),
        ]
        if record.kind != "error":
            columns += [
                pad(clip(record.method, METHOD_WIDTH), METHOD_WIDTH),
                pad(instances(record), 13, right=True),
                pad(f"{record.seconds:.2f} s", 8, right=True),
            ]
        yield "  ".join(columns).rstrip()
        yield from _details(record, before, good, style)
        before = record if record.kind != "error" else before
    yield ""
    yield from (f"  {row}" for row in document_summary(records, style, accept))


def document_summary(records: Sequence[Record], style: Style, accept: bool) -> Iterator[str]:
    """How many lines of a document came out how, and what its author added or left out."""
    own = [record for record in records if record.kind in _LINES]
    yield _tally(own, "line")
    proofs = [record for record in records if record.kind == "derivation"]
    if proofs:
        yield _tally(proofs, "proof")
    targets = [record for record in records if record.kind == "target"]
    if targets:
        reached = sum(record.status is Status.PROVED for record in targets)
        yield f"{counted(len(targets), 'claim')} set: {reached} reached"
    assumed = dict.fromkeys(text for record in own for text in record.assumed)
    if assumed:
        yield "assumed beside what was given: " + "; ".join(assumed)
    other = [record for record in records if not record.as_expected(accept_supported=accept)]
    if other:
        yield style.paint(
            f"{counted(len(other), 'line')} not as expected: "
            + ", ".join(_name(record) for record in other[:12])
            + (" …" if len(other) > 12 else ""),
            "bold",
            "red",
        )
    lacking = dict.fromkeys(text for record in records for text in record.declarations)
    if lacking:
        yield "declarations to add, or to say in words (docs/latex.md):"
        yield from (f"  {text}" for text in lacking)


def _tally(records: Sequence[Record], word: str) -> str:
    count = Counter(record.status for record in records)
    parts = [f"{count[status]} {said(status)}" for status in Status if count[status]]
    return f"{counted(len(records), word)}: {', '.join(parts)}" if parts else f"no {word}s"


def _details(record: Record, before: Record | None, good: bool, style: Style) -> Iterator[str]:
    lines: list[tuple[str, str, tuple[str, ...]]] = []
    if record.kind not in ("derivation", "error"):
        same = before is not None and (before.definitions, before.hypotheses, before.assumed) == (
            record.definitions, record.hypotheses, record.assumed,
        )  # fmt: skip
        if not same:
            lines += [("let", definition, ("dim",)) for definition in record.definitions]
            lines += [
                ("given" if place == 0 else "", _hypothesis(place + 1, text, record), ("dim",))
                for place, text in enumerate(record.hypotheses)
            ]
        elif record.hypotheses:
            lines.append(("given", "as above", ("dim",)))
        if record.written:
            lines.append(("tex", record.written, ("dim",)))
        lines.append(("line", record.reading, ()))
        if record.certificate:
            lines.append(("∴", record.certificate, ("green",)))
    if record.counterexample and record.status in (Status.REFUTED, Status.CONTRADICTION):
        lines.append(("but", record.counterexample, ("red",) if not good else ()))
    lines += [("help", text, ("cyan",)) for text in record.help]
    if not good or record.file != record.document:
        lines.append(("at", record.position, ()))
    remarks = (remark for remark in record.remarks if not good or told(remark))
    lines += [("note", remark, ("yellow",)) for remark in remarks]
    yield from detail_rows(lines, 6, style)
    yield from explained_rows(record, 6, style)


def _hypothesis(number: int, text: str, record: Record) -> str:
    own = "  (not given: the author's own)" if text in record.assumed else ""
    return f"h{number}  {text}{own}"


def _place(record: Record) -> str:
    return f"{record.line}:{record.column}"


def _name(record: Record) -> str:
    if record.label:
        return f"target {record.label}" if record.kind == "target" else record.label
    return f"line {record.line}" if record.kind == "error" else record.id.rpartition("::")[2]
