"""The work bench of a search: the kernel's own contexts and rules, used to try things out.

Nothing here is trusted. The finished proof is data, and goes through the kernel's door.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from therefore.goal import Term
from therefore.kernel.atoms import Atoms
from therefore.kernel.axioms import AXIOMS
from therefore.kernel.context import Context
from therefore.kernel.data import parse
from therefore.kernel.door import _closed, _read_goal
from therefore.kernel.errors import Rejected
from therefore.kernel.proofs import Checker
from therefore.provers.account import Account
from therefore.provers.attempt import Lemma, Proof
from therefore.task import Hints

__all__ = ["Bench", "OutOfTime", "Source", "goal_of"]


class OutOfTime(Exception):
    """The budget of this search is used up."""


@dataclass(frozen=True)
class Source:
    """A closed formula that may be cited: its reference and how its names were called."""

    reference: str
    formula: Term
    names: tuple[str, ...] = ()


@lru_cache(maxsize=32)
def goal_of(text: str) -> Any:
    """The goal as the kernel reads it, which is read for its proof and for its witness."""
    return _read_goal(parse(text))


@dataclass
class Bench:
    """One goal being proved."""

    lemmas: Sequence[Lemma]
    hints: Hints
    deadline: float
    checker: Checker = field(init=False)
    sources: list[Source] = field(init=False)
    tried: list[str] = field(default_factory=list)
    parts: list[Term] | None = None  # what the lemmas speak of, once it is asked for
    defined: list[Proof] = field(default_factory=list)  # what makes the hypotheses defined
    not_added_up: set[Any] = field(default_factory=set)  # goals and facts without multipliers
    hopeless: set[Term] = field(default_factory=set)  # what was not found to be invertible
    worked: tuple[Context, Term, Proof] | None = None  # what the rules accepted last
    account: Account | None = None  # what is told of the search afterwards

    def __post_init__(self) -> None:
        formulas, self.sources = {}, []
        for lemma in self.lemmas:
            goal = goal_of(lemma.goal.to_text())
            formulas[lemma.hash] = _closed(goal)
            names = tuple(name for name, _ in goal.declarations)
            self.sources.append(Source(f"lemma:{lemma.hash}", formulas[lemma.hash], names))
        self.checker = Checker(formulas, AXIOMS)

    def start(
        self, text: str, settle: Callable[[Context, Term], list[Proof]] | None = None
    ) -> tuple[Context, Term]:
        """The context of a goal and its conclusion, definitions expanded.

        ``settle`` finds proofs that a hypothesis is defined, where inspection does not see it;
        they are kept in ``defined``.
        """
        goal = goal_of(text)
        ctx = Context(Atoms())
        for name, sort in goal.declarations:
            ctx.declare(name, sort)
        for k, hypothesis in enumerate(goal.hypotheses, 1):
            if settle is None:
                self.checker.ensure_formula_defined(ctx, hypothesis, [])
            else:
                self.defined += settle(ctx, hypothesis)
            ctx.assume(f"h{k}", hypothesis)
        return ctx, goal.conclusion

    def check_time(self) -> None:
        if time.monotonic() > self.deadline:
            raise OutOfTime

    def works(self, ctx: Context, goal: Term, proof: Proof) -> bool:
        """Whether the kernel's rules accept the proof of this sequent."""
        self.check_time()
        return self.refusal(ctx, goal, proof) is None

    def refusal(self, ctx: Context, goal: Term, proof: Proof) -> str | None:
        """The code with which the kernel's rules refuse the proof of this sequent, if they do."""
        last = self.worked
        if last and last[0] is ctx and last[1] is goal and last[2] is proof:
            return None  # it was the last one that was looked at
        try:
            self.checker.prove(ctx, goal, proof)
        except Rejected as no:
            return no.code
        self.worked = ctx, goal, proof
        return None

    def note(self, what: str) -> None:
        """Remember what was tried, for the report of a search in vain."""
        if what not in self.tried:
            self.tried.append(what)
        if self.account is not None:
            self.account.note(what)
