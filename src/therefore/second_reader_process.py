"""The other process of the second reader: latex2sympy2 reads LaTeX and evaluates what it read.

    PYTHON -I second_reader_process.py

A line of JSON comes in, a line of JSON goes out. ``{"do": "hello"}`` is answered by the version,
or by what is missing; ``{"do": "read", "sides": [...], "points": [...]}`` by one answer a side:
what it was read as and its value at each point (``null`` where it has none), or why not.

The file needs the standard library and latex2sympy2 only, so that it can run in an environment
of its own, in which this package is not installed. Once its libraries are loaded it opens no
connection, starts no process and writes no file.
"""

from __future__ import annotations

import json
import math
import os
import sys
from typing import Any

__all__ = ["key_of", "main", "stand_in"]

_MEMORY = 2_000_000_000
_DROPPED = ("\\mathrm", "\\mathbf", "\\operatorname", "\\text", "\\", "{", "}", " ")
_REFUSED = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn",
    "os.remove", "os.rename", "os.rmdir", "os.mkdir", "shutil.", "ftplib.", "urllib.", "ctypes.",
)  # fmt: skip


def key_of(name: str) -> str:
    r"""By what both readers call a name: its LaTeX without backslashes, braces and spaces.

    >>> key_of(r"\alpha_{i}")
    'alpha_i'
    """
    for part in _DROPPED:
        name = name.replace(part, "")
    return name


def stand_in(name: str, arguments: list[float]) -> float:
    """The value of a function whose definition is not looked at: fixed, smooth, by its name.

    Two readings of one line meet the same function, so that they agree if they apply it to the
    same arguments.
    """
    phase = sum((k + 1) * ord(letter) for k, letter in enumerate(key_of(name))) % 97 / 97
    inside = sum((1.3 + 0.7 * k) * value for k, value in enumerate(arguments))
    return math.sin(phase + inside) + 0.4 * sum(arguments) + 1.7


def main() -> None:
    """Answer every line of standard input with a line on standard output."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what the library prints must not spoil the answers
    reader, missing = _library()
    _shut_in()
    for line in sys.stdin:
        try:
            answer = _answer(json.loads(line), reader, missing)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"[:300]}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _library() -> tuple[Any, str]:
    from importlib import import_module

    try:
        latex2sympy2 = import_module("latex2sympy2")
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"
    return latex2sympy2, ""


def _shut_in() -> None:
    """No connections, processes or files from here on, and no more than so much memory."""

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        writes = event == "open" and (
            (isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"))
            or (isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR))
        )
        if writes or event.startswith(_REFUSED):
            raise PermissionError(f"the second reader may not: {event}")

    sys.addaudithook(watch)
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    except (ImportError, OSError, ValueError):
        pass  # where there are no such limits, the time-out is left


def _answer(request: dict[str, Any], reader: Any, missing: str) -> dict[str, Any]:
    if missing:
        return {"missing": missing}
    if request["do"] == "hello":
        from importlib.metadata import version

        return {"ready": f"latex2sympy2 {version('latex2sympy2')}"}
    return {"sides": [_side(text, request["points"], reader) for text in request["sides"]]}


def _side(text: str, points: list[dict[str, float]], reader: Any) -> dict[str, Any]:
    try:
        # It keeps what it has seen before; every line is to be read by itself.
        reader.variances, reader.var = {}, {}
        there = reader.latex2sympy(text)
    except BaseException as error:
        if isinstance(error, (KeyboardInterrupt, MemoryError)):
            raise
        return {"refused": str(error).strip().partition("\n")[0][:200] or type(error).__name__}
    if isinstance(there, list) or getattr(there, "is_Boolean", False) is not False:
        return {"refused": "no single expression"}
    if getattr(there, "is_Matrix", False) or not hasattr(there, "free_symbols"):
        return {"refused": "no number"}
    unknown = sorted({key_of(str(one)) for one in there.free_symbols} - set(points[0]))
    if unknown:
        return {"refused": f"names that the line does not declare: {', '.join(unknown)}"}
    if _differentiates_a_name(there):
        return {"refused": "a derivative of a name or of a function that it does not know"}
    return {"reads": str(there)[:300], "values": [_value(there, point) for point in points]}


def _differentiates_a_name(there: Any) -> bool:
    import sympy
    from sympy.core.function import AppliedUndef

    return any(
        not set(one.variables) <= one.expr.free_symbols or one.expr.atoms(AppliedUndef)
        for one in there.atoms(sympy.Derivative)
    )


def _value(there: Any, point: dict[str, float]) -> float | None:
    from sympy import Float
    from sympy.core.function import AppliedUndef

    def value_of(one: Any) -> Any:
        arguments = [float(argument.evalf()) for argument in one.args]
        return Float(stand_in(one.func.__name__, arguments), 17)

    try:
        here = there.doit().subs(
            {symbol: Float(point[key_of(str(symbol))], 17) for symbol in there.free_symbols}
        )
        number = complex(
            here.replace(lambda one: isinstance(one, AppliedUndef), value_of).doit().evalf(17)
        )
    except (ArithmeticError, AttributeError, NotImplementedError, TypeError, ValueError):
        return None
    plain = math.isfinite(number.real) and abs(number.imag) <= 1e-12 * (1 + abs(number.real))
    return number.real if plain else None


if __name__ == "__main__":
    main()
