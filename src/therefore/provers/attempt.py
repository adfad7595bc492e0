"""What goes into a search for a proof, and what comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from therefore.goal import Goal, Term, to_lists
from therefore.kernel.terms import open_binder
from therefore.provers.building.terms import template_of

__all__ = [
    "Attempt", "Labelled", "Lemma", "Proof", "by_rewriting", "cited", "step_of_rewriting",
    "with_steps",
]  # fmt: skip

# Proof data as the kernel reads them: {"rule": …, …}, made of text, lists and dictionaries.
Proof: TypeAlias = dict[str, Any]
# A fact that is shown on the way: what it is called afterwards, what it says, and its proof.
Labelled: TypeAlias = tuple[str, Term, Proof]
Found = TypeVar("Found", Proof, Proof | None)


@dataclass(frozen=True)
class Lemma:
    """A goal that has been proved in this run, cited by its hash."""

    id: str
    goal: Goal
    hash: str


@dataclass(frozen=True)
class Attempt:
    """The outcome of a search: a proof, or what was tried in vain.

    ``defined`` holds proofs that the hypotheses are defined, where inspection does not see it.
    """

    proof: Proof | None
    method: str = ""
    tried: tuple[str, ...] = ()
    defined: tuple[Proof, ...] = ()


def with_steps(steps: Sequence[Labelled], then: Found) -> Found:
    """The proof, if there is one, after these facts are shown in this order."""
    for label, fact, proof in reversed(steps):
        then = then and {
            "rule": "have", "fact": to_lists(fact), "as": label, "proof": proof, "then": then,
        }  # fmt: skip
    return then


def cited(axiom: str, terms: list[Any], conditions: Sequence[Proof] = ()) -> Proof:
    """What an axiom says of these terms, by proofs of what it demands."""
    return {
        "rule": "use", "fact": f"axiom:{axiom}", "with": terms, "conditions": list(conditions),
        "as": "cited", "then": {"rule": "assumption", "fact": "cited"},
    }  # fmt: skip


def by_rewriting(template: Term, old: Term, new: Term, equal: Proof, then: Proof) -> Proof:
    """The template with ``old`` for #0, by a proof of old = new and one of it with ``new``."""
    return {
        "rule": "rewrite", "template": to_lists(template), "from": to_lists(old),
        "to": to_lists(new), "equal": equal, "then": then,
    }  # fmt: skip


def step_of_rewriting(formula: Term, old: Term, new: Term, equal: Proof) -> tuple[Proof, Term]:
    """The step that writes ``new`` for ``old``, still without its ``then``, and what it leaves."""
    template = template_of(formula, old)
    step = by_rewriting(template, old, new, equal, {})
    del step["then"]
    return step, open_binder(template, new)
