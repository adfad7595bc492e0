"""Where a proof stands: the facts at hand there, by label, and what they are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from therefore.goal import Goal, Term
from therefore.writing.patterns import substitute

__all__ = ["Cited", "Data", "Lemmas", "Place", "start"]

Data: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class Cited:
    """A goal that may be cited as a lemma: what it is called, and how it was proved."""

    name: str
    goal: Goal
    proof: Any = None


Lemmas: TypeAlias = Mapping[str, Cited]


@dataclass(frozen=True)
class Place:
    """The facts at hand at one place of a proof: by label, the formula and what it is called.

    A formula is ``None`` where it is not known here. ``vectors`` are the vectors among the
    names that the proof has introduced.
    """

    facts: Mapping[str, tuple[Term, str]]
    vectors: frozenset[str] = frozenset()

    def knowing(self, facts: Any) -> Place:
        """The place with further facts, each a label, a formula and a name for people."""
        known = dict(self.facts)
        for label, formula, name in facts:
            known[label] = (formula, name)
            if formula is not None and formula[0] == "and":
                for k, part in enumerate(formula[1:], start=1):
                    known[f"{label}_{k}"] = (part, name)
        return replace(self, facts=known)

    def introducing(self, name: str, sort: Term) -> Place:
        """The place with a new name."""
        if isinstance(sort, tuple) and sort[0] == "vector":
            return replace(self, vectors=self.vectors | {name})
        return self

    def formula(self, label: str) -> Term:
        """The formula of a fact, or ``None``."""
        return self.facts.get(label, (None, ""))[0]

    def instance(self, label: str, values: list[Term]) -> Term:
        """What a fact says of these values once its premises are discharged, or ``None``."""
        formula = self.formula(label)
        waiting = list(values)
        while formula is not None and formula[0] in ("forall", "implies"):
            if formula[0] == "implies":
                formula = formula[2]
            elif waiting:
                formula = substitute(formula[2], waiting.pop(0))
            else:
                break
        return formula


def start(goal: Goal) -> Place:
    """The place at which the proof of a goal begins."""
    hypotheses = enumerate(goal.hypotheses, start=1)
    return Place({}).knowing((f"h{k}", hypothesis, f"h{k}") for k, hypothesis in hypotheses)
