"""A sum of vectors that the goal is about gets a name of its own: r for Xw − t, say.

The normal form multiplies everything out, and what was a square of r is one no longer. So a name
in the sum, t, is written as Xw − r throughout, and the goal is proved for every r, or for the r
that is known to be the sum. That is done only where the goal and what is known then speak of
fewer vectors.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import Argument, Vector
from therefore.kernel.context import Context
from therefore.kernel.polynomials import number
from therefore.kernel.terms import close, mentions, open_binder, sort_of, substitute
from therefore.provers.attempt import Proof, by_rewriting, with_steps
from therefore.provers.building.matching import is_open
from therefore.provers.building.terms import subterms
from therefore.provers.building.unnormal import vector_term
from therefore.provers.matrices.known_equations import reached
from therefore.provers.prover import RELATIONS, Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]

_LABEL = "gathered"
_TRUE: Term = ("<=", "0", "0")


@dataclass(frozen=True)
class _Sum:
    """A sum of vectors, a name in it, and what the name is in terms of the sum's value #0.

    ``fact`` is the label of what is known to give the sum another name, if it has one;
    ``vectors`` the number of vectors that goal and facts then speak of.
    """

    term: Term
    name: str
    solved: Term
    fact: str
    known_as: str
    vectors: int


def _accepts(ctx: Context, goal: Term) -> bool:
    has_products = any(term[0] == "matmul" for term in subterms(goal))
    return has_products and goal[0] in (*RELATIONS, "forall", "and")


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    if depth > 2 or any(label.startswith(_LABEL) for label in ctx.facts):
        return None
    found = min(_sums(ctx, goal), key=lambda one: one.vectors, default=None)
    if found is None:
        return None
    proof = (_with_its_name if found.fact else _with_a_name)(search, ctx, goal, depth, found)
    return proof if proof is not None and search.bench.works(ctx, goal, proof) else None


def _sums(ctx: Context, goal: Term) -> Iterator[_Sum]:
    """The sums of the goal and of the facts that leave fewer vectors to speak of."""
    seen: list[Term] = []
    for formula in (goal, *ctx.facts.values()):
        for term in _terms(formula):
            if term[0] != "+" or term in seen or is_open(term):
                continue
            seen.append(term)
            if sort_of(term, ctx.names)[0] == "vector":
                yield from _solved(ctx, goal, term)


def _terms(formula: Term) -> Iterator[Term]:
    """The parts of a formula; those of a function whose gradient is taken at the point also."""
    for term in subterms(formula):
        yield term
        if term[0] == "gradient" and isinstance(term[1], tuple):
            yield from subterms(open_binder(term[1][2], term[2]))


def _solved(ctx: Context, goal: Term, term: Term) -> Iterator[_Sum]:
    value, size = ctx.normal.vector(term), sort_of(term, ctx.names)[1]
    for index, factor in value.parts.items():
        row, sign = ctx.atoms.rows[index], factor.constant()
        if row.head != "name" or sign not in (1, -1) or len(value.parts) < 2:
            continue
        name = str(row.arguments[0])
        rest = Vector({k: c for k, c in value.parts.items() if k != index})
        if index in reached(ctx.atoms, rest):
            continue
        others = vector_term(ctx.atoms, rest.scaled(number(-sign)), size)
        gathered = "#0" if sign == 1 else ("-", "#0")
        fact, known_as = _known_as(ctx, value, name)
        about = [goal, *(fact for fact in ctx.facts.values() if mentions(fact, name))]
        inner = ctx.extended()
        new = known_as or inner.fresh("v")
        if not known_as:
            inner.declare(new, sort_of(term, ctx.names))
        solved: Term = ("+", gathered, others)
        meant = {name: open_binder(solved, new)}
        vectors = len(_vectors(inner, [substitute(formula, meant) for formula in about]))
        if vectors < len(_vectors(ctx, about)):
            yield _Sum(term, name, solved, fact, known_as, vectors)


def _known_as(ctx: Context, value: Vector, name: str) -> tuple[str, str]:
    """The label of a fact a = …, for a name a of the vector, and that name."""
    for label, fact in ctx.facts.items():
        if fact[0] != "=" or fact[1] == name or not mentions(fact[2], name):
            continue
        of_a_vector = isinstance(fact[1], str) and ctx.names.get(fact[1], "")[:1] == ("vector",)
        if of_a_vector and ctx.atoms.is_zero(ctx.normal.vector(fact[2]) - value):
            return label, fact[1]
    return "", ""


def _vectors(ctx: Context, formulas: list[Term]) -> set[str]:
    """The names of vectors in the normal forms of all relations of the formulas."""
    inner = ctx.extended()
    atoms = set().union(*(_reached(inner, formula) for formula in formulas))
    names = {str(row.arguments[0]) for row in map(ctx.atoms.rows.__getitem__, atoms)
             if row.head == "name"}  # fmt: skip
    return {name for name in names if ctx.names.get(name, "")[:1] == ("vector",)}


def _reached(ctx: Context, formula: Term) -> set[int]:
    """The atoms in the relations of a formula, whose bound names are declared in the context."""
    if formula[0] in ("forall", "exists"):
        name = ctx.fresh("b")
        ctx.declare(name, formula[1])
        return _reached(ctx, open_binder(formula[2], name))
    if formula[0] in ("and", "or", "implies", "not"):
        return set().union(*(_reached(ctx, part) for part in formula[1:]))
    if formula[0] not in RELATIONS:
        return set()
    values: list[Argument] = [ctx.normal.value(side) for side in formula[1:]]
    return reached(ctx.atoms, values[1] - values[0])  # type: ignore[operator]


def _with_a_name(search: Search, ctx: Context, goal: Term, depth: int, found: _Sum) -> Proof | None:
    """The goal for every value of the sum, then for this one."""
    sort = sort_of(found.term, ctx.names)
    facts = {label: fact for label, fact in ctx.facts.items() if mentions(fact, found.name)}
    inner = _without(ctx, facts)
    new = inner.fresh("v")
    inner.declare(new, sort)
    solved = {found.name: open_binder(found.solved, new)}
    premises = [substitute(fact, solved) for fact in facts.values()]
    labels = [f"{_LABEL}{k}" for k in range(len(premises) + 1)]
    inner.assume(labels[0], _TRUE)
    for label, premise in zip(labels[1:], premises, strict=True):
        if label not in inner.facts:
            inner.assume(label, premise)
    conclusion = substitute(goal, solved)
    then = search.prove(inner, conclusion, depth + 1)
    if then is None:
        return None
    general = conclusion
    for premise in reversed(premises):
        general = ("implies", premise, general)
    general = ("forall", sort, close(("implies", _TRUE, general), new))
    value = open_binder(found.solved, found.term)
    same: Proof = {"rule": "combine"}
    conditions = [
        by_rewriting(
            close(fact, found.name), value, found.name, same, {"rule": "assumption", "fact": label}
        )
        for (label, fact), premise in zip(facts.items(), premises, strict=True)
        if not ctx.holds(substitute(premise, {new: found.term}))
    ]  # fmt: skip
    last: Proof = {
        "rule": "use", "fact": "general", "with": [to_lists(found.term)],
        "conditions": conditions, "as": "this", "then": {"rule": "assumption", "fact": "this"},
    }  # fmt: skip
    return {
        "rule": "have", "fact": to_lists(general), "as": "general",
        "proof": {"rule": "intro", "names": [new], "labels": labels, "then": then},
        "then": by_rewriting(close(goal, found.name), found.name, value, same, last),
    }  # fmt: skip


def _with_its_name(
    search: Search, ctx: Context, goal: Term, depth: int, found: _Sum
) -> Proof | None:
    """The goal and the facts with the name that the sum has."""
    solved = open_binder(found.solved, found.known_as)
    facts = {label: fact for label, fact in ctx.facts.items() if mentions(fact, found.name)}
    inner = _without(ctx, facts)
    inner.assume(f"{_LABEL}0", _TRUE)
    steps: list[tuple[str, Term, Proof]] = [(f"{_LABEL}0", _TRUE, {"rule": "inspect"})]
    for label, fact in facts.items():
        if label == found.fact:
            continue
        new, moved = f"{_LABEL}{len(steps)}", substitute(fact, {found.name: solved})
        steps.append((new, moved, by_rewriting(
            close(fact, found.name),
            solved,
            found.name,
            _solving(found, ctx, ("=", solved, found.name)),
            {"rule": "assumption", "fact": label},
        )))
        if new not in inner.facts:
            inner.assume(new, moved)
    then = search.prove(inner, substitute(goal, {found.name: solved}), depth + 1)
    if then is None:
        return None
    then = by_rewriting(
        close(goal, found.name),
        found.name,
        solved,
        _solving(found, ctx, ("=", found.name, solved)),
        then,
    )
    return with_steps(steps, then)


def _solving(found: _Sum, ctx: Context, equation: Term) -> Proof:
    """The equation from the fact that names the sum, taken once or backwards."""
    gap = ctx.normal.vector(equation[2]) - ctx.normal.vector(equation[1])
    fact = ctx.facts[found.fact]
    same = ctx.atoms.is_zero(gap - (ctx.normal.vector(fact[2]) - ctx.normal.vector(fact[1])))
    return {"rule": "combine", "items": [{"fact": found.fact, "times": "1" if same else "-1"}]}


def _without(ctx: Context, facts: dict[str, Term]) -> Context:
    """The context without these facts, which would only be in the way; their labels stay."""
    inner = Context(ctx.atoms)
    for name, sort in ctx.names.items():
        inner.declare(name, sort)
    for label, fact in ctx.facts.items():
        if label not in inner.facts:
            inner.assume(label, _TRUE if label in facts else fact)
    return inner


PROVER = Prover("gathering", _accepts, _prove)
