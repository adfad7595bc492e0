"""The verdict of one line: a stored certificate, a new one, a counterexample, or neither.

The order of the evidence is fixed, so that one core or many say the same: random instances
first, for every line; then the stored certificate, then the provers, then the refuters (for a
line that is expected to be false the refuters go first). The kernel alone decides.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from therefore.evidence import Evidence, counterexample_of, verdict_of
from therefore.explanation import of_provers, of_refuters, of_sample, of_witness, said_by
from therefore.kernel_process import Accepted, KernelProcess, Refused
from therefore.outcome import Outcome, failure_key, remarked
from therefore.search import LemmaData, Sample, Workers
from therefore.store import Entry, cited_by, name_of
from therefore.task import Task
from therefore.verdict import Status, Verdict

__all__ = ["Judge", "Policy", "unknown_operation"]

FORMAT = "therefore-1"

# Refusals that say of a goal that it has no truth value, and refusals by size, not by content.
_ILL_FORMED = ("ILL_TYPED",)
_TOO_MUCH = ("TOO_LARGE", "STOPPED")
# Refusals of what the kernel has no rules for, and of a lemma that was not accepted before.
_NO_RULES = ("UNSUPPORTED",)
_NO_LEMMA = "UNKNOWN_FACT"


@dataclass(frozen=True)
class Policy:
    """What a judge may do: how many instances (0: none), whether to search, whether to use the
    cache; and whether to tell what was tried, for which what failed before is tried again."""

    count: int = 120
    use_stored: bool = True
    search: bool = True
    explain: bool = False


class Judge:
    """Judges tasks with one kernel process and the workers of one run."""

    def __init__(
        self,
        kernel: KernelProcess,
        workers: Workers,
        policy: Policy,
        stored: Mapping[tuple[str, str], Entry],
        failures: Mapping[str, Any],
        help_found: Mapping[str, Any] | None = None,
    ) -> None:
        self._kernel = kernel
        self._workers = workers
        self._policy = policy
        self._stored = stored
        self._failures = failures
        self._help = help_found or {}
        self._samples: dict[str, Sample] = {}

    def judge(
        self, task: Task, lemmas: Sequence[LemmaData], proved_by: Sequence[Outcome] = ()
    ) -> Outcome:
        """The verdict on a task; ``proved_by`` are derivations of the same goal.

        An error of ours in one line is told in its verdict, and the other lines go on.
        """
        try:
            return self._judge(task, lemmas, proved_by)
        except Exception as error:
            remark = f"the checker itself failed here: {type(error).__name__}: {error}"
            return Outcome(task, "", Verdict(Status.UNDECIDED, remarks=(remark,)))

    def again(self, outcome: Outcome, lemmas: Sequence[LemmaData]) -> Outcome:
        """The verdict on a task that was not settled, now that it may cite these lemmas."""
        try:
            return self._again(outcome, lemmas)
        except Exception as error:
            remark = f"the checker itself failed here: {type(error).__name__}: {error}"
            return remarked(outcome, remark)

    def cites(self, task: Task) -> set[str]:
        """The hashes of the goals that the stored certificate of a task builds on."""
        entry = self._stored.get((task.document, name_of(task.id)))
        return cited_by(entry) if entry is not None and self._policy.use_stored else set()

    def _again(self, outcome: Outcome, lemmas: Sequence[LemmaData]) -> Outcome:
        task, sample = outcome.task, outcome.sample
        if outcome.settled or sample is None or not lemmas or not self._policy.search:
            return outcome
        started = time.monotonic()
        text = task.goal.to_text()
        evidence = Evidence(sample, note=outcome.note, stale=outcome.stale)
        evidence.witness, evidence.searched = True, True
        key = failure_key(task, outcome.hash, lemmas)
        earlier = f"with {len(lemmas)} earlier {'line' if len(lemmas) == 1 else 'lines'}"
        said = f"tried: {earlier}"
        if key in self._failures and not self._policy.explain:
            return remarked(outcome, f"{said}; remembered from an earlier run")
        evidence.explained += [*outcome.explained, said_by("again", earlier)]
        self._prove(task, text, outcome.hash, lemmas, evidence)
        if evidence.proof is not None and self._disagrees(evidence):
            self._refute(task, text, evidence)
        if evidence.proof is None and not evidence.disagreement:
            known = {} if evidence.crashed else {key: _failure(evidence)}
            failed = {**outcome.failed, **known}
            told = "; ".join((said, *dict.fromkeys(evidence.tried)))
            explained = tuple(evidence.explained)
            return replace(remarked(outcome, told), failed=failed, explained=explained)
        seconds = outcome.verdict.seconds + time.monotonic() - started
        return self._concluded(task, outcome.hash, evidence, seconds, {})

    def _judge(
        self, task: Task, lemmas: Sequence[LemmaData], proved_by: Sequence[Outcome]
    ) -> Outcome:
        from therefore.kernel import goal_hash

        started = time.monotonic()
        text = task.goal.to_text()
        name = goal_hash(text)
        evidence = Evidence(self._sampled(task, name))
        sampled_in = time.monotonic() - started
        if self._policy.count:
            evidence.explained.append(of_sample(evidence.sample, sampled_in))
        evidence.tried += evidence.sample.notes
        if evidence.sample.failure:
            evidence.tried.append(evidence.sample.failure)
        shared = next((o for o in proved_by if o.proved and o.hash == name), None)
        if shared is not None:
            return self._shared(task, shared, proved_by, evidence, started)
        self._use_stored(task, name, evidence)
        key = failure_key(task, name, lemmas)
        remembered = self._failures.get(key)
        if task.in_document and evidence.proof is None and evidence.refutation is None:
            self._look(task, text, name, evidence)
        if evidence.no_rules or evidence.ill_formed:
            evidence.witness = True
        elif evidence.proof is None and evidence.refutation is None and self._policy.search:
            if remembered and not self._disagrees(evidence) and not self._policy.explain:
                evidence.tried += [*remembered["tried"], "remembered from an earlier run"]
                evidence.witness = remembered["witness"]
            else:
                evidence.searched = True
                self._search(task, text, name, lemmas, evidence)
        if evidence.proof is not None and self._disagrees(evidence):
            self._refute(task, text, evidence)
        made = evidence.searched and not evidence.crashed
        failed = {key: _failure(evidence)} if made else {}
        outcome = self._concluded(task, name, evidence, time.monotonic() - started, failed)
        if outcome.verdict.status is Status.REFUTED and task.kind != "twin":
            return self._helped(outcome, key, lemmas)
        return outcome

    def _sampled(self, task: Task, name: str) -> Sample:
        """What random instances say of the goal; a claim, its derivation and its last line may
        have one goal, and the same seed gives the same instances."""
        known = self._samples.get(name)
        if known is not None:
            return known
        count = self._policy.count
        sample = self._workers.sample(task.goal, count=count) if count else Sample(None)
        if not sample.failure:
            self._samples[name] = sample
        return sample

    def _concluded(
        self,
        task: Task,
        name: str,
        evidence: Evidence,
        seconds: float,
        failed: Mapping[str, Any],
    ) -> Outcome:
        verdict = verdict_of(task, evidence, seconds)
        accepted = evidence.proof or evidence.refutation
        undecided = (Status.SUPPORTED, Status.UNDECIDED, Status.VACUOUS)
        return Outcome(
            task=task,
            hash=name,
            verdict=verdict,
            entry=evidence.entry,
            lemmas=accepted.lemmas if accepted else (),
            axioms=accepted.axioms if accepted else (),
            note=evidence.note,
            stale=evidence.stale,
            searched=evidence.searched and not evidence.crashed,
            failed=dict(failed) if verdict.status in undecided else {},
            sample=None if evidence.no_rules else evidence.sample,
            explained=tuple(evidence.explained),
        )

    def _look(self, task: Task, text: str, name: str, evidence: Evidence) -> None:
        """Ask the kernel whether a line of a document is a statement at all, to its mind.

        A reader knows operations for which the kernel has no rules yet.
        """
        nothing = {"format": FORMAT, "goal": name, "kind": "proof", "proof": {"rule": "none"},
                   "witness": {}}  # fmt: skip
        answer = self._kernel.accept(text, json.dumps(nothing, separators=(",", ":")))
        if isinstance(answer, Refused) and answer.code in _ILL_FORMED:
            unknown = unknown_operation(answer)
            if unknown:
                evidence.no_rules = unknown
            else:
                evidence.ill_formed = self._said(task, answer)

    def _helped(self, outcome: Outcome, key: str, lemmas: Sequence[LemmaData]) -> Outcome:
        """The outcome of a refuted line with help; what was found now is to be remembered."""
        from therefore.helping.telling import look_for_help, tell

        task, found, new = outcome.task, self._help.get(key), {}
        if found is None:
            if not self._policy.search:
                return outcome
            found = list(look_for_help(task, lemmas, self._workers))
            new = {key: found}
        verdict = replace(outcome.verdict, help=tell(task, found, self._kernel))
        return replace(outcome, verdict=verdict, help_found=new)

    def _shared(
        self,
        task: Task,
        shared: Outcome,
        others: Sequence[Outcome],
        evidence: Evidence,
        started: float,
    ) -> Outcome:
        """The outcome of a claim whose goal a derivation of it has proved."""
        also = [o.task.label or o.task.id for o in others if o.proved and o is not shared]
        method = f"by {shared.task.label or shared.task.id}"
        evidence.explained.append(said_by("another line", f"the same goal is proved {method}"))
        if also:
            evidence.remarks.append(f"also proved by {', '.join(also)}")
        evidence.proof = Accepted("proof", shared.hash, shared.lemmas, shared.axioms)
        certificate = json.loads(shared.verdict.certificate)
        evidence.entry, evidence.method = Entry(task.id, None, certificate), method
        if self._disagrees(evidence):
            self._refute(task, task.goal.to_text(), evidence)
        verdict = verdict_of(task, evidence, time.monotonic() - started)
        return Outcome(
            task=task,
            hash=shared.hash,
            verdict=verdict,
            lemmas=shared.lemmas,
            axioms=shared.axioms,
            explained=tuple(evidence.explained),
        )

    def _use_stored(self, task: Task, name: str, evidence: Evidence) -> None:
        entry = self._stored.get((task.document, name_of(task.id)))
        if entry is None or not self._policy.use_stored:
            return
        self._look_at(entry, task, name, evidence)
        said = evidence.note or "accepted by the kernel; nothing was searched"
        evidence.explained.append(said_by("stored certificate", said))

    def _look_at(self, entry: Entry, task: Task, name: str, evidence: Evidence) -> None:
        text = task.goal.to_text()
        if not isinstance(entry.certificate, dict) or entry.certificate.get("goal") != name:
            evidence.stale = True
            evidence.note = "stale certificate: the goal has changed since it was written"
            return
        if entry.goal != json.loads(text):
            evidence.note = "the goal beside this certificate was edited: it is not the line's"
            return
        answer = self._kernel.accept(text, entry.certificate_text)
        if isinstance(answer, Refused):
            said = self._said(task, answer)
            if task.in_document and answer.code == _NO_LEMMA:
                evidence.stale = True
                evidence.note = "stale certificate: it builds on a line that is no longer proved"
                return
            evidence.note = f"the kernel refuses this certificate: {said}"
            return
        self._keep(answer, evidence)
        evidence.entry = Entry(task.id, json.loads(text), entry.certificate)

    def _search(
        self, task: Task, text: str, name: str, lemmas: Sequence[LemmaData], evidence: Evidence
    ) -> None:
        false_is_likely = task.expected is Status.REFUTED or self._disagrees(evidence)
        if false_is_likely:
            self._refute(task, text, evidence)
            if evidence.refutation is not None:
                return
        if self._prove(task, text, name, lemmas, evidence):
            return
        if not false_is_likely:
            self._refute(task, text, evidence)

    def _prove(
        self, task: Task, text: str, name: str, lemmas: Sequence[LemmaData], evidence: Evidence
    ) -> bool:
        """Ask the provers, and the kernel about what they found; whether it accepted it."""
        found = self._workers.prove(task, lemmas)
        evidence.explained += [of_provers(task, found), of_witness(found)]
        evidence.tried += [*found.tried, *([found.failure] if found.failure else [])]
        evidence.witness = found.witness is not None
        evidence.crashed |= bool(found.failure)
        if found.proof is not None and found.witness is not None:
            certificate: dict[str, Any] = {
                "format": FORMAT,
                "goal": name,
                "kind": "proof",
                "proof": found.proof,
                "witness": found.witness,
            }
            if found.defined:
                certificate["defined"] = list(found.defined)
            return self._submit(task, text, certificate, evidence)
        if found.proof is not None:
            evidence.tried.append("a proof was found, but no values that satisfy the hypotheses")
        return False

    def _refute(self, task: Task, text: str, evidence: Evidence) -> None:
        started = time.monotonic()
        found = self._workers.refute(task.goal, at=task.hints.at)
        evidence.explained.append(of_refuters(found, time.monotonic() - started))
        count = "candidate counterexample" if found.tried == 1 else "candidate counterexamples"
        evidence.tried.append(found.failure or f"{found.tried or 'no'} {count}")
        evidence.crashed |= bool(found.failure)
        if found.certificate is not None:
            kept = evidence.entry
            self._submit(task, text, found.certificate, evidence)
            if evidence.proof is not None:
                evidence.entry = kept

    def _submit(
        self, task: Task, text: str, certificate: dict[str, Any], evidence: Evidence
    ) -> bool:
        """Give the kernel a new certificate; whether it accepted it."""
        answer = self._kernel.accept(text, json.dumps(certificate, separators=(",", ":")))
        evidence.explained.append(said_by("kernel", _answered(certificate, answer)))
        if isinstance(answer, Accepted):
            self._keep(answer, evidence)
            evidence.entry = Entry(task.id, json.loads(text), certificate)
            if answer.kind == "refutation":
                evidence.counterexample = counterexample_of(task, certificate)
            return True
        if answer.code in _TOO_MUCH:
            evidence.tried.append(f"the kernel gave up: {answer}")
        elif answer.code in _NO_RULES or unknown_operation(answer):
            evidence.tried.append(f"the kernel has no rule for this: {self._said(task, answer)}")
        elif answer.code in _ILL_FORMED:
            evidence.ill_formed = self._said(task, answer)
        else:
            kind, said = certificate.get("kind", "certificate"), self._said(task, answer)
            evidence.disagreement = f"the kernel refuses the {kind} that was found: {said}"
        return False

    def _said(self, task: Task, answer: Refused) -> str:
        from therefore.writing.refusals import refusal

        return refusal(answer, task.goal, task.notation)

    def _keep(self, answer: Accepted, evidence: Evidence) -> None:
        if answer.kind == "refutation":
            evidence.refutation = answer
        else:
            evidence.proof = answer

    def _disagrees(self, evidence: Evidence) -> bool:
        agreement = evidence.sample.agreement
        return agreement is not None and agreement.agreeing < agreement.usable


def _answered(certificate: Mapping[str, Any], answer: Accepted | Refused) -> str:
    """What the kernel says of a new certificate."""
    kind = certificate.get("kind", "certificate")
    if isinstance(answer, Accepted):
        return f"the {kind} is accepted"
    return f"the {kind} is refused: {answer}"


def unknown_operation(answer: Refused) -> str:
    """The operation of a goal that the kernel does not know, or nothing."""
    said, _, term = answer.where.partition(": ")
    if answer.code in _ILL_FORMED and said.startswith(("an unknown operation", "not a formula")):
        head = re.match(r"\('(\w+)'", term)
        return head[1] if head else term[:40]
    return ""


def _failure(evidence: Evidence) -> dict[str, Any]:
    """What is remembered of a search that found nothing."""
    return {"tried": list(evidence.tried), "witness": bool(evidence.witness)}
