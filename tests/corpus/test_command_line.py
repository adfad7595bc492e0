"""The command line on small projects, with the real provers and refuters, and on bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from therefore.cli import main

SQUARE = '''"""The square of a sum."""
from therefore import as_written, at_most, claim, derivation, equal, positive, real

x, y, eta = real("x"), real("y"), positive("eta")

with as_written():
    square = claim(equal((x + y) ** 2, x**2 + 2 * x * y + y**2))
    square.false_twin(equal((x + y) ** 2, x**2 + y**2), at={x: 1, y: 1})
    by_factors = derivation(
        (x + y) ** 2, "=", (x + y) * (x + y), "=", x**2 + 2 * x * y + y**2, proves=square
    )
    mean = claim(at_most(2 * x * y, eta * x**2 + y**2 / eta))
'''

RAISES = '''"""A module that raises."""
from therefore import real

x = real("x")
raise RuntimeError("the file is not finished")
'''

SHAPES = '''"""Shapes that do not fit."""
from therefore import as_written, claim, dimension, equal, norm, vector

d = dimension("d")
u, v = vector("u", d), vector("v", dimension("m"))

with as_written():
    good = claim(equal(norm(u) ** 2, norm(-u) ** 2))
    bad = claim(equal(u, v))
    worse = claim(equal(u, norm(u)))
'''

VACUOUS = '''"""A hypothesis that nothing satisfies."""
from therefore import as_written, at_most, claim, equal, less, real

x = real("x")

with as_written():
    nothing = claim(equal(x, x + 1), given=[less(x, 0), less(0, x)])
'''

FALSE = '''"""A claim that is false."""
from therefore import as_written, claim, equal, real

x = real("x")

with as_written():
    wrong = claim(equal((x + 1) ** 2, x**2 + 1))
'''


def therefore(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder."""
    command = [sys.executable, "-m", "therefore", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=300)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one module in ``derivations``."""
    (tmp_path / "derivations").mkdir()
    (tmp_path / "derivations" / "square.py").write_text(SQUARE, encoding="utf-8")
    return tmp_path


def add(project: Path, name: str, text: str) -> None:
    """Add a module to a project."""
    (project / "derivations" / name).write_text(text, encoding="utf-8")


def records(done: subprocess.CompletedProcess[str]) -> dict[str, dict[str, object]]:
    """The records of a run with ``--json -``, by the names after the last colon."""
    return {record["id"].rpartition("::")[2]: record for record in json.loads(done.stdout)}


def test_check_then_locked_then_recheck(project: Path) -> None:
    """The main road: certificates are found, stored, used and accepted again."""
    done = therefore("check", cwd=project)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 claims, 1 derivation and 2 steps proved, 1 false twin refuted" in done.stdout
    assert "x = 1, y = 1: left 4, right 2" in done.stdout
    assert "\x1b" not in done.stdout
    stored = project / "certificates" / "derivations" / "square.json"
    before = stored.read_bytes()
    done = therefore("check", "--locked", cwd=project)
    assert done.returncode == 0, done.stdout + done.stderr
    assert stored.read_bytes() == before
    done = therefore("recheck", cwd=project)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_changed_claim_is_stale(project: Path) -> None:
    """A locked run fails with the place of the certificate; a plain one searches again."""
    therefore("check", cwd=project)
    add(project, "square.py", SQUARE.replace("at_most(2 * x * y, eta", "at_most(-2 * x * y, eta"))
    done = therefore("check", "--locked", cwd=project)
    assert done.returncode == 1
    assert "certificates/derivations/square.json:" in done.stdout
    assert "stale certificate" in done.stdout
    assert therefore("check", cwd=project).returncode == 0
    assert therefore("check", "--locked", cwd=project).returncode == 0


@pytest.mark.parametrize(
    ("name", "text", "place", "message"),
    [
        ("raises.py", RAISES, "derivations/raises.py:5", "RuntimeError: the file is not finished"),
        ("shapes.py", SHAPES, "derivations/shapes.py:9", ""),
        ("shapes.py", SHAPES, "derivations/shapes.py:10", ""),
        ("vacuous.py", VACUOUS, "derivations/vacuous.py:7", "VACUOUS"),
        ("wrong.py", FALSE, "derivations/wrong.py:7", "x = 1: left 4, right 2"),
    ],
)
def test_bad_input(project: Path, name: str, text: str, place: str, message: str) -> None:
    """A message with file and line, a non-zero exit, and everything else is checked."""
    add(project, name, text)
    done = therefore("check", "--budget", "5", cwd=project)
    assert done.returncode == 1, done.stdout + done.stderr
    assert place in done.stdout
    assert message in done.stdout
    assert "2 claims, 1 derivation" in done.stdout or "3 claims, 1 derivation" in done.stdout


def test_statuses_of_bad_input(project: Path) -> None:
    """Each kind of bad input has its own status."""
    for name, text in (("a.py", SHAPES), ("b.py", VACUOUS), ("c.py", FALSE)):
        add(project, name, text)
    found = records(therefore("check", "--budget", "5", "--json", "-", cwd=project))
    expected = {"good": "PROVED", "bad": "ILL_FORMED", "worse": "ILL_FORMED", "square": "PROVED",
                "nothing": "VACUOUS", "wrong": "REFUTED"}  # fmt: skip
    assert {name: found[name]["status"] for name in expected} == expected


def test_unknown_path(project: Path) -> None:
    """A message and exit code 2, and the rest is checked."""
    done = therefore("check", "derivations", "nowhere.py", cwd=project)
    assert done.returncode == 2
    assert "nowhere.py: no such file or folder" in done.stdout
    assert "2 claims" in done.stdout


def test_nothing_to_check(tmp_path: Path) -> None:
    """Without paths there must be one of the default folders."""
    done = therefore("check", cwd=tmp_path)
    assert done.returncode == 2
    assert "name what to check" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--budget", "-1"),
        ("check", "--budget", "nan"),
        ("check", "--jobs", "-2"),
        ("check", "--locked", "--no-cache"),
        ("check", "--accept", "anything"),
        ("write",),
        (),
        ("prove",),
    ],
)
def test_misuse(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """A wrong command line has exit code 2 and says what would be right."""
    done = therefore(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "usage: therefore" in done.stderr


def test_json(project: Path) -> None:
    """To a file beside the table, or alone on standard output."""
    done = therefore("check", "--json", "out.json", cwd=project)
    assert "PROVED" in done.stdout
    saved = json.loads((project / "out.json").read_text(encoding="utf-8"))
    done = therefore("check", "--json", "-", cwd=project)
    for record in (*saved, *json.loads(done.stdout)):
        record.pop("seconds")
    assert [{**r, "seconds": 0} for r in saved]
    found = records(done)
    assert found["square"]["method"] == "by by_factors"
    assert found["square"]["instances"]["usable"] >= 100  # type: ignore[index]
    assert found["mean"]["hypotheses"] == ["0 < η"]
    assert found["square.false_twin"]["counterexample"] == "x = 1, y = 1: left 4, right 2"
    done = therefore("check", "--json", "no/such/folder.json", cwd=project)
    assert done.returncode == 2


def test_no_cache_finds_the_same(project: Path) -> None:
    """A search from nothing ends at the same certificates."""
    therefore("check", cwd=project)
    stored = project / "certificates" / "derivations" / "square.json"
    before = stored.read_bytes()
    assert therefore("check", "--no-cache", cwd=project).returncode == 0
    assert stored.read_bytes() == before


def test_write(project: Path) -> None:
    """A document on standard output or in a file."""
    done = therefore("write", "derivations/square.py", "--format", "latex", cwd=project)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(r"\documentclass")
    done = therefore("write", "derivations/square.py", "-o", "square.tex", cwd=project)
    assert done.stdout == ""
    assert r"\end{document}" in (project / "square.tex").read_text(encoding="utf-8")


def test_a_source_outside_the_folder(project: Path, tmp_path: Path) -> None:
    """Its certificates go to the cache, not beside it."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = therefore("check", str(project / "derivations" / "square.py"), cwd=elsewhere)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (elsewhere / "certificates").exists()
    assert list((elsewhere / ".therefore_cache" / "certificates").rglob("square.json"))
    assert therefore(
        "check", "--locked", str(project / "derivations" / "square.py"), cwd=elsewhere
    ).returncode == 0


