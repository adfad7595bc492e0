"""The rules of logic: for all, there is, implies, cases, induction, and the use of what is known.

Each rule takes a sequent apart; the docstring says from which sequents the goal follows.
"""

from __future__ import annotations

from .context import Context
from .data import Data, Term, field, term_of
from .errors import Rejected
from .proofs import Checker, refused, rule
from .sorts import joined
from .terms import (
    check_formula,
    check_value,
    coerced,
    measured,
    negation,
    new_name,
    open_binder,
    reduced,
    sort_of,
)

__all__: list[str] = []


@rule("fact")
def assumption(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """Γ, φ ⊢ φ."""
    if checker.fact(ctx, node["fact"]) != goal:
        raise refused(goal, "assumption")


@rule()
def inspect(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """Γ ⊢ φ for a relation that inspection sees (see ``context``)."""
    checker.ensure_formula_defined(ctx, goal, list(field(node, "defined", list)))
    if not ctx.holds(goal):
        raise Rejected("NOT_SEEN", f"inspection does not see that {goal}")


@rule("fact as proof then")
def have(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ ⊢ ψ and Γ, ψ ⊢ φ follows Γ ⊢ φ."""
    formula = term_of(node["fact"])
    check_formula(formula, ctx.names)
    checker.prove(ctx, formula, node["proof"])
    inner = ctx.extended()
    inner.assume(field(node, "as", str), formula)
    checker.prove(inner, goal, node["then"])


@rule("fact as then", "with conditions")
def use(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ ⊢ ∀x (α → ψ), Γ ⊢ α[t] and Γ, ψ[t] ⊢ φ follows Γ ⊢ φ."""
    formula = checker.instance(ctx, checker.fact(ctx, node["fact"]), node)
    inner = ctx.extended()
    inner.assume(field(node, "as", str), formula)
    checker.prove(inner, goal, node["then"])


@rule("then", "names labels")
def intro(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ, x ⊢ φ follows Γ ⊢ ∀x φ; from Γ, α ⊢ φ, with α defined, follows Γ ⊢ α → φ."""
    names, labels = list(field(node, "names", list)), list(field(node, "labels", list))
    proofs = list(field(node, "defined", list))
    inner = ctx.extended()
    while names or labels:
        if goal[0] == "forall" and names:
            name = new_name(names.pop(0))
            inner.declare(name, goal[1])
            goal = open_binder(goal[2], name)
        elif goal[0] == "implies" and labels:
            checker.ensure_formula_defined(inner, goal[1], proofs)
            inner.assume(str(labels.pop(0)), goal[1])
            goal = goal[2]
        else:
            raise refused(goal, "intro")
    checker.prove(inner, goal, node["then"])


@rule("parts")
def split(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ ⊢ φ and Γ ⊢ ψ follows Γ ⊢ φ ∧ ψ."""
    parts = field(node, "parts", list)
    if goal[0] != "and" or len(parts) != len(goal) - 1:
        raise refused(goal, "split")
    for part, proof in zip(goal[1:], parts, strict=True):
        checker.prove(ctx, part, proof)


@rule("part proof")
def choose(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ ⊢ φ, with ψ defined, follows Γ ⊢ φ ∨ ψ; ``part`` is 1 or 2 or …"""
    part = field(node, "part", str)
    if goal[0] != "or" or part not in map(str, range(1, len(goal))):
        raise refused(goal, "choose")
    checker.ensure_formula_defined(ctx, goal, list(field(node, "defined", list)))
    checker.prove(ctx, goal[int(part)], node["proof"])


@rule("on less equal greater as")
def cases(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ, a < b ⊢ φ, Γ, a = b ⊢ φ and Γ, b < a ⊢ φ, with a, b defined, follows Γ ⊢ φ."""
    proofs = list(field(node, "defined", list))
    pair = field(node, "on", list)
    if len(pair) != 2:
        raise Rejected("MALFORMED", "cases are on two numbers")
    a, b = (checker.term(ctx, part, "real", proofs) for part in pair)
    for branch, fact in (("less", ("<", a, b)), ("equal", ("=", a, b)), ("greater", ("<", b, a))):
        inner = ctx.extended()
        inner.assume(field(node, "as", str), fact)
        checker.prove(inner, goal, node[branch])


@rule("on equal apart as")
def either(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ, a = b ⊢ φ and Γ, a ≠ b ⊢ φ, with residues a, b defined, follows Γ ⊢ φ."""
    proofs = list(field(node, "defined", list))
    data = field(node, "on", list)
    if len(data) != 2:
        raise Rejected("MALFORMED", "two residues are expected")
    pair = [term_of(part) for part in data]
    sort = joined("+", [sort_of(part, ctx.names) for part in pair])
    if sort[0] != "residue":
        raise Rejected("ILL_TYPED", f"not residues of one size: {pair}")
    same = ("=", *(checker.term(ctx, part, sort, proofs) for part in data))
    for branch, fact in (("equal", same), ("apart", ("!=", *pair))):
        inner = ctx.extended()
        inner.assume(field(node, "as", str), fact)
        checker.prove(inner, goal, node[branch])


@rule("proof")
def deny(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ ⊢ the negation of φ follows Γ ⊢ ¬φ."""
    if goal[0] != "not" or negation(goal[1]) == goal:
        raise refused(goal, "deny")
    checker.prove(ctx, negation(goal[1]), node["proof"])


@rule("as then")
def suppose(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ, ¬φ ⊢ false, for a defined relation φ, follows Γ ⊢ φ."""
    if goal[0] not in ("=", "!=", "<=", "<"):
        raise refused(goal, "suppose")
    checker.ensure_formula_defined(ctx, goal, list(field(node, "defined", list)))
    inner = ctx.extended()
    inner.assume(field(node, "as", str), negation(goal))
    checker.prove(inner, ("false",), node["then"])


@rule("values then")
def exists(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ ⊢ φ[t], with t defined, follows Γ ⊢ ∃x φ."""
    proofs = list(field(node, "defined", list))
    for data in field(node, "values", list):
        if goal[0] != "exists":
            raise refused(goal, "exists")
        value = checker.term(ctx, data, goal[1], proofs)
        goal = reduced(open_binder(goal[2], value), ctx.names)
    checker.prove(ctx, goal, node["then"])


@rule("fact name as then")
def obtain(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ ⊢ ∃x ψ and Γ, x, ψ ⊢ φ, with x not in φ, follows Γ ⊢ φ."""
    formula = checker.fact(ctx, node["fact"])
    if formula[0] != "exists":
        raise refused(formula, "obtain")
    inner = ctx.extended()
    name = new_name(node["name"])
    inner.declare(name, formula[1])
    inner.assume(field(node, "as", str), open_binder(formula[2], name))
    checker.prove(inner, goal, node["then"])


@rule("template from to equal then")
def rewrite(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ ⊢ u = v and Γ ⊢ φ[v] follows Γ ⊢ φ[u]; ``template`` is φ with #0 in u's places."""
    template = term_of(node["template"])
    old, new = term_of(node["from"]), term_of(node["to"])
    sort = sort_of(old, ctx.names)
    check_value(new, sort, ctx.names)
    new = coerced(new, sort, ctx.names)
    if open_binder(template, old) != goal:
        raise refused(goal, "rewrite")
    checker.prove(ctx, ("=", old, new), node["equal"])
    rewritten = measured(open_binder(template, new))
    check_formula(rewritten, ctx.names)
    checker.prove(ctx, rewritten, node["then"])
