"""What the functions and maps of a class satisfy at every pair of points, and then at the goal's.

A class is said by its definition: convex, a Lipschitz gradient, strong convexity, a least value, a
Lipschitz map. What follows from it for any two points is proved here, once, as a fact:

* convex, L-smooth: f(u) ≥ f(v) + ⟨∇f(v), u − v⟩ + ‖∇f(u) − ∇f(v)‖²/(2L);
* m-strongly convex as well, m < L: the same of f − m/2·‖·‖², which is (L − m)-smooth;
* L-smooth alone: f(u) ≥ f(v) + ½⟨∇f(u) + ∇f(v), u − v⟩ + ‖∇f(u) − ∇f(v)‖²/(4L) − L/4·‖u − v‖²;
* ∇f(p) = 0 where an L-smooth f is least at p;
* ‖a‖² ≤ b² where ‖a‖ ≤ b is known for all points.

What is given for each number of a short range, and for all points, is taken at each number. With
these facts relations are added up at the goal's points (see ``at_points`` and ``multipliers``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import Vector
from therefore.kernel.axioms import AXIOMS, convex
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import close, mentions, open_binder, sort_of, substitute
from therefore.provers.attempt import Proof
from therefore.provers.bench import Bench, Source
from therefore.provers.building.candidates import candidate_at
from therefore.provers.building.instances import LONGEST_RANGE
from therefore.provers.building.matching import is_open, match_formula
from therefore.provers.building.opened import opened_sources, with_holes
from therefore.provers.building.terms import subterms
from therefore.provers.functions import at_points, multipliers
from therefore.provers.functions.at_points import points
from therefore.provers.functions.quadratic_bound import bound_from_below
from therefore.provers.prover import Prover
from therefore.provers.relations.squaring import from_squares, squares_of

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]

LABEL = "of_class"
DEEPEST = 3
MOST_FACTS = 40
MOST_PLACES = 9
_BOUND = Source("axiom:quadratic_bound", AXIOMS["quadratic_bound"])
_TANGENT = Source("axiom:first_order_condition", AXIOMS["first_order_condition"])


def _accepts(ctx: Context, goal: Term) -> bool:
    if goal[0] not in ("<=", "<"):
        return False
    if any(label.endswith("_ih") or label.startswith(LABEL) for label in ctx.facts):
        return False
    if any(term[0] == "sum" for term in subterms(goal)):
        return False
    return any(_is_about_all(fact) for fact in ctx.facts.values())


def _is_about_all(fact: Term) -> bool:
    """Whether the fact is for all vectors, perhaps for each number of a range besides."""
    while fact[0] in ("forall", "implies"):
        if fact[0] == "forall" and fact[1][0] == "vector":
            return True
        fact = fact[2]
    return False


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    if depth > DEEPEST:
        return None
    found = _Facts(search.bench, ctx.extended())
    _without_end(found, goal)
    for way in (_at_numbers, _smooth_functions, _slopes_of_lipschitz, _squares):
        way(found)
    _at_places(found, goal)
    if found.steps:
        search.bench.note("what holds at all pairs of points")
        proof = _added_up(search, found.ctx, goal, depth)
        if proof is not None:
            return found.before(proof)
    if not _of_lengths(found.ctx, goal):
        return None
    search.bench.note("the squares of both sides, at the goal's points")
    shown = _added_up(search, found.ctx, squares_of(goal[1], goal[2]), depth)
    return shown and found.before(from_squares(goal[1], goal[2], shown))


def _added_up(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    for prover in (multipliers.PROVER, at_points.PROVER):
        if prover.accepts(ctx, goal):
            proof = prover.prove(search, ctx, goal, depth)
            if proof is not None:
                return proof
    return None


def _of_lengths(ctx: Context, goal: Term) -> bool:
    """Whether the goal is a ≤ b, of lengths that are not squared, with b seen to be at least 0."""
    plain = any(term[0] == "norm" for side in goal[1:] for term in _outside_squares(side))
    return bool(goal[0] == "<=" and plain and ctx.holds(("<=", "0", goal[2])))


def _outside_squares(term: Term) -> Iterator[Term]:
    if isinstance(term, tuple) and term[0] != "^":
        yield term
        for part in term[1:]:
            yield from _outside_squares(part)


@dataclass
class _Facts:
    """Facts proved one after the other, each with those before it."""

    bench: Bench
    ctx: Context
    steps: list[dict[str, Any]] = field(default_factory=list)

    def add(self, formula: Term, proof: Proof) -> bool:
        """Enter the formula, if its proof holds."""
        if formula in self.ctx.facts.values() or len(self.steps) >= MOST_FACTS:
            return False
        if not self.bench.works(self.ctx, formula, proof):
            return False
        step = {"rule": "have", "fact": to_lists(formula), "proof": proof}
        self._enter(step, formula)
        return True

    def use(self, label: str, value: Term) -> None:
        """Enter what a fact for all values of one sort says of a value."""
        step = {"rule": "use", "fact": label, "with": [to_lists(value)]}
        formula = self.bench.checker.instance(self.ctx, self.ctx.facts[label], step)
        if formula not in self.ctx.facts.values():
            self._enter(step, formula)

    def _enter(self, step: dict[str, Any], formula: Term) -> None:
        label = f"{LABEL}{len(self.steps) + 1}"
        self.ctx.assume(label, formula)
        self.steps.append({**step, "as": label})

    def before(self, proof: Proof) -> Proof:
        """The proof after those of these steps that it cites, or that they cite."""
        for step in reversed(self.steps):
            if _cites(proof, step["as"]):
                proof = {**step, "then": proof}
        return proof


def _cites(proof: Any, label: str) -> bool:
    if isinstance(proof, dict):
        return proof.get("fact") == label or any(_cites(part, label) for part in proof.values())
    return isinstance(proof, list) and any(_cites(part, label) for part in proof)


# --- ranges of numbers ---------------------------------------------------------------------


def _at_numbers(found: _Facts) -> None:
    """What is given for each number of a short range and for all points, at each number."""
    for label, fact in list(found.ctx.facts.items()):
        if fact[:2] != ("forall", "integer") or not _is_about_all(fact):
            continue
        ends = _short_range(found.ctx, fact)
        if ends is None:
            continue
        first, last = ends
        for k in range(first, last + 1):
            try:
                found.use(label, str(k))
            except Rejected:
                continue


def _without_end(found: _Facts, goal: Term) -> None:
    """What is given for all numbers from one on, at those up to the last index of the goal."""
    ctx = found.ctx
    last = max(_indices(ctx, goal), default=-1)
    for label, fact in list(ctx.facts.items()):
        if fact[:2] != ("forall", "integer") or fact[2][0] != "implies":
            continue
        premise, body = fact[2][1:]
        if premise[:1] != ("<=",) or premise[2] != "#0" or body[0] not in ("=", "forall"):
            continue
        first = ctx.normal.scalar(premise[1]).constant()
        if first is None or last - first > LONGEST_RANGE:
            continue
        for k in range(int(first), last):
            try:
                found.use(label, str(k))
            except Rejected:
                continue


def _indices(ctx: Context, goal: Term) -> Iterator[int]:
    """The numbers that are indices of sequences in a goal."""
    for term in subterms(goal):
        if term[0] == "app" and len(term) == 3 and not is_open(term[2]):
            try:
                if sort_of(term[2], ctx.names) != "integer":
                    continue
                value = ctx.normal.scalar(term[2]).constant()
            except (Rejected, KeyError, ValueError):
                continue
            if value is not None and value.denominator == 1:
                yield int(value)


def _short_range(ctx: Context, fact: Term) -> tuple[int, int] | None:
    """The first and the last number of which a fact for whole numbers speaks, if they are few."""
    premises, body = [], fact[2]
    while body[0] == "implies":
        premises.append(body[1])
        body = body[2]
    try:
        low = [ctx.normal.scalar(p[1]) for p in premises if p[0] == "<=" and p[2] == "#0"]
        high = [ctx.normal.scalar(p[2]) for p in premises if p[0] == "<=" and p[1] == "#0"]
    except (Rejected, KeyError):
        return None
    if len(low) != 1 or len(high) != 1 or len(premises) != 2:
        return None
    first, last = low[0].constant(), high[0].constant()
    if first is None or last is None or last - first > LONGEST_RANGE:
        return None
    return int(first), int(last)


def _at_places(found: _Facts, goal: Term) -> None:
    """What is known for all points, such as a tangent below a function, where it is of use.

    That is at the points of the goal, of the steps of the method, and of which such facts speak.
    """
    ctx = found.ctx
    facts = {
        label: fact for label, fact in ctx.facts.items()
        if fact[0] == "forall" and fact[1][0] == "vector" and fact[2][0] in ("<=", "<")
    }  # fmt: skip
    places: list[tuple[Vector, Term]] = []
    for formula in (goal, *_steps(ctx), *facts.values()):
        for term in points(ctx, formula):
            value = ctx.normal.vector(term)
            if all(not ctx.atoms.is_zero(value - other) for other, _ in places):
                places.append((value, term))
    for label, fact in facts.items():
        for _, place in places[:MOST_PLACES]:
            found.bench.check_time()
            if ("vector", _size(ctx, place)) == fact[1]:
                found.use(label, place)


def _size(ctx: Context, place: Term) -> Term:
    sort: Term = sort_of(place, ctx.names)
    return sort[1]


def _steps(ctx: Context) -> Iterator[Term]:
    """The recurrences of vectors that hold at numbers of a short range, at each of them."""
    for fact in list(ctx.facts.values()):
        if fact[:2] != ("forall", "integer"):
            continue
        body = fact[2]
        while body[0] == "implies":
            body = body[2]
        ends = _short_range(ctx, fact)
        if body[0] == "=" and ends is not None:
            for k in range(ends[0], ends[1] + 1):
                yield open_binder(body, str(k))


# --- smooth functions ----------------------------------------------------------------------


@dataclass(frozen=True)
class _Smooth:
    """A function with a Lipschitz gradient, and two points."""

    name: str
    size: Term
    constant: Term
    fact: Term
    values: dict[str, Term]
    u: str
    v: str

    def at(self, point: Term) -> Term:
        return ("app", self.name, point)

    def slope(self, point: Term) -> Term:
        return ("gradient", self.name, point)

    def everywhere(self, relation: Term) -> Term:
        """The relation for all u and v."""
        for name in (self.v, self.u):
            relation = ("forall", ("vector", self.size), close(relation, name))
        return relation


def _smooth_functions(found: _Facts) -> None:
    for one in list(_smooth(found.ctx)):
        if not found.ctx.holds(("<", "0", one.constant)):
            continue
        inner = found.ctx.extended()
        for name in (one.u, one.v):
            inner.declare(name, ("vector", one.size))
        strengths = list(_strengths(inner, one))
        if strengths:
            for fact, strength in strengths:
                _strongly_convex(found, inner, one, fact, strength)
        elif convex(one.name, one.size) in found.ctx.facts.values():
            _convex(found, inner, one)
        else:
            _neither(found, inner, one)
        for label, fact in list(found.ctx.facts.items()):
            _least(found, one, label, fact)


def _smooth(ctx: Context) -> Iterator[_Smooth]:
    opened = next(opened_sources(ctx, _BOUND, 1))
    size, function, constant = opened.order[:3]
    for known in list(ctx.facts.values()):
        if known[0] != "differentiable" or not isinstance(known[1], str):
            continue
        space = ctx.names[known[1]][1][0]
        if space[0] != "vector":
            continue
        start = {size: space[1], function: known[1]}
        for fact in list(ctx.facts.values()):
            values = match_formula(opened.premises[1], fact, {constant: "real"}, start)
            if values is not None and constant in values:
                u, v = ctx.fresh("u"), ctx.fresh("v")
                yield _Smooth(known[1], space[1], values[constant], fact, values, u, v)
                break


def _item(found: _Facts, ctx: Context, source: Source, values: list[Term]) -> dict[str, Any]:
    """The item of an axiom at values. Raises ``Rejected`` if its premises are not seen."""
    opened = next(opened_sources(ctx, source, 1))
    made = candidate_at(found.bench, ctx, opened, dict(zip(opened.order, values, strict=True)))
    if made is None:
        raise Rejected("CONDITION", source.reference)
    return made.item


def _above(found: _Facts, ctx: Context, one: _Smooth, x: Term, y: Term) -> dict[str, Any]:
    """f(y) ≤ f(x) + ⟨∇f(x), y − x⟩ + L/2·‖y − x‖²."""
    return _item(found, ctx, _BOUND, [one.size, one.name, one.constant, x, y])


def _two_points(found: _Facts, one: _Smooth, relation: Term, items: list[dict[str, Any]]) -> None:
    proof: Proof = {
        "rule": "intro", "names": [one.u, one.v], "then": {"rule": "combine", "items": items},
    }  # fmt: skip
    found.add(one.everywhere(relation), proof)


def _minus(left: Term, right: Term) -> Term:
    return ("+", left, ("-", right))


def _square(vector: Term) -> Term:
    return ("^", ("norm", vector), "2")


def _convex(found: _Facts, ctx: Context, one: _Smooth) -> None:
    """By the tangent at v and the bound from u, both at z = u − (∇f(u) − ∇f(v))/L."""
    u, v, L = one.u, one.v, one.constant
    apart = _minus(one.slope(u), one.slope(v))
    third = _minus(u, ("*", ("/", "1", L), apart))
    below = (
        "+", one.at(v), ("inner", one.slope(v), _minus(u, v)),
        ("*", ("/", "1", ("*", "2", L)), _square(apart)),
    )  # fmt: skip
    items = [
        _item(found, ctx, _TANGENT, [one.size, one.name, v, third]),
        _above(found, ctx, one, u, third),
    ]
    _two_points(found, one, ("<=", below, one.at(u)), items)


def _neither(found: _Facts, ctx: Context, one: _Smooth) -> None:
    """By both bounds, from u and from v, at z = (u + v)/2 − (∇f(u) − ∇f(v))/(2L)."""
    u, v, L = one.u, one.v, one.constant
    apart = _minus(one.slope(u), one.slope(v))
    third = _minus(("*", "1/2", ("+", u, v)), ("*", ("/", "1", ("*", "2", L)), apart))
    below = (
        "+", one.at(v), ("*", "1/2", ("inner", ("+", one.slope(u), one.slope(v)), _minus(u, v))),
        ("*", ("/", "1", ("*", "4", L)), _square(apart)),
        ("-", ("*", ("/", L, "4"), _square(_minus(u, v)))),
    )  # fmt: skip
    under = bound_from_below(ctx, one.name, one.size, L, one.fact, (v, third)).item
    _two_points(found, one, ("<=", below, one.at(u)), [under, _above(found, ctx, one, u, third)])


def _strongly_convex(
    found: _Facts, ctx: Context, one: _Smooth, label: str, strength: Term
) -> None:
    """As for convex functions, at z = (L·u − m·v − (∇f(u) − ∇f(v)))/(L − m)."""
    u, v, L, m = one.u, one.v, one.constant, strength
    if not ctx.holds(("<", m, L)):
        return
    room = _minus(L, m)
    apart, gap = _minus(one.slope(u), one.slope(v)), _minus(u, v)
    over = ("/", "1", room)
    third = (
        "+", ("*", over, L, u), ("-", ("*", over, m, v)), ("-", ("*", over, apart)),
    )  # fmt: skip
    below = (
        "+", one.at(v), ("inner", one.slope(v), gap), ("*", ("/", m, "2"), _square(gap)),
        ("*", ("/", "1", ("*", "2", room)), _square(_minus(apart, ("*", m, gap)))),
    )  # fmt: skip
    items = [{"fact": label, "with": to_lists((v, third))}, _above(found, ctx, one, u, third)]
    _two_points(found, one, ("<=", below, one.at(u)), items)


def _strengths(ctx: Context, one: _Smooth) -> Iterator[tuple[str, Term]]:
    """Facts f(y) + ⟨∇f(y), z − y⟩ + m/2·‖z − y‖² ≤ f(z) for all y and z, each with its m."""
    vector = ("vector", one.size)
    for label, fact in list(ctx.facts.items()):
        if fact[:2] != ("forall", vector) or fact[2][:2] != ("forall", vector):
            continue
        relation = open_binder(open_binder(fact[2], one.v)[2], one.u)
        if relation[0] != "<=" or not mentions(relation, one.name):
            continue
        gap = _minus(one.u, one.v)
        tangent = ("+", one.at(one.v), ("inner", one.slope(one.v), gap))
        for half in _factors_of_square(relation, (one.u, one.v)):
            wanted = _minus(one.at(one.u), ("+", tangent, ("*", half, _square(gap))))
            try:
                if ctx.equal(_minus(relation[2], relation[1]), wanted):
                    yield label, ("*", "2", half)
                    break
            except (Rejected, KeyError):
                continue


def _factors_of_square(relation: Term, points: tuple[str, str]) -> Iterator[Term]:
    """What stands before the square of a norm, and does not speak of the points."""
    for term in subterms(relation):
        if term[0] == "*":
            rest = tuple(p for p in term[1:] if not any(mentions(p, name) for name in points))
            if 0 < len(rest) == len(term) - 2:
                yield rest[0] if len(rest) == 1 else ("*", *rest)
        elif term[0] == "/" and not any(mentions(term[2], name) for name in points):
            yield ("/", "1", term[2])
    yield "1"


def _least(found: _Facts, one: _Smooth, label: str, fact: Term) -> None:
    """∇f(p) = 0 where f(p) ≤ f(y) for all y: at y = p − ∇f(p)/L the bound is below f(p) else."""
    if fact[:2] != ("forall", ("vector", one.size)) or fact[2][0] != "<=":
        return
    least, value = fact[2][1:]
    if value != one.at("#0") or least[0] != "app" or least != one.at(least[2]):
        return
    point: Term = least[2]
    if any(isinstance(part, str) and part.startswith("#") for part in (point, *_leaves(point))):
        return
    slope, L = one.slope(point), one.constant
    step = _minus(point, ("*", ("/", "1", L), slope))
    flat = ("<=", ("inner", slope, slope), "0")
    try:
        bound = _above(found, found.ctx, one, point, step)
    except Rejected:
        return
    twice = to_lists(("*", "2", L))
    items = [{"fact": label, "with": to_lists((step,)), "times": twice}, {**bound, "times": twice}]
    none: Proof = {
        "rule": "have", "fact": to_lists(flat), "as": "flat",
        "proof": {"rule": "combine", "items": items},
        "then": {
            "rule": "use", "fact": "axiom:zero_vector", "with": to_lists((one.size, slope)),
            "as": "none", "then": {"rule": "assumption", "fact": "none"},
        },
    }  # fmt: skip
    found.add(("=", slope, ("zero", one.size)), none)


def _leaves(term: Term) -> Iterator[str]:
    if isinstance(term, str):
        yield term
    else:
        for part in term:
            yield from _leaves(part)


def _slopes_of_lipschitz(found: _Facts) -> None:
    """‖g‖ ≤ M where the tangent f(x) + ⟨g, y − x⟩ lies below an M-Lipschitz f: at y = x + g."""
    for label, fact in list(found.ctx.facts.items()):
        tangent = _tangent(fact)
        if tangent is None:
            continue
        name, point, slope = tangent
        for other, bound in list(found.ctx.facts.items()):
            constant = _lipschitz(found.ctx, bound, name)
            if constant is None or not found.ctx.holds(("<=", "0", constant)):
                continue
            there, length = ("+", point, slope), ("norm", slope)
            apart = ("+", ("app", name, there), ("-", ("app", name, point)))
            flat = ("<=", ("^", length, "2"), ("*", constant, length))
            within: Proof = {
                "rule": "combine", "items": [
                    {"fact": label, "with": [to_lists(there)]},
                    {"fact": other, "with": [to_lists(there), to_lists(point)]},
                    {"fact": "plain"},
                ],
            }  # fmt: skip
            more = _minus(length, constant)
            then: Proof = {
                "rule": "suppose", "as": "steeper", "then": {"rule": "combine", "items": [
                    {"fact": "flat"},
                    {"fact": "steeper", "times": to_lists(more)},
                    {"fact": "steeper", "times": to_lists(constant)},
                ]},
            }  # fmt: skip
            then = {
                "rule": "have", "fact": to_lists(flat), "as": "flat", "proof": within,
                "then": then,
            }  # fmt: skip
            found.add(("<=", length, constant), {
                "rule": "have", "fact": to_lists(("<=", apart, ("abs", apart))), "as": "plain",
                "proof": _at_most_absolute(apart), "then": then,
            })  # fmt: skip


def _at_most_absolute(value: Term) -> Proof:
    """a ≤ |a|: if |a| < a, then 0 < (a − |a|)² = −2|a|·(a − |a|) ≤ 0."""
    size: Term = ("abs", value)
    return {
        "rule": "suppose", "as": "beyond", "then": {"rule": "combine", "items": [
            {"fact": "beyond", "times": to_lists(_minus(value, size))},
            {"fact": "beyond", "times": to_lists(("*", "2", size))},
        ]},
    }  # fmt: skip


def _tangent(fact: Term) -> tuple[str, Term, Term] | None:
    """``(f, x, g)`` if the fact says f(x) + ⟨g, y − x⟩ ≤ f(y) for all y."""
    if fact[0] != "forall" or fact[1][0] != "vector" or fact[2][0] != "<=":
        return None
    low, value = fact[2][1:]
    if value[0] != "app" or value[2:] != ("#0",) or low[0] != "+" or len(low) != 3:
        return None
    for here, along in (low[1:], low[:0:-1]):
        if here[:2] == ("app", value[1]) and along[0] == "inner" and not is_open(here[2]):
            gap = ("+", "#0", ("-", here[2]))
            for slope, other in (along[1:], along[:0:-1]):
                if other == gap and not is_open(slope):
                    return value[1], here[2], slope
    return None


def _lipschitz(ctx: Context, fact: Term, name: str) -> Term | None:
    """M if the fact says |f(x) − f(y)| ≤ M·‖x − y‖ for all x and y."""
    pattern: Term = ("<=", ("abs", _minus(("app", name, "#1"), ("app", name, "#0"))),
                     ("*", "Constant", ("norm", _minus("#1", "#0"))))  # fmt: skip
    if fact[0] != "forall" or fact[2][0] != "forall":
        return None
    values = match_formula(pattern, fact[2][2], {"Constant": "real"}, {})
    return None if values is None else values.get("Constant")


# --- norms ---------------------------------------------------------------------------------


def _squares(found: _Facts) -> None:
    """‖a‖² ≤ b² where ‖a‖ ≤ b is known for all points, or at none."""
    known = [one.fact for one in _smooth(found.ctx)]  # of these more is known
    for label, fact in list(found.ctx.facts.items()):
        if fact in known:
            continue
        for opened in with_holes(found.ctx, Source(label, fact), ()):
            low, high = opened.relation[1:] if opened.relation[0] == "<=" else ("", "")
            plain = not opened.premises and all(s[0] == "vector" for _, s in opened.holes)
            if not plain or low[:1] != ("norm",):
                continue
            inner, values = found.ctx.extended(), {}
            for (hole, sort), wish in zip(opened.holes, "uv", strict=False):
                values[hole] = inner.fresh(wish)
                inner.declare(values[hole], sort)
            if len(values) < len(opened.holes):
                continue
            low, high = substitute(low, values), substitute(high, values)
            if not inner.holds(("<=", "0", high)):
                continue
            squares = squares_of(low, high)
            names = list(values.values())
            item: dict[str, Any] = {"fact": label, "times": to_lists(("+", high, low))}
            if names:
                item["with"] = names
            proof: Proof = {"rule": "combine", "items": [item]}
            for name, (_, sort) in zip(reversed(names), reversed(opened.holes), strict=True):
                squares = ("forall", sort, close(squares, name))
            if names:
                proof = {"rule": "intro", "names": names, "then": proof}
            found.add(squares, proof)


PROVER = Prover("what holds at all pairs of points", _accepts, _prove)
