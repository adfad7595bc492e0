"""What is trusted of the reading is counted in SOUNDNESS.md, and the count is kept true."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
READER = ("reading/latex/", "reading/standard.py", "reading/sources.py")
sys.path.insert(0, str(ROOT / "tests" / "kernel"))


def test_the_tables_have_the_lines_of_each_file() -> None:
    """A file that grows has to be counted again, and a new one has to be entered."""
    from counting import code_lines

    text = (ROOT / "SOUNDNESS.md").read_text(encoding="utf-8")
    package = ROOT / "src" / "therefore"
    rows = re.findall(
        r"^\| `((?:reading|language)/[\w/]+\.py)` \|.*\| (\d+) \|$", text, re.MULTILINE
    )
    assert rows
    for name, count in rows:
        assert code_lines((package / name).read_text(encoding="utf-8")) == int(count), name
    latex = [row for row in rows if row[0].startswith(READER)]
    others = [row for row in rows if not row[0].startswith(READER)]
    for title, table in (("reading", others), ("reader", latex)):
        total = re.search(
            rf"^\| \*\*the {title}\*\* \|.*\| \*\*(\d+)\*\* \|$", text, re.MULTILINE
        )
        assert total and int(total[1]) == sum(int(count) for _, count in table)
    listed = {name for name, _ in latex if "/latex/" in name}
    files = (package / "reading" / "latex").glob("*.py")
    assert listed == {f"reading/latex/{one.name}" for one in files}
