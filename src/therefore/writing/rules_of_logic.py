"""How the rules of logic are told, which lead on to other proofs, and inspection."""

from __future__ import annotations

from therefore.goal import Term, from_lists
from therefore.writing.patterns import bind, substitute
from therefore.writing.places_in_proofs import Data, Place
from therefore.writing.rules_of_calculus import OVER_BOX
from therefore.writing.words_of_proofs import INSPECTION, Rule, Writer, joined, trivial

__all__ = ["RULES"]

_OVER_PIECES = "by rational enclosures over the pieces of a box"
_CAUCHY_AND_SCHWARZ = "by Cauchy and Schwarz"
_THAT = "what was shown first"
# The longest formula shown on the way that is written out, in characters.
_LONGEST_FACT = 90


def _have(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    fact = from_lists(proof.get("fact"))
    name = _THAT
    after = place.knowing([(str(proof.get("as")), fact, name)])
    then = writer.proof(proof.get("then"), after, goal)
    first = writer.proof(proof.get("proof"), place, fact)
    if _is_of_cauchy_and_schwarz(fact):
        known = {_without_signs(formula) for formula, _ in place.facts.values() if formula}
        named = f"'{proof.get('as')}'" in str(proof.get("then"))
        if _without_signs(fact) in known and not named:
            return then  # the same for −u, and no use is made of it
        first = _CAUCHY_AND_SCHWARZ
    if isinstance(proof.get("proof"), dict) and proof["proof"].get("rule") == "monotone":
        return first  # what follows from it is the goal, once the sides are worked out
    if trivial(then) or then in (f"by {name}", f"both sides are equal, by {name}"):
        return first or then
    if trivial(first) and f"[{name}]" not in then:
        return then.replace(name, writer.math(fact))
    if len(writer.printer.write(fact)) > _LONGEST_FACT and not trivial(first):
        if f"{then};".startswith(f"{first};"):
            return then  # the same reason, once more
        return f"{first}; then {then.replace(name, 'this')}"
    why = "" if trivial(first) else f" ({first})"
    return f"{writer.math(fact)}{why}; then {then.replace(name, 'this')}"


def _use(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    reference = str(proof.get("fact"))
    name = writer.named(reference, place)
    formula = writer.instance(reference, proof, place)
    called = writer.called(reference, place)
    after = place.knowing([(str(proof.get("as")), formula, called)])
    line = writer.proof(proof.get("then"), after, goal)
    if trivial(line):
        return f"by {name}"
    if name in line:
        return line
    tail = line.rpartition(", with ")[2]
    joined = tail != line and not any(sign in tail for sign in (";", ",", " and ", "("))
    return f"{line} and {name}" if joined else f"{line}, with {name}"


def _intro(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
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
    return writer.proof(proof.get("then"), place, goal)


def _split(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    parts = proof.get("parts", [])
    known = goal is not None and goal[0] == "and" and len(goal) == len(parts) + 1
    goals = goal[1:] if known else [None] * len(parts)
    return joined(writer.proof(p, place, g) for p, g in zip(parts, goals, strict=True))


def _choose(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    part = str(proof.get("part", ""))
    known = goal is not None and part.isdecimal() and int(part) < len(goal)
    return writer.proof(proof.get("proof"), place, goal[int(part)] if known else None)


def _either(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    pair = [from_lists(term) for term in proof.get("on", [])]
    lines, facts = [], []
    for branch, relation in (("equal", "="), ("apart", "!=")):
        fact = (relation, *pair) if len(pair) == 2 else None
        facts.append(fact)
        inner = place.knowing([(str(proof.get("as")), fact, "this case")])
        lines.append(writer.proof(proof.get(branch), inner, goal))
    cases = ", ".join(writer.math(case) for case in facts if case is not None)
    said = joined(lines)
    return f"by cases {cases}: {said}" if said else f"by cases {cases}"


def _cases(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    on = [_without_zero(from_lists(term)) for term in proof.get("on", [])]
    lines, facts = [], []
    for branch, relation in (("less", "<"), ("equal", "="), ("greater", ">")):
        fact = None
        if len(on) == 2:
            fact = (relation, *on) if relation != ">" else ("<", on[1], on[0])
        facts.append(fact)
        inner = place.knowing([(str(proof.get("as")), fact, "this case")])
        lines.append(writer.proof(proof.get(branch), inner, goal))
    if all(line in (OVER_BOX, _OVER_PIECES) for line in lines):
        return _OVER_PIECES
    cases = ", ".join(writer.math(case) for case in facts if case is not None)
    said = joined(lines)
    return f"by cases {cases}: {said}" if said else f"by cases {cases}"


def _suppose(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    inner = place.knowing([(str(proof.get("as")), None, "the contrary")])
    return f"by contradiction: {writer.proof(proof.get('then'), inner, ('false',))}"


def _deny(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    """What is denied is false: its negation has the proof."""
    return writer.proof(proof.get("proof"), place, None)


def _exists(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    values = [from_lists(value) for value in proof.get("values", [])]
    for value in values:
        goal = substitute(goal[2], value) if goal is not None and goal[0] == "exists" else None
    line = writer.proof(proof.get("then"), place, goal)
    taken = ", ".join(writer.math(value) for value in values)
    return f"take {taken}" + (f"; {line}" if line else "")


def _obtain(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    reference = str(proof.get("fact"))
    formula, name = place.formula(reference), str(proof.get("name"))
    inside = substitute(formula[2], name) if formula and formula[0] == "exists" else None
    sort = formula[1] if formula and formula[0] == "exists" else "real"
    called = writer.called(reference, place)
    after = place.introducing(name, sort).knowing([(str(proof.get("as")), inside, called)])
    return writer.proof(proof.get("then"), after, goal)


def _rewrite(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    old, new = from_lists(proof.get("from")), from_lists(proof.get("to"))
    first = writer.proof(proof.get("equal"), place, ("=", old, new))
    template = from_lists(proof.get("template"))
    then = writer.proof(proof.get("then"), place, substitute(template, new))
    if trivial(first) or first.startswith("by "):
        return then
    return first if trivial(then) else f"{then}; {first}"


def _induction(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
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
    base = writer.proof(proof.get("base"), place, first)
    step = writer.proof(proof.get("step"), inner, after)
    start = f" from {writer.math(low)}" if low is not None else ""
    said = "; ".join(
        f"{word}: {line}" for word, line in (("base", base), ("step", step)) if line
    )
    return f"by induction on {writer.math(name)}{start}; {said}"


def _enumerate(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    count = len(proof.get("proofs", []))
    return f"each of {count} instances by itself" if count != 1 else "the only instance"


def _entries(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    names = [str(name) for name in proof.get("names", [])]
    equation = None
    if goal is not None and goal[0] == "=" and len(names) == 2:
        equation = ("=", ("entry", goal[1], *names), ("entry", goal[2], *names))
    line = writer.proof(proof.get("then"), place, equation)
    return f"entry by entry: {line}" if line else "entry by entry"


def _entry_of(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    reference = str(proof.get("fact"))
    at = [from_lists(term) for term in proof.get("at", [])]
    formula = place.formula(reference)
    name = writer.named(reference, place)
    fact = None
    if formula is not None and formula[0] == "=":
        fact = ("=", *(("entry", side, *at) for side in formula[1:]))
    where = f"{name} at ({', '.join(writer.math(term) for term in at)})"
    after = place.knowing([(str(proof.get("as")), fact, where)])
    line = writer.proof(proof.get("then"), after, goal)
    if trivial(line):
        return f"by {where}"
    return line if where in line else f"{line}, with {where}"


def _inspect(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    return INSPECTION


def _assumption(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    return f"by {writer.named(str(proof.get('fact')), place)}"


RULES: dict[str, Rule] = {
    "have": _have,
    "use": _use,
    "intro": _intro,
    "deny": _deny,
    "split": _split,
    "choose": _choose,
    "cases": _cases,
    "either": _either,
    "suppose": _suppose,
    "exists": _exists,
    "obtain": _obtain,
    "rewrite": _rewrite,
    "induction": _induction,
    "enumerate": _enumerate,
    "entries": _entries,
    "entry_of": _entry_of,
    "inspect": _inspect,
    "assumption": _assumption,
}


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


def _renamed(formula: Term, name: str, value: Term) -> Term:
    """The formula with a term for a name."""
    return substitute(bind(formula, name), value)
