"""The documents compile unchanged, without any package of ours."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted((ROOT / "proofs").glob("*.tex"))

pytestmark = pytest.mark.skipif(shutil.which("latexmk") is None, reason="latexmk is not installed")


@pytest.mark.parametrize("document", DOCUMENTS, ids=[path.stem for path in DOCUMENTS])
def test_a_document_compiles(document: Path, tmp_path: Path) -> None:
    """To a PDF, with no undefined reference and no line that is too long for the page."""
    shutil.copy(document, tmp_path)
    command = ["latexmk", "-pdf", "-interaction=nonstopmode", "-halt-on-error", document.name]
    answer = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert answer.returncode == 0, answer.stdout[-2000:]
    assert (tmp_path / document.name).with_suffix(".pdf").stat().st_size > 10_000
    log = (tmp_path / document.name).with_suffix(".log").read_text(errors="replace")
    assert not re.findall(r"undefined|multiply defined|Overfull \\hbox", log)
