r"""Inequalities with hypotheses over ℝ, as documents: each with its declarations first.

The cases stand beside this file in ``inequalities.json``, as text in SymPy's notation, with their
sources and licences; ``THEREFORE_INEQUALITY_CASES`` may name another such file. Their text is
parsed and never evaluated. Run by itself this prints a table:

    python tests/corpus/inequality_cases.py [names] [--budget 10] [--klass polynomial] [--show]
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

from front_door import Case, judged_documents, table

__all__ = ["Case", "document", "in_latex", "judged", "load"]

HERE = Path(__file__).resolve().parent

_RELATIONS = {"Le": r"\le", "Lt": "<", "Ge": r"\ge", "Gt": ">", "Eq": "=", "Ne": r"\ne"}
_FUNCTIONS = {
    "exp": "exp", "log": "log", "sin": "sin", "cos": "cos", "tanh": "tanh", "tan": "tan",
    "sinh": "sinh", "cosh": "cosh", "atan": "arctan",
}  # fmt: skip
_SUM, _PRODUCT, _POWER, _ALONE = range(4)  # how tightly a text binds

Bound = tuple[str, int]


def load(klass: str | None = None) -> list[Case]:
    """The cases, or those of one class."""
    place = Path(os.environ.get("THEREFORE_INEQUALITY_CASES", HERE / "inequalities.json"))
    cases = json.loads(place.read_text(encoding="utf-8"))["cases"]
    return [case for case in cases if klass is None or case.get("klass") == klass]


def in_latex(text: str) -> str:
    """A statement in SymPy's notation, in LaTeX. Raises ``ValueError`` where it is not one."""
    return _statement(ast.parse(text, mode="eval").body)


def _statement(node: ast.expr) -> str:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr):
        joint = r"\land" if isinstance(node.op, ast.BitAnd) else r"\lor"
        return f"{_statement(node.left)} {joint} {_statement(node.right)}"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id in ("And", "Or"):
            joint = r" \land " if node.func.id == "And" else r" \lor "
            return joint.join(map(_statement, node.args))
        if node.func.id in _RELATIONS and len(node.args) == 2:
            left, right = (_term(part)[0] for part in node.args)
            return f"{left} {_RELATIONS[node.func.id]} {right}"
    raise ValueError(f"no statement: {ast.unparse(node)}")


def _within(found: Bound, least: int) -> str:
    text, binding = found
    return text if binding >= least else rf"\left({text}\right)"


def _term(node: ast.expr) -> Bound:
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        return str(node.value), _ALONE if node.value >= 0 else _SUM
    if isinstance(node, ast.Name):
        return (r"\pi" if node.id == "pi" else node.id), _ALONE
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return f"-{_within(_term(node.operand), _PRODUCT)}", _SUM
    if isinstance(node, ast.BinOp):
        return _operation(node)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        return _call(node, node.func.id)
    raise ValueError(f"no term: {ast.unparse(node)}")


def _operation(node: ast.BinOp) -> Bound:
    if isinstance(node.op, ast.Pow):
        return _raised(_term(node.left), node.right)
    left, right = _term(node.left), _term(node.right)
    if isinstance(node.op, ast.Div):
        return rf"\frac{{{left[0]}}}{{{right[0]}}}", _PRODUCT
    if isinstance(node.op, ast.Mult):
        return rf"{_within(left, _PRODUCT)} \cdot {_within(right, _PRODUCT)}", _PRODUCT
    if isinstance(node.op, ast.Add):
        shown = rf"\left({right[0]}\right)" if right[0].startswith("-") else right[0]
        return f"{left[0]} + {shown}", _SUM
    if isinstance(node.op, ast.Sub):
        return f"{left[0]} - {_within(right, _PRODUCT)}", _SUM
    raise ValueError(f"no term: {ast.unparse(node)}")


