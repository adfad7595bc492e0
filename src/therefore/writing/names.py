"""How the names of a goal are written, in Unicode and in LaTeX.

A kernel name is ASCII. The author's LaTeX for it, where there is any, comes with the task as
its ``notation``; otherwise a Greek name is read as the letter, and ``w_star`` as w*.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count

from therefore.goal import Goal, Term

__all__ = ["Names", "latex_to_text"]

_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ",
    "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ",
    "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ",
    "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ",
    "Omega": "Ω",
}  # fmt: skip

_SYMBOLS = {
    "ell": "ℓ", "nabla": "∇", "infty": "∞", "star": "*", "ast": "*", "prime": "′", "top": "ᵀ",
    "cdot": "·", "ldots": "…", "dots": "…",
}  # fmt: skip

_ACCENTS = {"bar": "\u0304", "hat": "\u0302", "tilde": "\u0303", "dot": "\u0307", "vec": "\u20d7"}

_FONTS = "mathrm|mathbf|mathit|mathcal|operatorname|text|boldsymbol"

# Letters by which a bound variable of each kind may be called, the most usual first.
_BOUND = {
    "integer": "tijkmrs",
    "residue": "ijklmrs",
    "element": "abxyzuv",
    "field": "KLFE",
    "size": "nmkTN",
    "real": "xyzabsu",
    "vector": "xyzuvab",
    "matrix": "ABCXYZ",
    "function": "ghpqrFG",
}


def latex_to_text(latex: str) -> str:
    """The Unicode text of a short piece of LaTeX, such as a name.

    >>> latex_to_text(r"\\eta"), latex_to_text("w^*"), latex_to_text(r"\\bar{w}")
    ('η', 'w*', 'w̄')
    """
    text = latex.strip()
    for accent, mark in _ACCENTS.items():
        text = re.sub(rf"\\{accent}\s*\{{?([A-Za-z])\}}?", rf"\1{mark}", text)
    text = re.sub(rf"\\(?:{_FONTS})\s*\{{(\w*)\}}", r"\1", text)
    text = re.sub(r"\\([A-Za-z]+)", _control_word, text)
    text = text.replace("^{*}", "*").replace("^*", "*").replace("^′", "′").replace("^ᵀ", "ᵀ")
    text = re.sub(r"_\{(\w)\}", r"_\1", text)
    return re.sub(r"\s+", "", text)


def _control_word(match: re.Match[str]) -> str:
    word = match.group(1)
    return _GREEK.get(word) or _SYMBOLS.get(word) or word


def _default_latex(name: str) -> str:
    """LaTeX for a kernel name of which the author said nothing."""
    base, mark = name, ""
    for ending, superscript in (("_star", "^*"), ("_prime", "'")):
        if base.endswith(ending):
            base, mark = base.removesuffix(ending), superscript
    for accent in ("bar", "hat", "tilde"):
        if base.endswith(f"_{accent}"):
            return f"\\{accent}{{{_letter(base.removesuffix(f'_{accent}'))}}}{mark}"
    head, _, index = base.partition("_")
    subscript = f"_{{{index.replace('_', ',')}}}" if index else ""
    return f"{_letter(head)}{subscript}{mark}"


def _letter(name: str) -> str:
    stem = name.rstrip("0123456789")
    digits = name[len(stem) :]
    index = f"_{{{digits}}}" if digits else ""
    if stem in _GREEK:
        return f"\\{stem}{index}"
    return f"{stem}{index}" if len(stem) == 1 else f"\\mathrm{{{name}}}"


@dataclass(frozen=True)
class Names:
    """The names in force: their sorts, and how the author writes them."""

    sorts: Mapping[str, Term] = field(default_factory=dict)
    notation: Mapping[str, str] = field(default_factory=dict)

    @staticmethod
    def of(goal: Goal, notation: Mapping[str, str] | None = None) -> Names:
        """The names that a goal declares and defines."""
        sorts: dict[str, Term] = dict(goal.declarations)
        for name, parameters, _body in goal.definitions:
            sorts[name] = ("function", parameters, "real") if parameters else "real"
        return Names(sorts, notation or {})

    def latex(self, name: str) -> str:
        """The name in LaTeX: as the author writes it, or spelled from the kernel name."""
        return self.notation.get(name) or _default_latex(name)

    def text(self, name: str) -> str:
        """The name in Unicode text."""
        return latex_to_text(self.latex(name))

    @cached_property
    def _taken(self) -> frozenset[str]:
        return frozenset({*self.sorts, *(self.text(name) for name in self.sorts)})

    def fresh(self, sort: Term, in_use: Iterable[str]) -> str:
        """A letter for a bound variable of this sort that nothing else is called by."""
        kind = sort if isinstance(sort, str) else sort[0]
        taken = self._taken.union(in_use)
        letters = _BOUND.get(kind, "xyz")
        for letter in letters:
            if letter not in taken:
                return letter
        numbered = (f"{letters[0]}_{n}" if n < 10 else f"{letters[0]}_{{{n}}}" for n in count(1))
        return next(name for name in numbered if name not in taken)
