"""Print how large the stored certificates are, and how long the kernel takes to accept them.

    python benchmarks/certificate_sizes.py                        a row for each topic
    python benchmarks/certificate_sizes.py rates optimization     a row for each module of these

Sizes are bytes of proofs as JSON without spaces. Times are seconds of the processor for one
certificate, without those of the claims that it cites.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from cases import in_bytes

from therefore import store
from therefore.kernel import Kernel

CERTIFICATES = Path(__file__).parents[1] / "certificates" / "derivations"
# The bytes of a proof, and the seconds that the kernel took.
Measured = dict[Path, list[tuple[int, float]]]


def measured(topics: Sequence[str]) -> Measured:
    """Every certificate of these topics accepted, and before it whatever it cites."""
    stored = [
        (path, entry)
        for path in sorted(CERTIFICATES.glob("*/*.json"))
        for entry in store.load(path)[0]
    ]
    wanted = {store.goal_name(entry) for path, entry in stored if path.parent.name in topics}
    order = store.in_dependence_order([entry for _, entry in stored])
    for number in reversed(order):
        if store.goal_name(stored[number][1]) in wanted:
            wanted |= store.cited_by(stored[number][1])
    kernel, found = Kernel(), Measured()
    for path, entry in (stored[number] for number in order):
        if store.goal_name(entry) in wanted:
            started = time.process_time()
            kernel.accept(entry.goal_text, entry.certificate_text)
            seconds = time.process_time() - started
            if "proof" in entry.certificate:
                size = len(in_bytes(entry.certificate["proof"]))
                found.setdefault(path, []).append((size, seconds))
    return found


def rows(found: Measured, topics: Sequence[str]) -> Iterator[tuple[str, list[tuple[int, float]]]]:
    """The topics; where some are named, their modules before each."""
    for topic in topics or sorted({path.parent.name for path in found}):
        own = {path.stem: found[path] for path in sorted(found) if path.parent.name == topic}
        if topics:
            yield from ((f"{topic}/{name}", all_of_it) for name, all_of_it in own.items())
        yield topic, [one for all_of_it in own.values() for one in all_of_it]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("topics", nargs="*", help="folders of certificates/derivations")
    options = parser.parse_args(arguments)
    every = sorted(folder.name for folder in CERTIFICATES.iterdir() if folder.is_dir())
    print("| | proofs | bytes, median | largest | re-check ms, median | largest |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, own in rows(measured(options.topics or every), options.topics):
        sizes, times = zip(*own, strict=True)
        cells = [str(len(own)), f"{statistics.median(sizes):.0f}", str(max(sizes))]
        cells += [f"{1000 * of(times):.1f}" for of in (statistics.median, max)]
        print(f"| {name} | {' | '.join(cells)} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
