"""Cases on the signs of variables, and of what stands between bars."""

from __future__ import annotations

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import scalar_in
from therefore.kernel.context import Context
from therefore.kernel.polynomials import atom
from therefore.kernel.terms import sort_of
from therefore.provers.attempt import Proof
from therefore.provers.bench import Bench
from therefore.provers.building.polynomial import atoms_of
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.inequalities.assured import NUMBERS, Show
from therefore.provers.inequalities.polynomial_problem import problem_of

__all__ = ["by_absolute_values", "by_signs"]

MOST_SPLIT = 3


def by_absolute_values(
    bench: Bench, ctx: Context, goal: Term, show: Show, count: int = 0
) -> Proof | None:
    """By cases on the sign of what stands between bars."""
    gap = ctx.normal.scalar(goal[2]) - ctx.normal.scalar(goal[1])
    present = atoms_of([gap.over, *(dict(factor) for factor, _ in gap.under)])
    bars = [a for a in present if ctx.atoms.rows[a].head == "abs"]
    if not bars:
        return show(bench, ctx, goal) if count else None
    if count == MOST_SPLIT or len(bars) + count > MOST_SPLIT + 1:
        return None
    bench.note("cases on the signs between bars")
    inside = scalar_term(ctx.atoms, scalar_in(ctx.atoms.rows[bars[0]]))
    label = f"bars{len(ctx.facts)}"
    proof: Proof = {"rule": "cases", "on": [to_lists(inside), "0"], "as": label}
    for branch, fact in _sign_facts(inside).items():
        inner = ctx.extended()
        inner.assume(label, fact)
        bench.check_time()
        found = by_absolute_values(bench, inner, goal, show, count + 1)
        if found is None:
            return None
        proof[branch] = found
    return proof


def by_signs(bench: Bench, ctx: Context, goal: Term, show: Show, count: int = 0) -> Proof | None:
    """By cases on the sign of a variable of which it is not known, or which may be zero."""
    problem = problem_of(ctx, goal)
    if problem is None or problem.strict or count == MOST_SPLIT:
        return None
    present = sorted({a for m in problem.target for a, _ in m})
    names = [a for a in present if ctx.atoms.rows[a].head == "name"]
    unknown = [a for a in names if a not in problem.signs]
    if len(unknown) + count > MOST_SPLIT or len(present) > MOST_SPLIT:
        return None
    if not unknown:
        return None
    bench.note("cases on the signs of variables")
    x = scalar_term(ctx.atoms, atom(unknown[0]))
    label = f"case{len(ctx.facts)}"
    proof: Proof = {"rule": "cases", "on": [to_lists(x), "0"], "as": label}
    for branch, fact in _sign_facts(x).items():
        inner = ctx.extended()
        inner.assume(label, fact)
        found = (
            _absurd_signs(bench, inner, goal)
            or show(bench, inner, goal)
            or by_signs(bench, inner, goal, show, count + 1)
        )
        if found is None:
            return None
        proof[branch] = found
    return proof


def _sign_facts(term: Term) -> dict[str, Term]:
    return {"less": ("<", term, "0"), "equal": ("=", term, "0"), "greater": ("<", "0", term)}


def _absurd_signs(bench: Bench, ctx: Context, goal: Term) -> Proof | None:
    """Anything, where an equation is known whose sides have different signs."""
    for label, fact in ctx.facts.items():
        if fact[0] != "=" or any(sort_of(s, ctx.names) not in NUMBERS for s in fact[1:]):
            continue
        left, right = (ctx.signs_of_fraction(ctx.normal.scalar(side)) for side in fact[1:])
        for (low, high), way in ((fact[1:], "1"), (fact[:0:-1], "-1")):
            below, above = (left, right) if way == "1" else (right, left)
            if below <= {-1, 0} and above == {1}:
                gap = {"positive": to_lists(("+", high, ("-", low)))}
                items = [{"fact": label, "times": "-1" if way == "1" else "1"}, gap]
                proof: Proof = {
                    "rule": "suppose", "as": "otherwise",
                    "then": {"rule": "combine", "items": items},
                }  # fmt: skip
                if bench.works(ctx, goal, proof):
                    return proof
    return None
