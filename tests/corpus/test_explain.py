"""What ``--explain`` tells of each line: who was asked, in which order, and what came of it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from therefore.cli import main
from therefore.provers.search import PROVERS

LINES = r"""Let $x, y \in \mathbb{R}$, let $n$ be a positive integer and $a, b \in \mathbb{R}^n$.

\begin{equation} x^2 + y^2 \ge 2xy \tag{proved} \end{equation}
\begin{equation} \|a + b\| \le \|a\| \tag{refuted} \end{equation}
\begin{equation} \sum_{t=1}^{n} \sin t \le 2 + (x - y)^2 \tag{open} \end{equation}
"""


def explained(folder: Path, *options: str) -> dict[str, list[dict[str, Any]]]:
    """What is told of each line, by its tag."""
    out = folder / "records.json"
    main(["check", "lines.tex", "--explain", "--budget", "20", "--json", str(out), *options])
    return {one["label"]: one["explained"] for one in json.loads(out.read_text("utf-8"))}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Two runs from nothing, a third with certificates, and the terminal's report of the last."""
    folder = tmp_path_factory.mktemp("explained")
    (folder / "lines.tex").write_text(LINES, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        first = explained(folder)
        second = explained(folder, "--no-cache", "--jobs", "1")
        third = explained(folder)
    return {"first": first, "second": second, "third": third}


def entry(entries: list[dict[str, Any]], by: str) -> dict[str, Any]:
    return next(one for one in entries if one["by"] == by)


def test_who_found_the_proof(told: dict[str, Any]) -> None:
    """The provers in the order of their cost, up to the one that found it; then the kernel."""
    entries = told["first"]["proved"]
    assert [one["by"] for one in entries] == ["random instances", "provers", "witness", "kernel"]
    provers = entry(entries, "provers")
    (goal,) = provers["goals"]
    asked = [trial["prover"] for trial in goal["trials"]]
    order = [prover.name for prover in PROVERS]
    assert asked == sorted(asked, key=order.index)
    assert [trial["outcome"] for trial in goal["trials"]] == [*["nothing"] * (len(asked) - 1),
                                                              "proved"]  # fmt: skip
    assert provers["said"] == f"proved by {asked[-1]}" and goal["outcome"] == "proved"
    assert entries[-1]["said"] == "the proof is accepted"


def test_what_the_refuters_looked_at(told: dict[str, Any]) -> None:
    """How many instances were decided, of which sizes; the provers are not asked any more."""
    entries = told["first"]["refuted"]
    assert not any(one["by"] == "provers" for one in entries)
    stages = entry(entries, "refuters")["stages"]
    assert stages[-1]["failing"] and stages[-1]["sizes"] == {"n": [1]}
    assert all(one["evaluated"] >= one["usable"] >= one["failing"] for one in stages)


def test_why_a_line_stays_open(told: dict[str, Any]) -> None:
    """All who were asked in vain, what they noted, and the goals that they opened themselves."""
    entries = told["first"]["open"]
    provers, refuters = entry(entries, "provers"), entry(entries, "refuters")
    assert provers["said"] == "nothing found" and refuters["said"].startswith("no counterexample")
    notes = {trial["prover"]: trial["notes"] for trial in provers["goals"][0]["trials"]}
    assert notes["adding"] == ["adding known relations"]
    again = [one for one in entries if one["by"] == "provers"][1]
    opened = [goal for trial in again["goals"][0]["trials"] for goal in trial["goals"]]
    assert opened and all(goal["outcome"].startswith("nothing") for goal in opened)
    total = {one["prover"]: one for one in again["provers"]}
    assert total["adding"]["asked"] > 1 and total["adding"]["found"] == 0


def timeless(data: Any) -> Any:
    """The same without seconds."""
    if isinstance(data, dict):
        return {key: timeless(value) for key, value in data.items() if key != "seconds"}
    return [timeless(one) for one in data] if isinstance(data, list) else data


def test_two_runs_tell_the_same(told: dict[str, Any]) -> None:
    """But for the times, on any number of cores; the kernel's answer to a stored one is told."""
    assert timeless(told["first"]) == timeless(told["second"])
    kept = entry(told["third"]["proved"], "stored certificate")
    assert kept["said"] == "accepted by the kernel; nothing was searched"
    # A search that failed before is made again: what is remembered of it explains nothing.
    assert timeless(told["third"]["open"]) == timeless(told["first"]["open"])


def test_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each step below its line, and only where it was asked for."""
    (tmp_path / "lines.tex").write_text(LINES.partition(r"\begin{equation} \|")[0], "utf-8")
    monkeypatch.chdir(tmp_path)
    main(["check", "lines.tex", "--explain"])
    shown = re.sub(r"\d+\.\d\d s", "… s", capsys.readouterr().out)
    assert "tried  random instances: " in shown
    found = re.search(r"\n +provers: proved by (.+) \(… s\)\n +at hand,[^:]*: nothing", shown)
    assert found and re.search(rf"\n +{found[1]}: proved \(… s\)", shown)
    assert re.search(r"\n +kernel: the proof is accepted\n", shown)
    main(["check", "lines.tex"])
    assert "tried" not in capsys.readouterr().out
