"""Sources: which files of a folder are read, by which reader, and in which order."""

from __future__ import annotations

from pathlib import Path

from therefore.reading.sources import find_sources, read


def write(folder: Path, **files: str) -> None:
    """Documents in a folder, by their names."""
    for name, text in files.items():
        (folder / f"{name}.tex").write_text(text, encoding="utf-8")


def names(folder: Path) -> list[str]:
    """The sources of a folder."""
    return [path.name for path in find_sources([folder])]


def test_what_is_taken_in_is_no_source(tmp_path: Path) -> None:
    """Neither directly nor through a third; what is only spoken of in a comment is."""
    write(
        tmp_path,
        main=r"\input{part} \include{chapter.tex} % \input{notes}",
        part=r"\input{inner}",
        chapter="x",
        inner="x",
        notes="x",
    )
    assert names(tmp_path) == ["main.tex", "notes.tex"]
    assert [p.name for p in find_sources([tmp_path / "inner.tex"])] == ["inner.tex"]


def test_documents_in_a_circle(tmp_path: Path) -> None:
    """The first one is kept, so that all of it is read."""
    write(tmp_path, a=r"\input{b}", b=r"\input{a}", c=r"\input{c}")
    assert names(tmp_path) == ["a.tex", "c.tex"]


def test_modules_and_documents_in_stable_order(tmp_path: Path) -> None:
    """By their paths; hidden files and folders, and folders with a suffix, are none."""
    write(tmp_path, A="x", _draft="x")
    (tmp_path / "A.py").write_text("", encoding="utf-8")
    (tmp_path / "conftest.py").write_text("", encoding="utf-8")
    (tmp_path / "B.tex").mkdir()
    write(tmp_path / "B.tex", inner="x")
    (tmp_path / ".hidden").mkdir()
    write(tmp_path / ".hidden", secret="x")
    found = [path.relative_to(tmp_path).as_posix() for path in find_sources([tmp_path])]
    assert found == ["A.py", "A.tex", "B.tex/inner.tex"]


def test_lines_of_a_file_that_is_taken_in_stand_in_its_place(tmp_path: Path) -> None:
    """Errors too; a file that takes in itself is told so at once."""
    write(
        tmp_path,
        main="Let $x \\in \\mathbb{R}$.\n\\input{part}\n\\[ x = x \\]\n\\input{main}\n",
        part="\\[ x + 1 = 1 + x \\]\n\\[ x = q \\]\n",
    )
    found = read(tmp_path / "main.tex")
    assert [task.source.line for task in found.tasks] == [1, 3]
    assert found.task_places == [(2, 1, 1, 4), (3, 4)]
    assert found.error_places == [(2, 1, 2, 8), (4, 1)]
    assert "takes in itself" in found.errors[1].message
