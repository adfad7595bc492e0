"""Equations of matrices with A^k in them, by induction over k.

Where A and B are known to commute, it is shown first that A^m B = B A^m for every m.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.terms import close, mentions, open_binder, sort_of, substitute
from therefore.provers.attempt import Proof, with_steps
from therefore.provers.building.terms import subterms
from therefore.provers.matrices.completing import prove_by_completing
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]

LABEL = "power"


def _powers(ctx: Context, goal: Term) -> list[Term]:
    return [
        term for term in subterms(goal)
        if term[0] == "power" and isinstance(term[1], str | tuple) and _is_matrix(ctx, term[1])
    ]  # fmt: skip


def _is_matrix(ctx: Context, term: Term) -> bool:
    if isinstance(term, str):
        return bool(ctx.names.get(term, ("",))[0] == "matrix")
    return bool(sort_of(term, ctx.names)[0] == "matrix")


def _accepts(ctx: Context, goal: Term) -> bool:
    if goal[0] != "=" or any(label.endswith(("_ih", "_range")) for label in ctx.facts):
        return False
    return bool(sort_of(goal[1], ctx.names)[0] in ("matrix", "vector", "real")) and bool(
        _powers(ctx, goal)
    )


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    if depth > 3 or search.bench.hints.induction:
        return None
    powers = _powers(ctx, goal)
    for name, sort in ctx.names.items():
        if sort not in ("integer", "size") or not any(mentions(p[2], name) for p in powers):
            continue
        least = _least(ctx, name)
        if least is None:
            continue
        search.bench.note(f"induction over {name}")
        inner, steps = ctx.extended(), []
        for base, other in _commuting(ctx, {term[1] for term in powers}):
            raised = ("power", base, "#0")
            equal = ("=", ("matmul", raised, other), ("matmul", other, raised))
            fact = ("forall", "integer", ("implies", ("<=", "0", "#0"), equal))
            shown = _induction(search, inner, fact)
            if shown is not None:
                label = f"{LABEL}{len(inner.facts)}"
                inner.assume(label, fact)
                steps.append((label, fact, shown))
        proof = with_steps(steps, _shifted(search, inner, goal, name, least))
        if proof is not None and search.bench.works(ctx, goal, proof):
            return proof
    return None


def _least(ctx: Context, name: str) -> int | None:
    """The least value of an integer that is known not to be negative."""
    if ctx.names[name] == "size" or ctx.holds(("<=", "1", name)):
        return 1
    return 0 if ctx.holds(("<=", "0", name)) else None


def _shifted(
    search: Search, ctx: Context, goal: Term, name: str, least: int
) -> Proof | None:
    """The goal for name = m + 1 by induction over m, and then for m = name − 1.

    In a sum up to m + 1 the last term is seen, in one up to m − 1 the missing one is not.
    """
    shift = min(least, 1)
    place = ("+", name, str(shift)) if shift else name
    body = close(substitute(goal, {name: place}), name)
    general = ("forall", "integer", ("implies", ("<=", str(least - shift), "#0"), body))
    proof = _induction(search, ctx, general)
    if proof is None:
        return None
    back = ("+", name, str(-shift)) if shift else name
    last: Proof = {"rule": "combine", "items": [{"fact": "last"}]}
    return {
        "rule": "have", "fact": to_lists(general), "as": "all", "proof": proof,
        "then": {
            "rule": "use", "fact": "all", "with": [to_lists(back)], "conditions": [],
            "as": "last", "then": last,
        },
    }  # fmt: skip


def _induction(search: Search, ctx: Context, general: Term) -> Proof | None:
    """∀m ≥ a: φ(m), where φ(a) and φ(m + 1) follow by normal forms or by completion."""
    index = ctx.fresh("m")
    low = general[2][1][1]
    formula = open_binder(general[2][2], index)
    step = ctx.extended()
    step.declare(index, "integer")
    step.assume(f"{index}_from", ("<=", low, index))
    step.assume(f"{index}_ih", formula)
    first = _directly(search, ctx, substitute(formula, {index: low}))
    if first is None:
        return None
    uses = _instances(step, index)
    second = _directly(search, step, substitute(formula, {index: ("+", index, "1")}))
    if second is None:
        return None
    for label, of in reversed(uses):
        second = {
            "rule": "use", "fact": of, "with": [index], "conditions": [], "as": label,
            "then": second,
        }  # fmt: skip
    return {"rule": "induction", "index": index, "base": first, "step": second}


def _instances(ctx: Context, index: str) -> list[tuple[str, str]]:
    """What is known of every power, of the one with this index: the new facts and their sources."""
    found = []
    for of, fact in list(ctx.facts.items()):
        if of.startswith(LABEL) and fact[:2] == ("forall", "integer"):
            label = f"{of}_{index}"
            ctx.assume(label, open_binder(fact[2][2], index))
            found.append((label, of))
    return found


def _directly(search: Search, ctx: Context, goal: Term) -> Proof | None:
    at_once: Proof = {"rule": "combine", "items": []}
    if search.bench.works(ctx, goal, at_once):
        return at_once
    return prove_by_completing(search.bench, ctx, goal)


def _commuting(ctx: Context, bases: set[Term]) -> Iterator[tuple[Term, Term]]:
    """The bases of powers with what they are known to commute with; so with their inverses."""
    for base in bases:
        if base[0] == "inverse":
            yield base, base[1]
            if base[1] in bases:
                yield base[1], base
    for fact in list(ctx.facts.values()):
        if fact[0] != "=" or fact[1][0] != "matmul" or fact[2][0] != "matmul":
            continue
        (_, a, b), (_, c, d) = fact[1:]
        if (a, b) == (d, c):
            for one, other in ((a, b), (b, a)):
                if one in bases:
                    yield one, other


PROVER = Prover("powers of matrices", _accepts, _prove)
