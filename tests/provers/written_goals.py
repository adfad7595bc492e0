"""Goals about real numbers, written as Python expressions: ``x > 0 | log(x) <= x - 1``."""

from __future__ import annotations

import ast
from fractions import Fraction

from therefore.goal import Goal, Term

__all__ = ["written_goal"]

_OF_TWO = {ast.Add: "+", ast.Sub: "+", ast.Mult: "*", ast.Div: "/"}
_RELATIONS = {ast.Lt: "<", ast.LtE: "<=", ast.NotEq: "!=", ast.Eq: "="}


def written_goal(text: str) -> Goal:
    """The goal behind "hypotheses; … | conclusion": all its names are real numbers."""
    before, _, after = text.partition("|")
    hypotheses = [fact for part in before.split(";") if part.strip() for fact in _relations(part)]
    (conclusion,) = _relations(after)
    names = sorted({name for formula in (*hypotheses, conclusion) for name in _names(formula)})
    return Goal(tuple((name, "real") for name in names), (), tuple(hypotheses), conclusion)


def _relations(text: str) -> list[Term]:
    node = ast.parse(text.strip(), mode="eval").body
    assert isinstance(node, ast.Compare)
    sides = [_term(side) for side in (node.left, *node.comparators)]
    found: list[Term] = []
    for relation, left, right in zip(node.ops, sides, sides[1:], strict=False):
        if isinstance(relation, ast.Gt | ast.GtE):
            found.append(("<" if isinstance(relation, ast.Gt) else "<=", right, left))
        else:
            found.append((_RELATIONS[type(relation)], left, right))
    return found


def _term(node: ast.expr) -> Term:
    if isinstance(node, ast.Constant):
        return str(Fraction(str(node.value)))
    if isinstance(node, ast.Name):
        return {"pi": ("pi",), "e": ("exp", "1")}.get(node.id, node.id)
    if isinstance(node, ast.UnaryOp):
        return ("-", _term(node.operand))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return (node.func.id, *map(_term, node.args))
    assert isinstance(node, ast.BinOp)
    left, right = _term(node.left), _term(node.right)
    if isinstance(node.op, ast.Pow):
        return ("^", left, right)
    return (_OF_TWO[type(node.op)], left, ("-", right) if isinstance(node.op, ast.Sub) else right)


def _names(term: Term) -> set[str]:
    if isinstance(term, str):
        return {term} if term.isidentifier() else set()
    return {name for part in term[1:] for name in _names(part)}