def test_version(tmp_path: Path) -> None:
    """The version of the installed package."""
    from therefore import __version__

    assert therefore("version", cwd=tmp_path).stdout == f"therefore {__version__}\n"


@pytest.mark.parametrize(
    ("program", "heavy"),
    [
        ("import therefore", {"sympy", "numpy", "argparse", "therefore.check"}),
        ("import therefore.pytest_plugin", {"sympy", "numpy", "therefore.check"}),
        ("from therefore.cli import _parser; _parser()", {"sympy", "numpy", "therefore.check"}),
        ("from therefore import Status", {"sympy", "numpy"}),
    ],
)
def test_imports_are_light(program: str, heavy: set[str]) -> None:
    """Nothing heavy is imported before it is needed."""
    code = f"import sys; {program}; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_help_is_quick(tmp_path: Path) -> None:
    """Under 0.3 seconds, with room for a slow machine."""
    times = []
    for _ in range(3):
        started = time.monotonic()
        assert therefore("--help", cwd=tmp_path).returncode == 0
        times.append(time.monotonic() - started)
    assert min(times) < 0.6


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["check", "plain.py"], "plain.py:1: this module makes no claim"),
        (["check", "weird.py"], "note   Weird"),
        (["check", "pipe.tex"], "pipe.tex: neither a derivation (.py) nor a document (.tex)"),
        (["check", f"{'a' * 4000}.tex"], "File name too long"),
        (["check", "x.tex", "--given", "none.tex"], "none.tex: --given takes a document"),
        (["read", "plain.py"], "plain.py: there is no such .tex file to read"),
        (["write", "plain.py"], "plain.py:1: this module makes no claim"),
    ],
)
def test_odd_files(
    arguments: list[str],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A sentence, and an exit code that is not 0."""
    monkeypatch.chdir(tmp_path)
    Path("plain.py").write_text("x = 1\n", encoding="utf-8")
    Path("x.tex").write_text("$1 = 1$.\n", encoding="utf-8")
    weird = "class Weird(Exception):\n def __str__(self):\n  raise ValueError\nraise Weird\n"
    Path("weird.py").write_text(weird, encoding="utf-8")
    os.mkfifo("pipe.tex")
    assert main(arguments) in (1, 2)
    captured = capsys.readouterr()
    assert told in captured.out + captured.err
    assert "documentclass" not in captured.out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_an_output_that_takes_nothing(tmp_path: Path) -> None:
    """No traceback where the disk is full."""
    document = tmp_path / "x.tex"
    document.write_text("$1 = 1$.\n", encoding="utf-8")
    command = [sys.executable, "-m", "therefore", "read", str(document)]
    with open("/dev/full", "w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr == "therefore: the output cannot be written: No space left on device\n"


def test_a_search_takes_ten_seconds_unless_it_is_told_otherwise() -> None:
    """The command, Python and pytest have one default."""
    from inspect import signature

    from therefore import Options, check_claim
    from therefore.cli import _parser

    assert _parser().parse_args(["check"]).budget == Options().budget == 10.0
    assert signature(check_claim).parameters["budget"].default == 10.0
