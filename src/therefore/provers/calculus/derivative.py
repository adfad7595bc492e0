"""Derivatives: by structure, and where |·| has its kink by a continuous difference quotient."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.differential import differential
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import Scalar
from therefore.kernel.terms import close, mentions, open_binder, substitute
from therefore.provers.attempt import Proof, by_rewriting, with_steps
from therefore.provers.building.differentiated import differentiated
from therefore.provers.building.matching import is_open
from therefore.provers.building.polynomial import atoms_of
from therefore.provers.building.rings import Ring
from therefore.provers.building.terms import subterms, template_of
from therefore.provers.building.three_cases import in_three_cases
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.calculus.mean_value import after_steps, with_known_slopes
from therefore.provers.prover import RELATIONS, Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["AT_ONCE", "PROVER", "quotients"]


def _accepts(ctx: Context, goal: Term) -> bool:
    return (goal[0] == "has_derivative" and len(goal) == 4) or (
        goal[0] in RELATIONS and any(term[0] == "derivative" for term in subterms(goal))
    )


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """u′(a) = v by structure; where |·| has its kink, by a continuous difference quotient."""
    if goal[0] == "=" and any(t[0] == "derivative" for t in subterms(goal[2])):
        found = _replace_derivatives(search, ctx, goal, depth)
        if found is not None:
            return found
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
    structural = _structural(search, ctx, goal, depth)
    if structural is not None:
        return structural
    body, point, _ = goal[1:]
    zero = next((label for label, f in ctx.facts.items() if f == ("=", point, "0")), None)
    if zero is not None and isinstance(point, str):
        return _at_zero(search, ctx, goal, point, zero, depth)
    if point == "0":
        return _by_quotient(search, ctx, goal, depth)
    if depth > 3:
        return None
    for kink in _kinks(body, point):
        label = f"sign{len(ctx.facts)}"
        proof = in_three_cases(
            ctx,
            (kink, "0"),
            label,
            lambda inner, _: _has_derivative(search, inner, goal, depth + 4),
        )
        if proof is not None:
            return proof
    return None


def _kinks(body: Term, point: Term) -> list[Term]:
    """The u(a) for the |u| in a body."""
    inside = [t[1] for t in subterms(body) if t[0] == "abs" and _only_bound(t[1])]
    return list(dict.fromkeys(open_binder(part, point) for part in inside))


def _only_bound(term: Term) -> bool:
    """Whether #0 is the only bound variable in the term."""
    if isinstance(term, str):
        return term[0] != "#" or term == "#0"
    return all(_only_bound(part) for part in term)


