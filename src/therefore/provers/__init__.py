"""Untrusted: ways of finding a certificate. Whatever they find, the kernel decides.

``prove`` searches for a proof of a task's goal; ``certify_refutation`` and ``certify_witness``
turn concrete values into certificates.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from therefore.kernel.errors import Rejected
from therefore.provers.account import Account
from therefore.provers.at_values.concrete import certify_refutation, certify_witness
from therefore.provers.attempt import Attempt, Lemma
from therefore.task import Hints, Task

__all__ = ["Account", "Attempt", "Lemma", "certify_refutation", "certify_witness", "prove"]


def prove(
    task: Task, lemmas: Sequence[Lemma], *, budget: float = 10.0, account: Account | None = None
) -> Attempt:
    """Search for a proof of the task's goal for at most ``budget`` seconds.

    The ``account``, where there is one, tells afterwards what was tried.
    """
    from therefore.provers.bench import Bench, OutOfTime
    from therefore.provers.logic.defined import proofs_of_definedness
    from therefore.provers.search import Search

    bench = Bench(lemmas, task.hints, time.monotonic() + budget, account=account)
    # The author's hints are about the conclusion.
    unhinted = Search(replace(bench, hints=Hints()))
    try:
        ctx, conclusion = bench.start(
            task.goal.to_text(), lambda ctx, formula: proofs_of_definedness(unhinted, ctx, formula)
        )
        proof = Search(bench).prove(ctx, conclusion)
    except OutOfTime:
        return Attempt(None, tried=(*bench.tried, f"the budget of {budget:g} s is used up"))
    except Rejected as no:
        return Attempt(None, tried=(_not_taken(no),))
    if proof is None:
        return Attempt(None, tried=tuple(bench.tried))
    refusal = bench.refusal(ctx, conclusion, proof)
    if refusal is not None:
        unsound = f"a proof was found that does not hold: {refusal}"
        return Attempt(None, tried=(*bench.tried, unsound))
    return Attempt(proof, method_of(proof), tuple(bench.tried), tuple(bench.defined))


def _not_taken(no: Rejected) -> str:
    if no.code == "UNDEFINED":
        return "a hypothesis is not known to be defined: state before it what makes it so"
    return f"the kernel does not take the goal ({no.code})"


def method_of(proof: dict[str, object]) -> str:
    """The rule that says most about a proof, in a word or two."""
    from therefore.provers.naming import method_of as name

    return name(proof)
