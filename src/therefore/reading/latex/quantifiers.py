"""What "for all" and "if" say: variables, their ranges, and conditions of a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.reading.latex.declaring import (
    Declarer,
    Name,
    Quantifier,
    name_of,
    range_of,
    separated,
)
from therefore.reading.latex.errors import Ambiguous, Undeclared, Unreadable
from therefore.reading.latex.matrix_words import MATRIX_WORDS
from therefore.reading.latex.names import Entity, Names, key_of
from therefore.reading.latex.properties import FILLERS
from therefore.reading.latex.relations import ORDERS, has_relation, split_relations
from therefore.reading.latex.sets import Domain, domain, end
from therefore.reading.latex.tokens import Place, Token, spelled
from therefore.reading.latex.values import Value, kind_of
from therefore.reading.latex.words import words

if TYPE_CHECKING:
    from therefore.reading.latex.sentences import Act

# Words of a condition that assume nothing, and those that give the kind of its variables.
_CONTENT = words(
    "integer integers real reals number numbers scalar scalars vector vectors positive "
    "nonnegative negative nonpositive nonzero non-negative non-positive non-zero"
)
_PASSED = (
    FILLERS | _CONTENT | words("choice choices condition that long last once same time more is if")
) - {"constant", "constants", "exact", "near", "between"}
_MARKS = frozenset([",", ".", ";", ":", "(", ")"])
_EVERY = frozenset(["all", "every", "each", "any"])
# Words that may belong to a condition although they stand after its formula.
_ASSUMING = (MATRIX_WORDS | _CONTENT | words(
    "convex differentiable smooth even odd prime large small sufficiently enough close near "
    "distinct bounded constant increasing decreasing monotone continuous almost arbitrary fixed"
)) - words("real number numbers vector vectors regular orthogonal")
# With these words after a condition a remark begins.
_REMARKS = words(
    "by since because using from due via see so hence thus as because cf which this that again"
)
SIGN_WORDS = {
    "positive": ">", "negative": "<", "nonnegative": "ge", "non-negative": "ge",
    "nonpositive": "le", "non-positive": "le", "nonzero": "ne", "non-zero": "ne",
}  # fmt: skip

__all__ = [
    "enter_condition", "enter_conditions", "make_variable", "quantifier_of", "quantifiers_of",
]  # fmt: skip


def quantifiers_of(act: Act, names: Names) -> list[Quantifier]:
    """What the formulas of a "for all" quantify; nothing for any other act."""
    if act.kind != "quantify":
        return []
    said = _checked(act)
    maths = act.maths()
    signs = [word for word in said if word in SIGN_WORDS]
    if signs and len(maths) != 1:
        raise Ambiguous(
            (f"{signs[0]} is said of the first formula", f"{signs[0]} is said of all of them"),
            "write it as a formula", act.elements[0].place,
        )  # fmt: skip
    integers = bool({"integer", "integers"} & set(said))
    found = [quantifier_of(item.tokens, names, integers) for item in maths]
    for quantifier in found:
        quantifier.every = bool(_EVERY & {word.lower() for word in act.words()})
        for _, latex, sort in quantifier.variables:
            _refuse_other_kind(set(said), latex, sort, quantifier)
    for word in signs:
        for one in _bare_variables(maths[0].tokens):
            place = one[0].place
            found[0].conditions.append([*one, *_signed(word, place)])
    return found


def _checked(act: Act) -> list[str]:
    """The words about what is quantified. Raises ``Unreadable`` for one that is not read."""
    last = max((k for k, item in enumerate(act.elements) if item.kind == "math"), default=-1)
    said: list[str] = []
    free = last >= 0 and _is_free([item.text.lower() for item in act.elements[last + 1 :]])
    for position, item in enumerate(act.elements):
        if item.kind != "word" or item.text in _MARKS:
            continue
        word = item.text.lower()
        if position > last >= 0:
            if word in _REMARKS and not free:
                break
            if free and word not in _ASSUMING:
                continue
        if word not in _PASSED and word not in SIGN_WORDS:
            raise Unreadable(
                f"the word {word!r} belongs to a condition and is not read; write it as a formula",
                item.place,
            )
        said.append(word)
    return said


def _is_free(after: list[str]) -> bool:
    """Whether the words after a condition speak of what follows: "At $x = 1$ the slope is ..."."""
    marks = [k for k, word in enumerate(after) if word in (",", ".")]
    return bool(after) and not marks and after[0] not in ("is", "are", "be", "being", "and")


def _refuse_other_kind(said: set[str], latex: str, sort: object, of: Quantifier) -> None:
    wrong = (
        (said & {"integer", "integers"} and sort != "integer")
        or (said & {"real", "reals", "scalar", "scalars"} and sort != "real")
        or (said & {"vector", "vectors"} and kind_of(sort) != "vector")
    )
    if wrong:
        raise Unreadable(
            f"the words say another kind of {latex} than its declaration; write {latex} \\in ...",
            of.place,
        )


def _bare_variables(tokens: list[Token]) -> list[list[Token]]:
    found: list[list[Token]] = []
    for part in separated(tokens):
        sides = split_relations(part)
        if len(sides) > 1 and sides[1][0] != "in":
            raise Unreadable("words and a formula say this; write it as one formula",
                             part[0].place)  # fmt: skip
        kept = sides[0][2] if sides else part
        found.append([t for t in kept if t.text not in (".", ";", ":")])
    return found


def _signed(word: str, place: Place) -> list[Token]:
    sign = SIGN_WORDS[word]
    kind = "macro" if len(sign) > 1 else "char"
    return [Token(kind, sign, place), Token("char", "0", place)]


def quantifier_of(tokens: list[Token], names: Names, integers: bool = False) -> Quantifier:
    """The variables of a "for all", with what it says of them. Raises ``Unreadable``."""
    while tokens and tokens[-1].text in (",", ".", ";", ":"):
        tokens = tokens[:-1]
    found = Quantifier(place=tokens[0].place if tokens else None)
    ranged = range_of(tokens, names)
    if ranged is not None:
        name, low, high = ranged
        found.variables.append((name.key, name.whole, "integer"))
        above = () if high is None else (("<=", high, False),)
        found.ranges.append((name.key, Domain("integer", (("<=", low, True), *above))))
        return found
    pending: list[list[Token]] = []
    for part in separated(tokens):
        sides = split_relations(part)
        if len(sides) < 2:
            pending.append(part)
            continue
        if sides[1][0] == "in" and len(sides) == 2:
            kind = domain(sides[1][2], names)
            for one in [*pending, sides[0][2]]:
                name_found = _variable(one, names)
                known = names.plain.get(name_found.key)
                whole = known is not None and known.sort in ("integer", "size") and not known.soft
                sort = "integer" if whole and kind.sort == "real" else kind.sort
                found.variables.append((name_found.key, name_found.whole, sort))
                found.ranges.append((name_found.key, kind))
        else:
            if any(sign in ("=", "~", ":=", "?", *ORDERS) for sign, _, _ in sides):
                found.conditions.append(part)
                pending = []
                continue
            middle = _quantified(sides, names)
            if integers or _is_index(middle, names):
                _new_ends(sides, names)
            for one in [*pending, middle]:
                name_found = _variable(one, names)
                sort = _sort_of(name_found, names, integers)
                found.variables.append((name_found.key, name_found.whole, sort))
                swapped = [t for _, _, side in sides for t in side] if one is middle else []
                if one is middle and swapped:
                    found.conditions.append(part)
                else:
                    found.conditions.append([*one, sides[1][1], *sides[1][2]])
        pending = []
    for one in pending:
        name_found = _variable(one, names)
        known = names.plain.get(name_found.key)
        if known is None:
            raise Undeclared(name_found.whole, name_found.key, "real", name_found.place)
        found.variables.append(
            (name_found.key, name_found.whole, _sort_of(name_found, names, integers))
        )
    return found


def _is_index(tokens: list[Token], names: Names) -> bool:
    known = names.plain.get(key_of(spelled(tokens), tokens[0].place))
    return known is not None and known.sort == "integer"


def _new_ends(sides: list[tuple[str, Token, list[Token]]], names: Names) -> None:
    r"""In ``0 \le k \le N - 1`` an N that nothing declares is a positive integer."""
    for _, _, side in (sides[0], sides[-1]):
        alone = len(side) == 1 or spelled(side[1:]) == "-1"
        if alone and len(sides) == 3 and side[0].kind == "char" and side[0].text.isupper():
            end(side, names)


def _quantified(sides: list[tuple[str, Token, list[Token]]], names: Names) -> list[Token]:
    """The side of a condition that is its variable."""
    bare = [side for _, _, side in sides if (one := name_of(side, names)) and not one.parameters]
    new = [
        side
        for side in bare
        if (known := names.plain.get(key_of(spelled(side)))) is None or known.soft
    ]
    if len(new) == 1:
        return new[0]
    if len(bare) == 1:
        return bare[0]
    if len(sides) == 3 and sides[1][2] in bare:
        return sides[1][2]
    raise Ambiguous(
        tuple(f"for all {spelled(side)}" for side in bare) or ("no variable",),
        "write one variable, with numbers beside it",
        sides[0][1].place,
    )


def _variable(tokens: list[Token], names: Names) -> Name:
    name = name_of(tokens, names)
    if name is None or name.letters or name.parameters:
        raise Unreadable(
            f"{spelled(tokens)} is no variable for a 'for all'", tokens[0].place if tokens else None
        )
    base = key_of(name.latex, name.place)
    if name.below and name.key not in names.plain and (
        base in names.sequences or base in names.plain
    ):  # fmt: skip
        raise Unreadable(f"{name.whole} is an element, and no variable", name.place)
    return name


def _sort_of(name: Name, names: Names, integers: bool) -> object:
    known = names.plain.get(name.key)
    if known is None:
        return "integer" if integers else "real"
    if known.arguments:
        raise Unreadable(f"{name.whole} is a function", name.place)
    return "integer" if known.sort == "size" else known.sort


def enter_conditions(acts: list[Act], names: Names) -> None:
    """Enter the conditions of a claim; "if ... for all $k \\ge 0$" is one condition."""
    from therefore.reading.latex.iterates import declare_iterates

    bound = 0
    for position, act in enumerate(acts):
        after = acts[position + 1 : position + 2]
        joined = bool(after) and act.elements[-1].text != "," and after[0].kind == "quantify"
        if act.kind != "condition" or not joined or set(_checked(act)) & _CONTENT:
            if not bound:
                enter_condition(act, names)
            bound = 0
            continue
        for item in act.maths():
            if item.fault is not None:
                raise item.fault
            declare_iterates(item.tokens, Declarer(names, "suppose"))
        quantifiers = quantifiers_of(after[0], names)
        for item in act.maths():
            Declarer(names, "suppose", passing=True).formula(item.tokens, quantifiers)
        bound = 1


def enter_condition(act: Act, names: Names) -> None:
    """Enter a condition of a claim into the names under which it is read."""
    if {word for word in act.words() if word in MATRIX_WORDS}:
        _enter_words(act, names)
        return
    if act.kind == "quantify":
        for quantifier in quantifiers_of(act, names):
            for key, latex, sort in quantifier.variables:
                make_variable(key, latex, sort, names)
            for key, found in quantifier.ranges:
                entity = names.plain[key]
                place = quantifier.place or act.elements[0].place
                for formula in found.formulas(Value(entity.name, entity.sort), place):
                    names.assume(formula)
            for part in quantifier.conditions:
                Declarer(names, "suppose", passing=True).assume(part, [])
        return
    said = _checked(act)
    if set(said) & _CONTENT:
        raise Unreadable("a condition in words is not read; write it as a formula",
                         act.elements[0].place)  # fmt: skip
    for item in act.maths():
        if item.fault is not None:
            raise item.fault
        declarer = Declarer(names, "suppose", passing=True)
        for part in separated(item.tokens):
            if not has_relation(part):
                raise Unreadable(
                    "a condition is read as a formula with a relation", part[0].place
                )
            declarer.formula(part, [])


def _no_statement(tokens: list[Token]) -> None:
    raise Unreadable("write this condition in a sentence of its own", tokens[0].place)


def _enter_words(act: Act, names: Names) -> None:
    """Enter what words say of matrices: "if $A$ is invertible", "for all symmetric $A$"."""
    from therefore.reading.latex.assuming import Assuming

    if act.kind == "quantify" and _EVERY & set(act.words()):
        for item in act.maths():
            for part in separated(item.tokens):
                name = name_of(part, names)
                known = None if name is None else names.plain.get(name.key)
                if name is not None and known is not None and not known.arguments:
                    make_variable(name.key, name.whole, known.sort, names)
    Assuming(act.elements, names, "assume", _no_statement).carry_out([])


def make_variable(key: str, latex: str, sort: object, names: Names) -> None:
    """Let a name be a variable of this claim alone, apart from what is assumed of it outside."""
    known = names.plain.get(key)
    if known is not None and (
        known.sort != sort
        or known.body is not None
        or any(known.name in names.mentioned(one) for one in names.hypotheses)
    ) and not known.soft:  # fmt: skip
        names.plain[f"{key} outside"] = known
        del names.plain[key]
        known = None
    if known is None or known.soft:
        names.declare(Entity(key, key, latex, "plain", sort))
