"""Terms in text and in LaTeX: brackets where they are needed, and no more."""

from __future__ import annotations

from typing import Any

import pytest

from therefore.writing.latex_terms import LatexPrinter
from therefore.writing.names import Names, latex_to_text
from therefore.writing.text_terms import TextPrinter

VECTORS = ("function", ("integer",), ("vector", "d"))
NAMES = Names(
    {
        "d": "size",
        "n": "size",
        "T": "size",
        "eta": "real",
        "x": "real",
        "B": "real",
        "rho": "real",
        "w": VECTORS,
        "v": VECTORS,
        "w_star": ("vector", "d"),
        "f": ("function", (("vector", "d"),), "real"),
        "g": ("function", ("real",), "real"),
        "c": ("function", (("residue", "n"),), "real"),
        "A": ("matrix", "n", "n"),
        "a": ("function", ("integer",), "real"),
        "j": "integer",
        "S": ("function", (("function", ("integer",), "real"),), "real"),
        "X": ("function", ("outcome",), ("vector", "d")),
    },
    {"w_star": "w^*", "eta": r"\eta"},
)
MOVED = ("+", ("app", "a", "#0"), ("*", "#1", ("delta", "#0", "j")))
MOVED_AT_1 = ("+", ("app", "a", "1"), ("*", "#0", ("delta", "1", "j")))
TWICE = ("+", ("app", ("lambda", "integer", ("+", ("app", "a", "#0"),
               ("*", "#3", ("delta", "#0", "j")))), "#0"), ("*", "#1", ("delta", "#0", "j")))
STEP = ("+", ("app", "w", "#0"), ("-", ("*", "eta", ("app", "v", "#0"))))
CONVEX = (
    "forall", ("vector", "d"),
    ("forall", ("vector", "d"),
     ("forall", "real",
      ("implies", ("<=", "0", "#0"),
       ("implies", ("<=", "#0", "1"),
        ("<=",
         ("app", "f", ("+", ("*", "#0", "#2"), ("*", ("+", "1", ("-", "#0")), "#1"))),
         ("+", ("*", "#0", ("app", "f", "#2")),
          ("*", ("+", "1", ("-", "#0")), ("app", "f", "#1")))))))),
)  # fmt: skip

