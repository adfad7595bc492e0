"""Equations of matrices under the trace: from L = R comes tr(L·B) = tr(R·B).

Each known equation is multiplied by what is left of the goal's cyclic words once one of its own
words is taken out of them, and by nothing where it is square. What comes of it is added to what is
known before the goal is tried again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import Vector
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import Scalar
from therefore.kernel.terms import sort_of
from therefore.kernel.words import letters
from therefore.provers.attempt import Labelled, Proof, by_rewriting, with_steps
from therefore.provers.building.elimination import eliminated
from therefore.provers.building.terms import subterms
from therefore.provers.building.unnormal import scalar_term, word_term
from therefore.provers.matrices.known_equations import reached
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]

Word = tuple[int, ...]

ROUNDS = 2
MOST = 24


def _accepts(ctx: Context, goal: Term) -> bool:
    return goal[0] == "=" and any(term[0] == "trace" for term in subterms(goal))


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    bench = search.bench
    target = ctx.normal.value(goal[2]) - ctx.normal.value(goal[1])  # type: ignore[operator]
    if not isinstance(target, Scalar):
        return None
    bench.note("known equations under the trace")
    traced: dict[Term, tuple[Proof, Scalar]] = {}
    fresh: list[Scalar] = [target]
    for _ in range(ROUNDS):
        new = []
        for fact, proof in _traced(ctx, _cyclic(ctx, fresh)):
            bench.check_time()
            value = ctx.normal.scalar(fact[2]) - ctx.normal.scalar(fact[1])
            if fact not in traced and value.over and len(traced) < MOST:
                traced[fact] = (proof, value)
                new.append(value)
        found = _added(search, ctx, goal, target, traced) if new else None
        if found is not None or not new:
            return found
        fresh = new
    return None


def _added(
    search: Search,
    ctx: Context,
    goal: Term,
    target: Scalar,
    traced: dict[Term, tuple[Proof, Scalar]],
) -> Proof | None:
    """The goal as a sum of multiples of the traces of known equations."""
    solved = eliminated(ctx, target, [value for _, value in traced.values()])
    if solved.rest:
        return None
    multipliers = solved.multipliers()
    steps: list[Labelled] = []
    items: list[dict[str, Any]] = []
    for k, (fact, (proof, _)) in enumerate(traced.items()):
        if k in multipliers:
            label = f"traced{k}"
            steps.append((label, fact, proof))
            times = scalar_term(ctx.atoms, multipliers[k])
            items.append({"fact": label, "times": to_lists(times)})
    whole: Proof = {"rule": "combine", "items": items}
    whole = with_steps(steps, whole) or whole
    return whole if search.bench.works(ctx, goal, whole) else None


def _cyclic(ctx: Context, values: list[Scalar]) -> list[Word]:
    """The words under the traces in these values."""
    atoms = sorted(set().union(*(reached(ctx.atoms, value) for value in values)))
    rows = [ctx.atoms.rows[index] for index in atoms]
    return [letters(row)[1:] for row in rows if row.head == "trace"]


def _traced(ctx: Context, cyclic: list[Word]) -> Iterator[tuple[Term, Proof]]:
    """The traces of the known equations, with their proofs."""
    for label, fact in ctx.facts.items():
        if fact[0] != "=" or sort_of(fact[1], ctx.names)[0] != "matrix":
            continue
        _, rows, columns = sort_of(fact[1], ctx.names)
        try:
            value = ctx.normal.value(fact[2]) - ctx.normal.value(fact[1])  # type: ignore[operator]
            if rows == columns:
                yield _under(fact, label, None)
            left = _left(ctx, value, cyclic) if isinstance(value, Vector) else ()
            for rest in dict.fromkeys(left):
                term = word_term(ctx.atoms, rest, columns)
                if sort_of(term, ctx.names) == ("matrix", columns, rows):
                    yield _under(fact, label, term)
        except (Rejected, KeyError):
            continue


def _under(fact: Term, label: str, times: Term | None) -> tuple[Term, Proof]:
    left, right = fact[1:]

    def traced(part: Term) -> Term:
        return ("trace", ("matmul", part, times) if times else part)

    proof = by_rewriting(
        ("=", traced("#0"), traced(right)),
        left,
        right,
        {"rule": "assumption", "fact": label},
        {"rule": "combine"},
    )
    return ("=", traced(left), traced(right)), proof


def _left(ctx: Context, value: Vector, cyclic: list[Word]) -> Iterator[Word]:
    """What is left of a cyclic word without a word of the equation."""
    for index in value.parts:
        row = ctx.atoms.rows[index]
        word = letters(row) if row.head == "word" else ()
        for whole in cyclic:
            for k in range(len(whole)):
                shift = whole[k:] + whole[:k]
                if word and shift[: len(word)] == word and len(shift) > len(word):
                    yield shift[len(word) :]


PROVER = Prover("known equations under the trace", _accepts, _prove)
