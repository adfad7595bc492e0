"""Untrusted: what would be true in the place of a refuted line.

Each kind of help is one file with a function ``find(tools)`` that yields findings: goals that
are proposed, with how they fared on random instances and with the proofs that were found. The
kernel decides which of them are told as true; nothing here changes a verdict.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from therefore.helping import conditions, digits, nearest, sides
from therefore.helping.findings import Finding, Proposal
from therefore.helping.tools import Tools

__all__ = ["KINDS", "Finding", "Proposal", "Tools", "find"]

# In the order in which they are told. This is the one place where a kind of help is entered.
KINDS: dict[str, Callable[[Tools], Iterator[Finding]]] = {
    "digits": digits.find,
    "sides": sides.find,
    "nearest": nearest.find,
    "conditions": conditions.find,
}


def find(kind: str, tools: Tools) -> list[Finding]:
    """The findings of one kind; none where something goes wrong in looking for them."""
    found: list[Finding] = []
    started = time.monotonic()
    import sympy  # noqa: F401  (what it takes to load is not taken from the budget)

    tools.deadline += time.monotonic() - started
    try:
        for finding in KINDS[kind](tools):
            found.append(finding)
    except Exception:
        # Help is a courtesy: a failure in it must not be told as if it were the line's.
        return found
    return found
