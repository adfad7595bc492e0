r"""Random names in documents: what makes a name random, what is assumed of it, and what is refused.

Hypotheses and terms are compared exactly.
"""

from __future__ import annotations

import pytest
from latex_reading import term_of

from therefore.goal import Term
from therefore.reading.latex.document import Document

X, Z = ("app", "x", "#0"), ("app", "z", "#0")


def spread(one: Term, other: Term, head: str = "outer") -> Term:
    away = (("+", body, ("-", ("expectation", body))) for body in (one, other))
    return ("expectation", (head, *away))


def moments(name: str, order: str) -> Term:
    return ("moments", name, order)


MEAN, COVARIANCE = ("=", ("expectation", X), "m"), ("=", spread(X, X), "C")
VECTOR = r"Let $x, m \in \mathbb{R}^n$, $C \in \mathbb{R}^{n \times n}$. "
BOTH = [moments("x", "2"), MEAN, COVARIANCE]
SAID: dict[str, list[Term]] = {
    r"Let $x \in \mathbb{R}^n$ be a random vector with mean $m$ and covariance $C$.": BOTH,
    r"Let $x$ be a random vector in $\mathbb{R}^n$ with mean $m$ and covariance $C$.": BOTH,
    VECTOR + r"Suppose $x$ is a random vector with mean $m$ and covariance $C$.": BOTH,
    VECTOR + r"Suppose $x$ has mean $m$.": [moments("x", "1"), MEAN],
    VECTOR + r"Suppose $E[x] = m$.": [moments("x", "1"), MEAN],
    VECTOR + r"Suppose $\mathbb{E}[x] = m$ and $\mathrm{Cov}(x) = C$.": [
        moments("x", "1"), MEAN, moments("x", "2"), COVARIANCE],
    VECTOR + r"Let $x \sim \mathcal{N}(m, C)$.": [("gaussian", "x", "m", "C")],
    VECTOR + r"Suppose $x \sim N(0, C)$.": [("gaussian", "x", ("zero", "n"), "C")],
    r"Let $m \in \mathbb{R}^n$. Suppose $x \sim \mathcal{N}(m, I)$.": [
        ("gaussian", "x", "m", ("identity", "n"))],
    r"Let $x \in \mathbb{R}^n$ be a Gaussian random vector with mean $m$ and covariance $C$.": [
        ("gaussian", "x", "m", "C")],
    r"Let $x \in \mathbb{R}^n$ be a random vector with finite fourth moments.": [
        moments("x", "4")],
    r"Let $x$ and $z$ be independent random vectors in $\mathbb{R}^n$.": [
        ("independent", "x", "z")],
    r"Let $x, z \in \mathbb{R}^n$ be random vectors. Suppose $x$ and $z$ are uncorrelated.": [
        moments("x", "2"), moments("z", "2"), ("=", spread(X, Z), ("zero", "n", "n"))],
    r"Let $x$ be a random variable with mean $m$ and variance $c$.": [
        moments("x", "2"), MEAN, ("=", spread(X, X, "*"), "c")],
    r"Let $x$ and $z$ be random variables. Suppose $x$ and $z$ are uncorrelated.": [
        moments("x", "2"), moments("z", "2"), ("=", spread(X, Z, "*"), "0")],
    r"Let $x \in \mathbb{R}^n$ be a random vector. Suppose $\mathbb{E}[(x^\top x) x] = 0$.": [
        moments("x", "3"),
        ("=", ("expectation", ("*", ("inner", X, X), X)), ("zero", "n"))],
    r"Let $x \in \mathbb{R}^n$ be a random vector. Suppose $\mathbb{E}[xx^\top] = I$.": [
        moments("x", "2"), ("=", ("expectation", ("outer", X, X)), ("identity", "n"))],
}  # fmt: skip


@pytest.mark.parametrize("text", SAID)
def test_what_is_assumed(text: str) -> None:
    document = Document("a.tex", None)
    document.read(text + " Then $1 = 1$.")
    assert not document.errors
    assert document.names.hypotheses == SAID[text]
    assert document.names.plain["x"].full_sort()[:2] == ("function", ("outcome",))


RANDOM = (
    r"Let $x \in \mathbb{R}^n$ and $z \in \mathbb{R}^k$ be random vectors. "
    r"Let $m \in \mathbb{R}^n$, $A \in \mathbb{R}^{n \times n}$. Let $Y$ be a random variable."
)
Y = ("app", "Y", "#0")
TERMS: dict[str, Term] = {
    r"\mathbb{E}[A x]": ("expectation", ("matmul", "A", X)),
    r"\operatorname{E}(A x)": ("expectation", ("matmul", "A", X)),
    r"\mathrm{E}\left[x\right]": ("expectation", X),
    r"E[x]^\top m": ("inner", ("expectation", X), "m"),
    r"E[Y]^2": ("^", ("expectation", Y), "2"),
    r"\mathrm{Cov}(x, z)": spread(X, Z),
    r"\operatorname{Var}[A x]": spread(("matmul", "A", X), ("matmul", "A", X)),
    r"\mathrm{Var}(Y)": spread(Y, Y, "*"),
    r"\mathbb{E}[x - \mathbb{E}[x]]": ("expectation", ("+", X, ("-", ("expectation", X)))),
    r"m^\top A m (A - m m^\top)": (
        "*", ("inner", ("matmul", ("transpose", "A"), "m"), "m"),
        ("+", "A", ("-", ("outer", "m", "m")))),
}  # fmt: skip


