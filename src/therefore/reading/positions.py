"""On which line of a source each argument of a call stands."""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import Path

from therefore.task import Source

__all__ = ["argument_lines"]


def argument_lines(source: Source, function: str) -> tuple[int, ...]:
    """The first lines of the positional arguments of the call of ``function`` at a source.

    Empty where the source cannot be read, or where arguments are unpacked by a star.
    """
    for call in _calls(source.path):
        named = call.func.attr if isinstance(call.func, ast.Attribute) else None
        named = call.func.id if isinstance(call.func, ast.Name) else named
        if named == function and call.lineno <= source.line <= (call.end_lineno or call.lineno):
            if any(isinstance(arg, ast.Starred) for arg in call.args):
                return ()
            return tuple(arg.lineno for arg in call.args)
    return ()


@lru_cache(maxsize=64)
def _calls(path: str) -> tuple[ast.Call, ...]:
    try:
        tree = ast.parse(Path(path).read_text(encoding="utf-8"))
    except (OSError, SyntaxError, UnicodeDecodeError):
        return ()
    return tuple(node for node in ast.walk(tree) if isinstance(node, ast.Call))
