"""What sentences say in words: convex, differentiable, L-smooth, positive, an integer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from therefore.goal import Term
from therefore.kernel.terms import close
from therefore.reading.latex.declaring import Declarer, Name
from therefore.reading.latex.errors import Ambiguous, Undeclared, Unreadable
from therefore.reading.latex.matrix_words import MATRIX_WORDS, said_of_matrix
from therefore.reading.latex.names import Entity, Names, described
from therefore.reading.latex.sets import domain
from therefore.reading.latex.tokens import Place, Token
from therefore.reading.latex.values import Value, kind_of
from therefore.reading.latex.words import words
from therefore.reading.sorts import Sort

__all__ = ["ASSUMING", "PASSED", "Phrase", "convex", "say"]

_FILLERS = words(
    "a an the be is are being denote denotes both all some any given fixed arbitrary of on in "
    "to from into over with values value valued taking constant constants parameter "
    "parameters step stepsize rate learning also now and we each every two three known "
    "same not-necessarily strictly respectively let such that point points variable variables "
    "number numbers scalar scalars index indices iterate iterates target targets real-valued"
)
_FUNCTION = frozenset(["function", "functions", "map", "loss", "objective"])
_PROPERTIES = frozenset(["convex", "differentiable", "smooth", "-smooth"])
_INTEGER = frozenset(["integer", "integers", "horizon"])
_SIZE = frozenset(["dimension", "dimensions", "size", "sizes"])
_REAL = frozenset(["real", "reals", "scalar", "scalars", "number", "numbers"])
_MATRIX = frozenset(["matrix", "matrices"])
_VECTOR = frozenset(["vector", "vectors"])
_SEQUENCE = frozenset(["sequence", "sequences"])
_SIGNS: dict[str, tuple[str, str]] = {
    "positive": ("0", "<"), "nonnegative": ("0", "<="), "non-negative": ("0", "<="),
    "negative": ("<", "0"), "nonpositive": ("<=", "0"), "non-positive": ("<=", "0"),
    "nonzero": ("!=", "0"), "non-zero": ("!=", "0"),
}  # fmt: skip
_ROWS = frozenset(["full", "row", "column", "square", "identity"])
_READ = frozenset().union(
    MATRIX_WORDS, _ROWS, _FILLERS, _FUNCTION, _PROPERTIES, _INTEGER, _SIZE, _REAL, _MATRIX,
    _VECTOR, _SEQUENCE, _SIGNS,
)  # fmt: skip


# Words that assume something of what they are said of: none of them may be passed over.
ASSUMING = MATRIX_WORDS | _PROPERTIES | frozenset(_SIGNS) | {"full"}


# Words after a name that may be passed over: they assume nothing.
PASSED = _READ | words(
    ", . ; : ( ) then as by follows that such to following and or recursively which "
    "is are be have has its their it this these there here hence so"
)


@dataclass
class Phrase:
    """Words about names, with the sets and letters among them.

    ``values`` holds what stands in the place of names and is none, such as ``XX^\\top``.
    """

    names: list[Name]
    words: list[str] = field(default_factory=list)
    spaces: list[list[Token]] = field(default_factory=list)
    letters: list[list[Token]] = field(default_factory=list)
    place: Place | None = None
    values: list[list[Token]] = field(default_factory=list)


def say(phrase: Phrase, declarer: Declarer) -> list[Term]:
    """Enter what a phrase declares; what it assumes besides. Raises ``Unreadable``."""
    words = {word.lower() for word in phrase.words}
    unknown = sorted(words - _READ)
    if unknown:
        raise Unreadable(
            f"the words {', '.join(map(repr, unknown))} are not read; say it by a formula, or by "
            "% therefore: assume ...",
            phrase.place,
        )
    if words & (_FUNCTION | _PROPERTIES) and not phrase.values:
        return _functions(phrase, words, declarer)
    if "identity" in words:
        return _identity(phrase, declarer)
    if words & MATRIX_WORDS:
        return _matrices(phrase, words, declarer)
    if phrase.values and words & (_READ - _FILLERS):
        raise Unreadable("this is said of a name only; write it as a formula", phrase.place)
    sort = _sort(phrase, words, declarer.names)
    found: list[Term] = []
    for name in phrase.names:
        known = declarer._known(name)
        if sort is None and known is None:
            if not words & _READ - _FILLERS:
                continue
            raise Undeclared(name.whole, name.key, "real", name.place)
        entity = known if known is not None and (
            sort is None or (sort == "real" and known.sort in ("integer", "size"))
        ) else declarer.declare(name, sort)  # fmt: skip
        found += _signs(entity, words, name)
    return found


def _identity(phrase: Phrase, declarer: Declarer) -> list[Term]:
    """``Let $I$ be the $n \\times n$ identity matrix``: a definition."""
    sort = domain(phrase.spaces[0], declarer.names).sort if len(phrase.spaces) == 1 else ""
    if kind_of(sort) != "matrix" or sort[1] != sort[2] or phrase.values:
        raise Unreadable("say its size: the $n \\times n$ identity matrix", phrase.place)
    for name in phrase.names:
        if name.letters or name.parameters:
            raise Unreadable("one identity matrix has no index", phrase.place)
        body = ("identity", sort[1])
        entity = Entity(name.key, name.key, name.whole, "definition", sort, (), (), body)
        declarer.names.declare(entity, name.place)
    return []


def _matrices(phrase: Phrase, words: set[str], declarer: Declarer) -> list[Term]:
    """What is said of matrices; a phrase may give the space of new names besides."""
    from therefore.reading.latex.grammar import Grammar

    names = declarer.names
    found: list[Term] = []
    for name in phrase.names:
        known = declarer._known(name)
        if known is None and phrase.spaces:
            sort = domain(phrase.spaces[0], names).sort
            known = declarer.declare(name, sort)
        if known is None:
            raise Undeclared(name.whole, name.key, "matrix n n", name.place)
        if known.arguments:
            raise Unreadable(f"say for which index {name.whole} is so", name.place)
        found += said_of_matrix(Value(known.name, known.sort), words, names, phrase.place)
    for tokens in phrase.values:
        found += said_of_matrix(Grammar(tokens, names).whole(), words, names, phrase.place)
    return found


def _sort(phrase: Phrase, words: set[str], names: Names) -> Sort | None:
    """The sort that the words give; ``None`` if they give none."""
    if words & _MATRIX:
        if len(phrase.spaces) != 1:
            raise Unreadable("say the size of the matrix: an $m \\times n$ matrix", phrase.place)
        return domain(phrase.spaces[0], names).sort
    if words & (_VECTOR | _SEQUENCE) or phrase.spaces:
        if phrase.spaces:
            found = domain(phrase.spaces[0], names)
            if found.conditions:
                raise Unreadable("say the condition by a formula", phrase.place)
            return found.sort
        if words & _REAL:
            return "real"
        raise Unreadable("say in which space: $w \\in \\mathbb{R}^d$", phrase.place)
    if words & _SIZE:
        return "size"
    if words & _INTEGER:
        return "integer"
    if words & _REAL or words & set(_SIGNS):
        return "real"
    return None


def _signs(entity: Entity, words: set[str], name: Name) -> list[Term]:
    found: list[Term] = []
    for word in sorted(words & set(_SIGNS)):
        if entity.arguments:
            raise Unreadable(f"say for which index {name.whole} is {word}", name.place)
        if entity.sort == "size":
            continue
        if not isinstance(entity.sort, str):
            raise Unreadable(f"{described(entity.sort)} is not {word}", name.place)
        left, right = _SIGNS[word]
        if left == "!=":
            found.append(("!=", entity.name, "0"))
        elif left == "0":
            strict = entity.sort == "integer" and right == "<"
            found.append(("<=", "1", entity.name) if strict else (right, "0", entity.name))
        else:
            found.append((left, entity.name, "0"))
    if words & frozenset(["horizon"]):
        found.append(("<=", "1", entity.name))
    return found


def _functions(phrase: Phrase, words: set[str], declarer: Declarer) -> list[Term]:
    names = declarer.names
    found: list[Term] = []
    for name in phrase.names:
        entity = names.plain.get(name.key)
        if entity is None or not entity.arguments:
            if not phrase.spaces:
                raise Undeclared(name.whole, name.key, "function R^d -> R", name.place)
            if len(phrase.spaces) == 1:
                sort: tuple[tuple[Sort, ...], Sort] = (
                    (domain(phrase.spaces[0], names).sort,), "real",
                )  # fmt: skip
            else:
                sort = declarer.mapping_sort(phrase.spaces[0], phrase.spaces[1])
            entity = declarer.declare_function(Name(name.latex, name.place, name.below), sort)
        if words & _PROPERTIES:
            found += _properties(entity, phrase, words, declarer)
    return found


def _properties(entity: Entity, phrase: Phrase, words: set[str], declarer: Declarer) -> list[Term]:
    if len(entity.arguments) != 1 or entity.sort != "real":
        raise Unreadable(
            f"{entity.latex} is no real function of one vector or number", phrase.place
        )
    space = entity.arguments[0]
    name = entity.name
    found: list[Term] = []
    if "convex" in words:
        if "strictly" in words:
            raise Unreadable("strictly convex is not in the language", phrase.place)
        found.append(convex(lambda at: ("app", name, at), space))
    smooth = words & {"smooth", "-smooth"}
    if smooth and not phrase.letters:
        raise Ambiguous(
            ("differentiable", "with a Lipschitz gradient"), "write $L$-smooth", phrase.place
        )
    if words & {"differentiable"} or smooth:
        found.append(_differentiable(entity, phrase))
    if smooth:
        found.append(_smooth(entity, phrase, declarer))
    return found


def _differentiable(entity: Entity, phrase: Phrase) -> Term:
    if kind_of(entity.arguments[0]) == "vector":
        if entity.body is not None:
            body = ("app", entity.name, "#0")
            return ("differentiable", ("lambda", entity.arguments[0], body))
        return ("differentiable", entity.name)
    if entity.arguments[0] != "real":
        raise Unreadable("only functions of numbers and vectors are differentiable", phrase.place)
    slope = ("has_derivative", ("app", entity.name, "#0"), "#1", "#0")
    return ("forall", "real", ("exists", "real", slope))


def _smooth(entity: Entity, phrase: Phrase, declarer: Declarer) -> Term:
    """That the gradient is Lipschitz: |grad f(x) - grad f(y)| <= L |x - y| for all x, y."""
    from therefore.reading.latex.declaring import name_of
    from therefore.reading.latex.grammar import Grammar

    letter = phrase.letters[0]
    name = name_of(letter, declarer.names)
    if name is not None and declarer._known(name) is None:
        declarer.names.assume(("<", "0", declarer.declare(name, "real").name))
    constant = Grammar(letter, declarer.names).number().term
    space = entity.arguments[0]
    if kind_of(space) != "vector":
        raise Unreadable("L-smooth is read of functions of a vector", phrase.place)
    head: Term = entity.name
    if entity.body is not None:
        head = ("lambda", space, ("app", entity.name, "#0"))
    x, y = "%x", "%y"
    apart = ("norm", ("+", ("gradient", head, x), ("-", ("gradient", head, y))))
    bound = ("*", constant, ("norm", ("+", x, ("-", y))))
    inner = ("forall", space, close(("<=", apart, bound), y))
    return ("forall", space, close(inner, x))


def convex(apply: Callable[[Term], Term], space: Sort) -> Term:
    """The two-point definition of convexity, for a function given by what it makes of a term."""
    x, y, a = "%x", "%y", "%a"
    rest = ("+", "1", ("-", a))
    mixed = ("+", ("*", a, x), ("*", rest, y))
    bound = ("+", ("*", a, apply(x)), ("*", rest, apply(y)))
    formula: Term = ("implies", ("<=", a, "1"), ("<=", apply(mixed), bound))
    formula = ("forall", "real", close(("implies", ("<=", "0", a), formula), a))
    return ("forall", space, close(("forall", space, close(formula, y)), x))
