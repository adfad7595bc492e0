"""The rules for all integers in a range, and for all residues: induction and enumeration."""

from __future__ import annotations

from .context import Context
from .data import Data, Term, field
from .errors import Rejected
from .proofs import Checker, refused, rule
from .terms import check_formula, fits, mentions, new_name, open_binder, sort_of, substitute

__all__: list[str] = []

MOST_INSTANCES = 1000


@rule("index base step")
def induction(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ ⊢ φ[a] and Γ, a ≤ m, m + 1 ≤ b, φ[m] ⊢ φ[m+1] follows Γ ⊢ ∀m (a ≤ m → m ≤ b → φ).

    The facts about m are labelled m_from, m_to, m_ih; a ≤ b is m_range in the base. The upper
    bound may be missing. Γ does not speak of m, so nothing of it has to be generalised. The lower
    end is an integer: from 1/2 the steps would lead past all of them.
    """
    name = new_name(node["index"])
    low, high, formula = _range(ctx, goal, name)
    if not fits(sort_of(low, ctx.names), "integer"):
        raise refused(goal, "induction")
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


@rule("index then")
def reflect(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ, a ≤ i, i ≤ b ⊢ f(a + b − i) = g(i) follows Γ ⊢ Σ_{i=a}^b f(i) = Σ_{i=a}^b g(i).

    The facts are labelled i_from and i_to. The sums are of numbers, vectors or matrices. Source: a
    finite sum does not depend on the order of its terms.
    """
    name, left, right = new_name(node["index"]), goal[1], goal[-1]
    if goal[0] != "=" or left[:1] != ("sum",) or left[:3] != right[:3]:
        raise refused(goal, "reflect")
    checker.ensure_defined(ctx, left, list(field(node, "defined", list)))
    _, low, high, body = left
    inner = ctx.extended()
    inner.declare(name, "integer")
    inner.assume(f"{name}_from", ("<=", low, name))
    inner.assume(f"{name}_to", ("<=", name, high))
    mirrored = open_binder(body, ("+", low, high, ("-", name)))
    checker.prove(inner, ("=", mirrored, open_binder(right[3], name)), node["then"])


@rule("size base step")
def size_induction(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ ⊢ φ[1] and Γ, m, φ[m] ⊢ φ[m+1], for a size m, follows Γ ⊢ ∀m φ, over all sizes.

    The fact about m is labelled m_ih. Sizes are the integers from 1. A formula that speaks of
    residues modulo m cannot be said of m + 1, and is refused (``ILL_TYPED``).
    """
    name = new_name(node["size"])
    if goal[:2] != ("forall", "size"):
        raise refused(goal, "size_induction")
    step = ctx.extended()
    step.declare(name, "size")
    formula = open_binder(goal[2], name)
    step.assume(f"{name}_ih", formula)
    more = substitute(formula, {name: ("+", name, "1")})
    check_formula(more, step.names)
    checker.prove(ctx, open_binder(goal[2], "1"), node["base"])
    checker.prove(step, more, node["step"])


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
    raise refused(goal, "this needs a range of integers; it")


@rule("proofs")
def enumerate_(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From φ[a], …, φ[b] follows ∀m (a ≤ m → m ≤ b → φ), for numbers a and b.

    Likewise for all residues modulo a number, and for A = B, entry by entry, of written-out size.
    """
    defined = list(field(node, "defined", list))
    instances = _written_out(checker, ctx, goal, defined)
    proofs = field(node, "proofs", list)
    if len(proofs) != len(instances):
        raise Rejected("MALFORMED", f"{len(instances)} proofs are expected")
    for instance, proof in zip(instances, proofs, strict=True):
        checker.prove(ctx, instance, proof)


def _written_out(checker: Checker, ctx: Context, goal: Term, defined: list[Data]) -> list[Term]:
    if goal[0] == "=":
        sort = sort_of(goal[1], ctx.names)
        if sort[0] == "matrix":
            places = [(i, j) for i in _residues(sort[1]) for j in _residues(sort[2])]
            return [("=", ("entry", goal[1], *at), ("entry", goal[2], *at)) for at in places]
    if goal[0] == "forall" and goal[1][0] == "residue":
        return [open_binder(goal[2], place) for place in _residues(goal[1][1])]
    name = ctx.fresh("m")
    low, high, formula = _range(ctx, goal, name)
    if high is None:
        raise refused(goal, "enumerate")
    for end in (low, high):
        checker.ensure_defined(ctx, end, defined)
    first, last = (ctx.normal.scalar(end).constant() for end in (low, high))
    if first is None or last is None or last - first > MOST_INSTANCES:
        raise refused(goal, "enumerate")
    return [substitute(formula, {name: str(k)}) for k in range(int(first), int(last) + 1)]


def _residues(size: Term) -> list[Term]:
    """All residues modulo a written-out size."""
    if not isinstance(size, str) or not size.isdigit() or int(size) > MOST_INSTANCES:
        raise Rejected("WRONG_GOAL", f"the residues modulo {size} cannot be written out")
    return [("mod", size, str(k)) for k in range(int(size))]
