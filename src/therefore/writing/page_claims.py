"""A claim as a section of a page: statement, proof, certificate, and what is false beside it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from therefore.goal import Goal, from_lists
from therefore.record import Record
from therefore.task import Task
from therefore.verdict import Status
from therefore.writing.book import Book, Module, heading
from therefore.writing.counterexamples import in_order
from therefore.writing.latex import broken
from therefore.writing.latex_terms import LatexPrinter
from therefore.writing.markdown import display, escape, inline, listed, paragraph, slug
from therefore.writing.names import Names
from therefore.writing.page_proofs import LONGEST, certificate_sentence, in_full, steps_of

__all__ = ["axiom_link", "claim_section", "status_word"]

# Hypotheses of more characters than this are a list.
_LONG = 130
# The longest formula, in characters of LaTeX, that is not folded.
_SCREEN = 1200

_WORDS = {
    Status.PROVED: "proved",
    Status.REFUTED: "refuted",
    Status.SUPPORTED: "supported, not proved",
}


def claim_section(
    record: Record, module: Module, book: Book, page: str, drawings: Sequence[str] = ()
) -> list[str]:
    """A claim, or a derivation that proves no claim, with all that belongs to it.

    The lines of its ``drawings`` stand between the statement and the proof.
    """
    name = record.id.rpartition("::")[2]
    lines = [f"## {heading(module, name)}", ""]
    if record.task is None:
        return [*lines, f"**{status_word(record)}**: {escape('; '.join(record.remarks))}.", ""]
    links = _links(record, module, book, page)
    lines += [*_statement(record.task), *drawings]
    if record.status is not Status.PROVED:
        lines += [f"**{status_word(record).capitalize()}.** {_remarks(record)}", ""]
    lines += _proofs(record, module, links)
    lines += _trust(record, module, book, page, links)
    for twin in module.of(record, "twin"):
        lines += _twin(twin, record)
    return lines


def status_word(record: Record) -> str:
    """The status in lower case; of a status that is less than it seems, what it is not."""
    return _WORDS.get(record.status) or record.status.value.lower().replace("_", "-")


def axiom_link(name: str) -> str:
    """A link from the page of a module to an axiom."""
    words = name.replace("_", " ")
    return f"[{words}](../axioms.md#{slug(words)})"


def _links(record: Record, module: Module, book: Book, page: str) -> Mapping[str, str]:
    """What stands on the page for the names that the proofs of a record may cite."""
    own = [record, *module.of(record, "derivation")]
    steps = [step for one in own for step in module.of(one, "step")]
    found: dict[str, str] = {}
    for name in (name for one in (*own, *steps) for name in one.rests_on):
        if not name.startswith("axiom:"):
            found[name.rpartition("::")[2]] = book.link(name, page)
    for one in own:
        numbered = module.of(one, "step")
        if len(numbered) > 1:
            found |= {step.id.rpartition("::")[2]: f"({k})" for k, step in enumerate(numbered, 1)}
    return found


def _statement(task: Task) -> list[str]:
    """Declarations, definitions and hypotheses, then the conclusion."""
    printer, goal = LatexPrinter(Names.of(task.goal, task.notation)), task.goal
    said = [] if task.kind == "claim" else ["*Lemma.*"]
    if goal.declarations:
        said.append(f"Let {listed(_declared(printer, goal))}.")
    if goal.definitions:
        written = [inline(printer.definition(*definition)) for definition in goal.definitions]
        said.append(f"Write {listed(written)}.")
    given = [
        f"{inline(printer.write(hypothesis))} (h{place})"
        for place, hypothesis in enumerate(goal.hypotheses, start=1)
    ]
    conclusion = _displayed(broken(printer, goal.conclusion))
    if sum(map(len, given)) > _LONG:
        start = " ".join([*said, "Suppose"])
        return [start, "", *(f"- {one}" for one in given), "", "Then", *conclusion]
    if given:
        said.append(f"Suppose {listed(given)}.")
    then = "Then" if goal.declarations or given else "It holds that"
    return [" ".join([*said, then]), *conclusion]


def _declared(printer: LatexPrinter, goal: Goal) -> list[str]:
    """What each name stands for, those of one set together."""
    members: dict[str, list[str]] = {}
    for name, _ in goal.declarations:
        written, is_member, kind = printer.declaration(name).partition(r" \in ")
        members.setdefault(kind if is_member else written, []).append(written)
    return [
        inline(rf"{', '.join(names)} \in {kind}" if names != [kind] else kind)
        for kind, names in members.items()
    ]


def _displayed(formula: str) -> list[str]:
    """A formula in a block of its own, folded where it would fill the screen."""
    if len(formula) <= _SCREEN:
        return display(formula)
    return ["", "<details><summary>A long formula</summary>", *display(formula), "</details>", ""]


def _proofs(record: Record, module: Module, links: Mapping[str, str]) -> list[str]:
    """Each derivation with its steps; without any, the certificate is the proof."""
    derivations = module.of(record, "derivation")
    lines: list[str] = []
    if record.kind == "derivation":
        steps = module.of(record, "step")
        if len(steps) > 1:
            return ["**Proof.**", "", *steps_of(steps, links)]
        return _short_proof(record, module, links)
    for derivation in derivations:
        name = derivation.id.rpartition("::")[2]
        start = "Another proof" if lines else "Proof"
        steps = module.of(derivation, "step")
        if len(steps) < 2:
            lines += _short_proof(derivation, module, links)
            continue
        lines += [f"**{start}** (`{name}`).", "", *steps_of(steps, links)]
        if derivation.status is not Status.PROVED:
            lines += [f"**{status_word(derivation).capitalize()}.** {_remarks(derivation)}", ""]
    return lines or _short_proof(record, module, links)


def _short_proof(record: Record, module: Module, links: Mapping[str, str]) -> list[str]:
    line = certificate_sentence(record, links)
    if len(line) > LONGEST:
        steps = module.of(record, "step")
        method = steps[0].method if len(steps) == 1 else record.method
        return [f"**Proof.** {_sentence(escape(method))}", "", *in_full(line)]
    return [*paragraph(f"**Proof.** {_sentence(line)}"), ""] if line else []


def _trust(
    record: Record, module: Module, book: Book, page: str, links: Mapping[str, str]
) -> Iterator[str]:
    """The certificate: in a line, with what it rests on, and folded what a machine needs."""
    if record.proof is None or record.task is None or record.status is not Status.PROVED:
        return
    lemmas = [name for name in record.rests_on if not name.startswith("axiom:")]
    others = [name for name in lemmas if book.roots.get(name) != record.id]
    rests = list(dict.fromkeys(book.link(name, page) for name in others))
    axioms = [axiom_link(name[6:]) for name in record.rests_on if name.startswith("axiom:")]
    if axioms:
        rests.append(f"the {'axiom' if len(axioms) == 1 else 'axioms'} {listed(axioms)}")
    line = certificate_sentence(record, links) if _has_steps(record, module) else ""
    said = f"{_sentence(line)} " if line and len(line) <= LONGEST else ""
    on = listed(rests) or "the rules of the kernel alone"
    yield from paragraph(f"**Certificate.** {said}It rests on {on}.")
    yield ""
    yield from _folded(record, record.task, module)


def _has_steps(record: Record, module: Module) -> bool:
    derivations = [record, *module.of(record, "derivation")]
    return any(len(module.of(one, "step")) > 1 for one in derivations)


def _folded(record: Record, task: Task, module: Module) -> Iterator[str]:
    text = json.dumps(record.proof, separators=(",", ":"), ensure_ascii=True)
    rules = ", ".join(
        f"`{rule}`" + (f" × {count}" if count > 1 else "") for rule, count in _rules(record.proof)
    )
    size = f"{_bytes(len(text))}, {_count(record.proof)}"
    yield f"<details><summary>The certificate itself: {size}, hashes</summary>"
    yield ""
    yield f"- Rules: {rules}."
    if witness := _witness(record, task):
        yield f"- The hypotheses can hold together, for example at {witness}."
    yield f"- SHA-256 of the goal: `{(record.proof or {}).get('goal', '')}`"
    yield f"- SHA-256 of the certificate: `{hashlib.sha256(text.encode()).hexdigest()}`"
    if module.certificates_file:
        file = module.certificates_file
        yield f"- Kept in [`{file}`]({module.certificates}); `therefore recheck` of that file gives"
        yield "  it to the kernel alone."
    yield ""
    yield "</details>"
    yield ""


def _rules(proof: Any) -> list[tuple[str, int]]:
    """The rules of the kernel in a certificate, and how often each is used."""
    found: Counter[str] = Counter()
    waiting = [(proof or {}).get("proof")]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            found.update([part["rule"]] if isinstance(part.get("rule"), str) else [])
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))


def _count(proof: Any) -> str:
    count = sum(times for _, times in _rules(proof))
    return f"{count} {'step' if count == 1 else 'steps'} of the kernel"


def _bytes(count: int) -> str:
    return f"{count} bytes" if count < 1000 else f"{count / 1000:.1f} kB"


def _witness(record: Record, task: Task) -> str:
    """The values that the certificate gives for the names, where there are hypotheses."""
    witness = (record.proof or {}).get("witness")
    if not task.goal.hypotheses or not isinstance(witness, dict):
        return ""
    values = {name: from_lists(value) for name, value in witness.get("values", {}).items()}
    return _values(task, values)


def _values(task: Task, values: Mapping[str, Any]) -> str:
    printer = LatexPrinter(Names.of(task.goal, task.notation))
    try:
        shown = [printer.binding(name, values[name]) for name in in_order(task.goal, values)]
    except (AttributeError, KeyError, IndexError, TypeError, ValueError):
        return ""  # with a value that has no notation yet
    return listed(inline(one) for one in shown if one)


def _twin(twin: Record, claim: Record) -> Iterator[str]:
    """The claim with one thing wrong, and why it is false."""
    if twin.task is None or claim.task is None:
        return
    printer = LatexPrinter(Names.of(twin.task.goal, twin.task.notation))
    yield f"**With one thing wrong.** {_otherwise(printer, twin.task, claim.task)}"
    yield from _displayed(broken(printer, twin.task.goal.conclusion))
    if twin.status is not Status.REFUTED:
        yield f"is not refuted, but {status_word(twin)}. {_remarks(twin)}"
        yield ""
        return
    yield f"is false{_counterexample(twin, twin.task)}."
    yield ""


def _otherwise(printer: LatexPrinter, twin: Task, claim: Task) -> str:
    """What the twin assumes and defines otherwise than the claim."""
    new = [one for one in twin.goal.definitions if one not in claim.goal.definitions]
    written = [inline(printer.definition(*definition)) for definition in new]
    said = [f"with {listed(written)}"] if written else []
    more = [one for one in twin.goal.hypotheses if one not in claim.goal.hypotheses]
    more = [one for one in more if one not in _of_declarations(twin.goal)]
    assumed = listed(inline(printer.write(one)) for one in more)
    gone = [k for k, one in enumerate(claim.goal.hypotheses, 1) if one not in twin.goal.hypotheses]
    dropped = listed(f"h{place}" for place in gone)
    if more and gone:
        said.append(f"with {assumed} in the place of {dropped}")
    elif more or gone:
        said.append(f"for {assumed}" if more else f"without {dropped}")
    start = ", ".join(said)
    return f"{start[:1].upper()}{start[1:]}, the line" if said else "The line"


def _of_declarations(goal: Goal) -> list[Any]:
    """Hypotheses that only say that a size or a horizon is at least 1."""
    return [("<=", "1", name) for name, _ in goal.declarations]


def _counterexample(record: Record, task: Task) -> str:
    found = record.verdict.counterexample if record.verdict else None
    if found is None:
        said = record.counterexample.removeprefix("it is false ")
        return f" {said}" if said == "as it stands" else f": {escape(said)}" if said else ""
    shown = _values(task, found.values) or escape(", ".join(found.shown.values()))
    why = f": {escape(found.explanation)}" if found.explanation else ""
    return f" at {shown}{why}" if shown else why


def _remarks(record: Record) -> str:
    return _sentence(escape("; ".join(record.remarks)))


def _sentence(text: str) -> str:
    """The text as a sentence; a name or a formula at its start stays as it is."""
    if not text:
        return ""
    return f"{text[0].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"
