"""Fixtures: the regret sample, checked with a worker that knows its certificates by heart."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

HERE = Path(__file__).parent
if str(HERE) not in sys.path:
    sys.path.insert(0, str(HERE))

from regret_sample import TASKS  # noqa: E402

from therefore import search  # noqa: E402
from therefore.check import Options, judge_tasks  # noqa: E402
from therefore.record import Run  # noqa: E402
from therefore.records import records_of  # noqa: E402


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Run]:
    """The run over the regret sample; the worker can be told to misbehave."""

    def check(*ways: str, **options: object) -> Run:
        monkeypatch.setattr(search, "WORKER", (sys.executable, str(HERE / "fake_worker.py"), *ways))
        chosen = replace(Options(root=tmp_path, budget=0.5, jobs=2), **options)
        outcomes, problems = judge_tasks(TASKS, chosen)
        records = [replace(record, seconds=0.0) for record in records_of(outcomes)]
        return Run(tuple(records), tuple(problems))

    return check
