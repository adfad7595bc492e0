"""Cases on whether a number is zero or positive, for roots of products of numbers that may be zero.

A root of an order above 2 is made of unit steps and exponentials. Where what is under it is
positive they are gone, and where a factor is zero the goal is one without that number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.polynomials import atom
from therefore.kernel.terms import mentions, open_binder, sort_of
from therefore.provers.attempt import Proof
from therefore.provers.building.terms import subterms, template_of
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]

MOST_NAMES = 4


def _accepts(ctx: Context, goal: Term) -> bool:
    return goal[0] in ("<=", "<") and bool(_names(ctx, goal))


def _names(ctx: Context, goal: Term) -> list[str]:
    """Names that may be zero and may not be negative, under such roots."""
    steps = [part for part in subterms(goal) if part[0] == "step"]
    if not steps or any(sort_of(side, ctx.names) != "real" for side in goal[1:]):
        return []
    return [
        name for name, sort in ctx.names.items()
        if sort == "real"
        and any(mentions(step, name) for step in steps)
        and ctx.signs(atom(ctx.atoms.intern("name", name))) == {0, 1}
    ]  # fmt: skip


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    names = _names(ctx, goal)
    if depth > MOST_NAMES or len(names) > MOST_NAMES:
        return None
    search.bench.note("cases on whether numbers under a root are zero")
    name, label = names[0], f"zero{len(ctx.facts)}"
    found: dict[str, Proof] = {}
    for branch, fact in (
        ("less", ("<", name, "0")), ("equal", ("=", name, "0")), ("greater", ("<", "0", name)),
    ):  # fmt: skip
        inner = ctx.extended()
        inner.assume(label, fact)
        if branch == "less":
            proof = _absurd(search, inner, goal, name, label)
        elif branch == "equal":
            template = template_of(goal, name)
            proof = search.prove(inner, open_binder(template, "0"), depth + 1)
            proof = proof and {
                "rule": "rewrite", "template": to_lists(template), "from": name, "to": "0",
                "equal": {"rule": "assumption", "fact": label}, "then": proof,
            }  # fmt: skip
        else:
            proof = search.prove(inner, goal, depth + 1)
        if proof is None:
            return None
        found[branch] = proof
    return {"rule": "cases", "on": [name, "0"], "as": label, **found}


def _absurd(search: Search, ctx: Context, goal: Term, name: str, label: str) -> Proof | None:
    """From x < 0 and 0 ≤ x."""
    for known, fact in ctx.facts.items():
        if fact == ("<=", "0", name):
            items = [{"fact": known}, {"fact": label}]
            last: Proof = {"rule": "combine", "items": items}
            proof: Proof = {"rule": "suppose", "as": f"{label}_no", "then": last}
            if search.bench.works(ctx, goal, proof):
                return proof
    return None


PROVER = Prover("zero or positive", _accepts, _prove)
