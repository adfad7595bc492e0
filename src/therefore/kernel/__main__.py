"""The kernel as a process: one goal and certificate a line in, one answer a line out."""

from __future__ import annotations

import json
import sys

from . import Kernel, Rejected


def main() -> None:
    kernel = Kernel()
    for line in sys.stdin:
        print(json.dumps(_answer(kernel, line)), flush=True)


def _answer(kernel: Kernel, line: str) -> dict[str, object]:
    try:
        request = json.loads(line)
        done = kernel.accept(json.dumps(request["goal"]), json.dumps(request["certificate"]))
    except Rejected as no:
        return {"accepted": False, "code": no.code, "where": no.where}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        return {"accepted": False, "code": "MALFORMED", "where": str(error)}
    return {
        "accepted": True,
        "kind": done.kind,
        "goal": done.goal,
        "lemmas": list(done.lemmas),
        "axioms": list(done.axioms),
    }


if __name__ == "__main__":
    main()
