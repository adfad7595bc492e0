"""The tests of the pytest plugin run pytest inside of pytest, which only this file can allow."""

from __future__ import annotations

pytest_plugins = ["pytester"]
