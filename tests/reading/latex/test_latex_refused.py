"""What can be read in two ways, or not at all, is refused, and the message says what mends it."""

from __future__ import annotations

import pytest
from latex_reading import term_of

from therefore.reading.latex import declarations_missing, read_text

NAMES = r"""
Let $x, y, a, b, c, \eta, \lambda \in \mathbb{R}$. Let $T$ and $n$ be positive integers.
Let $w, u \in \mathbb{R}^d$, $v_t \in \mathbb{R}^d$, $q_t \in \mathbb{R}$.
Let $A \in \mathbb{R}^{m\times k}$.
Let $g: \mathbb{R}\to\mathbb{R}$ and $f: \mathbb{R}^d\to\mathbb{R}$.
"""
TWO_READINGS = [
    (r"h(x+1)", "as a function or as a number"),
    (r"a/bc", "\\frac"),
    (r"1/2\eta", "\\frac"),
    (r"a/b/c", "\\frac"),
    (r"\sin x y", "brackets around the argument"),
    (r"\sin 2x", "brackets around the argument"),
    (r"g^2(x)", "applied again"),
    (r"\sigma^{-1}(x)", "inverse"),
    (r"\sigma^2(x)", "applied again"),
    (r"\sqrt[n]{x}", "order of a root"),
    (r"\sqrt[1]{x}", "order of a root"),
    (r"x^{1/65}", "quotients"),
    (r"(-8)^{1/3}", "negative number"),
    (r"(-2)^x", "undefined"),
    (r"A^T", "\\top"),
    (r"|A|", "determinant"),
    (r"\|A\|", "Frobenius"),
    (r"|w|", "\\|w\\|"),
    (r"\sum_{t=1}^T q_t + b", "brackets"),
    (r"\log\sum_{t=1}^T q_t + b", "brackets"),
    (r"\sum_{i<T} v_i", "both ends"),
    (r"\frac{\mathrm{d}}{\mathrm{d}x} x^2 + 1", "brackets"),
    (r"\frac{\mathrm{d}}{\mathrm{d}x} x \sin(x)", "whole product"),
    (r"|a|b|c|", "\\left|"),
    (r"x^{(2)}", "sequence"),
    (r"{a+b}c", "brackets that can be seen"),
    (r"2 3", "\\cdot"),
    (r"x \pm y", "two lines"),
    (r"w \times u", "inner product"),
    (r"q^{2}", "element of the sequence"),
    (r"v_{st}", "several indices"),
    (r"\cos(1) = 0.5\sin(1)", "exact, or rounded"),
    (r"x \approx 100", "how many digits"),
]
NOT_READ = [
    (r"w = x", "says nothing true or false"),
    (r"w + x", "do not add up"),
    (r"w u", "entry by entry"),
    (r"A u", "is no product"),
    (r"\|w\| = \lambda w", "set against"),
    (r"\nabla_w \|w\|^2 = \|w\|", "set against"),
    (r"\|w\|_1", "index 1"),
    (r"\|x\|", "has no norm"),
    (r"\foo{x}", "unknown command"),
    (r"w^*", "star makes a name"),
    (r"z_t", "z_t is not declared"),
    (r"i", "complex"),
    (r"1+\dots+n", "dots"),
    (r"\max_{k\le n} q_k = 1", "from 1 or from elsewhere"),
    (r"x - - y", "two signs"),
    (r"\log_2 x", "base"),
    (r"\lim_{x\to 0+} x = 0", "above"),
    (r"f", "is a function"),
    (r"v", "is a sequence"),
    (r"\nabla f", "where the gradient"),
    (r"g(x, y)", "takes 1 arguments"),
    (r"g(w)", "argument of g"),
    (r"q_x", "not an integer"),
    (r"\left(a\right]", "not closed"),
    (r"x =", "missing"),
    (r"1,000", "not expected"),
    (r"x²", "not expected"),
    (r"a\cdot-b", "brackets"),
    (r"a \sim b", "not in the language"),
    (r"\frac{\mathrm{d} y}{\mathrm{d}x}", "define it"),
    (r"\begin{vmatrix}1&2\\3&4\end{vmatrix}", "determinant"),
    (r"\begin{bmatrix}1&2\\3\end{bmatrix}", "differ in length"),
    (r"\sum_{t=1}^{x} t", "needs an integer"),
]


