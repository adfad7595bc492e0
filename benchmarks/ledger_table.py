"""Print the lines of the ledger by truth and status, for each document.

    python benchmarks/ledger_table.py            checks proofs, as it stands
    python benchmarks/ledger_table.py run.json   takes what `therefore check --json` wrote
    … --open                                     prints tests/corpus/open_lines.yaml instead
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "corpus"))

from ledger import RIGHT, WRONG, by_line, joined, lines, records_of_run

STATUSES = ("PROVED", "SUPPORTED", "REFUTED", "ILL_FORMED", "UNDECIDED", "VACUOUS", "INCOMPLETE",
            "CONTRADICTION", "MISSING")  # fmt: skip


def main(arguments: list[str]) -> int:
    """Print the table, then what is wrong and what is open. Returns 1 if a verdict is wrong."""
    listing = "--open" in arguments
    files = [one for one in arguments if one != "--open"]
    records = json.loads(Path(files[0]).read_text()) if files else records_of_run()
    found = by_line(records)
    status = {line.id: joined(found[line.id]) for line in lines()}
    if listing:
        for line in lines():
            if status[line.id] not in RIGHT[line.truth]:
                reason = _reason(found[line.id])
                print(f"{line.id}:\n  status: {status[line.id]}\n  reason: {reason}")
        return 0
    shown = [one for one in STATUSES if one in status.values()]
    print(f"| document | truth | lines | {' | '.join(shown)} |")
    print(f"| --- | --- | ---: |{' ---: |' * len(shown)}")
    for document in (*sorted({line.document for line in lines()}), "all"):
        chosen = [line for line in lines() if document in (line.document, "all")]
        for truth in RIGHT:
            own = [line for line in chosen if line.truth == truth]
            if own:
                count = Counter(status[line.id] for line in own)
                cells = " | ".join(str(count[one] or "") for one in shown)
                print(f"| {document} | {truth} | {len(own)} | {cells} |")
    wrong = [line for line in lines() if status[line.id] in WRONG[line.holds]]
    open_ = [line for line in lines() if status[line.id] not in RIGHT[line.truth]]
    print(f"\nwrong verdicts: {len(wrong)}")
    for line in wrong:
        print(f"  {line.id}: {line.truth}, and {status[line.id]}")
    print(f"not decided: {len(open_) - len(wrong)}")
    for line in open_:
        if line not in wrong:
            print(f"  {line.id}: {line.truth}, and {status[line.id]}")
    return 1 if wrong else 0


def _reason(records: list[dict[str, Any]]) -> str:
    """What the report says of the part of a line that is not as expected, as a YAML string."""
    said = [one["remarks"] for one in records if one["status"] != one["expected"]]
    return json.dumps("; ".join(next(iter(said), [])) or "no remark", ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
