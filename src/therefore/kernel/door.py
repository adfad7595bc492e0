"""The one door: the texts of a goal and a certificate go in; belief, or a rejection, comes out."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from . import theories  # noqa: F401  (they enter their rules and operations)
from .atoms import Atoms
from .axioms import AXIOMS
from .context import Context
from .data import Data, Term, digest, field, fields, parse, term_of
from .errors import Rejected
from .proofs import Checker, obligations
from .terms import (
    check_formula,
    check_sort,
    close,
    measured,
    negation,
    new_name,
    open_binder,
    reduced,
    sort_of,
    substitute,
)

__all__ = ["FORMAT", "Acceptance", "Kernel", "accept", "goal_hash"]

FORMAT = "therefore-1"


@dataclass(frozen=True)
class Acceptance:
    """What was accepted: a proof or a refutation, of which goal, on which lemmas and axioms."""

    kind: str
    goal: str
    lemmas: tuple[str, ...]
    axioms: tuple[str, ...]


@dataclass(frozen=True)
class _Goal:
    declarations: tuple[tuple[str, Term], ...]
    hypotheses: tuple[Term, ...]
    conclusion: Term


class Kernel:
    """Accepts certificates one after the other. What it has seen proved may be cited as a lemma."""

    def __init__(self) -> None:
        self._proved: dict[str, Term] = {}

    def accept(self, goal: str, certificate: str) -> Acceptance:
        """Believe the goal, or its refutation, on the strength of the certificate, or raise.

        Both are JSON texts. Raises ``Rejected`` for everything that is not a proof (or a
        refutation) of just this goal; nothing is remembered then.
        """
        goal_data, certificate_data = parse(goal), parse(certificate)
        depth = sys.getrecursionlimit()
        sys.setrecursionlimit(max(depth, 20_000))
        try:
            return self._accept(goal_data, certificate_data)
        except RecursionError:
            raise Rejected("TOO_LARGE", "nested too deeply") from None
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise Rejected("MALFORMED", repr(error)) from error
        finally:
            sys.setrecursionlimit(depth)

    def _accept(self, data: Data, certificate: Data) -> Acceptance:
        name = _hash(data)
        if certificate.get("format") != FORMAT:
            raise Rejected("FORMAT", f"not a certificate of the format {FORMAT}")
        if certificate.get("goal") != name:
            raise Rejected("STALE", "the certificate is for another goal")
        goal = _read_goal(data)
        checker = Checker(self._proved, AXIOMS)
        kind = certificate.get("kind")
        if kind == "proof":
            fields(certificate, "format goal kind proof witness", "defined")
            _check_proof(checker, goal, certificate)
            self._proved[name] = _closed(goal)
        elif kind == "refutation":
            fields(certificate, "format goal kind values hypotheses conclusion")
            _check_refutation(checker, goal, certificate)
        else:
            raise Rejected("FORMAT", "neither a proof nor a refutation")
        cited = sorted(checker.cited)
        return Acceptance(
            kind,
            name,
            tuple(c.removeprefix("lemma:") for c in cited if c.startswith("lemma:")),
            tuple(c.removeprefix("axiom:") for c in cited if c.startswith("axiom:")),
        )


def accept(goal: str, certificate: str) -> Acceptance:
    """Accept one certificate that cites no lemma. See ``Kernel.accept``."""
    return Kernel().accept(goal, certificate)


def goal_hash(goal: str) -> str:
    """The name of a goal: SHA-256 over the kernel's own serialisation of it and of its format."""
    return _hash(parse(goal))


def _hash(data: Data) -> str:
    return digest([FORMAT, fields(data, "declarations definitions hypotheses conclusion")])


def _read_goal(data: Data) -> _Goal:
    """The goal with its definitions expanded, once its names and formulas are in order."""
    ctx = Context(Atoms())
    declarations = []
    for declaration in field(data, "declarations", list):
        if not isinstance(declaration, list) or len(declaration) != 2:
            raise Rejected("MALFORMED", "a declaration is a name and a sort")
        name, sort = new_name(term_of(declaration[0])), term_of(declaration[1])
        check_sort(sort, ctx.names)
        ctx.declare(name, sort)
        declarations.append((name, sort))
    definitions: dict[str, Term] = {}
    for definition in field(data, "definitions", list):
        if not isinstance(definition, list) or len(definition) != 3:
            raise Rejected("MALFORMED", "a definition is a name, its parameters and a body")
        name = new_name(term_of(definition[0]))
        if name in ctx.names or name in definitions or not isinstance(definition[1], list):
            raise Rejected("NAME_TAKEN", name)
        body = measured(substitute(term_of(definition[2]), definitions))
        parameters = [term_of(part) for part in definition[1]]
        _check_definition(body, parameters, ctx.names)
        for parameter in reversed(parameters):
            body = ("lambda", parameter, body)
        definitions[name] = body
    formulas = [
        measured(substitute(term_of(part), definitions))
        for part in (*field(data, "hypotheses", list), data["conclusion"])
    ]
    for formula in formulas:
        check_formula(formula, ctx.names)
    formulas = [reduced(formula, ctx.names) for formula in formulas]
    return _Goal(tuple(declarations), tuple(formulas[:-1]), formulas[-1])


