"""The five claims and their false twins, written by hand as kernel terms."""

from __future__ import annotations

from therefore.goal import Goal, Term


def minus(a: Term, b: Term) -> Term:
    return ("+", a, ("-", b))


def app(f: str, *arguments: Term) -> Term:
    return ("app", f, *arguments)


def every(lo: Term, hi: Term, body: Term) -> Term:
    """For all integers #0 from lo to hi."""
    return ("forall", "integer", ("implies", ("<=", lo, "#0"), ("implies", ("<=", "#0", hi), body)))


def square(u: Term) -> Term:
    return ("^", ("norm", u), "2")


VECTOR: Term = ("vector", "d")
SEQUENCE: Term = ("function", ("integer",), VECTOR)
FUNCTION: Term = ("function", (VECTOR,), "real")
MATRIX: Term = ("matrix", "n", "n")
RESIDUE: Term = ("residue", "n")
COEFFICIENTS: Term = ("function", (RESIDUE,), "real")

CONVEX: Term = (
    "forall", VECTOR, ("forall", VECTOR, ("forall", "real",
        ("implies", ("<=", "0", "#0"), ("implies", ("<=", "#0", "1"),
            ("<=",
                app("f", ("+", ("*", "#0", "#2"), ("*", ("+", "1", ("-", "#0")), "#1"))),
                ("+", ("*", "#0", app("f", "#2")),
                    ("*", ("+", "1", ("-", "#0")), app("f", "#1"))))))))
)  # fmt: skip

# --- softsign -------------------------------------------------------------------------------

SOFTSIGN = ("g", ("real",), ("/", "#0", ("+", "1", ("abs", "#0"))))
BARE = ("g", ("real",), ("/", "#0", ("+", "1", "#0")))
X = (("x", "real"),)


def odd(definition: Term, *hypotheses: Term) -> Goal:
    return Goal(X, (definition,), hypotheses, ("=", app("g", ("-", "x")), ("-", app("g", "x"))))


def slope(value: Term, *hypotheses: Term) -> Goal:
    return Goal(X, (SOFTSIGN,), hypotheses, ("has_derivative", app("g", "#0"), "x", value))


TRUE_SLOPE: Term = ("/", "1", ("^", ("+", "1", ("abs", "x")), "2"))
FALSE_SLOPE: Term = ("/", "1", ("^", minus("1", "x"), "2"))

softsign_is_odd = odd(SOFTSIGN)
softsign_slope = slope(TRUE_SLOPE)
softsign_slope_by_derivative = Goal(
    X, (SOFTSIGN,), (), ("=", ("derivative", app("g", "#0"), "x"), TRUE_SLOPE)
)
softsign_saturates = Goal(
    (), (SOFTSIGN,), (),
    ("and", *(("tends", ("derivative", app("g", "#0"), "#0"), end, "0") for end in ("+oo", "-oo"))),
)  # fmt: skip
odd_without_modulus = odd(BARE, ("!=", "x", "1"), ("!=", "x", "-1"))
slope_without_modulus = slope(FALSE_SLOPE, ("!=", "x", "1"))

# --- the proximal step ----------------------------------------------------------------------

OBJECTIVE = (
    "O", (VECTOR,),
    ("+", app("f", "w_t"), ("inner", minus("#0", "w_t"), ("gradient", "f", "w_t")),
        ("*", ("/", "lam", "2"), square(minus("#0", "w_t")))),
)  # fmt: skip
PROXIMAL = (("d", "size"), ("w_t", VECTOR), ("f", FUNCTION), ("lam", "real"))
STEP: Term = minus("w_t", ("/", ("gradient", "f", "w_t"), "lam"))


def minimiser(step: Term) -> Goal:
    conclusion = (
        "and",
        ("forall", VECTOR, ("<=", app("O", step), app("O", "#0"))),
        ("forall", VECTOR, ("implies", ("<=", app("O", "#0"), app("O", step)), ("=", "#0", step))),
    )
    return Goal(PROXIMAL, (OBJECTIVE,), (("differentiable", "f"), ("<", "0", "lam")), conclusion)


proximal_step = minimiser(STEP)
proximal_step_without_lambda = minimiser(minus("w_t", ("gradient", "f", "w_t")))
SAME_STEP: Term = ("=", STEP, minus("w_t", ("*", "eta", ("gradient", "f", "w_t"))))
SAME_RATE: Term = ("=", "eta", ("/", "1", "lam"))


