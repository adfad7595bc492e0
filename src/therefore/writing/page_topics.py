"""The page of a topic: what it holds, then its modules with their claims."""

from __future__ import annotations

import re
from collections.abc import Iterator

from therefore.record import Record
from therefore.verdict import Status
from therefore.writing.book import Book, Drawing, Module, Topic
from therefore.writing.latex_terms import LatexPrinter
from therefore.writing.markdown import cell, escape, inline
from therefore.writing.markdown import page as page_of
from therefore.writing.names import Names
from therefore.writing.page_claims import claim_section, status_word

__all__ = ["MARK", "counted", "drawing_file", "topic_page"]

# The longest conclusion, in characters of LaTeX, of which a table has every part.
_LONG = 200
# The most arguments that an example of a call shows.
_FEW = 3
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
    for module in topic.modules:
        lines += _module(module, topic, book)
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


def drawing_file(topic: Topic, module: Module, drawing: Drawing) -> str:
    """Where a plot stands, seen from the pages."""
    return f"plots/{topic.name}-{module.name}-{drawing.name}.svg"


def _of(count: int, total: int, word: str) -> str:
    number = f"{count}" if count == total else f"{count} of {total}"
    return f"{number} {word}{'' if total == 1 else 's'} {'is' if count == 1 else 'are'}"


def _contents(module: Module, topic: Topic, book: Book) -> Iterator[str]:
    yield f"**[{escape(_title(module))}](#{_anchor(module)})**. {escape(module.title)}"
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


def _title(module: Module) -> str:
    return module.name.replace("_", " ").capitalize()


def _anchor(module: Module) -> str:
    return module.name.replace("_", "-")


def _module(module: Module, topic: Topic, book: Book) -> Iterator[str]:
    yield f"## {_title(module)}"
    yield ""
    if module.title:
        yield f"*{escape(module.title)}*"
        yield ""
    source = ""
    for label, text in module.paragraphs:
        if label == "Source":
            source = text
        else:
            yield from _paragraph(label, text)
    where = f"[`{module.file}`]({module.link})"
    yield f"**Source.** {escape(source)} The module is {where}." if source else f"In {where}."
    yield ""
    yield from _use(module)
    for drawing in module.drawings:
        if not drawing.beside:
            yield from _drawing(drawing, module, topic)
    for record in module.roots:
        name = record.id.rpartition("::")[2]
        drawings: list[str] = []
        for drawing in module.drawings:
            if drawing.beside == name:
                drawings += _drawing(drawing, module, topic)
        yield from claim_section(record, module, book, topic.page, drawings)


def _paragraph(label: str, text: str) -> Iterator[str]:
    """A paragraph of the docstring; numbered statements become a list."""
    first, *numbered = _numbered(text) if label == "Statements" else [text]
    start = f"**{escape(label)}.** " if label else ""
    if first or not numbered:
        yield f"{start}{escape(first)}".rstrip()
    else:
        yield start.rstrip()
    yield ""
    for number, said in zip(numbered[::2], numbered[1::2], strict=True):
        yield f"{number}. {escape(said)}"
    if numbered:
        yield ""


def _numbered(text: str) -> list[str]:
    """What stands before (1), then each number and what it says."""
    found = [""]
    for part in re.split(r"(\(\d+\) )", text):
        number = part.strip("() ")
        if part == f"({len(found) // 2 + 1}) " and len(found) % 2:
            found += [number, ""]
        else:
            found[-1] += part
    return [part.strip() for part in found]


def _use(module: Module) -> Iterator[str]:
    """How to import the module, and the formulas that it exports."""
    if not module.imported:
        return
    package, _, name = module.imported.rpartition(".")
    claims = [record.id.rpartition("::")[2] for record in module.roots if record.kind == "claim"]
    lines = [(f"{name}.{formula.name}", "SymPy") for formula in module.formulas[:1]]
    short = (formula for formula in module.formulas if 0 < len(formula.arguments) <= _FEW)
    numeric = next(short, None)
    if numeric is not None:
        called = ", ".join(f"{name}.{one}" for one in (numeric.name, *numeric.arguments))
        lines.append((f"numpy_function({called})", "the same for arrays"))
    lines += [(f"{name}.{claim}.verdict", "by the kernel, now") for claim in claims[:1]]
    width = max((len(code) for code, _ in lines), default=0)
    yield "```python"
    if numeric is not None:
        yield "from therefore import numpy_function"
    yield f"from {package} import {name}" if package else f"import {name}"
    yield ""
    yield from (f"{code:<{width}}  # {said}" for code, said in lines)
    yield "```"
    yield ""
    if module.formulas:
        yield "Its formulas, as SymPy:"
        yield ""
        for formula in module.formulas:
            yield f"- `{name}.{formula.name}`: {inline(formula.latex)}"
        yield ""


def _drawing(drawing: Drawing, module: Module, topic: Topic) -> list[str]:
    caption = escape(drawing.caption)
    return [f"![{caption}]({drawing_file(topic, module, drawing)})", "", f"*{caption}*", ""]
