"""Records for the report, from the outcomes of a run."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from therefore.goal import from_lists
from therefore.judge import Outcome
from therefore.record import Record
from therefore.task import Task
from therefore.verdict import Counterexample, Status

if TYPE_CHECKING:
    from therefore.reading.modules import ReadError
    from therefore.writing.terms import Printer

__all__ = ["error_record", "records_of"]


# A goal that several lines prove is called by the first of these.
_KINDS = ("claim", "derivation", "step", "twin")


def records_of(outcomes: Sequence[Outcome]) -> list[Record]:
    """One record for each outcome, in the order of the outcomes."""
    from therefore.writing.names import Names
    from therefore.writing.proofs import Cited, certificate_line
    from therefore.writing.text_terms import TextPrinter

    final = {outcome.task.id: outcome for outcome in outcomes}
    proved = sorted((o for o in outcomes if o.proved), key=lambda o: _KINDS.index(o.task.kind))
    by_hash = {outcome.hash: outcome.task.id for outcome in reversed(proved)}
    cited = {
        outcome.hash: Cited(
            _short(outcome.task), outcome.task.goal, json.loads(outcome.verdict.certificate)
        )
        for outcome in reversed(proved)
    }
    records = []
    for outcome in final.values():
        task, verdict = outcome.task, outcome.verdict
        printer = TextPrinter(Names.of(task.goal, task.notation))
        hypotheses = tuple(printer.write(h) for h in task.goal.hypotheses)
        rests_on = _rests_on(outcome, final, by_hash)
        proof = json.loads(verdict.certificate) if verdict.certificate else None
        method = verdict.method or _method(proof)
        remarks = list(verdict.remarks)
        if task.goal.conclusion in task.goal.hypotheses:
            remarks.append("the claim stands among its own hypotheses")
        line = ""
        if proof is not None and verdict.status is Status.PROVED:
            line = certificate_line(task.goal, task.notation, proof, cited)
        records.append(
            Record(
                id=task.id,
                label=task.label,
                kind=task.kind,
                file=task.source.path,
                line=task.source.line,
                status=verdict.status,
                expected=task.expected,
                method=method,
                rests_on=rests_on,
                hypotheses=hypotheses,
                definitions=tuple(printer.definition(*one) for one in task.goal.definitions),
                instances=verdict.agreement,
                counterexample=_shown(verdict.counterexample) or _true_value(proof, printer),
                reading=printer.write(task.goal.conclusion),
                certificate=line,
                remarks=tuple(remarks),
                parent=task.parent,
                seconds=verdict.seconds,
                proof=proof,
                cited=cited,
                task=task,
                verdict=replace(verdict, rests_on=rests_on, method=method),
            )
        )
    return records


def _method(certificate: dict[str, Any] | None) -> str:
    """How a certificate proves or refutes, read off it, so that a stored one says the same."""
    from therefore.provers.naming import method_of

    if certificate is None:
        return ""
    if certificate.get("kind") == "refutation":
        return "counterexample" if certificate.get("values") else "negation"
    return method_of(certificate["proof"])


def _shown(counterexample: Counterexample | None) -> str:
    """A counterexample in one line: the values, then what the sides become."""
    if counterexample is None:
        return ""
    values = ", ".join(text for text in counterexample.shown.values() if text)
    return f"{values}: {counterexample.explanation}" if counterexample.explanation else values


def _true_value(certificate: dict[str, Any] | None, printer: Printer) -> str:
    """What a refuted limit or derivative really is, where the certificate says so."""
    if certificate is None or certificate.get("kind") != "refutation":
        return ""
    proof = certificate.get("conclusion")
    if not isinstance(proof, dict) or proof.get("rule") != "another":
        return ""
    return f"the true value is {printer.write(from_lists(proof['value']))}"


def _short(task: Task) -> str:
    return task.label or task.id.rpartition("::")[2]


def _rests_on(
    outcome: Outcome, final: Mapping[str, Outcome], by_hash: Mapping[str, str]
) -> tuple[str, ...]:
    """The lemmas, by id, and the axioms on which a certificate rests, transitively."""
    lemmas: dict[str, None] = {}
    own = {outcome.task.id, by_hash.get(outcome.hash, "")}
    axioms: dict[str, None] = dict.fromkeys(outcome.axioms)
    waiting = list(outcome.lemmas)
    while waiting:
        name = by_hash.get(waiting.pop(0), "")
        if name and name not in lemmas and name not in own:
            lemmas[name] = None
            axioms |= dict.fromkeys(final[name].axioms)
            waiting += final[name].lemmas
    return (*lemmas, *(f"axiom:{axiom}" for axiom in axioms))


def error_record(error: ReadError, source: Path) -> Record:
    """The record of a line, or of a whole source, that could not be read."""
    from therefore.reading.lines import shown

    return Record(
        id=error.id or f"{shown(source)}:{error.line}",
        label=error.id.rpartition("::")[2],
        kind="error",
        file=shown(source),
        line=error.line,
        status=Status.ILL_FORMED,
        expected=Status.PROVED,
        remarks=(error.message if error.path == shown(source) else str(error),),
    )
