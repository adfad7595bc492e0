"""Random terms of blocks, ⊗, ∘ and vec with their values, and the values of their normal forms."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import numpy as np
from form_values import NumberReader

from therefore.kernel.atoms import Matrix
from therefore.kernel.context import Context
from therefore.kernel.polynomials import Scalar
from therefore.kernel.words import sizes

Term = Any
Array = Any

# Sizes by their letters: of a name, written out, and large enough not to be written out entry by
# entry as a product.
SIZES: tuple[Term, ...] = ("m", "n", "1", "2")


def determinant(matrix: Array) -> Fraction:
    """By elimination."""
    rows, total = [list(row) for row in matrix], Fraction(1)
    for k in range(len(rows)):
        pivot = next((i for i in range(k, len(rows)) if rows[i][k]), None)
        if pivot is None:
            return Fraction(0)
        if pivot != k:
            rows[k], rows[pivot], total = rows[pivot], rows[k], -total
        total *= rows[k][k]
        for i in range(k + 1, len(rows)):
            factor = rows[i][k] / rows[k][k]
            rows[i] = [a - factor * b for a, b in zip(rows[i], rows[k], strict=True)]
    return total


def inverse(matrix: Array) -> Array:
    """By Cramer's rule. Raises ``ZeroDivisionError`` for a singular matrix."""
    size, whole = len(matrix), determinant(matrix)
    if not whole:
        raise ZeroDivisionError
    cofactors = [
        [(-1) ** (i + j) * determinant(np.delete(np.delete(matrix, i, 0), j, 1))
         for j in range(size)] for i in range(size)
    ]  # fmt: skip
    return (np.array(cofactors, dtype=object).T * (1 / whole)).reshape(size, size)


def eye(size: int) -> Array:
    return np.array([[Fraction(int(i == j)) for j in range(size)] for i in range(size)],
                    dtype=object)  # fmt: skip


class Values:
    """Random values of sizes, and of names of every shape."""

    def __init__(self, rng: random.Random) -> None:
        self.numbers = {"m": rng.choice((1, 2, 3)), "n": rng.choice((1, 2, 3))}
        self.names: dict[str, Term] = {"m": "size", "n": "size", "c": "real"}
        self.values: dict[str, Any] = {**self.numbers, "c": Fraction(rng.randint(-3, 3), 2)}
        self.rng = rng

    def size(self, size: Term) -> int:
        if isinstance(size, str):
            return self.numbers[size] if size in self.numbers else int(size)
        parts = [self.size(part) for part in size[1:]]
        return sum(parts) if size[0] == "+" else int(np.prod(parts))

    def named(self, sort: Term) -> str:
        """A name of the sort, one of two."""
        name = f"{sort[0][0].upper()}{''.join(map(_word, sort[1:]))}{self.rng.choice('xy')}"
        if name not in self.names:
            shape = [self.size(size) for size in sort[1:]]
            flat = [Fraction(self.rng.randint(-2, 2)) for _ in range(int(np.prod(shape)))]
            self.names[name] = sort
            self.values[name] = np.array(flat, dtype=object).reshape(shape)
        return name

    def of(self, term: Term) -> Any:
        """The value of a term."""
        if isinstance(term, str):
            return self.values[term] if term in self.values else Fraction(term)
        head, *parts = term
        if head == "identity":
            return eye(self.size(parts[0]))
        if head == "zero":
            shape = [self.size(part) for part in parts]
            return np.array([Fraction(0)] * int(np.prod(shape)), dtype=object).reshape(shape)
        if head == "blocks":
            return np.block([[self.of(block) for block in row[1:]] for row in parts])
        values = [self.of(part) for part in parts]
        return {
            "+": lambda: sum(values[1:], values[0]), "-": lambda: -values[0],
            "*": lambda: values[1] * values[0], "matmul": lambda: values[0] @ values[1],
            "transpose": lambda: values[0].T, "inverse": lambda: inverse(values[0]),
            "outer": lambda: np.outer(*values), "inner": lambda: values[0] @ values[1],
            "kronecker": lambda: np.kron(*values), "hadamard": lambda: values[0] * values[1],
            "vec": lambda: values[0].T.reshape(-1), "trace": lambda: np.trace(values[0]),
            "det": lambda: determinant(values[0]), "/": lambda: values[0] / values[1],
            "power": lambda: values[0] ** int(values[1]),
        }[head]()  # fmt: skip