def _check_definition(body: Term, parameters: list[Term], names: dict[str, Term]) -> None:
    """A body may hold declared names and its parameters, and no other bound variable."""
    places = {f"%p{k}": sort for k, sort in enumerate(parameters)}
    for sort in parameters:
        check_sort(sort, names)
    sort_of(open_binder(body, *places), {**names, **places})


def _check_proof(checker: Checker, goal: _Goal, certificate: dict[str, Data]) -> None:
    ctx = Context(Atoms())
    for name, sort in goal.declarations:
        ctx.declare(name, sort)
    proofs = list(field(certificate, "defined", list))
    for k, hypothesis in enumerate(goal.hypotheses, 1):
        checker.ensure_formula_defined(ctx, hypothesis, proofs)
        ctx.assume(f"h{k}", hypothesis)
    checker.prove(ctx, goal.conclusion, certificate["proof"])
    witness = fields(certificate["witness"], "values proofs")
    place, hypotheses, _ = _instance(goal, witness["values"])
    _prove_each(checker, place, hypotheses, witness["proofs"])


def _check_refutation(checker: Checker, goal: _Goal, certificate: dict[str, Data]) -> None:
    place, hypotheses, conclusion = _instance(goal, certificate["values"])
    _prove_each(checker, place, hypotheses, certificate["hypotheses"])
    proof = certificate["conclusion"]
    if isinstance(proof, dict) and proof.get("rule") == "undefined":
        fields(proof, "rule part obligation proof")
        _check_undefined(checker, place, conclusion, proof)
    else:
        checker.prove(place, negation(conclusion), proof)


def _check_undefined(
    checker: Checker, ctx: Context, conclusion: Term, proof: dict[str, Data]
) -> None:
    """A relation is undefined where a denominator of a side is zero, or a radicand negative.

    The range of a sum is an obligation of the proofs only: a sum over an empty range is 0. So is
    0 ≤ k of a^k: a power with a negative exponent means something to others.
    """
    if conclusion[0] not in ("=", "!=", "<=", "<") or proof["part"] not in ("1", "2"):
        raise Rejected("WRONG_GOAL", f"{conclusion} is not shown to be undefined")
    number = field(proof, "obligation", str)
    for k, (where, obligation) in enumerate(obligations(ctx, conclusion[int(proof["part"])])):
        about_a_value = obligation[:2] == ("<=", "0") or obligation[0] not in ("<=", "and")
        if str(k) == number and where is ctx and about_a_value:
            checker.prove(ctx, negation(obligation), proof["proof"])
            return
    raise Rejected("MALFORMED", "no such obligation")


def _instance(goal: _Goal, data: Data) -> tuple[Context, list[Term], Term]:
    """Hypotheses and conclusion at closed values for every declared name."""
    if not isinstance(data, dict) or data.keys() != {name for name, _ in goal.declarations}:
        raise Rejected("MALFORMED", "the values are for other names")
    ctx = Context(Atoms())
    checker = Checker({}, {})
    values: dict[str, Term] = {}
    for name, sort in goal.declarations:
        sort = substitute(sort, values)
        values[name] = checker.term(ctx, data[name], sort, [])
    *hypotheses, conclusion = (
        reduced(substitute(formula, values), {}) for formula in (*goal.hypotheses, goal.conclusion)
    )
    return ctx, hypotheses, conclusion


def _prove_each(checker: Checker, ctx: Context, formulas: list[Term], proofs: Data) -> None:
    if not isinstance(proofs, list) or len(proofs) != len(formulas):
        raise Rejected("MALFORMED", "one proof for each hypothesis is expected")
    for formula, proof in zip(formulas, proofs, strict=True):
        check_formula(formula, ctx.names)
        checker.prove(ctx, formula, proof)


def _closed(goal: _Goal) -> Term:
    """The goal as one formula without free names: ∀ declared names, hypotheses → conclusion."""
    formula = goal.conclusion
    for hypothesis in reversed(goal.hypotheses):
        formula = ("implies", hypothesis, formula)
    for name, sort in reversed(goal.declarations):
        formula = ("forall", sort, close(formula, name))
    return formula
