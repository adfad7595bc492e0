"""Multipliers that depend on letters: one step of a potential, for every k and T.

At random values of the letters, numbers are found as in ``gram``; they say which relations are
needed. Their multipliers are then solved for over the field of the letters, and what is left has
to be a sum of squares, by LDLᵀ over that field, with signs that are plain to see.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import permutations
from typing import Any, TypeAlias

from therefore.goal import to_lists
from therefore.kernel.atoms import Vector
from therefore.kernel.context import Context
from therefore.kernel.polynomials import ZERO, Monomial, Scalar, number
from therefore.provers.bench import Bench
from therefore.provers.building.candidates import Candidate
from therefore.provers.building.field import Field
from therefore.provers.building.unnormal import scalar_term, vector_term
from therefore.provers.functions.fitted import MOST_SAMPLES, fitted, polynomial_at
from therefore.provers.functions.homogeneous import parameters
from therefore.provers.functions.plain_signs import Factors, signed

__all__ = ["pairs_in", "solved_with_letters"]

Element: TypeAlias = Any  # of the field of the letters
Row: TypeAlias = dict[Any, Element]

MOST_VECTORS = 5
MOST_TRIES = 2000
SAMPLES = 4


def pairs_in(ctx: Context, monomial: Monomial) -> tuple[int, ...]:
    """The two vectors of which the monomial is the inner product."""
    if len(monomial) == 1 and monomial[0][1] == 1:
        row = ctx.atoms.rows[monomial[0][0]]
        if row.head == "inner":
            return tuple(a for a in row.arguments if isinstance(a, int))
    return ()


def solved_with_letters(
    bench: Bench, ctx: Context, target: Scalar, known: Sequence[Candidate], values: list[Scalar],
    sides: Sequence[Scalar] = (),
) -> Iterator[tuple[list[tuple[int, dict[str, Any]]], list[dict[str, Any]], Scalar]]:
    """Relations with their multipliers, squares, and what all of them add up to.

    In the ``sides`` of the goal stand factors that cancel in the target.
    """
    letters = parameters(ctx.atoms, [target, *values])
    usable = [k for k, value in enumerate(values) if value.over]
    seen = set()
    for sample in _samples(ctx, letters):
        chosen = _needed(bench, ctx, target, [known[k] for k in usable],
                         [values[k] for k in usable], sample)  # fmt: skip
        if chosen is None:
            return
        support = tuple(usable[j] for j in sorted(chosen))
        if support in seen:
            continue
        seen.add(support)
        found = _exactly(bench, ctx, target, support, known, values, letters, sides)
        if found is not None:
            yield found


def _samples(
    ctx: Context, letters: frozenset[int], most: int = SAMPLES
) -> Iterator[dict[int, Fraction]]:
    """Values of the letters with which all facts about them hold."""
    draw = random.Random(0)
    about = [
        (fact, signs) for fact, signs in ctx.known
        if _atoms(fact) and _atoms(fact) <= letters
    ]  # fmt: skip
    order, found = sorted(letters), 0
    whole = {a for a in order if ctx.names.get(str(ctx.atoms.rows[a].arguments[0])) == "integer"}
    for _ in range(MOST_TRIES):
        values = {
            a: Fraction(draw.randint(0, 9), 1 if a in whole else draw.choice([1, 1, 2, 3, 5, 8]))
            for a in order
        }
        if all(_sign(_at(fact, values)) in signs for fact, signs in about):
            yield values
            found += 1
            if found == most:
                return


def _atoms(value: Scalar) -> set[int]:
    below = {a for factor, _ in value.under for m, _ in factor for a, _ in m}
    return below | {a for m in value.over for a, _ in m}


def _sign(value: dict[Monomial, Fraction] | None) -> int | None:
    if value is None:
        return None
    number_ = value.get((), Fraction(0))
    return (number_ > 0) - (number_ < 0)


def _at(value: Scalar, sample: dict[int, Fraction]) -> dict[Monomial, Fraction] | None:
    """The value with numbers for letters; None where it is not defined."""
    below = Fraction(1)
    for factor, exponent in value.under:
        part = polynomial_at(dict(factor), sample).get((), Fraction(0))
        if not part:
            return None
        below *= part**exponent
    return {m: c / below for m, c in polynomial_at(value.over, sample).items()}


def _needed(
    bench: Bench,
    ctx: Context,
    target: Scalar,
    known: list[Candidate],
    values: list[Scalar],
    sample: dict[int, Fraction],
) -> dict[int, Fraction] | None:
    """The relations that are needed with these numbers, with their multipliers; None if they do
    not suffice."""
    from therefore.provers.functions.gram import Relation, find

    columns = [_at(value, sample) for value in (target, *values)]
    if columns[0] is None:
        return None
    vectors = sorted({a for c in columns if c for m in c for a in pairs_in(ctx, m)})
    relations, owners = [], []
    for k, column in enumerate(columns):
        if column is None or (k and (not column or column in columns[1:k])):
            continue
        linear: dict[Any, Fraction] = {}
        form = [[Fraction(0)] * len(vectors) for _ in vectors]
        for monomial, c in column.items():
            pair = pairs_in(ctx, monomial)
            if pair:
                i, j = (vectors.index(a) for a in pair)
                form[i][j] += c / 2
                form[j][i] += c / 2
            else:
                linear[monomial] = c
        relations.append(Relation(linear, form, not k or known[k - 1].kind != "="))
        owners.append(k)
    found = find(
        relations[0], relations[1:], bench.check_time,
        lambda: bench.deadline - time.monotonic(), bench.note, fewest=True,
    )  # fmt: skip
    if found is None:
        return None
    return {owners[j + 1] - 1: c for j, c in found.multipliers.items()}


def _exactly(
    bench: Bench,
    ctx: Context,
    target: Scalar,
    support: Sequence[int],
    known: Sequence[Candidate],
    values: list[Scalar],
    letters: frozenset[int],
    sides: Sequence[Scalar],
) -> tuple[list[tuple[int, dict[str, Any]]], list[dict[str, Any]], Scalar] | None:
    """Multipliers and squares with letters, for these relations."""
    domain = Field(ctx.atoms, [target, *sides, *(values[k] for k in support)])
    rest = domain.column(target)
    columns = [domain.column(values[k]) for k in support]
    multipliers = _solution(ctx, domain, rest, columns)
    if multipliers is None:
        chosen = [known[k] for k in support]

        def at(sample: dict[int, Fraction]) -> list[Fraction] | None:
            found = _needed(bench, ctx, target, chosen, [values[k] for k in support], sample)
            if found is None:
                return None
            return [found.get(j, Fraction(0)) for j in range(len(support))]

        about = (rest, *map(domain.column, sides), *columns)
        elements = [element for column in about for element in column.values()]
        samples = _samples(ctx, letters, MOST_SAMPLES)
        multipliers = fitted(ctx, domain, elements, samples, at)
    if multipliers is None:
        return None
    total = ZERO
    items = []
    for k, element, column in zip(support, multipliers, columns, strict=True):
        bench.check_time()
        if not element:
            continue
        for monomial, c in column.items():
            rest[monomial] = rest.get(monomial, domain.domain(0)) - element * c
        if known[k].kind == "=":
            times = scalar_term(ctx.atoms, domain.scalar(element))
            items.append((k, {"times": to_lists(times)}))
        else:
            found = signed(ctx, _factors(domain, element))
            if found is None:
                return None
            items.append((k, {"times": to_lists(found[0]), **found[1]}))
        total = total + domain.scalar(element) * values[k]
    rest = {m: c for m, c in rest.items() if c}
    if any(not pairs_in(ctx, m) for m in rest):
        return None
    squares = _squares(bench, ctx, domain, rest)
    if squares is None:
        return None
    return items, squares, total


def _solution(ctx: Context, domain: Field, target: Row, columns: list[Row]) -> list[Element] | None:
    """The multipliers for which the linear parts cancel, if there is one choice."""
    zero = domain.domain(0)
    keys = {m for row in (target, *columns) for m in row if not pairs_in(ctx, m)}
    rows = [[*(c.get(m, zero) for c in columns), target.get(m, zero)] for m in sorted(keys)]
    count, done = len(columns), 0
    for k in range(count):
        chosen = next((i for i in range(done, len(rows)) if rows[i][k]), None)
        if chosen is None:
            return None
        rows[done], rows[chosen] = rows[chosen], rows[done]
        lead = rows[done][k]
        rows[done] = [c / lead for c in rows[done]]
        for i, row in enumerate(rows):
            if i != done and row[k]:
                factor = row[k]
                rows[i] = [a - factor * b for a, b in zip(row, rows[done], strict=True)]
        done += 1
    if any(row[-1] for row in rows[done:]):
        return None
    return [row[-1] for row in rows[:count]]


def _factors(domain: Field, element: Element) -> Factors:
    """The element as a number and factors with exponents."""
    if not domain.of:
        return domain.scalar(element), []
    constant, parts = Fraction(1), []
    for poly, sign in ((element.numer, 1), (element.denom, -1)):
        content, factors = poly.factor_list()
        constant *= Fraction(int(content.numerator), int(content.denominator)) ** sign
        for factor, exponent in factors:
            over = domain.scalar(domain.domain(factor)).over
            if sum(over.values()) < 0:  # of both signs, the one that is positive at (1, 1, …)
                over = {m: -c for m, c in over.items()}
                constant *= (-1) ** exponent
            parts.append((over, sign * exponent))
    for k, (over, exponent) in enumerate(parts):
        if constant < 0 and exponent % 2 and not sum(over.values()):  # 1 − ημ for ημ − 1
            parts[k] = {m: -c for m, c in over.items()}, exponent
            constant = -constant
    return number(constant), parts


def _squares(bench: Bench, ctx: Context, domain: Field, form: Row) -> list[dict[str, Any]] | None:
    """The quadratic form as weighted squares, for some order of the vectors."""
    vectors = sorted({a for m in form for a in pairs_in(ctx, m)})
    if len(vectors) > MOST_VECTORS:
        return None
    half = domain.domain(1) / domain.domain(2)
    entries = {}
    for monomial, c in form.items():
        a, b = pairs_in(ctx, monomial)
        entries[a, b] = entries[b, a] = c if a == b else c * half
    for order in permutations(vectors):
        bench.check_time()
        items = _in_order(ctx, domain, entries, order)
        if items is not None:
            return items
    return None


def _in_order(
    ctx: Context, domain: Field, entries: dict[tuple[int, int], Element], order: Sequence[int]
) -> list[dict[str, Any]] | None:
    work, items = dict(entries), []
    for k, a in enumerate(order):
        weight = work.get((a, a))
        row = {b: work[a, b] for b in order[k:] if work.get((a, b))}
        if not weight:
            if row:
                return None
            continue
        found = signed(ctx, _factors(domain, weight))
        if found is None:
            return None
        times, more = found
        parts = {b: c / weight for b, c in row.items()}
        vector = Vector({b: domain.scalar(c) for b, c in parts.items()})
        square = to_lists(vector_term(ctx.atoms, vector, "1"))
        items.append({"square": square, "times": to_lists(times), **more})
        for b in row:
            for c in row:
                value = work.get((b, c), domain.domain(0)) - row[b] * parts[c]
                work[b, c] = value
        work = {pair: c for pair, c in work.items() if c}
    return items
