"""How the rules of calculus are told: slopes, limits and integrals."""

from __future__ import annotations

from therefore.goal import Term, from_lists
from therefore.writing.patterns import substitute
from therefore.writing.places_in_proofs import Data, Place
from therefore.writing.words_of_proofs import LONGEST_SLACK, Rule, Writer, listed, trivial

__all__ = ["OVER_BOX", "RULES"]

OVER_BOX = "by rational enclosures over the whole box"
_MEAN_VALUE = "by the mean value theorem"


def _differentiate(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    return "by the rules of differentiation"


def _slope(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    return writer.proof(proof.get("proof"), place, None)


def _quotient(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    name = str(proof.get("name"))
    quotient = substitute(from_lists(proof.get("quotient")), name)
    shown = writer.math(quotient)
    return f"the difference quotient is {shown}, which is continuous"


def _dominated(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    bound, name = from_lists(proof.get("bound")), str(proof.get("name"))
    start = from_lists(proof.get("from"))
    limit = writer.printer.write(goal[3]) if goal is not None and len(goal) == 4 else ""
    far = writer.math(("<=", start, ("abs", name)))
    what = f"|value − {limit}|" if limit not in ("", "0") else "|value|"
    if writer.latex:
        what = what.replace("−", "$-$")
    return f"{what} is at most {writer.math(('/', bound, ('abs', name)))} where {far}"


def _through(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    parts = [part for part in proof.get("parts", []) if isinstance(part, dict)]
    where = goal[2] if goal is not None and goal[0] == "tends" else None
    if where is None or not parts:
        return "by continuity"
    limits = [
        writer.math(("tends", from_lists(part["body"]), where, from_lists(part["limit"])))
        for part in parts
    ]
    return f"by continuity, from {listed(limits)}"


def _monotone(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    name, label = str(proof.get("name")), str(proof.get("as"))
    low, high = from_lists(proof.get("from")), from_lists(proof.get("to"))
    rise = substitute(from_lists(proof.get("slope")), name)
    head = "<" if goal is not None and goal[0] == "<" else "<="
    between = ("and", (head, low, name), (head, name, high))
    inner = place.introducing(name, "real").knowing([(label, between, "this range")])
    line = writer.proof(proof.get("sign"), inner, (head, "0", rise))
    slope = "its slope is " + ("positive" if head == "<" else "not negative")
    if len(writer.printer.write(rise)) <= LONGEST_SLACK:
        slope = f"the slope is such that {writer.math((head, '0', rise))}"
    where = f"between {writer.math(low)} and {writer.math(high)} {slope}"
    again = f"{_MEAN_VALUE}: "
    if line.startswith(again):  # the slope is not negative as its own slope is not
        return f"{again}{where}, and that by the same again: {line.removeprefix(again)}"
    return f"{again}{where}" + ("" if trivial(line) else f": {line}")


def _corner(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    slopes = []
    for side in ("right", "left"):
        half = proof.get(side)
        quotient = half.get("quotient") if isinstance(half, dict) else None
        written = substitute(from_lists(quotient), str(proof.get("name")))
        slopes.append(f"{writer.math(written)} from the {side}")
    return f"the difference quotient is {listed(slopes)}, and their values differ there"


def _sides(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    value = writer.math(from_lists(proof.get("value")))
    return f"from the {proof.get('side')} the limit is {value}"


def _enclose(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    return "by rational enclosures"


def _box(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    return OVER_BOX


def _antiderivative(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    primitive = substitute(from_lists(proof.get("primitive")), str(proof.get("name")))
    return f"by the primitive {writer.math(primitive)}"


def _linear(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    parts = proof.get("parts", [])
    same = len(parts) == 1 and parts[0].get("factor") == "1"
    return "the integrands are equal" if same else "integrals are linear"


def _adjacent(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    return "integrals over adjacent ranges add up"


def _ordered(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    return "the integrands are in this order"


def _continuous(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    return "the integrand is continuous"


def _moving_end(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    return "by the fundamental theorem of calculus"


def _nearby(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    equal = writer.proof(proof.get("equal"), place, None)
    then = writer.proof(proof.get("proof"), place, None)
    lines = [line for line in (equal, then) if not trivial(line)]
    return "; then ".join(dict.fromkeys(lines)) or "by the derivative of an equal function"


def _lowest(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    return "a least value has the slope 0"


def _inner(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    """The same statement in other words."""
    return writer.proof(proof.get("proof"), place, None)


def _another(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    return f"the true value is {writer.math(from_lists(proof.get('value')))}"


RULES: dict[str, Rule] = {
    "differentiate": _differentiate,
    "slope": _slope,
    "quotient": _quotient,
    "dominated": _dominated,
    "through": _through,
    "monotone": _monotone,
    "corner": _corner,
    "sides": _sides,
    "enclose": _enclose,
    "box": _box,
    "antiderivative": _antiderivative,
    "linear": _linear,
    "joined": _adjacent,
    "integrated": _ordered,
    "continuous_integral": _continuous,
    "moving_end": _moving_end,
    "nearby": _nearby,
    "lowest": _lowest,
    "worth": _inner,
    "turned": _inner,
    "exists_integral": _inner,
    "another": _another,
}
