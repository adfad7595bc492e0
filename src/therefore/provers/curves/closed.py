"""Relations between closed numbers, by enclosures: as fine as they have to be, and no finer.

What a fact says that a name (or a value of a function) equals is written for it first, if it is
a closed term.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.provers.attempt import Proof, step_of_rewriting
from therefore.provers.bench import Bench
from therefore.provers.building.terms import occurs
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER", "prove_by_enclosures"]

FINEST = 1024
MOST_REPLACED = 60


def prove_by_enclosures(bench: Bench, ctx: Context, goal: Term) -> Proof | None:
    """A proof of a closed relation <, ≤ or ≠ by enclosures, their bits doubled until it holds."""
    bench.note("enclosures of closed numbers")
    bits = 32
    while bits <= FINEST:
        proof: Proof = {"rule": "enclose", "bits": str(bits)}
        code = bench.refusal(ctx, goal, proof)
        if code is None:
            return proof
        if code not in ("UNDECIDED", "UNDEFINED"):
            return None
        bench.check_time()
        bits *= 2
    return None


def _accepts(ctx: Context, goal: Term) -> bool:
    return goal[0] in ("<", "<=", "!=")


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """Enclose both sides, once what is known of the names is written for them."""
    steps: list[Proof] = []
    for _ in range(MOST_REPLACED):
        if is_closed(ctx, goal):
            break
        found = next(_replacements(ctx, goal), None)
        if found is None:
            return None
        step, goal = found
        steps.append(step)
    proof = prove_by_enclosures(search.bench, ctx, goal) if is_closed(ctx, goal) else None
    for step in reversed(steps):
        proof = proof and {**step, "then": proof}
    return proof


def is_closed(ctx: Context, term: Term) -> bool:
    """Whether no declared name occurs in the term."""
    if isinstance(term, str):
        return term not in ctx.names
    return all(is_closed(ctx, part) for part in term[1:])


def _replacements(ctx: Context, goal: Term) -> Iterator[tuple[Proof, Term]]:
    """Ways to write, for something that occurs in the goal, what a fact says that it equals.

    Closed terms come first; else the left side of an equation becomes the right one.
    """
    equations = [(label, fact) for label, fact in ctx.facts.items() if fact[0] == "="]
    for label, (_, left, right) in equations:
        if occurs(left, goal) and _is_named(ctx, left) and is_closed(ctx, right):
            yield step_of_rewriting(goal, left, right, {"rule": "assumption", "fact": label})
        if occurs(right, goal) and _is_named(ctx, right) and is_closed(ctx, left):
            item = {"fact": label, "times": "-1"}
            yield step_of_rewriting(goal, right, left, {"rule": "combine", "items": [item]})
    for label, (_, left, right) in equations:
        if occurs(left, goal) and _is_named(ctx, left) and not occurs(left, right):
            yield step_of_rewriting(goal, left, right, {"rule": "assumption", "fact": label})


def _is_named(ctx: Context, term: Term) -> bool:
    """Whether this is a declared name, or a value of a declared function."""
    if isinstance(term, str):
        return term in ctx.names
    return term[0] == "app" and term[1] in ctx.names


PROVER = Prover("closed numbers", _accepts, _prove)
