"""Records for the report, from the outcomes of a run."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from therefore.goal import Term, from_lists
from therefore.outcome import Outcome
from therefore.record import Record
from therefore.task import Task
from therefore.verdict import Counterexample, Status

if TYPE_CHECKING:
    from therefore.goal import Term
    from therefore.reading.modules import ReadError
    from therefore.reading.sources import Read
    from therefore.writing.proofs import Cited
    from therefore.writing.text_terms import TextPrinter

__all__ = ["error_records", "records_of"]


# A goal that several lines prove is called by the first of these.
_KINDS = ("claim", "derivation", "step", "line", "target", "twin")


def records_of(outcomes: Sequence[Outcome], *, explain: bool = False) -> list[Record]:
    """One record for each outcome, in their order; with ``explain`` it says what was tried."""
    from therefore.writing.names import Names
    from therefore.writing.proofs import Cited
    from therefore.writing.readings import written
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
        hypotheses = tuple(written(printer, h) for h in task.goal.hypotheses)
        rests_on = _rests_on(outcome, final, by_hash)
        proof = json.loads(verdict.certificate) if verdict.certificate else None
        method = verdict.method or _method(proof)
        remarks = list(verdict.remarks)
        if _assumed(task.goal.conclusion, task.goal.hypotheses):
            remarks.append("the claim stands among its own hypotheses")
        line = ""
        if proof is not None and verdict.status is Status.PROVED:
            line = _certificate_line(task, proof, cited)
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
                definitions=tuple(_definition(printer, one) for one in task.goal.definitions),
                instances=verdict.agreement,
                counterexample=_shown(verdict.counterexample) or _true_value(proof, printer),
                reading=written(printer, task.goal.conclusion),
                certificate=line,
                remarks=tuple(remarks),
                help=verdict.help,
                parent=task.parent,
                column=task.source.column,
                document=task.document,
                written=task.written,
                assumed=tuple(written(printer, h) for h in task.assumed),
                seconds=verdict.seconds,
                explained=outcome.explained if explain else (),
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


def _true_value(certificate: dict[str, Any] | None, printer: TextPrinter) -> str:
    """What a refuted limit or derivative really is, where the certificate says so."""
    if certificate is None or certificate.get("kind") != "refutation":
        return ""
    proof = certificate.get("conclusion")
    if isinstance(proof, dict) and proof.get("rule") == "another":
        return f"the true value is {printer.write(from_lists(proof['value']))}"
    return "" if certificate.get("values") else "it is false as it stands"


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


def _certificate_line(
    task: Task, proof: dict[str, Any], cited: Mapping[str, Cited]
) -> str:
    from therefore.writing.proofs import certificate_line

    if not task.in_document:
        return certificate_line(task.goal, task.notation, proof, cited)
    try:
        return certificate_line(task.goal, task.notation, proof, cited)
    except (AttributeError, KeyError, IndexError, TypeError, ValueError):
        return ""  # with an operation that has no notation yet


def _definition(printer: TextPrinter, definition: tuple[str, tuple[Term, ...], Term]) -> str:
    from therefore.writing.readings import written

    try:
        return printer.definition(*definition)
    except (AttributeError, KeyError, IndexError, TypeError, ValueError):
        return f"{definition[0]} := {written(printer, definition[2])}"


def error_records(found: Read, source: Path) -> list[Record]:
    """The records of what could not be read of a source, one for each line of it."""
    records: dict[tuple[str, str, int], Record] = {}
    places = found.error_places or [()] * len(found.errors)
    for error, place in zip(found.errors, places, strict=True):
        record = _error_record(error, source, place)
        key = (error.id, *(("", 0) if error.id else (error.path, error.line)))
        known = records.get(key)
        if known is not None:
            remarks = record.remarks
            if not error.id and record.column != known.column:
                remarks = tuple(f"column {record.column}: {remark}" for remark in remarks)
            record = replace(
                known,
                remarks=tuple(dict.fromkeys((*known.remarks, *remarks))),
                declarations=tuple(dict.fromkeys((*known.declarations, *record.declarations))),
            )
        records[key] = record
    return list(records.values())


def _error_record(error: ReadError, source: Path, place: tuple[int, ...]) -> Record:
    """The record of a line, or of a whole source, that could not be read."""
    from therefore.reading.lines import shown

    column = getattr(error, "column", 1)
    expected = getattr(error, "expected", "") or Status.PROVED
    declaration = getattr(error, "declaration", "")
    own = error.path == shown(source)
    is_document = source.suffix == ".tex"
    where = f"{error.path}:{error.line}:{column}" if is_document else str(error.line)
    return Record(
        id=error.id or f"{shown(source)}{'::' if is_document else ':'}{where}",
        label=error.id.rpartition("::")[2],
        kind="error",
        file=error.path if is_document else shown(source),
        line=error.line,
        status=Status.ILL_FORMED,
        expected=Status(expected),
        remarks=(error.message if own or is_document else str(error),),
        column=column,
        document=shown(source),
        declarations=(declaration,) if declaration else (),
        place=place,
    )


def _assumed(conclusion: Term, hypotheses: Sequence[Term]) -> bool:
    """Whether every part of a conclusion is a part of a hypothesis, its sides turned or not."""
    known = {part for one in hypotheses for part in _parts(one)}
    turned = {(one[0], one[2], one[1]) for one in known if one[0] in ("=", "!=")}
    return all(part in known | turned for part in _parts(conclusion))


def _parts(formula: Term) -> list[Term]:
    if formula[0] != "and":
        return [formula]
    return [part for one in formula[1:] for part in _parts(one)]
