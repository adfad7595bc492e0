"""Tactics of analysis: derivatives, limits, convexity, and what follows from zero products."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import Vector
from therefore.kernel.axioms import convex
from therefore.kernel.context import Context
from therefore.kernel.differential import differential
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import Scalar
from therefore.kernel.terms import close, mentions, open_binder, sort_of, substitute
from therefore.provers.attempt import Proof
from therefore.provers.candidates import subterms
from therefore.provers.matching import is_open
from therefore.provers.field import Field
from therefore.provers.unnormal import scalar_term

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = [
    "prove_by_convexity",
    "prove_by_nonzero_factor",
    "prove_derivative",
    "prove_limit",
]


# ------------------------------------------------------------------ derivatives


def prove_derivative(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """u′(a) = v by structure; where |·| has its kink, by a continuous difference quotient."""
    if goal[0] == "=" and isinstance(goal[1], tuple) and goal[1][0] == "derivative":
        inner = ("has_derivative", *goal[1][1:], goal[2])
        proof = _has_derivative(search, ctx, inner, depth)
        return proof and {"rule": "slope", "proof": proof}
    if goal[0] == "has_derivative":
        return _has_derivative(search, ctx, goal, depth)
    if goal[0] in ("=", "<=", "<", "!="):
        return _replace_derivatives(search, ctx, goal, depth)
    return None


def _has_derivative(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    search.bench.note("the derivative by structure")
    for proof in _structural(search, ctx, goal, depth):
        return proof
    body, point, _ = goal[1:]
    zero = next(
        (label for label, f in ctx.facts.items() if f == ("=", point, "0")), None
    )
    if zero is not None and isinstance(point, str):
        return _at_zero(search, ctx, goal, point, zero, depth)
    if point == "0":
        return _by_quotient(search, ctx, goal, depth)
    if depth > 3:
        return None
    kinks = [
        open_binder(t[1], point) for t in subterms(body) if t[0] == "abs" and _only_bound(t[1])
    ]
    for kink in dict.fromkeys(kinks):
        label = f"sign{len(ctx.facts)}"
        proof: Proof = {"rule": "cases", "on": [to_lists(kink), "0"], "as": label}
        facts = (("<", kink, "0"), ("=", kink, "0"), ("<", "0", kink))
        for branch, fact in zip(("less", "equal", "greater"), facts, strict=True):
            inner = ctx.extended()
            inner.assume(label, fact)
            found = _has_derivative(search, inner, goal, depth + 4)
            if found is None:
                break
            proof[branch] = found
        else:
            return proof
    return None


def _only_bound(term: Term) -> bool:
    """Whether #0 is the only bound variable in the term."""
    if isinstance(term, str):
        return term[0] != "#" or term == "#0"
    return all(_only_bound(part) for part in term)


def _structural(search: Search, ctx: Context, goal: Term, depth: int) -> list[Proof]:
    body, point, value = goal[1:]
    name = ctx.fresh("y")
    try:
        names = {**ctx.names, name: "real"}
        change = differential(names, open_binder(body, name), name, "1")
        wanted = ("=", value, substitute(change, {name: point}))
        inside: Proof = {"rule": "differentiate", "name": name, "value": {"rule": "combine"}}
        if search.bench.works(ctx, goal, inside):
            return [inside]
        if depth > 5:
            return []
        found = search.prove(ctx, wanted, depth + 4)
        inside["value"] = found
        return [inside] if found and search.bench.works(ctx, goal, inside) else []
    except Rejected:
        return []


def _at_zero(
    search: Search, ctx: Context, goal: Term, point: str, label: str, depth: int
) -> Proof | None:
    """Write 0 for a point that is zero, everywhere in the goal."""
    template = close(goal, point)
    then = _by_quotient(search, ctx, open_binder(template, "0"), depth)
    return then and {
        "rule": "rewrite", "template": to_lists(template), "from": point, "to": "0",
        "equal": {"rule": "assumption", "fact": label}, "then": then,
    }  # fmt: skip


