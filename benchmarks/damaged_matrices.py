"""Damage certificates of matrix statements, and print by kind what the kernel makes of them.

    python benchmarks/damaged_matrices.py                       10,000 of the linear algebra
    python benchmarks/damaged_matrices.py --times 500 FOLDER …  certificates of other folders too

Six of ten are damaged certificates, offered for their own goal; the others are edited goals,
offered with the proof as it was. Counted are those that the kernel can read: what is ill-typed or
malformed is refused without any mathematics, and stands beside. An edited goal that is accepted is
looked at on exact instances, and a false one is an error of the kernel.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "kernel"))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "soundness"))

from matrix_damages import (
    HOME,
    OF_GOALS,
    OTHERS,
    PROOF_DAMAGES,
    UNREADABLE,
    damaged,
    edited,
    is_false,
    load,
    offered,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; returns 1 if something false was accepted."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--times", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=20240601)
    parser.add_argument("--seconds", type=float, default=2.0, help="for a counterexample")
    options = parser.parse_args(arguments)
    entries, kernel = load([HOME, *OTHERS, *options.folders])
    rng = random.Random(options.seed)
    print(f"{len(entries)} certificates, seed {options.seed}\n")

    seen: set[str] = set()
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    of_proofs = options.times * 6 // 10
    while readable(outcomes) < of_proofs:
        kind, entry = rng.choice(list(PROOF_DAMAGES)), rng.choice(entries)
        certificate = damaged(entry, kind, rng, entries)
        text = json.dumps([entry.goal, certificate])
        if certificate is not None and text not in seen:
            seen.add(text)
            outcomes[kind][offered(kernel, entry.goal, certificate)] += 1
    show("damage to a certificate", outcomes)

    proofs = [entry for entry in entries if entry.is_proof]
    outcomes = defaultdict(Counter)
    looked_at: Counter[str] = Counter()
    while readable(outcomes) < options.times - of_proofs:
        kind, entry = rng.choice(OF_GOALS), rng.choice(proofs)
        found = edited(entry, kind, rng)
        if found is None or json.dumps(found[0]) in seen:
            continue
        seen.add(json.dumps(found[0]))
        outcome = offered(kernel, *found)
        outcomes[kind][outcome] += 1
        if outcome == "ACCEPTED":
            false, instances = is_false(json.dumps(found[0]), options.seconds)
            said = "FALSE" if false else "true" if instances else "no instance"
            looked_at[said] += 1
            if said != "true":
                print(said, kind, entry.name, json.dumps(found[0]), flush=True)
    show("edit of a goal", outcomes)
    print(f"edited goals that were accepted: {dict(looked_at)}")
    return int(looked_at["FALSE"] > 0)


def readable(outcomes: dict[str, Counter[str]]) -> int:
    """How many were refused for a reason of mathematics, or accepted."""
    return sum(count for one in outcomes.values() for code, count in one.items()
               if code not in UNREADABLE)  # fmt: skip


def show(title: str, outcomes: dict[str, Counter[str]]) -> None:
    """A row for each kind of damage, then how often each code of refusal came."""
    print(f"| {title} | unreadable | readable | refused | accepted |")
    print("| --- | ---: | ---: | ---: | ---: |")
    whole: Counter[str] = Counter()
    for kind in (*sorted(outcomes), "all"):
        one = outcomes[kind] if kind != "all" else whole
        count, accepted = readable({kind: one}), one["ACCEPTED"]
        cells = (one.total() - count, count, count - accepted, accepted)
        print(f"| {kind} | {' | '.join(map(str, cells))} |")
        whole = whole if kind == "all" else whole + one
    codes = ", ".join(f"{code} {count}" for code, count in whole.most_common())
    print(f"\n{codes}\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
