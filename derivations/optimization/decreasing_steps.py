r"""The regret of gradient descent whose steps do not grow, on points that stay close.

Problem.    Steps w_{t+1} = w_t - eta_t v_t for t = 1 ... T, with any vectors v_1 ... v_T and
            with eta_t > 0 and eta_{t+1} <= eta_t. Let |w_t - w^*| <= D for t = 1 ... T.
Statement.  sum_t <w_t - w^*, v_t>  <=  D^2 / (2 eta_T) + 1/2 sum_t eta_t |v_t|^2.
Method.     Expand |w_{t+1} - w^*|^2 and divide by 2 eta_t. The distances no longer telescope:
            by induction over the number of steps, with |w_{s+1} - w^*|^2 / (2 eta_s) kept. The
            distance at the next point is weighted with 1/eta_{s+1} - 1/eta_s more, which is not
            negative, and is at most D.
Shapes.     w_t, v_t and w^* are vectors in R^d, for every d; T >= 1 is an integer.
Exports.    regret_bound.
Source.     Homework A, question 3.2, with steps that change. The theorem is Theorem 1 of
            Zinkevich, Online Convex Programming and Generalized Infinitesimal Gradient Ascent,
            2003.
"""

from sympy import Sum

from therefore import (
    as_written,
    at_most,
    claim,
    derivation,
    dimension,
    equal,
    for_all,
    formula,
    greater,
    horizon,
    index,
    inner,
    norm,
    real,
    real_sequence,
    sequence,
    vector,
)

d, T = dimension("d"), horizon("T")
t, s, r = index("t", 1, T), index("s", 1, T), index("r", 1, T - 1)
D = real("D")
w, v, w_star = sequence("w", d), sequence("v", d), vector("w^*", d)
eta = real_sequence("eta")

with as_written():
    update = for_all(t, 1, T, equal(w[t + 1], w[t] - eta[t] * v[t]))
    positive_steps = for_all(t, 1, T, greater(eta[t], 0))
    no_growth = for_all(t, 1, T - 1, at_most(eta[t + 1], eta[t]))
    near = for_all(t, 1, T, at_most(norm(w[t] - w_star), D))
    setting = [update, positive_steps, no_growth, near]

    regret = Sum(inner(w[t] - w_star, v[t]), (t, 1, T))
    energy = Sum(eta[t] * norm(v[t]) ** 2, (t, 1, T))
    bound = D**2 / (2 * eta[T]) + energy / 2

    regret_lemma = claim(at_most(regret, bound), given=setting)
    regret_lemma.false_twin(
        at_most(regret, D**2 / (2 * eta[T]) + energy / 3), at={d: 1, T: 1, D: 1}
    )

    one_step = derivation(
        inner(w[t] - w_star, v[t]),
        "=", (norm(w[t] - w_star) ** 2 - norm(w[t + 1] - w_star) ** 2) / (2 * eta[t])
             + eta[t] / 2 * norm(v[t]) ** 2,
        given=[update, positive_steps],
    )  # fmt: skip
    distance_is_less = derivation(at_most(norm(w[t] - w_star) ** 2, D**2), given=[near])
    next_weight = derivation(
        at_most(
            (D**2 - norm(w[r + 1] - w_star) ** 2) / (2 * eta[r]),
            (D**2 - norm(w[r + 1] - w_star) ** 2) / (2 * eta[r + 1]),
        ),
        given=[positive_steps, no_growth, near],
        using=[distance_is_less],
    )
    first_step = derivation(
        at_most(
            inner(w[1] - w_star, v[1]),
            (D**2 - norm(w[2] - w_star) ** 2) / (2 * eta[1]) + eta[1] * norm(v[1]) ** 2 / 2,
        ),
        given=setting,
        using=[one_step, distance_is_less],
    )
    later_step = derivation(
        inner(w[r + 1] - w_star, v[r + 1]),
        "=", (norm(w[r + 1] - w_star) ** 2 - norm(w[r + 2] - w_star) ** 2) / (2 * eta[r + 1])
             + eta[r + 1] / 2 * norm(v[r + 1]) ** 2,
        "=", (D**2 - norm(w[r + 2] - w_star) ** 2) / (2 * eta[r + 1])
             - (D**2 - norm(w[r + 1] - w_star) ** 2) / (2 * eta[r + 1])
             + eta[r + 1] / 2 * norm(v[r + 1]) ** 2,
        "<=", (D**2 - norm(w[r + 2] - w_star) ** 2) / (2 * eta[r + 1])
              - (D**2 - norm(w[r + 1] - w_star) ** 2) / (2 * eta[r])
              + eta[r + 1] / 2 * norm(v[r + 1]) ** 2,
        given=setting,
        using=[one_step, next_weight],
    )  # fmt: skip
    regret_to_s = Sum(inner(w[t] - w_star, v[t]), (t, 1, s))
    distances_to_s = (D**2 - norm(w[s + 1] - w_star) ** 2) / (2 * eta[s])
    energy_to_s = Sum(eta[t] * norm(v[t]) ** 2, (t, 1, s))
    after_s_steps = derivation(
        at_most(regret_to_s, distances_to_s + energy_to_s / 2),
        given=setting,
        using=[first_step, later_step],
        induction=s,
    )
    last_distance_dropped = derivation(
        regret,
        "<=", (D**2 - norm(w[T + 1] - w_star) ** 2) / (2 * eta[T]) + energy / 2,
        "<=", bound,
        using=[after_s_steps],
        proves=regret_lemma,
    )  # fmt: skip

regret_bound = formula(regret_lemma.rhs)
