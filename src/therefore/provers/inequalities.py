"""Inequalities between polynomials and fractions of them: squares, means, orderings.

Denominators are cleared by their signs. What is left is shown not to be negative by the cheapest
way that works: by inequalities of means, as a sum of squares whose weights are products of what is
not negative, or by cases on the order of its variables, in each of which all coefficients are not
negative. Known equations make it homogeneous first, or eliminate a variable, or are multiplied.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, Any

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import scalar_in
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import Monomial, Polynomial, Scalar, atom
from therefore.kernel.proofs import obligations
from therefore.kernel.terms import sort_of
from therefore.provers import conic
from therefore.provers.attempt import Proof
from therefore.provers.bench import Bench
from therefore.provers.orderings import by_ordering
from therefore.provers.polynomial import (
    ONE,
    atoms_of,
    degree,
    degree_of,
    divided,
    homogeneous,
    merged,
    monomials,
    times,
)
from therefore.provers.polynomial_problem import (
    Given,
    Problem,
    atom_term,
    outer,
    polynomial_term,
    problem_of,
    reductions,
)
from therefore.provers.prover import Prover
from therefore.provers.root_bounds import by_root_bounds
from therefore.provers.square_roots import by_one_root, with_squares
from therefore.provers.unnormal import scalar_term
from therefore.provers.weighted_means import by_means
from therefore.provers.weighted_squares import Block, weighted_squares

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER", "prove_inequality"]

DEEPEST = 4
MOST_SPLIT = 3
NUMBERS = ("real", "integer", "size")
MOST_NESTED = 1  # denominators within denominators are left alone
MOST_WEIGHTS = 40
MOST_PAIRS = 600
MOST_TRIPLES = 6
LARGEST_BASIS = 70
MOST_MONOMIALS = 700
HIGHEST_SLACK = 2  # by how much a degree may exceed what it has to be


def _accepts(ctx: Context, goal: Term) -> bool:
    return goal[0] in ("<=", "<") and not any(label.endswith("_ih") for label in ctx.facts)


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    if depth > DEEPEST:
        return None
    bench = search.bench
    try:
        inner, steps = _with_signs(bench, ctx, goal, 0)
    except Rejected:
        return None
    ways: tuple[Callable[[], Proof | None], ...] = (
        lambda: with_squares(search, inner, goal, depth, prove_inequality),
        lambda: _by_absolute_values(bench, inner, goal),
        lambda: by_root_bounds(bench, inner, goal, prove_inequality),
        lambda: prove_inequality(bench, inner, goal),
        lambda: _by_signs(bench, inner, goal),
        lambda: by_one_root(bench, inner, goal, prove_inequality),
    )
    for way in ways:
        proof = way()
        for step in reversed(steps if proof is not None else []):
            proof = {**step, "then": proof}
        if proof is not None and bench.works(ctx, goal, proof):
            return proof
    return None


def _by_absolute_values(bench: Bench, ctx: Context, goal: Term, count: int = 0) -> Proof | None:
    """By cases on the sign of what stands between bars."""
    gap = ctx.normal.scalar(goal[2]) - ctx.normal.scalar(goal[1])
    present = atoms_of([gap.over, *(dict(factor) for factor, _ in gap.under)])
    bars = [a for a in present if ctx.atoms.rows[a].head == "abs"]
    if not bars:
        return prove_inequality(bench, ctx, goal) if count else None
    if count == MOST_SPLIT or len(bars) + count > MOST_SPLIT + 1:
        return None
    bench.note("cases on the signs between bars")
    inside = scalar_term(ctx.atoms, scalar_in(ctx.atoms.rows[bars[0]]))
    label = f"bars{len(ctx.facts)}"
    proof: Proof = {"rule": "cases", "on": [to_lists(inside), "0"], "as": label}
    for branch, fact in _sign_facts(inside).items():
        inner = ctx.extended()
        inner.assume(label, fact)
        bench.check_time()
        found = _by_absolute_values(bench, inner, goal, count + 1)
        if found is None:
            return None
        proof[branch] = found
    return proof


def _sign_facts(term: Term) -> dict[str, Term]:
    return {"less": ("<", term, "0"), "equal": ("=", term, "0"), "greater": ("<", "0", term)}


def _by_signs(bench: Bench, ctx: Context, goal: Term, count: int = 0) -> Proof | None:
    """By cases on the sign of a variable of which it is not known, or which may be zero."""
    problem = problem_of(ctx, goal)
    if problem is None or problem.strict or count == MOST_SPLIT:
        return None
    present = sorted({a for m in problem.target for a, _ in m})
    names = [a for a in present if ctx.atoms.rows[a].head == "name"]
    unknown = [a for a in names if a not in problem.signs]
    if len(unknown) + count > MOST_SPLIT or len(present) > MOST_SPLIT:
        return None
    if not unknown:
        return None
    bench.note("cases on the signs of variables")
    x = scalar_term(ctx.atoms, atom(unknown[0]))
    label = f"case{len(ctx.facts)}"
    proof: Proof = {"rule": "cases", "on": [to_lists(x), "0"], "as": label}
    for branch, fact in _sign_facts(x).items():
        inner = ctx.extended()
        inner.assume(label, fact)
        found = (
            _absurd_signs(bench, inner, goal)
            or prove_inequality(bench, inner, goal)
            or _by_signs(bench, inner, goal, count + 1)
        )
        if found is None:
            return None
        proof[branch] = found
    return proof


def _absurd_signs(bench: Bench, ctx: Context, goal: Term) -> Proof | None:
    """Anything, where an equation is known whose sides have different signs."""
    for label, fact in ctx.facts.items():
        if fact[0] != "=" or any(sort_of(s, ctx.names) not in NUMBERS for s in fact[1:]):
            continue
        left, right = (ctx.signs_of_fraction(ctx.normal.scalar(side)) for side in fact[1:])
        for (low, high), way in ((fact[1:], "1"), (fact[:0:-1], "-1")):
            below, above = (left, right) if way == "1" else (right, left)
            if below <= {-1, 0} and above == {1}:
                gap = {"positive": to_lists(("+", high, ("-", low)))}
                items = [{"fact": label, "times": "-1" if way == "1" else "1"}, gap]
                proof: Proof = {
                    "rule": "suppose", "as": "otherwise",
                    "then": {"rule": "combine", "items": items},
                }  # fmt: skip
                if bench.works(ctx, goal, proof):
                    return proof
    return None


def prove_inequality(bench: Bench, ctx: Context, goal: Term, depth: int = 0) -> Proof | None:
    """A proof of a ≤ b or a < b by what is known of polynomials, or None."""
    try:
        inner, steps = _with_signs(bench, ctx, goal, depth)
    except Rejected:
        return None
    proof = _proved(bench, inner, goal)
    for step in reversed(steps if proof is not None else []):
        proof = {**step, "then": proof}
    return proof


def _with_signs(bench: Bench, ctx: Context, goal: Term, depth: int) -> tuple[Context, list[Proof]]:
    """The context with the signs of the goal's denominators, and the steps that add them."""
    inner = ctx.extended()
    steps: list[Proof] = []
    if depth >= MOST_NESTED:
        return inner, steps
    steps += _positive_by_equations(bench, inner)
    for fact in _unseen(inner, goal):
        if inner.holds(fact) and fact[0] != "!=":
            continue
        ways = [fact] if fact[0] != "!=" else [("<", "0", fact[1]), ("<", fact[1], "0")]
        for way in ways:
            shown = prove_inequality(bench, inner, way, depth + 1)
            if shown is not None:
                label = f"defined{len(inner.facts)}"
                inner.assume(label, way)
                steps.append({"rule": "have", "fact": to_lists(way), "as": label, "proof": shown})
                break
    return inner, steps


