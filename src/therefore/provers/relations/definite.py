"""What is known of vectors through their norms: u ≠ 0 gives 0 < ⟨u, u⟩, and ⟨u, u⟩ = 0 gives u = 0.

Such facts are added before the goal is tried again. That a vector Wb by which the goal divides is
not zero is shown by a vector m with 0 < ⟨m, Wb⟩.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import Vector
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import ONE, Scalar
from therefore.kernel.terms import open_binder, sort_of
from therefore.kernel.words import letters, size_of
from therefore.provers.attempt import Labelled, Proof, cited, with_steps
from therefore.provers.bench import Bench
from therefore.provers.building.field import settled
from therefore.provers.building.matching import is_open
from therefore.provers.building.spoken_of import vector_atoms
from therefore.provers.building.terms import subterms
from therefore.provers.building.unnormal import vector_term
from therefore.provers.matrices.stationary import zero_slopes
from therefore.provers.prover import RELATIONS, Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["OF_DETERMINANTS", "OF_MATRICES", "PROVER", "what_follows"]

Step = tuple[Term, Proof]


def _accepts(ctx: Context, goal: Term) -> bool:
    return goal[0] in RELATIONS


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    if depth > 5:
        return None
    if goal[0] == "!=" and sort_of(goal[1], ctx.names)[0] == "vector":
        direct = _nonzero(ctx, goal)
        if direct is not None and search.bench.works(ctx, goal, direct):
            return direct
    inner, steps = what_follows(search.bench, ctx, goal)
    if not steps:
        return None
    return with_steps(steps, search.prove(inner, goal, depth + 1))


def what_follows(bench: Bench, ctx: Context, goal: Term) -> tuple[Context, list[Labelled]]:
    """The context with all that follows so, and what was added to it."""
    inner, steps = ctx.extended(), []
    for find in (zero_slopes, _positive, _vanishing, _divisors):
        for fact, proof in list(find(inner, goal)):
            if fact not in inner.facts.values() and bench.works(inner, fact, proof):
                label = f"definite{len(inner.facts)}"
                inner.assume(label, fact)
                steps.append((label, fact, proof))
    return inner, steps


def _cited(axiom: str, size: Term, vector: Term, condition: list[Proof]) -> Proof:
    return cited(axiom, [to_lists(size), to_lists(vector)], condition)


def _positive(ctx: Context, goal: Term) -> Iterator[Step]:
    """0 < ⟨u, u⟩ for the vectors that are known not to be zero."""
    for fact in list(ctx.facts.values()):
        if fact[0] == "!=" and fact[2][0] == "zero" and len(fact[2]) == 2:
            size = sort_of(fact[1], ctx.names)[1]
            positive = ("<", "0", ("inner", fact[1], fact[1]))
            yield positive, _cited("definite", size, fact[1], [])


def _with_positive_determinants(
    search: Search, ctx: Context, goal: Term, depth: int
) -> Proof | None:
    """The goal after 0 < det A, for the A that are known, or plainly seen, to be definite."""
    if not any(term[0] == "det" for term in subterms(goal)):
        return None
    inner, steps = ctx.extended(), []
    known = [_definite_matrix(fact) for fact in ctx.facts.values()]
    inspect: Proof = {"rule": "inspect"}
    seen: Proof = {"rule": "intro", "names": ["v"], "labels": ["apart"], "then": inspect}
    matrices: list[tuple[Term, list[Proof]]]
    matrices = [(matrix, []) for matrix in known if matrix is not None]
    matrices += [(matrix, [seen]) for matrix in _under_determinants(goal) if matrix not in known]
    for matrix, conditions in matrices:
        size, positive = sort_of(matrix, ctx.names)[1], ("<", "0", ("det", matrix))
        proof = _cited("positive_determinant", size, matrix, conditions)
        if not inner.holds(positive) and search.bench.works(inner, positive, proof):
            steps.append((f"volume{len(inner.facts)}", positive, proof))
            inner.assume(steps[-1][0], positive)
    return with_steps(steps, search.prove(inner, goal, depth + 1)) if steps else None


def _under_determinants(goal: Term) -> list[Term]:
    """The matrices of which the goal takes determinants, at the points where it does."""
    opened = [goal]
    for term in subterms(goal):
        if term[0] in ("gradient", "hessian") and isinstance(term[1], tuple):
            opened.append(open_binder(term[1][2], term[2]))
        elif term[0] in ("velocity", "derivative"):
            opened.append(open_binder(term[1], term[2]))
    found = (term[1] for one in opened for term in subterms(one) if term[0] == "det")
    return [matrix for matrix in dict.fromkeys(found) if not is_open(matrix)]


def _definite_matrix(fact: Term) -> Term | None:
    """The A for which the fact says that 0 < ⟨v, Av⟩ for all v ≠ 0."""
    if fact[0] != "forall" or fact[1][0] != "vector" or fact[2][0] != "implies":
        return None
    zero = ("!=", "#0", ("zero", fact[1][1]))
    form = fact[2][2]
    if fact[2][1] != zero or form[:2] != ("<", "0") or form[2][:2] != ("inner", "#0"):
        return None
    image = form[2][2]
    is_image = image[0] == "matmul" and image[2] == "#0" and not is_open(image[1])
    return image[1] if is_image else None


def _vanishing(ctx: Context, goal: Term) -> Iterator[Step]:
    """u = 0 for the vectors with ⟨u, u⟩ = 0."""
    for label, fact in list(ctx.facts.items()):
        if fact[0] != "=" or not ctx._compares_numbers(fact):
            continue
        gap = settled(ctx.atoms, ctx.normal.scalar(fact[1]) - ctx.normal.scalar(fact[2]))
        for index in _squares(ctx, gap):
            if len(gap.over) == 1 and not gap.under:
                vector, size = _term(ctx, index)
                conclusion = ("=", vector, ("zero", size))
                if ctx.holds(("<=", ("inner", vector, vector), "0")):
                    yield conclusion, _cited("zero_vector", size, vector, [])
                    continue
                for way in ("1", "-1"):
                    item = {"fact": label, "times": way}
                    small: Proof = {"rule": "combine", "items": [item]}
                    yield conclusion, _cited("zero_vector", size, vector, [small])


def _divisors(ctx: Context, goal: Term) -> Iterator[Step]:
    """Ws ≠ 0 and 0 < ⟨Ws, Ws⟩ for what the goal divides by, or says to be positive."""
    wanted: list[Term] = [t[2] for t in subterms(goal) if t[0] == "/" and not is_open(t[2])]
    if goal[0] in ("<", "!=") and ctx._compares_numbers(goal):
        wanted += goal[1:]
    for term in wanted:
        for index in _squares(ctx, settled(ctx.atoms, ctx.normal.scalar(term))):
            vector, size = _term(ctx, index)
            differs = ("!=", vector, ("zero", size))
            proof = _nonzero(ctx, differs)
            if proof is not None and differs not in ctx.facts.values():
                positive = ("<", "0", ("inner", vector, vector))
                square = _cited("definite", size, vector, [])
                yield positive, {
                    "rule": "have", "fact": to_lists(differs), "as": "differs", "proof": proof,
                    "then": square,
                }  # fmt: skip


def _squares(ctx: Context, value: Scalar) -> list[int]:
    """The u for which ⟨u, u⟩ stands in the numerator."""
    found = []
    for index in sorted({index for monomial in value.over for index, _ in monomial}):
        row = ctx.atoms.rows[index]
        if row.head == "inner" and row.arguments[0] == row.arguments[1]:
            found.append(letters(row)[0])
    return found


def _term(ctx: Context, index: int) -> tuple[Term, Term]:
    size = size_of(ctx.normal, index)
    return vector_term(ctx.atoms, Vector({index: ONE}), size), size


def _nonzero(ctx: Context, goal: Term) -> Proof | None:
    """u ≠ v, for there is a vector m with 0 < ⟨m, u − v⟩."""
    try:
        gap = ctx.normal.vector(("+", goal[1], ("-", goal[2])))
    except Rejected:
        return None
    size = sort_of(goal[1], ctx.names)[1]
    pool: set[int] = set()
    for fact in ctx.facts.values():
        if fact[0] in RELATIONS and ctx._compares_numbers(fact):
            pool |= vector_atoms(ctx, ctx.normal.scalar(fact[2]))
    for index in sorted(pool | set(gap.parts)):
        parts = letters(ctx.atoms.rows[index]) if ctx.atoms.rows[index].head == "act" else (index,)
        pool |= {parts[-1]} | {
            ctx.atoms.intern("act", *parts[k:]) for k in range(1, len(parts) - 1)
        }
    for index in sorted(pool):
        if size_of(ctx.normal, index) != size:
            continue
        for way in (Vector({index: ONE}), Vector({index: -ONE})):
            if ctx.signs(ctx.normal.inner(way, gap)) == {1}:
                times = vector_term(ctx.atoms, way, size)
                positive = ("inner", times, ("+", goal[1], ("-", goal[2])))
                label = f"equal{len(ctx.facts)}"
                items = [
                    {"fact": label, "times": to_lists(times)},
                    {"positive": to_lists(positive)},
                ]
                return {
                    "rule": "suppose", "as": label, "then": {"rule": "combine", "items": items},
                }  # fmt: skip
    return None


def _divides_a_matrix(ctx: Context, goal: Term) -> bool:
    return (
        goal[0] == "=" and any(term[0] == "/" for term in subterms(goal))
        and bool(sort_of(goal[1], ctx.names)[0] == "matrix")
    )  # fmt: skip


PROVER = Prover("definite", _accepts, _prove)
OF_DETERMINANTS = Prover("positive determinants", _accepts, _with_positive_determinants)
OF_MATRICES = Prover("definite divisors", _divides_a_matrix, _prove)
