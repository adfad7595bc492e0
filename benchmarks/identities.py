"""Print how long identities take here and by SymPy, as a Markdown table.

    python benchmarks/identities.py                 27 identities, 20 s for each attempt
    python benchmarks/identities.py --most 2 --limit 5
    python benchmarks/identities.py --size 2        smaller matrices for SymPy

Which identities: of every source in `derivations` and `proofs`, in alphabetical order, the first
one; then of every source the second one, and so on, until there are enough. An identity here is a
claim, or a line of a document, that is true and that SymPy can state: an equation between numbers,
vectors or matrices, sums to any horizon among them, whose hypotheses say at the most that a name is
positive, not negative or not 0, or that a matrix is invertible. What is of any size here has
3 rows and 3 columns there, written out entry by entry. Equations that SymPy evaluates to the same
when it builds them are left out.

What is timed, each in a process of its own that is killed at the limit, and that has done one
small identity before, so that everything is imported (the quick ones several times, with nothing
remembered, for a mean; what the process holds from before, its imports and all these identities,
is left out of Python's garbage collection, as a process that was asked nothing else would not have
to look through it): ours from the goal to a certificate that the
kernel has accepted (search from nothing, without lemmas, a witness, the kernel); SymPy's from the
same goal to its answer: the sides are built, their derivatives and inverses worked out, and then
`simplify(left - right) == 0`, or `left.equals(right)`, entry by entry. Times are CPU seconds.
Faster is said of the quicker of SymPy's two ways among those that find it, and of the quicker to
give up where neither does.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add, mul
from pathlib import Path
from statistics import median
from typing import Any

import sympy
from sympy.core.cache import clear_cache
from sympy.matrices.exceptions import ShapeError

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
LIMIT = 20.0
# What is quick is run again, with nothing remembered, until so many seconds make a mean.
ENOUGH, MOST_RUNS = 0.3, 40
# What has any size here has so many rows, or columns, as SymPy gets it.
SIZE = 3
SMALL = 2  # while it is looked for those that SymPy can state
_SAME = ("PROVED", "yes")


class NotInSympy(Exception):
    """SymPy has no way to state this."""


# -------------------------------------------------------------- goals as SymPy has them


class Statement:
    """A goal in SymPy: symbols with assumptions, indexed numbers, sums, explicit matrices."""

    def __init__(self, goal: Any, size: int) -> None:
        self.size = size
        self.sorts: dict[str, Term] = dict(goal.declarations)
        self.known: dict[str, set[str]] = {}
        for hypothesis in goal.hypotheses:
            self._assume(hypothesis)
        self._names: dict[str, Any] = {}
        self.left, self.right = (self.of(side) for side in goal.conclusion[1:])

    def _assume(self, hypothesis: Term) -> None:
        """A sign of a name, as an assumption of its symbol."""
        word = _SIGNS.get((hypothesis[0], hypothesis[1] if hypothesis[0] != "!=" else "0"))
        name = hypothesis[1 if hypothesis[0] == "!=" else -1]
        if hypothesis[0] == "invertible":
            return
        bound = hypothesis[2] if hypothesis[0] == "!=" else hypothesis[1]
        if word is None or name not in self.sorts or bound not in ("0", "1"):
            raise NotInSympy(hypothesis[0])
        self.known.setdefault(name, set()).add(word)

    def of(self, term: Term) -> Any:
        """A term."""
        if isinstance(term, str):
            return sympy.Rational(term) if is_number(term) else self._name(term)
        head, *parts = term
        special = getattr(self, f"_of_{head}", None)
        if special is not None:
            return special(*parts)
        if head not in _OPERATIONS:
            raise NotInSympy(head)
        return _OPERATIONS[head](*map(self.of, parts))

    def _name(self, name: str) -> Any:
        if name not in self._names:
            self._names[name] = self._declared(name, self.sorts[name])
        return self._names[name]

    def _declared(self, name: str, sort: Term) -> Any:
        if sort in ("real", "integer"):
            assumed = dict.fromkeys((*self.known.get(name, ()), sort), True)
            return sympy.Symbol(name, **assumed)
        if sort == "size":
            return sympy.Integer(self.size)
        if sort[0] in ("vector", "matrix"):
            rows, columns = self._shape(sort)
            return sympy.ImmutableMatrix(
                rows, columns, lambda i, j: sympy.Symbol(f"{name}_{i}_{j}", real=True)
            )
        if sort == ("function", ("integer",), "real"):
            return sympy.IndexedBase(name, real=True)
        raise NotInSympy(name)

    def _shape(self, sort: Term) -> tuple[int, int]:
        rows, columns = [int(self.of(size)) for size in sort[1:]] + [1] * (3 - len(sort))
        return rows, columns

    def _bound(self, sort: Term) -> str:
        name = f"k{len(self._names)}"
        if name in self.sorts:
            raise NotInSympy(name)
        self._names[name] = self._declared(name, sort)
        return name

    def _of_sum(self, low: Term, high: Term, body: Term) -> Any:
        index = self._bound("integer")
        ends = self._names[index], self.of(low), self.of(high)
        return sympy.Sum(self.of(open_binder(body, index)), ends)

    def _of_app(self, sequence: Term, index: Term) -> Any:
        if not isinstance(sequence, str):
            raise NotInSympy("app")
        return self._name(sequence)[self.of(index)]

    def _of_derivative(self, body: Term, point: Term) -> Any:
        name = self._bound("real")
        variable = self._names[name]
        slope = self.of(open_binder(body, name)).doit().diff(variable)
        return slope.subs(variable, self.of(point))

    _of_velocity = _of_derivative

    def _of_gradient(self, function: Term, point: Term) -> Any:
        return self._partial(function, point, lambda of, by: of.diff(by))

    def _of_hessian(self, function: Term, point: Term) -> Any:
        def second(of: Any, by: Any) -> Any:
            return sympy.ImmutableMatrix(*[2 * [len(by)], lambda i, j: of.diff(by[i], by[j])])

        return self._partial(function, point, second)

    def _partial(self, function: Term, point: Term, slope: Callable[[Any, Any], Any]) -> Any:
        if function[0] != "lambda":
            raise NotInSympy("the gradient of a name")
        name = self._bound(function[1])
        variables, there = self._names[name], self.of(point)
        made = slope(self.of(open_binder(function[2], name)), variables)
        return made.subs(dict(zip(variables, there, strict=True)), simultaneous=True)

    def _of_identity(self, size: Term) -> Any:
        return sympy.ImmutableMatrix(sympy.eye(int(self.of(size))))

    def _of_zero(self, *sizes: Term) -> Any:
        return sympy.ImmutableMatrix(sympy.zeros(*self._shape(("zero", *sizes))))

    def _of_blocks(self, *rows: Term) -> Any:
        blocks = [[self.of(block) for block in row[1:]] for row in rows]
        return sympy.ImmutableMatrix(sympy.Matrix(sympy.BlockMatrix(blocks)))

    def _of_rows(self, *rows: Term) -> Any:
        return sympy.ImmutableMatrix([[self.of(entry) for entry in row[1:]] for row in rows])

    def _of_vector(self, *entries: Term) -> Any:
        return sympy.ImmutableMatrix([self.of(entry) for entry in entries])

    def _of_kronecker(self, left: Term, right: Term) -> Any:
        return sympy.ImmutableMatrix(sympy.kronecker_product(self.of(left), self.of(right)))


_SIGNS = {
    ("<", "0"): "positive", ("<", "1"): "positive", ("<=", "1"): "positive",
    ("<=", "0"): "nonnegative", ("!=", "0"): "nonzero",
}  # fmt: skip

_OPERATIONS: dict[str, Callable[..., Any]] = {
    "+": lambda *parts: reduce(add, parts), "*": lambda *parts: reduce(mul, parts),
    "-": lambda a: -a, "/": lambda a, b: a / b, "^": pow, "power": pow, "pi": lambda: sympy.pi,
    "abs": sympy.Abs, "sqrt": sympy.sqrt, "exp": sympy.exp, "log": sympy.log, "sin": sympy.sin,
    "cos": sympy.cos, "delta": sympy.KroneckerDelta, "matmul": lambda a, b: a * b,
    "inner": lambda u, v: u.dot(v), "norm": lambda a: sympy.sqrt(sum(entry**2 for entry in a)),
    "transpose": lambda a: a.T, "inverse": lambda a: a.inv(), "trace": lambda a: a.trace(),
    "det": lambda a: a.det(), "outer": lambda u, v: u * v.T,
    "hadamard": lambda a, b: a.multiply_elementwise(b),
}  # fmt: skip


# ---------------------------------------------------------------------- which they are


@dataclass(frozen=True)
class Identity:
    """One that both can state; how many rows and columns a matrix of any size has for SymPy."""

    task: Task
    size: int


def identities(most: int, size: int = SIZE) -> list[Identity]:
    """The first of each source, then the second of each, and so on."""
    sources = find_sources([ROOT / "derivations", ROOT / "proofs"])
    waiting = [_of(source, size) for source in sources]
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


def _of(source: Path, size: int) -> Iterator[Identity]:
    for task in read(source, None).tasks:
        if task.kind not in ("claim", "line") or task.expected is not Status.PROVED:
            continue
        try:
            goal = _read_goal(parse(task.goal.to_text()))
            if goal.conclusion[0] != "=":
                continue
            stated = Statement(goal, SMALL)
        except (NotInSympy, Rejected, KeyError, TypeError, ValueError, AttributeError, ShapeError):
            continue
        if stated.left != stated.right:
            yield Identity(task, size)


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
    """Whether SymPy simplifies the difference to 0, or that in each entry."""
    same = all(sympy.simplify(a - b) == 0 for a, b in _entries(one))
    return "yes" if same else "not found"


def by_equals(one: Identity, limit: float) -> str:
    """Whether SymPy says that both sides are equal."""
    same = all(a.equals(b) is True for a, b in _entries(one))
    return "yes" if same else "not found"


def _entries(one: Identity) -> Iterator[tuple[Any, Any]]:
    stated = Statement(_read_goal(parse(one.task.goal.to_text())), one.size)
    is_matrix = isinstance(stated.left, sympy.MatrixBase)
    sides = stated.left, stated.right
    return zip(*sides, strict=True) if is_matrix else iter([sides])


def timed(way: Callable[[Identity, float], str], one: Identity, limit: float) -> tuple[str, float]:
    """What came of it in a process of its own, and its CPU seconds."""
    context = multiprocessing.get_context("fork")
    answers, answering = context.Pipe(duplex=False)

    def work() -> None:
        warm_up(way)
        gc.collect()
        gc.freeze()  # what stood here before is not looked through while the time is taken
        # The system ends the process when it has used up its time, whatever it is doing.
        end = math.ceil(time.process_time() + limit)
        resource.setrlimit(resource.RLIMIT_CPU, (end, end))
        runs, spent, said = 0, 0.0, ""
        while spent < ENOUGH and runs < MOST_RUNS:
            forget()
            started = time.process_time()
            try:
                said = way(one, limit)
            except Exception as error:
                said = type(error).__name__
            spent, runs = spent + time.process_time() - started, runs + 1
        answering.send((said, spent / runs))

    process = context.Process(target=work)
    process.start()
    answering.close()
    try:
        return answers.recv()  # type: ignore[no-any-return]
    except EOFError:
        return "stopped", limit
    finally:
        process.join()


def warm_up(way: Callable[[Identity, float], str]) -> None:
    """Have all that is imported at first use imported, and no results remembered."""
    square = ("=", ("^", ("+", "x", "1"), "2"), ("+", ("^", "x", "2"), ("*", "2", "x"), "1"))
    goal = Goal((("x", "real"),), (), (), square)
    one = Identity(Task("t", "t", "line", Source("t", 1), goal), SIZE)
    if way(one, LIMIT) not in _SAME:
        raise RuntimeError(f"the square of a sum: {way.__name__}")


def forget() -> None:
    """No results are remembered, by SymPy or by us."""
    clear_cache()
    for module in [one for name, one in sys.modules.items() if name.startswith("therefore.")]:
        for function in vars(module).values():
            if hasattr(function, "cache_clear"):
                function.cache_clear()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; returns 1 if something that SymPy proves is not found here."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--most", type=int, default=MOST, help="how many identities")
    parser.add_argument("--limit", type=float, default=LIMIT, help="seconds for each attempt")
    parser.add_argument("--size", type=int, default=SIZE, help="rows and columns for SymPy")
    options = parser.parse_args(arguments)
    print("| identity | here | s | `simplify` | s | `equals` | s | times faster |")
    print("| --- | --- | ---: | --- | ---: | --- | ---: | ---: |")
    ratios, missed = [], 0
    chosen = identities(options.most, options.size)
    for way in (ours, by_simplify, by_equals):
        warm_up(way)
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
