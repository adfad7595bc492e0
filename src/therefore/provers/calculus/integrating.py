"""What an integral is worth: by a primitive, piece by piece, or by integrals that are known.

An integrand that is smooth between the ends gets a primitive from SymPy, as a hint; where it has a
kink the range is split. Any other is written as a combination of integrands free of parameters,
whose integrals are known to exist; or it is continuous and the ends are numbers.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import ONE, ZERO, Scalar, number
from therefore.kernel.terms import close, mentions, open_binder
from therefore.provers.attempt import Labelled, Proof, with_steps
from therefore.provers.building.sympy_hints import NoTerm
from therefore.provers.building.terms import subterms
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.calculus.between_ends import (
    COMBINE,
    INSPECT,
    Worth,
    between,
    order_of_ends,
    short,
)
from therefore.provers.calculus.primitives import DEEP, by_primitive

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["existence", "worth"]

MOST_KINKS = 4


def existence(search: Search, ctx: Context, integral: Term, depth: int) -> Proof | None:
    """A proof that the integral exists."""
    goal = ("integrates", *integral[1:])
    if ctx.holds(goal):
        return INSPECT
    _, low, high, body = integral
    found = worth(search, ctx, low, high, body, depth)
    if found is None:
        return None
    return {"rule": "exists_integral", "value": to_lists(found.value), "proof": found.proof}


def worth(
    search: Search, ctx: Context, low: Term, high: Term, body: Term, depth: int
) -> Worth | None:
    """What the integral is worth, in known numbers and integrals."""
    search.bench.check_time()
    ways = (
        by_primitive, _split_at_kinks, _known, _combined, _plain, _continuous, _on_a_part,
    )  # fmt: skip
    for way in ways:
        try:
            found = way(search, ctx, low, high, body, depth)
        except (Rejected, KeyError, ValueError, NoTerm):
            found = None
        if found is not None:
            return found
    return None


def _itself(low: Term, high: Term, body: Term, *defined: Proof) -> Worth:
    equal = {**COMBINE, "defined": list(defined)} if defined else COMBINE
    return Worth(("integral", low, high, body), {"rule": "worth", "proof": equal})


def _known(
    search: Search, ctx: Context, low: Term, high: Term, body: Term, depth: int
) -> Worth | None:
    """An integral of a known integrand."""
    if not any(f[0] == "integrates" and f[3] == body for f in ctx.facts.values()):
        return None
    return _plain(search, ctx, low, high, body, depth)


def _plain(
    search: Search, ctx: Context, low: Term, high: Term, body: Term, depth: int
) -> Worth | None:
    """An integral that plainly exists, whatever it is worth."""
    if not ctx.holds(("integrates", low, high, body)):
        return None
    return _itself(low, high, body)


def _continuous(
    search: Search, ctx: Context, low: Term, high: Term, body: Term, depth: int
) -> Worth | None:
    """A continuous integrand between numbers has an integral, whatever it is worth."""
    if low == "-oo" or high == "+oo":
        return None
    order = order_of_ends(ctx, low, high)
    inner, name = between(ctx, low, high, ordered=bool(order))
    goal = ("integrates", low, high, body)
    proof: Proof = {"rule": "continuous_integral", "name": name, **order}
    if not search.bench.works(ctx, goal, proof):
        here = ("tends", body, name, open_binder(body, name))
        shown = search.prove(inner, here, DEEP)
        if shown is None:
            return None
        proof["continuous"] = shown
        if not search.bench.works(ctx, goal, proof):
            return None
    return _itself(low, high, body, proof)


def _on_a_part(
    search: Search, ctx: Context, low: Term, high: Term, body: Term, depth: int
) -> Worth | None:
    """An integral over a part of the line, over the whole of which there is one."""
    if (low, high) == ("-oo", "+oo") or depth > 8:
        return None
    found = worth(search, ctx, "-oo", "+oo", body, depth + 1)
    if found is None:
        return None
    fact = ("integrates", "-oo", "+oo", body, found.value)
    shown: Proof = {
        "rule": "have", "fact": to_lists(fact), "as": f"line{len(ctx.facts)}",
        "proof": found.proof, "then": INSPECT,
    }  # fmt: skip
    return _itself(low, high, body, shown)


# -------------------------------------------------------------------------- piece by piece


def _split_at_kinks(
    search: Search, ctx: Context, low: Term, high: Term, body: Term, depth: int
) -> Worth | None:
    """Split at a number at which what stands in |·| or in a unit step vanishes."""
    opened = open_binder(body, "Variable")
    inside = {
        t[1] for t in subterms(opened) if t[0] in ("abs", "step") and mentions(t[1], "Variable")
    }
    if not inside or len(inside) > MOST_KINKS:
        return None
    order = order_of_ends(ctx, low, high)
    inner, name = between(ctx, low, high, ordered=bool(order))
    smooth = _without_kinks(inner, open_binder(body, name))
    if smooth is not None:
        other = close(smooth, name)
        found = worth(search, ctx, low, high, other, depth + 1)
        if found is None:
            return None
        part = {
            "factor": "1", "body": to_lists(other), "value": to_lists(found.value),
            "proof": found.proof,
        }  # fmt: skip
        same = ("=", open_binder(body, name), ("+", "0", "0", ("*", "1", smooth)))
        identity: Proof | None = COMBINE
        if not search.bench.works(inner, same, COMBINE):
            identity = search.prove(inner, same, DEEP - 1)
        proof: Proof = {
            "rule": "linear", "name": name, "parts": [part], **order,
            "identity": identity, "value": COMBINE,
        }  # fmt: skip
        works = search.bench.works(ctx, ("integrates", low, high, body, found.value), proof)
        return Worth(found.value, proof) if works else None
    zeros = {zero for term in inside if (zero := _zero(ctx, term)) is not None}
    for middle in sorted(zeros, key=str):
        if not _lies_inside(ctx, low, high, middle):
            continue
        first = worth(search, ctx, low, middle, body, depth + 1)
        second = first and worth(search, ctx, middle, high, body, depth + 1)
        if first is None or second is None:
            return None
        value = short(ctx, ("+", first.value, second.value))
        proof = {
            "rule": "joined", "at": middle, "value": COMBINE,
            "first": {"value": to_lists(first.value), "proof": first.proof},
            "second": {"value": to_lists(second.value), "proof": second.proof},
        }  # fmt: skip
        works = search.bench.works(ctx, ("integrates", low, high, body, value), proof)
        return Worth(value, proof) if works else None
    return None


def _lies_inside(ctx: Context, low: Term, high: Term, middle: Term) -> bool:
    return (low == "-oo" or ctx.holds(("<", low, middle))) and (
        high == "+oo" or ctx.holds(("<", middle, high))
    )


def _without_kinks(ctx: Context, term: Term) -> Term | None:
    """The term with ±u for |u| and 0 or 1 for unit steps; None where a sign is not seen.

    A step is guessed to be 0 where its argument is never positive, though it is 1 at a zero.
    """
    if isinstance(term, str):
        return term
    parts = [_without_kinks(ctx, part) for part in term[1:]]
    if any(part is None for part in parts):
        return None
    if term[0] not in ("abs", "step"):
        return (term[0], *parts)
    signs = ctx.signs(ctx.normal.scalar(term[1]))
    if signs <= {0, 1}:
        return parts[0] if term[0] == "abs" else "1"
    if signs <= {0, -1} and term[0] == "abs":
        return ("-", parts[0])
    return "0" if signs <= {0, -1} else None


def _zero(ctx: Context, term: Term) -> Term | None:
    """Where a·x + b vanishes in x, the name "Variable", for a rational a and a b free of x."""
    inner = ctx.extended()
    inner.declare("Variable", "real")
    value = inner.normal.scalar(term)
    index = inner.atoms.intern("name", "Variable")
    slope = value.over.get(((index, 1),), Fraction(0))
    rest = Scalar({m: c for m, c in value.over.items() if m != ((index, 1),)})
    if value.under or not slope or index in inner.atoms.free(rest):
        return None
    return scalar_term(ctx.atoms, rest * number(-1 / slope))


# -------------------------------------------------------------------------- by known integrals


def _combined(
    search: Search, ctx: Context, low: Term, high: Term, body: Term, depth: int
) -> Worth | None:
    """Σ c·∫pᵢ for the terms c·pᵢ of the integrand, with c free of its variable."""
    order = order_of_ends(ctx, low, high)
    inner, name = between(ctx, low, high, ordered=bool(order))
    variable = inner.atoms.intern("name", name)
    total = inner.normal.scalar(open_binder(body, name))
    moves = [variable in inner.atoms.free(Scalar(dict(factor))) for factor, _ in total.under]
    below = [
        Scalar(
            {(): Fraction(1)},
            tuple(f for f, moving in zip(total.under, moves, strict=True) if moving == wanted),
        )
        for wanted in (False, True)
    ]
    terms: dict[Any, tuple[Scalar, Scalar]] = {}
    for monomial, c in total.over.items():
        moving = tuple((a, e) for a, e in monomial if variable in inner.atoms.rows[a].free)
        fixed = tuple((a, e) for a, e in monomial if variable not in inner.atoms.rows[a].free)
        factor, rest = terms.get(moving, (ZERO, ONE))
        terms[moving] = (
            factor + Scalar({fixed: c}) * below[0], Scalar({moving: Fraction(1)}) * below[1],
        )  # fmt: skip
    known = _bodies(ctx)
    parts, worths = [], []
    # What is worth itself becomes known first, so that the value is defined.
    place, steps = ctx.extended(), list[Labelled]()
    for factor, rest in terms.values():
        one = _body(inner, name, rest, known)
        if one == body or depth > 8:
            return None
        found = worth(search, ctx, low, high, one, depth + 1)
        if found is None:
            return None
        shown = found.proof
        if found.value[0] == "integral" and not place.holds(("integrates", low, high, one)):
            fact = ("integrates", low, high, one, found.value)
            steps.append((f"part{depth}_{len(steps) + 1}", fact, shown))
            place.assume(*steps[-1][:2])
            shown = {"rule": "worth", "proof": COMBINE}
        by = scalar_term(ctx.atoms, factor)
        parts.append(
            {"factor": to_lists(by), "body": to_lists(one), "value": to_lists(found.value),
             "proof": shown}
        )  # fmt: skip
        worths.append(found.value if by == "1" else ("*", by, found.value))
    value = worths[0] if len(worths) == 1 else ("+", *worths) if worths else "0"
    proof: Proof = {
        "rule": "linear", "name": name, "parts": parts, **order,
        "identity": COMBINE, "value": COMBINE,
    }  # fmt: skip
    proof = with_steps(steps, proof)
    works = search.bench.works(ctx, ("integrates", low, high, body, value), proof)
    return Worth(value, proof) if works else None


def _bodies(ctx: Context) -> list[Term]:
    """The integrands of which the facts say that the integral exists."""
    return list(dict.fromkeys(fact[3] for fact in ctx.facts.values() if fact[0] == "integrates"))


def _body(inner: Context, name: str, rest: Scalar, known: list[Term]) -> Term:
    """The integrand as a known one is written, else as its normal form is."""
    for body in known:
        try:
            if inner.atoms.is_zero(inner.normal.scalar(open_binder(body, name)) - rest):
                return body
        except (Rejected, KeyError):
            continue
    return close(scalar_term(inner.atoms, rest), name)
