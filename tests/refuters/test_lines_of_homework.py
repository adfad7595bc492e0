"""Lines of real homework: the false ones die by a small counterexample, the true ones never."""

from __future__ import annotations

import itertools
import json
import time

import pytest
from ledger_goals import FALSE, TRUE

from therefore.kernel import accept
from therefore.provers import certify_refutation
from therefore.refuters import find_counterexamples, sample

SECONDS = 30.0


@pytest.mark.parametrize("name", FALSE)
def test_a_false_line_has_a_counterexample_that_the_kernel_accepts(name: str) -> None:
    goal = FALSE[name]
    start = time.monotonic()
    candidates = itertools.islice(find_counterexamples(goal, seconds=SECONDS), 20)
    certificates = (certify_refutation(goal, values) for values in candidates)
    certificate = next(found for found in certificates if found is not None)
    assert accept(goal.to_text(), json.dumps(certificate)).kind == "refutation"
    assert time.monotonic() - start < SECONDS
    for declared, sort in goal.declarations:
        if sort == "size":
            assert int(certificate["values"][declared]) <= 2


@pytest.mark.parametrize("name", TRUE)
def test_a_true_line_is_sampled_and_never_refuted(name: str) -> None:
    goal = TRUE[name]
    report = sample(goal)
    assert not report.suspects and not report.unconfirmed
    assert report.agreement.agreeing == report.agreement.usable
    assert report.agreement.usable >= (100 if goal.declarations else 1)


@pytest.mark.parametrize("name", TRUE)
def test_no_counterexample_of_a_true_line_is_certified(name: str) -> None:
    goal = TRUE[name]
    for values in itertools.islice(find_counterexamples(goal, seconds=3.0), 3):
        assert certify_refutation(goal, values) is None