def _positive_by_equations(bench: Bench, ctx: Context) -> list[Proof]:
    """0 < x from 0 ≤ x and A·x = B with A ≥ 0 and B > 0; the steps are added to the context."""
    steps: list[Proof] = []
    for label, fact in list(ctx.facts.items()):
        if fact[0] != "=" or any(sort_of(s, ctx.names) not in NUMBERS for s in fact[1:]):
            continue
        gap = ctx.normal.scalar(fact[2]) - ctx.normal.scalar(fact[1])
        if gap.under or len(gap.over) > 20:
            continue
        for a in sorted({a for m in gap.over for a, _ in m}):
            if ctx.signs(atom(a)) != {0, 1} or ctx.atoms.rows[a].head != "name":
                continue
            for way in (1, -1):
                step = _positive_by(bench, ctx, label, gap.over, a, way)
                if step is not None:
                    steps.append(step)
                    break
    return steps


def _positive_by(
    bench: Bench, ctx: Context, label: str, poly: Polynomial, a: int, way: int
) -> Proof | None:
    """way · poly = A·x − B, and x ≤ 0 is absurd."""
    over = {m: way * c for m, c in poly.items()}
    with_it = {divided(m, ((a, 1),)): c for m, c in over.items() if dict(m).get(a)}
    rest = {m: -c for m, c in over.items() if not dict(m).get(a)}
    if not rest or ctx.signs(Scalar(rest)) != {1} or not ctx.signs(Scalar(with_it)) <= {0, 1}:
        return None
    x = scalar_term(ctx.atoms, atom(a))
    items = [
        {"fact": label, "times": str(way)},
        {"fact": "most", "times": to_lists(scalar_term(ctx.atoms, Scalar(with_it)))},
        {"positive": to_lists(scalar_term(ctx.atoms, Scalar(rest)))},
    ]
    fact = ("<", "0", x)
    proof: Proof = {"rule": "suppose", "as": "most", "then": {"rule": "combine", "items": items}}
    if not bench.works(ctx, fact, proof):
        return None
    name = f"positive{len(ctx.facts)}"
    ctx.assume(name, fact)
    return {"rule": "have", "fact": to_lists(fact), "as": name, "proof": proof}


