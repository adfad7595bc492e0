"""The page of a module: its words, how to import it, its plots, and a section for each claim."""

from __future__ import annotations

import re
from collections.abc import Iterator

from therefore.writing.book import Book, Drawing, Module, Topic
from therefore.writing.markdown import escape, inline
from therefore.writing.markdown import page as page_of
from therefore.writing.page_claims import claim_section
from therefore.writing.page_topics import MARK, counted

__all__ = ["drawing_file", "module_page"]

# The most arguments that an example of a call shows.
_FEW = 3


def module_page(module: Module, topic: Topic, book: Book) -> str:
    """The page of a module in Markdown."""
    return page_of([MARK, "", *_module(module, topic, book)])


def drawing_file(topic: Topic, module: Module, drawing: Drawing) -> str:
    """Where a plot stands, seen from the index."""
    return f"plots/{topic.name}-{module.name}-{drawing.name}.svg"


def _module(module: Module, topic: Topic, book: Book) -> Iterator[str]:
    yield f"# {escape(module.heading)}"
    yield ""
    how = "[How to read this page](../README.md#how-to-read-a-page)."
    yield f"From [{escape(topic.title)}](../{topic.page}). {counted((module,))} {how}"
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
        yield from claim_section(record, module, book, topic.page_of(module), drawings)


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
    return [f"![{caption}](../{drawing_file(topic, module, drawing)})", "", f"*{caption}*", ""]
