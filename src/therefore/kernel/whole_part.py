"""⌊x⌋, the greatest integer that is at most x: its sort, normal form and enclosure.

That it lies between x − 1 and x is said by two axioms, ``floor_below`` and ``floor_above``; as an
integer it is the only one there. It is defined wherever x is, and nowhere taken to be continuous.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor

from .binders import Names
from .data import Term
from .enclosures import ENCLOSED, Enclosure, Value
from .images import IMAGES, Images
from .normal import FORMS
from .polynomials import Scalar, atom, number
from .typed import SIGNATURES, number_of

__all__: list[str] = []


def _sort(names: Names, part: Term) -> Term:
    number_of(names, part)
    return "integer"


def _whole_part(nf: Images, value: Scalar) -> Scalar:
    """⌊c⌋ of a number c; else an atom."""
    constant = value.constant()
    if constant is not None:
        return number(floor(constant))
    return atom(nf.atoms.intern("floor", value))


def _enclosed(e: Enclosure, part: Term) -> Value:
    """⌊ ⌋ is increasing."""
    low, high = e.number(part)
    return Fraction(floor(low)), Fraction(floor(high))


SIGNATURES["floor", 1] = _sort
FORMS["floor"] = lambda nf, part: _whole_part(nf, nf.scalar(part))
IMAGES["floor"] = _whole_part
ENCLOSED["floor"] = _enclosed
