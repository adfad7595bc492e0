"""Numbers that the known equations determine, and equations of vectors coordinate by coordinate.

The equations are solved as linear ones in their monomials; a name that has one value then is
replaced by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import Matrix, Vector
from therefore.kernel.binders import is_number
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import Monomial, Polynomial, Scalar
from therefore.kernel.terms import close, mentions, open_binder, sort_of
from therefore.provers.attempt import Labelled, Proof, by_rewriting, with_steps
from therefore.provers.prover import RELATIONS, Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["BY_COORDINATES", "OF_NAMES"]

MOST_EQUATIONS = 40
LONGEST = 8


# ------------------------------------------------------------------- coordinate by coordinate


def _is_of_written_vectors(ctx: Context, goal: Term) -> bool:
    if goal[0] != "=":
        return False
    sort = sort_of(goal[1], ctx.names)
    return bool(sort[0] == "vector" and is_number(sort[1]) and int(sort[1]) <= LONGEST)


def _unit(size: int, place: int) -> Term:
    return ("vector", *("1" if k == place else "0" for k in range(size)))


def _prove_coordinates(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    if depth > 5 or not any(fact[0] == "=" for fact in ctx.facts.values()):
        return None
    size = int(sort_of(goal[1], ctx.names)[1])
    steps: list[Labelled] = []
    for place in range(size):
        unit = _unit(size, place)
        equation = ("=", ("inner", unit, goal[1]), ("inner", unit, goal[2]))
        shown = search.prove(ctx, equation, depth + 2)
        if shown is None:
            return None
        steps.append((f"coordinate{len(ctx.facts)}_{place}", equation, shown))
    proof = _by_units(steps)
    return proof if search.bench.works(ctx, goal, proof) else None


# ------------------------------------------------------------------- names with one value


@dataclass
class _Row:
    """A linear equation in monomials, and the multiples of known equations that it is."""

    value: dict[Monomial, Fraction]
    made_of: dict[int, Fraction]

    def less(self, other: _Row, factor: Fraction) -> None:
        _subtract(self.value, other.value, factor)
        _subtract(self.made_of, other.made_of, factor)


def _subtract(row: dict[Any, Fraction], other: dict[Any, Fraction], factor: Fraction) -> None:
    for key, value in other.items() if factor else ():
        row[key] = row.get(key, Fraction(0)) - factor * value
        if not row[key]:
            del row[key]


@dataclass(frozen=True)
class _Known:
    """A known equation of numbers: a fact, of vectors at a coordinate, and its value."""

    label: str
    unit: Term
    value: Polynomial


@dataclass(frozen=True)
class _Value:
    """A number that the equations determine, and the items that prove it."""

    value: Fraction
    items: list[dict[str, Any]]


def _is_relation(ctx: Context, goal: Term) -> bool:
    return goal[0] in RELATIONS


def _is_closed(ctx: Context, term: Term) -> bool:
    return not any(mentions(term, name) for name in ctx.names)


def _prove_with_values(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    if depth > 3 or any(label.startswith("determined") for label in ctx.facts):
        return None
    given = {f[1] for f in ctx.facts.values() if f[0] == "=" and _is_closed(ctx, f[2])}
    wanted = {name for name in ctx.names if name not in given and mentions(goal, name)}
    inner, steps, rest, rewrites = ctx.extended(), [], goal, []
    for fact, shown in _values(search, ctx) if wanted else ():
        if fact[1] in wanted and search.bench.works(ctx, fact, shown):
            label = f"determined{len(inner.facts)}"
            inner.assume(label, fact)
            steps.append((label, fact, shown))
            template = close(rest, fact[1])
            rewrites.append((label, fact, template))
            rest = open_binder(template, fact[2])
    search.bench.note("solving the known equations")
    proof = search.prove(inner, rest, depth + 1) if steps else None
    for label, fact, template in reversed(rewrites):
        proof = proof and by_rewriting(
            template, fact[1], fact[2], {"rule": "assumption", "fact": label}, proof
        )
    return with_steps(steps, proof)


def _values(search: Search, ctx: Context) -> Iterator[tuple[Term, Proof]]:
    """Equations of a real name, or of a vector of written-out size, with its value."""
    known = []
    for equation in _equations(ctx):
        search.bench.check_time()
        known.append(equation)
        if len(known) > MOST_EQUATIONS:
            return
    coordinates: dict[str, dict[int, _Value]] = {}
    for pivot, row in _reduced(ctx, known):
        if len(pivot) != 1 or pivot[0][1] != 1 or row.value.keys() - {pivot, ()}:
            continue
        items = [_item(known[k], -factor) for k, factor in row.made_of.items()]
        found = _Value(-row.value.get((), Fraction(0)), items)
        atom = ctx.atoms.rows[pivot[0][0]]
        if atom.head == "name" and ctx.names.get(str(atom.arguments[0])) == "real":
            fact = ("=", str(atom.arguments[0]), str(found.value))
            yield fact, {"rule": "combine", "items": items}
        elif atom.head == "inner":
            ends = [ctx.atoms.rows[end] for end in atom.arguments if isinstance(end, int)]
            ends.sort(key=lambda end: end.head != "basis")
            if [end.head for end in ends] == ["basis", "name"]:
                place = int(str(ends[0].arguments[0]))
                coordinates.setdefault(str(ends[1].arguments[0]), {})[place] = found
    for name, values in coordinates.items():
        sort = ctx.names.get(name, ("",))
        if sort[0] == "vector" and str(len(values)) == sort[1]:
            numbers = [values[k] for k in range(len(values))]
            yield (
                ("=", name, ("vector", *(str(one.value) for one in numbers))),
                _joined(ctx, name, numbers),
            )


def _item(known: _Known, factor: Fraction) -> dict[str, Any]:
    times = str(factor) if known.unit is None else ["*", str(factor), to_lists(known.unit)]
    return {"fact": known.label, "times": times}


def _joined(ctx: Context, name: str, values: list[_Value]) -> Proof:
    """An equation of vectors from those of its coordinates."""
    steps: list[Labelled] = []
    for place, one in enumerate(values):
        fact = ("=", ("inner", _unit(len(values), place), name), str(one.value))
        label = f"coordinate{len(ctx.facts)}_{place}"
        steps.append((label, fact, {"rule": "combine", "items": one.items}))
    return _by_units(steps)


def _by_units(steps: list[Labelled]) -> Proof:
    """An equation of vectors after those of all their coordinates."""
    items = [
        {"fact": label, "right": to_lists(_unit(len(steps), place))}
        for place, (label, _, _) in enumerate(steps)
    ]
    return with_steps(steps, {"rule": "combine", "items": items})


def _equations(ctx: Context) -> Iterator[_Known]:
    """The known equations of numbers, and of vectors by their coordinates."""
    for label, fact in ctx.facts.items():
        if fact[0] != "=":
            continue
        try:
            left, right = (ctx.normal.value(side) for side in fact[1:])
        except (Rejected, KeyError):
            continue
        if isinstance(left, Scalar) and isinstance(right, Scalar):
            gap = right - left
            if not gap.under:
                yield _Known(label, None, gap.over)
        elif isinstance(left, Vector) and not isinstance(left, Matrix):
            parts = (right - left).parts  # type: ignore[operator,union-attr]
            size = sort_of(fact[1], ctx.names)[1]
            if is_number(size) and int(size) <= LONGEST:
                for index, part in parts.items():
                    place = int(str(ctx.atoms.rows[index].arguments[0]))
                    if not part.under:
                        yield _Known(label, _unit(int(size), place), part.over)


def _reduced(ctx: Context, known: list[_Known]) -> list[tuple[Monomial, _Row]]:
    """Row reduction; a product is eliminated before a coordinate, and that before a name."""

    def rank(monomial: Monomial) -> tuple[int, int, Monomial]:
        degree = sum(exponent for _, exponent in monomial)
        return degree, max(ctx.atoms.rows[index].head != "name" for index, _ in monomial), monomial

    rows: list[tuple[Monomial, _Row]] = []
    for k, equation in enumerate(known):
        row = _Row(dict(equation.value), {k: Fraction(1)})
        for pivot, other in rows:
            row.less(other, row.value.get(pivot, Fraction(0)))
        if not row.value.keys() - {()}:
            continue
        pivot = max(row.value.keys() - {()}, key=rank)
        lead = row.value[pivot]
        row = _Row(
            {monomial: value / lead for monomial, value in row.value.items()},
            {place: value / lead for place, value in row.made_of.items()},
        )
        for _, other in rows:
            other.less(row, other.value.get(pivot, Fraction(0)))
        rows.append((pivot, row))
    return rows


BY_COORDINATES = Prover("coordinates", _is_of_written_vectors, _prove_coordinates)
OF_NAMES = Prover("determined names", _is_relation, _prove_with_values)
