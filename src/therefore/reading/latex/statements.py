"""Whole lines: chains with commas between them, implications, and what is said for some or all."""

from __future__ import annotations

from itertools import pairwise

from therefore.goal import Term
from therefore.kernel.terms import close
from therefore.reading.latex.declaring import separated
from therefore.reading.latex.errors import Ambiguous, Unreadable
from therefore.reading.latex.grammar import Grammar
from therefore.reading.latex.names import Names
from therefore.reading.latex.quantifiers import make_variable, quantifier_of
from therefore.reading.latex.relations import Chain, Link, condition, has_relation, split_relations
from therefore.reading.latex.signs import split_at
from therefore.reading.latex.tokens import Token, spelled
from therefore.reading.latex.values import Value
from therefore.reading.sorts import Sort

__all__ = ["quantified", "statements"]


def statements(
    tokens: list[Token], names: Names, chain: Chain, before: list[Term]
) -> list[Link]:
    """The links of a line: of its chains, or of its implications."""
    while tokens and tokens[0].command in ("\\therefore", "\\because"):
        tokens = tokens[1:]
    tokens = [t for t in tokens if t.command not in ("\\therefore", "\\because")]
    if any(t.command == "\\Leftarrow" for t in tokens):
        raise Unreadable("write the implication from left to right", tokens[0].place)
    if quantified(tokens):
        return [_quantified(tokens, names)]
    sides = split_at(tokens, frozenset(["\\Rightarrow", "\\iff"]))
    if len(sides) > 1:
        return implications(tokens, sides, names, before)
    if len(split_at(tokens, frozenset(["\\lor", "\\land"]))) > 1:
        for point, digit in pairwise(tokens):
            if point.text == "." and digit.text.isdigit():
                raise Unreadable("write a claim about decimals in a line of its own", point.place)
        return [Link(condition(Grammar(tokens, names)), tokens[0].place)]
    links: list[Link] = []
    pending: list[list[Token]] = []
    for number, part in enumerate(separated(tokens)):
        if not has_relation(part):
            pending.append(part)
            continue
        relations = split_relations(part)
        continues = relations[0][0] != ""
        if continues and number:
            raise Unreadable("a relation follows a comma", part[0].place)
        if not continues:
            chain.run = chain.last = None
            chain.links = []
        for one in pending:
            if continues or len(relations) != 2:
                raise Unreadable("these expressions claim nothing", one[0].place)
            listed = [*one, relations[1][1], *relations[1][2]]
            links += Chain().extend(Grammar(listed, names))
        pending = []
        links += chain.extend(Grammar(part, names))
    if pending:
        raise Unreadable("this part of the line claims nothing", pending[0][0].place)
    return links


def implications(
    tokens: list[Token], sides: list[list[Token]], names: Names, before: list[Term]
) -> list[Link]:
    """The links of ``P \\Rightarrow Q \\iff R``; one that begins the line goes on from before."""
    signs = [t for t in tokens if t.command in ("\\Rightarrow", "\\iff")]
    formulas: list[Term] = []
    for number, side in enumerate(sides):
        if not side and number == 0:
            if not before:
                raise Unreadable(
                    f"{signs[0].command} begins a line, and nothing was claimed before it",
                    signs[0].place,
                )
            formulas.append(before[0] if len(before) == 1 else ("and", *before))
            continue
        if quantified(side):
            if number + 1 < len(sides):
                raise Ambiguous(
                    (f"{side[0].command} of the implication", "of its left side only"),
                    "put it into a line of its own",
                    side[0].place,
                )
            formulas.append(_quantified(side, names).formula)
            continue
        parts = [p for p in separated(side) if p]
        joined: list[Token] = []
        for part in parts:
            if joined:
                joined.append(Token("char", ",", part[0].place))
            joined += part
        formulas.append(condition(Grammar(joined, names)))
    links = []
    for sign, left, right in zip(signs, formulas, formulas[1:], strict=False):
        there = ("implies", left, right)
        both = ("and", there, ("implies", right, left))
        links.append(Link(both if sign.command == "\\iff" else there, sign.place))
    return links


def quantified(tokens: list[Token]) -> bool:
    r"""Whether a formula begins with ``\\exists`` or ``\\forall``."""
    return bool(tokens) and tokens[0].command in ("\\exists", "\\forall")


def _quantified(tokens: list[Token], names: Names) -> Link:
    r"""``\\exists c \\in \\mathbb{R}^n: v = X^\\top c``: what is said of variables."""
    sign, rest = tokens[0], tokens[1:]
    parts = split_at(rest, frozenset(":"))
    if len(parts) == 1:
        commas = split_at(rest, frozenset(","))
        parts = commas if len(commas) == 2 and has_relation(commas[0]) else parts
    if len(parts) != 2 or not all(parts):
        raise Unreadable(
            f"write {sign.command} with a colon: {sign.command} x \\in \\mathbb{{R}}: x^2 = 2",
            sign.place,
        )
    if sign.command == "\\exists" and len(
        split_at(parts[1], frozenset(["\\Rightarrow", "\\iff"]))
    ) > 1:  # fmt: skip
        raise Ambiguous(
            ("\\exists of the whole implication", "\\exists of its left side"),
            "say the existence in a sentence of its own",
            sign.place,
        )
    local = names.copy()
    conditions: list[Term] = []
    variables: list[tuple[str, Sort]] = []
    found = quantifier_of(parts[0], names)
    restated = {key for key, _ in found.ranges} | {
        key for key, latex, _ in found.variables for part in found.conditions
        if _speaks_of(part, latex)
    }  # fmt: skip
    for key, latex, sort in found.variables:
        outer = names.plain.get(key)
        if outer is not None and key not in restated and any(
            outer.name in names.mentioned(one) for one in names.hypotheses
        ):  # fmt: skip
            raise Ambiguous(
                (f"any {latex} at all", f"one of which the same is assumed as of {latex} before"),
                f"say again in which set: {sign.command} {latex} \\in \\mathbb{{R}}: ...",
                sign.place,
            )
        make_variable(key, latex, sort, local)
        entity = local.plain[key]
        variables.append((entity.name, "integer" if sort == "size" else sort))
    for key, kind in found.ranges:
        entity = local.plain[key]
        conditions += kind.formulas(Value(entity.name, entity.sort), sign.place)
    for part in found.conditions:
        conditions.append(condition(Grammar(part, local)))
    links = statements(parts[1], local, Chain(), [])
    if len(links) != 1 and sign.command == "\\exists" and len(separated(parts[1])) > 1:
        raise Ambiguous(
            ("one for all that follows", "one for the first part only"),
            "write \\land between the parts",
            sign.place,
        )
    said: Term = links[0].formula if len(links) == 1 else ("and", *(one.formula for one in links))
    if sign.command == "\\exists":
        said = ("and", *conditions, said) if conditions else said
    else:
        for one in reversed(conditions):
            said = ("implies", one, said)
    head = sign.command[1:]
    for name, sort in reversed(variables):
        said = (head, sort, close(said, name))
    return Link(said, sign.place, any(one.rounded for one in links))


def _speaks_of(tokens: list[Token], latex: str) -> bool:
    """Whether a name, as it is spelled, stands in a formula."""
    return latex in spelled(tokens)
