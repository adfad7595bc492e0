"""Properties of the reader: it reads back what was printed, and nothing can bring it down."""

from __future__ import annotations

import json
import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from latex_printer import DECLARATIONS, printed
from latex_reading import term_of

from therefore.kernel import goal_hash
from therefore.kernel.door import Kernel
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import close
from therefore.reading.latex import LatexError, read_document, read_text
from therefore.reading.latex.document import BROKEN, Document
from therefore.task import Task

TO_COME = ["prod", "expectation", "erf"]
LIMIT = 1.0  # seconds
RELAXED = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip

integers = st.sampled_from(["n", "1", "0", "7", ("+", "n", "1"), ("+", "n", ("-", "1"))])


def numbers(depth: int, index: tuple[str, ...] = ()) -> st.SearchStrategy:
    """Terms that are numbers; ``index`` holds the names of the summation indices around."""
    leaves = st.sampled_from(
        ["x", "y", "alpha", "2", "10", ("app", "a", "n"), ("app", "a", ("+", "n", "1")), *index]
    )
    if depth == 0:
        return leaves
    below, vectors_below = numbers(depth - 1, index), vectors(depth - 1, index)
    signed = st.one_of(below, st.tuples(st.just("-"), below))
    return st.one_of(
        leaves,
        st.tuples(st.just("+"), signed, signed),
        st.tuples(st.just("+"), below, signed, signed),
        st.tuples(st.just("-"), below),
        st.tuples(st.just("*"), below, below),
        st.tuples(st.just("*"), below, below, below),
        st.tuples(st.just("/"), below, below),
        st.tuples(st.just("^"), below, st.sampled_from(["2", "3"])),
        st.tuples(st.sampled_from(["sqrt", "abs", "exp", "log", "sin"]), below),
        st.tuples(st.just("app"), st.sampled_from(["tanh", "sigma"]), below),
        st.tuples(st.just("app"), st.sampled_from(["max", "min"]), below, below),
        st.tuples(st.just("app"), st.just("g"), below),
        st.tuples(st.just("norm"), vectors_below),
        st.tuples(st.just("inner"), vectors_below, vectors_below),
        st.tuples(st.just("app"), st.just("f"), vectors_below),
        st.builds(lambda body: ("derivative", close(body, "x"), "x"), below),
        sums(depth, index, numbers),
    )


def vectors(depth: int, index: tuple[str, ...] = ()) -> st.SearchStrategy:
    """Terms that are vectors."""
    leaves = st.sampled_from(["u", "v", ("app", "w", "n"), *(("app", "w", i) for i in index)])
    if depth == 0:
        return leaves
    below = vectors(depth - 1, index)
    return st.one_of(
        leaves,
        st.tuples(st.just("+"), below, below),
        st.tuples(st.just("+"), below, st.tuples(st.just("-"), below)),
        st.tuples(st.just("-"), below),
        st.tuples(st.just("*"), numbers(depth - 1, index), below),
        st.tuples(st.just("/"), below, numbers(depth - 1, index)),
        st.tuples(st.just("gradient"), st.just("f"), below),
        st.tuples(st.just("matmul"), matrices(depth - 1), below),
        sums(depth, index, vectors),
    )


def matrices(depth: int) -> st.SearchStrategy:
    """Terms that are d x d matrices."""
    leaves = st.sampled_from(["A", "M", ("identity", "d"), ("matmul", ("transpose", "X"), "X")])
    if depth == 0:
        return leaves
    below = matrices(depth - 1)
    return st.one_of(
        leaves,
        st.tuples(st.just("+"), below, below),
        st.tuples(st.just("+"), below, st.tuples(st.just("-"), below)),
        st.tuples(st.just("*"), st.sampled_from(["x", "2", ("app", "g", "x")]), below),
        st.tuples(st.just("matmul"), below, below),
        st.tuples(st.just("transpose"), below),
        st.tuples(st.just("inverse"), below),
        st.tuples(st.just("outer"), st.sampled_from(["u", "v"]), st.sampled_from(["u", "v"])),
    )


