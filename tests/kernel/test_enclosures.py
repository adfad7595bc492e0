"""Enclosures of closed numbers, and the rule that decides relations by them."""

from __future__ import annotations

from typing import Any

import pytest
from kernel_goals import FALSE, goal, prove, refute

from therefore.kernel import Rejected

Term = Any


def enclose(bits: str = "64") -> dict[str, str]:
    return {"rule": "enclose", "bits": bits}


SIGMA = ("lambda", "real", ("/", "1", ("+", "1", ("exp", ("-", "#0")))))
DECIDED: list[Term] = [
    ("<", "3", ("pi",)),
    ("<=", "88075/100000", ("app", SIGMA, "2")),
    ("!=", ("exp", "1"), "2718281828/1000000000"),
    ("<", "65595/100000", ("+", ("*", ("cos", "1"), ("cos", "2")), ("app", SIGMA, "2"))),
    ("<", ("log", "3"), "11/10"),
    ("<=", "1/3", "1/3"),
    ("<=", ("sqrt", "4"), "2"),
    ("<", ("norm", ("vector", "1", "2")), "2237/1000"),
    ("<", ("inner", ("vector", "1", "2"), ("+", ("vector", "1", "2"), ("zero", "2"))), "6"),
    ("<", ("sum", "1", "10", ("exp", ("-", "#0"))), "582/1000"),
    ("<", ("sum", "1", "0", ("exp", "#0")), "1"),
    ("<", ("sum", "1", "-1", "1"), "1"),
]


@pytest.mark.parametrize("relation", DECIDED[:-1], ids=str)
def test_a_closed_relation_is_decided(relation: Term) -> None:
    assert prove(goal(relation), enclose()).kind == "proof"
