r"""Lines on gradient descent, read from LaTeX: each from its hypotheses and the lines before it.

None of them is a line of a committed document: the methods have to carry over.
"""

from __future__ import annotations

import pytest

from therefore.kernel import goal_hash
from therefore.provers import Lemma, prove
from therefore.reading.latex import read_text

BUDGET = 60.0  # of a slow machine; what is found is found in a few seconds

SMOOTH = r"""
Let $h: \mathbb{R}^d \to \mathbb{R}$ be $M$-smooth. Let $u_t \in \mathbb{R}^d$.
Let $T$ be a positive integer. Let $c \in \mathbb{R}$.
Suppose $u_{t+1}=u_t-\frac1M \nabla h(u_t)$ for all $t \ge 0$.
\[ h(u_{t+1})-h(u_t) \le -\frac1{2M}\|\nabla h(u_t)\|^2 \text{ for all } t \ge 0 \]
\[ h(u_{T+1})-h(u_0) \le -\frac1{2M}\sum_{k=0}^T\|\nabla h(u_k)\|^2 \]
\subsection{} Suppose $h(x) \ge c$ for all $x \in \mathbb{R}^d$.
\[ c-h(u_0) \le -\frac1{2M}\sum_{k=0}^T\|\nabla h(u_k)\|^2 \]
"""
STEP = r"""
Let $h: \mathbb{R}^d \to \mathbb{R}$ be $M$-smooth. Let $u \in \mathbb{R}^d$, $0<\eta \le 2/M$.
\[ h(u-\eta\nabla h(u)) \le h(u) \]
\subsection{} Let $\epsilon \le 1/M$, $\epsilon > 0$.
\[ h(u-\epsilon\nabla h(u)) \le h(u) - \frac{\epsilon}{2}\|\nabla h(u)\|^2 \]
"""
REGRET = r"""
Let $x_t, g_t \in \mathbb{R}^d$. Let $z\in \mathbb{R}^d$, $\eta >0$. Let $N$ be a positive integer.
Suppose $x_{t+1} = x_t - \eta g_t$ for all $t \ge 1$ and $x_1 = 0$.
\[ x_t = -\eta\sum_{i=1}^{t-1} g_i \text{ for all } t \ge 1 \]
\[ \sum_{t=1}^N g_t = -\frac{1}{\eta}x_{N+1} \]
\[ \sum_{t=1}^N\left\langle-\eta\sum_{i=1}^{t-1}g_i,g_t\right\rangle
   = -\frac{\eta}{2}\left\|\sum_{t=1}^N g_t\right\|^2+\frac{\eta}{2}\sum_{t=1}^N\|g_t\|^2 \]
\[ \sum_{t=1}^N\langle x_t-z,g_t\rangle
   \le \frac{\|z\|^2}{2\eta}+\frac{\eta}{2}\sum_{t=1}^N\|g_t\|^2 \]
\[ \left\|\sum_{t=1}^N g_t\right\|^2 \le N \sum_{t=1}^N\|g_t\|^2 \]
"""
MEAN = r"""
Let $x_t\in \mathbb{R}^d$. Let $z\in \mathbb{R}^d$. Let $N$ be a positive integer.
Let $h: \mathbb{R}^d \to \mathbb{R}$ be convex and differentiable.
Define $m = \frac1N\sum_{t=1}^N x_t$. Let $\eta>0$, $B, \rho > 0$.
\[ h(m) \le \frac{1}{N}\sum_{t=1}^N h(x_t) \]
\[ h(m)-h(z) \le \frac{1}{N}\sum_{t=1}^N\langle x_t-z,\nabla h(x_t)\rangle \]
\subsection{} Suppose $x_{t+1} = x_t - \eta \nabla h(x_t)$ for all $t \ge 1$ and $x_1 = 0$.
Suppose $\|z\|\le B$. Suppose $\|\nabla h(x_t)\|\le\rho$ for $t=1,\dots,N$.
\[ h(m)-h(z) \le \frac{B^2}{2\eta N}+\frac{\eta\rho^2}{2} \]
"""
PROXIMAL = r"""
Let $x, u, z \in \mathbb{R}^d$, $\lambda >0$, $\eta\in\mathbb{R}$.
Let $h: \mathbb{R}^d \to \mathbb{R}$ be differentiable.
Define $P(x) = h(u) + \langle x-u, \nabla h(u)\rangle + \frac\lambda2\|x-u\|^2$.
\[ \operatorname{argmin}_x P(x) = u - \frac{1}{\lambda}\nabla h(u) \]
\subsection{} Suppose $z = \operatorname{argmin}_x P(x)$.
\[ z = u-\frac{\nabla h(u)}{\lambda} \]
Suppose $\nabla h(u) \ne 0$ and $z = u - \eta \nabla h(u)$.
\[ \eta = \frac1\lambda \]
"""
NUMBERS = r"""
Let $a_t \in\mathbb{R}$. Let $T$ be a positive integer. Let $0 < s < 1/2$.
\[ \left(\sum_{t=1}^T a_t\right)^2 \le T\sum_{t=1}^T a_t^2 \]
\[ (2s-2)^2 + (2s+1)^2 < 5 \]
"""


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param(SMOOTH, 3, id="smooth"),
        pytest.param(STEP, 2, id="one step"),
        pytest.param(REGRET, 5, id="regret"),
        pytest.param(MEAN, 3, id="mean"),
        pytest.param(PROXIMAL, 3, id="proximal"),
        pytest.param(NUMBERS, 2, id="numbers"),
    ],
)
def test_every_line_is_proved(text: str, count: int) -> None:
    tasks, errors = read_text(text)
    assert not errors and len(tasks) == count
    before: list[Lemma] = []
    for one in tasks:
        attempt = prove(one, before, budget=BUDGET)
        assert attempt.proof is not None, (one.id, attempt.tried)
        before.append(Lemma(one.id, one.goal, goal_hash(one.goal.to_text())))


FALSE = {
    "a step that is too long": r"""
Let $h: \mathbb{R}^d \to \mathbb{R}$ be $M$-smooth. Let $u \in \mathbb{R}^d$, $\eta > 0$.
\[ h(u-\eta\nabla h(u)) \le h(u) \]""",
    "the square of a sum": r"""
Let $a_t \in\mathbb{R}$. Let $T$ be a positive integer.
\[ \left(\sum_{t=1}^T a_t\right)^2 \le \sum_{t=1}^T a_t^2 \]""",
    "a third for a half": r"""
Let $h: \mathbb{R}^d \to \mathbb{R}$ be $M$-smooth. Let $u, v \in \mathbb{R}^d$.
\[ h(v) \le h(u) + \langle \nabla h(u), v-u\rangle + \frac{M}{3}\|v-u\|^2 \]""",
    "not convex": r"""
Let $h: \mathbb{R}^d \to \mathbb{R}$ be $M$-smooth. Let $u, v \in \mathbb{R}^d$.
\[ h(v) \ge h(u) + \langle \nabla h(u), v-u\rangle \]""",
}


@pytest.mark.parametrize("name", FALSE)
def test_nothing_false_is_found(name: str) -> None:
    tasks, errors = read_text(FALSE[name])
    assert not errors and len(tasks) == 1
    assert prove(tasks[0], [], budget=5).proof is None
