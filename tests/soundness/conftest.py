"""The soundness tests share the kernel tests' ways of writing goals and certificates."""

import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "kernel"))


@pytest.fixture(autouse=True)
def _seconds_of_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Searches on a busy machine go as far as on an idle one."""
    monkeypatch.setattr(time, "monotonic", time.process_time)
