"""From a formula and the names in force to a goal that speaks of nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from therefore.goal import Goal, Term
from therefore.reading.latex.decimals import plain
from therefore.reading.latex.errors import Unreadable
from therefore.reading.latex.names import Entity, Names, leaves
from therefore.reading.latex.tokens import Place
from therefore.reading.standard import LATEX, definitions_in

__all__ = ["goal_of", "notation_of"]

def goal_of(formula: Term, names: Names, place: Place) -> Goal:
    """The goal that claims a formula. Raises ``Unreadable`` for what is left of cases.

    Of the hypotheses in force those are given that share a name with the formula, or with
    another one that does: the others say nothing about it.
    """
    conclusion = plain(formula)
    hypotheses, needed = _relevant(conclusion, names)
    entities = [one for one in names.entities() if one.name in needed]
    for term in (conclusion, *hypotheses, *(one.body for one in entities if one.body)):
        _refuse_cases(term, place)
    declared = [one for one in entities if one.body is None]
    declared.sort(key=lambda one: one.sort != "size")
    defined = [
        (one.name, ("outcome",) if one.random else one.arguments, plain(one.body))
        for one in _in_order([one for one in entities if one.body is not None])
    ]
    standard = definitions_in(conclusion, *hypotheses, *(body for _, _, body in defined))
    return Goal(
        tuple((one.name, one.full_sort()) for one in declared),
        (*standard, *defined),
        tuple(hypotheses),
        conclusion,
    )


def notation_of(goal: Goal, names: Names) -> dict[str, str]:
    """The author's LaTeX for every name of a goal."""
    used = {name for name, _ in goal.declarations} | {one[0] for one in goal.definitions}
    known = {one.name: one.latex for one in names.entities() if one.name in used and one.latex}
    return {**{name: LATEX[name] for name in LATEX if name in used}, **known}


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


def _refuse_cases(term: Term, place: Place) -> None:
    if any(part[0] == "cases" for part in _heads(term)):
        raise Unreadable(
            "cases are read where they are a whole side of =; write max, min or |x| elsewhere, "
            "or one line for each case",
            place,
        )
    if any(leaf.startswith("%") for leaf in leaves(term)):
        raise Unreadable("a min or max over a range is read as a part of a relation only", place)
    if any("?" in part for part in _heads(term)):
        raise Unreadable("the size of I is not determined here; write I_n", place)
