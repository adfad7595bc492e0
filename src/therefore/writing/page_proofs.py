"""The steps of a derivation for a page: a chain where they are one, and the reason for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from therefore.goal import Term
from therefore.record import Record
from therefore.verdict import Status
from therefore.writing.latex import broken
from therefore.writing.latex_terms import LatexPrinter
from therefore.writing.markdown import display, escape, paragraph, text_mode
from therefore.writing.names import Names
from therefore.writing.proofs import certificate_line_latex
from therefore.writing.text_terms import TextPrinter

__all__ = ["LONGEST", "certificate_sentence", "in_full", "steps_of"]

# The longest start of a chain, in characters of its plain text, that has no line to itself.
_LONG = 42
# The longest reason, in characters of Markdown, that is not folded.
LONGEST = 500


def certificate_sentence(record: Record, links: Mapping[str, str]) -> str:
    """The certificate of a proved record in one line, or nothing."""
    if record.task is None or record.proof is None or record.status is not Status.PROVED:
        return ""
    goal, notation = record.task.goal, record.task.notation
    try:
        line = certificate_line_latex(goal, notation, record.proof, record.cited)
    except (AttributeError, KeyError, IndexError, TypeError, ValueError):
        return ""  # with an operation that has no notation yet
    return text_mode(line, links)


def steps_of(steps: Sequence[Record], links: Mapping[str, str]) -> list[str]:
    """The steps with their reasons."""
    chain = _chain([step.task.goal.conclusion for step in steps if step.task])
    printer = LatexPrinter(_names(steps))
    if chain:
        return [*_written_chain(chain, printer), *_reasons(steps, links)]
    conclusions = [step.task.goal.conclusion for step in steps if step.task]
    rows = [
        f"& {broken(printer, conclusion)} && \\text{{({number})}}"
        for number, conclusion in enumerate(conclusions, start=1)
    ]
    return [*_aligned(rows), *_reasons(steps, links)]


def _reasons(steps: Sequence[Record], links: Mapping[str, str]) -> list[str]:
    every = [_reason(step, links) for step in steps]
    if len(set(every)) == 1 and len(every) > 1:
        return [*paragraph(f"Each line: {every[0]}."), ""]
    lines: list[str] = []
    for number, (step, reason) in enumerate(zip(steps, every, strict=True), start=1):
        if len(reason) <= LONGEST:
            lines += paragraph(f"- **({number})** {reason}.", "  ")
        else:
            lines += [f"- **({number})** {escape(step.method)}.", ""]
            lines += [f"  {line}".rstrip() for line in in_full(reason)]
    return [*lines, ""]


def in_full(sentence: str) -> list[str]:
    """A certificate that takes more than a few lines, folded."""
    return [
        "<details><summary>In full</summary>", "", *paragraph(f"{sentence}."), "", "</details>", "",
    ]  # fmt: skip


def _reason(step: Record, links: Mapping[str, str]) -> str:
    if step.status is Status.PROVED:
        return certificate_sentence(step, links) or escape(step.method)
    said = escape("; ".join(step.remarks))
    return f"{step.status.value}" + (f": {said}" if said else "")


class _Link(NamedTuple):
    """A member of a chain and the sign before it."""

    sign: str
    member: Term


_SIGNS = {"=": "=", "<=": r"\le", "<": "<"}
_TURNED = {"=": "=", "<=": r"\ge", "<": ">"}


def _chain(conclusions: Sequence[Term]) -> list[_Link]:
    """The members of a chain, the first without a sign, or nothing where the steps are none.

    A relation is kept with the smaller side first; in a chain that goes down it is turned.
    """
    if any(len(one) != 3 or one[0] not in _SIGNS for one in conclusions) or not conclusions:
        return []
    for place in (1, 2):
        links = [_Link("", conclusions[0][place])]
        for head, left, right in conclusions:
            if left == links[-1].member:
                links.append(_Link(_SIGNS[head], right))
            elif right == links[-1].member:
                links.append(_Link(_TURNED[head], left))
            else:
                break
            if any(links[-1].member == earlier.member for earlier in links[:-1]):
                break  # back where it has been: lines, and not a chain
        else:
            return links
    return []


def _written_chain(chain: Sequence[_Link], printer: LatexPrinter) -> list[str]:
    """The chain, one member on each line; a long first member has the first line for itself."""
    first, *rest = chain
    start = printer.piece(first.member).text
    long = len(TextPrinter(printer.names).write(first.member)) > _LONG
    rows = [f"& {start}"] if long else []
    for number, link in enumerate(rest, start=1):
        before = r"& \quad" if long else f"{start} &" if number == 1 else "&"
        member = printer.piece(link.member).text
        rows.append(rf"{before} {link.sign} {member} && \text{{({number})}}")
    return _aligned(rows)


def _aligned(rows: Sequence[str]) -> list[str]:
    return display("\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}")


def _names(steps: Sequence[Record]) -> Names:
    """The names of all the steps, so that each is written in one way."""
    sorts: dict[str, Term] = {}
    notation: dict[str, str] = {}
    for step in steps:
        if step.task is not None:
            own = Names.of(step.task.goal, step.task.notation)
            sorts |= own.sorts
            notation |= own.notation
    return Names(sorts, notation)
