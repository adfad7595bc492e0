"""Terms as trees: their parts and leaves, and terms in the places of others."""

from __future__ import annotations

from collections.abc import Iterator

from therefore.goal import Term
from therefore.kernel.terms import close

__all__ = [
    "HOLE", "has_bound", "leaves", "named", "occurs", "replaced", "subterms", "template_of",
]  # fmt: skip

HOLE = "Hole"  # names of variables still to be bound; no source declares such a name


def subterms(term: Term) -> Iterator[Term]:
    """Every compound part of a term, itself first."""
    if isinstance(term, tuple):
        yield term
        for part in term:
            yield from subterms(part)


def leaves(term: Term) -> Iterator[str]:
    """The words of a term, the heads of its parts among them."""
    if isinstance(term, str):
        yield term
    else:
        for part in term:
            yield from leaves(part)


def has_bound(term: Term) -> bool:
    """Whether a bound variable stands in the term, of a binder around it or within."""
    return any(leaf.startswith("#") for leaf in leaves(term))


def occurs(part: Term, term: Term) -> bool:
    """Whether the part stands in the term, or is all of it."""
    return bool(term == part) or (isinstance(term, tuple) and any(occurs(part, t) for t in term))


def replaced(term: Term, old: Term, new: Term) -> Term:
    """The term with another one in the places of an old one."""
    if term == old:
        return new
    return term if isinstance(term, str) else tuple(replaced(part, old, new) for part in term)


def named(term: Term, old: Term) -> Term:
    """The term with ``HOLE`` in the places of another one."""
    return replaced(term, old, HOLE)


def template_of(term: Term, old: Term) -> Term:
    """The term as the body of a binder, with its variable in the places of a closed part."""
    return close(named(term, old), HOLE)
