r"""What a derivative is taken in: a number, a vector or a matrix, declared or defined.

Definitions are written out only as far as they depend on the variable, and the variable itself
stays, also when it is defined. By a vector or a matrix of a literal size the derivative is the
vector or matrix of the partial derivatives by its entries: entry (i, j) of ∂L/∂W is ∂L/∂W_ij,
and row i of ∂f/∂w holds the partial derivatives of the i-th component of f. Of any other size it is
the gradient or the Jacobian, whose layout is the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from therefore.goal import Term
from therefore.kernel.terms import close, open_binder
from therefore.reading.latex.errors import Ambiguous, Unreadable
from therefore.reading.latex.names import Names, described
from therefore.reading.latex.products import cells, components
from therefore.reading.latex.tokens import Token
from therefore.reading.latex.values import Value, is_number, kind_of

__all__ = ["by_variable", "component_of", "depends", "hessian", "is_symmetric"]

_FRESH = "%by"


@dataclass(frozen=True)
class _Slot:
    """A number in which can be differentiated: its own term, and how it is put into the name.

    ``put`` gives what stands for the whole name ``name`` when the number is a given term.
    """

    name: str
    own: Term
    put: Callable[[Term], Term]


def by_variable(value: Value, variable: Value, order: int, names: Names, token: Token) -> Value:
    """The derivative of a value in a variable, at that variable. Raises ``Unreadable``."""
    term, kind = value.term, kind_of(variable.sort)
    listed = _listed(variable, names)
    if listed:
        # w = (w_1, w_2) of declared names: its entries are the variables.
        term = names.expanded(term, str(variable.term))
    slots = _slots(variable, listed, names, token)
    if isinstance(slots, _Slot):
        return _along(Value(term, value.sort), slots, order, names, token)
    if not depends(value, variable, names) and not listed:
        raise Unreadable(
            "this does not depend on the vector or matrix in which it is differentiated; define "
            "it as a function of that one",
            token.place,
        )
    if order != 1:
        raise Unreadable("a second derivative is read in one number", token.place)
    if slots is None:
        return _of_any_size(Value(term, value.sort), variable, names, token)
    rows = [[_slope(term, slot, names) for slot in row] for row in slots]
    if is_number(value.sort):
        if kind == "vector":
            return Value(("vector", *rows[0]), variable.sort)
        return Value(("rows", *(("row", *row) for row in rows)), variable.sort)
    parts = components(value)
    if kind != "vector" or parts is None or kind_of(value.sort) != "vector":
        raise Unreadable(
            f"a derivative of {described(value.sort)} in {described(variable.sort)} has no layout "
            "here; take one component",
            token.place,
        )
    whole = [
        [_slope(component_of(term, at, len(parts), slot, names), slot, names) for slot in slots[0]]
        for at in range(len(parts))
    ]
    sort = ("matrix", str(len(parts)), str(len(slots[0])))
    return Value(("rows", *(("row", *row) for row in whole)), sort)


def _of_any_size(value: Value, variable: Value, names: Names, token: Token) -> Value:
    """The gradient of a number, in a vector or a matrix, or the Jacobian of a vector."""
    name, kinds = str(variable.term), (kind_of(value.sort), kind_of(variable.sort))
    function = ("lambda", variable.sort, names.abstracted(value.term, name))
    if kinds[0] == "number":
        gradient: Term = ("gradient", function, name)
        if kinds[1] == "matrix" and _by_free_entries(variable, names, token):
            diagonal = ("hadamard", gradient, ("identity", variable.sort[1]))
            gradient = ("+", gradient, ("transpose", gradient), ("-", diagonal))
        return Value(gradient, variable.sort)
    if kinds == ("vector", "vector"):
        return Value(("jacobian", function, name), ("matrix", value.sort[1], variable.sort[1]))
    raise Unreadable(
        f"a derivative of {described(value.sort)} in {described(variable.sort)}", token.place
    )


def is_symmetric(name: str, names: Names) -> bool:
    """Whether an assumption says that a matrix is its own transpose."""
    sides = (("transpose", name), name)
    return any(("=", *pair) in names.hypotheses for pair in (sides, sides[::-1]))


def _by_free_entries(variable: Value, names: Names, token: Token) -> bool:
    """Whether a derivative is one in the free entries of a symmetric matrix.

    There X_ij and X_ji are one variable: entry (i, j) is the derivative along e_i e_jᵀ + e_j e_iᵀ,
    and along e_i e_iᵀ on the diagonal. With the gradient G by all entries it is G + Gᵀ − G∘I.
    """
    name = str(variable.term)
    if name in names.structured:
        return True
    if not is_symmetric(name, names) or "all entries" in names.conventions:
        return False
    if "free entries" in names.conventions:
        return True
    raise Ambiguous(
        ("the derivative by all entries, at a symmetric matrix",
         "the derivative by its free entries, where X_ij and X_ji are one variable"),
        "put before it: % therefore: convention all entries, or: convention free entries",
        token.place,
    )  # fmt: skip


def hessian(value: Value, variable: Value, names: Names, token: Token) -> Value:
    """The matrix of the second partial derivatives of a number, in a vector."""
    if not is_number(value.sort) or kind_of(variable.sort) != "vector":
        raise Unreadable(
            f"a second derivative of {described(value.sort)} in {described(variable.sort)}",
            token.place,
        )
    if not isinstance(variable.term, str) or not depends(value, variable, names):
        raise Unreadable("a Hessian is taken in a declared vector", token.place)
    body, size = names.abstracted(value.term, variable.term), variable.sort[1]
    function = ("lambda", variable.sort, body)
    return Value(("hessian", function, variable.term), ("matrix", size, size))


def depends(value: Value, variable: Value, names: Names) -> bool:
    """Whether a value speaks of a variable, through definitions too."""
    name = variable.term if isinstance(variable.term, str) else variable.term[1]
    return name in names.mentioned(value.term) or name in _words(value.term)


def _words(term: Term) -> set[str]:
    if isinstance(term, str):
        return {term}
    found: set[str] = set()
    for part in term[1:]:
        found |= _words(part)
    return found


def _listed(variable: Value, names: Names) -> list[str]:
    """The declared names of which a defined vector consists; none if it is something else."""
    entity = names.by_name().get(variable.term) if isinstance(variable.term, str) else None
    if entity is None or entity.arguments or not isinstance(entity.body, tuple):
        return []
    if entity.body[0] != "vector" or not all(isinstance(one, str) for one in entity.body[1:]):
        return []
    table = names.by_name()
    parts = list(entity.body[1:])
    declared = [
        one in table and table[one].body is None and table[one].sort == "real" for one in parts
    ]
    return parts if all(declared) and len(set(parts)) == len(parts) else []


def _slots(
    variable: Value, listed: list[str], names: Names, token: Token
) -> _Slot | list[list[_Slot]] | None:
    """The number, or the numbers row by row, in which is differentiated; ``None`` for any size."""
    term, kind = variable.term, kind_of(variable.sort)
    if listed:
        return [[_Slot(one, one, lambda at: at) for one in listed]]
    if kind == "number":
        return _number(variable, names, token)
    if not isinstance(term, str):
        raise Unreadable("a derivative is taken in a name, or in a component of one", token.place)
    if kind == "vector":
        parts = components(variable)
        if parts is None:
            return None
        return [[_entry(term, parts, at) for at in range(len(parts))]]
    if kind != "matrix":
        raise Unreadable(f"a derivative in {described(variable.sort)}", token.place)
    grid = cells(variable)
    if grid is None:
        return None
    return [
        [_cell(term, grid, row, column) for column in range(len(grid[0]))]
        for row in range(len(grid))
    ]


def _number(variable: Value, names: Names, token: Token) -> _Slot:
    term = variable.term
    if isinstance(term, str):
        known = names.by_name().get(term)
        defined = known is not None and known.body is not None
        if variable.sort != "real" and not (defined and variable.sort == "integer"):
            raise Unreadable(f"a derivative in {described(variable.sort)}", token.place)
        return _Slot(term, term, lambda at: at)
    if term[0] == "inner" and isinstance(term[1], str) and term[2][0] == "vector":
        size = len(term[2]) - 1
        parts = components(Value(term[1], ("vector", str(size)))) or []
        if term in parts:
            return _entry(term[1], parts, parts.index(term))
    if term[0] == "entry" and len(term) == 4 and isinstance(term[1], str):
        known = names.by_name().get(term[1])
        grid = cells(Value(term[1], known.sort)) if known is not None else None
        if grid is not None:
            return _cell(term[1], grid, int(term[2]), int(term[3]))
    raise Unreadable("a derivative is taken in a name, or in a component of one", token.place)


def _entry(name: str, parts: list[Term], at: int) -> _Slot:
    def put(term: Term) -> Term:
        return ("vector", *(term if k == at else part for k, part in enumerate(parts)))

    return _Slot(name, parts[at], put)


def _cell(name: str, grid: list[list[Term]], row: int, column: int) -> _Slot:
    def put(term: Term) -> Term:
        return (
            "rows",
            *(
                ("row", *(term if (r, c) == (row, column) else part for c, part in enumerate(line)))
                for r, line in enumerate(grid)
            ),
        )

    return _Slot(name, grid[row][column], put)


def _along(value: Value, slot: _Slot, order: int, names: Names, token: Token) -> Value:
    """The derivative in one number, of a number or of each component of a vector."""
    if is_number(value.sort):
        term = value.term
        for _ in range(order):
            term = _slope(term, slot, names)
        return Value(term, "real")
    parts = components(value) if kind_of(value.sort) == "vector" else None
    if parts is None and kind_of(value.sort) in ("vector", "matrix"):
        moved = value.term
        for _ in range(order):
            body = open_binder(names.abstracted(moved, slot.name), slot.put(_FRESH))
            moved = ("velocity", close(_reduced(body), _FRESH), slot.own)
        return Value(moved, value.sort)
    if parts is None or order != 1:
        raise Unreadable(f"a derivative of {described(value.sort)} is not read", token.place)
    found = (
        _slope(component_of(value.term, at, len(parts), slot, names), slot, names)
        for at in range(len(parts))
    )
    return Value(("vector", *found), value.sort)


def _slope(term: Term, slot: _Slot, names: Names) -> Term:
    """The derivative of a number in one number, at its place."""
    body = open_binder(names.abstracted(term, slot.name), slot.put(_FRESH))
    return ("derivative", close(_reduced(body), _FRESH), slot.own)


def component_of(term: Term, at: int, size: int, slot: _Slot, names: Names) -> Term:
    """A component of a vector of literal size, whose definition is written out."""
    return _part(names.written_out(term, slot.name), at, size)


def _part(term: Term, at: int, size: int) -> Term:
    if not isinstance(term, str):
        if term[0] == "vector":
            return term[1 + at]
        if term[0] in ("+", "-"):
            return (term[0], *(_part(part, at, size) for part in term[1:]))
        if term[0] == "*":
            return (*term[:-1], _part(term[-1], at, size))
        if term[0] == "/":
            return ("/", _part(term[1], at, size), term[2])
    return ("inner", term, _unit(at, size))


def _unit(at: int, size: int) -> Term:
    return ("vector", *("1" if k == at else "0" for k in range(size)))


def _reduced(term: Term) -> Term:
    """The term, where a component or an entry of what is written out is that one."""
    if isinstance(term, str):
        return term
    done = (*term[:1], *(_reduced(part) for part in term[1:]))
    if done[0] == "inner" and done[1][0] == done[2][0] == "vector":
        size = len(done[2]) - 1
        for at in range(size):
            if done[2] == _unit(at, size) and len(done[1]) == size + 1:
                return done[1][1 + at]
    if done[0] == "entry" and len(done) == 4 and done[1][0] == "rows":
        row, column = done[2], done[3]
        if isinstance(row, str) and isinstance(column, str) and (row + column).isdigit():
            return done[1][1 + int(row)][1 + int(column)]
    return done
