"""Lines that have no truth value: each is refused with a sentence that says what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sympy
from sympy import Abs, Derivative, Dummy, Float, Function, Limit, Sum, Symbol, sqrt

from therefore import language as th
from therefore.language import BadName, IllFormed, NothingToProve, UnknownName, WrongShape
from therefore.reading.formulas import Reader

x, y = th.real("x"), th.real("y")
k = th.integer("k")
d, m, n, T = th.dimension("d"), th.dimension("m"), th.dimension("n"), th.horizon("T")
t, s = th.index("t", 1, T), th.index("s")
w, a = th.sequence("w", d), th.real_sequence("a")
u, v, z = th.vector("u", d), th.vector("v", d), th.vector("z", m)
f, g = th.function("f", d), th.function("g", m)
i, j, r = th.cyclic_index("i", n), th.cyclic_index("j", n), th.cyclic_index("r", m)
c, A, B = th.cyclic_sequence("c", n), th.matrix("A", m, n), th.matrix("B", n, n)
K, M = th.field("K"), th.field("M")
sizes = th.size_sequence("N")
omega, other = th.element("omega", K), th.element("other", M)

Line = Callable[[], Any]


def read(line: Line, given: tuple[Any, ...] = ()) -> None:
    with th.as_written():
        statement = line()
    Reader().goal(statement, given)


SHAPES: dict[str, Line] = {
    "a vector equals a number": lambda: th.equal(u, 1),
    "a number equals a vector": lambda: th.equal(x, u),
    "a gradient equals a norm": lambda: th.equal(th.gradient(f)(u), x * th.norm(u)),
    "an element of a field plus a number": lambda: th.equal(omega + x, 0),
    "an element of a field equals a number": lambda: th.equal(omega, x),
    "an element of a field plus a fraction": lambda: th.equal(omega + sympy.Rational(1, 2), 0),
    "division by an element of a field": lambda: th.equal(1 / omega, 0),
    "an element of a field halved": lambda: th.equal(omega / 2, 0),
    "an element of a field times a half": lambda: th.equal(sympy.Rational(1, 2) * omega, 0),
    "elements of two fields": lambda: th.equal(omega, other),
    "an element of a field at most another": lambda: th.at_most(omega, 0),
    "a power of an element by an integer": lambda: th.equal(omega**k, 1),
    "a power of an element by a number": lambda: th.equal(omega**x, 1),
    "the absolute value of an element": lambda: th.equal(Abs(omega), 0),
    "a number as a root of unity": lambda: th.root_of_unity(x, n),
    "a sum of elements over a range": lambda: th.equal(Sum(omega, (t, 1, T)), 0),
    "a component of a number": lambda: th.equal(th.component(x, i), 0),
    "a component at a place of another size": lambda: th.equal(th.component(u, i), 0),
    "a map at a vector of another size": lambda: th.equal(th.vector_map("L", m, n)(u), 0),
    "a matrix without entries": lambda: th.equal(sympy.Matrix(0, 1, []), B),
    "a written matrix of another size": lambda: th.equal(sympy.Matrix([[1, 2]]), B),
    "a written matrix times one of another size": lambda: th.equal(sympy.Matrix([[1]]) * B, B),
    "a vector in a written matrix": lambda: th.equal(sympy.Matrix([[x, u]]), B),
    "vectors of two sizes": lambda: th.equal(u, z),
    "a vector plus a number": lambda: th.equal(u + 1, v),
    "an inner product of two sizes": lambda: th.equal(th.inner(u, z), 0),
    "an inner product with a number": lambda: th.equal(th.inner(u, x), 0),
    "the norm of a number": lambda: th.equal(th.norm(x), 0),
    "the norm of zero": lambda: th.equal(th.norm(0), 0),
    "the exponential of a vector": lambda: th.equal(sympy.exp(u), 0),
    "the maximum of a number and a vector": lambda: th.equal(sympy.Max(x, u), 0),
    "a vector at a point": lambda: th.equal(sympy.Subs(x * u, x, 0), 0),
    "a slope at a vector": lambda: th.no_derivative(x, x, u),
    "the absolute value of a vector": lambda: th.equal(Abs(u), 0),
    "the product of two vectors": lambda: th.equal(u * v, 0),
    "the square of a vector": lambda: th.equal(u**2, 0),
    "division by a vector": lambda: th.equal(x / u, 0),
    "the root of a vector": lambda: th.equal(sqrt(u), 0),
    "a vector at most a vector": lambda: th.at_most(u, v),
    "a function of a number": lambda: th.equal(f(x), 0),
    "a function of a vector of another size": lambda: th.equal(g(u), 0),
    "a gradient at a number": lambda: th.equal(th.gradient(f)(x), 0),
    "a real index": lambda: th.equal(w[x], 0),
    "a fraction as index": lambda: th.equal(w[t / 2], 0),
    "a residue as an integer index": lambda: th.equal(a[i], 0),
    "a real residue": lambda: th.equal(c[x], 0),
    "a residue modulo another size": lambda: th.equal(c[r], 0),
    "residues of two moduli": lambda: th.equal(i, r),
    "a residue plus a real number": lambda: th.equal(i + x, 0),
    "a residue as a number": lambda: th.equal(x * i, 0),
    "a residue times a vector": lambda: th.equal(i * u, 0),
    "a residue at most a residue": lambda: th.at_most(i, j),
    "half a residue": lambda: th.equal(i / 2, j),
    "delta of numbers": lambda: th.equal(th.delta(x, 2), 0),
    "delta of vectors": lambda: th.equal(th.delta(u, u), 0),
    "delta of two moduli": lambda: th.equal(th.delta(i, r), 0),
    "the representative of a number": lambda: th.equal(th.representative(x), 0),
    "a sequence for a number": lambda: th.equal(th.define("h", (x,), x)(a), 0),
    "a number for a sequence": lambda: th.equal(th.define("h", (a,), a[1])(x), 0),
    "a sequence modulo n for one of integers": lambda: th.equal(th.define("h", (a,), a[1])(c), 0),
    "members for residues": lambda: th.equal(
        th.define("h", (a,), a[1])(sympy.Lambda(i, c[i])), 0
    ),
    "members for positive integers": lambda: th.equal(
        th.define("h", (a,), a[1])(sympy.Lambda(T, T + 1)), 0
    ),
    "members in two indices": lambda: th.equal(
        th.define("h", (a,), a[1])(sympy.Lambda((k, s), k)), 0
    ),
    "members that are vectors": lambda: th.equal(
        th.define("h", (a,), a[1])(sympy.Lambda(k, w[k])), 0
    ),
    "members for a number": lambda: th.equal(th.define("h", (x,), x)(sympy.Lambda(k, k + 1)), 0),
    "a matrix equals a number": lambda: th.equal(B, 0),
    "matrices that cannot be multiplied": lambda: th.equal(A * A, A),
    "matrices of two shapes": lambda: th.equal(A, B),
    "a matrix plus a number": lambda: th.equal(B + 1, B),
    "a matrix at most a matrix": lambda: th.at_most(B, B),
    "an inequality between matrices": lambda: th.not_equal(B, B),
    "a matrix times a vector": lambda: th.equal(B * u, u),
    "a negative power of a matrix": lambda: th.equal(B**-1, B),
    "the inverse of a matrix that is not square": lambda: th.equal(th.inverse(A), A),
    "the inverse of a product that is not square": lambda: th.equal(th.inverse(A * B), A),
    "the inverse of a written matrix that is not square": lambda: th.equal(
        th.inverse(sympy.Matrix([[1, 2]])), B
    ),
    "the inverse of matrices of changing sizes": lambda: th.invertible(
        th.matrix_sequence("M", k, sizes[k], sizes[k - 1])[k]
    ),
    "the inverse of a number": lambda: th.equal(th.inverse(x), x),
    "the inverse of a vector": lambda: th.equal(th.inverse(u), u),
    "an inverse times a vector of another size": lambda: th.equal(th.inverse(B) @ u, u),
    "an inverse times a matrix of another size": lambda: th.equal(th.inverse(B) * A, A),
    "the inverse of a sum of two sizes": lambda: th.invertible(B + th.identity(m)),
    "the norm of an inverse": lambda: th.equal(th.norm(th.inverse(B)), 1),
    "a matrix that is not square invertible": lambda: th.invertible(th.transpose(A)),
    "a number invertible": lambda: th.invertible(x),
    "a function invertible": lambda: th.invertible(f),
    "a vector as a Lipschitz constant": lambda: th.smooth(f, u),
    "a matrix as a Lipschitz constant": lambda: th.smooth(f, B),
    "a residue as a Lipschitz constant": lambda: th.smooth(f, i),
    "an element of a field as a Lipschitz constant": lambda: th.smooth(f, omega),
    "the entry of a number": lambda: th.equal(th.entry(x, i, j), 0),
    "an entry outside the columns": lambda: th.equal(B[i, r], 0),
    "a sum of residues": lambda: th.equal(Sum(i, (s, 1, T)), 0),
    "a cyclic sum of vectors": lambda: th.equal(th.cyclic_sum(u, i), u),
    "a range with a real end": lambda: th.equal(Sum(s, (s, 1, x)), 0),
    "a range with a vector as end": lambda: th.for_all(s, 1, u, th.equal(s, 0)),
    "a derivative of a vector": lambda: th.equal(Derivative(x * u, x), u),
    "a convex vector": lambda: th.convex(th.define("h", (u,), u)),
    "convexity of a function of a number": lambda: th.convex(th.define("h", (x,), x)),
    "a minimiser of a vector": lambda: th.unique_minimiser(v, of=u, over=u),
    "a minimiser of another size": lambda: th.unique_minimiser(z, of=f(u), over=u),
    "a minimum of a wrong argument": lambda: th.equal(th.define("h", (u,), f(u))(x), 0),
}


@pytest.mark.parametrize("name", SHAPES)
def test_what_does_not_fit_is_refused(name: str) -> None:
    with pytest.raises(WrongShape):
        read(SHAPES[name])


NOTHING: dict[str, Line] = {
    "a statement that is True": lambda: sympy.true,
    "a statement that is Python's True": lambda: True,
    "a statement that is False": lambda: sympy.false,
    "a side that is True": lambda: th.equal(x, True),
    "a side that is a statement": lambda: th.equal(x, th.less(x, y)),
    "a floating-point side": lambda: th.equal(x, 0.5),
    "a floating-point number inside": lambda: th.equal(x + 0.5 * y, 1),
    "a decimal that looks exact": lambda: th.equal(x, Float("1")),
    "an infinite side": lambda: th.at_most(x, sympy.oo),
    "a side that is minus infinity": lambda: th.at_most(-sympy.oo, x),
    "a side that is not a number": lambda: th.equal(x, sympy.nan),
    "complex infinity": lambda: th.equal(x, sympy.zoo),
    "the imaginary unit": lambda: th.equal(x, sympy.I),
    "an infinite limit": lambda: th.tends(x, x, sympy.oo, sympy.oo),
    "True inside a quantifier": lambda: th.for_all(x, sympy.true),
}


@pytest.mark.parametrize("name", NOTHING)
def test_what_was_decided_before_is_refused(name: str) -> None:
    with pytest.raises(NothingToProve):
        read(NOTHING[name])


def test_hypotheses_that_are_decided_are_refused() -> None:
    for hypothesis in (sympy.true, True, sympy.false):
        with pytest.raises(NothingToProve, match="decided"):
            read(lambda: th.equal(x, 0), (hypothesis,))


UNKNOWN: dict[str, Line] = {
    "an undeclared function": lambda: th.equal(Function("h")(x), 0),
    "a function outside the language": lambda: th.equal(sympy.gamma(x), 0),
    "a constant outside the language": lambda: th.equal(x, sympy.GoldenRatio),
    "a complex symbol": lambda: th.equal(Symbol("q"), 0),
    "a symbol that may be infinite": lambda: th.equal(Symbol("q", extended_real=True), 0),
    "a real exponent": lambda: th.equal(x**y, 0),
    "a floating-point exponent": lambda: th.equal(x**0.5, 0),
    "a Piecewise inside": lambda: th.equal(1 + sympy.Piecewise((x, x > 0), (0, True)), 0),
    "a Piecewise in an inequality": lambda: th.at_most(0, sympy.Piecewise((x, x > 0), (0, True))),
    "a limit inside an expression": lambda: th.equal(1 + Limit(x, x, sympy.oo), 0),
    "a product over a range": lambda: th.equal(sympy.Product(s, (s, 1, T)), 0),
    "SymPy's own delta": lambda: th.equal(sympy.KroneckerDelta(i, j), 0),
    "the name of a sequence": lambda: th.equal(th.vectors.Item(u, 1), 0),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_is_not_in_the_language_is_refused(name: str) -> None:
    with pytest.raises(UnknownName):
        read(UNKNOWN[name])


def _two_definitions() -> Any:
    first, second = th.define("h", (x,), x), th.define("h", (x,), 2 * x)
    return th.equal(first(x), second(x))


NAMES: dict[str, Line] = {
    "a dummy": lambda: th.equal(Dummy("x"), 0),
    "a wild symbol": lambda: th.equal(sympy.Wild("x"), 0),
    "two symbols of one name": lambda: th.equal(x, th.positive("x")),
    "a number and a vector of one name": lambda: th.equal(x * th.vector("x", d), 0),
    "two vectors of one name": lambda: th.equal(th.norm(u), th.norm(th.vector("u", m))),
    "two spellings of one name": lambda: th.equal(th.real("w^*"), th.real("w_star")),
    "two definitions of one name": _two_definitions,
    "a definition with the name of a number": lambda: th.equal(th.define("y", (x,), x)(y), 0),
    "an even integer": lambda: th.equal(Symbol("q", even=True), 0),
    "a rational number": lambda: th.equal(Symbol("q", rational=True), 0),
    "a bound name that means something else": lambda: th.at_most(
        Sum(a[t], (th.index("t"), 1, T)), 0
    ),
    "two bound variables of one name": lambda: th.at_most(
        Sum(s, (s, 1, T)), Sum(th.integer("s"), (th.integer("s"), 1, T))
    ),
    "a parameter that shares a name": lambda: th.equal(
        th.define("h", (x,), x + th.positive("x"))(1), 0
    ),
    "rows and columns of one name": lambda: th.equal(th.matrix_by_entries((i, i), c[i]), B),
    "a definition of a standard function": lambda: th.equal(
        th.define("max", (x,), x)(sympy.Max(x, y)), 0
    ),
    "a number with the name of a standard function": lambda: th.equal(
        th.real("tanh"), sympy.tanh(x)
    ),
    "a bound size": lambda: th.for_all(d, th.equal(th.norm(u), 0)),
}


@pytest.mark.parametrize("name", NAMES)
def test_names_with_two_meanings_are_refused(name: str) -> None:
    with pytest.raises(BadName):
        read(NAMES[name])


def _speaks_of_a_bound_name() -> Any:
    term = th.define("h", (), a[t])
    return th.at_most(Sum(term, (t, 1, T)), 0)


OTHERS: dict[str, Line] = {
    "a number is no statement": lambda: x,
    "a vector is no statement": lambda: u,
    "SymPy's And": lambda: sympy.And(x > 0, y > 0),
    "SymPy's Not": lambda: sympy.Not(th.equal(x, 0)),
    "a sum over a real number": lambda: th.equal(Sum(x, (x, 1, T)), 0),
    "a sum over a signed index": lambda: th.equal(Sum(T, (T, 1, 3)), 0),
    "a range that speaks of its index": lambda: th.equal(Sum(s, (s, 1, s)), 0),
    "a range for a real number": lambda: th.for_all(x, 0, 1, th.equal(x, 0)),
    "a range for a vector": lambda: th.for_all(u, 0, 1, th.equal(u, 0)),
    "a Piecewise without a last case": lambda: th.equal(
        y, sympy.Piecewise((x, x > 0), (0, x < 0))
    ),
    "a Piecewise in a Piecewise": lambda: th.equal(
        y, sympy.Piecewise(
            (sympy.Piecewise((x, y > 0), (0, True), evaluate=False), x > 0), (0, True),
            evaluate=False,
        )
    ),
    "a case that is no relation": lambda: th.equal(
        y, sympy.Piecewise((x, sympy.And(x > 0, y > 0)), (0, True))
    ),
    "a derivative in two variables": lambda: th.equal(Derivative(x * y, x, y), 0),
    "a derivative of a symbolic order": lambda: th.equal(Derivative(x**3, (x, T)), 0),
    "a derivative of a high order": lambda: th.equal(Derivative(x**3, (x, 21)), 0),
    "a derivative of a positive number at a point": lambda: th.has_derivative(
        th.positive("p"), th.positive("p"), 0, 1
    ),
    "no derivative in an integer": lambda: th.no_derivative(k, k, 0),
    "a positive number that is given a value": lambda: th.equal(
        sympy.Subs(th.positive("p"), th.positive("p"), 0), 0
    ),
    "a logarithm to a base": lambda: th.equal(sympy.log(x, 2, evaluate=False), 1),
    "a limit at a point that speaks of it": lambda: th.tends(x, x, x, 0),
    "a limit of SymPy's at such a point": lambda: th.equal(
        sympy.Expr.__new__(Limit, x, x, x, Symbol("+")), 0
    ),
    "a derivative in members of two kinds": lambda: th.equal(
        Derivative(a[1] * a[2], a[1], a[2]), 0
    ),
    "a derivative of a definition that speaks of the sequence": lambda: th.equal(
        Derivative(th.define("h", (), a[1]), a[1]), 1
    ),
    "a derivative in an integer": lambda: th.equal(Derivative(k**2, k), 0),
    "a derivative stated of a vector": lambda: th.has_derivative(u, x, 1, 1),
    "a derivative that is a vector": lambda: th.has_derivative(x, x, 1, u),
    "a derivative in an entry of a product": lambda: th.equal(
        sympy.Expr.__new__(Derivative, x, sympy.Tuple(th.entry(A * B, 0, 0), 1)), 0
    ),
    "a derivative at a place of another size": lambda: th.equal(
        Derivative(x, th.component(u, th.cyclic_index("o", m))), 0
    ),
    "a derivative of a definition that speaks of the matrix": lambda: th.equal(
        Derivative(th.define("q", (), A[0, 0]), A[0, 0]), 0
    ),
    "an outer product with a number": lambda: th.equal(th.outer(u, x), A),
    "a function of a number at a vector": lambda: th.equal(th.real_function("F")(u), 0),
    "a limit of a positive number": lambda: th.tends(
        th.positive("p"), th.positive("p"), -sympy.oo, 0
    ),
    "a minimum over a number": lambda: th.unique_minimiser(x, of=x, over=x),
    "a minimiser that depends on what varies": lambda: th.unique_minimiser(u, of=f(u), over=u),
    "a gradient in a number": lambda: th.equal(th.grad(x, x), 0),
    "a smooth definition": lambda: th.smooth(th.define("h", (u,), f(u)), x),
    "a smooth function of a number": lambda: th.smooth(th.real_function("F"), x),
    "a smooth value": lambda: th.smooth(f(u), x),
    "a differentiable definition": lambda: th.differentiable(th.define("h", (u,), f(u))),
    "a definition of a bound name": _speaks_of_a_bound_name,
    "a parameter with a sign": lambda: th.equal(th.define("h", (T,), T)(1), 0),
    "a parameter with a range": lambda: th.equal(th.define("h", (t,), t)(1), 0),
    "a size that is no size": lambda: th.equal(th.norm(th.vector("q", k)), 0),
    "a size by substitution": lambda: th.equal(th.norm(u), 0).subs(d, k),
    "a sum over a cyclic index that is none": lambda: th.equal(th.cyclic_sum(x, k), 0),
}


@pytest.mark.parametrize("name", OTHERS)
def test_everything_else_is_refused_too(name: str) -> None:
    with pytest.raises(IllFormed):
        read(OTHERS[name])


def test_messages_name_the_fault_and_what_mends_it() -> None:
    for line, message in [
        (lambda: th.equal(u, 1), r"a vector in R\^d against an integer"),
        (lambda: th.equal(u * v, 0), r"write inner\(u, v\)"),
        (lambda: th.equal(x, 0.5), "write an exact one"),
        (lambda: th.equal(Symbol("q"), 0), r"declare it by real\('q'\)"),
        (lambda: th.at_most(x, sympy.oo), r"for limits there is tends"),
        (lambda: sympy.And(x > 0, y > 0), "write all_of"),
        (_speaks_of_a_bound_name, "make it a parameter"),
    ]:
        with pytest.raises(IllFormed, match=message):
            read(line)