@pytest.mark.parametrize(("latex", "mend"), TWO_READINGS)
def test_two_readings_are_named_with_what_settles_it(latex, mend):
    found = term_of(latex, NAMES)
    assert isinstance(found, str) and found.startswith("refused: ")
    assert mend in found


@pytest.mark.parametrize(("latex", "why"), NOT_READ)
def test_what_says_nothing_is_refused_with_its_reason(latex, why):
    found = term_of(latex, NAMES)
    assert isinstance(found, str) and found.startswith("refused: ")
    assert why in found


def test_a_declared_e_is_no_base_of_the_exponential_function():
    assert "exponential" in term_of("e^x", r"Let $x, e \in \mathbb{R}$.")
    assert term_of(r"\exp(x)", r"Let $x, e \in \mathbb{R}$.") == ("exp", "x")


def test_sigma_and_pi_are_standard_until_something_else_is_declared():
    assert term_of(r"\sigma(2\pi)") == ("app", "sigma", ("*", "2", ("pi",)))
    declared = r"Let $\sigma, x > 0$."
    assert term_of(r"\sigma x", declared) == ("*", "sigma_", "x")
    defined = r"Let $x\in\mathbb{R}$. Define $\sigma(x) = x^2$."
    assert term_of(r"\sigma(3)", defined) == ("app", "sigma_", "3")


@pytest.mark.parametrize(
    ("latex", "term"),
    [
        (r"\left(\sum_{t=1}^T q_t\right) + b",
         ("+", ("sum", "1", "T", ("app", "q", "#0")), "b")),
        (r"\sum_{t=1}^T \|v_t\|^2 - b",
         ("+", ("sum", "1", "T", ("^", ("norm", ("app", "v", "#0")), "2")), ("-", "b"))),
        (r"\left\|\sum_{t=1}^T v_t\right\|^2 + b",
         ("+", ("^", ("norm", ("sum", "1", "T", ("app", "v", "#0"))), "2"), "b")),
        (r"|x-|y||", ("abs", ("+", "x", ("-", ("abs", "y"))))),
        (r"|x||y|", ("*", ("abs", "x"), ("abs", "y"))),
        (r"\cos a\cos b", ("*", ("cos", "a"), ("cos", "b"))),
        (r"(g(x))^2", ("^", ("app", "g", "x"), "2")),
        (r"g''(x)", ("derivative", ("derivative", ("app", "g", "#0"), "#0"), "x")),
        (r"x^{-1}", ("/", "1", "x")),
        (r"x^{3/2}", ("^", ("sqrt", "x"), "3")),
        (r"x^{-1.5}", ("/", "1", ("^", ("sqrt", "x"), "3"))),
        (r"x^n", ("power", "x", "n")),
        (r"x^{n-1}", ("power", "x", ("+", "n", ("-", "1")))),
        (r"x^{2n+1}", ("power", "x", ("+", ("*", "2", "n"), "1"))),
        (r"(-1)^n", ("power", ("-", "1"), "n")),
        (r"2^n", ("power", "2", "n")),
        (r"2^{-n}", ("app", "pow", "2", ("-", "n"))),
        (r"\max(x,y,a)", ("app", "max", "x", ("app", "max", "y", "a"))),
        (r"x^{1/2}", ("sqrt", "x")),
        (r"x^{2/3}", ("^", ("app", "nth_root", "3", "x"), "2")),
        (r"x^{-1/4}", ("/", "1", ("app", "nth_root", "4", "x"))),
        (r"\sqrt[3]{x}", ("app", "odd_root", "3", "x")),
        (r"\sqrt[4]{x}", ("app", "nth_root", "4", "x")),
        (r"\sqrt[2]{x}", ("sqrt", "x")),
        (r"x^y", ("app", "pow", "x", "y")),
        (r"6.5\times10^{-3}", "13/2000"),
        (r"\sum_{i=1}^{n}\sum_{k=1}^{i} q_k",
         ("sum", "1", "n", ("sum", "1", "#0", ("app", "q", "#0")))),
    ],
)  # fmt: skip
def test_what_has_one_reading_is_read(latex, term):
    assert term_of(latex, NAMES) == term


