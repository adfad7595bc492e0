"""Sizes that depend on an index: n_k for a sequence of sizes, in one form for each index.

A size is a number, a declared name, or ("app", f, k) for a declared sequence f of sizes, for
sizes that are written out ("members", "size", start, …) or for a function literal; k is a
polynomial in integers. Two sizes that are written alike are equal; n_{(k−1)+1} is n_k, as the
polynomial k is brought into one form. Outside of what is written out a size is 1. Sums and products
of sizes are sizes: m + n, 2·h + 1, m·n, and of these too there is one form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from .binders import NAME, Names, is_number, open_binder
from .data import Term
from .errors import Rejected

__all__ = [
    "SIZES",
    "check_members",
    "check_size",
    "settled",
    "settled_size",
    "sort_of_member",
    "written_index",
]

SIZES: Term = ("function", ("integer",), "size")
MOST_PRODUCTS = 64
Check = Callable[[Term, Term, Names], None]  # that a term is a value of a sort
Form = dict[tuple[Term, ...], int]  # by the factors of a product, in order: its coefficient


def check_size(size: Term, names: Names) -> None:
    """Raise ``ILL_TYPED`` unless this is a size over the names."""
    if isinstance(size, str):
        is_literal = is_number(size) and size.isdigit() and int(size) >= 1
        if is_literal or names.get(size) == "size":
            return
    elif size[0] == "app" and len(size) == 3:
        _check_index(size[2], names)
        if isinstance(size[1], str) and names.get(size[1]) == SIZES:
            return
        if size[1][:2] == ("members", "size") and len(size[1]) >= 4:
            _check_index(size[1][2], {})
            for part in size[1][3:]:
                check_size(part, {})
            return
        if size[1][:2] == ("lambda", "integer") and len(size[1]) == 3:
            check_size(open_binder(size[1][2], size[2]), names)
            return
    elif size[0] in ("+", "*") and len(size) >= 3:
        for part in size[1:]:
            check_size(part, names)
        return
    raise Rejected("ILL_TYPED", f"not a size: {size}")


def _check_index(index: Term, names: Names) -> None:
    if isinstance(index, str):
        if is_number(index) and "/" not in index:
            return
        if NAME.fullmatch(index) and names.get(index) in ("integer", "size"):
            return
    elif index[0] in ("+", "*", "-") and len(index) >= 2 and (index[0] != "-" or len(index) == 2):
        for part in index[1:]:
            _check_index(part, names)
        return
    raise Rejected("ILL_TYPED", f"not the index of a size: {index}")


def check_members(check: Check, term: Term, sort: Term, names: Names) -> None:
    """Raise ``ILL_TYPED`` unless the term is a family of the sort: a name, or written out."""
    declared = names.get(term, "") if isinstance(term, str) else ""
    if declared[:1] == ("family",):
        fresh = f"%b{len(names)}"  # no name that a size of either could speak of
        if settled(open_binder(declared[1], fresh)) == settled(open_binder(sort[1], fresh)):
            return
    if term[0] == "lambda" and len(term) == 3 and term[1] == "integer":
        fresh = f"%b{len(names)}"
        member = open_binder(sort[1], fresh)
        check(open_binder(term[2], fresh), member, {**names, fresh: "integer"})
        return
    head = ("table",) if term[0] == "table" else ("members", sort[1])
    values = term[len(head) + 1 :]
    if term[: len(head)] != head or not values:
        raise Rejected("ILL_TYPED", f"not a family of this sort: {term}")
    _check_index(term[len(head)], {})
    for place, value in enumerate(values, int(term[len(head)])):
        check(value, open_binder(sort[1], str(place)), names)


def sort_of_member(check: Check, function: Term, index: Term, names: Names) -> Term:
    """The sort of a member of what is written out: of sizes, of vectors or of matrices."""
    if function[1] == "size":
        check_size(("app", function, "0"), names)
        return "size"
    check_members(check, function, ("family", function[1]), names)
    member = settled(open_binder(function[1], index))
    for size in member[1:] if member[0] in ("vector", "matrix") else ("0",):
        check_size(size, names)
    return member


def settled(sort: Term) -> Term:
    """The sort with its sizes in one form."""
    if isinstance(sort, str) or sort[0] not in ("vector", "matrix"):
        return sort
    return (sort[0], *map(settled_size, sort[1:]))


def settled_size(size: Term) -> Term:
    if isinstance(size, str):
        return size
    if size[0] in ("+", "*"):
        return _index_term(_form((size[0], *map(settled_size, size[1:]))))
    function, index = size[1], _index_term(_form(size[2]))
    if not isinstance(function, str):
        if function[0] == "lambda":
            return settled_size(open_binder(function[2], index))
        if function[0] == "members" and is_number(index):
            place, values = int(index) - int(function[2]), function[3:]
            return values[place] if 0 <= place < len(values) else "1"
    return ("app", function, index)


def _form(index: Term) -> Form:
    if isinstance(index, str):
        if is_number(index):
            return {(): int(index)} if int(index) else {}
        return {(index,): 1}
    if index[0] not in ("+", "-", "*"):
        return {(index,): 1}
    parts = [_form(part) for part in index[1:]]
    if index[0] == "-":
        return {m: -c for m, c in parts[0].items()}
    total = parts[0]
    for part in parts[1:]:
        total = _joined(total, part) if index[0] == "+" else _multiplied(total, part)
    return total


def _joined(left: Form, right: Form) -> Form:
    total = dict(left)
    for monomial, c in right.items():
        total[monomial] = total.get(monomial, 0) + c
    return {m: c for m, c in total.items() if c}


def _multiplied(left: Form, right: Form) -> Form:
    if len(left) * len(right) > MOST_PRODUCTS:
        raise Rejected("TOO_LARGE", "the index of a size")
    total: Form = {}
    for m, c in left.items():
        for n, e in right.items():
            total = _joined(total, {tuple(sorted((*m, *n), key=repr)): c * e})
    return total


def _index_term(form: Form) -> Term:
    """The term of a polynomial: products in order, a number last."""
    parts = [_product(m, c) for m, c in sorted(form.items(), key=_last_if_number)]
    return ("+", *parts) if len(parts) > 1 else parts[0] if parts else "0"


def _last_if_number(item: tuple[tuple[Term, ...], int]) -> tuple[bool, str]:
    return not item[0], repr(item[0])


def _product(monomial: tuple[Term, ...], coefficient: int) -> Term:
    factors = monomial if coefficient == 1 and monomial else (str(coefficient), *monomial)
    return ("*", *factors) if len(factors) > 1 else factors[0]


def written_index(
    over: Mapping[tuple[tuple[int, int], ...], Fraction], name: Callable[[int], str]
) -> Term:
    """The term of an integer polynomial in atoms that have names."""
    form: Form = {}
    for monomial, c in over.items():
        factors = (name(index) for index, e in monomial for _ in range(e))
        form[tuple(sorted(factors, key=repr))] = int(c)
    return _index_term(form)
