r"""Inverses that are assumed to exist: "Suppose $(I + AB)^{-1}$ exists"."""

from __future__ import annotations

from dataclasses import replace

from therefore.reading.latex.prose import Item
from therefore.reading.latex.relations import has_relation
from therefore.reading.latex.tokens import Token, spelled

__all__ = ["inverses_that_exist"]

_EXIST = frozenset(["exist", "exists"])
_BETWEEN = frozenset(["and", ",", "both", "all"])


def inverses_that_exist(elements: list[Item]) -> list[Item]:
    """The elements of a declaring act, where "X^{-1} exists" became "X is invertible"."""
    found = list(elements)
    for at, item in enumerate(found):
        if item.kind != "word" or item.text.lower() not in _EXIST:
            continue
        start = at
        while start and (
            found[start - 1].text.lower() in _BETWEEN
            if found[start - 1].kind == "word" else _of_an_inverse(found[start - 1]) is not None
        ):  # fmt: skip
            start -= 1
        run = found[start:at]
        if not any(one.kind == "math" for one in run):
            continue
        for k, one in enumerate(run, start):
            if one.kind == "math":
                one.tokens = _of_an_inverse(one) or one.tokens
                found[k] = one
        found[at] = replace(item, text="invertible")
    return found


def _of_an_inverse(item: Item) -> list[Token] | None:
    """The tokens of X where the formula is an inverse of X, and nothing else."""
    tokens = item.tokens
    while tokens and tokens[-1].text in (",", "."):
        tokens = tokens[:-1]
    if has_relation(tokens) or spelled(tokens[-5:]) != "^{-1}" or len(tokens) < 6:
        return None
    before = tokens[:-5]
    if len(before) == 1:
        return before
    depth = 0
    for k, token in enumerate(before):
        depth += (token.text in "([") - (token.text in ")]") if token.kind == "char" else 0
        if depth == 0 and k < len(before) - 1:
            return None
    return before
