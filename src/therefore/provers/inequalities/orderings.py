"""Cases on the order of variables: x ≤ y ≤ z, with x, y − x and z − y for variables.

Often all coefficients are then not negative, which is seen; or the target is a sum of squares
weighted by products of these differences. Schur's inequality and its like come out of that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.polynomials import atom
from therefore.kernel.terms import close, open_binder
from therefore.provers.attempt import Proof, by_rewriting
from therefore.provers.bench import Bench
from therefore.provers.building.new_numbers import with_number
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.inequalities.polynomial_problem import Problem, polynomial_term

__all__ = ["by_ordering"]

MOST_TERMS = 400

Show = Callable[[Bench, Problem], Proof | None]


def by_ordering(bench: Bench, problem: Problem, otherwise: Show | None = None) -> Proof | None:
    """The target by cases on the order of its variables, all of them not negative.

    ``otherwise`` is asked where an order leaves negative coefficients.
    """
    present = sorted({a for m in problem.target for a, _ in m})
    if not 2 <= len(present) <= 4 or len(problem.target) > MOST_TERMS:
        return None
    heads = {problem.ctx.atoms.rows[a].head for a in present}
    if heads != {"name"} or any(problem.signs.get(a) != 1 for a in present):
        return None
    bench.note("cases on the order of variables")
    return _cases(bench, problem, present, {}, otherwise)


def _cases(
    bench: Bench,
    problem: Problem,
    present: list[int],
    less: dict[tuple[int, int], bool],
    otherwise: Show | None,
) -> Proof | None:
    """Compare two variables of which it is not known; with a full order show the target."""
    bench.check_time()
    pair = _open_pair(present, less)
    if pair is None:
        order = sorted(present, key=lambda x: sum(less[y, x] for y in present if y != x))
        return _in_order(bench, problem, order, otherwise)
    names = [scalar_term(problem.ctx.atoms, atom(a)) for a in pair]
    label = f"order{len(problem.ctx.facts)}"
    proof: Proof = {"rule": "cases", "on": [to_lists(name) for name in names], "as": label}
    facts: dict[str, Term] = {
        "less": ("<", *names), "equal": ("=", *names), "greater": ("<", *reversed(names)),
    }  # fmt: skip
    for branch, fact in facts.items():
        inner = problem.ctx.extended()
        inner.assume(label, fact)
        more = _completed(present, less, pair if branch != "greater" else (pair[1], pair[0]))
        found = _cases(bench, replace(problem, ctx=inner), present, more, otherwise)
        if found is None:
            return None
        proof[branch] = found
    return proof


def _open_pair(present: list[int], less: dict[tuple[int, int], bool]) -> tuple[int, int] | None:
    for j, y in enumerate(present):
        for x in present[:j]:
            if (x, y) not in less:
                return x, y
    return None


def _completed(
    present: list[int], less: dict[tuple[int, int], bool], new: tuple[int, int]
) -> dict[tuple[int, int], bool]:
    """What is known with x ≤ y, and what follows from it."""
    found = {**less, new: True, (new[1], new[0]): False}
    for _ in present:
        for x in present:
            for y in present:
                for z in present:
                    if found.get((x, y)) and found.get((y, z)) and (x, z) not in found:
                        found[x, z], found[z, x] = True, False
    return found


def _in_order(
    bench: Bench, problem: Problem, order: Sequence[int], otherwise: Show | None
) -> Proof | None:
    """The target for x ≤ y ≤ …, with names for y − x and so on in it."""
    inner = problem.ctx.extended()
    relation = "<" if problem.strict else "<="
    goal: Term = (relation, "0", polynomial_term(problem, problem.target))
    names = [str(scalar_term(inner.atoms, atom(a))) for a in order]
    steps: list[Callable[[Proof], Proof]] = []
    gaps = []
    for low, high in pairwise(names):
        gap, step = _named(inner, low, high)
        gaps.append(gap)
        steps.append(step)
    for k in range(len(names) - 1, 0, -1):
        sum_: Term = ("+", names[k - 1], gaps[k - 1])
        template = close(goal, names[k])
        steps.append(_rewriting(template, names[k], sum_, f"{gaps[k - 1]}_fact_2"))
        goal = open_binder(template, sum_)
    apart = inner.normal.scalar(goal[2]).over
    used = [names[0], *gaps]
    indices = [next(iter(inner.normal.scalar(name).over))[0][0] for name in used]
    proof: Proof | None = {"rule": "inspect"}
    if not bench.works(inner, goal, {"rule": "inspect"}):
        if min(apart.values(), default=Fraction(0)) >= 0 or otherwise is None:
            return None
        inside = replace(
            problem, ctx=inner, target=apart, given=[], atoms=indices,
            signs=dict.fromkeys(indices, 1), nonzero=problem.nonzero & {order[0]},
        )  # fmt: skip
        proof = otherwise(bench, inside)
    for wrap in reversed(steps if proof is not None else []):
        assert proof is not None
        proof = wrap(proof)
    return proof


def _named(ctx: Context, low: Term, high: Term) -> tuple[str, Callable[[Proof], Proof]]:
    """A name for high − low, which is not negative, and the step that enters it."""
    name = ctx.fresh(f"gap_{high}")
    said: Term = ("and", ("<=", "0", "#0"), ("=", high, ("+", low, "#0")))
    labels = f"{name}_exists", f"{name}_fact"
    return name, with_number(ctx, name, said, ("+", high, ("-", low)), labels)


def _rewriting(template: Term, old: Term, new: Term, equation: str) -> Callable[[Proof], Proof]:
    return lambda then: by_rewriting(
        template, old, new, {"rule": "assumption", "fact": equation}, then
    )
