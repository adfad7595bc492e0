"""Which integrals exist, plainly: over a part of a known range, and of combinations of known ones.

∫_c^d p exists where ∫_a^b p does and c and d lie from a to b; and ∫ Σ cₖ·pₖ exists where all the
∫ pₖ do, for an integrand that is defined everywhere and factors cₖ that are free of its variable.
Source: Rudin, Principles of Mathematical Analysis, 6.12.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from .binders import open_binder
from .data import Term
from .polynomials import Monomial
from .reduction import is_total

if TYPE_CHECKING:
    from .normal import Normaliser

__all__ = ["is_integrable"]

Holds = Callable[[Term], bool]


def is_integrable(nf: Normaliser, holds: Holds, facts: Iterable[Term], goal: Term) -> bool:
    """Whether the integral of the goal, ("integrates", low, high, body), plainly exists."""
    known = [f for f in facts if f[0] == "integrates" and _is_portion(holds, f, goal)]
    if any(fact[3] == goal[3] for fact in known):
        return True
    return bool(known) and is_total(goal[3]) and _is_combination(nf, known, goal[3])


def _is_portion(holds: Holds, fact: Term, goal: Term) -> bool:
    """Whether the ends of the goal lie between those of the fact."""
    (low, high), (start, end) = fact[1:3], goal[1:3]
    if (low, high) == (start, end):
        return True
    if (start == "-oo" != low) or (end == "+oo" != high):
        return False
    numbers = [e for e, far in ((start, "-oo"), (end, "+oo")) if e != far]
    return all(
        (low == "-oo" or holds(("<=", low, e))) and (high == "+oo" or holds(("<=", e, high)))
        for e in numbers
    )


def _is_combination(nf: Normaliser, known: list[Term], body: Term) -> bool:
    """Whether each term of the integrand is a multiple of a known one, free of the variable."""
    variable, opened = nf.open(body, "real")
    name = str(nf.atoms.rows[variable].arguments[0])

    def moving(monomial: Monomial) -> Monomial:
        return tuple((a, e) for a, e in monomial if variable in nf.atoms.rows[a].free)

    value = nf.scalar(opened)
    terms: set[Monomial] = set()
    for fact in known:
        one = nf.scalar(open_binder(fact[3], name))
        if not one.under and len(one.over) == 1:
            ((monomial, _),) = one.over.items()
            if moving(monomial) == monomial:
                terms.add(monomial)
    return not value.under and all(moving(monomial) in terms for monomial in value.over)
