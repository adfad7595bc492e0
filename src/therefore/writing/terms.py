"""Kernel terms as a reader writes them: in Unicode text and in LaTeX.

The printers for text and for LaTeX share one walk over the term, which decides where brackets
stand; they differ only in the shape of a fraction, a root, a sum and the like. Nothing is
evaluated or reordered.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import ClassVar, Final, NamedTuple, TypeAlias

from therefore.goal import Term
from therefore.writing.members import slope_in_member
from therefore.writing.names import Names
from therefore.writing.patterns import (
    Binder,
    convex_function,
    covariance_of,
    equivalence,
    known_matrix,
    mentions,
    quantifier_prefix,
    shift,
    unique_minimiser,
)

__all__ = ["ATOM", "BIG", "FRACTION", "POWER", "PRODUCT", "Bound", "Piece", "Printer", "split_sign"]

# How tightly a written piece holds together; a piece looser than its place gets brackets.
LOGIC: Final = 0
RELATION: Final = 2
SUM: Final = 3
BIG: Final = 4
FRACTION: Final = 5
PRODUCT: Final = 6
POWER: Final = 7
ATOM: Final = 8

Bound: TypeAlias = tuple[tuple[str, Term], ...]


class Piece(NamedTuple):
    """Written text and how tightly it holds together."""

    text: str
    level: int


class Printer(ABC):
    """Writes kernel terms under the names in force."""

    relations: ClassVar[dict[str, str]]
    # How tightly a product holds together that stands behind d/dx.
    derived: ClassVar[int] = FRACTION

    def __init__(self, names: Names) -> None:
        self.names = names

    def write(self, term: Term, bound: Bound = ()) -> str:
        """The written term; ``bound`` holds the binders around it, innermost last."""
        return self.piece(term, bound).text

    def piece(self, term: Term, bound: Bound = ()) -> Piece:
        """The written term and how tightly it holds together."""
        if isinstance(term, str):
            return self._leaf(term, bound)
        head, *arguments = term
        writer = getattr(self, f"_write_{_METHODS.get(head, head)}", None)
        if writer is None:
            inside = ", ".join(self.write(a, bound) for a in arguments)
            return Piece(self._word(str(head)) + self._group(inside), ATOM)
        piece: Piece = writer(term, bound)
        return piece

    def _leaf(self, term: str, bound: Bound) -> Piece:
        if term.startswith("#"):
            index = int(term[1:])
            return Piece(bound[-1 - index][0] if index < len(bound) else term, ATOM)
        if re.fullmatch(r"-?\d+(/\d+)?", term):
            if term.startswith("-"):
                return Piece(self._minus() + self._leaf(term[1:], bound).text, SUM)
            numerator, _, denominator = term.partition("/")
            return self._fraction_of_digits(numerator, denominator)
        return Piece(self._name(term), ATOM)

    # -- arithmetic ----------------------------------------------------------------------

    def _write_plus(self, term: Term, bound: Bound) -> Piece:
        pieces: list[str] = []
        parts = _with_brackets(_flat("+", term))
        is_bracket = len(parts) == 1 and parts[0][0] == "below"
        for part in parts:
            negative, rest = split_sign(part)
            piece = self.piece(rest, bound)
            text = self._at(piece, BIG if negative else SUM)
            if not pieces:
                pieces.append(self._minus() + text if negative else text)
            else:
                pieces.append(f" {self._minus() if negative else '+'} {text}")
        return Piece(pieces[0], ATOM) if is_bracket else Piece("".join(pieces), SUM)

    def _write_minus(self, term: Term, bound: Bound) -> Piece:
        return Piece(self._minus() + self._at(self.piece(term[1], bound), BIG), SUM)

    def _write_times(self, term: Term, bound: Bound) -> Piece:
        negative, rest = split_sign(term)
        if negative:
            return Piece(self._minus() + self._at(self.piece(rest, bound), BIG), SUM)
        pieces = [self.piece(factor, bound) for factor in _flat("*", term)]
        if len(pieces) == 1:
            return pieces[0]
        written = self._at(pieces[0], FRACTION)
        for place, piece in enumerate(pieces[1:], start=2):
            last = place == len(pieces)
            right = self._at(piece, BIG if last and piece.level == BIG else PRODUCT)
            written = self._juxtapose(written, right, pieces[place - 2].level == FRACTION)
        if pieces[-1].level == BIG:
            return Piece(written, BIG)
        return Piece(written, min(pieces[0].level, PRODUCT) if pieces[0].level >= FRACTION else 6)

    def _write_over(self, term: Term, bound: Bound) -> Piece:
        negative, rest = split_sign(term)
        if negative:
            return Piece(self._minus() + self._at(self.piece(rest, bound), BIG), SUM)
        return self._fraction(self.piece(term[1], bound), self.piece(term[2], bound))

    def _write_power(self, term: Term, bound: Bound) -> Piece:
        base = self._at(self.piece(term[1], bound), ATOM)
        return Piece(base + self._superscript(self.write(term[2], bound)), POWER)

    def _write_inner(self, term: Term, bound: Bound) -> Piece:
        return Piece(self._angles(self.write(term[1], bound), self.write(term[2], bound)), ATOM)

    def _write_norm(self, term: Term, bound: Bound) -> Piece:
        return Piece(self._bars(self.write(term[1], bound), double=True), ATOM)

    def _write_abs(self, term: Term, bound: Bound) -> Piece:
        return Piece(self._bars(self.write(term[1], bound), double=False), ATOM)

    def _write_embed(self, term: Term, bound: Bound) -> Piece:
        return self.piece(term[2], bound)

    def _write_turn(self, term: Term, bound: Bound) -> Piece:
        base = self._at(self.piece(term[2], bound), ATOM)
        return Piece(base + self._superscript(self.write(term[3], bound)), POWER)

    def _write_root_of_unity(self, term: Term, bound: Bound) -> Piece:
        base = self._at(self.piece(term[2], bound), ATOM)
        power = base + self._superscript(self.write(term[1], bound))
        return Piece(f"{power} {self.relations['=']} 1", RELATION)

    def _write_floor(self, term: Term, bound: Bound) -> Piece:
        return Piece(self._whole_part(self.write(term[1], bound)), ATOM)

    def _write_step(self, term: Term, bound: Bound) -> Piece:
        """[a <= b] for the unit step of b - a."""
        return Piece(f"[{self.write(('<=', *_sides_of(term[1])), bound)}]", ATOM)

    def _write_below(self, term: Term, bound: Bound) -> Piece:
        """[b < a] for 1 less the unit step of b - a."""
        low, high = _sides_of(term[1])
        return Piece(f"[{self.write(('<', high, low), bound)}]", ATOM)

    def _write_integral(self, term: Term, bound: Bound) -> Piece:
        _, low, high, body = term
        letter = self._letter("real", bound)
        inside = self._at(self.piece(body, (*bound, (letter, "real"))), BIG)
        ends = [self._end(end, bound) for end in (low, high)]
        return Piece(self._big_integral(ends[0], ends[1], inside, letter), BIG)

    def _end(self, end: Term, bound: Bound) -> str:
        return self._infinity(end[0]) if end in ("-oo", "+oo") else self._tight(end, bound)

    def _write_integrates(self, term: Term, bound: Bound) -> Piece:
        written = self._write_integral(term[:4], bound).text
        if len(term) == 5:
            return Piece(f"{written} {self.relations['=']} {self.write(term[4], bound)}", RELATION)
        return Piece(f"{written} {self._word('exists')}", RELATION)

    def _write_expectation(self, term: Term, bound: Bound) -> Piece:
        """E[u], Cov[u, v] for the expectation that is the covariance, and Var[u] of a number."""
        inner = (*bound, _OUTCOME)
        bodies = covariance_of(term)
        if bodies is None:
            return Piece(f"{self._operator('E')}[{self.write(term[1], inner)}]", ATOM)
        word = "Cov" if term[1][0] == "outer" or bodies[0] != bodies[1] else "Var"
        written = ", ".join(dict.fromkeys(self.write(body, inner) for body in bodies))
        return Piece(f"{self._operator(word)}[{written}]", ATOM)

    def _write_standard_normal(self, term: Term, bound: Bound) -> Piece:
        return Piece(self._word("standard normal") + self._group(self.write(term[1], bound)), ATOM)

    def _write_uniform_index(self, term: Term, bound: Bound) -> Piece:
        return Piece(self._word("uniform index") + self._group(self.write(term[1], bound)), ATOM)

    def _write_moments(self, term: Term, bound: Bound) -> Piece:
        said = f"{self._word('has finite moments of order')} {self.write(term[2], bound)}"
        return Piece(f"{self.write(term[1], bound)} {said}", RELATION)

    def _write_independent(self, term: Term, bound: Bound) -> Piece:
        one, other = (self.write(part, bound) for part in term[1:])
        said = f"{one} {self._word('and')} {other} {self._word('are independent')}"
        return Piece(said, RELATION)

    def _write_gaussian(self, term: Term, bound: Bound) -> Piece:
        name, *moments = (self.write(part, bound) for part in term[1:])
        return Piece(f"{name} {self._distributed()} N({', '.join(moments)})", RELATION)

    def _write_sqrt(self, term: Term, bound: Bound) -> Piece:
        return self._root(self.piece(term[1], bound))

    # -- application and literals --------------------------------------------------------

    def _write_app(self, term: Term, bound: Bound) -> Piece:
        _, function, *arguments = term
        if len(arguments) == 1 and self._sort_of(arguments[0], bound) == "outcome":
            return self.piece(function, bound)
        sort = self._sort_of(function, bound)
        if isinstance(function, str) and _indexed(sort):
            indices = [self.write(a, bound) for a in arguments]
            return Piece(self._subscript(self.write(function, bound), indices), ATOM)
        is_literal = bool(arguments) and str(arguments[0]).isdecimal()
        if function == "nth_root" and is_literal and int(str(arguments[0])) % 2:
            # Not the root of an odd order, which negative numbers have as well.
            return self._write_power(("^", arguments[1], f"1/{arguments[0]}"), bound)
        if function in ("nth_root", "odd_root") and is_literal:
            return self._root(self.piece(arguments[1], bound), arguments[0])
        head = self._at(self.piece(function, bound), ATOM)
        return Piece(head + self._group(", ".join(self.write(a, bound) for a in arguments)), ATOM)

    def _write_gradient(self, term: Term, bound: Bound) -> Piece:
        head = self._at(self.piece(_reduced(term[1]), bound), ATOM)
        return Piece(f"{self._nabla()}{head}" + self._group(self.write(term[2], bound)), ATOM)

    def _write_partial(self, term: Term, bound: Bound) -> Piece:
        """∂f/∂X at X itself; ∇(X ↦ f)(A), D(x ↦ u)(a) or ∇²(x ↦ f)(a) elsewhere."""
        head, function, point = term
        if head == "gradient" and (isinstance(function, str) or function[1][0] != "matrix"):
            return self._write_gradient(term, bound)
        if head != "hessian" and isinstance(point, str) and not mentions(function, point):
            letter = self.write(point, bound)
            inside = self._derived(function[2], (*bound, (letter, function[1])))
            return self._partial(letter, inside)
        mark = {"gradient": self._nabla(), "jacobian": "D"}.get(head)
        if mark is None:
            mark = self._nabla().strip() + self._superscript("2")
        written = self._at(self.piece(_reduced(function), bound), ATOM)
        return Piece(f"{mark}{written}" + self._group(self.write(point, bound)), ATOM)

    def _write_derivative(self, term: Term, bound: Bound) -> Piece:
        _, body, point = term
        member = slope_in_member(term)
        if member is not None:
            written = self.write(("app", member.sequence, member.place), bound)
            return self._partial(written, self._derived(member.body, bound))
        letter = self._point_letter(body, point, bound)
        inside = self._derived(body, (*bound, (letter, "real")))
        return self._derivative(letter, inside, self.write(point, bound))

    def _derived(self, body: Term, bound: Bound) -> str:
        """What is differentiated, in brackets where it could end elsewhere."""
        level = self.derived if body[0] == "*" else FRACTION
        return self._at(self.piece(body, bound), level)

    def _write_sum(self, term: Term, bound: Bound) -> Piece:
        _, low, high, body = term
        letter = self._letter("integer", bound)
        inside = self._at(self.piece(body, (*bound, (letter, "integer"))), BIG)
        limits = (f"{letter}={self._tight(low, bound)}", self._tight(high, bound))
        return Piece(self._big_sum(*limits, inside), BIG)

    def _write_sum_mod(self, term: Term, bound: Bound) -> Piece:
        _, modulus, body = term
        sort = ("residue", modulus)
        letter = self._letter(sort, bound)
        inside = self._at(self.piece(body, (*bound, (letter, sort))), BIG)
        last = self._tight(("+", modulus, "-1"), bound)
        return Piece(self._big_sum(f"{letter}=0", last, inside), BIG)

    def _write_delta(self, term: Term, bound: Bound) -> Piece:
        return Piece(f"[{self.write(term[1], bound)} = {self.write(term[2], bound)}]", ATOM)

    def _write_lift(self, term: Term, bound: Bound) -> Piece:
        inside = self.write(term[1], bound)
        return Piece(self._operator("rep") + self._group(inside), ATOM)

    def _write_entry(self, term: Term, bound: Bound) -> Piece:
        _, whole, *places = term
        head = self._at(self.piece(whole, bound), ATOM)
        return Piece(self._subscript(head, [self.write(place, bound) for place in places]), ATOM)

    def _write_transpose(self, term: Term, bound: Bound) -> Piece:
        return self._raised(term[1], "⊤", bound)

    def _write_inverse(self, term: Term, bound: Bound) -> Piece:
        return self._raised(term[1], "-1", bound)

    def _write_pseudoinverse(self, term: Term, bound: Bound) -> Piece:
        return self._raised(term[1], "+", bound)

    def _write_exponential(self, term: Term, bound: Bound) -> Piece:
        return Piece("e" + self._superscript(self.write(term[1], bound)), POWER)

    def _raised(self, base: Term, sign: str, bound: Bound) -> Piece:
        return Piece(self._at(self.piece(base, bound), ATOM) + self._superscript(sign), POWER)

    def _write_identity(self, term: Term, bound: Bound) -> Piece:
        return Piece(self._subscript("I", [self.write(term[1], bound)]), ATOM)

    def _write_unit(self, term: Term, bound: Bound) -> Piece:
        return Piece(self._subscript("e", [self.write(term[2], bound)]), ATOM)

    def _write_outer(self, term: Term, bound: Bound) -> Piece:
        return self._write_matmul(("matmul", term[1], ("transpose", term[2])), bound)

    def _write_operator(self, term: Term, bound: Bound) -> Piece:
        word = {"trace": "tr"}.get(term[0], term[0])
        return Piece(self._operator(word) + self._group(self.write(term[1], bound)), ATOM)

    def _write_pi(self, term: Term, bound: Bound) -> Piece:
        return Piece(self._number_pi(), ATOM)

    def _write_invertible(self, term: Term, bound: Bound) -> Piece:
        return Piece(f"{self.write(term[1], bound)} {self._word('is invertible')}", RELATION)

    def _write_matmul(self, term: Term, bound: Bound) -> Piece:
        factors = [self._at(self.piece(a, bound), PRODUCT) for a in term[1:]]
        return Piece(self._matrix_product(factors), PRODUCT)

    def _write_matrix(self, term: Term, bound: Bound) -> Piece:
        if known := known_matrix(term):
            word, argument = known
            return Piece(self._operator(word) + self._group(self.write(argument, bound)), ATOM)
        _, rows, columns, body = term
        row_sort, column_sort = ("residue", rows), ("residue", columns)
        i = self._letter(row_sort, bound)
        inner = (*bound, (i, row_sort))
        j = self._letter(column_sort, inner)
        entry = self.write(body, (*inner, (j, column_sort)))
        return Piece(self._matrix_of(entry, i, j), ATOM)

    def _write_rows(self, term: Term, bound: Bound) -> Piece:
        rows = [[self.write(part, bound) for part in row[1:]] for row in term[1:]]
        return Piece(self._table_of_rows(rows), ATOM)

    def _write_blocks(self, term: Term, bound: Bound) -> Piece:
        rows = [[self.write(_of_block(part), bound) for part in row[1:]] for row in term[1:]]
        return Piece(self._table_of_rows(rows), ATOM)

    def _write_between(self, term: Term, bound: Bound) -> Piece:
        """A Kronecker or a Hadamard product; factors that are products stand in brackets."""
        sign = self.relations[term[0]]
        factors = [self._at(self.piece(a, bound), POWER) for a in term[1:]]
        return Piece(f" {sign} ".join(factors), FRACTION)

    def _write_zero(self, term: Term, bound: Bound) -> Piece:
        return Piece("0", ATOM)

    def _write_vector(self, term: Term, bound: Bound) -> Piece:
        entries = [self.piece(a, bound) for a in term[1:]]
        if len(entries) == 1:
            return entries[0]
        return Piece(self._group(", ".join(entry.text for entry in entries)), ATOM)

    def _write_lambda(self, term: Term, bound: Bound) -> Piece:
        _, sort, body = term
        if sort == "outcome":
            return self.piece(body, (*bound, _OUTCOME))
        letter = self._letter(sort, bound)
        written = self.write(body, (*bound, (letter, sort)))
        return Piece(f"{letter} {self._maps_to()} {written}", LOGIC)

    def _write_table(self, term: Term, bound: Bound) -> Piece:
        low = int(term[1])
        return self._listed_values(low, term[2:], bound)

    def _write_cycle(self, term: Term, bound: Bound) -> Piece:
        return self._listed_values(0, term[1:], bound)

    def _listed_values(self, low: int, values: Sequence[Term], bound: Bound) -> Piece:
        arrow = self._maps_to()
        pairs = [f"{low + k} {arrow} {self.write(v, bound)}" for k, v in enumerate(values)]
        return Piece(", ".join(pairs), LOGIC)

    def _write_mod(self, term: Term, bound: Bound) -> Piece:
        return self.piece(term[2], bound)

    # -- formulas ------------------------------------------------------------------------

    def _write_relation(self, term: Term, bound: Bound) -> Piece:
        left, right = (self._at(self.piece(a, bound), SUM) for a in term[1:])
        return Piece(f"{left} {self.relations[term[0]]} {right}", RELATION)

    def _write_and(self, term: Term, bound: Bound) -> Piece:
        if sides := equivalence(term):
            left, right = (self._at(self.piece(a, bound), RELATION) for a in sides)
            return Piece(f"{left} {self.relations['iff']} {right}", LOGIC)
        if parts := unique_minimiser(term):
            point, sort, value = parts
            return Piece(self._minimiser(point, sort, value, bound), LOGIC)
        return self._joined("and", term, bound)

    def _write_or(self, term: Term, bound: Bound) -> Piece:
        return self._joined("or", term, bound)

    def part(self, term: Term, bound: Bound = ()) -> str:
        """One of the statements that "and" or "or" joins, in brackets where it needs them."""
        return self._at(self.piece(term, bound), RELATION)

    def factor(self, term: Term, bound: Bound = ()) -> str:
        """One of the parts of a product, in brackets where it needs them."""
        return self._at(self.piece(term, bound), PRODUCT)

    def _joined(self, word: str, term: Term, bound: Bound) -> Piece:
        parts = [self.part(a, bound) for a in term[1:]]
        return Piece(f" {self._word(word)} ".join(parts), LOGIC)

    def _write_implies(self, term: Term, bound: Bound) -> Piece:
        premise = self._at(self.piece(term[1], bound), RELATION)
        conclusion = self.piece(term[2], bound).text
        return Piece(f"{premise} {self.relations['implies']} {conclusion}", LOGIC)

    def _write_forall(self, term: Term, bound: Bound) -> Piece:
        if (function := convex_function(term)) is not None:
            return Piece(f"{self.write(function, bound)} {self._word('is convex')}", RELATION)
        binders, conditions, body = quantifier_prefix(term)
        phrases, bound = self._binders(binders, bound)
        sides = [self.write(condition, bound) for condition in conditions]
        given = f" {self._word('with')} {', '.join(sides)}" if sides else ""
        text = f"{self._word('for all')} {phrases}{given}{self._colon()} {self.write(body, bound)}"
        return Piece(text, LOGIC)

    def _write_exists(self, term: Term, bound: Bound) -> Piece:
        _, sort, body = term
        letter = self._letter(sort, bound)
        inner = (*bound, (letter, sort))
        phrase = self._member(letter, sort, bound)
        text = f"{self._word('there is')} {phrase} {self._word('with')} {self.write(body, inner)}"
        return Piece(text, LOGIC)

    def _write_false(self, term: Term, bound: Bound) -> Piece:
        return Piece(self._word("false"), RELATION)

    def _write_tends(self, term: Term, bound: Bound) -> Piece:
        _, body, place, value = term
        letter = self._letter("real", bound)
        inside = self._at(self.piece(body, (*bound, (letter, "real"))), FRACTION)
        side = {"+oo": "+", "-oo": "-"}.get(place) if isinstance(place, str) else None
        point = ""
        if side is None:
            side = {"right": "+", "left": "-"}.get(place[0], "")
            point = self.write(place[1] if side else place, bound)
        return Piece(self._limit(letter, point, side, inside, self.write(value, bound)), RELATION)

    def _write_has_derivative(self, term: Term, bound: Bound) -> Piece:
        _, body, point, value = term
        letter = self._point_letter(body, point, bound)
        inside = self._derived(body, (*bound, (letter, "real")))
        derivative = self._derivative(letter, inside, self.write(point, bound))
        left = self._at(derivative, SUM)
        return Piece(f"{left} = {self.write(value, bound)}", RELATION)

    def _write_not(self, term: Term, bound: Bound) -> Piece:
        return Piece(f"{self._word('not')} {self._at(self.piece(term[1], bound), ATOM)}", LOGIC)

    def _write_has_gradient(self, term: Term, bound: Bound) -> Piece:
        _, function, point, value = term
        gradient = self._write_gradient(("gradient", function, point), bound)
        return Piece(f"{gradient.text} = {self.write(value, bound)}", RELATION)

    def _write_differentiable(self, term: Term, bound: Bound) -> Piece:
        return Piece(f"{self.write(term[1], bound)} {self._word('is differentiable')}", RELATION)

    def _minimiser(self, point: Term, sort: Term, value: Term, bound: Bound) -> str:
        who = self.write(point, bound)
        if value[0] == "app" and value[2:] == ("#0",) and isinstance(value[1], str):
            what = self.write(value[1], bound)
        else:
            letter = self._letter(sort, bound)
            what = f"{letter} {self._maps_to()} {self.write(value, (*bound, (letter, sort)))}"
        return f"{who} {self._word('is the only minimiser of')} {what}"

    # -- declarations and values ---------------------------------------------------------

    def binding(self, name: str, value: Term) -> str:
        """One value of a counterexample, as ``w_1 = 0, w_2 = 3`` or ``f(x) = x^2``."""
        written = self._name(name)
        sort = self.names.sorts.get(name)
        if isinstance(value, tuple) and value and value[0] in ("table", "cycle"):
            low, listed = (int(value[1]), value[2:]) if value[0] == "table" else (0, value[1:])
            entries = (
                f"{self._subscript(written, [str(low + k)])} = {self.write(entry)}"
                for k, entry in enumerate(listed)
            )
            return ", ".join(entries)
        bound: Bound = ()
        while isinstance(value, tuple) and value and value[0] == "lambda":
            is_outcome = value[1] == "outcome"
            new = _OUTCOME if is_outcome else (self._letter(value[1], bound), value[1])
            bound, value = (*bound, new), value[2]
        letters = [letter for letter, sort in bound if sort != "outcome"]
        if letters:
            written = (
                self._subscript(written, letters)
                if _indexed(sort)
                else written + self._group(", ".join(letters))
            )
        return f"{written} = {self.write(value, bound)}"

    def definition(self, name: str, parameters: Sequence[Term], body: Term) -> str:
        """A definition of the goal, as ``g(x) = x/(1 + |x|)``."""
        for sort in reversed(parameters):
            body = ("lambda", sort, body)
        return self.binding(name, body)

    def declaration(self, name: str) -> str:
        """What a name stands for, as ``w_t ∈ ℝ^d`` or ``f: ℝ^d → ℝ``."""
        sort = self.names.sorts[name]
        if not isinstance(sort, str) and sort[0] == "function":
            if sort[1] == ("outcome",):
                return self._random(self._member(self._name(name), sort[2], ()))
            if _indexed(sort):
                bound: Bound = ()
                for argument in sort[1]:
                    bound = (*bound, (self._letter(argument, bound), argument))
                written = self._subscript(self._name(name), [letter for letter, _ in bound])
                return self._member(written, sort[2], ())
            return self._function_type(self._name(name), sort)
        if not isinstance(sort, str) and sort[0] == "family":
            bound = ((self._letter("integer", ()), "integer"),)
            written = self._subscript(self._name(name), [bound[0][0]])
            return self._member(written, sort[1], bound)
        return self._member(self._name(name), sort, ())

    def _binders(self, binders: Sequence[Binder], bound: Bound) -> tuple[str, Bound]:
        """The binders as one phrase, those of one kind together."""
        groups: list[tuple[list[str], str]] = []
        for binder in binders:
            letter = self._letter(binder.sort, bound)
            if binder.low is not None and binder.high is not None:
                span = self._span(self.write(binder.low, bound), self.write(binder.high, bound))
                groups.append(([letter], f" = {span}"))
            else:
                kind = self._member("", binder.sort, bound)
                if groups and groups[-1][1] == kind:
                    groups[-1][0].append(letter)
                else:
                    groups.append(([letter], kind))
            bound = (*bound, (letter, binder.sort))
        return ", ".join(", ".join(letters) + kind for letters, kind in groups), bound

    def _sort_of(self, term: Term, bound: Bound) -> Term:
        if not isinstance(term, str):
            return None
        if term.startswith("#") and int(term[1:]) < len(bound):
            return bound[-1 - int(term[1:])][1]
        return self.names.sorts.get(term)

    def _letter(self, sort: Term, bound: Bound) -> str:
        return self.names.fresh(sort, (name for name, _ in bound))

    def _point_letter(self, body: Term, point: Term, bound: Bound) -> str:
        """The variable of a derivative: the point's own letter where the point is a variable.

        Not where the body speaks of the point too: max(x, y) derived by x, where x is y.
        """
        is_variable = isinstance(point, str) and not re.match(r"-?\d", point)
        if is_variable and not mentions(body, point, 1):
            return self.write(point, bound)
        return self._letter("real", bound)

    def _tight(self, term: Term, bound: Bound) -> str:
        return self.write(term, bound).replace(" ", "")

    def _at(self, piece: Piece, level: int) -> str:
        return piece.text if piece.level >= level else self._group(piece.text)

    # -- what the two notations do differently -------------------------------------------

    @abstractmethod
    def _name(self, name: str) -> str: ...
    @abstractmethod
    def _word(self, word: str) -> str: ...
    @abstractmethod
    def _distributed(self) -> str: ...
    @abstractmethod
    def _operator(self, word: str) -> str: ...
    @abstractmethod
    def _minus(self) -> str: ...
    @abstractmethod
    def _colon(self) -> str: ...
    @abstractmethod
    def _maps_to(self) -> str: ...
    @abstractmethod
    def _nabla(self) -> str: ...
    @abstractmethod
    def _number_pi(self) -> str: ...
    @abstractmethod
    def _group(self, inside: str) -> str: ...
    @abstractmethod
    def _angles(self, left: str, right: str) -> str: ...
    @abstractmethod
    def _bars(self, inside: str, *, double: bool) -> str: ...
    @abstractmethod
    def _whole_part(self, inside: str) -> str: ...
    @abstractmethod
    def _fraction_of_digits(self, numerator: str, denominator: str) -> Piece: ...
    @abstractmethod
    def _fraction(self, numerator: Piece, denominator: Piece) -> Piece: ...
    @abstractmethod
    def _superscript(self, exponent: str) -> str: ...
    @abstractmethod
    def _subscript(self, name: str, indices: Iterable[str]) -> str: ...
    @abstractmethod
    def _juxtapose(self, left: str, right: str, after_fraction: bool) -> str: ...
    @abstractmethod
    def _root(self, inside: Piece, order: str = "") -> Piece: ...
    @abstractmethod
    def _big_sum(self, below: str, above: str, body: str) -> str: ...
    @abstractmethod
    def _infinity(self, sign: str) -> str: ...
    @abstractmethod
    def _big_integral(self, below: str, above: str, body: str, letter: str) -> str: ...
    @abstractmethod
    def _derivative(self, letter: str, body: str, point: str) -> Piece: ...
    @abstractmethod
    def _partial(self, member: str, body: str) -> Piece: ...
    @abstractmethod
    def _limit(self, letter: str, point: str, side: str, body: str, value: str) -> str: ...
    @abstractmethod
    def _matrix_product(self, factors: Sequence[str]) -> str: ...
    @abstractmethod
    def _matrix_of(self, entry: str, i: str, j: str) -> str: ...
    @abstractmethod
    def _table_of_rows(self, rows: Sequence[Sequence[str]]) -> str: ...
    @abstractmethod
    def _span(self, low: str, high: str) -> str: ...
    @abstractmethod
    def _member(self, name: str, sort: Term, bound: Bound) -> str: ...
    @abstractmethod
    def _random(self, member: str) -> str: ...
    @abstractmethod
    def _function_type(self, name: str, sort: Term) -> str: ...


_OUTCOME = ("\N{GREEK SMALL LETTER OMEGA}", "outcome")
_METHODS = {
    "+": "plus", "-": "minus", "*": "times", "/": "over", "^": "power",
    "=": "relation", "<=": "relation", "<": "relation", "!=": "relation",
    **dict.fromkeys(("exp", "log", "sin", "cos", "arctan", "trace", "det", "vec"), "operator"),
    **dict.fromkeys(("kronecker", "hadamard"), "between"),
    **dict.fromkeys(("gradient", "jacobian", "hessian"), "partial"), "velocity": "derivative",
}  # fmt: skip


def _flat(operation: str, term: Term) -> list[Term]:
    """The operands of a nested sum or product, in order."""
    if isinstance(term, tuple) and term and term[0] == operation:
        return [part for argument in term[1:] for part in _flat(operation, argument)]
    return [term]


def _of_block(block: Term) -> Term:
    """A block as it is written: the matrix of one column as the vector, that of 1×1 as a number."""
    if block[0] == "outer" and ("vector", "1") in block[1:]:
        return block[1] if block[2] == ("vector", "1") else ("transpose", block[2])
    return block[1][1] if block[0] == "rows" and len(block) == len(block[1]) == 2 else block


def _sides_of(difference: Term) -> tuple[Term, Term]:
    """a and b of b - a, else 0 and the whole."""
    if difference[0] == "+" and len(difference) == 3 and difference[2][0] == "-":
        return difference[2][1], difference[1]
    return "0", difference


def _with_brackets(parts: list[Term]) -> list[Term]:
    """The parts of a sum, in which 1 and less the unit step of u become the bracket of u < 0."""
    found: list[Term] = []
    for part in parts:
        if found[-1:] == ["1"] and part[0] == "-" and part[1][0] == "step":
            found[-1] = ("below", part[1][1])
        else:
            found.append(part)
    return found


def split_sign(term: Term) -> tuple[bool, Term]:
    """Whether a term is written with a minus in front, and the term behind it.

    >>> split_sign(("*", ("/", ("-", "x"), "2"), "y"))
    (True, ('*', ('/', 'x', '2'), 'y'))
    """
    if isinstance(term, str):
        return (True, term[1:]) if term.startswith("-") else (False, term)
    if term[0] == "-":
        return True, term[1]
    if term[0] in ("*", "/") and len(term) > 2:
        negative, first = split_sign(term[1])
        if negative and term[0] == "*" and first == "1":
            return True, term[2] if len(term) == 3 else ("*", *term[2:])
        if negative:
            return True, (term[0], first, *term[2:])
    return False, term


def _reduced(function: Term) -> Term:
    """The function f for ``x ↦ f(x)``."""
    if isinstance(function, tuple) and function[0] == "lambda":
        body = function[2]
        if body[0] == "app" and body[2:] == ("#0",) and isinstance(body[1], str):
            return shift(body[1], -1) if body[1] != "#0" else function
    return function


def _indexed(sort: Term) -> bool:
    """Whether a function of this sort is written with indices: a sequence, or residues."""
    if isinstance(sort, tuple) and sort[0] == "family":
        return True
    if not isinstance(sort, tuple) or sort[0] != "function":
        return False
    return all(a in ("integer", "size") or a[0] == "residue" for a in sort[1])
