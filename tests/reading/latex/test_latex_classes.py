"""Classes of functions and maps, special points and methods, in the words of a document."""

from __future__ import annotations

from typing import Any

import pytest

from therefore.goal import Term
from therefore.reading.latex.document import Document

SPACE = ("vector", "d")
GAP = ("+", "#1", ("-", "#0"))
APART = ("+", ("app", "T", "#1"), ("-", ("app", "T", "#0")))
CLAIM = " Then $1 \\le 2$."
MAP = r"Let $T: \mathbb{R}^d \to \mathbb{R}^d$ be "
FUNCTION = r"Let $f: \mathbb{R}^d \to \mathbb{R}$ be "


def read(text: str) -> Document:
    document = Document("test.tex", None)
    document.read(text)
    return document


def pairs(relation: Term) -> Term:
    return ("forall", SPACE, ("forall", SPACE, relation))


def hypotheses(text: str) -> list[Term]:
    document = read(text)
    assert not document.errors, document.errors
    return document.names.hypotheses


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("nonexpansive", ("<=", ("norm", APART), ("norm", GAP))),
        ("$q$-Lipschitz continuous", ("<=", ("norm", APART), ("*", "q", ("norm", GAP)))),
        ("firmly nonexpansive", ("<=", ("^", ("norm", APART), "2"), ("inner", APART, GAP))),
        ("monotone", ("<=", "0", ("inner", APART, GAP))),
        ("a $q$-strongly monotone operator",
            ("<=", ("*", "q", ("^", ("norm", GAP), "2")), ("inner", APART, GAP))),
        ("$q$-cocoercive",
            ("<=", ("*", "q", ("^", ("norm", APART), "2")), ("inner", APART, GAP))),
    ],
)  # fmt: skip
@pytest.mark.parametrize("before", [MAP, "Let $T$ be "])
def test_maps(before: str, words: str, expected: Any) -> None:
    if before != MAP and "Lipschitz" in words:
        return  # of a function, or of a map?
    assert pairs(expected) in hypotheses(f"{before}{words}.")


def test_strong_convexity_by_gradients_where_there_are_some() -> None:
    found = hypotheses(FUNCTION + r"$\mu$-strongly convex and $L$-smooth.")
    tangent = ("+", ("app", "f", "#1"), ("inner", ("gradient", "f", "#1"),
               ("+", "#0", ("-", "#1"))),
               ("*", ("/", "mu", "2"), ("^", ("norm", ("+", "#0", ("-", "#1"))), "2")))  # fmt: skip
    assert pairs(("<=", tangent, ("app", "f", "#0"))) in found
    assert ("<", "0", "mu") in found and ("<", "0", "L") in found


def test_strong_convexity_by_two_points_otherwise() -> None:
    found = hypotheses(FUNCTION + r"$2$-strongly convex.")
    assert len(found) == 1 and found[0][2][2][:2] == ("forall", "real")
    assert "gradient" not in str(found)


def test_functions_that_are_lipschitz() -> None:
    (positive, found) = hypotheses(FUNCTION + "$M$-Lipschitz.")
    apart = ("+", ("app", "f", "#1"), ("-", ("app", "f", "#0")))
    assert positive == ("<", "0", "M")
    assert found == pairs(("<=", ("abs", apart), ("*", "M", ("norm", GAP))))


def test_a_lipschitz_gradient_is_smoothness() -> None:
    one = hypotheses(FUNCTION + "differentiable with $L$-Lipschitz gradient.")
    assert one == hypotheses(FUNCTION + "$L$-smooth.")


LEAST = ("forall", SPACE, ("<=", ("app", "f", "x_star"), ("app", "f", "#0")))


@pytest.mark.parametrize(
    "sentence",
    [
        FUNCTION + "convex. Let $x^*$ be a minimiser of $f$.",
        FUNCTION + "convex, and let $x^*$ be a global minimizer of $f$.",
        FUNCTION + "convex with minimiser $x^*$.",
        FUNCTION + "convex. Suppose $f$ has a minimizer $x^*$.",
        r"Let $x^* \in \mathbb{R}^d$. " + FUNCTION + "convex, $x^*$ a minimiser.",
        r"Let $f$ be convex and $L$-smooth, $x^*$ a minimiser.",
    ],
)
def test_minimisers(sentence: str) -> None:
    assert LEAST in hypotheses(sentence)


