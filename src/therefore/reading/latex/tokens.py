"""From text to tokens, each with its place. The tokens are those of pylatexenc.

Only its tokeniser is used, which looks at one token at a time: its parser recurses into nested
braces, and a document with ten thousand of them would end it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from pylatexenc.latexwalker import (  # type: ignore[import-untyped]
    LatexWalker,
    LatexWalkerEndOfStream,
    LatexWalkerParseError,
)
from pylatexenc.macrospec import LatexContextDb  # type: ignore[import-untyped]

from therefore.reading.latex.files import Text

__all__ = ["Place", "Token", "spelled", "tokenise"]

_KINDS = {
    "char": "char", "macro": "macro", "comment": "comment", "brace_open": "{",
    "brace_close": "}", "mathmode_inline": "math", "mathmode_display": "math",
}  # fmt: skip
_VERBATIM = re.compile(r"\{(verbatim\*?|lstlisting|minted|comment|filecontents\*?)\}")


class Place(NamedTuple):
    """A position in a file."""

    text: Text
    offset: int


@dataclass(frozen=True, slots=True)
class Token:
    """One token. ``spaced`` says whether something separates it from the token before.

    ``kind`` is "char", "macro", "{", "}", "math" (a delimiter of mathematics), "comment",
    "par" (an empty line) or "text" (words within a formula).
    """

    kind: str
    text: str
    place: Place
    spaced: bool = False

    def moved(self, place: Place) -> Token:
        """The same token, told to stand elsewhere: where a command was used."""
        return replace(self, place=place)

    @property
    def command(self) -> str:
        """The name of a command, with its backslash; of any other token its text."""
        return f"\\{self.text}" if self.kind == "macro" else self.text


def tokenise(text: Text) -> list[Token]:
    """The tokens of a text. What stands in a verbatim environment is left out."""
    source = text.content
    walker = LatexWalker(source, latex_context=LatexContextDb(), tolerant_parsing=False)
    state = walker.make_parsing_state()
    tokens: list[Token] = []
    position = 0
    while position < len(source):
        try:
            found = walker.get_token(position, environments=False, parsing_state=state)
        except (LatexWalkerEndOfStream, LatexWalkerParseError):
            break
        position = found.pos + found.len
        if found.tok == "char" and found.arg == "\n\n":
            tokens.append(Token("par", "", Place(text, found.pos)))
            continue
        kind = _KINDS.get(found.tok, "char")
        tokens.append(Token(kind, found.arg, Place(text, found.pos), bool(found.pre_space)))
        if kind == "macro":
            after = _after_verbatim(source, found.arg, position)
            if after != position:
                position = after
                tokens.pop()
    return tokens


def _after_verbatim(source: str, macro: str, position: int) -> int:
    r"""Where to go on after ``\verb`` or the beginning of a verbatim environment."""
    if macro == "begin":
        match = _VERBATIM.match(source, position)
        if match:
            end = source.find(f"\\end{{{match[1]}}}", match.end())
            return end + len(f"\\end{{{match[1]}}}") if end >= 0 else len(source)
    if macro == "verb" and position < len(source):
        end = source.find(source[position], position + 1)
        line = source.find("\n", position)
        if end >= 0 and (line < 0 or end < line):
            return end + 1
    return position


def spelled(tokens: list[Token] | tuple[Token, ...]) -> str:
    """The tokens as LaTeX, for messages and names."""
    parts: list[str] = []
    for token in tokens:
        letter = token.kind == "char" and token.text[:1].isalpha()
        if letter and parts and parts[-1][:1] == "\\" and parts[-1][-1].isalpha():
            parts.append(" ")
        parts.append(token.command)
    return "".join(parts)
