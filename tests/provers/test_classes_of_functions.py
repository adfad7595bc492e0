"""Rates of methods over classes of functions and maps, stated in words: what is found, and not."""

from __future__ import annotations

import pytest

from therefore.provers import Attempt, prove
from therefore.reading.latex import read_text

DESCENT = r"""Let $f$ be convex and $L$-smooth, $x_{k+1} = x_k - \frac1L\nabla f(x_k)$ for
$k = 0,\dots,N-1$, $x^*$ a minimiser. """
HALPERN = r"""Let $T$ be nonexpansive, and let $x^*$ be a fixed point of $T$. Suppose
$x_{k+1} = \frac1{k+2}x_0 + \frac{k+1}{k+2}T(x_k)$ for $k = 0, \dots, N-1$. """
PROXIMAL = r"""Let $f: \mathbb{R}^d\to\mathbb{R}$ be convex, and $\gamma > 0$. Suppose
$x_{k+1} = \operatorname{prox}_{\gamma f}(x_k)$ for $k = 0,\dots,N-1$, and let $x^*$ be a
minimiser of $f$. """
SUBGRADIENT = r"""Let $f: \mathbb{R}^d\to\mathbb{R}$ be convex and $M$-Lipschitz. Let
$g_k \in \partial f(x_k)$ and $x_{k+1} = x_k - \alpha g_k$ for $k = 0,\dots,N$, where
$\alpha > 0$. Let $x^*$ be a minimiser of $f$. """
CURVED = r"""Let $f$ be $1$-strongly convex and $4$-smooth, $x_{k+1} = x_k - \frac25\nabla f(x_k)$
for $k = 0,\dots,N-1$, $x^*$ a minimizer of $f$. """
TWO_POINTS = r"Let $x, y \in \mathbb{R}^d$. "

PROVED = [
    DESCENT + r"Let $N=1$. Then $f(x_N)-f(x^*) \le \frac{L}{4N+2}\|x_0-x^*\|^2$.",
    DESCENT + r"Then, with $N = 2$, $f(x_N)-f(x^*) \le \frac{L}{4N+2}\|x_0-x^*\|^2$.",
    HALPERN + r"Let $N=2$. Then $\|x_N-T(x_N)\|^2 \le \frac{4}{(N+1)^2}\|x_0-x^*\|^2$.",
    PROXIMAL + r"Let $N=2$. Then $f(x_N) - f(x^*) \le \frac{\|x_0-x^*\|^2}{4\gamma N}$.",
    SUBGRADIENT + r"Let $N=1$. Then $\|x_1-x^*\|^2 \le \|x_0-x^*\|^2 + \alpha^2M^2$.",
    CURVED + r"Let $N=1$. Then $\|x_N-x^*\|^2 \le \frac{9}{25}\|x_0-x^*\|^2$.",
    r"Let $T$ be $\beta$-cocoercive. " + TWO_POINTS + r"Then $\|T(x)-T(y)\| \le \|x-y\|/\beta$.",
    r"Let $A$ be $\mu$-strongly monotone. " + TWO_POINTS + r"Then $\mu\|x-y\| \le \|A(x)-A(y)\|$.",
    r"Let $T$ be firmly nonexpansive. " + TWO_POINTS + r"Then $\|T(x)-T(y)\| \le \|x-y\|$.",
]
# A constant moved, a hypothesis dropped, a step too long.
FALSE = [
    DESCENT + r"Let $N=1$. Then $f(x_N)-f(x^*) \le \frac{99L}{100(4N+2)}\|x_0-x^*\|^2$.",
    DESCENT.replace("convex and ", "")
    + r"Let $N=1$. Then $f(x_N)-f(x^*) \le \frac{L}{4N+2}\|x_0-x^*\|^2$.",
    DESCENT.replace(r"\frac1L", r"\frac{21}{10L}")
    + r"Let $N=1$. Then $f(x_N)-f(x^*) \le \frac{L}{4N+2}\|x_0-x^*\|^2$.",
    DESCENT.replace(", $x^*$ a minimiser", "")
    + r"Let $x^* \in \mathbb{R}^d$. "
    + r"Let $N=1$. Then $f(x_N)-f(x^*) \le \frac{L}{4N+2}\|x_0-x^*\|^2$.",
    HALPERN + r"Let $N=1$. Then $\|x_N-T(x_N)\|^2 \le \frac{99}{25(N+1)^2}\|x_0-x^*\|^2$.",
    PROXIMAL + r"Let $N=1$. Then $f(x_N) - f(x^*) \le \frac{99\|x_0-x^*\|^2}{400\gamma N}$.",
    SUBGRADIENT + r"Let $N=1$. Then $\|x_1-x^*\|^2 \le \|x_0-x^*\|^2 + \frac9{10}\alpha^2M^2$.",
    CURVED + r"Let $N=1$. Then $\|x_N-x^*\|^2 \le \frac{89}{250}\|x_0-x^*\|^2$.",
    r"Let $T$ be monotone. " + TWO_POINTS + r"Then $\|T(x)-T(y)\| \le \|x-y\|$.",
]


def attempted(text: str, budget: float) -> Attempt:
    tasks, errors = read_text(text)
    assert not errors and len(tasks) == 1, errors
    return prove(tasks[0], [], budget=budget)


@pytest.mark.parametrize("text", PROVED)
def test_what_is_found(text: str) -> None:
    attempt = attempted(text, 60)
    assert attempt.proof is not None, attempt.tried


@pytest.mark.parametrize("text", FALSE)
def test_nothing_false_is_found(text: str) -> None:
    assert attempted(text, 3).proof is None


def test_facts_that_are_not_cited_are_left_out() -> None:
    attempt = attempted(PROVED[0], 60)
    assert attempt.proof is not None
    assert str(attempt.proof).count("'rule': 'have'") <= 8
