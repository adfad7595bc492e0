"""Integrals over intervals: what they are, what they are worth, how they depend on their ends.

∫_a^b p, for numbers a ≤ b, is the integral of Riemann: p is defined at every point from a to b, and
its sums converge. ∫_b^a p is −∫_a^b p. The low end may be −∞ and the high end +∞: then every
portion with numbers as ends exists, and converges as its end goes there; for both ends, each half
by itself. That ∫_a^b p exists, ``("integrates", a, b, p)``, is an obligation of its term; that it
exists and is v is ``("integrates", a, b, p, v)``. Both are true or false, whether or not p is
defined. The existence on an interval gives that on every part of it (see ``portions``).
Source: Rudin, Principles of Mathematical Analysis, chapter 6; improper integrals: Apostol,
Mathematical Analysis, 10.13.
"""

from __future__ import annotations

from .calculus import require_continuous
from .context import Context
from .data import Data, Term, field, fields, term_of
from .formulas import FORMULAS
from .normal import FORMS, Normaliser
from .polynomials import ZERO, Scalar, atom
from .proofs import Checker, refused, rule
from .reduction import PARTIAL
from .slopes import around
from .terms import check_formula, check_value, mentions, new_name, open_binder
from .typed import SIGNATURES

__all__: list[str] = []

Names = dict[str, Term]
LOWEST, HIGHEST = "-oo", "+oo"


def _finite(low: Term, high: Term) -> list[Term]:
    """The ends that are numbers."""
    return [end for end, far in ((low, LOWEST), (high, HIGHEST)) if end != far]


def _integral(names: Names, low: Term, high: Term, body: Term) -> Term:
    """The sort of an integral: ends are numbers, or −∞ below and +∞ above."""
    for end in _finite(low, high):
        check_value(end, "real", names)
    fresh = f"%i{len(names)}"
    check_value(open_binder(body, fresh), "real", {**names, fresh: "real"})
    return "real"


def _integrates(names: Names, low: Term, high: Term, body: Term, value: Term = "0") -> None:
    _integral(names, low, high, body)
    check_value(value, "real", names)


def _form(nf: Normaliser, low: Term, high: Term, body: Term) -> Scalar:
    """An atom: linearity and splitting need that the parts exist, and are rules. ∫_a^a p is 0."""
    ends = [end if end in (LOWEST, HIGHEST) else nf.scalar(end) for end in (low, high)]
    if len(_finite(low, high)) == 2 and nf.atoms.is_zero(ends[1] - ends[0]):
        return ZERO
    variable, opened = nf.open(body, "real")
    return atom(nf.bound("integral", variable, nf.scalar(opened), *ends))


SIGNATURES["integral", 3] = _integral
FORMULAS |= {("integrates", 3): _integrates, ("integrates", 4): _integrates}
FORMS["integral"] = _form
PARTIAL.add("integral")


def _parts(goal: Term, rule_name: str) -> tuple[Term, Term, Term, Term]:
    """Ends, body and value of a statement on an integral that names the value."""
    if goal[0] != "integrates" or len(goal) != 5:
        raise refused(goal, rule_name)
    return goal[1], goal[2], goal[3], goal[4]


def _inside(
    checker: Checker, ctx: Context, ends: tuple[Term, Term], node: dict[str, Data]
) -> tuple[Context, str]:
    """The context of a new x between the ends, and its name.

    The facts a ≤ x and x ≤ b, as far as a and b are numbers, are labelled ``from`` and ``to``.
    Between two numbers this needs the proof ``order`` that a ≤ b; without it, x is any number.
    """
    inner, name = ctx.extended(), new_name(node["name"])
    inner.declare(name, "real")
    low, high = ends
    if len(_finite(low, high)) == 2:
        if "order" not in node:
            return inner, name
        checker.prove(ctx, ("<=", low, high), node["order"])
    if low != LOWEST:
        inner.assume("from", ("<=", low, name))
    if high != HIGHEST:
        inner.assume("to", ("<=", name, high))
    return inner, name


def _ensure_ends(checker: Checker, ctx: Context, ends: tuple[Term, Term], proofs: Data) -> None:
    for end in _finite(*ends):
        checker.ensure_defined(ctx, end, proofs)


def _show_continuous(
    checker: Checker, inner: Context, name: str, body: Term, node: dict[str, Data]
) -> None:
    """That p, which is defined around x, is continuous at x: by its structure, or as p → p(x)."""
    here = open_binder(body, name)
    if "continuous" in node:
        checker.prove(inner, ("tends", body, name, here), node["continuous"])
    else:
        require_continuous(here, name)


