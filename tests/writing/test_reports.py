"""The reports on the regret sample, compared with golden files.

``UPDATE_GOLDEN=1 pytest tests/writing`` writes the golden files anew; look at the difference.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from therefore.record import Problem, Run
from therefore.writing.json_report import json_report
from therefore.writing.latex import document, escape
from therefore.writing.style import Style, clip, pad, width_of
from therefore.writing.terminal import report

GOLDEN = Path(__file__).parent / "golden"
Check = Callable[..., Run]


def compare(name: str, text: str) -> None:
    """The text is that of the golden file."""
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_terminal(checked: Check) -> None:
    """The table, with the mathematics of the claim below it."""
    compare("regret.txt", report(checked(), Style()) + "\n")


def test_terminal_of_what_failed(checked: Check) -> None:
    """What is not as expected shows its hypotheses, its place and what was tried."""
    run = checked("give-up")
    problems = (Problem("certificates/a.json", 3, "damaged certificate: the file breaks off"),)
    compare("regret_unproved.txt", report(Run(run.records, problems), Style(columns=80)) + "\n")


def test_latex(checked: Check) -> None:
    """The whole document."""
    compare("regret.tex", document(checked().records))


def test_json(checked: Check) -> None:
    """One record a line of the source, with the documented fields."""
    text = json_report(checked().records)
    compare("regret.json", text)
    fields = {"id", "label", "file", "line", "status", "expected", "method", "rests_on",
              "hypotheses", "instances", "counterexample", "reading", "seconds"}  # fmt: skip
    assert all(fields <= set(record) for record in json.loads(text))


@pytest.mark.skipif(not shutil.which("latexmk"), reason="needs latexmk")
@pytest.mark.parametrize("ways", [(), ("give-up",), ("lie",), ("empty",)])
def test_latex_compiles(checked: Check, tmp_path: Path, ways: tuple[str, ...]) -> None:
    """The document compiles, whatever the verdicts are."""
    (tmp_path / "regret.tex").write_text(document(checked(*ways).records), encoding="utf-8")
    command = ["latexmk", "-pdf", "-interaction=nonstopmode", "-halt-on-error", "regret.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout[-2000:]
    log = (tmp_path / "regret.log").read_text(encoding="latin-1")
    assert "undefined" not in log.lower()


def test_colour_only_where_it_is_wanted(checked: Check) -> None:
    """No escape sequences without a terminal."""
    run = checked()
    assert "\x1b" not in report(run, Style())
    assert "\x1b[32m" in report(run, Style(colour=True))


class Terminal:
    """A stream that says whether it is a terminal."""

    def __init__(self, tty: bool) -> None:
        self._tty = tty

    def isatty(self) -> bool:
        """Whether it is one."""
        return self._tty


@pytest.mark.parametrize(
    ("tty", "environment", "colour"),
    [(True, {}, True), (True, {"NO_COLOR": "1"}, False), (False, {}, False)],
)
def test_style(tty: bool, environment: dict[str, str], colour: bool) -> None:
    """Colour on a terminal only, and not with NO_COLOR."""
    assert Style.of(Terminal(tty), environment).colour is colour  # type: ignore[arg-type]


def test_width_counts_columns() -> None:
    """Combining marks and colours take no column."""
    assert width_of("w̄") == 1
    assert width_of("\x1b[32mη\x1b[0m") == 1
    assert pad("w̄", 3) == "w̄  "
    assert clip("regret_lemma", 7) == "regret…"


@pytest.mark.parametrize("text", ["a_b & 50 % #1 {x}", "η ≥ 0 … ‖v‖²", "\\begin{document}", "日"])
def test_escape_is_ascii(text: str) -> None:
    """Whatever stands in a remark, LaTeX can set it."""
    assert escape(text).isascii()
