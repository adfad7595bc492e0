"""Equations with exponentials of matrices, by the differential equation that both sides solve.

Each e^M of the goal becomes e^(tM), and exp u becomes exp(tu), or a matrix A becomes tA throughout:
the goal is what this says at t = 1. If the difference D of its sides is 0 at t = 0, and D′ = R·D
for some R that does not depend on t, it is 0 for every t. For R the exponents are tried. What
commutes with M commutes with e^(tM), by the same argument, and is added first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.differential import differential
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import close, open_binder, sort_of
from therefore.provers.attempt import Labelled, Proof, by_rewriting, with_steps
from therefore.provers.building.differentiated import differentiated
from therefore.provers.building.matching import is_open
from therefore.provers.building.terms import HOLE, subterms, template_of
from therefore.provers.logic.defined import proofs_of_definedness_of_a_term
from therefore.provers.matrices.completing import prove_by_completing
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["INVERTIBLE", "PROVER"]

LABEL = "commutes"
MOST_COMMUTING = 4
ORDERS = 3
_COMBINE: Proof = {"rule": "combine"}


def _exponents(goal: Term, head: str) -> list[Term]:
    """What stands in the exponents of a goal, outside binders."""
    return list(dict.fromkeys(
        part[1] for part in subterms(goal) if part[0] == head and not is_open(part)
    ))  # fmt: skip


def _is_square(ctx: Context, term: Term) -> bool:
    return bool(sort_of(term, ctx.names)[0] == "matrix")


# -------------------------------------------------------------- what commutes


def _equal(search: Search, ctx: Context, goal: Term) -> Proof | None:
    """By normal forms, or from known equations, multiplied."""
    if search.bench.works(ctx, goal, _COMBINE):
        return _COMBINE
    try:
        if sort_of(goal[1], ctx.names)[0] == "matrix":
            return prove_by_completing(search.bench, ctx, goal)
    except (Rejected, KeyError, ValueError, ZeroDivisionError):
        pass
    return None


def _commuting(
    search: Search, ctx: Context, exponents: list[Term], factor: Term
) -> tuple[Context, list[Labelled]]:
    """The context with e^(tM) C = C e^(tM) for the exponents M, and C that commute with them."""
    inner = ctx.extended()
    found: list[Labelled] = []
    for matrix in exponents:
        size = sort_of(matrix, ctx.names)
        names = [name for name, sort in ctx.names.items() if sort == size and name[0] != "%"]
        others = dict.fromkeys((matrix, *exponents, *names))
        for other in [one for one in others if sort_of(one, ctx.names) == size][:MOST_COMMUTING]:
            around = ("matmul", matrix, other), ("matmul", other, matrix)
            if other != matrix and _equal(search, ctx, ("=", *around)) is None:
                continue
            fact, proof = _commutes(search, inner, matrix, other, factor)
            if proof is not None:
                found.append(_entered(inner, fact, proof))
    return inner, found


def _with_inverses(
    search: Search, ctx: Context, goal: Term
) -> tuple[Context, list[Labelled]]:
    """The context with "e^M is invertible" for those whose inverses stand in the goal."""
    inner = ctx.extended()
    found: list[Labelled] = []
    for part in dict.fromkeys(subterms(goal)):
        fact = ("invertible", part[1])
        if part[0] == "inverse" and _is_exponential(ctx, fact) and not is_open(part):
            proof = search.prove(ctx, fact, 4)
            if proof is not None:
                found.append(_entered(inner, fact, proof))
    return inner, found


def _entered(inner: Context, fact: Term, proof: Proof) -> Labelled:
    """A fact that was proved, under a label of its own."""
    label = f"{LABEL}{len(inner.facts)}"
    inner.assume(label, fact)
    return label, fact, proof


def _commutes(
    search: Search, ctx: Context, matrix: Term, other: Term, factor: Term
) -> tuple[Term, Proof | None]:
    power = ("exponential", ("*", "#0", matrix))
    sides = ("matmul", power, other), ("matmul", other, power)
    fact = ("=", *(open_binder(side, factor) for side in sides))
    return fact, _flow(search, ctx, fact, (*sides, factor), matrix, [])


# -------------------------------------------------------------- the differential equation


def _flow(
    search: Search, ctx: Context, goal: Term, moved: tuple[Term, Term, Term], rate: Term,
    exponents: list[Term],
) -> Proof | None:  # fmt: skip
    """The goal by the rule, from its sides with a variable and the place where it is the goal."""
    left, right, at = moved
    inner = ctx.extended()
    name = inner.fresh("t")
    inner.declare(name, "real")
    gap = ("+", open_binder(left, name), ("-", open_binder(right, name)))
    acts = "matmul" if _is_square(ctx, rate) else "*"
    try:
        change = differential(inner.names, gap, name, "1")
        equation = ("=", change, (acts, rate, gap))
        defined = proofs_of_definedness_of_a_term(search, ctx, rate, 4)
        for term in (gap, change):
            defined += proofs_of_definedness_of_a_term(search, inner, term, 4)
    except Rejected:
        return None
    start = _equal(search, ctx, ("=", open_binder(left, "0"), open_binder(right, "0")))
    if start is None:
        return None
    inner, inverses = _with_inverses(search, inner, equation)
    inner, facts = _commuting(search, inner, exponents, name)
    shown = with_steps([*inverses, *facts], _equal(search, inner, equation))
    proof = shown and {
        "rule": "flow", "name": name, "left": to_lists(left), "right": to_lists(right),
        "at": to_lists(at), "rate": to_lists(rate), "start": start, "change": shown,
        "defined": defined,
    }  # fmt: skip
    return proof if proof and search.bench.works(ctx, goal, proof) else None


def _moved(goal: Term) -> Iterator[tuple[Term, list[Term]]]:
    """The goal with 1·M for what moves, a #0 for the 1, and the terms that move."""
    inside = [*_exponents(goal, "exponential"), *_exponents(goal, "exp")]
    yield _inside(goal, frozenset(inside)), inside
    for name in (one for one in inside if isinstance(one, str)):
        yield open_binder(close(goal, name), ("*", HOLE, name)), [name]


