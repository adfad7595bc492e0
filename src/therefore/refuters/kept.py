"""Instances of hypotheses, kept for the next goal with the same hypotheses.

The steps of a derivation, its claim and their twins mostly have the same hypotheses. What is
drawn until these hold depends on them alone, on the seed and on the sizes: not on the
conclusion, nor on what was asked before. So it is worked out once, and every conclusion is
evaluated on a copy of it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from therefore.goal import Term
from therefore.refuters.evaluate import Remembered
from therefore.refuters.terms import Problem, free_names, names_of_sort

__all__ = ["Kept", "hypotheses_alone", "keep", "kept"]

_MOST = 128  # batches of instances; a goal has 8 to 40


@dataclass(frozen=True)
class Kept:
    """A batch of instances when its hypotheses had been seen to.

    ``holding`` is the truth of the hypotheses, ``drawing`` the state of the random numbers, and
    ``effort`` and ``spent`` are what was used up.
    """

    holding: NDArray[np.int8]
    remembered: Remembered
    drawing: Any
    effort: int
    spent: int


_KEPT: dict[Hashable, Kept] = {}


def kept(key: Hashable) -> Kept | None:
    """What was kept under a key; ``None`` if nothing was, or it had to make room."""
    found = _KEPT.pop(key, None)
    if found is not None:
        _KEPT[key] = found  # the last to go
    return found


def keep(key: Hashable, one: Kept) -> None:
    """Keep a batch under a key; the one that was not asked for longest makes room."""
    _KEPT[key] = one
    while len(_KEPT) > _MOST:
        _KEPT.pop(next(iter(_KEPT)))


def hypotheses_alone(problem: Problem, hypotheses: tuple[Term, ...]) -> tuple[frozenset[str], Any]:
    """The names on which hypotheses depend, and these hypotheses with all that they mean."""
    definitions = {name: (sorts, body) for name, sorts, body in problem.goal.definitions}
    names: dict[str, Any] = {}
    waiting = list(_names_in(hypotheses))
    while waiting:
        name = waiting.pop()
        if name in names:
            continue
        if name in definitions:
            sorts, body = definitions[name]
            names[name] = (sorts, body)
            waiting.extend(free_names(body).union(*map(names_of_sort, sorts)))
        else:
            names[name] = problem.sorts.get(name)
            waiting.extend(names_of_sort(problem.sorts.get(name, "real")))
    return frozenset(names), (hypotheses, frozenset(names.items()))


def _names_in(terms: Iterable[Term]) -> frozenset[str]:
    return frozenset().union(*map(free_names, terms))
