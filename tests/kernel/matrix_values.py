"""Random terms of matrices with their values, and the values of normal forms: two ways to one."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from form_values import NumberReader

from therefore.kernel.atoms import Matrix
from therefore.kernel.context import Context
from therefore.kernel.polynomials import Scalar

Term = Any
Rows = tuple[tuple[Fraction, ...], ...]


class Values:
    """Sizes n and m, matrices and vectors of all shapes of them and of 2, and numbers."""

    def __init__(self, rng: random.Random) -> None:
        self.sizes = {"n": rng.choice((1, 2, 3)), "m": rng.choice((1, 2, 3)), "2": 2}
        self.names: dict[str, Term] = {"n": "size", "m": "size", "a": "real", "b": "real"}
        self.values: dict[str, Any] = {"n": Fraction(self.sizes["n"]),
                                       "m": Fraction(self.sizes["m"])}  # fmt: skip

        def number() -> Fraction:
            return Fraction(rng.randint(-3, 3), rng.choice((1, 1, 2)))

        self.values |= {"a": number(), "b": number()}
        for rows in ("n", "m", "2"):
            self.names[f"v{rows}"] = ("vector", rows)
            self.values[f"v{rows}"] = tuple(number() for _ in range(self.sizes[rows]))
            for columns in ("n", "m", "2"):
                name = f"A{rows}{columns}"
                self.names[name] = ("matrix", rows, columns)
                self.values[name] = tuple(
                    tuple(number() for _ in range(self.sizes[columns]))
                    for _ in range(self.sizes[rows])
                )

    def of(self, term: Term) -> Any:
        """The value of a term; None where an inverse does not exist."""
        if isinstance(term, str):
            return self.values[term] if term in self.values else Fraction(term)
        head, *parts = term
        if head == "identity":
            size = self.sizes[parts[0]]
            return tuple(tuple(Fraction(int(i == j)) for j in range(size)) for i in range(size))
        values = [self.of(part) for part in parts]
        if any(value is None for value in values):
            return None
        return OPERATIONS[head](*values)


def _times(left: Any, right: Any) -> Any:
    if isinstance(right[0], tuple):
        columns = list(zip(*right, strict=True))
        return tuple(tuple(_dot(row, column) for column in columns) for row in left)
    return tuple(_dot(row, right) for row in left)


def _dot(u: Any, v: Any) -> Fraction:
    return sum((p * q for p, q in zip(u, v, strict=True)), Fraction(0))


def _plus(left: Any, right: Any) -> Any:
    if isinstance(left, tuple):
        return tuple(_plus(p, q) for p, q in zip(left, right, strict=True))
    return left + right


def _scaled(factor: Fraction, value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_scaled(factor, part) for part in value)
    return factor * value


def inverse_of(rows: Rows) -> Rows | None:
    """Gauss and Jordan; None for a singular matrix."""
    size = len(rows)
    work = [[*row, *(Fraction(int(i == j)) for j in range(size))] for i, row in enumerate(rows)]
    for k in range(size):
        pivot = next((i for i in range(k, size) if work[i][k]), None)
        if pivot is None:
            return None
        work[k], work[pivot] = work[pivot], work[k]
        work[k] = [entry / work[k][k] for entry in work[k]]
        for i in range(size):
            if i != k:
                work[i] = [p - work[i][k] * q for p, q in zip(work[i], work[k], strict=True)]
    return tuple(tuple(row[size:]) for row in work)


OPERATIONS: dict[str, Callable[..., Any]] = {
    "+": _plus,
    "-": lambda value: _scaled(Fraction(-1), value),
    "*": _scaled,
    "matmul": _times,
    "transpose": lambda rows: tuple(zip(*rows, strict=True)),
    "inverse": inverse_of,
    "outer": lambda u, v: tuple(tuple(p * q for q in v) for p in u),
    "inner": _dot,
}


def random_term(rng: random.Random, kind: str, names: Any, depth: int) -> tuple[Term, Term]:
    """A well-typed term and its sort."""
    size = rng.choice(("n", "m", "2"))
    if kind == "number":
        if depth == 0:
            return rng.choice(("a", "b", "2", "-1")), "real"
        u = vector(rng, size, depth - 1)
        return ("inner", u, vector(rng, size, depth - 1)), "real"
    if kind == "vector":
        return vector(rng, size, depth), ("vector", size)
    columns = rng.choice(("n", "m", "2", size))
    return matrix(rng, size, columns, depth), ("matrix", size, columns)


def vector(rng: random.Random, size: str, depth: int) -> Term:
    if depth == 0:
        return f"v{size}"
    way = rng.randrange(4)
    if way == 0:
        return ("+", vector(rng, size, depth - 1), vector(rng, size, depth - 1))
    if way == 1:
        return ("*", random_term(rng, "number", None, depth - 1)[0], vector(rng, size, depth - 1))
    inner = rng.choice(("n", "m", "2"))
    return ("matmul", matrix(rng, size, inner, depth - 1), vector(rng, inner, depth - 1))


def matrix(rng: random.Random, rows: str, columns: str, depth: int) -> Term:
    if depth == 0:
        return f"A{rows}{columns}" if rows != columns or rng.random() < 0.8 else ("identity", rows)
    way = rng.randrange(7)
    if way == 0:
        return ("+", matrix(rng, rows, columns, depth - 1), matrix(rng, rows, columns, depth - 1))
    if way == 1:
        return ("transpose", matrix(rng, columns, rows, depth - 1))
    if way == 2:
        return ("outer", vector(rng, rows, depth - 1), vector(rng, columns, depth - 1))
    if way == 3 and rows == columns:
        return ("inverse", matrix(rng, rows, columns, depth - 1))
    if way == 4:
        return ("*", rng.choice(("a", "2", "-1")), matrix(rng, rows, columns, depth - 1))
    inner = rng.choice(("n", "m", "2"))
    left = matrix(rng, rows, inner, depth - 1)
    return ("matmul", left, matrix(rng, inner, columns, depth - 1))


# ---------------------------------------------------------------- values of normal forms


def value_of_form(ctx: Context, form: Any, values: Values, sort: Term) -> Any:
    """The value of a normal form of the sort."""
    reader = _Reader(ctx, values)
    if isinstance(form, Scalar):
        return reader.number(form)
    sizes = [values.sizes[size] for size in sort[1:]]
    if isinstance(form, Matrix):
        total: Any = tuple((Fraction(0),) * sizes[1] for _ in range(sizes[0]))
        for index, factor in form.parts.items():
            total = _plus(total, _scaled(reader.number(factor), reader.matrix(index, sizes)))
        return total
    total = (Fraction(0),) * sizes[0]
    for index, factor in form.parts.items():
        total = _plus(total, _scaled(reader.number(factor), reader.vector(index, sizes[0])))
    return total


class _Reader(NumberReader):
    def __init__(self, ctx: Context, values: Values) -> None:
        self.ctx, self.values = ctx, values

    def _atom(self, index: int) -> Fraction:
        row = self.ctx.atoms.rows[index]
        if row.head == "name":
            return self.values.values[str(row.arguments[0])]  # type: ignore[no-any-return]
        if row.head == "entry":
            whole, i, j = row.arguments
            at = [int(k.value.constant() or 0) for k in (i, j)]  # type: ignore[union-attr]
            return self.values.values[str(whole)][at[0]][at[1]]  # type: ignore[no-any-return]
        assert row.head == "inner"
        left, right = (int(str(k)) for k in row.arguments)
        sizes = {self._size(k) for k in (left, right)} - {0}
        size = max(sizes, default=2)
        return _dot(self.vector(left, size), self.vector(right, size))

    def _size(self, index: int) -> int:
        row = self.ctx.atoms.rows[index]
        if row.head == "basis":
            return 0
        if row.head == "act":
            letter = int(str(row.arguments[0]))
            return len(self._letter(letter))
        return len(self.values.values[str(row.arguments[0])])

    def vector(self, index: int, size: int) -> Any:
        row = self.ctx.atoms.rows[index]
        if row.head == "basis":
            return tuple(Fraction(int(str(k) == row.arguments[0])) for k in range(size))
        if row.head == "name":
            return self.values.values[str(row.arguments[0])]
        assert row.head == "act"
        *word, base = (int(str(k)) for k in row.arguments)
        value = self.vector(base, len(self._letter(word[-1])[0]))
        for letter in reversed(word):
            value = _times(self._letter(letter), value)
        return value

    def _letter(self, index: int) -> Any:
        row = self.ctx.atoms.rows[index]
        if row.head == "transposed":
            return tuple(zip(*self._letter(int(str(row.arguments[0]))), strict=True))
        if row.head == "inverse":
            size = str(row.arguments[0])
            return inverse_of(
                value_of_form(self.ctx, row.arguments[1], self.values, ("matrix", size, size))
            )
        return self.values.values[str(row.arguments[0])]

    def matrix(self, index: int, sizes: list[int]) -> Any:
        row = self.ctx.atoms.rows[index]
        ends = [int(str(k)) for k in row.arguments]
        if row.head == "outer":
            left, right = (self.vector(k, size) for k, size in zip(ends, sizes, strict=True))
            return OPERATIONS["outer"](left, right)
        rows = sizes[0]
        value: Any = tuple(
            tuple(Fraction(int(i == j)) for j in range(rows)) for i in range(rows)
        )  # the empty word
        for letter in ends:
            value = _times(value, self._letter(letter))
        return value