@pytest.mark.parametrize(("text", "declarations"), [
    # A name is proposed as what lets its line be read, and a sequence with its own index.
    (r"Let $f: \mathbb{R}^d \to \mathbb{R}$ be differentiable. $x_{k+1} = x_k - \nabla f(x_k)$.",
     ["x_k in R^d"]),
    (r"Let $X \in \mathbb{R}^{n\times d}$. $\|Xw - y\|^2 \ge 0$.", ["w in R^d", "y in R^n"]),
    (r"Let $X \in \mathbb{R}^{n\times d}$. $v^T (X^T X + I) v \ge 0$.", ["v in R^d"]),
    (r"$w^T X^T X w \ge 0$.", ["w in R^d", "X matrix n d"]),
    (r"$a + b = b + a$. $a = a$.", ["a real", "b real"]),
    (r"$x_t \ge 0$. $x_1 \ge 0$.", ["x_t real"]),
])  # fmt: skip
def test_what_would_declare_a_name(text: str, declarations: list[str]) -> None:
    _, errors = read_text(text)
    assert declarations_missing(errors).splitlines() == [
        f"% therefore: declare {one}" for one in declarations
    ]
    _, errors = read_text(declarations_missing(errors) + text)
    assert not declarations_missing(errors)


def test_a_row_after_one_that_was_not_read_says_which() -> None:
    _, errors = read_text("\\begin{align*}\n q &= 1 \\\\\n &= 2\n\\end{align*}")
    assert "goes on from line 2, which could not be read" in errors[-1].message


SQUARE = (
    NAMES
    + r"""
Let $J \in \mathbb{R}^{n\times n}$. Let $\rho \in \mathbb{R}$. Let $i, l$ be integers.
Assume $0 \le i$.
"""
)


@pytest.mark.parametrize(
    ("latex", "term"),
    [
        (r"J^i", ("power", "J", "i")),
        (r"J^{i+1}", ("power", "J", ("+", "i", "1"))),
        (r"J^n J", ("matmul", ("power", "J", "n"), "J")),
        (r"\rho^T a", ("*", ("power", "rho", "T"), "a")),
        (r"\rho^{T-1}", ("power", "rho", ("+", "T", ("-", "1")))),
        (r"J^2", ("matmul", "J", "J")),
        (r"\sum_{k=0}^T \rho^k", ("sum", "0", "T", ("power", "rho", "#0"))),
        (
            r"\sum_{k=1}^T 2^{T-k}",
            ("sum", "1", "T", ("power", "2", ("+", "T", ("-", "#0")))),
        ),
        (r"\sum_{k=1}^T 2^{2(k-1)}", (
            "sum", "1", "T", ("power", "2", ("*", "2", ("+", "#0", ("-", "1")))),
        )),
        # From -1 on the exponent may be negative: a power of a positive number by exp and log.
        (r"\sum_{k=1}^T 2^{k-2}", (
            "sum", "1", "T", ("app", "pow", "2", ("+", "#0", ("-", "2"))),
        )),
    ],
)
def test_powers_with_a_natural_exponent(latex: str, term: object) -> None:
    assert term_of(latex, SQUARE) == term


@pytest.mark.parametrize(
    "latex",
    [r"J^T", r"J^l", r"J^{i-1}", r"J^a", r"J^0", r"A^i", r"w^i", r"\rho^l", r"v_t^i",
     r"\rho^{T-2}", r"\rho^{(i)}", r"\sum_{k=1}^T \rho^{k-2}", r"\sum_{k=0}^T \rho^{k-T}"],
)  # fmt: skip
def test_no_power_without_one(latex: str) -> None:
    assert str(term_of(latex, SQUARE)).startswith("refused: ")
