"""Terms and relations in floating point, at numbers for their names. Hints for a search only."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.kernel.terms import mentions

__all__ = ["holds", "seems_true", "value"]

_FAILS = (ValueError, OverflowError, ZeroDivisionError, KeyError, TypeError, IndexError)
_SLACK = 1e-9
_MOST_DRAWN = 400
_ENOUGH = 60
_FLOATS: dict[str, Callable[..., float]] = {
    "abs": abs, "sqrt": math.sqrt, "exp": math.exp, "log": math.log, "sin": math.sin,
    "cos": math.cos, "arctan": math.atan, "pi": lambda: math.pi,
}  # fmt: skip


def value(term: Term, values: Mapping[str, float]) -> float:
    """About the value of a term. Raises an error of arithmetic where it has none."""
    if isinstance(term, str):
        return values[term] if term in values else float(Fraction(term))
    head, *parts = term
    if head == "^":
        return float(value(parts[0], values) ** int(parts[1]))
    numbers = [value(part, values) for part in parts]
    if head == "+":
        return math.fsum(numbers)
    if head == "*":
        return math.prod(numbers)
    if head == "/":
        return numbers[0] / numbers[1]
    if head == "-":
        return -numbers[0]
    return float(_FLOATS[head](*numbers))


def holds(relation: Term, values: Mapping[str, float]) -> bool | None:
    """Whether a relation holds, or nearly; None where that cannot be worked out."""
    try:
        left, right = (value(side, values) for side in relation[1:])
    except _FAILS:
        return None
    if not (math.isfinite(left) and math.isfinite(right)):
        return None
    slack = _SLACK * (1 + abs(left) + abs(right))
    if relation[0] == "=":
        return abs(left - right) <= slack
    return left <= right + slack


def seems_true(ctx: Context, relation: Term) -> bool:
    """Whether no number that was tried, and is as known, breaks the relation.

    Where an equation is known of its names, nothing is tried.
    """
    names = [name for name in ctx.names if mentions(relation, name)]
    facts = [
        fact for fact in ctx.facts.values()
        if fact[0] in ("<", "<=", "=") and any(mentions(fact, name) for name in names)
    ]  # fmt: skip
    if any(ctx.names[name] != "real" for name in names) or any(one[0] == "=" for one in facts):
        return True
    names += [n for n in ctx.names if n not in names and any(mentions(one, n) for one in facts)]
    tried = 0
    for values in _drawn(names):
        if all(holds(fact, values) for fact in facts):
            tried += 1
            if holds(relation, values) is False:
                return False
            if tried == _ENOUGH:
                break
    return True


def _drawn(names: list[str]) -> Iterator[dict[str, float]]:
    rng = random.Random(len(names))
    for k in range(_MOST_DRAWN):
        sign = 1 if k % 2 else rng.choice((-1, 1))
        yield {
            name: sign * rng.choice((rng.random(), rng.expovariate(0.5), 1.0 + rng.gauss(0, 0.1)))
            if k % 2 else rng.gauss(0, 2)
            for name in names
        }  # fmt: skip
