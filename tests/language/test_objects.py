"""The objects of the language: how they print, substitute and differentiate."""

from __future__ import annotations

import numpy as np
import pytest
import sympy
from sympy import Abs, Derivative, Rational, Sum, Symbol

from therefore import language as th
from therefore.language import IllFormed, NothingToProve, kernel_name, latex

x, y = th.real("x"), th.real("y")
F = th.real_function("F")
d, n, T = th.dimension("d"), th.dimension("n"), th.horizon("T")
t, eta = th.index("t", 1, T), th.positive("eta")
w, v, w_star = th.sequence("w", d), th.sequence("v", d), th.vector("w^*", d)
f = th.function("f", d)
i, j = th.cyclic_index("i", n), th.cyclic_index("j", n)
c, B = th.cyclic_sequence("c", n), th.matrix("B", n, n)
sizes, k = th.size_sequence("n"), th.index("k")
J = th.matrix_sequence("J", k, sizes[k], sizes[k - 1])
F = th.matrix_sequence("F", k, sizes[k], sizes[0])
a = th.vector_sequence("a", k, sizes[k])

with th.as_written():
    g = th.define("g", (x,), x / (1 + Abs(x)))
    mean = th.define(r"\bar w", (), Sum(w[t], (t, 1, T)) / T)
    WRITTEN = {
        r"g\left(- x\right)": g(-x),
        r"\frac{- x}{1 + \left|{- x}\right|}": (-x) / (1 + Abs(-x)),
        r"- \frac{x}{y}": -(x / y),
        r"- \frac{1}{\eta} x": -1 / eta * x,
        r"\frac{x - y}{2 \eta}": 1 / (2 * eta) * (x - y),
        r"w_{t + 1} = w_{t} - \eta v_{t}": th.equal(w[t + 1], w[t] - eta * v[t]),
        r"\frac{\eta}{2} \sum_{t=1}^{T} \left\lVert v_{t} \right\rVert^{2}": (
            eta / 2 * Sum(th.norm(v[t]) ** 2, (t, 1, T))
        ),
        r"\left\langle w_{t} - w^{*}, v_{t} \right\rangle": th.inner(w[t] - w_star, v[t]),
        r"x - y + 1 - \left(x - y\right)": x - y + 1 - (x - y),
        r"\eta \nabla f\left(w^{*}\right)": eta * th.gradient(f)(w_star),
        r"\nabla f\left(\bar w\right)": th.gradient(f)(mean),
        r"\nabla_{w^{*}} f\left(w^{*}\right)": th.grad(f(w_star), w_star),
        r"\frac{d}{d x} g\left(x\right)": Derivative(g(x), x),
        r"\forall t \in \{1, \dots, T\}:\ w_{t} = 0": th.for_all(t, 1, T, th.equal(w[t], 0)),
        r"\lim_{x \to -\infty} g\left(x\right) = 0": th.tends(g(x), x, -sympy.oo, 0),
        r"\lim_{x \to y^-} g\left(x\right) = 0": th.tends(g(x), x, y, 0, side="left"),
        r"\lim_{x \to y} g\left(x\right) = 0": th.tends(g(x), x, y, 0),
        r"\left. \frac{d}{d x} g\left(x\right) \right|_{x=0} = 1": th.has_derivative(
            g(x), x, 0, 1
        ),
        r"\left. \frac{d}{d x} g\left(x\right) \right|_{x=0} \text{ does not exist}": (
            th.no_derivative(g(x), x, 0)
        ),
        r"B J_{n} = J_{n} B": th.equal(B * th.shift(n), th.shift(n) * B),
        r"\sum_{i \in \mathbb{Z}_{n}} c_{i - j} \delta_{i, j + 1}": th.cyclic_sum(
            c[i - j] * th.delta(i, j + 1), i
        ),
        r"B^{t}": B**t,
        r"\left(B J_{n}\right)^{2}": (B * th.shift(n)) ** 2,
        r"B^{\top} I_{n}": th.transpose(B) * th.identity(n),
        r"\left(J_{n}^{t}\right)^{\top} v_{1}": th.transpose(th.shift(n) ** t) @ v[1],
        r"J_{k + 1} F_{k}": J[k + 1] * F[k],
        r"f \text{ is } L\text{-smooth}": th.smooth(f, th.positive("L")),
        r"x = 0 \;\Leftrightarrow\; y = 0": th.iff(th.equal(x, 0), th.equal(y, 0)),
    }


