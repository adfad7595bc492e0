"""A certificate in one line: what the proof turns on, and by which hypotheses."""

from __future__ import annotations

from typing import Any

import pytest
from regret_sample import LEMMA, NOTATION, PROOF, STEP_PROOFS, STEPS, goal, proof_from_steps

from therefore.goal import Goal
from therefore.kernel import goal_hash
from therefore.writing.proofs import Cited, certificate_line, certificate_line_latex

REAL = Goal((("x", "real"), ("y", "real")), (), (), ("<=", ("*", "2", "x", "y"), "x"))


def line(goal: Goal, proof: dict[str, Any], lemmas: dict[str, Cited] | None = None) -> str:
    """The line of a proof."""
    return certificate_line(goal, NOTATION, {"kind": "proof", "proof": proof}, lemmas or {})


def test_a_square_and_two_equations() -> None:
    """Equations add nothing and are named, in their order."""
    said = "RHS − LHS = 1/(2η)·‖w_{T+1} − w*‖² ≥ 0, by h2 and h3"
    assert line(LEMMA, PROOF) == said


def test_latex() -> None:
    """The same line in LaTeX, its mathematics between dollars."""
    said = certificate_line_latex(LEMMA, NOTATION, {"proof": PROOF}, {})
    formula = r"\frac{1}{2 \eta} \lVert w_{T+1} - w^*\rVert^{2} \ge 0$, by h2 and h3"
    assert said == r"$\mathrm{RHS} - \mathrm{LHS} = " + formula


def test_lemmas_lend_their_own_certificates() -> None:
    """A claim that its derivation proves shows the square of the step that it turns on."""
    lemmas = {
        goal_hash(step.to_text()): Cited(f"way.{k}", step, {"proof": proof})
        for k, (step, proof) in enumerate(zip(STEPS, STEP_PROOFS, strict=True), start=1)
    }
    assert line(LEMMA, proof_from_steps(), lemmas) == line(LEMMA, PROOF)


def test_lemma_without_a_certificate_is_named() -> None:
    """Of a lemma whose certificate is not at hand its slack stands in brackets, or in full."""
    lemmas = {
        goal_hash(step.to_text()): Cited(f"way.{k}", step) for k, step in enumerate(STEPS, start=1)
    }
    assert line(LEMMA, proof_from_steps(), lemmas) == "RHS − LHS = [way.2] ≥ 0, by way.1 and way.2"


SLOPE_OF_SQUARE = ("has_derivative", ("^", "#0", "2"), "x", ("*", "2", "x"))
SLOPE = Goal((("x", "real"),), (), (), SLOPE_OF_SQUARE)
IDENTITY = {"rule": "combine"}
SQUARE = {"rule": "combine", "items": [{"square": ["+", "x", ["-", "y"]], "times": "3"}]}
BOX = {"rule": "box", "bits": "64", "within": []}
SQUARE_MATRIX = (("n", "size"), ("A", ("matrix", "n", "n")), ("u", ("vector", "n")))
MATRIX = Goal(SQUARE_MATRIX, (), (), ("invertible", "A"))
SLACK = {"rule": "combine", "items": [{"fact": "h1", "times": "eta"}]}


@pytest.mark.parametrize(
    ("goal", "proof", "said"),
    [
        (REAL, IDENTITY, "both sides have the same normal form"),
        (REAL, SQUARE, "RHS − LHS = 3(x − y)² ≥ 0"),
        (REAL, {"rule": "inspect"}, "seen by inspection"),
        (REAL, {"rule": "assumption", "fact": "h1"}, "by h1"),
        (goal(("<=", "0", "eta")), SLACK, "RHS − LHS = η·η ≥ 0, by h1"),
        (goal(("<", "0", "eta")), SLACK, "RHS − LHS = η·η > 0, by h1"),
        (
            REAL,
            {"rule": "cases", "on": ["x", "0"], "as": "s", "less": SQUARE, "equal": SQUARE,
             "greater": IDENTITY},
            "by cases x < 0, x = 0, 0 < x: RHS − LHS = 3(x − y)² ≥ 0",
        ),
        (REAL, {"rule": "suppose", "as": "s", "then": {"rule": "assumption", "fact": "s"}},
         "by contradiction: by the contrary"),
        (
            Goal((("T", "size"),), (), (), ("forall", "integer", ("implies", ("<=", "1", "#0"),
                 ("<=", "0", ("^", "#0", "2"))))),
            {"rule": "induction", "index": "m", "base": IDENTITY,
             "step": {"rule": "combine", "items": [{"fact": "m_ih"}, {"square": "m"}]}},
            "by induction on m from 1; base: both sides have the same normal form; "
            "step: RHS − LHS = m² + m² ≥ 0, by the induction hypothesis",
        ),
        (
            Goal((), (), (), ("exists", "real", ("=", ("*", "2", "#0"), "1"))),
            {"rule": "exists", "values": ["1/2"], "then": IDENTITY},
            "take 1/2; both sides have the same normal form",
        ),
        (REAL, {"rule": "have", "fact": ["<=", "0", "x"], "as": "a", "proof": IDENTITY,
                "then": {"rule": "combine", "items": [{"fact": "a"}]}},
         "RHS − LHS = x ≥ 0, by 0 ≤ x"),
        (
            SLOPE,
            {"rule": "quotient", "quotient": ["+", "#0", "x"], "name": "z", "identity": IDENTITY,
             "value": IDENTITY},
            "the difference quotient is z + x, which is continuous",
        ),
        (
            Goal((), (), (), ("not", ("<", "1", "0"))),
            {"rule": "deny", "proof": {"rule": "inspect"}},
            "seen by inspection",
        ),
        (REAL, BOX, "by rational enclosures over the whole box"),
        (
            REAL,
            {"rule": "cases", "on": ["x", "0"], "as": "s", "less": BOX, "equal": BOX,
             "greater": {"rule": "cases", "on": ["x", "1"], "as": "r", "less": BOX, "equal": BOX,
                         "greater": BOX}},
            "by rational enclosures over the pieces of a box",
        ),
        (
            MATRIX,
            {"rule": "two_sided", "inverse": ["transpose", "A"], "right": IDENTITY,
             "left": IDENTITY},
            "its inverse is Aᵀ",
        ),
        (MATRIX, {"rule": "undoes"}, "by the definition of the inverse"),
        (
            MATRIX,
            {"rule": "singular", "vector": "u", "nonzero": IDENTITY, "zero": IDENTITY},
            "it takes u, which is not 0, to 0",
        ),
        (MATRIX, {"rule": "differ", "at": ["0", "1"], "proof": IDENTITY},
         "the entries at (0, 1) differ"),
        (MATRIX, {"rule": "differ", "at": ["0", "1"], "proof": BOX},
         "the entries at (0, 1) differ: by rational enclosures over the whole box"),
        (MATRIX, {"rule": "everywhere", "name": "z"}, "by the rules of derivatives"),
        (REAL, {"rule": "a rule of a later version"}, ""),
    ],
)  # fmt: skip
def test_line(goal: Goal, proof: dict[str, Any], said: str) -> None:
    """Each rule says what it does."""
    assert line(goal, proof) == said


