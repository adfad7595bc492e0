"""Forms beyond plain formulas: matrices, partial derivatives, ranges, existence. Each with its
neighbours that could be read in two ways, or say nothing, and are refused."""

from __future__ import annotations

import pytest
from latex_reading import term_of

from therefore.reading.latex import read_text


def only(text: str):
    tasks, errors = read_text(text, "a.tex")
    assert not errors, [str(error) for error in errors]
    (task,) = tasks
    return task.goal


def refusal(text: str) -> str:
    tasks, errors = read_text(text, "a.tex")
    assert errors and not tasks, tasks
    return " | ".join(error.message for error in errors)


MATRICES = r"""
Let $X \in \mathbb{R}^{n\times d}$, $H \in \mathbb{R}^{d\times d}$, $w, u \in \mathbb{R}^d$ and
$t, a \in \mathbb{R}^n$ and $\alpha \in \mathbb{R}$. Define $L(w) = \frac{1}{n}\|Xw-t\|^2$.
"""
X_T = ("transpose", "X")


@pytest.mark.parametrize(
    ("latex", "term"),
    [
        (r"X^\top(Xw-t)", ("matmul", X_T, ("+", ("matmul", "X", "w"), ("-", "t")))),
        (r"(XX^\top)^{-1}t", ("matmul", ("inverse", ("matmul", "X", X_T)), "t")),
        (r"a^\top XX^\top a", ("inner", "a", ("matmul", "X", ("matmul", X_T, "a")))),
        (r"(H+\alpha I)^{-1}w",
         ("matmul", ("inverse", ("+", "H", ("*", "alpha", ("identity", "d")))), "w")),
        (r"HI_d", ("matmul", "H", ("identity", "d"))),
        (r"wu^\top", ("outer", "w", "u")),
        (r"H^3", ("matmul", ("matmul", "H", "H"), "H")),
    ],
)  # fmt: skip
def test_matrices_of_any_size(latex, term):
    assert term_of(latex, MATRICES) == term


def test_a_zero_beside_a_matrix_is_the_zero_matrix():
    assert term_of("H = 0", MATRICES) == [("=", "H", ("zero", "d", "d"))]
    assert term_of(r"X \ne 0", MATRICES) == [("!=", "X", ("zero", "n", "d"))]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (r"X X = X", "is no product"), (r"w u = 1", "entry by entry"), (r"I I = I", "size of I"),
        (r"I = 5", "declare it"), (r"X^{-1} = X", "no power"), (r"I_m = H", "I_m is not declared"),
        (r"H^\alpha = H", "power"), (r"w^{-1} = w", "no power"), (r"H + 1 = H", "do not add up"),
    ],
)  # fmt: skip
def test_matrices_that_do_not_fit(line, why):
    assert why in refusal(f"{MATRICES} \\[ {line} \\]")


def test_a_function_stands_without_its_variable_where_its_value_is_meant():
    goal = only(MATRICES + r"\[ \nabla_w L = \frac{2}{n}X^\top(Xw-t) \]")
    space, loss = goal.conclusion[1][1][1:]
    square = ("^", ("norm", ("+", ("matmul", "X", "#0"), ("-", "t"))), "2")
    assert (space, loss) == (("vector", "d"), ("*", ("/", "1", "n"), square))
    assert goal.conclusion[1][2] == "w"


