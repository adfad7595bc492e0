"""Goals and certificates for the kernel's tests, written by hand."""

from __future__ import annotations

import json
from typing import Any

from therefore.goal import Goal, to_lists
from therefore.kernel import FORMAT, Acceptance, Kernel, goal_hash
from therefore.kernel.atoms import Atoms
from therefore.kernel.context import Context

Term = Any
COMBINE: dict[str, Any] = {"rule": "combine"}
INSPECT: dict[str, Any] = {"rule": "inspect"}


def goal(
    conclusion: Term,
    *hypotheses: Term,
    names: dict[str, Term] | None = None,
    definitions: tuple[Any, ...] = (),
) -> Goal:
    """A goal from its conclusion, its hypotheses, the sorts of its names and its definitions."""
    return Goal(tuple((names or {}).items()), definitions, hypotheses, conclusion)


def plain(data: Any) -> Any:
    """Tuples as lists, at every depth: certificates may be written with terms in them."""
    if isinstance(data, dict):
        return {key: plain(value) for key, value in data.items()}
    return [plain(part) for part in data] if isinstance(data, (tuple, list)) else data


def proof_text(
    claim: Goal,
    proof: Any,
    values: dict[str, Term] | None = None,
    given: list[Any] | None = None,
    **more: Any,
) -> str:
    """A certificate of the proof, with a witness: values and a proof of each hypothesis."""
    if given is None:
        given = [INSPECT] * len(claim.hypotheses)
    record = {
        "format": FORMAT,
        "goal": goal_hash(claim.to_text()),
        "kind": "proof",
        "proof": proof,
        "witness": {"values": values or {}, "proofs": given},
        **more,
    }
    return json.dumps(plain(record))


def refutation_text(
    claim: Goal, values: dict[str, Term], conclusion: Any, given: list[Any] | None = None
) -> str:
    """A certificate of the refutation at the values."""
    record = {
        "format": FORMAT,
        "goal": goal_hash(claim.to_text()),
        "kind": "refutation",
        "values": values,
        "hypotheses": [INSPECT] * len(claim.hypotheses) if given is None else given,
        "conclusion": conclusion,
    }
    return json.dumps(plain(record))


def prove(
    claim: Goal,
    proof: Any,
    values: dict[str, Term] | None = None,
    given: list[Any] | None = None,
    kernel: Kernel | None = None,
    **more: Any,
) -> Acceptance:
    """What the kernel says of the proof."""
    text = proof_text(claim, proof, values, given, **more)
    return (kernel or Kernel()).accept(claim.to_text(), text)


def refute(
    claim: Goal, values: dict[str, Term], conclusion: Any, given: list[Any] | None = None
) -> Acceptance:
    """What the kernel says of the refutation."""
    return Kernel().accept(claim.to_text(), refutation_text(claim, values, conclusion, given))


def have(fact: Term, label: str, proof: Any, then: Any) -> dict[str, Any]:
    return {"rule": "have", "fact": to_lists(fact), "as": label, "proof": proof, "then": then}


def use(fact: str, label: str, terms: list[Term], then: Any, *conditions: Any) -> dict[str, Any]:
    return {
        "rule": "use",
        "fact": fact,
        "as": label,
        "with": terms,
        "conditions": list(conditions),
        "then": then,
    }


def intro(then: Any, names: tuple[str, ...] = (), labels: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"rule": "intro", "names": list(names), "labels": list(labels), "then": then}


def forall(*parts: Term) -> Term:
    """∀ over the sorts before the last part, the outermost first."""
    *sorts, body = parts
    for sort in reversed(sorts):
        body = ("forall", sort, body)
    return body


def between(low: Term, high: Term, body: Term) -> Term:
    """For all integers from low to high: the body, with the integer as #0."""
    return (
        "forall",
        "integer",
        ("implies", ("<=", low, "#0"), ("implies", ("<=", "#0", high), body)),
    )


FALSE = ("false",)


def context_in(names: dict[str, Term], *facts: Term) -> Context:
    """The declared names, and what is known of them: facts called h0, h1 ..."""
    ctx = Context(Atoms())
    for name, sort in names.items():
        ctx.declare(name, sort)
    for k, fact in enumerate(facts):
        ctx.assume(f"h{k}", fact)
    return ctx
