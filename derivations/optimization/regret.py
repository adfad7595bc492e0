r"""The regret of online gradient descent with a fixed step.

Problem.    Start at w_1 = 0 and step w_{t+1} = w_t - eta v_t for t = 1 ... T, with eta > 0 and
            any vectors v_1 ... v_T.
Statement.  For every vector w^*,
            sum_t <w_t - w^*, v_t>  <=  |w^*|^2 / (2 eta) + eta/2 sum_t |v_t|^2.
Method.     Twice. First: expand |w_{t+1} - w^*|^2, sum, telescope, drop a square. Second: write
            w_t as -eta times a sum, evaluate the double sum, complete the square.
Shapes.     w_t, v_t and w^* are vectors in R^d, for every d; T >= 1 is an integer.
Exports.    regret_bound.
Source.     Homework A, question 3.2 (first proof); homework B, question 3.2 (second proof).
            The lemma is Lemma 14.1 of Shalev-Shwartz and Ben-David, Understanding Machine
            Learning, 2014.
"""

from sympy import Rational, Sum

from therefore import (
    as_written,
    at_most,
    claim,
    derivation,
    dimension,
    equal,
    for_all,
    formula,
    horizon,
    index,
    inner,
    norm,
    plot,
    positive,
    sequence,
    vector,
)

d, T, eta = dimension("d"), horizon("T"), positive("eta")
t = index("t", 1, T)
w, v, w_star = sequence("w", d), sequence("v", d), vector("w^*", d)

with as_written():
    start = equal(w[1], 0)
    update = for_all(t, 1, T, equal(w[t + 1], w[t] - eta * v[t]))

    regret = Sum(inner(w[t] - w_star, v[t]), (t, 1, T))
    energy = Sum(norm(v[t]) ** 2, (t, 1, T))
    bound = norm(w_star) ** 2 / (2 * eta) + eta / 2 * energy

    regret_lemma = claim(at_most(regret, bound), given=[start, update])
    regret_lemma.false_twin(
        at_most(regret, norm(w_star) ** 2 / (2 * eta) + eta / 3 * energy),
        at={d: 1, T: 1, eta: 1},
    )

    # First proof: expand and telescope.
    one_step = derivation(
        norm(w[t + 1] - w_star) ** 2,
        "=", norm(w[t] - w_star - eta * v[t]) ** 2,
        "=", norm(w[t] - w_star) ** 2 - 2 * eta * inner(w[t] - w_star, v[t])
             + eta**2 * norm(v[t]) ** 2,
        given=[update],
    )  # fmt: skip
    rearranged = derivation(
        inner(w[t] - w_star, v[t]),
        "=", 1 / (2 * eta) * (norm(w[t] - w_star) ** 2 - norm(w[t + 1] - w_star) ** 2)
             + eta / 2 * norm(v[t]) ** 2,
        given=[update],
        using=[one_step],
    )  # fmt: skip
    drops = norm(w[t] - w_star) ** 2 - norm(w[t + 1] - w_star) ** 2
    expand_and_telescope = derivation(
        regret,
        "=", 1 / (2 * eta) * Sum(drops, (t, 1, T)) + eta / 2 * energy,
        "=", 1 / (2 * eta) * (norm(w[1] - w_star) ** 2 - norm(w[T + 1] - w_star) ** 2)
             + eta / 2 * energy,
        "<=", bound,
        using=[rearranged],
        proves=regret_lemma,
    )  # fmt: skip

    # Second proof: w_t is -eta times the sum of what came before.
    s, i = index("s", 1, T + 1), index("i")
    total = Sum(v[t], (t, 1, T))
    iterate_is_sum = derivation(
        equal(w[s], -eta * Sum(v[i], (i, 1, s - 1))),
        given=[start, update],
        induction=s,
    )
    total_is_last_iterate = derivation(
        equal(total, -1 / eta * w[T + 1]),
        given=[start, update],
        using=[iterate_is_sum],
    )
    before = -eta * Sum(v[i], (i, 1, t - 1))
    double_sum = derivation(
        equal(
            Sum(inner(before, v[t]), (t, 1, T)),
            -eta / 2 * norm(total) ** 2 + eta / 2 * energy,
        ),
        induction=T,
    )
    complete_the_square = derivation(
        regret,
        "=", Sum(inner(w[t], v[t]), (t, 1, T)) - inner(w_star, total),
        "=", Sum(inner(before, v[t]), (t, 1, T)) - inner(w_star, total),
        "=", -eta / 2 * norm(total) ** 2 + eta / 2 * energy - inner(w_star, total),
        "=", eta / 2 * energy - norm(w[T + 1]) ** 2 / (2 * eta) + inner(w_star, w[T + 1]) / eta,
        "<=", bound,
        using=[iterate_is_sum, total_is_last_iterate, double_sum],
        proves=regret_lemma,
    )  # fmt: skip

regret_bound = formula(regret_lemma.rhs)

# Two runs in one dimension: always the same way, and (u and z) to and fro.
u, z = sequence("u", d), sequence("z", d)
regret_over_time = plot(
    (T, 1, 16),
    {
        r"\mathrm{bound}": bound,
        r"\mathrm{regret\ for}\ v_t = -1": regret,
        r"\mathrm{regret\ for}\ v_t = (-1)^t": regret.xreplace({v: u, w: z}),
    },
    at={
        d: 1, eta: Rational(1, 4), w_star: (2,),
        v: lambda k: (-1,), w: lambda k: -eta * Sum(v[i], (i, 1, k - 1)),
        u: lambda k: ((-1) ** k,), z: lambda k: -eta * Sum(u[i], (i, 1, k - 1)),
    },
    beside=regret_lemma,
    caption="The regret against |w^*| = 2 with eta = 1/4, for steps of length 1: it reaches the "
    "bound where w_{T+1} = w^*, at T = 8, and nowhere passes it.",
)  # fmt: skip
