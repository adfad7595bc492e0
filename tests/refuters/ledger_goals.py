"""Lines of real homework solutions, written by hand as kernel goals: false ones and true ones.

Decimals that claim rounding are ranges, as the reader makes them. Nothing here says where a
false line fails: that is for the refuters to find.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from therefore.goal import Goal, Term


class E:
    """A term that can be added, multiplied, divided and raised to a power."""

    def __init__(self, term: Any) -> None:
        self.term: Term = term.term if isinstance(term, E) else (
            term if isinstance(term, tuple) else str(Fraction(str(term)))
            if not isinstance(term, str) or term[0] in "-.0123456789" else term
        )

    def __add__(self, other: Any) -> E:
        return E(("+", self.term, E(other).term))

    def __radd__(self, other: Any) -> E:
        return E(other) + self

    def __neg__(self) -> E:
        return E(("-", self.term))

    def __sub__(self, other: Any) -> E:
        return self + (-E(other))

    def __rsub__(self, other: Any) -> E:
        return E(other) - self

    def __mul__(self, other: Any) -> E:
        return E(("*", self.term, E(other).term))

    def __rmul__(self, other: Any) -> E:
        return E(other) * self

    def __truediv__(self, other: Any) -> E:
        return E(("/", self.term, E(other).term))

    def __rtruediv__(self, other: Any) -> E:
        return E(other) / self

    def __pow__(self, other: int) -> E:
        return E(("^", self.term, str(other)))

    def __matmul__(self, other: Any) -> E:
        return E(("matmul", self.term, E(other).term))

    def __call__(self, *arguments: Any) -> E:
        return E(("app", self.term, *(E(a).term for a in arguments)))

    def __getitem__(self, at: Any) -> E:
        at = at if isinstance(at, tuple) else (at,)
        return E(("entry", self.term, *map(str, at)))

    @property
    def T(self) -> E:
        return E(("transpose", self.term))


def op(head: str) -> Any:
    return lambda *parts: E((head, *(E(part).term for part in parts)))


exp, log, sin, cos, norm, inner, absolute, sqrt = map(
    op, ("exp", "log", "sin", "cos", "norm", "inner", "abs", "sqrt")
)
inverse, vector, app, inv = op("inverse"), op("vector"), op("app"), op("invertible")
gradient = op("gradient")


def relation(head: str) -> Any:
    return lambda left, right: (head, E(left).term, E(right).term)


eq, ne, le, lt = map(relation, ("=", "!=", "<=", "<"))


def both(*parts: Term) -> Term:
    return ("and", *parts)


def rows(*lines: Any) -> E:
    return E(("rows", *(("row", *(E(entry).term for entry in line)) for line in lines)))


def rounds(value: Any, decimal: str) -> Term:
    """That a value rounds to a decimal."""
    mantissa, _, exponent = decimal.partition("e")
    digits = len(mantissa.partition(".")[2])
    scale = Fraction(10) ** int(exponent or 0)
    middle, half = Fraction(mantissa) * scale, Fraction(1, 2 * 10**digits) * scale
    return both(le(middle - half, value), le(value, middle + half))


def close(term: Any, name: str, depth: int = 0) -> Term:
    """The body of a binder over a name."""
    from therefore.kernel.terms import close as closed

    return closed(E(term).term, name, depth)


def slope(body: Any, name: str, at: Any) -> E:
    return E(("derivative", close(body, name), E(at).term))


def total(index: str, low: Any, high: Any, body: Any) -> E:
    return E(("sum", E(low).term, E(high).term, close(body, index)))


def every(index: str, low: Any, high: Any, formula: Term) -> Term:
    bounded = ("implies", le(low, index), ("implies", le(index, high), formula))
    return ("forall", "integer", close(bounded, index))


def each(name: str, sort: Term, formula: Term) -> Term:
    return ("forall", sort, close(formula, name))


def some(name: str, sort: Term, formula: Term) -> Term:
    return ("exists", sort, close(formula, name))


def goal(
    declarations: dict[str, Term], conclusion: Term, *hypotheses: Term,
    definitions: tuple[Any, ...] = (),
) -> Goal:
    return Goal(tuple(declarations.items()), definitions, hypotheses, conclusion)


def implies(premise: Term, conclusion: Term) -> Term:
    return ("implies", premise, conclusion)


SIGMA = ("sigma", ("real",), (1 / (1 + exp(-E("#0")))).term)
RELU = ("relu", ("real",), ((E("#0") + absolute("#0")) / 2).term)
MAX = ("max", ("real", "real"), ((E("#1") + E("#0") + absolute(E("#1") - E("#0"))) / 2).term)
sigma, relu, largest = E("sigma"), E("relu"), E("max")
REAL = "real"
VEC: Term = ("vector", "d")
SEQ: Term = ("function", ("integer",), VEC)
FUN: Term = ("function", (VEC,), "real")
x, y, w, v, t, T, eta, lam, f, L, d, n = map(E, ("x", "y", "w", "v", "t", "T", "eta", "lam", "f",
                                               "L", "d", "n"))
star = E("star")


def square(u: Any) -> E:
    return norm(u) ** 2


FALSE: dict[str, Goal] = {}
TRUE: dict[str, Goal] = {}

# --- softsign ---------------------------------------------------------------------------------
SOFT = ("g", ("real",), (E("#0") / (1 + absolute("#0"))).term)
soft = (E("x") / (1 + absolute("x")))
FALSE["A-2.1-4"] = goal({"x": REAL}, eq(slope(soft, "x", "x"), 1 / (1 - x) ** 2))
TRUE["A-2.1-4"] = goal({"x": REAL}, eq(slope(soft, "x", "x"), 1 / (1 + absolute(x)) ** 2))

# --- gradient descent -------------------------------------------------------------------------
GD = {"d": "size", "T": "integer", "eta": REAL, "w": SEQ, "v": SEQ, "star": VEC}
GIVEN = (le(1, T), lt(0, eta), eq(w(1), ("zero", "d")),
         every("t", 1, T, eq(w(t + 1), w(t) - eta * v(t))))
regret = total("t", 1, T, inner(w(t) - star, v(t)))
energy = total("t", 1, T, square(v(t)))
FALSE["A-3.2-7"] = goal(GD, lt(0, square(w(T + 1) - star)), *GIVEN)
FALSE["B-3.2-5"] = goal(GD, eq(square(total("t", 1, T, v(t))), energy), *GIVEN)
FALSE["F23"] = goal(GD, le(regret, square(star) / (2 * eta) + eta / 3 * energy), *GIVEN)
TRUE["A-3.2-9"] = goal(GD, le(regret, square(star) / (2 * eta) + eta / 2 * energy), *GIVEN)
TRUE["B-3.2-3"] = goal(GD, eq(total("t", 1, T, v(t)), -(1 / eta) * w(T + 1)), *GIVEN)
TRUE["B-3.2-4"] = goal(
    GD,
    eq(total("t", 1, T, inner(-eta * total("i", 1, t - 1, v("i")), v(t))),
       -(eta / 2) * square(total("t", 1, T, v(t))) + eta / 2 * energy), *GIVEN)
MODEL = ("O", (VEC,), (f("at") + inner(E("#0") - "at", gradient("f", "at"))
                       + lam / 2 * square(E("#0") - "at")).term)
PROX = {"d": "size", "f": FUN, "at": VEC, "lam": REAL, "eta": REAL, "star": VEC, "next": VEC}
MINIMISES = each("u", VEC, le(E("O")(star), E("O")("u")))
STEP = eq("next", E("at") - eta * gradient("f", "at"))
FALSE["B-3.1-5"] = goal(PROX, eq(eta, 1 / lam), ("differentiable", "f"), lt(0, lam), MINIMISES,
                        STEP, eq(star, "next"), definitions=(MODEL,))
TRUE["B-3.1-4"] = goal(PROX, eq(star, E("at") - (1 / lam) * gradient("f", "at")),
                       ("differentiable", "f"), lt(0, lam), MINIMISES, definitions=(MODEL,))

# --- numbers ----------------------------------------------------------------------------------
f1 = lambda a, b: cos(a) * cos(b) + sigma(b)  # noqa: E731
f2 = lambda a, b: log(E(a) + b) + E(a) ** 2 * b  # noqa: E731
S = (SIGMA,)
d11, d12 = slope(f1("p", 2), "p", 1), slope(f1(1, "p"), "p", 2)
d21, d22 = slope(f2("p", 2), "p", 1), slope(f2(1, "p"), "p", 2)


def closed(formula: Term) -> Goal:
    return goal({}, formula, definitions=(SIGMA, RELU))


def jacobian(*decimals: str) -> Term:
    return both(*(rounds(*pair) for pair in zip((d11, d12, d21, d22), decimals, strict=True)))


NUMBERS = {
    "A-4a-2": rounds(sigma(2), "0.8807"),
    "A-4b-2": rounds((f1(1, "2.01") - f1(1, 2)) / "0.01", "-0.3"),
    "A-4c-3": rounds(d12, "-0.34"),
    "A-4c-6": jacobian("0.35", "-0.34", "4.33", "1.33"),
    "B-4b-5": rounds(d11, "0.3513"),
    "B-4b-6": jacobian("0.3513", "-0.3856", "4.3528", "1.3328"),
    "B-4c-2": rounds(slope(cos("p"), "p", 2), "-0.9091297"),
    "B-4c-5": rounds(d11, "-0.078735"),
    "B-4c-6": rounds(d12, "-0.045439"),
    "B-4c-7": rounds(d21, "4.910239"),
    "B-4c-8": rounds(d22, "2.910239"),
    "B-4c-14": jacobian("-0.078735", "-0.045439", "4.910239", "2.910239"),
    "B-4d-1": rounds(d12, "-0.456338"),
    "B-4d-5": rounds(d21, "5.820478"),
    "B-4d-6": rounds(d22, "7.820478"),
    "B-4d-7": rounds(d11, "-0.078735"),
    "B-4d-10": jacobian("-0.078735", "-0.456338", "5.820478", "7.820478"),
    "C-1.2.1-1": eq(2 * vector(2, 1) * (E(0) - 2), vector(-6, -4)),
    "C-3.2-3": eq(E(256) * (E(3) * 3 * 128 + 1), 293168),
    "D-1b-1": eq(rows(["-0.8", "0.5", -1], ["1.2", "-0.7", "0.2"]) @ vector(1, 2, 3)
                 + vector("-0.4", "0.9"), vector("-3.2", "1.2")),
    "D-1b-7": eq(vector(relu("-3.2"), relu("1.3")), vector(0, "1.2")),
    "E-2b-18": rounds(E("-0.00249") * "0.9975" * (1 - E("0.9975")), "-6.1665e-6"),
    "F26": eq(E("0.1") + "0.2", "0.30000000000000004"),
    "F27": eq(exp(E(("pi",)) * sqrt(163)), 262537412640768744),
    "F11": ("tends", close(absolute("p") / "p", "p"), "0", "1"),
    "B-6-1": some("p", REAL, some("q", REAL, both(
        ne("p", "q"), eq((E("p") - 2) ** 2 / 2 + (E("p") + 1) ** 2 / 2, 0),
        eq((E("q") - 2) ** 2 / 2 + (E("q") + 1) ** 2 / 2, 0)))),
}
FALSE |= {name: closed(formula) for name, formula in NUMBERS.items()}
TRUE |= {name: closed(formula) for name, formula in {
    "A-4a-1": rounds(cos(1) * cos(2), "-0.225"),
    "A-4a-4": rounds(f2(1, 2), "3.0986"),
    "A-4b-1": rounds((f1("1.01", 2) - f1(1, 2)) / "0.01", "0.35"),
    "B-4b-2": rounds((f1(1, "2.01") - f1(1, 2)) / "0.01", "-0.3856"),
    "A-4d-1": jacobian("0.35", "-0.39", "4.33", "1.33"),
    "C-3.2-5": eq((E(14) * 14 * 256) * 1024 + 1024, E(51380224) + 1024),
    "D-1b-2": rounds(inner(vector("0.6", "1.1"), vector(relu("-3.2"), relu("1.3"))) - "0.1",
                     "1.33"),
    "limit of sin": ("tends", close(sin("p") / "p", "p"), "0", "1"),
    "limit of the logistic": ("tends", close(exp(-E("p")) / (1 + exp(-E("p"))) ** 2, "p"), "-oo",
                              "0"),
    "limit of the logistic ahead": (
        "tends", close(exp(-E("p")) / (1 + exp(-E("p"))) ** 2, "p"), "+oo", "0"),
}.items()}
W12 = {"w1": REAL, "w2": REAL}
w1, w2 = E("w1"), E("w2")
FALSE["A-4c-2"] = goal(W12, eq(slope(f1("w1", "p"), "p", "w2"),
                               -(cos(w1)) * sin(w2) + sigma(w1) * (1 - sigma(w2))), definitions=S)
TRUE["A-4c-2"] = goal(W12, eq(slope(f1("w1", "p"), "p", "w2"),
                              -(cos(w1)) * sin(w2) + sigma(w2) * (1 - sigma(w2))), definitions=S)
FALSE["A-4c-5"] = goal(W12, eq(slope(f2("w1", "p"), "p", "w2"), 1 / (w1 + w2)),
                       eq(w1, 1), eq(w2, 2))
FALSE["B-4c-3"] = goal(W12, eq(slope(sigma("p"), "p", "w2"),
                               (1 - sigma(w2)) * slope(sigma("p"), "p", "w2")), definitions=S)
FALSE["B-4d-2"] = goal({"a": REAL, "b": REAL, "dd": REAL},
                       eq(slope(E("p") + "dd", "p", "b"), log("a")), lt(0, "a"))
FALSE["B-4d-3"] = goal({"b": REAL, "c": REAL, "w2": REAL, "dd": REAL},
                       eq(slope(E("b") + "p", "p", "dd"), E("c") * w2), eq("dd", E("c") * w2))
FALSE["B-4d-9"] = goal(W12, eq(slope(f2("w1", "p"), "p", "w2"), 1 / (w1 + w2)), lt(0, w1 + w2))
FALSE["D-1a-3"] = goal(
    {"x": REAL},
    eq(slope((exp(2 * E("p")) - 1) / (exp(2 * E("p")) + 1), "p", "x"),
       (2 * exp(2 * x) * (exp(2 * x) + 1) - (exp(2 * x) - 1)) / (exp(2 * x) + 1) ** 2))
TRUE["D-1a-4"] = goal(
    {"x": REAL},
    eq(slope((exp(2 * E("p")) - 1) / (exp(2 * E("p")) + 1), "p", "x"),
       4 * exp(2 * x) / (exp(2 * x) + 1) ** 2))
LEAKY = largest(E("alpha") * "p", "p")
FALSE["D-1a-7"] = goal({"alpha": REAL}, eq(slope(LEAKY, "p", 0), "alpha"),
                       lt(0, "alpha"), lt("alpha", 1), definitions=(MAX,))
TRUE["D-1a-6"] = goal({"alpha": REAL, "x": REAL},
                      both(implies(lt(0, x), eq(slope(LEAKY, "p", x), 1)),
                           implies(lt(x, 0), eq(slope(LEAKY, "p", x), "alpha"))),
                      lt(0, "alpha"), lt("alpha", 1), definitions=(MAX,))
TRUE["E-1ii-1"] = goal(
    {"x": REAL},
    eq(slope(slope(sigma("q"), "q", "p"), "p", "x"),
       sigma(x) * -1 * (sigma(x) - sigma(x) ** 2) + sigma(x) * (1 - sigma(x)) * (1 - sigma(x))),
    definitions=S)
TRUE["softplus"] = goal({"x": REAL}, eq(slope(log(1 + exp("p")), "p", "x"), sigma(x)),
                        definitions=S)

# --- a little network -------------------------------------------------------------------------
NET = (
    SIGMA,
    ("W1", (), rows([1, 2], [3, 4]).term),
    ("W0", (), vector(1, 2).term),
    ("AA", (), (E("W1") @ vector(2, 3)).term),
    ("BB", (), (E("AA") + vector(2, 4)).term),
    ("CC", (), vector(sigma(E("BB")[0]), sigma(E("BB")[1])).term),
    ("DD", (), inner("W0", "CC").term),
    ("EE", (), (E("DD") + 3).term),
    ("FF", (), sigma("EE").term),
    ("GG", (), (E("FF") - 1).term),
    ("HH", (), (E("GG") ** 2).term),
    ("LL", (), (E("HH") / 2).term),
)
dE = slope((sigma("p") - 1) ** 2 / 2, "p", "EE")


def through(component: int) -> E:
    """dL/dB_i, by substitution of that entry."""
    other = E("CC")[1 - component]
    value = sigma("p") * (component + 1) + other * (2 - component)
    return slope((sigma(value + 3) - 1) ** 2 / 2, "p", E("BB")[component])


def weight(i: int, j: int) -> E:
    entries = (2, 3)
    rest = E("BB")[i] - E("W1")[i, j] * entries[j]
    c = sigma(rest + E("p") * entries[j])
    value = c * (i + 1) + E("CC")[1 - i] * (2 - i)
    return slope((sigma(value + 3) - 1) ** 2 / 2, "p", E("W1")[i, j])


def network(formula: Term) -> Goal:
    return goal({}, formula, definitions=NET)


FALSE |= {name: network(formula) for name, formula in {
    "E-2b-3": both(rounds(E("CC")[0], "0.999"), eq(E("CC")[1], 1)),
    "E-2b-3 b": eq(E("CC")[1], 1),
    "E-2b-4": rounds("DD", "2.999"),
    "E-2b-5": rounds("EE", "5.999"),
    "E-2b-7": rounds("GG", "-0.002499"),
    "E-2b-8": both(rounds("HH", "6.24e-6"), rounds("LL", "3.124e-6")),
    "E-2b-11": rounds(dE, "-6.1665e-6"),
    "E-2b-12": both(rounds(dE * 1, "-6.166e-6"), rounds(dE * 2, "-1.23e-5")),
    "E-2b-14": both(rounds(through(0), "-2.799e-10"), rounds(through(1), "-3.439e-15")),
    "E-2b-15": eq(weight(0, 1), 2 * through(1)),
    "E-2b-16": eq(E("0.9975") - 1, "-0.002499"),
    "E-2b-20": rounds(dE, "-6.166e-6"),
    "E-2b-21": both(rounds(dE * E("CC")[0], "-6.165e-6"), rounds(dE * E("CC")[1], "-6.166e-6")),
    "E-2b-24": rounds(weight(0, 0), "-5.598e-10"),
}.items()}
TRUE |= {name: network(formula) for name, formula in {
    "E-2b-6": rounds("FF", "0.9975"),
    "E-2b-8": both(rounds("HH", "6.11e-6"), rounds("LL", "3.057e-6")),
    "E-2b-14": both(rounds(through(0), "-2.769e-10"), rounds(through(1), "-3.403e-15")),
    "E-2b-24": rounds(weight(0, 0), "-5.538e-10"),
}.items()}

# --- one number ------------------------------------------------------------------------------
loss = lambda at: (E(at) - 2) ** 2 / 2 + (E(at) + 1) ** 2 / 2  # noqa: E731
FALSE["A-6-3"] = goal({"eta": REAL}, lt(loss(2 * eta), loss(0)), lt(0, eta))
TRUE["A-6-4"] = goal({"eta": REAL}, lt(loss(0), loss(-eta)), lt(0, eta))
STEP6 = {"eta": REAL, "now": REAL, "then": REAL}
GIVEN6 = (lt(0, eta), eq("now", 0), eq("then", E("now") - eta * (E("now") + 1)))
FALSE["B-6-4"] = goal(STEP6, implies(lt(0, eta), lt(0, "then")), *GIVEN6)
FALSE["B-6-5"] = goal(STEP6, lt("now", "then"), *GIVEN6)

# --- circulants -------------------------------------------------------------------------------
RES: Term = ("residue", "n")
J = ("J", (), ("matrix", "n", "n", ("delta", "#1", ("+", "#0", "1"))))
COEFFICIENTS = ("function", (RES,), "real")
commutator = ("sum_mod", "n", ("sum_mod", "n", (
    E("b")("#1") * E("s")("#0") * (E(("delta", "#1", "#0")) - E(("delta", "#1", "#0")))).term))
FALSE["B-5b-3"] = goal({"n": "size", "b": COEFFICIENTS, "s": COEFFICIENTS},
                       ne(E(commutator), 0))

# --- least squares ----------------------------------------------------------------------------
LS = {"n": "size", "d": "size", "X": ("matrix", "n", "d"), "c": ("vector", "n"), "w": VEC,
      "t": ("vector", "n")}
X, c = E("X"), E("c")
FALSE["C-1.1.1-4"] = goal(LS, eq(w, X.T @ (inverse(X @ X.T) @ t)), eq(w, X.T @ c), eq(X @ w, t))
FALSE["C-1.1.1-7"] = goal(LS, eq(c, inverse(X @ X.T) @ t), eq(w, X.T @ c), eq(X @ w, t))
FULL = inv(X @ X.T).term
TRUE["C-1.1.1-4"] = goal(LS, eq(w, X.T @ (inverse(X @ X.T) @ t)), FULL, eq(w, X.T @ c),
                         eq(X @ w, t))
TRUE["C-1.1.1-5"] = goal(
    {**LS, "u": VEC}, both(eq(square(w), square("u") + square(w - "u")),
                           le(square("u"), square(w))),
    FULL, eq(X @ w, t), eq("u", X.T @ (inverse(X @ X.T) @ t)))
FALSE["C-1.1.1-6"] = goal(
    {"d": "size", "xi": VEC, "ti": REAL},
    eq(gradient(("lambda", VEC, ((inner("xi", "#0") - "ti") ** 2).term), ("zero", "d")),
       2 * E("ti") * "xi"))
LS2 = {"n": "size", "d": "size", "X": ("matrix", "n", "d"), "w": VEC, "t": ("vector", "n")}
DEF_A = ("a", (), (X @ w - t).term)
FALSE["C-2.2.2-2"] = goal(
    LS2, lt(0, 8 / n ** 3 * inner(X @ (X.T @ E("a")), X @ (X.T @ E("a")))), definitions=(DEF_A,))
meta = 1 / n * square(X @ (w - E("p") * (2 / n) * (X.T @ E("a"))) - t)
TRUE["C-2.2.2-1"] = goal(
    {**LS2, "eta": REAL},
    eq(slope(slope(1 / n * square(X @ (w - E("q") * (2 / n) * (X.T @ E("a"))) - t), "q", "p"), "p",
             "eta"),
       8 / n ** 3 * inner(X @ (X.T @ E("a")), X @ (X.T @ E("a")))), definitions=(DEF_A,))
TRUE["C-1.1.1-1"] = goal(
    LS2, eq(gradient(("lambda", VEC, (1 / n * square(X @ E("#0") - t)).term), w),
            2 / n * (X.T @ (X @ w - t))))

# --- smooth functions -------------------------------------------------------------------------
SMOOTH = (("differentiable", "f"), lt(0, L), each("x", VEC, each("y", VEC, le(
    norm(gradient("f", "x") - gradient("f", "y")), L * norm(x - y)))))
K = E("k")
theta = E("theta")
DESCENT = {"d": "size", "T": "integer", "L": REAL, "f": FUN, "theta": SEQ, "low": REAL}
GIVEN_D = (*SMOOTH, le(1, T), each("x", VEC, le("low", f(x))),
           every("k", 0, T, eq(theta(K + 1), theta(K) - 1 / L * gradient("f", theta(K)))))


def at_least(value: Any) -> Term:
    """The least of |grad f(theta_k)|^2 over 0 <= k <= T is related to a value."""
    slope_at = lambda k: square(gradient("f", theta(k)))  # noqa: E731
    least = every("j", 0, T, le(slope_at("k"), slope_at("j")))
    return both(le(0, T), every("k", 0, T, implies(least, le(slope_at("k"), value))))


FALSE["D-3-4"] = goal(DESCENT, at_least(2 * L * (E("low") - f(theta(0))) / T), *GIVEN_D)
TRUE["D-3-3"] = goal(DESCENT, at_least(2 * L * (f(theta(0)) - "low") / T), *GIVEN_D)
TRUE["D-3-0"] = goal(
    {"d": "size", "L": REAL, "f": FUN, "u": VEC},
    le(f(E("u") - 1 / L * gradient("f", "u")) - f("u"),
       -(1 / (2 * L)) * square(gradient("f", "u"))), *SMOOTH)
EC = {"d": "size", "f": FUN, "w": VEC, "next": VEC, "eps": REAL}
GIVEN_C = (("differentiable", "f"), lt(0, "eps"), eq("next", w - E("eps") * gradient("f", w)))
FALSE["E-1c-2"] = goal(EC, eq(f("next"), f(w) - E("eps") * square(gradient("f", w))), *GIVEN_C)
FALSE["E-1c-3"] = goal(EC, eq(f("next"), f(w) + inner(gradient("f", w), E("next") - w)), *GIVEN_C)
FALSE["E-1c-4"] = goal(EC, lt(f("next"), f(w)), *GIVEN_C)
FALSE["F22"] = goal({"d": "size", "L": REAL, "f": FUN, "w": VEC, "eta": REAL},
                    le(f(w - eta * gradient("f", w)), f(w)), *SMOOTH, lt(0, eta))

# --- saddles ----------------------------------------------------------------------------------
EIGEN = {"n": "size", "H": ("matrix", "n", "n"), "q": ("vector", "n"), "lam": REAL,
         "now": ("vector", "n"), "then": ("vector", "n"), "eta": REAL}
H, q, now, then = E("H"), E("q"), E("now"), E("then")
PAIR = (eq(H.T, H), eq(H @ q, lam * q), ne(q, ("zero", "n")))
GIVEN_E = (*PAIR, lt(0, eta), eq(then, now - eta * (H @ now)))
FALSE["E-6.3-5"] = goal(
    EIGEN, implies(lt(0, lam), lt(absolute(inner(q, now)), absolute(inner(q, then)))), *GIVEN_E)
TRUE["E-6.3-1"] = goal(EIGEN, eq(inner(q, then), (1 - eta * lam) * inner(q, now)), *GIVEN_E)
FALSE["E-6.3-4"] = goal(
    EIGEN, le(0, inner(q, -(1 / lam) * (H @ now)) * inner(q, -(H @ now))), *GIVEN_E, ne(lam, 0))
TRUE["E-6.3-2"] = goal({k: s for k, s in EIGEN.items() if k not in ("q", "lam", "eta")},
                       eq(then, ("zero", "n")), eq(H.T, H), inv(H).term,
                       eq(then, now - inverse(H) @ (H @ now)))

# --- classics ---------------------------------------------------------------------------------
MAT: Term = ("matrix", "n", "n")
A, B = E("A"), E("B")
FALSE |= {
    "F03": goal({"x": REAL}, eq(sqrt(x ** 2), x)),
    "F05": goal({"a": REAL, "b": REAL}, eq(log(E("a") * "b"), log("a") + log("b")),
                lt(0, E("a") * "b")),
    "F10": goal({"x": REAL}, eq(slope(absolute("p"), "p", "x"), x / absolute(x))),
    "F18": goal({"n": "size", "A": MAT, "B": MAT}, eq((A @ B).T, A.T @ B.T)),
    "F19": goal({"m": "size", "n": "size", "A": ("matrix", "m", "n")},
                eq(A @ A.T, ("identity", "m")), eq(A.T @ A, ("identity", "n"))),
    "F20": goal({"n": "size", "A": MAT, "x": ("vector", "n")},
                eq(gradient(("lambda", ("vector", "n"), inner("#0", A @ E("#0")).term), x),
                   2 * (A @ x))),
    "F28": goal({"x": REAL}, eq(x + E("1e-20"), x)),
    "det of a sum": goal({"n": "size", "A": MAT, "B": MAT},
                         eq(("det", ("+", "A", "B")), E(("det", "A")) + E(("det", "B")))),
    "far out": goal({"x": REAL}, lt(x, 1000)),
    "exp is at most its tangent": goal({"x": REAL}, le(exp(x), 1 + x)),
    "addition of sines": goal({"x": REAL, "y": REAL}, eq(sin(x + y), sin(x) + sin(y))),
}
TRUE |= {
    "inverse of a product": goal({"n": "size", "A": MAT, "B": MAT},
                                 eq(inverse(A @ B), inverse(B) @ inverse(A)), inv(A).term,
                                 inv(B).term),
    "trace of a product": goal({"n": "size", "m": "size", "A": ("matrix", "n", "m"),
                                "B": ("matrix", "m", "n")},
                               eq(("trace", (A @ B).term), ("trace", (B @ A).term))),
    "det of a product": goal({"n": "size", "A": MAT, "B": MAT},
                             eq(("det", (A @ B).term), E(("det", "A")) * ("det", "B"))),
    "orthogonal": goal({"n": "size", "A": MAT}, eq(A @ A.T, ("identity", "n")),
                       eq(A.T @ A, ("identity", "n"))),
    "gradient of a form": goal(
        {"n": "size", "A": MAT, "x": ("vector", "n")},
        eq(gradient(("lambda", ("vector", "n"), inner("#0", A @ E("#0")).term), x),
           (A + A.T) @ x)),
    "outer": goal({"m": "size", "n": "size", "u": ("vector", "m"), "z": ("vector", "n"),
                   "x": ("vector", "n")},
                  eq(E(("outer", "u", "z")) @ x, inner("z", x) * E("u"))),
    "exp is convex": goal({"x": REAL}, le(1 + x, exp(x))),
    "log is concave": goal({"x": REAL}, le(log(x), x - 1), lt(0, x)),
    "pythagoras": goal({"x": REAL}, eq(sin(x) ** 2 + cos(x) ** 2, 1)),
    "exp of a sum": goal({"x": REAL, "y": REAL}, eq(exp(x + y), exp(x) * exp(y))),
    "sigma is odd": goal({"x": REAL}, eq(sigma(-x), 1 - sigma(x)), definitions=S),
    "not": goal({"x": REAL}, ("not", lt(x ** 2, 0))),
}
