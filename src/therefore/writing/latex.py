"""A checked derivation as a LaTeX document: statements, steps, certificates and false twins.

The document is complete; it compiles with ``latexmk -pdf`` and needs amsmath, amssymb and
hyperref only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from therefore.goal import Term
from therefore.record import Record
from therefore.task import Task
from therefore.verdict import Status
from therefore.writing.counterexamples import in_order
from therefore.writing.latex_terms import LatexPrinter
from therefore.writing.names import Names
from therefore.writing.patterns import equivalence, unique_minimiser
from therefore.writing.proofs import certificate_line_latex
from therefore.writing.text_terms import TextPrinter

__all__ = ["broken", "document", "escape"]

_PREAMBLE = r"""\documentclass[11pt]{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\DeclareUnicodeCharacter{2212}{\ensuremath{-}}
\usepackage{amsmath}
\usepackage{amssymb}
\usepackage[hidelinks]{hyperref}
\setlength{\textwidth}{16cm}
\setlength{\oddsidemargin}{0cm}
\setlength{\textheight}{23cm}
\setlength{\topmargin}{-1cm}
\setlength{\parindent}{0pt}
\setlength{\parskip}{0.6\baselineskip}
\allowdisplaybreaks
\raggedright
\newtheorem{claim}{Claim}
\newcommand{\verdict}[1]{\textbf{\textsc{#1}}}
"""

# What LaTeX would take for its own, and the signs that stand in remarks and methods.
_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "_": r"\_", "^": r"\^{}", "#": r"\#",
    "&": r"\&", "%": r"\%", "$": r"\$", "~": r"\~{}", "−": "$-$", "·": r"$\cdot$", "≤": r"$\le$",
    "≥": r"$\ge$", "≠": r"$\ne$", "→": r"$\to$", "∞": r"$\infty$", "∑": r"$\sum$", "‖": r"$\|$",
    "⟨": r"$\langle$", "⟩": r"$\rangle$", "√": r"$\surd$", "∇": r"$\nabla$", "∈": r"$\in$",
    "ℝ": r"$\mathbb{R}$", "…": r"\dots{}", "⇒": r"$\Rightarrow$", "⇔": r"$\Leftrightarrow$",
    "∴": r"$\therefore$", "↦": r"$\mapsto$", "²": "$^2$", "³": "$^3$", "×": r"$\times$",
    "–": "--", "’": "'", "η": r"$\eta$", "λ": r"$\lambda$", "ρ": r"$\rho$", "α": r"$\alpha$",
}  # fmt: skip

# The longest formula, in characters of its plain text, that is set on one line.
_LONG = 90
_LONG_NORM = re.compile(
    r"\\left\\lVert ((?:(?!\\right\\rVert|\\left\\lVert).){120,}) \\right\\rVert"
)
# The most signs, without brackets and commands, in a line that is set in full size.
_WIDE = 70
# The longest piece of a sum or a product that is broken.
_SHORT = 60


def document(records: Sequence[Record], title: str = "") -> str:
    """A complete LaTeX document on these records, one section for each source file."""
    files = list(dict.fromkeys(record.file for record in records))
    if not title:
        title = rf"\texttt{{{escape(files[0])}}}" if len(files) == 1 else "Checked derivations"
    lines = [_PREAMBLE + rf"\title{{{title}}}", r"\date{}", r"\begin{document}", r"\maketitle", ""]
    lines += _overview(records)
    for file, group in groupby(records, key=lambda record: record.file):
        if len(files) > 1:
            lines += ["", rf"\section{{\texttt{{{escape(file)}}}}}"]
        lines += _file(list(group))
    lines += ["", r"\end{document}", ""]
    return "\n".join(lines)


def escape(text: str) -> str:
    """Plain text for LaTeX's text mode; a sign that no font has here becomes its code point.

    >>> escape("regret_lemma: 100 %")
    'regret\\\\_lemma: 100 \\\\%'
    """
    return "".join(_SPECIAL.get(c) or (c if ord(c) < 128 else f"U+{ord(c):04X}") for c in text)


def _overview(records: Sequence[Record]) -> Iterator[str]:
    shown = [record for record in records if record.kind in ("claim", "twin", "error")]
    if not shown:
        return
    yield r"\begin{center}\begin{tabular}{lll}"
    yield r"line & verdict & random instances \\ \hline"
    for record in shown:
        name = _typewriter(record)
        yield rf"{name} & \verdict{{{_lower(record.status)}}} & {_instances(record)} \\"
    yield r"\end{tabular}\end{center}"


def _file(records: Sequence[Record]) -> Iterator[str]:
    known = {record.id for record in records}
    roots = [record for record in records if record.parent not in known]
    for record in roots:
        yield ""
        yield from _root(record, records)


def _root(record: Record, records: Sequence[Record]) -> Iterator[str]:
    if record.kind == "error" or record.task is None:
        yield rf"\paragraph{{Line {record.line}.}} \verdict{{{_lower(record.status)}}}: "
        yield escape("; ".join(record.remarks))
        return
    children = [child for child in records if child.parent == record.id]
    yield from _statement(record, record.task)
    for child in children:
        if child.kind == "derivation":
            yield from _derivation(child, records)
    if record.kind == "derivation":
        yield from _steps(record, records)
    yield from _verdict(record)
    for child in children:
        if child.kind == "twin":
            yield from _twin(child)


def _statement(record: Record, task: Task) -> Iterator[str]:
    printer = LatexPrinter(Names.of(task.goal, task.notation))
    yield rf"\begin{{claim}}[{_typewriter(record)}]"
    declared = [f"${printer.declaration(name)}$" for name, _ in task.goal.declarations]
    if declared:
        yield f"Let {_listed(declared)}."
    for definition in task.goal.definitions:
        written = printer.definition(*definition)
        if len(written) > _LONG:  # else TeX breaks no line between the arguments
            written = written.replace(", ", r", \allowbreak ")
        yield f"Write ${written}$."
    if task.goal.hypotheses:
        yield "Suppose"
        yield r"\begin{gather*}"
        lines = [
            rf"{broken(printer, hypothesis)} \tag{{h{place}}}"
            for place, hypothesis in enumerate(task.goal.hypotheses, start=1)
        ]
        yield " \\\\\n".join(lines)
        yield r"\end{gather*}"
    if declared or task.goal.hypotheses:
        yield "Then"
    formula = rf"\[ {broken(printer, task.goal.conclusion)} \]"
    yield _sized(printer, task.goal.conclusion, formula)
    yield r"\end{claim}"


def _derivation(record: Record, records: Sequence[Record]) -> Iterator[str]:
    yield ""
    yield rf"\textit{{Derivation}} {_typewriter(record)}."
    yield from _steps(record, records)
    if record.status is Status.PROVED:
        yield r"This reaches the claim.\hfill$\square$"
    else:
        yield rf"\verdict{{{_lower(record.status)}}}. {escape('; '.join(record.remarks))}"


def _steps(record: Record, records: Sequence[Record]) -> Iterator[str]:
    steps = [r for r in records if r.kind == "step" and r.parent == record.id and r.task]
    if not steps:
        return
    yield r"\begin{enumerate}"
    for step in steps:
        if step.task is None:
            continue
        printer = LatexPrinter(Names.of(step.task.goal, step.task.notation))
        formula = f"${broken(printer, step.task.goal.conclusion, display=True)}$"
        yield rf"\item {_sized(printer, step.task.goal.conclusion, formula)}\\"
        yield rf"{_because(step)}"
    yield r"\end{enumerate}"


def _because(record: Record) -> str:
    """The justification of a step, or what is wrong with it."""
    if record.status is Status.PROVED:
        return rf"\small {_certificate(record) or escape(record.method)}."
    remark = escape("; ".join(record.remarks))
    return rf"\small \verdict{{{_lower(record.status)}}}. {_counterexample(record) or remark}"


def _verdict(record: Record) -> Iterator[str]:
    yield ""
    said = [escape(record.method)] if record.method else []
    if record.rests_on:
        said.append("it rests on " + _listed([_short(name) for name in record.rests_on]))
    if record.instances is not None:
        said.append(_agreement(record))
    said += [escape(remark) for remark in record.remarks]
    more = "".join(f"; {phrase}" for phrase in said)
    yield rf"\textit{{Verdict}}: \verdict{{{_lower(record.status)}}}{more}."
    line = _certificate(record)
    if line:
        yield ""
        yield rf"\textit{{Certificate}}: {line}."
    elif record.status in (Status.REFUTED, Status.CONTRADICTION):
        yield ""
        yield rf"\textit{{Counterexample}}: {_counterexample(record)}."


def _twin(record: Record) -> Iterator[str]:
    if record.task is None:
        return
    printer = LatexPrinter(Names.of(record.task.goal, record.task.notation))
    yield ""
    yield rf"\textit{{False twin}} {_typewriter(record)}. The line"
    formula = rf"\[ {broken(printer, record.task.goal.conclusion)} \]"
    yield _sized(printer, record.task.goal.conclusion, formula)
    counterexample = _counterexample(record)
    if record.status is Status.REFUTED and counterexample:
        yield rf"is false: {counterexample}."
    else:
        remark = escape("; ".join(record.remarks))
        yield rf"is not as expected: \verdict{{{_lower(record.status)}}}. {remark}"


def _certificate(record: Record) -> str:
    if record.task is None or record.proof is None or record.status is not Status.PROVED:
        return ""
    task = record.task
    line = certificate_line_latex(task.goal, task.notation, record.proof, record.cited)
    # TeX breaks no line between \left and \right.
    return re.sub(_LONG_NORM, r"\\lVert \1 \\rVert", line)


def _counterexample(record: Record) -> str:
    if record.task is None or record.verdict is None or record.verdict.counterexample is None:
        return escape(record.counterexample)
    values = record.verdict.counterexample.values
    printer = LatexPrinter(Names.of(record.task.goal, record.task.notation))
    goal = record.task.goal
    shown = [f"${printer.binding(name, values[name])}$" for name in in_order(goal, values)]
    both = record.verdict.counterexample.explanation
    return f"at {_listed(shown)}" + (f": {escape(both)}" if both else "")


def _agreement(record: Record) -> str:
    found = record.instances
    if found is None:
        return ""
    sizes = ", ".join(f"{escape(name)} = {escape(span)}" for name, span in found.sizes.items())
    text = f"{found.agreeing} of {found.usable} random instances agree"
    return text + (f" ({sizes}, seed {found.seed})" if sizes else f" (seed {found.seed})")


def broken(printer: LatexPrinter, term: Term, *, display: bool = False) -> str:
    """A formula, broken before its relations, and between its parts, where it is too long."""
    style = r"\displaystyle " if display else ""
    lines = _lines(printer, term)
    if len(lines) == 1:
        return style + lines[0]
    body = r" \\ ".join(f"& {style}{line}" for line in lines)
    return rf"\begin{{aligned}} {body} \end{{aligned}}"


def _sized(printer: LatexPrinter, term: Term, formula: str) -> str:
    """The formula as it is set; smaller where a line of it is too wide for the page."""
    lines = (line.replace(r"\qquad", "qqq") for line in _lines(printer, term))
    signs = max(len(re.sub(r"\\[A-Za-z]+|[{}_^ ]", "", line)) for line in lines)
    return rf"{{\footnotesize {formula}}}" if signs > _WIDE else formula


def _lines(printer: LatexPrinter, term: Term) -> list[str]:
    """A formula in as many lines as it needs."""
    if len(TextPrinter(printer.names).write(term)) <= _LONG:
        return [printer.write(term)]
    if term[0] in printer.relations and len(term) == 3:
        left, (right, *below) = (_side(printer, part) for part in term[1:])
        relation = rf"\qquad {printer.relations[term[0]]} {right}"
        return [*left, relation, *(rf"\qquad {line}" for line in below)]
    if term[0] == "and" and not equivalence(term) and not unique_minimiser(term):
        first, *others = (
            _lines(printer, part) if part[0] in printer.relations else [printer.part(part)]
            for part in _parts(term)
        )
        more = [[rf"\text{{and }} {line}", *rest] for line, *rest in others]
        return [line for lines in (first, *more) for line in lines]
    return [printer.write(term)]


def _side(printer: LatexPrinter, term: Term) -> list[str]:
    """A side of a relation; a long sum is broken before a term, a long product before a factor."""
    if len(TextPrinter(printer.names).write(term)) <= _LONG:
        return [printer.piece(term).text]
    if term[0] == "+":
        first, *others = _in_groups(printer, term)
        start = printer.write(first)
        signed = (printer.write(("+", first, *_parts_of(other, "+"))) for other in others)
        return [start, *(rf"\qquad {text.removeprefix(start).strip()}" for text in signed)]
    if term[0] == "*":
        first, *others = (printer.factor(group) for group in _in_groups(printer, term))
        return [first, *(rf"\qquad {{}}\cdot {text}" for text in others)]
    return [printer.piece(term).text]


def _in_groups(printer: LatexPrinter, term: Term) -> list[Term]:
    """The sums or products of which a long one consists, each of them short."""
    plain, head = TextPrinter(printer.names), term[0]
    groups: list[Term] = []
    for part in _parts_of(term, head):
        joined = (head, *_parts_of(groups[-1], head), part) if groups else part
        if groups and len(plain.write(joined)) <= _SHORT:
            groups[-1] = joined
        else:
            groups.append(part)
    return groups


def _parts_of(term: Term, head: str) -> tuple[Term, ...]:
    """The terms of a sum or the factors of a product, however it is bracketed on the left."""
    return (*_parts_of(term[1], head), *term[2:]) if term[0] == head else (term,)


def _parts(term: Term) -> Iterator[Term]:
    """What a conjunction says, one after another, however it is bracketed."""
    if term[0] == "and" and not equivalence(term) and not unique_minimiser(term):
        for part in term[1:]:
            yield from _parts(part)
    else:
        yield term


def _typewriter(record: Record) -> str:
    return rf"\texttt{{{escape(record.label or record.id.rpartition('::')[2])}}}"


def _short(name: str) -> str:
    written = escape(name.rpartition("::")[2]).replace(r"\_", r"\_\allowbreak{}")
    return rf"\texttt{{{written}}}".replace(".", r".\allowbreak{}")


def _instances(record: Record) -> str:
    if record.instances is None:
        return "none"
    return f"{record.instances.agreeing} of {record.instances.usable} agree"


def _lower(status: Status) -> str:
    return escape(status.value.lower().replace("_", "-"))


def _listed(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
