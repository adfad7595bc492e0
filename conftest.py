"""What holds for every test: pytester for the plugin's own tests, and fixed random examples."""

from __future__ import annotations

from hypothesis import settings

pytest_plugins = ["pytester"]

# The same examples in every run, on every machine.
settings.register_profile("fixed", derandomize=True)
settings.load_profile("fixed")
