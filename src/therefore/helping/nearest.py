"""The nearest true line: one small edit away from the refuted one.

Every edit is tried on a few random instances, those that stand on many, and what still stands
goes to the provers. The smallest edit that is proved wins; if none is, the smallest that all
instances agree with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from therefore.goal import Goal, Term
from therefore.helping.digits import shown_digits
from therefore.helping.edits import edits
from therefore.helping.findings import Finding
from therefore.helping.places import size_of
from therefore.helping.tools import MANY, Tools
from therefore.kernel.binders import BINDERS, is_number, open_binder

__all__ = ["find"]

_MOST = 1500
# An edit that is proved is preferred to a smaller one that is not, within this cost and number.
_NEAR = 1.0
_PROOFS = 6
# The cost up to which an edit of an inequality is a likely mistake.
_LIKELY = 2.5


def find(tools: Tools) -> Iterator[Finding]:
    """The line that holds in place of this one, if one small edit makes one."""
    if shown_digits(tools.goal.conclusion):
        return
    unproved: Finding | None = None
    least, searches = 0.0, 0
    candidates = edits(tools.goal.conclusion, tools.names, _around(tools))
    if tools.goal.conclusion[0] in ("<=", "<"):
        # Many things are smaller than a given one: only the likeliest mistakes are undone.
        candidates = [edit for edit in candidates if edit.cost <= _LIKELY]
    for edit in candidates[:_MOST]:
        late = unproved is not None and (edit.cost > least + _NEAR or searches >= _PROOFS)
        if late or not tools.in_time:
            break
        goal = tools.instead(edit.formula)
        if not tools.seems(goal):
            continue
        loose = _loosened(goal)
        if loose != goal and not tools.seems(loose, count=MANY):
            continue  # true at these values by chance
        if not _tight(tools, edit.formula):
            continue
        proposal = tools.propose(goal)
        if proposal is None:
            continue
        searches += 1
        finding = Finding("nearest", (edit.formula,), (proposal,))
        if proposal.proof is not None:
            yield finding
            return
        if unproved is None:
            unproved, least = finding, edit.cost
    if unproved is not None:
        yield unproved


def _loosened(goal: Goal) -> Goal:
    """The goal with signs for the values that hypotheses give to names."""
    hypotheses: list[Term] = []
    for one in goal.hypotheses:
        if one[0] == "=" and isinstance(one[1], str) and is_number(one[2]):
            value = Fraction(one[2])
            if value:
                hypotheses.append(("<", "0", one[1]) if value > 0 else ("<", one[1], "0"))
        else:
            hypotheses.append(one)
    return replace(goal, hypotheses=tuple(hypotheses))


def _tight(tools: Tools, formula: Term) -> bool:
    """Whether an inequality says no less than it could: its sides are equal somewhere.

    Anything large may be added to the larger side, and that is not what was meant. Of a strict
    inequality this cannot be seen; it is offered where only names or the relation have changed.
    """
    if formula[0] == "<=":
        return not tools.seems(tools.instead(("<", *formula[1:])), count=MANY)
    if formula[0] == "<":
        return size_of(formula) == size_of(tools.goal.conclusion)
    return True


def _around(tools: Tools) -> list[Term]:
    """Terms from which something may be missing: what the names of the line are defined as."""
    found: list[Term] = []
    waiting = [tools.goal.conclusion]
    bodies = {name: (sorts, body) for name, sorts, body in tools.goal.definitions}
    seen: set[Term] = set()
    while waiting and len(found) < 20:
        term = waiting.pop()
        if isinstance(term, str):
            if term in bodies and not bodies[term][0] and term not in seen:
                seen.add(term)
                found.append(bodies[term][1])
                waiting.append(bodies[term][1])
            continue
        if term[0] == "derivative":
            waiting += [open_binder(term[1], term[2]), term[2]]
            continue
        if term[0] == "app" and term[1] in bodies and term not in seen:
            sorts, body = bodies[str(term[1])]
            if len(sorts) == len(term) - 2 and not any(_loose(part) for part in term[2:]):
                seen.add(term)
                opened = open_binder(body, *term[2:])
                found.append(opened)
                waiting.append(opened)
        if term[0] not in BINDERS:
            waiting += term[1:]
    return found


def _loose(term: Term) -> bool:
    if isinstance(term, str):
        return term.startswith("#")
    return any(_loose(part) for part in term[1:])
