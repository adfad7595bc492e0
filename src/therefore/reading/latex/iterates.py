r"""Iterates that a method declares: in $x_{k+1} = x_k - \frac1L\nabla f(x_k)$ they are vectors.

What a function is applied to has the kind that it takes; so do the members of the sequence.
"""

from __future__ import annotations

from therefore.reading.latex.declaring import Declarer, Name, name_of, separated
from therefore.reading.latex.errors import Unreadable
from therefore.reading.latex.grammar import Grammar
from therefore.reading.latex.names import Entity, Names, key_of
from therefore.reading.latex.relations import split_relations
from therefore.reading.latex.subgradients import applied_in_sets, speaks_of_subgradients
from therefore.reading.latex.symbols import INDEX_LETTERS
from therefore.reading.latex.tokens import Token, spelled
from therefore.reading.latex.values import kind_of
from therefore.reading.sorts import Sort

__all__ = ["declare_applied", "declare_indices", "declare_iterates", "declare_starred"]


def declare_iterates(tokens: list[Token], declarer: Declarer) -> None:
    r"""Declare the sequences of a recurrence of which nothing is known, if it says their kind.

    So is a new g in ``g \\in \\partial f(x)``, and a p that is a proximal point.
    """
    for part in separated(tokens):
        _declare_of(part, declarer)


def _declare_of(tokens: list[Token], declarer: Declarer) -> None:
    sides = split_relations(tokens)
    subgradients = speaks_of_subgradients(sides)
    if len(sides) != 2 or not (sides[1][0] == "=" or subgradients):
        return
    left, right = sides[0][2], sides[1][2]
    if subgradients:
        right = applied_in_sets(right)
    made = _member(left)
    if made is None:
        if subgradients:
            _declare_point(left, right, declarer)
        return
    members = dict.fromkeys([made, *_members(right, made[2])])
    new = [one for one in members if _is_new(one[0], declarer)]
    place = tokens[0].place
    for base, letter, above in new:
        taken = _taken(base, right, declarer)
        if taken is not None:
            declarer.declare(Name(base, place, (), (letter,), superscript=above), taken)
    base, letter, above = made
    if not _is_new(base, declarer):
        return
    name = Name(base, place, (), (letter,), superscript=above)
    sort = _space_of(right, declarer) if subgradients else _sort_of(right, name, declarer)
    if sort is not None:
        declarer.declare(name, sort)


def _declare_point(left: list[Token], right: list[Token], declarer: Declarer) -> None:
    name, space = name_of(left, declarer.names), _space_of(right, declarer)
    if name is None or space is None or name.letters or name.parameters:
        return
    if declarer.known(name) is None and declarer.is_new(name):
        declarer.declare(name, space)


def declare_applied(tokens: list[Token], formulas: list[list[Token]], declarer: Declarer) -> None:
    r"""Declare a bare new name as a point, where a formula has ``\\nabla f(x^*)`` or ``A(x^*)``."""
    names, name = declarer.names, name_of(tokens, declarer.names)
    if name is None or name.letters or name.parameters or declarer.known(name) is not None:
        return
    shown = [token.command for token in tokens]
    for formula in formulas:
        written = [token.command for token in formula]
        for k in range(1, len(written) - len(shown) + 1):
            if written[k : k + len(shown)] != shown:
                continue
            bracket = written[k - 1] == "(" and k > 1
            if bracket and written[k + len(shown) : k + len(shown) + 1] != [")"]:
                continue
            before = formula[k - 2] if bracket else formula[k - 1]
            known, operator = names.plain.get(_key(before)), names.operators
            if before.command in operator:
                declarer.declare(name, operator[before.command].space)
                return
            if not bracket and (known is None or known.arguments != (known.sort,)):
                continue
            if known is not None and known.kind != "plain" and len(known.arguments) == 1:
                declarer.declare(name, known.arguments[0])
                return


def declare_starred(tokens: list[Token], declarer: Declarer) -> None:
    """Declare new names with a star that stand as the argument of a declared function."""
    for k in range(2, len(tokens) - 3):
        star = tokens[k + 1].text in ("^", "_") and "*" in [t.text for t in tokens[k + 2 : k + 4]]
        if tokens[k - 1].text != "(" or tokens[k].kind not in ("char", "macro") or not star:
            continue
        end = next((j for j in range(k, len(tokens)) if tokens[j].text == ")"), 0)
        if end:
            declare_applied(tokens[k:end], [tokens], declarer)


