"""Relations between numbers that lie in a box, by intervals; a box that is too wide is cut.

For names whose bounds are numbers, or speak of names that are bounded before them.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.kernel.enclosures import Enclosure
from therefore.kernel.errors import Rejected
from therefore.provers.attempt import Proof
from therefore.provers.curves.closed import is_closed
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["AT_ONCE", "BY_CUTTING", "box_of", "proof_of_box"]

BITS = 64
MOST_CUTS = 40


@dataclass
class _Side:
    """One name of a box: its ends, and the facts that say so."""

    low: Fraction
    high: Fraction
    from_fact: str
    to_fact: str


_Box = dict[str, _Side]


def _accepts(ctx: Context, goal: Term) -> bool:
    return goal[0] in ("<", "<=", "!=") and not is_closed(ctx, goal)


def _at_once(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """The whole box by one enclosure."""
    box = box_of(ctx, goal)
    if box is None:
        return None
    proof = proof_of_box(box)
    return proof if search.bench.refusal(ctx, goal, proof) is None else None


def _by_cutting(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """Halves of the box, each by itself, where the whole is too wide."""
    box = box_of(ctx, goal)
    if box is None or all(side.low == side.high for side in box.values()):
        return None  # nothing to cut
    search.bench.note("intervals over a box that is cut into pieces")
    return _cut(search, ctx, goal, box, [MOST_CUTS])


def _cut(search: Search, ctx: Context, goal: Term, box: _Box, left: list[int]) -> Proof | None:
    proof = proof_of_box(box)
    search.bench.check_time()
    code = search.bench.refusal(ctx, goal, proof)
    if code is None:
        return proof
    spoken_of = ((name, side) for name, side in box.items() if _speaks_of(goal, name))
    name, side = max(spoken_of, key=lambda one: one[1].high - one[1].low)
    if code not in ("UNDECIDED", "UNDEFINED") or side.low == side.high or not left[0]:
        return None
    left[0] -= 1
    middle = ((side.low + side.high) / 2).limit_denominator(2**20)
    at, label = str(middle), f"cut{MOST_CUTS - left[0]}"
    pieces = (
        ("less", ("<", name, at), _Side(side.low, middle, side.from_fact, label)),
        ("greater", ("<", at, name), _Side(middle, side.high, label, side.to_fact)),
        ("equal", ("=", name, at), _Side(middle, middle, label, label)),
    )
    proofs: dict[str, Proof] = {}
    for branch, fact, piece in pieces:
        inner = ctx.extended()
        inner.assume(label, fact)
        found = _cut(search, inner, goal, {**box, name: piece}, left)
        if found is None:
            return None
        proofs[branch] = found
    return {"rule": "cases", "on": [name, at], "as": label, **proofs}


def proof_of_box(box: _Box) -> Proof:
    within = [
        {"name": name, "low": side.from_fact, "high": side.to_fact} for name, side in box.items()
    ]
    return {"rule": "box", "bits": str(BITS), "within": within}


def box_of(ctx: Context, goal: Term) -> _Box | None:
    """The bounds of all names in the goal, by facts; ``None`` if one has none."""
    box: _Box = {}
    wanted = {name for name in ctx.names if _speaks_of(goal, name)}
    enclosure = Enclosure(BITS, ctx.atoms.spend)
    while True:
        found = False
        for name in ctx.names:
            side = None if name in box else _side(ctx, name, enclosure)
            if side is not None:
                box[name], found = side, True
                enclosure.names[name] = ctx.names[name]
                enclosure.values[name] = (side.low, side.high)
        if wanted <= box.keys():
            return _needed(ctx, box, wanted)
        if not found:
            return None


def _needed(ctx: Context, box: _Box, wanted: set[str]) -> _Box:
    """The names that are wanted, and those that their bounds speak of; in the same order."""
    needed = set(wanted)
    for name, side in reversed(box.items()):
        if name in needed:
            facts = [ctx.facts[label] for label in (side.from_fact, side.to_fact)]
            needed |= {other for other in box if any(_speaks_of(fact, other) for fact in facts)}
    return {name: side for name, side in box.items() if name in needed}


def _side(ctx: Context, name: str, enclosure: Enclosure) -> _Side | None:
    """The narrowest bounds of a name by facts whose other side can be enclosed."""
    lows: list[tuple[Fraction, str]] = []
    highs: list[tuple[Fraction, str]] = []
    for label, fact in ctx.facts.items():
        if fact[0] not in ("<", "<=", "=") or len(fact) != 3 or name not in fact[1:]:
            continue
        other = fact[1] if fact[2] == name else fact[2]
        try:
            low, high = enclosure.number(other)
        except Rejected:
            continue
        if fact[0] == "=" or fact[2] == name:
            lows.append((low, label))
        if fact[0] == "=" or fact[1] == name:
            highs.append((high, label))
    if not lows or not highs:
        return None
    (low, from_fact), (high, to_fact) = max(lows), min(highs)
    return _Side(low, high, from_fact, to_fact) if low <= high else None


def _speaks_of(term: Term, name: str) -> bool:
    if isinstance(term, str):
        return bool(term == name)
    return any(_speaks_of(part, name) for part in term[1:])


AT_ONCE = Prover("boxes", _accepts, _at_once)
BY_CUTTING = Prover("boxes, cut", _accepts, _by_cutting)
