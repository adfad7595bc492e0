"""The words in a row of a formula: remarks beside it, names, or one side of a relation."""

from __future__ import annotations

from therefore.reading.latex.errors import Unreadable
from therefore.reading.latex.symbols import RELATIONS
from therefore.reading.latex.tokens import Token

__all__ = ["in_environment", "named_sides", "said_before", "without_marks"]


def named_sides(tokens: list[Token]) -> list[Token]:
    r"""The tokens, where a word before a relation that has no other side is a name.

    ``\text{total} = 5`` speaks of total, as ``\mathrm{total} = 5`` does.
    """
    for at, token in enumerate(tokens):
        if token.kind != "text" or not token.text or at + 1 >= len(tokens):
            continue
        before = [t for t in tokens[:at] if not (t.kind == "text" and not t.text)]
        if before and not (before[-1].kind == "char" and before[-1].text in ",;&"):
            continue
        following = next(
            (t for t in tokens[at + 1 :] if t.text not in ("", "&")), tokens[at + 1]
        )
        if following.command in RELATIONS and not in_environment(tokens, token):
            if not token.text.isalpha():
                raise Unreadable(
                    f"the words {token.text!r} stand where one side of {following.command} is",
                    token.place,
                )
            place = token.place
            name = [Token("macro", "mathrm", place), Token("{", "{", place)]
            name += [Token("char", letter, place) for letter in token.text]
            return [
                *tokens[:at], *name, Token("}", "}", place), *named_sides(tokens[at + 1 :]),
            ]  # fmt: skip
    return tokens


def in_environment(tokens: list[Token], at: Token) -> bool:
    """Whether a token stands within an inner environment, such as the rows of cases."""
    depth = 0
    for token in tokens:
        if token is at:
            return depth > 0
        depth += (token.command == "\\begin") - (token.command == "\\end")
    return False


def without_marks(tokens: list[Token]) -> tuple[list[Token], bool]:
    """The tokens without alignment marks; whether such a mark came first."""
    kept: list[Token] = []
    depth = 0
    aligned = False
    for token in tokens:
        depth += (token.command == "\\begin") - (token.command == "\\end")
        if token.kind == "char" and token.text == "&" and depth == 0:
            aligned = aligned or not any(t.kind != "text" for t in kept)
            continue
        kept.append(token)
    return kept, aligned


def said_before(words: str, tokens: list[Token]) -> Unreadable | None:
    """What is wrong with a relation after words in one row: are they one side of it?

    Words in brackets, such as "(by convexity)", are a remark.
    """
    remark = not words or (words[:1] == "(" and words[-1:] == ")")
    if remark or not tokens or tokens[0].command not in RELATIONS:
        return None
    return Unreadable(
        f"the words {words!r} stand before {tokens[0].command}: are they one side of it? write "
        "\\mathrm{...} for a name, or put the words elsewhere",
        tokens[0].place,
    )
