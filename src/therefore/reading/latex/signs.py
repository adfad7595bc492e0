"""Signs of formulas by what they do, and small things about tokens."""

from __future__ import annotations

from therefore.reading.latex.tokens import Token

__all__ = [
    "BARS",
    "MATRICES",
    "OPENING",
    "SIGNS",
    "STOPS",
    "TRANSPOSES",
    "is_digit",
    "split_at",
    "unbraced",
]

OPENING = {"(": ")", "[": "]", "\\{": "\\}", "\\langle": "\\rangle"}
BARS = {"|": "|", "\\lvert": "\\rvert", "\\|": "\\|", "\\lVert": "\\rVert"}
SIGNS = {"\\cdot": "cdot", "\\times": "times", "*": "star", "\\odot": "odot"}
STOPS = frozenset(
    ["+", "-", ",", ")", "]", "\\}", "\\rangle", "\\rvert", "\\rVert", "&", "/", "\\div", ";", ":",
     ".", "\\to", "\\mid", "\\\\", "\\therefore", "\\because", "\\dots", "\\pm", "\\mp", "\\forall",
     "\\otimes", "\\circ"]
)  # fmt: skip
MATRICES = frozenset(["matrix", "pmatrix", "bmatrix", "Bmatrix", "smallmatrix"])
TRANSPOSES = frozenset(["\\top", "\\mathrm{T}", "\\mathsf{T}", "\\mathit{T}"])

def split_at(tokens: list[Token], signs: frozenset[str]) -> list[list[Token]]:
    """The parts of a formula between signs that stand outside of all brackets."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for position, token in enumerate(tokens):
        sign = token.command
        if token.kind == "{" or sign in OPENING:
            depth += 1
        elif token.kind == "}" or sign in (")", "]", "\\}", "\\rangle"):
            depth = max(depth - 1, 0)
        elif sign == "\\begin":
            depth += 1
        elif sign == "\\end":
            depth = max(depth - 1, 0)
        if depth == 0 and token.kind in ("char", "macro") and sign in signs:
            parts.append([])
            continue
        parts[-1].append(tokens[position])
    return parts


def is_digit(token: Token | None) -> bool:
    return token is not None and token.kind == "char" and token.text in "0123456789"


def unbraced(tokens: list[Token]) -> list[Token]:
    return [t for t in tokens if t.kind not in ("{", "}")]
