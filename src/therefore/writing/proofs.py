"""A certificate in one line that pencil and paper can check.

The line follows the certificate down to the inequality or identity on which it turns:
``RHS − LHS = 1/(2η)·‖w_{T+1} − w*‖² ≥ 0``. Facts that are equalities add zero and are named;
the slack of an inequality (its right side less its left) is written out, or as ``[h2]``. Of a
lemma whose own certificate is at hand the line of that certificate is taken over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from therefore.goal import Goal, Term, from_lists
from therefore.kernel.axioms import AXIOMS
from therefore.writing.folding import folding
from therefore.writing.latex_terms import LatexPrinter
from therefore.writing.names import Names
from therefore.writing.patterns import bind, substitute
from therefore.writing.terms import FRACTION, Printer
from therefore.writing.text_terms import TextPrinter

__all__ = ["Cited", "certificate_line", "certificate_line_latex"]

Data: TypeAlias = Mapping[str, Any]

_IDENTITY = "both sides have the same normal form"
_OVER_BOX = "by rational enclosures over the whole box"
_OVER_PIECES = "by rational enclosures over the pieces of a box"
_INSPECTION = "seen by inspection"
_AXIOMS = {
    "first_order_condition": "the first-order condition of convexity",
    "definite": "definiteness of the inner product",
    "injective": "injectivity",
    "penrose": "Penrose's conditions",
    "zero_vector": "definiteness of the inner product",
    "zero_product": "the zero-product rule",
    "zero_square": "the zero-product rule",
    "integer_gap": "integrality",
    "floor_below": "the definition of the whole part",
    "floor_above": "the definition of the whole part",
    "sum_over_residues": "each residue being one of 0, …, n − 1",
    "reflected_sum_in_a_field": "reversing the sum over residues",
    "swapped_sums_in_a_field": "exchanging the sums over residues",
    "reciprocal": "the reciprocal of an element",
    "unequal_residues": "the definition of a bracket",
    "reflected_sum": "reversing the sum over residues",
    "shifted_sum": "shifting the sum over residues",
}
_MEAN_VALUE = "by the mean value theorem"
_CAUCHY_AND_SCHWARZ = "by Cauchy and Schwarz"
_THAT = "what was shown first"
# The longest formula shown on the way that is written out, in characters.
_LONGEST_FACT = 90
# The longest slack of an inequality that is written out, in characters.
_LONGEST_SLACK = 48


@dataclass(frozen=True)
class Cited:
    """A goal that may be cited as a lemma: what it is called, and how it was proved."""

    name: str
    goal: Goal
    proof: Any = None


Lemmas: TypeAlias = Mapping[str, Cited]


def certificate_line(
    goal: Goal, notation: Mapping[str, str], certificate: Data, lemmas: Lemmas
) -> str:
    """The certificate of a proof in one line of text; ``lemmas`` holds goals by their hash."""
    return _line(TextPrinter(Names.of(goal, notation)), goal, certificate, lemmas, latex=False)


def certificate_line_latex(
    goal: Goal, notation: Mapping[str, str], certificate: Data, lemmas: Lemmas
) -> str:
    """The same line in LaTeX, for text mode: its mathematics stands between dollars."""
    return _line(LatexPrinter(Names.of(goal, notation)), goal, certificate, lemmas, latex=True)


def _line(
    printer: Printer,
    goal: Goal,
    certificate: Data,
    lemmas: Lemmas,
    *,
    latex: bool,
) -> str:
    writer = _Writer(printer, lemmas, goal, latex=latex)
    return writer.proof(certificate.get("proof"), _start(goal), goal.conclusion)


def _start(goal: Goal) -> _Place:
    """The place at which the proof of a goal begins."""
    hypotheses = enumerate(goal.hypotheses, start=1)
    return _Place({}).knowing((f"h{k}", hypothesis, f"h{k}") for k, hypothesis in hypotheses)


@dataclass(frozen=True)
class _Place:
    """The facts at hand at one place of a proof: by label, the formula and what it is called.

    A formula is ``None`` where it is not known here. ``vectors`` are the vectors among the
    names that the proof has introduced.
    """

    facts: Mapping[str, tuple[Term, str]]
    vectors: frozenset[str] = frozenset()

    def knowing(self, facts: Any) -> _Place:
        """The place with further facts, each a label, a formula and a name for people."""
        known = dict(self.facts)
        for label, formula, name in facts:
            known[label] = (formula, name)
            if formula is not None and formula[0] == "and":
                for k, part in enumerate(formula[1:], start=1):
                    known[f"{label}_{k}"] = (part, name)
        return replace(self, facts=known)

    def introducing(self, name: str, sort: Term) -> _Place:
        """The place with a new name."""
        if isinstance(sort, tuple) and sort[0] == "vector":
            return replace(self, vectors=self.vectors | {name})
        return self

    def formula(self, label: str) -> Term:
        """The formula of a fact, or ``None``."""
        return self.facts.get(label, (None, ""))[0]

    def instance(self, label: str, values: list[Term]) -> Term:
        """What a fact says of these values once its premises are discharged, or ``None``."""
        formula = self.formula(label)
        waiting = list(values)
        while formula is not None and formula[0] in ("forall", "implies"):
            if formula[0] == "implies":
                formula = formula[2]
            elif waiting:
                formula = substitute(formula[2], waiting.pop(0))
            else:
                break
        return formula


class _Writer:
    def __init__(self, printer: Printer, lemmas: Lemmas, goal: Goal, *, latex: bool) -> None:
        self._printer = printer
        self._lemmas = lemmas
        self._latex = latex
        self._hypotheses = goal.hypotheses
        self._folded = folding(goal)
        self._depth = 0

    def proof(self, proof: Any, place: _Place, goal: Term) -> str:
        """One line for a proof of ``goal`` (``None`` where it is not known)."""
        if not isinstance(proof, dict):
            return ""
        method = _RULES.get(str(proof.get("rule")))
        return method(self, proof, place, goal) if method else ""

    # -- rules that lead on to another proof -----------------------------------------------

    def _have(self, proof: Data, place: _Place, goal: Term) -> str:
        fact = from_lists(proof.get("fact"))
        name = _THAT
        after = place.knowing([(str(proof.get("as")), fact, name)])
        then = self.proof(proof.get("then"), after, goal)
        first = self.proof(proof.get("proof"), place, fact)
        if _is_of_cauchy_and_schwarz(fact):
            known = {_without_signs(formula) for formula, _ in place.facts.values() if formula}
            named = f"'{proof.get('as')}'" in str(proof.get("then"))
            if _without_signs(fact) in known and not named:
                return then  # the same for −u, and no use is made of it
            first = _CAUCHY_AND_SCHWARZ
        if isinstance(proof.get("proof"), dict) and proof["proof"].get("rule") == "monotone":
            return first  # what follows from it is the goal, once the sides are worked out
        if _trivial(then) or then in (f"by {name}", f"both sides are equal, by {name}"):
            return first or then
        if _trivial(first) and f"[{name}]" not in then:
            return then.replace(name, self._math(fact))
        if len(self._printer.write(fact)) > _LONGEST_FACT and not _trivial(first):
            if f"{then};".startswith(f"{first};"):
                return then  # the same reason, once more
            return f"{first}; then {then.replace(name, 'this')}"
        why = "" if _trivial(first) else f" ({first})"
        return f"{self._math(fact)}{why}; then {then.replace(name, 'this')}"

    def _use(self, proof: Data, place: _Place, goal: Term) -> str:
        reference = str(proof.get("fact"))
        name = self._named(reference, place)
        formula = self._instance(reference, proof, place)
        called = self._called(reference, place)
        after = place.knowing([(str(proof.get("as")), formula, called)])
        line = self.proof(proof.get("then"), after, goal)
        if _trivial(line):
            return f"by {name}"
        if name in line:
            return line
        tail = line.rpartition(", with ")[2]
        joined = tail != line and not any(sign in tail for sign in (";", ",", " and ", "("))
        return f"{line} and {name}" if joined else f"{line}, with {name}"

    def _intro(self, proof: Data, place: _Place, goal: Term) -> str:
        labels = list(proof.get("labels", []))
        names = list(proof.get("names", []))
        while goal is not None and (names or labels):
            if goal[0] == "forall" and names:
                name = str(names.pop(0))
                place, goal = place.introducing(name, goal[1]), substitute(goal[2], name)
            elif goal[0] == "implies" and labels:
                place = place.knowing([(str(labels.pop(0)), goal[1], "the premise")])
                goal = goal[2]
            else:
                goal = None
        return self.proof(proof.get("then"), place, goal)

    def _split(self, proof: Data, place: _Place, goal: Term) -> str:
        parts = proof.get("parts", [])
        known = goal is not None and goal[0] == "and" and len(goal) == len(parts) + 1
        goals = goal[1:] if known else [None] * len(parts)
        return _joined(self.proof(p, place, g) for p, g in zip(parts, goals, strict=True))

    def _choose(self, proof: Data, place: _Place, goal: Term) -> str:
        part = str(proof.get("part", ""))
        known = goal is not None and part.isdecimal() and int(part) < len(goal)
        return self.proof(proof.get("proof"), place, goal[int(part)] if known else None)

    def _either(self, proof: Data, place: _Place, goal: Term) -> str:
        pair = [from_lists(term) for term in proof.get("on", [])]
        lines, facts = [], []
        for branch, relation in (("equal", "="), ("apart", "!=")):
            fact = (relation, *pair) if len(pair) == 2 else None
            facts.append(fact)
            inner = place.knowing([(str(proof.get("as")), fact, "this case")])
            lines.append(self.proof(proof.get(branch), inner, goal))
        cases = ", ".join(self._math(case) for case in facts if case is not None)
        said = _joined(lines)
        return f"by cases {cases}: {said}" if said else f"by cases {cases}"

    def _cases(self, proof: Data, place: _Place, goal: Term) -> str:
        on = [_without_zero(from_lists(term)) for term in proof.get("on", [])]
        lines, facts = [], []
        for branch, relation in (("less", "<"), ("equal", "="), ("greater", ">")):
            fact = None
            if len(on) == 2:
                fact = (relation, *on) if relation != ">" else ("<", on[1], on[0])
            facts.append(fact)
            inner = place.knowing([(str(proof.get("as")), fact, "this case")])
            lines.append(self.proof(proof.get(branch), inner, goal))
        if all(line in (_OVER_BOX, _OVER_PIECES) for line in lines):
            return _OVER_PIECES
        cases = ", ".join(self._math(case) for case in facts if case is not None)
        said = _joined(lines)
        return f"by cases {cases}: {said}" if said else f"by cases {cases}"

    def _suppose(self, proof: Data, place: _Place, goal: Term) -> str:
        inner = place.knowing([(str(proof.get("as")), None, "the contrary")])
        return f"by contradiction: {self.proof(proof.get('then'), inner, ('false',))}"

    def _deny(self, proof: Data, place: _Place, goal: Term) -> str:
        """What is denied is false: its negation has the proof."""
        return self.proof(proof.get("proof"), place, None)

    def _exists(self, proof: Data, place: _Place, goal: Term) -> str:
        values = [from_lists(value) for value in proof.get("values", [])]
        for value in values:
            goal = substitute(goal[2], value) if goal is not None and goal[0] == "exists" else None
        line = self.proof(proof.get("then"), place, goal)
        taken = ", ".join(self._math(value) for value in values)
        return f"take {taken}" + (f"; {line}" if line else "")

    def _obtain(self, proof: Data, place: _Place, goal: Term) -> str:
        reference = str(proof.get("fact"))
        formula, name = place.formula(reference), str(proof.get("name"))
        inside = substitute(formula[2], name) if formula and formula[0] == "exists" else None
        sort = formula[1] if formula and formula[0] == "exists" else "real"
        called = self._called(reference, place)
        after = place.introducing(name, sort).knowing([(str(proof.get("as")), inside, called)])
        return self.proof(proof.get("then"), after, goal)

    def _rewrite(self, proof: Data, place: _Place, goal: Term) -> str:
        old, new = from_lists(proof.get("from")), from_lists(proof.get("to"))
        first = self.proof(proof.get("equal"), place, ("=", old, new))
        template = from_lists(proof.get("template"))
        then = self.proof(proof.get("then"), place, substitute(template, new))
        if _trivial(first) or first.startswith("by "):
            return then
        return first if _trivial(then) else f"{then}; {first}"

    def _induction(self, proof: Data, place: _Place, goal: Term) -> str:
        name = str(proof.get("index"))
        statement = low = None
        if goal is not None and goal[0] == "forall" and goal[2][0] == "implies":
            opened = substitute(goal[2], name)
            low, statement = opened[1][1], opened[2]
            if statement[0] == "implies" and statement[1][:2] == ("<=", name):
                statement = statement[2]
        first = _renamed(statement, name, low) if statement is not None else None
        after = _renamed(statement, name, ("+", name, "1")) if statement is not None else None
        hypothesis = "the induction hypothesis"
        inner = place.introducing(name, "integer").knowing([(f"{name}_ih", statement, hypothesis)])
        base = self.proof(proof.get("base"), place, first)
        step = self.proof(proof.get("step"), inner, after)
        start = f" from {self._math(low)}" if low is not None else ""
        said = "; ".join(
            f"{word}: {line}" for word, line in (("base", base), ("step", step)) if line
        )
        return f"by induction on {self._math(name)}{start}; {said}"

    def _enumerate(self, proof: Data, place: _Place, goal: Term) -> str:
        count = len(proof.get("proofs", []))
        return f"each of {count} instances by itself" if count != 1 else "the only instance"

    def _entries(self, proof: Data, place: _Place, goal: Term) -> str:
        names = [str(name) for name in proof.get("names", [])]
        equation = None
        if goal is not None and goal[0] == "=" and len(names) == 2:
            equation = ("=", ("entry", goal[1], *names), ("entry", goal[2], *names))
        line = self.proof(proof.get("then"), place, equation)
        return f"entry by entry: {line}" if line else "entry by entry"

    def _entry_of(self, proof: Data, place: _Place, goal: Term) -> str:
        reference = str(proof.get("fact"))
        at = [from_lists(term) for term in proof.get("at", [])]
        formula = place.formula(reference)
        name = self._named(reference, place)
        fact = None
        if formula is not None and formula[0] == "=":
            fact = ("=", *(("entry", side, *at) for side in formula[1:]))
        where = f"{name} at ({', '.join(self._math(term) for term in at)})"
        after = place.knowing([(str(proof.get("as")), fact, where)])
        line = self.proof(proof.get("then"), after, goal)
        if _trivial(line):
            return f"by {where}"
        return line if where in line else f"{line}, with {where}"

    # -- calculus ------------------------------------------------------------------------

    def _differentiate(self, proof: Data, place: _Place, goal: Term) -> str:
        return "by the rules of differentiation"

    def _slope(self, proof: Data, place: _Place, goal: Term) -> str:
        return self.proof(proof.get("proof"), place, None)

    def _quotient(self, proof: Data, place: _Place, goal: Term) -> str:
        name = str(proof.get("name"))
        quotient = substitute(from_lists(proof.get("quotient")), name)
        shown = self._math(quotient)
        return f"the difference quotient is {shown}, which is continuous"

    def _dominated(self, proof: Data, place: _Place, goal: Term) -> str:
        bound, name = from_lists(proof.get("bound")), str(proof.get("name"))
        start = from_lists(proof.get("from"))
        limit = self._printer.write(goal[3]) if goal is not None and len(goal) == 4 else ""
        far = self._math(("<=", start, ("abs", name)))
        what = f"|value − {limit}|" if limit not in ("", "0") else "|value|"
        if self._latex:
            what = what.replace("−", "$-$")
        return f"{what} is at most {self._math(('/', bound, ('abs', name)))} where {far}"

    def _through(self, proof: Data, place: _Place, goal: Term) -> str:
        parts = [part for part in proof.get("parts", []) if isinstance(part, dict)]
        where = goal[2] if goal is not None and goal[0] == "tends" else None
        if where is None or not parts:
            return "by continuity"
        limits = [
            self._math(("tends", from_lists(part["body"]), where, from_lists(part["limit"])))
            for part in parts
        ]
        return f"by continuity, from {_listed(limits)}"

    def _monotone(self, proof: Data, place: _Place, goal: Term) -> str:
        name, label = str(proof.get("name")), str(proof.get("as"))
        low, high = from_lists(proof.get("from")), from_lists(proof.get("to"))
        rise = substitute(from_lists(proof.get("slope")), name)
        head = "<" if goal is not None and goal[0] == "<" else "<="
        between = ("and", (head, low, name), (head, name, high))
        inner = place.introducing(name, "real").knowing([(label, between, "this range")])
        line = self.proof(proof.get("sign"), inner, (head, "0", rise))
        slope = "its slope is " + ("positive" if head == "<" else "not negative")
        if len(self._printer.write(rise)) <= _LONGEST_SLACK:
            slope = f"the slope is such that {self._math((head, '0', rise))}"
        where = f"between {self._math(low)} and {self._math(high)} {slope}"
        again = f"{_MEAN_VALUE}: "
        if line.startswith(again):  # the slope is not negative as its own slope is not
            return f"{again}{where}, and that by the same again: {line.removeprefix(again)}"
        return f"{again}{where}" + ("" if _trivial(line) else f": {line}")

    def _corner(self, proof: Data, place: _Place, goal: Term) -> str:
        slopes = []
        for side in ("right", "left"):
            half = proof.get(side)
            quotient = half.get("quotient") if isinstance(half, dict) else None
            written = substitute(from_lists(quotient), str(proof.get("name")))
            slopes.append(f"{self._math(written)} from the {side}")
        return f"the difference quotient is {_listed(slopes)}, and their values differ there"

    def _sides(self, proof: Data, place: _Place, goal: Term) -> str:
        value = self._math(from_lists(proof.get("value")))
        return f"from the {proof.get('side')} the limit is {value}"

    def _enclose(self, proof: Data, place: _Place, goal: Term) -> str:
        return "by rational enclosures"

    def _box(self, proof: Data, place: _Place, goal: Term) -> str:
        return _OVER_BOX

    # -- matrices ------------------------------------------------------------------------

    def _two_sided(self, proof: Data, place: _Place, goal: Term) -> str:
        return f"its inverse is {self._math(from_lists(proof.get('inverse')))}"

    def _flow(self, proof: Data, place: _Place, goal: Term) -> str:
        rate = self._math(from_lists(proof.get("rate")))
        equation = "D′ = R D" if not self._latex else "$D' = R D$"
        return (
            f"with {self._math('t')} before each exponent, the difference D of the sides is 0 at 0 "
            f"and solves {equation} with R = {rate}"
        )

    def _undoes(self, proof: Data, place: _Place, goal: Term) -> str:
        return "by the definition of the inverse"

    def _singular(self, proof: Data, place: _Place, goal: Term) -> str:
        return f"it takes {self._math(from_lists(proof.get('vector')))}, which is not 0, to 0"

    def _differ(self, proof: Data, place: _Place, goal: Term) -> str:
        at = ", ".join(self._math(from_lists(term)) for term in proof.get("at", []))
        line = self.proof(proof.get("proof"), place, None)
        return f"the entries at ({at}) differ" + ("" if _trivial(line) else f": {line}")

    def _everywhere(self, proof: Data, place: _Place, goal: Term) -> str:
        return "by the rules of derivatives"

    # -- integrals -----------------------------------------------------------------------

    def _antiderivative(self, proof: Data, place: _Place, goal: Term) -> str:
        primitive = substitute(from_lists(proof.get("primitive")), str(proof.get("name")))
        return f"by the primitive {self._math(primitive)}"

    def _linear(self, proof: Data, place: _Place, goal: Term) -> str:
        parts = proof.get("parts", [])
        same = len(parts) == 1 and parts[0].get("factor") == "1"
        return "the integrands are equal" if same else "integrals are linear"

    def _adjacent(self, proof: Data, place: _Place, goal: Term) -> str:
        return "integrals over adjacent ranges add up"

    def _ordered(self, proof: Data, place: _Place, goal: Term) -> str:
        return "the integrands are in this order"

    def _continuous(self, proof: Data, place: _Place, goal: Term) -> str:
        return "the integrand is continuous"

    def _moving_end(self, proof: Data, place: _Place, goal: Term) -> str:
        return "by the fundamental theorem of calculus"

    def _nearby(self, proof: Data, place: _Place, goal: Term) -> str:
        equal = self.proof(proof.get("equal"), place, None)
        then = self.proof(proof.get("proof"), place, None)
        lines = [line for line in (equal, then) if not _trivial(line)]
        return "; then ".join(dict.fromkeys(lines)) or "by the derivative of an equal function"

    def _lowest(self, proof: Data, place: _Place, goal: Term) -> str:
        return "a least value has the slope 0"

    def _inner(self, proof: Data, place: _Place, goal: Term) -> str:
        """The same statement in other words."""
        return self.proof(proof.get("proof"), place, None)

    def _another(self, proof: Data, place: _Place, goal: Term) -> str:
        return f"the true value is {self._math(from_lists(proof.get('value')))}"

    # -- rules that close a proof --------------------------------------------------------

    def _inspect(self, proof: Data, place: _Place, goal: Term) -> str:
        return _INSPECTION

    def _assumption(self, proof: Data, place: _Place, goal: Term) -> str:
        return f"by {self._named(str(proof.get('fact')), place)}"

    def _combine(self, proof: Data, place: _Place, goal: Term) -> str:
        parts, named = self._parts(proof, place)
        by = f", by {_listed(sorted(set(named), key=_rank))}" if named else ""
        if not parts:
            return f"both sides are equal{by}" if by else _IDENTITY
        if len(named) == 1 and parts == [self._label(named[0])] and goal != ("false",):
            return f"by {named[0]}"
        strict = goal is not None and goal[0] in ("<", "!=")
        total = " + ".join(parts)
        left = r"\mathrm{RHS} - \mathrm{LHS}" if self._latex else "RHS − LHS"
        end = "> 0" if strict or goal == ("false",) else r"\ge 0" if self._latex else "≥ 0"
        line = f"{'0' if goal == ('false',) else left} = {total} {end}"
        return f"${line}${by}" if self._latex else f"{line}{by}"

    def _parts(self, proof: Data, place: _Place) -> tuple[list[str], list[str]]:
        """The parts of a difference that are not zero, and the names of the facts used."""
        parts: list[str] = []
        named: list[str] = []
        cited = [item.get("fact") for item in proof.get("items", [])]
        for item in proof.get("items", []):
            reference = str(item.get("fact", ""))
            if item.get("times") == "0":
                continue
            inner = place
            if item.get("over"):
                inner = place.introducing(str(item["over"].get("index")), "integer")
            if not reference:
                parts.append(self._written(self._own_term(item, inner), item))
                continue
            inside = self._taken_over(reference, item)
            if inside is not None:
                parts += inside[0]
                named += inside[1]
                continue
            fact = self._instance(reference, item, inner)
            named.append(self._named(reference, place))
            if fact is not None and fact[0] in ("<=", "<"):
                where = self._where(reference, item) if cited.count(reference) > 1 else ""
                parts.append(self._slack(fact, named[-1] + where, item))
        return parts, named

    def _where(self, reference: str, item: Data) -> str:
        """At which terms a fact is used that is used at several: those not called as they are."""
        cited = self._lemmas.get(reference.removeprefix("lemma:"))
        values = [from_lists(value) for value in item.get("with", [])]
        if cited is not None and len(values) == len(cited.goal.declarations):
            names = [name for name, _ in cited.goal.declarations]
            values = [value for name, value in zip(names, values, strict=True) if name != value]
        written = ", ".join(self._math(value) for value in values)
        return f" at {written}" if written else ""

    def _taken_over(self, reference: str, item: Data) -> tuple[list[str], list[str]] | None:
        """The parts of a cited lemma's own certificate, where they can stand here as they are."""
        cited = self._lemmas.get(reference.removeprefix("lemma:"))
        if cited is None or not isinstance(cited.proof, dict) or self._depth > 3:
            return None
        names = [name for name, _ in cited.goal.declarations]
        proof = cited.proof.get("proof")
        here = {name: self._printer.names.sorts.get(name) for name in names}
        if (
            item.get("with", []) != names
            or here != dict(cited.goal.declarations)
            or item.get("times", "1") != "1"
            or item.get("over")
            or not isinstance(proof, dict)
            or proof.get("rule") != "combine"
            or cited.goal.hypotheses != self._hypotheses
            or cited.goal.conclusion[0] not in ("<=", "<", "=")
        ):
            return None
        self._depth += 1
        found = self._parts(proof, _start(cited.goal))
        self._depth -= 1
        return found

    def _instance(self, reference: str, item: Data, place: _Place) -> Term:
        """What a cited fact says at the terms it is cited with, or ``None``."""
        values = [from_lists(value) for value in item.get("with", [])]
        cited = self._lemmas.get(reference.removeprefix("lemma:"))
        if cited is not None:
            formula = cited.goal.conclusion
            for name, _ in reversed(cited.goal.declarations):
                formula = ("forall", "real", bind(formula, name))
        elif reference.startswith("axiom:"):
            formula = AXIOMS.get(reference.removeprefix("axiom:"))
        else:
            formula = place.formula(reference)
        return _Place({reference: (formula, "")}).instance(reference, values)

    def _own_term(self, item: Data, place: _Place) -> Term:
        """A square or a positive term, without its factor."""
        if "positive" in item:
            return from_lists(item["positive"])
        inside = from_lists(item.get("square"))
        return ("^", ("norm", inside) if self._is_vector(inside, place) else inside, "2")

    def _slack(self, fact: Term, name: str, item: Data) -> str:
        """The right side of an inequality less its left side, if it is short, or its name."""
        left, right = map(self._folded, fact[1:])
        if right == "0":
            term: Term = ("-", left)
        else:
            term = right if left == "0" else ("+", right, ("-", left))
        if len(self._printer.write(term)) <= _LONGEST_SLACK:
            return self._written(term, item)
        return self._written(None, item, name)

    def _written(self, term: Term, item: Data, name: str = "") -> str:
        """A term, or the slack of the fact called ``name``, times its factor, summed if it is."""
        times = from_lists(item.get("times", "1"))
        over = item.get("over")
        term, times = self._folded(term), self._folded(times)
        if term == ("^", "1", "2"):
            term, times = times, "1"
        if term is None:
            label = self._label(name)
            if times != "1":
                piece = self._printer.piece(times)
                factor = piece.text if piece.level >= FRACTION else f"({piece.text})"
                label = f"{factor}{' ' if self._latex else '·'}{label}"
            if not over:
                return label
            index, low, high = (
                self._printer.write(from_lists(over[part])) for part in ("index", "from", "to")
            )
            sign = r"\sum" if self._latex else "∑"
            return f"{sign}_{{{index}={low}}}^{{{high}}} {label}"
        if times != "1":
            factors = times[1:] if times[0] == "*" else (times,)
            term = ("*", *factors, term)
        if over:
            index = str(over.get("index"))
            low, high = from_lists(over["from"]), from_lists(over["to"])
            term = ("sum", low, high, bind(term, index))
        piece = self._printer.piece(term)
        return piece.text if not piece.text.startswith(("−", "-")) else f"({piece.text})"

    def _label(self, name: str) -> str:
        """The slack of a fact that is not written out."""
        if not self._latex:
            return f"[{name}]"
        # No formula within \text, which a page of Markdown could not show.
        words = f"[{name}]".split("$")
        return "".join(
            part if k % 2 else rf"\text{{{part}}}" for k, part in enumerate(words) if part
        )

    # -- words and names -----------------------------------------------------------------

    def _is_vector(self, term: Term, place: _Place) -> bool:
        sorts = self._printer.names.sorts
        if isinstance(term, str):
            sort = sorts.get(term)
            return term in place.vectors or (isinstance(sort, tuple) and sort[0] == "vector")
        if term[0] in ("zero", "vector", "gradient"):
            return True
        if term[0] == "app":
            sort = sorts.get(term[1]) if isinstance(term[1], str) else None
            return isinstance(sort, tuple) and sort[0] in ("function", "family") and (
                sort[-1][0] == "vector"
            )
        if term[0] in ("+", "-", "*", "/"):
            return any(self._is_vector(part, place) for part in term[1:])
        return bool(term[0] == "sum" and self._is_vector(term[3], place))

    def _named(self, reference: str, place: _Place) -> str:
        """What a fact is called, as it is written."""
        name = self._called(reference, place)
        return name.replace("_", r"\_") if self._latex and "$" not in name else name

    def _called(self, reference: str, place: _Place) -> str:
        """What a fact is called: a hypothesis, a lemma, an axiom, or something shown on the way."""
        kind, _, name = reference.partition(":")
        if kind == "lemma":
            name = self._lemmas[name].name if name in self._lemmas else "a lemma"
        elif kind == "axiom":
            name = _AXIOMS.get(name, "the " + name.replace("_", " "))
        else:
            name = place.facts.get(reference, (None, ""))[1] or reference
        return name

    def _math(self, term: Term) -> str:
        if term is None:
            return ""
        written = self._printer.write(self._folded(term))
        return f"${written}$" if self._latex else written


