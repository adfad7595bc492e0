"""Facts about classes of functions, proved one after the other for the sake of a goal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.provers.attempt import Proof
from therefore.provers.bench import Bench

__all__ = ["LABEL", "Facts", "minus", "square"]

LABEL = "of_class"
MOST_FACTS = 40


@dataclass
class Facts:
    """Facts proved one after the other, each with those before it.

    If they are not ``checked`` here, then the proof has to be that is made of them.
    """

    bench: Bench
    ctx: Context
    checked: bool
    steps: list[dict[str, Any]] = field(default_factory=list)

    def add(self, formula: Term, proof: Proof) -> bool:
        """Enter the formula, if its proof holds."""
        if formula in self.ctx.facts.values() or len(self.steps) >= MOST_FACTS:
            return False
        if self.checked and not self.bench.works(self.ctx, formula, proof):
            return False
        step = {"rule": "have", "fact": to_lists(formula), "proof": proof}
        self._enter(step, formula)
        return True

    def use(self, label: str, value: Term) -> None:
        """Enter what a fact for all values of one sort says of a value."""
        step = {"rule": "use", "fact": label, "with": [to_lists(value)]}
        formula = self.bench.checker.instance(self.ctx, self.ctx.facts[label], step)
        if formula not in self.ctx.facts.values():
            self._enter(step, formula)

    def _enter(self, step: dict[str, Any], formula: Term) -> None:
        label = f"{LABEL}{len(self.steps) + 1}"
        self.ctx.assume(label, formula)
        self.steps.append({**step, "as": label})

    def before(self, proof: Proof) -> Proof:
        """The proof after those of these steps that it cites, or that they cite."""
        for step in reversed(self.steps):
            if _cites(proof, step["as"]):
                proof = {**step, "then": proof}
        return proof


def _cites(proof: Any, label: str) -> bool:
    if isinstance(proof, dict):
        return proof.get("fact") == label or any(_cites(part, label) for part in proof.values())
    return isinstance(proof, list) and any(_cites(part, label) for part in proof)


def minus(left: Term, right: Term) -> Term:
    return ("+", left, ("-", right))


def square(vector: Term) -> Term:
    return ("^", ("norm", vector), "2")
