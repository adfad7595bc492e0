"""Plots: what a module may ask for, and figures that hold the numbers they show."""

from __future__ import annotations

import copy
from xml.etree import ElementTree

import pytest
from sympy import Abs, Piecewise, Sum, exp, sqrt

from therefore import (
    IllFormed,
    define,
    dimension,
    horizon,
    index,
    inner,
    matrix,
    norm,
    plot,
    positive,
    real,
    sequence,
    vector,
)
from therefore.plots import Plot
from therefore.writing.figures import figure, numbers_in, numbers_of, same_numbers

x, b = real("x"), positive("b")


def saturating() -> Plot:
    """Two curves, a point, and a name that is given a value."""
    g = define("g", (x,), x / (b + Abs(x)))
    curves = {"g(x)": g(x), "1": 1, "k": Piecewise((0, x < 0), (x, True))}
    return plot((x, -4, 4), curves, points={"p": (b, 1 / b)}, at={b: 2}, caption="A < B & C")


def test_the_numbers_are_those_of_the_curves() -> None:
    """Each curve at even steps, the ends included; a constant is as long as any other."""
    numbers = numbers_of(saturating())
    curve = numbers["curves"]["g(x)"]
    assert (curve[0], curve[120], curve[-1]) == (-0.666667, 0.0, 0.666667)
    assert set(numbers["curves"]["1"]) == {1.0}
    assert numbers["curves"]["k"][0] == 0 and numbers["curves"]["k"][-1] == 4
    assert numbers["points"] == {"p": [2.0, 0.5]}


def test_a_value_that_is_none_is_left_out() -> None:
    """The root of a negative number is no number, and 1/0 is none either."""
    values = numbers_of(plot((x, -1, 1), {"r": sqrt(x), "q": 1 / x}, caption=""))["curves"]
    assert values["r"][0] is None and values["r"][-1] == 1.0
    assert values["q"][120] is None


def test_integers_are_dots() -> None:
    """Over an index there is one value for each integer."""
    k = index("k", 0, 8)
    numbers = numbers_of(plot((k, 0, 8), {"c": k**2}, caption=""))
    assert numbers["dots"] and numbers["curves"]["c"] == [float(n * n) for n in range(9)]


def test_a_figure_holds_its_numbers() -> None:
    """The file is XML, says in words what it shows, and is the same after it was written."""
    pytest.importorskip("matplotlib")
    numbers = numbers_of(saturating())
    drawn = figure(numbers)
    assert same_numbers(numbers_in(drawn), numbers)
    assert figure(numbers) == drawn
    assert ElementTree.fromstring(drawn).findtext("{*}title") == "A < B & C"
    assert not any(line != line.rstrip() for line in drawn.splitlines())


def test_other_numbers_are_seen() -> None:
    """The last digits do not matter; a curve, a word or a value more does."""
    numbers = numbers_of(saturating())
    near, far = copy.deepcopy(numbers), copy.deepcopy(numbers)
    near["curves"]["g(x)"][3] *= 1 + 1e-6
    far["curves"]["g(x)"][3] *= 1.01
    assert same_numbers(numbers, near) and not same_numbers(numbers, far)
    assert not same_numbers(numbers, {**numbers, "caption": "B"})
    assert not same_numbers(numbers, {**numbers, "points": {}})
    assert not same_numbers(numbers, numbers_in("<svg></svg>"))
    assert numbers_in('<desc id="therefore-plot">{</desc>') is None


@pytest.mark.parametrize(
    ("over", "curves", "options", "said"),
    [
        ((x, 1, 1), {"a": x}, {}, "from one number up to another"),
        ((x, 0, dimension("n")), {"a": x}, {}, "from one number up to another"),
        ((x + 1, 0, 1), {"a": x}, {}, "over a number by name"),
        ((x, 0, 1), {}, {}, "at least one curve"),
        ((x, 0, 1), {"a": b * x}, {}, "a needs values of b"),
        ((x, 0, 1), {"a": x}, {"points": {"p": (x, 1)}}, "p needs values of x"),
        ((x, 0, 1), {"a": exp(x) > 1}, {}, "no number that could be drawn"),
        ((x, 0, 1), {"a": x}, {"logarithmic": "z"}, "logarithmic names axes"),
        ((x, 0, 1), {"a": x}, {"logarithmic": "x"}, "logarithmic axis"),
    ],
)
def test_what_cannot_be_drawn(over: object, curves: object, options: dict, said: str) -> None:
    """Each fault is told where the plot is declared, with the line."""
    with pytest.raises(IllFormed, match=said) as error:
        plot(over, curves, caption="", **options)
    assert error.value.source is not None and error.value.source.path == __file__


def test_vectors_and_sequences_have_values_too() -> None:
    """A tuple for a vector, rows for a matrix, and a function of the index for a sequence."""
    d, T = dimension("d"), horizon("T")
    t, eta = index("t", 1, T), positive("eta")
    v, w, u, A = sequence("v", d), sequence("w", d), vector("u", d), matrix("A", d, d)
    asked = plot(
        (T, 1, 4),
        {"S": Sum(inner(w[t] - A @ u, v[t]), (t, 1, T)), "T": T},
        points={"p": (1, norm(u))},
        at={
            d: 2, eta: 2, u: (3, 4), A: ((1, 0), (0, 0)),
            v: lambda k: (k, 0), w: lambda k: eta * v[k + 1],
        },
        caption="",
    )  # fmt: skip
    numbers = numbers_of(asked)
    assert numbers["curves"]["S"] == [1.0, 7.0, 22.0, 50.0]
    assert numbers["points"] == {"p": [1.0, 5.0]}
