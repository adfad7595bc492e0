"""What a goal speaks of, and so is worth trying in the place of a variable."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from therefore.goal import Term
from therefore.kernel.atoms import Argument, Residue, Vector
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import Scalar
from therefore.kernel.terms import open_binder, sort_of
from therefore.provers.bench import Bench
from therefore.provers.building.matching import is_open
from therefore.provers.building.opened import Opened
from therefore.provers.building.terms import subterms
from therefore.provers.building.unnormal import scalar_term

__all__ = ["indices", "vector_atoms", "vectors"]

MOST_VECTORS = 12


def indices(ctx: Context, goal: Term, opened: Opened) -> list[Term]:
    """Integers at which functions are applied in the goal, and their predecessors."""
    found: list[Term] = []
    for term in subterms(goal):
        if term[0] == "app" and isinstance(term[1], str) and len(term) == 3:
            place = term[2]
            sort = ctx.names.get(term[1], ("",))
            if not is_open(place) and (sort[0] == "family" or sort[1:2] == (("integer",),)):
                for wanted in (place, ("+", place, ("-", "1"))):
                    value = scalar_term(ctx.atoms, ctx.normal.scalar(wanted))
                    if value not in found:
                        found.append(value)
    for term in subterms(goal):
        if term[0] == "sum" and not is_open(term[2]):
            value = scalar_term(ctx.atoms, ctx.normal.scalar(term[2]))
            if value not in found:
                found.append(value)
    return found


def vectors(bench: Bench, ctx: Context, goal: Term, sort: Term) -> list[Term]:
    """Vectors that the goal, the facts or the lemmas speak of."""
    found: dict[Term, None] = {}
    for term in chain(*map(_compound, (goal, *ctx.facts.values())), _of_sources(bench)):
        if term not in found:
            try:
                if sort_of(term, ctx.names) == sort:
                    found[term] = None
            except (Rejected, KeyError, ValueError):
                continue
            if len(found) == MOST_VECTORS:
                break
    return list(found)


# The heads of terms that are no vectors.
_OTHERS = frozenset(
    ["forall", "exists", "implies", "and", "or", "not", "=", "!=", "<=", "<", "lambda", "inner",
     "norm", "abs", "sqrt", "^", "exp", "log", "function", "invertible", "differentiable"]
)  # fmt: skip


def _compound(formula: Term) -> Iterator[Term]:
    """The parts of a formula that may be vectors, and refer to no binder."""
    for term in subterms(formula):
        if term[0] not in _OTHERS and not is_open(term):
            yield term


def _of_sources(bench: Bench) -> list[Term]:
    """The same of the lemmas, whose names are read as they stand."""
    if bench.parts is None:
        parts: dict[Term, None] = {}
        for source in bench.sources:
            formula = source.formula
            for name in source.names:
                formula = open_binder(formula[2], name)
            parts |= dict.fromkeys(_compound(formula))
        bench.parts = list(parts)
    return bench.parts


def vector_atoms(ctx: Context, value: Argument) -> set[int]:
    """The vector atoms on which inner products in a value are taken."""
    found: set[int] = set()
    if isinstance(value, Vector):
        return set(value.parts).union(*(vector_atoms(ctx, c) for c in value.parts.values()))
    if isinstance(value, Residue):
        return found
    if isinstance(value, Scalar):
        for monomial in value.over:
            for index, _ in monomial:
                row = ctx.atoms.rows[index]
                if row.head == "inner":
                    found |= {a for a in row.arguments if isinstance(a, int)}
                elif row.head == "norm" and isinstance(row.arguments[0], Scalar):
                    found |= vector_atoms(ctx, row.arguments[0])
                elif row.head == "sum" and isinstance(row.arguments[2], Scalar):
                    found |= {
                        a
                        for a in vector_atoms(ctx, row.arguments[2])
                        if not ctx.atoms.rows[a].free & {ctx.atoms.index(row.height)}
                    }
    return found
