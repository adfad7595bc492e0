"""The derivations that come with the package: proved, refuted, tried, written up."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from therefore.check import Options
from therefore.check import run as check
from therefore.recheck import recheck
from therefore.record import Run
from therefore.writing.json_report import json_report
from therefore.writing.latex import document

ROOT = Path(__file__).parents[2]
MODULES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "derivations").rglob("*.py")
    if path.name != "__init__.py"
)


def therefore(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in the root of the repository."""
    command = [sys.executable, "-m", "therefore", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900)


@pytest.fixture(scope="session")
def run() -> Run:
    """One run with the committed certificates alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return check(["derivations"], Options(locked=True))


@pytest.fixture(scope="session")
def records(run: Run) -> list[dict[str, Any]]:
    """The records of that run, as JSON has them."""
    found: list[dict[str, Any]] = json.loads(json_report(run.records))
    return found


def test_the_committed_certificates_suffice(run: Run, records: list[dict[str, Any]]) -> None:
    """Nothing is stale, missing or damaged, and every verdict is as expected."""
    bad = [
        (record["id"], record["status"], record["remarks"])
        for record in records
        if record["status"] != record["expected"]
    ]
    assert not bad
    assert not run.problems
    assert run.exit_code() == 0


def test_every_line_is_tried(records: list[dict[str, Any]]) -> None:
    """At least a hundred instances satisfy the hypotheses of each line, and all agree."""
    for record in records:
        instances = record["instances"]
        exactly = instances["precision"] == "exact"  # a line without a name has one instance
        assert instances["usable"] >= (1 if exactly else 100), record["id"]
        if record["kind"] != "twin":
            assert instances["agreeing"] == instances["usable"], record["id"]


def test_every_claim_has_a_false_twin(records: list[dict[str, Any]]) -> None:
    """A check that cannot fail is seen at once."""
    claims = {record["id"] for record in records if record["kind"] == "claim"}
    assert claims == {record["parent"] for record in records if record["kind"] == "twin"}


def test_counterexamples_are_small(records: list[dict[str, Any]]) -> None:
    """Each false twin is refuted, at sizes of at most 3 where there are sizes."""
    for record in records:
        if record["kind"] == "twin":
            assert record["counterexample"] or record["method"] == "negation", record["id"]
            sizes = re.findall(r"\b[dTnm] = (\d+)\b(?!/)", record["counterexample"] or "")
            assert all(int(size) <= 3 for size in sizes), record["counterexample"]


def test_the_regret_lemma_has_its_line(records: list[dict[str, Any]]) -> None:
    """The certificate that the design promises, by either of two proofs."""
    lemma = next(record for record in records if record["id"].endswith("/regret.py::regret_lemma"))
    assert lemma["certificate"].startswith("RHS − LHS = 1/(2η)·‖w_{T+1} − w*‖² ≥ 0")
    assert lemma["method"] == "by expand_and_telescope"
    assert "also proved by complete_the_square" in lemma["remarks"]


def test_every_claim_has_a_line(records: list[dict[str, Any]]) -> None:
    """What is proved can be said in one line."""
    for record in records:
        if record["kind"] == "claim":
            assert record["certificate"], record["id"]
            assert "\n" not in record["certificate"]


def test_recheck_agrees() -> None:
    """The kernel alone accepts all of them, together and each file by itself."""
    command = [sys.executable, "-m", "therefore", "recheck", "certificates"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as together:
        for path in sorted((ROOT / "certificates").rglob("*.json")):
            results, problems = recheck([str(path)])
            assert not problems and all(result.accepted for result in results), path
        said, _ = together.communicate(timeout=600)
    assert together.returncode == 0, said


def test_certificates_mirror_the_sources() -> None:
    """No file without a source, and no source without a file."""
    folder = ROOT / "certificates"
    named = [path.relative_to(folder).with_suffix("") for path in folder.rglob("*.json")]
    mirrored = {(path if path.suffix else path.with_suffix(".py")).as_posix() for path in named}
    documents = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "proofs").iterdir()
        if path.suffix in (".tex", ".py")
    }
    assert mirrored == {*MODULES, *documents}


def test_write_up_by_the_command(tmp_path: Path, run: Run) -> None:
    """What the command writes is what is compiled below."""
    module = "derivations/optimization/jensen.py"
    target = tmp_path / "paper.tex"
    done = therefore("write", module, "--locked", "-o", str(target))
    assert done.returncode == 0, done.stderr
    assert target.read_text(encoding="utf-8") == written_up(run, module)


def written_up(run: Run, module: str) -> str:
    """A derivation as a document."""
    return document([record for record in run.records if record.file == module])


@pytest.fixture(scope="session")
def compiled(run: Run, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str, str]]:
    """Each derivation as a document: LaTeX's exit code, what it said, and its log."""
    command = ["latexmk", "-pdf", "-interaction=nonstopmode", "-halt-on-error", "paper.tex"]
    environment = {**os.environ, "max_print_line": "1000"}

    def compile(module: str) -> tuple[int, str, str]:
        folder = tmp_path_factory.mktemp("paper")
        (folder / "paper.tex").write_text(written_up(run, module), encoding="utf-8")
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=180, env=environment
        )
        log = folder / "paper.log"
        said = log.read_text(encoding="latin-1") if log.exists() else ""
        return done.returncode, done.stdout, said

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(MODULES, pool.map(compile, MODULES), strict=True))


@pytest.mark.skipif(not shutil.which("latexmk"), reason="needs latexmk")
@pytest.mark.parametrize("module", MODULES)
def test_write_up_compiles(module: str, compiled: dict[str, tuple[int, str, str]]) -> None:
    """Each derivation as a document, with no line that is far too long."""
    code, said, log = compiled[module]
    assert code == 0, said[-2000:]
    overfull = [float(points) for points in re.findall(r"Overfull \\hbox \((\d+\.\d+)pt", log)]
    assert max(overfull, default=0.0) < 30, overfull
