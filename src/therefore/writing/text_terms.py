"""Kernel terms in Unicode text, for the terminal and the JSON report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import ClassVar

from therefore.goal import Term
from therefore.writing.terms import ATOM, FRACTION, POWER, PRODUCT, RELATION, Bound, Piece, Printer

__all__ = ["TextPrinter"]


class TextPrinter(Printer):
    """Writes Unicode text.

    >>> from therefore.writing.names import Names
    >>> names = Names({"w": ("function", ("integer",), ("vector", "d")), "eta": "real"})
    >>> TextPrinter(names).write(("/", ("^", ("norm", ("app", "w", "1")), "2"), ("*", "2", "eta")))
    '‖w_1‖²/(2η)'
    """

    relations: ClassVar[dict[str, str]] = {
        "=": "=", "<=": "≤", "<": "<", "!=": "≠", "implies": "⇒", "iff": "⇔",
        "kronecker": "⊗", "hadamard": "∘",
    }  # fmt: skip

    def _name(self, name: str) -> str:
        return self.names.text(name)

    def _word(self, word: str) -> str:
        return word

    def _distributed(self) -> str:
        return "~"

    def _operator(self, word: str) -> str:
        return word

    def _minus(self) -> str:
        return "−"

    def _colon(self) -> str:
        return ":"

    def _maps_to(self) -> str:
        return "↦"

    def _nabla(self) -> str:
        return "∇"

    def _number_pi(self) -> str:
        return "π"

    def _group(self, inside: str) -> str:
        return f"({inside})"

    def _angles(self, left: str, right: str) -> str:
        return f"⟨{left}, {right}⟩"

    def _bars(self, inside: str, *, double: bool) -> str:
        return f"‖{inside}‖" if double else f"|{inside}|"

    def _whole_part(self, inside: str) -> str:
        return f"⌊{inside}⌋"

    def _fraction_of_digits(self, numerator: str, denominator: str) -> Piece:
        if denominator:
            return Piece(f"{numerator}/{denominator}", FRACTION)
        return Piece(numerator, ATOM)

    def _fraction(self, numerator: Piece, denominator: Piece) -> Piece:
        return Piece(f"{self._at(numerator, PRODUCT)}/{self._at(denominator, POWER)}", FRACTION)

    def _superscript(self, exponent: str) -> str:
        if exponent in ("⊤", "-1", "+"):
            return {"⊤": "ᵀ", "-1": "⁻¹", "+": "⁺"}[exponent]
        if exponent.isdecimal():
            return exponent.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
        return f"^{exponent}" if len(exponent) == 1 else f"^({exponent})"

    def _subscript(self, name: str, indices: Iterable[str]) -> str:
        inside = ",".join(index.replace(" ", "") for index in indices)
        return f"{name}_{inside}" if len(inside) == 1 else f"{name}_{{{inside}}}"

    def _juxtapose(self, left: str, right: str, after_fraction: bool) -> str:
        """Side by side where that reads well (2η, η²‖v‖²), with a dot between otherwise."""
        letter = r"[^\W\d_][\u0300-\u036f]?[⁰-⁹²³¹]*"
        if after_fraction or right[0].isdecimal():
            return f"{left}·{right}"
        if left.isdecimal() or (right[0] in "⟨‖|" and left[-1] not in "‖|⟩"):
            return left + right
        short = re.fullmatch(rf"\d*({letter})+", left) and re.fullmatch(letter, right)
        return f"{left}{'' if short and not left.endswith(right) else '·'}{right}"

    def _root(self, inside: Piece, order: str = "") -> Piece:
        if order:
            return Piece(self._subscript("root", [order]) + f"({inside.text})", ATOM)
        return Piece("√" + self._at(inside, ATOM), POWER)

    def _big_sum(self, below: str, above: str, body: str) -> str:
        above = f"{{{above}}}" if len(above) > 1 else above
        return f"∑_{{{below}}}^{above} {body}"

    def _infinity(self, sign: str) -> str:
        return "−∞" if sign == "-" else "∞"

    def _big_integral(self, below: str, above: str, body: str, letter: str) -> str:
        below, above = (f"{{{end}}}" if len(end) > 1 else end for end in (below, above))
        return f"∫_{below}^{above} {body} d{letter}"

    def _derivative(self, letter: str, body: str, point: str) -> Piece:
        if letter == point:
            return Piece(f"d/d{letter} [{body}]", PRODUCT)
        return Piece(f"d/d{letter} [{body}] at {letter} = {point}", RELATION)

    def _partial(self, member: str, body: str) -> Piece:
        return Piece(f"∂/∂{member} [{body}]", PRODUCT)

    def _limit(self, letter: str, point: str, side: str, body: str, value: str) -> str:
        """At a point, from one side or both; without a point at +∞ or −∞."""
        if point:
            way = {"+": " from above", "-": " from below"}.get(side, "")
            return f"{body} → {value} as {letter} → {point}{way}"
        return f"{body} → {value} as {letter} → {'+' if side == '+' else '−'}∞"

    def _matrix_product(self, factors: Sequence[str]) -> str:
        return " ".join(factors)

    def _matrix_of(self, entry: str, i: str, j: str) -> str:
        inside = entry if entry.startswith("[") and entry.endswith("]") else f"[{entry}]"
        return f"{inside}_{{{i},{j}}}"

    def _table_of_rows(self, rows: Sequence[Sequence[str]]) -> str:
        return "[" + "; ".join(", ".join(row) for row in rows) + "]"

    def _span(self, low: str, high: str) -> str:
        return f"{low}, …, {high}"

    def _member(self, name: str, sort: Term, bound: Bound) -> str:
        if sort == "size":
            return f"{name} ≥ 1 an integer" if name else " ≥ 1"
        return f"{name} ∈ {self._sort(sort, bound)}"

    def _sort(self, sort: Term, bound: Bound) -> str:
        if isinstance(sort, str):
            return {"real": "ℝ", "integer": "ℤ", "size": "{1, 2, …}", "field": "fields"}[sort]
        sizes = [self.write(size, bound) for size in sort[1:3]] if sort[0] != "function" else []
        if sort[0] == "vector":
            return f"ℝ{self._superscript(sizes[0])}"
        if sort[0] == "residue":
            return f"ℤ/{sizes[0]}"
        if sort[0] == "element":
            return sizes[0]
        if sort[0] == "matrix":
            return f"ℝ^({sizes[0]}×{sizes[1]})"
        inside = " × ".join(self._sort(argument, bound) for argument in sort[1])
        return f"({inside} → {self._sort(sort[2], bound)})"

    def _random(self, member: str) -> str:
        return f"{member} (random)"

    def _function_type(self, name: str, sort: Term) -> str:
        return f"{name}: {self._sort(sort, ())[1:-1]}"
