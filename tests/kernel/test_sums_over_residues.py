"""Relations summed over all residues, vectors by their entries, and sums over 0 … n − 1."""

from __future__ import annotations

from typing import Any

import pytest
from kernel_goals import COMBINE, INSPECT, goal, prove

from therefore.kernel import Rejected

ON_RESIDUES = ("function", (("residue", "n"),), "real")
NAMES: dict[str, Any] = {
    "n": "size", "f": ON_RESIDUES, "g": ON_RESIDUES, "u": ("vector", "n"), "v": ("vector", "n"),
    "i": ("residue", "n"),
}  # fmt: skip
AT_ONE = {
    "n": "1", "f": ("cycle", "1"), "g": ("cycle", "1"), "u": ("vector", "1"), "v": ("vector", "1"),
    "i": "0",
}  # fmt: skip
BELOW_AT_ONE = {**AT_ONE, "g": ("cycle", "2")}


def total(of: str) -> Any:
    return ("sum_mod", "n", ("app", of, "#0"))


def each(relation: str, left: Any = ("app", "f", "#0"), right: Any = ("app", "g", "#0")) -> Any:
    return ("forall", ("residue", "n"), (relation, left, right))


def summed(**over: str) -> Any:
    item = {"fact": "h1", "with": ["k"], "over": {"index": "k", "modulus": "n", **over}}
    return {"rule": "combine", "items": [item]}


BY_ONE = {"rule": "enumerate", "proofs": [INSPECT]}


@pytest.mark.parametrize("relation", ["=", "<=", "<"])
def test_a_relation_for_all_residues_is_summed(relation: str) -> None:
    claim = goal((relation, total("f"), total("g")), each(relation), names=NAMES)
    values = AT_ONE if relation == "=" else BELOW_AT_ONE
    prove(claim, summed(), values, [BY_ONE])


def test_vectors_are_equal_if_their_entries_are() -> None:
    entry = {"rule": "combine", "items": [{"fact": "h1", "with": ["j"]}]}
    claim = goal(
        ("=", "u", "v"), each("=", ("entry", "u", "#0"), ("entry", "v", "#0")), names=NAMES
    )
    prove(claim, {"rule": "entries", "names": ["j"], "then": entry}, AT_ONE, [BY_ONE])


def test_the_residues_are_counted_from_0() -> None:
    spelled = ("sum", "0", ("+", "n", "-1"), ("app", "f", "#0"))
    cited = {"fact": "axiom:sum_over_residues", "with": ["n", "f"]}
    claim = goal(("=", spelled, total("f")), names=NAMES)
    prove(claim, {"rule": "combine", "items": [cited]}, AT_ONE)


REFUSED: dict[str, tuple[Any, Any, Any, str]] = {
    "a strict sum from a weak relation": (
        ("<", total("f"), total("g")), each("<="), summed(), "NOT_STRICT",
    ),
    "the other way round": (("<=", total("g"), total("f")), each("<="), summed(), "NOT_EQUAL"),
    "residues of another size": (
        ("=", total("f"), total("g")), each("="), summed(modulus="2"), "ILL_TYPED",
    ),
    "a modulus that is no size": (
        ("=", total("f"), total("g")), each("="), summed(modulus="i"), "ILL_TYPED",
    ),
    "an index in use": (
        ("=", total("f"), total("g")), each("="), summed(index="i"), "NAME_TAKEN",
    ),
    "no index": (("=", total("f"), total("g")), each("="), summed(index="sum"), "MALFORMED"),
    "two ranges": (
        ("=", total("f"), total("g")), each("="),
        {"rule": "combine", "items": [{"fact": "h1", "over": {"index": "k", "from": "0"}}]},
        "MALFORMED",
    ),
    "vectors": (
        ("=", "u", "v"), ("=", "u", "v"),
        {"rule": "combine", "items": [{"fact": "h1", "over": {"index": "k", "modulus": "n"}}]},
        "ILL_TYPED",
    ),
    "one entry for all": (
        ("=", "u", "v"), ("=", ("entry", "u", "i"), ("entry", "v", "i")),
        {"rule": "entries", "names": ["j"], "then": {"rule": "combine", "items": [{"fact": "h1"}]}},
        "NOT_EQUAL",
    ),
    "two names for the entries of a vector": (
        ("=", "u", "v"), ("=", "u", "v"),
        {"rule": "entries", "names": ["j", "k"], "then": COMBINE}, "WRONG_GOAL",
    ),
    "entries of numbers": (
        ("=", total("f"), total("g")), each("="),
        {"rule": "entries", "names": [], "then": COMBINE}, "WRONG_GOAL",
    ),
    "one term too many": (
        ("=", ("sum", "0", "n", ("app", "f", "#0")), total("f")), each("="),
        {"rule": "combine", "items": [{"fact": "axiom:sum_over_residues", "with": ["n", "f"]}]},
        "NOT_EQUAL",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    conclusion, given, proof, code = REFUSED[name]
    with pytest.raises(Rejected) as no:
        prove(goal(conclusion, given, names=NAMES), proof, AT_ONE, [BY_ONE])
    assert no.value.code == code
