"""Goals in kernel terms, for the tests of the provers."""

from __future__ import annotations

from collections.abc import Mapping

from therefore.goal import Goal, Term

__all__ = ["goal_in", "minus", "square"]


def goal_in(sorts: Mapping[str, Term], conclusion: Term, *given: Term) -> Goal:
    """The goal with the names that it speaks of, in the order in which they have sorts."""
    used = _words_in((conclusion, *given))
    sizes = {size for name in used & sorts.keys() for size in _words_in(sorts[name])}
    names = [name for name in sorts if name in used | sizes]
    return Goal(tuple((name, sorts[name]) for name in names), (), given, conclusion)


def minus(a: Term, b: Term) -> Term:
    """The first less the second."""
    return ("+", a, ("-", b))


def square(u: Term) -> Term:
    """The square of the norm of a vector."""
    return ("^", ("norm", u), "2")


def _words_in(term: Term) -> set[str]:
    return {term} if isinstance(term, str) else set().union(*map(_words_in, term))
