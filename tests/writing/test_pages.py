"""Pages on derivations: what is on them, that they render, and what is wrong with bad input."""

from __future__ import annotations

import contextlib
import re
import shutil
import sys
from pathlib import Path

import pytest
from pages_at_work import assert_links, assert_renders

from therefore.cli import main
from therefore.pages import Pages, pages_of
from therefore.writing import figures
from therefore.writing.markdown import adapted, inline, paragraph, text_mode
from therefore.writing.page_topics import MARK

ROOT = Path(__file__).parents[2]
SOURCES = ("activations/softsign", "optimization/jensen", "convolution/circulant")

def laid_out(folder: Path) -> None:
    """Three of our modules and their certificates in a folder."""
    for name in SOURCES:
        for file in (f"derivations/{name}.py", f"certificates/derivations/{name}.json"):
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / file, folder / file)
            if file.endswith(".py"):
                for package in ((folder / file).parent, folder / "derivations"):
                    (package / "__init__.py").write_text('"""About it."""\n', encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The modules in a folder that is the current one."""
    laid_out(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Pages, Path]:
    """The pages on them, and their folder, where another page stands already."""
    folder = tmp_path_factory.mktemp("project")
    laid_out(folder)
    (folder / "docs").mkdir()
    (folder / "docs" / "more.md").write_text("# More *here*\n", encoding="utf-8")
    with contextlib.chdir(folder):
        return pages_of(["derivations"], Path("docs")), folder / "docs"


def test_what_a_page_holds(made: tuple[Pages, Path]) -> None:
    """Statement, proof, certificate and false twin of each claim; the import; the plot."""
    pages, _ = made
    assert not pages.problems
    assert set(pages.texts) == {
        "README.md", "axioms.md", "activations.md", "optimization.md", "convolution.md",
        "activations/softsign.md", "optimization/jensen.md", "convolution/circulant.md",
    }  # fmt: skip
    topic, page = pages.texts["activations.md"], pages.texts["activations/softsign.md"]
    assert "| [`odd`](activations/softsign.md#softsignodd) | $`g(-x)" in topic
    assert "6 claims are proved, and 6 false twins are refuted." in page
    assert "from therefore.derivations.activations import softsign" in page
    assert "- `softsign.value`: $`\\frac{x}{1 + \\left\\lvert {x}" in page
    assert "numpy_function(softsign.value, softsign.x)" in page
    odd = page.partition("## `softsign.odd`")[2].partition("\n## ")[0]
    assert "Let $`x \\in \\mathbb{R}`$. Write $`g(y) = \\frac{y}{1 + \\lvert y\\rvert}`$." in odd
    assert "g(-x) & = -\\frac{x}{1 + \\lvert -x\\rvert} && \\text{(1)} \\\\" in odd
    assert "Each line: both sides have the same normal form." in odd
    assert "is false at $`x = 2`$: left 2, right −2/3." in odd
    assert re.search(r"183 bytes, 1 step of the kernel.*SHA-256 of the goal: `[0-9a-f]{64}`",
                     odd, re.DOTALL)  # fmt: skip
    assert "plots/activations-softsign-saturation.svg" in page
    assert list(pages.figures) == ["plots/activations-softsign-saturation.svg"]


def test_chains_and_other_derivations(made: tuple[Pages, Path]) -> None:
    """A chain goes on from member to member; statements stand one below the other."""
    pages, _ = made
    assert "f(\\bar w) - f(w^{*}) & \\le" in pages.texts["optimization/jensen.md"]
    page = pages.texts["convolution/circulant.md"]
    assert "& B_{i,j+1} = B_{i-1,j} && \\text{(1)}" in page
    assert "by (1) and the induction hypothesis" in page
    assert "the axiom [reflected sum](../axioms.md#reflected-sum)" in page


def test_every_link_leads_somewhere(made: tuple[Pages, Path]) -> None:
    """To a page and a heading on it, to a file, or to a plot."""
    pages, docs = made
    assert "- [More \\*here\\*](more.md)" in pages.texts["README.md"]
    assert_links(pages, docs)


def test_formulas_are_such_as_github_renders(made: tuple[Pages, Path]) -> None:
    """Also where GitHub's list of commands is shorter than LaTeX's."""
    assert_renders(made[0])


def test_writing_and_writing_again(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second time nothing changes, and nothing is drawn; what is left over goes away."""
    pytest.importorskip("matplotlib")
    docs = project / "docs"
    assert main(["pages"]) == 0
    assert capsys.readouterr().out == "9 files in docs, 9 of them changed\n"
    first = {path: path.read_bytes() for path in docs.rglob("*.*")}
    assert main(["pages", "--verify"]) == 0
    monkeypatch.setattr(figures, "figure", None)
    (docs / "mine.md").write_text("# Mine\n", encoding="utf-8")
    (docs / "old.md").write_text(MARK + "\n", encoding="utf-8")
    shutil.copy(docs / "plots" / "activations-softsign-saturation.svg", docs / "plots" / "old.svg")
    (docs / "plots" / "mine.svg").write_text("<svg/>", encoding="utf-8")
    assert main(["pages", "--verify"]) == 1
    assert "docs/old.md: out of date" in capsys.readouterr().out
    assert main(["pages"]) == 0
    assert not (docs / "old.md").exists() and not (docs / "plots" / "old.svg").exists()
    assert (docs / "mine.md").exists() and (docs / "plots" / "mine.svg").exists()
    changed = {path for path, was in first.items() if path.read_bytes() != was}
    assert changed == {docs / "README.md"}  # which has the new page of another hand


def test_a_claim_without_a_certificate(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is said on the page and on the way; the other claims are as they were."""
    shutil.rmtree(project / "certificates" / "derivations" / "optimization")
    code = main(["pages", "derivations/optimization", "--out", "out"])
    assert code == 1
    assert "search with `therefore check` first" in capsys.readouterr().err
    page = (project / "out" / "optimization" / "jensen.md").read_text(encoding="utf-8")
    assert "0 of 2 claims are proved" in page
    assert "**Supported, not proved.**" in page


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "nowhere: no such file or folder"),
        (["a.tex"], "a.tex: pages are made of modules (.py)"),
        (["empty"], "empty: there is no module here"),
        (["derivations/activations", "--out", "a.tex"], "a.tex: this is no folder"),
        (["derivations/activations", "other"], "two pages would be called activations.md"),
        (["derivations/activations", "--out", "full"], "full/README.md: stands there"),
    ],
)
def test_bad_input(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    """It is told in a line, and nothing is written."""
    (project / "a.tex").write_text("", encoding="utf-8")
    (project / "empty").mkdir()
    (project / "full").mkdir()
    (project / "full" / "README.md").write_text("# Ours\n", encoding="utf-8")
    shutil.copytree(project / "derivations" / "activations", project / "other" / "activations")
    assert main(["pages", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert not (project / "docs").exists()
    assert [path.name for path in (project / "full").iterdir()] == ["README.md"]


def test_without_matplotlib(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is needed for a new plot, and only then."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert main(["pages", "derivations/activations"]) == 2
    assert 'pip install "therefore[pages]"' in capsys.readouterr().err
    assert not (project / "docs").exists()
    assert main(["pages", "derivations/convolution"]) == 0


def test_a_plot_that_cannot_be_worked_out(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line of the plot is told; a module that cannot be read has its own error."""
    module = project / "derivations" / "activations" / "softsign.py"
    text = module.read_text(encoding="utf-8")
    module.write_text(text.replace('"g(x)": g(x)', '"g(x)": g(x) / c').replace(
        "x = real", 'c = real("c")\nx = real'), encoding="utf-8")  # fmt: skip
    assert main(["pages", "derivations/activations"]) == 1
    assert "needs values of c" in capsys.readouterr().err


def test_words_and_formulas_in_markdown() -> None:
    """What GitHub refuses is said otherwise; a long formula gets a block of its own."""
    assert adapted(r"B \operatorname{shift}(n)") == r"B \,\mathrm{shift}(n)"
    assert adapted(r"\left. f \right|_{x=0}") == r"\left. f \right\rvert _{x=0}"
    assert adapted(r"\text{[a\_b]} + \text{[h2]}") == r"[\mathtt{a\_b}] + \text{[h2]}"
    assert inline(r"f \text{ is convex }") == r"$`f \text{ is convex}`$"
    links = {"one": "[one](#one)", "one.2": "(2)"}
    assert text_mode("by one.2, one and one_more", links) == "by (2), [one](#one) and one\\_more"
    long = "x + " * 60
    assert paragraph(f"So {inline(long)}, by h1.")[0] == "So"
    assert paragraph(f"So {inline(long)}, by h1.")[-1] == "by h1."