def test_the_goal_s_own_names_and_where_a_fact_is_used() -> None:
    """A definition's name stands for its body; a fact that is used twice says where."""
    body = ("+", "x", ("exp", "y"))
    sums = ("+", *(("exp", ("*", str(k), "#0")) for k in range(3, 12)))
    known = ("forall", "real", ("<=", sums, ("exp", ("exp", ("*", "2", "#0")))))
    defined = Goal(REAL.declarations, (("z", (), body),), (known,), REAL.conclusion)
    terms = ["+", "x", ["exp", "y"]]
    items = [{"fact": "h1", "with": [terms]}, {"fact": "h1", "with": ["y"]}, {"square": terms}]
    said = "RHS − LHS = [h1 at z] + [h1 at y] + z² ≥ 0, by h1"
    assert line(defined, {"rule": "combine", "items": items}) == said


VECTORS = (("d", "size"), ("u", ("vector", "d")), ("v", ("vector", "d")))
FUNCTION = ("f", ("function", (("vector", "d"),), "real"))
POINT = ("x_1", (), ("+", "u", ("-", ("gradient", "f", "u"))))
SECOND = ("x_2", (), ("+", "x_1", ("-", ("gradient", "f", "x_1"))))
STEPPED = Goal((*VECTORS, FUNCTION), (POINT, SECOND), (), ("<=", ("app", "f", "x_2"), "0"))


def test_definitions_are_put_back() -> None:
    """The certificate speaks of bodies, in any form; the line of the names that they were given."""
    first = ["+", ["-", ["gradient", "f", "u"]], "u"]
    second = ["+", first, ["-", ["gradient", "f", first]]]
    square = ["+", ["gradient", "f", second], ["gradient", "f", ["+", first, "v"]]]
    proof = {"rule": "combine", "items": [{"square": square}, {"positive": ["app", "f", first]}]}
    said = "RHS − LHS = ‖∇f(x_2) + ∇f(−∇f(u) + u + v)‖² + f(x_1) ≥ 0"
    assert line(STEPPED, proof) == said


def test_nothing_times_anything_is_no_part() -> None:
    items = [{"positive": "x"}, {"square": "1", "times": "0"}]
    assert line(REAL, {"rule": "combine", "items": items}) == "RHS − LHS = x ≥ 0"


def test_cauchy_and_schwarz_are_named() -> None:
    """What is shown by cases is called by its name; the same for −v is said where it is used."""
    goal = Goal(VECTORS, (), (), ("<=", ("inner", "u", "v"), "0"))

    def shown(other: Any, label: str, then: Any) -> Any:
        fact = ["<=", ["inner", "u", other], ["*", ["norm", "v"], ["norm", "u"]]]
        return {"rule": "have", "fact": fact, "as": label, "proof": SQUARE, "then": then}

    used = {"rule": "combine", "items": [{"fact": "less", "times": "2"}]}
    first, second = "⟨u, v⟩ ≤ ‖v‖·‖u‖", "⟨u, −v⟩ ≤ ‖v‖·‖u‖"
    why = "(by Cauchy and Schwarz); then"
    square = line(goal, SQUARE)
    assert line(goal, shown("v", "more", SQUARE)) == f"{first} {why} {square}"
    both = shown("v", "more", shown(["-", "v"], "less", SQUARE))
    assert line(goal, both) == f"{first} {why} {square}"
    both = shown("v", "more", shown(["-", "v"], "less", used))
    slack = "RHS − LHS = 2(‖v‖·‖u‖ − ⟨u, −v⟩) ≥ 0, by this"
    assert line(goal, both) == f"{first} {why} {second} {why} {slack}"
    other = shown(["+", "u", "v"], "more", SQUARE)  # no such bound
    assert "Cauchy" not in line(goal, other)
