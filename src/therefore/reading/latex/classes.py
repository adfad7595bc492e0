r"""Classes of functions and of maps in words: "$\mu$-strongly convex", "firmly nonexpansive"."""

from __future__ import annotations

from therefore.goal import Term
from therefore.kernel.terms import close
from therefore.reading.latex.names import Entity, Names
from therefore.reading.latex.values import kind_of
from therefore.reading.latex.words import words
from therefore.reading.sorts import Sort

__all__ = [
    "MAP_CLASSES", "MARKED", "is_called_convex", "is_differentiable", "is_map",
    "is_strongly_convex", "lipschitz", "said_of_map", "strongly_convex",
]  # fmt: skip

# Words before which their constant stands: "$L$-smooth".
MARKED = words("-smooth -strongly -weakly -lipschitz -cocoercive -contraction -averaged")
# Words that are said of maps of a space into itself, and of nothing else.
MAP_CLASSES = words(
    "nonexpansive non-expansive firmly monotone -cocoercive -contraction -averaged operator "
    "operators mapping mappings"
)


def _for_all_pairs(space: Sort, relation: Term) -> Term:
    """The relation for all %x and %y."""
    return ("forall", space, close(("forall", space, close(relation, "%y")), "%x"))


def _minus(left: Term, right: Term) -> Term:
    return ("+", left, ("-", right))


def is_differentiable(entity: Entity, names: Names) -> bool:
    """Whether it is assumed of a function that it is differentiable."""
    return ("differentiable", entity.name) in names.hypotheses


def is_called_convex(entity: Entity, names: Names) -> bool:
    """Whether it is assumed of a function that it is convex, or strongly convex."""
    if _convexity(entity) in names.hypotheses:
        return True
    return is_strongly_convex(entity, names)


def is_strongly_convex(entity: Entity, names: Names) -> bool:
    """Whether it is assumed of a function that it is strongly convex."""
    space, known = entity.arguments[0], names.hypotheses
    marked = [strongly_convex(entity, "%m", one) for one in (True, False)]
    return any(
        isinstance(fact, tuple) and fact[:2] == ("forall", space) and _fits(pattern, fact, names)
        for fact in known
        for pattern in marked
    )


def _convexity(entity: Entity) -> Term:
    x, y, a = "#2", "#1", "#0"
    rest = _minus("1", a)

    def at(point: Term) -> Term:
        return ("app", entity.name, point)

    mixed = at(("+", ("*", a, x), ("*", rest, y)))
    mean = ("+", ("*", a, at(x)), ("*", rest, at(y)))
    inside = ("implies", ("<=", "0", a), ("implies", ("<=", a, "1"), ("<=", mixed, mean)))
    space = entity.arguments[0]
    return ("forall", space, ("forall", space, ("forall", "real", inside)))


def _fits(pattern: Term, fact: Term, names: Names) -> bool:
    """Whether a fact is the pattern with a number for %m that is known to be positive."""
    if pattern == "%m":
        plain = isinstance(fact, str) and fact.isdigit()
        return plain or ("<", "0", fact) in names.hypotheses
    if isinstance(pattern, str) or isinstance(fact, str) or len(pattern) != len(fact):
        return bool(pattern == fact)
    return all(_fits(one, other, names) for one, other in zip(pattern, fact, strict=True))


def strongly_convex(entity: Entity, constant: Term, differentiable: bool) -> Term:
    """The lower bound by the gradient, or the two-point definition where there may be none.

    For a differentiable function they say the same: Nesterov, Introductory Lectures on Convex
    Optimization, Theorem 2.1.9.
    """
    space, half = entity.arguments[0], ("/", constant, "2")

    def at(point: Term) -> Term:
        return ("app", entity.name, point)

    x, y, a = "%x", "%y", "%a"
    if differentiable:
        gap = _minus(y, x)
        curve: Term = ("*", half, ("^", ("norm", gap), "2"))
        below = ("+", at(x), ("inner", ("gradient", entity.name, x), gap), curve)
        return _for_all_pairs(space, ("<=", below, at(y)))
    rest = _minus("1", a)
    mixed = at(("+", ("*", a, x), ("*", rest, y)))
    curve = ("*", half, a, rest, ("^", ("norm", _minus(x, y)), "2"))
    mean = ("+", ("*", a, at(x)), ("*", rest, at(y)), ("-", curve))
    inside: Term = ("implies", ("<=", a, "1"), ("<=", mixed, mean))
    return _for_all_pairs(space, ("forall", "real", close(("implies", ("<=", "0", a), inside), a)))


def lipschitz(entity: Entity, constant: Term) -> Term:
    """|f(x) − f(y)| ≤ M·‖x − y‖ for a function, ‖T(x) − T(y)‖ ≤ M·‖x − y‖ for a map."""
    head = "abs" if entity.sort == "real" else "norm"
    apart = (head, _minus(("app", entity.name, "%x"), ("app", entity.name, "%y")))
    length: Term = ("norm", _minus("%x", "%y"))
    bound = length if constant == "1" else ("*", constant, length)
    return _for_all_pairs(entity.arguments[0], ("<=", apart, bound))


def said_of_map(entity: Entity, said: set[str], constants: dict[str, Term]) -> list[Term]:
    """What words say of a map of a space into itself."""
    space = entity.arguments[0]
    apart = _minus(("app", entity.name, "%x"), ("app", entity.name, "%y"))
    gap = _minus("%x", "%y")
    along, length = ("inner", apart, gap), ("^", ("norm", apart), "2")
    found: list[Term] = []
    if said & {"nonexpansive", "non-expansive"}:
        firm = "firmly" in said
        found.append(
            _for_all_pairs(space, ("<=", length, along)) if firm else lipschitz(entity, "1")
        )
    if "-lipschitz" in said:
        found.append(lipschitz(entity, constants["-lipschitz"]))
    if "-contraction" in said:
        factor = constants["-contraction"]
        found += [lipschitz(entity, factor), ("<", factor, "1")]
    if "-averaged" in said:
        found += _averaged(entity, constants["-averaged"])
    if "monotone" in said:
        low: Term = "0"
        if "-strongly" in said:
            low = ("*", constants["-strongly"], ("^", ("norm", gap), "2"))
        found.append(_for_all_pairs(space, ("<=", low, along)))
    if "-cocoercive" in said:
        low = ("*", constants["-cocoercive"], length)
        found.append(_for_all_pairs(space, ("<=", low, along)))
    return found


def _averaged(entity: Entity, weight: Term) -> list[Term]:
    """‖Tx − Ty‖² + (1 − α)/α·‖(x − Tx) − (y − Ty)‖² ≤ ‖x − y‖², with 0 < α < 1."""
    here, there = ("app", entity.name, "%x"), ("app", entity.name, "%y")
    rest = ("norm", _minus(_minus("%x", here), _minus("%y", there)))
    factor = ("/", _minus("1", weight), weight)
    left = ("+", ("^", ("norm", _minus(here, there)), "2"), ("*", factor, ("^", rest, "2")))
    right = ("^", ("norm", _minus("%x", "%y")), "2")
    return [
        ("<", "0", weight),
        ("<", weight, "1"),
        _for_all_pairs(entity.arguments[0], ("<=", left, right)),
    ]


def is_map(entity: Entity) -> bool:
    """Whether a name is a map of a space of vectors into itself."""
    arguments = entity.arguments
    return len(arguments) == 1 and kind_of(arguments[0]) == "vector" and entity.sort == arguments[0]
