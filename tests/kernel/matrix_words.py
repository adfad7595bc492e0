"""Short words for the terms of matrices, for tests that write many of them."""

from __future__ import annotations

from typing import Any

__all__ = [
    "both", "det", "eye", "grid", "inv", "kron", "minus", "mm", "plus", "tr", "turned", "vec",
    "zero",
]  # fmt: skip

Term = Any


def mm(*factors: Term) -> Term:
    """The product, in brackets from the right."""
    first, *rest = factors
    return ("matmul", first, mm(*rest)) if rest else first


def turned(term: Term) -> Term:
    """The transpose."""
    return ("transpose", term)


def inv(term: Term) -> Term:
    """The inverse."""
    return ("inverse", term)


def plus(*terms: Term) -> Term:
    """The sum."""
    return ("+", *terms)


def minus(a: Term, b: Term) -> Term:
    """The first less the second."""
    return ("+", a, ("-", b))


def eye(size: Term) -> Term:
    """The identity."""
    return ("identity", size)


def zero(*sizes: Term) -> Term:
    """The zero vector or matrix."""
    return ("zero", *sizes)


def kron(a: Term, b: Term) -> Term:
    """The Kronecker product."""
    return ("kronecker", a, b)


def both(a: Term, b: Term) -> Term:
    """The product entry by entry."""
    return ("hadamard", a, b)


def vec(a: Term) -> Term:
    """The columns below each other."""
    return ("vec", a)


def det(a: Term) -> Term:
    """The determinant."""
    return ("det", a)


def tr(a: Term) -> Term:
    """The trace."""
    return ("trace", a)


def grid(a: Term, b: Term, c: Term, d: Term) -> Term:
    """The matrix of two rows of two blocks."""
    return ("blocks", ("row", a, b), ("row", c, d))
