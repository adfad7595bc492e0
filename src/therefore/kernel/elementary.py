"""exp, log, sin, cos and π: their normal forms, signs, derivatives and obligations.

The normal form of exp u is a product over the terms of u, of cos u and sin u by the addition
formulas, of log u a sum over those factors of u that are seen to be positive: what is left of u
is positive as well, since log u is defined for 0 < u only. Each form has the value of its term
wherever the term is defined, under the facts that it was made with. Source: Rudin, Principles of
Mathematical Analysis, chapter 8.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import prod
from typing import cast

from .atoms import POWERS, Atom, Atoms, scalar_in
from .calculus import CONTINUOUS
from .data import Term
from .differential import CHANGES
from .images import IMAGES, Images
from .normal import FORMS, Normaliser
from .polynomials import HIGHEST_POWER, ONE, ZERO, Monomial, Scalar, atom, number
from .proofs import OBLIGATIONS
from .reduction import PARTIAL
from .signs import POSITIVE, SIGNS_OF_HEADS
from .typed import SIGNATURES, number_of

__all__: list[str] = []

Pair = tuple[Scalar, Scalar]  # the cosine and the sine of one number

LARGEST_MULTIPLE = 64
MOST_PRODUCTS = 16
LARGEST_PRIME = 1_000
NEVER = HIGHEST_POWER + 1


def _plain(atoms: Atoms, value: Scalar) -> Scalar:
    """The value with the relations of its atoms used in its numerator."""
    while any(atoms.reducible(i, e) for monomial in value.over for i, e in monomial):
        value = atoms.rewritten(value.over) * Scalar({(): Fraction(1)}, value.under)
    return value


def _pieces(value: Scalar) -> Iterator[tuple[Scalar, Fraction]]:
    """The terms of a fraction, each as (what has the coefficient one, its coefficient)."""
    under = Scalar({(): Fraction(1)}, value.under)
    for monomial, coefficient in value.over.items():
        yield Scalar({monomial: Fraction(1)}) * under, coefficient


def _only_atom(value: Scalar) -> int | None:
    """The atom that a fraction is, if it is one."""
    if value.under or len(value.over) != 1:
        return None
    ((monomial, coefficient),) = value.over.items()
    return monomial[0][0] if coefficient == 1 and [e for _, e in monomial] == [1] else None


# ------------------------------------------------------------------ exp


def exponential(nf: Images, value: Scalar) -> Scalar:
    """exp(Σ c·m) = Π exp(c·m)."""
    total = ONE
    for base, coefficient in _pieces(_plain(nf.atoms, value)):
        power = _exponential_of(nf, base, abs(coefficient))
        total = total * (power if coefficient > 0 else power.inverse())
    return total


def _exponential_of(nf: Images, base: Scalar, coefficient: Fraction) -> Scalar:
    """exp(p/q · base) = exp(base/q)^p; exp(log u) = u."""
    p, q = coefficient.numerator, coefficient.denominator
    if max(p, q) > LARGEST_MULTIPLE:
        return atom(nf.atoms.intern("exp", base * number(coefficient)))
    if q == 1:
        return _exponential_atom(nf.atoms, base) ** p
    inside = _inside_log(nf.atoms, base)
    if q == 2 and inside is not None:
        return nf.root("sqrt", inside) ** p
    return atom(nf.atoms.intern("exp", base * number(Fraction(1, q))), p)


def _exponential_atom(atoms: Atoms, base: Scalar) -> Scalar:
    inside = _inside_log(atoms, base)
    return atom(atoms.intern("exp", base)) if inside is None else inside


def _inside_log(atoms: Atoms, value: Scalar) -> Scalar | None:
    """The u of a fraction that is log u."""
    index = _only_atom(value)
    is_log = index is not None and atoms.rows[index].head == "log"
    return scalar_in(atoms.rows[cast(int, index)]) if is_log else None


def _least_power(row: Atom) -> int:
    """exp(m/q)^q is exp(m); of other arguments no power is rewritten."""
    (first, *more) = scalar_in(row).over.values()
    q = first.denominator
    return q if not more and first.numerator == 1 and 1 < q <= LARGEST_MULTIPLE else NEVER


def _power_of_exponential(atoms: Atoms, index: int) -> Scalar:
    row = atoms.rows[index]
    return _exponential_atom(atoms, scalar_in(row) * number(_least_power(row)))


# ------------------------------------------------------------------ log


def logarithm(nf: Images, value: Scalar) -> Scalar:
    """log(Π f) = Σ log f over the factors f that are seen to be positive, and log of the rest."""
    value = _plain(nf.atoms, value)
    if not value.over:
        return atom(nf.atoms.intern("log", value))
    common, rest = _common_monomial(value)
    size = abs(rest.over[min(rest.over)])
    factors = [(atom(index), exponent) for index, exponent in common]
    factors += [(rest * number(1 / size), 1)]
    factors += [(_plain(nf.atoms, Scalar(dict(f))), -exponent) for f, exponent in value.under]
    total, left = _logarithm_of_number(nf.atoms, size), ONE
    for factor, exponent in factors:
        if exponent % 2 and nf.sign(factor) <= {-1}:
            factor, left = -factor, -left
        if nf.sign(factor) == POSITIVE:
            total = total + _logarithm_of_positive(nf, factor) * number(exponent)
        elif exponent % 2 == 0:  # a square under a logarithm is not zero
            positive = nf.absolute(factor)
            total = total + atom(nf.atoms.intern("log", positive)) * number(exponent)
        else:
            left = left * (factor**exponent if exponent > 0 else factor.inverse() ** -exponent)
    return total if left.constant() == 1 else total + atom(nf.atoms.intern("log", left))


def _common_monomial(value: Scalar) -> tuple[Monomial, Scalar]:
    """The atoms that all terms of the numerator share, and the numerator without them."""
    shared = {a: min(dict(m).get(a, 0) for m in value.over) for a, _ in min(value.over)}
    common = tuple((a, e) for a, e in shared.items() if e)
    return common, Scalar(
        {
            tuple((a, e - shared.get(a, 0)) for a, e in m if e != shared.get(a, 0)): c
            for m, c in value.over.items()
        }
    )


def _logarithm_of_positive(nf: Images, factor: Scalar) -> Scalar:
    """log(exp u) = u, log √u = (log u)/2."""
    if factor.constant() == 1:
        return ZERO
    index = _only_atom(factor)
    row = nf.atoms.rows[index] if index is not None else None
    if row is not None and row.head == "exp":
        return scalar_in(row)
    if row is not None and row.head == "sqrt" and nf.sign(scalar_in(row)) == POSITIVE:
        return logarithm(nf, scalar_in(row)) * number(Fraction(1, 2))
    return atom(nf.atoms.intern("log", factor))


def _logarithm_of_number(atoms: Atoms, value: Fraction) -> Scalar:
    """The logarithm of a positive number, by its small prime factors."""
    total = ZERO
    for part, sign in ((value.numerator, 1), (value.denominator, -1)):
        prime = 2
        while part > 1:
            if prime > LARGEST_PRIME:
                prime = part
            while part % prime == 0:
                part //= prime
                total = total + atom(atoms.intern("log", number(prime))) * number(sign)
            prime += 1
    return total


# ------------------------------------------------------------------ sin and cos


def wave(nf: Images, value: Scalar) -> Pair:
    """The cosine and the sine of a sum, by the addition formulas if they are not too many."""
    value = _plain(nf.atoms, value)
    pieces = [(base, c, _has_known_waves(nf.atoms, base, c)) for base, c in _pieces(value)]
    if prod(1 + abs(c.numerator) for _, c, is_known in pieces if not is_known) > MOST_PRODUCTS:
        return _wave_atoms(nf, value)
    total = ONE, ZERO
    for base, c, is_known in pieces:
        part = number(Fraction(1, c.denominator))
        unit = _known_waves(nf, c.denominator) if is_known else _wave_atoms(nf, base * part)
        unit = unit if c > 0 else (unit[0], -unit[1])
        for _ in range(abs(c.numerator) % (2 * c.denominator) if is_known else abs(c.numerator)):
            total = _turned(total, unit)
    return total


def _turned(a: Pair, b: Pair) -> Pair:
    """cos(a + b) and sin(a + b)."""
    return a[0] * b[0] - a[1] * b[1], a[1] * b[0] + a[0] * b[1]


def _has_known_waves(atoms: Atoms, base: Scalar, coefficient: Fraction) -> bool:
    index = _only_atom(base)
    is_pi = index is not None and atoms.rows[index].head == "pi"
    return is_pi and coefficient.denominator in (1, 2, 3, 4, 6)


def _known_waves(nf: Images, q: int) -> Pair:
    """Cosine and sine of π, π/2, π/3, π/4 and π/6."""
    half = number(Fraction(1, 2))
    two, three = (nf.root("sqrt", number(n)) * half for n in (2, 3))
    known = {1: (-ONE, ZERO), 2: (ZERO, ONE), 3: (half, three), 4: (two, two), 6: (three, half)}
    return known[q]


def _wave_atoms(nf: Images, value: Scalar) -> Pair:
    """cos u = cos(−u) and sin u = −sin(−u) are one atom each."""
    opposite = nf.atoms.find("cos", -value)
    if opposite is not None:
        return atom(opposite), -atom(nf.atoms.intern("sin", -value))
    return atom(nf.atoms.intern("cos", value)), atom(nf.atoms.intern("sin", value))


def _square_of_sine(atoms: Atoms, index: int) -> Scalar:
    return ONE - atom(atoms.intern("cos", scalar_in(atoms.rows[index])), 2)


# ------------------------------------------------------------------ entered


def _pi(nf: Images) -> Scalar:
    return atom(nf.atoms.intern("pi", "pi"))


HEADS = ("exp", "log", "sin", "cos")
IMAGES |= {
    "exp": exponential,
    "log": logarithm,
    "cos": lambda nf, value: wave(nf, value)[0],
    "sin": lambda nf, value: wave(nf, value)[1],
}


def _form(head: str) -> None:
    def form(nf: Normaliser, part: Term) -> Scalar:
        return cast(Scalar, IMAGES[head](nf, nf.scalar(part)))

    FORMS[head] = form


for _head in HEADS:
    _form(_head)
FORMS["pi"] = _pi
POWERS["exp"] = (_least_power, _power_of_exponential)
POWERS["sin"] = (lambda row: 2, _square_of_sine)
SIGNS_OF_HEADS |= {"exp": POSITIVE, "pi": POSITIVE}
SIGNATURES |= {(head, 1): number_of for head in HEADS}
SIGNATURES["pi", 0] = number_of
OBLIGATIONS["log"] = lambda inside: ("<", "0", inside)
PARTIAL.add("log")
CONTINUOUS.update(HEADS)
CHANGES |= {
    "exp": lambda change, u: ("*", ("exp", u), change(u)),
    "log": lambda change, u: ("/", change(u), u),
    "sin": lambda change, u: ("*", ("cos", u), change(u)),
    "cos": lambda change, u: ("-", ("*", ("sin", u), change(u))),
}