@pytest.mark.parametrize(
    ("words", "hypotheses"),
    [
        ("be symmetric", (("=", ("transpose", "M"), "M"),)),
        ("be invertible", (("invertible", "M"),)),
        ("be orthogonal", (("=", ("matmul", ("transpose", "M"), "M"), ("identity", "n")),
                           ("=", ("matmul", "M", ("transpose", "M")), ("identity", "n")))),
        ("have full row rank", (("invertible", ("matmul", "M", ("transpose", "M"))),)),
        ("be skew-symmetric", (("=", ("transpose", "M"), ("-", "M")),)),
        ("be idempotent", (("=", ("matmul", "M", "M"), "M"),)),
        ("be an orthogonal projection",
         (("=", ("transpose", "M"), "M"), ("=", ("matmul", "M", "M"), "M"))),
        ("be singular", (("not", ("invertible", "M")),)),
        ("have orthonormal columns",
         (("=", ("matmul", ("transpose", "M"), "M"), ("identity", "n")),)),
        ("be a matrix with full column rank",
         (("invertible", ("matmul", ("transpose", "M"), "M")),)),
        ("be positive definite",
         (("=", ("transpose", "M"), "M"),
          ("forall", ("vector", "n"), ("implies", ("!=", "#0", ("zero", "n")),
           ("<", "0", ("inner", "#0", ("matmul", "M", "#0"))))))),
        ("be symmetric and positive semidefinite",
         (("=", ("transpose", "M"), "M"),
          ("forall", ("vector", "n"), ("<=", "0", ("inner", "#0", ("matmul", "M", "#0")))))),
    ],
)  # fmt: skip
def test_words_about_matrices(words, hypotheses):
    text = rf"Let $M \in \mathbb{{R}}^{{n\times n}}$. Let $M$ {words}. Then $M = M$."
    assert only(text).hypotheses == hypotheses


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        (r"Suppose $X$ has full rank.", "full column rank"),
        (r"Suppose $H$ is nilpotent.", "which power"),
        (r"$H$ is invertible.", "an assumption or a claim"),
        (r"Let $k \in \mathbb{N}$.", "the integers from 0"),
        (r"Suppose $H$ and $X$ commute.", "of one size"),
        (r"Suppose $n$ is odd and even.", "of their own"),
        (r"Suppose $w$ is invertible.", "a vector"),
        (r"Suppose $X$ is symmetric.", "not square"),
        (r"Suppose $H$ has nice properties.", "not read"),
        (r"Suppose $HH$ is nice.", "not read"),
        (r"Suppose $H$.", "without a formula"),
        (r"Suppose $q$ is an eigenvector of $H$.", "an eigenpair is read as"),
    ],
)
def test_words_that_are_unclear_or_unknown_are_not_passed_over(sentence, why):
    assert why in refusal(MATRICES + sentence)


def test_what_is_said_of_a_product_is_an_assumption_too():
    goal = only(MATRICES + r"Suppose $XX^\top$ is invertible. Then $X = X$.")
    assert goal.hypotheses == (("invertible", ("matmul", "X", X_T)),)


def test_an_eigenpair():
    goal = only(MATRICES + r"Let $(\lambda, q)$ be an eigenpair of $H$. Then $Hq = \lambda q$.")
    assert goal.hypotheses == (
        ("=", ("matmul", "H", "q"), ("*", "lambda_", "q")), ("!=", "q", ("zero", "d")),
    )  # fmt: skip


# -- partial derivatives -----------------------------------------------------------------

GRAPH = r"""
Let $w_1, w_2 \in \mathbb{R}$. Define $a = \cos w_1$, $b = \cos w_2$, $c = ab$,
$e_1 = \sigma(w_2)$, $f_1 = c + e_1$, $f_2 = w_1^2 w_2$, $w = (w_1, w_2)$ and $f = (f_1, f_2)$.
"""


@pytest.mark.parametrize(
    ("latex", "term"),
    [
        (r"\frac{\partial f_1}{\partial c}", ("derivative", ("+", "#0", "e_1"), "c")),
        (r"\frac{\partial c}{\partial a}", ("derivative", ("*", "#0", "b"), "a")),
        (r"\frac{\partial f_1}{\partial a}",
         ("derivative", ("+", ("*", "#0", "b"), "e_1"), "a")),
        (r"\frac{\partial f_1}{\partial w_1}",
         ("derivative", ("+", ("*", ("cos", "#0"), "b"), "e_1"), "w_1")),
        (r"\frac{\partial a}{\partial w_2}", ("derivative", "a", "w_2")),
        (r"\frac{\partial f_2}{\partial w}",
         ("vector", ("derivative", ("*", ("^", "#0", "2"), "w_2"), "w_1"),
          ("derivative", ("*", ("^", "w_1", "2"), "#0"), "w_2"))),
        (r"\frac{\partial f}{\partial e_1}",
         ("vector", ("derivative", ("+", "c", "#0"), "e_1"), ("derivative", "f_2", "e_1"))),
    ],
)  # fmt: skip
def test_definitions_are_written_out_as_far_as_they_depend_on_the_variable(latex, term):
    assert term_of(latex, GRAPH) == term


