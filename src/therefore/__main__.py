"""``python -m therefore`` is the command ``therefore``."""

from __future__ import annotations

import sys

from therefore.cli import main

if __name__ == "__main__":
    sys.exit(main())
