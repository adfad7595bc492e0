r"""Statements on matrices of any size, as documents: each case with its declarations before it.

The cases and their truth stand in ``matrices.json``. Run by itself this prints a table:

    python tests/corpus/matrix_cases.py [--kind identity] [--budget 10] [T001 F025 …]
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

from front_door import Case, judged_documents, table

__all__ = ["Case", "document", "judged", "load"]

HERE = Path(__file__).resolve().parent

_GREEK = {"mu": "m", "Sig": r"\Sigma"}
_POSITIVE_INTEGER = re.compile(r"(\w+) positive integer")
_SAID = {
    "invertible": "invertible", "symmetric": "symmetric", "skew": "skew-symmetric",
    "orthogonal": "orthogonal", "idempotent": "idempotent", "nilpotent": "nilpotent",
    "posdef": "symmetric and positive definite", "possemidef": "positive semidefinite",
    "posemidef": "positive semidefinite", "fullrowrank": "of full row rank",
    "fullcolrank": "of full column rank", "projection": "an orthogonal projection",
}  # fmt: skip
_BLOCKS = {"A": "A_{11}", "B": "A_{12}", "C": "A_{21}", "D": "A_{22}"}


def load() -> list[Case]:
    """The cases, in the order of the file."""
    return list(json.loads((HERE / "matrices.json").read_text(encoding="utf-8"))["cases"])


def _term(text: str) -> str:
    """A SymPy text of an assumption in LaTeX."""
    text = re.sub(r"\bI\*", "i ", text)  # SymPy's imaginary unit
    text = re.sub(r"Identity\(\w+\)", "I", text)
    text = re.sub(r"Inverse\((\w+)\)", r"\1^{-1}", text)
    text = text.replace("**", "^").replace(".T", "^T").replace("*", " ")
    return re.sub(r"\bSig\b", r"\\Sigma", text)


def _space(name: str, size: list[str | int]) -> str:
    if not size:
        return rf"${name} \in \mathbb{{R}}$"
    if len(size) == 2 and str(size[1]) == "1":
        return rf"${name} \in \mathbb{{R}}^{{{size[0]}}}$"
    sizes = [str(one).replace("2*h+1", "n") for one in size]
    return rf"${name} \in \mathbb{{R}}^{{{sizes[0]} \times {sizes[1]}}}$"


def _assumption(text: str, case: Case) -> str:
    """A sentence for an assumption; empty where the declarations say it."""
    said = re.fullmatch(r"(\w+)\((.*)\)", text)
    if said and said[1] in _SAID:
        term = _term(said[2])
        if "A_{11}" in case["latex"]:
            term = _BLOCKS[term]
        return f"Suppose ${term}$ is {_SAID[said[1]]}."
    if said and said[1] == "detpos":
        return rf"Suppose $\det({_term(said[2])}) > 0$."
    if said and said[1] == "commute":
        left, right = said[2].split(",")
        return f"Suppose ${left}{right} = {right}{left}$."
    if "!=" in text:
        left, right = text.split("!=")
        return rf"Suppose ${left.strip()} \ne {right.strip()}$."
    number = _POSITIVE_INTEGER.fullmatch(text)
    if number:
        return f"Let ${number[1]}$ be a positive integer."
    if text.startswith("x~N"):
        return r"Let $x \sim \mathcal{N}(m, \Sigma)$."
    if text == "E[x]=mu":
        return r"Suppose $E[x] = m$."
    if text == "Var[x]=Sig":
        letter = "M" if "M" in case["latex"] else r"\Sigma"
        return rf"Suppose $\mathrm{{Cov}}(x) = {letter}$."
    return ""


def document(case: Case) -> str:
    """The case as a document: sizes, assumptions, then the line itself."""
    declared = []
    for name, size in case["sizes"].items():
        shown = _GREEK.get(name, name)
        if shown == r"\Sigma" and "M" in case["latex"] and r"\Sigma" not in case["latex"]:
            shown = "M"
        if "A_{11}" in case["latex"]:
            shown = _BLOCKS[name]
        declared.append(_space(shown, size))
    sentences = [f"Let {one}." for one in declared]
    sentences += [_assumption(text, case) for text in case["assumptions"]]
    said = "\n".join(one for one in sentences if one)
    line = case["latex"].replace("\\'", "'")
    return f"{said}\n\nThen\n\\begin{{equation}}\n{line} \\tag{{{case['id']}}}\n\\end{{equation}}\n"


def judged(cases: list[Case], budget: float = 10.0) -> dict[str, list[Any]]:
    """What the front door says of each case: its records in JSON, by the case."""
    return judged_documents({case["id"]: document(case) for case in cases}, budget)


def _name(case: Case) -> str:
    return f"{case['id']} {case['kind']:18}"


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--kind")
    parser.add_argument("--budget", type=float, default=10.0)
    parser.add_argument("--show", action="store_true", help="print the documents")
    options = parser.parse_args()
    cases = [
        case for case in load()
        if (not options.names or case["id"] in options.names)
        and (not options.kind or case["kind"] == options.kind)
    ]  # fmt: skip
    if not cases:
        sys.exit("no such cases")
    if options.show:
        print("\n".join(document(case) for case in cases))
    print(table(cases, judged(cases, options.budget), _name))


if __name__ == "__main__":
    _main()
