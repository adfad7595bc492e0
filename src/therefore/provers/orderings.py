"""Cases on the order of variables: x ≤ y ≤ z, with x, y − x and z − y for variables.

Often all coefficients are then not negative, which is seen; or the target is a sum of squares
weighted by products of these differences. Schur's inequality and its like come out of that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from therefore.goal import Term, to_lists
from therefore.kernel.polynomials import Polynomial, atom
from therefore.provers.attempt import Proof
from therefore.provers.bench import Bench
from therefore.provers.polynomial import plus, power, times
from therefore.provers.polynomial_problem import Problem, polynomial_term
from therefore.provers.unnormal import scalar_term

__all__ = ["by_ordering"]

MOST_TERMS = 400

Show = Callable[[Bench, Problem], Proof | None]


def by_ordering(bench: Bench, problem: Problem, otherwise: Show | None = None) -> Proof | None:
    """The target by cases on the order of its variables, all of them not negative.

    ``otherwise`` is asked where an order leaves negative coefficients.
    """
    present = sorted({a for m in problem.target for a, _ in m})
    if problem.written or not 2 <= len(present) <= 4 or len(problem.target) > MOST_TERMS:
        return None
    if any(problem.signs.get(a) != 1 for a in present):
        return None
    bench.note("cases on the order of variables")
    if _in_order(bench, problem, present, otherwise) is None:  # one order, before all of them
        return None
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
    """The target for x ≤ y ≤ …, written by x, y − x, …"""
    apart = _by_differences(problem.target, order)
    terms = [scalar_term(problem.ctx.atoms, atom(a)) for a in order]
    written = {order[0]: terms[0]}
    for k in range(1, len(order)):
        written[order[k]] = ("+", terms[k], ("-", terms[k - 1]))
    nonzero = problem.nonzero & {order[0]}
    inside = replace(
        problem, target=apart, written=written, given=[], nonzero=nonzero,
        signs=dict.fromkeys(order, 1), atoms=list(order),
    )  # fmt: skip
    if min(apart.values(), default=Fraction(0)) < 0:
        return otherwise and otherwise(bench, inside)
    items: list[dict[str, Any]] = []
    is_positive = False
    for m, c in apart.items():
        term = polynomial_term(inside, {m: c})
        if {a for a, _ in m} <= nonzero:
            items.append({"positive": to_lists(term)})
            is_positive = True
        else:
            items.append({"square": "1", "times": to_lists(term)})
    return {"rule": "combine", "items": items} if is_positive or not problem.strict else None


def _by_differences(target: Polynomial, order: Sequence[int]) -> Polynomial:
    """The polynomial with x_1 + … + x_k for the k-th variable."""
    sums: dict[int, Polynomial] = {}
    for k, a in enumerate(order):
        sums[a] = {((one, 1),): Fraction(1) for one in sorted(order[: k + 1])}
    powers: dict[tuple[int, int], Polynomial] = {}
    total: Polynomial = {}
    for m, c in target.items():
        term: Polynomial = {(): c}
        for a, e in m:
            if (a, e) not in powers:
                powers[a, e] = power(sums[a], e)
            term = times(term, powers[a, e])
        total = plus(total, term)
    return total
