"""What either program makes of random graphs is proved to be the derivative, by the kernel."""

from __future__ import annotations

import json
import random

import pytest
from random_programs import Instruction, run
from sympy import Derivative

from therefore import all_of, as_written, autodiff, claim, equal, real
from therefore.autodiff import SYMBOLIC, forward_jacobian, record, reverse_jacobian
from therefore.kernel import FORMAT, Kernel, goal_hash
from therefore.provers import prove
from therefore.reading.modules import tasks_of_claim

EVERYWHERE = (
    "+",
    "-",
    "*",
    "negative",
    "power",
    "constant",
    "exp",
    "sin",
    "cos",
    "tanh",
    "sigmoid",
)
RECORDED = {name: getattr(autodiff, name) for name in ("exp", "sin", "cos", "tanh", "sigmoid")}
X, Y = real("x"), real("y")
BUDGET = 10.0


def a_program(rng: random.Random) -> list[Instruction]:
    """A few operations that are defined everywhere, and the product of the last two values."""
    program = [
        (rng.choice(EVERYWHERE), rng.randint(0, 9), rng.randint(0, 9), rng.randint(2, 3))
        for _ in range(5)
    ]
    return [*program, ("*", 0, 1, 0)]


@pytest.mark.parametrize("seed", range(30))
def test_both_modes_are_proved_right(seed: int) -> None:
    """For all real x and y, with the operations as the program did them."""
    program = a_program(random.Random(seed))
    graph = record(lambda x, y: run(program, (x, y), RECORDED))
    with as_written():
        value = run(program, (X, Y), SYMBOLIC.functions)
        entries = [
            equal(Derivative(value, by), row[0][column])
            for row in (
                mode(graph, (X, Y), SYMBOLIC) for mode in (forward_jacobian, reverse_jacobian)
            )
            for column, by in enumerate((X, Y))
        ]
        stated = claim(all_of(*entries))
    *_, task = tasks_of_claim(stated)
    attempt = prove(task, [], budget=BUDGET)
    assert attempt.proof is not None, (task.goal, attempt.tried)
    certificate = {
        "format": FORMAT,
        "goal": goal_hash(task.goal.to_text()),
        "kind": "proof",
        "proof": attempt.proof,
        "witness": {"values": {name: "0" for name, _ in task.goal.declarations}, "proofs": []},
    }
    assert Kernel().accept(task.goal.to_text(), json.dumps(certificate)).kind == "proof"