def sums(depth: int, index: tuple[str, ...], of: object) -> st.SearchStrategy:
    """Sums over a range of terms of a kind."""
    name = "ijklm"[len(index)]
    body = st.deferred(lambda: of(depth - 1, (*index, name)))
    return st.builds(
        lambda low, high, inner: ("sum", low, high, close(inner, name)), integers, integers, body
    )


@RELAXED
@given(numbers(3))
def test_what_is_printed_is_read_back(term):
    assert term_of(printed(term), DECLARATIONS) == term


@RELAXED
@given(vectors(2))
def test_vectors_are_read_back(term):
    assert term_of(printed(term), DECLARATIONS) == term


@RELAXED
@given(matrices(3))
def test_matrices_are_read_back(term):
    assert term_of(printed(term), DECLARATIONS) == term


@RELAXED
@given(numbers(2), numbers(2), st.sampled_from([("=", "="), (r"\le", "<="), ("<", "<")]))
def test_relations_are_read_back(left, right, relation):
    latex, sign = relation
    assert term_of(f"{printed(left)} {latex} {printed(right)}", DECLARATIONS) == [
        (sign, left, right)
    ]


def well_formed(goal: str) -> bool:
    """Whether the kernel takes a goal to be one, or it uses an operation still to come."""
    empty = json.dumps({"format": "therefore-1", "goal": goal_hash(goal), "kind": "none"})
    try:
        Kernel().accept(goal, empty)
    except Rejected as refused:
        coming = any(f'["{head}"' in goal for head in TO_COME)
        return refused.code == "FORMAT" or coming
    return False


def check(text: str) -> None:
    start = time.process_time()
    tasks, errors = read_text(text, "a.tex")
    assert time.process_time() - start < LIMIT
    assert all(isinstance(task, Task) for task in tasks)
    assert all(isinstance(e, LatexError) and e.line >= 1 and e.column >= 1 for e in errors)
    assert not any(BROKEN in error.message for error in errors)
    assert len({task.id for task in tasks}) == len(tasks)
    for task in tasks:
        assert well_formed(task.goal.to_text())


PIECES = [
    "$", "$$", r"\[", r"\]", "{", "}", "(", ")", "[", "]", r"\left(", r"\right)", "|", r"\|", "_",
    "^", "&", r"\\", "%", "\n", "\n\n", " ", ",", ".", "=", r"\le", "<", "+", "-", r"\cdot", "/",
    r"\frac", r"\sum", r"\lim", r"\nabla", r"\partial", r"\sqrt", r"\text", r"\begin{align}",
    r"\end{align}", r"\begin{cases}", r"\end{cases}", r"\begin{bmatrix}", r"\end{bmatrix}",
    r"\mathbb{R}", r"\in", r"\to", r"\infty", r"\Rightarrow", r"\langle", r"\rangle",
    r"\underbrace",
    r"\overset", r"\operatorname", r"\newcommand", r"\input", r"\label", r"\tag", r"\left",
    r"\right", "x", "w", "t", "T", "d", "e", "1", "0.5", "2", "'", "*", "!", ":", "Let", "Suppose",
    "for all", "where", "Then", "is convex", "Define", "% therefore: assume",
    "% therefore: declare",
    "% therefore: expect refuted\n", "% therefore: begin\n", "% therefore: end\n", r"\section{a}",
    r"\dots", r"\max", r"\exp", r"\sigma", r"\quad", "é", "²", "I", "X", r"X^\top", r"\odot",
    r"\exists", r"\forall", r"\min_{0\le k\le T}", r"\operatorname{span}(x,w)", r"\land",
    r"\frac{\partial f}{\partial w}", "for some", "does not exist", "has the sign of",
    "symmetric",
    "invertible", "be an eigenpair of", "+\\dots+", "0^+", "% therefore: convention entrywise\n",
    "% therefore: index k from 0\n", r"\mathbb{E}", r"\int_0^1", r"\prod_{k=1}^T", r"\det",
]  # fmt: skip
DOCUMENT = r"""\documentclass{article}\newcommand{\R}{\mathbb{R}}
\begin{document}\section{One}
Let $w_t, v_t \in \R^d$, $w^* \in \R^d$ and $\eta > 0$. Suppose $w_{t+1} = w_t - \eta v_t$
for $t = 1, \dots, T$ and $w_1 = 0$. % therefore: declare x real
\begin{align}
 \sum_{t=1}^T \langle w_t - w^*, v_t\rangle
   &\le \frac{\|w^*\|^2}{2\eta} + \frac{\eta}{2}\sum_{t=1}^T \|v_t\|^2 \tag{A-1}\\
   &= \begin{cases} x & x > 0 \\ -x & \text{otherwise}\end{cases} \quad\text{for all } x
\end{align}
Define $g(x) = \frac{x}{1+|x|}$. Then $g'(x) > 0$, where $x \ne 0$. If $x > 1$, then
\[ \lim_{x\to\pm\infty} g(x) = 0.5 \Rightarrow
   \nabla_w \|w\|^2 = \begin{bmatrix}1&2\\3&4\end{bmatrix}. \]
\end{document}
"""


