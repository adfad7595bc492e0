"""Known inequalities without their denominators: from η ≤ 1/L with L positive, L·η ≤ 1."""

from __future__ import annotations

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import ONE, Scalar
from therefore.provers.attempt import Labelled, Proof
from therefore.provers.bench import Bench
from therefore.provers.building.unnormal import scalar_term

__all__ = ["cleared"]


def cleared(bench: Bench, ctx: Context) -> tuple[Context, list[Labelled]]:
    """The context with such inequalities added, and how each of them is shown."""
    inner, steps = ctx.extended(), []
    for label, fact in list(ctx.facts.items()):
        bench.check_time()
        try:
            step = _step(bench, inner, label, fact)
        except (Rejected, KeyError, ValueError):
            step = None
        if step is not None:
            steps.append(step)
    return inner, steps


def _step(bench: Bench, ctx: Context, label: str, fact: Term) -> Labelled | None:
    if fact[0] not in ("<=", "<"):
        return None
    gap = ctx.normal.scalar(fact[2]) - ctx.normal.scalar(fact[1])
    under = ONE
    for factor, exponent in gap.under:
        one = Scalar(dict(factor))
        signs = ctx.signs(one)
        if signs not in ({1}, {-1}):
            return None
        under = under * (one if signs == {1} else -one) ** exponent
    if not gap.under:
        return None
    formula = (fact[0], "0", scalar_term(ctx.atoms, gap * under))
    if ctx.holds(formula):
        return None
    item = {"fact": label, "times": to_lists(scalar_term(ctx.atoms, under))}
    proof: Proof = {"rule": "combine", "items": [item]}
    if not bench.works(ctx, formula, proof):
        return None
    name = f"cleared_{label}"
    ctx.assume(name, formula)
    return name, formula, proof