def _structural(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    body, point, value = goal[1:]
    name = ctx.fresh("y")
    try:
        names = {**ctx.names, name: "real"}
        change = differential(names, open_binder(body, name), name, "1")
    except Rejected:
        return None
    proof: Proof = {"rule": "differentiate", "name": name, "value": {"rule": "combine"}}
    if search.bench.works(ctx, goal, proof):
        return proof
    if depth <= 5 and (higher := _of_higher_order(search, ctx, goal, depth)):
        return higher
    if depth > 5 or not all(ctx.holds(("!=", kink, "0")) for kink in _kinks(body, point)):
        return None  # by structure there is no derivative where |·| has its kink
    wanted = ("=", value, substitute(change, {name: point}))
    proof["value"] = _in_normal_form(search, ctx, wanted, depth) or search.prove(
        ctx, wanted, depth + 4
    )
    return proof if proof["value"] and search.bench.works(ctx, goal, proof) else None


def _in_normal_form(search: Search, ctx: Context, wanted: Term, depth: int) -> Proof | None:
    """v = w where the normal form of w puts slopes of declared functions out of their sums."""
    _, value, change = wanted
    if not any(t[0] == "derivative" and is_open(t[2]) for t in subterms(change)):
        return None
    plain = scalar_term(ctx.atoms, ctx.normal.scalar(change))
    steps, known = with_known_slopes(ctx, plain)
    if not steps:
        return None
    goal = ("=", value, plain)
    then = search.prove(ctx, ("=", value, known), depth + 4)
    return then and by_rewriting(
        ("=", value, "#0"), change, plain, {"rule": "combine"}, after_steps(goal, steps, then)
    )


def _of_higher_order(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """A derivative of a derivative: the one inside, at the point, becomes known first."""
    inside = [t for t in subterms(open_binder(goal[1], goal[2])) if t[0] == "derivative"]
    for term in reversed(inside):  # the innermost first
        if _has_free_bound(term) or ctx.holds(("has_derivative", *term[1:])):
            continue
        value = _worked_out(ctx, term)
        fact = ("has_derivative", *term[1:], value)
        proof = value and _has_derivative(search, ctx, fact, depth + 1)
        if not proof:
            return None
        inner = ctx.extended()
        label = f"slope{len(ctx.facts)}"
        inner.assume(label, fact)
        return with_steps([(label, fact, proof)], _has_derivative(search, inner, goal, depth + 1))
    return None


def _worked_out(ctx: Context, term: Term) -> Term | None:
    """The value that the structure of a derivative gives."""
    _, body, point = term
    try:
        return scalar_term(ctx.atoms, ctx.normal.scalar(differentiated(ctx, body, point)))
    except Rejected:
        return None


def _at_zero(
    search: Search, ctx: Context, goal: Term, point: str, label: str, depth: int
) -> Proof | None:
    """Write 0 for a point that is zero, everywhere in the goal."""
    template = close(goal, point)
    then = _by_quotient(search, ctx, open_binder(template, "0"), depth)
    return then and by_rewriting(template, point, "0", {"rule": "assumption", "fact": label}, then)


def _by_quotient(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """(u(x) − u(a))/(x − a) in a form that is continuous at a, found by exact division."""
    search.bench.note("the derivative by a difference quotient")
    body, point, _ = goal[1:]
    inner = ctx.extended()
    name = inner.fresh("y")
    inner.declare(name, "real")
    rise = inner.normal.scalar(("+", open_binder(body, name), ("-", open_binder(body, point))))
    run = inner.normal.scalar(("+", name, ("-", point)))
    for quotient in quotients(inner, rise, run):
        term = close(scalar_term(ctx.atoms, quotient), name)
        proof: Proof = {
            "rule": "quotient", "name": name, "quotient": to_lists(term),
            "identity": {"rule": "combine"}, "value": {"rule": "combine"},
        }  # fmt: skip
        if search.bench.works(ctx, goal, proof):
            return proof
    return None


def quotients(ctx: Context, rise: Scalar, run: Scalar) -> list[Scalar]:
    """Exact quotients of the numerator by the run, in the polynomial ring of the atoms."""
    if not rise.over:
        return [rise]
    if run.under or not atoms_of([rise.over, run.over]):
        return []
    ring = Ring([rise.over, run.over])
    (quotient,), rest = ring.element(rise.over).div([ring.element(run.over)])
    return [] if rest else [Scalar(ring.polynomial(quotient), rise.under)]


def _replace_derivatives(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """Write for a derivative inside the goal what a fact or a lemma says it is."""
    steps, known = with_known_slopes(ctx, goal)
    if steps:
        then = search.prove(ctx, known, depth + 1)
        return then and after_steps(goal, steps, then)
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
            template = template_of(goal, term)
            then = search.prove(ctx, open_binder(template, value), depth + 1)
            if then is not None:
                cited: Proof = {
                    "rule": "use", "fact": source.reference, "with": [to_lists(term[2])],
                    "as": "cited", "then": {"rule": "assumption", "fact": "cited"},
                }  # fmt: skip
                return by_rewriting(template, term, value, cited, then)
        found = _work_out(search, ctx, goal, term, depth)
        if found is not None:
            return found
    return None


def _work_out(search: Search, ctx: Context, goal: Term, term: Term, depth: int) -> Proof | None:
    """Write for a derivative inside the goal what its structure gives, where this is defined."""
    _, body, point = term
    value = _worked_out(ctx, term)
    inside = value and _has_derivative(search, ctx, ("has_derivative", body, point, value), depth)
    if not inside:
        return None
    template = template_of(goal, term)
    then = search.prove(ctx, open_binder(template, value), depth + 1)
    return then and by_rewriting(template, term, value, {"rule": "slope", "proof": inside}, then)


def _has_free_bound(term: Term) -> bool:
    """Whether a term in a derivative's place refers to a binder around it."""
    return any(mentions(term[2], f"#{k}") for k in range(4)) or mentions(term[1], "#1")


def _is_of_a_derivative(ctx: Context, goal: Term) -> bool:
    return bool(goal[0] == "=" and goal[1][0] == "derivative")


def _at_once(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """Both sides have one normal form, once the derivative is worked out by structure."""
    proof: Proof = {
        "rule": "slope",
        "proof": {
            "rule": "differentiate", "name": ctx.fresh("y"), "value": {"rule": "combine"},
        },
    }  # fmt: skip
    return proof if search.bench.works(ctx, goal, proof) else None


AT_ONCE = Prover("derivative at once", _is_of_a_derivative, _at_once)
PROVER = Prover("derivative", _accepts, _prove)