def test_a_jacobian_has_the_components_as_its_rows():
    term = term_of(r"\frac{\partial f}{\partial w}", GRAPH)
    assert term[0] == "rows" and [row[1][2] for row in term[1:]] == ["w_1", "w_1"]
    assert term[2] == (
        "row", ("derivative", ("*", ("^", "#0", "2"), "w_2"), "w_1"),
        ("derivative", ("*", ("^", "w_1", "2"), "#0"), "w_2"),
    )  # fmt: skip


def test_a_derivative_by_the_entries_of_a_matrix_has_its_layout():
    names = r"Let $W\in\mathbb{R}^{2\times 2}$. Define $x = (2, 3)$ and $y = x^\top W x$."
    term = term_of(r"\frac{\partial y}{\partial W}", names)
    assert [[cell[2] for cell in row[1:]] for row in term[1:]] == [
        [("entry", "W", "0", "0"), ("entry", "W", "0", "1")],
        [("entry", "W", "1", "0"), ("entry", "W", "1", "1")],
    ]


def test_a_component_of_a_vector_is_a_variable():
    names = r"Let $w \in \mathbb{R}^2$. Define $g(w) = w_1 w_2^2$."
    first, second = (("inner", "w", ("vector", *unit)) for unit in ("10", "01"))
    assert term_of(r"\frac{\partial g}{\partial w_2}", names) == (
        "derivative", ("*", first, ("^", "#0", "2")), second,
    )  # fmt: skip
    assert term_of("g(1,2)", names) == ("app", "g", ("vector", "1", "2"))


@pytest.mark.parametrize(
    ("names", "latex", "why"),
    [
        (GRAPH, r"\frac{\partial w}{\partial f}", "does not depend"),
        (r"Let $x, y\in\mathbb{R}$.", r"\frac{\partial y}{\partial x}", "define it"),
        (r"Let $n$ be an integer. Define $y = n^2$.", r"\frac{\partial y}{\partial n}", "integer"),
        (r"Let $w\in\mathbb{R}^2$ and $x\in\mathbb{R}$. Define $y=x^2$.",
         r"\frac{\partial y}{\partial w}", "does not depend"),
        (r"Let $x, y\in\mathbb{R}$. Define $z=xy$.", r"\frac{\partial^2 z}{\partial x\partial y}",
         "one variable"),
        (r"Define $C=(1,2)$.", r"C(1-C)", "do not add up"),
        (r"Define $C=(1,2)$ and $B=(3,4)$.", r"CB", "entry by entry"),
    ],
)  # fmt: skip
def test_derivatives_and_products_that_are_unclear(names, latex, why):
    assert why in term_of(latex, names)


def test_products_entry_by_entry_by_a_sign_or_a_convention():
    names = r"Define $C=(1,2)$ and $B=(3,4)$."
    units = (("vector", "1", "0"), ("vector", "0", "1"))
    product = ("vector", *(("*", ("inner", "C", u), ("inner", "B", u)) for u in units))
    assert term_of(r"C\odot B", names) == product
    assert term_of("CB", f"{names}\n% therefore: convention entrywise\n") == product


def test_at_a_point_is_an_assumption_for_each_component():
    goal = only(GRAPH + r"\[ f_2 = 2 \text{ at } w = (1, 2) \]")
    assert goal.hypotheses == (("=", "w_1", "1"), ("=", "w_2", "2"))


def test_a_function_that_stands_bare_is_declared_so():
    names = r"Let $x\in\mathbb{R}$. "
    value, slope = ("app", "sigma", "x"), ("derivative", ("app", "sigma", "#0"), "x")
    bare = r"\[ \sigma' = \sigma(1-\sigma) = \sigma(x) - \sigma^2 \]"
    assert "of what" in refusal(names + bare)
    tasks, errors = read_text(f"{names} We have {bare} where $\\sigma = \\sigma(x)$.")
    assert not errors
    product = ("*", value, ("+", "1", ("-", value)))
    assert [task.goal.conclusion for task in tasks] == [
        ("=", slope, product), ("=", product, ("+", value, ("-", ("^", value, "2")))),
    ]  # fmt: skip
    unclear = r"We have $\sigma(2x) = 1$ where $\sigma = \sigma(x)$."
    assert "times it" in refusal(names + unclear)


