"""An inequality of numbers as a question about polynomials, under what is known.

The difference of the goal's sides is N/D with a D that is seen to be positive, and the question is
whether N is not negative. Known relations become polynomials that are not negative, or zero, and
every atom (a name, √u, exp u …) is a variable, of which the sign may be known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

from therefore.goal import Term
from therefore.kernel.atoms import POWERS, scalar_in
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import Monomial, Polynomial, Scalar, atom
from therefore.kernel.terms import sort_of
from therefore.provers.building.polynomial import (
    atoms_of,
    common_monomial,
    degree,
    degree_of,
    divided,
    plus,
    power,
    times,
)
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.inequalities.square_roots import AGAIN, HIDDEN

__all__ = ["Given", "Problem", "atom_term", "outer", "polynomial_term", "problem_of"]

HEADS = frozenset(
    ["name", "sqrt", "abs", "exp", "log", "sin", "cos", "arctan", "pi", "step", "power"]
)
MOST_ATOMS = 7
MOST_TERMS = 700
HIGHEST_DEGREE = 24
HIGHEST_ROOT = 6
_NUMBERS = ("real", "integer", "size")


@dataclass(frozen=True)
class Given:
    """A polynomial that is zero, or not negative, or positive, and the fact that says so.

    For an equation the fact's right side minus its left is polynomial / under; without a label
    the normal form knows it by itself.
    """

    kind: str
    polynomial: Polynomial
    label: str = ""
    under: tuple[Term, ...] = ()
    terms: tuple[Term, ...] = ()  # factors of which the signs are seen, for one that is no equation


@dataclass
class Problem:
    """Whether ``target`` is not negative, or positive; ``under`` are the factors of D."""

    ctx: Context
    strict: bool
    target: Polynomial
    under: list[Term]
    atoms: list[int]
    signs: dict[int, int]  # 1 and −1 for atoms that are not negative, not positive
    nonzero: frozenset[int]
    given: list[Given] = field(default_factory=list)

    def of(self, target: Polynomial) -> Problem:
        """The same question about another polynomial."""
        return replace(self, target=target)

    @property
    def equations(self) -> list[Given]:
        """What is known to be zero."""
        return [one for one in self.given if one.kind == "="]

    @property
    def bounds(self) -> list[Given]:
        """What is known not to be negative, besides the signs of atoms."""
        return [one for one in self.given if one.kind != "="]


def polynomial_term(problem: Problem, poly: Polynomial) -> Term:
    """A term whose normal form is the polynomial."""
    return scalar_term(problem.ctx.atoms, Scalar(poly))


def atom_term(problem: Problem, index: int) -> Term:
    """The term of a variable."""
    return scalar_term(problem.ctx.atoms, atom(index))


def problem_of(ctx: Context, goal: Term) -> Problem | None:
    """The question that a goal a ≤ b or a < b asks, or None if it is no such question."""
    if goal[0] not in ("<=", "<") or any(sort_of(s, ctx.names) not in _NUMBERS for s in goal[1:]):
        return None
    gap = ctx.normal.scalar(goal[2]) - ctx.normal.scalar(goal[1])
    cleared = _cleared(ctx, gap)
    if cleared is None:
        return None
    target, under = cleared
    problem = Problem(ctx, goal[0] == "<", target, under, [], {}, frozenset())
    if not _is_fit(ctx, target):
        return None
    _enter_relations(problem)
    signs = {a: ctx.signs(atom(a)) for a in problem.atoms}
    problem.signs = {
        a: 1 if one <= {0, 1} else -1 for a, one in signs.items() if one <= {0, 1} or one <= {-1, 0}
    }
    problem.nonzero = frozenset(a for a, one in signs.items() if 0 not in one)
    while _substituted(problem):
        pass
    return problem


def _substituted(problem: Problem) -> bool:
    """Write a variable x by others, everywhere, where x = P is known of an atom, as of s = √x."""
    for equation in problem.equations:
        if equation.label:
            continue
        for x in atoms_of([equation.polynomial]):
            slope = equation.polynomial.get(((x, 1),))
            alone = sum(1 for m in equation.polynomial if dict(m).get(x)) == 1
            if problem.ctx.atoms.rows[x].head == "name" and slope and alone:
                by = {m: -c / slope for m, c in equation.polynomial.items() if m != ((x, 1),)}
                _substitute(problem, equation, x, by)
                return True
    return False


def _substitute(problem: Problem, equation: Given, x: int, by: Polynomial) -> None:
    ctx = problem.ctx
    given: list[Given] = []
    for one in problem.given:
        if one is equation:
            continue
        terms = one.terms or (polynomial_term(problem, one.polynomial),)
        given.append(replace(one, polynomial=_put(one.polynomial, x, by), terms=terms))
    sign = problem.signs.pop(x, 0)
    if sign and any(len(m) != 1 or c < 0 for m, c in by.items()):
        term = scalar_term(ctx.atoms, atom(x))
        kind = "<" if x in problem.nonzero else "<="
        polynomial = by if sign > 0 else {m: -c for m, c in by.items()}
        given.append(Given(kind, polynomial, "", (), (term if sign > 0 else ("-", term),)))
    problem.given = [one for one in given if one.polynomial]
    problem.target = _put(problem.target, x, by)
    problem.atoms = [a for a in problem.atoms if a != x]


def _put(poly: Polynomial, x: int, by: Polynomial) -> Polynomial:
    """The polynomial with another for a variable."""
    powers: dict[int, Polynomial] = {0: {(): Fraction(1)}}
    total: Polynomial = {}
    for m, c in poly.items():
        e = dict(m).get(x, 0)
        for k in range(1, e + 1):
            if k not in powers:
                powers[k] = times(powers[k - 1], by)
        rest: Polynomial = {divided(m, ((x, e),)) if e else m: c}
        total = plus(total, times(rest, powers[e]))
    return total


def _is_fit(ctx: Context, poly: Polynomial) -> bool:
    used = atoms_of([poly])
    return (
        len(poly) <= MOST_TERMS
        and len(used) <= MOST_ATOMS
        and all(ctx.atoms.rows[a].head in HEADS for a in used)
        and max(map(degree_of, poly), default=0) <= HIGHEST_DEGREE
    )


def _cleared(ctx: Context, gap: Scalar) -> tuple[Polynomial, list[Term]] | None:
    """The numerator over a positive denominator, and that one's factors as terms."""
    over, under = dict(gap.over), []
    for factor, exponent in gap.under:
        one = Scalar(dict(factor))
        signs = ctx.signs(one)
        if 0 in signs or (exponent % 2 and len(signs) > 1):
            return None
        if exponent % 2 and signs == {-1}:
            one, over = -one, {m: -c for m, c in over.items()}
        term = scalar_term(ctx.atoms, one)
        under.append(term if exponent == 1 else ("^", term, str(exponent)))
    return over, under


