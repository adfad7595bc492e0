"""The committed pages are those of the derivations, whole, and they render."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from therefore.pages import Pages, outdated, pages_of
from therefore.verdict import Status

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "writing"))

from pages_at_work import assert_links, assert_renders, formulas  # noqa: E402


@pytest.fixture(scope="module")
def pages() -> Pages:
    """The pages of the derivations as they are now."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return pages_of(["derivations"], Path("docs"))


def test_the_committed_pages_are_up_to_date(pages: Pages) -> None:
    """``therefore pages`` would write what is there; another matplotlib may draw it otherwise."""
    assert not pages.problems
    assert outdated(pages, ROOT / "docs") == []


def test_every_line_has_its_place(pages: Pages) -> None:
    """Each claim has a section, its proof or certificate, and its false twin."""
    everything = "".join(pages.texts.values())
    for record in pages.records:
        name = record.id.rpartition("::")[2]
        if record.kind == "claim":
            module = Path(record.file).stem
            heading = f"## `{module}.{name}`"
            assert everything.count(f"{heading}\n") == 1, record.id
            section = everything.partition(heading)[2].partition("\n## ")[0]
            twins = sum(r.parent == record.id and r.kind == "twin" for r in pages.records)
            assert section.count("**With one thing wrong.**") == twins, record.id
            assert section.count("\nis false") == twins, record.id
            if record.status is Status.PROVED:
                assert "**Proof" in section and "**Certificate.**" in section, record.id


def test_they_render(pages: Pages) -> None:
    """Links lead somewhere, and formulas are such as GitHub renders."""
    assert_links(pages, ROOT / "docs")
    assert_renders(pages)


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
def test_formulas_compile(pages: Pages, tmp_path: Path) -> None:
    """Every formula of the pages, in one document."""
    every = dict.fromkeys(one for text in pages.texts.values() for one in formulas(text))
    body = "\n".join(f"\\[ {one} \\]" for one in every)
    start = r"\documentclass{article}\usepackage{amsmath,amssymb}\begin{document}"
    (tmp_path / "all.tex").write_text(f"{start}\n{body}\n\\end{{document}}", encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "all.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stdout[-2000:]


def test_the_readme_names_every_topic(pages: Pages) -> None:
    """What derivations there are is said where a new user reads first."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    topics = {name for name in pages.texts if re.fullmatch(r"[a-z_]+\.md", name)} - {"axioms.md"}
    assert {name for name in topics if f"(docs/{name})" not in readme} == set()
