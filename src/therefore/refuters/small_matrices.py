"""Small exact matrices that satisfy what is assumed of each of them alone.

Of a projection, a definite or an orthogonal matrix, of one with A³ = 0, few matrices drawn at
random are one. So all matrices of sizes 1 and 2 with small entries are looked through first; the
larger ones have such blocks on their diagonal, and are turned by a permutation with signs.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations, product
from random import Random
from typing import TypeAlias

from therefore.goal import Term
from therefore.refuters.domains import unused_draw
from therefore.refuters.exact import ExactInterpreter
from therefore.refuters.jets import Undefined, Unknown
from therefore.refuters.logic import Truth
from therefore.refuters.shapes import definite_of
from therefore.refuters.terms import Problem
from therefore.refuters.values import Cell, Unreadable

__all__ = ["SmallMatrices"]

Grid: TypeAlias = tuple[tuple[Fraction, ...], ...]

_ENTRIES = (0, 1, -1, 2)
_FEW = (0, 1, -1)
_MOST_CELLS = 6
_MOST = 40  # matrices in a pool
# Beside the small integers: two that are orthogonal, and a projection that is symmetric.
_OTHERS = (
    ((Fraction(3, 5), Fraction(4, 5)), (Fraction(-4, 5), Fraction(3, 5))),
    ((Fraction(3, 5), Fraction(4, 5)), (Fraction(4, 5), Fraction(-3, 5))),
    ((Fraction(1, 2), Fraction(1, 2)), (Fraction(1, 2), Fraction(1, 2))),
)
# What was found before: pools depend on what is assumed, and on sizes, alone.
_POOLS: dict[object, list[Grid]] = {}
_MOST_POOLS = 200


class SmallMatrices:
    """The pools of one problem, by the name of a matrix and its sizes."""

    def __init__(self, problem: Problem, sizes: Mapping[str, int]) -> None:
        self.problem = problem
        self.sizes = dict(sizes)
        self._whole = ExactInterpreter(problem, sizes, draw=unused_draw)
        self._about: dict[str, list[Term]] = {}
        for name, sort in problem.sorts.items():
            if not isinstance(sort, tuple) or sort[0] != "matrix" or sort[1:] == ("1", "1"):
                continue
            said = [h for h in _parts(problem.hypotheses)
                    if self._whole.names(h) - {*sizes} == {name}]  # fmt: skip
            if any(_is_hard(one, name) for one in said):
                self._about[name] = said

    def pools(self) -> dict[str, list[Grid]]:
        """The matrices to choose from, for each name of which enough is assumed."""
        found = {}
        for name in self._about:
            rows, columns = (self._whole.size(size) for size in self.problem.sorts[name][1:])
            pool = self._pool(name, rows, columns)
            if pool:
                found[name] = pool
        return found

    def _pool(self, name: str, rows: int, columns: int) -> list[Grid]:
        sort = self.problem.sorts[name]
        key = (sort, tuple(self._about[name]), self.problem.goal.definitions, rows, columns)
        if key not in _POOLS:
            if len(_POOLS) > _MOST_POOLS:
                _POOLS.clear()
            if rows * columns <= _MOST_CELLS:
                _POOLS[key] = self._searched(name, rows, columns)
            elif rows == columns:
                _POOLS[key] = self._composed(name, rows)
            else:
                _POOLS[key] = []
        return _POOLS[key]

    def _searched(self, name: str, rows: int, columns: int) -> list[Grid]:
        cells = rows * columns
        values = _ENTRIES if cells <= 4 else _FEW
        grids: list[Grid] = [
            tuple(tuple(Fraction(x) for x in flat[i * columns : (i + 1) * columns])
                  for i in range(rows))
            for flat in sorted(product(values, repeat=cells), key=lambda f: sum(map(abs, f)))
        ]  # fmt: skip
        if rows == columns == 2:
            grids += _OTHERS
        at = self._with_sizes(name, rows, columns)
        found: list[Grid] = []
        for grid in grids if at is not None else []:
            if self._holds(name, grid, at or {}):
                found.append(grid)
                if len(found) == _MOST and rows != 2:
                    break
        return [*found[: _MOST - 3], *found[-3:]] if len(found) > _MOST else found

    def _with_sizes(self, name: str, rows: int, columns: int) -> dict[str, int] | None:
        """The sizes under which a matrix of that name has so many rows and columns."""
        sizes = dict(self.sizes)
        for size, value in zip(self.problem.sorts[name][1:], (rows, columns), strict=True):
            if isinstance(size, str) and size in sizes:
                sizes[size] = value
            elif self._whole.size(size) != value:
                return None
        return sizes

    def _holds_at(self, name: str, grid: Grid) -> bool:
        sizes = self._with_sizes(name, len(grid), len(grid))
        return sizes is not None and self._holds(name, grid, sizes)

    def _holds(self, name: str, grid: Grid, sizes: Mapping[str, int]) -> bool:
        given: dict[Cell, Fraction] = {
            (name, i, j): value for i, row in enumerate(grid) for j, value in enumerate(row)
        }
        one = ExactInterpreter(self.problem, sizes, draw=unused_draw, given=given)
        try:
            return all(one.formula(said) == Truth.TRUE for said in self._about[name])
        except (Undefined, Unknown, Unreadable, KeyError):
            return False

    def _composed(self, name: str, size: int) -> list[Grid]:
        """Blocks on a diagonal, with rows and columns exchanged and their signs changed."""
        random = Random(size)
        found: dict[Grid, None] = {}
        small = {k: self._pool(name, k, k) for k in (1, 2)}
        small[3] = [grid for grid in _sparse() if self._holds_at(name, grid)]
        if not any(small.values()):
            return []
        for _ in range(3 * _MOST):
            blocks: list[Grid] = []
            left = size
            while left:
                possible = [k for k in (1, 2, 2, 3, 3) if k <= left and small[k]]
                if not possible:
                    break
                blocks.append(random.choice(small[random.choice(possible)]))
                left -= len(blocks[-1])
            if left:
                continue
            grid = _turned(_diagonal(blocks), random)
            if grid not in found and self._holds(name, grid, self.sizes):
                found[grid] = None
            if len(found) == _MOST:
                break
        return sorted(found, key=lambda g: sum(abs(x) for row in g for x in row))


def _parts(hypotheses: tuple[Term, ...]) -> list[Term]:
    """The hypotheses, conjunctions part by part."""
    found: list[Term] = []
    for one in hypotheses:
        found += _parts(one[1:]) if one[0] == "and" else [one]
    return found


def _sparse() -> list[Grid]:
    """The matrices of size 3 with at most three entries 1, and 0 elsewhere."""
    found: list[Grid] = []
    for count in range(4):
        for places in combinations(range(9), count):
            flat = [Fraction(int(k in places)) for k in range(9)]
            found.append((tuple(flat[:3]), tuple(flat[3:6]), tuple(flat[6:])))
    return found


def _diagonal(blocks: list[Grid]) -> list[list[Fraction]]:
    size = sum(map(len, blocks))
    grid = [[Fraction(0)] * size for _ in range(size)]
    at = 0
    for block in blocks:
        for i, row in enumerate(block):
            grid[at + i][at : at + len(row)] = row
        at += len(block)
    return grid


def _turned(grid: list[list[Fraction]], random: Random) -> Grid:
    order = list(range(len(grid)))
    random.shuffle(order)
    signs = [random.choice((1, -1)) for _ in grid]
    return tuple(tuple(signs[i] * signs[j] * grid[i][j] for j in order) for i in order)


def _is_hard(formula: Term, name: str) -> bool:
    """Whether few matrices drawn at random satisfy it: a definite form, or a product of it."""
    if definite_of(formula) is not None or formula[0] == "not":
        return True
    return formula[0] == "=" and any(_multiplies(side, name) for side in formula[1:])


def _multiplies(term: Term, name: str) -> bool:
    """Whether a matrix stands in a product with itself, or in a power."""
    if isinstance(term, str):
        return False
    if term[0] == "power" or (
        term[0] == "matmul" and all(_speaks_of(part, name) for part in term[1:])
    ):  # fmt: skip
        return True
    return any(_multiplies(part, name) for part in term[1:])


def _speaks_of(term: Term, name: str) -> bool:
    if isinstance(term, str):
        return term == name
    return any(_speaks_of(part, name) for part in term[1:])
