"""How ``combine`` is told: the difference of the sides as a sum, and the facts that add zero."""

from __future__ import annotations

from therefore.goal import Term, from_lists
from therefore.writing.patterns import bind
from therefore.writing.places_in_proofs import Data, Place, start
from therefore.writing.terms import FRACTION
from therefore.writing.words_of_proofs import IDENTITY, LONGEST_SLACK, Writer, listed

__all__ = ["combined"]


def combined(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    """RHS − LHS = the parts that are not zero, by the facts that were used."""
    parts, named = _parts(writer, proof, place)
    by = f", by {listed(sorted(set(named), key=_rank))}" if named else ""
    if not parts:
        return f"both sides are equal{by}" if by else IDENTITY
    if len(named) == 1 and parts == [writer.label(named[0])] and goal != ("false",):
        return f"by {named[0]}"
    strict = goal is not None and goal[0] in ("<", "!=")
    total = " + ".join(parts)
    left = r"\mathrm{RHS} - \mathrm{LHS}" if writer.latex else "RHS − LHS"
    end = "> 0" if strict or goal == ("false",) else r"\ge 0" if writer.latex else "≥ 0"
    line = f"{'0' if goal == ('false',) else left} = {total} {end}"
    return f"${line}${by}" if writer.latex else f"{line}{by}"


def _parts(writer: Writer, proof: Data, place: Place) -> tuple[list[str], list[str]]:
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
            parts.append(_written(writer, _own_term(writer, item, inner), item))
            continue
        inside = _taken_over(writer, reference, item)
        if inside is not None:
            parts += inside[0]
            named += inside[1]
            continue
        fact = writer.instance(reference, item, inner)
        named.append(writer.named(reference, place))
        if fact is not None and fact[0] in ("<=", "<"):
            where = _where(writer, reference, item) if cited.count(reference) > 1 else ""
            parts.append(_slack(writer, fact, named[-1] + where, item))
    return parts, named


def _where(writer: Writer, reference: str, item: Data) -> str:
    """At which terms a fact is used that is used at several: those not called as they are."""
    cited = writer.lemmas.get(reference.removeprefix("lemma:"))
    values = [from_lists(value) for value in item.get("with", [])]
    if cited is not None and len(values) == len(cited.goal.declarations):
        names = [name for name, _ in cited.goal.declarations]
        values = [value for name, value in zip(names, values, strict=True) if name != value]
    written = ", ".join(writer.math(value) for value in values)
    return f" at {written}" if written else ""


def _taken_over(writer: Writer, reference: str, item: Data) -> tuple[list[str], list[str]] | None:
    """The parts of a cited lemma's own certificate, where they can stand here as they are."""
    cited = writer.lemmas.get(reference.removeprefix("lemma:"))
    if cited is None or not isinstance(cited.proof, dict) or writer.depth > 3:
        return None
    names = [name for name, _ in cited.goal.declarations]
    proof = cited.proof.get("proof")
    here = {name: writer.printer.names.sorts.get(name) for name in names}
    if (
        item.get("with", []) != names
        or here != dict(cited.goal.declarations)
        or item.get("times", "1") != "1"
        or item.get("over")
        or not isinstance(proof, dict)
        or proof.get("rule") != "combine"
        or cited.goal.hypotheses != writer.hypotheses
        or cited.goal.conclusion[0] not in ("<=", "<", "=")
    ):
        return None
    writer.depth += 1
    found = _parts(writer, proof, start(cited.goal))
    writer.depth -= 1
    return found


def _own_term(writer: Writer, item: Data, place: Place) -> Term:
    """A square or a positive term, without its factor."""
    if "positive" in item:
        return from_lists(item["positive"])
    inside = from_lists(item.get("square"))
    return ("^", ("norm", inside) if writer.is_vector(inside, place) else inside, "2")


def _slack(writer: Writer, fact: Term, name: str, item: Data) -> str:
    """The right side of an inequality less its left side, if it is short, or its name."""
    left, right = map(writer.folded, fact[1:])
    if right == "0":
        term: Term = ("-", left)
    else:
        term = right if left == "0" else ("+", right, ("-", left))
    if len(writer.printer.write(term)) <= LONGEST_SLACK:
        return _written(writer, term, item)
    return _written(writer, None, item, name)


def _written(writer: Writer, term: Term, item: Data, name: str = "") -> str:
    """A term, or the slack of the fact called ``name``, times its factor, summed if it is."""
    times = from_lists(item.get("times", "1"))
    over = item.get("over")
    term, times = writer.folded(term), writer.folded(times)
    if term == ("^", "1", "2"):
        term, times = times, "1"
    if term is None:
        label = writer.label(name)
        if times != "1":
            piece = writer.printer.piece(times)
            factor = piece.text if piece.level >= FRACTION else f"({piece.text})"
            label = f"{factor}{' ' if writer.latex else '·'}{label}"
        if not over:
            return label
        index, low, high = (
            writer.printer.write(from_lists(over[part])) for part in ("index", "from", "to")
        )
        sign = r"\sum" if writer.latex else "∑"
        return f"{sign}_{{{index}={low}}}^{{{high}}} {label}"
    if times != "1":
        factors = times[1:] if times[0] == "*" else (times,)
        term = ("*", *factors, term)
    if over:
        index = str(over.get("index"))
        low, high = from_lists(over["from"]), from_lists(over["to"])
        term = ("sum", low, high, bind(term, index))
    piece = writer.printer.piece(term)
    return piece.text if not piece.text.startswith(("−", "-")) else f"({piece.text})"


def _rank(name: str) -> tuple[bool, int, str]:
    """Hypotheses first, in their order."""
    number = name.removeprefix("h")
    return (not number.isdecimal(), int(number) if number.isdecimal() else 0, name)
