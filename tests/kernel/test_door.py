"""The one door and the kernel as a process: goals, certificates, lemmas, limits, refutations."""

from __future__ import annotations

import importlib
import io
import json
import runpy
import sys
from typing import Any

import pytest
from kernel_goals import (
    COMBINE,
    FALSE,
    INSPECT,
    forall,
    goal,
    intro,
    plain,
    proof_text,
    prove,
    refutation_text,
    refute,
    use,
)

from therefore.goal import Goal
from therefore.kernel import FORMAT, Acceptance, Kernel, Rejected, accept, goal_hash
from therefore.kernel.proofs import RULES

IDENTITY = goal(("=", "x", "x"), names={"x": "real"})
AT_ZERO: dict[str, Any] = {"x": "0"}
PROOF = proof_text(IDENTITY, COMBINE, AT_ZERO)
TEXT = IDENTITY.to_text()
HASH = goal_hash(TEXT)


def code_of(attempt: Any) -> str:
    with pytest.raises(Rejected) as refusal:
        attempt()
    return refusal.value.code


def changed(text: str, **fields: Any) -> str:
    return json.dumps({**json.loads(text), **fields})


def test_accepts_a_proof() -> None:
    assert accept(TEXT, PROOF) == Acceptance("proof", HASH, (), ())


def test_a_goal_is_named_by_its_content_and_not_by_its_spelling() -> None:
    assert goal_hash(json.dumps(json.loads(TEXT), indent=3)) == HASH
    assert goal_hash(goal(("=", "y", "y"), names={"y": "real"}).to_text()) != HASH
    assert len(HASH) == 64


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("FORMAT", {"format": "therefore-2"}),
        ("STALE", {"goal": "0" * 64}),
        ("FORMAT", {"kind": "opinion"}),
        ("MALFORMED", {"by": "me"}),
        ("MALFORMED", {"witness": {}}),
        ("MALFORMED", {"witness": []}),
        ("MALFORMED", {"witness": {"values": [], "proofs": []}}),
        ("MALFORMED", {"witness": {"values": {}, "proofs": []}}),
        ("MALFORMED", {"witness": {"values": {"x": "0"}, "proofs": [COMBINE]}}),
        ("MALFORMED", {"witness": {"values": {"x": "0"}, "proofs": {}}}),
        ("MALFORMED", {"witness": {"values": {"x": {}}, "proofs": []}}),
        ("ILL_TYPED", {"witness": {"values": {"x": ["vector", "0"]}, "proofs": []}}),
        ("UNDEFINED", {"witness": {"values": {"x": ["/", "1", "0"]}, "proofs": []}}),
        ("MALFORMED", {"witness": {"values": {"x": 0}, "proofs": []}}),
    ],
)
def test_refuses_certificates(code: str, fields: dict[str, Any]) -> None:
    assert code_of(lambda: accept(TEXT, changed(PROOF, **fields))) == code


@pytest.mark.parametrize(
    ("code", "claim"),
    [
        ("NAME_TAKEN", Goal((("x", "real"), ("x", "integer")), (), (), ("=", "x", "x"))),
        ("MALFORMED", Goal((("sum", "real"),), (), (), ("=", "1", "1"))),
        ("MALFORMED", Goal((("x",),), (), (), ("=", "1", "1"))),  # type: ignore[arg-type]
        ("ILL_TYPED", Goal((("x", "number"),), (), (), ("=", "1", "1"))),
        ("ILL_TYPED", Goal((("x", ("vector", "d")), ("d", "size")), (), (), ("=", "1", "1"))),
        ("ILL_TYPED", goal(("=", "x", "x"))),
        ("ILL_TYPED", goal("x", names={"x": "real"})),
        ("MALFORMED", Goal((), (("g", "real"),), (), ("=", "1", "1"))),  # type: ignore[arg-type]
        ("NAME_TAKEN", Goal((("g", "real"),), (("g", (), "1"),), (), ("=", "1", "1"))),
        ("NAME_TAKEN", Goal((), (("g", (), "1"), ("g", (), "1")), (), ("=", "1", "1"))),
        ("NAME_TAKEN", Goal((), (("g", "real", "1"),), (), ("=", "1", "1"))),  # type: ignore[arg-type]
        ("ILL_TYPED", Goal((), (("g", (), "h"), ("h", (), "1")), (), ("=", "g", "1"))),
        ("ILL_TYPED", Goal((), (("g", ("number",), "1"),), (), ("=", "1", "1"))),
        ("ILL_TYPED", Goal((), (("g", ("real",), "#1"),), (), ("=", "1", "1"))),
    ],
)
def test_refuses_goals(code: str, claim: Goal) -> None:
    assert code_of(lambda: prove(claim, COMBINE)) == code


