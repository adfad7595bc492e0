"""Statements with one thing changed: none that an exact counterexample breaks is proved.

All of them are asked by ``python tests/soundness/mutants.py``; here the first few hundred.
"""

from __future__ import annotations

import pytest
from asking import ask
from falsifying import counterexample
from mutant_sources import sources
from mutants import made

SEED = 20260101
SECONDS = 0.06
COUNTS = {"matrices": 220, "inequalities": 100}


@pytest.mark.parametrize("kind", COUNTS)
def test_no_false_mutant_is_proved(kind: str) -> None:
    false = 0
    for number, mutant in enumerate(made(kind, SEED)):
        if counterexample(mutant.goal, SECONDS)[0]:
            proved, _ = ask(mutant, SECONDS, cite=number % 2 == 1)
            assert not proved, mutant
            false += 1
        if false == COUNTS[kind]:
            break
    assert false == COUNTS[kind]


@pytest.mark.parametrize("kind", COUNTS)
def test_what_is_true_has_no_counterexample(kind: str) -> None:
    for name, goal in sources(kind)[::20]:
        assert not counterexample(goal, SECONDS)[0], name