def gradient_step(*hypotheses: Term) -> Goal:
    both = ("and", ("implies", SAME_RATE, SAME_STEP), ("implies", SAME_STEP, SAME_RATE))
    always = (("differentiable", "f"), ("<", "0", "lam"))
    return Goal((*PROXIMAL, ("eta", "real")), (), always + hypotheses, both)


proximal_is_gradient_step = gradient_step(("!=", ("gradient", "f", "w_t"), ("zero", "d")))
proximal_without_nonzero_gradient = gradient_step()
rate_of_minimiser = Goal(
    (*PROXIMAL, ("eta", "real"), ("p", VECTOR)), (OBJECTIVE,),
    (("differentiable", "f"), ("<", "0", "lam"),
        ("forall", VECTOR, ("<=", app("O", "p"), app("O", "#0"))),
        ("=", "p", minus("w_t", ("*", "eta", ("gradient", "f", "w_t")))),
        ("!=", ("gradient", "f", "w_t"), ("zero", "d"))),
    SAME_RATE,
)  # fmt: skip

# --- the regret lemma -----------------------------------------------------------------------

DESCENT = (
    ("d", "size"), ("T", "size"), ("eta", "real"),
    ("w", SEQUENCE), ("v", SEQUENCE), ("w_star", VECTOR),
)  # fmt: skip
START: Term = ("=", app("w", "1"), ("zero", "d"))
UPDATE: Term = every(
    "1", "T", ("=", app("w", ("+", "#0", "1")), minus(app("w", "#0"), ("*", "eta", app("v", "#0"))))
)
REGRET: Term = ("sum", "1", "T", ("inner", minus(app("w", "#0"), "w_star"), app("v", "#0")))
ENERGY: Term = ("sum", "1", "T", square(app("v", "#0")))


def regret(share: str) -> Goal:
    bound = ("+", ("/", square("w_star"), ("*", "2", "eta")), ("*", ("/", "eta", share), ENERGY))
    return Goal(DESCENT, (), (("<", "0", "eta"), START, UPDATE), ("<=", REGRET, bound))


regret_lemma = regret("2")
regret_by_third = regret("3")
closed_form = Goal(
    DESCENT, (), (("<", "0", "eta"), START, UPDATE),
    every("1", "T", ("=", app("w", "#0"),
        ("-", ("*", "eta", ("sum", "1", ("+", "#0", "-1"), app("v", "#0")))))),
)  # fmt: skip
double_sum = Goal(
    DESCENT, (), (("<", "0", "eta"), START, UPDATE),
    ("=",
        ("sum", "1", "T", ("inner", ("-", ("*", "eta",
            ("sum", "1", ("+", "#0", "-1"), app("v", "#0")))), app("v", "#0"))),
        ("+", ("-", ("*", ("/", "eta", "2"), square(("sum", "1", "T", app("v", "#0"))))),
            ("*", ("/", "eta", "2"), ENERGY))),
)  # fmt: skip
energy_of_sum = Goal(
    DESCENT, (), (("<", "0", "eta"), START, UPDATE),
    ("=", square(("sum", "1", "T", app("v", "#0"))), ENERGY),
)  # fmt: skip
last_is_away = Goal(
    DESCENT, (), (("<", "0", "eta"), START, UPDATE),
    ("<", "0", square(minus(app("w", ("+", "T", "1")), "w_star"))),
)  # fmt: skip

# --- the Jensen bound -----------------------------------------------------------------------

AVERAGE = ("wbar", (), ("*", ("/", "1", "T"), ("sum", "1", "T", app("w", "#0"))))
MEAN_VALUE: Term = ("*", ("/", "1", "T"), ("sum", "1", "T", app("f", app("w", "#0"))))
POINTS = (("d", "size"), ("T", "size"), ("f", FUNCTION), ("w", SEQUENCE), ("w_star", VECTOR))
GAP: Term = minus(app("f", "wbar"), app("f", "w_star"))
GRADIENT: Term = ("gradient", "f", app("w", "#0"))

