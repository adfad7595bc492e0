"""Everything that is believed without proof, beyond the rules and the normal forms.

Each axiom is a closed formula, with its source. Each is also tried on random instances.
"""

from __future__ import annotations

from .data import Term

__all__ = ["AXIOMS", "convex"]

_FUNCTION = ("function", (("vector", "#0"),), "real")
# Functions of a residue modulo #0, and of two of them, into the field #1.
_INTO_A_FIELD = ("function", (("residue", "#0"),), ("element", "#1"))
_OF_TWO = ("function", (("residue", "#0"), ("residue", "#0")), ("element", "#1"))
_ON_RESIDUES = ("function", (("residue", "#0"),), "real")


def convex(function: Term, size: Term) -> Term:
    """f(a·x + (1 − a)·y) ≤ a·f(x) + (1 − a)·f(y) for all x, y in ℝᵈ and 0 ≤ a ≤ 1.

    ``function`` and ``size`` are closed. This is the definition of a convex function that is
    finite on all of ℝᵈ: Boyd and Vandenberghe, Convex Optimization, 3.1.1.
    """
    x, y, a = "#2", "#1", "#0"
    rest = ("+", "1", ("-", a))
    mixed = ("app", function, ("+", ("*", a, x), ("*", rest, y)))
    mean = ("+", ("*", a, ("app", function, x)), ("*", rest, ("app", function, y)))
    body = ("implies", ("<=", "0", a), ("implies", ("<=", a, "1"), ("<=", mixed, mean)))
    vectors = ("vector", size)
    return ("forall", vectors, ("forall", vectors, ("forall", "real", body)))


def _forall(*parts: Term) -> Term:
    """Quantifiers over the sorts before the last part, outermost first."""
    *sorts, body = parts
    for sort in reversed(sorts):
        body = ("forall", sort, body)
    return body


def _implies(*parts: Term) -> Term:
    """The parts before the last one imply it, one after the other."""
    *hypotheses, body = parts
    for hypothesis in reversed(hypotheses):
        body = ("implies", hypothesis, body)
    return body


def _minus(left: Term, right: Term) -> Term:
    return ("+", left, ("-", right))


def _slope(at: Term, function: Term, direction: Term) -> Term:
    """⟨∇f(x), v⟩."""
    return ("inner", ("gradient", function, at), direction)


def _convex_under_binders() -> Term:
    """``convex`` for f = #0 in ℝᵈ with d = #1, written inside its own three binders."""
    formula = convex("f", "d")

    def placed(term: Term, depth: int) -> Term:
        if isinstance(term, str):
            return {"f": f"#{depth}", "d": f"#{depth + 1}"}.get(term, term)
        inside = depth + (1 if term[0] == "forall" else 0)
        return tuple(placed(part, inside if k == 2 else depth) for k, part in enumerate(term))

    return placed(formula, 0)


