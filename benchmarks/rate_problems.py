"""Worst-case problems of first-order methods, for our search and for PEPit: the same, twice.

Each problem has a bound that is to be proved, and a model of PEPit for the worst case itself. All
are stated with numbers for the constants, since PEPit knows no letters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy import Integer

from therefore import (
    as_written,
    at_least,
    at_most,
    bregman_distance,
    claim,
    convex,
    differentiable,
    dimension,
    equal,
    fixed_point,
    for_all,
    function,
    gradient,
    inner,
    nonexpansive,
    norm,
    real,
    relatively_smooth,
    sequence,
    smooth,
    vector,
    vector_map,
)

__all__ = ["Problem", "problems"]

d = dimension("d")
x, y, z, g = (sequence(name, d) for name in "xyzg")
x_star, u, v = vector("x^*", d), vector("u", d), vector("v", d)
f, h = function("f", d), function("h", d)
slope = gradient(f)
m = real("m")
ONE, EIGHT = Integer(1), Integer(8)


@dataclass(frozen=True)
class Problem:
    """A claim for us, its bound at distance 1, and a model that PEPit solves for the worst case."""

    name: str
    stated: Any
    bound: Fraction
    model: Callable[[Any], None]  # takes a PEP and fills it
    is_tight: bool = True


def problems() -> Iterator[Problem]:
    """Every problem, from the cheapest methods on."""
    for steps in (1, 2, 3, 4, 5, 6):
        yield gradient_descent(steps)
    yield contraction()
    for steps in (1, 2, 3):
        yield least_gradient(steps)
    for steps in (1, 2, 3, 4):
        yield proximal_point(steps)
    yield accelerated_proximal_point(2)
    for steps in (1, 2, 3):
        yield fast_gradient(steps)
    yield subgradient_method(3)
    for steps in (1, 2, 3):
        yield halpern(steps)
    yield proximal_gradient()
    for steps in (1, 2, 3):
        yield bregman_gradient(steps)
    yield douglas_rachford()


def _stated(conclusion: Any, given: list[Any], name: str) -> Any:
    return claim(conclusion, given=given, label=name)


def _curved() -> Any:
    """f is 2-strongly convex."""
    lower = f(u) + inner(slope(u), v - u) + norm(v - u) ** 2
    return for_all(u, for_all(v, at_least(f(v), lower)))


def gradient_descent(steps: int) -> Problem:
    with as_written():
        given = [convex(f), smooth(f, ONE), equal(slope(x_star), 0)]
        given += [equal(x[k + 1], x[k] - slope(x[k])) for k in range(steps)]
        bound = norm(x[0] - x_star) ** 2 / (4 * steps + 2)
        stated = _stated(at_most(f(x[steps]) - f(x_star), bound), given, f"descent_{steps}")

    def model(problem: Any) -> None:
        from PEPit.functions import SmoothConvexFunction

        function_, point = _with_start(problem, SmoothConvexFunction, L=1.0)
        least = function_(function_.stationary_point())
        for _ in range(steps):
            point = point - function_.gradient(point)
        problem.set_performance_metric(function_(point) - least)

    return Problem(f"gradient descent, N = {steps}", stated, Fraction(1, 4 * steps + 2), model)


def contraction() -> Problem:
    with as_written():
        given = [smooth(f, EIGHT), _curved(), equal(slope(x_star), 0)]
        given.append(equal(x[1], x[0] - slope(x[0]) / 8))
        bound = 9 * norm(x[0] - x_star) ** 2 / 16
        stated = _stated(at_most(norm(x[1] - x_star) ** 2, bound), given, "contraction")

    def model(problem: Any) -> None:
        from PEPit.functions import SmoothStronglyConvexFunction

        function_, point = _with_start(problem, SmoothStronglyConvexFunction, L=8.0, mu=2.0)
        best = function_.stationary_point()
        problem.set_performance_metric((point - function_.gradient(point) / 8 - best) ** 2)

    return Problem("strongly convex, one step", stated, Fraction(9, 16), model)


def least_gradient(steps: int) -> Problem:
    with as_written():
        given = [smooth(f, ONE)]
        given += [equal(x[k + 1], x[k] - slope(x[k])) for k in range(steps)]
        given += [at_most(m, norm(slope(x[k])) ** 2) for k in range(steps + 1)]
        given.append(for_all(u, at_most(f(x_star), f(u))))
        bound = 4 * (f(x[0]) - f(x_star)) / (3 * steps)
        stated = _stated(at_most(m, bound), given, f"least_gradient_{steps}")

    def model(problem: Any) -> None:
        from PEPit.functions import SmoothFunction

        function_ = problem.declare_function(SmoothFunction, L=1.0)
        point, best = problem.set_initial_point(), function_.stationary_point()
        least = function_(best)
        problem.set_initial_condition(function_(point) - least <= 1)
        for k in range(steps + 1):
            slope_, value = function_.oracle(point)
            problem.set_performance_metric(slope_**2)
            problem.add_constraint(least <= value - slope_**2 / 2)
            if k < steps:
                point = point - slope_

    return Problem(f"least gradient, N = {steps}", stated, Fraction(4, 3 * steps), model, False)


def _subgradients(which: range) -> list[Any]:
    return [for_all(u, at_least(f(u), f(x[k]) + inner(g[k], u - x[k]))) for k in which]


def proximal_point(steps: int) -> Problem:
    with as_written():
        given = _subgradients(range(1, steps + 1))
        given += [equal(x[k + 1], x[k] - g[k + 1]) for k in range(steps)]
        bound = norm(x[0] - x_star) ** 2 / (4 * steps)
        stated = _stated(at_most(f(x[steps]) - f(x_star), bound), given, f"proximal_{steps}")

    def model(problem: Any) -> None:
        from PEPit.functions import ConvexFunction
        from PEPit.primitive_steps import proximal_step

        function_, point = _with_start(problem, ConvexFunction)
        least = function_(function_.stationary_point())
        for _ in range(steps):
            point, _, value = proximal_step(point, function_, 1)
        problem.set_performance_metric(value - least)

    return Problem(f"proximal point, N = {steps}", stated, Fraction(1, 4 * steps), model)


def accelerated_proximal_point(steps: int) -> Problem:
    with as_written():
        given = [*_subgradients(range(1, steps + 1)), for_all(u, at_most(f(x_star), f(u)))]
        given.append(equal(x[0], z[0]))
        for k in range(steps):
            given.append(equal(y[k], (k * x[k] + 2 * z[k]) / (k + 2)))
            given.append(equal(x[k + 1], y[k] - g[k + 1]))
            given.append(equal(z[k + 1], z[k] - (k + 2) * g[k + 1]))
        bound = norm(x[0] - x_star) ** 2 / (steps + 1) ** 2
        goal = at_most(f(x[steps]) - f(x_star), bound)
        stated = _stated(goal, given, f"accelerated_proximal_{steps}")

    def model(problem: Any) -> None:
        from PEPit.functions import ConvexFunction
        from PEPit.primitive_steps import proximal_step

        function_, point = _with_start(problem, ConvexFunction)
        least = function_(function_.stationary_point())
        far = point
        for k in range(steps):
            point, slope_, value = proximal_step((k * point + 2 * far) / (k + 2), function_, 1)
            far = far - (k + 2) * slope_
        problem.set_performance_metric(value - least)

    bound_ = Fraction(1, (steps + 1) ** 2)
    return Problem(f"accelerated proximal point, N = {steps}", stated, bound_, model)


def fast_gradient(steps: int) -> Problem:
    with as_written():
        given = [convex(f), smooth(f, ONE), equal(slope(x_star), 0), equal(y[0], z[0])]
        for k in range(steps):
            given.append(equal(x[k], (k * y[k] + 2 * z[k]) / (k + 2)))
            given.append(equal(y[k + 1], x[k] - slope(x[k])))
            given.append(equal(z[k + 1], z[k] - (k + 2) * slope(x[k]) / 2))
        bound = 2 * norm(y[0] - x_star) ** 2 / (steps + 1) ** 2
        stated = _stated(at_most(f(y[steps]) - f(x_star), bound), given, f"fast_{steps}")

    def model(problem: Any) -> None:
        from PEPit.functions import SmoothConvexFunction

        function_, near = _with_start(problem, SmoothConvexFunction, L=1.0)
        least, far = function_(function_.stationary_point()), near
        for k in range(steps):
            point = (k * near + 2 * far) / (k + 2)
            slope_ = function_.gradient(point)
            near, far = point - slope_, far - (k + 2) * slope_ / 2
        problem.set_performance_metric(function_(near) - least)

    bound_ = Fraction(2, (steps + 1) ** 2)
    return Problem(f"fast gradient, N = {steps}", stated, bound_, model, False)


def subgradient_method(steps: int) -> Problem:
    """With N = 3, R = M = 1 and the step R / (M sqrt(N + 1)) = 1/2."""
    with as_written():
        given = _subgradients(range(steps + 1))
        given += [equal(x[k + 1], x[k] - g[k] / 2) for k in range(steps)]
        given += [at_most(norm(g[k]) ** 2, 1) for k in range(steps + 1)]
        given += [at_most(m, f(x[k])) for k in range(steps + 1)]
        given.append(at_most(norm(x[0] - x_star) ** 2, 1))
        stated = _stated(at_most(m - f(x_star), ONE / 2), given, "subgradient")

    def model(problem: Any) -> None:
        from PEPit.functions import ConvexLipschitzFunction

        function_, point = _with_start(problem, ConvexLipschitzFunction, M=1.0)
        least = function_(function_.stationary_point())
        for k in range(steps + 1):
            slope_, value = function_.oracle(point)
            problem.set_performance_metric(value - least)
            if k < steps:
                point = point - slope_ / 2

    return Problem(f"subgradient, N = {steps}", stated, Fraction(1, 2), model)


def halpern(steps: int) -> Problem:
    F = vector_map("F", d, d)
    with as_written():
        given = [nonexpansive(F), fixed_point(x_star, F)]
        for k in range(steps):
            given.append(equal(x[k + 1], x[0] / (k + 2) + (k + 1) * F(x[k]) / (k + 2)))
        bound = 4 * norm(x[0] - x_star) ** 2 / (steps + 1) ** 2
        goal = at_most(norm(x[steps] - F(x[steps])) ** 2, bound)
        stated = _stated(goal, given, f"halpern_{steps}")

    def model(problem: Any) -> None:
        from PEPit.operators import LipschitzOperator

        operator = problem.declare_function(LipschitzOperator, L=1.0)
        best, _, _ = operator.fixed_point()
        start = point = problem.set_initial_point()
        problem.set_initial_condition((start - best) ** 2 <= 1)
        for k in range(steps):
            point = start / (k + 2) + (k + 1) * operator.gradient(point) / (k + 2)
        problem.set_performance_metric((point - operator.gradient(point)) ** 2)

    return Problem(f"Halpern, N = {steps}", stated, Fraction(4, (steps + 1) ** 2), model)


def proximal_gradient() -> Problem:
    """One step from two points, for L = 8, mu = 2 and the step 1/8."""
    with as_written():
        given = [smooth(f, EIGHT), _curved()]
        for p, s in ((x, g[1]), (y, z[1])):
            given.append(for_all(u, at_least(h(u), h(p[1]) + inner(s, u - p[1]))))
        given.append(equal(x[1], x[0] - slope(x[0]) / 8 - g[1] / 8))
        given.append(equal(y[1], y[0] - slope(y[0]) / 8 - z[1] / 8))
        bound = 9 * norm(x[0] - y[0]) ** 2 / 16
        stated = _stated(at_most(norm(x[1] - y[1]) ** 2, bound), given, "proximal_gradient")

    def model(problem: Any) -> None:
        from PEPit.functions import ConvexFunction, SmoothStronglyConvexFunction
        from PEPit.primitive_steps import proximal_step

        function_ = problem.declare_function(SmoothStronglyConvexFunction, L=8.0, mu=2.0)
        other = problem.declare_function(ConvexFunction)
        first, second = problem.set_initial_point(), problem.set_initial_point()
        problem.set_initial_condition((first - second) ** 2 <= 1)
        ends = [
            proximal_step(point - function_.gradient(point) / 8, other, 1 / 8)[0]
            for point in (first, second)
        ]
        problem.set_performance_metric((ends[0] - ends[1]) ** 2)

    return Problem("proximal gradient, one step", stated, Fraction(9, 16), model)


def bregman_gradient(steps: int) -> Problem:
    """f is 1-smooth relative to h, and the step is 1: f(x_N) - f(x*) <= D(x*, x_0)/N."""
    with as_written():
        given = [convex(f), differentiable(f), convex(h), differentiable(h)]
        given.append(relatively_smooth(f, h, ONE))
        mirror = gradient(h)
        given += [equal(mirror(x[k + 1]), mirror(x[k]) - slope(x[k])) for k in range(steps)]
        bound = bregman_distance(h, x_star, x[0]) / steps
        stated = _stated(at_most(f(x[steps]) - f(x_star), bound), given, f"bregman_{steps}")

    def model(problem: Any) -> None:
        from PEPit.functions import ConvexFunction
        from PEPit.primitive_steps import bregman_gradient_step

        function_ = problem.declare_function(ConvexFunction, reuse_gradient=True)
        apart = problem.declare_function(ConvexFunction, reuse_gradient=True)
        kernel = apart + function_
        best = function_.stationary_point()
        start = point = problem.set_initial_point()
        image, height = kernel.oracle(start)
        distance = kernel(best) - height - image * (best - start)
        problem.set_initial_condition(distance <= 1)
        for _ in range(steps):
            slope_ = function_.gradient(point)
            point, image, _ = bregman_gradient_step(slope_, image, kernel, 1)
        problem.set_performance_metric(function_(point) - function_(best))

    return Problem(f"Bregman gradient, N = {steps}", stated, Fraction(1, steps), model)


def douglas_rachford() -> Problem:
    """One step from two points, with the proximal step 1, for L = 2 and mu = 1."""
    two = Integer(2)
    with as_written():
        curved = f(u) + inner(slope(u), v - u) + norm(v - u) ** 2 / 2
        given = [smooth(f, two), for_all(u, for_all(v, at_least(f(v), curved)))]
        starts, ends = (z[0], g[0]), (z[1], g[1])
        for p, w, after in zip((x, y), starts, ends, strict=True):
            given.append(for_all(u, at_least(h(u), h(p[0]) + inner(w - p[0], u - p[0]))))
            given.append(equal(p[1], 2 * p[0] - w - slope(p[1])))
            given.append(equal(after, w + p[1] - p[0]))
        bound = 4 * norm(starts[0] - starts[1]) ** 2 / 9
        stated = _stated(at_most(norm(ends[0] - ends[1]) ** 2, bound), given, "douglas_rachford")

    def model(problem: Any) -> None:
        from PEPit.functions import ConvexFunction, SmoothStronglyConvexFunction
        from PEPit.primitive_steps import proximal_step

        function_ = problem.declare_function(SmoothStronglyConvexFunction, L=2.0, mu=1.0)
        other = problem.declare_function(ConvexFunction)
        first, second = problem.set_initial_point(), problem.set_initial_point()
        problem.set_initial_condition((first - second) ** 2 <= 1)
        after = []
        for start in (first, second):
            near = proximal_step(start, other, 1)[0]
            after.append(start + proximal_step(2 * near - start, function_, 1)[0] - near)
        problem.set_performance_metric((after[0] - after[1]) ** 2)

    return Problem("Douglas-Rachford, one step", stated, Fraction(4, 9), model)


def _with_start(problem: Any, kind: Any, **constants: float) -> tuple[Any, Any]:
    """A function of the class, and a start at distance at most 1 from where it is least."""
    function_ = problem.declare_function(kind, **constants)
    best = function_.stationary_point()
    start = problem.set_initial_point()
    problem.set_initial_condition((start - best) ** 2 <= 1)
    return function_, start
