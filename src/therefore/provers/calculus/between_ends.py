"""Between the ends of an integral: what is assumed there, and what an integral is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.provers.attempt import Proof
from therefore.provers.building.matching import is_open
from therefore.provers.building.terms import subterms
from therefore.provers.building.unnormal import scalar_term

__all__ = ["COMBINE", "INSPECT", "Worth", "between", "closed_integrals", "order_of_ends", "short"]

COMBINE: Proof = {"rule": "combine"}
INSPECT: Proof = {"rule": "inspect"}


@dataclass(frozen=True)
class Worth:
    """The value of an integral, and a proof that the integral exists and has it."""

    value: Term
    proof: Proof


def closed_integrals(*formulas: Term) -> list[Term]:
    """The integrals in formulas that refer to no binder around them, the innermost first."""
    found = [t for f in formulas for t in subterms(f) if t[0] == "integral" and not is_open(t)]
    return list(dict.fromkeys(reversed(found)))


def between(ctx: Context, low: Term, high: Term, *, ordered: bool) -> tuple[Context, str]:
    """The context in which the kernel's rules look at a new x between the ends."""
    inner = ctx.extended()
    name = inner.fresh("x")
    inner.declare(name, "real")
    if low == "-oo" or high == "+oo" or ordered:
        if low != "-oo":
            inner.assume("from", ("<=", low, name))
        if high != "+oo":
            inner.assume("to", ("<=", name, high))
    return inner, name


def order_of_ends(ctx: Context, low: Term, high: Term) -> dict[str, Any]:
    """The proof that the ends are in order, where both are numbers and this is seen."""
    if low != "-oo" and high != "+oo" and ctx.holds(("<=", low, high)):
        return {"order": INSPECT}
    return {}


def short(ctx: Context, value: Term) -> Term:
    """The value as its normal form writes it, which is a number where it can be."""
    return scalar_term(ctx.atoms, ctx.normal.scalar(value))
