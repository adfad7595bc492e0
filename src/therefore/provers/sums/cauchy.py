"""The inequality of Cauchy and Schwarz for sums of any length: (Σ p·x·y)² ≤ Σ p·y² · Σ p·x².

With S = Σ p·x·y, A = Σ p·y² and V = Σ p·x², the squares of x − (S/A)·y, weighted by A·p, add up to
A·V − S². Where A is 0, S is: else those of x − μ·S·y would add up to −1, for μ = (V + 1)/(2S²).
Here x and y are numbers, one of them may be a vector, or both are; the weights p are not negative.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.proofs import obligations
from therefore.kernel.terms import close, open_binder, sort_of
from therefore.provers.attempt import Labelled, Proof, with_steps
from therefore.provers.building.matching import is_open
from therefore.provers.building.terms import subterms
from therefore.provers.prover import Prover
from therefore.provers.relations.squaring import from_squares, squares_of

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]

MOST_SUMS = 4
MOST_FACTORS = 4
_LABEL = "cauchy"


@dataclass(frozen=True)
class _Split:
    """The sum of p·x·y over a range, at the index ``t``."""

    total: Term
    index: str
    weight: Term | None
    x: Term
    y: Term

    @property
    def over(self) -> Proof:
        """The range, as an item of ``combine`` has it."""
        return {"index": self.index, "from": self.total[1], "to": to_lists(self.total[2])}

    def summed(self, ctx: Context, term: Term) -> Term:
        """Σ p·|x|² for an x."""
        is_vector = sort_of(term, ctx.names)[0] == "vector"
        square: Term = ("inner", term, term) if is_vector else ("^", term, "2")
        body = square if self.weight is None else ("*", self.weight, square)
        return ("sum", *self.total[1:3], close(body, self.index))


def _accepts(ctx: Context, goal: Term) -> bool:
    return (
        goal[0] == "<="
        and not any(label.startswith(_LABEL) for label in ctx.facts)
        and any(True for _ in _sums(goal))
    )


def _sums(goal: Term) -> list[Term]:
    found = dict.fromkeys(t for t in subterms(goal) if t[0] == "sum" and not is_open(t))
    return list(found)[:MOST_SUMS]


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    if depth > 3:
        return None
    search.bench.note("the inequality of Cauchy and Schwarz for sums")
    known = set(_sums(goal))
    for total in known & set(_sums(goal[1])) or known:
        for split, inner in _splits(ctx, total):
            search.bench.check_time()
            try:
                proof = _from(search, ctx, inner, split, goal)
            except (Rejected, KeyError, ValueError):
                proof = None
            if proof is not None and search.bench.works(ctx, goal, proof):
                return proof
    return None


def _splits(ctx: Context, total: Term) -> Iterator[tuple[_Split, Context]]:
    """Ways to write what is summed as p·x·y."""
    _, low, high, body = total
    inner, index = ctx.extended(), ctx.fresh("t")
    inner.declare(index, "integer")
    inner.assume(f"{index}_from", ("<=", low, index))
    inner.assume(f"{index}_to", ("<=", index, high))
    term = open_binder(body, index)
    if term[0] == "inner":
        yield _Split(total, index, None, term[1], term[2]), inner
        return
    factors = term[1:] if term[0] == "*" else (term,)
    if len(factors) > MOST_FACTORS:
        return
    vectors = [one for one in factors if sort_of(one, inner.names)[0] == "vector"]
    numbers = [one for one in factors if one not in vectors]
    pairs = [one for one in numbers if one[0] == "inner"]
    if len(vectors) > 1:
        return
    for count in range(len(numbers) + 1):
        for of_y in combinations(numbers, count):
            of_x = [one for one in numbers if one not in of_y]
            for weight in (None, *of_x):
                rest = [one for one in of_x if one != weight]
                if len(rest) + len(of_x) == 0 and not vectors:
                    continue
                x, y = _product(*rest, *vectors), _product(*of_y)
                yield _Split(total, index, weight, x, y), inner
    for pair in pairs:
        others = [one for one in numbers if one != pair]
        weight = _product(*others) if others else None
        yield _Split(total, index, weight, pair[1], pair[2]), inner


def _product(*factors: Term) -> Term:
    if not factors:
        return "1"
    return factors[0] if len(factors) == 1 else ("*", *factors)


def _from(
    search: Search, ctx: Context, inner: Context, split: _Split, goal: Term
) -> Proof | None:
    """The goal from the inequality for one way of splitting one sum."""
    weighed: Proof | None = None
    if split.weight is not None:
        weighed = _known_sign(search, inner, split.weight, split.index)
        if weighed is None:
            return None
    a, v = split.summed(inner, split.y), split.summed(inner, split.x)
    is_vector = sort_of(split.total, ctx.names)[0] == "vector"
    square: Term = ("inner", split.total, split.total) if is_vector else ("^", split.total, "2")
    fact = ("<=", square, ("*", a, v))
    label = f"{_LABEL}{len(ctx.facts)}"
    is_positive = ctx.holds(("<", "0", a))
    proof = _schwarz(split, label, weighed, (a, v, square), is_vector, is_positive)
    known = ctx.extended()
    roots: list[Labelled] = [
        (f"{label}_root{k}", formula, {"rule": "inspect"})
        for k, formula in enumerate(_under_roots(ctx, goal))
    ]
    for name, formula, _ in roots:
        known.assume(name, formula)
    known.assume(label, fact)
    then = _closed(search, known, goal, label, (a, v))
    if then is None or not search.bench.works(ctx, fact, proof):
        return None
    return with_steps([*roots, (label, fact, proof)], then)


def _under_roots(ctx: Context, goal: Term) -> list[Term]:
    """That what stands under roots is not negative, which is plain to see at the beginning."""
    found = dict.fromkeys(
        formula
        for side in goal[1:]
        for place, formula in obligations(ctx, side)
        if place is ctx and formula[:2] == ("<=", "0") and ctx.holds(formula)
    )
    return list(found)


def _known_sign(search: Search, ctx: Context, weight: Term, index: str) -> Proof | None:
    """That a weight is not negative: at a glance, or as a fact says of every index."""
    goal = ("<=", "0", weight)
    ways: list[Proof] = [{"rule": "inspect"}]
    for label, fact in ctx.facts.items():
        if fact[:2] == ("forall", "integer"):
            then: Proof = {"rule": "inspect"}
            ways.append(
                {"rule": "use", "fact": label, "with": [index], "as": f"{index}_w", "then": then}
            )
    return next((way for way in ways if search.bench.works(ctx, goal, way)), None)


def _closed(
    search: Search, ctx: Context, goal: Term, label: str, sums: tuple[Term, Term]
) -> Proof | None:
    """The goal as it stands, or with a sum of known value, or after squaring both sides."""
    bench = search.bench
    ways: list[list[Proof]] = [[{"fact": label}]]
    for known, fact in ctx.facts.items():
        if fact[0] == "=" and len(fact) == 3:
            for other in sums:
                for sign in (other, ("-", other)):
                    ways.append([{"fact": label}, {"fact": known, "times": to_lists(sign)}])
    proofs: list[Proof] = [{"rule": "combine", "items": items} for items in ways]

    def one_of(goal: Term) -> Proof | None:
        return next((proof for proof in proofs if bench.works(ctx, goal, proof)), None)

    at_once = one_of(goal)
    if at_once is not None:
        return at_once
    shown = one_of(squares_of(goal[1], goal[2]))
    return shown and from_squares(goal[1], goal[2], shown)


def _schwarz(
    split: _Split, label: str, weighed: Proof | None, parts: tuple[Term, Term, Term],
    is_vector: bool, is_positive: bool,
) -> Proof:  # fmt: skip
    """S² ≤ A·V, by the sign of A."""
    a, v, square = parts
    sign, more = f"{label}_sign", f"{label}_more"
    share = _scaled(split, ("/", split.total, a) if not is_vector else ("/", "1", a), is_vector)
    least = _squares(split, split.y, "1", weighed)
    positive: Proof = {
        "rule": "combine", "items": [_squares(split, ("+", split.x, ("-", share)), a, weighed)],
    }  # fmt: skip
    if is_positive:
        return positive
    next_to = ("+", v, "1")
    mu = ("/", next_to, ("*", "2", square))
    far = _scaled(split, ("*", mu, split.total) if not is_vector else mu, is_vector)
    nothing = to_lists(("-", ("/", ("^", next_to, "2"), ("*", "4", square))))
    absurd: Proof = {
        "rule": "combine", "items": [
            _squares(split, ("+", split.x, ("-", far)), "1", weighed),
            {"positive": "1"}, {"fact": sign, "times": nothing},
        ],
    }  # fmt: skip
    above: Proof = {
        "rule": "combine", "items": [{"fact": more}, {"fact": sign, "times": to_lists(v)}],
    }  # fmt: skip
    zero: Proof = {
        "rule": "suppose", "as": more, "then": {
            "rule": "have", "fact": to_lists(("<", "0", square)), "as": f"{label}_square",
            "proof": above, "then": absurd,
        },
    }  # fmt: skip
    never: Proof = {
        "rule": "suppose", "as": more, "then": {
            "rule": "combine", "items": [{"fact": sign}, {"fact": f"{label}_least"}],
        },
    }  # fmt: skip
    return {
        "rule": "have", "fact": to_lists(("<=", "0", a)), "as": f"{label}_least",
        "proof": {"rule": "combine", "items": [least]}, "then": {
            "rule": "cases", "on": ["0", to_lists(a)], "as": sign, "less": positive,
            "equal": zero, "greater": never,
        },
    }  # fmt: skip


def _scaled(split: _Split, factor: Term, is_vector: bool) -> Term:
    """(S/A)·y, where the vector among S and y, if there is one, stands last."""
    if is_vector:
        return ("*", factor, split.y, split.total)
    return ("*", factor, split.y)


def _squares(split: _Split, square: Term, times: Term, weighed: Proof | None) -> Proof:
    """Σ times·p·square², with the sign of the weights shown."""
    item: Proof = {"square": to_lists(square), "times": to_lists(times), "over": split.over}
    if split.weight is not None and weighed is not None:
        item["times"] = to_lists(("*", times, split.weight))
        item["sign"] = {
            "rule": "have", "fact": to_lists(("<=", "0", split.weight)), "as": f"{split.index}_p",
            "proof": weighed, "then": {"rule": "inspect"},
        }  # fmt: skip
    return item


PROVER = Prover("Cauchy and Schwarz for sums", _accepts, _prove)
