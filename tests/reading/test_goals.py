"""What the derivations are read as, line by line."""

from __future__ import annotations

from pathlib import Path

import golden_goals
import pytest

from therefore.goal import Goal
from therefore.reading.modules import read_module


@pytest.mark.parametrize("module", golden_goals.MODULES, ids=lambda module: module.stem)
def test_every_line_is_read_as_recorded(module: Path) -> None:
    recorded = (golden_goals.GOLDEN / f"{module.stem}.txt").read_text(encoding="utf-8")
    assert golden_goals.goals(module) == recorded


@pytest.mark.parametrize("module", golden_goals.MODULES, ids=lambda module: module.stem)
def test_every_claim_has_a_false_twin(module: Path) -> None:
    tasks, errors = read_module(module)
    assert errors == []
    claims = {task.id for task in tasks if task.kind == "claim"}
    assert claims
    assert claims == {task.parent for task in tasks if task.kind == "twin"}


@pytest.mark.parametrize("module", golden_goals.MODULES, ids=lambda module: module.stem)
def test_goals_survive_their_text(module: Path) -> None:
    for task in read_module(module)[0]:
        assert Goal.from_text(task.goal.to_text()) == task.goal
