"""Inequalities of the corpus, by the provers alone: the true ones are proved, the others never.

The line that each stands for is judged by ``THEREFORE_INEQUALITY_CASES=more_inequalities.json
python tests/corpus/inequality_cases.py``; here the false ones are, a few of them.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from inequality_cases import Case, document, judged

from therefore.provers import prove
from therefore.provers.attempt import Attempt
from therefore.reading.latex import read_text

CASES = json.loads(Path(__file__).with_name("more_inequalities.json").read_text("utf-8"))["cases"]
TRUE = {case["id"]: case for case in CASES if case["truth"]}
FALSE = {case["id"]: case for case in CASES if not case["truth"]}
EVERY = 5


def attempted(case: Case, budget: float) -> Attempt:
    tasks, errors = read_text(document(case))
    assert not errors and len(tasks) == 1, errors
    return prove(tasks[0], [], budget=budget)


@pytest.mark.parametrize("name", TRUE)
def test_it_is_proved(name: str) -> None:
    found = attempted(TRUE[name], budget=60)
    assert found.proof is not None, found.tried


@pytest.mark.parametrize("name", FALSE)
def test_it_is_never_proved(name: str) -> None:
    assert attempted(FALSE[name], budget=0.8).proof is None


def test_false_ones_are_refuted() -> None:
    cases = list(FALSE.values())[::EVERY]
    found = judged(cases, budget=5.0)
    assert {case["id"]: found[case["id"]][0]["status"] for case in cases} == {
        case["id"]: "REFUTED" for case in cases
    }
