"""The tests of the provers share the kernel tests' words for terms."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "kernel"))
