"""A condition in words that is not read leaves unread what it is said of: it is never dropped."""

from __future__ import annotations

import pytest

from therefore.reading.latex import read_text

SMOOTH = r"\|\nabla f(x) - \nabla f(y)\| \le L\|x-y\|"
LIPSCHITZ = r"|f(x) - f(y)| \le M\|x-y\|"
STEP = r"Let $f$ be convex and $L$-smooth. Let $x_{k+1} = x_k - \frac1L\nabla f(x_k)$"
DOWN = r"f(x_2) \le f(x_1)"
LEAST = r"f(x^*) \le f(x)"
NEARER = r"\|P_C(x) - P_C(y)\| \le \|x-y\|"
FIRM = r"\|J_{\gamma A}(x) - J_{\gamma A}(y)\| \le \|x-y\|"
MAPS = r"\|T(x) - T(y)\| \le \|x-y\|"

UNREAD = [
    (r"Let $f$ be convex and $L$-smooth on the ball $B$.", SMOOTH),
    (r"Let $f$ be convex with locally $L$-Lipschitz gradient.", SMOOTH),
    (r"Let $f$ be convex and $L$-smooth with respect to the $\ell_1$ norm.", SMOOTH),
    (r"Let $f$ be convex and $L$-smooth, where $L$ is small.", SMOOTH),
    (r"Let $f$ be convex and Lipschitz continuous with constant $M$ near $0$.", LIPSCHITZ),
    (r"Let $f$ be convex and Lipschitz continuous on bounded sets with constant $M$.", LIPSCHITZ),
    (r"Let $f$ be convex and $M$-Lipschitz over $C$.", LIPSCHITZ),
    (r"Let $f$ be convex, and let $x^*$ be an approximate minimiser of $f$.", LEAST),
    (r"Let $f$ be convex, with a nearly optimal minimiser $x^*$.", LEAST),
    (r"Let $f$ be convex. Let $x^*$ be a strict minimiser of $f$.", LEAST),
    (r"Let $f$ be convex. Let $x^*$ be a local minimiser of $f$.", LEAST),
    (r"Let $f$ be convex, and let $x^* \in \operatorname{argmin}_{x \in C} f(x)$.", LEAST),
    (r"Let $f$ be convex, bounded below by $c$ on $C$.", r"c \le f(x)"),
    (r"Let $f$ be convex with $f^*$ its minimum value on $C$.", r"f^* \le f(x)"),
    (r"Let $f$ be convex, and let $f^* = \min_{x \in C} f(x)$.", r"f^* \le f(x)"),
    (r"Let $\gamma > 0$. Let $A$ be maximally monotone if $d = 1$.", FIRM),
    (r"Let $\gamma > 0$. Let $A$ be maximally monotone on $C$.", FIRM),
    (r"Let $\gamma > 0$. Let $A$ be maximally cyclically monotone.", FIRM),
    (r"Let $\gamma > 0$. Let $A$ be maximally monotone or linear.", FIRM),
    (r"Let $A$ be maximally monotone.", FIRM),
    (r"Let $C \subseteq \mathbb{R}^d$ be a closed convex cone.", NEARER),
    (r"Let $C \subseteq \mathbb{R}^d$ be a closed set.", NEARER),
    (r"Let $C \subseteq \mathbb{R}^d$ be an open convex set.", NEARER),
    (r"Let $C \subseteq \mathbb{R}^d$ be closed, or convex.", NEARER),
    (r"Let $C \subseteq \mathbb{R}^d$ be closed and convex with nonempty interior.", NEARER),
    (r"Let $C \subseteq D$ be closed convex sets in $\mathbb{R}^d$.", NEARER),
    (r"Let $T$ be a contraction.", MAPS),
    (r"Let $T$ be a contraction with factor $1$ in some norm.", MAPS),
    (r"Let $T$ be quasi-nonexpansive.", MAPS),
    (r"Let $T$ be asymptotically nonexpansive.", MAPS),
    (STEP + r".", DOWN),
    (STEP + r" for all but one $k \ge 0$.", DOWN),
    (STEP + r" for large $k$.", DOWN),
    (STEP + r" for even $k$.", DOWN),
    (STEP + r", $k = 0, 2, 4, \dots$.", DOWN),
    (STEP + r" for all $k \ge 0$ with exact line search.", DOWN),
    (STEP + r" for $k = 0, \dots, N$ unless $\nabla f(x_k) = 0$.", DOWN),
    (STEP.replace("Let $x", "Consider the inexact gradient method $x") + r", $k \ge 0$.", DOWN),
    (STEP.replace("Let $x", "Consider the stochastic method $x") + r", $k \ge 0$.", DOWN),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "claim"), UNREAD)
def test_a_condition_is_never_dropped(sentence: str, claim: str) -> None:
    tasks, errors = read_text(
        rf"{sentence} Then ${claim}$ for all $x, y \in \mathbb{{R}}^d$."
    )
    assert not tasks
    assert errors and all(one.line == 1 and one.column and one.message for one in errors)


def test_a_claim_at_an_index_says_for_which() -> None:
    """The recurrence is assumed from 0 on; of x_{-1} nothing is known."""
    tasks, errors = read_text(rf"{STEP} for all $k \ge 0$. Then $f(x_{{k+1}}) \le f(x_k)$.")
    assert not tasks and "say for which" in errors[0].message


def test_a_resolvent_is_no_name_to_be_defined() -> None:
    """ "Suppose J(x) = x" says that x is a zero, and not that J is the identity."""
    tasks, _ = read_text(
        r"Let $A$ be maximally monotone on $\mathbb{R}^d$, $\gamma > 0$, $x \in \mathbb{R}^d$. "
        r"Suppose $J_{\gamma A}(x) = x$. Then $J_{\gamma A}(x) = x$."
    )
    (task,) = tasks
    assert not task.goal.definitions
    assert ("=", ("app", "J_gamma_A", "x"), "x") in task.goal.hypotheses
