r"""Every word of a declaring sentence is read of every name it speaks of, or is refused.

A table of sentences, properties and names; the hypotheses are compared exactly.
"""

from __future__ import annotations

import itertools

import pytest

from therefore.reading.latex import read_text
from therefore.reading.latex.document import Document

SIGNS = {
    "positive": lambda x: ("<", "0", x), "nonnegative": lambda x: ("<=", "0", x),
    "negative": lambda x: ("<", x, "0"), "nonpositive": lambda x: ("<=", x, "0"),
    "nonzero": lambda x: ("!=", x, "0"),
}  # fmt: skip
NUMBERS = (
    r"Let ${names}$ be {word}.",
    r"Let ${names}$ be {word} real numbers.",
    r"Let ${names} \in \mathbb{{R}}$ be {word}.",
    r"Let ${names} \in \mathbb{{R}}$, {word}.",
    r"Let ${names}$ be real. Suppose ${names}$ are {word}.",
    r"Suppose ${names}$ are {word}.",
    r"Let {word} ${names} \in \mathbb{{R}}$ be given.",
    r"Consider {word} real numbers ${names}$.",
    r"Let ${names} \in \mathbb{{R}}$ be {word}, and let $z \in \mathbb{{R}}$.",
    r"Let ${names}$ be {word} and $z \in \mathbb{{R}}$.",
    r"Let ${names}$ be {word}, $z \in \mathbb{{R}}$ and $0 < v < 1$.",
)
MATRICES = (
    r"Let ${names} \in \mathbb{{R}}^{{n \times n}}$ be {word}.",
    r"Let ${names}$ be {word} $n \times n$ matrices.",
    r"Let ${names} \in \mathbb{{R}}^{{n \times n}}$. Suppose ${names}$ are {word}.",
    r"Let ${names} \in \mathbb{{R}}^{{n \times n}}$, {word}.",
    r"Let the {word} matrices ${names} \in \mathbb{{R}}^{{n \times n}}$ be given.",
)
OF_MATRICES = {
    "symmetric": lambda a: [("=", ("transpose", a), a)],
    "invertible": lambda a: [("invertible", a)],
    "symmetric and invertible": lambda a: [("=", ("transpose", a), a), ("invertible", a)],
}


def read(text: str) -> Document:
    document = Document("a.tex", None)
    document.read(text)
    return document


def listed(names: tuple[str, ...]) -> str:
    return ", ".join(names)


@pytest.mark.parametrize("sentence", NUMBERS)
@pytest.mark.parametrize("names", [("x",), ("x", "y"), ("a", "x", "y")])
@pytest.mark.parametrize("word", SIGNS)
def test_a_sign_is_assumed_of_every_name_and_of_no_other(sentence, names, word):
    document = read(sentence.format(names=listed(names), word=word))
    assert not document.errors
    own = [one for one in document.names.hypotheses if "v" not in one]
    assert own == [SIGNS[word](name) for name in names]
    assert all(document.names.plain[name].sort == "real" for name in names)
    if "v" in document.names.plain:
        assert document.names.plain["v"].sort == "real"
        assert document.names.hypotheses[-2:] == [("<", "0", "v"), ("<", "v", "1")]


@pytest.mark.parametrize("sentence", MATRICES)
@pytest.mark.parametrize("names", [("A",), ("A", "B")])
@pytest.mark.parametrize("word", OF_MATRICES)
def test_what_is_said_of_matrices_is_assumed_of_each(sentence, names, word):
    document = read(sentence.format(names=listed(names), word=word))
    assert not document.errors
    assert document.names.hypotheses == [one for name in names for one in OF_MATRICES[word](name)]


