"""The derivations that come with the package: proved, refuted, tried, written up."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

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


@pytest.fixture(scope="module")
def locked() -> subprocess.CompletedProcess[str]:
    """One run with the committed certificates alone."""
    return therefore("check", "derivations", "--locked", "--json", "-")


@pytest.fixture(scope="module")
def records(locked: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    """The records of that run."""
    found: list[dict[str, Any]] = json.loads(locked.stdout)
    return found


def test_the_committed_certificates_suffice(locked: subprocess.CompletedProcess[str]) -> None:
    """Nothing is stale, missing or damaged, and every verdict is as expected."""
    bad = [
        (record["id"], record["status"], record["remarks"])
        for record in json.loads(locked.stdout)
        if record["status"] != record["expected"]
    ]
    assert not bad
    assert "certificate" not in locked.stderr  # there may be a line of progress
    assert locked.returncode == 0


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
            sizes = re.findall(r"\b[dTnm] = (\d+)", record["counterexample"] or "")
            assert all(int(size) <= 3 for size in sizes), record["counterexample"]


def test_the_regret_lemma_has_its_line(records: list[dict[str, Any]]) -> None:
    """The certificate that the design promises, by either of two proofs."""
    lemma = next(record for record in records if record["id"].endswith("::regret_lemma"))
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
    done = therefore("recheck", "certificates/derivations")
    assert done.returncode == 0, done.stdout
    for path in sorted((ROOT / "certificates").rglob("*.json")):
        done = therefore("recheck", str(path.relative_to(ROOT)))
        assert done.returncode == 0, done.stdout


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


@pytest.mark.skipif(not shutil.which("latexmk"), reason="needs latexmk")
@pytest.mark.parametrize("module", MODULES)
def test_write_up_compiles(module: str, tmp_path: Path) -> None:
    """Each derivation as a document."""
    target = tmp_path / "paper.tex"
    done = therefore("write", module, "--locked", "-o", str(target))
    assert done.returncode == 0, done.stderr
    command = ["latexmk", "-pdf", "-interaction=nonstopmode", "-halt-on-error", target.name]
    environment = {**os.environ, "max_print_line": "1000"}
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=180, env=environment
    )
    assert done.returncode == 0, done.stdout[-2000:]
    log = (tmp_path / "paper.log").read_text(encoding="latin-1")
    overfull = [float(points) for points in re.findall(r"Overfull \\hbox \((\d+\.\d+)pt", log)]
    assert max(overfull, default=0.0) < 30, overfull
