"""What documents say of matrices: in sentences, in conditions, and beside a claim."""

from __future__ import annotations

import pytest

from therefore.reading.latex.document import Document

SQUARE = r"Let $A, B \in \mathbb{R}^{n\times n}$. "
A_IS_INVERTIBLE = ("invertible", "A")
SYMMETRIC = ("=", ("transpose", "A"), "A")
COMMUTE = ("=", ("matmul", "A", "B"), ("matmul", "B", "A"))


def read(text):
    """The document of a text; nothing in it is refused."""
    document = Document("test.tex", None)
    document.read(text)
    assert document.errors == []
    return document


@pytest.mark.parametrize(
    ("sentence", "assumed"),
    [
        (r"Suppose $(A+B)^{-1}$ exists.", [("invertible", ("+", "A", "B"))]),
        (r"Suppose $A^{-1}$ and $B^{-1}$ exist.", [A_IS_INVERTIBLE, ("invertible", "B")]),
        (r"Suppose $A$ and $B$ commute.", [COMMUTE]),
        (r"Let $A$ and $B$ be commuting matrices.", [COMMUTE]),
        (r"Suppose $n$ is odd.", [("=", ("power", "-1", "n"), "-1")]),
        (r"Let $u \in \mathbb{R}^n$ be a unit vector.", [("=", ("inner", "u", "u"), "1")]),
        (r"Let $k \in \mathbb{N}$, $k \ge 1$.", [("<=", "1", "k")]),
        (r"Let $k \ge 1$ be a natural number.", [("<=", "1", "k")]),
        (r"Let $C \in \mathbb{R}^{m\times m}$ and $D \in \mathbb{R}^{m\times m}$ be invertible.",
         [("invertible", "C"), ("invertible", "D")]),
        (r"Let $C, D \in \mathbb{R}^{m\times m}$ such that $C$ is invertible.",
         [("invertible", "C")]),
        (r"Let $C, D \in \mathbb{R}^{m\times m}$ such that $C$ and $D$ are invertible.",
         [("invertible", "C"), ("invertible", "D")]),
        (r"Let $C$ be a matrix in $\mathbb{R}^{m\times m}$, $C^2 = C$.",
         [("=", ("matmul", "C", "C"), "C")]),
    ],
)  # fmt: skip
def test_sentences_about_matrices(sentence, assumed):
    assert read(SQUARE + sentence).names.hypotheses == assumed


@pytest.mark.parametrize("strict", [True, False])
def test_an_order_of_matrices_is_one_of_their_forms(strict):
    sign = r"\succ" if strict else r"\succeq"
    same, form = read(SQUARE + rf"Suppose $A {sign} 0$.").names.hypotheses
    assert same == SYMMETRIC
    assert (form[2][0] == "implies") is strict
    claim = read(SQUARE + rf"Then $A {sign} B$.").tasks[0].goal.conclusion
    assert claim[0] == "and" and claim[2][0] == "forall"


@pytest.mark.parametrize(
    "sentence",
    [
        r"If $A$ is invertible, then $A = B$.",
        r"Then $A = B$ for invertible $A$.",
        r"Then $A = B$ for all invertible $A$.",
        r"Then $A = B$ if $A^{-1}$ exists.",
    ],
)
def test_conditions_in_words_are_those_of_their_claim(sentence):
    document = read(SQUARE + sentence + " Then $B = A$.")
    assert document.tasks[0].goal.hypotheses == (A_IS_INVERTIBLE,)
    assert document.tasks[1].goal.hypotheses == ()


@pytest.mark.parametrize(
    ("line", "assumed"),
    [
        (r"A = B\ (A = A^T)", (("=", "A", ("transpose", "A")),)),
        (r"A = B\ (A\ \mathrm{symmetric})", (SYMMETRIC,)),
        (r"A = B\ \ (A\ \mathrm{not\ symmetric})", (("!=", *SYMMETRIC[1:]),)),
        (r"A = B,\quad (A, B\ \mathrm{invertible})", (A_IS_INVERTIBLE, ("invertible", "B"))),
    ],
)
def test_a_condition_in_brackets_after_a_claim(line, assumed):
    (task,) = read(SQUARE + rf"\[ {line} \]").tasks
    assert task.goal.hypotheses == assumed
    assert task.goal.conclusion == ("=", "A", "B")


def test_words_before_an_implication():
    (task,) = read(SQUARE + r"\[ AB = BA,\ n\ \mathrm{odd} \Rightarrow A = B \]").tasks
    odd = ("=", ("power", "-1", "n"), "-1")
    assert task.goal.conclusion == ("implies", ("and", COMMUTE, odd), ("=", "A", "B"))


def test_definitions_after_a_claim_are_its_own():
    text = SQUARE + r"\[ E + F = A,\ E = A + F,\ F = B \] Then $A = B$."
    first, second = read(text).tasks
    assert [name for name, _, _ in first.goal.definitions] == ["F", "E"]
    assert first.goal.conclusion == ("=", ("+", "E", "F"), "A")
    assert second.goal.definitions == ()


def test_a_second_claim_about_declared_names_stays_a_claim():
    assert len(read(SQUARE + r"\[ A = B,\ B = A \]").tasks) == 2


def test_a_pseudo_inverse_has_the_turned_shape():
    (task,) = read(r"Let $A \in \mathbb{R}^{m\times n}$. \[ A^+ = A^{\dagger} \]").tasks
    assert task.goal.conclusion == ("=", ("pseudoinverse", "A"), ("pseudoinverse", "A"))


def test_a_condition_behind_several_claims_is_unclear():
    document = Document("test.tex", None)
    document.read(SQUARE + r"\[ A = B,\ B = A\ (A = A^T) \]")
    assert "of all of them" in document.errors[0].message


@pytest.mark.parametrize("power", ["e^A", r"\exp(A)", r"\mathrm{e}^{A}", r"\exp\left(A\right)"])
def test_an_exponential_of_a_square_matrix(power: str):
    (task,) = read(SQUARE + rf"\[ {power}B = B \]").tasks
    assert task.goal.conclusion == ("=", ("matmul", ("exponential", "A"), "B"), "B")


@pytest.mark.parametrize(("text", "why"), [
    (r"\[ e^{u} = u \]", "is not read"), (r"\[ e^{Z} = Z \]", "is not read"),
    (r"\[ \exp(Z) = Z \]", "is not read"), (r"\[ \exp^2(A) = A \]", "is not read"),
    ("% therefore: convention entrywise\n" + r"\[ \exp(A) = A \]", "each entry"),
])  # fmt: skip
def test_other_exponents_are_refused(text: str, why: str):
    document = Document("test.tex", None)
    declared = SQUARE + r"Let $u \in \mathbb{R}^n$, $Z \in \mathbb{R}^{m\times n}$."
    document.read(declared + "\n" + text)
    assert why in document.errors[0].message
