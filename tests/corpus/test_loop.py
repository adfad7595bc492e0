"""The loop: which evidence makes which verdict, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from regret_sample import PROOFS, TASKS

from therefore import store
from therefore.goal import Goal
from therefore.outcome import Outcome
from therefore.record import Record, Run
from therefore.schedule import given
from therefore.task import Task
from therefore.verdict import Status, Verdict

Check = Callable[..., Run]
CLAIM, WAY, TWIN = (
    f"{TASKS[0].source.path}::{name}"
    for name in ("regret_lemma", "expand_and_telescope", "regret_lemma.false_twin")
)


def by_id(run: Run) -> dict[str, Record]:
    """The records by their ids."""
    return {record.id: record for record in run.records}


def test_a_claim_is_proved_by_its_derivation(checked: Check) -> None:
    """The claim shares the goal of its derivation, and says so."""
    found = by_id(checked())
    assert {record.status for record in found.values()} == {Status.PROVED, Status.REFUTED}
    assert found[CLAIM].method == "by expand_and_telescope"
    assert set(found[CLAIM].rests_on) == {f"{WAY}.1", f"{WAY}.2"}
    assert found[TWIN].counterexample.endswith("left 1, right 5/6")


@pytest.mark.parametrize(
    ("way", "status", "code"),
    [
        ("give-up", Status.SUPPORTED, 1),
        ("empty", Status.VACUOUS, 1),
        ("lie", Status.CONTRADICTION, 3),
        ("disagree", Status.CONTRADICTION, 3),
    ],
)
def test_verdict(checked: Check, way: str, status: Status, code: int) -> None:
    """No proof, no instance, a false proof, instances against the proof."""
    run = checked(way)
    assert by_id(run)[CLAIM].status is status
    assert run.exit_code() == code
    assert by_id(run)[TWIN].status is Status.REFUTED


def test_rounding_is_no_contradiction(checked: Check) -> None:
    """Instances that exact arithmetic could not decide are not counted, and this is said."""
    record = by_id(checked("round"))[CLAIM]
    assert record.status is Status.PROVED
    assert record.instances is not None
    assert record.instances.usable == record.instances.agreeing == 117
    assert "not counted: 3 instances that rounding leaves open" in record.remarks


def test_a_prover_that_hangs_is_killed(checked: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """The search ends at its limit, and the rest is still judged."""
    monkeypatch.setattr("therefore.search.GRACE", 0.2)
    run = checked("hang", budget=0.1)
    assert by_id(run)[CLAIM].status is Status.SUPPORTED
    assert any("no answer within" in remark for remark in by_id(run)[CLAIM].remarks)


def test_accept_supported(checked: Check) -> None:
    """What counts as expected can be lowered, and only for what should be proved."""
    run = checked("give-up")
    assert run.exit_code(accept_supported=True) == 0
    assert run.exit_code() == 1


def test_one_core_or_many(checked: Check, tmp_path: Path) -> None:
    """The same records and the same certificate files."""
    runs = [checked(root=tmp_path / str(jobs), jobs=jobs) for jobs in (1, 4)]
    assert runs[0].records == runs[1].records
    texts = [next((tmp_path / str(jobs)).rglob("regret.json")).read_text() for jobs in (1, 4)]
    assert texts[0] == texts[1]


def test_certificates_are_kept_and_used(checked: Check) -> None:
    """A second run needs no prover, and a locked one neither."""
    first = checked()
    assert checked("give-up").records == first.records
    assert checked("give-up", locked=True).records == first.records


def test_locked_without_certificates(checked: Check, tmp_path: Path) -> None:
    """A missing certificate fails, and nothing is written."""
    run = checked(locked=True)
    assert run.exit_code() == 1
    assert {problem.message.rpartition(": ")[2] for problem in run.problems} == {
        "no certificate, and --locked is set"
    }
    assert not list(tmp_path.rglob("*.json"))


def test_a_short_search_takes_nothing_away(checked: Check, tmp_path: Path) -> None:
    """Certificates on disk stay where a search from nothing finds none."""
    checked()
    path = next(tmp_path.rglob("regret.json"))
    before = path.read_text(encoding="utf-8")
    checked("give-up", stored=False)
    assert path.read_text(encoding="utf-8") == before


def test_failed_searches_are_remembered(checked: Check) -> None:
    """The second run does not search again."""
    checked("give-up")
    again = by_id(checked("give-up"))[CLAIM]
    assert any("remembered" in remark for remark in again.remarks)
    fresh = by_id(checked("give-up", stored=False))[CLAIM]
    assert not any("remembered" in remark for remark in fresh.remarks)


def edit(path: Path, change: Callable[[str], str]) -> None:
    """Change a file by hand."""
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text[: len(text) // 2], "damaged certificate"),
        (lambda text: "{}", "not a certificate file"),
        (lambda text: text.replace('"h3"', '"h2"', 1), "the kernel refuses this certificate"),
        (lambda text: text.replace('"times"', '"tmies"', 1), "the kernel refuses this"),
    ],
)
def test_a_damaged_certificate(
    checked: Check, tmp_path: Path, change: Callable[[str], str], message: str
) -> None:
    """A message with file and line, a non-zero exit, and everything is checked nevertheless."""
    checked()
    edit(next(tmp_path.rglob("regret.json")), change)
    run = checked()
    assert run.exit_code() == 1
    assert any(message in p.message and p.line >= 1 for p in run.problems), run.problems
    assert by_id(run)[CLAIM].status is Status.PROVED
    assert checked().exit_code() == 0


def test_a_stale_certificate(checked: Check, tmp_path: Path) -> None:
    """It is searched again, unless the run is locked; then it fails."""
    checked()
    path = next(tmp_path.rglob("regret.json"))
    entries, _ = store.load(path)
    certificate = {**entries[0].certificate, "goal": "0" * 64}
    store.save(path, [replace(entries[0], certificate=certificate), *entries[1:]])
    run = checked(locked=True)
    assert run.exit_code() == 1
    assert any("stale" in p.message and p.line == 2 for p in run.problems), run.problems
    run = checked()
    assert run.exit_code() == 0
    assert any("stale" in p.message for p in run.problems)


def outcome(task: Task, status: Status, lemmas: tuple[str, ...] = ()) -> Outcome:
    """An outcome that was made up."""
    certificate = "{}" if status in (Status.PROVED, Status.REFUTED) else ""
    return Outcome(task, task.id, Verdict(status, certificate=certificate), lemmas=lemmas)


def joined(task: Task, status: Status, *steps: tuple[Task, Status]) -> Verdict:
    """The verdict on a derivation with these steps."""
    from therefore.joining import joined as joining

    before = [outcome(step, found) for step, found in steps]
    return joining(outcome(task, status), before, frozenset()).verdict


@pytest.mark.parametrize(
    ("own", "first", "second", "status"),
    [
        (Status.PROVED, Status.PROVED, Status.PROVED, Status.PROVED),
        (Status.PROVED, Status.UNDECIDED, Status.PROVED, Status.UNDECIDED),
        # The line itself may be true although a step on the way to it is not.
        (Status.PROVED, Status.SUPPORTED, Status.REFUTED, Status.UNDECIDED),
        (Status.SUPPORTED, Status.PROVED, Status.PROVED, Status.INCOMPLETE),
        (Status.UNDECIDED, Status.PROVED, Status.PROVED, Status.INCOMPLETE),
        (Status.CONTRADICTION, Status.PROVED, Status.PROVED, Status.CONTRADICTION),
    ],
)
def test_weakest_step(own: Status, first: Status, second: Status, status: Status) -> None:
    """A derivation is never better than its weakest step."""
    one, two, way = TASKS[:3]
    assert joined(way, own, (one, first), (two, second)).status is status


def test_steps_that_lead_elsewhere() -> None:
    """The claim can be proved and the derivation of it be incomplete."""
    one, _, way = TASKS[:3]
    assert joined(way, Status.PROVED, (one, Status.PROVED)).status is Status.INCOMPLETE


def test_a_line_that_could_not_be_read() -> None:
    """A derivation with an ill-formed step is incomplete."""
    from therefore.joining import joined as joining

    one, two, way = TASKS[:3]
    found = joining(
        outcome(way, Status.PROVED), [outcome(one, Status.PROVED)], frozenset({two.id})
    )
    assert found.verdict.status is Status.INCOMPLETE


def test_only_proved_lemmas_are_given() -> None:
    """A line that is not proved cannot be cited, and no line can cite its own goal."""
    one, two, way, claim, _ = TASKS
    lemmas, _ = given(way, [outcome(one, Status.PROVED), outcome(two, Status.SUPPORTED)])
    assert [lemma.id for lemma in lemmas] == [one.id]
    cites_claim = replace(claim, uses=(way.id,))
    lemmas, proved_by = given(cites_claim, [outcome(way, Status.PROVED)])
    assert not lemmas
    assert [o.task.id for o in proved_by] == [way.id]


def test_a_claim_among_its_own_hypotheses(checked: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """The easiest way to prove anything is remarked."""
    goal = TASKS[3].goal
    circular = Goal(
        goal.declarations, (), (*goal.hypotheses, goal.conclusion), goal.conclusion
    )
    monkeypatch.setattr("sample_fixtures.TASKS", (replace(TASKS[3], goal=circular),))
    (record,) = checked("give-up").records
    assert "the claim stands among its own hypotheses" in record.remarks


def test_the_sample_is_complete() -> None:
    """Every line of the sample but the twin has a proof."""
    assert set(PROOFS) == {task.id for task in TASKS if task.kind != "twin"}


def test_a_claim_that_is_assumed_in_other_words_is_remarked():
    from therefore.records import _assumed

    known = (("and", ("<", "0", "x"), ("=", "x", "2")), ("<", "1", "y"))
    assert _assumed(("=", "2", "x"), known)
    assert _assumed(("and", ("<", "1", "y"), ("<", "0", "x")), known)
    assert not _assumed(("<", "x", "0"), known)
    assert not _assumed(("and", ("<", "1", "y"), ("<", "1", "x")), known)
