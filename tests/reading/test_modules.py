"""From modules to tasks: order, ids, lines, and what goes wrong."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from therefore import language as th
from therefore.claim import by, claim, derivation
from therefore.language import IllFormed
from therefore.reading.modules import prerequisites, read_module, tasks_of_claim
from therefore.reading.sources import find_sources
from therefore.task import Task

Write = Callable[..., Path]

HEAD = """\
from sympy import *
from therefore import *
from therefore.claim import by, claim
x, y, n = real("x"), real("y"), integer("n")
"""


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    monkeypatch.chdir(tmp_path)

    def write(text: str, name: str = "page.py", head: str = HEAD) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head + textwrap.dedent(text), encoding="utf-8")
        return path.relative_to(tmp_path)

    return write


def labels(tasks: list[Task]) -> list[str]:
    return [f"{task.kind} {task.label}" for task in tasks]


PAGE = """\
with as_written():
    square = claim(at_least((x + y)**2, 4*x*y))
    square.false_twin(at_least((x + y)**2, 5*x*y), at={x: 1, y: Rational(1, 2)})
    square.false_twin(at_least((x + y)**2, 4), at={x: 0})
    lemma = derivation(x**2, "=", x * x)
    proof = derivation(
        (x + y)**2,
        "=", (x - y)**2
             + 4*x*y, by(cases=[x]),
        ">=", 4*x*y,
        using=[lemma], proves=square)
