"""Reading kernel terms: binders, free names, and opening a formula for sampling."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from therefore.goal import Goal, Term
from therefore.refuters.randomness import NOTHING_RANDOM, Randomness, made_concrete

__all__ = [
    "Problem",
    "free_names",
    "instantiate",
    "is_closed",
    "is_discrete",
    "is_name",
    "is_number",
    "mentions_bound",
    "open_goal",
]

# How many binders each argument of an operator stands under.
BINDERS: dict[str, tuple[int, ...]] = {
    "sum": (0, 0, 1),
    "family": (1,),
    "members": (1,),
    "prod": (0, 0, 1),
    "integral": (0, 0, 1),
    "sum_mod": (0, 1),
    "derivative": (1, 0),
    "velocity": (1, 0),
    "matrix": (0, 0, 2),
    "lambda": (0, 1),
    "forall": (0, 1),
    "exists": (0, 1),
    "tends": (1, 0, 0),
    "has_derivative": (1, 0, 0),
    "integrates": (0, 0, 1, 0),
    "expectation": (1,),
}
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_NUMBER = re.compile(r"-?[0-9]+(/[0-9]+)?")
_SIMPLE_SORTS = ("real", "integer", "size", "field", "outcome")


def is_number(term: Term) -> bool:
    """Whether a term is a literal number."""
    return isinstance(term, str) and _NUMBER.fullmatch(term) is not None


def is_name(term: Term) -> bool:
    """Whether a term is a declared or defined name (and not a number or a bound variable)."""
    return isinstance(term, str) and _NAME.fullmatch(term) is not None


def is_discrete(sort: Term) -> bool:
    """Whether a sort has only whole values: a size, an integer, a residue.

    A field is told by its number p of elements, a prime, and these by residues modulo p.
    """
    if isinstance(sort, tuple):
        return sort[0] in ("residue", "element")
    return sort in ("size", "integer", "field")


@lru_cache(maxsize=20000)
def free_names(term: Term) -> frozenset[str]:
    """The names in a term or formula, sorts and bound variables left out."""
    if isinstance(term, str):
        return frozenset([term]) if is_name(term) else frozenset()
    parts = term[1:]
    names: frozenset[str] = frozenset()
    if term[0] in ("lambda", "forall", "exists"):
        names, parts = _sort_names(parts[0]), parts[1:]
    return names.union(*(free_names(part) for part in parts))


def _sort_names(sort: Term) -> frozenset[str]:
    if isinstance(sort, str):
        return frozenset() if sort in _SIMPLE_SORTS or not is_name(sort) else frozenset([sort])
    if sort and sort[0] == "app":
        return free_names(sort)
    if sort and sort[0] in ("vector", "residue", "matrix", "function", "element", "family"):
        sort = sort[1:]
    return frozenset().union(*(_sort_names(part) for part in sort))


@lru_cache(maxsize=20000)
def _loose(term: Term) -> int:
    """One more than the largest bound variable that no binder within the term binds."""
    if isinstance(term, str):
        return int(term[1:]) + 1 if term.startswith("#") else 0
    depths = BINDERS.get(str(term[0]), ())
    largest = 0
    for position, part in enumerate(term[1:]):
        depth = depths[position] if position < len(depths) else 0
        largest = max(largest, _loose(part) - depth)
    return largest


def is_closed(term: Term) -> bool:
    """Whether no bound variable points outside the term."""
    return _loose(term) == 0


def mentions_bound(term: Term, index: int) -> bool:
    """Whether the bound variable ``#index``, counted from outside the term, occurs in it."""
    if isinstance(term, str):
        return term == f"#{index}"
    depths = BINDERS.get(str(term[0]), ())
    return any(
        mentions_bound(part, index + (depths[i] if i < len(depths) else 0))
        for i, part in enumerate(term[1:])
    )


