"""The regret lemma as tasks and certificates written by hand, for the tests of the report."""

from __future__ import annotations

from typing import Any

from therefore.goal import Goal, Term
from therefore.task import Hints, Source, Task
from therefore.verdict import Status

FILE = "derivations/optimization/regret.py"

W, V, STAR = ("app", "w", "#0"), ("app", "v", "#0"), "w_star"
NEXT = ("app", "w", ("+", "#0", "1"))
SEQUENCE = ("function", ("integer",), ("vector", "d"))
DECLARATIONS = (
    ("d", "size"),
    ("T", "size"),
    ("eta", "real"),
    ("w", SEQUENCE),
    ("v", SEQUENCE),
    ("w_star", ("vector", "d")),
)
POSITIVE = ("<", "0", "eta")
START = ("=", ("app", "w", "1"), ("zero", "d"))
STEP = ("=", NEXT, ("+", W, ("-", ("*", "eta", V))))
UPDATE = ("forall", "integer", ("implies", ("<=", "1", "#0"), ("implies", ("<=", "#0", "T"), STEP)))
NOTATION = {"eta": r"\eta", "w_star": "w^*"}

LAST = ("+", ("app", "w", ("+", "T", "1")), ("-", STAR))
REGRET = ("sum", "1", "T", ("inner", ("+", W, ("-", STAR)), V))
ENERGY = ("sum", "1", "T", ("^", ("norm", V), "2"))


def bound(share: str) -> Term:
    """‖w*‖²/(2η) + η/share · Σ‖v_t‖²."""
    first = ("/", ("^", ("norm", STAR), "2"), ("*", "2", "eta"))
    return ("+", first, ("*", ("/", "eta", share), ENERGY))


def goal(conclusion: Term) -> Goal:
    """The conclusion under the hypotheses of online gradient descent."""
    return Goal(DECLARATIONS, (), (POSITIVE, START, UPDATE), conclusion)


LEMMA = goal(("<=", REGRET, bound("2")))
TWIN = goal(("<=", REGRET, bound("3")))


def square(u: Term) -> Term:
    """‖u‖²."""
    return ("^", ("norm", u), "2")


TELESCOPED = (
    "+",
    ("/", ("+", square(("+", ("app", "w", "1"), ("-", STAR))), ("-", square(LAST))),
     ("*", "2", "eta")),
    ("*", ("/", "eta", "2"), ENERGY),
)  # fmt: skip
STEPS = (goal(("=", REGRET, TELESCOPED)), goal(("<=", TELESCOPED, bound("2"))))

_HALF = ["/", "1", ["*", "2", "eta"]]
_T, _T1 = "t", ["+", "t", "1"]
_BY_UPDATE = {
    "fact": "h3",
    "with": ["t"],
    "over": {"index": "t", "from": "1", "to": "T"},
    "times": ["*", _HALF, ["+", ["app", "w", _T], ["-", ["*", "eta", ["app", "v", _T]]],
                           ["app", "w", _T1], ["*", "-2", "w_star"]]],
}  # fmt: skip
_BY_START = {
    "fact": "h2",
    "times": ["*", _HALF, ["+", ["app", "w", "1"], ["*", "-2", "w_star"]]],
}
_SQUARE = {"square": ["+", ["app", "w", ["+", "T", "1"]], ["-", "w_star"]], "times": _HALF}

PROOF: dict[str, Any] = {"rule": "combine", "items": [_SQUARE, _BY_UPDATE, _BY_START]}
STEP_PROOFS: tuple[dict[str, Any], ...] = (
    {"rule": "combine", "items": [_BY_UPDATE]},
    {"rule": "combine", "items": [_SQUARE, _BY_START]},
)
_INSPECT = {"rule": "inspect"}
_ZEROS = ["lambda", "integer", ["zero", "1"]]
WITNESS: dict[str, Any] = {
    "values": {"d": "1", "T": "1", "eta": "1", "w": _ZEROS, "v": _ZEROS, "w_star": ["zero", "1"]},
    "proofs": [
        _INSPECT,
        {"rule": "combine"},
        {"rule": "intro", "names": ["m"], "labels": ["from", "to"], "then": {"rule": "combine"}},
    ],
}
COUNTEREXAMPLE: dict[str, Any] = {
    "values": {
        "d": "1",
        "T": "1",
        "eta": "1",
        "w": ["table", "1", ["vector", "0"], ["vector", "-1"]],
        "v": ["table", "1", ["vector", "1"]],
        "w_star": ["vector", "-1"],
    },
    "hypotheses": [
        _INSPECT,
        {"rule": "combine"},
        {"rule": "enumerate", "proofs": [{"rule": "combine"}]},
    ],
    "conclusion": _INSPECT,
}


def task(name: str, kind: str, goal: Goal, line: int, **rest: Any) -> Task:
    """A task of the regret module."""
    notation = {"notation": NOTATION, "hints": Hints(), "expected": Status.PROVED} | rest
    return Task(f"{FILE}::{name}", name, kind, Source(FILE, line), goal, **notation)


WAY = "expand_and_telescope"
_PARENT = f"{FILE}::{WAY}"
TASKS = (
    task(f"{WAY}.1", "step", STEPS[0], 12, parent=_PARENT),
    task(f"{WAY}.2", "step", STEPS[1], 13, parent=_PARENT, uses=(f"{_PARENT}.1",)),
    task(WAY, "derivation", LEMMA, 11, parent=f"{FILE}::regret_lemma",
         uses=(f"{_PARENT}.1", f"{_PARENT}.2")),
    task("regret_lemma", "claim", LEMMA, 7),
    task("regret_lemma.false_twin", "twin", TWIN, 8, parent=f"{FILE}::regret_lemma",
         expected=Status.REFUTED, hints=Hints(at={"d": "1", "T": "1", "eta": "1"})),
)  # fmt: skip


def proof_from_steps() -> dict[str, Any]:
    """The lemma from the two steps of its derivation, cited by their hashes."""
    from therefore.kernel import goal_hash

    names = [name for name, _ in DECLARATIONS]
    cited = [{"fact": f"lemma:{goal_hash(step.to_text())}", "with": names} for step in STEPS]
    return {"rule": "combine", "items": cited}


PROOFS = {
    TASKS[0].id: STEP_PROOFS[0],
    TASKS[1].id: STEP_PROOFS[1],
    TASKS[2].id: proof_from_steps(),
    TASKS[3].id: PROOF,
}
