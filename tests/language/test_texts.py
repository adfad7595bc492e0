"""A text is no expression: nothing in the language evaluates one."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from therefore import language as th

TEXT = "__import__('os').environ.update(EVALUATED='yes')"
X, N = th.real("x"), th.dimension("n")
A, V = th.matrix("A", N, N), th.vector("v", N)

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
}


@pytest.mark.parametrize("name", TAKING)
def test_a_text_is_refused(name: str) -> None:
    """SymPy's own functions would run it."""
    os.environ.pop("EVALUATED", None)
    with th.as_written(), pytest.raises((ValueError, TypeError, AttributeError)) as refused:
        TAKING[name]()
    assert "EVALUATED" not in os.environ, refused
