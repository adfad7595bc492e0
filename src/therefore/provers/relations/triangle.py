"""The triangle inequality for sums of any length: ‖Σ c_t·u_t‖ ≤ Σ c_t·‖u_t‖, and |Σ a_t| ≤ Σ |a_t|.

Where ‖w‖ is positive, each c·‖u‖ − ⟨c·u, w⟩/‖w‖ is not negative, by Cauchy and Schwarz, and they
add up to the difference of the sides if w is the sum of the c·u. So with |w| and ±w/|w| = ±1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.terms import open_binder
from therefore.provers.attempt import Labelled, Proof, with_steps
from therefore.provers.building.three_cases import in_three_cases
from therefore.provers.prover import Prover
from therefore.provers.relations.norms import by_size, cauchy_schwarz

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]

_LABEL = "triangle"


@dataclass(frozen=True)
class _Part:
    """One part c·|a|·‖u‖ of a sum of such parts; with a range it is a sum over an index."""

    weights: tuple[Term, ...]
    signed: tuple[Term, ...]  # the numbers whose absolute values are factors
    vector: Term | None  # whose norm is a factor
    ends: tuple[Term, Term] | None = None

    def opened(self, index: str) -> _Part:
        """Its part at an index."""

        def at(terms: tuple[Term, ...]) -> tuple[Term, ...]:
            return tuple(open_binder(term, index) for term in terms)

        vector = None if self.vector is None else open_binder(self.vector, index)
        return _Part(at(self.weights), at(self.signed), vector)


def _accepts(ctx: Context, goal: Term) -> bool:
    return (
        goal[0] == "<="
        and goal[1][0] in ("norm", "abs")
        and not any(label.startswith(_LABEL) for label in ctx.facts)
        and _parts(goal[2], (), None) is not None
    )


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    search.bench.note("the triangle inequality")
    parts = _parts(goal[2], (), None)
    if parts is None or depth > 3:
        return None
    whole, inside = goal[1], goal[1][1]
    label = f"{_LABEL}{len(ctx.facts)}"
    if whole[0] == "norm":
        more = ctx.extended()
        more.assume(label, ("<", "0", whole))
        positive = _added(search, more, parts, inside, whole, depth)
        none = ctx.extended()
        none.assume(label, ("=", "0", whole))
        zero = positive and _added(search, none, parts, None, whole, depth, label)
        proof = zero and positive and by_size(whole, label, positive, zero)
        return proof if proof and search.bench.works(ctx, goal, proof) else None

    def signed(here: Context, case: str) -> Proof | None:
        return _added(search, here, parts, "-1" if case == "less" else "1", whole, depth)

    cases = in_three_cases(ctx, (inside, "0"), label, signed)
    return cases if cases and search.bench.works(ctx, goal, cases) else None


def _added(
    search: Search, ctx: Context, parts: list[_Part], along: Term | None, whole: Term, depth: int,
    zero: str = "",
) -> Proof | None:  # fmt: skip
    """Each part less its share of the whole; ``along`` is w, or a number's sign, or nothing."""
    items: list[Proof] = [{"fact": zero, "times": "-1"}] if zero else []
    for part in parts:
        inner, over = ctx.extended(), None
        here = part
        if part.ends is not None:
            index, (low, high) = ctx.fresh("t"), part.ends
            inner.declare(index, "integer")
            inner.assume(f"{index}_from", ("<=", low, index))
            inner.assume(f"{index}_to", ("<=", index, high))
            over = {"index": index, "from": to_lists(low), "to": to_lists(high)}
            here = part.opened(index)
        found = _share(search, inner, here, along, whole, depth)
        if found is None:
            return None
        term, sign = found
        items.append({"square": "1", "times": to_lists(term), "sign": sign})
        if over:
            items[-1]["over"] = over
    return {"rule": "combine", "items": items}


def _share(
    search: Search, ctx: Context, part: _Part, along: Term | None, whole: Term, depth: int
) -> tuple[Term, Proof] | None:
    """c·|a|·‖u‖ − ⟨c·a·u, w⟩/‖w‖ and why it is not negative."""
    steps: list[Labelled] = []
    for weight in part.weights:
        fact = ("<=", "0", weight)
        if not ctx.holds(fact):
            proof = search.prove(ctx, fact, depth + 2)
            if proof is None:
                return None
            steps.append((f"weight{len(steps)}", fact, proof))
            ctx.assume(steps[-1][0], fact)
    sizes = [("abs", term) for term in part.signed]
    norms = [] if part.vector is None else [("norm", part.vector)]
    large = _product(*part.weights, *sizes, *norms)
    if along is None:
        small: Term = "0"
    elif part.vector is None:
        small = _product(along, *part.weights, *part.signed)
    else:
        pairing = ("inner", part.vector, along)
        small = ("/", _product(*part.weights, *part.signed, pairing), whole)
    term = large if small == "0" else ("+", large, ("-", small))
    schwarz: list[Labelled] = []
    if part.vector is not None and along is not None:
        bound = ("*", ("norm", part.vector), whole)
        for k, other in enumerate((along, ("-", along))):
            below: Term = ("<=", ("inner", part.vector, other), bound)
            shown = cauchy_schwarz(ctx, part.vector, other, along)
            schwarz.append((f"schwarz{k}", below, shown))
    goal = ("<=", "0", term)

    def leaf(ctx: Context, signed: tuple[Term, ...]) -> Proof | None:
        if signed:
            first, *rest = signed
            return in_three_cases(
                ctx, (first, "0"), f"part{len(signed)}", lambda here, _: leaf(here, tuple(rest))
            )
        ways: list[Proof] = [{"rule": "inspect"}, {"rule": "combine", "items": []}]
        for label, _, _ in schwarz:
            times = to_lists(("/", _product(*part.weights, *sizes), whole))
            ways.append({"rule": "combine", "items": [{"fact": label, "times": times}]})
        return next((way for way in ways if search.bench.works(ctx, goal, way)), None)

    inner = ctx.extended()
    for label, fact, _ in schwarz:
        inner.assume(label, fact)
    found = leaf(inner, part.signed)
    return (term, with_steps([*steps, *schwarz], found)) if found else None


def _product(*factors: Term) -> Term:
    if not factors:
        return "1"
    return factors[0] if len(factors) == 1 else ("*", *factors)


def _parts(
    term: Term, weights: tuple[Term, ...], ends: tuple[Term, Term] | None
) -> list[_Part] | None:
    """The term as a sum of weighted absolute values and norms, or ``None``."""
    if term[0] == "+" and ends is None:
        found = [_parts(one, weights, ends) for one in term[1:]]
        return None if None in found else [part for one in found if one for part in one]
    if term[0] == "/":
        return _parts(term[1], (*weights, ("/", "1", term[2])), ends)
    factors = list(term[1:]) if term[0] == "*" else [term]
    sums = [one for one in factors if one[0] == "sum"]
    if sums:
        if ends is not None or len(sums) > 1:
            return None
        outside = tuple(one for one in factors if one[0] != "sum")
        _, low, high, body = sums[0]
        return _parts(body, (*weights, *outside), (low, high))
    signed = tuple(one[1] for one in factors if one[0] == "abs")
    norms = [one[1] for one in factors if one[0] == "norm"]
    if len(norms) > 1 or not (signed or norms):
        return None
    plain = tuple(one for one in factors if one[0] not in ("abs", "norm"))
    return [_Part((*weights, *plain), signed, norms[0] if norms else None, ends)]


PROVER = Prover("the triangle inequality", _accepts, _prove)