@pytest.mark.parametrize(
    ("sentence", "integers", "reals"),
    [
        (r"Let $N$ be a positive integer, $q \in \mathbb{R}$ and $0 < \tau < 1$.", "N", "q tau"),
        (r"Let $n$ be an integer, $\eta > 0$ and $x \in \mathbb{R}$.", "n", "eta x"),
        (r"Let $n > 2$ be an integer and $\eta > 0$.", "n", "eta"),
        (r"Let $\eta > 0$ and let $n > 2$ be an integer.", "n", "eta"),
        (r"Let $x$ be real and the integer $n > 2$.", "n", "x"),
        (r"Let $\eta > 0$ and $n$ be an integer.", "n", "eta"),
        (r"Let the integers $m, n > 1$ be given. Let $x > 0$.", "m n", "x"),
        (r"Let $\eta$ be the step size. Let $\eta > 0$.", "", "eta"),
    ],
)
def test_an_integer_is_what_is_called_one(sentence, integers, reals):
    document = read(sentence)
    assert not document.errors
    for names, sort in ((integers, "integer"), (reals, "real")):
        assert [document.names.plain[name].sort for name in names.split()] == [sort] * len(
            names.split()
        )


UNKNOWN = ("even", "prime", "bounded", "distinct", "unique", "singular", "twice", "generic")
PLACES = (
    r"Let $x \in \mathbb{{R}}$ be {word}.",
    r"Let $x$ be {word}.",
    r"Let the {word} $x \in \mathbb{{R}}$ be given.",
    r"Let {word} $x > 0$.",
    r"Let $x > 0$, {word}.",
    r"Let $x, y > 0$ be {word} and $z \in \mathbb{{R}}$.",
    r"Let $x \in \mathbb{{R}}$ ({word}).",
    r"Let $x \in \mathbb{{R}}$. Suppose that $x$ is {word}.",
    r"Let $x$ be a {word} positive number.",
)
REFUSED = (
    r"Let $x \in \mathbb{R}$ be a fixed point of $f$.",
    r"Let $f: \mathbb{R}\to\mathbb{R}$ be constant.",
    r"Let $f: \mathbb{R}\to\mathbb{R}$ be a positive convex function.",
    r"Let $A$ be a nonzero symmetric $n \times n$ matrix.",
    r"Let $A \in \mathbb{R}^{n\times m}$ be square.",
    r"Let $x$ and $y$ be positive and negative, respectively.",
    r"Let $d$ be a dimension. Let $d$ be negative.",
    r"Let $x \in \mathbb{R}^n$ be a row vector.",
    r"Let $x$ be a number in $[0, 1]$.",
    r"Let $A \in \mathbb{R}^{n\times n}$ and $b \in \mathbb{R}^{n}$ be invertible.",
    r"Suppose $A \in \mathbb{R}^{n\times n}$ and $B \in \mathbb{R}^{n\times n}$ invertible.",
    r"Let $x > 0$ and $y$ be negative.",
    r"Let $x, y \in \mathbb{R}$. Suppose $x > 0$ implies $y > 0$.",
    r"Let $x \in \mathbb{R}$, where we used $x > 2$.",
    r"Let $v \in \mathbb{R}^d$ be an integer vector.",
)


@pytest.mark.parametrize(("word", "sentence"), list(itertools.product(UNKNOWN, PLACES)))
def test_a_word_that_is_not_known_is_refused_wherever_it_stands(word, sentence):
    assert read(sentence.format(word=word)).errors


@pytest.mark.parametrize("sentence", REFUSED)
def test_what_is_not_read_is_refused(sentence):
    assert read(sentence).errors


# What the sentence claims, under which hypotheses; None where it is refused.
ABOUT = r"Let $x, y \in \mathbb{R}$ and let $n$ be an integer. "
CONDITIONS = {
    r"For all positive $x$, $x + 1 > 1$.": [(("<", "0", "x"),)],
    r"Then $x^2 > 0$ for nonzero $x$.": [(("!=", "x", "0"),)],
    r"Then $x^2 > 0$ as long as $x \ne 0$.": [(("!=", "x", "0"),)],
    r"In the case $x > 0$, we have $x + 1 > 1$.": [(("<", "0", "x"),)],
    r"Then $x^2 > 0$ assuming $x \ne 0$. Also $x = x$.": [(("!=", "x", "0"),), ()],
    r"For every positive integer $n$, $n^2 \ge n$.": [(("<", "0", "n"),)],
    r"If $x$ is positive, then $x + 1 > 1$.": None,
    r"When $n$ is even, $n^2 = n$.": None,
    r"We have $n^2 = n$ for all sufficiently large $n$.": None,
    r"$n^2 = n$ for infinitely many $n$.": None,
    r"Then $x^2 \ge 0$ with equality if $x = 0$.": None,
    r"We have $x > 0$ if $x > 1$ and $y > 0$ if $y > 1$.": None,
    r"Is $x^2 > 0$?": None,
    r"One might think that $x^2 > 0$.": None,
    r"\[ x + 1 = y \text{ times } 2 \]": None,
    r"\[ x = 2 \text{ kg} \]": None,
    r"\[ \underbrace{x + 1}_{= y} = 2 \]": None,
    r"\[ x \overset{x > 0}{=} |x| \]": None,
    r"If the step is small, then $x > 0$.": None,
}