def test_fixed_points_and_zeros() -> None:
    text = MAP + "nonexpansive. Let $p$ be a fixed point of $T$, and let $z$ be a zero of $T$."
    found = hypotheses(text)
    assert ("=", ("app", "T", "p"), "p") in found
    assert ("=", ("app", "T", "z"), ("zero", "d")) in found


def test_a_method_declares_its_iterates() -> None:
    document = read(
        r"Let $f$ be convex and $L$-smooth, $x_{k+1} = x_k - \frac1L\nabla f(x_k)$ for "
        r"$k = 0,\dots,N-1$, $x^*$ a minimiser."
    )
    assert not document.errors
    sequence = document.names.sequences["x"]
    assert (sequence.sort, document.names.plain["x_star"].sort) == (SPACE, SPACE)
    assert ("<=", "1", "N") in document.names.hypotheses


def test_what_follows_a_setting_in_passing_is_claimed() -> None:
    document = read(r"Let $a \in \mathbb{R}$. Then, with $a = 1$, $a^2 = a$.")
    (task,) = document.tasks
    assert task.goal.conclusion == ("=", ("^", "a", "2"), "a")
    assert ("=", "a", "1") in task.goal.hypotheses


TANGENT = ("+", ("app", "f", "x"), ("inner", "g", ("+", "#0", ("-", "x"))))


def test_subgradients() -> None:
    text = FUNCTION + r"convex. Let $x, g \in \mathbb{R}^d$. Suppose $g \in \partial f(x)$."
    assert ("forall", SPACE, ("<=", TANGENT, ("app", "f", "#0"))) in hypotheses(text)


def test_proximal_points() -> None:
    text = FUNCTION + r"""convex. Let $\gamma > 0$, and $p, x \in \mathbb{R}^d$.
        Suppose $p = \operatorname{prox}_{\gamma f}(x)$."""
    slope = ("*", ("/", "1", "gamma"), ("+", "x", ("-", "p")))
    below = ("+", ("app", "f", "p"), ("inner", slope, ("+", "#0", ("-", "p"))))
    assert ("forall", SPACE, ("<=", below, ("app", "f", "#0"))) in hypotheses(text)


def test_steps_with_subgradients_declare_both_sequences() -> None:
    document = read(
        FUNCTION + r"convex. Let $g_k \in \partial f(x_k)$ and $x_{k+1} = x_k - \alpha g_k$ for "
        r"$k = 0, \dots, N$, where $\alpha > 0$."
    )
    assert not document.errors
    assert [document.names.sequences[name].sort for name in "xg"] == [SPACE, SPACE]


@pytest.mark.parametrize(
    "sentence",
    [
        r"Let $f, h: \mathbb{R}^d \to \mathbb{R}$ be convex. Let $x^*$ be a minimiser.",
        "Let $x^*$ be a minimiser of $f$.",
        MAP + "monotone. Let $x^*$ be a minimiser of $T$.",
        FUNCTION + "convex. Let $x^*$ be a fixed point of $f$.",
        MAP + "firmly.",
        MAP + "convex.",
        FUNCTION + "nonexpansive.",
        FUNCTION + "strongly convex.",
        FUNCTION + r"$\mu$-strongly.",
        FUNCTION + "Lipschitz.",
        FUNCTION + "continuous.",
        FUNCTION + r"""$L$-smooth. Let $p, x \in \mathbb{R}^d$ and $\gamma > 0$. Suppose
            $p = \operatorname{prox}_{\gamma f}(x)$.""",
        FUNCTION + r"""convex. Let $p, x \in \mathbb{R}^d$ and $\gamma \in \mathbb{R}$. Suppose
            $p = \operatorname{prox}_{\gamma f}(x)$.""",
        FUNCTION + r"""convex. Let $p, x \in \mathbb{R}^d$. Suppose
            $p = \operatorname{prox}_{f}(x) - f$.""",
        FUNCTION + r"convex. Let $x \in \mathbb{R}^d$. Suppose $x \in \partial f$.",
        FUNCTION + r"convex. Let $x \in \mathbb{R}$. Suppose $x \in \partial f(x)$.",
    ],
)
def test_what_is_unclear_is_refused(sentence: str) -> None:
    assert read(sentence + CLAIM).errors
