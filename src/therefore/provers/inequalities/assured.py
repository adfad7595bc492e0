"""What has to be known before an inequality is looked at: what defines it, and some signs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.polynomials import Polynomial, Scalar, atom
from therefore.kernel.proofs import obligations
from therefore.kernel.terms import sort_of
from therefore.provers.attempt import Proof
from therefore.provers.bench import Bench
from therefore.provers.building.polynomial import divided
from therefore.provers.building.unnormal import scalar_term

__all__ = ["NUMBERS", "Show", "with_signs"]

NUMBERS = ("real", "integer", "size")

# A way to prove a relation in a context.
Show: TypeAlias = Callable[[Bench, Context, Term], Proof | None]


def with_signs(bench: Bench, ctx: Context, goal: Term, show: Show) -> tuple[Context, list[Proof]]:
    """The context with the signs of the goal's denominators, and the steps that add them."""
    inner = ctx.extended()
    steps: list[Proof] = []
    steps += _positive_by_equations(bench, inner)
    for fact in _unseen(inner, goal):
        if inner.holds(fact) and fact[0] != "!=":
            continue
        ways = [fact] if fact[0] != "!=" else [("<", "0", fact[1]), ("<", fact[1], "0")]
        for way in ways:
            shown = show(bench, inner, way)
            if shown is not None:
                label = f"defined{len(inner.facts)}"
                inner.assume(label, way)
                steps.append({"rule": "have", "fact": to_lists(way), "as": label, "proof": shown})
                break
    return inner, steps


def _positive_by_equations(bench: Bench, ctx: Context) -> list[Proof]:
    """0 < x from 0 ≤ x and A·x = B with A ≥ 0 and B > 0; the steps are added to the context."""
    steps: list[Proof] = []
    for label, fact in list(ctx.facts.items()):
        if fact[0] != "=" or any(sort_of(s, ctx.names) not in NUMBERS for s in fact[1:]):
            continue
        gap = ctx.normal.scalar(fact[2]) - ctx.normal.scalar(fact[1])
        if gap.under or len(gap.over) > 20:
            continue
        for a in sorted({a for m in gap.over for a, _ in m}):
            if ctx.signs(atom(a)) != {0, 1} or ctx.atoms.rows[a].head != "name":
                continue
            for way in (1, -1):
                step = _positive_by(bench, ctx, label, gap.over, a, way)
                if step is not None:
                    steps.append(step)
                    break
    return steps


def _positive_by(
    bench: Bench, ctx: Context, label: str, poly: Polynomial, a: int, way: int
) -> Proof | None:
    """way · poly = A·x − B, and x ≤ 0 is absurd."""
    over = {m: way * c for m, c in poly.items()}
    with_it = {divided(m, ((a, 1),)): c for m, c in over.items() if dict(m).get(a)}
    rest = {m: -c for m, c in over.items() if not dict(m).get(a)}
    if not rest or ctx.signs(Scalar(rest)) != {1} or not ctx.signs(Scalar(with_it)) <= {0, 1}:
        return None
    x = scalar_term(ctx.atoms, atom(a))
    items = [
        {"fact": label, "times": str(way)},
        {"fact": "most", "times": to_lists(scalar_term(ctx.atoms, Scalar(with_it)))},
        {"positive": to_lists(scalar_term(ctx.atoms, Scalar(rest)))},
    ]
    fact = ("<", "0", x)
    proof: Proof = {"rule": "suppose", "as": "most", "then": {"rule": "combine", "items": items}}
    if not bench.works(ctx, fact, proof):
        return None
    name = f"positive{len(ctx.facts)}"
    ctx.assume(name, fact)
    return {"rule": "have", "fact": to_lists(fact), "as": name, "proof": proof}


def _unseen(ctx: Context, goal: Term) -> Iterator[Term]:
    """What has to hold for the goal to be defined, and is not seen; and signs of denominators."""
    for side in goal[1:]:
        for place, obligation in obligations(ctx, side):
            if place is ctx and obligation[0] in ("!=", "<=", "<") and not ctx.holds(obligation):
                yield obligation
    gap = ctx.normal.scalar(goal[2]) - ctx.normal.scalar(goal[1])
    for factor, exponent in gap.under:
        one = Scalar(dict(factor))
        signs = ctx.signs(one)
        if 0 in signs or (exponent % 2 and len(signs) > 1):
            yield ("!=", scalar_term(ctx.atoms, one), "0")
