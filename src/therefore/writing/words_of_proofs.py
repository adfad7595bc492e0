"""What every rule needs to tell a proof in one line: names, formulas, and lines put together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from therefore.goal import Goal, Term, from_lists
from therefore.kernel.axioms import AXIOMS
from therefore.writing.folding import folding
from therefore.writing.patterns import bind
from therefore.writing.places_in_proofs import Data, Lemmas, Place
from therefore.writing.terms import Printer

__all__ = [
    "IDENTITY", "INSPECTION", "LONGEST_SLACK", "Rule", "Writer", "joined", "listed", "trivial",
]  # fmt: skip

IDENTITY = "both sides have the same normal form"
INSPECTION = "seen by inspection"
_AXIOMS = {
    "first_order_condition": "the first-order condition of convexity",
    "definite": "definiteness of the inner product",
    "injective": "injectivity",
    "penrose": "Penrose's conditions",
    "zero_vector": "definiteness of the inner product",
    "zero_product": "the zero-product rule",
    "zero_square": "the zero-product rule",
    "integer_gap": "integrality",
    "floor_below": "the definition of the whole part",
    "floor_above": "the definition of the whole part",
    "sum_over_residues": "each residue being one of 0, …, n − 1",
    "reflected_sum_in_a_field": "reversing the sum over residues",
    "swapped_sums_in_a_field": "exchanging the sums over residues",
    "reciprocal": "the reciprocal of an element",
    "unequal_residues": "the definition of a bracket",
    "reflected_sum": "reversing the sum over residues",
    "shifted_sum": "shifting the sum over residues",
}
# The longest slack of an inequality that is written out, in characters.
LONGEST_SLACK = 48


class Writer:
    """Tells proofs of one goal in one line each, by the rules that it is given."""

    def __init__(
        self,
        printer: Printer,
        lemmas: Lemmas,
        goal: Goal,
        rules: Mapping[str, Rule],
        *,
        latex: bool,
    ) -> None:
        self.printer = printer
        self.lemmas = lemmas
        self.latex = latex
        self.hypotheses = goal.hypotheses
        self.folded = folding(goal)
        self.depth = 0
        self._rules = rules

    def proof(self, proof: Any, place: Place, goal: Term) -> str:
        """One line for a proof of ``goal`` (``None`` where it is not known)."""
        if not isinstance(proof, dict):
            return ""
        rule = self._rules.get(str(proof.get("rule")))
        return rule(self, proof, place, goal) if rule else ""

    def instance(self, reference: str, item: Data, place: Place) -> Term:
        """What a cited fact says at the terms it is cited with, or ``None``."""
        values = [from_lists(value) for value in item.get("with", [])]
        cited = self.lemmas.get(reference.removeprefix("lemma:"))
        if cited is not None:
            formula = cited.goal.conclusion
            for name, _ in reversed(cited.goal.declarations):
                formula = ("forall", "real", bind(formula, name))
        elif reference.startswith("axiom:"):
            formula = AXIOMS.get(reference.removeprefix("axiom:"))
        else:
            formula = place.formula(reference)
        return Place({reference: (formula, "")}).instance(reference, values)

    def label(self, name: str) -> str:
        """The slack of a fact that is not written out."""
        if not self.latex:
            return f"[{name}]"
        # No formula within \text, which a page of Markdown could not show.
        words = f"[{name}]".split("$")
        return "".join(
            part if k % 2 else rf"\text{{{part}}}" for k, part in enumerate(words) if part
        )

    def is_vector(self, term: Term, place: Place) -> bool:
        sorts = self.printer.names.sorts
        if isinstance(term, str):
            sort = sorts.get(term)
            return term in place.vectors or (isinstance(sort, tuple) and sort[0] == "vector")
        if term[0] in ("zero", "vector", "gradient"):
            return True
        if term[0] == "app":
            sort = sorts.get(term[1]) if isinstance(term[1], str) else None
            return isinstance(sort, tuple) and sort[0] in ("function", "family") and (
                sort[-1][0] == "vector"
            )
        if term[0] in ("+", "-", "*", "/"):
            return any(self.is_vector(part, place) for part in term[1:])
        return bool(term[0] == "sum" and self.is_vector(term[3], place))

    def named(self, reference: str, place: Place) -> str:
        """What a fact is called, as it is written."""
        name = self.called(reference, place)
        return name.replace("_", r"\_") if self.latex and "$" not in name else name

    def called(self, reference: str, place: Place) -> str:
        """What a fact is called: a hypothesis, a lemma, an axiom, or something shown on the way."""
        kind, _, name = reference.partition(":")
        if kind == "lemma":
            name = self.lemmas[name].name if name in self.lemmas else "a lemma"
        elif kind == "axiom":
            name = _AXIOMS.get(name, "the " + name.replace("_", " "))
        else:
            name = place.facts.get(reference, (None, ""))[1] or reference
        return name

    def math(self, term: Term) -> str:
        if term is None:
            return ""
        written = self.printer.write(self.folded(term))
        return f"${written}$" if self.latex else written


# How a proof by one rule is told: the proof, where it stands, and its goal if that is known.
Rule: TypeAlias = Callable[[Writer, Data, Place, Term], str]


def trivial(line: str) -> bool:
    return line in ("", IDENTITY, INSPECTION)


def joined(lines: Any) -> str:
    """Lines one after the other, each once, the trivial ones only where there is no other."""
    told = list(dict.fromkeys(line for line in lines if line))
    return "; ".join([line for line in told if not trivial(line)] or told[:1])


def listed(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
