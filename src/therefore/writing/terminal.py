"""The report for people: a table of lines, with the mathematics of each claim below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from therefore.record import Record, Run
from therefore.verdict import Status
from therefore.writing.document_report import document_report
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

__all__ = ["report", "summary"]



def report(run: Run, style: Style, *, accept_supported: bool = False) -> str:
    """The whole report of a run, without a newline at its end."""
    lines: list[str] = []
    for file, group in groupby(run.records, key=lambda record: record.document or record.file):
        records = list(group)
        lines += [style.paint(file, "bold"), ""]
        if records[0].in_document:
            lines += document_report(records, style, accept_supported)
        else:
            lines += _table(records, style, accept_supported)
        lines.append("")
    lines += [style.paint(str(problem), "red" if problem.fails else "yellow")
              for problem in run.problems]  # fmt: skip
    if run.problems:
        lines.append("")
    lines.append(summary(run, style, accept_supported=accept_supported))
    lines += [style.paint(note, "dim") for note in run.notes]
    return "\n".join(lines)


def summary(run: Run, style: Style, *, accept_supported: bool = False) -> str:
    """One sentence: how many lines of each kind came out how."""
    expected = [r for r in run.records if r.as_expected(accept_supported=accept_supported)]
    other = [r for r in run.records if not r.as_expected(accept_supported=accept_supported)]
    phrases = []
    for status in Status:
        groups = []
        for kind, word in (("claim", "claim"), ("derivation", "derivation"), ("step", "step"),
                           ("line", "line"), ("target", "target"), ("error", "line"),
                           ("twin", "false twin")):  # fmt: skip
            count = sum(r.status is status and r.kind == kind for r in expected)
            if count:
                groups.append(counted(count, word))
        if groups:
            phrases.append(f"{_listed(groups)} {said(status)}")
    text = ", ".join(phrases) or "nothing is as expected" if run.records else "nothing was checked"
    parts = [style.paint(text, "green")] if expected else [text]
    if other:
        parts.append(style.paint(f"{counted(len(other), 'line')} not as expected", "bold", "red"))
    failing = sum(problem.fails for problem in run.problems)
    if failing:
        parts.append(style.paint(counted(failing, "problem"), "bold", "red"))
    return "; ".join(parts) + style.paint(f"  ({run.seconds:.1f} s)", "dim")


def _table(records: Sequence[Record], style: Style, accept: bool) -> Iterator[str]:
    rows = list(_tree(records))
    known = {record.id: record for record in records}
    names = [f"{'  ' * depth}{_name(record)}" for depth, record in rows]
    width = min(max((width_of(name) for name in names), default=0), 44)
    statuses = max((len(record.status) for record in records), default=0)
    for (depth, record), name in zip(rows, names, strict=True):
        good = record.as_expected(accept_supported=accept)
        mark = style.paint("✓", "green") if good else style.paint("✗", "bold", "red")
        columns = [
            f"  {mark} {pad(clip(name, width), width)}",
            style.paint(pad(record.status, statuses), *COLOURS[record.status]),
            pad(clip(record.method, METHOD_WIDTH), METHOD_WIDTH),
            pad(instances(record), 13, right=True),
            pad(f"{record.seconds:.2f} s", 8, right=True),
        ]
        if record.kind == "error":
            columns = columns[:2]
        if depth == 0 and record is not rows[0][1]:
            yield ""
        yield "  ".join(columns).rstrip()
        yield from _details(record, known.get(record.parent), good, 6 + 2 * depth, style)


def _details(
    record: Record, parent: Record | None, good: bool, indent: int, style: Style
) -> Iterator[str]:
    lines: list[tuple[str, str, tuple[str, ...]]] = []
    root = record.kind == "claim" or (record.kind == "derivation" and parent is None)
    if root or (not good and parent is not None and record.hypotheses != parent.hypotheses):
        lines += [("let", definition, ("dim",)) for definition in record.definitions]
        lines += [
            ("given" if place == 0 else "", f"h{place + 1}  {hypothesis}", ("dim",))
            for place, hypothesis in enumerate(record.hypotheses)
        ]
    same = parent is not None and record.reading == parent.reading
    repeated = record.kind == "derivation" or same
    if record.reading and (root or not repeated):
        lines.append(("claim" if root else "line", record.reading, ()))
    if record.certificate and (root or not repeated):
        lines.append(("∴", record.certificate, ("green",)))
    if record.counterexample and record.status in (Status.REFUTED, Status.CONTRADICTION):
        lines.append(("but", record.counterexample, ("red",) if not good else ()))
    lines += [
        ("help" if place == 0 else "", text, ("cyan",)) for place, text in enumerate(record.help)
    ]
    if not good:
        place = f"{record.file}:{record.line}" if record.line else record.file
        lines.append(("at", place, ()))
    remarks = (r for r in record.remarks if not good or told(r))
    lines += [("note", remark, ("yellow",)) for remark in remarks]
    yield from detail_rows(lines, indent, style)
    yield from explained_rows(record, indent, style)


def _tree(records: Sequence[Record]) -> Iterator[tuple[int, Record]]:
    """Each record with its depth, the parts of a claim below it."""
    known = {record.id for record in records}
    below: dict[str, list[Record]] = {}
    for record in records:
        below.setdefault(record.parent if record.parent in known else "", []).append(record)
    seen: set[str] = set()

    def walk(parent: str, depth: int) -> Iterator[tuple[int, Record]]:
        for record in below.get(parent, []):
            if record.kind == "error":
                yield depth, record
            elif record.id not in seen:
                seen.add(record.id)
                yield depth, record
                yield from walk(record.id, depth + 1)

    yield from walk("", 0)


def _name(record: Record) -> str:
    if record.kind == "error":
        return record.label or "this file"
    return record.label or record.id.rpartition("::")[2]


def _listed(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