def _inside(term: Term, exponents: frozenset[Term]) -> Term:
    if isinstance(term, str):
        return term
    if term[0] in ("exponential", "exp") and term[1] in exponents:
        return (term[0], ("*", HOLE, term[1]))
    return tuple(_inside(part, exponents) for part in term)


def _rates(ctx: Context, goal: Term, moved: list[Term]) -> Iterator[Term]:
    """What may turn the difference of the sides into its derivative."""
    sort = sort_of(goal[1], ctx.names)
    rows: Term = sort[1] if sort[0] in ("matrix", "vector") else None
    seen: list[Term] = ["0" if rows is None else ("zero", rows, rows)]
    for term in moved:
        kind = sort_of(term, ctx.names)
        fits = kind == ("matrix", rows, rows) if rows is not None else kind[0] != "matrix"
        seen += [term, ("-", term)] if fits else []
        if rows is None and kind[0] == "matrix":
            seen += [("trace", term), ("-", ("trace", term))]
    yield from dict.fromkeys(seen)


def _by_flow(search: Search, ctx: Context, goal: Term) -> Proof | None:
    for template, terms in _moved(goal):
        moved = close(template, HOLE)
        exponents = [term for term in terms if _is_square(ctx, term)]
        steps = _steps(goal, template, terms)
        there = open_binder(moved, "1")
        if not _agree_at_the_start(search, ctx, moved):
            continue
        for rate in _rates(ctx, goal, terms):
            search.bench.check_time()
            sides = (moved[1], moved[2], "1")
            proof = _flow(search, ctx, there, sides, rate, exponents)
            for shape, old, new in reversed(steps):
                proof = proof and by_rewriting(shape, old, new, _COMBINE, proof)
            if proof is not None and search.bench.works(ctx, goal, proof):
                return proof
    return None


def _agree_at_the_start(search: Search, ctx: Context, moved: Term) -> bool:
    """Whether the sides and their first two derivatives are equal at 0, as they have to be."""
    inner = ctx.extended()
    name = inner.fresh("t")
    inner.declare(name, "real")
    gap = ("+", open_binder(moved[1], name), ("-", open_binder(moved[2], name)))
    zero = ("+", gap, ("-", gap))
    try:
        for _ in range(ORDERS):
            if _equal(search, ctx, open_binder(close(("=", gap, zero), name), "0")) is None:
                return False
            gap = differential(inner.names, gap, name, "1")
    except Rejected:
        pass
    return True


def _steps(goal: Term, template: Term, terms: list[Term]) -> list[tuple[Term, Term, Term]]:
    """How the goal becomes the template at 1: what is put for what, one after the other."""
    steps = []
    for term in terms:
        new = ("*", "1", term)
        aims = [term] if isinstance(term, str) and template == open_binder(
            close(goal, term), ("*", HOLE, term)
        ) else [("exponential", term), ("exp", term)]
        for old in aims:
            shape = template_of(goal, old)
            put = new if old == term else (old[0], new)
            if open_binder(shape, put) != goal:
                steps.append((shape, old, put))
                goal = open_binder(shape, put)
    return steps


# -------------------------------------------------------------- the provers


def _accepts(ctx: Context, goal: Term) -> bool:
    if goal[0] != "=" or any(label.startswith(LABEL) for label in ctx.facts):
        return False
    return any(part[0] == "exponential" for part in subterms(goal))


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    search.bench.note("the differential equation of an exponential")
    slopes = [part for part in subterms(goal) if part[0] == "velocity" and not is_open(part)]
    for slope in slopes:
        change = differentiated(ctx, slope[1], slope[2])
        template = template_of(goal, slope)
        then = search.prove(ctx, open_binder(template, change), depth + 1)
        proof = then and by_rewriting(template, slope, change, _COMBINE, then)
        return proof if proof and search.bench.works(ctx, goal, proof) else None
    return _by_flow(search, ctx, goal)


def _is_exponential(ctx: Context, goal: Term) -> bool:
    return bool(goal[0] == "invertible" and goal[1][0] == "exponential")


def _prove_invertible(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """e^A e^(−A) = I."""
    matrix = goal[1]
    other = ("exponential", ("-", matrix[1]))
    one = ("identity", sort_of(matrix, ctx.names)[1])
    right = _by_flow(search, ctx, ("=", ("matmul", matrix, other), one))
    left = right and _by_flow(search, ctx, ("=", ("matmul", other, matrix), one))
    return left and {
        "rule": "two_sided", "inverse": to_lists(other), "right": right, "left": left,
    }  # fmt: skip


PROVER = Prover("exponentials", _accepts, _prove)
INVERTIBLE = Prover("invertible exponentials", _is_exponential, _prove_invertible)