AXIOMS: dict[str, Term] = {
    # f(x) + ⟨∇f(x), y − x⟩ ≤ f(y) for convex, differentiable f. Source: Boyd and Vandenberghe,
    # Convex Optimization, 3.1.3.
    "first_order_condition": _forall("size", _FUNCTION, _implies(
        _convex_under_binders(), ("differentiable", "#0"),
        _forall(("vector", "#1"), ("vector", "#2"), (
            "<=",
            ("+", ("app", "#2", "#1"), _slope("#1", "#2", _minus("#0", "#1"))),
            ("app", "#2", "#0"),
        )),
    )),
    # f(y) ≤ f(x) + ⟨∇f(x), y − x⟩ + L/2·‖y − x‖² for differentiable f on ℝᵈ whose gradient is
    # Lipschitz: ‖∇f(x) − ∇f(y)‖ ≤ L·‖x − y‖ for all x, y. Source: Nesterov, Introductory Lectures
    # on Convex Optimization, Lemma 1.2.3.
    "quadratic_bound": _forall("size", _FUNCTION, "real", _implies(
        ("differentiable", "#1"),
        _forall(("vector", "#2"), ("vector", "#3"), (
            "<=",
            ("norm", _minus(("gradient", "#3", "#1"), ("gradient", "#3", "#0"))),
            ("*", "#2", ("norm", _minus("#1", "#0"))),
        )),
        _forall(("vector", "#2"), ("vector", "#3"), (
            "<=",
            ("app", "#3", "#0"),
            ("+", ("app", "#3", "#1"), _slope("#1", "#3", _minus("#0", "#1")),
             ("*", ("/", "#2", "2"), ("^", ("norm", _minus("#0", "#1")), "2"))),
        )),
    )),
    # u ≠ 0 ⇒ 0 < ⟨u, u⟩. Source: the inner product is definite.
    "definite": _forall("size", ("vector", "#0"), _implies(
        ("!=", "#0", ("zero", "#1")), ("<", "0", ("inner", "#0", "#0")),
    )),
    # ⟨u, u⟩ ≤ 0 ⇒ u = 0. Source: the same, the other way round.
    "zero_vector": _forall("size", ("vector", "#0"), _implies(
        ("<=", ("inner", "#0", "#0"), "0"), ("=", "#0", ("zero", "#1")),
    )),
    # A square matrix that sends only 0 to 0 is invertible. Source: an injective linear map of a
    # space of finite dimension into itself is onto (Axler, Linear Algebra Done Right, 3.65).
    "injective": _forall("size", ("matrix", "#0", "#0"), _implies(
        _forall(("vector", "#1"), _implies(
            ("=", ("matmul", "#1", "#0"), ("zero", "#2")), ("=", "#0", ("zero", "#2")),
        )),
        ("invertible", "#0"),
    )),
    # det(A B) = det A · det B for square A and B. The normal form knows this of words; here A and B
    # may be sums, or matrices of blocks. Source: Axler, Linear Algebra Done Right, 9.49.
    "determinant_of_product": _forall(
        "size", ("matrix", "#0", "#0"), ("matrix", "#1", "#1"),
        ("=", ("det", ("matmul", "#1", "#0")), ("*", ("det", "#1"), ("det", "#0"))),
    ),
    # [[A, B], [C, D]] ⊗ F = [[A ⊗ F, B ⊗ F], [C ⊗ F, D ⊗ F]] for square A, D and F. Source: the
    # definition of ⊗ (Horn and Johnson, Topics in Matrix Analysis, 4.2.1).
    "kronecker_of_blocks": _forall(
        "size", "size", "size", ("matrix", "#2", "#2"), ("matrix", "#3", "#2"),
        ("matrix", "#3", "#4"), ("matrix", "#4", "#4"), ("matrix", "#4", "#4"),
        (
            "=",
            ("kronecker", ("blocks", ("row", "#4", "#3"), ("row", "#2", "#1")), "#0"),
            (
                "blocks",
                ("row", ("kronecker", "#4", "#0"), ("kronecker", "#3", "#0")),
                ("row", ("kronecker", "#2", "#0"), ("kronecker", "#1", "#0")),
            ),
        ),
    ),
    # There is an invertible K with K (A ⊗ B) = (B ⊗ A) K for all square A and B of two sizes: it
    # sends u ⊗ v to v ⊗ u. Source: Horn and Johnson, Topics in Matrix Analysis, 4.3.10.
    "commutation": _forall("size", "size", (
        "exists", ("matrix", ("*", "#1", "#0"), ("*", "#1", "#0")), (
            "and",
            ("invertible", "#0"),
            _forall(("matrix", "#2", "#2"), ("matrix", "#2", "#2"), (
                "=",
                ("matmul", "#2", ("kronecker", "#1", "#0")),
                ("matmul", ("kronecker", "#0", "#1"), "#2"),
            )),
        ),
    )),
    # 0 < ⟨v, Av⟩ for all v ≠ 0 ⇒ 0 < det A. For then no matrix between I and A on a straight line
    # is singular. Source: Horn and Johnson, Matrix Analysis, 7.1.P; for symmetric A, 7.2.5.
    "positive_determinant": _forall("size", ("matrix", "#0", "#0"), _implies(
        _forall(("vector", "#1"), _implies(
            ("!=", "#0", ("zero", "#2")), ("<", "0", ("inner", "#0", ("matmul", "#1", "#0"))),
        )),
        ("<", "0", ("det", "#0")),
    )),
    # a ≠ 0 and a·b = 0 ⇒ b = 0. Source: the reals are a field.
    "zero_product": _forall("real", "real", _implies(
        ("!=", "#1", "0"), ("=", ("*", "#1", "#0"), "0"), ("=", "#0", "0"),
    )),
    # a² ≤ 0 ⇒ a = 0. Source: the reals are an ordered field.
    "zero_square": _forall("real", _implies(("<=", ("^", "#0", "2"), "0"), ("=", "#0", "0"))),
    # 1 + x ≤ exp(x). Source: exp is convex, and 1 + x is its tangent at 0.
    "exponential_bound": _forall("real", ("<=", ("+", "1", "#0"), ("exp", "#0"))),
    # a < b ⇒ a + 1 ≤ b for integers.
    "integer_gap": _forall("integer", "integer", _implies(
        ("<", "#1", "#0"), ("<=", ("+", "#1", "1"), "#0"),
    )),
    # ⌊x⌋ ≤ x and x < ⌊x⌋ + 1. Source: the definition of ⌊x⌋.
    "floor_below": _forall("real", ("<=", ("floor", "#0"), "#0")),
    "floor_above": _forall("real", ("<", "#0", ("+", ("floor", "#0"), "1"))),
    # Σ_{k=0}^{n−1} g(k) = Σ_k g(k) over all residues modulo n. Source: each residue is that of
    # exactly one of the integers 0 … n − 1.
    "sum_over_residues": _forall("size", _ON_RESIDUES, (
        "=",
        ("sum", "0", ("+", "#1", "-1"), ("app", "#1", "#0")),
        ("sum_mod", "#1", ("app", "#1", "#0")),
    )),
    # Σ_k g(k) = Σ_k g(e − k) over all residues: k ↦ e − k is a bijection.
    "reflected_sum": _forall("size", _ON_RESIDUES, ("residue", "#1"), (
        "=",
        ("sum_mod", "#2", ("app", "#2", "#0")),
        ("sum_mod", "#2", ("app", "#2", _minus("#1", "#0"))),
    )),
    # Σ_k g(k) = Σ_k g(k + e) over all residues: k ↦ k + e is a bijection.
    "shifted_sum": _forall("size", _ON_RESIDUES, ("residue", "#1"), (
        "=",
        ("sum_mod", "#2", ("app", "#2", "#0")),
        ("sum_mod", "#2", ("app", "#2", ("+", "#0", "#1"))),
    )),
    # The same in a field: Σ_k g(k) = Σ_k g(e − k). Source: the same, as addition is commutative.
    "reflected_sum_in_a_field": _forall("field", "size", _INTO_A_FIELD, ("residue", "#1"), (
        "=",
        ("sum_mod", "#2", ("app", "#2", "#0")),
        ("sum_mod", "#2", ("app", "#2", _minus("#1", "#0"))),
    )),
    # Σ_i Σ_j g(i, j) = Σ_j Σ_i g(i, j). Source: addition is commutative and associative.
    "swapped_sums_in_a_field": _forall("field", "size", _OF_TWO, (
        "=",
        ("sum_mod", "#1", ("sum_mod", "#2", ("app", "#2", "#1", "#0"))),
        ("sum_mod", "#1", ("sum_mod", "#2", ("app", "#2", "#0", "#1"))),
    )),
    # a ≠ 0 ⇒ there is b with a·b = 1. Source: the definition of a field.
    "reciprocal": _forall("field", ("element", "#0"), _implies(
        ("!=", "#0", ("embed", "#1", "0")),
        ("exists", ("element", "#1"), ("=", ("*", "#1", "#0"), ("embed", "#2", "1"))),
    )),
    # i ≠ j ⇒ [i = j] = 0, for residues. Source: the definition of [i = j].
    "unequal_residues": _forall("size", ("residue", "#0"), ("residue", "#1"), _implies(
        ("!=", "#1", "#0"), ("=", ("delta", "#1", "#0"), "0"),
    )),
}  # fmt: skip
