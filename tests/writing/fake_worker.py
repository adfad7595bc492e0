"""A worker that knows the certificates of the regret module by heart, and draws nothing.

The tests of the loop and of the reports start it in the place of ``therefore.worker``, so that
they depend neither on the provers nor on the refuters. ``python fake_worker.py WAYS…`` can
misbehave: "hang" never answers a request to prove, "lie" proves what it cannot, "disagree"
finds instances that break what is proved, "round" finds some that rounding leaves open,
"empty" finds no instance, "give-up" finds nothing.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from regret_sample import COUNTEREXAMPLE, PROOFS, WITNESS

from therefore.kernel import FORMAT, goal_hash

WAYS = sys.argv[1:]
TWIN_AT = {"d": "1", "T": "1", "eta": "1"}


def prove(request: dict[str, Any]) -> dict[str, Any]:
    """The known proof of a task, or none."""
    task = request["task"]
    if "hang" in WAYS:
        time.sleep(3600)
    proof = None if "give-up" in WAYS else PROOFS.get(task["id"])
    if "lie" in WAYS:
        proof = {"rule": "inspect"}
    witness = None if "empty" in WAYS else WITNESS
    return {"proof": proof, "witness": witness, "tried": ["by heart"], "defined": []}


def refute(request: dict[str, Any]) -> dict[str, Any]:
    """The known counterexample of the twin."""
    if request["at"] != TWIN_AT:
        return {"certificate": None, "tried": 3}
    name = goal_hash(request["goal"])
    certificate = {"format": FORMAT, "goal": name, "kind": "refutation", **COUNTEREXAMPLE}
    return {"certificate": certificate, "tried": 1}


def sample(request: dict[str, Any]) -> dict[str, Any]:
    """An agreement that was made up."""
    usable = 0 if "empty" in WAYS else request["count"]
    agreeing = usable - 3 if {"disagree", "round"} & set(WAYS) else usable
    agreement = {
        "seed": request["seed"],
        "tried": request["count"],
        "usable": usable,
        "agreeing": agreeing,
        "sizes": {"d": "1..6", "T": "1..6"},
        "precision": "float64",
    }
    unconfirmed = 3 if "round" in WAYS else 0
    return {
        "agreement": agreement,
        "confirmed": 0,
        "unconfirmed": unconfirmed,
        "doubtful": 0,
        "notes": [],
    }


def main() -> None:
    """Answer every line of standard input."""
    for line in sys.stdin:
        request = json.loads(line)
        answer = {"prove": prove, "refute": refute, "sample": sample}[request["do"]](request)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
