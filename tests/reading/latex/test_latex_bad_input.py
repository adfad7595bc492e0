"""Input that is broken, hostile or far too large: a message with its place; the rest is read."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from therefore.reading.latex import LatexError, read_document, read_text

GOOD = "\n\nLet $y \\in \\mathbb{R}$. Then $y = y$.\n"
BAD = {
    "a formula that is not closed": ("a $ b", "never closed"),
    "a brace that is not closed": ("{ text", "never closed"),
    "a brace in a formula": (r"$x + {y = 1$ \}", "never closed"),
    "a brace that closes nothing": ("text }", "closes nothing"),
    "an unknown environment": (r"\begin{foo} hi \end{foo}", "unknown environment"),
    "an environment that is not ended": (r"\begin{align} x = 1", "never ended"),
    "cases that are not ended": (r"\[ 1 = \begin{cases} x & y \]", "never ended"),
    "an end without a beginning": (r"\]", "never began"),
    "a line of five megabytes": ("$" + "x+" * 2_500_000 + "1$", "break it up"),
    "ten thousand braces": ("$" + "{" * 10_000 + "x" + "}" * 10_000 + "$", "break it up"),
    "four thousand braces": ("$" + "{" * 4_000 + "x" + "}" * 4_000 + " = 1$", "too deeply"),
    "five thousand brackets": ("$" + "(" * 5_000 + "x" + ")" * 5_000 + " = 1$", "too deeply"),
    "bars": ("$" + "|" * 3_000 + "x = 1$", "too deeply"),
    "roots": ("$" + r"\sqrt{" * 500 + "1" + "}" * 500 + " = 1$", "too deeply"),
    "sums": ("$" + r"\sum_{i=1}^{3}" * 500 + "i = 1$", "too deeply"),
    "a command that stands for itself": (r"\newcommand{\a}{\a\a} $\a = 1$", "without end"),
    "commands that multiply": (
        r"\newcommand{\a}[1]{#1#1#1#1}\newcommand{\b}[1]{\a{\a{\a{#1}}}}"
        r"\newcommand{\c}[1]{\b{\b{\b{#1}}}} $\c{\c{\c{1}}} = 1$",
        "more than can be read",
    ),
    "a shell": (r"\immediate\write18{ls}", "not carried out"),
    "a file outside": (r"\input{../../etc/passwd}", "own folder"),
    "a file by its full path": (r"\input{/etc/passwd}", "own folder"),
    "a command without its end": (r"\newcommand{\x", "never closed"),
    "a huge power": (r"$1 = 1.5\times10^{99999999}$", "too large"),
    "a huge number": ("$1 = " + "9" * 10_000 + "$", "no number"),
    "digits that explode": ("$1 = (((1.5^{64})^{64})^{64})^{64}$", "too many digits"),
}


@pytest.mark.parametrize("name", BAD)
def test_it_is_reported_with_its_place_and_the_rest_is_read(name: str, tmp_path: Path) -> None:
    text, why = BAD[name]
    file = tmp_path / "a.tex"
    file.write_text(text + GOOD, encoding="utf-8")
    start = time.process_time()
    tasks, errors = read_document(file)
    assert time.process_time() - start < 2
    assert any(why in error.message for error in errors), [str(error) for error in errors]
    assert all(isinstance(e, LatexError) and e.line >= 1 and e.column >= 1 for e in errors)
    assert [task.goal.conclusion for task in tasks][-1:] == [("=", "y", "y")]


def test_a_line_that_is_not_utf8_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "a.tex"
    file.write_bytes(b"\xff\xfe $x = 1$\n" + GOOD.encode())
    tasks, (error,) = read_document(file)
    assert len(tasks) == 1 and "UTF-8" in error.message and error.line == 1


def test_a_binary_file_is_no_document(tmp_path: Path) -> None:
    file = tmp_path / "a.tex"
    file.write_bytes(bytes(range(256)) * 10)
    tasks, (error,) = read_document(file)
    assert not tasks and "binary" in error.message


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    tasks, (error,) = read_document(tmp_path / "none.tex")
    assert not tasks and "cannot be read" in error.message


def test_a_file_in_the_folder_is_taken_in(tmp_path: Path) -> None:
    (tmp_path / "part.tex").write_text("Let $x\\in\\mathbb{R}$.\n\nThen $x = x$.", encoding="utf-8")
    file = tmp_path / "a.tex"
    file.write_text("\\input{part}\n\nSo $x + 0 = x$.", encoding="utf-8")
    tasks, errors = read_document(file)
    assert not errors
    assert [Path(task.source.path).name for task in tasks] == ["part.tex", "a.tex"]
    assert [task.source.line for task in tasks] == [3, 3]


def test_a_file_that_takes_in_itself_ends(tmp_path: Path) -> None:
    file = tmp_path / "a.tex"
    file.write_text("\\input{a}" + GOOD, encoding="utf-8")
    _, errors = read_document(file)
    assert any("takes in itself" in error.message for error in errors)


def test_a_link_to_a_file_outside_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "secret.tex"
    outside.write_text("Let $x = 1$.", encoding="utf-8")
    folder = tmp_path / "inner"
    folder.mkdir()
    (folder / "link.tex").symlink_to(outside)
    file = folder / "a.tex"
    file.write_text("\\input{link}" + GOOD, encoding="utf-8")
    assert "own folder" in read_document(file)[1][0].message


def test_text_takes_in_no_files() -> None:
    assert "files only" in read_text(r"\input{a}")[1][0].message


def test_verbatim_text_says_nothing() -> None:
    tasks, errors = read_text(r"\begin{verbatim} $x = $ \end{verbatim} \verb|$| " + GOOD)
    assert len(tasks) == 1 and not errors
