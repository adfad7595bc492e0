"""The rules of logic: what each accepts, and a refusal for each code that it can raise."""

from __future__ import annotations

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
    plain,
    prove,
    use,
)

from therefore.kernel import Rejected

X_IS_REAL: dict[str, Any] = {"x": "real"}
AT_ZERO = {"x": "0"}
BY_H1 = {"rule": "assumption", "fact": "h1"}
POSITIVE = ("<", "0", "x")
SQUARE = ("<=", "0", ("*", "x", "x"))
EXPANDED = ("<=", "0", ("+", ("*", "x", "x"), ("*", "-2", "x"), "1"))
CORNER = ("mod", "2", "0")
SUM_OF_SQUARES = {"rule": "combine", "items": [{"square": "x"}]}
VECTORS: dict[str, Any] = {"d": "size", "u": ("vector", "d")}
REAL_FUNCTION = ("function", ("real",), "real")
UNDEFINED_NUMBER = ("app", ("lambda", "real", "0"), ("/", "1", "0"))
EMPTY_SUM = ("=", ("sum", "5", "#0", "1"), "0")
UNDEFINED = ("=", ("/", "1", "x"), ("/", "1", "x"))


def rule(name: str, /, **parts: Any) -> dict[str, Any]:
    return {"rule": name, **plain(parts)}


def on_reals(proof: Any, conclusion: Any, *hypotheses: Any) -> Any:
    return prove(goal(conclusion, *hypotheses, names=X_IS_REAL), proof, AT_ZERO)


def at_one(proof: Any, conclusion: Any, *hypotheses: Any) -> Any:
    return prove(goal(conclusion, *hypotheses, names=X_IS_REAL), proof, {"x": "1"})


ALL_DOUBLE = forall("real", ("=", ("+", "#0", "#0"), ("*", "2", "#0")))
DOUBLED = intro(COMBINE, ("y",))
STEP = {"items": [{"fact": "m_ih"}]}
UP_TO_FIVE = between("0", "5", ("<=", "0", "#0"))
INDUCTION = rule("induction", index="m", base=INSPECT, step=INSPECT)
UNBOUNDED = ("forall", "integer", ("implies", ("<=", "1", "#0"), ("<=", "0", "#0")))
MATRIX = ("matrix", "2", "2")
MATRICES = {"A": MATRIX, "B": MATRIX}
ZERO_MATRIX = ("rows", ("row", "0", "0"), ("row", "0", "0"))
ONE_MATRIX = ("rows", ("row", "1", "0"), ("row", "0", "1"))
EQUAL_MATRICES = {"A": ZERO_MATRIX, "B": ZERO_MATRIX}
BY_ENTRIES = rule("enumerate", proofs=[COMBINE] * 4)
DOUBLE_A = ("=", ("+", "A", "A"), ("*", "2", "A"))
ENTRY = ("=", ("entry", "A", "0", "1"), ("entry", "B", "0", "1"))

