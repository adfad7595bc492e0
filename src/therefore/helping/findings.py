"""What a kind of help found, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from therefore.goal import Goal, Term, from_lists, to_lists

__all__ = ["Finding", "Proposal", "from_data", "to_data"]


@dataclass(frozen=True)
class Proposal:
    """A goal that help rests on: ``instances`` agree with it and none was found that does not.

    ``proof`` and ``witness`` are what the provers found; the kernel has yet to see them.
    """

    goal: Goal
    instances: int
    proof: dict[str, Any] | None = None
    witness: dict[str, Any] | None = None


@dataclass(frozen=True)
class Finding:
    """One piece of help: its kind, the terms that it speaks of, and what it rests on.

    * "digits": the values are in ``words``; the one proposal has them in place of those shown.
    * "side": the term that the left side is; the proposal says so.
    * "limit": the value of the limit; the proposal says so.
    * "nearest": the formula that holds in place of the line.
    * "condition": the hypothesis; the line under it, then the line's negation under its negation.
    """

    kind: str
    terms: tuple[Term, ...]
    proposals: tuple[Proposal, ...]
    words: Mapping[str, str] = field(default_factory=dict)


def to_data(finding: Finding) -> dict[str, Any]:
    """The finding as JSON data."""
    return {
        "kind": finding.kind,
        "terms": to_lists(finding.terms),
        "proposals": [
            {
                "goal": one.goal.to_text(),
                "instances": one.instances,
                "proof": one.proof,
                "witness": one.witness,
            }
            for one in finding.proposals
        ],
        "words": dict(finding.words),
    }


def from_data(data: Mapping[str, Any]) -> Finding:
    """The finding that ``to_data`` wrote."""
    return Finding(
        data["kind"],
        from_lists(data["terms"]),
        tuple(
            Proposal(
                Goal.from_text(one["goal"]), one["instances"], one["proof"], one["witness"]
            )
            for one in data["proposals"]
        ),
        data["words"],
    )
