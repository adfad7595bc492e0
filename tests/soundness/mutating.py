"""Small changes of a goal that are apt to make it false, in its terms.

Which of them are ill typed, or true after all, is for others to find out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from therefore.goal import Goal, Term
from therefore.refuters.terms import is_number

__all__ = ["KINDS", "mutants"]

Sorts = dict[str, Term]
Change = tuple[str, Term]
Changes = Callable[[Term, Sorts], Iterator[Change]]

# What stands first in these is a sort, and not a term.
_SORTED = ("lambda", "forall", "exists")
_OF_SIZES = ("identity", "zero")


def mutants(goal: Goal, kind: str) -> Iterator[tuple[str, Goal]]:
    """What was changed, and the goal that it makes; ``kind`` is one of ``KINDS``."""
    changes, sorts = KINDS[kind], dict(goal.declarations)
    for what, conclusion in _of_conclusion(goal.conclusion, sorts, kind):
        yield what, replace(goal, conclusion=conclusion)
    for what, conclusion in _anywhere(goal.conclusion, sorts, changes):
        yield what, replace(goal, conclusion=conclusion)
    for k, (name, parameters, body) in enumerate(goal.definitions):
        for what, changed in _anywhere(body, sorts, changes):
            others = list(goal.definitions)
            others[k] = (name, parameters, changed)
            yield what, replace(goal, definitions=tuple(others))
    for k, hypothesis in enumerate(goal.hypotheses):
        before, after = goal.hypotheses[:k], goal.hypotheses[k + 1 :]
        yield "hypothesis dropped", replace(goal, hypotheses=(*before, *after))
        for _, changed in _anywhere(hypothesis, sorts, changes):
            yield "hypothesis changed", replace(goal, hypotheses=(*before, changed, *after))


def _anywhere(term: Term, sorts: Sorts, changes: Changes) -> Iterator[Change]:
    """The changes of a term and of its parts."""
    yield from changes(term, sorts)
    if isinstance(term, str) or term[0] in _OF_SIZES:
        return
    for k in range(2 if term[0] in _SORTED else 1, len(term)):
        for what, part in _anywhere(term[k], sorts, changes):
            yield what, (*term[:k], part, *term[k + 1 :])


def _of_conclusion(conclusion: Term, sorts: Sorts, kind: str) -> Iterator[Change]:
    """Changes of a relation as a whole: a side taken a little more or less often."""
    if isinstance(conclusion, tuple) and conclusion[0] in ("forall", "implies"):
        for what, body in _of_conclusion(conclusion[-1], sorts, kind):
            yield what, (*conclusion[:-1], body)
        if conclusion[0] == "implies":
            yield "hypothesis dropped", conclusion[2]
    if conclusion[0] not in ("=", "<=", "<"):
        return
    head, left, right = conclusion
    if kind == "matrices":
        yield "coefficient changed", (head, left, ("*", "2", right))
        yield "sign changed", (head, left, ("-", right))
        return
    for factor in ("101/100", "99/100"):
        yield "constant moved by 1 %", (head, ("*", factor, left), right)
        yield "constant moved by 1 %", (head, left, ("*", factor, right))


# ---------------------------------------------------------------- of matrices


def _of_matrices(term: Term, sorts: Sorts) -> Iterator[Change]:
    if isinstance(term, str):
        yield from _of_names(term, sorts)
        if is_number(term):
            yield "coefficient changed", str(Fraction(term) + 1)
        return
    head, parts = term[0], term[1:]
    if head == "transpose":
        yield "transpose dropped", parts[0]
    if head in ("inverse", "pseudoinverse"):
        yield "inverse dropped", parts[0]
        yield "inverse dropped", ("transpose", parts[0])
    if head == "matmul":
        yield from _of_factors(_factors(term))
    if head == "*" and len(parts) > 1:
        yield from (("factor dropped", _joined("*", _without(parts, k))) for k in range(len(parts)))
    if head == "/":
        yield "factor dropped", parts[0]
    if head in ("kronecker", "outer"):
        yield "factors exchanged", (head, parts[1], parts[0])
    if head == "inner" and parts[1][0] == "matmul":
        matrix, vector = parts[1][1:]
        yield "factors exchanged", ("inner", ("matmul", matrix, parts[0]), vector)
    if head == "hadamard":
        yield "factor dropped", parts[0]
    if head in ("trace", "det"):
        yield "another function", ("det" if head == "trace" else "trace", *parts)
    if head == "power":
        yield "exponent changed", (head, parts[0], ("+", parts[1], "1"))
    if head in ("power", "^"):
        yield "exponent changed", parts[0]
    yield from _of_sums(term)


def _of_factors(factors: list[Term]) -> Iterator[Change]:
    for k in range(len(factors)):
        rest = _without(tuple(factors), k)
        yield "factor dropped", _product(rest)
        yield "factor repeated", _product([*factors[: k + 1], *factors[k:]])
        yield "transpose added", _product([*rest[:k], ("transpose", factors[k]), *rest[k:]])
        if k:
            swapped = [*rest[: k - 1], factors[k], *rest[k - 1 :]]
            yield "factors exchanged", _product(swapped)


def _of_names(name: str, sorts: Sorts) -> Iterator[Change]:
    """Another name of the same sort, the next one only; a square matrix turned."""
    sort = sorts.get(name, "size")
    if sort == "size":
        return
    alike = [other for other, of in sorts.items() if of == sort]
    if len(alike) > 1:
        yield "another name", alike[(alike.index(name) + 1) % len(alike)]
    if sort[0] == "matrix" and sort[1] == sort[2]:
        yield "transpose added", ("transpose", name)


# ------------------------------------------------------------- of inequalities


def _of_inequalities(term: Term, sorts: Sorts) -> Iterator[Change]:
    if isinstance(term, str):
        if is_number(term) and term != "0":
            for factor in ("101/100", "99/100"):
                yield "constant moved by 1 %", str(Fraction(term) * Fraction(factor))
        for what, name in _of_names(term, sorts):
            if what == "another name":
                yield what, name
        return
    head, parts = term[0], term[1:]
    if head == "<=":
        yield "< for <=", ("<", *parts)
    if head == "<":
        yield "<= for <", ("<=", *parts)
    if head in ("<", "<="):
        yield "turned around", (head, parts[1], parts[0])
    if head == "!=":
        yield "< for <=", ("<", *parts)
    if head == "+":
        for k, part in enumerate(parts):
            for factor in ("101/100", "99/100"):
                moved = (*parts[:k], ("*", factor, part), *parts[k + 1 :])
                yield "constant moved by 1 %", ("+", *moved)
    if head == "^" and parts[1].isdigit():
        yield "exponent changed", ("^", parts[0], str(int(parts[1]) + 1))
    if head in ("abs", "sqrt"):
        yield "function dropped", parts[0]
    if head == "*" and len(parts) > 1:
        yield from (("factor dropped", _joined("*", _without(parts, k))) for k in range(len(parts)))
    if head == "/":
        yield "factor dropped", parts[0]
    yield from _of_sums(term)


# -------------------------------------------------------------------- of both


def _of_sums(term: Term) -> Iterator[Change]:
    if term[0] == "-":
        yield "sign changed", term[1]
    if term[0] == "+":
        parts = term[1:]
        for k, part in enumerate(parts):
            yield "term dropped", _joined("+", _without(parts, k))
            if part[0] != "-":
                yield "sign changed", ("+", *parts[:k], ("-", part), *parts[k + 1 :])


def _factors(term: Term) -> list[Term]:
    if isinstance(term, tuple) and term[0] == "matmul":
        return _factors(term[1]) + _factors(term[2])
    return [term]


def _product(factors: list[Term]) -> Term:
    first, *rest = factors
    return ("matmul", first, _product(rest)) if rest else first


def _without(parts: tuple[Term, ...], k: int) -> list[Term]:
    return [*parts[:k], *parts[k + 1 :]]


def _joined(head: str, parts: list[Term]) -> Term:
    return (head, *parts) if len(parts) > 1 else parts[0]


KINDS: dict[str, Changes] = {"matrices": _of_matrices, "inequalities": _of_inequalities}
