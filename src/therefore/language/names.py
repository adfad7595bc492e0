"""From the author's LaTeX names to the plain names of the kernel."""

from __future__ import annotations

import re

from therefore.kernel.terms import RESERVED
from therefore.language.errors import BadName

__all__ = ["kernel_name"]

# What stands above or below a letter is spelled out: \bar w is w_bar, w^* is w_star.
ACCENT = re.compile(
    r"\\(bar|hat|tilde|dot|ddot|vec|overline|widehat|widetilde)\s*(?:\{([^{}]*)\}|(\w))"
)
ACCENT_NAMES = {"overline": "bar", "widehat": "hat", "widetilde": "tilde"}
STYLES = "mathrm|mathbf|mathcal|mathbb|boldsymbol|operatorname|text"
STYLE = re.compile(rf"\\(?:{STYLES})\s*\{{([^{{}}]*)\}}")
ALLOWED = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def kernel_name(name: str) -> str:
    r"""The ASCII name of a LaTeX name.

    >>> kernel_name("w^*"), kernel_name(r"\bar w"), kernel_name(r"\eta"), kernel_name("x'")
    ('w_star', 'w_bar', 'eta', 'x_prime')

    The kernel's own words get an underscore: ``kernel_name(r"\lambda")`` is ``lambda_``.
    Raises ``BadName`` where nothing of the form ``[A-Za-z][A-Za-z0-9_]*`` comes out.
    """
    plain = STYLE.sub(r"\1", name)
    plain = ACCENT.sub(_spell_accent, plain)
    plain = plain.replace("*", " star ").replace("'", " prime ").replace(r"\star", " star ")
    plain = re.sub(r"\^\{?\+\}?", " plus ", plain)
    plain = re.sub(r"[\\{}^_\s,]+", "_", plain).strip("_")
    if not ALLOWED.fullmatch(plain) or not plain.isascii():
        raise BadName(
            f"the name {name!r} has no plain spelling; "
            "use letters, digits, subscripts, accents, primes and stars"
        )
    return f"{plain}_" if plain in RESERVED else plain


def _spell_accent(match: re.Match[str]) -> str:
    accent = ACCENT_NAMES.get(match[1], match[1])
    return f"{match[2] or match[3]} {accent} "