@pytest.mark.parametrize(("expected", "expression"), WRITTEN.items())
def test_latex_keeps_the_authors_form(expected: str, expression: object) -> None:
    assert latex(expression) == expected


def test_latex_is_the_same_inside_as_written() -> None:
    with th.as_written():
        assert [latex(one) for one in WRITTEN.values()] == list(WRITTEN)


def test_nothing_is_evaluated_inside_as_written() -> None:
    with th.as_written():
        assert (x / x).args == (x, x**-1)
        assert th.equal(x, x) == sympy.Eq(x, x, evaluate=False)
        assert th.at_most(1, 2).args == (1, 2)
    assert x / x == 1


def test_relations_outside_as_written_are_refused() -> None:
    with pytest.raises(NothingToProve, match="inside `with as_written"):
        th.equal(x / x, 1)


def test_substitution_reaches_into_our_objects() -> None:
    with th.as_written():
        step = w[t] - eta * v[t]
        assert step.subs(t, 3) == w[3] - eta * v[3]
        assert f(w_star).subs(w_star, w[1]) == f(w[1])
        assert th.norm(w_star).subs(w_star, w[1]) == th.norm(w[1])
    assert w_star.subs(d, 2) == th.vector("w^*", 2)
    assert B[i, j].subs(j, 0) == B[i, 0]


def test_the_index_of_a_family_is_bound() -> None:
    with th.as_written():
        assert J[k].subs(k, 3) == J[3]
        assert (F[k] @ a[0]).subs(k, 3) == F[3] @ a[0]
        assert a[k].subs(k, 3) == a[3]
    assert J.free_symbols == {J, sizes}
    with pytest.raises(IllFormed, match="is no size"):
        th.matrix_sequence("J", k, c[i], 2)


def test_matrices_print_and_compute() -> None:
    with th.as_written():
        power = B**2 @ th.vector("u", n)
        text = [str(one) for one in (power, th.transpose(B), th.identity(n), J[k], (B * B) ** t)]
    assert text == ["B**(2) @ u", "transpose(B)", "identity(n)", "J[k]", "(B*B)**(t)"]
    rows = np.array([[1, 2], [0, 1]])
    turned = th.transpose(B) @ (th.identity(n) @ th.vector("u", n))
    code = sympy.lambdify(["B", "u", "n"], power + turned)
    assert (code(rows, np.array([1, 1]), 2) == [6, 4]).all()
    assert sympy.lambdify(["J"], J[1])([0, 7]) == sympy.lambdify(["a"], a[1])([0, 7]) == 7


def test_substitution_keeps_definitions_folded_and_leaves_bound_names_alone() -> None:
    with th.as_written():
        assert g(x).subs(x, 3) == g(3)
        assert g(x).subs(x, 3).definition == g
        shifted = th.define("s", (x,), x + y)
        assert shifted(x).subs(y, 2).unfold() == x + 2
    statement = th.for_all(x, g(x))
    assert statement.subs(x, 3) == statement


def test_substitution_that_would_be_captured_is_refused() -> None:
    with th.as_written():
        shifted = th.define("s", (x,), x + y)
        with pytest.raises(IllFormed, match="is bound"):
            shifted(x).subs(y, x)
        with pytest.raises(IllFormed, match="is bound"):
            th.for_all(x, th.equal(x, y)).subs(y, x)


def test_unfolding_a_definition() -> None:
    assert g(-x).unfold() == -x / (1 + Abs(x))
    assert Derivative(g(x), x).doit().subs(x, 2) == Rational(1, 9)


def test_derivatives_in_members_reach_into_sums() -> None:
    """As those of SymPy's Indexed do: the member at j is among all that the sum runs over."""
    a, k, m = th.real_sequence("a"), th.index("k"), th.index("m")
    found = Derivative(Sum(a[k] ** 2, (k, 1, T)), a[m]).doit()
    assert found == Sum(2 * th.delta(k, m) * a[k], (k, 1, T))
    assert Derivative(a[k] ** 2, a[k]).doit() == 2 * a[k]
    assert (a[k] * x).diff(x) == a[k] and Derivative(a[k], th.real_sequence("b")[k]).doit() == 0


