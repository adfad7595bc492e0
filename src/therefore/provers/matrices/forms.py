"""Forms ⟨v, Xv⟩ that are positive: of sums of squares and of what is known to be definite.

From v ≠ 0 follows 0 < ⟨v, v⟩, and from an assumption ∀x ≠ 0: 0 < ⟨x, Px⟩ follows 0 < ⟨v, Pv⟩,
0 ≤ ⟨Av, PAv⟩ and 0 < ⟨v, P⁻¹v⟩. What else stands in ⟨v, Xv⟩ has to be 0 by known equations. A
matrix with a positive form is invertible, since Xv = 0 for v = 0 only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.provers.attempt import Proof, with_steps
from therefore.provers.matrices.injective import SENT_TO_ZERO, invertible_since, sent_to_zero
from therefore.provers.matrices.parts_of_forms import parts_of_form
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["OF_A_FORM", "prove_invertible"]


def prove_invertible(search: Search, ctx: Context, goal: Term) -> Proof | None:
    """A matrix with a positive form is invertible."""
    inner, v, (_, _, zero) = sent_to_zero(ctx, goal[1])
    apart = inner.extended()
    apart.assume("not_zero", ("!=", v, zero))
    found = parts_of_form(search, apart, v, goal[1])
    if found is None or not found.strict:
        return None
    for way in ("1", "-1"):
        equal = [] if found.whole else [{"fact": f"{v}_form", "times": way}]
        items = [{"fact": SENT_TO_ZERO, "times": v}, *equal, *found.items]
        then: Proof = {"rule": "combine", "items": items}
        suppose: Proof = {
            "rule": "suppose", "as": "not_zero", "then": with_steps(found.steps, then),
        }  # fmt: skip
        proof = invertible_since(ctx, goal[1], v, suppose)
        if search.bench.works(ctx, goal, proof):
            return proof
    return None


# ------------------------------------------------------------------- forms as goals


def _is_a_form(ctx: Context, goal: Term) -> bool:
    """0 < ⟨v, Xv⟩ or 0 ≤ ⟨v, Xv⟩ for a name v."""
    if goal[0] not in ("<", "<=") or goal[1] != "0" or goal[2][0] != "inner":
        return False
    _, left, right = goal[2]
    return isinstance(left, str) and right[0] == "matmul" and right[2] == left


def _prove_form(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    _, v, (_, matrix, _) = goal[2]
    apart = ("!=", v, ("zero", ctx.names[v][1]))
    inner = ctx.extended()
    if goal[0] == "<=":
        inner.assume("below", ("<", goal[2], "0"))
        inner.assume("not_zero", apart)
    elif apart not in ctx.facts.values():
        return None
    found = parts_of_form(search, inner, v, matrix)
    if found is None or (goal[0] == "<" and not found.strict):
        return None
    for way in ("1",) if found.whole else ("1", "-1"):
        equal = [] if found.whole else [{"fact": f"{v}_form", "times": way}]
        below = [{"fact": "below"}] if goal[0] == "<=" else []
        items = [*below, *equal, *found.items]
        proof = with_steps(found.steps, {"rule": "combine", "items": items})
        if below:
            proof = _supposed_negative(v, matrix, apart, proof)
        if search.bench.works(ctx, goal, proof):
            return proof
    return None


def _supposed_negative(v: str, matrix: Term, apart: Term, then: Proof) -> Proof:
    """A form that is negative would be one of a v that is not 0."""
    times = to_lists(("-", ("matmul", matrix, v)))
    gone = [{"fact": "below"}, {"fact": "vanishing", "times": times}]
    then_zero: Proof = {"rule": "combine", "items": gone}
    nonzero: Proof = {"rule": "suppose", "as": "vanishing", "then": then_zero}
    return {
        "rule": "suppose", "as": "below", "then": with_steps([("not_zero", apart, nonzero)], then),
    }  # fmt: skip


OF_A_FORM = Prover("positive forms", _is_a_form, _prove_form)