_RULES: dict[str, Callable[[_Writer, Data, _Place, Term], str]] = {
    "have": _Writer._have,
    "use": _Writer._use,
    "intro": _Writer._intro,
    "deny": _Writer._deny,
    "split": _Writer._split,
    "choose": _Writer._choose,
    "cases": _Writer._cases,
    "either": _Writer._either,
    "suppose": _Writer._suppose,
    "exists": _Writer._exists,
    "obtain": _Writer._obtain,
    "rewrite": _Writer._rewrite,
    "induction": _Writer._induction,
    "enumerate": _Writer._enumerate,
    "entries": _Writer._entries,
    "entry_of": _Writer._entry_of,
    "differentiate": _Writer._differentiate,
    "slope": _Writer._slope,
    "quotient": _Writer._quotient,
    "dominated": _Writer._dominated,
    "through": _Writer._through,
    "monotone": _Writer._monotone,
    "corner": _Writer._corner,
    "sides": _Writer._sides,
    "enclose": _Writer._enclose,
    "box": _Writer._box,
    "antiderivative": _Writer._antiderivative,
    "linear": _Writer._linear,
    "joined": _Writer._adjacent,
    "integrated": _Writer._ordered,
    "continuous_integral": _Writer._continuous,
    "moving_end": _Writer._moving_end,
    "nearby": _Writer._nearby,
    "lowest": _Writer._lowest,
    "worth": _Writer._inner,
    "turned": _Writer._inner,
    "exists_integral": _Writer._inner,
    "another": _Writer._another,
    "inspect": _Writer._inspect,
    "assumption": _Writer._assumption,
    "combine": _Writer._combine,
    "two_sided": _Writer._two_sided,
    "flow": _Writer._flow,
    "undoes": _Writer._undoes,
    "singular": _Writer._singular,
    "differ": _Writer._differ,
    "everywhere": _Writer._everywhere,
}