def test_a_prime_on_a_declared_function_is_its_derivative_also_in_an_assumption():
    goal = only(
        r"Let $F, g: \mathbb R \to \mathbb R$. Suppose $F'(u) = g(u)$ for all $u \in \mathbb{R}$."
        r" Then $F'(0) = g(0)$."
    )
    slope = ("has_derivative", ("app", "F", "#0"), "#0", ("app", "g", "#0"))
    assert goal.hypotheses == (("forall", "real", slope),)
    assert "nothing declares F" in refusal(r"Let $u\in\mathbb{R}$. Suppose $F'(u) = u$.")


# -- ranges, existence, words ------------------------------------------------------------

RANGES = r"Let $T$ be a positive integer, $a \in \mathbb{R}$ and $b_k, c_k \in \mathbb{R}$. "


def least(relation, body="b", head="min"):
    """The relation of the least or greatest member from 0 to T, as the reader writes it."""
    here, there = ("app", body, "#1"), ("app", body, "#0")
    order = ("<=", here, there) if head == "min" else ("<=", there, here)
    inside = ("implies", ("<=", "0", "#0"), ("implies", ("<=", "#0", "T"), order))
    attained = ("forall", "integer", inside)
    whole = ("implies", attained, relation)
    return ("and", ("<=", "0", "T"), ("forall", "integer", (
        "implies", ("<=", "0", "#0"), ("implies", ("<=", "#0", "T"), whole))))  # fmt: skip


def test_the_least_and_the_greatest_of_a_range():
    member = ("app", "b", "#0")
    assert term_of(r"a \le 2\min_{0\le k\le T} b_k", RANGES) == [
        least(("<=", "a", ("*", "2", member)))
    ]
    assert term_of(r"\max_{k=0}^{T} b_k = a", RANGES) == [least(("=", member, "a"), head="max")]
    start = RANGES + "\n% therefore: index k from 0\n"
    assert term_of(r"\min_{k \le T} b_k < a", start) == [least(("<", member, "a"))]


def test_two_of_them_in_two_rows_stay_apart():
    rows = r"\begin{align} a &= \min_{0\le k\le T} b_k \\ &\le \max_{0\le k\le T} c_k \end{align}"
    _, second = read_text(RANGES + rows)[0]
    assert "'b', '#1'" in str(second.goal.conclusion) and "'c'" in str(second.goal.conclusion)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (r"\min_{k\le T} b_k = a", "from elsewhere"),
        (r"\sum_{t=1}^T \min_{0\le k\le t} b_k = a", "around it is bound"),
        (r"\frac{\mathrm d}{\mathrm d a} \min_{0\le k\le T} (a b_k) = a", "part of a relation"),
        (r"a = b_1 + \dots + b_T + \dots + b_9", "dots"),
        (r"a = 1 + \dots + T", "dots"),
        (r"a = b_1 c_2 + \dots + b_T c_T", "dots"),
        (r"\exists s > 0:\; s = a \Rightarrow a = 1", "of its left side"),
        (r"\exists s\in\mathbb{R}: s = a, s = 1", "first part"),
        (r"\exists s = a", "colon"),
        (r"a = s \text{ for some } s > 0 \text{ for every } a > 0", "not clear"),
        (r"a = 1 \Rightarrow a = 2 \text{ and } a = 3", "both Q and R"),
        (r"a = 1 \not\Rightarrow a = 2", "state"),
        (r"a \text{ does not exist}", "a limit or of a derivative"),
        (r"\text{the total} = 5", "stand where one side"),
        (r"\text{total} = 5", "not declared"),
    ],
)
def test_ranges_and_words_that_are_unclear(line, why):
    assert why in refusal(f"{RANGES} \\[ {line} \\]")


def test_dots_between_terms_of_one_pattern_are_a_sum():
    total = ("sum", "0", "T", ("^", ("app", "b", "#0"), "2"))
    assert term_of(r"a = b_0^2 + \dots + b_T^2", RANGES) == [("=", "a", total)]
    assert term_of(r"a = b_0^2 + b_1^2 + \dots + b_T^2", RANGES) == [("=", "a", total)]


