"""Sentences, directives and displays: what a document declares, assumes and claims."""

from __future__ import annotations

import pytest

from therefore.reading.latex import declarations_missing, read_text
from therefore.verdict import Status


def read(text: str):
    tasks, errors = read_text(text, "proofs/A.tex")
    assert not errors, [str(error) for error in errors]
    return tasks


def only(text: str):
    (task,) = read(text)
    return task


def refusals(text: str) -> list[str]:
    return [error.message for error in read_text(text, "proofs/A.tex")[1]]


def test_a_sentence_declares_and_another_claims():
    task = only(r"Let $x \in \mathbb{R}$ and $\eta > 0$. Then $x + \eta > x$.")
    assert task.goal.declarations == (("x", "real"), ("eta", "real"))
    assert task.goal.hypotheses == (("<", "0", "eta"),)
    assert task.goal.conclusion == ("<", "x", ("+", "x", "eta"))
    assert (task.id, task.kind, task.source.line, task.source.column) == (
        "proofs/A.tex::L1", "line", 1, 46,
    )  # fmt: skip
    assert task.notation == {"x": "x", "eta": "\\eta"}


def test_labels_tags_and_line_numbers_name_the_lines():
    tasks = read(
        "Let $x\\in\\mathbb{R}$.\n\\begin{align}\nx &= x \\tag{A-1} \\\\\n"
        " &= x + 0 \\label{eq:b}\\\\\n&= x\n\\end{align}\n% therefore: label A-2\n"
        "\\[ x = x = x \\]\n"
    )
    assert [task.label for task in tasks] == ["A-1", "eq:b", "L5", "A-2", "A-2.2"]
    assert [task.source.line for task in tasks] == [3, 4, 5, 8, 8]
    assert tasks[2].uses == ("proofs/A.tex::A-1", "proofs/A.tex::eq:b")
    assert tasks[1].goal.conclusion == ("=", "x", ("+", "x", "0"))


def test_a_rounded_line_is_no_premise():
    tasks = read(r"Let $x = \cos(1)$. So $x = 0.54$. Then $x < 1$. So $x < 2$.")
    assert [len(task.uses) for task in tasks] == [0, 0, 1]


def test_sequences_recurrences_and_ranges():
    task = only(
        r"Let $w_t, v_t \in \mathbb{R}^d$, $w^* \in \mathbb{R}^d$ and $\eta > 0$."
        r" Suppose $w_{t+1} = w_t - \eta v_t$ for all $t = 1, \dots, T$ and $w_1 = 0$."
        r" \[ \|w_1 - w^*\|^2 = \|w^*\|^2. \]"
    )
    step = ("=", ("app", "w", ("+", "#0", "1")),
            ("+", ("app", "w", "#0"), ("-", ("*", "eta", ("app", "v", "#0")))))  # fmt: skip
    assert task.goal.hypotheses == (
        ("<", "0", "eta"),
        ("<=", "1", "T"),
        ("forall", "integer", ("implies", ("<=", "1", "#0"), ("implies", ("<=", "#0", "T"), step))),
        ("=", ("app", "w", "1"), ("zero", "d")),
    )
    assert dict(task.goal.declarations)["w"] == ("function", ("integer",), ("vector", "d"))


def test_an_assumption_about_a_free_index_is_refused():
    (message,) = refusals(r"Let $c_t\in\mathbb{R}$. Suppose $c_{t+1} = 2c_t$.")
    assert "for every t" in message
    ranged = r"Let $c_k \in\mathbb{R}$ with $k = 0,\dots,n$. Suppose $c_{k+1} = 2c_k$."
    assert "for every k" in refusals(ranged)[0]


def test_quantifiers_after_and_before_a_claim():
    after = only(r"Let $g:\mathbb{R}\to\mathbb{R}$. \[ g(x) = x^2 \text{ for all } x > 0 \]")
    before = only(r"Let $g:\mathbb{R}\to\mathbb{R}$. For all $x > 0$, $g(x) = x^2$.")
    for task in (after, before):
        assert task.goal.hypotheses == (("<", "0", "x"),)
        assert task.goal.conclusion == ("=", ("app", "g", "x"), ("^", "x", "2"))


