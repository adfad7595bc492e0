"""Every false acceptance ever found, and the refusal that answers it.

Each attack was accepted once: SOUNDNESS.md tells how it worked and what was mended. Its number
there is the number here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from kernel_goals import (
    COMBINE,
    FALSE,
    INSPECT,
    between,
    forall,
    goal,
    have,
    intro,
    prove,
    refute,
    use,
)

from therefore.kernel import Rejected

Attack = Callable[[], Any]
ATTACKS: list[tuple[Attack, str]] = []

# From 0 = 1, labelled "wrong", and from 1 ≤ 1/2, labelled "gap", follows anything.
ONE_IS_ZERO = {
    "rule": "combine",
    "items": [{"fact": "wrong", "times": "-1"}, {"positive": "1"}],
}
HALF_IS_ONE = {"rule": "combine", "items": [{"fact": "gap"}, {"positive": "1/2"}]}
REAL_FUNCTION = ("function", ("real",), "real")
TO_RESIDUES = ("function", ("integer",), ("residue", "1"))


def attack(code: str) -> Callable[[Attack], Attack]:
    """Enter an attack, with the code of the refusal that it must meet."""

    def enter(function: Attack) -> Attack:
        ATTACKS.append((function, code))
        return function

    return enter


def mod(size: str, number: str) -> tuple[str, str, str]:
    return ("mod", size, number)


@attack("ILL_TYPED")
def s01_a_table_of_integers_holds_a_half() -> Any:
    half = ("app", ("table", "0", "1", "1/2"), "1")
    return prove(goal(FALSE), use("axiom:integer_gap", "gap", ["0", half], HALF_IS_ONE))


@attack("UNDEFINED")
def s02_a_constant_function_of_an_undefined_argument() -> Any:
    claim = goal(("=", ("app", "g", ("/", "1", "0")), "1"), definitions=(("g", ("real",), "1"),))
    return prove(claim, COMBINE)


@attack("UNDEFINED")
def s02_the_same_under_two_parameters() -> Any:
    body = ("+", "#0", ("-", "#0"))
    definition = ("g", ("real", "real"), body)
    claim = goal(("=", ("app", "g", ("/", "1", "0"), "1"), "0"), definitions=(definition,))
    return prove(claim, COMBINE)


@attack("UNDEFINED")
def s02_the_same_with_the_argument_inside_an_empty_sum() -> Any:
    definition = ("g", ("real",), ("sum", "1", "0", "#1"))
    claim = goal(("=", ("app", "g", ("/", "1", "0")), "0"), definitions=(definition,))
    return prove(claim, COMBINE)


@attack("ILL_TYPED")
def s03_a_definition_captures_a_bound_variable() -> Any:
    claim = goal(forall("real", ("=", "g", "#0")), definitions=(("g", (), "#0"),))
    return prove(claim, intro(COMBINE, ("x",)))


@attack("NOT_SEEN")
def s04_a_residue_is_rewritten_to_an_integer() -> Any:
    proof = {
        "rule": "rewrite",
        "template": ("!=", "#0", "3"),
        "from": mod("3", "0"),
        "to": "0",
        "equal": COMBINE,
        "then": INSPECT,
    }
    return prove(goal(("!=", mod("3", "0"), "3")), proof)


@attack("WRONG_FACT")
def s05_a_function_literal_turns_residues_into_integers() -> Any:
    fact = forall(TO_RESIDUES, ("=", ("app", "#0", "0"), ("app", "#0", "1")))
    then = use("all", "wrong", [("lambda", "integer", "#0")], ONE_IS_ZERO)
    return prove(goal(FALSE), have(fact, "all", intro(COMBINE, ("f",)), then))


@attack("NOT_SEEN")
def s05_a_table_of_integers_refutes_an_equation_of_residues() -> Any:
    claim = goal(("=", ("app", "f", "0"), ("app", "f", "1")), names={"f": TO_RESIDUES})
    return refute(claim, {"f": ("table", "0", "1", "3")}, INSPECT)


@attack("NOT_SEEN")
def s05_a_cycle_of_integers_refutes_an_equation_of_residues() -> Any:
    sort = ("function", (("residue", "2"),), ("residue", "1"))
    claim = goal(("=", ("app", "f", "0"), ("app", "f", "1")), names={"f": sort})
    return refute(claim, {"f": ("cycle", "1", "3")}, INSPECT)


@attack("NAME_TAKEN")
def s06_the_variable_of_a_derivative_has_a_name_in_use() -> Any:
    claim = goal(("has_derivative", ("*", "#0", "x"), "1", "2"), names={"x": "real"})
    return prove(claim, {"rule": "differentiate", "name": "x", "value": COMBINE}, {"x": "0"})


@attack("WRONG_GOAL")
def s07_the_first_thousand_residues_stand_for_all() -> Any:
    claim = goal(forall(("residue", "1001"), ("=", ("delta", "#0", "1000"), "0")))
    return prove(claim, {"rule": "enumerate", "proofs": [COMBINE] * 1000})


@attack("UNDEFINED")
def s08_a_range_ends_at_something_undefined() -> Any:
    end = ("app", ("lambda", "real", "0"), ("/", "1", "0"))
    claim = goal(between("1", end, FALSE))
    return prove(claim, {"rule": "enumerate", "proofs": []})


@attack("WRONG_FACT")
def s09_an_equation_modulo_three_is_added_to_numbers() -> Any:
    then = {"rule": "combine", "items": [{"fact": "wrong", "times": "1/3"}]}
    return prove(goal(("=", "0", "1")), have(("=", "0", mod("3", "3")), "wrong", COMBINE, then))


@attack("NOT_EQUAL")
def s10_a_cancelled_sum_captures_the_index_of_another() -> Any:
    """Σ_t Σ_i G(t, i) = Σ_t Σ_i G(i, t), with different ends, by way of 1/S(i) − 1/S(i)."""
    below = ("/", "1", ("sum", "0", "#0", ("app", "h", "#0")))

    def double(*places: str) -> Any:
        body = ("+", ("app", "G", *places), below, ("-", below))
        return ("sum", "0", "N", ("sum", "1", "T", body))

    nonzero = ("!=", ("sum", "0", "#0", ("app", "h", "#0")), "0")
    claim = goal(
        ("=", double("#1", "#0"), double("#0", "#1")),
        ("<=", "1", "N"),
        ("<=", "1", "T"),
        ("forall", "integer", ("implies", ("<=", "1", "#0"), nonzero)),
        names={
            "N": "integer",
            "T": "integer",
            "G": ("function", ("integer", "integer"), "real"),
            "h": ("function", ("integer",), "real"),
        },
    )
    defined = use("h3", "nonzero", ["i1"], {"rule": "assumption", "fact": "nonzero"})
    return prove(
        claim,
        {"rule": "combine", "defined": [defined] * 4},
        {
            "N": "1",
            "T": "1",
            "G": ("lambda", "integer", ("lambda", "integer", "0")),
            "h": ("lambda", "integer", "1"),
        },
        [INSPECT, INSPECT, intro(INSPECT, ("x",), ("far",))],
    )


@attack("NOT_SEEN")
def s11_one_gap_stands_for_a_lower_and_an_upper_bound() -> Any:
    """0 ≤ −(u + |u|) for u = f(z) + b − 1 − c, where u = 1 is possible."""
    value = ("app", "f", "z")
    u = ("+", value, "b", "-1", ("-", "c"))
    claim = goal(
        ("<=", "0", ("-", ("+", u, ("abs", u)))),
        ("<=", "0", value),
        ("<=", value, "1"),
        ("<=", "0", "c"),
        ("<=", ("+", "b", "c"), value),
        names={"f": REAL_FUNCTION, "z": "real", "b": "real", "c": "real"},
    )
    values = {"f": ("lambda", "real", "0"), "z": "0", "b": "0", "c": "0"}
    return prove(claim, INSPECT, values)


@attack("MALFORMED")
def s12_a_zero_denominator_in_a_value_that_nobody_reads() -> Any:
    return prove(goal(("=", ("app", ("table", "0", "1", "1/0"), "0"), "1")), COMBINE)


@attack("ILL_TYPED")
def s13_a_residue_modulo_zero() -> Any:
    return prove(goal(("=", ("app", ("lambda", ("residue", "0"), "1"), "5"), "1")), COMBINE)


def value(place: str) -> Any:
    return ("app", "a", place)


# n = 1, and for every a: a(2) + a(3) + a(4) = 0.
THREE_TERMS = goal(
    ("=", ("+", value("2"), value("3"), value("4")), "0"),
    ("=", "n", "1"),
    names={"n": "integer", "a": ("function", ("integer",), "real")},
)
FROM_FIVE = ("=", ("sum", "5", "#0", ("app", "a", "#0")), "0")
FROM_ZERO = ("=", ("sum", "0", "#0", ("app", "a", "#0")), ("+", value("0"), value("1")))
SUBTRACTED = {"rule": "combine", "items": [{"fact": "A", "times": "-1"}, {"fact": "B"}]}
ZERO_SEQUENCE = {"n": "1", "a": ("lambda", "integer", "0")}


@attack("UNDEFINED")
def s14_a_reversed_sum_is_zero_by_rewriting_its_end() -> Any:
    def at_one(template: Any) -> Any:
        equal = {"rule": "assumption", "fact": "h1"}
        ends = {"from": "n", "to": "1", "equal": equal, "then": COMBINE}
        return {"rule": "rewrite", "template": template, **ends}

    def at_n(template: Any) -> Any:
        return ("=", (*template[1][:2], "n", template[1][3]), template[2])

    then = have(at_n(FROM_ZERO), "B", at_one(FROM_ZERO), SUBTRACTED)
    return prove(THREE_TERMS, have(at_n(FROM_FIVE), "A", at_one(FROM_FIVE), then), ZERO_SEQUENCE)


@attack("UNDEFINED")
def s14_a_reversed_sum_is_zero_by_enumeration() -> Any:
    listed = {"rule": "enumerate", "proofs": [COMBINE]}
    known = {"rule": "combine", "items": [{"fact": "h1", "times": "-1"}]}
    then = use("E", "A", ["n"], use("F", "B", ["n"], SUBTRACTED, known), known)
    both = have(between("1", "1", FROM_ZERO), "F", listed, then)
    return prove(THREE_TERMS, have(between("1", "1", FROM_FIVE), "E", listed, both), ZERO_SEQUENCE)


@attack("NOT_EQUAL")
def s15_a_denominator_leaves_a_range_that_may_be_empty() -> Any:
    """Σ 1/n over 1 … n is 1 for n ≥ 1 and 0 for n = 0; n ≠ 0 is known inside the range only."""
    total = ("sum", "1", "n", ("/", "1", "n"))
    items = [{"fact": "from_1"}, {"fact": "to_1"}, {"fact": "zero"}, {"positive": "1"}]
    nonzero = {"rule": "suppose", "as": "zero", "then": {"rule": "combine", "items": items}}
    claim = goal(("=", total, "1"), ("<=", "0", "n"), names={"n": "integer"})
    return prove(claim, {"rule": "combine", "items": [], "defined": [nonzero]}, {"n": "1"})


@attack("NOT_EQUAL")
def s16_a_term_is_formed_outside_a_range_that_may_be_empty() -> Any:
    """The terms at both ends are spilled, although f(t + t(t − 1)/n) means nothing for n = 0."""
    term = ("app", "f", ("+", "#0", ("/", ("*", "#0", ("+", "#0", "-1")), "n")))
    gap = ("+", ("sum", "1", "n", term), ("-", ("sum", "2", ("+", "n", "1"), term)))
    ends = ("+", ("app", "f", "1"), ("-", ("app", "f", ("+", "n", "n", "2"))))
    items = [{"fact": "from_1"}, {"fact": "to_1"}, {"fact": "zero"}, {"positive": "1"}]
    nonzero = {"rule": "suppose", "as": "zero", "then": {"rule": "combine", "items": items}}
    names = {"n": "integer", "f": ("function", ("real",), "real")}
    claim = goal(("=", gap, ends), ("<=", "0", "n"), names=names)
    values = {"n": "1", "f": ("lambda", "real", "#0")}
    proof = {"rule": "combine", "items": [], "defined": [nonzero, nonzero]}
    return prove(claim, proof, values)


@attack("NOT_SEEN")
def s17_a_root_takes_its_sign_from_another_branch() -> Any:
    """√(1 + √x·√x) is positive where x ≥ 0; √(1 + x) for x ≥ −1 may be 0."""
    longer = ("sqrt", ("+", "1", ("*", ("sqrt", "x"), ("sqrt", "x"))))
    known = ("implies", ("<=", "0", "x"), ("<=", "0", longer))
    seen = {"rule": "intro", "labels": ["p"], "then": INSPECT}
    claim = goal(("<", "0", ("sqrt", ("+", "1", "x"))), ("<=", "-1", "x"), names={"x": "real"})
    return prove(claim, have(known, "k", seen, INSPECT), {"x": "0"})


ROOTS = ("*", ("sqrt", "x"), ("sqrt", "x"))


def by_sign(a: Any, b: Any, less: Any, equal: Any, greater: Any) -> Any:
    ways = {"less": less, "equal": equal, "greater": greater}
    return {"rule": "cases", "on": [a, b], "as": "sign", **ways}


@attack("NOT_EQUAL")
def s18_two_atoms_are_one_by_a_third_that_is_undefined() -> Any:
    """(1 + y)(|u| − u)/(|u| − u) is 1 + y, and also 1 + y + |u| + u, where u < |u|."""
    below = ("+", ("abs", "u"), ("-", "u"))
    third = ("app", "f", ("/", ("*", ("+", "1", "y"), below), below))
    left, right = ("+", "1", "y"), ("+", "1", "y", ("abs", "u"), "u")
    names = {"f": REAL_FUNCTION, "u": "real", "y": "real"}
    claim = goal(("=", ("app", "f", left), ("app", "f", right)), names=names)
    never = {"rule": "combine", "items": [{"fact": "sign"}]}
    less = have(("=", third, third), "k", COMBINE, COMBINE)
    proof = by_sign("u", ("abs", "u"), less, COMBINE, {"rule": "suppose", "as": "s", "then": never})
    return prove(claim, proof, {"f": ("lambda", "real", "0"), "u": "0", "y": "0"})


@attack("NOT_SEEN")
def s18_an_exponent_is_read_out_in_another_branch() -> Any:
    """log(exp u) = u gave the u of another branch, positive there."""
    other = ("exp", ("/", "1", ("+", "1", ROOTS)))
    claim = ("<", "0", ("log", ("exp", ("/", "1", ("+", "1", "x")))))
    seen = have(("<", "0", other), "k", INSPECT, INSPECT)
    given = ("!=", ("+", "1", "x"), "0")
    proof = by_sign("0", "x", seen, INSPECT, INSPECT)
    return prove(goal(claim, given, names={"x": "real"}), proof, {"x": "0"})


@attack("NOT_SEEN")
def s18_a_matrix_is_read_out_of_an_inverse_of_another_branch() -> Any:
    shifted = ("+", "A", ("*", "x", ("identity", "n")))
    other = ("inverse", ("+", "A", ("*", ROOTS, ("identity", "n"))))
    twice = ("entry", ("inverse", ("inverse", shifted)), "i", "i")
    names = {"n": "size", "A": ("matrix", "n", "n"), "x": "real", "i": ("residue", "n")}
    claim = goal(("<=", ("entry", "A", "i", "i"), twice), ("invertible", shifted), names=names)
    seen = have(("=", other, other), "k", COMBINE, INSPECT)
    values = {"n": "1", "A": ("rows", ("row", "0")), "x": "1", "i": mod("1", "0")}
    return prove(claim, by_sign("0", "x", seen, INSPECT, INSPECT), values)


@attack("WRONG_GOAL")
def s19_induction_from_a_half() -> Any:
    """cos(2πm) = −1 holds at 1/2, and with m at m + 1; but at no integer."""
    formula = ("=", ("cos", ("*", "2", ("pi",), "#0")), ("-", "1"))
    step = {"rule": "combine", "items": [{"fact": "m_ih"}]}
    proof = {"rule": "induction", "index": "m", "base": COMBINE, "step": step}
    return prove(goal(forall("integer", ("implies", ("<=", "1/2", "#0"), formula))), proof)


@attack("NOT_EQUAL")
def s20_a_delta_pins_an_index_outside_a_range_that_runs_backwards() -> Any:
    """The range from i − 3 to j + 3 is empty for j = i − 7; then both sides differ by a_{2i−1}."""

    def term(k: Any, t: Any) -> Any:
        return ("*", ("delta", k, ("+", "i", "-1")), ("app", "a", ("+", k, t)))

    inner = ("sum", ("+", "i", "-3"), ("+", "j", "3"), term("#0", "#1"))
    after = (term(("+", "j", step), "i") for step in "123")
    claim = ("=", ("sum", "i", "i", inner), ("+", ("app", "a", ("+", "i", "i", "-1")), *after))
    names = {"i": "integer", "j": "integer", "a": ("function", ("integer",), "real")}
    given = ("<=", ("+", "i", "-3"), ("+", "j", "4"))
    values = {"i": "7", "j": "7", "a": ("table", "0", "0")}
    return prove(goal(claim, given, names=names), COMBINE, values)


@attack("ILL_TYPED")
def s22_a_body_holds_the_name_that_a_rule_declares_after_it() -> Any:
    """1 = 0, as x has the derivative 1 at 0, and "x at 0", which was still x, is at most x."""
    slope = {"rule": "differentiate", "name": "x", "value": COMBINE}
    proof = {"rule": "lowest", "name": "x", "body": "x", "point": "0", "derivative": slope}
    return prove(goal(("=", "1", "0")), {**proof, "least": INSPECT})


@attack("ILL_TYPED")
def s22_a_primitive_holds_the_name_of_the_variable() -> Any:
    """The integral of 1/(1 + x²) over all numbers is 0, by the primitive t/(1 + x²) of t."""
    body = ("/", "1", ("+", "1", ("*", "#0", "#0")))
    small = ("/", "1", ("+", "1", ("*", "x", "x")))
    upper = {"rule": "combine", "items": [{"positive": small}]}
    lower = {"rule": "combine", "items": [{"positive": "1"}, {"square": "x", "times": small}]}
    far = {"rule": "dominated", "name": "x", "from": "1", "bound": "1"}
    proof = {
        "rule": "antiderivative",
        "name": "x",
        "primitive": ("*", "#0", small),
        "derivative": {"rule": "differentiate", "name": "t", "value": COMBINE},
        "low": {"limit": "0", "proof": {**far, "upper": lower, "lower": upper}},
        "high": {"limit": "0", "proof": {**far, "upper": upper, "lower": lower}},
        "value": COMBINE,
    }
    return prove(goal(("integrates", "-oo", "+oo", body, "0")), proof)


@attack("NOT_EQUAL")
def s23_what_an_empty_range_leaves_undefined_is_moved_out_and_cancels_its_length() -> Any:
    """The sum of √(1/(j − 1))² from 0 to j − 2 is 1, but for j = 1, where it has no terms."""
    root = ("sqrt", ("/", "1", ("+", "j", "-1")))
    claim = ("=", ("sum", "0", ("+", "j", "-2"), ("*", root, root)), "1")
    facts = [{"fact": "from_1"}, {"fact": "to_1"}, {"fact": "zero"}, {"positive": "1"}]
    nonzero = {"rule": "suppose", "as": "zero", "then": {"rule": "combine", "items": facts}}
    proof = {"rule": "combine", "defined": [nonzero] * 2}
    return prove(goal(claim, ("<=", "1", "j"), names={"j": "integer"}), proof, {"j": "1"})


@attack("ILL_TYPED")
def s24_a_member_has_a_size_that_is_none() -> Any:
    """The determinant of a matrix with no rows: of M_0 where M_k is k × k, and M_1 written out."""
    matrices = ("members", ("matrix", "#0", "#0"), "1", ("rows", ("row", "5")))
    return prove(goal(("=", ("det", ("app", matrices, "0")), "1")), COMBINE)


@attack("MALFORMED")
def s26_the_cube_has_a_derivative_where_its_structure_gives_none() -> Any:
    """(|t|³)′ is 3·t·|t|, which is refuted at 0 by what the derivative of |t| asks for."""
    cube = ("velocity", ("^", ("abs", "#0"), "3"), "t")
    claim = goal(("=", cube, ("*", "3", "t", ("abs", "t"))), names={"t": "real"})
    proof = {"rule": "undefined", "part": "1", "obligation": "0", "proof": INSPECT}
    return refute(claim, {"t": "0"}, proof)


@attack("NOT_EQUAL")
def s27_a_block_of_the_identity_commutes_with_every_matrix() -> Any:
    """M P = P M for P = [[0, 0], [0, I]]."""
    sizes = {"m": "size", "n": "size", "M": ("matrix", ("+", "m", "n"), ("+", "m", "n"))}
    rows = (("row", ("zero", "m", "m"), ("zero", "m", "n")),
            ("row", ("zero", "n", "m"), ("identity", "n")))  # fmt: skip
    cut = ("blocks", *rows)
    claim = goal(("=", ("matmul", "M", cut), ("matmul", cut, "M")), names=sizes)
    ones = ("rows", ("row", "1", "1"), ("row", "1", "1"))
    return prove(claim, COMBINE, {"m": "1", "n": "1", "M": ones})


@attack("NOT_EQUAL")
def s28_a_size_in_another_order_makes_a_determinant_lose_its_letters() -> Any:
    """det(Mᵀ G) = 1, for M = [[I], [0]], where I is f(0)·f(0)⁻¹ for an f with n + m rows."""
    rows = ("+", "n", "m")
    names = {
        "m": "size", "n": "size", "f": ("function", ("real",), ("matrix", rows, rows)),
        "h": ("function", ("real",), ("matrix", "m", rows)),
        "G": ("matrix", ("+", rows, "m"), rows),
    }  # fmt: skip
    first = ("app", "f", "0")
    unit = ("matmul", first, ("inverse", first))
    tall = ("blocks", ("row", unit), ("row", ("*", "0", ("app", "h", "0"))))
    claim = ("=", ("det", ("matmul", ("transpose", tall), "G")), "1")
    eye = ("rows", ("row", "1", "0"), ("row", "0", "1"))
    values = {
        "m": "1", "n": "1", "f": ("lambda", "real", eye),
        "h": ("lambda", "real", ("rows", ("row", "0", "0"))),
        "G": ("rows", *[("row", "0", "0")] * 3),
    }  # fmt: skip
    return prove(goal(claim, ("invertible", first), names=names), COMBINE, values)


@pytest.mark.parametrize(("run", "code"), ATTACKS, ids=[run.__name__ for run, _ in ATTACKS])
def test_a_false_statement_is_refused(run: Attack, code: str) -> None:
    with pytest.raises(Rejected) as refusal:
        run()
    assert refusal.value.code == code, refusal.value
