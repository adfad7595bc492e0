"""What the derivation modules export: plain SymPy, quickly imported, and NumPy functions of it."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from sympy import Basic, MatrixBase, Symbol

from therefore import numpy_function
from therefore.language.functions import Defined

ROOT = Path(__file__).parents[2]
MODULES = sorted(
    "therefore." + ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in (ROOT / "derivations").rglob("*.py")
    if path.name != "__init__.py"
)


@pytest.mark.parametrize("name", MODULES)
def test_exports_are_sympy_without_definitions(name: str) -> None:
    """The docstring lists them, and each is evaluated SymPy."""
    module = importlib.import_module(name)
    listed = re.search(r"^Exports\.\s+(.+?)(?=^\S)", module.__doc__ or "", re.MULTILINE | re.DOTALL)
    names = re.findall(r"\b[a-z]\w+\b", listed[1].split(".")[0]) if listed else []
    values = [getattr(module, one) for one in names if hasattr(module, one)]
    assert values, "the docstring has no line 'Exports.', or it names nothing that is there"
    parts = [[*one.values()] if isinstance(one, dict) else [one] for one in values]
    # Besides functions that make formulas, graphs and lists.
    exported = [one for part in parts for one in part if isinstance(one, Basic | MatrixBase)]
    assert not any(one.has(Defined) for one in exported)


def test_importing_them_loads_no_prover_and_no_numpy() -> None:
    """In a process of its own."""
    heavy = "[m for m in sys.modules if m == 'numpy' or m.startswith('therefore.provers')]"
    code = f"import sys; import {', '.join(MODULES)}; print({heavy})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stderr


def test_activations_saturate_without_overflow() -> None:
    """Values that are exact, at places where exponentials overflow."""
    from therefore.derivations.activations import sigmoid, softsign

    x = sigmoid.x
    assert isinstance(x, Symbol)
    far = np.array([-1000.0, 0.0, 1000.0])
    assert numpy_function(sigmoid.value, x)(far).tolist() == [0.0, 0.5, 1.0]
    assert numpy_function(sigmoid.derivative, x)(far).tolist() == [0.0, 0.25, 0.0]
    assert numpy_function(sigmoid.second_derivative, x)(far).tolist() == [0.0, 0.0, 0.0]
    assert numpy_function(softsign.value, x)([-1.0, 0.0, 3.0]).tolist() == [-0.5, 0.0, 0.75]
    assert sigmoid.value.diff(x).equals(sigmoid.derivative)
    assert sigmoid.derivative.diff(x).equals(sigmoid.second_derivative)
    assert sigmoid.value.series(x, 0, 3).removeO() == sigmoid.taylor_polynomial
