"""A certificate in one line that pencil and paper can check.

The line follows the certificate down to the inequality or identity on which it turns:
``RHS − LHS = 1/(2η)·‖w_{T+1} − w*‖² ≥ 0``. Facts that are equalities add zero and are named;
the slack of an inequality (its right side less its left) is written out, or as ``[h2]``. Of a
lemma whose own certificate is at hand the line of that certificate is taken over.
"""

from __future__ import annotations

from collections.abc import Mapping

from therefore.goal import Goal
from therefore.writing import rules_of_calculus, rules_of_logic, rules_of_matrices
from therefore.writing.combined import combined
from therefore.writing.latex_terms import LatexPrinter
from therefore.writing.names import Names
from therefore.writing.places_in_proofs import Cited, Data, Lemmas, start
from therefore.writing.terms import Printer
from therefore.writing.text_terms import TextPrinter
from therefore.writing.words_of_proofs import Rule, Writer

__all__ = ["Cited", "certificate_line", "certificate_line_latex"]

_RULES: dict[str, Rule] = {
    **rules_of_logic.RULES,
    **rules_of_calculus.RULES,
    **rules_of_matrices.RULES,
    "combine": combined,
}


def certificate_line(
    goal: Goal, notation: Mapping[str, str], certificate: Data, lemmas: Lemmas
) -> str:
    """The certificate of a proof in one line of text; ``lemmas`` holds goals by their hash."""
    return _line(TextPrinter(Names.of(goal, notation)), goal, certificate, lemmas, latex=False)


def certificate_line_latex(
    goal: Goal, notation: Mapping[str, str], certificate: Data, lemmas: Lemmas
) -> str:
    """The same line in LaTeX, for text mode: its mathematics stands between dollars."""
    return _line(LatexPrinter(Names.of(goal, notation)), goal, certificate, lemmas, latex=True)


def _line(
    printer: Printer,
    goal: Goal,
    certificate: Data,
    lemmas: Lemmas,
    *,
    latex: bool,
) -> str:
    writer = Writer(printer, lemmas, goal, _RULES, latex=latex)
    return writer.proof(certificate.get("proof"), start(goal), goal.conclusion)
