"""Inequalities of declared functions whose derivatives are known, by the mean value theorem.

To prove 0 ≤ D(t) for a ≤ t: D(a) is at least 0 and 0 ≤ D′(s) for a < s < t. What is to be shown
of D′ is often of the same kind, so that a Taylor polynomial with its remainder comes out by as
many steps as it has derivatives.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from therefore.goal import Term, from_lists, to_lists
from therefore.kernel.context import Context
from therefore.kernel.differential import differential
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import close, mentions, open_binder
from therefore.provers.attempt import Proof
from therefore.provers.building.matching import is_open
from therefore.provers.building.terms import replaced, subterms, template_of
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER", "after_steps", "with_known_slopes"]

_LABEL = "between"
_MOST_TIMES = 4
_OF_A_NUMBER = ("function", ("real",), "real")


@dataclass(frozen=True)
class _End:
    """A name, the end of its range at which the inequality is plain, and whether it is the left."""

    name: str
    at: Term
    left: bool


def _accepts(ctx: Context, goal: Term) -> bool:
    return goal[0] in ("<=", "<") and any(_is_of_a_number(ctx, term) for term in subterms(goal))


def _is_of_a_number(ctx: Context, term: Term) -> bool:
    """Whether the term is the value of a declared function of a number."""
    is_named = term[0] == "app" and isinstance(term[1], str)
    return is_named and ctx.names.get(term[1]) == _OF_A_NUMBER


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    times = sum(label.startswith(_LABEL) and "_" not in label for label in ctx.facts)
    if times >= _MOST_TIMES:
        return None
    for end in _ends(ctx, goal):
        search.bench.note("the mean value theorem")
        proof = _from_the_end(search, ctx, goal, depth, end, f"{_LABEL}{times}")
        if proof is not None and search.bench.works(ctx, goal, proof):
            return proof
    return None


def _ends(ctx: Context, goal: Term) -> Iterator[_End]:
    """Names in the goal with a known bound, the latest name first, where the goal is plain."""
    gap: Term = ("+", goal[2], ("-", goal[1]))
    for name in reversed([n for n, sort in ctx.names.items() if sort == "real"]):
        if not any(mentions(term, name) for term in subterms(goal) if _is_of_a_number(ctx, term)):
            continue
        for fact in ctx.facts.values():
            if fact[0] not in ("<=", "<") or name not in fact[1:]:
                continue
            left = fact[2] == name
            at = fact[1] if left else fact[2]
            if mentions(at, name):
                continue
            try:
                start = open_binder(close(gap, name), at)
                if ctx.holds(("<=", "0", start)):
                    yield _End(name, at, left)
            except Rejected:
                continue


def _from_the_end(
    search: Search, ctx: Context, goal: Term, depth: int, end: _End, label: str
) -> Proof | None:
    gap: Term = ("+", goal[2], ("-", goal[1]))
    body = close(gap if end.left else ("-", gap), end.name)
    low, high = (end.at, end.name) if end.left else (end.name, end.at)
    inner = ctx.extended()
    name = inner.fresh("s")
    inner.declare(name, "real")
    inside = inner.extended()
    inner.assume(label, ("and", ("<=", low, name), ("<=", name, high)))
    inside.assume(label, ("and", ("<", low, name), ("<", name, high)))
    change_of = inner.fresh("y")
    names = {**inner.names, change_of: "real"}
    change = differential(names, open_binder(body, change_of), change_of, "1")
    change = open_binder(close(change, change_of), name)
    steps, known = with_known_slopes(inner, change)
    rise = scalar_term(ctx.atoms, inner.normal.scalar(known))
    for relation in ("<", "<=") if goal[0] == "<" else ("<=",):
        order = search.prove(ctx, (relation, low, high), depth + 1)
        sign = order and search.prove(inside, (relation, "0", rise), depth + 1)
        if not sign:
            continue
        # The value named is what the structure gives, once the slopes known are put in.
        value = after_steps(("=", rise, change), steps, {"rule": "combine"})
        fact = (relation, open_binder(body, low), open_binder(body, high))
        proof: Proof = {
            "rule": "monotone", "name": name, "body": to_lists(body), "from": to_lists(low),
            "to": to_lists(high), "slope": to_lists(close(rise, name)), "order": order,
            "sign": sign, "as": label,
            "derivative": {"rule": "differentiate", "name": change_of, "value": value},
        }  # fmt: skip
        start: Term = open_binder(close(gap, end.name), end.at)
        items = [{"fact": f"{label}_rise"}]
        if ctx.holds(("<", "0", start)):
            items.append({"positive": to_lists(start)})
        elif not ctx.holds(("=", start, "0")):
            items.append({"square": "1", "times": to_lists(start)})
        return {
            "rule": "have", "fact": to_lists(fact), "as": f"{label}_rise", "proof": proof,
            "then": {"rule": "combine", "items": items},
        }  # fmt: skip
    return None


def with_known_slopes(ctx: Context, term: Term) -> tuple[list[Proof], Term]:
    """The term with what the facts say of the derivatives of declared functions, step by step.

    Each step lacks its template, which the formula around the term decides.
    """
    steps: list[Proof] = []
    for label, fact in ctx.facts.items():
        if fact[:2] != ("forall", "real") or fact[2][0] != "has_derivative":
            continue
        body, point, value = fact[2][1:]
        if point != "#0" or not (body[0] == "app" and body[2:] == ("#0",)):
            continue
        for old in dict.fromkeys(subterms(term)):
            if old[:2] == ("derivative", body) and not is_open(old[2]):
                new = open_binder(value, old[2])
                term = replaced(term, old, new)
                equal: Proof = {
                    "rule": "combine", "items": [{"fact": label, "with": [to_lists(old[2])]}],
                }  # fmt: skip
                steps.append({
                    "rule": "rewrite", "from": to_lists(old), "to": to_lists(new), "equal": equal,
                })  # fmt: skip
    return steps, term


def after_steps(formula: Term, steps: list[Proof], proof: Proof) -> Proof:
    """The formula by a proof of what the steps make of it."""
    templates = []
    for step in steps:
        old, new = from_lists(step["from"]), from_lists(step["to"])
        templates.append(template_of(formula, old))
        formula = open_binder(templates[-1], new)
    for step, template in zip(reversed(steps), reversed(templates), strict=True):
        proof = {**step, "template": to_lists(template), "then": proof}
    return proof


PROVER = Prover("mean value", _accepts, _prove)
