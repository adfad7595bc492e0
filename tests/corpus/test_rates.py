"""Statements on methods, in the words of people, go through the front door.

What is read of each is compared with ``rates.yaml``; the quick ones are judged as well. What is
false is never proved, and what is true never refuted.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from therefore.reading.latex import read_text
from therefore.writing.names import Names
from therefore.writing.readings import written
from therefore.writing.text_terms import TextPrinter

CASES = yaml.safe_load((Path(__file__).parent / "rates.yaml").read_text(encoding="utf-8"))
JUDGED = [case for case in CASES if "verdict" in case]
PAGE = "\\documentclass{{article}}\n\\begin{{document}}\n{}\n\\end{{document}}\n"


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_what_is_read(case: dict[str, Any]) -> None:
    """Every hypothesis is there, and nothing else; what is ill-formed is refused at its place."""
    tasks, errors = read_text(PAGE.format(case["text"]))
    if case["truth"] == "ill":
        assert not tasks and errors and all(one.line and one.column for one in errors)
        return
    (task,) = tasks
    printer = TextPrinter(Names.of(task.goal, task.notation))
    said = [*task.goal.hypotheses, task.goal.conclusion]
    assert [written(printer, one) for one in said] == case["reads"] and not errors
    declared = dict(task.goal.declarations)
    sequences = [name for name, sort in declared.items() if sort[1:2] == (("integer",),)]
    assert not any(f"{name}_{number}" in declared for name in sequences for number in range(4))


@pytest.fixture(scope="session")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The verdict on each quick case, from one run over a folder of documents."""
    folder = tmp_path_factory.mktemp("rates")
    for case in JUDGED:
        (folder / f"{case['id']}.tex").write_text(PAGE.format(case["text"]), encoding="utf-8")
    command = [sys.executable, "-m", "therefore", "check", ".", "--budget", "10", "--json", "-"]
    answer = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=1200)
    records: list[dict[str, Any]] = json.loads(answer.stdout)
    return {Path(one["id"].partition("::")[0]).stem: one["status"] for one in records}


@pytest.mark.parametrize("case", JUDGED, ids=[case["id"] for case in JUDGED])
def test_the_verdict(case: dict[str, Any], verdicts: dict[str, str]) -> None:
    assert verdicts[case["id"]] == case["verdict"]
