"""The goals of a module as text, one formula a line; run this file to write them anew.

    python tests/reading/golden_goals.py

Read the difference before you commit it: what is read here is what is proved.
"""

from __future__ import annotations

import json
from pathlib import Path

from therefore.goal import to_lists
from therefore.reading.modules import read_module

ROOT = Path(__file__).parent.parent.parent
GOLDEN = Path(__file__).parent / "golden"
MODULES = sorted(
    file for file in (ROOT / "derivations").rglob("*.py") if file.name != "__init__.py"
)


def goals(module: Path) -> str:
    """Every line of a module as it was read."""
    tasks, errors = read_module(module)
    lines = [f"error {error.line}: {error.message}" for error in errors]
    for task in tasks:
        lines.append(f"{task.kind} {task.label} -> {task.expected}")
        lines += [f"  let {name}: {_text(sort)}" for name, sort in task.goal.declarations]
        for name, parameters, body in task.goal.definitions:
            lines.append(f"  define {name}{_text(parameters)} := {_text(body)}")
        lines += [f"  given {_text(formula)}" for formula in task.goal.hypotheses]
        lines.append(f"  claim {_text(task.goal.conclusion)}")
        lines.append("")
    return "\n".join(lines)


def _text(term: object) -> str:
    return json.dumps(to_lists(term)).replace('"', "").replace(", ", " ")


if __name__ == "__main__":
    for module in MODULES:
        (GOLDEN / f"{module.stem}.txt").write_text(goals(module), encoding="utf-8")
