"""The loop: sources → tasks → certificates or counterexamples → verdicts.

``check_paths`` judges every claim, derivation, step and false twin of the given files;
``check_claim`` judges one claim of one's own.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from therefore import store
from therefore.judge import Judge, Outcome, Policy, failure_key
from therefore.kernel_process import KernelProcess
from therefore.record import Problem, Record, Run
from therefore.records import error_record, records_of
from therefore.schedule import Progress, given, schedule
from therefore.search import Workers
from therefore.task import Task
from therefore.verdict import Status, Verdict

if TYPE_CHECKING:
    from therefore.claim import Claim

__all__ = ["Options", "check_claim", "check_paths", "judge_tasks", "run", "stored_verdict"]


@dataclass(frozen=True, kw_only=True)
class Options:
    """How to check.

    ``budget`` is the time in seconds that one search may take; ``instances`` how many random
    instances are drawn for each line; ``jobs`` how many lines are worked on at one time (0: as
    many as there are cores). ``stored`` uses certificates that are there, ``locked`` searches
    and writes nothing, ``write`` says where new certificates go: "certificates", "cache" or
    "nowhere". Certificates and caches stand below ``root``.
    """

    budget: float = 20.0
    seed: int = 0
    instances: int = 120
    jobs: int = 0
    stored: bool = True
    locked: bool = False
    write: str = "certificates"
    root: Path = Path()


def check_paths(paths: Sequence[str | Path], options: Options | None = None) -> list[Record]:
    """The records of every claim, derivation, step and twin in these files and folders."""
    return list(run(paths, options or Options()).records)


def check_claim(claim: Claim, *, budget: float = 20.0, seed: int = 0) -> Verdict:
    """The verdict on one claim of one's own, with nothing read from or written to disk.

    The steps of its derivations, and what it cites, are checked with it.
    """
    options = Options(budget=budget, seed=seed, stored=False, write="nowhere", jobs=1)
    return _verdict_of(claim, options)


def stored_verdict(claim: Claim) -> Verdict:
    """The verdict that the stored certificates support; nothing is searched or written.

    They are looked for in the ``certificates`` folder that is nearest above the claim's source.
    """
    root = store.certificate_root(Path(claim.source.path))
    return _verdict_of(claim, Options(locked=True, write="nowhere", jobs=1, root=root))


def _verdict_of(claim: Claim, options: Options) -> Verdict:
    from therefore.language.errors import IllFormed
    from therefore.reading.modules import tasks_of_claim

    try:
        tasks = tasks_of_claim(claim)
    except IllFormed as error:
        return Verdict(Status.ILL_FORMED, remarks=(str(error),))
    outcomes, _ = judge_tasks(tasks, options)
    return records_of(outcomes)[-1].verdict_or_raise()


def run(paths: Sequence[str | Path], options: Options, *, progress: Progress | None = None) -> Run:
    """Check files and folders, and keep what is wrong with some of them beside the rest."""
    from therefore.reading.lines import shown
    from therefore.reading.modules import find_sources, prerequisites, read_module

    started = time.monotonic()
    sources, problems = _sources(paths, find_sources)
    tasks: list[Task] = []
    errors: list[Record] = []
    for source in sources:
        found, wrong = read_module(source)
        tasks += found
        errors += [error_record(error, source) for error in wrong]
    unread = frozenset(record.id for record in errors)
    cited, _ = prerequisites(tasks)  # of other modules; told only where they were asked for
    every = [*cited, *tasks]
    outcomes, faults = judge_tasks(every, options, unread=unread, progress=progress)
    asked = {task.id for task in tasks}
    records = [record for record in records_of(outcomes) if record.id in asked]
    order = {shown(source): place for place, source in enumerate(sources)}
    merged = sorted(
        [*errors, *records], key=lambda record: order.get(record.file, len(order))
    )  # stable: within a file the order of the tasks stays
    return Run(tuple(merged), (*problems, *faults), time.monotonic() - started)


def judge_tasks(
    tasks: Sequence[Task],
    options: Options,
    *,
    unread: frozenset[str] = frozenset(),
    progress: Progress | None = None,
) -> tuple[list[Outcome], list[Problem]]:
    """The outcome of each task, in the order of the tasks, and what is wrong with the store.

    ``unread`` are the ids of lines that could not be read, on which tasks may build.
    """
    if not tasks:
        return [], []
    problems: list[Problem] = []
    stored: dict[tuple[str, str], store.Entry] = {}
    if options.stored:
        stored, problems = _load(tasks, options)
    failures = store.read_failures(options.root) if options.stored else {}
    version = _provers_version(options)
    remembered = failures.get("searches", {}) if failures.get("version") == version else {}
    policy = Policy(options.instances, options.stored, search=not options.locked)
    with (
        KernelProcess() as kernel,
        Workers(budget=options.budget, seed=options.seed) as workers,
    ):
        judge = Judge(kernel, workers, policy, stored, remembered)
        jobs = options.jobs or os.cpu_count() or 1
        outcomes = schedule(tasks, judge, jobs, unread=unread, progress=progress)
    problems += _store_problems(outcomes, stored, options)
    if not options.locked and options.write != "nowhere":
        try:
            _save(tasks, outcomes, options)
            _remember(outcomes, remembered, version, options)
        except OSError as error:
            place = error.filename or options.root
            message = f"certificates cannot be written here: {error.strerror}"
            problems.append(Problem(str(place), 0, message))
    return outcomes, problems


# -- sources and the store ---------------------------------------------------------------


def _sources(
    paths: Sequence[str | Path], find: Callable[[list[Path]], list[Path]]
) -> tuple[list[Path], list[Problem]]:
    sources: list[Path] = []
    problems: list[Problem] = []
    for path in map(Path, paths):
        if not path.exists():
            problems.append(Problem(str(path), 0, "no such file or folder", misuse=True))
            continue
        found = find([path])
        if not found:
            problems.append(Problem(str(path), 0, "nothing to check here", misuse=True))
        sources += found
    return list(dict.fromkeys(sources)), problems


def _load(
    tasks: Sequence[Task], options: Options
) -> tuple[dict[tuple[str, str], store.Entry], list[Problem]]:
    stored: dict[tuple[str, str], store.Entry] = {}
    problems: list[Problem] = []
    for source in dict.fromkeys(task.source.path for task in tasks):
        for shared in (False, True):  # what is committed goes before what is cached
            path = store.certificate_path(Path(source), options.root, shared=shared)
            entries, wrong = store.load(path, _shown(path, options.root))
            problems += wrong
            stored |= {(source, store.name_of(entry.id)): entry for entry in entries}
    return stored, list(dict.fromkeys(problems))


def _shown(path: Path, root: Path) -> str:
    try:
        return str(path.relative_to(root.resolve()))
    except ValueError:
        return str(path)


def _store_problems(
    outcomes: Iterable[Outcome],
    stored: Mapping[tuple[str, str], store.Entry],
    options: Options,
) -> list[Problem]:
    """What was wrong with stored certificates, and what is missing in a locked run."""
    problems = []
    for outcome in outcomes:
        task = outcome.task
        entry = stored.get((task.source.path, store.name_of(task.id)))
        if entry is not None and outcome.note:
            again = "" if options.locked else "; searched again"
            fails = options.locked or not outcome.stale
            message = f"{task.id}: {outcome.note}{again}"
            problems.append(Problem(entry.file, entry.line, message, fails=fails))
        elif options.locked and entry is None and not outcome.verdict.certificate:
            file = _shown(
                store.certificate_path(Path(task.source.path), options.root), options.root
            )
            problems.append(Problem(file, 0, f"{task.id}: no certificate, and --locked is set"))
    return problems


def _save(tasks: Sequence[Task], outcomes: Sequence[Outcome], options: Options) -> None:
    """Write the certificates of this run, those of one source in one file."""
    for source in dict.fromkeys(task.source.path for task in tasks):
        found = [outcome for outcome in outcomes if outcome.task.source.path == source]
        committed = store.certificate_path(Path(source), options.root)
        shared = options.write == "certificates"
        path = store.certificate_path(Path(source), options.root, shared=shared)
        entries = _entries(found, path, options.root)
        entries = [entries[place] for place in store.in_dependence_order(entries)]
        if not shared:
            known = {(e.id, e.certificate_text) for e in store.load(committed)[0]}
            entries = [e for e in entries if (e.id, e.certificate_text) not in known]
        store.save(path, entries)


def _entries(outcomes: Sequence[Outcome], path: Path, root: Path) -> list[store.Entry]:
    """The certificates of these outcomes; where there is none, that on disk for the same goal.

    A search with a small budget must not take away what a longer one has found.
    """
    on_disk = {store.name_of(entry.id): entry for entry in store.load(path)[0]}
    entries = []
    for outcome in outcomes:
        entry = outcome.entry
        if entry is None and not outcome.note:
            entry = on_disk.get(store.name_of(outcome.task.id))
            certificate = entry.certificate if entry else None
            if not isinstance(certificate, dict) or certificate.get("goal") != outcome.hash:
                continue
        if entry is not None:
            name = store.entry_id(outcome.task.id, Path(outcome.task.source.path), root)
            entries.append(replace(entry, id=name))
    return entries


def _remember(
    outcomes: Sequence[Outcome], remembered: Mapping[str, Any], version: str, options: Options
) -> None:
    """Keep which searches found nothing, so that the next run need not repeat them."""
    searches = dict(remembered)
    by_id = {outcome.task.id: outcome for outcome in outcomes}
    undecided = (Status.SUPPORTED, Status.UNDECIDED, Status.VACUOUS)
    for outcome in outcomes:
        if outcome.searched and outcome.verdict.status in undecided:
            task = outcome.task
            before = [by_id[name] for name in task.uses if name in by_id]
            key = failure_key(task, outcome.hash, given(task, before)[0])
            searches[key] = {
                "tried": [
                    remark.removeprefix("tried: ")
                    for remark in outcome.verdict.remarks
                    if remark.startswith("tried: ")
                ],
                "witness": outcome.verdict.status is not Status.VACUOUS,
            }
    if searches != dict(remembered):
        store.remember_failures(options.root, {"version": version, "searches": searches})


def _provers_version(options: Options) -> str:
    """What the provers and refuters depend on: their own text, the budget and the seed."""
    digest = hashlib.sha256(f"{options.budget}|{options.seed}".encode())
    package = Path(__file__).parent
    for folder in ("kernel", "provers", "refuters"):
        for file in sorted((package / folder).rglob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
