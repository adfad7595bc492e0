"""The value of a term that is a closed number, or becomes one by the hypotheses, as a float.

A hint for what to propose: the kernel's enclosures decide whether it is right.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from therefore.goal import Goal, Term
from therefore.helping.working import worked_out

__all__ = ["closed_value"]

_ROWS = 4


def closed_value(goal: Goal, term: Term) -> Any | None:
    """A float, a list of floats or a list of rows; ``None`` for what is no closed number.

    Free names are drawn at random: a value that depends on them is not closed.
    """
    import numpy as np

    from therefore.refuters.domains import size_choices, unused_draw
    from therefore.refuters.evaluate import BatchInterpreter
    from therefore.refuters.exact import ExactInterpreter
    from therefore.refuters.terms import open_goal

    rng = np.random.default_rng(1)

    def draw(_key: Any, sort: Term) -> Any:
        if isinstance(sort, tuple) and sort[0] != "vector":
            raise ValueError(f"{sort} is not drawn")
        size = () if isinstance(sort, str) else (interpreter.size(sort[1]),)
        return rng.uniform(0.5, 2.0, size=(_ROWS, *size))

    try:
        problem = open_goal(replace(goal, conclusion=("=", term, term)))[0]
        sizes = size_choices(problem, 2)[0]
        whole = ExactInterpreter(problem, sizes, draw=unused_draw)
        interpreter = BatchInterpreter(
            problem,
            sizes,
            batch=_ROWS,
            draw=draw,
            rules=whole.rules_of(problem.hypotheses),
        )
        with np.errstate(all="ignore"):
            value = np.asarray(interpreter.term(worked_out(goal, term), ()), dtype=float)
    except Exception:  # whatever cannot be evaluated has no value to show
        return None
    if value.ndim == 0:
        value = np.broadcast_to(value, (_ROWS,))
    if not np.isfinite(value).all() or np.ptp(value, axis=0).max() > 0:
        return None
    return value[0].tolist()
