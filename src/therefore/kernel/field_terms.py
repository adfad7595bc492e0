"""Integers as elements of a field, and the powers of its roots of unity by residues.

| term | what it is | shapes |
| --- | --- | --- |
| embed K t | the integer t as an element of K: t times 1 | an integer → an element |
| turn n w r | w^r for w with w^n = 1: an obligation | r modulo n, w an element → an element |

As w^n = 1, the power w^r does not depend on the representative of r, and w^(r + s) = w^r · w^s and
w^(−r) = 1/w^r; each power is a unit. Elements are added, multiplied and raised to literal powers,
and summed over residues; they are not divided or ordered.
"""

from __future__ import annotations

from .atoms import Residue
from .binders import Names, open_binder
from .data import Term
from .errors import Rejected
from .fields import check_field, is_element, whole
from .formulas import FORMULAS
from .images import IMAGES, Images
from .normal import FORMS, Normaliser
from .polynomials import ONE, Scalar, atom, number
from .proofs import OBLIGATIONS
from .reduction import PARTIAL
from .sorts import check_size, check_sort, internal
from .typed import SIGNATURES, check_value, coerced, sort_of

__all__: list[str] = []

LARGEST_MULTIPLE = 64


def _element(names: Names, term: Term) -> Term:
    sort = sort_of(term, names)
    if not is_element(sort):
        raise Rejected("ILL_TYPED", f"not an element of a field: {term}")
    return sort


def _embed_sort(names: Names, field: Term, term: Term) -> Term:
    check_field(field, names)
    check_value(term, "integer", names)
    return ("element", field)


def _turn_sort(names: Names, size: Term, base: Term, place: Term) -> Term:
    check_size(size, names)
    check_value(place, ("residue", size), names)
    return _element(names, base)


def _power_sort(names: Names, base: Term, exponent: Term) -> Term:
    sort = sort_of(base, names)
    if not is_element(sort):
        return _POWER(names, base, exponent)
    _POWER(names, "2", exponent)  # the exponent is a literal
    return sort


def _sum_sort(names: Names, size: Term, body: Term) -> Term:
    check_sort(("residue", size), names)
    fresh = internal(names)
    sort = sort_of(open_binder(body, fresh), {**names, fresh: ("residue", size)})
    return sort if is_element(sort) else _SUM(names, size, body)


def _check_root(names: Names, size: Term, base: Term) -> None:
    check_size(size, names)
    _element(names, base)


def _embed(nf: Normaliser, field: str, term: Term) -> Scalar:
    return whole(nf.scalar(term))


def _turn(nf: Normaliser, size: str, base: Term, place: Term) -> Scalar:
    field = sort_of(base, nf.names)[1]
    residue = Residue(size, nf.scalar(coerced(place, ("residue", size), nf.names)))
    return _turned(nf, field, size, nf.scalar(base), residue)


def _turned(nf: Images, field: str, size: str, base: Scalar, place: Residue) -> Scalar:
    """w^(Σ c·m) = Π (w^m)^c; a number where everything is one."""
    exponent = whole(nf.atoms.reduced(size, place.value))
    known, times = base.constant(), exponent.constant()
    if field.isdigit() and size.isdigit() and known is not None and times is not None:
        return number(pow(int(known), int(times) % int(size), int(field)))
    total = ONE
    for monomial, coefficient in exponent.over.items():
        count = int(coefficient)
        if abs(count) > LARGEST_MULTIPLE:
            raise Rejected("TOO_LARGE", "a multiple in an exponent")
        one = Residue(size, Scalar({monomial: coefficient / count}))
        power = atom(nf.atoms.intern("turn", field, size, base, one), abs(count))
        total = total * (power if count > 0 else power.inverse())
    return total


_POWER, _SUM = SIGNATURES["^", 2], SIGNATURES["sum_mod", 2]
SIGNATURES.update({
    ("embed", 2): _embed_sort, ("turn", 3): _turn_sort, ("^", 2): _power_sort,
    ("sum_mod", 2): _sum_sort,
})  # fmt: skip
FORMULAS["root_of_unity", 2] = _check_root
FORMS.update({"embed": _embed, "turn": _turn})
IMAGES["turn"] = _turned
OBLIGATIONS["turn"] = lambda size, base, place: ("root_of_unity", size, base)
PARTIAL.add("turn")