def _unseen(ctx: Context, goal: Term) -> Iterator[Term]:
    """What has to hold for the goal to be defined, and is not seen; and signs of denominators."""
    for side in goal[1:]:
        for place, obligation in obligations(ctx, side):
            if place is ctx and obligation[0] in ("!=", "<=", "<") and not ctx.holds(obligation):
                yield obligation
    gap = ctx.normal.scalar(goal[2]) - ctx.normal.scalar(goal[1])
    for factor, exponent in gap.under:
        one = Scalar(dict(factor))
        signs = ctx.signs(one)
        if 0 in signs or (exponent % 2 and len(signs) > 1):
            yield ("!=", scalar_term(ctx.atoms, one), "0")


def _proved(bench: Bench, ctx: Context, goal: Term) -> Proof | None:
    problem = problem_of(ctx, goal)
    if problem is None or not problem.target:
        return None
    bench.note("a sum of squares")
    for way in _ways(bench, problem):
        bench.check_time()
        try:
            proof = way()
        except (Rejected, ValueError, ZeroDivisionError, OverflowError):
            proof = None
        if proof is not None and bench.works(ctx, goal, proof):
            return proof
    return None


def _ways(bench: Bench, problem: Problem) -> Iterator[Callable[[], Proof | None]]:
    """What may be tried, in order of cost."""
    reduced = list(reductions(problem))
    forms = [(problem, None), *((problem.of(one.polynomial), one) for one in reduced)]

    def closing(core: Problem, reduction: Any, show: Callable[..., Any]) -> Callable[..., Any]:
        return lambda: _closed(bench, problem, core, reduction, show)

    plain = [form for form in forms if form[1] is not None or not problem.equations]
    solver = conic.is_there()
    if not solver:
        bench.note(conic.MISSING)
    for more in (0, 1):
        for core, reduction in plain if solver else ():
            yield closing(core, reduction, _squares(more))
            if more == 0:
                yield closing(core, reduction, by_means)
        if solver and problem.given:
            yield lambda more=more: _with_relations(bench, problem, more)  # type: ignore[misc]
        for core, reduction in plain:
            if more == 0:
                yield closing(core, reduction, _ordered_pairs if solver else by_ordering)
            elif solver:
                yield closing(core, reduction, _ordered_squares)
    for core, reduction in plain if solver else ():
        yield closing(core, reduction, _squares(2))
    if solver and problem.given:
        yield lambda: _with_relations(bench, problem, 2)


def _ordered_squares(bench: Bench, problem: Problem) -> Proof | None:
    return by_ordering(bench, problem, _squares(0))


def _ordered_pairs(bench: Bench, problem: Problem) -> Proof | None:
    return by_ordering(bench, problem, _in_pairs)


