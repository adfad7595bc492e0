"""The places of a formula: each part with its sort, and the formula with another part there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from therefore.goal import Term
from therefore.kernel.binders import binds, close, open_binder
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import sort_of

__all__ = ["Place", "is_plain", "places", "size_of"]

RELATIONS = ("=", "!=", "<=", "<")
# Parts that are no terms: sorts, sizes, functions and the places of limits.
_NO_TERMS = {
    "forall": (1,), "exists": (1,), "lambda": (1,), "matrix": (1, 2), "zero": (1, 2),
    "identity": (1,), "mod": (1,), "sum_mod": (1,), "gradient": (1,), "jacobian": (1,),
    "hessian": (1,), "app": (1,), "tends": (2,),
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A part of a formula, bound variables above it replaced by the names in ``names``.

    ``sort`` is ``None`` for a formula. ``above`` is the head of the part's parent, and ``at``
    which of its parts this is; ``side`` is 1 or 2 below the left or right side of a relation.
    ``put`` gives the whole formula with another part here.
    """

    part: Term
    sort: Term | None
    names: Mapping[str, Term]
    above: str
    at: int
    side: int
    put: Callable[[Term], Term]


def places(formula: Term, names: Mapping[str, Term]) -> Iterator[Place]:
    """The parts of a formula from the outside in; premises are left out."""
    yield from _walk(formula, names, "", 0, 0, lambda new: new)


def _walk(
    term: Term,
    names: Mapping[str, Term],
    above: str,
    at: int,
    side: int,
    put: Callable[[Term], Term],
) -> Iterator[Place]:
    yield Place(term, _sort(term, names), names, above, at, side, put)
    if not isinstance(term, tuple):
        return
    head = term[0]
    for k, part in enumerate(term[1:], 1):
        if k in _NO_TERMS.get(head, ()) or (head == "implies" and k == 1):
            continue
        count = binds(term, k)
        fresh = [f"%h{len(names) + n}" for n in range(count)]
        inner = {**names, **dict(zip(fresh, _bound_sorts(term), strict=False))} if count else names
        opened = open_binder(part, *fresh) if count else part
        below = k if head in RELATIONS else side

        def replaced(new: Term, k: int = k, fresh: list[str] = fresh) -> Term:
            for depth, name in enumerate(reversed(fresh)):
                new = close(new, name, depth)
            return put((*term[:k], new, *term[k + 1 :]))

        yield from _walk(opened, inner, head, k, below, replaced)


def _bound_sorts(term: Term) -> tuple[Term, ...]:
    head = term[0]
    if head in ("lambda", "forall", "exists"):
        return (term[1],)
    if head == "sum_mod":
        return (("residue", term[1]),)
    if head == "matrix":
        return (("residue", term[1]), ("residue", term[2]))
    return ("integer",) if head in ("sum", "prod") else ("real",)


def _sort(term: Term, names: Mapping[str, Term]) -> Term | None:
    try:
        return sort_of(term, names)
    except (Rejected, IndexError, KeyError, TypeError, ValueError):
        return None


def size_of(term: Term) -> int:
    """How many names, numbers and operations stand in a term."""
    return 1 if isinstance(term, str) else 1 + sum(size_of(part) for part in term[1:])


def is_plain(term: Term) -> bool:
    """Whether no variable that was bound above stands in the term."""
    if isinstance(term, str):
        return term[:1] not in "#%"
    return all(is_plain(part) for part in term[1:])