@pytest.mark.parametrize("latex", TERMS)
def test_terms(latex: str) -> None:
    assert term_of(latex, RANDOM) == TERMS[latex]


REFUSED = {
    r"x": "it is read within an expectation",
    r"A x + m": "it is read within an expectation",
    r"\mathbb{E}[m]": "is random",
    r"\mathbb{E} x": "in brackets",
    r"E x": "not declared",
    r"\mathrm{Cov}(x, Y)": "covariance of",
    r"\mathrm{Cov}(x, x, x)": "so many things",
    r"\mathrm{Var}(x, z)": "so many things",
    r"\mathbb{P}[x]": "after \\in only",
}


@pytest.mark.parametrize("latex", REFUSED)
def test_refused(latex: str) -> None:
    found = term_of(latex, RANDOM)
    assert isinstance(found, str)
    assert REFUSED[latex] in found


UNREAD = {
    r"Let $x \in \mathbb{R}^n$. Suppose $x = 0$. Suppose $E[x] = 0$.": "before it is said",
    r"Let $x, y \in \mathbb{R}^n$. Define $y' = 2x$. Suppose $E[x] = 0$.": "",
    r"Let $n$ be a positive integer. Suppose $E[n] = 0$.": "cannot be random",
    r"Let $x \sim U(0, 1)$.": "a law is read as",
    r"Let $x \in \mathbb{R}$. Let $x \sim \mathcal{N}(0, 1)$.": "of a random vector",
    r"Let $x \in \mathbb{R}^n$, $A \in \mathbb{R}^{k \times k}$. Let $x \sim \mathcal{N}(0, A)$.":
        "the covariance is",
    r"Let $x, z \in \mathbb{R}^n$ be random vectors with mean $m$.": "one name at a time",
    r"Let $x \in \mathbb{R}^n$ be a random vector with finite moments.": "which moments",
    r"Let $x \in \mathbb{R}^n$ be a Gaussian random vector.": "mean and its covariance",
    r"Let $x \in \mathbb{R}^n$ be a Gaussian random vector with mean $m$.": "mean and covariance",
    r"Let $x \in \mathbb{R}^n$ be a bounded random vector.": "is not read of what is random",
    r"Let $x$ be a random vector.": "not declared",
    r"Let $x, y, z \in \mathbb{R}^n$ be independent random vectors.": "of two names",
    r"Suppose $E[w] = 0$.": "not declared",
    r"Let $x \in \mathbb{R}^n$ be a random vector, $m \in \mathbb{R}^n$.": "random as well",
    r"Let $x$ be a random vector and $m \in \mathbb{R}^n$.": "random as well",
    r"Let $m \in \mathbb{R}^n$ and $x \in \mathbb{R}^n$ be a random vector.": "which of these",
    r"Let $A \in \mathbb{R}^{n \times n}$, $x \in \mathbb{R}^n$ be random vectors.": "of the kind",
    r"Let $x \in \mathbb{R}^n$ be a random number.": "of the kind",
    r"Let $x \in \mathbb{R}^n$ be a random vector with finite second moments, $m \in \mathbb{R}$.":
        "random as well",
}  # fmt: skip


@pytest.mark.parametrize("text", UNREAD)
def test_what_is_said_of_no_random_name_is_refused(text: str) -> None:
    document = Document("a.tex", None)
    document.read(text + " Then $1 = 1$.")
    assert any(UNREAD[text] in str(error) for error in document.errors)


def test_what_is_defined_by_a_random_name_is_random() -> None:
    document = Document("a.tex", None)
    document.read(
        r"Let $x, m \in \mathbb{R}^n$. Suppose $E[x] = m$. Define $y = x - m$ and $c = \|m\|^2$. "
        r"Suppose $E[\|y\|^2] = c$. Then $1 = 1$."
    )
    assert not document.errors
    plain = document.names.plain
    assert plain["y"].random and plain["y"].body == ("+", X, ("-", "m"))
    assert not plain["c"].random
    assert document.names.hypotheses[2:] == [
        moments("x", "2"), ("=", ("expectation", ("^", ("norm", ("app", "y", "#0")), "2")), "c"),
    ]  # fmt: skip


def test_a_random_name_is_defined_without_an_argument() -> None:
    document = Document("a.tex", None)
    document.read(r"Let $x$ be a random variable. Let $a \in \mathbb{R}$. Define $f(a) = a x$.")
    assert any("without an argument" in str(error) for error in document.errors)


@pytest.mark.parametrize("text", [
    r"Let $u, v \in \mathbb{R}$. Define the mean $c = (u + v)/2$.",
    r"Let $u, v \in \mathbb{R}$. Let $c = (u + v)/2$ be the mean of both.",
])  # fmt: skip
def test_a_mean_of_what_is_not_random_is_a_title(text: str) -> None:
    document = Document("a.tex", None)
    document.read(text + " Then $1 = 1$.")
    assert not document.errors
    assert document.names.plain["c"].body is not None


def test_an_e_that_is_declared_is_no_expectation() -> None:
    assert term_of("E x", r"Let $E \in \mathbb{R}^{n \times n}$ and $x \in \mathbb{R}^n$.") == (
        "matmul", "E", "x",
    )  # fmt: skip
