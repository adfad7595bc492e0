"""What holds for pages of any derivations: their links lead somewhere, their formulas render."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from therefore.pages import Pages

# What is written of LaTeX's commands; each is known to MathJax, to KaTeX and to GitHub.
_NAMES = """
    tilde bar hat dot vec frac tfrac sqrt sum int lim to infty le ge ne in mathbb mathrm mathtt
    mathbf mathcal lvert rvert lVert rVert left right langle rangle nabla partial colon dots leq
    geq neq mapsto text begin end qquad quad Rightarrow Leftrightarrow times top cdot circ odot
    otimes exp log sin cos tan tanh sinh cosh max min det arg pi alpha beta gamma delta epsilon
    varepsilon zeta eta theta iota kappa lambda mu nu xi rho sigma tau upsilon phi varphi chi
    psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell star prime forall
    exists lfloor rfloor lceil rceil equiv pmod bmod neg land lor wedge vee substack
    displaystyle prod ast overline cap cup setminus subset subseteq mid not limits sim
"""
COMMANDS = frozenset(_NAMES.split())


def formulas(text: str) -> list[str]:
    """The formulas of a page."""
    blocks = re.findall(r"```math\n(.*?)\n *```", text, re.DOTALL)
    return blocks + re.findall(r"\$`([^`]*)`\$", text)


def assert_links(pages: Pages, out: Path) -> None:
    """Every link of these pages has its target."""
    anchors = {name: set(map(anchor, headings(text))) for name, text in pages.texts.items()}
    for name, text in pages.texts.items():
        assert len(headings(text)) == len(anchors[name]), f"{name} has a heading twice"
        for target in re.findall(r"\]\(([^()\s]+)\)", text):
            way, _, place = target.partition("#")
            file = posixpath.normpath(posixpath.join(posixpath.dirname(name), way)) if way else name
            if place:
                assert place in anchors[file], (name, target)
            elif file not in pages.texts and file not in pages.figures:
                assert (out / file).exists(), (name, target)


def headings(text: str) -> list[str]:
    """The headings of a page without their marks; a link in one counts by its text."""
    found = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return [re.sub(r"\[(.*?)\]\(.*?\)", r"\1", one) for one in found]


def anchor(heading: str) -> str:
    """What GitHub makes of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def assert_renders(pages: Pages) -> None:
    """Formulas have balanced braces and known commands only, and nothing else looks like one."""
    for name, text in pages.texts.items():
        for one in formulas(text):
            unknown = set(re.findall(r"\\([A-Za-z]+)", one.replace("\\\\", ""))) - COMMANDS
            assert not unknown, (name, unknown, one)
            bare = re.sub(r"\\[{}]", "", one)
            assert bare.count("{") == bare.count("}"), (name, one)
            assert one.count("\\left") == one.count("\\right") + one.count("\\leftarrow"), one
        rest = re.sub(r"```.*?```|\$`[^`]*`\$|`[^`]*`", "", text, flags=re.DOTALL)
        assert "$" not in rest, name
        assert text.count("<details>") == text.count("</details>")
