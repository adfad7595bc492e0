"""Cases on matrices: no true one is refuted, and no false one proved.

All of them are judged by ``python tests/corpus/matrix_cases.py``; here every third one.
"""

from __future__ import annotations

from matrix_cases import document, judged, load

CASES = load()
EVERY = 3


def test_a_part_of_the_cases_through_the_front_door() -> None:
    cases = CASES[::EVERY]
    assert {case["truth"] for case in cases} == {True, False}
    found = judged(cases, budget=5.0)
    for case in cases:
        statuses = {record["status"] for record in found.get(case["id"], [])}
        assert statuses, case["id"]
        never = "REFUTED" if case["truth"] else "PROVED"
        assert statuses.isdisjoint({never, "CONTRADICTION"}), case["id"]


def test_a_case_becomes_a_document() -> None:
    case = {
        "id": "X1", "kind": "identity", "latex": r"A^{-1}B=BA^{-1}", "truth": True,
        "assumptions": ["invertible(A)", "commute(A,B)", "k positive integer"],
        "sizes": {"A": ["n", "n"], "B": ["n", "n"], "x": ["n", 1], "c": []},
    }  # fmt: skip
    text = document(case)
    for part in (
        r"Let $A \in \mathbb{R}^{n \times n}$.", r"Let $x \in \mathbb{R}^{n}$.",
        r"Let $c \in \mathbb{R}$.", "Suppose $A$ is invertible.", "Suppose $AB = BA$.",
        "Let $k$ be a positive integer.", r"\tag{X1}",
    ):  # fmt: skip
        assert part in text
