"""Numbers that the known equations determine, and equations of vectors coordinate by coordinate.

The equations are solved as linear ones in their monomials; a name that has one value then is
replaced by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import Matrix, Vector
from therefore.kernel.binders import is_number
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import Monomial, Polynomial, Scalar
from therefore.kernel.terms import close, mentions, open_binder, sort_of
from therefore.provers.attempt import Proof
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
    steps: list[tuple[Term, Proof]] = []
    for place in range(size):
        unit = _unit(size, place)
        equation = ("=", ("inner", unit, goal[1]), ("inner", unit, goal[2]))
        shown = search.prove(ctx, equation, depth + 2)
        if shown is None:
            return None
        steps.append((equation, shown))
    labels = [f"coordinate{len(ctx.facts)}_{place}" for place in range(size)]
    items = [
        {"fact": label, "right": to_lists(_unit(size, place))}
        for place, label in enumerate(labels)
    ]
    proof: Proof = {"rule": "combine", "items": items}
    for label, (equation, shown) in zip(reversed(labels), reversed(steps), strict=True):
        proof = {
            "rule": "have", "fact": to_lists(equation), "as": label, "proof": shown,
            "then": proof,
        }  # fmt: skip
    return proof if search.bench.works(ctx, goal, proof) else None


# ------------------------------------------------------------------- names with one value


def _is_relation(ctx: Context, goal: Term) -> bool:
    plain = goal[0] == "=" and isinstance(goal[1], str) and _is_closed(ctx, goal[2])
    return goal[0] in RELATIONS and not plain


def _is_closed(ctx: Context, term: Term) -> bool:
    return not any(mentions(term, name) for name in ctx.names)


def _prove_with_values(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    if depth > 3 or any(label.startswith("determined") for label in ctx.facts):
        return None
    given = {f[1] for f in ctx.facts.values() if f[0] == "=" and _is_closed(ctx, f[2])}
    found = {
        name: value for name, value in _values(search, ctx).items()
        if name not in given and mentions(goal, name)
    }  # fmt: skip
    if not found:
        return None
    search.bench.note("solving the known equations")
    inner, steps = ctx.extended(), []
    for name, value in found.items():
        fact = ("=", name, value)
        shown = search.prove(ctx, fact, depth + 3)
        if shown is not None:
            label = f"determined{len(inner.facts)}"
            inner.assume(label, fact)
            steps.append((label, fact, shown))
    rewrites, rest = [], goal
    for label, fact, _ in steps:
        template = close(rest, fact[1])
        rewrites.append((label, fact, template))
        rest = open_binder(template, fact[2])
    proof = search.prove(inner, rest, depth + 1) if steps else None
    for label, fact, template in reversed(rewrites):
        proof = proof and {
            "rule": "rewrite", "template": to_lists(template), "from": fact[1],
            "to": to_lists(fact[2]), "equal": {"rule": "assumption", "fact": label},
            "then": proof,
        }  # fmt: skip
    for label, fact, shown in reversed(steps):
        proof = proof and {
            "rule": "have", "fact": to_lists(fact), "as": label, "proof": shown, "then": proof,
        }  # fmt: skip
    return proof


def _values(search: Search, ctx: Context) -> dict[str, Term]:
    """The values of real names, and of vectors of written-out size, that are determined."""
    equations: list[Polynomial] = []
    for equation in _equations(ctx):
        search.bench.check_time()
        equations.append(dict(equation.over))
        if len(equations) > MOST_EQUATIONS:
            return {}
    found: dict[str, Term] = {}
    coordinates: dict[str, dict[int, Fraction]] = {}
    for pivot, row in _reduced(ctx, equations):
        if len(pivot) != 1 or pivot[0][1] != 1 or row.keys() - {pivot, ()}:
            continue
        value, atom = -row.get((), Fraction(0)), ctx.atoms.rows[pivot[0][0]]
        if atom.head == "name":
            found[str(atom.arguments[0])] = str(value)
        elif atom.head == "inner":
            ends = [ctx.atoms.rows[end] for end in atom.arguments if isinstance(end, int)]
            ends.sort(key=lambda end: end.head != "basis")
            if [end.head for end in ends] == ["basis", "name"]:
                place = int(str(ends[0].arguments[0]))
                coordinates.setdefault(str(ends[1].arguments[0]), {})[place] = value
    for name, values in coordinates.items():
        if len(values) == int(ctx.names[name][1]):
            found[name] = ("vector", *(str(values[k]) for k in range(len(values))))
    return {name: value for name, value in found.items() if name in ctx.names}


def _equations(ctx: Context) -> Iterator[Scalar]:
    """The known equations of numbers, and of vectors by their coordinates."""
    for fact in ctx.facts.values():
        if fact[0] != "=":
            continue
        try:
            left, right = (ctx.normal.value(side) for side in fact[1:])
        except (Rejected, KeyError):
            continue
        if isinstance(left, Scalar) and isinstance(right, Scalar):
            yield right - left
        elif isinstance(left, Vector) and not isinstance(left, Matrix):
            parts = (right - left).parts  # type: ignore[operator]
            if all(ctx.atoms.rows[index].head == "basis" for index in parts):
                yield from parts.values()


def _reduced(
    ctx: Context, equations: list[Polynomial]
) -> list[tuple[Monomial, dict[Monomial, Fraction]]]:
    """Row reduction; a product is eliminated before a coordinate, and that before a name."""

    def rank(monomial: Monomial) -> tuple[int, int, Monomial]:
        degree = sum(exponent for _, exponent in monomial)
        return degree, max(ctx.atoms.rows[index].head != "name" for index, _ in monomial), monomial

    rows: list[tuple[Monomial, dict[Monomial, Fraction]]] = []
    for equation in equations:
        row = dict(equation)
        for pivot, other in rows:
            _subtract(row, other, row.get(pivot, Fraction(0)))
        if not row.keys() - {()}:
            continue
        pivot = max(row.keys() - {()}, key=rank)
        row = {monomial: value / row[pivot] for monomial, value in row.items()}
        for _, other in rows:
            _subtract(other, row, other.get(pivot, Fraction(0)))
        rows.append((pivot, row))
    return rows


def _subtract(
    row: dict[Monomial, Fraction], other: dict[Monomial, Fraction], factor: Fraction
) -> None:
    for monomial, value in other.items() if factor else ():
        row[monomial] = row.get(monomial, Fraction(0)) - factor * value
        if not row[monomial]:
            del row[monomial]


BY_COORDINATES = Prover("coordinates", _is_of_written_vectors, _prove_coordinates)
OF_NAMES = Prover("determined names", _is_relation, _prove_with_values)
