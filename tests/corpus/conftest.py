"""The fixtures of ``tests/writing``: the regret sample and its worker."""

from __future__ import annotations

import sys
from pathlib import Path

WRITING = str(Path(__file__).parent.parent / "writing")
if WRITING not in sys.path:
    sys.path.insert(0, WRITING)

from sample_fixtures import checked  # noqa: E402, F401