def test_a_quantified_name_is_apart_from_what_is_assumed_of_it_outside():
    task = only(r"Let $x < 0$. For all $x > 0$, $x^2 > 0$.")
    assert task.goal.hypotheses == (("<", "0", "x_one"),)


def test_if_and_at_speak_of_their_own_sentence_only():
    first, second = read(r"Let $x\in\mathbb{R}$. If $x > 1$, then $x > 0$. So $x^2 \ge 0$.")
    assert first.goal.hypotheses == (("<", "1", "x"),)
    assert second.goal.hypotheses == ()
    rows = read(r"Let $x\in\mathbb{R}$. \[ x = 0 \text{ at } x=0 \] \[ x = x \]")
    assert [task.goal.hypotheses for task in rows] == [(("=", "x", "0"),), ()]


def test_where_declares_what_stood_before_it():
    task = only(r"We have \[ \eta x > 0, \] where $\eta > 0$ and $x > 0$.")
    assert task.goal.hypotheses == (("<", "0", "eta"), ("<", "0", "x"))


def test_definitions_with_and_without_arguments():
    task = only(
        r"Let $x\in\mathbb{R}$. Define $g(x) = \frac{x}{1+|x|}$ and $c = g(x) + 1$."
        r" Then $c > g(0)$."
    )
    assert task.goal.definitions == (
        ("g", ("real",), ("/", "#0", ("+", "1", ("abs", "#0")))),
        ("c", (), ("+", ("app", "g", "x"), "1")),
    )


def test_a_definition_of_a_declared_function_and_its_order_of_arguments():
    task = only(r"Let $a, b \in \mathbb{R}$. Define $h(a, b) = a - 2b$. So $h(1, 2) = -3$.")
    ((name, sorts, body),) = task.goal.definitions
    assert (name, sorts, body) == ("h", ("real", "real"), ("+", "#1", ("-", ("*", "2", "#0"))))


def test_parameters_with_a_subscript_are_bound():
    task = only(
        r"Let $w_1, w_2 \in \mathbb{R}$. Define $h(w_1, w_2) = w_1 - 2w_2$. So $h(1, 2) = -3$."
    )
    ((_, _, body),) = task.goal.definitions
    assert body == ("+", "#1", ("-", ("*", "2", "#0")))
    task = only(
        r"Let $t$ be an integer and $w, w_t \in \mathbb{R}^d$."
        r" Define $O(w) = \langle w, w_t\rangle$."
        r" So $O(w_t) = \|w_t\|^2$."
    )
    assert task.goal.definitions[0][2] == ("inner", "#0", ("app", "w_seq", "t"))


def test_properties_of_functions():
    task = only(
        r"Let $f$ be a convex and $L$-smooth function on $\mathbb{R}^d$."
        r" For all $x \in \mathbb{R}^d$, $f(x) \le f(x)$."
    )
    convex, differentiable, smooth = task.goal.hypotheses[-3:]
    assert differentiable == ("differentiable", "f")
    assert convex[:2] == ("forall", ("vector", "d"))
    assert smooth[2][2][0] == "<="
    assert ("<", "0", "L") in task.goal.hypotheses


def test_a_claim_of_convexity():
    task = only(r"Let $w, u\in\mathbb{R}^d$. \[ \|w-u\|^2 \text{ is convex in } w \]")
    body = task.goal.conclusion[2][2][2][2][2]
    assert body[0] == "<=" and "u" in str(body) and "'w'" not in str(body)


def test_implications_and_equivalences():
    one, two, three = read(
        r"Let $x\in\mathbb{R}$. \begin{align*} x^2 &= 4\\ \Rightarrow |x| &= 2\\"
        r" x^2 = 4 &\iff |x| = 2 \end{align*}"
    )
    assert two.goal.conclusion == ("implies", one.goal.conclusion, ("=", ("abs", "x"), "2"))
    assert three.goal.conclusion[0] == "and"


def test_a_long_line_that_is_broken_is_one_line():
    task = only(
        r"Let $a, b\in\mathbb{R}$. \begin{multline} a + b \\ + a = \\ 2a + b \end{multline}"
    )
    assert task.goal.conclusion == (
        "=", ("+", "a", "b", "a"), ("+", ("*", "2", "a"), "b"),
    )  # fmt: skip
    assert len(read(
        r"Let $a\in\mathbb{R}$. \begin{align*} 2a &= a \\ &\quad + a \\ -a &= 0 - a \end{align*}"
    )) == 2  # fmt: skip