def _enter_relations(problem: Problem) -> None:
    """The known relations that share atoms with the target, or with such a relation."""
    ctx = problem.ctx
    waiting = list(_relations(ctx))
    used = set(atoms_of([problem.target]))
    more = True
    while more:
        more = False
        for a in sorted(used):
            inside = _relation_of(ctx, a)
            if inside and not any(one.polynomial == inside.polynomial for one in problem.given):
                problem.given.append(inside)
                used |= set(atoms_of([inside.polynomial]))
                more = True
        for one in list(waiting):
            its = set(atoms_of([one.polynomial]))
            if its & used and len(its | used) <= MOST_ATOMS:
                waiting.remove(one)
                problem.given.append(one)
                used |= its
                more = True
    problem.atoms = sorted(used)


def _relation_of(ctx: Context, index: int) -> Given | None:
    """What the power of an atom is, as (√u)² = u, as an equation that needs no fact."""
    row = ctx.atoms.rows[index]
    if row.head == "cos":  # with the sine beside it, as sin² + cos² = 1
        index = ctx.atoms.intern("sin", scalar_in(row))
        row = ctx.atoms.rows[index]
    if row.head not in ("sqrt", "abs", "exp", "sin"):
        return None
    least, value = POWERS[row.head]
    if least(row) > HIGHEST_ROOT:
        return None
    image = value(ctx.atoms, index)
    if not image.over or len(image.over) > 60 or not _is_fit(ctx, image.over):
        return None
    under: Polynomial = {(): Fraction(1)}
    for factor, exponent in image.under:
        under = times(under, power(dict(factor), exponent))
    return Given("=", plus(times(under, {((index, least(row)),): Fraction(1)}), image.over, -1))


def _relations(ctx: Context) -> Iterator[Given]:
    for label, fact in ctx.facts.items():
        if fact[0] not in ("=", "<=", "<", "!=") or label.startswith(HIDDEN):
            continue
        if label + AGAIN in ctx.facts:
            continue  # it is known in other words
        try:
            if any(sort_of(side, ctx.names) not in _NUMBERS for side in fact[1:]):
                continue
            gap = ctx.normal.scalar(fact[2]) - ctx.normal.scalar(fact[1])
        except Rejected:
            continue
        if not gap.over or not _is_fit(ctx, gap.over):
            continue
        cleared = _cleared(ctx, gap)
        if cleared is None:
            continue
        poly, under = cleared
        if fact[0] == "!=":
            if degree(poly) <= 2 and len(poly) > 1:
                root = scalar_term(ctx.atoms, Scalar(poly))
                yield Given("<", times(poly, poly), label, (), (("^", root, "2"),))
            continue
        if fact[0] != "=" and len(poly) == 1:
            ((m, c),) = poly.items()
            if degree_of(m) <= 1 or (c > 0 and all(e % 2 == 0 for _, e in m)):
                continue  # the sign of an atom, or no news
        yield Given(fact[0], poly, label, tuple(under))


def outer(problem: Problem) -> tuple[Monomial, list[Term]]:
    """The largest monomial that can be taken out of the target without changing its sign."""
    taken, terms = [], []
    for a, e in common_monomial(problem.target):
        term = atom_term(problem, a)
        if problem.signs.get(a) == 1 or e % 2 == 0:
            taken.append((a, e))
            terms.append(term if e == 1 else ("^", term, str(e)))
        elif e > 1:
            taken.append((a, e - 1))
            terms.append(("^", term, str(e - 1)))
    return tuple(taken), terms
