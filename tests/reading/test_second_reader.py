"""The second reader: compared at random points, killed when it hangs, and never deciding."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from therefore import second_reader
from therefore.reading.latex import read_text
from therefore.record import Record
from therefore.second_reader import ENVIRONMENT, SecondReader, compare_all, prepared
from therefore.second_reader_process import key_of, stand_in
from therefore.task import Task
from therefore.verdict import Status

FAKE = [sys.executable, str(Path(__file__).with_name("fake_second_reader.py"))]


def line(text: str, said: tuple[str, str] | None = None) -> Task:
    tasks, errors = read_text(text)
    assert not errors, [str(error) for error in errors]
    return tasks[-1] if said is None else replace(tasks[-1], said=said)


@pytest.fixture
def fake() -> Iterator[SecondReader]:
    reader = SecondReader(FAKE)
    assert reader.start() and reader.version == "fake 1"
    yield reader
    reader.close()


NAMES = "Let $a, b \\in \\mathbb{R}$.\n"


def test_what_the_two_sides_said_is_kept() -> None:
    text = NAMES + r"\[ \frac{a}{2} + b = b + 0.5 a \ge a, \] "
    tasks, errors = read_text(text.replace(r" \ge a", ""))
    assert not errors
    assert tasks[-1].said == (r"\frac{a}{2}+b", "b+0.5a")
    assert line(NAMES + r"\[ a^2 \ge b \]").said == ("b", "a^2")
    assert line(NAMES + r"\[ \sqrt{2} = 1.4142 = 1.41 \]").said == (r"\sqrt{2}", "1.41")
    rows = NAMES + "\\begin{align*} a &= b \\\\ &= 2a \\end{align*}"
    assert line(rows).said == ("b", "2a")


def test_agreement_and_disagreement(fake: SecondReader) -> None:
    good = fake.compare(line(NAMES + r"\[ a = b \]"))
    assert good.read and not good.differs
    bad = fake.compare(line(NAMES + r"\[ a = b \]", ("a", "bwrong")))
    assert bad.read and bad.differs == "2*b"


def test_what_it_cannot_read_is_not_counted(fake: SecondReader) -> None:
    half = fake.compare(line(NAMES + r"\[ a = b + a \]"))
    assert half.part and not half.read
    number = fake.compare(line(NAMES + r"\[ a + b = 2 \]"))
    assert not number.part and not number.read
    vectors = line(r"Let $u, v \in \mathbb{R}^d$. \[ u = v \]")
    assert not fake.compare(vectors).read


def test_one_that_hangs_is_killed_and_started_again(
    fake: SecondReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_reader, "_TIMEOUT", 0.3)
    for said in ("sleep", "babble"):
        assert "stopped" in fake.compare(line(NAMES + r"\[ a = b \]", (said, "b"))).why_not
        assert fake.compare(line(NAMES + r"\[ a = b \]")).read


def test_it_remarks_and_counts_and_changes_no_verdict() -> None:
    tasks, _ = read_text(NAMES + "\\[ a = a \\]\n\n\\[ b = b \\]")
    tasks[1] = replace(tasks[1], said=("b", "bwrong"))
    records = [
        Record(task.id, task.label, task.kind, "a.tex", 1, Status.PROVED, Status.PROVED, task=task)
        for task in tasks
    ]
    compared, note = compare_all(records, SecondReader(FAKE))
    assert note == "second reader: 2 lines read, 1 disagree"
    assert [one.status for one in compared] == [one.status for one in records]
    assert compared[1].remarks == ("the second reader disagrees: it reads 2*b",)


def test_one_that_is_missing_is_told() -> None:
    for command in (["/no/such/python"], [sys.executable, "-c", "raise SystemExit('gone')"]):
        _, note = compare_all([], SecondReader(command))
        assert "not there" in note and ENVIRONMENT in note


def test_names_and_stand_ins() -> None:
    assert key_of(r"\mathrm{w}_{1}") == "w_1"
    assert stand_in(r"\sigma", [1.0]) == stand_in("sigma", [1.0]) != stand_in("sigma", [2.0])
    assert stand_in("f", [1.0, 2.0]) != stand_in("f", [2.0, 1.0])
    assert prepared(r"\tfrac1n \Bigl( \sqrt T \Bigr)\!") == r"\frac{1}{n} ( \sqrt{T} )"
    assert prepared(r"\frac1{2!}") == r"\frac{1}{2!}"


def _real() -> str:
    """A Python that has latex2sympy2, or nothing."""
    python = os.environ.get(ENVIRONMENT) or sys.executable
    found = subprocess.run([python, "-I", "-c", "import latex2sympy2"], capture_output=True)
    return python if found.returncode == 0 else ""


@pytest.mark.skipif(not _real(), reason="therefore[second-reader] is not installed")
def test_latex2sympy2_itself() -> None:
    reader = SecondReader()
    assert reader.start(), reader.missing
    text = r"Let $x, w_1 \in \mathbb{R}$, $\eta > 0$." + "\n\\[ %s \\]"
    try:
        for formula in (
            r"\frac{-x}{1+|-x|} = -\frac{x}{1+|x|}",
            r"\frac{d}{dx} (x^2 + \eta x) = 2x + \eta",
            r"\tfrac12 \left( x - \sqrt\eta \right)^2 \ge 0",
            r"-\sin(w_1)\cos(w_1) = 0.35",
            r"\sum_{k=1}^{3} k x = 6x",
        ):
            found = reader.compare(line(text % formula))
            assert found.read and not found.differs, (formula, found)
        misread = replace(line(text % "x = 2x"), said=("x", "x^2"))
        assert reader.compare(misread).differs
        # A document's text can make it neither run nor write anything.
        odd = replace(line(text % "x = 2x"), said=("x", r"\input{|touch here}"))
        assert not reader.compare(odd).read
    finally:
        reader.close()