def instantiate(body: Term, value: Term, index: int = 0) -> Term:
    """The body of a binder with ``value``, a closed term, for its variable."""
    if isinstance(body, str):
        if not body.startswith("#"):
            return body
        number = int(body[1:])
        if number == index:
            return value
        return f"#{number - 1}" if number > index else body
    depths = BINDERS.get(str(body[0]), ())
    parts = [
        instantiate(part, value, index + (depths[i] if i < len(depths) else 0))
        for i, part in enumerate(body[1:])
    ]
    return (body[0], *parts)


@dataclass(frozen=True)
class Problem:
    """A goal opened for sampling.

    ``sorts`` has the declared names and, after them, fresh ones: for what the hypotheses say
    exists and for what the conclusion says of all. ``premises`` are the conclusion's own
    hypotheses. ``opened`` lists the fresh names of the conclusion, outermost first. ``randomness``
    tells what stands in the place of the random names of the goal that was opened.
    """

    goal: Goal
    sorts: dict[str, Term]
    hypotheses: tuple[Term, ...]
    premises: tuple[Term, ...]
    conclusion: Term
    opened: tuple[str, ...]
    randomness: Randomness = NOTHING_RANDOM


def open_goal(goal: Goal) -> tuple[Problem, ...]:
    """The problems whose conclusions together are the goal's.

    What a hypothesis says exists gets a name; a conclusion "for all x, P implies Q" becomes Q
    under the hypothesis P for a fresh x; a conjunction is split where its parts have
    hypotheses of their own. Statements over whole numbers stay: they can be enumerated.
    """
    goal, randomness = made_concrete(goal)
    sorts = dict(goal.declarations)
    used = set(sorts) | {name for name, _, _ in goal.definitions}
    hypotheses: list[Term] = []
    for hypothesis in goal.hypotheses:
        hypotheses.extend(_name_witnesses(hypothesis, sorts, used))
    problems = []
    for fresh, premises, conclusion in _branches(goal.conclusion, used):
        problems.append(
            Problem(
                goal=goal,
                sorts={**sorts, **dict(fresh)},
                hypotheses=tuple(hypotheses),
                premises=premises,
                conclusion=conclusion,
                opened=tuple(name for name, _ in fresh),
                randomness=randomness,
            )
        )
    return tuple(problems)


def _fresh(used: set[str], stem: str) -> str:
    number = 0
    while f"{stem}{number}" in used:
        number += 1
    used.add(f"{stem}{number}")
    return f"{stem}{number}"


def _name_witnesses(hypothesis: Term, sorts: dict[str, Term], used: set[str]) -> list[Term]:
    if hypothesis[0] == "and":
        parts: list[Term] = []
        for part in hypothesis[1:]:
            parts.extend(_name_witnesses(part, sorts, used))
        return parts
    if hypothesis[0] == "exists":
        name = _fresh(used, "witness")
        sorts[name] = hypothesis[1]
        return _name_witnesses(instantiate(hypothesis[2], name), sorts, used)
    return [hypothesis]


_Branch = tuple[tuple[tuple[str, Term], ...], tuple[Term, ...], Term]


def _branches(formula: Term, used: set[str]) -> list[_Branch]:
    if formula[0] == "forall" and not is_discrete(formula[1]):
        name = _fresh(used, "any")
        return [
            (((name, formula[1]), *fresh), premises, conclusion)
            for fresh, premises, conclusion in _branches(instantiate(formula[2], name), used)
        ]
    if formula[0] == "implies":
        return [
            (fresh, (formula[1], *premises), conclusion)
            for fresh, premises, conclusion in _branches(formula[2], used)
        ]
    if formula[0] == "and":
        plain: list[Term] = []
        split: list[_Branch] = []
        for part in formula[1:]:
            branches = _branches(part, used)
            if len(branches) == 1 and branches[0][:2] == ((), ()):
                plain.append(branches[0][2])
            else:
                split.extend(branches)
        if len(plain) == 1:
            split.insert(0, ((), (), plain[0]))
        elif plain:
            split.insert(0, ((), (), ("and", *plain)))
        return split
    return [((), (), formula)]
