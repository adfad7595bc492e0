"""From a formula and the names in force to a goal that speaks of nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from therefore.goal import Goal, Term
from therefore.reading.latex.decimals import plain
from therefore.reading.latex.errors import Unreadable
from therefore.reading.latex.names import Entity, Names, leaves
from therefore.reading.latex.symbols import SUPPORTED
from therefore.reading.latex.tokens import Place

__all__ = ["goal_of", "notation_of"]

_WORDS = {
    "matmul": "the product of a matrix and a vector", "transpose": "a transposed matrix",
    "inverse": "an inverse", "trace": "a trace", "det": "a determinant", "outer": "x y^\\top",
    "erf": "erf", "prod": "a product over a range", "integral": "an integral",
    "expectation": "an expectation",
}  # fmt: skip


def goal_of(formula: Term, names: Names, place: Place) -> Goal:
    """The goal that claims a formula. Raises ``Unreadable`` for what no rule is there for.

    Of the hypotheses in force those are given that share a name with the formula, or with
    another one that does: the others say nothing about it.
    """
    conclusion = plain(formula)
    hypotheses, needed = _relevant(conclusion, names)
    entities = [one for one in names.entities() if one.name in needed]
    for term in (conclusion, *hypotheses, *(one.body for one in entities if one.body)):
        _refuse_unsupported(term, names, place)
    declared = [one for one in entities if one.body is None]
    declared.sort(key=lambda one: one.sort != "size")
    defined = [
        (one.name, one.arguments, plain(one.body))
        for one in _in_order([one for one in entities if one.body is not None])
    ]
    return Goal(
        tuple((one.name, one.full_sort()) for one in declared),
        tuple(defined),
        tuple(hypotheses),
        conclusion,
    )


def notation_of(goal: Goal, names: Names) -> dict[str, str]:
    """The author's LaTeX for every name of a goal."""
    used = {name for name, _ in goal.declarations} | {one[0] for one in goal.definitions}
    return {one.name: one.latex for one in names.entities() if one.name in used and one.latex}


def _relevant(conclusion: Term, names: Names) -> tuple[list[Term], set[str]]:
    table = names.by_name()
    needed = names.mentioned(conclusion)
    speaks = [(plain(one), names.mentioned(one)) for one in names.hypotheses]
    chosen: set[int] = set()
    while True:
        new = [
            at
            for at, (_, about) in enumerate(speaks)
            if at not in chosen and _touches(about, needed, table)
        ]
        if not new:
            break
        for at in new:
            chosen.add(at)
            needed |= speaks[at][1]
    return [one for at, (one, _) in enumerate(speaks) if at in chosen], needed


def _touches(about: set[str], needed: set[str], table: dict[str, Entity]) -> bool:
    shared = about & needed
    if not about:
        return True
    sizes = {name for name in about if table[name].sort == "size" and not table[name].arguments}
    return bool(shared - sizes) or (about == sizes and bool(shared))


def _in_order(entities: list[Entity]) -> list[Entity]:
    """Definitions, each after those that it uses."""
    known = {one.name: one for one in entities}
    done: list[Entity] = []

    def visit(one: Entity) -> None:
        if one in done:
            return
        for leaf in leaves(one.body):
            if leaf in known and leaf != one.name:
                visit(known[leaf])
        done.append(one)

    for one in entities:
        visit(one)
    return done


def _heads(term: Term) -> Iterator[Term]:
    waiting = [term]
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple) and part:
            if isinstance(part[0], str):
                yield part
                waiting += part[1:]
            else:
                waiting += part


def _refuse_unsupported(term: Term, names: Names, place: Place) -> None:
    for part in _heads(term):
        head = part[0]
        if head in ("matmul",) and not all(_is_matrix(one, names) for one in part[1:]):
            head = "matmul vector"
        known = head in SUPPORTED or head in names.by_name()
        sort_words = ("vector", "matrix", "function", "residue", "real", "integer", "size")
        if not known and head not in sort_words:
            what = _WORDS.get(head.split()[0], head)
            raise Unreadable(
                f"this was read, but {what} has no rules yet and cannot be checked", place
            )


def _is_matrix(term: Term, names: Names) -> bool:
    if isinstance(term, str):
        entity = names.by_name().get(term)
        return entity is None or (isinstance(entity.sort, tuple) and entity.sort[0] == "matrix")
    if term[0] in ("matmul", "+", "-", "*"):
        return any(_is_matrix(one, names) for one in term[1:] if not isinstance(one, str)) or all(
            isinstance(one, str) and _is_matrix(one, names) for one in term[-1:]
        )
    return term[0] in ("rows", "matrix", "transpose", "inverse", "outer", "app")
