"""What the comment above each axiom says: the statement in words, and its source."""

from __future__ import annotations

import io
import re
import tokenize
from pathlib import Path

from therefore.kernel import axioms

__all__ = ["axiom_sources"]


def axiom_sources() -> dict[str, str]:
    """The comment above each axiom, by the axiom's name."""
    text = Path(str(axioms.__file__)).read_text(encoding="utf-8")
    found: dict[str, str] = {}
    waiting: list[str] = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            waiting.append(token.string.lstrip("# "))
        elif token.type == tokenize.STRING and re.fullmatch(r'"\w+"', token.string) and waiting:
            found.setdefault(token.string.strip('"'), " ".join(waiting))
            waiting = []
        elif token.type not in (tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT):
            waiting = []
    return found
