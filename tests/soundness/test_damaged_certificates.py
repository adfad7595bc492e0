"""Damaged certificates: none proves a false goal, none refutes a true one.

The certificates are the committed ones. One field of one of them is changed (a string, a number,
a label, a key, a deletion, a copy, an exchange), a thousand times and from a fixed seed. What is
still accepted for its own goal does no harm, for that goal is true. So each damaged certificate is
also offered, under the right hash, for goals that are false: the negation of its goal, its goal
with one side moved, and the false twins in its file.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from therefore.goal import Goal
from therefore.kernel import Kernel, Rejected, goal_hash
from therefore.kernel.terms import negation

CERTIFICATES = Path(__file__).parents[2] / "certificates"
ROUNDS, SEED = 10, 20240501
DAMAGES_A_ROUND = 100
POOL = ["0", "1", "-1", "2", "1/2", "x", "#0", "h1", "h2", "inspect", "combine", "axiom:definite"]


class Entry:
    """A stored certificate: its file, its goal and its text."""

    def __init__(self, path: Path, record: dict[str, Any]) -> None:
        self.path, self.name = path, record["id"]
        self.certificate: dict[str, Any] = record["certificate"]
        self.goal = Goal.from_text(json.dumps(record["goal"]))
        self.is_proof = self.certificate["kind"] == "proof"


@cache
def stored() -> tuple[list[Entry], Kernel]:
    """All entries, and a kernel that has accepted them, so that lemmas can be cited."""
    entries = [
        Entry(path, record)
        for path in sorted(CERTIFICATES.rglob("*.json"))
        for record in json.loads(path.read_text())
    ]
    kernel, waiting = Kernel(), list(entries)
    while waiting:
        left = [entry for entry in waiting if not is_accepted(kernel, entry)]
        assert len(left) < len(waiting), [entry.name for entry in left]
        waiting = left
    return entries, kernel


def is_accepted(kernel: Kernel, entry: Entry) -> bool:
    try:
        kernel.accept(entry.goal.to_text(), json.dumps(entry.certificate))
    except Rejected:
        return False
    return True


def places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in nested lists and objects: the container, and the key or position in it."""
    if isinstance(data, (dict, list)):
        for key in list(data) if isinstance(data, dict) else range(len(data)):
            yield data, key
            yield from places(data[key])


def damaged(certificate: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """The certificate with one field changed."""
    changed = deepcopy(certificate)
    container, key = rng.choice(list(places(changed)))
    other_container, other_key = rng.choice(list(places(changed)))
    value, other = container[key], deepcopy(other_container[other_key])
    way = rng.randrange(6)
    if way == 0:
        del container[key]
    elif way == 1 and isinstance(container, list):
        container.insert(key, deepcopy(value))
    elif way == 2 and isinstance(container, list):
        rng.shuffle(container)
    elif way == 3 and isinstance(container, dict):
        container[str(rng.choice(POOL))] = container.pop(key)
    elif way == 4:
        container[key] = other
    elif isinstance(value, str):
        container[key] = rng.choice(POOL)
    else:
        container[key] = rng.choice([[], {}, "0", [value], deepcopy(POOL)])
    return changed


def false_goals(entry: Entry) -> Iterator[Goal]:
    """Goals that are false if the goal of this proof is true (its hypotheses can hold)."""
    conclusion = entry.goal.conclusion
    with suppress(Rejected):
        yield replace(entry.goal, conclusion=negation(conclusion))
    if conclusion[0] in ("<=", "<", "="):
        head, left, right = conclusion
        moved = (head, ("+", "1", right), left) if head != "=" else (head, left, ("+", "1", right))
        yield replace(entry.goal, conclusion=moved)


def verdict(kernel: Kernel, goal: Goal, certificate: Any) -> str:
    """``proof``, ``refutation`` or the code of the refusal; the kernel learns nothing by it."""
    known = dict(kernel._proved)
    try:
        return kernel.accept(goal.to_text(), json.dumps(certificate)).kind
    except Rejected as refusal:
        return refusal.code
    finally:
        kernel._proved.clear()
        kernel._proved.update(known)


def retargeted(certificate: dict[str, Any], goal: Goal) -> dict[str, Any]:
    return {**certificate, "goal": goal_hash(goal.to_text())}


@pytest.mark.parametrize("part", range(ROUNDS))
def test_a_damaged_certificate_never_proves_a_false_goal(part: int) -> None:
    entries, kernel = stored()
    rng = random.Random(SEED + part)
    refused = 0
    for _ in range(DAMAGES_A_ROUND):
        entry = rng.choice(entries)
        changed = damaged(entry.certificate, rng)
        own = verdict(kernel, entry.goal, changed)
        assert own in ("proof" if entry.is_proof else "refutation",) or own.isupper(), changed
        refused += own.isupper()
        twins = [e.goal for e in entries if e.path == entry.path and e.is_proof != entry.is_proof]
        wrong = [*twins[:2], *(false_goals(entry) if entry.is_proof else ())]
        for goal in wrong:
            kind = verdict(kernel, goal, retargeted(changed, goal))
            assert kind != ("proof" if entry.is_proof else "refutation"), (entry.name, changed)
    assert refused > DAMAGES_A_ROUND // 2


def test_the_undamaged_certificates_do_not_prove_false_goals_either() -> None:
    entries, kernel = stored()
    for entry in entries:
        for goal in false_goals(entry) if entry.is_proof else ():
            kind = verdict(kernel, goal, retargeted(entry.certificate, goal))
            assert kind != "proof", entry.name


def test_a_certificate_of_another_goal_is_stale() -> None:
    entries, kernel = stored()
    for entry in entries:
        hypotheses = (*entry.goal.hypotheses, ("=", "0", "0"))
        other = replace(entry.goal, hypotheses=hypotheses)
        assert verdict(kernel, other, entry.certificate) == "STALE"


@pytest.mark.parametrize("field", ["format", "goal", "kind"])
def test_no_change_of_a_head_field_is_accepted(field: str) -> None:
    entries, kernel = stored()
    for entry in entries:
        for value in ("", "proof", "refutation", "therefore-2", "0" * 64, [], {}):
            if value != entry.certificate[field]:
                changed = {**entry.certificate, field: value}
                assert verdict(kernel, entry.goal, changed).isupper()
