"""Expectations of random numbers, vectors and matrices on one probability space.

| term | what it is | shapes |
| --- | --- | --- |
| expectation p | E[p(ω)], for the outcome ω that it binds | a number, a vector, a matrix |
| standard_normal n ω | the first n of fixed independent standard normal numbers | → n |
| uniform_index k ω | a place among k, each with the probability 1/k | → modulo k |

| statement | what it says |
| --- | --- |
| moments x k | E‖x‖ᵏ is finite |
| gaussian x m S | x is normal with the mean m and the covariance S, which may be singular |
| independent x z | x and z are independent |

A random vector is a function of the outcome: a name, or written out. Of a polynomial in random
names of total degree k there is an expectation where each of them has moments of order k (Hölder):
that is its obligation, monomial by monomial as they are written, so that the normal form may take
them apart. Of anything else no expectation is formed. E[x] = m and E[(x − m)(z − l)ᵀ] = C as facts
are laws, by which the normal form is worked out (see
``known_moments``).
Source: Billingsley, Probability and Measure, sections 20, 21 and 29.
"""

from __future__ import annotations

from collections.abc import Iterator

from .binders import Names, mentions, open_binder
from .context import HOLDS, Context
from .data import Term
from .errors import Rejected
from .formulas import FORMULAS
from .images import BOUND_IMAGES, Images, Value
from .normal import FORMS, LONGEST_SUM, Normaliser
from .pairings import expected
from .polynomials import atom
from .proofs import OBLIGATIONS_OF_BINDERS, obligations, with_variable
from .reduction import PARTIAL, reduced
from .sorts import fits, internal
from .typed import SIGNATURES, check_value, sort_of
from .values import Argument, Vector

__all__ = ["OUTCOME", "degrees", "value_at"]

OUTCOME = "outcome"
MOST_MOMENTS = 64
Degrees = dict[frozenset[str], int]


# ------------------------------------------------------------------ sorts


def _expectation_sort(names: Names, body: Term) -> Term:
    fresh = internal(names)
    sort = sort_of(open_binder(body, fresh), {**names, fresh: OUTCOME})
    if fits(sort, "real"):
        return "real"
    if sort[0] not in ("vector", "matrix"):
        raise Rejected("ILL_TYPED", "an expectation is of numbers, of vectors or of matrices")
    return sort


def _normal_sort(names: Names, size: Term, outcome: Term) -> Term:
    check_value(size, "size", names)
    check_value(outcome, OUTCOME, names)
    return ("vector", size)


def _index_sort(names: Names, size: Term, outcome: Term) -> Term:
    check_value(size, "size", names)
    check_value(outcome, OUTCOME, names)
    return ("residue", size)


def value_at(names: Names, random: Term, outcome: str) -> Term:
    """The value of a random name, or of what is written out, at an outcome: its term."""
    value = ("app", random, outcome)
    sort = sort_of(value, {**names, outcome: OUTCOME})
    if not fits(sort, "real") and sort[0] not in ("vector", "matrix"):
        raise Rejected("ILL_TYPED", f"not a random number, vector or matrix: {random}")
    return reduced(value, {**names, outcome: OUTCOME})


def _check_moments(names: Names, random: Term, order: Term) -> None:
    value_at(names, random, internal(names))
    if not (isinstance(order, str) and order.isdigit() and int(order) <= MOST_MOMENTS):
        raise Rejected("ILL_TYPED", f"the order of moments is a literal, not {order}")


def _check_gaussian(names: Names, random: Term, mean: Term, covariance: Term) -> None:
    fresh = internal(names)
    sort = sort_of(value_at(names, random, fresh), {**names, fresh: OUTCOME})
    if sort[0] != "vector":
        raise Rejected("ILL_TYPED", "a Gaussian law is of a vector")
    check_value(mean, sort, names)
    check_value(covariance, ("matrix", sort[1], sort[1]), names)


SIGNATURES.update({
    ("expectation", 1): _expectation_sort, ("standard_normal", 2): _normal_sort,
    ("uniform_index", 2): _index_sort,
})  # fmt: skip
FORMULAS.update({("moments", 2): _check_moments, ("gaussian", 3): _check_gaussian})


# ------------------------------------------------------------------ what exists


