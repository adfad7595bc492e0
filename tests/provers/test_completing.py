"""Equations of matrices from assumptions: by completion, positive forms, witnesses, induction."""

from __future__ import annotations

import time
from typing import Any

import pytest

from therefore.provers import prove
from therefore.provers.bench import Bench
from therefore.provers.search import Search
from therefore.reading.latex.document import Document
from therefore.task import Hints, Task

SQUARE = r"Let $A, B \in \mathbb{R}^{n\times n}$. "
WIDE = r"Let $A \in \mathbb{R}^{m\times n}$ and $B \in \mathbb{R}^{n\times m}$. "
DEFINITE = r"""Let $P \in \mathbb{R}^{n\times n}$ and $R \in \mathbb{R}^{m\times m}$ be positive
definite and $H \in \mathbb{R}^{m\times n}$. """
BUDGET = 20.0  # of a slow machine; each is found in less than a second

TRUE = {
    "an inverse passes what the matrix passes":
        (SQUARE + "Suppose $A$ and $B$ commute and $A$ is invertible.", "A^{-1}B = BA^{-1}"),
    "the inverse of a symmetric matrix":
        (SQUARE + "Let $A$ be symmetric and invertible.", "A^{-T} = A^{-1}"),
    "two inverses in one":
        (SQUARE + "Suppose $A$, $B$ and $A + 2B$ are invertible.",
         r"(B^{-1} + 2A^{-1})^{-1} = A(A+2B)^{-1}B"),
    "an inverse that another one gives":
        (WIDE + "Suppose $I - BA$ is invertible.", "(I - AB)^{-1} = I + A(I - BA)^{-1}B"),
    "a sum of three":
        (SQUARE + "Suppose $A$, $B$ and $A^{-1} + B$ are invertible.",
         "(A + B^{-1})^{-1} = B - B(A^{-1} + B)^{-1}B"),
    "regularised": (WIDE + "Let $s > 0$.", "(sI + A^TA)^{-1}A^T = A^T(sI + AA^T)^{-1}"),
    "a gain": (DEFINITE, "(P^{-1} + H^TR^{-1}H)^{-1}H^TR^{-1} = PH^T(HPH^T + R)^{-1}"),
    "a definite product": (DEFINITE, "HPH^T + R \\succ 0"),
    "a semidefinite product": (DEFINITE, "HPH^T \\succeq 0"),
    "a skew matrix and I":
        (r"Let $S \in \mathbb{R}^{n\times n}$ be skew-symmetric.", "(2I + S)^{-1}(2I + S) = I"),
    "idempotent and invertible": (SQUARE + "Let $A$ be idempotent and invertible.", "A = I"),
    "one side is enough": (SQUARE + "Suppose $AB = I$.", "BA = I"),
    "a rank-one change":
        (r"Let $A \in \mathbb{R}^{n\times n}$ be invertible, $u, v \in \mathbb{R}^n$ and $1 - "
         r"v^TA^{-1}u \ne 0$.",
         r"(A - uv^T)^{-1} = A^{-1} + \frac{A^{-1}uv^TA^{-1}}{1 - v^TA^{-1}u}"),
    "a reflection":
        (r"Let $u \in \mathbb{R}^n$, $u \ne 0$. Define $H = I_n - \frac{2}{u^Tu} uu^T$.", "HH = I"),
    "a reflection by a unit vector":
        (r"Let $u \in \mathbb{R}^n$ be a unit vector.", "(I_n - 2uu^T)^2 = I_n"),
    "a power passes": (SQUARE + r"Suppose $AB = BA$. Let $k \ge 1$ be an integer.",
                       "A^k B = B A^k"),
    "a power of an inverse":
        (SQUARE + r"Let $A$ be invertible and $k \ge 1$ an integer.", "A^k (A^{-1})^k = I"),
}  # fmt: skip
NOT_PROVED = {
    "without commuting": (SQUARE + "Suppose $A$ is invertible.", "A^{-1}B = BA^{-1}"),
    "a wide left inverse": (WIDE + "Suppose $AB = I$.", "BA = I"),
    "semidefinite only":
        (r"Let $P \in \mathbb{R}^{n\times n}$ be positive semidefinite.", "PP^{-1} = I"),
    "another middle":
        (SQUARE + "Suppose $A$, $B$ and $A + B$ are invertible.",
         "(A^{-1} + B^{-1})^{-1} = (A+B)^{-1}AB"),
}  # fmt: skip


def task_of(given: str, line: str) -> Task:
    document = Document("test.tex", None)
    document.read(f"{given}\n\n\\[ {line} \\]\n")
    assert document.errors == []
    return document.tasks[-1]


@pytest.mark.parametrize("name", TRUE)
def test_proved(name: str) -> None:
    assert prove(task_of(*TRUE[name]), [], budget=BUDGET).proof is not None


@pytest.mark.parametrize("name", NOT_PROVED)
def test_not_proved(name: str) -> None:
    assert prove(task_of(*NOT_PROVED[name]), [], budget=1.0).proof is None


def test_a_cofactor_that_is_changed_is_refused() -> None:
    bench = Bench([], Hints(), time.monotonic() + BUDGET)
    task = task_of(*TRUE["an inverse passes what the matrix passes"])
    ctx, conclusion = bench.start(task.goal.to_text())
    proof = Search(bench).prove(ctx, conclusion)
    assert proof is not None and bench.works(ctx, conclusion, proof)
    items: list[dict[str, Any]] = proof["items"]
    for k, item in enumerate(items):
        for key in ("left", "right", "times"):
            damaged = {**item, key: ["identity", "n"] if key != "times" else "5"}
            if damaged != item:
                changed = {**proof, "items": [*items[:k], damaged, *items[k + 1 :]]}
                assert not bench.works(ctx, conclusion, changed)