def test_limits_and_minimisers():
    tasks = read(
        r"Let $x\in\mathbb{R}$ and define $g(x)=x^2$."
        r" \[ \lim_{x\to\pm\infty} \frac{1}{1+g(x)} = 0 \]"
        r" \[ \lim_{x\to 0} g(x) = 0 \]"
        r" \[ \operatorname{argmin}_x g(x) = 0 \]"
    )
    body = ("/", "1", ("+", "1", ("app", "g", "#0")))
    assert tasks[0].goal.conclusion == (
        "and", ("tends", body, "+oo", "0"), ("tends", body, "-oo", "0"),
    )  # fmt: skip
    assert tasks[1].goal.conclusion == ("tends", ("app", "g", "#0"), "0", "0")
    assert tasks[2].goal.conclusion[1] == (
        "forall", "real", ("<=", ("app", "g", "0"), ("app", "g", "#0")),
    )  # fmt: skip


def test_derivatives_write_definitions_out():
    task = only(
        r"Let $a, b\in\mathbb{R}$. Define $c = ab$ and $f = c + a$."
        r" \[ \frac{\partial f}{\partial a} = b + 1 \]"
    )
    body = ("+", ("*", "#0", "b"), "#0")
    assert task.goal.conclusion == ("=", ("derivative", body, "a"), ("+", "b", "1"))
    edge = only(
        r"Let $a, b\in\mathbb{R}$. Define $c = ab$ and $f = c + a$."
        r" \[ \frac{\partial f}{\partial c} = 1 \]"
    )
    assert edge.goal.conclusion == ("=", ("derivative", ("+", "#0", "a"), "c"), "1")


def test_commands_of_the_document_are_expanded():
    task = only(
        r"\documentclass{article}\newcommand{\R}{\mathbb{R}}"
        r"\DeclarePairedDelimiter{\norm}{\lVert}{\rVert}\newcommand{\twice}[2][2]{#1 #2}"
        r"\begin{document}Let $u \in \R^d$. \[ \norm*{\twice{u}} = \twice[2]{\norm{u}} \]"
        r"\end{document} $z = 1$"
    )
    assert task.goal.conclusion == (
        "=", ("norm", ("*", "2", "u")), ("*", "2", ("norm", "u")),
    )  # fmt: skip


def test_directives_declare_assume_define_and_expect():
    tasks = read(
        "% therefore: declare eta real\n% therefore: assume 0 < eta\n"
        "% therefore: declare w_t in R^d\n% therefore: declare f function R^d -> R\n"
        "% therefore: assume f is convex\n% therefore: declare n positive integer\n"
        "% therefore: declare x, y real\n% therefore: define g(x) = x/(1+|x|)\n"
        "% therefore: assume f(w_t) <= 1 for t = 1, ..., n\n"
        "% therefore: expect refuted\n% therefore: label A-1\n"
        "\\[ \\eta g(x) = f(w_1) \\]\n"
    )
    (task,) = tasks
    assert task.label == "A-1" and task.expected is Status.REFUTED
    assert ("<", "0", "eta") in task.goal.hypotheses
    assert ("<=", "1", "n") in task.goal.hypotheses
    assert task.goal.hypotheses[-1][0] == "forall"


def test_one_expectation_for_each_link_of_a_chain():
    tasks = read("Let $x\\in\\mathbb{R}$.\n% therefore: expect refuted, proved\n\\[ x = 1 = 1 \\]")
    assert [task.expected for task in tasks] == [Status.REFUTED, Status.PROVED]


def test_a_formula_can_be_an_assumption_or_be_skipped():
    task = only(
        "Let $x\\in\\mathbb{R}$.\n% therefore: assume\n\\[ x > 1 \\]\n% therefore: skip\n"
        "\\[ x = z \\]\n\\[ x > 0 \\]"
    )
    assert task.goal.hypotheses == (("<", "1", "x"),)