ACCEPTED = {
    "assumption": lambda: at_one(BY_H1, POSITIVE, POSITIVE),
    "assumption: a part of a conjunction": lambda: at_one(
        rule("assumption", fact="h1_2"), POSITIVE, ("and", ("<", "x", "2"), POSITIVE),
    ),
    "inspect": lambda: at_one(INSPECT, ("<", "0", ("*", "2", "x")), POSITIVE),
    "inspect: an absolute value that is not zero": lambda: prove(
        goal(("<", "0", ("abs", "x")), ("!=", "x", "0"), names=X_IS_REAL), INSPECT, {"x": "1"}),
    "inspect: and, or": lambda: at_one(
        INSPECT, ("and", ("or", ("<", "x", "0"), ("!=", "x", "0")), ("=", "x", "x")), POSITIVE,
    ),
    "have": lambda: on_reals(have(SQUARE, "s", SUM_OF_SQUARES, {"rule": "combine", "items": [
        {"fact": "s"}, {"positive": "1"}]}), ("<", "0", ("+", "1", ("*", "x", "x")))),
    "use": lambda: prove(
        goal(("=", ("+", "x", "x"), ("*", "2", "x")), ALL_DOUBLE, names=X_IS_REAL),
        use("h1", "s", ["x"], rule("assumption", fact="s")), AT_ZERO, [DOUBLED],
    ),
    "use: with a condition": lambda: prove(
        goal(("=", "x", "3"), ("implies", POSITIVE, ("=", "x", "3")), POSITIVE, names=X_IS_REAL),
        use("h1", "s", [], rule("assumption", fact="s")), {"x": "3"},
        [intro(INSPECT, (), ("given",)), INSPECT],
    ),
    "use: with a proof of the condition": lambda: prove(
        goal(("=", "x", "3"), ("implies", EXPANDED, ("=", "x", "3")), names=X_IS_REAL),
        use("h1", "s", [], rule("assumption", fact="s"), rule("combine", items=[
            {"square": ("+", "x", "-1")}])), {"x": "3"},
        [intro(INSPECT, (), ("given",))],
    ),
    "intro": lambda: on_reals(
        intro(INSPECT, ("y",), ("far",)), forall("real", ("implies", ("<", "1", "#0"),
                                                         ("<", "0", "#0"))),
    ),
    "intro: a premise that makes the rest defined": lambda: on_reals(
        intro(INSPECT, (), ("given", "more")),
        ("implies", ("or", ("<", "x", "0"), POSITIVE), ("implies", ("and", POSITIVE, (
            "implies", POSITIVE, UNDEFINED)), ("<", "0", ("/", "1", "x")))),
    ),
    "intro: a premise with quantifiers": lambda: on_reals(
        intro(INSPECT, (), ("given",)),
        ("implies", forall("real", ("exists", "real", ("=", "#0", "#1"))), ("=", "1", "1")),
    ),
    "split": lambda: on_reals(rule("split", parts=[COMBINE, SUM_OF_SQUARES]),
                              ("and", ("=", "x", "x"), SQUARE)),
    "choose": lambda: on_reals(rule("choose", part="2", proof=SUM_OF_SQUARES),
                               ("or", ("=", "x", "3"), SQUARE)),
    "cases": lambda: on_reals(
        rule("cases", on=["x", "0"], less=INSPECT, equal=INSPECT, greater=INSPECT, **{"as": "s"}),
        ("<=", "0", ("abs", "x")),
    ),
    "suppose": lambda: at_one(
        rule("suppose", then=rule("combine", items=[{"fact": "no"}, {"fact": "h1"}]),
             **{"as": "no"}), ("<=", "0", "x"), POSITIVE,
    ),
    "exists": lambda: on_reals(rule("exists", values=[("+", "x", "1")], then=INSPECT),
                               ("exists", "real", ("<", "x", "#0"))),
    "obtain": lambda: prove(
        goal(("<=", "0", "x"), ("exists", "real", ("=", "x", ("*", "#0", "#0"))), names=X_IS_REAL),
        rule("obtain", fact="h1", name="r", then=rule("combine", items=[
            {"fact": "e", "times": "-1"}, {"square": "r"}]), **{"as": "e"}),
        AT_ZERO, [rule("exists", values=["0"], then=COMBINE)],
    ),
    "rewrite": lambda: at_one(
        rule("rewrite", template=("<", "0", "#0"), equal=BY_H1, then=INSPECT,
             **{"from": "x", "to": "1"}), POSITIVE, ("=", "x", "1"),
    ),
    "induction": lambda: on_reals(INDUCTION, UP_TO_FIVE),
    "induction: without an upper end": lambda: on_reals(INDUCTION, UNBOUNDED),
    "enumerate": lambda: on_reals(rule("enumerate", proofs=[INSPECT] * 3),
                                  between("1", "3", ("<", "0", "#0"))),
    "enumerate: residues": lambda: on_reals(
        rule("enumerate", proofs=[COMBINE] * 3),
        forall(("residue", "3"), ("=", ("*", "3", "#0"), "0")),
    ),
    "enumerate: matrices": lambda: prove(goal(DOUBLE_A, names=MATRICES), BY_ENTRIES,
                                         EQUAL_MATRICES),
    "entries": lambda: prove(goal(DOUBLE_A, names=MATRICES),
                             rule("entries", names=["i", "j"], then=COMBINE), EQUAL_MATRICES),
    "entry_of": lambda: prove(
        goal(ENTRY, ("=", "A", "B"), names=MATRICES),
        rule("entry_of", fact="h1", at=["0", "1"], then=rule("combine", items=[{"fact": "e"}]),
             **{"as": "e"}), EQUAL_MATRICES, [BY_ENTRIES],
    ),
    "differ": lambda: prove(
        goal(("!=", "A", "B"),
             ("!=", ("entry", "A", CORNER, CORNER), ("entry", "B", CORNER, CORNER)),
             names=MATRICES), rule("differ", at=["0", "0"], proof=BY_H1),
        {"A": ZERO_MATRIX, "B": ONE_MATRIX},
    ),
}  # fmt: skip

