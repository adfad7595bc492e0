"""Where a quadratic is least, its slope is zero.

From q(m) ≤ q(x) for every real x, with q(x) = αx² + βx + γ, follows g = 2αm + β = 0: at the
x = m − g/(1 + α²) the quadratic would be less than q(m) otherwise. A quadratic in a vector is
least along its own gradient first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import Atoms
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import ONE, ZERO, Scalar, number
from therefore.kernel.terms import close, mentions, open_binder, sort_of
from therefore.provers.attempt import Proof
from therefore.provers.building.matching import is_open
from therefore.provers.building.terms import subterms
from therefore.provers.building.unnormal import scalar_term, vector_term

__all__ = ["zero_slopes"]

MOST_PLACES = 8
Step = tuple[Term, Proof]


@dataclass(frozen=True)
class _Slope:
    """A slope; the step back that makes the quadratic less by the slope's square times ``gain``.

    ``positive`` are the relations that are needed for it, each with the number and the square
    that add up to it.
    """

    term: Term
    step: Term
    gain: Term
    positive: tuple[tuple[Term, Term, Term], ...]


def zero_slopes(ctx: Context, goal: Term) -> Iterator[Step]:
    """The slopes that are zero because a known quadratic is least there, with the proofs."""
    for label, fact in list(ctx.facts.items()):
        if fact[0] != "forall" or fact[2][0] != "<=":
            continue
        sides = [is_open(side) for side in fact[2][1:]]
        if sides[0] == sides[1]:
            continue
        try:
            if fact[1] == "real":
                yield from _of_numbers(ctx, label, fact, goal)
            elif fact[1][0] == "vector":
                yield from _of_vectors(ctx, label, fact, goal)
        except (Rejected, KeyError, ValueError):
            continue


def _of_numbers(ctx: Context, label: str, fact: Term, goal: Term) -> Iterator[Step]:
    for place in _places(ctx, fact, goal):
        found = _slope(ctx, fact, place)
        if found is not None:
            yield ("=", found.term, "0"), _proof(label, found, place)
            return


def _places(ctx: Context, fact: Term, goal: Term) -> list[Term]:
    """Where the fact may be an equation: numbers of the side that stays as it is."""
    fixed = next(side for side in fact[2][1:] if not is_open(side))
    found = [name for name, sort in ctx.names.items() if sort == fact[1] and mentions(fixed, name)]
    more = [t for t in subterms((fixed, goal)) if not is_open(t) and _is(ctx, t, fact[1])]
    equal: list[Term] = []
    for place in dict.fromkeys((*found, *more)):
        left, right = open_binder(fact[2], place)[1:]
        if len(equal) < MOST_PLACES and ctx.equal(left, right):
            equal.append(place)
    return equal


def _is(ctx: Context, term: Term, sort: Term) -> bool:
    try:
        return bool(sort_of(term, ctx.names) == sort)
    except (Rejected, KeyError, ValueError, IndexError):
        return False


def _slope(ctx: Context, fact: Term, place: Term) -> _Slope | None:
    """The slope at the place where the quadratic is least."""
    inner = ctx.extended()
    name = inner.fresh("x")
    inner.declare(name, "real")
    left, right = (inner.normal.scalar(side) for side in open_binder(fact[2], name)[1:])
    parts = _coefficients(inner.atoms, right - left, inner.atoms.intern("name", name))
    if parts is None:
        return None
    _, linear, square = parts
    slope = linear + square * ctx.normal.scalar(place) * number(2)
    if not slope.over:
        return None
    term, curvature = scalar_term(ctx.atoms, slope), scalar_term(ctx.atoms, square)
    if ctx.signs(square) <= {0, 1}:
        below: Term = ("+", "1", curvature)
        return _Slope(term, ("/", term, below), ("/", "1", ("^", below, "2")), ())
    below = ("+", "1", ("^", curvature, "2"))
    above = ("+", below, ("-", curvature))
    gain = ("/", ("/", above, below), below)
    half = ("+", curvature, ("-", "1/2"))
    return _Slope(
        term,
        ("/", term, below),
        gain,
        ((("<", "0", below), "1", curvature), (("<", "0", above), "3/4", half)),
    )


def _coefficients(atoms: Atoms, value: Scalar, variable: int) -> list[Scalar] | None:
    """Of a polynomial of the second degree in a variable."""
    found = [ZERO, ZERO, ZERO]
    under = Scalar({(): ONE.over[()]}, value.under)
    if any(variable in atoms.rows[i].free for f, _ in value.under for m, _ in f for i, _ in m):
        return None
    for monomial, coefficient in value.over.items():
        degree = dict(monomial).get(variable, 0)
        rest = tuple(part for part in monomial if part[0] != variable)
        if degree > 2 or any(variable in atoms.rows[index].free for index, _ in rest):
            return None
        found[degree] = found[degree] + Scalar({rest: coefficient}) * under
    return found


def _proof(label: str, slope: _Slope, place: Term) -> Proof:
    """Were the slope not zero, the fact would be false one step further."""
    point = to_lists(("+", place, ("-", slope.step)))

    def never(factor: Term) -> Proof:
        square = {"positive": to_lists(("*", factor, factor, slope.gain))}
        items = [square, {"fact": label, "with": [point]}]
        return {"rule": "suppose", "as": "sloping", "then": {"rule": "combine", "items": items}}

    proof: Proof = {
        "rule": "cases", "on": [to_lists(slope.term), "0"], "as": "sign",
        "less": never(("-", slope.term)), "equal": {"rule": "assumption", "fact": "sign"},
        "greater": never(("+", slope.term, "0")),  # its sign is known as a whole
    }  # fmt: skip
    for k, (relation, least, square) in enumerate(slope.positive):
        items = [{"positive": least}, {"square": to_lists(square)}]
        proof = {
            "rule": "have", "fact": to_lists(relation), "as": f"positive{k}",
            "proof": {"rule": "combine", "items": items}, "then": proof,
        }  # fmt: skip
    return proof


def _of_vectors(ctx: Context, label: str, fact: Term, goal: Term) -> Iterator[Step]:
    """The gradient is zero: the slope along it is its square. It gets a name, v, meanwhile."""
    size = fact[1][1]
    changing = 1 if is_open(fact[2][1]) else 2
    for place in _places(ctx, fact, goal):
        gradient = ("gradient", ("lambda", fact[1], fact[2][changing]), place)
        value = ctx.normal.vector(gradient)
        if not value.parts:
            return
        slope = vector_term(ctx.atoms, value, size)
        inner = ctx.extended()
        v = inner.fresh("v")
        inner.declare(v, fact[1])
        inner.assume("named", ("=", v, slope))
        name = inner.fresh("x")
        shifted = ("+", place, ("*", name, v))
        line = ("forall", "real", close(open_binder(fact[2], shifted), name))
        inner.assume("line", line)
        found = _slope(inner, line, "0")
        if found is None:
            return
        shown: Proof = {
            "rule": "intro", "names": [name], "labels": [], "then": {
                "rule": "use", "fact": label, "with": [to_lists(shifted)],
                "as": "there", "then": {"rule": "assumption", "fact": "there"},
            },
        }  # fmt: skip
        zero = ("=", slope, ("zero", size))
        general = ("forall", fact[1], ("implies", ("=", "#0", slope), ("=", "#0", zero[2])))
        small: Proof = {"rule": "combine", "items": [
            {"fact": "along"}, {"fact": "named", "times": v},
        ]}  # fmt: skip
        proof: Proof = {
            "rule": "have", "fact": to_lists(line), "as": "line", "proof": shown, "then": {
                "rule": "have", "fact": to_lists(("=", found.term, "0")), "as": "along",
                "proof": _proof("line", found, "0"), "then": {
                    "rule": "use", "fact": "axiom:zero_vector", "with": [to_lists(size), v],
                    "conditions": [small], "as": "cited",
                    "then": {"rule": "assumption", "fact": "cited"},
                },
            },
        }  # fmt: skip
        yield zero, {
            "rule": "have", "fact": to_lists(general), "as": "general",
            "proof": {"rule": "intro", "names": [v], "labels": ["named"], "then": proof}, "then": {
                "rule": "use", "fact": "general", "with": [to_lists(slope)], "conditions": [],
                "as": "cited", "then": {"rule": "assumption", "fact": "cited"},
            },
        }  # fmt: skip
        return