jensen = Goal(POINTS, (AVERAGE,), (CONVEX,), ("<=", app("f", "wbar"), MEAN_VALUE))
jensen_reversed = Goal(POINTS, (AVERAGE,), (CONVEX,), ("<=", MEAN_VALUE, app("f", "wbar")))
linearised = Goal(
    POINTS, (AVERAGE,), (CONVEX, ("differentiable", "f")),
    ("<=", GAP, ("*", ("/", "1", "T"),
        ("sum", "1", "T", ("inner", minus(app("w", "#0"), "w_star"), GRADIENT)))),
)  # fmt: skip
BOUNDED = (
    CONVEX, ("differentiable", "f"), START,
    every("1", "T", ("=", app("w", ("+", "#0", "1")),
        minus(app("w", "#0"), ("*", "eta", GRADIENT)))),
    ("<=", ("norm", "w_star"), "B"),
    every("1", "T", ("<=", ("norm", GRADIENT), "rho")),
)  # fmt: skip
RATES = (*POINTS, ("eta", "real"), ("B", "real"), ("rho", "real"))
bounded_regret = Goal(
    RATES, (AVERAGE,), (("<", "0", "eta"), *BOUNDED),
    ("<=", GAP, ("+", ("/", ("^", "B", "2"), ("*", "2", "eta", "T")),
        ("/", ("*", "eta", ("^", "rho", "2")), "2"))),
)  # fmt: skip
BEST: Term = ("/", "B", ("*", "rho", ("sqrt", "T")))
rate = Goal(
    RATES, (AVERAGE,), (("<", "0", "B"), ("<", "0", "rho"), ("=", "eta", BEST), *BOUNDED),
    ("<=", GAP, ("/", ("*", "B", "rho"), ("sqrt", "T"))),
)  # fmt: skip
rate_too_good = Goal(
    RATES, (AVERAGE,), (("<", "0", "B"), ("<", "0", "rho"), ("=", "eta", BEST), *BOUNDED),
    ("<=", GAP, ("/", ("*", "B", "rho"), ("*", "4", ("sqrt", "T")))),
)  # fmt: skip


def bound_at(eta: Term) -> Term:
    return ("+", ("/", ("^", "B", "2"), ("*", "2", eta, "T")),
            ("/", ("*", eta, ("^", "rho", "2")), "2"))


best_step = Goal(
    (("T", "size"), ("B", "real"), ("rho", "real")), (),
    (("<", "0", "B"), ("<", "0", "rho")),
    ("forall", "real", ("implies", ("<", "0", "#0"), ("<=", bound_at(BEST), bound_at("#0")))),
)  # fmt: skip

# --- circulants and the shift ---------------------------------------------------------------

SHIFT = ("J", (), ("matrix", "n", "n", ("delta", "#1", ("+", "#0", "1"))))


def circulant(coefficients: str) -> Term:
    return ("matrix", "n", "n", app(coefficients, minus("#1", "#0")))


CIRCULANTS = (("n", "size"), ("c", COEFFICIENTS), ("s", COEFFICIENTS))
circulant_commutes_with_shift = Goal(
    CIRCULANTS[:2], (SHIFT, ("C", (), circulant("c"))), (),
    ("=", ("matmul", "C", "J"), ("matmul", "J", "C")),
)  # fmt: skip
circulants_commute = Goal(
    CIRCULANTS, (("C", (), circulant("c")), ("S", (), circulant("s"))), (),
    ("=", ("matmul", "C", "S"), ("matmul", "S", "C")),
)  # fmt: skip
IS_CIRCULANT: Term = (
    "exists", COEFFICIENTS,
    ("forall", RESIDUE, ("forall", RESIDUE,
        ("=", ("entry", "B", "#1", "#0"), app("#2", minus("#1", "#0"))))),
)  # fmt: skip
COMMUTES: Term = ("=", ("matmul", "B", "J"), ("matmul", "J", "B"))
B_MATRIX = (("n", "size"), ("B", MATRIX))
commuting_is_circulant = Goal(B_MATRIX, (SHIFT,), (COMMUTES,), IS_CIRCULANT)
commuting_with_shift_is_sum_of_powers = Goal(
    B_MATRIX, (SHIFT,), (COMMUTES,),
    ("forall", RESIDUE, ("forall", RESIDUE,
        ("=", ("entry", "B", "#1", "#0"), ("entry", "B", minus("#1", "#0"), "0")))),
)  # fmt: skip
circulant_as_hypothesis = Goal(B_MATRIX, (SHIFT,), (IS_CIRCULANT,), COMMUTES)
shift_invariant_entries = Goal(
    B_MATRIX, (SHIFT,),
    (("forall", RESIDUE, ("forall", RESIDUE,
        ("=", ("entry", "B", ("+", "#1", "1"), ("+", "#0", "1")), ("entry", "B", "#1", "#0")))),),
    COMMUTES,
)  # fmt: skip
toeplitz_commutes = Goal(
    (("n", "size"), ("a", ("function", ("integer",), "real")), ("B", MATRIX)), (SHIFT,),
    (("=", "B", ("matrix", "n", "n", app("a", minus(("lift", "#1"), ("lift", "#0"))))),),
    COMMUTES,
)  # fmt: skip
any_matrix_commutes = Goal(B_MATRIX, (SHIFT,), (), COMMUTES)
any_matrix_is_circulant = Goal(B_MATRIX, (SHIFT,), (), IS_CIRCULANT)