def _word(size: Term) -> str:
    return size if isinstance(size, str) else "".join(map(_word, size)).translate(_SIGNS)


_SIGNS = str.maketrans({"+": "p", "*": "t"})


# ---------------------------------------------------------------- random terms


def matrix(values: Values, rows: Term, columns: Term, depth: int) -> Term:
    """A well-typed matrix of the sizes."""
    rng = values.rng

    def again(a: Term, b: Term) -> Term:
        return matrix(values, a, b, depth - 1)

    for head, some, other in (("+", rows, columns), ("*", rows, columns)):
        fits = depth and len(some) == len(other) == 3 and some[0] == other[0] == head
        if fits and rng.random() < 0.7:
            (a, b), (c, d) = some[1:], other[1:]
            if head == "*":
                return ("kronecker", again(a, c), again(b, d))
            return ("blocks", ("row", again(a, c), again(a, d)),
                    ("row", again(b, c), again(b, d)))  # fmt: skip
    if depth == 0:
        if rows == columns and rng.random() < 0.3:
            return ("identity", rows)
        return values.named(("matrix", rows, columns))
    way = rng.randrange(7)
    if way == 0:
        return ("+", again(rows, columns), again(rows, columns))
    if way == 1:
        return ("transpose", again(columns, rows))
    if way == 2:
        return ("hadamard", again(rows, columns), again(rows, columns))
    if way == 3:
        return ("outer", vector(values, rows, depth - 1), vector(values, columns, depth - 1))
    if way == 4 and rows == columns:
        return ("inverse", again(rows, columns))
    if way == 5:
        return ("*", rng.choice(("c", "2", "-1")), again(rows, columns))
    inner = rng.choice((rows, columns, *SIZES))
    return ("matmul", again(rows, inner), again(inner, columns))


def vector(values: Values, size: Term, depth: int) -> Term:
    rng = values.rng
    if depth == 0:
        return values.named(("vector", size))
    way = rng.randrange(5)
    if isinstance(size, tuple) and size[0] == "*" and len(size) == 3 and way < 3:
        if way:
            return ("vec", matrix(values, size[2], size[1], depth - 1))
        return ("kronecker", *(vector(values, part, depth - 1) for part in size[1:]))
    if way == 0:
        return ("+", vector(values, size, depth - 1), vector(values, size, depth - 1))
    if way == 1:
        return ("hadamard", vector(values, size, depth - 1), vector(values, size, depth - 1))
    inner = rng.choice((size, *SIZES))
    return ("matmul", matrix(values, size, inner, depth - 1), vector(values, inner, depth - 1))


def number(values: Values, depth: int) -> Term:
    size = any_size(values.rng)
    way = values.rng.randrange(3)
    if way == 0:
        return ("trace", matrix(values, size, size, depth))
    if way == 1:
        return ("det", matrix(values, size, size, depth))
    return ("inner", vector(values, size, depth), vector(values, size, depth))


def any_size(rng: random.Random) -> Term:
    """A letter, a number, or a sum or a product of two of them."""
    if rng.random() < 0.4:
        return rng.choice(SIZES[:2])
    first, second = rng.choice(("m", "n")), rng.choice(SIZES)
    return (rng.choice("+*"), first, second)


# ---------------------------------------------------------------- values of normal forms


