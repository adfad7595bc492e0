"""Matrices and cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.reading.latex.blocks import block_matrix
from therefore.reading.latex.cleaning import closing
from therefore.reading.latex.errors import Ambiguous, Unreadable
from therefore.reading.latex.names import described
from therefore.reading.latex.products import Value, is_number, kind_of
from therefore.reading.latex.signs import MATRICES, split_at
from therefore.reading.latex.tokens import Token

if TYPE_CHECKING:
    from therefore.reading.latex.grammar import Grammar


def environment(grammar: Grammar) -> Value:
    token = grammar.take()
    name = "".join(t.text for t in grammar.argument(token))
    depth = 1
    start = grammar.position
    while depth:
        if (following := grammar.peek()) is None:
            raise Unreadable(f"\\begin{{{name}}} is never ended", token.place)
        depth += (following.command == "\\begin") - (following.command == "\\end")
        grammar.take()
    body = grammar.tokens[start : grammar.position - 1]
    ending = "".join(t.text for t in grammar.argument(token))
    if ending != name:
        raise Unreadable(f"\\begin{{{name}}} is ended by \\end{{{ending}}}", token.place)
    if name in ("cases", "dcases"):
        from therefore.reading.latex.piecewise import read_cases

        return read_cases(grammar, cells_of(body), token)
    if name == "array" and body and body[0].kind == "{":
        body = body[closing(body, 0) + 1 :]
    elif name not in MATRICES:
        if name in ("vmatrix", "Vmatrix"):
            raise Ambiguous(("a determinant", "a norm"), "write \\det", token.place)
        raise Unreadable(f"{name} is an unknown environment in a formula", token.place)
    return _matrix_of(grammar, cells_of(body), token)


def _matrix_of(grammar: Grammar, cells: list[list[list[Token]]], token: Token) -> Value:
    if not cells or any(len(row) != len(cells[0]) for row in cells):
        raise Unreadable("the rows of this matrix differ in length", token.place)
    if len(cells) * len(cells[0]) > 400:
        raise Unreadable("this matrix is too large to be read", token.place)
    values = [[grammar.inside(cell).whole() for cell in row] for row in cells]
    grammar.delimited = True
    if any(kind_of(value.sort) in ("matrix", "vector", "row") for row in values for value in row):
        return block_matrix(values, token.place)
    for value in (value for row in values for value in row):
        if not is_number(value.sort):
            raise Unreadable(f"{described(value.sort)} where a number is expected", token.place)
    entries = [[value.term for value in row] for row in values]
    if len(cells[0]) == 1 and len(cells) > 1:
        return Value(("vector", *(row[0] for row in entries)), ("vector", str(len(entries))))
    term = ("rows", *(("row", *row) for row in entries))
    return Value(term, ("matrix", str(len(entries)), str(len(entries[0]))))


def cells_of(body: list[Token]) -> list[list[list[Token]]]:
    r"""The cells of a matrix, row by row: ``\\`` between rows and & between cells."""
    rows = split_at(body, frozenset(["\\\\"]))
    cells = [split_at(row, frozenset("&")) for row in rows]
    if cells and cells[-1] == [[]]:
        cells.pop()
    return cells