def test_definitions_of_sequences_unfold() -> None:
    """All at once, and not where something would be captured."""
    a, b, k, m = th.real_sequence("a"), th.real_sequence("b"), th.index("k"), th.index("m")
    total = th.define("S", (a, m), Sum(a[k] * a[m] * b[k], (k, 1, T)))
    assert total(b, 2).unfold() == Sum(b[k] * b[2] * b[k], (k, 1, T))
    squares = sympy.Lambda(m, a[m] ** 2)
    assert total(squares, 1).unfold() == Sum(a[k] ** 2 * a[1] ** 2 * b[k], (k, 1, T))
    with pytest.raises(IllFormed, match="is bound"):
        total(sympy.Lambda(m, a[m + k]), 1).unfold()


def test_free_symbols() -> None:
    assert g.free_symbols == set()
    assert g(y).free_symbols == {y}
    assert th.cyclic_sum(c[i - j], i).free_symbols == {c, j, n}
    assert th.for_all(t, 1, T, f(w[t])).free_symbols == {f, w, T, d}
    entries = th.matrix_by_entries((i, j), c[i - j])
    assert entries.free_symbols == {c, n}


def test_equal_declarations_are_the_same_object() -> None:
    assert th.vector("w", d) == th.vector("w", d)
    assert th.index("t", 1, T) == t
    assert th.index("t", 1, T) != th.index("t", 1, T + 1)
    assert th.index("t") != Symbol("t", integer=True)


def test_index_takes_both_ends_of_its_range_or_neither() -> None:
    with pytest.raises(TypeError, match="both ends"):
        th.index("t", 1)


def test_objects_with_items_are_not_taken_apart() -> None:
    for one in (w, c, B, f(w_star)):
        with pytest.raises(TypeError):
            iter(one)


def test_product_of_matrices_keeps_its_order() -> None:
    J = th.shift(n)
    assert B * J != J * B
    assert (2 * B).args == (2, B)
    assert (B * J)[i, j] == th.entry(B * J, i, j)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("w^*", "w_star"),
        (r"\bar w", "w_bar"),
        (r"\bar{w}", "w_bar"),
        (r"\overline{w}", "w_bar"),
        (r"\tilde g", "g_tilde"),
        (r"\eta", "eta"),
        (r"\eta^*", "eta_star"),
        ("x'", "x_prime"),
        ("w_{t}", "w_t"),
        (r"\mathcal{O}", "O"),
    ],
)
def test_kernel_names(name: str, expected: str) -> None:
    assert kernel_name(name) == expected


@pytest.mark.parametrize("name", ["", "η", "1x", "w+1", "$w$", "-", "w[1]"])
def test_names_without_a_plain_spelling_are_refused(name: str) -> None:
    with pytest.raises(th.BadName):
        th.real(name)


@pytest.mark.parametrize("size", [0, -1, Rational(1, 2), 1.5, d - 1])
def test_sizes_are_names_or_integers_of_at_least_one(size: object) -> None:
    with pytest.raises(IllFormed):
        th.vector("u", size)


def test_wrong_use_is_refused_at_once() -> None:
    for wrong in (
        lambda: th.gradient(x),
        lambda: th.convex(x),
        lambda: th.smooth(x, x),
        lambda: th.circulant(w),
        lambda: th.toeplitz(c, n),
        lambda: th.define("h", (x + 1,), x),
        lambda: g(x, y),
        lambda: th.all_of(th.convex(f)),
        lambda: th.for_all(t, 1, th.convex(f)),
        lambda: th.tends(x, x, 0, 0, side="both"),
        lambda: th.tends(x, x, sympy.oo, 0, side="right"),
    ):
        with th.as_written(), pytest.raises(IllFormed):
            wrong()


def test_sums_of_matrices_act_on_vectors() -> None:
    place = th.vector("p", n)
    with th.as_written():
        image, product = (B + th.transpose(B)) @ place, (2 * B) @ th.identity(n)
    assert image.func.__name__ == "Image" and image.args[1] == place
    assert product.func.__name__ == "Product"
    with pytest.raises(TypeError):
        (x + y) @ place
