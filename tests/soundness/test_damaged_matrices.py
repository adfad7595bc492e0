"""Damaged certificates of matrices: accepted for nothing but their own goal.

Each certificate is found by the provers, one field of it is changed, and what comes of it is also
offered for goals that are false: a transpose dropped, factors exchanged, a hypothesis dropped.
"""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import Any

import pytest
from matrix_words import mm, turned
from test_damaged_certificates import damaged

from therefore.goal import Goal, Term
from therefore.kernel import FORMAT, Kernel, Rejected, goal_hash
from therefore.provers import certify_witness, prove
from therefore.task import Source, Task

DAMAGES = 120
ONE = ("rows", ("row", "1"))
NAMES: tuple[tuple[str, Term], ...] = (
    ("m", "size"), ("n", "size"), ("A", ("matrix", "m", "n")), ("B", ("matrix", "n", "m")),
    ("H", ("matrix", "n", "n")), ("K", ("matrix", "n", "n")), ("u", ("vector", "n")),
    ("v", ("vector", "n")), ("c", "real"),
)  # fmt: skip
VALUES = {
    "m": "1", "n": "1", "A": ONE, "B": ONE, "H": ONE, "K": ONE, "u": ("vector", "1"),
    "v": ("vector", "1"), "c": "1",
}  # fmt: skip


LEFT = ("+", ("identity", "m"), mm("A", "B"))
RIGHT = ("+", ("identity", "n"), mm("B", "A"))
SYMMETRIC, EIGEN = ("=", turned("H"), "H"), ("=", mm("H", "u"), ("*", "c", "u"))


def claim(conclusion: Term, *given: Term) -> Goal:
    return Goal(NAMES, (), given, conclusion)


# A true goal, and false ones near it.
CASES: dict[str, tuple[Goal, list[Goal]]] = {
    "push-through": (
        claim(("=", mm(("inverse", LEFT), "A"), mm("A", ("inverse", RIGHT))),
              ("invertible", LEFT), ("invertible", RIGHT)),
        [claim(("=", mm(("inverse", LEFT), turned("B")), mm("A", ("inverse", RIGHT))),
               ("invertible", LEFT), ("invertible", RIGHT)),
         claim(("=", mm(("inverse", LEFT), "A"), mm("A", ("inverse", RIGHT))))],
    ),
    "symmetric": (
        claim(("=", ("inner", "u", mm("H", "v")), ("*", "c", ("inner", "u", "v"))),
              SYMMETRIC, EIGEN),
        [claim(("=", ("inner", "u", mm("H", "v")), ("*", "c", ("inner", "u", "v"))), EIGEN),
         claim(("=", ("inner", "u", mm("H", "v")), ("*", "c", ("inner", "u", "v"))), SYMMETRIC),
         claim(("=", mm("H", "K"), mm("K", "H")), SYMMETRIC, EIGEN)],
    ),
    "inverse": (
        claim(("=", mm(("inverse", "H"), "K", "u"), ("/", mm("K", "u"), "c")),
              ("=", mm("H", "K"), ("*", "c", "K")), ("invertible", "H"), ("!=", "c", "0")),
        [claim(("=", mm(("inverse", "H"), "K", "u"), ("/", mm("K", "u"), "c")),
               ("=", mm("H", "K"), ("*", "c", "K")), ("!=", "c", "0")),
         claim(("=", mm(("inverse", "H"), turned("K"), "u"), ("/", mm("K", "u"), "c")),
               ("=", mm("H", "K"), ("*", "c", "K")), ("invertible", "H"), ("!=", "c", "0"))],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_damaged_certificate_proves_nothing_false(name: str) -> None:
    true, false = CASES[name]
    attempt = prove(Task("t", "t", "claim", Source("t.py", 1), true), [], budget=20.0)
    assert attempt.proof is not None, attempt.tried
    certificate: dict[str, Any] = {
        "format": FORMAT, "goal": goal_hash(true.to_text()), "kind": "proof",
        "proof": attempt.proof, "witness": certify_witness(true, VALUES),
    }  # fmt: skip
    certificate = json.loads(json.dumps(certificate))
    Kernel().accept(true.to_text(), json.dumps(certificate))
    rng = random.Random(20240601)
    refused = 0
    for _ in range(DAMAGES):
        changed = damaged(certificate, rng)
        for goal in (true, *false, replace(true, conclusion=("!=", *true.conclusion[1:]))):
            changed["goal"] = goal_hash(goal.to_text())
            try:
                Kernel().accept(goal.to_text(), json.dumps(changed))
            except Rejected:
                refused += 1
            else:
                assert goal is true, changed
    assert refused >= DAMAGES * (len(false) + 1)
