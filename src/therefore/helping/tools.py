"""What the kinds of help work with: random instances and the provers, within a budget."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from therefore.goal import Goal, Term
from therefore.helping.findings import Proposal
from therefore.kernel.errors import Rejected
from therefore.task import Task

if TYPE_CHECKING:
    from therefore.provers import Lemma

__all__ = ["FEW", "MANY", "Tools"]

FEW = 16
MANY = 128
_WITNESSES = 40
# How much of the instances asked for must satisfy the hypotheses.
_ENOUGH = 100
_LOOKED_FOR = 1.0  # seconds for a counterexample of what is not proved


@dataclass
class Tools:
    """The line that was refuted, and what can be asked of others like it.

    ``deadline`` is a moment of ``time.monotonic``; ``step`` the seconds that one search for a
    proof may take.
    """

    task: Task
    lemmas: Sequence[Lemma]
    seed: int
    deadline: float
    step: float = 1.0
    # The seconds that one instance took when a few were last looked at.
    _each: float = 0.0

    @property
    def goal(self) -> Goal:
        """The goal of the refuted line."""
        return self.task.goal

    @property
    def in_time(self) -> bool:
        """Whether there is time left."""
        return time.monotonic() < self.deadline

    @cached_property
    def names(self) -> dict[str, Term]:
        """The sorts of the declared names, and of the defined ones as functions or values."""
        from therefore.kernel.terms import open_binder, sort_of

        names: dict[str, Term] = dict(self.goal.declarations)
        for name, parameters, body in self.goal.definitions:
            places = {f"%q{k}": sort for k, sort in enumerate(parameters)}
            sort = sort_of(open_binder(body, *places), {**names, **places})
            names[name] = ("function", parameters, sort) if parameters else sort
        return names

    def expanded(self, formula: Term) -> Term | None:
        """The formula with the definitions written out, or ``None`` if the kernel has no rules."""
        from therefore.kernel.data import parse
        from therefore.kernel.door import _read_goal

        goal = replace(self.goal, hypotheses=(), conclusion=formula)
        try:
            return _read_goal(parse(goal.to_text())).conclusion
        except (Rejected, RecursionError):
            return None

    @cached_property
    def blind(self) -> bool:
        """Whether random instances do not even see that the refuted line is false.

        Its numbers are too small or too large for them, and then only a proof counts.
        """
        return self.seems(self.goal, count=MANY)

    def instead(self, conclusion: Term) -> Goal:
        """The goal with another conclusion."""
        return replace(self.goal, conclusion=conclusion)

    def under(self, hypothesis: Term, conclusion: Term | None = None) -> Goal:
        """The goal with one more hypothesis, and with another conclusion if one is given."""
        hypotheses = (*self.goal.hypotheses, hypothesis)
        if conclusion is None:
            conclusion = self.goal.conclusion
        return replace(self.goal, hypotheses=hypotheses, conclusion=conclusion)

    def seems(self, goal: Goal, count: int = FEW) -> bool:
        """Whether a few instances leave the goal standing: quick, and in floating point."""
        from therefore.refuters.instances import sample_instances

        started = time.monotonic()
        try:
            found = sample_instances(goal, seed=self.seed, count=count)
        except Exception:  # an ill-typed goal may fail anywhere in the arithmetic
            return False
        finally:
            self._each = (time.monotonic() - started) / count
        return found.failing == 0 and found.agreement.usable == found.agreement.agreeing > 0

    def agreeing(self, goal: Goal) -> int:
        """How many instances agree with a goal; 0 if one does not, or if they are too few."""
        from therefore.refuters import sample

        try:
            report = sample(goal, seed=self.seed, count=MANY)
        except Exception:
            return 0
        agreement = report.agreement
        if report.suspects or report.unconfirmed or agreement.agreeing != agreement.usable:
            return 0
        # Where the hypotheses leave nothing to choose there is but one instance.
        enough = _ENOUGH if agreement.tried > 1 else 1
        return agreement.usable if agreement.usable >= enough else 0

    def propose(self, goal: Goal, *, prove: bool = True) -> Proposal | None:
        """A goal that enough instances agree with, and its proof where one is found."""
        if not self.well_typed(goal) or 2 * MANY * self._each > self.deadline - time.monotonic():
            return None
        instances = self.agreeing(goal)
        if not instances:
            return None
        proof, witness = self.proof_of(goal) if prove else (None, None)
        if proof is None and (self.blind or self._is_refuted(goal)):
            return None
        return Proposal(goal, instances, proof, witness)

    def _is_refuted(self, goal: Goal) -> bool:
        """Whether simple values break a goal that random ones leave standing."""
        from therefore.refuters import find_counterexamples

        seconds = min(_LOOKED_FOR, self.deadline - time.monotonic())
        found = find_counterexamples(goal, seed=self.seed, seconds=max(seconds, 0.0))
        return next(found, None) is not None

    def well_typed(self, goal: Goal) -> bool:
        """Whether the kernel would read the goal; what it has no rules for may still pass."""
        from therefore.kernel.data import parse
        from therefore.kernel.door import _read_goal

        try:
            _read_goal(parse(goal.to_text()))
        except Rejected as no:
            return no.code == "UNSUPPORTED"
        return True

    def disagreeing(self, goal: Goal) -> int:
        """How many instances there are, if the goal fails at every one of them; else 0."""
        from therefore.refuters.instances import sample_instances

        try:
            found = sample_instances(goal, seed=self.seed, count=MANY)
        except Exception:
            return 0
        fails = found.agreement.agreeing == 0 and found.failing == found.agreement.usable
        return found.failing if fails and found.failing >= _ENOUGH else 0

    def proof_of(self, goal: Goal) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
        """A proof and a witness of the goal, or neither."""
        from therefore.provers import certify_witness, prove
        from therefore.refuters import find_witness

        budget = min(self.step, self.deadline - time.monotonic())
        if budget <= 0:
            return None, None
        proof = prove(replace(self.task, goal=goal), list(self.lemmas), budget=budget).proof
        if proof is None:
            return None, None
        for values in itertools.islice(find_witness(goal), _WITNESSES):
            witness = certify_witness(goal, values, budget=budget)
            if witness is not None:
                return dict(proof), witness
            if not self.in_time:
                break
        return None, None
