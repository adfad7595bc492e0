"""False statements on expectations: refuted by an exact counterexample, and proved by nothing.

Some are written by hand (see ``test_expectations``), most are true ones with one thing changed: a
transpose dropped, factors exchanged, a number changed, a summand or a law left out.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from kernel_goals import COMBINE, prove
from test_expectations import FALSE, NAMES, TRUE, VALUES

from therefore.goal import Goal, Term
from therefore.kernel import Rejected
from therefore.provers import certify_refutation
from therefore.provers import prove as search
from therefore.refuters.search import find_counterexamples
from therefore.refuters.terms import free_names
from therefore.task import Source, Task

MUTANTS = 16
BUDGET = 2.0


def claim(conclusion: Term, given: tuple[Term, ...]) -> Goal:
    """The goal, with the names that it speaks of and their sizes."""
    used = frozenset().union(*(free_names(part) for part in (conclusion, *given)))
    sizes = {part for name in used if name in NAMES for part in _words(NAMES[name])}
    names = {name: sort for name, sort in NAMES.items() if name in used | sizes}
    return Goal(tuple(names.items()), (), given, conclusion)


def _words(sort: Term) -> set[str]:
    return {sort} if isinstance(sort, str) else set().union(*map(_words, sort))


def mutants(conclusion: Term, given: tuple[Term, ...]) -> Iterator[tuple[Term, tuple[Term, ...]]]:
    """The statement with one thing changed, or with one law less."""
    for k, fact in enumerate(given):
        if fact[0] != "moments":
            yield conclusion, (*given[:k], *given[k + 1 :])
    for side in (1, 2):
        for changed in _changed(conclusion[side]):
            yield (*conclusion[:side], changed, *conclusion[side + 1 :]), given


def _changed(term: Term) -> Iterator[Term]:
    if isinstance(term, str):
        if term.isdigit():
            yield str(int(term) + 1)
        return
    head, *parts = term
    if head == "transpose":
        yield parts[0]
    if head in ("matmul", "outer") and parts[0] != parts[1]:
        yield (head, parts[1], parts[0])
    if head == "+" and len(parts) > 1:
        for k in range(len(parts)):
            rest = parts[:k] + parts[k + 1 :]
            yield ("+", *rest) if len(rest) > 1 else rest[0]
    if head == "expectation" and parts[0][0] in ("outer", "*", "inner") and len(parts[0]) == 3:
        inside, *factors = parts[0]
        yield (inside, *(("expectation", factor) for factor in factors))
    for k, part in enumerate(parts):
        for changed in _changed(part):
            yield (head, *parts[:k], changed, *parts[k + 1 :])


def refutation(goal: Goal) -> Any:
    """The certificate of the first counterexample that the kernel accepts."""
    for number, values in enumerate(find_counterexamples(goal, seconds=10)):
        found = certify_refutation(goal, values)
        if found is not None or number > 8:
            return found
    return None


def is_accepted(goal: Goal) -> bool:
    """Whether the two sides have one normal form. Raises ``Rejected`` for what has no sorts."""
    values = {name: VALUES[name] for name, _ in goal.declarations}
    try:
        return bool(prove(goal, COMBINE, values).kind == "proof")
    except Rejected as no:
        if no.code == "ILL_TYPED":
            raise
        return False


@pytest.mark.parametrize("case", FALSE)
def test_a_false_statement_is_refuted_and_not_proved(case: str) -> None:
    given, conclusion = FALSE[case]
    goal = claim(conclusion, given)
    if "drawn" in case or "odd" in case:  # of a literal that nobody writes; the kernel decides
        assert not is_accepted(goal)
        return
    found = search(Task("t", "t", "claim", Source("file.py", 1, 1), goal), (), budget=BUDGET)
    assert found.proof is None
    assert refutation(goal) is not None


def test_no_mutant_is_proved() -> None:
    """What the kernel accepts of the mutants has no counterexample, and most have one."""
    every = [
        claim(*mutant)
        for given, conclusion in TRUE.values()
        if conclusion[0] == "="
        for mutant in mutants(conclusion, given)
    ]
    refuted = 0
    for goal in random.Random(25).sample(every, MUTANTS):
        try:
            accepted = is_accepted(goal)
        except Rejected:
            continue
        found = refutation(goal)
        assert not (accepted and found)
        refuted += found is not None
    assert refuted >= MUTANTS // 3
