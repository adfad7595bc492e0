"""What the README shows is what happens."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(name: str) -> str:
    """The text of the code block under a marker."""
    found = re.search(rf"<!-- {re.escape(name)} -->\n```\w+\n(.*?)```", README, re.DOTALL)
    assert found, name
    return found.group(1)


def timeless(text: str) -> list[str]:
    """The lines of a report without the times."""
    return [re.sub(r" +\(?\d+\.\d+ s\)?", "", line).rstrip() for line in text.strip().splitlines()]


def run(*arguments: str, cwd: Path, code: int = 0) -> str:
    """The output of a command that should end with this exit code."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=cwd, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def test_the_example(tmp_path: Path) -> None:
    """The module, the report of the checker and that of the kernel, as they are shown."""
    (tmp_path / "young.py").write_text(block("young.py"), encoding="utf-8")
    checked = run("-m", "therefore", "check", "young.py", cwd=tmp_path)
    assert timeless(checked) == timeless(block("therefore check young.py"))
    rechecked = run("-m", "therefore", "recheck", cwd=tmp_path)
    assert timeless(rechecked) == timeless(block("therefore recheck"))


def test_the_homework(tmp_path: Path) -> None:
    """The document with a slip, and what is said of it."""
    (tmp_path / "homework.tex").write_text(block("homework.tex"), encoding="utf-8")
    checked = run("-m", "therefore", "check", "homework.tex", cwd=tmp_path, code=1)
    assert timeless(checked) == timeless(block("therefore check homework.tex"))


def test_a_claim_of_ones_own(tmp_path: Path) -> None:
    """Five lines, and the verdict that the last one promises."""
    program = block("own claim")
    assert len(program.strip().splitlines()) == 5
    (tmp_path / "own.py").write_text(program, encoding="utf-8")
    assert run("own.py", cwd=tmp_path).strip() == program.strip().rpartition("# ")[2]


def test_formulas(tmp_path: Path) -> None:
    """What is printed stands beside each print."""
    program = block("formulas")
    (tmp_path / "formulas.py").write_text(program, encoding="utf-8")
    shown = [line.partition("  # ")[2] for line in program.splitlines() if "print(" in line]
    assert run("formulas.py", cwd=tmp_path).splitlines() == shown


def test_every_verdict_is_explained() -> None:
    """The table has a row for each status."""
    from therefore import Status

    assert set(re.findall(r"^\| `(\w+)` \|", README, re.MULTILINE)) == set(Status)


def test_there_are_two_commands() -> None:
    """``.ci/run`` takes them from the README; both set everything up."""
    commands = re.findall(r"^python3 -m venv .*$", README, re.MULTILINE)
    assert len(commands) == 2
    assert all('.venv/bin/pip install -e ".[test]"' in command for command in commands)
    assert [command.rpartition("/")[2] for command in commands] == [
        "therefore check",
        "pytest",
    ]
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "grep '^python3 -m venv ' README.md" in script


@pytest.mark.parametrize("name", ["lhs", "rhs", "hypotheses", "latex", "numpy"])
def test_import(name: str) -> None:
    """What the README shows of an imported derivation is there."""
    from therefore.derivations.optimization import regret

    assert getattr(regret.regret_lemma, name)
