"""Standard functions that are no operations of the kernel: their definitions. TRUSTED.

A reader writes ``("app", "sigma", x)`` and gives the definition to the goal that speaks of it.
The parameters are numbered from the last one, ``#0``, as in every definition of a goal.
A document's own declaration of a name comes first: its name in the kernel gets an underscore.
"""

from __future__ import annotations

from typing import Any

from therefore.goal import Term

__all__ = ["HIGHEST_ROOT", "LATEX", "STANDARD", "applied", "definitions_in", "root"]

HIGHEST_ROOT = 64

_TWICE: Term = ("exp", ("*", "2", "#0"))
_GROWING: Term = ("exp", "#0")
_FALLING: Term = ("exp", ("-", "#0"))
_APART: Term = ("abs", ("+", "#1", ("-", "#0")))

# 1 where u, which is #0, is 0 or less, and 1 where it is 0 or more.
_DOWN: Term = ("step", ("-", "#0"))
_UP: Term = ("step", "#0")
_LOG_OF_ROOT: Term = ("log", ("+", ("sqrt", "#0"), _DOWN))
_LOG_OF_SIZE: Term = ("log", ("+", ("abs", "#0"), _UP, _DOWN, ("-", "1")))

# name: the sorts of its arguments, and its value
STANDARD: dict[str, tuple[tuple[str, ...], Term]] = {
    "sigma": (("real",), ("/", "1", ("+", "1", ("exp", ("-", "#0"))))),
    "tanh": (("real",), ("/", ("+", _TWICE, ("-", "1")), ("+", _TWICE, "1"))),
    "sinh": (("real",), ("/", ("+", _GROWING, ("-", _FALLING)), "2")),
    "cosh": (("real",), ("/", ("+", _GROWING, _FALLING), "2")),
    "tan": (("real",), ("/", ("sin", "#0"), ("cos", "#0"))),
    "cot": (("real",), ("/", ("cos", "#0"), ("sin", "#0"))),
    "relu": (("real",), ("/", ("+", "#0", ("abs", "#0")), "2")),
    "max": (("real", "real"), ("/", ("+", "#1", "#0", _APART), "2")),
    "min": (("real", "real"), ("/", ("+", "#1", "#0", ("-", _APART)), "2")),
    # A real power, of a positive base: a^b = exp(b log a).
    "pow": (("real", "real"), ("exp", ("*", "#0", ("log", "#1")))),
    # The n-th root of u >= 0, which is 0 at 0; it is undefined where sqrt(u) is.
    "nth_root": (
        ("real", "real"),
        ("*", ("+", "1", ("-", _DOWN)), ("exp", ("*", ("/", "2", "#1"), _LOG_OF_ROOT))),
    ),
    # The n-th root for an odd n: of every u, and less than 0 where u is.
    "odd_root": (
        ("real", "real"),
        ("*", ("+", _UP, ("-", _DOWN)), ("exp", ("/", _LOG_OF_SIZE, "#1"))),
    ),
}  # fmt: skip

# How a document writes them.
LATEX = {
    "sigma": r"\sigma", "tanh": r"\tanh", "relu": r"\operatorname{ReLU}", "max": r"\max",
    "sinh": r"\sinh", "cosh": r"\cosh", "tan": r"\tan", "cot": r"\cot",
    "min": r"\min", "nth_root": r"\operatorname{root}", "odd_root": r"\operatorname{root}",
}  # fmt: skip


def applied(head: str, *arguments: Term) -> Term:
    """A function of the kernel or a standard one, of its arguments; more than two nest."""
    if head not in STANDARD:
        return (head, *arguments)
    if len(arguments) > 2:
        return ("app", head, arguments[0], applied(head, *arguments[1:]))
    return ("app", head, *arguments)


def root(order: int, of: Term, is_odd: bool = False) -> Term:
    """The root of a number, 2 <= order; ``is_odd`` for the one that is defined below 0, too."""
    if order == 2:
        return ("sqrt", of)
    return applied("odd_root" if is_odd else "nth_root", str(order), of)


def definitions_in(*terms: Term) -> list[tuple[str, tuple[str, ...], Term]]:
    """The definitions of the standard functions that terms use, as a goal has them."""
    used: set[str] = set()
    waiting: list[Any] = list(terms)
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple) and part:
            if part[0] == "app" and isinstance(part[1], str):
                used.add(part[1])
            waiting += part
    return [(name, *STANDARD[name]) for name in STANDARD if name in used]
