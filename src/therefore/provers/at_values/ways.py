"""What proofs at concrete values are made of: slopes, parts, inverses, kernel vectors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TypeAlias

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.proofs import obligations
from therefore.kernel.terms import is_number, sort_of
from therefore.provers.attempt import Labelled, Proof, step_of_rewriting, with_steps
from therefore.provers.building.differentiated import differentiated
from therefore.provers.building.terms import has_bound, subterms
from therefore.provers.search import Search
from therefore.rows import eliminated

__all__ = [
    "all_of",
    "apart",
    "by_inverse",
    "by_kernel_vector",
    "definedness",
    "is_irrational",
    "of_all",
    "with_slopes",
    "worked_out",
]

Way: TypeAlias = Callable[[Search, Context, Term], Proof | None]

_MOST_STEPS = 24
# Operations with vectors and matrices whose value, where it is a plain number, is written out.
_IRRATIONAL = ("exp", "log", "sin", "cos", "arctan", "pi", "sqrt", "norm")
_OF_ARRAYS = ("entry", "inner", "norm", "det", "trace")


def all_of(search: Search, ctx: Context, formulas: list[Term], prove: Way) -> list[Proof] | None:
    """A proof of each formula, or None."""
    proofs = []
    for formula in formulas:
        proof = prove(search, ctx, formula)
        if proof is None:
            return None
        proofs.append(proof)
    return proofs


def of_all(rule: str, field: str, proofs: list[Proof] | None) -> Proof | None:
    """The proof by a rule that has all of these proofs in one field, if there are such."""
    return None if proofs is None else {"rule": rule, field: proofs}


# -------------------------------------------------------------- terms worked out


def worked_out(search: Search, ctx: Context, formula: Term, prove: Way) -> Proof | None:
    """A relation, once entries and the like are written as the numbers that they are."""
    proof = prove(search, ctx, formula)
    steps: list[Proof] = []
    while proof is None and len(steps) < _MOST_STEPS:
        found = _next_number(search, ctx, formula)
        if found is None:
            break
        step, formula = found
        steps.append(step)
        if _next_number(search, ctx, formula) is None:
            proof = prove(search, ctx, formula)
    for step in reversed(steps):
        proof = proof and {**step, "then": proof}
    return proof


def _next_number(search: Search, ctx: Context, formula: Term) -> tuple[Proof, Term] | None:
    for term in subterms(formula):
        if not isinstance(term, tuple) or term[0] not in _OF_ARRAYS or has_bound(term):
            continue
        if not _is_part(term) and is_irrational(term):
            continue  # its enclosure tells more than its normal form
        value = _value(ctx, term)
        equation = ("=", term, value)
        if value is None or value == term:
            continue
        equal: Proof = {"rule": "combine"}
        if not search.bench.works(ctx, equation, equal):
            continue
        return step_of_rewriting(formula, term, value, equal)
    return None


def _is_part(term: Term) -> bool:
    """Whether this is an entry of a vector or a matrix that is written out."""
    return bool(term[0] == "entry" and term[1][0] in ("vector", "rows"))


def is_irrational(formula: Term) -> bool:
    """Whether an operation occurs that leads out of the rational numbers."""
    return any(isinstance(term, tuple) and term[0] in _IRRATIONAL for term in subterms(formula))


def _value(ctx: Context, term: Term) -> Term | None:
    """A plain number; for an entry of a written-out vector or matrix that entry."""
    if _is_part(term):
        part = term[1]
        for index in term[2:]:
            number = index[2] if index[0] == "mod" else index
            if not is_number(number):
                return None
            part = part[1:][int(number) % (len(part) - 1)]
        return part
    try:
        number = ctx.normal.scalar(term).constant()
    except Rejected:
        return None
    return None if number is None else str(number)


# -------------------------------------------------------------- definedness


def definedness(search: Search, ctx: Context, formula: Term, prove: Way) -> list[Proof] | None:
    """Proofs of what inspection does not see of the obligations of a quantifier-free formula."""
    proofs: list[Proof] = []
    done: set[Term] = set(ctx.defined)
    for term in _related_terms(formula):
        if term in done or isinstance(term, str):
            continue
        done.add(term)
        for place, obligation in obligations(ctx, term):
            if not place.holds(obligation):
                proof = prove(search, place, obligation)
                if proof is None:
                    return None
                proofs.append(proof)
    return proofs


def _related_terms(formula: Term) -> Iterator[Term]:
    if formula[0] in ("and", "or", "not", "implies"):
        for part in formula[1:]:
            yield from _related_terms(part)
    elif formula[0] in ("=", "!=", "<=", "<"):
        yield from formula[1:]


def with_slopes(search: Search, ctx: Context, formula: Term, prove: Way) -> Proof | None:
    """A formula with derivatives, once it is known that they are there."""
    steps: list[Labelled] = []
    inner = ctx
    for term in subterms(formula):
        if not isinstance(term, tuple) or term[0] != "derivative" or has_bound(term[2]):
            continue
        if inner.holds(("has_derivative", *term[1:])):
            continue
        fact = _slope(inner, term)
        if fact is None:
            continue
        name = inner.fresh("y")
        proof: Proof = {"rule": "differentiate", "name": name, "value": {"rule": "combine"}}
        if not search.bench.works(inner, fact, proof):
            continue
        label = f"slope{len(inner.facts)}"
        steps.append((label, fact, proof))
        inner = inner.extended()
        inner.assume(label, fact)
    return with_steps(steps, prove(search, inner, formula))


def _slope(ctx: Context, term: Term) -> Term | None:
    """That a derivative is the one found by structure."""
    _, body, point = term
    try:
        return ("has_derivative", body, point, differentiated(ctx, body, point))
    except Rejected:
        return None


# -------------------------------------------------------------- vectors and matrices


def apart(search: Search, ctx: Context, formula: Term, prove: Way) -> Proof | None:
    """u ≠ v for vectors of written-out size, by a coordinate in which they differ."""
    _, left, right = formula
    size = sort_of(left, ctx.names)[1]
    if not size.isdigit():
        return None
    for k in range(int(size)):
        unit: Term = ("vector", *(str(int(i == k)) for i in range(int(size))))
        one, other = ("inner", unit, left), ("inner", unit, right)
        for low, high, times in ((one, other, "-1"), (other, one, "1")):
            proof = prove(search, ctx, ("<", low, high))
            if proof is None:
                continue
            vector = to_lists(("*", times, unit))
            items = [{"fact": "same", "times": vector}, {"fact": "less"}]
            found: Proof = {
                "rule": "have", "fact": to_lists(("<", low, high)), "as": "less", "proof": proof,
                "then": {
                    "rule": "suppose", "as": "same", "then": {"rule": "combine", "items": items},
                },
            }  # fmt: skip
            if search.bench.works(ctx, formula, found):
                return found
            items[0] = {"fact": "same", "times": to_lists(("*", "-1", ("*", times, unit)))}
            if search.bench.works(ctx, formula, found):
                return found
    return None


def by_inverse(search: Search, ctx: Context, formula: Term) -> Proof | None:
    """A matrix of plain numbers is invertible: by its inverse."""
    numbers = _numbers(ctx, formula[1])
    if numbers is None:
        return None
    size = len(numbers)
    unit = [[Fraction(int(i == j)) for j in range(size)] for i in range(size)]
    rows = [[*row, *one] for row, one in zip(numbers, unit, strict=True)]
    if len(eliminated(rows, size)) < size:
        return None
    inverse: Term = ("rows", *(("row", *map(str, row[size:])) for row in rows))
    one: Term = ("identity", str(size))
    sides: dict[str, Proof] = {}
    for side, product in (("right", (formula[1], inverse)), ("left", (inverse, formula[1]))):
        equation = ("=", ("matmul", *product), one)
        proof: Proof | None = {"rule": "combine"}
        if not search.bench.works(ctx, equation, {"rule": "combine"}):
            proof = _by_entries(search, ctx, equation, size)
        if proof is None:
            return None
        sides[side] = proof
    found: Proof = {"rule": "two_sided", "inverse": to_lists(inverse), **sides}
    return found if search.bench.works(ctx, formula, found) else None


def _by_entries(search: Search, ctx: Context, equation: Term, size: int) -> Proof | None:
    at = [
        (("mod", str(size), str(i)), ("mod", str(size), str(j)))
        for i in range(size)
        for j in range(size)
    ]
    proofs = [
        search.prove(ctx, ("=", ("entry", equation[1], *place), ("entry", equation[2], *place)))
        for place in at
    ]
    return None if None in proofs else {"rule": "enumerate", "proofs": proofs}


def by_kernel_vector(search: Search, ctx: Context, formula: Term) -> Proof | None:
    """A matrix of plain numbers is not invertible: by a vector that it makes zero."""
    matrix = formula[1][1]
    numbers = _numbers(ctx, matrix)
    if numbers is None:
        return None
    size = len(numbers)
    rows = [list(row) for row in numbers]
    pivots = eliminated(rows, size)
    free = next((k for k in range(size) if k not in pivots), None)
    if free is None:
        return None
    vector = [Fraction(0)] * size
    vector[free] = Fraction(1)
    for row, pivot in zip(rows, pivots, strict=False):
        vector[pivot] = -row[free]
    literal: Term = ("vector", *map(str, vector))
    zero: Term = ("zero", str(size))
    nonzero = search.prove(ctx, ("!=", literal, zero))
    equation = ("=", ("matmul", matrix, literal), zero)
    proof: Proof | None = {"rule": "combine"}
    if not search.bench.works(ctx, equation, {"rule": "combine"}):
        proof = search.prove(ctx, equation)
    if nonzero is None or proof is None:
        return None
    found: Proof = {
        "rule": "singular", "vector": to_lists(literal), "nonzero": nonzero, "zero": proof,
    }  # fmt: skip
    return found if search.bench.works(ctx, formula, found) else None


def _numbers(ctx: Context, matrix: Term) -> list[list[Fraction]] | None:
    """The entries of a square matrix of written-out size, if they are plain numbers."""
    _, rows, columns = sort_of(matrix, ctx.names)
    if rows != columns or not rows.isdigit():
        return None
    numbers = []
    for i in range(int(rows)):
        line = []
        for j in range(int(columns)):
            entry = ("entry", matrix, ("mod", rows, str(i)), ("mod", columns, str(j)))
            value = _value(ctx, entry)
            if value is None or not is_number(value):
                return None
            line.append(Fraction(str(value)))
        numbers.append(line)
    return numbers
