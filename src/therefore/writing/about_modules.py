"""What pages say of a module beside its verdicts: its words, formulas and plots."""

from __future__ import annotations

import ast
import importlib.util
import inspect
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sympy import Expr, MatrixBase, Symbol

from therefore.language import kernel_name, latex
from therefore.language.base import Declared
from therefore.language.functions import Defined, Definition
from therefore.language.vectorised import numpy_function
from therefore.plots import Plot, Trajectories
from therefore.reading.modules import namespace_of
from therefore.writing.book import Drawing, Formula
from therefore.writing.figures import numbers_of

__all__ = ["about_module", "import_name", "words_of"]

# The longest formula, in characters of LaTeX, that a page lists; a longer one says nothing there.
_LONGEST = 400


def about_module(path: Path) -> tuple[tuple[Formula, ...], tuple[Drawing, ...]]:
    """The formulas that a module exports, and its plots.

    Exported is what ``formula(...)`` has made; a module that calls it nowhere exports every
    number, vector and matrix that it names. Raises ``IllFormed`` for a plot that cannot be worked
    out, and whatever the module itself raises.
    """
    names = namespace_of(path)
    body = ast.parse(path.read_text(encoding="utf-8")).body
    own = {name: made for name, made in _assigned(body).items() if name in names}
    public = {name: names[name] for name in own if not name.startswith("_")}
    formulas = [name for name, value in public.items() if _is_formula(value)]
    exported = [name for name in formulas if own[name] == "formula"]
    drawings = [
        Drawing(name, value.caption, numbers_of(value), _name_of(value.beside, names))
        for name, value in public.items()
        if isinstance(value, Plot | Trajectories)
    ]
    shown = [
        Formula(name, _written(public[name]), _arguments(public[name], names))
        for name in exported or formulas
    ]
    return tuple(one for one in shown if len(one.latex) <= _LONGEST), tuple(drawings)


def words_of(path: Path) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The first sentence of a module's docstring, and the paragraphs after it by their labels.

    A paragraph begins at the margin, with ``Word.`` if it has a label, and goes on indented.
    """
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    title, _, rest = inspect.cleandoc(text).partition("\n\n")
    found: list[tuple[str, str]] = []
    for block in re.split(r"\n\n+|\n(?=\S)", rest):
        match = re.match(r"([A-Z]\w*)\.(?:\s+|$)(?s:(.*))", block)
        label, said = (match[1], match[2]) if match else ("", block)
        if said := " ".join(said.split()):
            found.append((label, said))
    return " ".join(title.split()), tuple(found)


def import_name(path: Path) -> str:
    """The name by which a module is imported: within its packages, and within this package if
    it came with it. A module beside others that are no package is imported by its own name."""
    place = path.resolve()
    parts = [place.stem]
    root = place.parent
    while (root / "__init__.py").exists():
        parts.insert(0, root.name)
        root = root.parent
    name = ".".join(parts)
    if parts[0] == "derivations":
        try:
            found = importlib.util.find_spec(f"therefore.{name}")
        except ImportError:
            found = None
        if found is not None and found.origin and _same(Path(found.origin), place):
            return f"therefore.{name}"
    return name


def _same(one: Path, other: Path) -> bool:
    return one.exists() and one.read_bytes() == other.read_bytes()


def _assigned(body: list[ast.stmt]) -> dict[str, str]:
    """The names that a module binds itself, in order, and the function whose value each is.

    Imported names are another's.
    """
    found: dict[str, str] = {}
    for statement in body:
        if isinstance(statement, ast.With | ast.For | ast.If):
            found |= _assigned(statement.body)
        if not isinstance(statement, ast.Assign):
            continue
        made = statement.value.func if isinstance(statement.value, ast.Call) else None
        for target in statement.targets:
            for node in ast.walk(target):
                if isinstance(node, ast.Name):
                    found[node.id] = made.id if isinstance(made, ast.Name) else ""
    return found


def _arguments(value: Any, names: Mapping[str, Any]) -> tuple[str, ...]:
    """What the module calls the names in a formula, where ``numpy_function`` makes it a number."""
    by_name = {kernel_name(one.name): name for name, one in names.items() if _is_name(one)}
    if isinstance(value, Definition | Defined):
        return ()  # which is called, not worked out
    import numpy

    try:
        needed = sorted({kernel_name(str(one)) for one in value.free_symbols if not one.args})
        called = [by_name[name] for name in needed]
        arguments = [names[name] for name in called]
        example = [[1.0, 2.0] if isinstance(one, Declared) else 2 for one in arguments]
        numpy.asarray(numpy_function(value, *arguments)(*example), dtype=float)
    except Exception:  # whatever has no number at 2, 2 … is no example
        return ()
    return tuple(called)


def _is_name(value: Any) -> bool:
    return isinstance(value, Symbol | Declared) and not isinstance(value, type)


def _is_formula(value: Any) -> bool:
    """A number, a vector or a matrix in SymPy, or a definition; a mere name or number is none."""
    if isinstance(value, Definition | Defined):
        return True
    if isinstance(value, Expr) and value.is_number:
        return False
    return isinstance(value, Expr | MatrixBase) and not isinstance(value, Symbol | Declared)


def _written(value: Any) -> str:
    if isinstance(value, Definition):
        return f"{latex(value(*value.parameters))} = {latex(value.body)}"
    if isinstance(value, Defined) and value.is_Atom is False and len(value.args) == 1:
        return f"{latex(value)} = {latex(value.unfold())}"
    return latex(value)


def _name_of(claim: Any, names: Mapping[str, Any]) -> str:
    return next((name for name, value in names.items() if claim is not None and value is claim), "")
