"""What the wheel installs is listed by hand in pyproject.toml; nothing may be forgotten there."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def _packages() -> set[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return set(settings["tool"]["setuptools"]["packages"])


def _folders(top: Path, package: str, pattern: str) -> set[str]:
    return {
        ".".join((package, *folder.relative_to(top).parts))
        for folder in {path.parent for path in top.rglob(pattern)}
    }


def test_every_folder_with_code_is_installed() -> None:
    """A package folder that is not listed would be missing from the wheel."""
    wanted = _folders(ROOT / "src" / "therefore", "therefore", "*.py")
    wanted |= _folders(ROOT / "derivations", "therefore.derivations", "*.py")
    assert wanted == {name for name in _packages() if ".certificates" not in name}


def test_every_folder_of_certificates_is_installed() -> None:
    """The verdict of an installed derivation comes from the certificates installed with it.

    Documents are not installed, and so their certificates are not.
    """
    top = ROOT / "certificates" / "derivations"
    wanted = _folders(top, "therefore.certificates.derivations", "*.json")
    assert wanted == {name for name in _packages() if ".certificates" in name}
