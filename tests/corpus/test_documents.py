"""LaTeX documents through the loop: one verdict for each line, in the order of the document."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from therefore.check import Options, judge_tasks, lines_of
from therefore.check import run as check
from therefore.goal import Goal
from therefore.outcome import Outcome
from therefore.reading.sources import read
from therefore.recheck import recheck
from therefore.record import Record, Run
from therefore.schedule import schedule
from therefore.search import LemmaData, Sample
from therefore.task import Source, Task
from therefore.verdict import Status, Verdict
from therefore.writing.style import Style
from therefore.writing.terminal import report

HOMEWORK = r"""\documentclass{article}
\newtheorem{lem}{Lemma}
\begin{document}
Let $x, y \in \mathbb{R}$ and let $u \in \mathbb{R}^d$.
\section{A complete proof}
Show that $2xy \le x^2 + y^2$.
\begin{align}
(x-y)^2 &= x^2 - 2xy + y^2, \label{square} \\
        &\ge 0. \label{last}
\end{align}
\section{A proof that stops}
% therefore: claim sum
% therefore: expect proved, incomplete
\[ (x+y)^2 \le 2x^2 + 2y^2 \]
We have
\[ (x+y)^2 = x^2 + 2xy + y^2 . \label{stops} \]
\section{Errors}
% therefore: label wrong
% therefore: expect refuted
\[ (x+y)^2 = x^2 + y^2 \]
% therefore: label after
\[ (x+y)^2 - 2xy = x^2 + y^2 \]
% therefore: label shapes
% therefore: expect ill-formed
\[ u = \|u\| \]
% therefore: label four
\[ 2 \cdot 2 + 0 x = 4 \]
% therefore: expect refuted
% therefore: label five
\[ 2 \cdot 2 + 0 x = 5 \]
% therefore: label unknown
\[ q + z = 1 + q \]
\begin{lem} $x^2 - y^2 = (x-y)(x+y)$ \end{lem}
\begin{proof}
Indeed \[ (x-y)(x+y) = x^2 - y^2. \]
\end{proof}
\end{document}
"""


def checked(root: Path, **options: object) -> Run:
    """A run over the document in a folder, with a small budget."""
    chosen = replace(Options(root=root, budget=3.0), **options)  # type: ignore[arg-type]
    return check([root / "homework.tex"], chosen)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a homework."""
    root = tmp_path_factory.mktemp("homework")
    (root / "homework.tex").write_text(HOMEWORK, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def run(folder: Path) -> Run:
    """The first run over the homework."""
    return checked(folder)


def by_label(run: Run) -> dict[str, Record]:
    """The records by their labels."""
    return {record.label: record for record in run.records}


def write(root: Path, text: str, name: str = "homework.tex") -> Path:
    """A document in a folder."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_lines_stand_in_their_order(run: Run, folder: Path) -> None:
    """What cannot be read stands where it is written, and a proof where it ends."""
    labels = [record.label for record in run.records]
    assert labels == [
        "L6", "square", "last", "L6.proof", "sum", "stops", "sum.proof", "wrong", "after",
        "shapes", "four", "five", "unknown", "L33", "L35", "L33.proof",
    ]  # fmt: skip
    assert [line[1] for line in lines_of(folder / "homework.tex")] == labels


def test_each_line_has_its_verdict(run: Run) -> None:
    """Proved, refuted, ill-formed; and only what is wrong unexpectedly fails the run."""
    status = {label: record.status.value for label, record in by_label(run).items()}
    refuted = {"wrong": "REFUTED", "five": "REFUTED"}
    other = {"sum.proof": "INCOMPLETE", "shapes": "ILL_FORMED", "unknown": "ILL_FORMED"}
    assert status == dict.fromkeys(status, "PROVED") | refuted | other
    assert [r.label for r in run.records if not r.as_expected()] == ["unknown"]
    assert run.exit_code() == 1


def test_a_proof_that_stops_before_its_claim(run: Run) -> None:
    """The claim has its own verdict, and of the proof it is said what is missing."""
    record = by_label(run)["sum.proof"]
    assert record.kind == "derivation"
    assert record.parent.endswith("::sum")
    assert record.line == 16
    assert any("the proof stops at stops" in remark for remark in record.remarks)
    assert "missing: x² + 2xy + y² ≤ 2x² + 2y²" in record.remarks


def test_an_error_does_not_spread(run: Run) -> None:
    """The line after a false one is proved without it, and says so."""
    record = by_label(run)["after"]
    assert record.status is Status.PROVED
    assert "not used: wrong, which is refuted" in record.remarks
    assert not any("wrong" in name for name in record.rests_on)


def test_a_contradiction_is_remarked(run: Run) -> None:
    """Two values of one expression, of which one is right."""
    assert "contradicts five, which is refuted" in by_label(run)["four"].remarks
    assert "contradicts four, which is proved" in by_label(run)["five"].remarks


def test_several_errors_of_one_line_are_one_record(run: Run) -> None:
    """Both undeclared names, and a declaration to paste for each."""
    record = by_label(run)["unknown"]
    assert len(record.remarks) == 2
    assert record.declarations == ("% therefore: declare q real", "% therefore: declare z real")
    assert record.position.endswith("homework.tex:32:4")


def test_the_author_s_line_beside_the_reading(run: Run) -> None:
    """As it is written, and as it is understood; with line and column in JSON."""
    data = by_label(run)["square"].to_json()
    assert data["written"] == "(x-y)^2 = x^2 - 2xy + y^2"
    assert data["reading"] == "(x − y)² = x² − 2xy + y²"
    assert (data["line"], data["column"], data["kind"]) == (8, 1, "line")
    assert {"help", "hypotheses", "assumed", "declarations", "document"} <= data.keys()


def test_the_report(run: Run) -> None:
    """A summary of the document, and the declarations that it lacks."""
    text = report(run, Style())
    assert "13 lines: 9 proved, 2 refuted, 2 ill-formed" in text
    assert "3 proofs: 2 proved, 1 incomplete" in text
    assert "declarations to add" in text
    assert text.index("shapes") < text.index("four")
    assert "\n    % therefore: declare q real\n    % therefore: declare z real\n" in text


def test_stored_certificates_serve_again(run: Run, folder: Path) -> None:
    """The second run searches nothing, a locked one says the same, and so does the kernel."""
    path = folder / "certificates" / "homework.tex.json"
    before = path.read_text(encoding="utf-8")
    for again in (checked(folder), checked(folder, locked=True), checked(folder, jobs=1)):
        assert [(r.id, r.status) for r in again.records] == [(r.id, r.status) for r in run.records]
        assert not again.problems
    assert path.read_text(encoding="utf-8") == before
    results, problems = recheck([path])
    assert not problems
    assert results and all(result.accepted for result in results)


def test_one_core_or_many(folder: Path, run: Run) -> None:
    """The same verdicts, reasons and remarks."""

    def told(found: Run) -> list[object]:
        return [(r.id, r.status, r.method, r.remarks, r.rests_on) for r in found.records]

    one = checked(folder, jobs=1, stored=False, write="nowhere")
    many = checked(folder, jobs=4, stored=False, write="nowhere")
    assert told(one) == told(many) == told(run)


class StubJudge:
    """A judge that proves alone what is named in ``alone``, refutes what is named in ``false``,
    and otherwise asks for lemmas, of which it keeps the names."""

    def __init__(self, alone: set[str], false: set[str]) -> None:
        self.alone, self.false = alone, false
        self.given: dict[str, list[str]] = {}

    def judge(self, task: Task, lemmas: object, proved_by: object = ()) -> Outcome:
        """The outcome of a line by itself."""
        status = Status.PROVED if task.label in self.alone else Status.SUPPORTED
        status = Status.REFUTED if task.label in self.false else status
        certificate = "" if status is Status.SUPPORTED else "{}"
        return Outcome(task, task.id, Verdict(status, certificate=certificate), sample=Sample(None))

    def again(self, outcome: Outcome, lemmas: Sequence[LemmaData]) -> Outcome:
        """Whatever has two lemmas is proved."""
        self.given[outcome.task.label] = [lemma.id for lemma in lemmas]
        if len(lemmas) < 2:
            return outcome
        return replace(outcome, verdict=Verdict(Status.PROVED, certificate="{}"))

    def cites(self, task: Task) -> set[str]:
        """Nothing is stored."""
        return set()


def line(label: str, name: str, before: Sequence[str]) -> Task:
    """A line of a document that speaks of one name."""
    value = str(100 * ord(label[0]) + int(label[1:]))
    goal = Goal(((name, "real"),), (), (), ("=", name, value))
    uses = tuple(before)
    return Task(label, label, "line", Source("x.tex", 1), goal, uses=uses, in_document=True)


def test_an_earlier_line_serves_as_a_lemma() -> None:
    """What is open by itself is tried again with the nearest proved lines that speak of the same
    names; refuted lines, and those that may not be cited, are never among them."""
    labels = [f"a{k}" for k in range(1, 21)]
    tasks = [line(label, "x", labels[:k]) for k, label in enumerate(labels)]
    tasks += [line("b1", "y", labels), line("b2", "y", [*labels, "b1"])]
    tasks += [line("c1", "x", ["a1", "a2", "a3"]), line("d1", "x", [*labels, "c1"])]
    judge = StubJudge(alone={*labels[:16], "b1"}, false={"a3", "a16"})
    outcomes = schedule(tasks, judge, 2)  # type: ignore[arg-type]
    assert judge.given["c1"] == ["a1", "a2"]
    assert judge.given["b2"] == ["b1"]
    # a17 was proved with a4 … a15 and serves in its turn; the refuted a16 does not.
    assert judge.given["a17"] == labels[3:15]
    assert judge.given["d1"] == [*labels[8:15], *labels[16:20], "c1"]
    assert [o.task.label for o in outcomes if not o.proved] == ["a3", "a16", "b2"]


def test_the_claim_is_no_premise_of_its_proof(tmp_path: Path) -> None:
    """The lines of a proof may cite what stands before the claim, and not the claim."""
    path = write(tmp_path, HOMEWORK)
    tasks = {task.label: task for task in read(path).tasks}
    assert not any(name.endswith("::L6") for name in tasks["last"].uses)
    assert any(name.endswith("::L6") for name in tasks["stops"].uses)
    assert not tasks["square"].follows


def test_no_rules_yet(tmp_path: Path) -> None:
    """An operation that the kernel does not know is no error of the author's."""
    goal = Goal(
        (("x", "real"),), (), (), ("=", ("strange_operation", "x"), ("strange_operation", "x"))
    )
    task = Task("a.tex::L1", "L1", "line", Source("a.tex", 1), goal, in_document=True)
    (outcome,), _ = judge_tasks([task], Options(root=tmp_path, budget=1.0))
    assert outcome.verdict.status is Status.UNDECIDED
    assert any("no rules yet for strange_operation" in r for r in outcome.verdict.remarks)


GIVEN = r"""Let $x, y \in \mathbb{R}$ and let $\eta > 0$.
% therefore: label P1
\[ 2xy \le \eta x^2 + \frac{y^2}{\eta} \]
% therefore: label P2
\[ (x+y)^2 = x^2 + 2xy + y^2 \]
% therefore: label P3
\[ |xy| = xy + 0 \]
% therefore: label P4
\[ x^2 + \eta > 0 \]
"""

STUDENT = r"""
\[ (x+y)^2 = (x+y)(x+y) = x^2 + 2xy + y^2 \]
\[ 2xy \le \eta x^2 + \frac{y^2}{\eta} \]
Suppose $x > 0$ and $y > 0$.
\[ |xy| = xy + 0 \]
"""


def test_a_given_document_sets_the_task(tmp_path: Path) -> None:
    """What it declares is in force, its claims are to be reached, and what else is assumed is
    listed and reaches less."""
    given = write(tmp_path, GIVEN, "given.tex")
    write(tmp_path, STUDENT)
    run = checked(tmp_path, given=given)
    targets = {r.label: r for r in run.records if r.kind == "target"}
    assert [t.status.value for t in targets.values()] == [
        "PROVED", "PROVED", "REFUTED", "INCOMPLETE",
    ]  # fmt: skip
    assert "reached by L2, L2.2" in targets["P2"].remarks
    assert "not reached: no line says it" in targets["P4"].remarks
    assert not by_label(run)["L3"].assumed
    assert by_label(run)["L5"].assumed == ("0 < x", "0 < y")
    assert run.exit_code() == 1


def test_a_target_under_a_further_hypothesis(tmp_path: Path) -> None:
    """It is not reached, and the hypothesis is named."""
    given = write(tmp_path, GIVEN.replace("|xy| = xy + 0", "x y = y x + 0"), "given.tex")
    write(tmp_path, STUDENT.replace("|xy| = xy + 0", "x y = y x + 0"))
    record = next(r for r in checked(tmp_path, given=given).records if r.label == "P3")
    assert record.status is Status.INCOMPLETE
    assert any("only where also 0 < x; 0 < y" in remark for remark in record.remarks)


def test_inputs_of_a_folder(tmp_path: Path) -> None:
    """A file that another one takes in is checked there, in its place, and not by itself."""
    write(tmp_path, "\\input{part}\n\\[ x = x \\]\n\\input{missing}\n", "course/main.tex")
    write(tmp_path, "Let $x \\in \\mathbb{R}$.\n\\[ x + x = 2x \\]\n", "course/part.tex")
    write(tmp_path, "\\[ 1 + 1 = 2 \\]\n", "course/alone.tex")
    run = check([tmp_path / "course"], Options(root=tmp_path, write="nowhere"))
    found = [(Path(r.document).name, Path(r.file).name, r.line) for r in run.records]
    assert found == [
        ("alone.tex", "alone.tex", 1),
        ("main.tex", "part.tex", 2),
        ("main.tex", "main.tex", 2),
        ("main.tex", "main.tex", 3),
    ]


def test_a_module_and_a_document_of_one_name(tmp_path: Path) -> None:
    """They do not share their certificates."""
    module = (
        '"""One claim."""\nfrom therefore import as_written, claim, equal, real\nx = real("x")\n'
        "with as_written():\n    c = claim(equal(x + x, 2 * x))\n"
    )
    write(tmp_path, module, "proofs/A.py")
    write(tmp_path, "Let $x \\in \\mathbb{R}$.\n\\[ x + x = 2x \\]\n", "proofs/A.tex")
    run = check([tmp_path / "proofs"], Options(root=tmp_path))
    assert [Path(r.file).name for r in run.records] == ["A.py", "A.tex"]
    names = sorted(p.name for p in (tmp_path / "certificates" / "proofs").iterdir())
    assert names == ["A.json", "A.tex.json"]


LINE = "\nLet $x \\in \\mathbb{R}$.\n\\[ x + x = 2x \\]\n"
BAD: dict[str, Callable[[], bytes]] = {
    "binary": lambda: bytes(range(256)) * 40,
    "utf8": lambda: b"caf\xe9\n" + LINE.encode(),
    "long": lambda: b"\\[ x = " + b"1+" * 2_500_000 + b"1 \\]\n" + LINE.encode(),
    "braces": lambda: b"{" * 10_000 + b"1" + b"}" * 10_000 + LINE.encode(),
    "broken_braces": lambda: (b"{" * 100 + b"\n") * 100 + LINE.encode(),
    "recursive": lambda: rb"\newcommand{\p}{\q\q}\newcommand{\q}{\p\p}\[ \p = 1 \]" + LINE.encode(),
    "itself": lambda: b"\\input{itself}\n" + LINE.encode(),
    "outside": lambda: b"\\input{../../secret}\\input{/etc/passwd}\n" + LINE.encode(),
    "shell": lambda: b"\\immediate\\write18{touch hacked}\n" + LINE.encode(),
    "environment": lambda: b"\\begin{foo}x\\end{foo}\n" + LINE.encode(),
}


def test_bad_input(tmp_path: Path) -> None:
    """A message with its place for each, the rest is checked, no traceback, and not for long."""
    for name, content in BAD.items():
        (tmp_path / f"{name}.tex").write_bytes(content())
    (tmp_path / "empty.tex").write_bytes(b"")
    (tmp_path / "broken_link.tex").symlink_to("nowhere.tex")
    (tmp_path / "folder.tex").mkdir()
    write(tmp_path, LINE, "folder.tex/inner.tex")
    started = time.monotonic()
    command = [sys.executable, "-m", "therefore", "check", ".", "--json", "-"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert time.monotonic() - started < 20
    assert "Traceback" not in done.stderr + done.stdout
    assert done.returncode == 2  # for the document without a line
    assert "empty.tex:1: no line of this document claims anything" in done.stderr
    records = json.loads(done.stdout)
    for name in BAD:
        own = [r for r in records if r["document"] == f"{name}.tex"]
        assert any(r["status"] == "ILL_FORMED" and r["line"] >= 1 for r in own), name
        assert name == "binary" or any(r["status"] == "PROVED" for r in own), name
    assert any(r["document"] == "folder.tex/inner.tex" for r in records)
    assert not (tmp_path / "hacked").exists()


@pytest.mark.parametrize("name", sorted(BAD))
def test_bad_input_is_read_in_bounded_time(tmp_path: Path, name: str) -> None:
    """Under five seconds for each."""
    path = tmp_path / f"{name}.tex"
    path.write_bytes(BAD[name]())
    started = time.monotonic()
    assert lines_of(path)
    assert time.monotonic() - started < 5


def test_what_is_neither(tmp_path: Path) -> None:
    """Another kind of file, and a given file that is none, are misuse."""
    notes = write(tmp_path, "x", "notes.txt")
    assert check([notes], Options(root=tmp_path)).exit_code() == 2
    document = write(tmp_path, LINE)
    options = Options(root=tmp_path, given=tmp_path / "nowhere.tex", write="nowhere")
    assert check([document], options).exit_code() == 2
