"""What is declared and known at one place of a proof, and what follows from it by inspection.

Inspection decides signs from the signs of atoms, from rational bounds on atoms, and from the
facts at hand added up with coefficient one. It may fail to see a sign; it never invents one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations_with_replacement
from math import prod

from .atoms import Atoms, Residue, Vector
from .data import Term
from .errors import Rejected
from .normal import Normaliser
from .polynomials import ONE, Polynomial, Scalar, atom, number
from .terms import sort_of

__all__ = ["Context"]

Signs = frozenset[int]
ANY: Signs = frozenset({-1, 0, 1})
POSITIVE: Signs = frozenset({1})
NONNEGATIVE: Signs = frozenset({0, 1})
_SIGNS_OF_HEADS = {"abs": NONNEGATIVE, "sqrt": NONNEGATIVE, "norm": NONNEGATIVE,
                   "delta": NONNEGATIVE, "lift": NONNEGATIVE}  # fmt: skip


class Context:
    """Declared names with their sorts, labelled facts, and the normal forms they allow."""

    def __init__(self, atoms: Atoms, parent: Context | None = None) -> None:
        self.atoms = atoms
        self.names: dict[str, Term] = dict(parent.names) if parent else {}
        self.facts: dict[str, Term] = dict(parent.facts) if parent else {}
        self.defined: set[Term] = set(parent.defined) if parent else set()
        # (a fraction, its possible signs), one for each scalar fact
        self.known: list[tuple[Scalar, Signs]] = list(parent.known) if parent else []
        self.normal = Normaliser(atoms, self.names, self.signs)

    def extended(self) -> Context:
        return Context(self.atoms, self)

    def declare(self, name: str, sort: Term) -> None:
        if name in self.names:
            raise Rejected("NAME_TAKEN", name)
        self.names[name] = sort
        self.normal.names[name] = sort
        if sort == "size":
            size = self.normal.scalar(name)
            self.known += [(size, POSITIVE), (size - ONE, NONNEGATIVE)]

    def fresh(self, wish: str) -> str:
        """The first of i, i1, i2, … that is not declared."""
        candidates = (wish, *(f"{wish}{k}" for k in range(1, len(self.names) + 2)))
        return next(name for name in candidates if name not in self.names)

    def assume(self, label: str, formula: Term) -> None:
        """Add a fact that is defined and holds here. The parts of a conjunction are facts too."""
        if label in self.facts:
            raise Rejected("NAME_TAKEN", label)
        self.facts[label] = formula
        if formula[0] == "and":
            for k, part in enumerate(formula[1:], 1):
                self.assume(f"{label}_{k}", part)
        elif formula[0] in ("=", "!=", "<=", "<") and self._compares_numbers(formula):
            difference = self.normal.scalar(formula[2]) - self.normal.scalar(formula[1])
            self.known.append((difference, _ALLOWED[formula[0]]))

    def _compares_numbers(self, formula: Term) -> bool:
        sorts = [sort_of(part, self.names) for part in formula[1:]]
        return all(sort in ("real", "integer", "size") for sort in sorts)

    # -------------------------------------------------------------- inspection

    def holds(self, formula: Term) -> bool:
        """Whether a formula of defined terms is a fact or is seen by inspection."""
        if formula in self.facts.values():
            return True
        head, *parts = formula
        if head == "has_derivative" and len(parts) == 2:
            return any(fact[:3] == formula for fact in self.facts.values())
        if head == "and":
            return all(self.holds(part) for part in parts)
        if head == "or":
            return any(self.holds(part) for part in parts)
        if head not in _ALLOWED or not self._compares_numbers(formula):
            return head == "=" and self.equal(*parts)
        if parts[0] == "0" and self._signs_of_term(parts[1]) <= _ALLOWED[head]:
            return True
        if head == "!=" and parts[1] == "0" and 0 not in self._signs_of_term(parts[0]):
            return True
        difference = self.normal.scalar(parts[1]) - self.normal.scalar(parts[0])
        if head == "=":
            return self.atoms.is_zero(difference)
        return self.signs(difference) <= _ALLOWED[head]

    def equal(self, left: Term, right: Term) -> bool:
        """Whether two numbers, residues or vectors have one normal form."""
        sort = sort_of(left, self.names), sort_of(right, self.names)
        if "matrix" in (sort[0][0], sort[1][0]):
            return left == right
        a, b = self.normal.value(left), self.normal.value(right)
        if isinstance(a, Scalar) and isinstance(b, Scalar):
            for one in sort:
                if one[0] == "residue":
                    return not self.atoms.reduced(one[1], a - b).over
            return self.atoms.is_zero(a - b)
        if isinstance(a, Vector) and isinstance(b, Vector):
            return self.atoms.is_zero(a - b)
        return False

    def _signs_of_term(self, term: Term) -> Signs:
        """The possible signs of a defined term; a product is looked at factor by factor."""
        if isinstance(term, tuple) and term[0] in ("*", "/"):
            return _signs_of_product(self._signs_of_term(part) for part in term[1:])
        return self.signs(self.normal.scalar(term))

    def signs(self, value: Scalar) -> Signs:
        """The possible signs of a defined fraction, as far as inspection sees."""
        signs = self._signs_of_fraction(value)
        return self._signs_by_facts(value) if signs == ANY else signs

    def _signs_of_fraction(self, value: Scalar) -> Signs:
        """Signs from atoms and bounds alone, without adding facts up."""
        under = (
            frozenset(s**e for s in self._signs_of_polynomial(dict(f), 1) - {0})
            for f, e in value.under
        )
        return _signs_of_product([self._signs_of_factored(value.over), *under])

    def _signs_of_factored(self, poly: Polynomial) -> Signs:
        """Signs of a polynomial, looked at without its common monomial first."""
        if len(poly) < 2:
            return self._signs_of_polynomial(poly, 1)
        common = {a: min(dict(m).get(a, 0) for m in poly) for a, _ in next(iter(poly))}
        common = {a: e for a, e in common.items() if e}
        rest = {tuple((a, e - common.get(a, 0)) for a, e in m if e != common.get(a, 0)): c
                for m, c in poly.items()}  # fmt: skip
        return _signs_of_product(
            [self._signs_of_power(a, e) for a, e in common.items()]
            + [self._signs_of_polynomial(rest, 1)]
        )

    def _signs_by_facts(self, value: Scalar) -> Signs:
        """value − fact and value − fact − fact, for facts that are not negative."""
        useful = [(fact, signs) for fact, signs in self.known if signs <= NONNEGATIVE]
        useful += self._bounds_of_representatives(value)
        for count in (1, 2):
            for way in (1, -1):
                for chosen in combinations_with_replacement(useful, count):
                    rest = value * number(way)
                    for fact, _ in chosen:
                        rest = rest - fact
                    if not rest.under:
                        signs = self._signs_of_polynomial(rest.over, 2 - count)
                        if signs <= NONNEGATIVE:
                            strict = any(s == POSITIVE for s in (signs, *(s for _, s in chosen)))
                            return frozenset({way} if strict else {0, way})
        return ANY

    def _bounds_of_representatives(self, value: Scalar) -> list[tuple[Scalar, Signs]]:
        """The representative of a residue modulo n is at most n − 1."""
        bounds = []
        for index in {a for monomial in value.over for a, _ in monomial}:
            place = self.atoms.rows[index].arguments[0]
            if self.atoms.rows[index].head == "lift" and isinstance(place, Residue):
                bounds.append((self.normal.scalar(place.size) - ONE - atom(index), NONNEGATIVE))
        return bounds

    def _signs_of_polynomial(self, poly: Polynomial, shifts: int) -> Signs:
        """Signs term by term, then again with each bounded atom written from its bound."""
        if not poly:
            return frozenset({0})
        for fact, signs in self.known:
            if not fact.under and fact.over == poly:
                return signs
        each = [
            _signs_of_product(
                [frozenset({1 if c > 0 else -1}), *(self._signs_of_power(a, e) for a, e in m)]
            )
            for m, c in poly.items()
        ]
        for way in (1, -1):
            if all(s * way >= 0 for signs in each for s in signs):
                certain = any(0 not in signs for signs in each)
                nowhere = all(signs == {0} for signs in each)
                return frozenset({0} if nowhere else {way} if certain else {0, way})
        if len(each) == 1:
            return each[0]
        for by in self._bounds(poly) if shifts else ():
            shifted = self.normal.substituted(Scalar(poly), by)
            if isinstance(shifted, Scalar) and not shifted.under:
                signs = self._signs_of_polynomial(shifted.over, 0)
                if signs != ANY:
                    return signs
        return ANY

    def _signs_of_power(self, index: int, exponent: int) -> Signs:
        return frozenset(s**exponent for s in self._signs_of_atom(index))

    def _signs_of_atom(self, index: int) -> Signs:
        row = self.atoms.rows[index]
        signs = _SIGNS_OF_HEADS.get(row.head, ANY)
        if row.head == "inner" and row.arguments[0] == row.arguments[1]:
            signs = NONNEGATIVE
        if row.head == "abs" and isinstance(row.arguments[0], Scalar):
            if any(a is row.arguments[0] or self.atoms.is_zero(a - row.arguments[0])
                   or self.atoms.is_zero(a + row.arguments[0])
                   for a, s in self.known if 0 not in s):  # fmt: skip
                signs = signs - {0}
        if row.head in ("sqrt", "norm") and isinstance(row.arguments[0], Scalar):
            if self._signs_of_fraction(row.arguments[0]) == POSITIVE:
                signs = POSITIVE
        if row.head == "shifted":
            signs = NONNEGATIVE
        single = ((index, 1),)
        for fact, allowed in self.known:
            if not fact.under and fact.over.keys() <= {single, ()} and single in fact.over:
                slope, shift = fact.over[single], fact.over.get((), 0)
                if shift == 0:
                    signs &= frozenset(s if slope > 0 else -s for s in allowed)
                elif -1 not in allowed and shift < 0:  # slope · atom ≥ −shift > 0
                    signs &= frozenset({1 if slope > 0 else -1})
        return signs

    def _bounds(self, poly: Polynomial) -> Iterator[dict[int, Scalar]]:
        """Ways to write the atoms of the polynomial as rational bound ± something not negative."""
        lower: dict[int, Scalar] = {}
        upper: dict[int, Scalar] = {}
        present = {a for m in poly for a, _ in m}
        for fact, allowed in self.known:
            names = [m for m in fact.over if m]
            if fact.under or len(names) != 1 or not allowed <= NONNEGATIVE:
                continue
            ((index, exponent), *more) = names[0]
            if exponent != 1 or more or index not in present:
                continue
            slope, shift = fact.over[names[0]], fact.over.get((), 0)
            gap = atom(self.atoms.intern("shifted", index))
            if slope > 0:
                lower[index] = number(-shift / slope) + gap
            else:
                upper[index] = number(-shift / slope) - gap
        for by in (lower, upper, {**upper, **lower}, {**lower, **upper}):
            if by:
                yield by


def _signs_of_product(factors: Iterable[Signs]) -> Signs:
    found: Signs = POSITIVE
    for signs in factors:
        found = frozenset(prod((s, t)) for s in found for t in signs)
    return found


_ALLOWED: dict[str, Signs] = {
    "=": frozenset({0}),
    "!=": frozenset({-1, 1}),
    "<=": NONNEGATIVE,
    "<": POSITIVE,
}
