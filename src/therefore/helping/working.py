"""Terms with their derivatives worked out by structure, and with definitions written out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from therefore.goal import Goal, Term
from therefore.kernel.binders import mentions, open_binder, substitute
from therefore.kernel.data import parse
from therefore.kernel.differential import differential
from therefore.kernel.door import _read_goal
from therefore.kernel.errors import Rejected

__all__ = ["worked_out", "written_out"]


def written_out(goal: Goal, term: Term) -> Term:
    """The term with the goal's definitions in place of their names. Raises ``Rejected``."""
    place = replace(goal, hypotheses=(), conclusion=("=", term, term))
    return _read_goal(parse(place.to_text())).conclusion[1]


def worked_out(goal: Goal, term: Term, more: Mapping[str, Term] | None = None) -> Term:
    """The term with definitions written out and each derivative by structure, where there is one.

    ``more`` are the sorts of names that the goal does not declare. What cannot be worked out
    stays as it is.
    """
    names = {**dict(goal.declarations), **(more or {})}
    plain = {name: f"Free{k}" for k, name in enumerate(more or {})}
    wider = replace(
        goal,
        declarations=(*goal.declarations, *((plain[n], s) for n, s in (more or {}).items())),
    )
    try:
        there = written_out(wider, substitute(term, plain))
        return _worked(names, substitute(there, {new: old for old, new in plain.items()}))
    except (Rejected, KeyError, RecursionError):
        return term


def _worked(names: dict[str, Term], term: Term) -> Term:
    if isinstance(term, str):
        return term
    if term[0] == "derivative":
        name = f"%w{len(names)}"
        inner = {**names, name: "real"}
        try:
            body = _worked(inner, open_binder(term[1], name))
            change = differential(inner, body, name, "1")
        except Rejected:
            return term
        point = _worked(names, term[2])
        return "0" if not mentions(change, name) and change == "0" else (
            substitute(change, {name: point})
        )
    if any(isinstance(part, str) and part.startswith("#") for part in _leaves(term)):
        return term
    return tuple(
        part if k == 0 else _worked(names, part) for k, part in enumerate(term)
    )


def _leaves(term: Term) -> list[str]:
    if isinstance(term, str):
        return [term]
    return [leaf for part in term for leaf in _leaves(part)]
