"""The regret sample and its worker."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = str(Path(__file__).parent)
if HERE not in sys.path:
    sys.path.insert(0, HERE)

from sample_fixtures import checked  # noqa: E402, F401