def _by_quotient(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """(u(x) − u(a))/(x − a) in a form that is continuous at a, found by exact division."""
    search.bench.note("the derivative by a difference quotient")
    body, point, _ = goal[1:]
    inner = ctx.extended()
    name = inner.fresh("y")
    inner.declare(name, "real")
    rise = inner.normal.scalar(
        ("+", open_binder(body, name), ("-", open_binder(body, point)))
    )
    run = inner.normal.scalar(("+", name, ("-", point)))
    for quotient in _quotients(inner, rise, run):
        term = close(scalar_term(ctx.atoms, quotient), name)
        proof: Proof = {
            "rule": "quotient", "name": name, "quotient": to_lists(term),
            "identity": {"rule": "combine"}, "value": {"rule": "combine"},
        }  # fmt: skip
        if search.bench.works(ctx, goal, proof):
            return proof
    return None


def _quotients(ctx: Context, rise: Scalar, run: Scalar) -> list[Scalar]:
    """Exact quotients of the numerator by the run, in the polynomial ring of the atoms."""
    from fractions import Fraction

    from sympy import QQ, ring

    used = sorted({a for p in (rise.over, run.over) for m in p for a, _ in m})
    symbols, *generators = ring([f"p{a}" for a in used], QQ) if used else (None,)
    if symbols is None or run.under:
        return []

    def to_ring(poly: Any) -> Any:
        total = symbols.zero
        for monomial, coefficient in poly.items():
            term = symbols.one * QQ(coefficient.numerator, coefficient.denominator)
            for index, exponent in monomial:
                term = term * generators[used.index(index)] ** exponent
            total = total + term
        return total

    (quotient,), rest = to_ring(rise.over).div([to_ring(run.over)])
    if rest:
        return []
    over = {
        tuple((used[k], e) for k, e in enumerate(exponents) if e): Fraction(
            int(c.numerator), int(c.denominator)
        )
        for exponents, c in quotient.terms()
    }
    return [Scalar(over, rise.under)]


def _replace_derivatives(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """Write for a derivative inside the goal what a lemma says it is."""
    terms = [t for t in subterms(goal) if t[0] == "derivative" and not _has_free_bound(t)]
    for term in dict.fromkeys(terms):
        for source in search.bench.sources:
            formula, names = source.formula, []
            while formula[0] == "forall":
                names.append(formula[1])
                formula = open_binder(formula[2], f"Hole{len(names)}")
            if formula[0] != "=" or formula[1][0] != "derivative" or names != ["real"]:
                continue
            pattern = formula[1]
            if pattern[1] != term[1] or pattern[2] != "Hole1":
                continue
            value = substitute(formula[2], {"Hole1": term[2]})
            template = _replaced(goal, term)
            then = search.prove(ctx, open_binder(template, value), depth + 1)
            if then is not None:
                cited: Proof = {
                    "rule": "use", "fact": source.reference, "with": [to_lists(term[2])],
                    "as": "cited", "then": {"rule": "assumption", "fact": "cited"},
                }  # fmt: skip
                return {
                    "rule": "rewrite", "template": to_lists(template), "from": to_lists(term),
                    "to": to_lists(value), "equal": cited, "then": then,
                }  # fmt: skip
        found = _work_out(search, ctx, goal, term, depth)
        if found is not None:
            return found
    return None


def _work_out(
    search: Search, ctx: Context, goal: Term, term: Term, depth: int
) -> Proof | None:
    """Write for a derivative inside the goal what its structure gives, where this is defined."""
    _, body, point = term
    name = ctx.fresh("y")
    try:
        change = differential({**ctx.names, name: "real"}, open_binder(body, name), name, "1")
        value = scalar_term(ctx.atoms, ctx.normal.scalar(substitute(change, {name: point})))
    except Rejected:
        return None
    inside: Proof = {"rule": "differentiate", "name": name, "value": {"rule": "combine"}}
    if not search.bench.works(ctx, ("has_derivative", body, point, value), inside):
        return None
    template = _replaced(goal, term)
    then = search.prove(ctx, open_binder(template, value), depth + 1)
    return then and {
        "rule": "rewrite", "template": to_lists(template), "from": to_lists(term),
        "to": to_lists(value), "equal": {"rule": "slope", "proof": inside}, "then": then,
    }  # fmt: skip


def _replaced(term: Term, old: Term) -> Term:
    return close(_named(term, old), "Hole")


def _named(term: Term, old: Term) -> Term:
    if term == old:
        return "Hole"
    return term if isinstance(term, str) else tuple(_named(part, old) for part in term)


def _has_free_bound(term: Term) -> bool:
    """Whether a term in a derivative's place refers to a binder around it."""
    return any(mentions(term[2], f"#{k}") for k in range(4)) or mentions(term[1], "#1")


# ------------------------------------------------------------------ limits


def prove_limit(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """A limit at infinity by a bound C/|x| on the distance from it."""
    if goal[0] != "tends":
        return None
    body, place, limit = goal[1:]
    for start in ("1", "2"):
        for bound in ("1", "2", "4", "10"):
            search.bench.note(f"the distance from the limit is at most {bound}/|x|")
            inner = ctx.extended()
            name = inner.fresh("x")
            inner.declare(name, "real")
            distance = name if place == "+oo" else ("-", name)
            inner.assume("far", ("<=", start, distance))
            error = ("*", ("+", open_binder(body, name), ("-", limit)), distance)
            upper = search.prove(inner, ("<=", error, bound), depth + 4)
            lower = upper and search.prove(inner, ("<=", ("-", bound), error), depth + 4)
            if upper and lower:
                return {
                    "rule": "dominated", "name": name, "from": start, "bound": bound,
                    "upper": upper, "lower": lower,
                }  # fmt: skip
    return None


# ------------------------------------------------------------------ convexity


def prove_by_convexity(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """Use f(a·x + (1 − a)·y) ≤ … where an argument of f in the goal is such a mean of others."""
    if goal[0] not in ("<=", "<") or depth > 6:
        return None
    for label, fact in ctx.facts.items():
        function = _convex_function(ctx, fact)
        if function is None:
            continue
        points = _points(ctx, goal, function)
        for mean, x, y in permutations(points, 3):
            weight = _weight(ctx, mean, x, y)
            if weight is None:
                continue
            instance: Proof = {
                "rule": "use", "fact": label, "as": f"convex{len(ctx.facts)}",
                "with": to_lists((x, y, weight)), "conditions": [],
            }  # fmt: skip
            inner = ctx.extended()
            try:
                formula = search.bench.checker.instance(ctx, fact, instance)
            except Rejected:
                continue
            inner.assume(instance["as"], formula)
            then = search.prove(inner, goal, 8)
            if then is not None:
                return {**instance, "then": then}
    return None


def _convex_function(ctx: Context, fact: Term) -> str | None:
    for name, sort in ctx.names.items():
        if sort[0] == "function" and sort[1][0][0] == "vector" and sort[2] == "real":
            if fact == convex(name, sort[1][0][1]):
                return name
    return None


def _points(ctx: Context, goal: Term, function: str) -> list[Term]:
    """Arguments of the function in the goal and in the facts, and its values in the normal form."""
    found: list[Term] = []
    for formula in (goal, *ctx.facts.values()):
        for term in subterms(formula):
            if term[:2] == ("app", function) and len(term) == 3 and not is_open(term[2]):
                found.append(term[2])
            if term[0] == "sum" and isinstance(term[3], tuple):
                for inside in subterms(term[3]):
                    if inside[:2] == ("app", function) and not is_open(term[2]):
                        for end in (term[1], term[2]):
                            if not is_open(end):
                                found.append(open_binder(inside[2], end))
    return list(dict.fromkeys(found))



def _weight(ctx: Context, mean: Term, x: Term, y: Term) -> Term | None:
    """The a with mean = a·x + (1 − a)·y, if there is one between 0 and 1."""
    try:
        left = ctx.normal.vector(("+", mean, ("-", y)))
        right = ctx.normal.vector(("+", x, ("-", y)))
        scalars = [*left.parts.values(), *right.parts.values()]
        domain = Field(ctx.atoms, scalars)
        ratio = None
        for index, coefficient in right.parts.items():
            below = domain.column(coefficient).get((), 0)
            above = domain.column(left.parts[index]).get((), 0) if index in left.parts else 0
            if below and above:
                ratio = above / below
                break
        if ratio is None:
            return None
        weight = domain.scalar(ratio)
        if not ctx.atoms.is_zero(left - Vector(right.parts).scaled(weight)):
            return None
        term = scalar_term(ctx.atoms, weight)
        inside = ctx.holds(("<=", "0", term)) and ctx.holds(("<=", term, "1"))
        return term if inside else None
    except (Rejected, ValueError):
        return None


# ------------------------------------------------------------------ zero products


def prove_by_nonzero_factor(
    search: Search, ctx: Context, gap: Term, depth: int
) -> Proof | None:
    """a = b from c·(a − b) = 0, for a c that is known not to be zero."""
    for fact in ctx.facts.values():
        if fact[0] != "!=":
            continue
        sort = sort_of(fact[1], ctx.names)
        if sort[0] == "vector" and fact[2][0] == "zero":
            then = _cancel_vector(search, ctx, gap, fact[1], sort[1], depth)
        elif sort in ("real", "integer", "size") and fact[2] == "0":
            then = _cancel(search, ctx, gap, fact[1], depth)
        else:
            then = None
        if then is not None:
            return then
    return None


def _cancel_vector(
    search: Search, ctx: Context, gap: Term, vector: Term, size: Term, depth: int
) -> Proof | None:
    """a = b from (a − b)·u = 0 for a vector u that is not zero."""
    multiple = ("=", ("*", gap, vector), ("zero", size))
    zero = search.prove(ctx, multiple, max(depth, 5) + 1)
    if zero is None:
        return None
    inner = ctx.extended()
    known, positive = f"multiple{len(ctx.facts)}", f"positive{len(ctx.facts)}"
    inner.assume(known, multiple)
    square = ("inner", vector, vector)
    inner.assume(positive, ("<", "0", square))
    then = _cancel(search, inner, gap, square, depth)
    if then is None:
        return None
    return {
        "rule": "have", "fact": to_lists(multiple), "as": known, "proof": zero,
        "then": {
            "rule": "use", "fact": "axiom:definite", "with": [to_lists(size), to_lists(vector)],
            "as": positive, "then": then,
        },
    }  # fmt: skip


def _cancel(
    search: Search, ctx: Context, gap: Term, factor: Term, depth: int
) -> Proof | None:
    """a = b from c·(a − b) = 0 for a number c that is not zero."""
    product = ("=", ("*", factor, gap), "0")
    zero = search.prove(ctx, product, max(depth, 6) + 1)
    if zero is None:
        return None
    conditions = [] if ctx.holds(product) else [zero]
    return {
        "rule": "use", "fact": "axiom:zero_product", "with": to_lists((factor, gap)),
        "conditions": conditions, "as": f"gap{len(ctx.facts)}",
        "then": {"rule": "combine", "items": [{"fact": f"gap{len(ctx.facts)}"}]},
    }  # fmt: skip
