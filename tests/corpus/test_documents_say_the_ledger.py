"""The documents claim what the ledger says: the same term is read from both.

In a copy of the document the row of each line is replaced by the ledger's own LaTeX; what is read
there has to be what is read in the document. Where the ledger's notation is refused, as ambiguous
or as no formula, the document says the same in other words, and that is listed here.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from ledger import ROOT, Line, lines

from therefore.reading.latex import read_text
from therefore.task import Task

# Why the document does not write a line as the ledger does.
REWRITTEN = {
    "A-4c-6": "J(w_1, w_2) for J(w): the two numbers make up w",
    "A-4d-1": "as A-4c-6",
    "B-4c-14": "the Jacobian as a partial derivative, for a gradient of a vector",
    "B-4d-10": "as B-4c-14",
    "C-1.1.1-3": "the coefficients that exist are built before the line, by their recurrence",
    "C-1.1.2-1": "what lies in the span of the rows of X is X^T c, for a c given before the line",
    "C-2.1.2-1": "O(1) and O(T) are bounds on two counts, d and 2dT",
    "C-2.2.3-4": "'and' is a sign, and 'for every eta' is said of eta before the line",
    "C-3.1-2": "the convolution, as a sum of moved pictures, has a name",
    "C-3.2-7": "the count of parameters stands on the left side",
    "D-2-1": "R(q) for the expectation, as the solution writes it",
    "D-2-2": "as D-2-1",
    "D-2-3": "an expectation over finitely many values, for an integral",
    "D-2-4": "as D-2-1, with the integrals of constants carried out",
    "E-2b-13": "a product of entries has its sign, and the 1 is a vector",
    "E-2b-25": "entry by entry",
    "E-6.3-3": "the gradient at a point",
    "E-6.3-4": "as E-6.3-3",
    "E-6.3-6": "as E-6.3-3",
}


def _document(name: str) -> str:
    return (ROOT / "proofs" / f"{name}.tex").read_text(encoding="utf-8")


def _row(text: str, label: str) -> tuple[int, int]:
    """Where the row with this tag begins and ends."""
    end = text.index(f"\\tag{{{label}}}")
    begin = 0
    depth = 0
    for match in re.finditer(r"\\begin\{(\w+)\*?\}|\\end\{(\w+)\*?\}|\\\\", text[:end]):
        if match[1] in ("equation", "align"):
            begin, depth = match.end(), 0
        elif match[1]:
            depth += 1
        elif match[2]:
            depth -= 1
        elif depth == 0:
            begin = match.end()
    return begin, end


def _said(tasks: list[Task], label: str) -> list[Any]:
    return [
        task.goal.conclusion
        for task in tasks
        if task.label == label or re.fullmatch(re.escape(label) + r"\.\d+", task.label)
    ]


@cache
def _read(name: str) -> list[Task]:
    return read_text(_document(name), "document")[0]


@cache
def _labels(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\\tag\{([^}]*)\}", _document(name)))


HERE = [line for line in lines() if line.id in _labels(line.document)]


@pytest.mark.parametrize("line", HERE, ids=[line.id for line in HERE])
def test_the_same_is_read(line: Line) -> None:
    """Or the line is listed as rewritten, with the reason."""
    text = _document(line.document)
    begin, end = _row(text, line.id)
    directives = "".join(
        f"{row}\n" for row in text[begin:end].splitlines() if row.lstrip().startswith("%")
    )
    other = f"{text[:begin]}\n{directives}{line.latex} {text[end:]}"
    own = _said(_read(line.document), line.id)
    assert own or line.truth == "ill-typed"
    same = _said(read_text(other, "document")[0], line.id) == own
    assert same is (line.id not in REWRITTEN)