MATRICES = r"""
Let $X \in \mathbb{R}^{n\times d}$ have full row rank. Let $w \in \mathbb{R}^d$ and
$t \in \mathbb{R}^n$.
Let $H$ be a symmetric $d\times d$ matrix. Let $(\lambda, q)$ be an eigenpair of $H$.
Define $L(w) = \frac1n\|Xw-t\|^2$. Let $b_k \in \mathbb{R}$ and $T$ be a positive integer.
\begin{align} \nabla_w L &= \frac{2}{n}X^\top(Xw-t) \tag{C-1} \\
 (H+ I)^{-1}w &= X^\top(XX^\top)^{-1}t \end{align}
\[ b_0+\dots+b_T \ge T\min_{0\le k\le T} b_k \]
\[ \exists c\in\mathbb{R}^n:\; w = X^\top c \]
Define $A = \begin{bmatrix}1&2\\3&4\end{bmatrix}$, $x = (2,3)$, $B = Ax$, $C = \sigma(B)$,
$g = x^\top C$, $z = \max(\lambda, 0)$.
\[ \frac{\partial g}{\partial A} = \frac{\partial g}{\partial B}x^\top
 = \begin{bmatrix}0.1&0.2\\3&4\end{bmatrix},\quad \frac{\partial C}{\partial B} = A \]
\[ \frac{dz}{d\lambda} \text{ does not exist at } \lambda = 0 \]
We have \[ \sigma' = \sigma(1-\sigma) \] where $\sigma = \sigma(\lambda)$.
\[ q^\top w \text{ has the sign of } \lambda \text{ for every } \lambda > 0. \]
\[ \lim_{\lambda\to0^+} \frac{|\lambda|}{\lambda} = 1 \]
"""


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.integers(0, len(MATRICES)), st.integers(0, 12), st.sampled_from(PIECES)),
        max_size=5,
    )
)
def test_a_document_with_matrices_that_was_damaged_is_read_or_refused(changes):
    text = MATRICES
    for place, cut, piece in changes:
        text = text[:place] + piece + text[place + cut :]
    check(text)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_pieces_in_any_order_are_read_or_refused(pieces):
    check(" ".join(pieces))
    check("$" + "".join(pieces) + "$")


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.integers(0, len(DOCUMENT)), st.integers(0, 12), st.sampled_from(PIECES)),
        min_size=1,
        max_size=6,
    )
)
def test_a_document_that_was_damaged_is_read_or_refused(changes):
    text = DOCUMENT
    for place, cut, piece in changes:
        text = text[:place] + piece + text[place + cut :]
    check(text)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text):
    check(text)
    check(f"${text}$")


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=2000))
def test_any_bytes_are_read_or_refused(tmp_path_factory, data):
    file = tmp_path_factory.mktemp("bytes") / "a.tex"
    file.write_bytes(data)
    start = time.process_time()
    read_document(file)
    assert time.process_time() - start < LIMIT


def test_reading_twice_gives_the_same():
    assert read_text(DOCUMENT, "a.tex") == read_text(DOCUMENT, "a.tex")


def test_nothing_is_left_of_a_document_in_the_next_one():
    Document("a.tex", None).read(DOCUMENT)
    tasks, errors = read_text("$x = x$")
    assert not tasks and len(errors) == 1