REFUSED = {
    "unknown rule": ("UNKNOWN_RULE", lambda: on_reals(rule("magic"), SQUARE)),
    "no rule": ("UNKNOWN_RULE", lambda: on_reals([], SQUARE)),
    "unknown field": ("MALFORMED", lambda: on_reals(rule("inspect", hint="x"), SQUARE)),
    "missing field": ("MALFORMED", lambda: on_reals(rule("assumption"), SQUARE)),
    "field of another kind": ("MALFORMED", lambda: on_reals(rule("split", parts="x"), SQUARE)),
    "assumption: another": ("WRONG_GOAL", lambda: at_one(BY_H1, SQUARE, POSITIVE)),
    "assumption: unknown": (
        "UNKNOWN_FACT", lambda: on_reals(rule("assumption", fact="h2"), SQUARE)),
    "assumption: no name": (
        "UNKNOWN_FACT", lambda: on_reals(rule("assumption", fact=["h2"]), SQUARE)),
    "assumption: unknown axiom": (
        "UNKNOWN_FACT", lambda: on_reals(rule("assumption", fact="axiom:all"), SQUARE)),
    "assumption: unknown lemma": (
        "UNKNOWN_FACT", lambda: on_reals(rule("assumption", fact="lemma:0"), SQUARE)),
    "inspect: not seen": ("NOT_SEEN", lambda: on_reals(INSPECT, POSITIVE)),
    "inspect: a quantifier": ("NOT_SEEN", lambda: on_reals(INSPECT, ALL_DOUBLE)),
    "inspect: undefined": ("UNDEFINED", lambda: on_reals(INSPECT, UNDEFINED)),
    "inspect: a limit": (
        "NOT_SEEN", lambda: on_reals(INSPECT, ("tends", "#0", "+oo", "1"))),
    "have: ill typed": ("ILL_TYPED", lambda: on_reals(have("x", "s", COMBINE, COMBINE), SQUARE)),
    "have: not proved": (
        "NOT_EQUAL", lambda: on_reals(have(("=", "x", "1"), "s", COMBINE, COMBINE), SQUARE)),
    "have: a label in use": (
        "NAME_TAKEN", lambda: at_one(have(SQUARE, "h1", SUM_OF_SQUARES, BY_H1), SQUARE, POSITIVE)),
    "use: no condition": (
        "CONDITION", lambda: prove(
            goal(("=", "x", "3"), ("implies", EXPANDED, ("=", "x", "3")), names=X_IS_REAL),
            use("h1", "s", [], BY_H1), {"x": "3"})),
    "use: too many terms": (
        "MALFORMED", lambda: at_one(use("h1", "s", ["x"], BY_H1), POSITIVE, POSITIVE)),
    "use: too many conditions": (
        "MALFORMED", lambda: at_one(use("h1", "s", [], BY_H1, COMBINE), POSITIVE, POSITIVE)),
    "use: a term of another sort": (
        "ILL_TYPED", lambda: prove(goal(SQUARE, ALL_DOUBLE, names={**VECTORS, "x": "real"}),
                                   use("h1", "s", ["u"], BY_H1))),
    "use: an undefined term": (
        "UNDEFINED", lambda: on_reals(use("h1", "s", [("/", "1", "x")], BY_H1), SQUARE,
                                      ALL_DOUBLE)),
    "use: a label in use": (
        "NAME_TAKEN", lambda: on_reals(use("h1", "h1", ["x"], BY_H1), SQUARE, ALL_DOUBLE)),
    "intro: nothing to name": ("WRONG_GOAL", lambda: on_reals(intro(INSPECT, ("y",)), SQUARE)),
    "intro: nothing to assume": (
        "WRONG_GOAL", lambda: on_reals(intro(INSPECT, (), ("y",)), SQUARE)),
    "intro: a name in use": ("NAME_TAKEN", lambda: on_reals(intro(COMBINE, ("x",)), ALL_DOUBLE)),
    "intro: a reserved name": (
        "MALFORMED", lambda: on_reals(intro(COMBINE, ("sum",)), ALL_DOUBLE)),
    "intro: an internal name": (
        "MALFORMED", lambda: on_reals(intro(COMBINE, ("%1",)), ALL_DOUBLE)),
    "intro: a label in use": (
        "NAME_TAKEN", lambda: at_one(intro(INSPECT, (), ("h1",)), ("implies", POSITIVE, SQUARE),
                                     POSITIVE)),
    "intro: an undefined premise": (
        "UNDEFINED", lambda: on_reals(intro(INSPECT, (), ("a",)), ("implies", UNDEFINED, SQUARE))),
    "intro: a derivative as premise": (
        "UNSUPPORTED", lambda: on_reals(intro(INSPECT, (), ("a",)),
                                        ("implies", ("has_derivative", "#0", "x", "1"), SQUARE))),
    "split: no conjunction": ("WRONG_GOAL", lambda: on_reals(rule("split", parts=[]), SQUARE)),
    "split: a part is missing": (
        "WRONG_GOAL", lambda: on_reals(rule("split", parts=[COMBINE]), ("and", SQUARE, SQUARE))),
    "choose: no disjunction": (
        "WRONG_GOAL", lambda: on_reals(rule("choose", part="1", proof=INSPECT), SQUARE)),
    "choose: no such part": (
        "WRONG_GOAL", lambda: on_reals(rule("choose", part="3", proof=INSPECT),
                                       ("or", SQUARE, SQUARE))),
    "choose: a foreign digit": (
        "WRONG_GOAL", lambda: on_reals(rule("choose", part="²", proof=INSPECT),
                                       ("or", SQUARE, SQUARE))),
    "choose: the other part is undefined": (
        "UNDEFINED", lambda: on_reals(rule("choose", part="1", proof=SUM_OF_SQUARES),
                                      ("or", SQUARE, UNDEFINED))),
    "cases: not on two": (
        "MALFORMED", lambda: on_reals(
            rule("cases", on=["x"], less=INSPECT, equal=INSPECT, greater=INSPECT,
                 **{"as": "s"}), SQUARE)),
    "cases: undefined": (
        "UNDEFINED", lambda: on_reals(
            rule("cases", on=[("/", "1", "x"), "0"], less=INSPECT, equal=INSPECT, greater=INSPECT,
                 **{"as": "s"}), SQUARE)),
    "cases: on vectors": (
        "ILL_TYPED", lambda: prove(
            goal(("=", "1", "1"), names=VECTORS),
            rule("cases", on=["u", "u"], less=COMBINE, equal=COMBINE, greater=COMBINE,
                 **{"as": "s"}))),
    "cases: one case fails": (
        "NOT_SEEN", lambda: on_reals(
            rule("cases", on=["x", "0"], less=INSPECT, equal=INSPECT, greater=INSPECT,
                 **{"as": "s"}), ("<=", "0", "x"))),
    "suppose: no relation": (
        "WRONG_GOAL", lambda: on_reals(rule("suppose", then=COMBINE, **{"as": "n"}), ALL_DOUBLE)),
    "suppose: undefined": (
        "UNDEFINED", lambda: on_reals(rule("suppose", then=COMBINE, **{"as": "n"}), UNDEFINED)),
    "exists: no such goal": (
        "WRONG_GOAL", lambda: on_reals(rule("exists", values=["x"], then=COMBINE), SQUARE)),
    "exists: an undefined value": (
        "UNDEFINED", lambda: on_reals(rule("exists", values=[("/", "1", "x")], then=COMBINE),
                                      ("exists", "real", ("=", "1", "1")))),
    "exists: another sort": (
        "ILL_TYPED", lambda: on_reals(rule("exists", values=["1/2"], then=COMBINE),
                                      ("exists", "integer", ("=", ("*", "2", "#0"), "1")))),
    "obtain: no such fact": (
        "WRONG_GOAL", lambda: at_one(
            rule("obtain", fact="h1", name="r", then=COMBINE, **{"as": "e"}), SQUARE, POSITIVE)),
    "obtain: a name in use": (
        "NAME_TAKEN", lambda: on_reals(
            rule("obtain", fact="h1", name="x", then=COMBINE, **{"as": "e"}), ("=", "x", "0"),
            ("exists", "real", ("=", "#0", "0")))),
    "rewrite: not the goal": (
        "WRONG_GOAL", lambda: at_one(
            rule("rewrite", template=("<", "#0", "0"), equal=BY_H1, then=INSPECT,
                 **{"from": "x", "to": "1"}), POSITIVE, ("=", "x", "1"))),
    "rewrite: not equal": (
        "NOT_EQUAL", lambda: on_reals(
            rule("rewrite", template=("<", "0", "#0"), equal=COMBINE, then=INSPECT,
                 **{"from": "x", "to": "1"}), POSITIVE)),
    "rewrite: another sort": (
        "ILL_TYPED", lambda: prove(
            goal(POSITIVE, names={**VECTORS, "x": "real"}),
            rule("rewrite", template=("<", "0", "#0"), equal=COMBINE, then=INSPECT,
                 **{"from": "x", "to": "u"}))),
    "rewrite: inside a size": (
        "ILL_TYPED", lambda: prove(
            goal(("=", "u", ("zero", "d")), ("=", "d", "2"), names=VECTORS),
            rule("rewrite", template=("=", "u", ("zero", "#0")), equal=BY_H1, then=INSPECT,
                 **{"from": "d", "to": "2"}))),
    "inspect: a bound that divides": (
        "NOT_SEEN", lambda: prove(
            goal(("<=", "0", ("+", "m", ("-", ("sum", "1", "m", ("/", "1", "#0"))))),
                 ("<=", "3", "m"), names={"m": "integer"}), INSPECT, {"m": "3"})),
    "induction: no premise": (
        "WRONG_GOAL", lambda: on_reals(INDUCTION, forall("integer", ("=", "#0", "#0")))),
    "induction: no range": ("WRONG_GOAL", lambda: on_reals(INDUCTION, ALL_DOUBLE)),
    "induction: an end with the index in it": (
        "WRONG_GOAL", lambda: on_reals(INDUCTION, between("0", ("+", "#0", "1"), FALSE))),
    "induction: a name in use": (
        "NAME_TAKEN", lambda: on_reals({**INDUCTION, "index": "x"}, UP_TO_FIVE)),
    "induction: an undefined end": (
        "UNDEFINED", lambda: on_reals(INDUCTION, between("0", UNDEFINED_NUMBER, FALSE))),
    "induction: a sum whose range may be reversed": (
        "UNDEFINED", lambda: on_reals(INDUCTION, between("1", "1", EMPTY_SUM))),
    "enumerate: a sum whose range may be reversed": (
        "UNDEFINED", lambda: on_reals(rule("enumerate", proofs=[COMBINE]),
                                      between("1", "1", EMPTY_SUM))),
    "exists: a sum whose range may be reversed": (
        "UNDEFINED", lambda: on_reals(rule("exists", values=["1"], then=COMBINE),
                                      ("exists", "integer", EMPTY_SUM))),
    "induction: the step fails": (
        "NOT_EQUAL", lambda: on_reals({**INDUCTION, "step": rule("combine", **STEP)}, UP_TO_FIVE)),
    "induction: the base fails": (
        "NOT_SEEN", lambda: on_reals(INDUCTION, between("-1", "5", ("<=", "0", "#0")))),
    "enumerate: no range": ("WRONG_GOAL", lambda: on_reals(rule("enumerate", proofs=[]), SQUARE)),
    "enumerate: no upper end": (
        "WRONG_GOAL", lambda: on_reals(rule("enumerate", proofs=[]), UNBOUNDED)),
    "enumerate: an end that is no number": (
        "WRONG_GOAL", lambda: prove(
            goal(between("1", "n", FALSE), names={"n": "integer"}),
            rule("enumerate", proofs=[]), {"n": "1"})),
    "enumerate: too many": (
        "WRONG_GOAL", lambda: on_reals(rule("enumerate", proofs=[]), between("1", "2000", FALSE))),
    "enumerate: a size that is no number": (
        "WRONG_GOAL", lambda: prove(
            goal(forall(("residue", "d"), FALSE), names=VECTORS), rule("enumerate", proofs=[]))),
    "enumerate: a proof is missing": (
        "MALFORMED", lambda: on_reals(rule("enumerate", proofs=[INSPECT] * 2),
                                      between("1", "3", ("<", "0", "#0")))),
    "entries: no matrices": (
        "WRONG_GOAL", lambda: on_reals(rule("entries", names=["i", "j"], then=COMBINE), SQUARE)),
    "entries: one name": (
        "WRONG_GOAL", lambda: prove(goal(DOUBLE_A, names=MATRICES),
                                    rule("entries", names=["i"], then=COMBINE), EQUAL_MATRICES)),
    "entries: a name in use": (
        "NAME_TAKEN", lambda: prove(goal(DOUBLE_A, names=MATRICES),
                                    rule("entries", names=["i", "i"], then=COMBINE))),
    "entry_of: no matrices": (
        "WRONG_GOAL", lambda: at_one(
            rule("entry_of", fact="h1", at=["0", "0"], then=COMBINE, **{"as": "e"}), SQUARE,
            POSITIVE)),
    "entry_of: another sort": (
        "ILL_TYPED", lambda: prove(
            goal(ENTRY, ("=", "A", "B"), names=MATRICES),
            rule("entry_of", fact="h1", at=["0", "1/2"], then=BY_H1, **{"as": "e"}))),
    "differ: no matrices": (
        "WRONG_GOAL", lambda: on_reals(rule("differ", at=["0", "0"], proof=COMBINE), SQUARE)),
    "differ: undefined": (
        "UNDEFINED", lambda: prove(
            goal(("!=", "A", ("matrix", "2", "2", ("/", "1", ("lift", "#0")))),
                 names=MATRICES), rule("differ", at=["0", "1"], proof=COMBINE))),
}  # fmt: skip


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(name: str) -> None:
    assert ACCEPTED[name]().kind == "proof"


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    code, attempt = REFUSED[name]
    with pytest.raises(Rejected) as refusal:
        attempt()
    assert refusal.value.code == code, refusal.value
