"""Elements of any field: what holds in every field is accepted, and nothing that needs 2 ≠ 0."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from kernel_goals import COMBINE, INSPECT, goal, have, intro, prove, refute, use

from therefore.kernel import Rejected
from therefore.kernel.fields import whole as whole_value
from therefore.kernel.polynomials import Scalar, atom, number

ELEMENT = ("element", "K")
NAMES: dict[str, Any] = {
    "K": "field", "n": "size", "w": ELEMENT, "x": ELEMENT, "y": ELEMENT, "j": ("residue", "n"),
    "k": ("residue", "n"), "t": "real", "g": ("function", (("residue", "n"),), ELEMENT),
    "f": ("function", (ELEMENT,), "real"),
}  # fmt: skip
ZERO_OF_7 = ("embed", "7", "0")
VALUES: dict[str, Any] = {
    "K": "7", "n": "3", "w": ("embed", "7", "2"), "x": ZERO_OF_7, "y": ZERO_OF_7, "j": "1",
    "k": "2", "t": "0", "g": ("cycle", ZERO_OF_7, ZERO_OF_7, ZERO_OF_7),
    "f": ("lambda", ("element", "7"), "0"),
}  # fmt: skip
ROOT = ("root_of_unity", "n", "w")


def whole(integer: Any) -> Any:
    return ("embed", "K", integer)


def times(count: str, element: Any) -> Any:
    return ("*", whole(count), element)


def turn(place: Any, base: Any = "w") -> Any:
    return ("turn", "n", base, place)


def items(*parts: Any) -> dict[str, Any]:
    return {"rule": "combine", "items": list(parts)}


def total(body: Any) -> Any:
    return ("sum_mod", "n", body)


IS_ZERO = whole("0")
CONVOLVED = total(("*", ("app", "g", ("+", "j", ("-", "#0"))), turn(("*", "#0", "k"))))
Case = tuple[Any, tuple[Any, ...], Any]
TRUE: dict[str, Case] = {
    "a ring": (
        ("=", ("^", ("+", "x", "y"), "2"),
         ("+", ("*", "x", "x"), times("2", ("*", "x", "y")), ("^", "y", "2"))), (), COMBINE,
    ),
    "minus": (("=", ("+", "x", ("-", "x")), IS_ZERO), (), COMBINE),
    "integers": (("=", ("*", whole("2"), whole("3")), whole("6")), (), COMBINE),
    "a size": (("=", total(whole("1")), whole("n")), (), COMBINE),
    "powers add": (("=", turn(("+", "j", "k")), ("*", turn("j"), turn("k"))), (ROOT,), COMBINE),
    "opposite powers": (("=", ("*", turn("j"), turn(("-", "j"))), whole("1")), (ROOT,), COMBINE),
    "the power 0": (("=", turn("0"), whole("1")), (ROOT,), COMBINE),
    "the power n": (("=", turn(("*", "n", "k")), whole("1")), (ROOT,), COMBINE),
    "products of residues": (
        ("=", turn(("*", "j", ("+", "k", "1"))), ("*", turn(("*", "j", "k")), turn("j"))),
        (ROOT,), COMBINE,
    ),
    "brackets": (
        ("=", total(("*", turn(("*", "j", "#0")), whole(("delta", "#0", "k")))),
         turn(("*", "j", "k"))), (ROOT,), COMBINE,
    ),
    "a factor moved out": (
        ("=", total(("*", "x", ("app", "g", "#0"))), ("*", "x", total(("app", "g", "#0")))),
        (), COMBINE,
    ),
    "an equation times an element": (
        ("=", ("*", "x", "y"), IS_ZERO), (("=", "x", IS_ZERO),),
        items({"fact": "h1", "times": "y"}),
    ),
    "2x = 0 and 3x = 0": (
        ("=", "x", IS_ZERO), (("=", times("2", "x"), IS_ZERO), ("=", times("3", "x"), IS_ZERO)),
        items({"fact": "h2"}, {"fact": "h1", "times": "-1"}),
    ),
    "a sum reversed": (
        ("=", CONVOLVED, ("*", turn(("*", "j", "k")),
                          total(("*", ("app", "g", "#0"), turn(("*", ("-", "#0"), "k")))))),
        (ROOT,),
        items({
            "fact": "axiom:reflected_sum_in_a_field", "times": "1",
            "with": ["K", "n", ("lambda", ("residue", "n"), CONVOLVED[2]), "j"],
        }),
    ),
    "sums exchanged": (
        ("=", total(total(("*", ("app", "g", "#1"), turn(("*", "#0", "#1"))))),
         total(total(("*", ("app", "g", "#0"), turn(("*", "#0", "#1")))))),
        (ROOT,),
        items({
            "fact": "axiom:swapped_sums_in_a_field",
            "with": ["K", "n", ("lambda", ("residue", "n"), ("lambda", ("residue", "n"), (
                "*", ("app", "g", "#1"), turn(("*", "#0", "#1")))))],
        }),
    ),
    "equal elements in a function": (
        ("=", ("app", "f", ("+", "x", "x")), ("app", "f", times("2", "x"))), (), COMBINE,
    ),
    "residues that differ": (
        ("=", ("delta", "j", "k"), "0"), (("!=", "k", "j"),),
        items({"fact": "axiom:unequal_residues", "with": ["n", "j", "k"]}),
    ),
}  # fmt: skip
HALF = {"fact": "h1", "times": "1/2"}
TWICE = ("=", times("2", "x"), IS_ZERO)
SQUARE = ("*", "x", "x")
FALSE_OR_MEANINGLESS: dict[str, tuple[Any, tuple[Any, ...], Any, str]] = {
    "x = 0 from 2x = 0, by a half": (("=", "x", IS_ZERO), (TWICE,), items(HALF), "ILL_TYPED"),
    "x = 0 from 2x = 0": (("=", "x", IS_ZERO), (TWICE,), items({"fact": "h1"}), "NOT_EQUAL"),
    "x = 0 from 2x = 0, by a half put in": (
        ("=", "x", IS_ZERO), (TWICE,), items({"fact": "h1", "times": whole("1/2")}), "ILL_TYPED",
    ),
    "x = 2y from 2x = 4y": (
        ("=", "x", times("2", "y")), (("=", times("2", "x"), times("4", "y")),),
        items(HALF), "ILL_TYPED",
    ),
    "3x = 0 from 6x = 0": (
        ("=", times("3", "x"), IS_ZERO), (("=", times("6", "x"), IS_ZERO),), items({"fact": "h1"}),
        "NOT_EQUAL",
    ),
    "1 + 1 is not 0": (("!=", ("+", whole("1"), whole("1")), IS_ZERO), (), INSPECT, "NOT_SEEN"),
    "1 is not 0": (("!=", whole("1"), IS_ZERO), (), INSPECT, "NOT_SEEN"),
    "n is not 0": (("!=", whole("n"), IS_ZERO), (), INSPECT, "NOT_SEEN"),
    "7 is 0": (("=", whole("7"), IS_ZERO), (), COMBINE, "NOT_EQUAL"),
    "n is 3, as in the witness": (("=", whole("n"), whole("3")), (), COMBINE, "NOT_EQUAL"),
    "a half": (("=", ("*", whole("2"), whole("1/2")), whole("1")), (), COMBINE, "ILL_TYPED"),
    "a quotient": (("=", ("/", "x", whole("2")), "y"), (), COMBINE, "ILL_TYPED"),
    "a numeral below": (("=", ("/", "x", "2"), "y"), (), COMBINE, "ILL_TYPED"),
    "half of k(k + 1)": (
        ("=", whole(("/", ("*", "n", ("+", "n", "1")), "2")), IS_ZERO), (), COMBINE, "ILL_TYPED",
    ),
    "an integer without its field": (("=", ("+", "x", "1"), "y"), (), COMBINE, "ILL_TYPED"),
    "an element and a number": (("=", "x", "0"), (), COMBINE, "ILL_TYPED"),
    "an element times a number": (("=", ("*", "t", "x"), "x"), (), COMBINE, "ILL_TYPED"),
    "an order": (("<=", IS_ZERO, SQUARE), (), INSPECT, "ILL_TYPED"),
    "an absolute value": (("=", ("abs", "x"), "x"), (), COMBINE, "ILL_TYPED"),
    "a root": (("=", ("sqrt", SQUARE), "x"), (), COMBINE, "ILL_TYPED"),
    "a positive square": (("!=", ("+", SQUARE, whole("1")), IS_ZERO), (), INSPECT, "NOT_SEEN"),
    "a square as an item": (
        ("=", SQUARE, IS_ZERO), (), items({"square": "x"}), "ILL_TYPED",
    ),
    "a positive item": (("=", SQUARE, IS_ZERO), (), items({"positive": "1"}), "ILL_TYPED"),
    "inequality by items": (
        ("!=", "x", "y"), (), items({"positive": "1"}), "WRONG_GOAL",
    ),
    "zero_square": (
        ("=", "x", IS_ZERO), (("=", SQUARE, IS_ZERO),),
        use("axiom:zero_square", "z", ["x"], COMBINE), "ILL_TYPED",
    ),
    "zero_product": (
        ("=", "x", IS_ZERO), (TWICE,),
        use("axiom:zero_product", "z", [whole("2"), "x"], COMBINE), "ILL_TYPED",
    ),
    "the reciprocal of 2": (
        ("=", "x", "x"), (), use("axiom:reciprocal", "r", ["K", whole("2")], COMBINE), "CONDITION",
    ),
    "cases of elements": (
        ("=", "x", "x"), (),
        {"rule": "cases", "on": ["x", "y"], "as": "c", "less": COMBINE, "equal": COMBINE,
         "greater": COMBINE}, "ILL_TYPED",
    ),
    "a sum over a range": (
        ("=", ("sum", "1", "n", whole("#0")), IS_ZERO), (), COMBINE, "ILL_TYPED",
    ),
    "items over a range": (
        ("=", "x", IS_ZERO), (("=", "x", IS_ZERO),),
        items({"fact": "h1", "over": {"index": "i", "from": "1", "to": "1"}}), "ILL_TYPED",
    ),
    "an equation of numbers": (
        ("=", "x", "x"), (("=", "t", "0"),), items({"fact": "h1"}), "ILL_TYPED",
    ),
    "an equation of elements for numbers": (
        ("=", "t", "t"), (("=", "x", IS_ZERO),), items({"fact": "h1"}), "ILL_TYPED",
    ),
    "a power without w^n = 1": (("=", turn("j"), turn("j")), (), COMBINE, "UNDEFINED"),
    "a power of another element": (
        ("=", turn("0", "x"), whole("1")), (ROOT,), COMBINE, "UNDEFINED",
    ),
    "the power 1 is 1": (("=", turn("1"), whole("1")), (ROOT,), COMBINE, "NOT_EQUAL"),
    "powers multiplied": (
        ("=", turn(("*", "j", "k")), ("*", turn("j"), turn("k"))), (ROOT,), COMBINE, "NOT_EQUAL",
    ),
    "a sum of powers": (
        ("=", total(turn(("*", "j", "#0"))), IS_ZERO), (ROOT,), COMBINE, "NOT_EQUAL",
    ),
    "a large multiple": (
        ("=", turn(("*", "65", "j")), whole("1")), (ROOT,), COMBINE, "TOO_LARGE",
    ),
    "an integer exponent": (("=", turn("t"), whole("1")), (ROOT,), COMBINE, "ILL_TYPED"),
    "a power of a number": (("=", turn("j", "t"), "1"), (), COMBINE, "ILL_TYPED"),
    "a root of unity of a vector's kind": (
        ("root_of_unity", "n", "t"), (), COMBINE, "ILL_TYPED",
    ),
    "elements of two fields": (
        ("=", ("+", "x", ("embed", "7", "1")), "x"), (), COMBINE, "ILL_TYPED",
    ),
    "either of numbers": (
        ("=", "x", "x"), (),
        {"rule": "either", "on": ["t", "0"], "as": "e", "equal": COMBINE, "apart": COMBINE},
        "ILL_TYPED",
    ),
    "either of one": (
        ("=", "x", "x"), (),
        {"rule": "either", "on": ["j"], "as": "e", "equal": COMBINE, "apart": COMBINE},
        "MALFORMED",
    ),
    "one case only": (
        ("=", ("delta", "j", "k"), "0"), (),
        {"rule": "either", "on": ["j", "k"], "as": "e", "equal": COMBINE, "apart": COMBINE},
        "NOT_EQUAL",
    ),
    "another difference": (
        ("!=", "j", ("+", "k", "1")), (("!=", "j", "k"),), INSPECT, "NOT_SEEN",
    ),
    "residues for nothing": (("!=", "j", "k"), (), INSPECT, "NOT_SEEN"),
    "0 and n": (("!=", "j", ("+", "j", "n")), (), INSPECT, "NOT_SEEN"),
    "0 and 3 modulo 3": (("!=", ("mod", "3", "0"), ("mod", "3", "3")), (), INSPECT, "NOT_SEEN"),
}  # fmt: skip


@pytest.mark.parametrize("name", TRUE)
def test_what_holds_in_every_field_is_accepted(name: str) -> None:
    conclusion, given, proof = TRUE[name]
    prove(goal(conclusion, *given, names=NAMES), proof, VALUES)


@pytest.mark.parametrize("name", FALSE_OR_MEANINGLESS)
def test_refused(name: str) -> None:
    conclusion, given, proof, code = FALSE_OR_MEANINGLESS[name]
    with pytest.raises(Rejected) as no:
        prove(goal(conclusion, *given, names=NAMES), proof, VALUES)
    assert no.value.code == code


def test_both_cases_of_residues() -> None:
    """j = k or the bracket is 0, so [j = k]·g(j) = [j = k]·g(k)."""
    bracket = ("delta", "j", "k")
    sides = [("*", whole(bracket), ("app", "g", at)) for at in "jk"]
    without = ("=", *(("*", whole("#0"), ("app", "g", at)) for at in "jk"))
    apart = use("axiom:unequal_residues", "zero", ["n", "j", "k"], {
        "rule": "rewrite", "template": without, "from": bracket, "to": "0",
        "equal": items({"fact": "zero"}), "then": COMBINE,
    })  # fmt: skip
    at_both = [("*", whole(("delta", "#0", "k")), ("app", "g", at)) for at in ("#0", "k")]
    equal = {
        "rule": "rewrite", "to": "k", "from": "j", "then": COMBINE,
        "template": ("=", *at_both),
        "equal": {"rule": "assumption", "fact": "e"},
    }  # fmt: skip
    proof = {"rule": "either", "on": ["j", "k"], "as": "e", "equal": equal, "apart": apart}
    prove(goal(("=", *sides), names=NAMES), proof, VALUES)


def test_from_a_fact_that_equal_things_differ_everything_follows() -> None:
    absurd = ("implies", ("!=", ("+", "j", "1"), ("+", "1", "j")), ("=", "x", "y"))
    proof = intro({"rule": "suppose", "as": "s", "then": INSPECT}, (), ("d",))
    prove(goal(absurd, names=NAMES), proof, VALUES)
    harmless = ("implies", ("!=", ("+", "j", "1"), ("+", "1", "k")), ("=", "x", "y"))
    with pytest.raises(Rejected):
        prove(goal(harmless, names=NAMES), proof, VALUES)


def test_what_is_not_0_has_a_reciprocal() -> None:
    nonzero = ("!=", "x", IS_ZERO)
    inverse = ("exists", ELEMENT, ("=", ("*", "x", "#0"), whole("1")))
    proof = use("axiom:reciprocal", "r", ["K", "x"], {"rule": "assumption", "fact": "r"})
    prove(goal(inverse, nonzero, names=NAMES), proof, {**VALUES, "x": ("embed", "7", "3")})


@pytest.mark.parametrize("field", ["0", "1", "6", "07", "1013", "9"])
def test_a_number_that_is_no_prime_is_no_field(field: str) -> None:
    claim = goal(("=", "x", "x"), names={"K": "field", "x": ELEMENT})
    with pytest.raises(Rejected) as no:
        prove(claim, COMBINE, {"K": field, "x": ("embed", field, "0")})
    assert no.value.code in ("ILL_TYPED", "MALFORMED")


TWO = {"K": "field", "x": ELEMENT}
REFUTED: dict[str, tuple[Any, dict[str, Any], tuple[Any, ...]]] = {
    "1 + 1 is not 0": (
        ("!=", ("+", whole("1"), whole("1")), IS_ZERO), {"K": "2", "x": ("embed", "2", "0")}, (),
    ),
    "1 + 1 is 0": (
        ("=", ("+", whole("1"), whole("1")), IS_ZERO), {"K": "3", "x": ("embed", "3", "0")}, (),
    ),
    "x = 0 if 2x = 0": (("=", "x", IS_ZERO), {"K": "2", "x": ("embed", "2", "1")}, (TWICE,)),
    "x² + 1 is not 0": (
        ("!=", ("+", SQUARE, whole("1")), IS_ZERO), {"K": "5", "x": ("embed", "5", "2")}, (),
    ),
    "x is no root of unity": (
        ("=", ("turn", "3", "x", "1"), whole("1")), {"K": "7", "x": ("embed", "7", "2")},
        (("root_of_unity", "3", "x"),),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUTED)
def test_refuted_in_a_field_of_p_numbers(name: str) -> None:
    conclusion, values, given = REFUTED[name]
    refute(goal(conclusion, *given, names=TWO), values, INSPECT, [INSPECT] * len(given))


@pytest.mark.parametrize("name", REFUTED)
def test_not_refuted_where_it_holds(name: str) -> None:
    conclusion, values, given = REFUTED[name]
    other = {"2": "3", "3": "2", "5": "7", "7": "5"}[values["K"]]
    with pytest.raises(Rejected):
        refute(
            goal(conclusion, *given, names=TWO), {"K": other, "x": ("embed", other, "0")}, INSPECT,
            [INSPECT] * len(given),
        )  # fmt: skip


def test_fields_in_functions_and_literals() -> None:
    """A function takes elements and no fields; a literal may take a field."""
    into = ("function", ("field",), "real")
    with pytest.raises(Rejected):
        prove(goal(("=", "0", "0"), names={"h": into}), COMBINE, {"h": ("lambda", "field", "0")})
    one = ("app", ("lambda", "field", ("embed", "#0", "1")), "K")
    prove(goal(("=", one, whole("1")), names=TWO), COMBINE, {"K": "2", "x": ("embed", "2", "0")})
    every = ("forall", "field", ("=", ("embed", "#0", "2"), ("embed", "#0", "2")))
    told = have(every, "e", intro(COMBINE, ("L",)), use("e", "at", ["K"], COMBINE))
    prove(goal(("=", "x", "x"), names=TWO), told, {"K": "2", "x": ("embed", "2", "0")})


@pytest.mark.parametrize("value", [number(Fraction(1, 2)), atom(1) * number(Fraction(1, 2))])
def test_no_fraction_is_an_element_of_every_field(value: Scalar) -> None:
    """k(k + 1)/2 is an integer, and still refused: its coefficients are none."""
    with pytest.raises(Rejected) as no:
        whole_value(value)
    assert no.value.code == "UNSUPPORTED"
