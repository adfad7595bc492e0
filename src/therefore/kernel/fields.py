"""Elements of an arbitrary field: which fields there are, and when an element is plainly zero.

A field is a declared name K, of which nothing is known but that it is a field, or a prime number p:
the field of the integers modulo p. The normal form of an element is a polynomial with integer
coefficients, over factors that are units; so it has a value in every field, and two elements with
one normal form are equal in every field. No coefficient is ever divided by: 2x = 0 does not give
x = 0, for 2 may be 0.
"""

from __future__ import annotations

from math import isqrt

from .atoms import Atoms
from .binders import Names, is_number
from .data import Term
from .errors import Rejected
from .polynomials import Scalar

__all__ = ["LARGEST_PRIME", "check_field", "is_element", "is_zero_element", "whole"]

LARGEST_PRIME = 1_009


def check_field(field: Term, names: Names) -> None:
    """Raise ``ILL_TYPED`` unless this is a declared field or a prime number."""
    if is_number(field) and field.isdigit() and 2 <= int(field) <= LARGEST_PRIME:
        prime = int(field)
        if all(prime % k for k in range(2, isqrt(prime) + 1)) and str(prime) == field:
            return
    if not isinstance(field, str) or names.get(field) != "field":
        raise Rejected("ILL_TYPED", f"not a field: {field}")


def is_element(sort: Term) -> bool:
    return isinstance(sort, tuple) and sort[0] == "element"


def whole(value: Scalar) -> Scalar:
    """The value itself, if it is a polynomial with integer coefficients. Raises ``UNSUPPORTED``."""
    if value.under or any(c.denominator != 1 for c in value.over.values()):
        raise Rejected("UNSUPPORTED", "not plainly an integer, and so no element of every field")
    return value


def is_zero_element(atoms: Atoms, field: str, value: Scalar) -> bool:
    """Whether an element vanishes; modulo p its coefficients count modulo p."""
    if field.isdigit():
        return all(c % int(field) == 0 for c in value.over.values())
    return atoms.is_zero(value)
