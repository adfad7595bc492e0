r"""Differentiating through T unrolled steps: constant memory forwards, linear memory backwards.

Problem.    w_{t+1} = step(w_t, rate) for t = 1 ... T, and the derivative of the loss of the last
            w by the rate. Forward mode holds the values that are still needed; reverse mode keeps
            on its tape the values that the backward pass will ask for. Both are counted, in
            values, on the computation graph.
Statements. (1) If a step makes as many values as it forgets, and holds at most r more than the l
            values between two steps, then l + r values are enough for T steps, for every T.
            (2) If a step adds a values to the tape and one step leaves a + b there, then T steps
            leave a T + b, for every T.
            (3) So the tape has at least a T and at most (a + b) T values: it grows like T.
            (4), (5) For gradient descent on least squares with two weights, whose counts the
            program takes from the graph of one step: 8 values forwards, and 2 T + 3 backwards,
            which are the two entries of each gradient, the rate and the residuals of the loss.
Method.     By induction over T. That the counts of T steps obey these recurrences is tested, on
            the graphs and on the programs at work, for T = 1 ... 20.
Shapes.     A value is a number; a vector of n entries is n values. A dual number is one value
            and its tangent: twice as many numbers, for every T.
Exports.    values_forwards, values_on_tape, step, loss, counts.
Source.     Homework C, questions 2.1 and 2.1.2.
"""

from therefore import (
    as_written,
    at_least,
    at_most,
    both,
    claim,
    equal,
    for_all,
    formula,
    horizon,
    index,
    nonnegative,
    plot,
    real,
    real_sequence,
)
from therefore.autodiff import kept_places, step_counts, unrolled

X, targets = ((1, 2), (3, 4)), (5, 6)


def residuals(w_1, w_2):
    """X w - t, for two inputs and two targets."""
    return [a * w_1 + b * w_2 - t for (a, b), t in zip(X, targets, strict=True)]


def step(w_1, w_2, rate):
    """A step of gradient descent for the mean of the squared residuals."""
    r = residuals(w_1, w_2)
    slope_1, slope_2 = (row[0] * r[0] + row[1] * r[1] for row in zip(*X, strict=True))
    return w_1 - rate * slope_1, w_2 - rate * slope_2


def loss(w_1, w_2):
    """The mean of the squared residuals."""
    r = residuals(w_1, w_2)
    return (r[0] ** 2 + r[1] ** 2) / 2


counts = step_counts(step)
kept_by_one = len(kept_places(unrolled(step, loss, 1)))

T, t = horizon("T"), index("t")
live, peak, tape = real_sequence("live"), real_sequence("peak"), real_sequence("tape")
l, r, made, forgotten = (real(name) for name in ("l", "r", "m", "f"))  # noqa: E741
a, b = nonnegative("a"), nonnegative("b")

with as_written():
    # Between two steps, and at most within a step.
    first_step = equal(live[1], l)
    further_step = for_all(t, 1, T, equal(live[t + 1], live[t] + made - forgotten))
    within_step = for_all(t, 1, T, equal(peak[t], live[t] + r))
    forwards = [first_step, further_step, within_step, equal(made, forgotten)]

    nothing_is_left = claim(equal(live[T], l), given=forwards, induction=T)
    nothing_is_left.false_twin(
        equal(live[T], l), given=forwards[:-1], at={T: 2, made: 1, forgotten: 0}
    )
    forward_is_constant = claim(equal(peak[T], l + r), given=forwards, using=[nothing_is_left])
    forward_is_constant.false_twin(equal(peak[T], l + r * T), at={T: 2, l: 2, r: 1})

    # What one step leaves on the tape, and what a further one adds.
    on_tape = [equal(tape[1], a + b), for_all(t, 1, T, equal(tape[t + 1], tape[t] + a))]

    backward_is_linear = claim(equal(tape[T], a * T + b), given=on_tape, induction=T)
    backward_is_linear.false_twin(equal(tape[T], a + b), at={T: 2, a: 1, b: 0})  # constant
    backward_is_linear.false_twin(equal(tape[T], a * (T + 1) + b), at={T: 1, a: 1, b: 0})

    grows_like_T = claim(
        both(at_least(tape[T], a * T), at_most(tape[T], (a + b) * T)),
        given=on_tape,
        using=[backward_is_linear],
    )
    grows_like_T.false_twin(at_most(tape[T], a * T), at={T: 1, a: 1, b: 1})

    # The counts of this step.
    recorded_forwards = [
        equal(live[1], counts.between),
        for_all(t, 1, T, equal(live[t + 1], live[t] + counts.made - counts.forgotten)),
        for_all(t, 1, T, equal(peak[t], live[t] + counts.rise)),
    ]
    eight_values = claim(equal(peak[T], 8), given=recorded_forwards, using=[forward_is_constant])
    eight_values.false_twin(equal(peak[T], 7 + T), at={T: 2})

    recorded_backwards = [
        equal(tape[1], kept_by_one),
        for_all(t, 1, T, equal(tape[t + 1], tape[t] + counts.kept)),
    ]
    two_for_each_step = claim(
        equal(tape[T], 2 * T + 3), given=recorded_backwards, using=[backward_is_linear]
    )
    two_for_each_step.false_twin(equal(tape[T], 2 * T + 2), at={T: 1})

values_forwards = formula(eight_values.rhs)
values_on_tape = formula(two_for_each_step.rhs)

memory = plot(
    (T, 1, 16),
    {r"\mathrm{forwards}": values_forwards, r"\mathrm{backwards}": values_on_tape},
    beside=two_for_each_step,
    caption="Values that are kept at one time: as many for every T forwards, more each step "
    "backwards.",
)
