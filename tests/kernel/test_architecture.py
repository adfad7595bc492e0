"""The shape of the trusted base: what it imports, what it must not use, and how large it is."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from counting import code_lines

import therefore.kernel
from therefore.kernel.proofs import RULES

KERNEL = Path(str(therefore.kernel.__file__)).parent
ROOT = Path(__file__).parents[2]
FILES = sorted(KERNEL.glob("*.py"))
LONGEST_FILE = 200
STANDARD = {
    "__future__", "collections", "dataclasses", "fractions", "hashlib", "itertools", "json",
    "math", "re", "sys", "typing",
}  # fmt: skip
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "float", "complex", "globals"}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_imports_only_the_standard_library_and_itself(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            assert {alias.name.split(".")[0] for alias in node.names} <= STANDARD
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            assert str(node.module).split(".")[0] in STANDARD
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 1, "the kernel imports nothing of the rest of the project"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_uses_no_floats_assertions_or_evaluation(path: Path) -> None:
    for node in ast.walk(tree(path)):
        assert not isinstance(node, ast.Assert), f"{path.name}:{node.lineno}: python -O drops it"
        if isinstance(node, ast.Constant):
            assert not isinstance(node.value, (float, complex)), f"{path.name}:{node.lineno}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in FORBIDDEN_CALLS, f"{path.name}:{node.lineno}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_says_what_it_does_and_stays_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(tree(path))
    assert code_lines(text) <= LONGEST_FILE
    assert "pragma" not in text


@pytest.mark.parametrize("name", RULES)
def test_every_rule_says_from_what_its_goal_follows(name: str) -> None:
    function, required, _ = RULES[name]
    assert "⊢" in str(function.__doc__) or "follows" in str(function.__doc__)
    assert "rule" in required.split()


def test_soundness_counts_what_is_trusted() -> None:
    """The table in SOUNDNESS.md holds every file of the kernel with its lines of code."""
    text = (ROOT / "SOUNDNESS.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `kernel/(\w+\.py)` \|.*\| (\d+) \|$", text, re.MULTILINE))
    counted = {path.name: str(code_lines(path.read_text(encoding="utf-8"))) for path in FILES}
    assert rows == counted
    total = re.search(r"^\| \*\*the kernel\*\* \|.*\| \*\*(\d+)\*\* \|$", text, re.MULTILINE)
    assert total and int(total[1]) == sum(map(int, counted.values()))


def test_soundness_names_every_rule_axiom_and_attack() -> None:
    from therefore.kernel.axioms import AXIOMS

    text = (ROOT / "SOUNDNESS.md").read_text(encoding="utf-8")
    for name in (*RULES, *AXIOMS):
        assert f"`{name}`" in text, name
    attacks = (ROOT / "tests/soundness/test_false_acceptances.py").read_text(encoding="utf-8")
    for number in sorted(set(re.findall(r"^def s(\d\d)_", attacks, re.MULTILINE))):
        assert f"**S{number}**" in text, number