def test_existence_by_a_sign_and_by_words():
    names = r"Let $A\in\mathbb{R}^{m\times n}$ and $v\in\mathbb{R}^m$. "
    there = ("exists", ("vector", "n"), ("=", "v", ("matmul", "A", "#0")))
    for line in (
        r"\[ \exists c\in\mathbb{R}^n:\; v = Ac \]",
        r"We have $v = Ac$ for some $c\in\mathbb{R}^n$.",
        r"\[ v = Ac \text{ for some } c \in \mathbb{R}^n. \]",
    ):
        assert only(names + line).conclusion == there
    assert only(names + r"\[ v = 0 \Rightarrow \exists c\in\mathbb{R}^n: v = Ac \]").conclusion == (
        "implies", ("=", "v", ("zero", "m")), there,
    )  # fmt: skip


def test_a_span_of_listed_vectors():
    names = r"Let $u, v, w \in \mathbb{R}^d$."
    combined = ("+", ("*", "#1", "v"), ("*", "#0", "w"))
    assert term_of(r"u \in \operatorname{span}(v, w)", names) == [
        ("exists", "real", ("exists", "real", ("=", "u", combined)))
    ]
    assert "all listed" in term_of(r"u \in \operatorname{span}(v, \dots, w)", names)


def test_what_does_not_exist():
    names = r"Let $x\in\mathbb{R}$. Define $z = |x|$. "
    assert only(names + r"\[ \frac{dz}{dx} \text{ does not exist at } x = 0 \]").conclusion == (
        "not", ("exists", "real", ("has_derivative", ("abs", "#0"), "x", "#0")),
    )  # fmt: skip
    assert only(names + r"\[ \lim_{x\to 0} \frac{|x|}{x} \text{ does not exist} \]").conclusion == (
        "not", ("exists", "real", ("tends", ("/", ("abs", "#0"), "#0"), "0", "#0")),
    )  # fmt: skip


def test_one_number_has_the_sign_of_another():
    goal = only(r"Let $x, y\in\mathbb{R}$. \[ x \text{ has the sign of } y \]")
    assert goal.conclusion == (
        "and",
        ("implies", ("<", "0", "x"), ("<", "0", "y")),
        ("implies", ("<", "0", "y"), ("<", "0", "x")),
        ("implies", ("<", "x", "0"), ("<", "y", "0")),
        ("implies", ("<", "y", "0"), ("<", "x", "0")),
    )


def test_limits_from_one_side_and_at_both_ends():
    names = r"Let $x\in\mathbb{R}$."
    assert term_of(r"\lim_{x\to0^-} x = 0", names) == [("tends", "#0", ("left", "0"), "0")]
    both = term_of(r"\lim_{x\to\pm\infty} x = 0", names)
    assert both == [("and", ("tends", "#0", "+oo", "0"), ("tends", "#0", "-oo", "0"))]


def test_every_row_of_a_display_becomes_a_line_or_an_error():
    row = r"\begin{align} 2\cdot 3 &= 6 \tag{A} \end{align}"
    tasks, errors = read_text(f"A filter has a weight for each channel: {row}")
    assert [task.label for task in tasks] == ["A"] and not errors


def test_words_before_a_relation_are_no_side_of_it():
    tasks, (row, side) = read_text(RANGES + r"\[ a = 1 \text{ and the total} = 5 \]")
    assert not tasks and "are not read" in row.message and "one side of it" in side.message


def test_a_remark_between_two_members_is_none_of_them():
    tasks, errors = read_text(RANGES + r"\[ a = 1 \text{ (as said)} \le 2 \]")
    assert [task.goal.conclusion for task in tasks] == [("=", "a", "1"), ("<=", "1", "2")]
    assert not errors


def test_what_is_assumed_of_a_name_is_said_again_where_one_is_sought():
    given = r"Let $y > 0$ and $x \in \mathbb{R}$. "
    assert "in which set" in refusal(given + r"\[ \exists y:\; x = 2y \]")
    there = only(given + r"\[ \exists y > 0:\; x = 2y \]").conclusion
    assert there == ("exists", "real", ("and", ("<", "0", "#0"), ("=", "x", ("*", "2", "#0"))))


