"""The rules: what a proof may do, one function each.

A sequent Γ ⊢ φ means: wherever the facts of Γ are defined and hold, φ is defined and holds.
``Checker.prove`` is the only way from a sequent and proof data to belief; it looks up the rule
that the data name and lets it open further sequents. Definedness is checked where a formula is
settled, in the context of that place, and for every term that a certificate brings in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .binders import Names
from .context import Context, is_declared_function
from .data import Data, Term, field, fields, term_of
from .errors import Rejected
from .formulas import point_of
from .sorts import internal
from .terms import (
    check_value,
    coerced,
    measured,
    open_binder,
    reduced,
)

__all__ = [
    "OBLIGATIONS",
    "OBLIGATIONS_OF_BINDERS",
    "RULES",
    "Checker",
    "obligations",
    "refused",
    "rule",
    "with_variable",
]

Rule = Callable[["Checker", Context, Term, dict[str, Data]], None]
RULES: dict[str, tuple[Rule, str, str]] = {}

# What must hold for an operation to be defined, once its parts are; a theory adds its own.
OBLIGATIONS: dict[str, Callable[..., Term]] = {
    "/": lambda over, under: ("!=", under, "0"),
    "sqrt": lambda inside: ("<=", "0", inside),
}


# The same of operations that bind, or take a function: from all parts, with the contexts.
OBLIGATIONS_OF_BINDERS: dict[str, Callable[..., Iterator[tuple[Context, Term]]]] = {}


def rule(required: str = "", optional: str = "") -> Callable[[Rule], Rule]:
    """Enter a function under its own name, with the fields that its proof data may have."""

    def enter(function: Rule) -> Rule:
        RULES[function.__name__.rstrip("_")] = (function, "rule " + required, optional + " defined")
        return function

    return enter


def refused(goal: Term, rule_name: str) -> Rejected:
    """The refusal of a goal that is not of the form that a rule proves."""
    return Rejected("WRONG_GOAL", f"{rule_name} does not prove {goal}")


class Checker:
    """One run of the kernel over one certificate: the lemmas it may cite and what it has cited."""

    def __init__(self, lemmas: dict[str, Term], axioms: dict[str, Term]) -> None:
        self.lemmas, self.axioms = lemmas, axioms
        self.cited: set[str] = set()

    def prove(self, ctx: Context, goal: Term, proof: Data) -> None:
        """Check one sequent. Raises ``Rejected`` unless the proof data prove it."""
        name = proof.get("rule") if isinstance(proof, dict) else None
        if not isinstance(name, str) or name not in RULES:
            raise Rejected("UNKNOWN_RULE", str(name)[:60])
        function, required, optional = RULES[name]
        function(self, ctx, goal, fields(proof, required, optional))

    def fact(self, ctx: Context, reference: Data) -> Term:
        """The formula behind "h1", "lemma:HASH" or "axiom:NAME"."""
        if isinstance(reference, str):
            kind, _, name = reference.partition(":")
            known = {"lemma": self.lemmas, "axiom": self.axioms}.get(kind)
            if known is not None and name in known:
                self.cited.add(reference)
                return known[name]
            if reference in ctx.facts:
                return ctx.facts[reference]
        raise Rejected("UNKNOWN_FACT", str(reference)[:80])

    def instance(self, ctx: Context, formula: Term, node: dict[str, Data]) -> Term:
        """What a fact says of the terms ``with``, once its premises are shown (``conditions``)."""
        terms, proofs = list(field(node, "with", list)), list(field(node, "conditions", list))
        while formula[0] == "implies" or (formula[0] == "forall" and terms):
            if formula[0] == "forall":
                value = self.term(ctx, terms.pop(0), formula[1], proofs)
                formula = measured(open_binder(formula[2], value))
            else:
                condition = reduced(formula[1], ctx.names)
                if not ctx.holds(condition):
                    if not proofs:
                        raise Rejected("CONDITION", f"it is not shown that {condition}")
                    self.prove(ctx, condition, proofs.pop(0))
                formula = formula[2]
        if terms or proofs:
            raise Rejected("MALFORMED", "more terms or conditions than the fact has")
        return reduced(formula, ctx.names)

    # -------------------------------------------------------------- definedness

    def term(self, ctx: Context, data: Data, sort: Term, proofs: list[Data]) -> Term:
        """A term that the certificate brings in: of the sort, and defined here."""
        term = term_of(data)
        check_value(term, sort, ctx.names)
        self.ensure_defined(ctx, term, proofs)
        return coerced(term, sort, ctx.names)

    def body(self, names: Names, data: Data) -> Term:
        """The body of a real function of one number that the certificate brings in.

        It speaks of the ``names`` only: not of one that the rule is about to declare, which
        would stand for the variable in one place and for itself in another.
        """
        body, fresh = term_of(data), internal(names)
        check_value(open_binder(body, fresh), "real", {**names, fresh: "real"})
        return body

    def ensure_defined(self, ctx: Context, term: Term, proofs: list[Data]) -> None:
        """Settle every obligation of the term: by inspection, or by the next of ``proofs``."""
        if isinstance(term, str) or term in ctx.defined:
            return
        for place, obligation in obligations(ctx, term):
            if not place.holds(obligation):
                if not proofs:
                    raise Rejected("UNDEFINED", f"it is not shown that {obligation}")
                self.prove(place, obligation, proofs.pop(0))
        ctx.defined.add(term)

    def ensure_formula_defined(self, ctx: Context, formula: Term, proofs: list[Data]) -> None:
        """The same for a formula that is about to become a fact."""
        head, *parts = formula
        if head in ("and", "or", "not"):
            for part in parts:
                self.ensure_formula_defined(ctx, part, proofs)
        elif head == "implies":
            self.ensure_formula_defined(ctx, parts[0], proofs)
            inner = ctx.extended()
            inner.assume(f"if_{len(ctx.facts)}", parts[0])
            self.ensure_formula_defined(inner, parts[1], proofs)
        elif head in ("forall", "exists"):
            inner, name = with_variable(ctx, parts[0])
            self.ensure_formula_defined(inner, open_binder(parts[1], name), proofs)
        elif head in ("=", "!=", "<=", "<", "invertible", "root_of_unity", "moments", "gaussian",
                      "independent"):
            for part in parts:
                self.ensure_defined(ctx, part, proofs)
        elif head == "tends":  # true or false, whether or not its body is defined
            for part in (point_of(parts[1]) or "0", parts[2]):
                self.ensure_defined(ctx, part, proofs)
        elif head == "integrates":  # so is this
            for part in (*parts[:2], *parts[3:]):
                self.ensure_defined(ctx, part, proofs)
        elif head == "has_derivative" and len(parts) == 3 and is_declared_function(parts[0]):
            for part in parts[1:]:  # true or false, for f is defined everywhere
                self.ensure_defined(ctx, part, proofs)
        elif head != "false" and not (head == "differentiable" and isinstance(parts[0], str)):
            raise Rejected("UNSUPPORTED", f"a hypothesis of the form {head}")


def with_variable(ctx: Context, sort: Term, wish: str = "i") -> tuple[Context, str]:
    inner = ctx.extended()
    name = inner.fresh(wish)
    inner.declare(name, sort)
    return inner, name


def obligations(ctx: Context, term: Term) -> Iterator[tuple[Context, Term]]:
    """What must hold for the term to be defined, the parts first, each with its context."""
    ctx.atoms.spend()
    if isinstance(term, str):
        return
    head, *parts = term
    if head in ("sum", "sum_mod", "matrix", "lambda"):
        yield from _obligations_of_binder(ctx, head, parts)
        return
    if head == "app" and parts[0][0] == "lambda":
        for argument in parts[1:]:
            yield from obligations(ctx, argument)
        first = coerced(parts[1], parts[0][1], ctx.names)
        body = open_binder(parts[0][2], first)
        yield from obligations(ctx, ("app", body, *parts[2:]) if parts[2:] else body)
        return
    if head == "derivative":
        yield from obligations(ctx, parts[1])
        yield ctx, ("has_derivative", *parts)
        return
    if head == "integral":
        yield from obligations(ctx, parts[0])
        yield from obligations(ctx, parts[1])
        yield ctx, ("integrates", *parts)
        return
    if head in OBLIGATIONS_OF_BINDERS:
        yield from OBLIGATIONS_OF_BINDERS[head](ctx, *parts)
        return
    for part in parts[head == "members" :]:  # the first part is a sort
        yield from obligations(ctx, part)
    if head in OBLIGATIONS:
        yield ctx, OBLIGATIONS[head](*parts)


def _obligations_of_binder(
    ctx: Context, head: str, parts: list[Term]
) -> Iterator[tuple[Context, Term]]:
    if head == "sum":
        low, high, body = parts
        yield from obligations(ctx, low)
        yield from obligations(ctx, high)
        yield ctx, ("<=", ("+", low, ("-", "1")), high)
        inner, name = with_variable(ctx, "integer")
        inner.assume(f"from_{len(ctx.facts)}", ("<=", low, name))
        inner.assume(f"to_{len(ctx.facts)}", ("<=", name, high))
        yield from obligations(inner, open_binder(body, name))
    elif head == "matrix":
        rows, row = with_variable(ctx, ("residue", parts[0]))
        inner, column = with_variable(rows, ("residue", parts[1]))
        yield from obligations(inner, open_binder(parts[2], row, column))
    else:
        sort = ("residue", parts[0]) if head == "sum_mod" else parts[0]
        inner, name = with_variable(ctx, sort)
        yield from obligations(inner, open_binder(parts[1], name))