"""


def test_functions_are_suggested_as_lambdas(write: Write) -> None:
    text = """
        f, g = real_function("f"), real_function("g")
        with as_written():
            one = claim(at_most(f(x), g(x)))
            one.false_twin(at_most(f(x), g(x)), at={f: Lambda(y, 2 * y), g: Lambda(y, y), x: 1})
        """
    tasks, errors = read_module(write(text))
    assert errors == []
    assert tasks[-1].hints.at == {
        "f": '["lambda", "real", ["*", "2", "#0"]]', "g": '["lambda", "real", "#0"]', "x": "1",
    }  # fmt: skip


def test_a_page_becomes_tasks(write: Write) -> None:
    tasks, errors = read_module(write(PAGE))
    assert errors == []
    assert labels(tasks) == [
        "step lemma.1",
        "derivation lemma",
        "step proof.1",
        "step proof.2",
        "derivation proof",
        "claim square",
        "twin square.false_twin",
        "twin square.false_twin.2",
    ]
    ids = [task.id for task in tasks]
    assert ids[:2] == ["page.py::lemma.1", "page.py::lemma"]
    by_label = {task.label: task for task in tasks}
    assert by_label["proof.2"].uses == ("page.py::lemma", "page.py::proof.1")
    assert by_label["proof"].uses == ("page.py::lemma", "page.py::proof.1", "page.py::proof.2")
    assert by_label["proof"].parent == by_label["square.false_twin"].parent == "page.py::square"
    assert by_label["proof.1"].parent == "page.py::proof"
    assert by_label["square"].uses == ("page.py::proof",)
    assert by_label["proof"].goal == by_label["square"].goal
    assert by_label["proof.1"].hints.cases == ("x",)
    assert by_label["square.false_twin"].hints.at == {"x": "1", "y": "1/2"}
    assert by_label["square.false_twin"].expected == "REFUTED"
    assert by_label["square"].notation == {"x": "x", "y": "y"}


def test_every_line_knows_where_it_stands(write: Write) -> None:
    tasks, _ = read_module(write(PAGE))
    lines = {task.label: task.source.line for task in tasks}
    assert {task.source.path for task in tasks} == {"page.py"}
    assert lines == {
        "lemma.1": 9,
        "lemma": 9,
        "proof.1": 12,
        "proof.2": 14,
        "proof": 10,
        "square": 6,
        "square.false_twin": 7,
        "square.false_twin.2": 8,
    }


def test_a_derivation_has_the_weakest_of_its_relations(write: Write) -> None:
    tasks, _ = read_module(
        write("""\
        with as_written():
            rises = derivation(x, "=", y, "<=", 1, "<", 2)
            falls = derivation(x, ">=", y, "=", 1)
            states = derivation(equal(x, y), less(y, 1), by(cases=[y]))
        """)
    )
    goals = {task.label: task.goal.conclusion for task in tasks}
    assert goals["rises"] == ("<", "x", "2")
    assert goals["falls"] == ("<=", "1", "x")
    assert goals["states"] == goals["states.2"] == ("<", "y", "1")
    assert goals["states.1"] == ("=", "x", "y")


def test_a_derivation_that_does_not_reach_its_claim_still_gives_its_tasks(write: Write) -> None:
    tasks, errors = read_module(
        write("""\
        with as_written():
            goal = claim(at_most(x, 2), given=[equal(x, y), at_most(y, 1)])
            stops = derivation(x, "=", y, proves=goal)
        """)
    )
    assert errors == []
    assert labels(tasks) == ["step stops.1", "derivation stops", "claim goal"]
    assert tasks[0].goal.conclusion == ("=", "x", "y")
    assert tasks[1].goal == tasks[2].goal
    assert tasks[0].goal.hypotheses == tasks[2].goal.hypotheses


def test_a_twin_keeps_the_hypotheses_unless_it_is_given_others(write: Write) -> None:
    tasks, _ = read_module(
        write("""\
        with as_written():
            c = claim(at_most(x, 1), given=[at_most(x, 0)])
            c.false_twin(at_most(x, -1))
            c.false_twin(at_most(x, 1), given=[])
        """)
    )
    assert [task.goal.hypotheses for task in tasks] == [(("<=", "x", "0"),)] * 2 + [()]


def test_one_wrong_line_leaves_the_others_alone(write: Write) -> None:
    tasks, errors = read_module(
        write("""\
        u = vector("u", dimension("d"))
        with as_written():
            good = claim(equal(x, x))
            bad = claim(equal(u, x))
            bad.false_twin(equal(x, 0.5))
            worse = claim(at_most(x, 1), given=[x <= 1, True])
            none = claim(None)
            hints = claim(equal(x, x), induction=n)
            values = claim(equal(x, x))
            values.false_twin(equal(x, 1), at={x: 0.5})
        """)
    )
    assert labels(tasks) == ["claim good", "claim values"]
    assert [(error.line, error.id.partition("::")[2]) for error in errors] == [
        (8, "bad"),
        (9, "bad.false_twin"),
        (10, "worse"),
        (11, "none"),
        (12, "hints"),
        (14, "values.false_twin"),
    ]
    assert str(errors[0]).startswith("page.py:8: the two sides of = differ in kind: a vector")
    assert "write an exact one" in errors[1].message
    assert "of which the line does not speak" in errors[4].message


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("x = 1\ny = 1/0\n", 6, "ZeroDivisionError: division by zero"),
        ("x = (\n", 5, "SyntaxError"),
        ("import no_such_module\n", 5, "No module named 'no_such_module'"),
        ("raise SystemExit(3)\n", 5, "SystemExit: 3"),
        ("claim(equal(x, x))\n", 5, "inside `with as_written"),
        ("with as_written():\n    derivation(x, '=')\n", 6, "a chain alternates"),
        ("with as_written():\n    derivation(x, '==', y)\n", 6, "a chain alternates"),
        ("with as_written():\n    derivation(x, '<', y, '>', x)\n", 6, "goes both up and down"),
        ("with as_written():\n    derivation()\n", 6, "a derivation is"),
        ("with as_written():\n    derivation(by(), x, '=', x)\n", 6, "stands after the one line"),
        ("with as_written():\n    derivation(x, by(), '=', x)\n", 6, "stands after the one line"),
        (
            "with as_written():\n    derivation(x, '=', x, by(cases=[x]), cases=[y])\n",
            6,
            "in two ways",
        ),
        ("vector('u', 0)\n", 5, "no size"),
        ("real('η')\n", 5, "plain spelling"),
    ],
)
def test_a_module_that_raises_is_an_error_with_its_line(
    write: Write, text: str, line: int, message: str
) -> None:
    tasks, errors = read_module(write(text))
    assert tasks == []
    (error,) = errors
    assert (error.path, error.line) == ("page.py", line)
    assert message in error.message


def test_a_missing_file_is_an_error(write: Write) -> None:
    (error,) = read_module("nowhere.py")[1]
    assert "nowhere.py" in str(error)


def test_modules_are_run_afresh_and_leave_nothing_behind(write: Write) -> None:
    path = write("with as_written():\n    c = claim(equal(x, x))\n")
    before = set(sys.modules)
    assert labels(read_module(path)[0]) == ["claim c"]
    write("with as_written():\n    e = claim(equal(x, x))\n")
    assert labels(read_module(path)[0]) == ["claim e"]
    assert {name for name in set(sys.modules) - before if "therefore_source" in name} == set()


def test_claims_of_another_module_are_cited_by_their_own_id(write: Write) -> None:
    write("", "pages/__init__.py", head="")
    first = write(
        "with as_written():\n    base = claim(equal(x, y), given=[equal(y, x)])\n", "pages/first.py"
    )
    second = write(
        """\
        from .first import base as renamed
        with as_written():
            c = claim(equal(x, y), given=[equal(y, x)], using=[renamed])
        """,
        "pages/second.py",
    )
    tasks, errors = read_module(second)
    assert errors == []
    assert labels(tasks) == ["claim c"]
    assert tasks[0].uses == ("pages/first.py::base",)
    needed, wrong = prerequisites(tasks)
    assert wrong == []
    assert needed == read_module(first)[0]
    assert prerequisites(needed) == ([], [])


def test_derivations_without_a_name_are_called_by_their_line(write: Write) -> None:
    tasks, _ = read_module(
        write("""\
        with as_written():
            c = claim(equal(x, x))
            derivation(x, "=", x, proves=c)
        """)
    )
    assert labels(tasks) == ["step line_7.1", "derivation line_7", "claim c"]


def test_sources_are_found_in_order(write: Write, tmp_path: Path) -> None:
    for name in ("b/two.py", "b/one.py", "a/three.py", "b/__init__.py", "b/.hidden/x.py", "n.txt"):
        write("", name)
    assert find_sources([tmp_path]) == [
        tmp_path / "a/three.py",
        tmp_path / "b/one.py",
        tmp_path / "b/two.py",
    ]
    assert find_sources(["b/two.py", "b"]) == [Path("b/two.py"), Path("b/one.py")]
    with pytest.raises(FileNotFoundError, match="no such file"):
        find_sources(["c"])


def test_a_claim_of_ones_own_comes_last_after_what_it_rests_on() -> None:
    x, y = th.real("x"), th.real("y")
    with th.as_written():
        equality = th.equal(x, y)
        lemma = derivation(y, "=", x, given=[equality])
        own = claim(th.equal(x * x, y * y), given=[equality], using=[lemma])
        own.false_twin(th.equal(x * x, 2 * y))
        derivation(x * x, "=", x * y, by(cases=[x]), "=", y * y, proves=own)
    tasks = tasks_of_claim(own)
    assert [task.kind for task in tasks] == [
        "step", "step", "derivation", "step", "derivation", "claim",
    ]  # fmt: skip
    assert tasks[-1].goal.conclusion == ("=", ("*", "x", "x"), ("*", "y", "y"))
    assert own.source.path == __file__


def test_a_claim_of_ones_own_that_is_ill_formed_raises() -> None:
    with th.as_written():
        own = claim(th.equal(th.real("x"), 0.5))
    with pytest.raises(IllFormed, match=r"test_modules\.py:\d+: .*write an exact one"):
        tasks_of_claim(own)


def test_a_claim_shows_its_sides_and_its_latex() -> None:
    x, y = th.real("x"), th.positive(r"\eta")
    with th.as_written():
        own = claim(th.at_most(x / y, 1), given=[th.at_most(x, y)])
    assert (own.lhs, own.rhs) == own.conclusion.args
    assert own.hypotheses == own.given
    assert own.latex() == r"\frac{x}{\eta} \leq 1"
    assert own.numpy()(x=3.0, eta=2.0) == (1.5, 1)
