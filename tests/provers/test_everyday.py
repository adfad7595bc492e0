"""Small truths that anybody would expect to be proved, read from LaTeX; their false neighbours."""

from __future__ import annotations

import pytest

from therefore.provers import prove
from therefore.reading.latex import read_text
from therefore.task import Task

SLOPES = r"""Let $F, M, \varphi: \mathbb{R} \to \mathbb{R}$, let $q \in \mathbb{R}$.
Suppose $F'(u) = \varphi(u)$ for all $u \in \mathbb{R}$. """
STEPS = r"""Let $T$ be a positive integer, $w_t, v_t \in \mathbb{R}^d$ and $\eta > 0$.
Suppose $w_{t+1} = w_t - \eta v_t$ for all $t = 1, \dots, T$ and $w_1 = 0$.
For every $t = 1, \dots, T$ we have """
PROVED = {
    "Bernoulli": (
        r"Let $n$ be an integer with $n \ge 1$ and $x \ge -1$. Then $(1+x)^n \ge 1 + n x$."
    ),
    "squares below powers of two": (
        r"Let $m$ be an integer with $m \ge 4$. Then $m^2 \le 2^m$."
    ),
    "a geometric sum of a number": (
        r"Let $q$ be an integer with $q \ge 0$. Then $\sum_{k=0}^q 2^k = 2^{q+1} - 1$."
    ),
    "a geometric sum from its last term": (
        r"Let $\rho \in (0, 1)$ and let $N$ be an integer with $N \ge 0$. "
        r"Then $\sum_{t=1}^N \rho^{N-t} = \frac{1-\rho^N}{1-\rho}$."
    ),
    "a contraction, step by step": (
        r"Let $\rho > 0$, $a_t \in \mathbb{R}$ and let $N$ be an integer with $N \ge 0$. Suppose "
        r"$a_{k+1} \le \rho a_k$ for all $k \ge 0$. Then $a_N \le \rho^N a_0$."
    ),
    "absolute values of products": r"Let $x, y \in \mathbb{R}$. Then $|xy| = |x||y|$.",
    "a strict relation and another one": r"Let $x > 0$ and $y > 1$. Then $x + y > 1$.",
    "twice a strict relation": r"Let $a \ge 0$ and $b > 2$. Then $a + 2b > 4$.",
    "the root of a square": r"Let $x \in \mathbb{R}$. Then $\sqrt{x^2} = |x|$.",
    "norms of multiples": (
        r"Let $u \in \mathbb{R}^d$, $\lambda \in \mathbb{R}$."
        r" Then $\|\lambda u\| = |\lambda|\|u\|$."
    ),
    "the triangle": r"Let $u, v \in \mathbb{R}^d$. Then $\|u+v\| \le \|u\|+\|v\|$.",
    "Cauchy and Schwarz": (
        r"Let $u, v \in \mathbb{R}^d$. Then $\langle u,v\rangle \le \|u\|\|v\|$."
    ),
    "a number that an equation gives": (
        r"Let $y \in \mathbb{R}$. Suppose $\frac{133}{100} - y = 1$. Then $y \le \frac{34}{100}$."
    ),
    "the chain rule for a declared function": (
        SLOPES + r"Then $\frac{d}{dq}F(q^2) = 2q\varphi(q^2)$."
    ),
    "the product rule for a declared function": (
        SLOPES + r"Then $\frac{d}{dq}\left(qF(q)\right) = F(q)+q\varphi(q)$."
    ),
    "a premise with a derivative": (
        SLOPES + r"Then $\frac{d}{dq}(F(q)-q) = 0 \Rightarrow \varphi(q) = 1$."
    ),
    "iterates by induction": STEPS + r"$w_t = -\eta\sum_{i=1}^{t-1}v_i$.",
}
NOT_PROVED = {
    "the root of a square": r"Let $x \in \mathbb{R}$. Then $\sqrt{x^2} = x$.",
    "no strict relation": r"Let $x \ge 0$ and $y \ge 1$. Then $x + y > 1$.",
    "squares alone": (
        r"Let $x, y \in \mathbb{R}$. Suppose $x^2 = y^2$ and $x \ge 0$. Then $x = |x| + y - |y|$."
    ),
    "a declared function without a derivative": (
        r"Let $F: \mathbb{R} \to \mathbb{R}$, let $q \in \mathbb{R}$."
        r" Then $\frac{d}{dq}(F(q)-F(q)+q) = 1$."
    ),
    "another inner derivative": SLOPES + r"Then $\frac{d}{dq}F(q^2) = q\varphi(q^2)$.",
    "one step too many": STEPS + r"$w_t = -\eta\sum_{i=1}^{t}v_i$.",
}


def only(text: str) -> Task:
    tasks, errors = read_text(text)
    assert not errors, errors
    (task,) = tasks
    return task


@pytest.mark.parametrize("name", PROVED)
def test_proved(name: str) -> None:
    assert prove(only(PROVED[name]), [], budget=90).proof is not None


@pytest.mark.parametrize("name", NOT_PROVED)
def test_not_proved(name: str) -> None:
    assert prove(only(NOT_PROVED[name]), [], budget=10).proof is None
