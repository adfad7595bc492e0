"""The index of the pages, and the page of the axioms."""

from __future__ import annotations

from collections.abc import Iterator

from therefore.kernel.axioms import AXIOMS
from therefore.writing.axiom_sources import axiom_sources
from therefore.writing.book import Book
from therefore.writing.latex import broken
from therefore.writing.latex_terms import LatexPrinter
from therefore.writing.markdown import display, escape, page
from therefore.writing.names import Names
from therefore.writing.page_topics import MARK, counted

__all__ = ["axioms_page", "index_page"]

_HOW = """\
## How to read a page

Each claim comes with four things.

- **The statement**, for every size and every number that it names, with its hypotheses as
  (h1), (h2) …
- **The proof**, line by line as its author wrote it. What stands beside a line is read off the
  certificate: *RHS − LHS* is the right side less the left side, written as something that is
  plainly not negative, and *the same normal form* says that both sides come out alike once they
  are multiplied out.
- **The certificate**: data that the kernel alone has accepted, without SymPy and without any
  solver. What it rests on is named: other claims, and [the axioms](axioms.md). Its size, the rules
  that it uses and its hashes are folded away, and so are values that satisfy the hypotheses.
- **The same with one thing wrong**, a sign or a factor or a hypothesis, and the values at which
  that fails. A check that cannot fail would be seen there.

A bracket such as $`[a \\le b]`$ is 1 where the relation holds, else 0; $`[\\mathtt{name}]`$ is the
right side of what was proved under that name, less its left side. $`\\mathbb{Z}/n`$ are the
residues modulo n, and $`\\mathrm{rep}(i)`$ is the number 0 … n − 1 that the residue i stands for;
circ(c) is the circulant matrix with c[i − j] in row i and column j, and shift(n) moves each entry
of a vector one place on. $`u^{*}`$ is the value of u that the program computes.

`therefore check` also tries every line on more than a hundred random instances.
"""


def index_page(book: Book) -> str:
    """The first page: every topic with its modules, and how to read them."""
    return page([MARK, "", *_index(book)])


def _index(book: Book) -> Iterator[str]:
    modules = tuple(module for topic in book.topics for module in topic.modules)
    yield "# What is proved"
    yield ""
    yield counted(modules)
    yield ""
    for topic in book.topics:
        yield f"## [{escape(topic.title)}]({topic.page})"
        yield ""
        if topic.about:
            yield escape(topic.about)
            yield ""
        for module in topic.modules:
            link = f"[{escape(module.heading)}]({topic.page_of(module)})"
            yield f"- {link}. {escape(module.title)}"
        yield ""
    yield _HOW
    if book.others:
        yield "## Other pages"
        yield ""
        for file, title in book.others:
            yield f"- [{escape(title)}]({file})"


def axioms_page() -> str:
    """The axioms of the kernel, each with its statement and its source."""
    lines = [MARK, "", "# The axioms", ""]
    lines += [
        "What the kernel believes beyond its rules and its normal forms. Each is a formula without "
        "free names, and is tried on random instances by the tests. `SOUNDNESS.md` says what else "
        "is trusted.",
        "",
    ]
    said = axiom_sources()
    for name, statement in AXIOMS.items():
        lines += [f"## {name.replace('_', ' ').capitalize()}", ""]
        lines += [escape(said.get(name, ""))]
        lines += display(broken(LatexPrinter(Names()), statement))
    return page(lines)
