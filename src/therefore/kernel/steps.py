"""The unit step: 1 where its argument is not negative, else 0. So brackets of relations are said.

[a ≤ b] is step(b − a), and [a < b] is 1 − step(a − b). The step is defined everywhere, and is
neither continuous nor differentiable by structure. Source: Graham, Knuth and Patashnik, Concrete
Mathematics, 2.1 (Iverson's convention).
"""

from __future__ import annotations

from fractions import Fraction

from .atoms import POWERS
from .data import Term
from .enclosures import ENCLOSED
from .images import IMAGES, Images
from .normal import FORMS, Normaliser
from .polynomials import ONE, ZERO, Scalar, atom
from .signs import NONNEGATIVE, SIGNS_OF_HEADS
from .typed import SIGNATURES, number_of

__all__: list[str] = []


def step(nf: Images, value: Scalar) -> Scalar:
    """1 or 0 where the sign is seen, else an atom. Of bound variables no fact speaks."""
    rows = (nf.atoms.rows[index] for index in nf.atoms.free(value))
    if any(row.head == "index" or str(row.arguments[0])[0] == "%" for row in rows):
        return atom(nf.atoms.intern("step", value))
    outside, nf.atoms.is_in_haste = nf.atoms.is_in_haste, True  # steps are many
    try:
        signs = nf.sign(value)
    finally:
        nf.atoms.is_in_haste = outside
    if signs <= NONNEGATIVE:
        return ONE
    return ZERO if signs == {-1} else atom(nf.atoms.intern("step", value))


def _form(nf: Normaliser, part: Term) -> Scalar:
    return step(nf, nf.scalar(part))


def _enclosed(low: Fraction, high: Fraction) -> tuple[Fraction, Fraction]:
    return Fraction(int(low >= 0)), Fraction(int(high >= 0))


SIGNATURES["step", 1] = number_of
FORMS["step"] = _form
IMAGES["step"] = step
# step² is step.
POWERS["step"] = (lambda row: 2, lambda atoms, index: atom(index))
SIGNS_OF_HEADS["step"] = NONNEGATIVE
ENCLOSED["step"] = lambda e, part: _enclosed(*e.number(part))
