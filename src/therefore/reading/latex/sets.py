r"""What a name may be an element of: ``\mathbb{R}^{n\times d}``, ``[0, 1]``, ``\mathbb{Z}_n``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from therefore.goal import Term
from therefore.kernel.size_terms import settled_size
from therefore.reading.latex.errors import Ambiguous, Undeclared, Unreadable
from therefore.reading.latex.grammar import Grammar
from therefore.reading.latex.names import Entity, Names, described, key_of
from therefore.reading.latex.products import Value
from therefore.reading.latex.relations import relate
from therefore.reading.latex.signs import is_digit, split_at
from therefore.reading.latex.symbols import GREEK
from therefore.reading.latex.tokens import Place, Token, spelled
from therefore.reading.sorts import Sort

__all__ = ["Domain", "domain", "is_space", "listed_ends", "size"]


@dataclass(frozen=True)
class Domain:
    """A set: the sort of its elements, and the relations that they satisfy, (sign, value).

    Projections onto closed convex sets that hold the elements leave them where they are.
    """

    sort: Sort
    conditions: tuple[tuple[str, Value, bool], ...] = ()
    unmoved: tuple[str, ...] = ()

    @property
    def restricts(self) -> bool:
        """Whether not everything of the sort is an element."""
        return bool(self.conditions or self.unmoved)

    def formulas(self, element: Value, place: Place) -> list[Term]:
        """What an element satisfies."""
        stays: list[Term] = [
            ("=", ("app", name, element.term), element.term) for name in self.unmoved
        ]
        return stays + [
            relate(sign, value, element, place) if before else relate(sign, element, value, place)
            for sign, value, before in self.conditions
        ]


def is_space(tokens: list[Token]) -> bool:
    r"""Whether tokens are a set written out, such as ``\mathbb{R}^d`` or ``n \times d``."""
    shown = spelled(tokens)
    return shown.startswith(("\\mathbb{R}", "\\mathbb{Z}", "\\mathbb{N}")) or (
        len(split_at(tokens, frozenset(["\\times"]))) == 2 and "=" not in shown
    )


def size(tokens: list[Token], names: Names) -> Term:
    """A size: a number, a name that serves as one from now on, or a sum or product of sizes.

    Raises ``Unreadable``.
    """
    tokens = [t for t in tokens if t.kind not in ("{", "}")]
    for head, parts in (("+", split_at(tokens, frozenset("+"))), ("*", _size_factors(tokens))):
        if len(parts) > 1 and all(parts):
            return settled_size((head, *(size(part, names) for part in parts)))
    if len(tokens) > 2 and tokens[0].command == "(" and tokens[-1].command == ")":
        return size(tokens[1:-1], names)
    shown = spelled(tokens)
    place = tokens[0].place if tokens else None
    if shown.isdigit() and shown.isascii() and 1 <= int(shown) <= 999:
        return str(int(shown))
    if len(tokens) != 1 or not (
        (tokens[0].kind == "char" and tokens[0].text.isalpha() and tokens[0].text.isascii())
        or tokens[0].text in GREEK
    ):
        raise Unreadable(f"{shown or 'nothing'} is no size; use a letter or a number", place)
    key = key_of(shown, place)
    known = names.plain.get(key)
    if known is None or known.soft:
        return names.declare(Entity(key, key, shown, "plain", "size"), place).name
    if known.sort == "size" and not known.arguments:
        return known.name
    positive = ("<=", "1", known.name) in names.hypotheses
    if known.sort == "integer" and positive and known.kind == "plain":
        names.become_size(key)
        return known.name
    raise Unreadable(
        f"{shown} is used as a size, and is {described(known.sort)}; declare it as a positive "
        "integer",
        place,
        f"% therefore: declare {shown} size",
    )


def _size_factors(tokens: list[Token]) -> list[list[Token]]:
    r"""The factors of a product of sizes, ``2h``, ``mn`` or ``m(n + 1)``; few for anything else."""
    factors: list[list[Token]] = []
    depth = 0
    for token in tokens:
        sign = token.command
        plain = token.kind == "char" and token.text.isalnum() and token.text.isascii()
        if not (plain or sign in ("(", ")") or token.text in GREEK or depth):
            return []
        if not factors and sign == ")":
            return []
        both_digits = factors and is_digit(factors[-1][-1]) and is_digit(token)
        if depth or both_digits or sign == ")":
            factors[-1].append(token)
        else:
            factors.append([token])
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return []
    return factors if depth == 0 else []


def domain(tokens: list[Token], names: Names) -> Domain:
    """The set that tokens write. Raises ``Unreadable`` for any that is not in the language."""
    shown = spelled(tokens)
    place = tokens[0].place if tokens else None
    if shown.startswith("\\mathbb{R}"):
        return _real_space(tokens[4:], names, place)
    if shown.startswith("\\mathbb{Z}"):
        return _integers(tokens[4:], names, place)
    if shown.startswith("\\mathbb{N}"):
        if spelled(_bare(tokens[5:])) == "0" and shown.startswith("\\mathbb{N}_"):
            return Domain("integer", (("<=", Value("0", "integer"), True),))
        raise Ambiguous(
            ("the integers from 0", "the integers from 1"),
            "write \\mathbb{N}_0, or \\mathbb{Z}_{>0}",
            place,
        )
    if tokens and tokens[0].command in "[(" and tokens[-1].command in "])":
        return _interval(tokens, names, place)
    if tokens and tokens[0].command == "\\{":
        return _listed(tokens, names, place)
    parts = split_at(tokens, frozenset(["\\cap"]))
    if len(parts) > 1 or shown in names.sets:
        known = [names.sets.get(spelled(part)) for part in parts]
        found = [one for one in known if one is not None]
        if len(found) == len(known) and len({one.sort for one in found}) == 1:
            return Domain(found[0].sort, (), tuple(one.name for one in found))
    parts = split_at(tokens, frozenset(["\\times"]))
    if len(parts) == 2:
        return Domain(("matrix", size(parts[0], names), size(parts[1], names)))
    raise Unreadable(f"the set {shown or 'after the sign'} is not in the language", place)


def _bare(tokens: list[Token]) -> list[Token]:
    return [t for t in tokens if t.kind not in ("{", "}")]


def _real_space(rest: list[Token], names: Names, place: Place | None) -> Domain:
    if not rest:
        return Domain("real")
    script = _bare(rest[1:])
    shown = spelled(script)
    if rest[0].text == "_":
        signs = {">0": "<", "\\ge0": "<=", "+": "", "++": "<"}
        if shown not in signs:
            raise Unreadable(f"\\mathbb{{R}}_{{{shown}}} is not in the language", place)
        if not signs[shown]:
            raise Ambiguous(
                ("the positive numbers", "the nonnegative numbers"),
                "write \\mathbb{R}_{>0} or \\mathbb{R}_{\\ge 0}",
                place,
            )
        return Domain("real", ((signs[shown], Value("0", "integer"), True),))
    if rest[0].text != "^":
        raise Unreadable(f"\\mathbb{{R}}{spelled(rest)} is not in the language", place)
    sides = split_at(script, frozenset(["\\times"]))
    if len(sides) == 2:
        return Domain(("matrix", size(sides[0], names), size(sides[1], names)))
    return Domain(("vector", size(script, names)))


def _integers(rest: list[Token], names: Names, place: Place | None) -> Domain:
    if not rest:
        return Domain("integer")
    shown = spelled(_bare(rest[1:]))
    bounds = {">0": ("<=", "1"), "\\ge1": ("<=", "1"), "\\ge0": ("<=", "0"), "+": ("<=", "1")}
    if rest[0].text in "_^" and shown in bounds:
        sign, low = bounds[shown]
        return Domain("integer", ((sign, Value(low, "integer"), True),))
    if rest[0].text == "_":
        return Domain(("residue", size(rest[1:], names)))
    raise Unreadable(f"\\mathbb{{Z}}{spelled(rest)} is not in the language", place)


def _interval(tokens: list[Token], names: Names, place: Place | None) -> Domain:
    ends = split_at(tokens[1:-1], frozenset(","))
    if len(ends) != 2:
        raise Unreadable("an interval has two ends", place)
    infinite = [spelled(ends[0]) == "-\\infty", spelled(ends[1]) in ("\\infty", "+\\infty")]
    if (infinite[0] and tokens[0].command == "[") or (infinite[1] and tokens[-1].command == "]"):
        raise Unreadable("\\infty is no number; write [a, \\infty) or \\mathbb{R}", place)
    found: list[tuple[str, Value, bool]] = []
    if not infinite[0]:
        sign = "<=" if tokens[0].command == "[" else "<"
        found.append((sign, Grammar(ends[0], names).number(), True))
    if not infinite[1]:
        sign = "<=" if tokens[-1].command == "]" else "<"
        found.append((sign, Grammar(ends[1], names).number(), False))
    return Domain("real", tuple(found))


def _listed(tokens: list[Token], names: Names, place: Place | None) -> Domain:
    r"""``\{1, \dots, n\}``: integers between two ends."""
    ends = listed_ends(split_at(tokens[1:-1], frozenset(",")), names, place)
    if ends is None:
        raise Unreadable("a set is read as an interval, or as \\{1, \\dots, n\\}", place)
    low, high = ends
    above = () if high is None else (("<=", high, False),)
    return Domain("integer", (("<=", low, True), *above))


def listed_ends(
    parts: list[list[Token]], names: Names, place: Place | None
) -> tuple[Value, Value | None] | None:
    r"""The ends of ``1, \dots, n``, of ``0, 1, 2`` and of ``0, 1, \dots``, which goes on for ever.

    Raises ``Unreadable`` for what does not go up by one.
    """
    dots = [k for k, part in enumerate(parts) if spelled(part) == "\\dots"]
    if len(dots) > 1 or (dots and not 1 <= dots[0] <= 3) or (dots and len(parts) - dots[0] > 2):
        return None
    count = dots[0] if dots else len(parts)
    shown = [spelled(part) for part in parts[:count]]
    if count < 2 and (not dots or dots[0] == len(parts) - 1):
        return None
    if count > 1:
        if not all(one.isdigit() and one.isascii() for one in shown):
            return None
        if any(int(two) != int(one) + 1 for one, two in pairwise(shown)):
            raise Unreadable("a range goes up by one", place)
    if dots and dots[0] == len(parts) - 1:
        return end(parts[0], names), None
    return end(parts[0], names), end(parts[-1], names)


def end(tokens: list[Token], names: Names) -> Value:
    """An end of a range; a letter that nothing declares is a positive integer: N or N - 1."""
    alone = len(tokens) == 1 or spelled(tokens[1:]) == "-1"
    if alone and tokens and tokens[0].kind == "char" and tokens[0].text.isalpha():
        key = key_of(tokens[0].text, tokens[0].place)
        known = names.plain.get(key)
        if known is None:
            made = names.declare(
                Entity(key, key, tokens[0].text, "plain", "integer"), tokens[0].place
            )
            names.assume(("<=", "1", made.name))
        elif known.soft:
            names.plain[key] = replace(known, soft=False)
    value = Grammar(tokens, names).number()
    if value.sort not in ("integer", "size"):
        shown = spelled(tokens)
        raise Undeclared(
            shown, key_of("n"), "positive integer", tokens[0].place,
            f"as an integer; it is {described(value.sort)}",
        )  # fmt: skip
    return value
