"""What is known for every index of a range, at the indices that the goal speaks of.

That η_t > 0 for all t = 1 … T says that η_T is no zero to divide by, and that 1/η_T is positive;
that η_{t+1} ≤ η_t for all t gives the sign of 1/η_{m+1} − 1/η_m. Such a relation is stated at these
indices before the goal is proved, so that inspection sees it; so is what a lemma says of numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import mentions, open_binder, reduced
from therefore.provers.attempt import Proof
from therefore.provers.building.candidates import FOR_SIGNS, Candidate, candidate_at
from therefore.provers.building.matching import is_open
from therefore.provers.building.opened import opened_sources
from therefore.provers.building.terms import subterms
from therefore.provers.prover import RELATIONS, Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]

MOST_PLACES = 6
MOST_FACTS = 16
_INEQUALITIES = ("<=", "<", "!=")
_OF_VECTORS = ("norm", "inner", "gradient", "app", "sum", "matmul", "derivative", "power")


def _accepts(ctx: Context, goal: Term) -> bool:
    return goal[0] in RELATIONS


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    inner = ctx.extended()
    used: list[tuple[str, list[Any], str]] = []
    for label, fact in ctx.facts.items():
        if _relation_of(fact) is None:
            continue
        families = _families(fact)
        if any(ctx.names[one][-1] != "real" for one in families):
            continue  # inspection sees numbers
        for place in _places(ctx, goal, families):
            said = _at(ctx, fact, place)
            if said is None or said in inner.facts.values() or len(used) == MOST_FACTS:
                continue
            name = f"{FOR_SIGNS}{len(inner.facts)}"
            if name in inner.facts:
                return None
            inner.assume(name, said)
            used.append((label, [to_lists(place)], name))
    for candidate in _between_numbers(search, ctx):
        name = f"{FOR_SIGNS}{len(inner.facts)}"
        if candidate.formula not in inner.facts.values() and name not in inner.facts:
            inner.assume(name, candidate.formula)
            used.append((candidate.item["fact"], candidate.item.get("with", []), name))
    if not used:
        return None
    proof = search.prove(inner, goal, depth + 1)
    for label, terms, name in reversed(used if proof is not None else []):
        proof = {"rule": "use", "fact": label, "with": terms, "as": name, "then": proof}
    return proof


def _between_numbers(search: Search, ctx: Context) -> Iterator[Candidate]:
    """The inequalities of lemmas, of the names as they stand, that speak of no vector."""
    for source in search.bench.sources:
        for opened in opened_sources(ctx, source, 1):
            if opened.holes or opened.relation[0] not in _INEQUALITIES:
                continue
            if any(term[0] in _OF_VECTORS for term in subterms(opened.relation)):
                continue
            made = candidate_at(search.bench, ctx, opened, opened.values)
            if made is not None:
                yield made


def _relation_of(fact: Term) -> Term | None:
    """The inequality that a fact states for all integers of a range."""
    if fact[:2] != ("forall", "integer"):
        return None
    body = fact[2]
    while body[0] == "implies":
        body = body[2]
    return body if body[0] in _INEQUALITIES else None


def _families(fact: Term) -> set[str]:
    """What the fact applies to its index."""
    return {
        term[1] for term in subterms(fact)
        if term[0] == "app" and len(term) == 3 and is_open(term[2]) and isinstance(term[1], str)
    }  # fmt: skip


def _places(ctx: Context, goal: Term, families: set[str]) -> list[Term]:
    """The integers at which the goal, or a relation that is known, applies one of the families."""
    known = [fact for fact in ctx.facts.values() if fact[0] in RELATIONS]
    found: list[tuple[Term, Term]] = []
    for term in (term for formula in (goal, *known) for term in subterms(formula)):
        if term[0] == "app" and len(term) == 3 and term[1] in families and not is_open(term[2]):
            for place in (term[2], ("+", term[2], "-1")):
                try:
                    value = ctx.normal.scalar(place)
                except Rejected:
                    continue
                if all(value != other for _, other in found):
                    found.append((place, value))
    if not families:  # it speaks of its index alone
        found += [
            (name, ctx.normal.scalar(name))
            for name, sort in ctx.names.items()
            if sort == "integer" and mentions(goal, name)
        ]
    return [place for place, _ in found[:MOST_PLACES]]


def _at(ctx: Context, fact: Term, place: Term) -> Term | None:
    """What the fact says of the index, if it is seen to lie in the range."""
    body = open_binder(fact[2], place)
    try:
        while body[0] == "implies":
            if not ctx.holds(reduced(body[1], ctx.names)):
                return None
            body = body[2]
        return reduced(body, ctx.names)
    except (Rejected, KeyError):
        return None


PROVER = Prover("known relations at indices", _accepts, _prove)
