"""Normal forms of sums over a range of integers, and over all residues.

A body is split into monomials. What does not depend on the index moves out; the index is shifted
so that its least offset is 0; the ends become symbolic parts without a constant, and the terms
between the old ends and the new ones are spilled. So Σ_{t=1}^T (a_{t+1} − a_t) is a_{T+1} − a_1
without a rule of telescoping. A body that divides by something with the index in it is not
defined everywhere: its index is shifted, but no term outside its range is ever formed. The range
may be empty, and the body then be defined nowhere: Σ_{t=1}^n 1/n is 1 for n ≥ 1 only, so a
denominator moves out where it is known not to be zero, or the range not to be empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from . import words
from .atoms import Argument, Residue, Vector, atoms_in
from .deltas import pinned_in_range, pinned_residues
from .errors import Rejected
from .polynomials import ONE, ZERO, Monomial, Scalar, atom, number
from .total import is_total, moves_out

if TYPE_CHECKING:
    from .images import Images

__all__ = [
    "LETTERS", "MOST_SPILLED", "MOVED_OUT", "OF_KIND", "PERIODS", "signed_terms", "sum_mod_over",
    "sum_over",
]  # fmt: skip

Value = Scalar | Vector
# Ways to see a sum over a range as one over all residues.
PERIODS: list[Callable[[Images, Scalar, Scalar, int, Scalar], Scalar | None]] = []
# By the head of an atom, what a combination of such is, and what of it moves out of a sum; by the
# kind of a body, the sum that stays.
OF_KIND: dict[str, type[Vector]] = {}
MOVED_OUT: dict[str, Callable[..., Value | None]] = {}
LETTERS: dict[type, Callable[..., Value]] = {}
MOST_SPILLED = 300
_SHIFTED = ("app", "power", "matrix power")


def sum_over(nf: Images, low: Scalar, high: Scalar, variable: int, body: Value) -> Value:
    """The normal form of the sum of ``body`` over ``variable`` from ``low`` to ``high``."""
    length = (high - low).constant()
    if length is not None:
        return _written_out(nf, low, int(length), variable, body)
    total: Value = type(body)({}) if isinstance(body, Vector) else ZERO

    def may_move(factor: Scalar) -> bool:
        return 0 not in nf.sign(factor) or nf.sign(high - low + ONE) <= {1}

    def moves(index: int) -> bool:
        return moves_out(nf, low, high, variable, index)

    for outside, inside, vector in _pieces(nf, variable, body, may_move, moves):
        part = _summed(nf, low, high, variable, inside, vector)
        total = total + _scaled(part, outside)  # type: ignore[operator]
    return total


def _written_out(nf: Images, low: Scalar, length: int, variable: int, body: Value) -> Value:
    if abs(length) > MOST_SPILLED:
        raise Rejected("TOO_LARGE", "a sum of too many terms")
    if length >= 0:
        return _terms(nf, variable, body, low, length + 1)
    if length < -1 and not is_total(nf, variable, body):
        raise Rejected("UNSUPPORTED", "a sum over a range of negative length")
    return _scaled(_terms(nf, variable, body, low + number(length + 1), -1 - length), number(-1))


def _terms(nf: Images, variable: int, body: Value, start: Scalar, count: int) -> Value:
    """The sum of ``count`` values of the body, from ``start`` on."""
    total = _scaled(body, ZERO)
    for k in range(count):
        total = total + nf.substituted(body, {variable: start + number(k)})  # type: ignore[operator]
    return total


def _pieces(
    nf: Images,
    variable: int,
    body: Value,
    may_move: Callable[[Scalar], bool],
    moves: Callable[[int], bool],
) -> Iterator[tuple[Scalar, Scalar, int | None]]:
    """The body as a sum of (index-free factor) · (one monomial) · (vector atom, if any)."""
    parts = body.parts.items() if isinstance(body, Vector) else ((None, body),)
    for vector, coefficient in parts:
        within = [
            (f, e)
            for f, e in coefficient.under
            if variable in nf.atoms.free(below := Scalar(dict(f))) or not may_move(below)
        ]
        around = tuple((f, e) for f, e in coefficient.under if (f, e) not in within)
        for monomial, c in coefficient.over.items():
            outer = tuple((a, e) for a, e in monomial if moves(a))
            inner = tuple((a, e) for a, e in monomial if (a, e) not in outer)
            moving = Scalar({inner: Fraction(1)}) * Scalar({(): Fraction(1)}, tuple(within))
            yield Scalar({outer: c}, around), moving, vector


def _summed(
    nf: Images, low: Scalar, high: Scalar, variable: int, inside: Scalar, vector: int | None
) -> Value:
    """The sum of one monomial, or of one monomial times a vector atom."""
    head = "" if vector is None else nf.atoms.rows[vector].head
    whole = OF_KIND.get(head, Vector)
    pinned = pinned_in_range(nf, variable, inside, low, high)
    if pinned is not None:
        rest, place = pinned
        term: Value = rest or ZERO
        if vector is not None:
            term = whole({vector: rest} if rest else {})
        return nf.substituted(term, {variable: place})
    if vector is not None and moves_out(nf, low, high, variable, vector):
        total = _summed(nf, low, high, variable, inside, None)
        return _scaled(whole({vector: ONE}), total)  # type: ignore[arg-type]
    if head in MOVED_OUT:
        moved = MOVED_OUT[head](nf, low, high, variable, inside, vector)
        if moved is not None:
            return moved
    elif vector is not None:
        word, moving = words.moved_out(nf, lambda i: moves_out(nf, low, high, variable, i), vector)
        if word:
            swept = sum_over(nf, low, high, variable, Vector({moving: inside}))
            return words.act_word(nf, word, swept)  # type: ignore[arg-type]
    if vector is None:
        for period in PERIODS:
            found = period(nf, low, high, variable, inside)
            if found is not None:
                return found
        if inside.over.keys() == {()} and not inside.under:
            return high - low + ONE
        fixed, rest, moving = _inner_to_move(nf, low, high, variable, inside)
        if fixed is not None:
            swept = sum_over(nf, low, high, variable, Vector({moving: rest}))
            return nf.inner(Vector({fixed: ONE}), swept)  # type: ignore[arg-type]
    body: Value = inside if vector is None else whole({vector: inside})
    offset = min(_offsets(nf, variable, body), default=0)
    if offset:
        shifted = nf.substituted(body, {variable: atom(variable) - number(offset)})
        return sum_over(nf, low + number(offset), high + number(offset), variable, shifted)
    return _between_symbolic_ends(nf, low, high, variable, body)


def _inner_to_move(
    nf: Images, low: Scalar, high: Scalar, variable: int, inside: Scalar
) -> tuple[int | None, Scalar, int]:
    """⟨a, b_t⟩ where a moves out, when the monomial has just one: (a, the rest, b_t)."""
    ((monomial, coefficient),) = inside.over.items()
    found = []
    for index, exponent in monomial:
        row = nf.atoms.rows[index]
        if row.head == "inner" and exponent == 1:
            i, j = (int(a) for a in row.arguments if isinstance(a, int))
            stays = [not moves_out(nf, low, high, variable, k) for k in (i, j)]
            if not all(stays):
                found.append((index, j, i) if stays[0] else (index, i, j))
    if len(found) != 1:
        return None, inside, 0
    index, fixed, moving = found[0]
    rest: Monomial = tuple((a, e) for a, e in monomial if a != index)
    return fixed, Scalar({rest: coefficient}, inside.under), moving


def _offsets(nf: Images, variable: int, value: Argument) -> set[int]:
    """The integers c for which some function in the value is applied at index + c."""
    found: set[int] = set()
    for index in atoms_in(value):
        row = nf.atoms.rows[index]
        if index == variable or variable not in row.free:
            continue
        for argument in row.arguments:
            place = argument.value if isinstance(argument, Residue) else argument
            if row.head in _SHIFTED and isinstance(place, Scalar):
                c = (place - atom(variable)).constant()
                if c is not None and c.denominator == 1:
                    found.add(int(c))
            if not isinstance(argument, str):
                found |= _offsets(nf, variable, argument)
    return found


def _between_symbolic_ends(
    nf: Images, low: Scalar, high: Scalar, variable: int, body: Value
) -> Value:
    """Move both ends to their parts without a constant, and spill what lies between."""
    over, below = _constant_part(low), _constant_part(high)
    spilled = _scaled(body, ZERO)
    if is_total(nf, variable, body):
        low, high = low - number(over), high - number(below)
        spilled = _scaled(signed_terms(nf, variable, body, low, over), number(-1))
        spilled = spilled + signed_terms(  # type: ignore[operator]
            nf, variable, body, high + ONE, below
        )
    elif below > 0 and nf.sign(high - number(below) - low + ONE) <= {0, 1}:
        high = high - number(below)
        spilled = _terms(nf, variable, body, high + ONE, below)
    if type(body) in LETTERS:
        new = LETTERS[type(body)](nf, low, high, variable, body)
    elif isinstance(body, Vector):
        new = Vector({nf.bound("vector sum", variable, body, low, high): ONE})
    else:
        new = atom(nf.bound("sum", variable, body, low, high))
    return new + spilled  # type: ignore[operator]


def _constant_part(end: Scalar) -> int:
    value = end.over.get((), Fraction(0))
    if end.under or value.denominator != 1 or abs(value) > MOST_SPILLED:
        raise Rejected("UNSUPPORTED", "the end of a sum")
    return int(value)


def signed_terms(nf: Images, variable: int, body: Value, start: Scalar, count: int) -> Value:
    """``count`` terms from ``start`` on; a negative count takes away those before it."""
    if count >= 0:
        return _terms(nf, variable, body, start, count)
    return _scaled(_terms(nf, variable, body, start + number(count), -count), number(-1))


def sum_mod_over(nf: Images, size: str, variable: int, body: Scalar) -> Scalar:
    """The normal form of a sum over all residues: Σ_k [k = e]·g(k) is g(e)."""
    total = ZERO
    rows = nf.atoms.rows
    pieces = _pieces(
        nf, variable, body, lambda factor: True, lambda index: variable not in rows[index].free
    )
    for outside, inside, _ in pieces:
        total = total + outside * _summed_residues(nf, size, variable, inside)
    return total


def _summed_residues(nf: Images, size: str, variable: int, inside: Scalar) -> Scalar:
    if inside.over.keys() == {()} and not inside.under:
        return number(int(size)) if size.isdigit() else atom(nf.atoms.intern("name", size))
    pinned = pinned_residues(nf, variable, inside, size)
    if pinned is not None:
        rest, place = pinned
        return cast(Scalar, nf.substituted(rest, {variable: place}))
    return atom(nf.bound("sum_mod", variable, inside, size))


def _scaled(value: Value, factor: Scalar) -> Value:
    return value.scaled(factor) if isinstance(value, Vector) else value * factor
