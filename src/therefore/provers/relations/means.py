"""Squares of the distances from a mean: Σ(x_t − S/n)² = Σx_t² − S²/n, for S the sum of n terms."""

from __future__ import annotations

from collections.abc import Iterator

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import Vector
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import open_binder, sort_of
from therefore.provers.bench import Bench
from therefore.provers.building.candidates import Candidate
from therefore.provers.building.matching import is_open
from therefore.provers.building.terms import subterms
from therefore.provers.building.unnormal import scalar_term

__all__ = ["distances_from_means"]


def distances_from_means(bench: Bench, ctx: Context, goal: Term) -> Iterator[Candidate]:
    """0 ≤ Σ(x_t − S/n)² for the sums S of the goal, as relations that may be added."""
    for total in dict.fromkeys(t for t in subterms(goal) if t[0] == "sum" and not is_open(t)):
        bench.check_time()
        try:
            yield _candidate(ctx, total)
        except (Rejected, KeyError, ValueError):
            continue


def _candidate(ctx: Context, total: Term) -> Candidate:
    low, high, body = total[1:]
    count = scalar_term(ctx.atoms, ctx.normal.scalar(("+", high, ("-", low), "1")))
    inner = ctx.extended()
    index = inner.fresh("t")
    inner.declare(index, "integer")
    inner.assume(f"{index}_from", ("<=", low, index))
    inner.assume(f"{index}_to", ("<=", index, high))
    distance = ("+", open_binder(body, index), ("-", ("/", total, count)))
    sort = sort_of(distance, inner.names)
    value = inner.normal.value(distance)
    square = inner.normal.inner(value, value) if isinstance(value, Vector) else value * value
    over = {"index": index, "from": to_lists(low), "to": to_lists(high)}
    item = {"square": to_lists(distance), "over": over}
    return Candidate(item, "<=", square, sort, inner, index, ("<=", "0", distance))