TABLE: list[tuple[Any, str, str]] = [
    ("3/4", "3/4", r"\tfrac{3}{4}"),
    ("-2", "−2", "-2"),
    (("+", "x", ("-", "1")), "x − 1", "x - 1"),
    (("+", "x", ("*", "-2", "eta")), "x − 2η", r"x - 2 \eta"),
    (("-", ("+", "x", "1")), "−(x + 1)", "-(x + 1)"),
    (("*", ("+", "x", "1"), "x"), "(x + 1)·x", "(x + 1) x"),
    (("*", "eta", "2"), "η·2", r"\eta \cdot 2"),
    (("*", "-1", ("app", "g", ("-", "x"))), "−g(−x)", "-g(-x)"),
    (("^", ("+", "x", "1"), "2"), "(x + 1)²", "(x + 1)^{2}"),
    (("^", ("/", "x", "2"), "2"), "(x/2)²", r"\left( \frac{x}{2} \right)^{2}"),
    (("/", "x", ("+", "1", ("abs", "x"))), "x/(1 + |x|)", r"\frac{x}{1 + \lvert x\rvert}"),
    (("/", ("/", "x", "2"), "eta"), "(x/2)/η", r"\frac{\frac{x}{2}}{\eta}"),
    (("/", ("*", "B", "rho"), ("sqrt", "T")), "Bρ/√T", r"\frac{B \rho}{\sqrt{T}}"),
    (
        ("/", ("^", "B", "2"), ("*", "2", "eta", "T")),
        "B²/(2ηT)",
        r"\frac{B^{2}}{2 \eta T}",
    ),
    (
        ("*", ("/", "1", ("*", "2", "eta")), ("^", ("norm", "w_star"), "2")),
        "1/(2η)·‖w*‖²",
        r"\frac{1}{2 \eta} \lVert w^*\rVert^{2}",
    ),
    (
        ("*", ("/", "eta", "2"), ("sum", "1", "T", ("^", ("norm", ("app", "v", "#0")), "2"))),
        "η/2·∑_{t=1}^T ‖v_t‖²",
        r"\frac{\eta}{2} \sum_{t=1}^{T} \lVert v_{t}\rVert^{2}",
    ),
    (
        ("*", ("sum", "1", "T", ("app", "v", "#0")), "eta"),
        "(∑_{t=1}^T v_t)·η",
        r"\left( \sum_{t=1}^{T} v_{t} \right) \eta",
    ),
    (
        ("forall", "integer", ("implies", ("<=", "1", "#0"), ("implies", ("<=", "#0", "T"),
         ("=", ("app", "w", ("+", "#0", "1")), STEP)))),
        "for all t = 1, …, T: w_{t+1} = w_t − η·v_t",
        r"\text{ for all } t = 1, \dots, T\colon\; w_{t+1} = w_{t} - \eta v_{t}",
    ),
    (CONVEX, "f is convex", r"f \text{ is convex }"),
    (
        ("forall", ("residue", "n"), ("=", ("entry", "A", "#0", ("+", "#0", "1")), "0")),
        "for all i ∈ ℤ/n: A_{i,i+1} = 0",
        r"\text{ for all } i \in \mathbb{Z}/n\colon\; A_{i,i+1} = 0",
    ),
    (
        ("sum_mod", "n", ("app", "c", ("+", "#0", ("-", "1")))),
        "∑_{i=0}^{n−1} c_{i−1}",
        r"\sum_{i=0}^{n - 1} c_{i-1}",
    ),
    (
        ("derivative", ("*", "#0", "x"), "x"),
        "d/dy [yx] at y = x",
        r"\left. \frac{\mathrm{d}}{\mathrm{d}y} (y x) \right|_{y=x}",
    ),
    (
        ("forall", "real", ("=", ("derivative", ("*", "#0", "#1"), "#0"), "x")),
        "for all y ∈ ℝ: (d/dz [zy] at z = y) = x",
        r"\text{ for all } y \in \mathbb{R}\colon\; "
        r"\left. \frac{\mathrm{d}}{\mathrm{d}z} (z y) \right|_{z=y} = x",
    ),
    (
        ("has_derivative", ("/", "#0", ("+", "1", ("abs", "#0"))), "x", "1"),
        "d/dx [x/(1 + |x|)] = 1",
        r"\frac{\mathrm{d}}{\mathrm{d}x} \frac{x}{1 + \lvert x\rvert} = 1",
    ),
    (
        ("derivative", ("app", "S", ("lambda", "integer", MOVED)), "0"),
        "∂/∂a_j [S(a)]",
        r"\frac{\partial}{\partial a_{j}} S(a)",
    ),
    (
        ("derivative", ("sum", "1", "T", ("^", MOVED, "2")), "0"),
        "∂/∂a_j [(∑_{t=1}^T a_t²)]",
        r"\frac{\partial}{\partial a_{j}} \left( \sum_{t=1}^{T} a_{t}^{2} \right)",
    ),
    (
        ("derivative", ("derivative", ("app", "S", ("lambda", "integer", TWICE)), "0"), "0"),
        "∂/∂a_j [∂/∂a_j [S(a)]]",
        r"\frac{\partial}{\partial a_{j}} \left( \frac{\partial}{\partial a_{j}} S(a) \right)",
    ),
    # Not the derivative in a member: a_2 stays, or the variable stands elsewhere, or at 1.
    (
        ("derivative", ("*", ("app", "a", "2"), MOVED_AT_1), "0"),
        "d/dy [a_2·(a_1 + y·[1 = j])] at y = 0",
        r"\left. \frac{\mathrm{d}}{\mathrm{d}y} (a_{2} (a_{1} + y [1 = j])) \right|_{y=0}",
    ),
    (
        ("derivative", ("*", "#0", MOVED_AT_1), "0"),
        "d/dy [y·(a_1 + y·[1 = j])] at y = 0",
        r"\left. \frac{\mathrm{d}}{\mathrm{d}y} (y (a_{1} + y [1 = j])) \right|_{y=0}",
    ),
    (
        ("derivative", MOVED_AT_1, "1"),
        "d/dy [(a_1 + y·[1 = j])] at y = 1",
        r"\left. \frac{\mathrm{d}}{\mathrm{d}y} (a_{1} + y [1 = j]) \right|_{y=1}",
    ),
    (
        ("sum", "1", "T", ("derivative", ("+", ("app", "a", "#1"),
                                          ("*", "#0", ("delta", "#1", "#1"))), "0")),
        "∑_{t=1}^T ∂/∂a_t [a_t]",
        r"\sum_{t=1}^{T} \frac{\partial}{\partial a_{t}} a_{t}",
    ),
    (
        ("tends", ("/", "1", "#0"), "-oo", "0"),
        "1/y → 0 as y → −∞",
        r"\lim_{y \to -\infty} \frac{1}{y} = 0",
    ),
    (("tends", "#0", "x", "x"), "y → x as y → x", r"\lim_{y \to x} y = x"),
    (
        ("tends", "#0", ("right", "x"), "x"),
        "y → x as y → x from above",
        r"\lim_{y \to x^+} y = x",
    ),
    (
        ("tends", "#0", ("left", "x"), "x"),
        "y → x as y → x from below",
        r"\lim_{y \to x^-} y = x",
    ),
    (
        ("and", ("implies", ("=", "x", "1"), ("=", "B", "1")),
         ("implies", ("=", "B", "1"), ("=", "x", "1"))),
        "x = 1 ⇔ B = 1",
        r"x = 1 \;\Leftrightarrow\; B = 1",
    ),
    (
        ("and", ("forall", ("vector", "d"), ("<=", ("app", "f", "w_star"), ("app", "f", "#0"))),
         ("forall", ("vector", "d"),
          ("implies", ("<=", ("app", "f", "#0"), ("app", "f", "w_star")),
           ("=", "#0", "w_star")))),
        "w* is the only minimiser of f",
        r"w^* \text{ is the only minimiser of } f",
    ),
    (
        ("exists", ("function", (("residue", "n"),), "real"),
         ("forall", ("residue", "n"), ("=", ("app", "#1", "#0"), "0"))),
        "there is h ∈ (ℤ/n → ℝ) with for all i ∈ ℤ/n: h_i = 0",
        r"\text{ there is } h \in (\mathbb{Z}/n \to \mathbb{R}) \text{ with } "
        r"\text{ for all } i \in \mathbb{Z}/n\colon\; h_{i} = 0",
    ),
    (("gradient", "f", ("app", "w", "1")), "∇f(w_1)", r"\nabla f(w_{1})"),
    (("matmul", "A", "A"), "A A", "A A"),
]  # fmt: skip