def _trivial(line: str) -> bool:
    return line in ("", _IDENTITY, _INSPECTION)


def _joined(lines: Any) -> str:
    """Lines one after the other, each once, the trivial ones only where there is no other."""
    told = list(dict.fromkeys(line for line in lines if line))
    return "; ".join([line for line in told if not _trivial(line)] or told[:1])


def _is_of_cauchy_and_schwarz(fact: Term) -> bool:
    """Whether the fact is ⟨u, v⟩ ≤ ‖u‖·‖v‖, or the same with −u or −v on the left."""
    if fact is None or fact[0] != "<=" or fact[1][0] != "inner" or fact[2][:1] != ("*",):
        return False
    norms = {("norm", part) for part in _without_signs(fact)[1][1:]}
    return len(fact[2]) == 3 and set(fact[2][1:]) == norms


def _without_signs(fact: Term) -> Term:
    """⟨u, v⟩ ≤ b for ⟨u, −v⟩ ≤ b; any other formula as it is."""
    if fact[0] != "<=" or fact[1][0] != "inner":
        return fact
    return (fact[0], ("inner", *(p[1] if p[0] == "-" else p for p in fact[1][1:])), *fact[2:])


def _without_zero(term: Term) -> Term:
    """u for u - 0."""
    return term[1] if len(term) == 3 and term[0] == "+" and term[2] == ("-", "0") else term


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _rank(name: str) -> tuple[bool, int, str]:
    """Hypotheses first, in their order."""
    number = name.removeprefix("h")
    return (not number.isdecimal(), int(number) if number.isdecimal() else 0, name)


def _renamed(formula: Term, name: str, value: Term) -> Term:
    """The formula with a term for a name."""
    return substitute(bind(formula, name), value)
