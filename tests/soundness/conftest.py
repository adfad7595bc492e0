"""The soundness tests share the kernel tests' ways of writing goals and certificates."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "kernel"))
