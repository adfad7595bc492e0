"""Markdown that GitHub shows as it is meant, mathematics included.

Mathematics stands between ``$`` and backticks, or in a block of its own, where Markdown takes
nothing for its own; commands that GitHub refuses are put in other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

__all__ = [
    "adapted", "cell", "display", "escape", "inline", "listed", "page", "paragraph",
    "slug",
    "text_mode",
]  # fmt: skip

# Operators that LaTeX knows itself; of the others only the upright letters are kept.
_KNOWN = frozenset(
    ("arctan", "arg", "cos", "det", "exp", "log", "max", "min", "sin", "tan", "tanh")
)
# The longest formula, in characters of LaTeX, that stands within a sentence.
_LONG = 160
_SPECIAL = re.compile(r"([\\`*_<$#~])")


def adapted(latex: str) -> str:
    r"""LaTeX without the commands that GitHub refuses, and without a bare bar, which ends a cell.

    >>> adapted(r"\operatorname{circ}(c) = \operatorname{exp}(x)")
    '\\mathrm{circ}(c) = \\exp(x)'
    """
    latex = re.sub(r"(?<=[\w)}]) \\operatorname", r" \\,\\operatorname", latex)
    latex = re.sub(r"\\operatorname\*?\{(\w+)\}", _operator, latex)
    latex = re.sub(r"\\text\{\[([\w\\.]*\\_[\w\\.]*)\]\}", r"[\\mathtt{\1}]", latex)
    latex = re.sub(r"^\\text\{ | \}$", lambda end: end[0].replace(" ", ""), latex)
    latex = latex.replace(r"\right|", r"\right\rvert ").replace(r"\left|", r"\left\lvert ")
    return re.sub(r" +", " ", latex.replace("\n", " ")).strip()


def _operator(match: re.Match[str]) -> str:
    name = match[1]
    return rf"\{name}" if name in _KNOWN else rf"\mathrm{{{name}}}"


def page(lines: Iterable[str]) -> str:
    """The lines of a file, with no more than one empty line between two."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def inline(latex: str) -> str:
    """A formula within a sentence."""
    return f"$`{adapted(latex)}`$"


def display(latex: str) -> list[str]:
    """The lines of a formula that stands by itself."""
    rows = [adapted(row) for row in latex.splitlines()]
    return ["", "```math", *(row for row in rows if row), "```", ""]


def escape(text: str) -> str:
    r"""Plain words, of which Markdown takes nothing for its own.

    >>> escape("a_1 * b < 2")
    'a\\_1 \\* b \\< 2'
    """
    return _SPECIAL.sub(r"\\\1", text)


def cell(text: str) -> str:
    """Plain words in a table, where a bar would end the cell."""
    return escape(text).replace("|", r"\|")


def paragraph(text: str, indent: str = "") -> list[str]:
    """The lines of a paragraph, in which a long formula has a block of its own.

    ``indent`` is that of a list item, of which the first line has been indented already.
    """
    lines: list[str] = []
    for place, part in enumerate(re.split(rf"\$`([^`]{{{_LONG},}})`\$", text)):
        if place % 2:
            lines += [f"{indent}{line}" if line else "" for line in display(part)]
        elif said := part.strip().lstrip(",;. "):
            lines.append(f"{indent if place else ''}{said}")
    return lines


def text_mode(latex: str, links: Mapping[str, str]) -> str:
    r"""A sentence in LaTeX's text mode, with ``$`` around its formulas, as Markdown.

    ``links`` are put in the place of the names that they belong to.

    >>> text_mode(r"by first\_lemma, $x < 1$", {"first_lemma": "[first](#first)"})
    'by [first](#first), $`x < 1`$'
    """
    said = []
    for place, part in enumerate(latex.split("$")):
        if place % 2:
            said.append(inline(part))
        else:
            said.append(_words(re.sub(r"\\([_&%#{}])", r"\1", part), links))
    return "".join(said)


def _words(text: str, links: Mapping[str, str]) -> str:
    if not links:
        return escape(text)
    names = "|".join(re.escape(name) for name in sorted(links, key=len, reverse=True))
    parts = re.split(rf"(?<![\w.])({names})(?![\w]|\.\w)", text)
    return "".join(links.get(part) or escape(part) for part in parts)


def slug(heading: str) -> str:
    """The anchor that GitHub makes of a heading.

    >>> slug("`regret.one_step`"), slug("The axioms, in full")
    ('regretone_step', 'the-axioms-in-full')
    """
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def listed(parts: Iterable[str]) -> str:
    """Parts of a sentence, with commas and an "and"."""
    every = list(parts)
    return " and ".join([", ".join(every[:-1]), every[-1]] if len(every) > 1 else every)
