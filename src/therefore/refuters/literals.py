"""Instances as closed kernel terms and back: the format of counterexamples and witnesses."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from typing import Any

from therefore.goal import Term
from therefore.refuters.domains import unused_draw
from therefore.refuters.exact import Array, ExactInterpreter
from therefore.refuters.meaning import is_tabular, member_sort
from therefore.refuters.reals import Real, real_term
from therefore.refuters.surds import Surd
from therefore.refuters.terms import Problem, free_names, is_discrete
from therefore.refuters.values import Cell, Closure, Residue, Table, Unreadable

__all__ = ["literal_of", "load_values", "values_of"]


def literal_of(value: Any) -> Term:
    """The kernel's literal of an exact value: a number, a vector, rows, a function.

    An irrational number is written as the operations that make it.
    """
    if isinstance(value, Residue):
        return str(value.value)
    if isinstance(value, Array):
        if isinstance(value.parts[0], Array):
            return ("rows", *(("row", *map(literal_of, row.parts)) for row in value.parts))
        return ("vector", *map(literal_of, value.parts))
    if isinstance(value, Closure):
        return ("lambda", value.sort, value.body)
    if isinstance(value, Surd | Real):
        return real_term(value)
    return str(Fraction(value))


def values_of(interpreter: ExactInterpreter) -> dict[str, Term]:
    """Every declared name with its value. A sequence is a table of the indices in use.

    The sizes within function literals are written as numbers. Raises ``Undefined`` or
    ``Unknown`` where a value cannot be written.
    """
    problem = interpreter.problem
    values: dict[str, Term] = {}
    for name, sort in problem.goal.declarations:
        if sort[0] == "element":
            values[name] = _element(interpreter.name(name))
        elif is_discrete(sort):
            values[name] = str(interpreter.sizes[name])
        elif sort == "real" or sort[0] not in ("function", "family"):
            values[name] = literal_of(interpreter.name(name))
        elif is_tabular(sort):
            values[name] = _table(interpreter, name, sort)
        else:
            literal = literal_of(interpreter.name(name))
            values[name] = _with_sizes(literal, interpreter.sizes)
    return problem.randomness.joined(values)


def _element(value: Residue) -> Term:
    """An element of the field of p numbers."""
    return ("embed", str(value.modulus), str(value.value))


def _table(interpreter: ExactInterpreter, name: str, sort: Term) -> Term:
    used = [key[1:] for key in list(interpreter.cells) if key[0] == name and len(key) > 1]
    ranges = []
    arguments = ("integer",) if sort[0] == "family" else sort[1]
    for position, argument in enumerate(arguments):
        if isinstance(argument, tuple):
            ranges.append(range(interpreter.size(argument[1])))
        else:
            at = [key[position] for key in used] or [1]
            ranges.append(range(min(at), max(at) + 1))
    if sort[0] == "function" and sort[2][0] == "element":
        return ("cycle", *(_element(interpreter.at(name, (k,))) for k in ranges[0]))
    values = {
        indices: literal_of(
            interpreter.at(name, indices) if used else _zero_at(interpreter, sort, indices)
        )
        for indices in product(*ranges)
    }

    if name in _unbounded_names(interpreter) and len(set(values.values())) == 1:
        constant: Term = next(iter(values.values()))
        for argument in arguments:
            constant = ("lambda", argument, constant)
        return constant
    if len(ranges) > 1 and all(argument == "integer" for argument in arguments):
        return _flat_table(ranges, list(values.values()))

    def nested(prefix: tuple[int, ...]) -> Term:
        if len(prefix) == len(ranges):
            return values[prefix]
        span = ranges[len(prefix)]
        return ("table", str(span.start), *(nested((*prefix, index)) for index in span))

    return nested(())


def _zero_at(interpreter: ExactInterpreter, sort: Term, indices: tuple[int, ...]) -> Any:
    """What a function that is not used may have for a value."""
    result = member_sort(sort, indices)
    if isinstance(result, str):
        return 1 if result == "size" else 0
    sizes = [interpreter.size(size) for size in result[1:]]
    return interpreter.zero(sizes[0]) if len(sizes) == 1 else interpreter.zero_matrix(*sizes)


def _unbounded_names(interpreter: ExactInterpreter) -> frozenset[str]:
    """The names of which a hypothesis speaks for all integers, without an upper end."""
    names: frozenset[str] = frozenset()
    for hypothesis in interpreter.problem.hypotheses:
        if interpreter.is_unbounded(hypothesis):
            names |= free_names(hypothesis)
    return names


def _flat_table(ranges: list[range], values: list[Term]) -> Term:
    """A function of several integers by one table: the kernel has no tables of tables."""
    place: Term = "0"
    for position, span in enumerate(ranges):
        index: Term = f"#{len(ranges) - 1 - position}"
        here: Term = ("+", index, str(-span.start)) if span.start else index
        place = here if place == "0" else ("+", ("*", str(len(span)), place), here)
    body: Term = ("app", ("table", "0", *values), place)
    for _ in ranges:
        body = ("lambda", "integer", body)
    return body


def _with_sizes(term: Term, sizes: Mapping[str, int]) -> Term:
    if isinstance(term, str):
        return str(sizes[term]) if term in sizes else term
    return tuple(_with_sizes(part, sizes) for part in term)


def load_values(
    problem: Problem, values: Mapping[str, Term]
) -> tuple[dict[str, int], dict[Cell, Any]]:
    """The sizes and the cells that closed terms give. Raises ``Unreadable`` or ``ValueError``."""
    values = problem.randomness.parted(values)
    sizes = {
        name: int(values[name][2] if sort[0] == "element" else values[name])
        for name, sort in problem.goal.declarations
        if is_discrete(sort)
    }
    reader = ExactInterpreter(problem, sizes, draw=unused_draw)
    cells: dict[Cell, Any] = {}
    for name, sort in problem.goal.declarations:
        if name in sizes:
            continue
        value = reader.term(values[name])
        if isinstance(value, Table):
            _load_table(cells, (name,), value)
        elif isinstance(sort, tuple) and sort[0] == "matrix":
            for i, row in enumerate(value.parts):
                for j, entry in enumerate(row.parts):
                    cells[name, i, j] = Fraction(entry) if isinstance(entry, int) else entry
        elif isinstance(value, Closure | Array | Surd | Real):
            cells[name,] = value
        elif isinstance(value, int | Fraction):
            cells[name,] = Fraction(value)
        else:
            raise Unreadable(f"no value of {name}")
    return sizes, cells


def _load_table(cells: dict[Cell, Any], prefix: Cell, table: Table) -> None:
    for offset, value in enumerate(table.values):
        key = (*prefix, table.lo + offset)
        if isinstance(value, Table):
            _load_table(cells, key, value)
        else:
            cells[key] = Fraction(value) if isinstance(value, int) else value


