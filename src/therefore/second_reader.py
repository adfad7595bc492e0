"""A second, independent reader: do both readings of a line agree on random points?

latex2sympy2 runs in a process of its own (``second_reader_process``), is given the author's
LaTeX of the two sides, and evaluates what it read; our reading is evaluated here. Where they
differ the line is remarked. It never decides anything: it is there to find a misreading.
"""

from __future__ import annotations

import json
import math
import os
import random
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from therefore.goal import Goal, Term
from therefore.line_process import LineProcess, Stopped
from therefore.record import Record
from therefore.second_reader_process import key_of, stand_in
from therefore.task import Task

__all__ = ["ENVIRONMENT", "Comparison", "SecondReader", "compare_all"]

# Names the Python in whose environment latex2sympy2 is installed, if that is not ours.
ENVIRONMENT = "THEREFORE_SECOND_READER"
_START = 60.0
_TIMEOUT = 2.0
_POINTS = 8
_LEAST = 3
_NEAR = 1e-6
_MOST_TERMS = 1000
_INTEGERS = ("integer", "size")


@dataclass(frozen=True)
class Comparison:
    """What came of one line.

    ``read``: both sides were compared; ``part``: one of them was, and the other could not be.
    Where the readings ``differ``, that is what the other one read.
    """

    read: bool
    part: bool = False
    differs: str = ""
    why_not: str = ""


class SecondReader:
    """The other process. ``missing`` says after the first question why there is none."""

    def __init__(self, command: Sequence[str] | None = None) -> None:
        python = os.environ.get(ENVIRONMENT) or sys.executable
        script = Path(__file__).with_name("second_reader_process.py")
        # -I: neither the folder that it is started from nor the user's packages are looked into.
        self._process = LineProcess(command or [python, "-I", str(script)])
        self.missing = ""
        self.version = ""

    def start(self) -> bool:
        """Whether the second reader is there."""
        try:
            answer = self._process.ask('{"do": "hello"}', timeout=_START)
        except (Stopped, OSError) as stopped:
            self.missing = str(stopped)
            return False
        answer = answer if isinstance(answer, dict) else {}
        self.version = str(answer.get("ready", ""))
        self.missing = str(answer.get("missing", "" if self.version else "no answer"))
        return not self.missing

    def compare(self, task: Task) -> Comparison:
        """Both readings of the two sides of a line."""
        sides = _sides(task)
        if sides is None or not all(task.said):
            return Comparison(False, why_not="no relation between numbers")
        points = _points(task)
        own = [[_Reading(task, point).value(side) for point in points] for side in sides]
        keyed = [{key_of(task.notation.get(n, n)): v for n, v in point.items()} for point in points]
        request = {"do": "read", "sides": [prepared(said) for said in task.said], "points": keyed}
        try:
            running = self._process.running
            answer = self._process.ask(json.dumps(request), timeout=_TIMEOUT if running else _START)
            theirs = answer["sides"]
            if len(theirs) != 2:
                raise KeyError("sides")
            return _compared(task, own, theirs)
        except (Stopped, AttributeError, KeyError, TypeError, ValueError) as error:
            return Comparison(False, why_not=f"stopped: {error}")

    def close(self) -> None:
        """End the process."""
        self._process.stop()


def compare_all(
    records: Iterable[Record], reader: SecondReader | None = None
) -> tuple[list[Record], str]:
    """The records with a remark where the readers disagree, and a sentence for the summary."""
    reader = reader or SecondReader()
    kept = list(records)
    try:
        if not reader.start():
            return kept, (
                f"second reader: not there ({reader.missing}); install therefore[second-reader], "
                f"or name in {ENVIRONMENT} a Python that has latex2sympy2"
            )
        read = part = differ = 0
        for place, record in enumerate(kept):
            if record.task is None or not any(record.task.said):
                continue
            found = reader.compare(record.task)
            read += found.read
            part += found.part
            if found.differs:
                differ += 1
                remark = f"the second reader disagrees: it reads {found.differs}"
                kept[place] = replace(record, remarks=(*record.remarks, remark))
    finally:
        reader.close()
    lines = "1 line" if read == 1 else f"{read} lines"
    some = f", {part} in part" if part else ""
    return kept, f"second reader: {lines} read{some}, {differ} disagree"


def prepared(latex: str) -> str:
    r"""The LaTeX as latex2sympy2 likes it: arguments in braces, no sizes and no spacing.

    >>> prepared(r"\left(\tfrac12\right)\,\sqrt T")
    '(\\frac{1}{2})\\sqrt{T}'
    """
    text = re.sub(r"\\(?:left|right|bigl|bigr|big|Big|Bigl|Bigr)(?![A-Za-z])\s*", "", latex)
    text = re.sub(r"\\(?:[,;:! ]|quad(?![A-Za-z])|qquad(?![A-Za-z]))", "", text)
    text = re.sub(r"\\[dt]frac(?![A-Za-z])", r"\\frac", text)
    one = r"\s*(\\[A-Za-z]+|[A-Za-z0-9])"
    text = re.sub(rf"\\frac(?![A-Za-z]){one}{one}", r"\\frac{\1}{\2}", text)
    text = re.sub(rf"\\frac(?![A-Za-z]){one}(?=\s*\{{)", r"\\frac{\1}", text)
    text = re.sub(rf"\\sqrt(?![A-Za-z]){one}", r"\\sqrt{\1}", text)
    return text.strip()


def _sides(task: Task) -> tuple[Term, ...] | None:
    """The two sides in our reading; a lone term where digits are claimed of it."""
    formula = task.goal.conclusion
    if formula[0] in ("=", "!=", "<=", "<"):
        return (formula[1], formula[2])
    if _shown(formula) is not None:
        return (formula[1][2],)
    return None


