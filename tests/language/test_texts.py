"""A text is no expression: nothing in the language evaluates one."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from therefore import language as th
from therefore import numpy_function, plot, trajectories
from therefore.language.coordinates import in_coordinates

TEXT = "__import__('os').environ.update(EVALUATED='yes')"
X, N = th.real("x"), th.dimension("n")
A, V = th.matrix("A", N, N), th.vector("v", N)
F, R, G = th.function("f", N), th.random_vector("r", N), th.real_sequence("a")
PLANE = th.vector("p", 2)


def drawn(**options: object) -> object:
    """A plot with one part of it said otherwise."""
    usual = {"over": (X, 0, 1), "curves": {"x": X}, "caption": "A line."}
    return plot(**{**usual, **options})  # type: ignore[arg-type]


def walked(**options: object) -> object:
    """Paths with one part of them said otherwise."""
    usual = {"vector": PLANE, "steps": {"x": PLANE}, "start": (0, 0), "times": 1, "level": X,
             "within": ((0, 1), (0, 1)), "caption": "A path.", "at": {X: 1}}  # fmt: skip
    return trajectories(**{**usual, **options})  # type: ignore[arg-type]


TAKING: dict[str, Callable[[], object]] = {
    "formula": lambda: th.formula(TEXT),
    "tends to": lambda: th.tends(X, X, TEXT, 0),
    "tends": lambda: th.tends(TEXT, X, 0, 0),
    "limit": lambda: th.tends(X, X, 0, TEXT),
    "equal": lambda: th.equal(TEXT, X),
    "at_most": lambda: th.at_most(X, TEXT),
    "norm": lambda: th.norm(TEXT),
    "inner": lambda: th.inner(V, TEXT),
    "outer": lambda: th.outer(TEXT, V),
    "entry": lambda: th.entry(A, TEXT, 0),
    "component": lambda: th.component(V, TEXT),
    "has_derivative": lambda: th.has_derivative(TEXT, X, 0, 0),
    "derivative at": lambda: th.has_derivative(X, X, TEXT, 0),
    "no_derivative": lambda: th.no_derivative(TEXT, X, 0),
    "vector": lambda: th.vector("v", TEXT),
    "delta": lambda: th.delta(TEXT, 0),
    "define": lambda: th.define("f", (X,), TEXT),
    "applied": lambda: th.define("f", (X,), X)(TEXT),
    "real function": lambda: th.real_function("f")(TEXT),
    "member": lambda: th.real_sequence("a")[TEXT],
    "sum": lambda: th.cyclic_sum(TEXT, th.cyclic_index("k", N)),
    "indicator": lambda: th.indicator(TEXT),
    "rounds_to": lambda: th.rounds_to(TEXT, "1.0"),
    "for_all": lambda: th.for_all(th.index("t"), 1, TEXT, th.equal(1, 1)),
    "limit variable": lambda: th.tends(X, TEXT, 0, 0),
    "bound variable": lambda: th.for_all(TEXT, th.equal(X, X)),
    "for_some": lambda: th.for_some(X, TEXT),
    "implies": lambda: th.implies(TEXT, th.equal(X, X)),
    "iff": lambda: th.iff(th.equal(X, X), TEXT),
    "all_of": lambda: th.all_of(th.equal(X, X), TEXT),
    "any_of": lambda: th.any_of(TEXT, th.equal(X, X)),
    "smooth": lambda: th.smooth(F, TEXT),
    "convex": lambda: th.convex(TEXT),
    "unique_minimiser": lambda: th.unique_minimiser(TEXT, of=X, over=V),
    "minimised": lambda: th.unique_minimiser(V, of=TEXT, over=V),
    "converges": lambda: th.converges(TEXT),
    "function": lambda: F(TEXT),
    "gradient": lambda: th.gradient(F)(TEXT),
    "vector map": lambda: th.vector_map("L", N, N)(TEXT),
    "parameter": lambda: th.define("f", (TEXT,), X),
    "root_of_unity": lambda: th.root_of_unity(TEXT, N),
    "representative": lambda: th.representative(TEXT),
    "range of index": lambda: th.index("t", 1, TEXT),
    "basis": lambda: th.basis(N, TEXT),
    "inverse": lambda: th.inverse(TEXT),
    "pseudo_inverse": lambda: th.pseudo_inverse(TEXT),
    "invertible": lambda: th.invertible(TEXT),
    "transpose": lambda: th.transpose(TEXT),
    "identity": lambda: th.identity(TEXT),
    "shift": lambda: th.shift(TEXT),
    "toeplitz": lambda: th.toeplitz(G, TEXT),
    "matrix": lambda: th.matrix("B", N, TEXT),
    "matrix_sequence": lambda: th.matrix_sequence("B", TEXT, N, N),
    "matrix_by_entries": lambda: th.matrix_by_entries((TEXT, TEXT), X),  # type: ignore[arg-type]
    "product": lambda: A * TEXT,
    "product from the left": lambda: TEXT * A,
    "product with @": lambda: A @ TEXT,
    "power": lambda: A**TEXT,
    "trace": lambda: th.trace(TEXT),
    "det": lambda: th.det(TEXT),
    "frobenius_norm": lambda: th.frobenius_norm(TEXT),
    "grad": lambda: th.grad(TEXT, V),
    "grad variable": lambda: th.grad(X, TEXT),
    "jacobian": lambda: th.jacobian(TEXT, V),
    "hessian": lambda: th.hessian(TEXT, V),
    "differential": lambda: th.differential(TEXT, (A, A)),
    "direction": lambda: th.differential(A, (A, TEXT)),
    "kronecker": lambda: th.kronecker(A, TEXT),
    "hadamard": lambda: th.hadamard(TEXT, A),
    "vec": lambda: th.vec(TEXT),
    "block_matrix": lambda: th.block_matrix([[A, TEXT]]),
    "block_diagonal": lambda: th.block_diagonal(A, TEXT),
    "symmetric": lambda: th.symmetric(TEXT),
    "orthogonal": lambda: th.orthogonal(TEXT),
    "positive_definite": lambda: th.positive_definite(TEXT),
    "full_row_rank": lambda: th.full_row_rank(TEXT),
    "commute": lambda: th.commute(A, TEXT),
    "expectation": lambda: th.expectation(TEXT),
    "variance": lambda: th.variance(TEXT),
    "covariance": lambda: th.covariance(R, TEXT),
    "gaussian": lambda: th.gaussian(R, TEXT, A),
    "spread": lambda: th.gaussian(R, V, TEXT),
    "finite_moments": lambda: th.finite_moments(TEXT, 2),
    "order of moments": lambda: th.finite_moments(R, TEXT),
    "independent": lambda: th.independent(R, TEXT),
    "numpy_function": lambda: numpy_function(TEXT),
    "value": lambda: in_coordinates(X, {X: TEXT}),
    "entry of a vector": lambda: in_coordinates(PLANE, {PLANE: (TEXT, 0)}),
    "entry of a matrix": lambda: in_coordinates(
        th.trace(th.matrix("B", 1, 1)), {th.matrix("B", 1, 1): ((TEXT,),)}
    ),
    "member by a function": lambda: in_coordinates(G[1], {G: lambda t: TEXT}),
    "plot over": lambda: drawn(over=(X, TEXT, 1)),
    "curve": lambda: drawn(curves={"x": TEXT}),
    "plotted point": lambda: drawn(points={"P": (0, TEXT)}),
    "plotted at": lambda: drawn(at={N: TEXT}),
    "step": lambda: walked(steps={"x": TEXT}),
    "start": lambda: walked(start=(0, TEXT)),
    "level": lambda: walked(level=TEXT),
    "within": lambda: walked(within=((0, 1), (0, TEXT))),
    "walked at": lambda: walked(at={X: TEXT}),
}


@pytest.mark.parametrize("name", TAKING)
def test_a_text_is_refused(name: str) -> None:
    """SymPy's own functions would run it."""
    os.environ.pop("EVALUATED", None)
    with th.as_written(), pytest.raises((ValueError, TypeError, AttributeError)) as refused:
        TAKING[name]()
    assert "EVALUATED" not in os.environ, refused