# --- small falsehoods -----------------------------------------------------------------------

A_SEQUENCE = (("T", "size"), ("a", ("function", ("integer",), "real")))
DIFFERENCES: Term = ("sum", "1", "T", minus(app("a", "#0"), app("a", ("+", "#0", "1"))))
telescope = Goal(
    A_SEQUENCE, (), (), ("=", DIFFERENCES, minus(app("a", "1"), app("a", ("+", "T", "1"))))
)
telescope_too_short = Goal(
    A_SEQUENCE, (), (), ("=", DIFFERENCES, minus(app("a", "1"), app("a", "T")))
)
pythagoras_without_right_angle = Goal(
    (("d", "size"), ("u", VECTOR), ("v", VECTOR)), (), (),
    ("=", square(("+", "u", "v")), ("+", square("u"), square("v"))),
)  # fmt: skip
pythagoras = Goal(
    (("d", "size"), ("u", VECTOR), ("v", VECTOR)), (), (("=", ("inner", "u", "v"), "0"),),
    ("=", square(("+", "u", "v")), ("+", square("u"), square("v"))),
)  # fmt: skip
self_quotient = Goal(X, (), (), ("=", ("/", "x", "x"), "1"))
root_of_square = Goal(X, (), (), ("=", ("sqrt", ("^", "x", "2")), "x"))

TRUE_CLAIMS: dict[str, Goal] = {
    "softsign is odd": softsign_is_odd,
    "softsign slope": softsign_slope,
    "softsign slope by derivative": softsign_slope_by_derivative,
    "softsign saturates": softsign_saturates,
    "proximal step": proximal_step,
    "proximal is gradient step": proximal_is_gradient_step,
    "rate of minimiser": rate_of_minimiser,
    "regret lemma": regret_lemma,
    "closed form": closed_form,
    "double sum": double_sum,
    "jensen": jensen,
    "linearised": linearised,
    "bounded regret": bounded_regret,
    "rate": rate,
    "best step": best_step,
    "circulant commutes with shift": circulant_commutes_with_shift,
    "circulants commute": circulants_commute,
    "commuting is circulant": commuting_is_circulant,
    "commuting is a sum of powers": commuting_with_shift_is_sum_of_powers,
    "circulant as hypothesis": circulant_as_hypothesis,
    "shift-invariant entries": shift_invariant_entries,
    "telescope": telescope,
    "pythagoras": pythagoras,
}

FALSE_CLAIMS: dict[str, Goal] = {
    "odd without modulus": odd_without_modulus,
    "slope without modulus": slope_without_modulus,
    "proximal step without lambda": proximal_step_without_lambda,
    "proximal without nonzero gradient": proximal_without_nonzero_gradient,
    "regret by a third": regret_by_third,
    "energy of the sum": energy_of_sum,
    "last iterate is away": last_is_away,
    "jensen reversed": jensen_reversed,
    "rate too good": rate_too_good,
    "toeplitz commutes": toeplitz_commutes,
    "any matrix commutes": any_matrix_commutes,
    "any matrix is circulant": any_matrix_is_circulant,
    "telescope too short": telescope_too_short,
    "pythagoras without right angle": pythagoras_without_right_angle,
    "self quotient": self_quotient,
    "root of a square": root_of_square,
}
