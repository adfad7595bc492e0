"""Matching: values for the variables of a pattern that turn it into a given term."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import permutations, product
from typing import Any

from therefore.goal import Term
from therefore.kernel.binders import binds
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import mentions, open_binder, sort_of, substitute

__all__ = ["is_open", "match_formula", "match_terms"]

Values = dict[str, Term]


def match_formula(
    pattern: Term, term: Term, wanted: Mapping[str, Term], values: Values
) -> Values | None:
    """Values of ``wanted`` names that make the pattern equal to the term, letter by letter.

    A wanted function applied to a bound variable may become any term in that variable.
    """
    if isinstance(pattern, str):
        if pattern in wanted and pattern not in values:
            return None if is_open(term) else {**values, pattern: term}
        return values if values.get(pattern, pattern) == term else None
    if pattern[0] == "app" and len(pattern) == 3 and pattern[1] in wanted:
        function, place = pattern[1], pattern[2]
        if function not in values and isinstance(place, str) and place[0] == "#":
            sort = wanted[function]
            return {**values, function: ("lambda", sort[1][0], _levelled(term, place))}
        if function in values and isinstance(values[function], tuple):
            known = open_binder(values[function][2], place)
            return values if known == term else None
    if not isinstance(term, tuple) or len(pattern) != len(term):
        return None
    found: Values | None = values
    for part, other in zip(pattern, term, strict=True):
        if found is None:
            return None
        found = match_formula(part, other, wanted, found)
    return found


def _levelled(term: Term, variable: str) -> Term:
    """The body of a lambda over the bound variable, which stands outside deeper binders."""
    return (
        "#0"
        if term == variable
        else (term if isinstance(term, str) else tuple(_levelled(part, variable) for part in term))
    )


def match_terms(
    ctx: Context, relation: Term, goal: Term, missing: list[tuple[str, Term]], values: Values
) -> Iterator[Values]:
    """Values of the missing indices for which atoms of the relation become atoms of the goal.

    The indices must be integers, residues or real numbers; the places where they stand must be
    affine.
    """
    if any(sort not in ("integer", "real") and sort[0] != "residue" for _, sort in missing):
        return
    names = {name for name, _ in missing}
    patterns = [
        t for t in _atoms(substitute(relation, values)) if any(mentions(t, n) for n in names)
    ]
    formulas = (goal, *(f for f in ctx.facts.values() if f[0] in ("=", "<=", "<")))
    targets = list(dict.fromkeys(atom for formula in formulas for atom in _atoms(formula)))
    seen: list[Values] = []
    for count in (1, 2):
        for chosen in permutations(dict.fromkeys(patterns), count):
            for aims in product(targets, repeat=count):
                found: Values | None = {}
                for pattern, target in zip(chosen, aims, strict=True):
                    if found is not None and _head(pattern) == _head(target):
                        found = _solve(ctx, pattern, target, dict(missing), found)
                    else:
                        found = None
                if found is not None and names <= found.keys() and found not in seen:
                    seen.append(found)
                    yield found
        if seen:
            return


def _atoms(term: Term) -> Iterator[Term]:
    """Applications and entries in a term, outside binders."""
    if isinstance(term, tuple):
        if term[0] == "entry" or (term[0] == "app" and isinstance(term[1], str)):
            yield term
        elif term[0] not in ("sum", "sum_mod", "forall", "exists", "lambda", "matrix"):
            for part in term:
                yield from _atoms(part)


def _head(term: Term) -> Any:
    return term[:2], len(term)


def _solve(
    ctx: Context, pattern: Term, target: Term, missing: dict[str, Term], found: Values
) -> Values | None:
    """Solve place = place, one unknown at a time, each with coefficient ±1."""
    found = dict(found)
    pairs = list(zip(pattern[2:], target[2:], strict=True))
    for _ in range(len(pairs) + 1):
        for place, wanted in pairs:
            place = substitute(place, found)
            unknown = [n for n in missing if mentions(place, n)]
            if len(unknown) == 1 and unknown[0] not in found:
                value = _isolate(place, wanted, unknown[0])
                if value is None:
                    return None
                found[unknown[0]] = _as_sort(ctx, value, missing[unknown[0]])
    return found


def _isolate(place: Term, wanted: Term, name: str) -> Term | None:
    """The value of ``name`` for which the affine term ``place`` equals ``wanted``."""
    if place == name:
        return wanted
    if isinstance(place, tuple) and place[0] == "+":
        inside = [k for k, part in enumerate(place) if k and mentions(part, name)]
        if len(inside) == 1:
            others = [part for k, part in enumerate(place) if k and k != inside[0]]
            rest = others[0] if len(others) == 1 else ("+", *others)
            return _isolate(place[inside[0]], ("+", wanted, ("-", rest)), name)
    if isinstance(place, tuple) and place[0] == "-":
        return _isolate(place[1], ("-", wanted), name)
    return None


def _as_sort(ctx: Context, value: Term, sort: Term) -> Term:
    """A residue in an integer's place is lifted to its representative."""
    if sort == "integer":
        try:
            actual = sort_of(value, ctx.names)
        except (Rejected, KeyError):
            return value
        if actual[0] == "residue":
            return ("lift", value)
    return value


def is_open(term: Term, depth: int = 0) -> bool:
    """Whether the term refers to a binder around it."""
    if isinstance(term, str):
        return term[:1] == "#" and int(term[1:]) >= depth
    return any(is_open(part, depth + binds(term, k)) for k, part in enumerate(term))
