"""The axioms on random instances, in exact arithmetic.

Each axiom is read as it stands in the kernel, by an evaluator of a page; what it quantifies over is
drawn at random: small sizes, rational numbers and vectors, quadratic functions (the convex ones and
others) with their gradients, functions on residues. A premise that fails makes an instance void; a
premise with quantifiers is decided, for the convexity of a quadratic, by its matrix.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any

import numpy as np
import pytest

from therefore.kernel.axioms import AXIOMS, convex
from therefore.kernel.intervals import Intervals, point
from therefore.kernel.terms import check_formula

INSTANCES = 300
Term = Any


@dataclass(frozen=True)
class Quadratic:
    """x ↦ ½ xᵀAx + bᵀx with A = (B + Bᵀ)/2, and its gradient Ax + b."""

    matrix: np.ndarray[Any, Any]
    slope: np.ndarray[Any, Any]

    def __call__(self, x: Any) -> Fraction:
        return Fraction(1, 2) * (x @ self.matrix @ x) + self.slope @ x

    def gradient(self, x: Any) -> Any:
        return self.matrix @ x + self.slope

    @property
    def is_convex(self) -> bool:
        return is_positive(self.matrix)

    def has_lipschitz_gradient(self, constant: Fraction) -> bool:
        """Whether ‖Au‖ ≤ L‖u‖ for all u: L²·I − AᵀA has no negative eigenvalue, and 0 ≤ L."""
        unit = np.diag([constant * constant] * len(self.slope))
        return constant >= 0 and is_positive(unit - self.matrix.T @ self.matrix)


def is_positive(matrix: Any) -> bool:
    """Whether no eigenvalue is negative: all principal minors are at least 0."""
    n = len(matrix)
    subsets = [[i for i in range(n) if mask >> i & 1] for mask in range(1, 2**n)]
    return all(determinant(matrix[np.ix_(s, s)]) >= 0 for s in subsets)


def determinant(matrix: Any) -> Fraction:
    if len(matrix) == 0:
        return Fraction(1)
    rest = (np.delete(np.delete(matrix, 0, 0), k, 1) for k in range(len(matrix)))
    total = sum((-1) ** k * matrix[0, k] * determinant(r) for k, r in enumerate(rest))
    return Fraction(total)


def rank(matrix: Any) -> int:
    """The number of rows that elimination leaves."""
    rows, found = [list(row) for row in matrix], 0
    for column in range(len(rows[0])):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is not None:
            rows.remove(pivot)
            found += 1
            rows = [
                [a - row[column] / pivot[column] * b for a, b in zip(row, pivot, strict=True)]
                for row in rows
            ]
    return found


def pseudo_inverse(matrix: Any) -> Any:
    """Fᵀ(FFᵀ)⁻¹(CᵀC)⁻¹Cᵀ for A = CF with columns C that span those of A, and Cᵀ C invertible."""
    chosen: list[Any] = []
    for column in matrix.T:
        if rank([*chosen, column]) > len(chosen):
            chosen.append(column)
    if not chosen:
        return matrix.T * Fraction(0)
    c = np.array(chosen, dtype=object).T
    f = inverse(c.T @ c) @ c.T @ matrix
    return f.T @ inverse(f @ f.T) @ inverse(c.T @ c) @ c.T


def inverse(matrix: Any) -> Any:
    """By cofactors."""
    places = range(len(matrix))
    below = determinant(matrix)
    return np.array([
        [(-1) ** (i + j) * determinant(np.delete(np.delete(matrix, j, 0), i, 1)) / below
         for j in places] for i in places
    ], dtype=object)  # fmt: skip


@dataclass(frozen=True)
class Modulo:
    """An element of the field of p numbers."""

    number: int
    prime: int

    def __add__(self, other: Any) -> Modulo:
        return Modulo((self.number + _plain(other)) % self.prime, self.prime)

    __radd__ = __add__

    def __mul__(self, other: Modulo) -> Modulo:
        return Modulo(self.number * other.number % self.prime, self.prime)


def _plain(value: Any) -> int:
    return value.number if isinstance(value, Modulo) else int(value)


class Instance:
    """One random instance: values for the binders, the innermost last."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)

    def number(self) -> Fraction:
        return Fraction(int(self.rng.integers(-6, 7)), int(self.rng.integers(1, 4)))

    def array(self, *shape: int) -> Any:
        flat = [self.number() for _ in range(int(np.prod(shape)))]
        return np.array(flat, dtype=object).reshape(shape)

    def value(self, sort: Term, env: list[Any]) -> Any:
        if sort == "real" and env and isinstance(env[-1], Quadratic):
            return 5 * self.number()  # a constant of a quadratic's gradient
        if sort == "real":
            return self.number() if self.rng.integers(4) else Fraction(0)
        if sort == "integer":
            return int(self.rng.integers(-3, 4))
        if sort == "size":
            return int(self.rng.integers(1, 4))
        if sort == "field":
            return int(self.rng.choice([2, 3, 5, 7]))
        if sort[0] == "element":
            prime = int(self.term(sort[1], env))
            return Modulo(int(self.rng.integers(prime)), prime)
        if sort[0] == "function" and sort[2][0] == "element":
            sizes = [int(self.term(place[1], env)) for place in sort[1]]
            flat = [self.value(sort[2], env) for _ in range(int(np.prod(sizes)))]
            return np.array([*flat, None], dtype=object)[:-1].reshape(sizes)
        size = int(self.term(sort[1], env)) if sort[0] != "function" else 0
        if sort[0] == "matrix":
            columns = int(self.term(sort[2], env))
            root = self.array(size, columns)  # some of them without an inverse
            return root if self.rng.integers(2) else np.outer(root[:, 0], root[0])
        if sort[0] == "vector":
            return self.array(size) if self.rng.integers(4) else self.array(size) * 0
        if sort[0] == "residue":
            return int(self.rng.integers(size))
        kind, size = sort[1][0][0], int(self.term(sort[1][0][1], env))
        if kind == "residue":
            return self.array(size)
        root = self.array(size, size)
        matrix = root.T @ root if self.rng.integers(3) else (root + root.T) / 2
        return Quadratic(matrix, self.array(size))

    def term(self, term: Term, env: list[Any]) -> Any:
        if isinstance(term, str):
            return env[-1 - int(term[1:])] if term[0] == "#" else Fraction(term)
        head, *parts = term
        if head == "sum":
            low, high = (int(self.term(part, env)) for part in parts[:2])
            return sum(self.term(parts[2], [*env, k]) for k in range(low, high + 1))
        if head == "sum_mod":
            return sum(self.term(parts[1], [*env, k]) for k in range(self.term(parts[0], env)))
        if head == "^" and parts[0][0] == "norm":
            vector = self.term(parts[0][1], env)
            return vector @ vector
        if head == "^":
            return self.term(parts[0], env) ** int(parts[1])
        if head == "blocks":
            return np.block([[self.term(block, env) for block in row[1:]] for row in parts])
        values = [self.term(part, env) for part in parts]
        if head == "app" and isinstance(values[0], Quadratic):
            return values[0](values[1])
        if head == "app":
            places = zip(values[1:], values[0].shape, strict=True)
            return values[0][tuple(place % size for place, size in places)]
        return {
            "det": lambda: determinant(values[0]),
            "matmul": lambda: values[0] @ values[1],
            "kronecker": lambda: np.kron(values[0], values[1]),
            "embed": lambda: Modulo(int(values[1]) % int(values[0]), int(values[0])),
            "delta": lambda: int(values[0] == values[1]),
            "floor": lambda: floor(values[0]),
            "exp": lambda: Intervals(64).exponential(point(values[0]))[0],  # not above it
            "+": lambda: sum(values[1:], values[0]),
            "-": lambda: -values[0],
            "*": lambda: values[0] * values[1],
            "/": lambda: values[0] / values[1],
            "inner": lambda: values[0] @ values[1],
            "transpose": lambda: values[0].T,
            "pseudoinverse": lambda: pseudo_inverse(values[0]),
            "gradient": lambda: values[0].gradient(values[1]),
            "zero": lambda: np.array([Fraction(0)] * int(values[0]), dtype=object),
        }[head]()

    def holds(self, formula: Term, env: list[Any]) -> bool | None:
        """Whether the formula holds of this instance; ``None`` where a premise fails."""
        head, *parts = formula
        if head == "forall":
            return self.holds(parts[1], [*env, self.value(parts[0], env)])
        if head == "exists" and parts[0][0] == "matrix":  # the K that sends u ⊗ v to v ⊗ u
            m, n = int(env[-2]), int(env[-1])
            swap = np.array([[Fraction(0)] * (m * n)] * (m * n), dtype=object)
            for i, j in ((i, j) for i in range(m) for j in range(n)):
                swap[j * m + i, i * n + j] = Fraction(1)
            return self.holds(parts[1], [*env, swap])
        if head == "and":
            return all(self.holds(part, env) for part in parts)
        if head == "exists":  # of an element of a field
            prime = int(self.term(parts[0][1], env))
            return any(self.holds(parts[1], [*env, Modulo(k, prime)]) for k in range(prime))
        if head == "implies":
            return self.holds(parts[1], env) if self.premise(parts[0], env) else None
        if head == "invertible":
            matrix = self.term(parts[0], env)
            return rank(matrix) == len(matrix)
        left, right = (self.term(part, env) for part in parts)
        equal = bool(np.all(left == right))
        return {"=": equal, "!=": not equal, "<=": None, "<": None}[head] if head in ("=", "!=") \
            else bool(left <= right if head == "<=" else left < right)  # fmt: skip

    def premise(self, formula: Term, env: list[Any]) -> bool:
        if formula[0] == "differentiable":
            return True
        if formula[0] == "forall" and formula[2][1][0] == "!=":  # that #0 is positive definite
            both = env[-1] + env[-1].T
            return all(determinant(both[:k, :k]) > 0 for k in range(1, len(both) + 1))
        if formula[0] == "forall" and isinstance(env[-1], np.ndarray):  # that #0 is injective
            return rank(env[-1]) == len(env[-1])
        if formula[0] == "forall" and isinstance(env[-1], Quadratic):  # that #0 is convex
            return env[-1].is_convex
        if formula[0] == "forall":  # that the gradient of #1 is Lipschitz with the constant #0
            return bool(env[-2].has_lipschitz_gradient(env[-1]))
        return bool(self.holds(formula, env))