def test_scopes_end_what_they_assume_and_declare():
    assert "is not declared" in refusals(
        r"\section{A} Let $x\in\mathbb{R}$. \section{B} Then $x = x$."
    )[0]  # fmt: skip
    ended = read(
        "Let $x\\in\\mathbb{R}$. Suppose $x > 0$. So $x > 0$.\n% therefore: end\n\nSo $x = x$."
    )
    assert [task.goal.hypotheses for task in ended] == [(("<", "0", "x"),), ()]
    inner = "% therefore: begin\nLet $y > 0$.\n% therefore: end\n\nLet $y \\in \\mathbb{R}^2$."
    assert not refusals(inner)


def test_each_undeclared_name_is_declared_once():
    text = r"We have $p + q = 1$. Also $q = 2$. And $z_1 = p$."
    tasks, errors = read_text(text, "a.tex")
    assert not tasks
    assert declarations_missing(errors) == (
        "% therefore: declare p real\n% therefore: declare q real\n% therefore: declare z_1 real\n"
    )
    assert {error.id for error in errors} == {"a.tex::L1", "a.tex::L1.2", "a.tex::L1.3"}
    assert not refusals(declarations_missing(errors) + text)


def test_an_assumption_that_is_not_read_keeps_its_names_from_being_judged():
    messages = refusals(
        r"Let $f:\mathbb{R}\to\mathbb{R}$ and $a > 0$. Assume $f$ is Lipschitz."
        r" Then $f(a) = 0$."
    )
    assert "'lipschitz'" in messages[0] and "cannot be judged" in messages[1]
    assert read(r"Let $a > 0$. Then $a > 0$.")


def test_a_display_after_an_assumption_and_a_comma_has_two_readings():
    assert "Then" in refusals(r"Let $x\in\mathbb{R}$. Suppose $x > 0$, \[ x > 1. \]")[0]
    assert only(r"Let $x\in\mathbb{R}$. Suppose $x > 0$ and \[ x > 1. \] Then $x > 0$.")
    assert only(r"Let $x\in\mathbb{R}$. If $x > 0$, \[ x > 1. \]")


def test_what_has_no_rules_yet_is_a_task_all_the_same():
    task = only(r"Let $A \in \mathbb{R}^{n\times n}$. \[ \operatorname{tr}(A) = 1 \]")
    assert task.goal.conclusion == ("=", ("trace", "A"), "1")


def test_the_definition_of_a_standard_function_is_given_to_the_goal_that_uses_it():
    task = only(r"Let $x\in\mathbb{R}$. Define $g(x) = \max(x, 0)$. Then $g(x) \ge 0$.")
    assert [name for name, _, _ in task.goal.definitions] == ["max", "g"]
    assert task.notation["max"] == r"\max"
    own = only(r"Let $x\in\mathbb{R}$. Define $\sigma(x) = x^2$. Then $\sigma(x) \ge 0$.")
    assert [name for name, _, _ in own.goal.definitions] == ["sigma_"]


def test_cases_within_a_term_are_refused():
    text = r"Let $x\in\mathbb{R}$. \[ 1+\begin{cases}1 & x>0\\ 0 & x\le 0\end{cases} = 2 \]"
    assert "whole side" in refusals(text)[0]


def test_a_set_and_a_chain_declare_numbers():
    task = only(r"Let $\alpha \in [0,1)$ and $0 < \beta < 1$. Then $\alpha\beta < 1$.")
    assert task.goal.hypotheses == (
        ("<=", "0", "alpha"), ("<", "alpha", "1"), ("<", "0", "beta"), ("<", "beta", "1"),
    )  # fmt: skip


def test_the_natural_numbers_begin_where_it_is_said():
    assert "from 0" in refusals(r"Let $n \in \mathbb{N}$.")[0]
    assert only(r"Let $n \in \mathbb{N}_0$. Then $n \ge 0$.").goal.hypotheses == (("<=", "0", "n"),)
    assert "is an integer" not in refusals(r"Let $T > 0$. Then $\sum_{t=1}^T t > 0$.")[0]


def test_an_assumption_that_shares_no_name_with_the_claim_is_left_out():
    task = only(r"Let $x > 0$ and $y > 0$. Suppose $x < 1$. Then $y > 0$.")
    assert task.goal.hypotheses == (("<", "0", "y"),)


