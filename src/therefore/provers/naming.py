"""A proof's method in a word or two, for the report."""

from __future__ import annotations

from typing import Any

__all__ = ["method_of"]

_NAMES = (
    ("induction", "induction"),
    ("through", "limit of a continuous term"),
    ("dominated", "bound on the limit"),
    ("sides", "limit from one side"),
    ("corner", "slopes from both sides"),
    ("monotone", "mean value theorem"),
    ("flow", "differential equation"),
    ("quotient", "derivative"),
    ("differentiate", "derivative"),
    ("reindex", "reindexing"),
    ("box", "enclosure over a box"),
    ("cases", "cases"),
    ("exists", "witness"),
    ("enclose", "enclosure"),
)


def method_of(proof: dict[str, Any]) -> str:
    """Name the most telling rule that occurs anywhere in the proof."""
    rules, items = set(), []
    waiting: list[Any] = [proof]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            rules.add(part.get("rule", ""))
            items += part.get("items", [])
            if str(part.get("fact", "")).endswith("ed_sum"):
                rules.add("reindex")
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
    for rule, name in _NAMES:
        if rule in rules:
            return name
    if any("square" in item for item in items):
        return "sum of squares"
    if any("over" in item for item in items):
        return "telescoping"
    if items:
        return "linear combination"
    if proof.get("rule") == "use" and "combine" not in rules:
        return "lemma"
    return "normal form"
