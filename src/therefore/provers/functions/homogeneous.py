"""Parameters scaled away: f ↦ L·f and ∇f ↦ L·∇f leave every relation about f with L = 1.

Relations are given by coordinates: monomials in what is not a parameter, each with a number and
powers of the parameters. If every coordinate m is written as p^W(m)·m′, with the same power p^e
before all of one relation, only numbers are left. Such W and e spread from the first relation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from therefore.kernel.atoms import Atoms
from therefore.kernel.polynomials import ONE, Monomial, Scalar, atom

__all__ = ["Powers", "Scaling", "coordinates", "parameters", "power", "scaled"]

# Powers of the parameters, by atom; those that are 0 are left out.
Powers = tuple[tuple[int, int], ...]

_NAMES = ("name", "index")


@dataclass(frozen=True)
class Scaling:
    """The relations in numbers, and what was scaled away."""

    relations: list[dict[Monomial, Fraction] | None]  # None: not tied to the first one
    before: list[Powers]  # the power that stands before each relation
    inside: dict[Monomial, Powers]  # W, for each coordinate


def parameters(atoms: Atoms, values: Sequence[Scalar]) -> frozenset[int]:
    """The names in denominators, in powers and in products with what is no name."""
    found: set[int] = set()
    for value in values:
        for factor, _ in value.under:
            found |= {a for monomial, _ in factor for a, _ in monomial}
        for monomial in value.over:
            alone = all(atoms.rows[a].head in _NAMES for a, _ in monomial)
            found |= {a for a, e in monomial if e > 1 or not alone}
    return frozenset(a for a in found if atoms.rows[a].head in _NAMES)


def coordinates(
    atoms: Atoms, value: Scalar, among: frozenset[int]
) -> dict[Monomial, tuple[Fraction, Powers]] | None:
    """The number and the powers at each monomial; None for sums of powers, or denominators."""
    below: dict[int, int] = {}
    number = Fraction(1)
    for factor, exponent in value.under:
        if len(factor) != 1:
            return None
        ((monomial, coefficient),) = factor
        number /= coefficient**exponent
        for a, e in monomial:
            below[a] = below.get(a, 0) - e * exponent
    if not below.keys() <= among:
        return None
    found: dict[Monomial, tuple[Fraction, Powers]] = {}
    for monomial, coefficient in value.over.items():
        powers = dict(below)
        main = []
        for a, e in monomial:
            if a in among:
                powers[a] = powers.get(a, 0) + e
            else:
                main.append((a, e))
        if tuple(main) in found:
            return None
        found[tuple(main)] = number * coefficient, _powers(powers)
    return found


def scaled(relations: Sequence[dict[Monomial, tuple[Fraction, Powers]]]) -> Scaling | None:
    """The relations without parameters, where the first one keeps its size; None if it cannot.

    Relations that do not fit to those before them are left out.
    """
    holders: dict[Monomial, list[int]] = {}
    for k, relation in enumerate(relations):
        for monomial in relation:
            holders.setdefault(monomial, []).append(k)
    before: dict[int, Powers] = {0: ()}
    inside: dict[Monomial, Powers] = {}
    waiting = [0]
    while waiting:
        k = waiting.pop()
        for monomial, (_, powers) in relations[k].items():
            wanted = _times(before[k], powers, -1)
            if inside.setdefault(monomial, wanted) != wanted:
                return _without(relations, k)
            for other in holders[monomial]:
                its = _times(inside[monomial], relations[other][monomial][1], 1)
                if other not in before:
                    before[other] = its
                    waiting.append(other)
                elif before[other] != its:
                    return _without(relations, max(k, other))
    numbers = [
        {m: c for m, (c, _) in relation.items()} if k in before else None
        for k, relation in enumerate(relations)
    ]
    return Scaling(numbers, [before.get(k, ()) for k in range(len(relations))], inside)


def _without(
    relations: Sequence[dict[Monomial, tuple[Fraction, Powers]]], k: int
) -> Scaling | None:
    """The same without a relation that does not fit to the others; None for the first one."""
    return None if not k else scaled([{} if j == k else one for j, one in enumerate(relations)])


def power(powers: Powers, sign: int = 1) -> Scalar:
    """The product of the parameters to these powers, or to their negatives."""
    value = ONE
    for a, e in powers:
        one = atom(a, abs(e))
        value = value * (one if e * sign > 0 else one.inverse())
    return value


def _times(left: Powers, right: Powers, sign: int) -> Powers:
    if not right:
        return left
    total = dict(left)
    for a, e in right:
        total[a] = total.get(a, 0) + sign * e
    return _powers(total)


def _powers(powers: dict[int, int]) -> Powers:
    return tuple(sorted((a, e) for a, e in powers.items() if e)) if powers else ()
