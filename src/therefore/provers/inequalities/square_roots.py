"""Inequalities with square roots of products of variables.

Where √(xy) occurs with x, y > 0, x = s² and y = t² are put for them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import scalar_in
from therefore.kernel.context import Context
from therefore.kernel.polynomials import Scalar, atom
from therefore.kernel.terms import open_binder
from therefore.provers.attempt import Proof, by_rewriting
from therefore.provers.bench import Bench
from therefore.provers.building.matching import is_open
from therefore.provers.building.new_numbers import with_number
from therefore.provers.building.polynomial import atoms_of
from therefore.provers.building.terms import replaced, subterms
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.relations import equal_squares

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["AGAIN", "HIDDEN", "with_squares"]

AGAIN = "_again"  # what the label of a fact has in addition where it is said in other words
HIDDEN = "square_of_"  # labels of x = t², which no further search should look at

Show = Callable[[Bench, Context, Term], Proof | None]


def with_squares(search: Search, ctx: Context, goal: Term, depth: int, show: Show) -> Proof | None:
    """The goal with squares for the positive variables of which a product is under a root."""
    names = _under_roots(ctx, goal)
    if not names:
        return None
    search.bench.note("squares for what is under a root")
    inner = ctx.extended()
    wraps: list[Callable[[Proof], Proof]] = []
    for name in names:
        goal = _with_square(inner, goal, name, wraps)
    goal = _without_roots(search, inner, goal, depth, wraps)
    proof = show(search.bench, inner, goal)
    for wrap in reversed(wraps if proof is not None else []):
        assert proof is not None
        proof = wrap(proof)
    return proof


def _under_roots(ctx: Context, goal: Term) -> list[str]:
    """Positive names whose root, and not only that of a sum, occurs in the goal or in facts."""
    found: dict[str, None] = {}
    waiting = [goal, *(fact for fact in ctx.facts.values() if fact[0] in ("=", "<=", "<"))]
    for relation in waiting:
        gap = ctx.normal.scalar(relation[2]) - ctx.normal.scalar(relation[1])
        for a in atoms_of([gap.over, *(dict(factor) for factor, _ in gap.under)]):
            row = ctx.atoms.rows[a]
            if row.head != "sqrt":
                continue
            inside = scalar_in(row)
            if len(inside.over) != 1 or any(len(factor) != 1 for factor, _ in inside.under):
                continue
            odd = {one: e for m in inside.over for one, e in m if e % 2}
            odd |= {one: e for factor, e in inside.under for one, _ in factor[0][0] if e % 2}
            for one in sorted(odd):
                its = ctx.atoms.rows[one]
                if its.head == "name" and ctx.signs(atom(one)) == {1}:
                    found[str(scalar_term(ctx.atoms, atom(one)))] = None
    return list(found)


def _with_square(
    ctx: Context, goal: Term, name: str, wraps: list[Callable[[Proof], Proof]]
) -> Term:
    """Enter a t > 0 with x = t², and what is known of x as known of t²; the goal with t²."""
    root = ctx.fresh(f"root_{name}")
    label = f"{HIDDEN}{name}"
    said: Term = ("and", ("<", "0", "#0"), ("=", name, ("^", "#0", "2")))
    wraps.append(with_number(ctx, root, said, ("sqrt", name), (f"{label}_exists", label)))
    return _rewritten(ctx, goal, name, ("^", root, "2"), f"{label}_2", wraps)


def _rewritten(
    ctx: Context,
    goal: Term,
    old: Term,
    new: Term,
    equation: str,
    wraps: list[Callable[[Proof], Proof]],
) -> Term:
    """The goal and what is known with ``new`` in the places of ``old``, by a fact old = new."""
    for key, fact in list(ctx.facts.items()):
        if fact[0] not in ("=", "<=", "<") or key.startswith(HIDDEN) or key + AGAIN in ctx.facts:
            continue
        template = replaced(fact, old, "#0")
        if template == fact:
            continue
        moved = open_binder(template, new)
        shown = by_rewriting(
            template,
            new,
            old,
            {"rule": "combine", "items": [{"fact": equation, "times": "-1"}]},
            {"rule": "assumption", "fact": key},
        )
        ctx.assume(key + AGAIN, moved)
        wraps.append(_having(moved, key + AGAIN, shown))
    template = replaced(goal, old, "#0")
    if template == goal:
        return goal

    def rewrite(then: Proof) -> Proof:
        return by_rewriting(template, old, new, {"rule": "assumption", "fact": equation}, then)

    wraps.append(rewrite)
    return open_binder(template, new)


def _having(fact: Term, label: str, proof: Proof) -> Callable[[Proof], Proof]:
    return lambda then: {
        "rule": "have", "fact": to_lists(fact), "as": label, "proof": proof, "then": then,
    }  # fmt: skip


def _without_roots(
    search: Search, ctx: Context, goal: Term, depth: int, wraps: list[Callable[[Proof], Proof]]
) -> Term:
    """t·u for √(t²u²), in the goal and in what is known."""
    relations = [goal, *(fact for key, fact in ctx.facts.items() if key.endswith(AGAIN))]
    for term in dict.fromkeys(part for one in relations for part in subterms(one)):
        if term[0] != "sqrt" or is_open(term):
            continue
        inside = ctx.normal.scalar(term[1])
        if len(inside.over) != 1 or any(len(f) != 1 for f, _ in inside.under):
            continue
        ((m, c),) = inside.over.items()
        below = [(f[0][0][0][0], e) for f, e in inside.under]
        if any(e % 2 for _, e in (*m, *below)) or c != 1:
            continue
        value = Scalar({tuple((a, e // 2) for a, e in m): c})
        for a, e in below:
            value = value * atom(a, e // 2).inverse()
        fact = ("=", term, scalar_term(ctx.atoms, value))
        shown = equal_squares.PROVER.prove(search, ctx, fact, depth + 1)
        if shown is None:
            continue
        label = f"{HIDDEN}root{len(ctx.facts)}"
        ctx.assume(label, fact)
        wraps.append(_having(fact, label, shown))
        goal = _rewritten(ctx, goal, term, fact[2], label, wraps)
    return goal