def test_definitions_are_expanded() -> None:
    claim = goal(
        ("=", ("app", "h", "x", "two"), ("+", ("*", "2", "x"), "1")),
        names={"x": "real"},
        definitions=(
            ("two", (), "2"),
            ("g", ("real",), ("+", "#0", "1")),
            ("h", ("real", "real"), ("app", "g", ("*", "#0", "#1"))),
        ),
    )
    assert prove(claim, COMBINE, AT_ZERO).kind == "proof"


def test_definitions_that_grow_without_end_are_too_large() -> None:
    doubled = [("d0", (), "1")]
    doubled += [(f"d{k}", (), ("+", f"d{k - 1}", f"d{k - 1}")) for k in range(1, 60)]  # type: ignore[misc]
    claim = goal(("=", "d59", "d59"), definitions=tuple(doubled))
    assert code_of(lambda: prove(claim, COMBINE)) == "TOO_LARGE"


def nested(count: int, term: Any, *parts: str) -> Any:
    for _ in range(count):
        term = (*parts, term)
    return term


@pytest.mark.parametrize(
    "term",
    [
        nested(60, "1", "app", ("lambda", "real", ("+", "#0", "#0"))),  # type: ignore[arg-type]
        ("^", ("^", ("^", ("^", "2", "64"), "64"), "64"), "64"),
        ("^", ("^", "x", "64"), "64"),
        ("^", ("+", *(("^", "x", str(k)) for k in range(60)), *"xyz"), "60"),
        ("sum", "1", "1000", "#0"),
        nested(4, ("*", "#0", "#1", "#2", "#3"), "sum", "1", "300"),  # type: ignore[arg-type]
        ("sum", "x", ("+", "x", "400"), "#0"),
        ("sum_mod", "1000", "1"),
        ("+", *(f"1/{10**390 + k}" for k in range(200))),
    ],
)
def test_work_is_limited(term: Any) -> None:
    claim = goal(("=", term, term), names={"x": "integer", "y": "real", "z": "real"})
    attempt = lambda: prove(claim, COMBINE, {"x": "0", "y": "0", "z": "0"})  # noqa: E731
    assert code_of(attempt) == "TOO_LARGE"


def test_a_hypothesis_must_be_defined_given_those_before_it() -> None:
    bounded = ("<=", ("/", "1", "x"), "2")
    first = goal(("<", "0", "x"), ("<", "0", "x"), bounded, names={"x": "real"})
    by_first = {"rule": "assumption", "fact": "h1"}
    assert prove(first, by_first, {"x": "1"}).kind == "proof"
    second = goal(("<", "0", "x"), bounded, ("<", "0", "x"), names={"x": "real"})
    by_second = {"rule": "assumption", "fact": "h2"}
    assert code_of(lambda: prove(second, by_second, {"x": "1"})) == "UNDEFINED"


def test_a_hypothesis_may_be_defined_by_proof() -> None:
    square = ("+", ("*", "x", "x"), ("*", "-2", "x"), "2")
    claim = goal(("=", "1", "1"), ("<=", ("/", "1", square), "2"), names={"x": "real"})
    nonzero = {
        "rule": "rewrite",
        "template": ["!=", "#0", "0"],
        "from": plain(square),
        "to": plain(("+", ("^", ("+", "x", "-1"), "2"), "1")),
        "equal": COMBINE,
        "then": {"rule": "suppose", "as": "no", "then": {"rule": "combine", "items": [
            {"fact": "no"}, {"square": ["+", "x", "-1"]}, {"positive": "1"}]}},
    }  # fmt: skip
    proved = prove(claim, COMBINE, AT_ZERO, [INSPECT], defined=[nonzero])
    assert proved.kind == "proof"


def test_the_witness_must_satisfy_the_hypotheses() -> None:
    claim = goal(FALSE, ("<", "x", "0"), ("<", "0", "x"), names={"x": "real"})
    both = {"rule": "combine", "items": [{"fact": "h1"}, {"fact": "h2"}]}
    assert code_of(lambda: prove(claim, both, {"x": "1"})) == "NOT_SEEN"


def test_lemmas_are_cited_by_hash_from_the_same_run() -> None:
    names = {"x": "real"}
    lemma = goal(("<=", "0", ("*", "x", "x")), ("<", "0", "x"), names=names)
    squared = {"rule": "combine", "items": [{"square": "x"}]}
    cited = f"lemma:{goal_hash(lemma.to_text())}"
    then = {"rule": "combine", "items": [{"fact": "s"}, {"positive": "1"}]}
    claim = goal(("<", "0", "5"))
    proof = use(cited, "s", ["2"], then)
    assert code_of(lambda: prove(claim, proof)) == "UNKNOWN_FACT"
    kernel = Kernel()
    prove(lemma, squared, {"x": "1"}, kernel=kernel)
    accepted = prove(claim, proof, kernel=kernel)
    assert accepted.lemmas == (goal_hash(lemma.to_text()),) and accepted.axioms == ()
    negative = use(cited, "s", ["-2"], then)
    assert code_of(lambda: prove(claim, negative, kernel=kernel)) == "CONDITION"


