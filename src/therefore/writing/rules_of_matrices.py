"""How the rules of matrices are told: inverses, exponentials, entries that differ."""

from __future__ import annotations

from therefore.goal import Term, from_lists
from therefore.writing.places_in_proofs import Data, Place
from therefore.writing.words_of_proofs import Rule, Writer, trivial

__all__ = ["RULES"]


def _two_sided(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    return f"its inverse is {writer.math(from_lists(proof.get('inverse')))}"


def _flow(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    rate = writer.math(from_lists(proof.get("rate")))
    equation = "D′ = R D" if not writer.latex else "$D' = R D$"
    return (
        f"with {writer.math('t')} before each exponent, the difference D of the sides is 0 at 0 "
        f"and solves {equation} with R = {rate}"
    )


def _undoes(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    return "by the definition of the inverse"


def _singular(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    return f"it takes {writer.math(from_lists(proof.get('vector')))}, which is not 0, to 0"


def _differ(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    at = ", ".join(writer.math(from_lists(term)) for term in proof.get("at", []))
    line = writer.proof(proof.get("proof"), place, None)
    return f"the entries at ({at}) differ" + ("" if trivial(line) else f": {line}")


def _everywhere(writer: Writer, proof: Data, place: Place, goal: Term) -> str:
    return "by the rules of derivatives"


RULES: dict[str, Rule] = {
    "two_sided": _two_sided,
    "flow": _flow,
    "undoes": _undoes,
    "singular": _singular,
    "differ": _differ,
    "everywhere": _everywhere,
}
