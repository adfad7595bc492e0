"""A second reader for the tests: it answers by what stands in a file of answers, a line each."""

from __future__ import annotations

import json
import sys
import time


def main() -> None:
    """Answer each line of standard input as its sides ask for."""
    for line in sys.stdin:
        request = json.loads(line)
        if request["do"] == "hello":
            print(json.dumps({"ready": "fake 1"}), flush=True)
            continue
        if any("sleep" in side for side in request["sides"]):
            time.sleep(60)
        if any("babble" in side for side in request["sides"]):
            print("no JSON", flush=True)
            continue
        sides = [answer(side, request["points"]) for side in request["sides"]]
        print(json.dumps({"sides": sides}), flush=True)


def answer(side: str, points: list[dict[str, float]]) -> dict[str, object]:
    """A side that is a name or a number is read; twice the value of one that says ``wrong``."""
    names = [name for name in points[0] if side in (name, f"{name}wrong")]
    if names:
        factor = 2 if side.endswith("wrong") else 1
        return {"reads": f"{factor}*{names[0]}", "values": [factor * p[names[0]] for p in points]}
    try:
        return {"reads": side, "values": [float(side)] * len(points)}
    except ValueError:
        return {"refused": "not a name"}


if __name__ == "__main__":
    main()
