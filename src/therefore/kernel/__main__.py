"""The kernel as a process: one goal and certificate a line in, one answer a line out."""

from __future__ import annotations

import json
import sys

from . import Kernel, Rejected
from .data import fields, parse


def main() -> None:
    kernel = Kernel()
    for line in sys.stdin.buffer:
        print(json.dumps(_answer(kernel, line.decode("utf-8", "replace"))), flush=True)


def _answer(kernel: Kernel, line: str) -> dict[str, object]:
    try:
        request = fields(parse(line), "goal certificate")
        done = kernel.accept(json.dumps(request["goal"]), json.dumps(request["certificate"]))
    except Rejected as no:
        return {"accepted": False, "code": no.code, "where": no.where}
    return {
        "accepted": True,
        "kind": done.kind,
        "goal": done.goal,
        "lemmas": list(done.lemmas),
        "axioms": list(done.axioms),
    }


if __name__ == "__main__":
    main()
