"""A special point is assumed where it is said plainly; all else that is said of it is refused."""

from __future__ import annotations

import pytest

from therefore.reading.latex.document import Document

DECLARED = r"""Let $f: \mathbb{R}^d \to \mathbb{R}$, $g: \mathbb{R}^d \to \mathbb{R}$,
    $T: \mathbb{R}^d \to \mathbb{R}^d$, $S: \mathbb{R}^d \to \mathbb{R}^d$,
    $x, y, u \in \mathbb{R}^d$. """


def read(sentence: str, claim: str) -> Document:
    document = Document("test.tex", None)
    document.read(f"{DECLARED}\n{sentence} Then ${claim}$.")
    return document


# S29: each of these was read as "x (or y) is a minimiser of f", or lost what it says of g and S.
UNCLEAR = [
    ("Let $x$ be a minimiser of $f$ if $d = 1$.", r"f(x) \le f(u)"),
    ("If $d = 1$, let $x$ be a minimiser of $f$.", r"f(x) \le f(u)"),
    ("Let $x$ be a minimiser of $f$ for all $f$.", r"f(x) \le f(u)"),
    ("Let $x$ be a minimiser of $f$ among the points.", r"f(x) \le f(u)"),
    ("Let $x$ be a minimiser of $f$ in $C$.", r"f(x) \le f(u)"),
    (r"Let $x$ be a minimiser of $f$ with the constraint $\|x\| \le 1$.", r"f(x) \le f(u)"),
    (r"Let $x$ be a minimiser of $f$ subject to $\|x\| \le 1$.", r"f(x) \le f(u)"),
    ("Suppose $x$ or $y$ is a minimiser of $f$.", r"f(y) \le f(u)"),
    ("Suppose that either $x$ or $y$ is a zero of $T$.", "T(y) = 0"),
    ("Suppose $x$ is a fixed point of $T$, or of $S$.", "T(x) = x"),
    ("Let $x$ be a minimiser of $f$ and $g$.", r"g(x) \le g(u)"),
    ("Let $x$ be a fixed point of $T$ and $S$.", "S(x) = x"),
    ("Let $x$ and $y$ be a minimiser of $f$.", r"f(x) \le f(u)"),
    ("Let $T$ and $S$ be nonexpansive with a fixed point $x$.", "T(x) = x"),
    (r"Suppose $\|x - u\| \le 1$ for every minimiser $x$ of $f$.", r"f(x) \le f(u)"),
    # S31: "strictly" was dropped.
    ("Let $T$ be strictly monotone.", r"\langle T(x) - T(y), x - y \rangle \ge 0"),
    # S32: what stands behind "with" was refused by itself.
    (r"Let $f$ be $2$-smooth with respect to the $\ell_1$ norm.",
     r"\|\nabla f(x) - \nabla f(y)\| \le 2\|x - y\|"),
    ("Let $T$ be nonexpansive with respect to another norm.", r"\|T(x) - T(y)\| \le \|x - y\|"),
    ("Let $f$ be $2$-smooth for all $x$ with small entries.",
     r"\|\nabla f(x) - \nabla f(y)\| \le 2\|x - y\|"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "claim"), UNCLEAR)
def test_what_is_said_of_a_special_point_is_read_whole_or_not_at_all(
    sentence: str, claim: str
) -> None:
    document = read(sentence, claim)
    assert document.errors and not document.tasks


def test_a_minimiser_is_one_of_the_function_that_has_it() -> None:
    document = read("Suppose $g$ has a minimiser $x$.", r"g(x) \le g(u)")
    assert not document.errors
    assert "'f'" not in str(document.names.hypotheses)


def test_where_no_function_is_named_there_is_only_one() -> None:
    document = Document("test.tex", None)
    document.read(
        r"Let $f: \mathbb{R}^d \to \mathbb{R}$ be convex. Let $w \in \mathbb{R}^d$ and "
        r"define $g(w) = \|w\|^2$. Let $x$ be a minimiser. Then $1 \le 2$."
    )
    assert "a minimiser of f or a minimiser of g" in document.errors[0].message


PLAIN = [
    "Let $x$ be a minimiser of $f$.",
    "Let $x$ be a minimiser of $f$ and $y$ a fixed point of $T$.",
    "Let $x$ be a minimiser of $f$, and $0 < d$.",
    r"Let $x$ be a minimiser of $f$ with $\|x\| \le 1$.",
    "Let $f$ be convex, $x$ a minimiser of $f$.",
    r"Let $x$ be a minimiser of $f$ and $z_{k+1} = z_k - T(z_k)$ for $k = 0, \dots, N - 1$.",
]


@pytest.mark.parametrize("sentence", PLAIN)
def test_plain_ones_are_read(sentence: str) -> None:
    document = read(sentence, r"f(x) \le f(u)")
    assert not document.errors and len(document.tasks) == 1
    least = ("forall", ("vector", "d"), ("<=", ("app", "f", "x"), ("app", "f", "#0")))
    assert least in document.names.hypotheses


@pytest.mark.parametrize("claim", ["x$ is a minimiser of $f", "x$ is a fixed point of $T"])
def test_a_claim_in_words_is_not_passed_over(claim: str) -> None:
    document = read("Let $g$ be convex.", claim)
    assert "a claim in words is not read" in document.errors[0].message


@pytest.mark.parametrize("first", [r"$x_0 \in \mathbb{R}^d$", r"$x_t \in \mathbb{R}^d$"])
def test_a_name_beside_its_sequence_is_a_member_of_it(first: str) -> None:
    """S33: said before the sequence or after it, x_0 was a name of its own."""
    (second,) = {r"$x_0 \in \mathbb{R}^d$", r"$x_t \in \mathbb{R}^d$"} - {first}
    document = Document("test.tex", None)
    document.read(
        rf"Let {first}. Let {second}. Suppose $x_{{t+1}} = x_t$ for "
        r"$t = 0, \dots, T$. Then $x_1 = x_0$."
    )
    (task,) = document.tasks
    assert task.goal.conclusion == ("=", ("app", "x", "1"), ("app", "x", "0"))


def test_a_name_of_another_kind_is_no_member() -> None:
    document = Document("test.tex", None)
    document.read(r"Let $x_0 \in \mathbb{R}$. Let $x_t \in \mathbb{R}^d$. Then $x_0 = x_0$.")
    assert "no member of the sequence" in document.errors[0].message
