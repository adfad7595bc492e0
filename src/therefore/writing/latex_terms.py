"""Kernel terms in LaTeX, for mathematics mode."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import ClassVar

from therefore.goal import Term
from therefore.writing.terms import ATOM, BIG, POWER, PRODUCT, Bound, Piece, Printer

__all__ = ["LatexPrinter"]


class LatexPrinter(Printer):
    """Writes LaTeX.

    >>> from therefore.writing.names import Names
    >>> LatexPrinter(Names({"eta": "real"})).write(("/", "1", ("*", "2", "eta")))
    '\\\\frac{1}{2 \\\\eta}'
    """

    derived: ClassVar[int] = POWER  # there are no brackets around it, as there are in text
    relations: ClassVar[dict[str, str]] = {
        "=": "=", "<=": r"\le", "<": "<", "!=": r"\ne",
        "implies": r"\;\Rightarrow\;", "iff": r"\;\Leftrightarrow\;",
        "kronecker": r"\otimes", "hadamard": r"\circ",
    }  # fmt: skip

    def _name(self, name: str) -> str:
        return self.names.latex(name)

    def _word(self, word: str) -> str:
        return rf"\text{{ {word} }}"

    def _distributed(self) -> str:
        return r"\sim"

    def _operator(self, word: str) -> str:
        return rf"\operatorname{{{word}}}"

    def _minus(self) -> str:
        return "-"

    def _colon(self) -> str:
        return r"\colon\;"

    def _maps_to(self) -> str:
        return r"\mapsto"

    def _nabla(self) -> str:
        return r"\nabla "

    def _number_pi(self) -> str:
        return r"\pi"

    def _fenced(self, left: str, inside: str, right: str) -> str:
        if re.search(r"\\(frac|sum|int|sqrt|left)(?![A-Za-z])", inside):
            return rf"\left{left} {inside} \right{right}"
        return f"{left}{inside}{right}"

    def _group(self, inside: str) -> str:
        return self._fenced("(", inside, ")")

    def _angles(self, left: str, right: str) -> str:
        return self._fenced(r"\langle ", f"{left}, {right}", r"\rangle ").strip()

    def _bars(self, inside: str, *, double: bool) -> str:
        if double:
            return self._fenced(r"\lVert ", inside, r"\rVert ").strip()
        return self._fenced(r"\lvert ", inside, r"\rvert ").strip()

    def _whole_part(self, inside: str) -> str:
        return self._fenced(r"\lfloor ", inside, r"\rfloor ").strip()

    def _fraction_of_digits(self, numerator: str, denominator: str) -> Piece:
        if denominator:
            return Piece(rf"\tfrac{{{numerator}}}{{{denominator}}}", PRODUCT)
        return Piece(numerator, ATOM)

    def _fraction(self, numerator: Piece, denominator: Piece) -> Piece:
        return Piece(rf"\frac{{{numerator.text}}}{{{denominator.text}}}", PRODUCT)

    def _superscript(self, exponent: str) -> str:
        return r"^{\top}" if exponent == "⊤" else f"^{{{exponent}}}"

    def _write_power(self, term: Term, bound: Bound) -> Piece:
        """A power; a name with a superscript of its own takes no second one."""
        base = self._at(self.piece(term[1], bound), ATOM)
        base = f"{{{base}}}" if "^" in base and isinstance(term[1], str) else base
        return Piece(base + self._superscript(self.write(term[2], bound)), POWER)

    def _subscript(self, name: str, indices: Iterable[str]) -> str:
        base = f"{{{name}}}" if "^" in name or "_" in name else name
        return f"{base}_{{{','.join(index.replace(' ', '') for index in indices)}}}"

    def _juxtapose(self, left: str, right: str, after_fraction: bool) -> str:
        return f"{left} \\cdot {right}" if right[0].isdecimal() else f"{left} {right}"

    def _root(self, inside: Piece, order: str = "") -> Piece:
        return Piece(rf"\sqrt{f'[{order}]' * bool(order)}{{{inside.text}}}", ATOM)

    def _big_sum(self, below: str, above: str, body: str) -> str:
        return rf"\sum_{{{below}}}^{{{above}}} {body}"

    def _infinity(self, sign: str) -> str:
        return r"-\infty" if sign == "-" else r"\infty"

    def _big_integral(self, below: str, above: str, body: str, letter: str) -> str:
        return rf"\int_{{{below}}}^{{{above}}} {body} \,\mathrm{{d}}{letter}"

    def _derivative(self, letter: str, body: str, point: str) -> Piece:
        order, body = _repeated(letter, body)
        above, below = (f"^{{{order}}}", f"^{{{order}}}") if order > 1 else ("", "")
        quotient = rf"\frac{{\mathrm{{d}}{above}}}{{\mathrm{{d}}{letter}{below}}} {body}"
        if letter == point:
            return Piece(quotient, BIG)
        return Piece(rf"\left. {quotient} \right|_{{{letter}={point}}}", BIG)

    def _partial(self, member: str, body: str) -> Piece:
        return Piece(rf"\frac{{\partial}}{{\partial {member}}} {body}", BIG)

    def _limit(self, letter: str, point: str, side: str, body: str, value: str) -> str:
        """At a point, from one side or both; without a point at +∞ or −∞."""
        place = f"{point}^{side}" if point and side else point or rf"{side}\infty"
        return rf"\lim_{{{letter} \to {place}}} {body} = {value}"

    def _matrix_product(self, factors: Sequence[str]) -> str:
        return " ".join(factors)

    def _matrix_of(self, entry: str, i: str, j: str) -> str:
        return self._fenced("(", entry, ")") + f"_{{{i},{j}}}"

    def _table_of_rows(self, rows: Sequence[Sequence[str]]) -> str:
        body = r" \\ ".join(" & ".join(row) for row in rows)
        return rf"\begin{{pmatrix}} {body} \end{{pmatrix}}"

    def _span(self, low: str, high: str) -> str:
        return rf"{low}, \dots, {high}"

    def _tight(self, term: Term, bound: Bound) -> str:
        return self.write(term, bound)

    def _member(self, name: str, sort: Term, bound: Bound) -> str:
        if sort == "size":
            return rf"{name} \in \{{1, 2, \dots\}}"
        return rf"{name} \in {self._sort(sort, bound)}"

    def _sort(self, sort: Term, bound: Bound) -> str:
        if isinstance(sort, str):
            return _SETS[sort]
        sizes = [self.write(size, bound) for size in sort[1:3]] if sort[0] != "function" else []
        if sort[0] == "vector":
            return rf"\mathbb{{R}}^{{{sizes[0]}}}"
        if sort[0] == "residue":
            return rf"\mathbb{{Z}}/{sizes[0]}"
        if sort[0] == "element":
            return sizes[0]
        if sort[0] == "matrix":
            return rf"\mathbb{{R}}^{{{sizes[0]} \times {sizes[1]}}}"
        inside = r" \times ".join(self._sort(argument, bound) for argument in sort[1])
        return rf"({inside} \to {self._sort(sort[2], bound)})"

    def _random(self, member: str) -> str:
        return rf"{member} \text{{ (random)}}"

    def _function_type(self, name: str, sort: Term) -> str:
        return rf"{name} \colon {self._sort(sort, ())[1:-1]}"


def _repeated(letter: str, body: str) -> tuple[int, str]:
    """The order of a derivative of this body in the letter, and what is differentiated.

    >>> _repeated("x", r"\\left( \\frac{\\mathrm{d}}{\\mathrm{d}x} g(x) \\right)")
    (2, 'g(x)')
    """
    d = r"\{\\mathrm\{d\}"
    power = r"(?:\^\{(\d+)\})?"
    found = re.match(rf"\\left\( \\frac{d}{power}\}}{d}{re.escape(letter)}{power}\}} ", body)
    if found is None or not body.endswith(r" \right)"):
        return 1, body
    inside = body[found.end() :].removesuffix(r" \right)")
    depth = 0
    for fence in re.findall(r"\\(left|right)(?![A-Za-z])", inside):
        depth += 1 if fence == "left" else -1
        if depth < 0:  # the bracket before the derivative ends within
            return 1, body
    return int(found[1] or "1") + 1, inside


_SETS = {
    "real": r"\mathbb{R}", "integer": r"\mathbb{Z}", "size": r"\{1, 2, \dots\}",
    "field": r"\text{fields}",
}  # fmt: skip
