"""An integral by a primitive that SymPy finds, which the kernel differentiates."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.terms import close, mentions, open_binder
from therefore.provers.attempt import Proof
from therefore.provers.building.sympy_hints import Symbols
from therefore.provers.building.terms import subterms
from therefore.provers.calculus.between_ends import COMBINE, Worth, between, order_of_ends, short

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["DEEP", "by_primitive"]

DEEP = 4  # where derivatives and limits are sought: not everything is tried there


def by_primitive(
    search: Search, ctx: Context, low: Term, high: Term, body: Term, depth: int
) -> Worth | None:
    """P(b) − P(a) for a primitive P that SymPy finds; limits of P at infinite ends."""
    hint = _primitive(body)
    if hint is None:
        return None
    primitive, limits = hint
    order = order_of_ends(ctx, low, high)
    inner, name = between(ctx, low, high, ordered=bool(order))
    slope = ("has_derivative", primitive, name, open_binder(body, name))
    derivative = search.prove(inner, slope, DEEP)
    if derivative is None:
        return None
    ends: dict[str, Proof] = {}
    values: list[Term] = []
    for end, far, label in ((low, "-oo", "low"), (high, "+oo", "high")):
        if end != far:
            values.append(open_binder(primitive, end))
            continue
        value = limits(far)
        if value is None:
            return None
        proof = search.prove(ctx, ("tends", primitive, far, value), DEEP)
        if proof is None:
            return None
        ends[label] = {"limit": to_lists(value), "proof": proof}
        values.append(value)
    value = short(ctx, ("+", values[1], ("-", values[0])))
    proof = {
        "rule": "antiderivative", "name": name, "primitive": to_lists(primitive), **order,
        "derivative": derivative, "value": COMBINE, **ends,
    }  # fmt: skip
    works = search.bench.works(ctx, ("integrates", low, high, body, value), proof)
    return Worth(value, proof) if works else None


@lru_cache(maxsize=1000)
def _primitive(body: Term) -> tuple[Term, Callable[[str], Term | None]] | None:
    """A primitive of the integrand, and its limits at infinity; both are SymPy's, and hints."""
    import sympy

    opened = open_binder(body, "Variable")
    if any(t[0] in ("app", "abs", "step", "integral", "sum", "derivative", "gradient")
           and mentions(t, "Variable") for t in subterms(opened)):  # fmt: skip
        return None
    symbols = Symbols()
    x = symbols.symbol("Variable")
    there = sympy.integrate(symbols.to_sympy(opened), x)
    if there.has(sympy.Integral):
        return None

    @lru_cache
    def limit(far: str) -> Term | None:
        found = sympy.limit(there, x, sympy.oo if far == "+oo" else -sympy.oo)
        return symbols.to_term(found) if found.is_finite else None

    return close(symbols.to_term(sympy.factor_terms(there)), "Variable"), limit
