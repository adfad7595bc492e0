"""The derivative of a term along a direction, by structure, as a term.

Wherever that term and the old one are defined, the new term is the derivative of the old one: |u|
gives u/|u| · u′, defined for u ≠ 0 only, u·|u| gives 2|u|·u′, also where u is 0, √u gives u′/(2√u),
an integral up to u its own derivative at u times u′, f(u) gives ⟨∇f(u), u′⟩ for a differentiable f
of a vector and f′(u)·u′ for a declared f of a number. Source: the chain rule; u·|u| is s(u) for
s(t) = t·|t|, and s(t)/t tends to 0 at 0.
A derivative inside the term is differentiated once more where its body is free of the variable: the
second derivative is defined at a point only, but as a part of each part of the first that depends
on the variable, so that the first is given by its structure around that point. Of f′ for a declared
f, and of the derivative of an integral, the structure says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .data import Term
from .errors import Rejected
from .terms import close, mentions, open_binder, sort_of, substitute

__all__ = ["CHANGES", "Change", "differential", "has_abstract_slope", "paired"]

# The derivatives of the operations that a theory adds, by head: from a ``Change``, which gives
# that of a part, and the parts, to the change of the whole.
CHANGES: dict[str, Callable[..., Term]] = {}


@dataclass(frozen=True)
class Change:
    """The change of any part: its derivative in a name along a direction."""

    names: Mapping[str, Term]
    name: str
    direction: Term

    def __call__(self, part: Term) -> Term:
        return differential(self.names, part, self.name, self.direction)


def differential(names: Mapping[str, Term], term: Term, name: str, direction: Term) -> Term:
    """The derivative of a term along ``direction``, by structure. Raises ``NOT_SMOOTH``."""
    if term == name:
        return direction
    if not mentions(term, name):
        sort = sort_of(term, names)
        return ("zero", *sort[1:]) if sort[0] in ("vector", "matrix") else "0"
    head, *parts = term

    change = Change(names, name, direction)
    if head in CHANGES:
        return CHANGES[head](change, *parts)
    if head == "derivative" and not mentions(parts[0], name):
        # u′(v) where u′ is the structural derivative, near every point at which that is defined.
        inside = f"%d{len(names)}"
        inner = {**names, inside: "real"}
        slope = differential(inner, open_binder(parts[0], inside), inside, "1")
        if has_abstract_slope(slope):
            raise Rejected("NOT_SMOOTH", "no structural derivative of the derivative of a name")
        return change(substitute(slope, {inside: parts[1]}))
    if head in ("+", "-", "vector"):
        return (head, *(change(part) for part in parts))
    if head == "*" and parts[1:] == [("abs", parts[0])]:  # as smooth as u is, at 0 as well
        return ("*", "2", parts[1], change(parts[0]))
    if head == "*":
        products = [
            ("*", *parts[:k], change(part), *parts[k + 1 :])
            for k, part in enumerate(parts)
            if mentions(part, name)
        ]
        return ("+", *products) if len(products) > 1 else products[0]
    if head == "/":
        over, under = parts
        first = ("/", change(over), under)
        if not mentions(under, name):
            return first
        return ("+", first, ("-", ("/", ("*", change(under), over), ("^", under, "2"))))
    if head == "^":
        base, exponent = parts
        if base[0] in ("norm", "abs") and int(exponent) % 2 == 0:  # smooth at 0 as well
            inside = base[1]
            square = paired(names, inside, inside) if base[0] == "norm" else ("*", inside, inside)
            return change(("^", square, str(int(exponent) // 2)))
        return ("*", exponent, ("^", base, str(max(int(exponent) - 1, 0))), change(base))
    if head == "abs":
        return ("*", ("/", parts[0], term), change(parts[0]))
    if head == "sqrt":
        return ("/", change(parts[0]), ("*", "2", term))
    if head == "inner":
        left, right = parts
        return ("+", ("inner", change(left), right), ("inner", left, change(right)))
    if head == "norm":
        return ("/", paired(names, parts[0], change(parts[0])), term)
    is_named = head == "app" and isinstance(parts[0], str) and len(parts) == 2
    if is_named and sort_of(parts[1], names)[0] == "vector" and sort_of(term, names) == "real":
        return ("inner", ("gradient", *parts), change(parts[1]))
    if is_named and names.get(parts[0]) == ("function", ("real",), "real"):
        return ("*", ("derivative", ("app", parts[0], "#0"), parts[1]), change(parts[1]))
    if head in ("sum", "sum_mod") and not any(mentions(end, name) for end in parts[:-1]):
        index = f"%d{len(names)}"
        inner = {**names, index: ("residue", parts[0]) if head == "sum_mod" else "integer"}
        body = differential(inner, open_binder(parts[-1], index), name, direction)
        return (head, *parts[:-1], close(body, index))
    if head == "expectation":  # of a polynomial in what is random: its factors are differentiated
        outcome = f"%d{len(names)}"
        inner = {**names, outcome: "outcome"}
        body = differential(inner, open_binder(parts[0], outcome), name, direction)
        return (head, close(body, outcome))
    if head == "integral" and not mentions(parts[2], name):
        low, high, inside = parts
        if not mentions(low, name):
            return ("*", ("derivative", ("integral", low, "#0", inside), high), change(high))
        if not mentions(high, name):
            return ("*", ("derivative", ("integral", "#0", high, inside), low), change(low))
    raise Rejected("NOT_SMOOTH", f"no structural derivative of {head}")


def paired(names: Mapping[str, Term], left: Term, right: Term) -> Term:
    """⟨u, v⟩ of vectors, and tr(AᵀB) of matrices."""
    if sort_of(left, names)[0] == "matrix":
        return ("trace", ("matmul", ("transpose", left), right))
    return ("inner", left, right)


def has_abstract_slope(term: Term) -> bool:
    """Whether the term holds f′ for a declared function f, or the derivative of an integral."""
    if isinstance(term, str):
        return False
    is_one = term[0] == "derivative" and isinstance(term[1], tuple)
    if is_one and (term[1][0] == "integral" or _is_value(term[1])):
        return True
    return any(has_abstract_slope(part) for part in term)


def _is_value(term: Term) -> bool:
    """Whether the term is the value of a declared function."""
    return term[0] == "app" and isinstance(term[1], str)