def declare_indices(variables: list[str], formulas: list[list[Token]], names: Names) -> None:
    """Let letters that stand below or above a name, and that nothing declares, be integers."""
    for letter in variables:
        if letter in INDEX_LETTERS and letter not in names.plain and any(
            letter == one[1] for tokens in formulas for one in _members(tokens)
        ):  # fmt: skip
            names.declare(
                Entity(letter, letter, letter, "plain", "integer", soft=True, index=True)
            )


def _member(tokens: list[Token], above_too: bool = False) -> tuple[str, str, bool] | None:
    r"""The letter and the index of ``x_{k+1}`` or ``x^{k+1}``, and whether it stands above.

    ``x^k`` may be a power, and is one unless ``above_too``.
    """
    shown = [t for t in tokens if t.kind not in ("{", "}")]
    if len(shown) < 3 or shown[1].text not in ("_", "^") or shown[0].kind not in ("char", "macro"):
        return None
    above, index = shown[1].text == "^", shown[2:]
    if above and index[0].text == "(" and index[-1].text == ")":
        index = index[1:-1]
    elif above and len(index) == 1 and not above_too:
        return None
    if not index or index[0].text not in INDEX_LETTERS or (
        spelled(index[1:]) not in ("", "+1", "-1", "+2")
    ):  # fmt: skip
        return None
    return spelled(shown[:1]), index[0].text, above


def _members(tokens: list[Token], above_too: bool = False) -> list[tuple[str, str, bool]]:
    """The members of sequences within a formula."""
    found = []
    for k, token in enumerate(tokens):
        if token.text in ("_", "^") and k and tokens[k - 1].kind in ("char", "macro"):
            end = k + 2
            if k + 1 < len(tokens) and tokens[k + 1].kind == "{":
                end = next((j for j in range(k, len(tokens)) if tokens[j].kind == "}"), k + 1) + 1
            made = _member(tokens[k - 1 : end], above_too)
            if made is not None:
                found.append(made)
    return found


def _is_new(base: str, declarer: Declarer) -> bool:
    names = declarer.names
    try:
        key = key_of(base, None)
    except Unreadable:
        return False
    return key not in names.sequences and key not in names.plain


def _taken(base: str, tokens: list[Token], declarer: Declarer) -> Sort | None:
    """The kind that a declared function takes which stands before a member, as in ∇f(x_k)."""
    for k in range(2, len(tokens) - 1):
        if spelled(tokens[k : k + 1]) != base or tokens[k + 1].text not in ("_", "^"):
            continue
        before = k - 1
        if tokens[before].text == "(":
            before -= 1
        known = declarer.names.plain.get(_key(tokens[before]))
        if known is not None and known.kind == "function" and len(known.arguments) == 1:
            return known.arguments[0]
    return None


def _space_of(tokens: list[Token], declarer: Declarer) -> Sort | None:
    """The space of the first function that is named."""
    for token in tokens:
        known = declarer.names.plain.get(_key(token))
        if known is not None and known.kind == "function" and len(known.arguments) == 1:
            return known.arguments[0]
    return None


def _key(token: Token) -> str:
    try:
        return key_of(spelled([token]), token.place)
    except Unreadable:
        return ""


def _sort_of(tokens: list[Token], name: Name, declarer: Declarer) -> Sort | None:
    """The kind of a formula, if it is a vector where the sequence that it makes is of that kind.

    Where the formula can be read of numbers as well, the kind is left open.
    """
    spaces = [
        space
        for one in declarer.names.entities()
        for space in (*one.arguments, one.sort)
        if kind_of(space) == "vector"
    ] + [one.space for one in declarer.names.operators.values()]
    found = [
        sort for sort in dict.fromkeys([*spaces, "real"]) if _is_of(tokens, name, sort, declarer)
    ]
    return found[0] if len(found) == 1 and spaces else None


def _is_of(tokens: list[Token], name: Name, sort: Sort, declarer: Declarer) -> bool:
    """Whether a formula has values of a kind, if the sequence that it makes has."""
    kept = declarer.names.copy()
    try:
        declarer.declare(name, sort)
        return bool(Grammar(tokens, declarer.names).whole().sort == sort)
    except Unreadable:
        return False
    finally:
        declarer.names.put_back(kept)