def _in_pairs(bench: Bench, problem: Problem) -> Proof | None:
    """Each term that may be negative between two that are not: squares of two terms each."""
    certain = problem.signs
    weights: list[_Weight] = []
    bases: list[list[Monomial]] = []
    positive = [m for m, c in problem.target.items() if c > 0]
    for m in positive:
        odd = [a for a, e in m if e % 2]
        if all(a in certain for a in odd):
            weights.append(_weight_of_atoms(problem, odd))
            bases.append([_half(m)])
    for low in (m for m, c in problem.target.items() if c < 0):
        for first in positive:
            second = _across(low, first)
            if second is None or second <= first or problem.target.get(second, 0) <= 0:
                continue
            odd = [a for a, e in first if e % 2]
            if all((e - dict(second).get(a, 0)) % 2 == 0 for a, e in first) and all(
                a in certain for a in odd
            ):
                weights.append(_weight_of_atoms(problem, odd))
                bases.append([_half(first), _half(second)])
    if len(weights) > MOST_PAIRS:
        return None
    items = _items(bench, problem, problem.target, weights, bases, [], problem.strict)
    return None if items is None else {"rule": "combine", "items": items}


def _across(middle: Monomial, one: Monomial) -> Monomial | None:
    """The monomial on the other side of the middle."""
    exponents = {a: 2 * e for a, e in middle}
    for a, e in one:
        exponents[a] = exponents.get(a, 0) - e
    if min(exponents.values(), default=0) < 0:
        return None
    return tuple(sorted((a, e) for a, e in exponents.items() if e))


