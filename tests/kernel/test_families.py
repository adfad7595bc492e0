"""Sequences of vectors and matrices whose sizes depend on the index."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from kernel_goals import COMBINE, between, goal, plain, proof_text, prove, refute

from therefore.kernel import Kernel, Rejected, accept
from therefore.kernel.atoms import Atoms
from therefore.kernel.context import Context
from therefore.kernel.size_terms import SIZES, settled_size
from therefore.kernel.terms import check_formula, check_sort, check_value, coerced, sort_of

Term = Any


def size(index: Term) -> Term:
    return ("app", "n", index)


def family(*sizes: Term) -> Term:
    return ("family", ("matrix" if len(sizes) == 2 else "vector", *sizes))


def at(name: Term, index: Term) -> Term:
    return ("app", name, index)


def plus(*parts: Term) -> Term:
    return ("+", *parts)


def mm(left: Term, right: Term) -> Term:
    return ("matmul", left, right)


BEFORE = plus("#0", "-1")
NEXT = plus("k", "1")
NAMES: dict[str, Term] = {
    "m": "integer",
    "k": "integer",
    "d": "size",
    "x": "real",
    "n": SIZES,
    "J": family(size("#0"), size(BEFORE)),
    "F": family(size("#0"), size("0")),
    "R": family(size("m"), size("#0")),
    "t": family(size("#0")),
    "B": ("matrix", size("k"), "d"),
    "S": family(size("#0"), size("#0")),
    "h": ("function", ("integer",), "real"),
}


def context() -> Context:
    ctx = Context(Atoms())
    for name, sort in NAMES.items():
        check_sort(sort, ctx.names)
        ctx.declare(name, sort)
    return ctx


def refused(code: str, call: Any, *arguments: Any) -> None:
    with pytest.raises(Rejected) as refusal:
        call(*arguments)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("index", "same"),
    [
        (plus(plus("k", "-1"), "1"), "k"),
        (plus("1", "k", ("-", "2")), plus("k", "-1")),
        (("*", "2", plus("k", "m")), plus(("*", "2", "m"), ("*", "2", "k"))),
        (plus("k", ("-", "k")), "0"),
        (("*", "k", "m"), ("*", "m", "k")),
    ],
)
def test_one_form_for_each_index(index: Term, same: Term) -> None:
    assert settled_size(size(index)) == settled_size(size(same))


@pytest.mark.parametrize(
    "index", [plus("k", "1"), "m", ("*", "2", "k"), ("*", "k", "k"), ("lift", "k")]
)
def test_other_indices_have_another(index: Term) -> None:
    assert settled_size(size(index)) != settled_size(size("k"))


@pytest.mark.parametrize(
    ("term", "sort"),
    [
        (mm(at("J", NEXT), at("F", "k")), ("matrix", size(plus("k", "1")), size("0"))),
        (mm(at("R", NEXT), at("J", NEXT)), ("matrix", size("m"), size("k"))),
        (mm(at("J", NEXT), at("t", "k")), ("vector", size(plus("k", "1")))),
        (("transpose", at("J", "3")), ("matrix", size("2"), size("3"))),
        (("identity", size(plus("k", "0"))), ("matrix", size("k"), size("k"))),
        (("zero", size(plus("0", "k"))), ("vector", size("k"))),
        (("zero", size("k"), "2"), ("matrix", size("k"), "2")),
        (("inverse", at("S", "k")), ("matrix", size("k"), size("k"))),
        (("power", at("S", "k"), "m"), ("matrix", size("k"), size("k"))),
        (("app", ("lambda", "integer", at("F", "#0")), NEXT), ("matrix", size(NEXT), size("0"))),
        (
            ("app", ("members", ("vector", size("#0")), "3", at("t", "3")), "k"),
            ("vector", size("k")),
        ),
        (size("k"), "size"),
        (plus(size("k"), "1"), "integer"),
        (at(("members", "size", "0", "2", "3"), "k"), "size"),
        (("identity", at(("members", "size", "0", "2", "3"), "1")), ("matrix", "3", "3")),
        (("identity", at(("members", "size", "0", "2", "3"), "7")), ("matrix", "1", "1")),
        (
            ("identity", at(("lambda", "integer", size(plus("#0", "1"))), "k")),
            ("matrix", size(NEXT), size(NEXT)),
        ),
    ],
)
def test_sorts_of_members(term: Term, sort: Term) -> None:
    assert sort_of(term, NAMES) == sort


@pytest.mark.parametrize(
    "term",
    [
        mm(at("J", "k"), at("F", "k")),
        plus(at("J", "k"), at("J", NEXT)),
        at("J", "x"),
        at("J", size("x")),
        ("sum", "0", "m", at("J", "#0")),
        ("sum", "0", "m", at("t", "#0")),
        ("inverse", at("J", "k")),
        ("app", "J", "k", "k"),
        ("entry", at("J", "k"), "0", "0"),
        ("entry", at("t", "k"), "0"),
        ("unit", size("k"), "0"),
        ("mod", size("k"), "1"),
        ("sum_mod", size("k"), "1"),
        ("matrix", size("k"), "2", "1"),
        ("matrix", "2", size("k"), "1"),
        ("identity", size("x")),
        ("identity", size(("^", "k", "2"))),
        ("identity", at("h", "k")),
        ("identity", ("app", "n", "1/2")),
        ("identity", at(("members", "size", "k", "2"), "0")),
        ("identity", at(("members", "size", "0", "k"), "0")),
        ("identity", at(("table", "0", "2"), "0")),
        ("identity", ("-", "k")),
        ("identity", size(("-", "k", "k"))),
        at(("members", ("vector", size("#0")), "3", at("t", "4")), "k"),
        at(("members", ("vector", size("#0")), "k", at("t", "k")), "k"),
        at(("members", ("vector", "2"), "0"), "k"),
    ],
)
def test_sizes_that_do_not_fit_are_refused(term: Term) -> None:
    refused("ILL_TYPED", sort_of, term, NAMES)


@pytest.mark.parametrize(
    "sort",
    [
        ("family", "real"),
        ("family", ("residue", size("#0"))),
        ("residue", size("k")),
        ("family", ("vector", ("app", "h", "#0"))),
        ("function", ("integer",), ("family", ("vector", "d"))),
        ("function", ("real",), "size"),
        ("family", ("vector", "d"), "d"),
        ("matrix", size("x"), "d"),
    ],
)
def test_what_is_no_sort(sort: Term) -> None:
    refused("ILL_TYPED", check_sort, sort, NAMES)


def test_a_name_is_a_family_of_its_own_sort_only() -> None:
    """n_k with the k that is declared is not n at the index of the family."""
    check_value("S", family(size(plus("#0", "0")), size("#0")), NAMES)
    refused("ILL_TYPED", check_value, "S", family(size("k"), size("#0")), NAMES)
    refused("ILL_TYPED", check_value, "h", family(size("#0")), NAMES)


def test_indices_are_not_multiplied_out_for_long() -> None:
    many = plus(*(f"k{i}" for i in range(9)))
    refused("TOO_LARGE", settled_size, size(("*", many, many)))


def test_families_are_not_compared() -> None:
    refused("ILL_TYPED", check_formula, ("=", "J", "J"), NAMES)


ROWS = ("rows", ("row", "1", "2"))
VALUES = {"n": ("members", "size", "0", "2", "1")}


def test_values_of_families() -> None:
    sort = family(at(VALUES["n"], "#0"), at(VALUES["n"], BEFORE))
    check_value(("table", "1", ROWS), sort, {})
    check_value(coerced(("table", "1", ROWS), sort, {}), sort, {})
    check_value(("lambda", "integer", at("J", "#0")), NAMES["J"], NAMES)
    assert coerced(("lambda", "integer", at("J", "#0")), NAMES["J"], NAMES)[0] == "lambda"
    assert coerced(("table", "0", "2"), SIZES, {}) == ("members", "size", "0", "2")
    for other in (
        ("table", "2", ROWS),
        ("table", "1"),
        ("cycle", ROWS),
        ("members", "size", "1", ROWS),
    ):
        refused("ILL_TYPED", check_value, other, sort, {})
    refused("ILL_TYPED", check_value, ("table", "0", "0"), SIZES, {})


def test_what_is_written_out_has_a_normal_form() -> None:
    ctx = context()
    members = ("members", family(at(VALUES["n"], "#0"), at(VALUES["n"], BEFORE))[1], "1", ROWS)
    assert ctx.equal(at(members, "1"), ROWS)
    assert ctx.equal(at(members, "5"), ("zero", "1", "1"))  # outside of what is written
    assert ctx.equal(at(VALUES["n"], "1"), "1") and ctx.equal(at(VALUES["n"], "9"), "1")
    refused("UNSUPPORTED", ctx.normal.value, at(VALUES["n"], "k"))
    assert ctx.holds(("<", "0", size("k"))) and not ctx.holds(("<", "0", at("h", "k")))


def test_inverses_of_square_members_only() -> None:
    """(S T)⁻¹ = T⁻¹ S⁻¹ needs both factors to be square, which is seen of their indices."""
    ctx = context()
    square = mm(at("S", "k"), at("S", plus(NEXT, "-1")))
    assert ctx.equal(("inverse", square), mm(("inverse", at("S", "k")), ("inverse", at("S", "k"))))
    there_and_back = mm(("transpose", at("J", "k")), at("J", "k"))
    ctx.normal.value(("inverse", there_and_back))
    assert not any(row.head == "inverse" and "J" in str(row) for row in ctx.atoms.rows[:1])


FORWARD = [
    ("=", at("F", "0"), ("identity", size("0"))),
    between("1", "m", ("=", at("F", "#0"), mm(at("J", "#0"), at("F", BEFORE)))),
]
REVERSE = [
    ("=", at("R", "m"), ("identity", size("m"))),
    between("1", "m", ("=", at("R", BEFORE), mm(at("R", "#0"), at("J", "#0")))),
]
DECLARED = {name: NAMES[name] for name in ("m", "n", "J", "F", "R")}
INVARIANT = between("0", "m", ("=", mm(at("R", "#0"), at("F", "#0")), at("R", "0")))
INDUCTION = {
    "rule": "induction",
    "index": "k",
    "base": {"rule": "combine", "items": [{"fact": "h2", "left": at("R", "0")}]},
    "step": {
        "rule": "combine",
        "items": [
            {"fact": "k_ih"},
            {"fact": "h3", "with": [NEXT], "left": at("R", NEXT)},
            {"fact": "h5", "with": [NEXT], "right": at("F", "k"), "times": "-1"},
        ],
    },
}
ONE = ("rows", ("row", "1"))
WITNESS = {
    "m": "1",
    "n": ("table", "0", "2", "1"),
    "J": ("table", "1", ROWS),
    "F": ("table", "0", ("rows", ("row", "1", "0"), ("row", "0", "1")), ROWS),
    "R": ("table", "0", ROWS, ONE),
}
ALL = {"rule": "enumerate", "proofs": [COMBINE]}
GIVEN = [{"rule": "inspect"}, COMBINE, ALL, COMBINE, ALL]
CLAIM = goal(INVARIANT, ("<=", "1", "m"), *FORWARD, *REVERSE, names=DECLARED)


def test_induction_over_the_number_of_layers() -> None:
    assert prove(CLAIM, INDUCTION, WITNESS, GIVEN)


def _by(fact: str) -> Any:
    return {"rule": "combine", "items": [{"fact": fact}]}


def test_a_lemma_at_other_sizes() -> None:
    """What holds for all sizes holds for those of another sequence, shifted by one."""
    kernel = Kernel()
    lemma = prove(CLAIM, INDUCTION, WITNESS, GIVEN, kernel=kernel).goal
    again = ("lambda", "integer", size(plus("#0", "1")))
    names = {
        "m": "integer",
        "n": SIZES,
        "J": family(size(plus("#0", "1")), size("#0")),
        "F": family(size(plus("#0", "1")), size("1")),
        "R": family(size(plus("m", "1")), size(plus("#0", "1"))),
    }
    given = [
        ("<=", "1", "m"),
        ("=", at("F", "0"), ("identity", size("1"))),
        FORWARD[1],
        ("=", at("R", "m"), ("identity", size(plus("m", "1")))),
        REVERSE[1],
    ]
    cited = {
        "rule": "use",
        "fact": f"lemma:{lemma}",
        "with": ["m", again, "J", "F", "R"],
        "as": "cited",
        "conditions": [_by("h2")],
        "then": {"rule": "assumption", "fact": "cited"},
    }
    witness = {**WITNESS, "n": ("table", "1", "2", "1")}
    assert prove(goal(INVARIANT, *given, names=names), cited, witness, GIVEN, kernel=kernel)


def test_a_refutation_at_written_sizes() -> None:
    """F_1 = 2·J_1 fails for a Jacobian of one row and two columns."""
    claim = goal(("=", at("F", "1"), ("*", "2", at("J", "1"))), *FORWARD, names=DECLARED)
    values = dict(WITNESS)
    proof = {
        "rule": "differ",
        "at": ["0", "0"],
        "proof": {"rule": "combine", "items": [{"positive": "1"}]},
    }
    assert refute(claim, values, proof, [COMBINE, ALL])
    wrong = {**values, "n": ("table", "0", "1", "1")}
    refused("ILL_TYPED", refute, claim, wrong, proof, [COMBINE, ALL])


def test_damaged_certificates_are_refused() -> None:
    """Another word, number or name in the proof or in the witness: refused, or it is the same."""
    rng = random.Random(8)
    text = proof_text(CLAIM, plain(INDUCTION), WITNESS, GIVEN)
    assert accept(CLAIM.to_text(), text)
    leaves = [p for p in _paths(json.loads(text)) if p[0] in ("proof", "witness")]
    survived = []
    for _ in range(60):
        path = rng.choice(leaves)
        damaged = json.loads(text)
        inside = damaged
        for key in path[:-1]:
            inside = inside[key]
        old, inside[path[-1]] = inside[path[-1]], rng.choice(["0", "2", "m", "k", "J", "F", "h2"])
        try:
            accept(CLAIM.to_text(), json.dumps(damaged))
        except Rejected:
            continue
        survived.append((path, old))
    # What is cited under a new label, or put in where the table is not asked, may be the same.
    assert all(
        "with" in map(str, path) or old == "0" or path[0] == "witness" for path, old in survived
    )


def _paths(data: Any) -> list[tuple[Any, ...]]:
    if isinstance(data, str):
        return [()]
    inner = data.items() if isinstance(data, dict) else enumerate(data)
    return [(key, *rest) for key, part in inner for rest in _paths(part)]
