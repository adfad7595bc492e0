"""A small printer of terms as LaTeX, for the tests: what it prints has one reading."""

from __future__ import annotations

from therefore.goal import Term
from therefore.kernel.terms import open_binder

DECLARATIONS = r"""
Let $x, y, \alpha \in \mathbb{R}$ and $n$ be a positive integer. Let $a_t \in \mathbb{R}$.
Let $u, v \in \mathbb{R}^d$ and $w_t \in \mathbb{R}^d$.
Let $A, M \in \mathbb{R}^{d\times d}$ and $X \in \mathbb{R}^{n\times d}$.
Let $g: \mathbb{R} \to \mathbb{R}$ and $f: \mathbb{R}^d \to \mathbb{R}$.
"""
INDICES = ("i", "j", "k", "l", "m")
_FUNCTIONS = {"exp": r"\exp", "log": r"\ln", "sin": r"\sin", "cos": r"\cos", "tanh": r"\tanh",
              "sigma": r"\sigma"}  # fmt: skip


def printed(term: Term, depth: int = 0) -> str:
    """The term as LaTeX."""
    if isinstance(term, str):
        return r"\alpha " if term == "alpha" else term
    head, parts = term[0], term[1:]
    if head == "+":
        return _sum(parts, depth)
    if head == "-":
        return f"-{_product(parts[0], depth)}"
    return _product(term, depth)


def _sum(parts: tuple[Term, ...], depth: int) -> str:
    shown = ""
    for number, part in enumerate(parts):
        if isinstance(part, tuple) and part[0] == "-":
            shown += f"-{_product(part[1], depth)}"
        else:
            shown += ("+" if number else "") + _product(part, depth)
    return shown


def _product(term: Term, depth: int) -> str:
    if isinstance(term, tuple) and term[0] == "*":
        return r" \cdot ".join(_factor(part, depth) for part in term[1:])
    if isinstance(term, tuple) and term[0] == "matmul":
        return "".join(rf"\left({printed(part, depth)}\right)" for part in term[1:])
    return _factor(term, depth)


def _factor(term: Term, depth: int) -> str:
    if isinstance(term, str):
        return printed(term)
    head, parts = term[0], term[1:]
    if head in ("+", "-", "*", "sum", "matmul"):
        inner = _big(term, depth) if head == "sum" else printed(term, depth)
        return rf"\left({inner}\right)"
    if head == "/":
        return rf"\frac{{{printed(parts[0], depth)}}}{{{printed(parts[1], depth)}}}"
    if head == "^":
        return f"{_base(parts[0], depth)}^{{{parts[1]}}}"
    if head == "sqrt":
        return rf"\sqrt{{{printed(parts[0], depth)}}}"
    if head == "abs":
        return rf"\left|{printed(parts[0], depth)}\right|"
    if head == "norm":
        return rf"\left\|{printed(parts[0], depth)}\right\|"
    if head == "inner":
        return rf"\langle {printed(parts[0], depth)}, {printed(parts[1], depth)}\rangle"
    if head == "transpose":
        return rf"\left({printed(parts[0], depth)}\right)^\top"
    if head == "inverse":
        return rf"\left({printed(parts[0], depth)}\right)^{{-1}}"
    if head == "identity":
        return rf"I_{parts[0]}"
    if head == "outer":
        first, second = (rf"\left({printed(part, depth)}\right)" for part in parts)
        return rf"\left({first}{second}^\top\right)"
    if head == "derivative":
        variable = parts[1]
        body = printed(open_binder(parts[0], variable), depth)
        return rf"\left(\frac{{\mathrm{{d}}}}{{\mathrm{{d}}{variable}}}\left({body}\right)\right)"
    if head == "app" and parts[0] in ("max", "min"):
        first, second = (printed(part, depth) for part in parts[1:])
        return rf"\{parts[0]}\left\{{{first}, {second}\right\}}"
    if head == "app" and parts[0] in _FUNCTIONS:
        return rf"{_FUNCTIONS[parts[0]]}({printed(parts[1], depth)})"
    if head in _FUNCTIONS:
        return rf"{_FUNCTIONS[head]}({printed(parts[0], depth)})"
    if head == "gradient":
        return rf"\nabla {parts[0]}({printed(parts[1], depth)})"
    if head == "app" and parts[0] in ("a", "w"):
        return f"{parts[0]}_{{{printed(parts[1], depth)}}}"
    if head == "app":
        return f"{parts[0]}({printed(parts[1], depth)})"
    raise ValueError(f"no LaTeX for {term}")


def _base(term: Term, depth: int) -> str:
    shown = _factor(term, depth)
    plain = isinstance(term, str) or (term[0] == "app" and term[1] == "a")
    return shown if plain or term[0] in ("norm", "abs") else rf"\left({shown}\right)"


def _big(term: Term, depth: int) -> str:
    _, low, high, body = term
    index = INDICES[depth]
    inside = printed(open_binder(body, index), depth + 1)
    ends = rf"{{{index}={printed(low, depth)}}}^{{{printed(high, depth)}}}"
    return rf"\sum_{ends}\left({inside}\right)"
