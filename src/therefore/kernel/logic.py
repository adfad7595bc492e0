"""The rules of logic: for all, there is, implies, cases, induction, and the use of what is known.

Each rule takes a sequent apart; the docstring says from which sequents the goal follows.
"""

from __future__ import annotations

from .context import Context
from .data import Data, Term, field, term_of
from .errors import Rejected
from .proofs import Checker, rule
from .terms import (
    check_formula,
    check_value,
    mentions,
    negation,
    new_name,
    open_binder,
    reduced,
    sort_of,
    substitute,
)

__all__: list[str] = []

MOST_INSTANCES = 1000


def _refuse(goal: Term, rule_name: str) -> Rejected:
    return Rejected("WRONG_GOAL", f"{rule_name} does not prove {goal}")


@rule("fact")
def assumption(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """Γ, φ ⊢ φ."""
    if checker.fact(ctx, node["fact"]) != goal:
        raise _refuse(goal, "assumption")


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
            raise _refuse(goal, "intro")
    checker.prove(inner, goal, node["then"])


@rule("parts")
def split(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ ⊢ φ and Γ ⊢ ψ follows Γ ⊢ φ ∧ ψ."""
    parts = field(node, "parts", list)
    if goal[0] != "and" or len(parts) != len(goal) - 1:
        raise _refuse(goal, "split")
    for part, proof in zip(goal[1:], parts, strict=True):
        checker.prove(ctx, part, proof)


@rule("part proof")
def choose(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ ⊢ φ, with ψ defined, follows Γ ⊢ φ ∨ ψ; ``part`` is 1 or 2 or …"""
    part = field(node, "part", str)
    if goal[0] != "or" or not part.isdigit() or not 1 <= int(part) < len(goal):
        raise _refuse(goal, "choose")
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


@rule("as then")
def suppose(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ, ¬φ ⊢ false, for a defined relation φ, follows Γ ⊢ φ."""
    if goal[0] not in ("=", "!=", "<=", "<"):
        raise _refuse(goal, "suppose")
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
            raise _refuse(goal, "exists")
        value = checker.term(ctx, data, goal[1], proofs)
        goal = reduced(open_binder(goal[2], value), ctx.names)
    checker.prove(ctx, goal, node["then"])


@rule("fact name as then")
def obtain(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ ⊢ ∃x ψ and Γ, x, ψ ⊢ φ, with x not in φ, follows Γ ⊢ φ."""
    formula = checker.fact(ctx, node["fact"])
    if formula[0] != "exists":
        raise _refuse(formula, "obtain")
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
    check_value(new, sort_of(old, ctx.names), ctx.names)
    if open_binder(template, old) != goal:
        raise _refuse(goal, "rewrite")
    checker.prove(ctx, ("=", old, new), node["equal"])
    rewritten = open_binder(template, new)
    check_formula(rewritten, ctx.names)
    checker.prove(ctx, rewritten, node["then"])


@rule("index base step")
def induction(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ ⊢ φ[a] and Γ, a ≤ m, m + 1 ≤ b, φ[m] ⊢ φ[m+1] follows Γ ⊢ ∀m (a ≤ m → m ≤ b → φ).

    The facts about m are labelled m_from, m_to, m_ih; a ≤ b is m_range in the base. The upper
    bound may be missing. Γ does not speak of m, so nothing of it has to be generalised.
    """
    name = new_name(node["index"])
    low, high, formula = _range(ctx, goal, name)
    proofs = list(field(node, "defined", list))
    for end in (low, high):
        if end is not None:
            checker.ensure_defined(ctx, end, proofs)
    base, step = ctx.extended(), ctx.extended()
    step.declare(name, "integer")
    step.assume(f"{name}_from", ("<=", low, name))
    if high is not None:
        base.assume(f"{name}_range", ("<=", low, high))
        step.assume(f"{name}_to", ("<=", ("+", name, "1"), high))
    step.assume(f"{name}_ih", formula)
    checker.prove(base, substitute(formula, {name: low}), node["base"])
    checker.prove(step, substitute(formula, {name: ("+", name, "1")}), node["step"])


def _range(ctx: Context, goal: Term, name: str) -> tuple[Term, Term | None, Term]:
    """The ends and the body of ∀m (a ≤ m → m ≤ b → φ), for the given name of m."""
    if name in ctx.names:
        raise Rejected("NAME_TAKEN", name)
    if goal[:2] == ("forall", "integer"):
        opened = open_binder(goal[2], name)
        if opened[0] == "implies" and opened[1][0] == "<=" and opened[1][2] == name:
            low, body = opened[1][1], opened[2]
            high = None
            if body[0] == "implies" and body[1][:2] == ("<=", name):
                high, body = body[1][2], body[2]
            if not mentions(low, name) and not (high is not None and mentions(high, name)):
                return low, high, body
    raise _refuse(goal, "this needs a range of integers; it")


@rule("proofs")
def enumerate_(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From φ[a], …, φ[b] follows ∀m (a ≤ m → m ≤ b → φ), for numbers a and b.

    Likewise for all residues modulo a number, and for A = B, entry by entry, of written-out size.
    """
    instances = _written_out(ctx, goal)
    proofs = field(node, "proofs", list)
    if len(proofs) != len(instances):
        raise Rejected("MALFORMED", f"{len(instances)} proofs are expected")
    for instance, proof in zip(instances, proofs, strict=True):
        checker.prove(ctx, instance, proof)


def _written_out(ctx: Context, goal: Term) -> list[Term]:
    if goal[0] == "=":
        sort = sort_of(goal[1], ctx.names)
        if sort[0] == "matrix":
            places = [(i, j) for i in _residues(sort[1]) for j in _residues(sort[2])]
            return [("=", ("entry", goal[1], *at), ("entry", goal[2], *at)) for at in places]
    if goal[0] == "forall" and goal[1][0] == "residue":
        return [open_binder(goal[2], place) for place in _residues(goal[1][1])]
    name = ctx.fresh("m")
    low, high, formula = _range(ctx, goal, name)
    first = ctx.normal.scalar(low).constant()
    last = ctx.normal.scalar(high).constant() if high is not None else None
    if first is None or last is None or last - first > MOST_INSTANCES:
        raise _refuse(goal, "enumerate")
    return [substitute(formula, {name: str(k)}) for k in range(int(first), int(last) + 1)]


def _residues(size: Term) -> list[Term]:
    """All residues modulo a written-out size."""
    if not size.isdigit() or int(size) > MOST_INSTANCES:
        raise Rejected("WRONG_GOAL", f"the residues modulo {size} cannot be written out")
    return [("mod", size, str(k)) for k in range(int(size))]


@rule("at proof")
def differ(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ ⊢ A[i, j] ≠ B[i, j] follows Γ ⊢ A ≠ B, for matrices."""
    sort = sort_of(goal[1], ctx.names) if goal[0] == "!=" else ""
    at = field(node, "at", list)
    if sort[:1] != ("matrix",) or len(at) != 2:
        raise _refuse(goal, "differ")
    proofs = list(field(node, "defined", list))
    place = [
        checker.term(ctx, data, ("residue", size), proofs)
        for data, size in zip(at, sort[1:], strict=True)
    ]
    checker.ensure_formula_defined(ctx, goal, proofs)
    entries_ = ("!=", ("entry", goal[1], *place), ("entry", goal[2], *place))
    checker.prove(ctx, entries_, node["proof"])


@rule("names then")
def entries(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ, i, j ⊢ A[i, j] = B[i, j] follows Γ ⊢ A = B, for matrices of one size."""
    names = field(node, "names", list)
    sort = sort_of(goal[1], ctx.names) if goal[0] == "=" else ""
    if sort[:1] != ("matrix",) or len(names) != 2:
        raise _refuse(goal, "entries")
    inner = ctx.extended()
    place = [new_name(name) for name in names]
    for name, size in zip(place, sort[1:], strict=True):
        inner.declare(name, ("residue", size))
    equation = ("=", ("entry", goal[1], *place), ("entry", goal[2], *place))
    checker.prove(inner, equation, node["then"])


@rule("fact at as then")
def entry_of(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ ⊢ A = B and Γ, A[i, j] = B[i, j] ⊢ φ, for matrices, follows Γ ⊢ φ."""
    formula = checker.fact(ctx, node["fact"])
    sort = sort_of(formula[1], ctx.names) if formula[0] == "=" else ""
    at = field(node, "at", list)
    if sort[:1] != ("matrix",) or len(at) != 2:
        raise _refuse(formula, "entry_of")
    proofs = list(field(node, "defined", list))
    place = [
        checker.term(ctx, data, ("residue", size), proofs)
        for data, size in zip(at, sort[1:], strict=True)
    ]
    inner = ctx.extended()
    equation = ("=", ("entry", formula[1], *place), ("entry", formula[2], *place))
    inner.assume(field(node, "as", str), equation)
    checker.prove(inner, goal, node["then"])
