"""Imported before NumPy is: its matrices are computed on one thread, whoever uses it."""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
