"""Complex matrices as blocks: what follows, and its false neighbours."""

from __future__ import annotations

from typing import Any

import pytest

from therefore.provers import prove
from therefore.reading.latex.document import Document
from therefore.refuters import sample

BUDGET = 60.0  # of a slow machine; what is found is found in a few seconds
DECLARED = r"Let $A, B, C, D \in \mathbb{R}^{n\times n}$ and $t \in \mathbb{R}$. "
GIVEN = DECLARED + "Suppose $A + iB$ is invertible. "
MOVED = r"(A+tB + i(B-tA))^{-1}"
PROVED = (
    rf"(A+iB)^{{-1}} = (1-ti){MOVED}",
    rf"{MOVED}(1-ti) = (A+iB)^{{-1}}",
    r"(A+iB)^{-1}(A+iB) = I",
    r"(iA-B)^{-1} = -i(A+iB)^{-1}",
    r"((A+iB)(C+iD))^H = (C+iD)^H(A+iB)^H",
    r"(A+iB)(C+iD) = AC - BD + i(AD + BC)",
    r"((A+iB)^{-1})^H = ((A+iB)^H)^{-1}",
)
FALSE = (
    rf"(A+iB)^{{-1}} = (1+ti){MOVED}",
    rf"(A+iB)^{{-1}} = {MOVED}",
    r"(A+iB)^{-1} = (1-ti)(A-tB + i(B-tA))^{-1}",
    r"(A+iB)^{-1} = A^H - iB^H",
    r"(iA-B)^{-1} = i(A+iB)^{-1}",
    r"((A+iB)(C+iD))^H = (A+iB)^H(C+iD)^H",
    r"(A+iB)^H = A^T + iB^T",
    r"(A+iB)(A-iB) = AA + BB",
    r"(A+iB)(C+iD) = AC + BD + i(AD + BC)",
)


def task(formula: str) -> Any:
    document = Document("test.tex", None)
    document.read(f"{GIVEN}\n\\[ {formula} \\]")
    assert document.errors == []
    return document.tasks[0]


@pytest.mark.parametrize("formula", PROVED)
def test_proved(formula: str) -> None:
    assert prove(task(formula), [], budget=BUDGET).proof is not None


@pytest.mark.parametrize("formula", FALSE)
def test_false_and_not_proved(formula: str) -> None:
    claim = task(formula)
    assert sample(claim.goal).suspects
    assert prove(claim, [], budget=0.7).proof is None
