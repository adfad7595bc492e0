"""exp, log, sin, cos and π."""

from __future__ import annotations

from .calculus import CONTINUOUS
from .differential import CHANGES
from .proofs import OBLIGATIONS
from .reduction import PARTIAL
from .typed import SIGNATURES, number_of

__all__: list[str] = []


HEADS = ("exp", "log", "sin", "cos")

SIGNATURES |= {(head, 1): number_of for head in HEADS}
SIGNATURES["pi", 0] = number_of
OBLIGATIONS["log"] = lambda inside: ("<", "0", inside)
PARTIAL.add("log")
CONTINUOUS.update(HEADS)
CHANGES |= {
    "exp": lambda change, u: ("*", ("exp", u), change(u)),
    "log": lambda change, u: ("/", change(u), u),
    "sin": lambda change, u: ("*", ("cos", u), change(u)),
    "cos": lambda change, u: ("-", ("*", ("sin", u), change(u))),
}
