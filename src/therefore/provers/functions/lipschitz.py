"""Slopes of Lipschitz functions: ‖g‖ ≤ M where a tangent with the slope g lies below them."""

from __future__ import annotations

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.provers.attempt import Proof
from therefore.provers.building.matching import is_open, match_formula
from therefore.provers.functions.class_facts import Facts, minus

__all__ = ["slopes_of_lipschitz"]


def slopes_of_lipschitz(found: Facts) -> None:
    """‖g‖ ≤ M where the tangent f(x) + ⟨g, y − x⟩ lies below an M-Lipschitz f: at y = x + g."""
    for label, fact in list(found.ctx.facts.items()):
        tangent = _tangent(fact)
        if tangent is None:
            continue
        name, point, slope = tangent
        for other, bound in list(found.ctx.facts.items()):
            constant = _lipschitz(found.ctx, bound, name)
            if constant is None or not found.ctx.holds(("<=", "0", constant)):
                continue
            there, length = ("+", point, slope), ("norm", slope)
            apart = ("+", ("app", name, there), ("-", ("app", name, point)))
            flat = ("<=", ("^", length, "2"), ("*", constant, length))
            within: Proof = {
                "rule": "combine", "items": [
                    {"fact": label, "with": [to_lists(there)]},
                    {"fact": other, "with": [to_lists(there), to_lists(point)]},
                    {"fact": "plain"},
                ],
            }  # fmt: skip
            more = minus(length, constant)
            then: Proof = {
                "rule": "suppose", "as": "steeper", "then": {"rule": "combine", "items": [
                    {"fact": "flat"},
                    {"fact": "steeper", "times": to_lists(more)},
                    {"fact": "steeper", "times": to_lists(constant)},
                ]},
            }  # fmt: skip
            then = {
                "rule": "have", "fact": to_lists(flat), "as": "flat", "proof": within,
                "then": then,
            }  # fmt: skip
            found.add(("<=", length, constant), {
                "rule": "have", "fact": to_lists(("<=", apart, ("abs", apart))), "as": "plain",
                "proof": _at_most_absolute(apart), "then": then,
            })  # fmt: skip


def _at_most_absolute(value: Term) -> Proof:
    """a ≤ |a|: if |a| < a, then 0 < (a − |a|)² = −2|a|·(a − |a|) ≤ 0."""
    size: Term = ("abs", value)
    return {
        "rule": "suppose", "as": "beyond", "then": {"rule": "combine", "items": [
            {"fact": "beyond", "times": to_lists(minus(value, size))},
            {"fact": "beyond", "times": to_lists(("*", "2", size))},
        ]},
    }  # fmt: skip


def _tangent(fact: Term) -> tuple[str, Term, Term] | None:
    """``(f, x, g)`` if the fact says f(x) + ⟨g, y − x⟩ ≤ f(y) for all y."""
    if fact[0] != "forall" or fact[1][0] != "vector" or fact[2][0] != "<=":
        return None
    low, value = fact[2][1:]
    if value[0] != "app" or value[2:] != ("#0",) or low[0] != "+" or len(low) != 3:
        return None
    for here, along in (low[1:], low[:0:-1]):
        if here[:2] == ("app", value[1]) and along[0] == "inner" and not is_open(here[2]):
            gap = ("+", "#0", ("-", here[2]))
            for slope, other in (along[1:], along[:0:-1]):
                if other == gap and not is_open(slope):
                    return value[1], here[2], slope
    return None


def _lipschitz(ctx: Context, fact: Term, name: str) -> Term | None:
    """M if the fact says |f(x) − f(y)| ≤ M·‖x − y‖ for all x and y."""
    pattern: Term = ("<=", ("abs", minus(("app", name, "#1"), ("app", name, "#0"))),
                     ("*", "Constant", ("norm", minus("#1", "#0"))))  # fmt: skip
    if fact[0] != "forall" or fact[2][0] != "forall":
        return None
    values = match_formula(pattern, fact[2][2], {"Constant": "real"}, {})
    return None if values is None else values.get("Constant")