@rule("name primitive derivative value", "continuous order low high")
def antiderivative(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """Γ ⊢ ∫_a^b p = v, from P′(x) = p(x) for all x from a to b, p continuous, v = P(b) − P(a).

    In the place of P(±∞) stands the limit of P there: ``low`` and ``high`` hold a ``limit`` and a
    ``proof``. Source: the fundamental theorem of calculus (Rudin 6.21).
    """
    low, high, body, value = _parts(goal, "antiderivative")
    proofs = list(field(node, "defined", list))
    _ensure_ends(checker, ctx, (low, high), proofs)
    inner, name = _inside(checker, ctx, (low, high), node)
    primitive = checker.body(ctx.names, node["primitive"])
    slope = ("has_derivative", primitive, name, open_binder(body, name))
    checker.prove(inner, slope, node["derivative"])
    _show_continuous(checker, inner, name, body, node)
    worth = []
    for end, far, label in ((low, LOWEST, "low"), (high, HIGHEST, "high")):
        if end != far:
            worth.append(open_binder(primitive, end))
            continue
        part = fields(node[label], "limit proof")
        limit = checker.term(ctx, part["limit"], "real", proofs)
        checker.prove(ctx, ("tends", primitive, far, limit), part["proof"])
        worth.append(limit)
    checker.prove(ctx, ("=", value, ("+", worth[1], ("-", worth[0]))), node["value"])


@rule("name parts identity value", "order")
def linear(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """Γ ⊢ ∫_a^b p = v, from p(x) = Σ cᵢ·pᵢ(x) for all x from a to b, ∫_a^b pᵢ = vᵢ, v = Σ cᵢ·vᵢ.

    Each part has a ``factor`` cᵢ, a ``body`` pᵢ, a ``value`` vᵢ and a ``proof``. With one part and
    the factor 1 it says that equal functions have equal integrals. Source: Rudin 6.12.
    """
    low, high, body, value = _parts(goal, "linear")
    proofs = list(field(node, "defined", list))
    _ensure_ends(checker, ctx, (low, high), proofs)
    inner, name = _inside(checker, ctx, (low, high), node)
    terms: list[Term] = ["0", "0"]
    worth: list[Term] = ["0", "0"]
    for data in field(node, "parts", list):
        part = fields(data, "factor body value proof")
        factor = checker.term(ctx, part["factor"], "real", proofs)
        claim = ("integrates", low, high, term_of(part["body"]), term_of(part["value"]))
        check_formula(claim, ctx.names)
        checker.prove(ctx, claim, part["proof"])
        terms.append(("*", factor, open_binder(claim[3], name)))
        worth.append(("*", factor, claim[4]))
    checker.prove(inner, ("=", open_binder(body, name), ("+", *terms)), node["identity"])
    checker.prove(ctx, ("=", value, ("+", *worth)), node["value"])


@rule("at first second value")
def joined(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """Γ ⊢ ∫_a^b p = v, from ∫_a^c p = v₁, ∫_c^b p = v₂ and v = v₁ + v₂, for any number c.

    ``first`` and ``second`` hold a ``value`` and a ``proof``. Source: Rudin 6.12.
    """
    low, high, body, value = _parts(goal, "joined")
    proofs = list(field(node, "defined", list))
    _ensure_ends(checker, ctx, (low, high), proofs)
    middle = checker.term(ctx, node["at"], "real", proofs)
    worth = []
    for ends, label in (((low, middle), "first"), ((middle, high), "second")):
        part = fields(node[label], "value proof")
        worth.append(checker.term(ctx, part["value"], "real", proofs))
        checker.prove(ctx, ("integrates", *ends, body, worth[-1]), part["proof"])
    checker.prove(ctx, ("=", value, ("+", *worth)), node["value"])


@rule("proof")
def turned(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ ⊢ ∫_b^a p = −v, for numbers a and b, follows Γ ⊢ ∫_a^b p = v."""
    low, high, body, value = _parts(goal, "turned")
    if len(_finite(low, high)) != 2:
        raise refused(goal, "turned")
    checker.prove(ctx, ("integrates", high, low, body, ("-", value)), node["proof"])


@rule("proof")
def worth(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """Γ ⊢ ∫_a^b p = v as a statement on an integral, or as an equation, each from the other."""
    if goal[0] == "integrates" and len(goal) == 5:
        checker.prove(ctx, ("=", ("integral", *goal[1:4]), goal[4]), node["proof"])
    elif goal[0] == "=" and goal[1][0] == "integral":
        checker.prove(ctx, ("integrates", *goal[1][1:], goal[2]), node["proof"])
    else:
        raise refused(goal, "worth")


@rule("value proof")
def exists_integral(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ ⊢ ∫_a^b p = v follows Γ ⊢ ∫_a^b p exists."""
    if goal[0] != "integrates" or len(goal) != 4:
        raise refused(goal, "exists_integral")
    claim = (*goal, term_of(node["value"]))
    check_formula(claim, ctx.names)
    checker.prove(ctx, claim, node["proof"])


@rule("name", "order continuous bound exists upper lower")
def continuous_integral(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """Γ ⊢ ∫_a^b p exists, for a p that is defined and continuous from a to b.

    If an end is infinite, also from −r(x) ≤ p(x) ≤ r(x) for all x from a to b, where ∫_a^b r
    ``exists``; r is ``bound``. Source: Rudin 6.8; the comparison test (Apostol 10.16).
    """
    if goal[0] != "integrates" or len(goal) != 4:
        raise refused(goal, "continuous_integral")
    low, high, body = goal[1:]
    proofs = list(field(node, "defined", list))
    _ensure_ends(checker, ctx, (low, high), proofs)
    inner, name = _inside(checker, ctx, (low, high), node)
    here = open_binder(body, name)
    checker.ensure_defined(inner, here, proofs)
    _show_continuous(checker, inner, name, body, node)
    if len(_finite(low, high)) == 2:
        return
    bound = checker.body(ctx.names, node["bound"])
    above = open_binder(bound, name)
    checker.prove(ctx, ("integrates", low, high, bound), node["exists"])
    checker.prove(inner, ("<=", here, above), node["upper"])
    checker.prove(inner, ("<=", ("-", above), here), node["lower"])


@rule("name relation", "order")
def integrated(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """Γ ⊢ ∫_a^b p ≤ ∫_a^b r, from a ≤ b and p(x) ≤ r(x) for all x from a to b; also 0 ≤ ∫_a^b r.

    That the integrals exist is an obligation of the goal. Source: Rudin 6.12.
    """
    if goal[0] != "<=" or goal[2][0] != "integral":
        raise refused(goal, "integrated")
    low, high, above = goal[2][1:]
    below = "0" if goal[1] == "0" else goal[1][3] if goal[1][:3] == goal[2][:3] else None
    if below is None or (len(_finite(low, high)) == 2 and "order" not in node):
        raise refused(goal, "integrated")
    checker.ensure_formula_defined(ctx, goal, list(field(node, "defined", list)))
    inner, name = _inside(checker, ctx, (low, high), node)
    relation = ("<=", *(open_binder(body, name) for body in (below, above)))
    checker.prove(inner, relation, node["relation"])


@rule("name exists value", "from continuous")
def moving_end(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """Γ ⊢ the derivative of ∫_a^u p in u, at c, is v, from v = p(c) and p continuous at c.

    That of ∫_u^b p is −p(c). p and the other end are free of u. The integral ``exists`` for all u,
    or with ``from`` for all u around c (see ``slopes``). Source: the fundamental theorem of
    calculus (Rudin 6.20), with ∫_a^u p = ∫_a^c p + ∫_c^u p.
    """
    if goal[0] != "has_derivative" or len(goal) != 4 or goal[1][0] != "integral":
        raise refused(goal, "moving_end")
    point, value = goal[2:]
    proofs = list(field(node, "defined", list))
    checker.ensure_defined(ctx, point, proofs)
    inner, name = around(checker, ctx, point, node, proofs)
    _, opened_low, opened_high, opened = open_binder(goal[1], name)
    moves = [mentions(part, name) for part in (opened_low, opened_high, opened)]
    if moves not in ([True, False, False], [False, True, False]) or name not in (
        opened_low, opened_high,
    ):  # fmt: skip
        raise refused(goal, "moving_end")
    checker.prove(inner, ("integrates", opened_low, opened_high, opened), node["exists"])
    here = open_binder(opened, point)
    if "continuous" in node:
        checker.prove(ctx, ("tends", opened, point, here), node["continuous"])
    else:
        other = ctx.fresh("x")
        require_continuous(open_binder(opened, other), other)
    checker.prove(ctx, ("=", value, ("-", here) if moves[0] else here), node["value"])