def test_nothing_is_remembered_of_what_was_refused() -> None:
    kernel = Kernel()
    wrong = goal(FALSE)
    assert code_of(lambda: prove(wrong, COMBINE, kernel=kernel)) == "NOT_STRICT"
    refuted = goal(("<", "1", "0"))
    text = refutation_text(refuted, {}, INSPECT)
    assert kernel.accept(refuted.to_text(), text).kind == "refutation"
    for claim in (wrong, refuted):
        cite = {"rule": "assumption", "fact": f"lemma:{goal_hash(claim.to_text())}"}
        assert code_of(lambda c=claim, p=cite: prove(c, p, kernel=kernel)) == "UNKNOWN_FACT"  # type: ignore[misc]


def test_axioms_are_listed() -> None:
    proof = use("axiom:zero_square", "z", ["0"], COMBINE)
    assert prove(goal(("=", "1", "1")), proof).axioms == ("zero_square",)


REFUTED: dict[str, tuple[Goal, dict[str, Any], Any]] = {
    "a relation": (goal(("<", "x", "0"), names={"x": "real"}), AT_ZERO, INSPECT),
    "an equation": (goal(("=", "x", "1"), names={"x": "real"}), AT_ZERO, INSPECT),
    "another": (goal(("!=", "x", "0"), names={"x": "real"}), AT_ZERO, COMBINE),
    "not at most": (goal(("<=", "1", "x"), names={"x": "real"}), AT_ZERO, INSPECT),
    "and": (
        goal(("and", ("=", "x", "0"), ("<", "x", "0")), names={"x": "real"}), AT_ZERO,
        {"rule": "choose", "part": "2", "proof": INSPECT}),
    "or": (
        goal(("or", ("=", "x", "1"), ("<", "x", "0")), names={"x": "real"}), AT_ZERO, INSPECT),
    "implies": (
        goal(("implies", ("=", "x", "0"), ("<", "x", "0")), names={"x": "real"}), AT_ZERO,
        INSPECT),
    "for all": (
        goal(forall("real", ("<", "#0", "1"))), {},
        {"rule": "exists", "values": ["2"], "then": INSPECT}),
    "there is": (
        goal(("exists", "real", ("<", ("^", "#0", "2"), "0"))), {}, intro(INSPECT, ("y",))),
    "of functions": (
        goal(("=", ("app", "f", "1"), ("app", "f", "2")),
             names={"f": ("function", ("integer",), "real")}),
        {"f": ("table", "1", "3", "4")}, INSPECT),
    "of vectors": (
        goal(("<=", ("inner", "u", "u"), "1"), names={"d": "size", "u": ("vector", "d")}),
        {"d": "2", "u": ("vector", "1", "1")}, INSPECT),
    "undefined": (
        goal(("=", ("/", "x", "x"), "1"), names={"x": "real"}), AT_ZERO,
        {"rule": "undefined", "part": "1", "obligation": "0", "proof": COMBINE}),
    "undefined on the right": (
        goal(("<=", "0", ("sqrt", ("+", "x", "-1"))), names={"x": "real"}), AT_ZERO,
        {"rule": "undefined", "part": "2", "obligation": "0", "proof": INSPECT}),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUTED)
def test_accepts_a_refutation(name: str) -> None:
    assert refute(*REFUTED[name]).kind == "refutation"


