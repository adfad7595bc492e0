"""An edited certificate is never accepted, unless it still proves the same goal.

A thousand times one field of one committed certificate is changed: a word is replaced by
another word of the certificate, a part is left out, doubled, or exchanged with its neighbour.
"""

from __future__ import annotations

import copy
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from therefore import store
from therefore.kernel import Kernel, Rejected, goal_hash
from therefore.store import Entry

ROOT = Path(__file__).parents[2]
TIMES = 1000


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    """All the committed certificates, each after those that it cites."""
    found = [
        e for path in sorted((ROOT / "certificates").rglob("*.json")) for e in store.load(path)[0]
    ]
    return [found[place] for place in store.in_dependence_order(found)]


@pytest.fixture(scope="module")
def kernel(entries: list[Entry]) -> Kernel:
    """A kernel that has accepted all of them."""
    kernel = Kernel()
    for entry in entries:
        kernel.accept(entry.goal_text, entry.certificate_text)
    return kernel


def places(data: Any) -> list[tuple[Any, Any]]:
    """Every place in the data, as a container and a key or index."""
    keys = (
        list(data) if isinstance(data, dict) else range(len(data) if isinstance(data, list) else 0)
    )
    found = [(data, key) for key in keys]
    return found + [place for key in keys for place in places(data[key])]


def edited(entry: Entry, chance: random.Random) -> Any:
    """The certificate with one field changed."""
    certificate = copy.deepcopy(entry.certificate)
    every = places(certificate)
    words = sorted({box[key] for box, key in every if isinstance(box[key], str)})
    box, key = chance.choice(every)
    kind = chance.choice(["word", "drop", "double", "swap"])
    if isinstance(box[key], str) or kind == "word":
        others = [word for word in (*words, "0", "1", "-1", "2") if word != box[key]]
        box[key] = chance.choice(others)
    elif kind == "drop":
        del box[key]
    elif kind == "double" and isinstance(box, list):
        box.insert(key, copy.deepcopy(box[key]))
    elif isinstance(box, list) and len(box) > 1:
        box[key], box[key - 1] = box[key - 1], box[key]
    else:
        del box[key]
    return certificate


def test_edited_certificates(entries: list[Entry], kernel: Kernel) -> None:
    """What is accepted nevertheless is for the same goal, and of the same kind."""
    chance = random.Random(20)
    outcomes: Counter[str] = Counter()
    while outcomes.total() < TIMES:
        entry = chance.choice(entries)
        certificate = edited(entry, chance)
        if certificate == entry.certificate:
            continue
        try:
            done = kernel.accept(entry.goal_text, json.dumps(certificate))
        except Rejected as no:
            outcomes[no.code] += 1
            continue
        outcomes["ACCEPTED"] += 1
        assert done.goal == goal_hash(entry.goal_text)
        assert done.kind == entry.certificate["kind"]
    assert outcomes["ACCEPTED"] < TIMES / 3, outcomes
    assert len(outcomes) > 5, outcomes


def test_a_certificate_for_another_goal(entries: list[Entry], kernel: Kernel) -> None:
    """A changed goal makes its certificate stale, whatever was changed in it."""
    chance = random.Random(21)
    for _ in range(TIMES // 4):
        entry = chance.choice(entries)
        goal = copy.deepcopy(entry.goal)
        box, key = chance.choice([p for p in places(goal) if isinstance(p[0][p[1]], str)])
        box[key] += "1"
        with pytest.raises(Rejected):
            kernel.accept(json.dumps(goal), entry.certificate_text)


def test_a_relabelled_certificate(entries: list[Entry]) -> None:
    """A proof is not a refutation, and the other way round."""
    for entry in entries:
        kind = "refutation" if entry.certificate["kind"] == "proof" else "proof"
        with pytest.raises(Rejected):
            Kernel().accept(entry.goal_text, json.dumps({**entry.certificate, "kind": kind}))
