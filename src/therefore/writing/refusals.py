"""Why the kernel refused a certificate, with the terms that it speaks of written out."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from therefore.goal import Goal
from therefore.kernel_process import Refused
from therefore.writing.names import Names
from therefore.writing.style import clip
from therefore.writing.text_terms import TextPrinter

__all__ = ["refusal"]

_LONGEST = 300


def refusal(answer: Refused, goal: Goal, notation: Mapping[str, str]) -> str:
    """The code and the place of a refusal; the kernel's terms become text where they can."""
    where = answer.where
    start = where.find("(")
    if start >= 0:
        try:
            term = ast.literal_eval(where[start:])
            written = TextPrinter(Names.of(goal, notation)).write(term)
            where = f"{where[:start]}{written}"
        except (SyntaxError, ValueError, TypeError, IndexError, KeyError, RecursionError):
            pass
    return clip(f"{where} ({answer.code})" if where else answer.code, _LONGEST)