@pytest.mark.parametrize(
    ("code", "claim", "values", "proof"),
    [
        ("NOT_SEEN", goal(("<=", "x", "0"), names={"x": "real"}), AT_ZERO, INSPECT),
        ("MALFORMED", goal(("<", "x", "0"), names={"x": "real"}), {}, INSPECT),
        ("UNSUPPORTED", goal(FALSE), {}, INSPECT),
        ("UNSUPPORTED", goal(("differentiable", "f"), names={
            "f": ("function", (("vector", "1"),), "real")}),
         {"f": ("lambda", ("vector", "1"), "0")}, INSPECT),
        ("WRONG_GOAL", goal(("or", ("=", "1", "2"), ("=", "1", "3"))), {},
         {"rule": "undefined", "part": "1", "obligation": "0", "proof": COMBINE}),
        ("WRONG_GOAL", REFUTED["undefined"][0], AT_ZERO,
         {"rule": "undefined", "part": "3", "obligation": "0", "proof": COMBINE}),
        ("MALFORMED", REFUTED["undefined"][0], AT_ZERO,
         {"rule": "undefined", "part": "1", "obligation": "1", "proof": COMBINE}),
        ("MALFORMED", REFUTED["undefined"][0], AT_ZERO,
         {"rule": "undefined", "part": "2", "obligation": "0", "proof": COMBINE}),
        ("NOT_EQUAL", REFUTED["undefined"][0], {"x": "1"},
         {"rule": "undefined", "part": "1", "obligation": "0", "proof": COMBINE}),
        # What is undefined inside an empty sum does no harm.
        ("MALFORMED", goal(("=", ("sum", "1", "0", ("/", "1", "0")), "0")), {},
         {"rule": "undefined", "part": "1", "obligation": "1", "proof": COMBINE}),
    ],
)  # fmt: skip
def test_refuses_a_refutation(code: str, claim: Goal, values: Any, proof: Any) -> None:
    assert code_of(lambda: refute(claim, values, proof)) == code


@pytest.mark.parametrize(
    "proof", [{"rule": "rewrite"}, {"rule": "combine", "items": [[]]}, {"rule": []}, "combine", []]
)
def test_data_of_the_wrong_kind_are_refused(proof: Any) -> None:
    assert code_of(lambda: prove(IDENTITY, proof, AT_ZERO)) in ("MALFORMED", "UNKNOWN_RULE")


def test_terms_of_impossible_shape_are_refused() -> None:
    shapes: list[Any] = [
        (("=",), "x"), ("app",), ("app", ("lambda",), "x"), ("sum", "1"), ("matrix", "2"),
        ("/", "x"), ("vector",), ("rows", "x"), ("rows", ("row",)), ("table", "0"), ("cycle",),
        ("app", ("cycle",), "0"), ("app", ("table", "x", "1"), "0"), ("gradient", "x", "x"),
        ("entry", "x"), ("mod", "0", "1"), ("mod", "x", "1"), ("lambda", "real", "#0"), "#0",
        ("lift", "1"), ("delta", "1", "x"), ("zero", "x"), ("matmul", "x", "x"), ("inner", "x"),
        ("norm", "x"), ("sum_mod", "0", "1"), ("^", "x", "x"), ("^", "x", "65"), ("row", "1"),
    ]  # fmt: skip
    for shape in shapes:
        for claim in (goal(("=", shape, shape), names={"x": "real"}), goal(shape, names={})):
            assert code_of(lambda c=claim: prove(c, COMBINE, AT_ZERO)) in ("ILL_TYPED", "MALFORMED")  # type: ignore[misc]


def answers(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str) -> Any:
    stream = io.TextIOWrapper(io.BytesIO(text.encode("utf-8", "surrogateescape")))
    monkeypatch.setattr(sys, "stdin", stream)
    runpy.run_module("therefore.kernel", run_name="__main__")
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_process_answers_each_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    line = json.dumps({"goal": json.loads(TEXT), "certificate": json.loads(PROOF)})
    lines = [line, "{}", "not JSON", "\udcff", line.replace('"proof": {', '"proof": {"a": 1, ')]
    first, *others = answers(monkeypatch, capsys, "\n".join(lines) + "\n")
    assert first == {
        "accepted": True, "kind": "proof", "goal": HASH, "lemmas": [], "axioms": [],
    }  # fmt: skip
    assert len(others) == 4
    for other in others:
        assert other["accepted"] is False and other["code"] == "MALFORMED" and other["where"]


def test_the_process_refuses_a_key_that_stands_twice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    line = '{"goal":' + TEXT + ',"certificate":' + PROOF.replace(
        '"kind": "proof"', '"kind": "refutation", "kind": "proof"') + "}\n"  # fmt: skip
    (answer,) = answers(monkeypatch, capsys, line)
    assert answer["code"] == "MALFORMED"


def test_the_format_is_named() -> None:
    assert FORMAT == "therefore-1"


@pytest.mark.parametrize(
    ("code", "error"), [("MALFORMED", KeyError("x")), ("TOO_LARGE", RecursionError())]
)
def test_whatever_breaks_is_a_refusal(
    code: str, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should a rule fail in a way that nobody foresaw, the certificate is not accepted."""

    def broken(*_: Any) -> None:
        raise error

    monkeypatch.setitem(RULES, "inspect", (broken, "rule", ""))
    assert code_of(lambda: prove(IDENTITY, INSPECT, AT_ZERO)) == code


def test_importing_the_process_does_not_run_it() -> None:
    module = importlib.import_module("therefore.kernel.__main__")
    assert callable(module.main)
