"""Print how long identities take here and by SymPy, as a Markdown table.

    python benchmarks/identities.py                 27 identities, 60 s for each attempt
    python benchmarks/identities.py --most 2 --limit 20

Which identities: of every source in `derivations` and `proofs`, in alphabetical order, the first
one; then of every source the second one, and so on, until there are enough. An identity here is a
claim, a step or a line that is proved, and that SymPy can state: an equation between numbers, or
between vectors or matrices of written-out sizes, whose hypotheses say at the most that a name is
positive, not negative or not 0. Equations that SymPy evaluates to the same when it
builds them are left out, and so are those that came before.

What is timed, each in a process of its own that is killed at the limit, and that begins where
everything is imported and all three have done one small identity, with empty caches: ours from the goal to a certificate that the kernel has accepted (search from nothing, without
lemmas, a witness, the kernel); SymPy's `simplify(left - right) == 0`, and `left.equals(right)`, on
expressions that stand ready, with their derivatives worked out. Times are CPU seconds.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Any

import sympy
from sympy.core.cache import clear_cache

from therefore.goal import Goal, Term
from therefore.kernel import FORMAT, Kernel, Rejected, goal_hash
from therefore.kernel.data import parse
from therefore.kernel.door import _read_goal
from therefore.kernel.terms import is_number, open_binder
from therefore.provers import certify_witness, prove
from therefore.reading.sources import find_sources, read
from therefore.refuters import find_witness
from therefore.task import Source, Task
from therefore.verdict import Status

ROOT = Path(__file__).parents[1]
MOST = 27
LIMIT = 60.0
_SAME = ("PROVED", "yes")


class NotInSympy(Exception):
    """SymPy has no way to state this."""


# -------------------------------------------------------------- goals as SymPy has them


_FUNCTIONS = {
    "abs": sympy.Abs, "sqrt": sympy.sqrt, "exp": sympy.exp, "log": sympy.log, "sin": sympy.sin,
    "cos": sympy.cos, "delta": sympy.KroneckerDelta,
}  # fmt: skip


class Statement:
    """A goal in SymPy: symbols with assumptions, indexed numbers, sums, explicit matrices."""

    def __init__(self, goal: Any) -> None:
        self.sorts: dict[str, Term] = dict(goal.declarations)
        self.least: dict[str, tuple[Fraction, bool]] = {}
        self.nonzero: set[str] = set()
        for hypothesis in goal.hypotheses:
            self._assume(hypothesis)
        self._names: dict[str, Any] = {}
        self.left, self.right = (self.of(side) for side in goal.conclusion[1:])

    def _assume(self, hypothesis: Term) -> None:
        """A lower bound of a name."""
        head, *sides = hypothesis
        if head == "!=" and sides[1] == "0" and sides[0] in self.sorts:
            self.nonzero.add(sides[0])
            return
        if head not in ("<", "<=") or not is_number(sides[0]) or sides[1] not in self.sorts:
            raise NotInSympy(head)
        bound = Fraction(sides[0])
        if bound > 1 or (bound == 1 and (head == "<" or self.sorts[sides[1]] != "integer")):
            raise NotInSympy("a bound that is no assumption")
        self.least[sides[1]] = max(self.least.get(sides[1], (bound, False)), (bound, head == "<"))

    def name(self, name: str) -> Any:
        """The symbol, or the matrix of symbols, of a name."""
        if name not in self._names:
            self._names[name] = self._declared(name, self.sorts[name])
        return self._names[name]

    def _declared(self, name: str, sort: Term) -> Any:
        if sort in ("real", "integer", "size"):
            kind = {"real": True} if sort == "real" else {"integer": True}
            bound, strict = self.least.get(name, (Fraction(int(sort == "size")) - (sort != "size"),
                                                  False))  # fmt: skip
            if bound > 0 or (bound == 0 and strict):
                kind["positive"] = True
            elif bound == 0:
                kind["nonnegative"] = True
            if name in self.nonzero:
                kind["nonzero"] = True
            return sympy.Symbol(name, **kind)
        if sort[0] in ("vector", "matrix") and all(map(is_number, sort[1:])):
            rows, columns = int(sort[1]), int(sort[2]) if sort[0] == "matrix" else 1
            return sympy.ImmutableMatrix(
                rows, columns, lambda i, j: sympy.Symbol(f"{name}_{i}_{j}", real=True)
            )
        if sort == ("function", ("integer",), "real"):
            return sympy.IndexedBase(name, real=True)
        raise NotInSympy(name)

    def of(self, term: Term) -> Any:
        """A term."""
        if isinstance(term, str):
            return sympy.Rational(*Fraction(term).as_integer_ratio()) if is_number(term) else (
                self.name(term))  # fmt: skip
        head, *parts = term
        if head == "sum":
            low, high, body = parts
            index = self._bound("integer")
            return sympy.Sum(
                self.of(open_binder(body, index.name)), (index, self.of(low), self.of(high))
            )
        if head == "derivative":
            body, point = parts
            variable = self._bound("real")
            slope = self.of(open_binder(body, variable.name)).doit().diff(variable)
            return slope.subs(variable, self.of(point))
        if head == "app" and isinstance(parts[0], str) and len(parts) == 2:
            return self.name(parts[0])[self.of(parts[1])]
        if head in ("vector", "row"):
            return sympy.ImmutableMatrix([self.of(part) for part in parts])
        if head in ("rows", "matrix"):
            return sympy.ImmutableMatrix([[self.of(entry) for entry in row[1:]] for row in parts])
        if head not in _OPERATIONS and head not in _FUNCTIONS:
            raise NotInSympy(head)
        values = [self.of(part) for part in parts]
        return (_OPERATIONS.get(head) or _FUNCTIONS[head])(*values)

    def _bound(self, sort: str) -> Any:
        name = f"k{len(self._names)}"
        if name in self.sorts:
            raise NotInSympy(name)
        self._names[name] = sympy.Symbol(name, **{sort: True})
        return self._names[name]


def _total(*values: Any) -> Any:
    total = values[0]
    for value in values[1:]:
        total = total + value
    return total


def _product(*values: Any) -> Any:
    product = values[0]
    for value in values[1:]:
        product = product * value
    return product


_OPERATIONS: dict[str, Callable[..., Any]] = {
    "+": _total, "*": _product, "-": lambda a: -a, "/": lambda a, b: a / b, "^": lambda a, b: a**b,
    "pi": lambda: sympy.pi, "inner": lambda u, v: u.dot(v), "norm": lambda u: sympy.sqrt(u.dot(u)),
    "matmul": _product, "transpose": lambda a: a.T, "trace": lambda a: a.trace(),
    "det": lambda a: a.det(), "outer": lambda u, v: u * v.T,
}  # fmt: skip


# ---------------------------------------------------------------------- which they are


@dataclass(frozen=True)
class Identity:
    """One that both can state."""

    task: Task
    left: Any
    right: Any


def identities(most: int) -> list[Identity]:
    """The first of each source, then the second of each, and so on."""
    waiting = [_of(source) for source in find_sources([ROOT / "derivations", ROOT / "proofs"])]
    found: list[Identity] = []
    seen: set[Any] = set()
    while waiting and len(found) < most:
        for source in list(waiting):
            for one in source:
                if one.task.goal.conclusion not in seen:
                    seen.add(one.task.goal.conclusion)
                    found.append(one)
                    break
            else:
                waiting.remove(source)
            if len(found) == most:
                break
    return found


def _of(source: Path) -> Iterator[Identity]:
    for task in read(source, None).tasks:
        if task.kind == "twin" or task.expected is not Status.PROVED:
            continue
        try:
            goal = _read_goal(parse(task.goal.to_text()))
            if goal.conclusion[0] != "=":
                continue
            stated = Statement(goal)
        except (NotInSympy, Rejected, KeyError, TypeError, ValueError, AttributeError):
            continue
        if stated.left != stated.right:
            yield Identity(task, stated.left, stated.right)


# --------------------------------------------------------------------- what is timed


def ours(one: Identity, limit: float) -> str:
    """The verdict, after the kernel has accepted a certificate."""
    goal = one.task.goal
    found = prove(one.task, [], budget=limit)
    if found.proof is None:
        return "not found"
    values = (certify_witness(goal, values) for values in find_witness(goal))
    witness = next((one for one in values if one is not None), None)
    text = goal.to_text()
    record = {"format": FORMAT, "goal": goal_hash(text), "kind": "proof", "proof": found.proof,
              "witness": witness}  # fmt: skip
    if found.defined:
        record["defined"] = list(found.defined)
    Kernel().accept(text, json.dumps(record))
    return "PROVED"


def by_simplify(one: Identity, limit: float) -> str:
    """Whether SymPy simplifies the difference to 0."""
    gap = sympy.simplify(one.left - one.right)
    zero = gap.is_zero_matrix if isinstance(gap, sympy.MatrixBase) else gap == 0
    return "yes" if zero else "not found"


def by_equals(one: Identity, limit: float) -> str:
    """Whether SymPy says that both sides are equal."""
    return "yes" if one.left.equals(one.right) is True else "not found"


def timed(way: Callable[[Identity, float], str], one: Identity, limit: float) -> tuple[str, float]:
    """What came of it in a process of its own, and its CPU seconds."""
    context = multiprocessing.get_context("fork")
    ours_end, theirs = context.Pipe(duplex=False)

    def work() -> None:
        started = time.process_time()
        try:
            said = way(one, limit)
        except Exception as error:
            said = f"{type(error).__name__}"
        theirs.send((said, time.process_time() - started))

    process = context.Process(target=work)
    process.start()
    if ours_end.poll(limit):
        said, seconds = ours_end.recv()
    else:
        said, seconds = "stopped", limit
    process.kill()
    process.join()
    return said, seconds


def warmed_up() -> None:
    """Have all that is imported at first use imported, for all three, and SymPy's cache empty."""
    square = ("=", ("^", ("+", "x", "1"), "2"), ("+", ("^", "x", "2"), ("*", "2", "x"), "1"))
    goal = Goal((("x", "real"),), (), (), square)
    stated = Statement(goal)
    one = Identity(Task("t", "t", "line", Source("t", 1), goal), stated.left, stated.right)
    for way in (ours, by_simplify, by_equals):
        if way(one, LIMIT) not in _SAME:
            raise RuntimeError(f"the square of a sum: {way.__name__}")
    clear_cache()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; returns 1 if something that SymPy proves is not found here."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--most", type=int, default=MOST, help="how many identities")
    parser.add_argument("--limit", type=float, default=LIMIT, help="seconds for each attempt")
    options = parser.parse_args(arguments)
    print("| identity | here | s | `simplify` | s | `equals` | s | times faster |")
    print("| --- | --- | ---: | --- | ---: | --- | ---: | ---: |")
    ratios, missed = [], 0
    chosen = identities(options.most)
    warmed_up()
    for one in chosen:
        results = [timed(way, one, options.limit) for way in (ours, by_simplify, by_equals)]
        (here, own), *sympys = results
        able = [seconds for said, seconds in sympys if said in _SAME]
        # The quicker of SymPy's two ways that found it; where none did, the quicker to give up.
        best = min(able or [seconds for _, seconds in sympys])
        ratios.append(best / own if here in _SAME else 0.0)
        missed += bool(able) and here not in _SAME
        cells = [f"{said} | {seconds:.3f}" for said, seconds in results]
        print(f"| `{_shown(one.task)}` | {' | '.join(cells)} | {ratios[-1]:.1f} |", flush=True)
    print(f"\n{len(ratios)} identities: {median(ratios):.1f} times faster in the median; "
          f"{missed} of those that SymPy proves are missed")  # fmt: skip
    return 1 if missed else 0


def _shown(task: Task) -> str:
    path, _, name = task.id.rpartition("::")
    return f"{Path(path).resolve().relative_to(ROOT)}::{name}"


if __name__ == "__main__":
    sys.exit(main())