def _raised(base: Bound, exponent: ast.expr) -> Bound:
    value = _number(exponent)
    if value is None:
        return f"{_within(base, _ALONE)}^{{{_term(exponent)[0]}}}", _POWER
    if value.numerator == 1 and value.denominator > 1:
        order = "" if value.denominator == 2 else f"[{value.denominator}]"
        return rf"\sqrt{order}{{{base[0]}}}", _ALONE
    return f"{_within(base, _ALONE)}^{{{value}}}", _POWER


def _number(node: ast.expr) -> Fraction | None:
    """The rational number that a text writes out, or None."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        return Fraction(node.value)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _number(node.operand)
        return None if inner is None else -inner
    quotient = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
    rational = (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        and node.func.id == "Rational"
    )  # fmt: skip
    parts = [node.left, node.right] if quotient else node.args if rational else []  # type: ignore[attr-defined]
    values = [_number(part) for part in parts]
    if not values or any(value is None for value in values):
        return None
    return Fraction(values[0]) / (values[1] if len(values) > 1 else 1)  # type: ignore[arg-type]


def _call(node: ast.Call, name: str) -> Bound:
    value = _number(node)
    if value is not None:
        if value.denominator == 1:
            return str(value), _ALONE if value >= 0 else _SUM
        sign = "-" if value < 0 else ""
        text = rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"
        return text, _SUM if sign else _PRODUCT
    parts = [_term(part)[0] for part in node.args]
    if name in ("Max", "Min"):
        return rf"\{name.lower()}\left({', '.join(parts)}\right)", _ALONE
    if name == "root" and len(parts) == 2:
        return rf"\sqrt[{parts[1]}]{{{parts[0]}}}", _ALONE
    if len(parts) != 1:
        raise ValueError(f"no term: {ast.unparse(node)}")
    if name in ("sqrt", "cbrt"):
        return rf"\sqrt{'' if name == 'sqrt' else '[3]'}{{{parts[0]}}}", _ALONE
    if name == "Abs":
        return rf"\left|{parts[0]}\right|", _ALONE
    if name in _FUNCTIONS:
        return rf"\{_FUNCTIONS[name]}\left({parts[0]}\right)", _PRODUCT
    raise ValueError(f"no term: {ast.unparse(node)}")


def document(case: Case) -> str:
    """The case as a document: names, hypotheses, then the line itself."""
    names = ", ".join(case["variables"])
    sentences = [rf"Let ${names} \in \mathbb{{R}}$."] if names else []
    sentences += [f"Suppose ${in_latex(one)}$." for one in case["hypotheses"]]
    said, line = "\n".join(sentences), in_latex(case["statement"])
    tag = case["id"].replace("_", "-")
    return f"{said}\n\nThen\n\\begin{{equation}}\n{line} \\tag{{{tag}}}\n\\end{{equation}}\n"


def judged(cases: list[Case], budget: float = 10.0) -> dict[str, list[Any]]:
    """What the front door says of each case: its records in JSON, by the case."""
    return judged_documents({case["id"]: document(case) for case in cases}, budget)


def _name(case: Case) -> str:
    return f"{case['id'][:44]:44}"


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="parts of the names of cases")
    parser.add_argument("--klass")
    parser.add_argument("--budget", type=float, default=10.0)
    parser.add_argument("--show", action="store_true", help="print the documents")
    options = parser.parse_args()
    cases = [
        case for case in load(options.klass)
        if not options.names or any(name in case["id"] for name in options.names)
    ]  # fmt: skip
    if not cases:
        sys.exit("no case has such a name")
    if options.show:
        print("\n".join(document(case) for case in cases))
    found: dict[str, list[Any]] = {}
    for case in cases:  # one at a time, so that rows appear as they are found
        found |= judged([case], options.budget)
        print(table([case], found, _name).splitlines()[0], flush=True)
    print("\n".join(table(cases, found, _name).splitlines()[len(cases):]))


if __name__ == "__main__":
    _main()