def test_what_an_assumption_makes_depend_on_the_variable_is_not_held_fast():
    given = r"Let $u, v, w\in\mathbb{R}^d$ and $\eta\in\mathbb{R}$. Suppose $w = u - \eta v$. "
    line = r"Define $L = \|w\|^2$. \[ \frac{\partial L}{\partial\eta} = 0 \]"
    assert "makes w depend" in refusal(given + line)
    defined = given.replace(", w", "").replace("Suppose", "Define")
    assert "#0" in str(only(defined + line).conclusion[1])


def test_a_function_is_differentiated_in_the_variable_by_which_it_was_defined():
    given = r"Let $v, w\in\mathbb{R}^d$. Define $L(v) = \|v\|^2$. "
    assert "does not depend" in refusal(given + r"\[ \nabla_w L = 0 \]")
    assert "does not depend" in refusal(
        r"Let $s, t\in\mathbb{R}$. Define $g(s) = s^2$. \[ \frac{dg}{dt} = 0 \]"
    )


def test_the_gradient_in_a_defined_vector_is_by_its_entries():
    term = term_of(r"\nabla_w f_2", GRAPH)
    assert term == (
        "vector", ("derivative", ("*", ("^", "#0", "2"), "w_2"), "w_1"),
        ("derivative", ("*", ("^", "w_1", "2"), "#0"), "w_2"),
    )  # fmt: skip


def test_a_gradient_of_a_vector_needs_its_layout_said():
    given = r"Let $w \in \mathbb{R}^2$. Define $f(w) = (w_1 w_2, w_2)$."
    assert "as columns" in term_of(r"\nabla f", given)
    assert "no layout" in term_of(r"\nabla f(w)", given)
    assert "convention jacobian" in term_of(r"\nabla_w (w+w)", given)
    said = given + "\n% therefore: convention jacobian\n"
    assert term_of(r"\nabla f", said) == term_of(r"\frac{\partial f}{\partial w}", given)


def test_a_power_before_the_argument_by_convention():
    given = r"Let $x\in\mathbb{R}$ and $g: \mathbb{R}\to\mathbb{R}$."
    said = given + "\n% therefore: convention powers\n"
    assert term_of("g^2(x)", said) == ("^", ("app", "g", "x"), "2")
    assert term_of(r"\sigma^2(x)", said) == ("^", ("app", "sigma", "x"), "2")
    assert "inverse" in term_of("g^{-1}(x)", said)


def test_a_relation_after_words_does_not_go_on_from_an_earlier_sentence():
    tasks, (error,) = read_text(RANGES + "We have $a = 1$. The other $= 5$.")
    assert len(tasks) == 1 and "left side" in error.message
    for between in (
        r"Suppose that \[ b_1 = 2. \]",
        "\n% therefore: assume\n\\[ b_1 = 2. \\]",
        "\n% therefore: skip\n\\[ \\le 2. \\]",
    ):
        tasks, (error,) = read_text(rf"{RANGES} \[ a = 1. \] {between} So \[ \le 3. \]")
        assert len(tasks) == 1 and "no line before" in error.message


def test_a_word_is_said_of_every_name_before_it():
    goal = only(r"Let $A,B\in\mathbb{R}^{n\times n}$ be invertible. Then $AB = BA$.")
    assert goal.hypotheses == (("invertible", "A"), ("invertible", "B"))
    goal = only(r"Let $a, b \in \mathbb{R}$ be nonzero. Then $ab = ba$.")
    assert goal.hypotheses == (("!=", "a", "0"), ("!=", "b", "0"))
    goal = only(r"Let $a \in \mathbb{R}$, nonzero. Then $a = a$.")
    assert goal.hypotheses == (("!=", "a", "0"),)


def test_a_word_that_assumes_something_is_never_passed_over():
    for sentence in (
        r"Let $A \in\mathbb{R}^{n\times n}$ with maximal row rank. Then $A = A$.",
        r"Let $A \in\mathbb{R}^{n\times n}$, diagonal. Then $A = A$.",
        r"Let the sparse $A \in\mathbb{R}^{n\times n}$ be given. Then $A = A$.",
    ):
        assert refusal(sentence)