def degrees(term: Term, outcome: str) -> Degrees | None:
    """The random names of each monomial of a polynomial, with its degree; ``None`` for others."""
    if not mentions(term, outcome):
        return {frozenset(): 0}
    head, *parts = term
    if head == "app" and parts[1:] == [outcome] and isinstance(parts[0], str):
        return {frozenset(parts[:1]): 1}
    if head == "app" and parts[0][0] == "cycle" and not mentions(parts[0], outcome):
        return {frozenset(): 0}
    if head == "standard_normal":
        return {frozenset(): 1}
    if head in ("sum", "sum_mod") and not any(mentions(part, outcome) for part in parts[:-1]):
        return degrees(open_binder(parts[-1], "%k"), outcome)
    if head in ("^", "/", "entry") and any(mentions(part, outcome) for part in parts[1:]):
        return None
    inside = [degrees(part, outcome) for part in parts[: 1 if head in ("^", "/", "entry") else 99]]
    found = [each for each in inside if each is not None]
    if len(found) < len(inside):
        return None
    if head in ("+", "-", "vector", "transpose", "trace", "abs", "norm", "/", "entry"):
        return _largest((names, k) for each in found for names, k in each.items())
    if head == "^":
        found *= int(parts[1])
    elif head not in ("*", "inner", "outer", "matmul"):
        return None
    total: Degrees = {frozenset(): 0}
    for each in found:
        total = _largest((a | b, j + k) for a, j in total.items() for b, k in each.items())
    return total


def _largest(items: Iterator[tuple[frozenset[str], int]]) -> Degrees:
    total: Degrees = {}
    for names, degree in items:
        total[names] = max(degree, total.get(names, 0))
    return total


def _obligations(ctx: Context, body: Term) -> Iterator[tuple[Context, Term]]:
    inner, name = with_variable(ctx, OUTCOME, "outcome_")
    opened = open_binder(body, name)
    yield from obligations(inner, opened)
    found = degrees(opened, name)
    if found is None:
        yield ctx, ("false",)
    for names, degree in sorted((sorted(names), k) for names, k in (found or {}).items()):
        for one in names:
            yield ctx, ("moments", one, str(degree))


def _has_moments(ctx: Context, formula: Term) -> bool:
    """Whether facts on names tell it, by a higher order or a Gaussian law."""
    _, random, order = formula
    if isinstance(random, str):
        return any(
            fact[:2] == ("gaussian", random)
            or (fact[:2] == ("moments", random) and int(fact[2]) >= int(order))
            for fact in ctx.facts.values()
        )
    inner, name = with_variable(ctx, OUTCOME, "outcome_")
    found = degrees(value_at(inner.names, random, name), name)
    return found is not None and all(
        _has_moments(ctx, ("moments", one, str(int(order) * degree)))
        for names, degree in found.items()
        for one in names
    )


PARTIAL.add("expectation")
OBLIGATIONS_OF_BINDERS["expectation"] = _obligations
HOLDS["moments"] = _has_moments


# ------------------------------------------------------------------ normal forms


def _form(nf: Normaliser, body: Term) -> Value:
    variable, opened = nf.open(body, OUTCOME)
    name = str(nf.atoms.rows[variable].arguments[0])
    drawn = set(_drawn(opened, name))
    if not drawn:
        return expected(nf, variable, nf.value(opened))
    (size, *more) = drawn
    if more or not (isinstance(size, str) and size.isdigit() and int(size) <= LONGEST_SUM):
        raise Rejected("UNSUPPORTED", "the expectation of several drawn indices")
    places = (("mod", size, str(k)) for k in range(int(size)))
    values = [_put(opened, ("uniform_index", size, name), place) for place in places]
    if mentions(values[0], name):
        raise Rejected("UNSUPPORTED", "a drawn index beside another random term")
    return nf.value(("/", ("+", *values), size))


def _drawn(term: Term, outcome: str) -> Iterator[Term]:
    """The sizes of the indices that are drawn in a term."""
    if not isinstance(term, str):
        if term[0] == "uniform_index" and term[2] == outcome:
            yield term[1]
        for part in term:
            yield from _drawn(part, outcome)


def _put(term: Term, old: Term, new: Term) -> Term:
    if term == old:
        return new
    return term if isinstance(term, str) else tuple(_put(part, old, new) for part in term)


def _normal(nf: Normaliser, size: Term, outcome: Term) -> Vector:
    """A standard normal vector, by its coordinates."""
    if not (isinstance(size, str) and size.isdigit() and int(size) <= LONGEST_SUM):
        raise Rejected("UNSUPPORTED", "a standard normal vector whose size is no small number")
    place = nf.scalar(outcome)
    total = Vector({})
    for k in range(int(size)):
        noise = atom(nf.atoms.intern("noise", str(k), place))
        total = total + Vector({nf.atoms.intern("basis", str(k)): noise})
    return total


def _again(nf: Images, variable: int, body: Value, *sizes: Argument) -> Value:
    return expected(nf, variable, body)  # type: ignore[arg-type]


FORMS.update({"expectation": _form, "standard_normal": _normal})
for _kind in ("number", "vector", "matrix"):
    BOUND_IMAGES[f"expected {_kind}"] = (lambda row: OUTCOME, _again)
