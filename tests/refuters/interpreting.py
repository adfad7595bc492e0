"""Interpreters for tests: a goal of declarations only, and values for its cells."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from therefore.goal import Goal, Term
from therefore.refuters.domains import unused_draw
from therefore.refuters.evaluate import BatchInterpreter
from therefore.refuters.exact import Array, ExactInterpreter
from therefore.refuters.terms import Problem, open_goal


def problem_of(
    declarations: Mapping[str, Term], definitions: tuple[Any, ...] = ()
) -> Problem:
    goal = Goal(tuple(declarations.items()), definitions, (), ("=", "0", "0"))
    return open_goal(goal)[0]


def exact(
    declarations: Mapping[str, Term] | None = None,
    *,
    sizes: Mapping[str, int] | None = None,
    cells: Mapping[Any, Any] | None = None,
    definitions: tuple[Any, ...] = (),
) -> ExactInterpreter:
    problem = problem_of(declarations or {}, definitions)
    return ExactInterpreter(problem, sizes or {}, draw=unused_draw, given=_exact(cells or {}))


def batch(
    declarations: Mapping[str, Term] | None = None,
    *,
    sizes: Mapping[str, int] | None = None,
    cells: Mapping[Any, Any] | None = None,
    definitions: tuple[Any, ...] = (),
) -> BatchInterpreter:
    """One instance of the same values, as a batch of two equal rows."""
    problem = problem_of(declarations or {}, definitions)
    given = {key: _float(value) for key, value in (cells or {}).items()}
    return BatchInterpreter(problem, sizes or {}, batch=2, draw=unused_draw, given=given)


def _exact(cells: Mapping[Any, Any]) -> dict[Any, Any]:
    return {
        key: Array(tuple(map(Fraction, value))) if isinstance(value, list) else Fraction(value)
        for key, value in cells.items()
    }


def _float(value: Any) -> Any:
    if isinstance(value, list):
        return np.array([[float(Fraction(entry)) for entry in value]] * 2)
    return np.array([float(Fraction(value))] * 2)