@pytest.mark.parametrize("name", AXIOMS)
def test_an_axiom_is_well_formed_and_closed(name: str) -> None:
    check_formula(AXIOMS[name], {})


@pytest.mark.parametrize("name", AXIOMS)
def test_an_axiom_holds_on_random_instances(name: str) -> None:
    results = [Instance(seed).holds(AXIOMS[name], []) for seed in range(INSTANCES)]
    assert False not in results
    assert results.count(True) >= 20, "too few instances satisfy the premises"


def test_a_false_axiom_would_be_seen() -> None:
    wrong = ("forall", "real", ("forall", "real", ("<=", "#0", ("+", "#1", "3"))))
    assert False in [Instance(seed).holds(wrong, []) for seed in range(INSTANCES)]


@pytest.mark.parametrize("a", [Fraction(0), Fraction(1, 3), Fraction(1)])
def test_convexity_is_the_definition(a: Fraction) -> None:
    formula = convex("f", "2")
    body = formula[2][2][2][2][2]
    assert formula[1] == ("vector", "2") and formula[2][2][1] == "real"
    for seed in range(INSTANCES // 10):
        instance = Instance(seed)
        f = instance.value(("function", (("vector", "2"),), "real"), [])
        x, y = instance.array(2), instance.array(2)
        opened = _with_function(body)
        assert instance.holds(opened, [f, x, y, a]) or not f.is_convex


def _with_function(term: Term) -> Term:
    """The term with the outermost of four bound variables for the name f."""
    if isinstance(term, str):
        return "#3" if term == "f" else term
    return tuple(_with_function(part) for part in term)
