"""What goes into a search for a proof, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from therefore.goal import Goal

__all__ = ["Attempt", "Lemma", "Proof"]

# Proof data as the kernel reads them: {"rule": …, …}, made of text, lists and dictionaries.
Proof: TypeAlias = dict[str, Any]


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