def _shown(formula: Term) -> tuple[float, float] | None:
    """The ends between which a line claims a number by its digits."""
    if formula[0] != "and" or len(formula) != 3 or any(p[0] != "<=" for p in formula[1:]):
        return None
    (_, low, middle), (_, again, high) = formula[1:]
    try:
        return (float(Fraction(low)), float(Fraction(high))) if middle == again else None
    except (TypeError, ValueError):
        return None


def _points(task: Task) -> list[dict[str, float]]:
    """Values for the scalar names, the same in every run: positive ones, then of both signs."""
    chance = random.Random(20240229)
    names = dict.fromkeys(name for name, sort in task.goal.declarations if _is_number(sort))
    names.update(dict.fromkeys(name for name, sorts, _ in task.goal.definitions if not sorts))
    sorts = dict(task.goal.declarations)
    points = []
    for k in range(_POINTS):
        low = 0.2 if k < _POINTS // 2 else -2.0
        points.append(
            {
                name: float(chance.randint(1, 5))
                if sorts.get(name) in _INTEGERS
                else chance.uniform(low, 2.0)
                for name in names
            }
        )
    return points


def _is_number(sort: Term) -> bool:
    return sort in ("real", *_INTEGERS)


def _compared(task: Task, own: list[list[float | None]], theirs: list[Any]) -> Comparison:
    """Each side by itself, where both readers have values for it."""
    shown = _shown(task.goal.conclusion)
    sides: list[bool] = []
    why_not = differs = ""
    for k, side in enumerate(theirs):
        if "refused" in side:
            why_not = why_not or str(side["refused"])
            continue
        ends = shown if k == 1 and shown is not None else None
        mine = own[k] if k < len(own) else [0.0] * len(side["values"])
        both = [
            (a, b)
            for a, b in zip(mine, side["values"], strict=True)
            if a is not None and isinstance(b, float | int)
        ]
        if len(both) < _LEAST:
            why_not = why_not or "too few points at which both have values"
            continue
        sides.append(not _is_literal(task.said[k]))
        if not differs and any(_apart(a, b, ends) for a, b in both):
            differs = str(side["reads"])
    whole = len(sides) == 2
    return Comparison(whole, not whole and any(sides), differs, why_not)


def _apart(a: float, b: float, ends: tuple[float, float] | None) -> bool:
    if ends is not None:
        return not ends[0] <= b <= ends[1]
    return abs(a - b) > _NEAR * (1 + max(abs(a), abs(b)))


def _is_literal(said: str) -> bool:
    """Whether a side is a number as it stands, of which there is nothing to misread."""
    return re.fullmatch(r"-?[0-9.]+", said) is not None


class _Reading:
    """Our reading at one point. Functions that the line applies are stand-ins in both readings."""

    def __init__(self, task: Task, point: dict[str, float]) -> None:
        self._notation = task.notation
        self._goal: Goal = task.goal
        self._point = point

    def value(self, term: Term) -> float | None:
        """The value, or ``None`` where there is none or where it is no plain number."""
        try:
            value = self._of(term, ())
        except (ArithmeticError, IndexError, KeyError, RecursionError, TypeError, ValueError):
            return None
        return value if math.isfinite(value) else None

    def _of(self, term: Term, bound: tuple[float, ...]) -> float:
        if isinstance(term, str):
            if term.startswith("#"):
                return bound[-1 - int(term[1:])]
            return self._point[term] if term[0].isalpha() else float(Fraction(term))
        head, *parts = term
        if head == "sum":
            low, high = (round(self._of(end, bound)) for end in parts[:2])
            if high - low > _MOST_TERMS:
                raise ValueError("a long sum")
            return math.fsum(self._of(parts[2], (*bound, float(k))) for k in range(low, high + 1))
        if head == "derivative":
            return self._slope(parts[0], self._of(parts[1], bound), bound)
        if head == "pi":
            return math.pi
        if head == "app":
            values = [self._of(part, bound) for part in parts[1:]]
            known = _KNOWN.get(str(parts[0]))
            name = self._notation.get(parts[0], parts[0])
            return known(*values) if known is not None else stand_in(name, values)
        if head == "^":
            return float(self._of(parts[0], bound) ** int(parts[1]))
        return float(_OPERATIONS[head](*(self._of(part, bound) for part in parts)))

    def _slope(self, body: Term, at: float, bound: tuple[float, ...]) -> float:
        step = 2.0**-10
        ends = [self._of(body, (*bound, at + k * step)) for k in (-2, -1, 1, 2)]
        return (ends[0] - 8 * ends[1] + 8 * ends[2] - ends[3]) / (12 * step)


_OPERATIONS: dict[str, Any] = {
    "+": lambda *parts: math.fsum(parts), "*": lambda *parts: math.prod(parts),
    "-": lambda part: -part, "/": lambda over, under: over / under,
    "abs": abs, "sqrt": math.sqrt, "exp": math.exp, "log": math.log, "sin": math.sin,
    "cos": math.cos, "arctan": math.atan,
}  # fmt: skip
# Standard functions that latex2sympy2 knows as such; of all others both readers know the name.
_KNOWN: dict[str, Any] = {
    "tanh": math.tanh, "sinh": math.sinh, "cosh": math.cosh, "tan": math.tan,
    "cot": lambda value: 1 / math.tan(value), "max": max, "min": min, "pow": math.pow,
    "nth_root": lambda order, value: math.pow(value, 1 / order),
    "odd_root": lambda order, value: math.copysign(math.pow(abs(value), 1 / order), value),
}  # fmt: skip
