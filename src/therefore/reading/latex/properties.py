"""What sentences say in words: convex, differentiable, L-smooth, positive, an integer."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from therefore.goal import Term
from therefore.kernel.terms import close
from therefore.reading.latex.classes import (
    MAP_CLASSES,
    MARKED,
    is_called_convex,
    is_differentiable,
    is_map,
    lipschitz,
    said_of_map,
    strongly_convex,
)
from therefore.reading.latex.declaring import Declarer, Name
from therefore.reading.latex.errors import Ambiguous, Undeclared, Unreadable
from therefore.reading.latex.matrix_words import (
    BESIDE_MATRIX_WORDS,
    MATRIX_WORDS,
    commuting,
    said_of_matrix,
    says_together,
)
from therefore.reading.latex.names import Entity, Names, described
from therefore.reading.latex.sets import domain, size
from therefore.reading.latex.tokens import Place, Token
from therefore.reading.latex.values import Value, kind_of
from therefore.reading.latex.words import words
from therefore.reading.sorts import Sort

__all__ = ["ASSUMING", "FILLERS", "KINDS", "PLURAL", "READ", "Phrase", "convex", "fits", "say"]

FILLERS = words(
    "a an the be is are being denote denotes denoting both all some any given fixed arbitrary "
    "of on in to from into over with values value valued taking takes constant constants "
    "parameter parameters step stepsize step-size rate learning also now and we each every two "
    "three four known not-necessarily strictly let such that point points variable variables "
    "index indices iterate iterates target targets real-valued then as by follows following "
    "which has have its it this these there here hence so their they where us again hold holds "
    "true get obtain further furthermore moreover additionally addition finally first next for "
    "throughout below above hereafter loss without generality convenience simplicity brevity "
    "respect our elements element entries possibly satisfying satisfies satisfy too well case "
    "moment remain remains exact data weight weights bias biases input inputs output outputs "
    "label labels prediction predictions sample samples feature features namely wherever stands "
    "stand alone update updates recursion iteration iterations rule equation equations relation "
    "relations condition conditions constraint constraints algorithm descent scheme written "
    "simply just short write starting initial run apply"
)
_FUNCTION = frozenset(["function", "functions", "map", "objective"])
# Said of a convex function whose values are numbers, these words say nothing.
_CLOSED = words("closed proper lower semicontinuous semi-continuous lower-semicontinuous")
_PROPERTIES = MARKED | MAP_CLASSES | words("convex differentiable smooth")
_INTEGER = frozenset(["integer", "integers", "horizon"])
_SIZE = frozenset(["dimension", "dimensions", "size", "sizes"])
_REAL = frozenset(["real", "reals", "scalar", "scalars", "number", "numbers"])
_MATRIX = frozenset(["matrix", "matrices"])
_VECTOR = frozenset(["vector", "vectors", "column-vector"])
_SEQUENCE = frozenset(["sequence", "sequences"])
_SIGNS: dict[str, tuple[str, str]] = {
    "positive": ("0", "<"), "nonnegative": ("0", "<="), "non-negative": ("0", "<="),
    "negative": ("<", "0"), "nonpositive": ("<=", "0"), "non-positive": ("<=", "0"),
    "nonzero": ("!=", "0"), "non-zero": ("!=", "0"),
}  # fmt: skip
_ROWS = frozenset(["full", "row", "column", "rows", "columns", "square", "identity"])
_PARITY = {"odd": "-1", "even": "1"}
READ = frozenset().union(
    MATRIX_WORDS, _ROWS, FILLERS, _FUNCTION, _PROPERTIES, _INTEGER, _SIZE, _REAL, _MATRIX,
    _VECTOR, _SEQUENCE, _SIGNS, _PARITY, _CLOSED, words("unit natural continuous gradient"),
)  # fmt: skip
# Words that assume something of what they are said of.
ASSUMING = MATRIX_WORDS | _PROPERTIES | frozenset(_SIGNS) | words("full constant odd even unit")
KINDS = frozenset().union(_FUNCTION, _INTEGER, _SIZE, _REAL, _MATRIX, _VECTOR, _SEQUENCE)
PLURAL = words("functions integers dimensions sizes reals scalars numbers matrices vectors")
# Of whatever kind a name is, these may be said of it besides.
_OF_FUNCTIONS = _FUNCTION | _PROPERTIES | _CLOSED | words("real continuous gradient")


@dataclass
class Phrase:
    """Words about names, with the sets and letters among them.

    ``values`` holds what stands in the place of names and is none, such as ``XX^\\top``, and
    ``constants`` what stands before words such as "-smooth".
    """

    names: list[Name]
    words: list[str] = field(default_factory=list)
    spaces: list[list[Token]] = field(default_factory=list)
    letters: list[list[Token]] = field(default_factory=list)
    place: Place | None = None
    values: list[list[Token]] = field(default_factory=list)
    constants: dict[str, list[Token]] = field(default_factory=dict)


def say(phrase: Phrase, declarer: Declarer) -> list[Term]:
    """Enter what a phrase declares; what it assumes besides. Raises ``Unreadable``."""
    said = {word.lower() for word in phrase.words} - {",", ".", ";", ":", "(", ")"}
    _refuse_unknown(sorted(said - READ), phrase)
    content = said - FILLERS
    if "fixed" in said and said & {"point", "points"}:
        raise Ambiguous(("any point", "a fixed point of a function"),
                        "let $x$ be a fixed point of $T$", phrase.place)  # fmt: skip
    known = [declarer.known(name) for name in phrase.names]
    if said & {"constant", "constants"} and any(one and one.arguments for one in known):
        raise Unreadable("'constant' is not read of what has arguments", phrase.place)
    if content & (_FUNCTION | _PROPERTIES) and not phrase.values:
        _refuse_beside(content - _OF_FUNCTIONS, phrase)
        return _functions(phrase, content, declarer)
    if "identity" in content:
        _refuse_beside(content - _MATRIX - {"identity", "square", "real"}, phrase)
        return _identity(phrase, declarer)
    if content & MATRIX_WORDS or "square" in content:
        plain = MATRIX_WORDS | BESIDE_MATRIX_WORDS | _MATRIX | {"square", "real"}
        _refuse_beside(content - plain - ({"size"} if phrase.spaces else set()), phrase)
        return _matrices(phrase, content, declarer)
    if phrase.values and content:
        raise Unreadable("this is said of a name only; write it as a formula", phrase.place)
    if content & _VECTOR:
        content = content - {"column"}
    elif content & _MATRIX and phrase.spaces:
        content = content - {"size"}
    if content & (set(_PARITY) | {"unit"}):
        return _parity_or_unit(phrase, content, declarer)
    if "natural" in content:
        content = content - {"natural"} | {"integer"}
    _refuse_beside(content & (_ROWS | _CLOSED | {"continuous", "gradient"}), phrase)
    _one_kind(content, phrase)
    sort = _sort(phrase, content, known, declarer.names)
    found: list[Term] = []
    for name in phrase.names:
        entity = declarer.known(name)
        if sort is None and entity is None:
            if not content:
                continue
            raise Undeclared(name.whole, name.key, "real", name.place)
        if entity is None or not (
            sort is None or (sort == "real" and entity.sort in ("integer", "size"))
        ):
            entity = declarer.declare(name, sort)
        found += _signs(entity, content, name)
    if "natural" in said:
        _refuse_open_below(phrase, found, declarer)
    return found


def _parity_or_unit(phrase: Phrase, content: set[str], declarer: Declarer) -> list[Term]:
    """``n`` odd: (-1)^n = -1; a unit vector: <u, u> = 1."""
    unit = "unit" in content
    if len(content & set(_PARITY)) > 1:
        raise Unreadable("odd and even are said in sentences of their own", phrase.place)
    _refuse_beside(content - (_VECTOR | {"unit"} if unit else _INTEGER | set(_PARITY)), phrase)
    found: list[Term] = []
    for name in phrase.names:
        if unit and phrase.spaces:
            declarer.declare(name, domain(phrase.spaces[0], declarer.names).sort)
        entity = declarer.known(name)
        if entity is None:
            raise Undeclared(name.whole, name.key, "in R^n" if unit else "size", name.place)
        if unit:
            if entity.arguments or kind_of(entity.sort) != "vector":
                raise Unreadable(f"{described(entity.sort)} is no unit vector", name.place)
            found.append(("=", ("inner", entity.name, entity.name), "1"))
            continue
        known = declarer.names.hypotheses
        natural = entity.sort == "integer" and any(
            ("<=", low, entity.name) in known for low in ("0", "1")
        )
        if entity.arguments or not (entity.sort == "size" or natural):
            raise Unreadable(f"say first that {name.whole} is an integer of at least 0", name.place)
        for word in sorted(content & set(_PARITY)):
            found.append(("=", ("power", "-1", entity.name), _PARITY[word]))
    return found


def _refuse_open_below(phrase: Phrase, found: list[Term], declarer: Declarer) -> None:
    """Raises ``Ambiguous`` for a natural number that may or may not be 0."""
    for name in phrase.names:
        entity = declarer.known(name)
        bounds = [*found, *declarer.names.hypotheses]
        if entity is not None and entity.sort != "size" and not any(
            ("<=", low, entity.name) in bounds for low in ("0", "1")
        ) and ("<", "0", entity.name) not in bounds:  # fmt: skip
            raise Ambiguous(
                ("the integers from 0", "the integers from 1"),
                f"say it: ${name.whole} \\ge 1$", phrase.place,
            )  # fmt: skip


def fits(content: set[str], entity: Entity) -> bool:
    """Whether words may be meant of a name, by the kind that it has already."""
    function = bool(entity.arguments) and entity.kind != "sequence"
    if content & (_FUNCTION | _PROPERTIES):
        return function
    if content & (MATRIX_WORDS | _MATRIX | {"square", "identity"}) - {"positive"}:
        return kind_of(entity.sort) == "matrix"
    if content & _VECTOR:
        return kind_of(entity.sort) == "vector"
    # Of what is declared already, "real" says nothing, or something else.
    return not content or not content <= _REAL


def _refuse_unknown(unknown: list[str], phrase: Phrase) -> None:
    if unknown:
        raise Unreadable(
            f"the words {', '.join(map(repr, unknown))} are not read; say it by a formula, or by "
            "% therefore: assume ...",
            phrase.place,
        )


def _refuse_beside(unread: Collection[str], phrase: Phrase) -> None:
    """Raises ``Unreadable`` for words that mean nothing beside the others."""
    if unread:
        shown = ", ".join(map(repr, sorted(unread)))
        raise Unreadable(
            f"{shown} is not read beside the other words; say it by a formula", phrase.place
        )


def _one_kind(content: set[str], phrase: Phrase) -> None:
    """Raises ``Unreadable`` where words give two kinds, such as an integer vector."""
    kinds = [kind for kind in (_MATRIX, _VECTOR, _SIZE, _INTEGER) if content & kind]
    if len(kinds) > 1:
        shown = " and ".join(repr(min(content & kind)) for kind in kinds)
        raise Unreadable(f"{shown} are not read together; write a formula", phrase.place)


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
    values: list[Value] = []
    for name in phrase.names:
        known = declarer.known(name)
        if len(phrase.spaces) > 1:
            raise Unreadable("say one space", phrase.place)
        if phrase.spaces:
            known = declarer.declare(name, domain(phrase.spaces[0], names).sort)
        if known is None:
            raise Undeclared(name.whole, name.key, "matrix n n", name.place)
        if known.arguments:
            raise Unreadable(f"say for which index {name.whole} is so", name.place)
        values.append(Value(known.name, known.sort))
    values += [Grammar(tokens, names).whole() for tokens in phrase.values]
    found: list[Term] = commuting(values, phrase.place) if says_together(words) else []
    for value in values:
        found += said_of_matrix(value, words, names, phrase.place)
    return found


def _sort(
    phrase: Phrase, content: set[str], known: list[Entity | None], names: Names
) -> Sort | None:
    """The sort that the words give; ``None`` if they give none, or one that the names have."""
    kind = "matrix" if content & _MATRIX else "vector" if content & _VECTOR else ""
    if phrase.spaces:
        if len(phrase.spaces) != 1:
            raise Unreadable("say one space", phrase.place)
        found = domain(phrase.spaces[0], names)
        if found.restricts:
            raise Unreadable("say the condition by a formula", phrase.place)
        if kind and kind_of(found.sort) != kind:
            raise Unreadable(f"{described(found.sort)} is no {kind}", phrase.place)
        if content & (_INTEGER | _SIZE) and found.sort != "integer":
            raise Unreadable(f"{described(found.sort)} is no integer", phrase.place)
        return found.sort
    if content & _SEQUENCE:
        if not all(one is not None and one.kind == "sequence" for one in known):
            if content & _REAL and all(name.letters for name in phrase.names):
                return "real"
            raise Unreadable("say in which space: $w_t \\in \\mathbb{R}^d$", phrase.place)
        if not kind:
            return None
    if kind:
        if known and all(one is not None and kind_of(one.sort) == kind for one in known):
            return None
        if kind == "matrix":
            raise Unreadable("say the size of the matrix: an $m \\times n$ matrix", phrase.place)
        raise Unreadable("say in which space: $w \\in \\mathbb{R}^d$", phrase.place)
    if content & _SIZE:
        return "size"
    if content & _INTEGER:
        return "integer"
    if content & _REAL or content & set(_SIGNS):
        return "real"
    return None


def _signs(entity: Entity, words: set[str], name: Name) -> list[Term]:
    found: list[Term] = []
    for word in sorted(words & set(_SIGNS)):
        if entity.arguments:
            raise Unreadable(f"say for which index {name.whole} is {word}", name.place)
        if entity.sort == "size":
            if word in ("positive", "nonnegative", "non-negative", "nonzero", "non-zero"):
                continue
            raise Unreadable(f"{name.whole} is a positive integer, and not {word}", name.place)
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
            sort = _sort_of_function(phrase, name, words, declarer)
            entity = declarer.declare_function(Name(name.latex, name.place, name.below), sort)
        if words & _PROPERTIES:
            found += _properties(entity, phrase, words, declarer)
    return found


def _sort_of_function(
    phrase: Phrase, name: Name, words: set[str], declarer: Declarer
) -> tuple[tuple[Sort, ...], Sort]:
    """From where to where a new function goes.

    Where no space is said, a class that lives in any space of vectors is one of R^d, for every d.
    """
    of_maps = words & MAP_CLASSES
    if len(phrase.spaces) == 1:
        space = domain(phrase.spaces[0], declarer.names).sort
        return (space,), space if of_maps else "real"
    if phrase.spaces:
        return declarer.mapping_sort(phrase.spaces[0], phrase.spaces[1])
    known = declarer.names.plain.get("d")
    free = name.place is not None and (known is None or known.sort == "size" or known.soft)
    in_any_space = of_maps or words & {*MARKED, "convex", "gradient"}
    if not in_any_space or not free or declarer.known(name) is not None:
        raise Undeclared(name.whole, name.key, "function R^d -> R", name.place)
    space = ("vector", size([Token("char", "d", name.place)], declarer.names))
    return (space,), space if of_maps else "real"


def _properties(entity: Entity, phrase: Phrase, words: set[str], declarer: Declarer) -> list[Term]:
    names = declarer.names
    if "continuous" in words and "-lipschitz" not in words:
        raise Unreadable("continuous is not read here; say it by a formula", phrase.place)
    constants = _constants(phrase, declarer)
    if is_map(entity):
        said = words - {"continuous"} - _FUNCTION
        _refuse_beside({"strictly"} & {word.lower() for word in phrase.words}, phrase)
        _refuse_beside(said - MAP_CLASSES - {"-lipschitz", "-strongly"}, phrase)
        if not said & {"nonexpansive", "non-expansive", "monotone"}:
            _refuse_beside(said & {"firmly", "-strongly"}, phrase)
        return said_of_map(entity, said, constants)
    if len(entity.arguments) != 1 or entity.sort != "real":
        raise Unreadable(
            f"{entity.latex} is no real function of one vector or number", phrase.place
        )
    _refuse_beside(words & MAP_CLASSES, phrase)
    space = entity.arguments[0]
    name = entity.name
    found: list[Term] = []
    if words & {"-strongly", "-weakly", "-lipschitz"} and (
        kind_of(space) != "vector" or entity.body is not None
    ):
        raise Unreadable("this is read of declared functions of a vector", phrase.place)
    smooth = bool(words & {"smooth", "-smooth"})
    if "-lipschitz" in words and "gradient" in words:
        smooth = True
        constants["-smooth"] = constants.pop("-lipschitz")
    elif "gradient" in words:
        _refuse_beside({"gradient"}, phrase)
    marked = words & {"-strongly", "-weakly"}
    strong = bool(marked)
    if (strong and "convex" not in words) or len(marked) > 1:
        _refuse_beside(marked, phrase)
    if words & _CLOSED and not ("convex" in words or is_called_convex(entity, names)):
        _refuse_beside(words & _CLOSED, phrase)
    if "convex" in words and not (strong and phrase.words.count("convex") == 1):
        if "strictly" in phrase.words:
            raise Unreadable("strictly convex is not in the language", phrase.place)
        found.append(convex(lambda at: ("app", name, at), space))
    if smooth and "-smooth" not in constants:
        raise Ambiguous(
            ("differentiable", "with a Lipschitz gradient"), "write $L$-smooth", phrase.place
        )
    if "differentiable" in words or smooth:
        found.append(_differentiable(entity, phrase))
    if smooth:
        found.append(_smooth(entity, phrase, constants["-smooth"]))
    if strong:
        differentiable = "differentiable" in words or smooth or is_differentiable(entity, names)
        constant = constants.get("-strongly") or ("-", constants["-weakly"])
        found.append(strongly_convex(entity, constant, differentiable))
    if "-lipschitz" in constants:
        found.append(lipschitz(entity, constants["-lipschitz"]))
    return found


def _constants(phrase: Phrase, declarer: Declarer) -> dict[str, Term]:
    """The constants before words such as "-smooth"; a new name is a positive number."""
    from therefore.reading.latex.declaring import name_of
    from therefore.reading.latex.grammar import Grammar

    found: dict[str, Term] = {}
    for word in sorted(MARKED & set(map(str.lower, phrase.words))):
        if word not in phrase.constants:
            raise Unreadable(f"write the constant as a formula: $L${word}", phrase.place)
        letter = phrase.constants[word]
        name = name_of(letter, declarer.names)
        if name is not None and not name.letters and declarer.known(name) is None:
            declarer.names.assume(("<", "0", declarer.declare(name, "real").name))
        found[word] = Grammar(letter, declarer.names).number().term
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


def _smooth(entity: Entity, phrase: Phrase, constant: Term) -> Term:
    """That the gradient is Lipschitz: |grad f(x) - grad f(y)| <= L |x - y| for all x, y."""
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