def _half(m: Monomial) -> Monomial:
    """The root of a monomial without its odd powers."""
    return tuple((a, e // 2) for a, e in m if e // 2)


def _weight_of_atoms(problem: Problem, atoms: list[int]) -> _Weight:
    weight = _Weight(ONE, [], True)
    for a in atoms:
        sign, term = problem.signs[a], atom_term(problem, a)
        one: Polynomial = {((a, 1),): Fraction(sign)}
        named = [term if sign > 0 else ("-", term)]
        weight = weight.times(_Weight(one, named, a in problem.nonzero))
    return weight


def _left(bench: Bench) -> Callable[[], float]:
    return lambda: bench.deadline - time.monotonic()


# ------------------------------------------------------------------ from the core to the goal


def _closed(
    bench: Bench, problem: Problem, core: Problem, reduction: Any, show: Callable[..., Any]
) -> Proof | None:
    """The goal from the sign of the core, without what plainly is not negative in it."""
    taken, outside = outer(core)
    inside = core.of({divided(m, taken): c for m, c in core.target.items()})
    shown = show(bench, inside)
    if shown is None:
        return None
    relation = "<" if problem.strict else "<="
    fact = (relation, "0", polynomial_term(problem, inside.target))
    label = f"sign{len(problem.ctx.facts)}"
    divisor = [*problem.under, *(reduction.positive if reduction else [])]
    items: list[dict[str, Any]] = [
        {"fact": label, "times": to_lists(_quotient(outside, divisor))},
    ]
    if reduction and reduction.cofactor and reduction.equation.label:
        items.append(_of_equation(problem, reduction.equation, reduction.cofactor, divisor))
    return {
        "rule": "have", "fact": to_lists(fact), "as": label, "proof": shown,
        "then": {"rule": "combine", "items": items},
    }  # fmt: skip


def _of_equation(
    problem: Problem, equation: Given, factor: Polynomial, divisor: list[Term]
) -> dict[str, Any]:
    """The item that adds factor · equation / divisor; the fact has its own denominator."""
    over = [polynomial_term(problem, factor), *equation.under]
    return {"fact": equation.label, "times": to_lists(_quotient(over, divisor))}


def _product(factors: list[Term]) -> Term:
    return "1" if not factors else factors[0] if len(factors) == 1 else ("*", *factors)


def _quotient(over: list[Term], under: list[Term]) -> Term:
    return ("/", _product(over), _product(under)) if under else _product(over)


# ------------------------------------------------------------------ sums of squares


class _Weight:
    """What is not negative: a polynomial, its factors as terms, and whether it is positive."""

    def __init__(self, polynomial: Polynomial, terms: list[Term], positive: bool) -> None:
        self.polynomial, self.terms, self.positive = polynomial, terms, positive

    def times(self, other: _Weight) -> _Weight:
        return _Weight(
            times(self.polynomial, other.polynomial),
            [*self.terms, *other.terms],
            self.positive and other.positive,
        )


def _products_of_signed(problem: Problem, most: int) -> list[_Weight]:
    """Products of different variables of known signs, each counted as not negative."""
    signed = [a for a in problem.atoms if a in problem.signs]
    found = []
    for count in range(min(most, len(signed)) + 1):
        for chosen in combinations(signed, count):
            found.append(_weight_of_atoms(problem, list(chosen)))
    return found


def _squares(more: int) -> Callable[[Bench, Problem], Proof | None]:
    """The way to show that the target, times a sum or a square, is a sum of squares."""

    def show(bench: Bench, problem: Problem) -> Proof | None:
        return _squares_of(bench, problem, more)

    return show


def _squares_of(bench: Bench, problem: Problem, more: int) -> Proof | None:
    ctx, target = problem.ctx, problem.target
    if not target:
        return {"rule": "inspect"}
    present = sorted({a for m in target for a, _ in m})
    problem = problem.of(target)
    factor: Polynomial = ONE
    if more:
        if more > 1 or not all(a in problem.signs for a in present):
            factor = {((a, 2),): Fraction(1) for a in present}
            if not homogeneous(target):
                factor[()] = Fraction(1)
        else:
            factor = {((a, 1),): Fraction(problem.signs[a]) for a in present}
            if not homogeneous(target):
                factor[()] = Fraction(1)
    multiplied = times(target, factor)
    weights = [
        one for one in _products_of_signed(problem, len(present))
        if all(a in present for m in one.polynomial for a, _ in m)
    ]  # fmt: skip
    weights, bases = _bases(bench, multiplied, weights, present)
    items = _items(bench, problem, multiplied, weights, bases, [], problem.strict)
    if items is None:
        return None
    proof: Proof = {"rule": "combine", "items": items}
    if factor == ONE:
        return proof
    term = polynomial_term(problem, factor)
    fact = ("<" if problem.strict else "<=", "0", polynomial_term(problem, multiplied))
    label = f"product{len(ctx.facts)}"
    if not factor.get(()) and not problem.nonzero & set(present):
        return None  # the factor may be zero
    last = {"fact": label, "times": to_lists(("/", "1", term))}
    return {
        "rule": "have", "fact": to_lists(fact), "as": label, "proof": proof,
        "then": {"rule": "combine", "items": [last]},
    }  # fmt: skip


def _bases(
    bench: Bench, target: Polynomial, weights: list[_Weight], atoms: list[int]
) -> tuple[list[_Weight], list[list[Monomial]]]:
    """Monomials whose squares may occur: what nothing can cancel is left out, again and again."""
    top, is_form = degree(target), homogeneous(target)
    box = {a: max(dict(m).get(a, 0) for m in target) for a in atoms}
    found: list[tuple[_Weight, Monomial, list[Monomial]]] = []
    for one in weights:
        w = next(iter(one.polynomial))
        room = top - degree_of(w)
        if room < 0 or (is_form and room % 2):
            continue
        least = room // 2 if is_form else 0
        fit = [m for m in monomials(atoms, least, room // 2) if _is_inside(merged(w, m), m, box)]
        if len(fit) > 2 * LARGEST_BASIS:
            return [], []
        found.append((one, w, fit))
    while True:
        bench.check_time()
        crossed = set(target)
        for _, w, basis in found:
            for i, m in enumerate(basis):
                crossed |= {merged(w, merged(m, n)) for n in basis[:i]}
        kept = [
            (one, w, [m for m in basis if merged(w, merged(m, m)) in crossed])
            for one, w, basis in found
        ]
        if kept == found:
            break
        found = kept
    found = [part for part in found if part[2]]
    return [one for one, _, _ in found], [basis for _, _, basis in found]


def _is_inside(first: Monomial, second: Monomial, box: dict[int, int]) -> bool:
    """Whether no exponent of the product is above all of the target's."""
    return all(e <= box[a] for a, e in merged(first, second))


def _items(
    bench: Bench,
    problem: Problem,
    target: Polynomial,
    weights: list[_Weight],
    bases: list[list[Monomial]],
    free: list[tuple[Given, Monomial]],
    strict: bool,
) -> list[dict[str, Any]] | None:
    """Items of ``combine`` that add up to the target, or None."""
    if any(len(basis) > LARGEST_BASIS for basis in bases) or len(weights) > MOST_PAIRS:
        return None
    blocks = [
        Block(one.polynomial, [{m: Fraction(1)} for m in basis])
        for one, basis in zip(weights, bases, strict=True)
    ]
    certain = list(weights)
    if strict and not any(one.positive for one in weights):
        return None
    if strict:
        for one in weights:
            if one.positive:
                blocks.append(Block(one.polynomial, [ONE]))
                certain.append(one)
    found = weighted_squares(
        target,
        blocks,
        [times(given.polynomial, {m: Fraction(1)}) for given, m in free],
        bench.check_time,
        _left(bench),
        bench.note,
        range(len(weights), len(blocks)),
    )
    if found is None:
        return None
    items: list[dict[str, Any]] = []
    is_positive = False
    for one, squares in zip(certain, found.squares, strict=True):
        for d, root in squares:
            constant = root.get(()) if len(root) == 1 else None
            if constant is not None and one.positive:
                is_positive = True
                whole = _product([_number(d * constant**2), *one.terms])
                items.append({"positive": to_lists(whole)})
                continue
            weight = _product([_number(d), *one.terms] if d != 1 or not one.terms else one.terms)
            items.append(
                {"square": to_lists(polynomial_term(problem, root)), "times": to_lists(weight)}
            )
    if strict and not is_positive:
        return None
    sums: dict[str, tuple[Given, Polynomial]] = {}
    for (given, m), c in zip(free, found.multipliers, strict=True):
        if c and given.label:
            sums.setdefault(given.label, (given, {}))[1][m] = c
    items += [_of_equation(problem, given, factor, []) for given, factor in sums.values()]
    return items


def _number(value: Fraction) -> Term:
    return str(value)


# ------------------------------------------------------------------ with known relations


def _with_relations(bench: Bench, problem: Problem, more: int) -> Proof | None:
    """The target as a sum of squares, weighted by products of what is known, and of equations.

    Where all is homogeneous, ``more`` multiplies the target by the sum of the variables; where it
    is not, higher degrees are allowed.
    """
    given = [_weight_of(problem, one) for one in problem.bounds]
    everything = [problem.target, *(one.polynomial for one in problem.given)]
    is_form = all(map(homogeneous, everything))
    target, factor = problem.target, ONE
    if is_form and more:
        certain = [a for a in problem.atoms if a in problem.signs and a in problem.nonzero]
        if more > 1 or not certain:
            return None
        factor = {((a, 1),): Fraction(problem.signs[a]) for a in certain}
        target = times(target, factor)
    top = max(degree(target), *(degree(one.polynomial) for one in problem.equations), 0)
    top += 0 if is_form else more
    weights = _products_of_signed(problem, 2 if more == 0 else len(problem.signs))
    signed = _products_of_signed(problem, 1 if more or is_form else 0)
    weights += [one.times(other) for one in given for other in signed]
    weights += [one.times(other) for one, other in combinations(given, 2)]
    if len(given) <= MOST_TRIPLES and top >= 3:
        weights += [one.times(x).times(y) for one, x, y in combinations(given, 3)]
    usable, bases = [], []
    for one in weights[: MOST_WEIGHTS * 2]:
        room = top - degree(one.polynomial)
        if room < 0 or (is_form and room % 2):
            continue
        basis = list(monomials(problem.atoms, room // 2 if is_form else 0, room // 2))
        if len(basis) > LARGEST_BASIS:
            return None
        usable.append(one)
        bases.append(basis)
    free = []
    for equation in problem.equations:
        room = top - degree(equation.polynomial)
        if room >= 0:
            free += [(equation, m) for m in monomials(problem.atoms, room if is_form else 0, room)]
    items = _items(bench, problem, target, usable, bases, free, problem.strict)
    if items is None:
        return None
    divisor = list(problem.under)
    if factor != ONE:
        divisor.append(polynomial_term(problem, factor))
    proof: Proof = {"rule": "combine", "items": items}
    if not divisor:
        return proof
    fact = ("<" if problem.strict else "<=", "0", polynomial_term(problem, target))
    label = f"sign{len(problem.ctx.facts)}"
    last = {"fact": label, "times": to_lists(_quotient([], divisor))}
    return {
        "rule": "have", "fact": to_lists(fact), "as": label, "proof": proof,
        "then": {"rule": "combine", "items": [last]},
    }  # fmt: skip


def _weight_of(problem: Problem, given: Given) -> _Weight:
    terms = list(given.terms) or [polynomial_term(problem, given.polynomial)]
    return _Weight(given.polynomial, terms, given.kind == "<")


PROVER = Prover("a sum of squares", _accepts, _prove)
