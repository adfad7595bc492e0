"""Claims that a document announces, and the lines that belong to their proofs."""

from __future__ import annotations

import pytest

from therefore.reading.latex import read_document, read_text
from therefore.task import Task
from therefore.verdict import Status

LET = "Let $x, y \\in \\mathbb{R}$.\n"
STEP = "\n\\[ (x-y)^2 \\ge 0 \\label{step} \\]\n"


def tasks_of(text: str) -> dict[str, Task]:
    """The tasks of a document by their labels."""
    tasks, errors = read_text(LET + text, "A.tex")
    assert not errors
    return {task.label: task for task in tasks}


def kinds(text: str) -> list[str]:
    """The kind and the label of each task."""
    return [f"{task.kind} {task.label}" for task in tasks_of(text).values()]


@pytest.mark.parametrize(
    "sentence",
    [
        "Show that $2xy \\le x^2+y^2$.",
        "Prove that $2xy \\le x^2+y^2$.",
        "We want to show that $2xy \\le x^2+y^2$.",
        "We now prove $2xy \\le x^2+y^2$.",
        "% therefore: claim L2\n\\[ 2xy \\le x^2+y^2 \\]",
        "Some words. % therefore: claim\n$$ 2xy \\le x^2+y^2 $$",
    ],
)
def test_a_claim_is_announced(sentence: str) -> None:
    """The lines after it are its proof."""
    found = kinds(sentence + STEP)
    assert found[0].startswith("claim ")
    assert found[1:] == ["line step", f"derivation {found[0][6:]}.proof"]


@pytest.mark.parametrize(
    "sentence",
    [
        "This shows that $2xy \\le x^2+y^2$.",
        "It suffices to show that $2xy \\le x^2+y^2$.",
        "Thus $2xy \\le x^2+y^2$.",
        "Show that $2xy \\le x^2+y^2$ and $x = x$.",
    ],
)
def test_nothing_is_announced(sentence: str) -> None:
    """A conclusion, a further step, and two claims at once."""
    assert {found.split()[0] for found in kinds(sentence + STEP)} == {"line"}


def test_a_theorem_and_its_proof() -> None:
    """The proof ends with its environment, and only its lines belong to it."""
    text = (
        "\\newtheorem{satz}{Satz}\\begin{satz} $2xy \\le x^2+y^2$ \\label{s} \\end{satz}\n"
        "\\begin{proof}" + STEP + "\\end{proof}\n\\[ x = x \\label{later} \\]\n"
    )
    found = tasks_of(text)
    claim = next(task for task in found.values() if task.kind == "claim")
    proof = found[f"{claim.label}.proof"]
    assert (proof.parent, proof.goal, proof.uses) == (claim.id, claim.goal, ("A.tex::step",))
    assert (found["step"].parent, found["later"].parent) == (proof.id, "")
    assert claim.id not in found["step"].uses
    assert claim.id in found["later"].uses


def test_what_stands_between_a_claim_and_its_proof() -> None:
    """It is no part of the proof."""
    text = (
        "Show that $2xy \\le x^2+y^2$.\n\n\\[ x = x \\label{between} \\]\n"
        "\\begin{proof}" + STEP + "\\end{proof}\n"
    )
    found = tasks_of(text)
    assert found["between"].parent == ""
    assert next(t for t in found.values() if t.kind == "derivation").uses == ("A.tex::step",)


def test_a_section_ends_a_proof() -> None:
    """Without a proof environment the lines up to there are the proof; a claim may have none."""
    text = "\\section{A} Show that $x = x$." + STEP + "\\section{B}\n\\[ y = y \\label{b} \\]"
    assert kinds(text)[-2:] == ["derivation L2.proof", "line b"]
    assert tasks_of(text)["b"].parent == ""
    assert kinds("Show that $x = x$.") == ["claim L2"]


@pytest.mark.parametrize(
    ("expected", "of_step", "of_proof"),
    [
        ("proved, incomplete", "", Status.INCOMPLETE),
        ("proved", "refuted", Status.UNDECIDED),
        ("proved", "supported", Status.SUPPORTED),
        ("proved", "", Status.PROVED),
    ],
)
def test_what_is_expected_of_a_proof(expected: str, of_step: str, of_proof: Status) -> None:
    """It may be said beside the claim, or follows from what is expected of the lines."""
    text = f"% therefore: claim c\n% therefore: expect {expected}\n\\[ 2xy \\le x^2+y^2 \\]\n"
    text += (f"% therefore: expect {of_step}" if of_step else "") + STEP
    assert tasks_of(text)["c.proof"].expected is of_proof


def test_an_unread_line_of_a_proof() -> None:
    """The proof knows of it, and expects nothing of it that was not said."""
    text = LET + "% therefore: claim c\n\\[ x = x \\]\n\\[ x = q \\label{no} \\]\n" + STEP
    tasks, errors = read_text(text, "A.tex")
    assert [error.id for error in errors] == ["A.tex::no"]
    assert tasks[-1].uses == ("A.tex::step", "A.tex::no")


def test_what_a_line_goes_on_from() -> None:
    """The link before, and the line before where both speak of one name."""
    text = (
        "\\[ x + 1 = 1 + x = x + 1 \\label{a} \\]\n\\[ y = y \\label{b} \\]\n"
        "\\[ y + x = x + y \\label{c} \\]\n\\section{B}\n\\[ x = x \\label{d} \\]"
    )
    found = tasks_of(text)
    assert found["a.2"].follows == ("A.tex::a",)
    assert found["c"].follows == ("A.tex::b",)
    assert found["a"].follows == found["b"].follows == found["d"].follows == ()


def test_the_author_s_own_words() -> None:
    """Each link as it was written, from its relation to the next, without labels and comments."""
    text = (
        "\\newcommand{\\half}[1]{\\frac{#1}{2}}\n\\begin{align}\n  x &= \\half{x} % so\n"
        "  + \\half{x}, \\label{a} \\\\\n &= 2\\half{x} \\notag \\end{align}\n"
    )
    written = [task.written for task in tasks_of(text).values()]
    assert written == ["x = \\half{x} + \\half{x}", "= 2\\half{x}"]


def test_a_given_document(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """Its names and assumptions are in force; what is assumed beside them is the author's own."""
    given, answer = tmp_path / "given.tex", tmp_path / "answer.tex"
    given.write_text("Let $x \\in \\mathbb{R}$ and $\\eta > 0$.\n", encoding="utf-8")
    answer.write_text(
        "Let $\\eta > 0$. Suppose $x > 1$.\n\\[ x + \\eta > 1 \\]\n", encoding="utf-8"
    )
    (task,), errors = read_document(answer, given=given)
    assert not errors
    assert task.goal.hypotheses == (("<", "0", "eta"), ("<", "1", "x"))
    assert task.assumed == (("<", "1", "x"),)
