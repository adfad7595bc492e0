"""Powers with a natural exponent that is not written out: a^k of numbers and of square matrices.

| term | what it is | shapes |
| --- | --- | --- |
| power a k | a·a·…·a, k times, with the obligation 0 ≤ k; a^0 is 1, also for a = 0 | a number |
| power A k | A·A·…·A, and A^0 is I | n×n → n×n |

In a normal form a^k stands for a number for every integer k, as bodies of sums are shifted: below
0 it is 1/a^{−k} where a ≠ 0, and 0 where a = 0; A^k is some matrix there. So a^{j+k} = a^j·a^k
where a is known not to be zero, or neither j nor k to be negative; (ab)^k = a^k·b^k always. An
exponent that is known to be at least s is written as s and the rest: a^T is a·a^{T−1} for T ≥ 1.
Source: Lang, Algebra, I.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import cast

from .atoms import POWERS, Atom, Atoms, Matrix, scalar_in
from .binders import Names
from .calculus import CONTINUOUS
from .data import Term
from .differential import CHANGES, Change
from .enclosures import ENCLOSED, Enclosure
from .errors import Rejected
from .images import IMAGES, Images, Value
from .intervals import Interval
from .inverses import product
from .normal import FORMS, Normaliser
from .polynomials import HIGHEST_POWER, ONE, Scalar, atom, number
from .proofs import OBLIGATIONS
from .reduction import PARTIAL
from .signs import ANY, NONNEGATIVE, POSITIVE, SIGNS_OF_ATOMS, Inspection, Signs
from .sorts import fits
from .typed import SIGNATURES, check_value, sort_of
from .words import MOVERS, Word, flipped, identity, letters, of_letter, transposed

__all__ = ["exponent_parts", "matrix_power", "number_power"]

MOST_SHIFT = 8
MOST_FACTORS = 64  # of a matrix that is multiplied out
LARGEST_PRIME = 100
Parts = tuple[list[tuple[Scalar, int]], int]


def _sort(names: Names, base: Term, exponent: Term) -> Term:
    check_value(exponent, "integer", names)
    sort = sort_of(base, names)
    if fits(sort, "real"):
        return "real"
    if sort[0] != "matrix" or sort[1] != sort[2]:
        raise Rejected("ILL_TYPED", f"neither a number nor a square matrix: {base}")
    return sort


# ------------------------------------------------------------------ exponents


def _natural(value: Scalar) -> int | None:
    """The exponent, where it is a number. Raises ``TOO_LARGE``."""
    constant = value.constant()
    if constant is None or constant.denominator != 1 or constant < 0:
        return None
    if constant > HIGHEST_POWER:
        raise Rejected("TOO_LARGE", "a power")
    return int(constant)


def _at_least(nf: Images, value: Scalar) -> int | None:
    """The largest s up to a limit for which s ≤ value is seen; ``None`` if 0 is not."""
    if not nf.sign(value) <= NONNEGATIVE:
        return None
    least = 0
    while least < MOST_SHIFT and nf.sign(value - number(least + 1)) <= NONNEGATIVE:
        least += 1
    return least


def exponent_parts(nf: Images, exponent: Scalar, nonzero: bool) -> Parts:
    """Exponents with multiplicities, and a number: a^e is Π (a^p)^c · a^s.

    ``nonzero`` says that the base has powers of negative exponent, which add up as well.
    """
    first, one = exponent.over.get((), Fraction(0)), Fraction(1)
    pieces = [(Scalar({m: one}), c) for m, c in exponent.over.items() if m]
    counts = [first, *(c for _, c in pieces)]
    if exponent.under or any(c.denominator > 1 or abs(c) > MOST_FACTORS for c in counts):
        return [(exponent, 1)], 0
    if nonzero:
        return [(piece, int(c)) for piece, c in pieces], int(first)
    leasts = [_at_least(nf, piece) if c > 0 else None for piece, c in pieces]
    if any(least is None for least in leasts):
        pieces = [(exponent - number(first), one)]
        leasts = [_at_least(nf, pieces[0][0])]
    known = [least for least in leasts if least is not None]
    total = int(first) + sum(int(c) * s for (_, c), s in zip(pieces, known, strict=False))
    if len(known) < len(pieces) or total < 0:
        return [(exponent, 1)], 0
    parts = [(p - number(s), int(c)) for (p, c), s in zip(pieces, known, strict=True)]
    return parts, total


# ------------------------------------------------------------------ numbers


def number_power(nf: Images, base: Scalar, exponent: Scalar) -> Scalar:
    """The power of a number, factor by factor."""
    count = _natural(exponent)
    if count is not None:
        return base**count
    total = ONE
    for factor, times in _factors(base):
        power = _power_of_factor(nf, factor, exponent)
        total = total * (power**times if times > 0 else power.inverse() ** -times)
    return total


def _factors(base: Scalar) -> Iterator[tuple[Scalar, int]]:
    """Factors with exponents whose product is the base: primes, −1, atoms, the rest of it."""
    if not base.over:
        yield base, 1
        return
    shared = {a: min(dict(m).get(a, 0) for m in base.over) for a, _ in min(base.over)}
    shared = {a: e for a, e in shared.items() if e}
    rest = {
        tuple((a, e - shared.get(a, 0)) for a, e in m if e != shared.get(a, 0)): c
        for m, c in base.over.items()
    }
    leading = rest[min(rest)]
    if leading < 0:
        yield number(-1), 1
    for part, sign in ((abs(leading.numerator), 1), (leading.denominator, -1)):
        yield from ((number(prime), e * sign) for prime, e in _primes(part))
    yield from ((atom(index), e) for index, e in shared.items())
    if len(rest) > 1:
        yield Scalar({m: c / leading for m, c in rest.items()}), 1
    yield from ((Scalar(dict(factor)), -e) for factor, e in base.under)


def _primes(value: int) -> Iterator[tuple[int, int]]:
    """The small primes in a number with their exponents, and what is left of it."""
    for prime in range(2, LARGEST_PRIME):
        count = 0
        while value % prime == 0:
            value, count = value // prime, count + 1
        if count:
            yield prime, count
    if value > 1:
        yield value, 1


def _power_of_factor(nf: Images, base: Scalar, exponent: Scalar) -> Scalar:
    nonzero = 0 not in nf.sign(base)
    parts, shift = exponent_parts(nf, exponent, nonzero)
    total = base**shift if shift >= 0 else base.inverse() ** -shift
    for part, times in parts:
        power = atom(nf.atoms.intern("power", base, part))
        total = total * (power**times if times > 0 else power.inverse() ** -times)
    return total


def _signs(seen: Inspection, index: int) -> Signs:
    """a^k is positive for a > 0, not negative for a ≥ 0, not zero for a ≠ 0."""
    signs = seen.signs_of_fraction(scalar_in(seen.atoms.rows[index]))
    if signs <= NONNEGATIVE:
        return POSITIVE if signs == POSITIVE else NONNEGATIVE
    return ANY if 0 in signs else ANY - {0}


def _least_power(row: Atom) -> int:
    """((−1)^k)² = 1."""
    return 2 if scalar_in(row).constant() == -1 else HIGHEST_POWER + 1


def _one(atoms: Atoms, index: int) -> Scalar:
    return ONE


# ------------------------------------------------------------------ matrices


def matrix_power(nf: Images, size: str, base: Matrix, exponent: Scalar) -> Matrix:
    """The power of a square matrix; (cA)^k = c^k·A^k, I^k = I."""
    count = _natural(exponent)
    if count is not None and count > MOST_FACTORS:
        raise Rejected("TOO_LARGE", "a power of a matrix")
    one = identity(nf, size)
    if count is not None or nf.atoms.is_zero(base - one):
        return _product(nf, one, [base] * (count or 0))
    leading = base.parts[min(base.parts)] if base.parts else ONE
    if leading.constant() != 1 and (len(base.parts) == 1 or leading.constant() is not None):
        rest = matrix_power(nf, size, base.scaled(leading.inverse()), exponent)
        return rest.scaled(number_power(nf, leading, exponent))
    parts, shift = exponent_parts(nf, exponent, nonzero=False)
    powers = [_letter(nf, size, base, part) for part, times in parts for _ in range(times)]
    return _product(nf, one, [*[base] * shift, *powers])


def _product(nf: Images, start: Matrix, factors: Iterable[Matrix]) -> Matrix:
    for factor in factors:
        start = product(nf, start, factor)
    return start


def _letter(nf: Images, size: str, base: Matrix, exponent: Scalar) -> Matrix:
    """The letter that is the power, or the transpose of the power of the transpose."""
    letter = nf.atoms.find("matrix power", size, base, exponent)
    if letter is None:
        other = nf.atoms.find("matrix power", size, transposed(nf, base), exponent)
        if other is not None:
            return of_letter(nf, flipped(nf, other))
        letter = nf.atoms.intern("matrix power", size, base, exponent)
    return of_letter(nf, letter)


def _base(nf: Images, letter: int) -> Matrix | None:
    """The matrix of which a letter is a power."""
    row = nf.atoms.rows[letter]
    if row.head == "transposed":
        inside = _base(nf, letters(row)[0])
        return None if inside is None else transposed(nf, inside)
    return cast(Matrix, row.arguments[1]) if row.head == "matrix power" else None


def _commuting(nf: Images, base: Matrix) -> Word:
    """The word W of a matrix c·I + d·W, which commutes with all its powers."""
    rows = [nf.atoms.rows[index] for index in base.parts]
    found = [letters(row) for row in rows if row.head != "word" or row.arguments]
    return found[0] if len(found) == 1 and all(row.head == "word" for row in rows) else ()


def _moved(nf: Images, word: Word, k: int) -> Word | None:
    """The word with a power after what it commutes with, if it stands before; else ``None``."""
    base, after = _base(nf, word[k]), word[k + 1 :]
    if base is None or not after:
        return None
    length = len(step := _commuting(nf, base))
    if not step or after[:length] != step:
        other = _base(nf, after[0])
        length = 1
        if after[0] >= word[k] or other is None or not nf.atoms.is_zero(base - other):
            return None
    return (*word[:k], *after[:length], word[k], *after[length:])


# ------------------------------------------------------------------ entered


def _form(nf: Normaliser, base: Term, exponent: Term) -> Value:
    sort, count = sort_of(base, nf.names), nf.scalar(exponent)
    if sort[0] == "matrix":
        return matrix_power(nf, sort[1], nf.matrix(base), count)
    return number_power(nf, nf.scalar(base), count)


def _change(change: Change, base: Term, exponent: Term) -> Term:
    """(u^k)′ = k·u^{k−1}·u′ of numbers, for 1 ≤ k only, as it speaks of u^{k−1}.

    (A^k)′ = Σ_{r=0}^{k−1} A^r·A′·A^{k−1−r} of matrices.
    """
    if change(exponent) != "0":
        raise Rejected("NOT_SMOOTH", "an exponent that moves")
    lower = ("+", exponent, "-1")
    if sort_of(base, change.names)[0] == "matrix":
        after = ("power", base, ("+", lower, ("-", "#0")))
        body = ("matmul", ("power", base, "#0"), ("matmul", change(base), after))
        return ("sum", "0", lower, body)
    return ("*", exponent, ("^", ("power", base, lower), "1"), change(base))


def _enclosed(e: Enclosure, base: Term, exponent: Term) -> Interval:
    count = e.integer(exponent)
    if not 0 <= count <= MOST_FACTORS:
        raise Rejected("UNSUPPORTED", "an enclosure of this power")
    return e.ends.power(e.number(base), count)


SIGNATURES["power", 2] = _sort
ENCLOSED["power"] = _enclosed
# Said of −k: that k is negative does not refute anything, as a^{−1} has a meaning elsewhere.
OBLIGATIONS["power"] = lambda base, exponent: ("<=", ("-", exponent), "0")
FORMS["power"] = _form
IMAGES |= {"power": number_power, "matrix power": matrix_power}
POWERS["power"] = (_least_power, _one)
SIGNS_OF_ATOMS["power"] = _signs
CONTINUOUS.add("power")
CHANGES["power"] = _change
PARTIAL.add("power")
MOVERS |= dict.fromkeys(("matrix power", "transposed"), _moved)
