r"""Maximally monotone operators and their resolvents, ``J_{\gamma A}`` and ``(I + \gamma A)^{-1}``.

An operator that may have several values at a point, or none, is no term. By Minty's theorem it is
known by any of its resolvents, a firmly nonexpansive map J of the whole space (Bauschke and
Combettes, Convex Analysis and Monotone Operator Theory in Hilbert Spaces, 23.8), and u is one of
its values at x where J(x + γu) = x. So all that is said of it is said of its resolvents.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.kernel.terms import close
from therefore.reading.latex.errors import Unreadable
from therefore.reading.latex.names import Entity, Names, key_of, leaves
from therefore.reading.latex.relations import split_relations
from therefore.reading.latex.signs import split_at
from therefore.reading.latex.tokens import Place, Token, spelled
from therefore.reading.latex.values import is_positive
from therefore.reading.latex.words import words
from therefore.reading.sorts import Sort

if TYPE_CHECKING:
    from therefore.reading.latex.declaring import Declarer
    from therefore.reading.latex.grammar import Bound, Grammar
    from therefore.reading.latex.prose import Item

__all__ = [
    "Operator", "assume_zero", "declare_operators", "declare_resolvent", "divided",
    "factor_and_name", "factor_of", "inverse_of_sum", "membership", "operator_of", "resolvent",
    "same_resolvent",
    "speaks_of_operators", "value_of_operator",
]  # fmt: skip

_WORDS = words(
    "maximally maximal monotone operator operators set-valued multivalued multi-valued mapping "
    "mappings map be is are a an the on and both two -strongly also any , ( )"
)
_IDENTITY = ("I", "\\mathrm{Id}", "\\operatorname{Id}", "\\mathrm{I}", "\\mathrm{id}")
_ARROWS = frozenset(["\\rightrightarrows", "\\to"])


@dataclass(frozen=True)
class Operator:
    """A maximally monotone operator; ``modulus`` is that of its strong monotonicity, or ``None``.

    ``single`` is the map that it is, where it has one value at every point.
    """

    latex: str
    space: Sort
    modulus: Term = None
    single: str = ""


def operator_of(tokens: list[Token], names: Names) -> Operator | None:
    """The declared operator that tokens name."""
    return names.operators.get(spelled(tokens))


# -- declarations ---------------------------------------------------------------------------


def declare_operators(elements: list[Item], declarer: Declarer) -> bool:
    """Enter "let $A$ be maximally monotone", if that is what a declaring act says."""
    said = [item.text.lower() for item in elements if item.kind == "word"]
    if not {"maximally", "maximal"} & set(said):
        return False
    names = declarer.names
    maths = [item for item in elements if item.kind == "math"]
    place = elements[0].place
    unknown = [word for word in said if word not in _WORDS]
    if unknown or "monotone" not in said or not maths:
        shown = unknown[0] if unknown else "maximally"
        raise Unreadable(
            f"the word {shown!r} is not read here; write: let $A$ be maximally monotone", place
        )
    modulus: Term = None
    named: list[list[Token]] = []
    space: Sort | None = None
    for item in maths:
        after = elements[elements.index(item) + 1 :][:1]
        if after and after[0].text.lower() == "-strongly":
            modulus = _modulus(item.tokens, declarer)
        elif elements[max(elements.index(item) - 1, 0)].text.lower() == "on":
            space = _space(item.tokens, names)
        else:
            named.append(item.tokens)
    for tokens in named:
        head, maps = _mapping(tokens, names)
        for part in split_at(head, frozenset(",")):
            _enter(part, maps[0] or space, maps[1], modulus, declarer)
    return True


def _enter(
    tokens: list[Token], space: Sort | None, single: bool, modulus: Term, declarer: Declarer
) -> None:
    from therefore.reading.latex.declaring import Name
    from therefore.reading.latex.sets import size

    names = declarer.names
    shown, place = spelled(tokens), tokens[0].place
    known = names.plain.get(key_of(shown, place))
    if known is not None:
        if known.arguments != (known.sort,):
            raise Unreadable(f"{shown} is no operator on a space of vectors", place)
        space, single = known.sort, True
    elif split_relations(tokens) and len(split_relations(tokens)) > 1:
        raise Unreadable(f"{shown} is no name for an operator", place)
    if space is None:
        space = ("vector", size([Token("char", "d", place)], names))
    if single:
        entity = declarer.declare_function(Name(shown, place), ((space,), space))
        low: Term = "0" if modulus is None else ("*", modulus, _square(_minus("%x", "%y")))
        along = _inner(_minus(_at(entity.name, "%x"), _at(entity.name, "%y")), _minus("%x", "%y"))
        names.assume(_for_all_pairs(space, ("<=", low, along)))
        names.operators[shown] = Operator(shown, space, modulus, entity.name)
        return
    if shown in names.operators and names.operators[shown].space != space:
        raise Unreadable(f"{shown} is an operator on another space already", place)
    names.operators[shown] = Operator(shown, space, modulus)


def _mapping(tokens: list[Token], names: Names) -> tuple[list[Token], tuple[Sort | None, bool]]:
    r"""The names, and the space of ``A: \mathbb{R}^d \rightrightarrows \mathbb{R}^d``."""
    sides = split_at(tokens, frozenset(":"))
    if len(sides) != 2:
        return tokens, (None, False)
    ends = split_at(sides[1], _ARROWS)
    place = tokens[0].place
    if len(ends) != 2:
        raise Unreadable("write A: \\mathbb{R}^d \\rightrightarrows \\mathbb{R}^d", place)
    space = _space(ends[0], names)
    to = spelled(ends[1])
    several = any(t.command == "\\rightrightarrows" for t in sides[1]) or to.startswith("2^")
    if to.removeprefix("2^").strip("{}") .replace("}", "") != spelled(ends[0]).replace("}", ""):
        raise Unreadable("an operator goes from a space into itself", place)
    return sides[0], (space, not several)


def _space(tokens: list[Token], names: Names) -> Sort:
    from therefore.reading.latex.sets import domain

    found = domain(tokens, names)
    if found.restricts or found.sort[0] != "vector":
        raise Unreadable("an operator is declared on a space \\mathbb{R}^d", tokens[0].place)
    return found.sort


def _modulus(tokens: list[Token], declarer: Declarer) -> Term:
    from therefore.reading.latex.declaring import name_of
    from therefore.reading.latex.grammar import Grammar

    name = name_of(tokens, declarer.names)
    if name is not None and not name.letters and declarer.known(name) is None:
        declarer.names.assume(("<", "0", declarer.declare(name, "real").name))
    return Grammar(tokens, declarer.names).number().term


def declare_resolvent(elements: list[Item], declarer: Declarer) -> bool:
    """Pass over "let $J_{\\gamma A}$ be the resolvent of $A$", which it always is."""
    maths = [item for item in elements if item.kind == "math"]
    said = {item.text.lower() for item in elements if item.kind == "word"}
    if "resolvent" not in said or not maths or len(maths) > 2 or (
        len(split_relations(maths[0].tokens)) > 1
    ):  # fmt: skip
        return False
    tokens = maths[0].tokens
    below = [t for t in tokens[2:] if t.kind not in ("{", "}")]
    found = factor_and_name(below, declarer.names.operators)
    same = found is not None and (len(maths) < 2 or spelled(maths[1].tokens) == found[1])
    plain = said <= words("be is denote denotes the its resolvent of operator , and")
    if tokens[0].text != "J" or not same or not plain:
        raise Unreadable("write the resolvent of $A$ as J_{\\gamma A}", maths[0].place)
    return True


# -- resolvents -----------------------------------------------------------------------------


def factor_and_name(tokens: list[Token], known: object) -> tuple[list[Token], str, bool] | None:
    r"""What stands before a known name in ``\gamma A``; or below it, in ``A/L``, which is True."""
    assert isinstance(known, dict)
    for cut in range(len(tokens)):
        if spelled(tokens[cut:]) in known:
            return tokens[:cut], spelled(tokens[cut:]), False
    slash = next((k for k, token in enumerate(tokens) if token.text == "/"), 0)
    if slash and spelled(tokens[:slash]) in known:
        return tokens[slash + 1 :], spelled(tokens[:slash]), True
    return None


def factor_of(tokens: list[Token], below: bool, names: Names, what: str, place: Place) -> Term:
    """A positive factor, which nothing is bound in. Raises ``Unreadable``."""
    from therefore.reading.latex.grammar import Grammar

    if not tokens:
        return "1"
    factor = Grammar(tokens, names).number().term
    if not is_positive(factor, names.hypotheses):
        raise Unreadable(f"say first that the factor in {what} is positive", place)
    return ("/", "1", factor) if below else factor


def resolvent(tokens: list[Token], names: Names, place: Place) -> Entity | None:
    r"""The resolvent that ``\gamma A`` below a J stands for; ``None`` if A is no operator."""
    found = factor_and_name(tokens, names.operators)
    if found is None:
        return None
    factor = factor_of(found[0], found[2], names, f"J_{{{spelled(tokens)}}}", place)
    return _resolvent(names.operators[found[1]], factor, names, spelled(tokens))


def _resolvent(operator: Operator, factor: Term, names: Names, shown: str = "") -> Entity:
    made = names.resolvents.get((operator.latex, factor))
    if made is not None:
        return made
    latex = f"J_{{{shown or operator.latex}}}"
    try:
        key = key_of(latex)
    except Unreadable:
        key = key_of(f"J_{{{operator.latex} {len(names.resolvents)}}}")
    space = operator.space
    entity = names.declare(Entity(key, key, latex, "function", space, (space,)))
    _assume_firm(entity, operator, factor, names)
    unwritten = names.unwritten.pop(operator.latex, None)
    if unwritten is not None and shown:
        _in_place_of(names.resolvents.pop((operator.latex, unwritten)), entity, names)
    for (of, other_factor), other in list(names.resolvents.items()):
        if of == operator.latex:
            names.assume(_for_all_pairs(space, _across(entity, factor, other, other_factor)))
            zeros = [one for one in names.hypotheses if one[:1] == ("=",)]
            for zero in [one for one in zeros if _is_at(one, other.name)]:
                names.assume(("=", _at(entity.name, zero[2]), zero[2]))
    names.resolvents[operator.latex, factor] = entity
    return entity


def _in_place_of(made: Entity, entity: Entity, names: Names) -> None:
    """Say of one resolvent what was said of another that is written nowhere."""
    zeros = [one for one in names.hypotheses if one[:1] == ("=",) and _is_at(one, made.name)]
    names.hypotheses = [
        one for one in names.hypotheses if made.name not in set(leaves(one))
    ] + [("=", _at(entity.name, one[2]), one[2]) for one in zeros]


def _is_at(fact: Term, name: str) -> bool:
    """Whether a fact is J(z) = z of this J and some z."""
    return bool(fact[1] == ("app", name, fact[2]))


def _assume_firm(entity: Entity, operator: Operator, factor: Term, names: Names) -> None:
    here, there = _at(entity.name, "%x"), _at(entity.name, "%y")
    along = _inner(_minus(here, there), _minus("%x", "%y"))
    length: Term = _square(_minus(here, there))
    if operator.modulus is not None:
        length = ("*", ("+", "1", _times(factor, operator.modulus)), length)
    names.assume(_for_all_pairs(operator.space, ("<=", length, along)))
    if operator.single:
        value = ("+", here, _times(factor, _at(operator.single, here)))
        names.assume(("forall", operator.space, close(("=", value, "%x"), "%x")))


def _across(one: Entity, factor: Term, other: Entity, other_factor: Term) -> Term:
    """Two resolvents belong to one operator: their values are values of it, and monotone."""
    here, there = _at(one.name, "%x"), _at(other.name, "%y")
    first = divided(_minus("%x", here), factor)
    second = divided(_minus("%y", there), other_factor)
    return ("<=", "0", _inner(_minus(first, second), _minus(here, there)))


def inverse_of_sum(grammar: Grammar) -> Entity | None:
    r"""The resolvent ``(I + \gamma A)^{-1}`` that comes next, passed over; or ``None``."""
    names, start = grammar.names, grammar.position
    if not names.operators or grammar.sign() != "(":
        return None
    tokens = grammar.tokens
    depth, end = 0, start
    for end in range(start, len(tokens)):
        depth += (tokens[end].command == "(") - (tokens[end].command == ")")
        if not depth:
            break
    inner = tokens[start + 1 : end]
    parts = split_at(inner, frozenset("+"))
    power = spelled([t for t in tokens[end + 1 : end + 6] if t.kind not in ("{", "}")])
    if len(parts) != 2 or spelled(parts[0]) not in _IDENTITY or not power.startswith("^-1"):
        return None
    found = resolvent(parts[1], names, tokens[start].place)
    if found is None:
        return None
    grammar.position = end + 1
    grammar.take()
    grammar.argument(tokens[end])
    return found


def same_resolvent(left: list[Token], right: list[Token], names: Names) -> bool:
    r"""Whether ``J_{\gamma A} = (I + \gamma A)^{-1}`` says what J is. Raises ``Unreadable``."""
    from therefore.reading.latex.grammar import Grammar

    if len(left) < 3 or left[0].text != "J" or left[1].text != "_":
        return False
    written = Grammar(right, names)
    found = inverse_of_sum(written)
    if found is None or written.peek() is not None:
        return False
    below = [t for t in left[2:] if t.kind not in ("{", "}")]
    if resolvent(below, names, left[0].place) != found:
        raise Unreadable(f"{spelled(left)} is another resolvent than this", left[0].place)
    return True


# -- values ---------------------------------------------------------------------------------


def values_of_operator(
    tokens: list[Token], names: Names, bound: Bound
) -> tuple[Operator, Term] | None:
    """The operator and the point of ``A(x)`` or ``A x``, if tokens are that and A has no values."""
    from therefore.reading.latex.grammar import Grammar

    for cut in range(1, len(tokens)):
        operator = operator_of(tokens[:cut], names)
        if operator is not None and not operator.single and tokens[cut].text not in ("_", "^"):
            point = Grammar(tokens[cut:], names, bound).whole()
            if point.sort != operator.space:
                raise Unreadable(f"{spelled(tokens[cut:])} is no point of its space",
                                 tokens[cut].place)  # fmt: skip
            return operator, point.term
    return None


def speaks_of_operators(sides: list[tuple[str, Token, list[Token]]], names: Names) -> bool:
    r"""Whether a relation is ``u \in A(x)`` of a maximally monotone A."""
    if len(sides) != 2 or sides[1][0] != "in":
        return False
    right = sides[1][2]
    return any(operator_of(right[:cut], names) for cut in range(1, len(right)))


def value_of_operator(
    sides: list[tuple[str, Token, list[Token]]], names: Names, bound: Bound
) -> Term:
    """What such a relation says. Raises ``Unreadable``."""
    from therefore.reading.latex.grammar import Grammar

    left, right = sides[0][2], sides[1][2]
    found = values_of_operator(right, names, bound)
    if found is None:
        raise Unreadable(f"{spelled(right)} is no set here; write = for it", right[0].place)
    operator, point = found
    if spelled(left) == "0":
        return membership(point, None, operator, names)
    value = Grammar(left, names, bound).whole()
    if value.sort != operator.space:
        raise Unreadable(f"{spelled(left)} is no point of its space", left[0].place)
    return membership(point, value.term, operator, names)


def membership(point: Term, value: Term, operator: Operator, names: Names) -> Term:
    """That a value of an operator at a point is this one, or 0 where the value is ``None``."""
    known = [one for (of, _), one in names.resolvents.items() if of == operator.latex]
    factors = [factor for of, factor in names.resolvents if of == operator.latex]
    if operator.single:
        right: Term = ("zero", operator.space[1]) if value is None else value
        return ("=", _at(operator.single, point), right)
    if not known:
        known, factors = [_resolvent(operator, "1", names)], ["1"]
    if value is None:
        return ("=", _at(known[0].name, point), point)
    names.unwritten.pop(operator.latex, None)
    return ("=", _at(known[0].name, ("+", point, _times(factors[0], value))), point)


def assume_zero(point: Term, operator: Operator, names: Names) -> None:
    """Assume that a point is a zero of an operator, by all of its resolvents."""
    first = not any(of == operator.latex for of, _ in names.resolvents)
    names.assume(membership(point, None, operator, names))
    if first and not operator.single:
        names.unwritten[operator.latex] = "1"
    for (of, _), one in names.resolvents.items():
        if of == operator.latex:
            names.assume(("=", _at(one.name, point), point))


# -- terms ----------------------------------------------------------------------------------


def _at(name: str, point: Term) -> Term:
    return ("app", name, point)


def _minus(left: Term, right: Term) -> Term:
    return ("+", left, ("-", right))


def _times(factor: Term, value: Term) -> Term:
    return value if factor == "1" else ("*", factor, value)


def divided(value: Term, factor: Term) -> Term:
    """A vector divided by a positive factor."""
    if factor == "1":
        return value
    if factor[:2] == ("/", "1"):
        return ("*", factor[2], value)
    return ("*", ("/", "1", factor), value)


def _inner(left: Term, right: Term) -> Term:
    return ("inner", left, right)


def _square(of: Term) -> Term:
    return ("^", ("norm", of), "2")


def _for_all_pairs(space: Sort, relation: Term) -> Term:
    return ("forall", space, close(("forall", space, close(relation, "%y")), "%x"))
