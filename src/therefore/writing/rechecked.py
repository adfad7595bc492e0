"""The report of ``therefore recheck``: the goal that each certificate proves."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from itertools import groupby

from therefore.kernel_process import Accepted
from therefore.recheck import Rechecked, said
from therefore.record import Problem
from therefore.writing.style import Style

__all__ = ["rechecked_report"]


def rechecked_report(
    results: Sequence[Rechecked], problems: Sequence[Problem], style: Style
) -> str:
    """Every certificate with its goal and the kernel's answer, and the count of both."""
    lines: list[str] = []
    for file, group in groupby(results, key=lambda result: result.entry.file):
        lines += [style.paint(file, "bold"), ""]
        for result in group:
            lines += _one(result, style)
        lines.append("")
    lines += [style.paint(str(problem), "red") for problem in problems]
    if problems:
        lines.append("")
    accepted = sum(result.accepted for result in results)
    seconds = sum(result.seconds for result in results)
    text = f"the kernel accepts {accepted} of {len(results)} certificates"
    colour = "green" if accepted == len(results) and not problems else "red"
    lines.append(style.paint(text, colour) + style.paint(f"  ({seconds:.2f} s)", "dim"))
    return "\n".join(lines)


def _one(result: Rechecked, style: Style) -> list[str]:
    entry, answer = result.entry, result.answer
    place = style.paint(f"{entry.file}:{entry.line}", "dim")
    name = entry.id.rpartition("::")[2]
    if isinstance(answer, Accepted):
        verb = "refuted" if answer.kind == "refutation" else "proved"
        head = f"  {style.paint('✓', 'green')} {name}  {style.paint(verb, 'green')}"
    else:
        head = f"  {style.paint('✗', 'bold', 'red')} {name}  {style.paint('rejected', 'red')}"
        head += f"  {answer}  {place}"
    goal = textwrap.wrap(said(entry), style.columns - 6, break_on_hyphens=False)
    return [head, *(f"      {line}" for line in goal)]
