"""The determinant of a Kronecker product, from its factors (A ⊗ I)(I ⊗ B).

det(I ⊗ B) is a power of det B by induction over the size of I, block by block, and A ⊗ I is
similar to I ⊗ A.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.terms import sort_of
from therefore.provers.attempt import Proof, by_rewriting

if TYPE_CHECKING:
    from therefore.kernel.context import Context

__all__ = ["determinant_of_product"]


def determinant_of_product(ctx: Context, left: Term, right: Term) -> tuple[Term, Proof]:
    """det(A ⊗ B) = (det A)ⁿ · (det B)ᵐ for square A and B, and its proof."""
    m, n = (sort_of(side, ctx.names)[1] for side in (left, right))
    first, second = ("kronecker", left, ("identity", n)), ("kronecker", ("identity", m), right)
    value = ("*", ("power", ("det", left), n), ("power", ("det", right), m))
    goal = ("=", ("det", ("kronecker", left, right)), value)
    turned = ("kronecker", ("identity", n), left)
    size = sort_of(first, ctx.names)[1]
    parts = [
        {"fact": "axiom:determinant_of_product", "with": to_lists((size, first, second))},
        {"fact": "turned_round", "times": to_lists(("det", second))},
        {"fact": "power_of_left", "times": to_lists(("det", second))},
        {"fact": "power_of_right", "times": to_lists(("power", ("det", left), n))},
    ]
    proof: Proof = {"rule": "combine", "items": parts}
    for base, times, label in ((right, m, "power_of_right"), (left, n, "power_of_left")):
        formula = _every_power(base)
        proof = {
            "rule": "have", "fact": to_lists(formula), "as": f"every_{label}",
            "proof": _by_induction(ctx, base),
            "then": {
                "rule": "use", "fact": f"every_{label}", "with": [to_lists(times)], "as": label,
                "then": proof,
            },
        }  # fmt: skip
    fact = ("=", ("det", first), ("det", turned))
    return goal, {
        "rule": "have", "fact": to_lists(fact), "as": "turned_round",
        "proof": _turned_round(ctx, left, m, n), "then": proof,
    }  # fmt: skip


def _every_power(base: Term) -> Term:
    """det(I ⊗ B) = (det B)ᵐ for every size m of I."""
    whole = ("det", ("kronecker", ("identity", "#0"), base))
    return ("forall", "size", ("=", whole, ("power", ("det", base), "#0")))


def _by_induction(ctx: Context, base: Term) -> Proof:
    """I ⊗ B of one more row is [[I ⊗ B, 0], [0, B]]."""
    k, n = ctx.fresh("k"), sort_of(base, ctx.names)[1]
    more, whole = ("+", k, "1"), ("kronecker", ("identity", k), base)
    blocks = (("identity", k), ("zero", k, "1"), ("zero", "1", k), ("identity", "1"))
    zeros = ("zero", sort_of(whole, {**ctx.names, k: "size"})[1], n)
    parted = ("blocks", ("row", whole, zeros), ("row", ("zero", n, zeros[1]), base))
    old = ("kronecker", ("identity", more), base)
    right = ("power", ("det", base), more)
    by_blocks = {
        "fact": "axiom:kronecker_of_blocks", "with": to_lists((k, "1", n, *blocks, base))
    }
    step = by_rewriting(
        ("=", ("det", "#0"), right),
        old,
        parted,
        {"rule": "combine", "items": [by_blocks]},
        {"rule": "combine", "items": [{"fact": f"{k}_ih", "times": to_lists(("det", base))}]},
    )
    return {"rule": "size_induction", "size": k, "base": {"rule": "combine"}, "step": step}


def _turned_round(ctx: Context, left: Term, m: Term, n: Term) -> Proof:
    """det(A ⊗ I) = det(I ⊗ A), as K (A ⊗ I) = (I ⊗ A) K for an invertible K."""
    k, one = ctx.fresh("swap"), ("identity", n)
    first = ("matmul", k, ("kronecker", left, one))
    second = ("matmul", ("kronecker", one, left), k)
    same = ("=", ("det", first), ("det", second))
    weight, size = ("/", "1", ("det", k)), ("*", m, n)
    parted = [
        {"fact": "axiom:determinant_of_product", "with": to_lists((size, *product[1:])),
         "times": to_lists(times)}
        for product, times in ((first, ("-", weight)), (second, weight))
    ]  # fmt: skip
    combined: Proof = {
        "rule": "combine",
        "items": [{"fact": "same_volume", "times": to_lists(weight)}, *parted],
    }
    volume = by_rewriting(
        ("=", ("det", "#0"), ("det", second)),
        first,
        second,
        {"rule": "combine", "items": [{"fact": "swaps_2", "with": to_lists((left, one))}]},
        {"rule": "combine"},
    )
    return {
        "rule": "use", "fact": "axiom:commutation", "with": [to_lists(m), to_lists(n)],
        "as": "swap_is", "then": {
            "rule": "obtain", "fact": "swap_is", "name": k, "as": "swaps", "then": {
                "rule": "have", "fact": to_lists(same), "as": "same_volume", "proof": volume,
                "then": combined,
            },
        },
    }  # fmt: skip
