"""The true statements that mutants are made of: our claims, and cases as documents."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from therefore.goal import Goal
from therefore.reading.latex.document import read_text
from therefore.reading.modules import read_module

__all__ = ["sources"]

ROOT = Path(__file__).parents[2]
TOPICS = {
    "matrices": ("linear_algebra",),
    "inequalities": ("optimization", "rates", "saddle_points", "activations"),
}
# Modules in tests/corpus that load cases and make documents of them.
CASES = {"matrices": "matrix_cases", "inequalities": "inequality_cases"}
_RELATIONS = ("<=", "<")


@lru_cache
def sources(kind: str) -> list[tuple[str, Goal]]:
    """Names and goals of true statements; of inequalities only such."""
    found = [*_of_derivations(kind), *_of_cases(kind)]
    if kind == "inequalities":
        found += _of_controls()
        found = [(name, goal) for name, goal in found if _is_inequality(goal.conclusion)]
    return found


def _of_derivations(kind: str) -> Iterator[tuple[str, Goal]]:
    for topic in TOPICS[kind]:
        for path in sorted((ROOT / "derivations" / topic).glob("[a-z]*.py")):
            for task in read_module(path)[0]:
                if task.kind in ("claim", "step"):
                    yield f"{topic}/{path.stem}::{task.label}", task.goal


def _of_cases(kind: str) -> Iterator[tuple[str, Goal]]:
    module = _in_corpus(CASES[kind])
    for case in module.load():
        if case["truth"]:
            yield from _of_document(case["id"], module.document(case))


def _of_controls() -> Iterator[tuple[str, Goal]]:
    """The true ones among the statements that look like others that are false."""
    module = _in_corpus("test_falsehoods")
    for case in module.CASES:
        if case["truth"] == "holds":
            text = rf"{module.DECLARED[case['id']]} Then $${case['line']}.$$"
            yield from _of_document(case["id"], text)


def _of_document(name: str, text: str) -> Iterator[tuple[str, Goal]]:
    tasks, errors = read_text(text)
    for number, task in enumerate([] if errors else tasks):
        yield f"{name}.{number}", task.goal


def _in_corpus(name: str) -> ModuleType:
    sys.path.insert(0, str(ROOT / "tests" / "corpus"))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.pop(0)


def _is_inequality(formula: object) -> bool:
    if not isinstance(formula, tuple):
        return False
    if formula[0] in ("forall", "implies"):
        return _is_inequality(formula[-1])
    return formula[0] in _RELATIONS or (
        formula[0] in ("and", "or") and any(map(_is_inequality, formula[1:]))
    )
