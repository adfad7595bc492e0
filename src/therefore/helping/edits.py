"""Small edits of a formula: the mistakes that are made in writing a line, backwards.

An edit changes one place: a sign, a factor, a name or an index, a transpose, a power, an
absolute value, a summand or factor too many or too few, or the relation itself. Each has a cost;
smaller ones are more likely to be what the author meant. No edit knows any line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from therefore.goal import Term
from therefore.helping.places import Place, places, size_of
from therefore.kernel.binders import is_number

__all__ = ["Edit", "edits"]

RELATIONS = ("=", "!=", "<=", "<")
# The left side is what the line speaks of, so that an edit there is less likely.
_ON_THE_LEFT = 2.0
# A power on one side of an inequality is too often true by chance.
_IN_AN_ORDER = 1.1
_LARGEST_ADDED = 12
_MOST_ADDED = 24
_NUMBERS = ("real", "integer", "size")


@dataclass(frozen=True)
class Edit:
    """A formula that is one edit away, and how large the edit is."""

    cost: float
    formula: Term


def edits(
    formula: Term, names: Mapping[str, Term], others: Sequence[Term] = ()
) -> list[Edit]:
    """The edits of a formula, the smallest first; ``others`` are terms that may be missing."""
    spots = list(places(formula, names))
    addable = _addable(spots, others)
    best: dict[Term, float] = {}
    trivial = 99.0  # the cost of making both sides the same: a larger edit is not what was meant
    for spot in spots:
        extra = _ON_THE_LEFT if spot.side == 1 else 0.0
        for cost, part in _changes(spot, addable):
            edited = spot.put(_tidy(part))
            power = spot.above == "^" or (isinstance(part, tuple) and part[0] == "^")
            cost += _IN_AN_ORDER if power and formula[0] in ("<=", "<") else 0.0
            if _empty(edited):
                trivial = min(cost, trivial)
            elif edited != formula:
                best[edited] = min(cost + extra, best.get(edited, 99.0))
    ordered = sorted(best.items(), key=lambda item: item[1])
    return [Edit(cost, one) for one, cost in ordered if cost <= trivial]


def _changes(spot: Place, addable: Mapping[str, list[Term]]) -> Iterator[tuple[float, Term]]:
    part, sort = spot.part, spot.sort
    if sort is None:
        yield from _relations(part, spot.names)
        return
    kind = sort if isinstance(sort, str) else sort[0]
    yield from _names(spot)
    if kind in _NUMBERS:
        yield from _numbers(spot)
    if kind == "matrix":
        yield from _matrices(part)
    if kind == "integer" and spot.above == "app":
        yield from ((1.5, _plus(part, "1")), (1.5, _plus(part, "-1")))
    if kind in _NUMBERS or kind in ("vector", "matrix"):
        if not is_number(part):
            yield from _factors(spot)
        yield from _fewer(part)
        yield from _more(spot, addable.get(_key(sort), []), addable.get("real", []))


def _relations(part: Term, names: Mapping[str, Term]) -> Iterator[tuple[float, Term]]:
    if not isinstance(part, tuple) or part[0] not in RELATIONS or part[0] == "!=":
        return
    head, left, right = part
    if not _speaks_of_names(part):
        return  # of closed terms the value says more
    if head == "<":
        yield 1.0, ("<=", left, right)
        yield 2.0, ("<", right, left)
        yield 2.5, ("<=", right, left)
    elif head == "<=":
        yield 2.0, ("<=", right, left)
    else:
        yield 6.0, ("<=", left, right)
        yield 6.0, ("<=", right, left)
        for name, sort in names.items():
            if sort in _NUMBERS:  # a bound that was taken for an equation, its factor forgotten
                yield 6.5, ("<=", left, _times(name, right))
                yield 6.5, ("<=", _times(name, left), right)


def _speaks_of_names(term: Term) -> bool:
    if isinstance(term, str):
        return term[:1].isalpha() or term[:1] == "%"
    return any(_speaks_of_names(part) for part in term[1 + (term[0] == "app") :])


def _names(spot: Place) -> Iterator[tuple[float, Term]]:
    if not isinstance(spot.part, str) or spot.part not in spot.names:
        return
    for name, sort in spot.names.items():
        alike = name[0] == spot.part[0] if "%" in (name[0], spot.part[0]) else True
        if name != spot.part and sort == spot.sort and alike:
            yield 1.0, name


def _numbers(spot: Place) -> Iterator[tuple[float, Term]]:
    part = spot.part
    if spot.above == "^" and spot.at == 2:
        if is_number(part) and part.isdigit():
            yield from ((1.5, str(n)) for n in (int(part) + 1, int(part) - 1) if n >= 2)
        return
    if is_number(part):
        value = Fraction(part)
        for cost, other in (
            (1.5, -value), (1.5, value + 1), (1.5, value - 1), (1.5, 2 * value), (1.5, value / 2),
        ):  # fmt: skip
            if other != value:
                yield cost, _literal(other)
        return
    if not isinstance(part, tuple):
        yield 1.5, ("abs", part)
        yield 1.5, ("^", part, "2")
        return
    head = part[0]
    if head in ("abs", "norm", "app", "inner", "exp", "sin", "cos", "log", "+"):
        yield (1.0 if head in ("abs", "norm") else 1.5), ("^", part, "2")
    if head == "abs":
        yield 1.5, part[1]
    if head == "-":
        yield 1.5, ("abs", part[1])
    if head == "+":
        yield 2.0, ("abs", part)
    if head == "sqrt":
        yield 1.5, part[1]
    if head in ("sin", "cos"):
        yield 1.5, ("cos" if head == "sin" else "sin", part[1])
    if head == "/":
        yield 2.0, ("/", part[2], part[1])
        yield 1.5, part[1]
    if head == "^":
        yield 1.5, part[1]
        yield 2.0, ("/", "1", part)


def _matrices(part: Term) -> Iterator[tuple[float, Term]]:
    if isinstance(part, tuple) and part[0] in ("transpose", "inverse"):
        yield 1.0, part[1]
    else:
        yield 1.0, ("transpose", part)
        yield 1.5, ("inverse", part)
    if isinstance(part, tuple) and part[0] in ("matmul", "outer"):
        yield 1.0, (part[0], part[2], part[1])
        yield 1.5, (part[0], ("transpose", part[2]), ("transpose", part[1]))


def _factors(spot: Place) -> Iterator[tuple[float, Term]]:
    """Another sign or factor, at summands, sides and arguments."""
    part = spot.part
    if spot.above in ("*", "^", "sqrt") or (spot.above == "/" and spot.at == 2):
        return
    within = 0.4 if spot.above in ("inner", "matmul", "norm", "app") else 0.0
    if isinstance(part, tuple) and part[0] == "-":
        yield 1.0 + within, part[1]
    elif spot.above != "-":
        yield 1.0 + within, ("-", part)
    for cost, factor in ((1.5, "2"), (1.5, "1/2"), (2.5, "3"), (2.5, "4"), (2.5, "1/3")):
        yield cost, _times(factor, part)
    if spot.above in ("app", "entry"):
        return
    for name, sort in spot.names.items():
        if sort in _NUMBERS:
            yield 2.5, _times(name, part)
            yield 2.5, ("/", part, name)


def _fewer(part: Term) -> Iterator[tuple[float, Term]]:
    """One summand or factor less, or a fraction without what stands below."""
    if isinstance(part, tuple) and part[0] in ("+", "*"):
        rest = part[1:]
        for k in range(len(rest)):
            left = rest[:k] + rest[k + 1 :]
            yield 2.0, left[0] if len(left) == 1 else (part[0], *left)


def _more(
    spot: Place, alike: Sequence[Term], numbers: Sequence[Term]
) -> Iterator[tuple[float, Term]]:
    """A summand or factor more, of those that occur around the line."""
    part = spot.part
    if spot.above in RELATIONS and spot.sort != "integer":
        for other in alike:
            small = 0.02 * size_of(other)
            yield 3.0 + small, _plus(part, other)
            yield 3.0 + small, _plus(part, ("-", other))
    if spot.above in (*RELATIONS, "+", "-"):
        for other in numbers:
            yield 3.2 + 0.02 * size_of(other), _times(other, part)


def _addable(spots: Sequence[Place], others: Sequence[Term]) -> dict[str, list[Term]]:
    """The terms that may be missing, by their sort: no numbers, and none that is large."""
    found: dict[str, dict[Term, None]] = {}
    outer = spots[0].names if spots else {}
    known = [spot for spot in spots if spot.side]
    for other in others:
        known += list(places(other, outer))
    for spot in known:
        loose = any(name not in outer for name in _leaves(spot.part))
        if spot.sort is None or is_number(spot.part) or loose or spot.sort == "size":
            continue
        for part in (spot.part, *_beginnings(spot.part)):
            if size_of(part) <= _LARGEST_ADDED:
                found.setdefault(_key(spot.sort), {})[part] = None
    return {
        key: sorted(terms, key=size_of)[:_MOST_ADDED] for key, terms in found.items()
    }


def _beginnings(part: Term) -> Iterator[Term]:
    """Of a product its factors but the last, where they are numbers."""
    if isinstance(part, tuple) and part[0] == "*" and len(part) > 3:
        yield part[:-1]


def _key(sort: Term) -> str:
    return "real" if sort in _NUMBERS else repr(sort)


def _leaves(term: Term) -> Iterator[str]:
    if isinstance(term, str):
        if term[:1] == "%":
            yield term
    else:
        for part in term[1:]:
            yield from _leaves(part)


def _plus(part: Term, other: Term) -> Term:
    if isinstance(part, tuple) and part[0] == "+":
        return (*part, other)
    if is_number(part) and is_number(other):
        return _literal(Fraction(part) + Fraction(other))
    return ("+", part, other)


def _times(factor: Term, part: Term) -> Term:
    if isinstance(part, tuple) and part[0] == "-":
        return ("-", ("*", factor, part[1]))
    return ("*", factor, part)


def _literal(value: Fraction) -> Term:
    return str(value)


def _tidy(term: Term) -> Term:
    """As one would write it: one number before a product, no double signs, no powers of one."""
    if isinstance(term, str):
        return term
    head, *parts = term
    if head == "-" and len(parts) == 1 and isinstance(parts[0], tuple):
        return _opposite(parts[0])
    if head == "^" and parts[1] == "1":
        return parts[0]
    if head == "*":
        return _product(parts)
    return term


def _opposite(part: tuple[Term, ...]) -> Term:
    """The negative of a term; of a difference, the difference the other way round."""
    if part[0] == "-" and len(part) == 2:
        return part[1]
    if part[0] == "+" and len(part) == 3:
        first, second = part[1:]
        if isinstance(second, tuple) and second[0] == "-" and len(second) == 2:
            return ("+", second[1], ("-", first))
        if is_number(second) and Fraction(second) < 0:
            return ("+", _literal(-Fraction(second)), ("-", first))
    return ("-", part)


def _product(parts: Sequence[Term]) -> Term:
    """A product without products in it, its numbers made one."""
    flat: list[Term] = []
    for part in parts:
        inner = isinstance(part, tuple) and part[0] == "*"
        flat += list(part[1:]) if inner else [part]
    numbers = [part for part in flat if is_number(part)]
    if len(numbers) < 2:
        return ("*", *flat)
    value = Fraction(1)
    for number in numbers:
        value *= Fraction(number)
    rest = [part for part in flat if not is_number(part)]
    if not rest:
        return _literal(value)
    if abs(value) != 1:
        rest.insert(0, _literal(abs(value)))
    found = rest[0] if len(rest) == 1 else ("*", *rest)
    return ("-", found) if value < 0 else found


def _empty(formula: Term) -> bool:
    """Whether a relation says only that something equals itself."""
    if isinstance(formula, str):
        return False
    if formula[0] in RELATIONS and len(formula) == 3:
        return bool(formula[1] == formula[2])
    return formula[0] in ("and", "or", "implies", "forall", "exists") and any(
        _empty(part) for part in formula[1:]
    )
