"""Text in, plain data out. Everything that the kernel sees has passed this gate.

JSON with strings, lists and objects only: no numbers, ``true``, ``false``, ``null``, no key
twice, and nothing larger than the limits below, so that no input can occupy the kernel for long.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any, NoReturn, TypeAlias

from .errors import Rejected

__all__ = [
    "MOST_DEPTH",
    "MOST_NODES",
    "Data",
    "Term",
    "digest",
    "field",
    "fields",
    "parse",
    "term_of",
]

Data: TypeAlias = Any
Term: TypeAlias = Any  # text, or a tuple of terms

MOST_BYTES = 4_000_000
MOST_DEPTH = 400
MOST_NODES = 400_000
LONGEST_WORD = 400
_WORD = re.compile(
    r"#\d{1,3}|-?\d+(/0*[1-9]\d*)?|[+\-]oo|[A-Za-z][A-Za-z0-9_]*|[+\-*/^=<]|<=|!=", re.ASCII
)


def parse(text: str) -> dict[str, Data]:
    """The object that ``text`` holds. Raises ``Rejected`` (``MALFORMED``, ``TOO_LARGE``)."""
    if not isinstance(text, str):
        raise Rejected("MALFORMED", "text is expected")
    if len(text) > MOST_BYTES:
        raise Rejected("TOO_LARGE", f"{len(text)} characters")
    try:
        data = json.loads(
            text,
            object_pairs_hook=_distinct,
            parse_float=_refuse,
            parse_int=_refuse,
            parse_constant=_refuse,
        )
    except (ValueError, RecursionError) as error:
        raise Rejected("MALFORMED", error) from None
    if not isinstance(data, dict):
        raise Rejected("MALFORMED", "an object is expected")
    _measure(data)
    return data


def _distinct(pairs: list[tuple[str, Data]]) -> dict[str, Data]:
    if len(dict(pairs)) != len(pairs):
        raise Rejected("MALFORMED", "a key stands twice")
    return dict(pairs)


def _refuse(text: str) -> NoReturn:
    raise Rejected("MALFORMED", f"a bare number or constant: {text}")


def _measure(data: Data) -> None:
    """Refuse what is too deep or too wide, and everything but text, lists and objects."""
    waiting, nodes = [(data, 0)], 0
    while waiting:
        part, depth = waiting.pop()
        nodes += 1
        if depth > MOST_DEPTH or nodes > MOST_NODES:
            raise Rejected("TOO_LARGE", "the data are too deep or too many")
        if isinstance(part, dict):
            waiting += [(value, depth + 1) for value in part.values()]
        elif isinstance(part, list):
            waiting += [(value, depth + 1) for value in part]
        elif not isinstance(part, str):
            raise Rejected("MALFORMED", f"a bare constant: {part}")


def fields(data: Data, required: str, optional: str = "") -> dict[str, Data]:
    """The object itself, once it has all the required fields and no unknown one."""
    if not isinstance(data, dict):
        raise Rejected("MALFORMED", "an object is expected")
    known = set(required.split()) | set(optional.split())
    for name in set(required.split()) - data.keys():
        raise Rejected("MALFORMED", f"the field {name} is missing")
    for name in data.keys() - known:
        raise Rejected("MALFORMED", f"the field {name} is unknown")
    return data


def field(data: dict[str, Data], name: str, kind: type) -> Any:
    """A field of the given kind (``str``, ``list``, ``dict``); a missing one is empty."""
    value = data.get(name, kind())
    if not isinstance(value, kind):
        raise Rejected("MALFORMED", f"the field {name} is not of the right kind")
    return value


def term_of(data: Data) -> Term:
    """The term that lists of text stand for. Its words are ASCII names, numbers and signs."""
    if isinstance(data, list) and data:
        return tuple(term_of(part) for part in data)
    if isinstance(data, str) and len(data) <= LONGEST_WORD and _WORD.fullmatch(data):
        return data
    raise Rejected("MALFORMED", f"not a term: {data!r:.60}")


def digest(data: Data) -> str:
    """SHA-256 over the kernel's own serialisation."""
    text = json.dumps(data, separators=(",", ":"), sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
