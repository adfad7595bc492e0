"""From SymPy text to terms, by its syntax tree alone, for the tests: nothing is evaluated."""

from __future__ import annotations

import ast
from fractions import Fraction

from therefore.goal import Term
from therefore.kernel.terms import close
from therefore.reading.standard import applied

_PLAIN = {"Abs": "abs", "exp": "exp", "log": "log", "cos": "cos", "sin": "sin", "sqrt": "sqrt",
          "erf": "erf"}  # fmt: skip
_STANDARD = {"tanh": "tanh", "Max": "max"}
_RELATIONS = {ast.Gt: ("<", True), ast.GtE: ("<=", True), ast.Lt: ("<", False)}


def formula(text: str) -> Term:
    """The term of a SymPy text."""
    return _term(ast.parse(text, mode="eval").body)


def _term(node: ast.expr) -> Term:
    if isinstance(node, ast.Name):
        return {"pi": ("pi",), "oo": "+oo"}.get(node.id, node.id)
    if isinstance(node, ast.Constant):
        value = Fraction(str(node.value))
        return str(value)
    if isinstance(node, ast.UnaryOp):
        inner = _term(node.operand)
        return "-oo" if inner == "+oo" else ("-", inner)
    if isinstance(node, ast.BinOp):
        return _operation(node)
    if isinstance(node, ast.Compare):
        sign, turned = _RELATIONS[type(node.ops[0])]
        left, right = _term(node.left), _term(node.comparators[0])
        return (sign, right, left) if turned else (sign, left, right)
    if isinstance(node, ast.Call):
        return _call(node)
    raise ValueError(ast.dump(node))


def _operation(node: ast.BinOp) -> Term:
    left, right = _term(node.left), _term(node.right)
    if isinstance(node.op, ast.Sub):
        right = ("-", right)
    if isinstance(node.op, (ast.Add, ast.Sub)):
        return ("+", *(left[1:] if left[0] == "+" else (left,)), right)
    if isinstance(node.op, ast.Mult):
        return ("*", *(left[1:] if left[0] == "*" else (left,)), right)
    return ("/" if isinstance(node.op, ast.Div) else "^", left, right)


def _call(node: ast.Call) -> Term:
    if isinstance(node.func, ast.Call):  # Function("sigma")(x)
        return ("app", node.func.args[0].value, *(_term(one) for one in node.args))
    name, parts = node.func.id, node.args
    if name in _PLAIN:
        return (_PLAIN[name], _term(parts[0]))
    if name in _STANDARD:
        return applied(_STANDARD[name], *(_term(one) for one in parts))
    return _BINDERS[name](parts)


def _equation(parts: list[ast.expr]) -> Term:
    left = parts[0]
    if isinstance(left, ast.Call) and isinstance(left.func, ast.Name) and left.func.id == "Limit":
        body, variable, place = left.args
        return ("tends", close(_term(body), variable.id), _term(place), _term(parts[1]))
    return ("=", _term(left), _term(parts[1]))


def _derivative(parts: list[ast.expr]) -> Term:
    body, by = _term(parts[0]), parts[1]
    order = 1
    if isinstance(by, ast.Tuple):
        by, order = by.elts[0], by.elts[1].value
    for _ in range(order):
        body = ("derivative", close(body, by.id), by.id)
    return body


def _range(head: str):
    def read(parts: list[ast.expr]) -> Term:
        index, low, high = parts[1].elts
        return (head, _term(low), _term(high), close(_term(parts[0]), index.id))

    return read


def _pieces(parts: list[ast.expr]) -> Term:
    found = []
    for one in parts:
        value, holds = one.elts
        found += [_term(holds), _term(value)]
    return ("cases", *found)


def _matrix(parts: list[ast.expr]) -> Term:
    return ("rows", *(("row", *(_term(cell) for cell in row.elts)) for row in parts[0].elts))


_BINDERS = {
    "Eq": _equation, "Derivative": _derivative, "Sum": _range("sum"), "Product": _range("prod"),
    "Integral": _range("integral"), "Piecewise": _pieces, "Matrix": _matrix,
    "Indexed": lambda parts: ("app", parts[0].value, _term(parts[1])),
}  # fmt: skip


def levelled(term: Term) -> Term:
    """The term with minus signs before fractions and products instead of within them."""
    if isinstance(term, str):
        return term
    parts = tuple(levelled(part) for part in term[1:])
    if term[0] == "/" and isinstance(parts[0], tuple) and parts[0][0] == "-":
        return ("-", ("/", parts[0][1], parts[1]))
    return (term[0], *parts)