@pytest.mark.parametrize(("term", "text", "latex"), TABLE)
def test_term(term: Any, text: str, latex: str) -> None:
    """Each term in both notations."""
    assert TextPrinter(NAMES).write(term) == text
    assert " ".join(LatexPrinter(NAMES).write(term).split()) == " ".join(latex.split())


@pytest.mark.parametrize(
    ("name", "text", "latex"),
    [
        ("d", "d ≥ 1 an integer", r"d \in \{1, 2, \dots\}"),
        ("w", "w_t ∈ ℝ^d", r"w_{t} \in \mathbb{R}^{d}"),
        ("f", "f: ℝ^d → ℝ", r"f \colon \mathbb{R}^{d} \to \mathbb{R}"),
        ("c", "c_i ∈ ℝ", r"c_{i} \in \mathbb{R}"),
        ("A", "A ∈ ℝ^(n×n)", r"A \in \mathbb{R}^{n \times n}"),
        ("X", "X ∈ ℝ^d (random)", r"X \in \mathbb{R}^{d} \text{ (random)}"),
    ],
)
def test_declaration(name: str, text: str, latex: str) -> None:
    """A declaration says what a name stands for."""
    assert TextPrinter(NAMES).declaration(name) == text
    assert LatexPrinter(NAMES).declaration(name) == latex


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("eta", "1/2", "η = 1/2"),
        ("w_star", ("vector", "-1"), "w* = −1"),
        ("w_star", ("vector", "1", "0"), "w* = (1, 0)"),
        ("w", ("table", "1", ("vector", "0"), ("vector", "3")), "w_1 = 0, w_2 = 3"),
        ("c", ("cycle", "1", "2"), "c_0 = 1, c_1 = 2"),
        ("f", ("lambda", ("vector", "1"), ("inner", "#0", "#0")), "f(y) = ⟨y, y⟩"),
        ("A", ("rows", ("row", "1", "2"), ("row", "0", "1")), "A = [1, 2; 0, 1]"),
    ],
)
def test_value(name: str, value: Any, text: str) -> None:
    """A value of a counterexample reads like an assignment on paper."""
    assert TextPrinter(NAMES).binding(name, value) == text


def test_bound_variables_avoid_the_names_in_force() -> None:
    """A binder takes the next letter where its usual one has another meaning."""
    names = Names({"t": "real", "T": "size"})
    term = ("*", "t", ("sum", "1", "T", "#0"))
    assert TextPrinter(names).write(term) == "t·∑_{i=1}^T i"


@pytest.mark.parametrize(
    ("latex", "text"),
    [(r"\eta", "η"), ("w^*", "w*"), ("w^{*}", "w*"), (r"\bar{w}", "w̄"), (r"\mathrm{lr}", "lr")],
)
def test_names(latex: str, text: str) -> None:
    """The author's LaTeX for a name becomes its text."""
    assert latex_to_text(latex) == text
