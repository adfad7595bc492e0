"""The page of a topic: its modules, and the claims of each in a table."""

from __future__ import annotations

from collections.abc import Iterator

from therefore.record import Record
from therefore.verdict import Status
from therefore.writing.book import Book, Module, Topic
from therefore.writing.latex_terms import LatexPrinter
from therefore.writing.markdown import cell, escape, inline
from therefore.writing.markdown import page as page_of
from therefore.writing.names import Names
from therefore.writing.page_claims import status_word

__all__ = ["MARK", "counted", "topic_page"]

# The longest conclusion, in characters of LaTeX, of which a table has every part.
_LONG = 200
MARK = "<!-- Written by `therefore pages`: change the modules, and write it anew. -->"


def topic_page(topic: Topic, book: Book) -> str:
    """The page of a topic in Markdown."""
    lines = [MARK, "", f"# {topic.title}", ""]
    if topic.about:
        lines += [escape(topic.about), ""]
    how = "[How to read this page](README.md#how-to-read-a-page)."
    lines += [f"{counted(topic.modules)} {how}", ""]
    for module in topic.modules:
        lines += _contents(module, topic, book)
    return page_of(lines)


def counted(modules: tuple[Module, ...]) -> str:
    """How many claims are proved, and how many false twins refuted, as a sentence."""
    records = [record for module in modules for record in module.records]
    claims = [record for record in records if record.kind in ("claim", "error")]
    twins = [record for record in records if record.kind == "twin"]
    proved = sum(record.status is Status.PROVED for record in claims)
    refuted = sum(record.status is Status.REFUTED for record in twins)
    return (
        f"{_of(proved, len(claims), 'claim')} proved, and "
        f"{_of(refuted, len(twins), 'false twin')} refuted."
    )


def _of(count: int, total: int, word: str) -> str:
    number = f"{count}" if count == total else f"{count} of {total}"
    return f"{number} {word}{'' if total == 1 else 's'} {'is' if count == 1 else 'are'}"


def _contents(module: Module, topic: Topic, book: Book) -> Iterator[str]:
    yield f"**[{escape(module.heading)}]({topic.page_of(module)})**. {escape(module.title)}"
    yield ""
    yield "| claim | says | |"
    yield "| --- | --- | --- |"
    for record in module.roots:
        if record.kind == "derivation":
            continue
        name = book.link(record.id, topic.page)
        yield f"| {name} | {_conclusion(record)} | {status_word(record)} |"
    yield ""


def _conclusion(record: Record) -> str:
    if record.task is None:
        return cell("; ".join(record.remarks))
    printer = LatexPrinter(Names.of(record.task.goal, record.task.notation))
    conclusion, more = record.task.goal.conclusion, ""
    while conclusion[0] == "and" and len(printer.write(conclusion)) > _LONG:
        conclusion, more = conclusion[1], r" \text{ and } \dots"
    written = printer.write(conclusion) + more
    return inline(written) if len(written) <= 2 * _LONG else "*a long formula*"
