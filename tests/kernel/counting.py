"""Lines of code: what is left of a file without blank lines, comments and docstrings."""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from pathlib import Path

__all__ = ["code_lines", "recounted"]

_SILENT = {
    tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT,
    tokenize.ENDMARKER,
}  # fmt: skip


def code_lines(text: str) -> int:
    """How many lines of a Python file hold code."""
    words: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        is_block = isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        if is_block and ast.get_docstring(node) is not None:
            words |= set(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    code: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in _SILENT:
            code |= set(range(token.start[0], token.end[0] + 1))
    return len(code - words)


def recounted(text: str, package: Path) -> str:
    """SOUNDNESS.md with the counts of its tables brought up to date."""
    total = 0

    def row(match: re.Match[str]) -> str:
        nonlocal total
        start, name, between, bold = match[1], match[2], match[3], match[4]
        if bold:
            found, total = total, 0
            return f"{start}{name}{between}{bold}{found}{bold} |"
        found = code_lines((package / name.strip("`")).read_text(encoding="utf-8"))
        total += found
        return f"{start}{name}{between}{found} |"

    pattern = r"^(\| )(`\w+/[\w/]+\.py`|\*\*the \w+\*\*)( \|.*\| )(\*\*)?\d+(?:\*\*)? \|$"
    return re.sub(pattern, row, text, flags=re.MULTILINE)


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        root = Path(__file__).resolve().parents[2]
        table = root / "SOUNDNESS.md"
        text = table.read_text(encoding="utf-8")
        table.write_text(recounted(text, root / "src" / "therefore"), encoding="utf-8")
    else:
        for name in sys.argv[1:]:
            print(code_lines(Path(name).read_text(encoding="utf-8")), name)
