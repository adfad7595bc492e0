"""What keeps a program from going on."""

from __future__ import annotations

__all__ = ["Irrational", "NotDifferentiable", "Undefined"]


class Undefined(ArithmeticError):
    """A function has no value here, or an interval is too wide to tell: log 0, 1/[-1, 1]."""


class NotDifferentiable(ArithmeticError):
    """A maximum of two numbers that are equal, or that cannot be told apart: ReLU at 0.

    The value of such a maximum is no problem; it has no derivative, and none is made up.
    """


class Irrational(ArithmeticError):
    """An exact fraction was asked for where the value is none: exp(1)."""
