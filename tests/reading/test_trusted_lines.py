"""What is trusted of the reading is counted in SOUNDNESS.md, and the count is kept true."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "kernel"))


def test_the_table_has_the_lines_of_each_file() -> None:
    """A file that grows has to be counted again."""
    from counting import code_lines

    text = (ROOT / "SOUNDNESS.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `((?:reading|language)/\w+\.py)` \|.*\| (\d+) \|$", text, re.MULTILINE)
    assert rows
    for name, count in rows:
        source = (ROOT / "src" / "therefore" / name).read_text(encoding="utf-8")
        assert code_lines(source) == int(count), name
    total = re.search(r"^\| \*\*the reading\*\* \|.*\| \*\*(\d+)\*\* \|$", text, re.MULTILINE)
    assert total and int(total[1]) == sum(int(count) for _, count in rows)
