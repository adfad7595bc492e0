"""Functions of a number whose derivatives are functions of the same kind.

Where a hypothesis says that f' is the derivative of f everywhere, f is drawn from this family and
f' is worked out of it, so that the hypothesis holds by construction.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from therefore.goal import Term
from therefore.kernel.atoms import Atoms
from therefore.kernel.context import Context
from therefore.kernel.differential import differential
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import close, open_binder
from therefore.refuters.families import Family, number_literal
from therefore.refuters.values import Unreadable

__all__ = ["LITERALS", "PowersAndWaves", "derivative_literal"]

Array = NDArray[np.float64]

_DEGREE = 4
# What an exact search tries for the first function of such a chain, the simplest first.
LITERALS: tuple[Term, ...] = (
    "0", "#0", ("/", ("^", "#0", "2"), "2"), ("/", ("^", "#0", "3"), "6"),
    ("-", ("/", ("^", "#0", "2"), "2")), ("/", ("^", "#0", "4"), "24"), ("sin", "#0"),
)  # fmt: skip


@dataclass(frozen=True)
class PowersAndWaves(Family):
    """sum_k c_k x^k / k! + a sin(b x + t pi/2), for a batch of c (batch, k), a, b and t (batch,).

    Points and values have shape (batch,): these are functions of a number.
    """

    powers: Array
    height: Array
    frequency: Array
    turns: Array

    @classmethod
    def draw(cls, rng: np.random.Generator, batch: int) -> PowersAndWaves:
        """Small whole coefficients; every other member has no wave."""
        powers = rng.integers(-2, 3, size=(batch, _DEGREE + 1)).astype(float)
        height = rng.integers(-1, 2, size=batch) * (np.arange(batch) % 2)
        frequency = rng.integers(1, 3, size=batch)
        powers[:3] = np.eye(_DEGREE + 1)[1:4]
        height[:3] = 0
        return cls(powers, height.astype(float), frequency.astype(float), np.zeros(batch))

    @property
    def convex(self) -> bool:
        return False

    def derivative(self) -> PowersAndWaves:
        """The derivatives of all members."""
        powers = np.concatenate([self.powers[:, 1:], np.zeros((len(self.powers), 1))], axis=1)
        height = self.height * self.frequency
        return PowersAndWaves(powers, height, self.frequency, (self.turns + 1) % 4)

    def __call__(self, x: Any) -> Array:
        at = np.asarray(x, dtype=float)
        total = self.height * np.sin(self.frequency * at + self.turns * np.pi / 2)
        for k in range(self.powers.shape[1]):
            total = total + self.powers[:, k] * at**k / factorial(k)
        return np.asarray(total)

    def gradient(self, x: Any) -> Array:
        return self.derivative()(x)

    def literal(self, row: int, scalar: bool = True) -> Term | None:
        parts: list[Term] = []
        for k, c in enumerate(self.powers[row]):
            if c:
                literal = number_literal(c / factorial(k))
                parts.append(literal if k == 0 else ("*", literal, ("^", "#0", str(k))))
        if self.height[row]:
            turns = int(self.turns[row])
            factor = number_literal(self.height[row] * (1 if turns < 2 else -1))
            inside = ("*", number_literal(self.frequency[row]), "#0")
            parts.append(("*", factor, ("cos" if turns % 2 else "sin", inside)))
        return ("+", *parts) if len(parts) > 1 else parts[0] if parts else "0"


def derivative_literal(literal: Term) -> Term:
    """The body of the derivative of a function of a number, from its body, in normal form.

    Raises ``Unreadable`` where the structure of the body gives none.
    """
    from therefore.provers.building.unnormal import scalar_term

    ctx = Context(Atoms())
    ctx.declare("x", "real")
    try:
        change = differential(ctx.names, open_binder(literal, "x"), "x", "1")
        return close(scalar_term(ctx.atoms, ctx.normal.scalar(change)), "x")
    except Rejected as no:
        raise Unreadable("a function without a derivative by structure") from no
