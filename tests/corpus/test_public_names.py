"""The public names: complete, lazy, and what they are in their own modules."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import therefore
from therefore import claim, language


def test_every_public_name_is_there() -> None:
    """Each name can be had, and the list is sorted."""
    assert list(therefore.__all__) == sorted(therefore.__all__)
    assert all(getattr(therefore, name) is not None for name in therefore.__all__)
    assert set(dir(therefore)) == set(therefore.__all__)


def test_the_language_is_public() -> None:
    """What the language offers for statements can be had from the package itself."""
    statements = {name for name in language.__all__ if name.islower()} - {"kernel_name"}
    assert statements <= set(therefore.__all__)


def test_claim_is_the_function() -> None:
    """Importing the module of the same name does not hide it."""
    importlib.import_module("therefore.claim")
    assert callable(therefore.claim)
    assert therefore.claim is claim
    assert isinstance(therefore.claim.__name__, str)


def test_type_checkers_see_the_same_names() -> None:
    """The imports for type checkers are the lazy names."""
    tree = ast.parse(Path(str(therefore.__file__)).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {
        alias.name
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen | {"__version__"} == set(therefore.__all__)
