"""Facts and lemmas under their quantifiers: names of the context as they stand, else holes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.kernel.terms import open_binder
from therefore.provers.bench import Bench, Source
from therefore.provers.building.terms import HOLE

__all__ = ["Opened", "inequalities_of_vectors", "opened_sources", "with_holes"]


@dataclass
class Opened:
    """A source with some of its variables bound; the others stand as holes."""

    source: Source
    values: dict[str, Term]
    holes: list[tuple[str, Term]]
    order: list[str]
    premises: list[Term]
    relation: Term


def opened_sources(ctx: Context, source: Source, stage: int) -> Iterator[Opened]:
    """The formula under its quantifiers: names of the context as they stand, else with holes.

    From stage 3 on, a lemma is also opened with holes for its indices: it holds for others too.
    """
    yield from with_holes(ctx, source, ())
    if stage >= 3 and source.names:
        indices = tuple(
            name
            for name in source.names
            if name in ctx.names
            and (ctx.names[name] == "integer" or ctx.names[name][0] == "residue")
        )
        if indices:
            yield from with_holes(ctx, source, indices)


def with_holes(ctx: Context, source: Source, indices: tuple[str, ...]) -> Iterator[Opened]:
    """The formula under its quantifiers, with holes for these names too."""
    formula, holes, order, premises = source.formula, [], [], []
    values: dict[str, Term] = {}
    names = list(source.names)
    while formula[0] in ("forall", "implies"):
        if formula[0] == "forall":
            name = names.pop(0) if names else ""
            sort = formula[1]
            if name and name not in indices and ctx.names.get(name) == sort:
                hole, values[name] = name, name
                order.append(name)
            else:
                hole = f"{HOLE}{len(order)}"
                order.append(hole)
                holes.append((hole, sort))
            formula = open_binder(formula[2], hole)
        else:
            premises.append(formula[1])
            formula = formula[2]
    if formula[0] == "has_derivative" and len(formula) == 4:  # an equation to combine
        formula = ("=", ("derivative", *formula[1:3]), formula[3])
    if formula[0] == "integrates" and len(formula) == 5:
        formula = ("=", ("integral", *formula[1:4]), formula[4])
    if formula[0] in ("=", "<=", "<"):
        yield Opened(source, values, holes, order, premises, formula)


def inequalities_of_vectors(bench: Bench, ctx: Context, least: int = 1) -> Iterator[Opened]:
    """Inequalities with holes for all their vectors, of which there are ``least`` up to two."""
    facts = [Source(label, formula) for label, formula in ctx.facts.items()]
    for source in [*facts, *bench.sources]:
        vectors = tuple(name for name in source.names if ctx.names.get(name, "")[:1] == ("vector",))
        for opened in with_holes(ctx, source, vectors):
            sorts = [sort for _, sort in opened.holes]
            fits = least <= len(sorts) <= 2 and all(sort[0] == "vector" for sort in sorts)
            if fits and opened.relation[0] in ("<=", "<"):
                yield opened
