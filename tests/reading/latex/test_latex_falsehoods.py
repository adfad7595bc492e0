"""Statements that are false, undefined somewhere or vacuous are read like all others."""

from __future__ import annotations

import pytest

from therefore.reading.latex import read_text

REAL = r"Let $x \in \mathbb{R}$."
TWO = r"Let $a, b \in \mathbb{R}$."
SEQUENCE = r"Let $a_t \in \mathbb{R}$ and $T$ be a positive integer."
VECTORS = r"Let $u, v \in \mathbb{R}^d$."
DESCENT = (
    r"Let $w_t, v_t, w^* \in \mathbb{R}^d$ and $\eta > 0$ and $T$ be a positive integer."
    r" Suppose $w_{t+1} = w_t - \eta v_t$ for $t = 1, \dots, T$ and $w_1 = 0$."
)
SMOOTH = (
    r"Let $f: \mathbb{R}^d \to \mathbb{R}$ be convex and $L$-smooth."
    r" Let $x_k, x^* \in \mathbb{R}^d$."
    r" Suppose $x_1 = x_0 - \frac{1}{L}\nabla f(x_0)$ and $f(x^*) \le f(x)$ for all"
    r" $x \in \mathbb{R}^d$. Define $N = 1$."
)
LINES = {
    "F01": (REAL, r"\frac{x}{x} = 1"),
    "F02": (REAL + " Suppose $x \\ne 0$.", r"\frac{x}{x} = 1"),
    "F03": (REAL, r"\sqrt{x^2} = x"),
    "F04": (REAL, r"\sqrt{x^2} = |x|"),
    "F05": (TWO + " Suppose $ab > 0$.", r"\ln(ab) = \ln a + \ln b"),
    "F06": (REAL, r"\frac{x^2-1}{x-1} = x+1"),
    "F07": (TWO + " Suppose $a = b$.", r"a^2-b^2 = ab-b^2 \Rightarrow a+b = b"),
    "F08": (r"Let $a, b, c \in \mathbb{R}$ with $a < b$.", "ac < bc"),
    "F09": (TWO + r" Suppose $a \ne 0$, $b \ne 0$ and $a < b$.", r"\frac1a > \frac1b"),
    "F10": (REAL, r"\frac{d}{dx}|x| = \frac{x}{|x|}"),
    "F11": ("", r"\lim_{x\to 0}\frac{|x|}{x} = 1"),
    "F12": (SEQUENCE, r"\sum_{t=1}^T t = \frac{T(T+1)}{2}+1"),
    "F13": (SEQUENCE, r"\sum_{t=1}^T (a_t-a_{t+1}) = a_1-a_T"),
    "F14": (SEQUENCE, r"\left(\sum_{t=1}^T a_t\right)^2 \le T\sum_{t=1}^T a_t^2"),
    "F15": (SEQUENCE, r"\left(\sum_{t=1}^T a_t\right)^2 \le \sum_{t=1}^T a_t^2"),
    "F16": (VECTORS, r"\|u+v\|^2 = \|u\|^2+\|v\|^2"),
    "F17": (VECTORS, r"\|u+v\|^2+\|u-v\|^2 = 2\|u\|^2+2\|v\|^2"),
    "F18": (r"Let $A, B \in \mathbb{R}^{n\times n}$.", r"(AB)^\top = A^\top B^\top"),
    "F19": (r"Let $A \in \mathbb{R}^{m\times n}$ with $A^\top A = I$.", r"AA^\top = I"),
    "F20": (r"Let $A \in \mathbb{R}^{n\times n}$, $x \in \mathbb{R}^n$.",
            r"\nabla_x\, x^\top A x = 2Ax"),
    "F21": (r"Let $f: \mathbb{R}^d \to \mathbb{R}$ be convex, $\alpha \in [0,1]$ and"
            r" $x, y \in \mathbb{R}^d$.",
            r"f(\alpha x+(1-\alpha)y) \ge \alpha f(x)+(1-\alpha)f(y)"),
    "F22": (r"Let $f: \mathbb{R}^d \to \mathbb{R}$ be $L$-smooth, $\eta > 0$ and"
            r" $w \in \mathbb{R}^d$.", r"f(w-\eta\nabla f(w)) \le f(w)"),
    "F23": (DESCENT, r"\sum_{t=1}^T\langle w_t-w^*,v_t\rangle \le"
            r" \frac{\|w^*\|^2}{2\eta}+\frac{\eta}{3}\sum_{t=1}^T\|v_t\|^2"),
    "F24": (SMOOTH, r"f(x_N)-f(x^*) \le \frac{L\|x_0-x^*\|^2}{4N+2}"),
    "F25": (SMOOTH, r"f(x_N)-f(x^*) \le \frac{L\|x_0-x^*\|^2}{4N+3}"),
    "F26": ("", "0.1+0.2 = 0.30000000000000004"),
    "F27": ("", r"e^{\pi\sqrt{163}} = 262537412640768744"),
    "F28": (REAL, "x+10^{-20} = x"),
    "F29": (REAL + " Suppose $x^2 < 0$.", "x = 1"),
    "F30": (r"Let $x, y \in \mathbb{R}$.", r"x^4y^2+x^2y^4+1 \ge 3x^2y^2"),
    "F31": (r"Let $x, y \in \mathbb{R}$.", r"x^4y^2+x^2y^4+1 \ge \frac{3001}{1000}x^2y^2"),
}  # fmt: skip
SHOWN = {
    "F06": ("=", ("/", ("+", ("^", "x", "2"), ("-", "1")), ("+", "x", ("-", "1"))),
            ("+", "x", "1")),
    "F10": ("=", ("derivative", ("abs", "#0"), "x"), ("/", "x", ("abs", "x"))),
    "F11": ("tends", ("/", ("abs", "#0"), "#0"), "0", "1"),
    "F18": ("=", ("transpose", ("matmul", "A", "B")),
            ("matmul", ("transpose", "A"), ("transpose", "B"))),
    "F19": ("=", ("matmul", "A", ("transpose", "A")), ("identity", "m")),
    "F27": ("=", ("exp", ("*", ("pi",), ("sqrt", "163"))), "262537412640768744"),
    "F28": ("=", ("+", "x", ("/", "1", ("^", "10", "20"))), "x"),
}  # fmt: skip


@pytest.mark.parametrize("name", LINES)
def test_a_false_line_is_read_as_it_stands(name):
    given, line = LINES[name]
    tasks, errors = read_text(f"{given}\n\\[ {line} \\]\n")
    assert not errors, [str(error) for error in errors]
    (task,) = tasks
    assert name not in SHOWN or task.goal.conclusion == SHOWN[name]


def test_the_digits_of_a_decimal_are_exact_in_the_first_member():
    (task,) = read_text("\\[ 0.1+0.2 = 0.30000000000000004 \\]")[0]
    low, high = task.goal.conclusion[1:]
    assert low[2] == high[1] == ("+", "1/10", "1/5")


def test_a_norm_is_no_vector():
    given = r"Let $w \in \mathbb{R}^d$ and $\lambda \in \mathbb{R}$."
    tasks, errors = read_text(rf"{given} \[ \|w\| = \lambda w \]")
    assert not tasks and "nothing true or false" in errors[0].message