def test_gradients_of_definitions():
    task = only(
        r"Let $w, u\in\mathbb{R}^d$ and $\lambda > 0$. Define $O(w) = \lambda\|w-u\|^2$."
        r" \[ \nabla_w O(w) = 2\lambda(w-u) \]"
    )
    assert task.goal.conclusion[1] == (
        "gradient", ("lambda", ("vector", "d"), ("app", "O", "#0")), "w",
    )  # fmt: skip


def test_small_vectors_and_matrices_are_written_out():
    task = only(
        r"Define $W = \begin{bmatrix}1&2\\3&4\end{bmatrix}$ and $x = (2, 3)$."
        r" \[ Wx = \begin{bmatrix}8\\18\end{bmatrix} \]"
    )
    rows = [("vector", ("entry", "W", i, "0"), ("entry", "W", i, "1")) for i in "01"]
    assert task.goal.conclusion == (
        "=", ("vector", *(("inner", row, "x") for row in rows)), ("vector", "8", "18"),
    )  # fmt: skip


def test_words_that_turn_a_formula_are_not_passed_over():
    names = r"Let $x, y \in \mathbb{R}$. "
    for sentence in (
        r"Suppose $x > 0$ or $y > 0$.",
        r"We have $x > 0$ or $y > 0$.",
        r"$x > 0$ implies $x^2 > 0$.",
        r"$x > 0$ if and only if $y > 0$.",
        r"$x > 0$ only if $y > 0$.",
        r"Here $x > 0$ does not hold.",
        r"There exists $y$ such that $x = y$.",
        r"So $x = 2y$, $y = x$ for some $y$.",
        r"For some $y$, $x = 2y$.",
        r"$x = 2y$ for some $y$ for every $x$.",
        r"Suppose not $x > 0$.",
    ):
        tasks, errors = read_text(names + sentence)
        assert errors and not tasks, sentence


def test_a_quantifier_within_an_assumption():
    task = only(
        r"Let $a_t \in \mathbb{R}$. Suppose that for all $t = 1, \dots, n$, $a_t > 0$."
        r" Then $a_1 > 0$."
    )
    positive = ("<", "0", ("app", "a", "#0"))
    ranged = ("implies", ("<=", "1", "#0"), ("implies", ("<=", "#0", "n"), positive))
    assert task.goal.hypotheses[-1] == ("forall", "integer", ranged)


def test_a_parameter_with_a_subscript_is_bound():
    task = only(
        r"Let $w_1, w_2 \in\mathbb{R}$. Define $h(w_1,w_2) = w_1-2w_2$. So $h(1, 2) = -3$."
    )
    ((_, _, body),) = task.goal.definitions
    assert body == ("+", "#1", ("-", ("*", "2", "#0")))


def test_an_element_of_a_sequence_is_no_component_of_a_parameter_of_that_name():
    names = r"Let $\lambda > 0$, let $t$ be an integer, and let $w, w_t \in \mathbb{R}^d$. "
    task = only(names + r"Define $O(w) = \frac{\lambda}{2}\|w-w_t\|^2$. Then $O(w) \ge 0$.")
    assert "('app', 'w_seq', 't')" in str(task.goal.definitions)
    unclear = r"Let $w, w_t\in\mathbb{R}^2$. Define $O(w) = w_1$. Then $O(w) \ge 0$."
    assert "another name" in refusals(unclear)[0]


@pytest.mark.parametrize(
    "text",
    [
        r"\newcommand{\again}{\again x} Let $x > 0$. Then $2\again = 2$.",
        r"Let $x > 0$. Then $x \write18{ls} = x$.",
        r"Let $x > 0$. Then $\input{nowhere} x = x$.",
        "Let $x, y > 0$.\n\\let\\le\\ge\nThen $x \\le x + y$.",
        "Let $x, y > 0$.\n\\let\\ge\\le\nThen\n\\[ x + y \\ge x \\]",
    ],
)
def test_a_formula_is_not_read_without_the_command_that_is_at_fault(text: str) -> None:
    tasks, errors = read_text(text)
    assert not tasks and errors
