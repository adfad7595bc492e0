"""What the left side of a refuted equation is: worked out, simplified, proposed, and proved.

SymPy gives the hint. The terms are handed to it as objects, never as text; what is no plain
scalar operation becomes a symbol, and what comes back is a kernel term that the provers must
prove equal to the left side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from therefore.goal import Term
from therefore.helping.findings import Finding
from therefore.helping.forms import forms_of, limit_of
from therefore.helping.places import size_of
from therefore.helping.tools import Tools
from therefore.helping.working import worked_out
from therefore.kernel.binders import is_number

__all__ = ["find"]

_LARGEST = 40
_NUMBERS = ("real", "integer", "size")


def find(tools: Tools) -> Iterator[Finding]:
    """The left side in another form, or the true value of a limit."""
    conclusion = tools.goal.conclusion
    if conclusion[0] == "tends":
        yield from _limit(tools, conclusion)
    elif conclusion[0] == "=":
        yield from _side(tools, conclusion[1])


def _side(tools: Tools, left: Term) -> Iterator[Finding]:
    from therefore.kernel.errors import Rejected
    from therefore.kernel.terms import sort_of

    try:
        if sort_of(left, tools.names) not in _NUMBERS:
            return
    except Rejected:
        return
    worked = worked_out(tools.goal, left)
    unproved: Finding | None = None
    for form in forms_of(tools.goal, worked):
        if not tools.in_time:
            break
        if size_of(form) > _LARGEST or not _says_more(form, left):
            continue
        proposal = tools.propose(tools.instead(("=", left, form)))
        if proposal is None:
            continue
        finding = Finding("side", (form,), (proposal,))
        if proposal.proof is not None:
            yield finding
            return
        unproved = unproved or finding
    if unproved is not None:
        yield unproved


def _says_more(form: Term, left: Term) -> bool:
    """Whether a form is worth telling: the left side was to be worked out, or it is shorter."""
    if isinstance(form, str) and form == left:
        return False
    if not _to_work_out(left) and _names_of(form) == _names_of(left):
        return 4 * size_of(form) < 3 * size_of(left)  # else it is the same, put in another order
    return _to_work_out(left) or size_of(form) != size_of(left)


def _names_of(term: Term) -> Counter[str]:
    if isinstance(term, str):
        return Counter() if is_number(term) else Counter([term])
    return sum((_names_of(part) for part in term[1:]), Counter())


def _to_work_out(term: Term) -> bool:
    if isinstance(term, str):
        return False
    return term[0] in ("derivative", "gradient", "app") or any(
        _to_work_out(part) for part in term[1:]
    )


def _limit(tools: Tools, conclusion: Term) -> Iterator[Finding]:
    _, body, place, _ = conclusion
    value = limit_of(tools.goal, body, place)
    if value is None:
        return
    proposal = tools.propose(tools.instead(("tends", body, place, value)))
    if proposal is not None:
        yield Finding("limit", (value,), (proposal,))
