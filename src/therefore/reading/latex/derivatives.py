"""Derivatives and gradients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.kernel.terms import open_binder
from therefore.reading.latex.brackets import arguments
from therefore.reading.latex.cleaning import closing
from therefore.reading.latex.errors import Ambiguous, Undeclared, Unreadable
from therefore.reading.latex.names import Entity, described, key_of, leaves
from therefore.reading.latex.partials import by_variable, hessian
from therefore.reading.latex.ranges import refuse_declared_d
from therefore.reading.latex.signs import SIGNS, TRANSPOSES, unbraced
from therefore.reading.latex.tokens import Token, spelled
from therefore.reading.latex.values import Value, is_number, kind_of
from therefore.reading.standard import applied

if TYPE_CHECKING:
    from therefore.reading.latex.grammar import Grammar


def _fraction(grammar: Grammar) -> tuple[list[Token], list[Token]]:
    """The two parts of the fraction that comes next, without passing over it."""
    at = grammar.position
    token = grammar.take()
    parts = grammar.argument(token), grammar.argument(token)
    grammar.position = at
    return parts


def bare_derivative(grammar: Grammar) -> str | None:
    r"""The mark of ``\frac{d}{dx}`` or ``\frac{\partial}{\partial x}``, if it comes next."""
    over, under = _fraction(grammar)
    mark = _differential(under)
    if mark is None or _mark(over) != mark:
        return None
    rest = over[_mark_length(mark) :]
    if rest and not (rest[0].text == "^" and len(unbraced(rest[1:])) == 1):
        return None
    _check_mark(grammar, mark, under)
    return mark


def _check_mark(grammar: Grammar, mark: str, under: list[Token]) -> None:
    if mark == "d":
        refuse_declared_d(grammar, under[0])


def derivative_of_expression(grammar: Grammar) -> Value:
    over, under = _fraction(grammar)
    mark = _mark(under)
    token = grammar.take()
    grammar.argument(token), grammar.argument(token)
    length = _mark_length(mark or "d")
    order = _order(grammar, over[length:])
    twice = _twice(grammar, under, order)
    variable = twice or _variable_of(grammar, under, length, order)
    value = _differentiated_body(grammar, token, variable)
    if twice is not None:
        return hessian(value, variable, grammar.names, token)
    return by_variable(value, variable, order, grammar.names, token)


def _differentiated_body(grammar: Grammar, token: Token, variable: Value) -> Value:
    """What an operator of differentiation is taken of; refuse where that is unclear."""
    start = grammar.position
    value = grammar.body(grammar.bound)
    end = grammar.position
    parts = grammar.inside(grammar.tokens[start:end])
    parts.open_bars = list(grammar.open_bars)
    factors: list[Value] = []
    while (following := parts.peek()) is not None:
        if following.command in SIGNS or following.command in ("/", "\\div"):
            parts.take()
            continue
        if parts.begins_operator(following):
            return value
        factors.append(parts.factor())
    speaking = [
        factor
        for factor in factors
        if is_number(factor.sort) and _named(variable) in _leaves(grammar, factor.term)
    ]
    if len(speaking) > 1:
        raise Ambiguous(
            ("the derivative of the whole product", "the derivative of its first factor"),
            "put brackets around what is differentiated",
            token.place,
        )
    return value


def _named(variable: Value) -> str:
    """The name of a variable, or of the vector or matrix of which it is an entry."""
    return str(variable.term if isinstance(variable.term, str) else variable.term[1])


def _standard_at(inner: Grammar, variable: Value) -> Value | None:
    r"""A standard function of the variable, in ``\frac{\partial\sigma}{\partial x}``."""
    key = spelled(inner.tokens)
    name = {"\\sigma": "sigma", "\\tanh": "tanh"}.get(key)
    if name is None or not is_number(variable.sort) or key_of(key) in inner.names.plain:
        return None
    return Value(applied(name, variable.term), "real")


def _leaves(grammar: Grammar, term: Term) -> set[str]:
    return _words(term) | grammar.names.mentioned(term)


def _order(grammar: Grammar, tokens: list[Token]) -> int:
    if not tokens:
        return 1
    digits = "".join(t.text for t in unbraced(tokens[1:])) if tokens[0].text == "^" else ""
    if digits not in ("1", "2", "3"):
        raise Unreadable("a derivative is read up to the third", tokens[0].place)
    return int(digits)


def _twice(grammar: Grammar, under: list[Token], order: int) -> Value | None:
    r"""The x of ``\partial x\,\partial x^\top``, below a second derivative."""
    marks = [k for k, token in enumerate(under) if token.command == "\\partial"]
    if order != 2 or len(marks) != 2 or marks[0]:
        return None
    first, rest = under[1 : marks[1]], under[marks[1] + 1 :]
    ends = [k for k, token in enumerate(rest) if token.text == "^"]
    if not ends or spelled(first) != spelled(rest[: ends[-1]]):
        return None
    if spelled(unbraced(rest[ends[-1] + 1 :])) not in ("T", *TRANSPOSES):
        return None
    return grammar.inside(first).whole()


def _variable_of(grammar: Grammar, under: list[Token], length: int, order: int) -> Value:
    """The variable in which a fraction of differentials differentiates."""
    rest = under[length:]
    if order > 1:
        ends = [k for k, t in enumerate(rest) if t.text == "^"]
        shown = "".join(t.text for t in unbraced(rest[ends[-1] + 1 :])) if ends else ""
        if shown != str(order):
            raise Unreadable(
                "a higher derivative is read in one variable: \\frac{d^2}{dx^2}", under[0].place
            )
        rest = rest[: ends[-1]]
    if any(_mark(rest[k:]) == "\\partial" for k in range(len(rest))):
        raise Unreadable("mixed derivatives are not read; nest two", under[0].place)
    value = grammar.inside(rest).whole()
    name = value.term if isinstance(value.term, str) else value.term[:1]
    if (isinstance(name, tuple) and name not in (("inner",), ("entry",))) or name[:1] == "0" or (
        isinstance(name, str) and name[:1].isdigit()
    ):  # fmt: skip
        raise Unreadable(f"{spelled(rest)} is no variable", under[0].place)
    return value


def full_derivative(grammar: Grammar) -> Value | None:
    r"""``\frac{dy}{dx}`` and ``\frac{\partial f}{\partial x}``, if that comes next."""
    over, under = _fraction(grammar)
    mark = _differential(under)
    if mark is None or _mark(over) != mark:
        return None
    _check_mark(grammar, mark, under)
    token = grammar.take()
    grammar.argument(token), grammar.argument(token)
    length = _mark_length(mark)
    rest, order = over[length:], 1
    if rest and rest[0].text == "^":
        size = 1 + (closing(rest, 1) if rest[1:] and rest[1].kind == "{" else 1)
        order, rest = _order(grammar, rest[:size]), rest[size:]
    twice = _twice(grammar, under, order)
    variable = twice or _variable_of(grammar, under, length, order)
    inner = grammar.inside(rest)
    entity = inner.lone_function()
    value = _standard_at(inner, variable) or (
        _at_own_parameters(grammar, entity, token) if entity else inner.whole()
    )
    if entity is not None:
        _refuse_other_variable(grammar, entity, value, variable, token)
    known = grammar.names.by_name().get(value.term) if isinstance(value.term, str) else None
    if known is not None and known.body is None and value.term != variable.term:
        raise Unreadable(
            f"{known.latex} is declared, but not as something that depends on "
            f"{spelled(under[length:])}; define it",
            token.place,
        )
    if twice is not None:
        return hessian(value, variable, grammar.names, token)
    return by_variable(value, variable, order, grammar.names, token)


def _at_own_parameters(grammar: Grammar, entity: Entity, token: Token) -> Value:
    """A defined function at the variables by which it was defined, written out."""
    if entity.body is None:
        raise Unreadable(
            f"say where: {entity.latex} takes {len(entity.arguments)} arguments", token.place
        )
    values = []
    for parameter, sort in zip(entity.parameters, entity.arguments, strict=True):
        bound = grammar.bound.get(key_of(parameter))
        if bound is not None and bound.sort == sort:
            values.append(bound.term)
            continue
        known = grammar.names.plain.get(key_of(parameter))
        if known is None or known.sort != sort or known.arguments:
            raise Undeclared(
                parameter, key_of(parameter), "real", token.place,
                f"{entity.latex} without arguments is taken at {', '.join(entity.parameters)}",
            )  # fmt: skip
        values.append(known.name)
    return Value(open_binder(entity.body, *values), entity.sort)


def gradient_of_name(grammar: Grammar) -> bool:
    r"""Whether ``\nabla f`` or ``\nabla f(w)``, of a declared function, comes next."""
    start = grammar.position
    token = grammar.take()
    try:
        if grammar.sign() == "_":
            return False
        base = grammar.base_letter()
        if base is None:
            return False
        if grammar.sign() == "_" and grammar.position + 1 < len(grammar.tokens):
            grammar.take()
            base = f"{base}_{{{spelled(grammar.argument(token))}}}"
        entity = grammar.names.plain.get(key_of(base))
        return entity is not None and bool(entity.arguments)
    except Unreadable:
        return False
    finally:
        grammar.position = start


def named_gradient(grammar: Grammar) -> Value:
    token = grammar.take()
    base = grammar.base_letter() or ""
    if grammar.sign() == "_":
        grammar.take()
        base = f"{base}_{{{spelled(grammar.argument(token))}}}"
    entity = grammar.names.plain[key_of(base)]
    if grammar.sign() == "^":
        raise Ambiguous(
            ("a power", "a Hessian", "a transpose"), "use brackets: (\\nabla f(w))^\\top",
            token.place,
        )  # fmt: skip
    if grammar.sign() != "(" and kind_of(entity.sort) == "vector" and entity.body is not None:
        return _jacobian_of(grammar, entity, token)
    if grammar.sign() != "(":
        raise Unreadable(f"say where the gradient is taken: \\nabla {base}(w)", token.place)
    if not is_number(entity.sort):
        raise Unreadable(
            f"\\nabla of {described(entity.sort)} has no layout here; write "
            f"\\frac{{\\partial {base}}}{{\\partial w}}, row by row, for its Jacobian",
            token.place,
        )
    if len(entity.arguments) != 1 or kind_of(entity.arguments[0]) != "vector":
        raise Unreadable(
            f"a gradient is taken of a function of one vector, and {base} is none", token.place
        )
    (point,) = arguments(grammar, token)
    grammar.fit(point, entity.arguments[0], f"the argument of {base}", token.place)
    space = entity.arguments[0]
    head: Term = entity.name
    if entity.body is not None:
        head = ("lambda", space, ("app", entity.name, "#0"))
    return Value(("gradient", head, grammar.coerced(point, space)), space)


def gradient_of_expression(grammar: Grammar) -> Value:
    token = grammar.take()
    if grammar.sign() != "_":
        raise Unreadable("say in which variable: \\nabla_w, or of which function", token.place)
    grammar.take()
    variable = grammar.inside(grammar.argument(token)).whole()
    kind = kind_of(variable.sort)
    if kind not in ("vector", "matrix") or not isinstance(variable.term, str):
        raise Unreadable("a gradient is taken in a declared vector or matrix", token.place)
    body = _bare_function(grammar, token, variable)
    if body is None:
        body = _differentiated_body(grammar, token, variable)
    names = grammar.names
    if kind_of(body.sort) == "vector" and "jacobian" in names.conventions:
        return by_variable(body, variable, 1, names, token)
    if not is_number(body.sort):
        raise Unreadable(
            f"a gradient is taken of a number, and not of {described(body.sort)}; for its "
            "Jacobian, row by row, put before it: % therefore: convention jacobian",
            token.place,
        )
    known = names.by_name().get(variable.term)
    if kind == "matrix" or (known is not None and known.body is not None):
        # A defined w, such as w = (w_1, w_2): what depends on its entries depends on it.
        return by_variable(body, variable, 1, names, token)
    term = grammar.names.abstracted(body.term, variable.term)
    return Value(("gradient", ("lambda", variable.sort, term), variable.term), variable.sort)


def _differential(under: list[Token]) -> str | None:
    """The mark of a differential of a variable below a fraction line: d x, or \\partial x."""
    mark = _mark(under)
    rest = under[_mark_length(mark) :] if mark else []
    letter = bool(rest) and (
        (rest[0].kind == "char" and rest[0].text.isalpha()) or rest[0].kind == "macro"
    )
    return mark if letter else None


def _mark(tokens: list[Token]) -> str | None:
    """The sign of a differential with which these tokens begin."""
    if tokens and tokens[0].kind == "char" and tokens[0].text == "d":
        return "d"
    if tokens and tokens[0].command == "\\partial":
        return "\\partial"
    return "\\mathrm{d}" if spelled(tokens[:4]) == "\\mathrm{d}" else None


def _mark_length(mark: str) -> int:
    return 4 if mark == "\\mathrm{d}" else 1


def _words(term: Term) -> set[str]:
    if isinstance(term, str):
        return {term}
    found: set[str] = set()
    for part in term[1:]:
        found |= _words(part)
    return found


def _bare_function(grammar: Grammar, token: Token, variable: Value) -> Value | None:
    r"""A defined function without its arguments, as in ``\nabla_w L``; ``None`` for the rest."""
    entity, after = grammar.named_function()
    if entity is None or entity.body is None:
        return None
    following = grammar.tokens[after : after + 1]
    if following and following[0].command in ("(", "^", "'"):
        return None
    value = _at_own_parameters(grammar, entity, token)
    _refuse_other_variable(grammar, entity, value, variable, token)
    grammar.position = after
    grammar.delimited = True
    return value


def _refuse_other_variable(
    grammar: Grammar, entity: Entity, value: Value, variable: Value, token: Token
) -> None:
    """Raises ``Unreadable`` for the derivative of L in w, where L was defined as L(v)."""
    listed = grammar.names.by_name().get(_named(variable))
    parts = leaves(listed.body) if listed is not None and listed.body is not None else ()
    speaks = grammar.names.mentioned(value.term) | set(leaves(value.term))
    if _named(variable) not in speaks and not set(parts) & speaks:
        raise Unreadable(
            f"{entity.latex} was defined with {', '.join(entity.parameters)}, and does not depend "
            "on this variable; write what it is taken of",
            token.place,
        )


def _jacobian_of(grammar: Grammar, entity: Entity, token: Token) -> Value:
    r"""``\\nabla f`` of a defined vector-valued f, at the one vector by which it was defined."""
    if "jacobian" not in grammar.names.conventions:
        raise Ambiguous(
            (f"the gradients of the components of {entity.latex} as rows", "as columns"),
            "put before it: % therefore: convention jacobian, for the rows",
            token.place,
        )
    value = _at_own_parameters(grammar, entity, token)
    parameter = grammar.names.plain.get(key_of(entity.parameters[0]))
    if len(entity.arguments) != 1 or parameter is None or kind_of(parameter.sort) != "vector":
        raise Unreadable("a Jacobian is read of a function of one vector", token.place)
    variable = Value(parameter.name, parameter.sort)
    return by_variable(value, variable, 1, grammar.names, token)