@pytest.mark.parametrize("sentence", CONDITIONS)
def test_a_condition_is_read_or_the_claim_is_refused(sentence):
    document = read(ABOUT + sentence)
    expected = CONDITIONS[sentence]
    if expected is None:
        assert document.errors and not document.tasks
    else:
        assert not document.errors
        assert [task.goal.hypotheses for task in document.tasks] == expected


@pytest.mark.parametrize(
    ("sentence", "assumed"),
    [
        (r"Assume $z \in \mathbb{R}$ satisfies $z^2 = 2$.", ("=", ("^", "z", "2"), "2")),
        (r"Suppose that we have $x > 0$.", ("<", "0", "x")),
        (r"Suppose it holds that $x > 0$.", ("<", "0", "x")),
    ],
)
def test_an_assumption_goes_on_after_its_verb(sentence, assumed):
    document = read(ABOUT + sentence)
    assert document.names.hypotheses == [assumed] and not document.tasks and not document.errors


def test_a_row_does_not_go_on_from_a_remark():
    r"""``&= 2`` after a row that ends with "(as $y > 0$)" is not said of y > 0."""
    document = read(
        ABOUT + r"\begin{align} x &= y && \text{(as $y > 0$)} \\ &= 2 \end{align}"
    )
    assert ("=", "0", "2") not in [task.goal.conclusion for task in document.tasks]
    assert document.errors


def test_letters_in_another_style_are_other_names():
    assert read(r"Let $\mathbf{w} \in \mathbb{R}^d$. \[ w = \mathbf{w} \]").errors
    assert not read(r"Let $w_{\text{new}} \in \mathbb{R}$. \[ w_{\text{new}} = w_{new} \]").errors


@pytest.mark.parametrize(
    "text",
    [
        r"\let\le\ge Then $1 \le 2$.", r"\iftrue Then $1 = 1$. \fi",
        r"Let $x > 0$\footnote{Assume $x > 3$.}.",
    ],
)  # fmt: skip
def test_what_cannot_be_carried_out_is_said(text):
    assert read(text).errors


def test_what_is_switched_off_is_left_out():
    document = read(r"\iffalse Suppose $1 = 2$. \fi Then $1 = 1$.")
    assert not document.errors and not document.names.hypotheses and len(document.tasks) == 1


def test_or_between_formulas():
    document = read(ABOUT + r"Suppose $x > 1 \lor x < -1$. \[ x > 0 \lor x < 0 \]")
    assert not document.errors
    assert document.names.hypotheses == [("or", ("<", "1", "x"), ("<", "x", ("-", "1")))]
    assert document.tasks[0].goal.conclusion == ("or", ("<", "0", "x"), ("<", "x", "0"))
    assert read(ABOUT + r"\[ x > 0 \lor x < 0, x = 1 \]").errors


def test_what_is_claimed_after_with_is_not_assumed():
    text = (
        r"Let $X \in \mathbb{R}^{n\times n}$ and $\lambda \in \mathbb{R}$. "
        r"With $\lambda > 0$, $X$ is invertible, since $\lambda > 0$. Then $\lambda \ge 0$."
    )
    _, errors = read_text(text)
    assert any("assumed, or claimed" in error.message for error in errors)
