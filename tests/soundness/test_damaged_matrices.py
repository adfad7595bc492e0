"""Damaged certificates of matrices: accepted for nothing but their own goal.

Each certificate is found by the provers, one field of it is changed, and what comes of it is also
offered for goals that are false: a transpose dropped, factors exchanged, a hypothesis dropped.
The committed certificates of linear algebra are damaged as well, and their goals edited; more of
that is done by ``python benchmarks/damaged_matrices.py``.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import Any

import matrix_damages
import pytest
from matrix_damages import (
    HOME,
    OF_GOALS,
    PROOF_DAMAGES,
    UNREADABLE,
    Entry,
    edited,
    is_false,
    load,
    offered,
)
from matrix_words import mm, turned
from test_damaged_certificates import damaged

from therefore.goal import Goal, Term
from therefore.kernel import FORMAT, Kernel, Rejected, goal_hash
from therefore.provers import certify_witness, prove
from therefore.task import Source, Task

DAMAGES, COMMITTED, EDITS, SEED = 120, 100, 60, 20240602
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


@cache
def committed() -> tuple[list[Entry], Kernel]:
    """The committed certificates of linear algebra, and a kernel that has accepted them."""
    return load([HOME])


def test_damaged_certificates_of_linear_algebra() -> None:
    """What is accepted is for the same goal, and nothing is accepted for its false twin."""
    entries, kernel = committed()
    twins = {one.name.removesuffix(".false_twin"): one for one in entries if not one.is_proof}
    rng, outcomes = random.Random(SEED), Counter[str]()
    while outcomes.total() < COMMITTED:
        kind, entry = rng.choice(list(PROOF_DAMAGES)), rng.choice(entries)
        certificate = matrix_damages.damaged(entry, kind, rng, entries)
        outcome = certificate and offered(kernel, entry.goal, certificate)
        if outcome is None or outcome in UNREADABLE:
            continue
        outcomes[outcome] += 1
        twin = twins.get(entry.name)
        if twin is not None and entry.is_proof:
            certificate["goal"] = twin.certificate["goal"]
            assert offered(kernel, twin.goal, certificate) != "ACCEPTED", (kind, certificate)
    assert outcomes["ACCEPTED"] < COMMITTED / 3, outcomes
    assert len(outcomes) > 5, outcomes


def test_edited_goals_of_linear_algebra() -> None:
    """With the proof as it was, a goal that is accepted is true on exact instances."""
    entries, kernel = committed()
    proofs = [entry for entry in entries if entry.is_proof]
    rng, outcomes = random.Random(SEED), Counter[str]()
    while outcomes.total() < EDITS:
        kind, entry = rng.choice(OF_GOALS), rng.choice(proofs)
        found = edited(entry, kind, rng)
        outcome = found and offered(kernel, *found)
        if found is None or outcome is None or outcome in UNREADABLE:
            continue
        outcomes[outcome] += 1
        if outcome == "ACCEPTED":
            false, instances = is_false(json.dumps(found[0]), seconds=0.2, count=20)
            assert instances and not false, (kind, found[0])
    assert 0 < outcomes["ACCEPTED"] < EDITS / 3, outcomes


def test_a_false_goal_is_seen_to_be_false() -> None:
    """The instances, by which accepted goals are judged, tell a false goal from a true one."""
    entries, _ = committed()
    judged = [is_false(json.dumps(entry.goal), 1.0, 20)[0] for entry in entries[:16]]
    assert judged == [not entry.is_proof for entry in entries[:16]]