class Reader(NumberReader):
    """The values of the atoms of a context."""

    def __init__(self, ctx: Context, values: Values) -> None:
        self.ctx, self.values = ctx, values

    def of(self, form: Any, *shape: int) -> Any:
        if isinstance(form, Scalar):
            return self.number(form)
        total = np.array([Fraction(0)] * int(np.prod(shape)), dtype=object).reshape(shape)
        for index, factor in form.parts.items():
            part = self.matrix(index, *shape) if isinstance(form, Matrix) else self.vector(
                index, *shape)  # fmt: skip
            total = total + part * self.of(factor)
        return total

    def _atom(self, index: int) -> Fraction:
        row = self.ctx.atoms.rows[index]
        head, arguments = row.head, row.arguments
        if head == "name":
            return Fraction(self.values.values[str(arguments[0])])
        if head == "power":
            return self.of(arguments[0]) ** int(self.of(arguments[1]))  # type: ignore[no-any-return]
        if head == "det":
            size = self.values.size(arguments[0])
            return determinant(self.of(arguments[1], size, size))
        if head == "trace":
            size = self.values.size(arguments[0])
            total = eye(size)
            for letter in arguments[1:]:
                total = total @ self._letter(letter)
            return Fraction(np.trace(total))
        if head == "entries":
            shape = [self.values.size(size) for size in arguments[0]]
            product = 1
            for part in arguments[1:]:
                product = product * self.matrix(part, *shape)
            return Fraction(np.sum(product))
        if head == "entry":
            i, j = (int(place.value.constant() or 0) for place in arguments[1:])
            return Fraction(self.values.values[str(arguments[0])][i, j])
        assert head == "inner", head
        size = max(self._size(k) for k in arguments)
        return Fraction(self.vector(arguments[0], size) @ self.vector(arguments[1], size))

    def _size(self, index: Any) -> int:
        row = self.ctx.atoms.rows[index]
        if row.head == "act":
            return self.values.size(sizes(self.ctx.normal, row.arguments[0])[0])
        if row.head == "name":
            return len(self.values.values[str(row.arguments[0])])
        if row.head == "basis":
            return 0
        return int(np.prod([self.values.size(size) for size in row.arguments[0]]))

    def vector(self, index: Any, size: int) -> Array:
        row = self.ctx.atoms.rows[index]
        if row.head == "basis":
            return eye(size)[int(row.arguments[0])]
        if row.head == "name":
            return self.values.values[str(row.arguments[0])]
        shape = [self.values.size(one) for one in row.arguments[0]] if row.head != "act" else []
        if row.head == "vec":
            return self.matrix(row.arguments[1], *shape).T.reshape(-1)
        if row.head == "hadamard vector":
            product = 1
            for part in row.arguments[1:]:
                product = product * self.vector(part, *shape)
            return product
        assert row.head == "act", row.head
        *word, base = row.arguments
        columns = self.values.size(sizes(self.ctx.normal, word[-1])[1])
        value = self.vector(base, columns)
        for letter in reversed(word):
            value = self._letter(letter) @ value
        return value

    def _letter(self, index: Any) -> Array:
        row = self.ctx.atoms.rows[index]
        head, arguments = row.head, row.arguments
        if head == "transposed":
            return self._letter(arguments[0]).T
        if head == "inverse":
            size = self.values.size(arguments[0])
            return inverse(self.of(arguments[1], size, size))
        if head in ("embedding", "restriction"):
            parts, place = [self.values.size(part) for part in arguments[0]], int(arguments[1])
            before = sum(parts[:place])
            whole = eye(sum(parts))[:, before : before + parts[place]]
            return whole if head == "embedding" else whole.T
        if head == "kronecker":
            total = eye(1)
            for shape, part in zip(arguments[0], arguments[1:], strict=True):
                total = np.kron(total, self.matrix(part, *map(self.values.size, shape)))
            return total
        if head == "hadamard":
            total = 1
            for part in arguments[1:]:
                total = total * self.matrix(part, *map(self.values.size, arguments[0]))
            return total
        assert head == "name", head
        return self.values.values[str(arguments[0])]

    def matrix(self, index: Any, rows: int, columns: int) -> Array:
        row = self.ctx.atoms.rows[index]
        if row.head == "outer":
            left, right = row.arguments
            return np.outer(self.vector(left, rows), self.vector(right, columns))
        total = eye(rows)
        for letter in row.arguments:
            total = total @ self._letter(letter)
        return total
