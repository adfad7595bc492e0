"""The loop: sources → tasks → certificates or counterexamples → verdicts.

``check_paths`` judges every claim, derivation, step and false twin of the given files;
``check_claim`` judges one claim of one's own.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from therefore import store
from therefore.judge import Judge, Policy
from therefore.kernel_process import KernelProcess
from therefore.outcome import Outcome
from therefore.record import Problem, Record, Run
from therefore.records import error_records, records_of
from therefore.schedule import Progress, schedule
from therefore.search import Workers
from therefore.side_remarks import with_side_remarks
from therefore.task import Task
from therefore.verdict import Status, Verdict

if TYPE_CHECKING:
    from therefore.claim import Claim

__all__ = [
    "Options",
    "check_claim",
    "check_paths",
    "judge_tasks",
    "lines_of",
    "run",
    "stored_verdict",
]


@dataclass(frozen=True, kw_only=True)
class Options:
    """How to check.

    ``budget`` is the time in seconds that one search may take; ``instances`` how many random
    instances are drawn for each line (0: none); ``jobs`` how many lines are worked on at one
    time (0: as many as there are cores). ``stored`` uses certificates that are there, ``locked``
    searches and writes nothing, ``write`` says where new certificates go: "certificates", "cache"
    or "nowhere". Certificates and caches stand below ``root``. ``given`` is a document that
    declares and assumes what the checked documents may use, and whose claims they are to reach.
    ``second_reader`` has the lines of documents read by latex2sympy2 as well, which only adds
    remarks. ``explain`` has the records say what was tried, in which order and how long; searches
    that failed in an earlier run are made again for that.
    """

    budget: float = 10.0
    seed: int = 0
    instances: int = 120
    jobs: int = 0
    stored: bool = True
    locked: bool = False
    write: str = "certificates"
    root: Path = Path()
    given: Path | None = None
    second_reader: bool = False
    explain: bool = False


def check_paths(paths: Sequence[str | Path], options: Options | None = None) -> list[Record]:
    """The records of every claim, derivation, step and twin in these files and folders."""
    return list(run(paths, options or Options()).records)


def check_claim(claim: Claim, *, budget: float = 10.0, seed: int = 0) -> Verdict:
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


def run(
    paths: Sequence[str | Path], options: Options, *, progress: Progress | None = None
) -> Run:
    """Check files and folders, and keep what is wrong with some of them beside the rest."""
    from therefore.reading.sources import Read, prerequisites, read

    started = time.monotonic()
    sources, problems = _sources(paths, options)
    found: dict[Path, Read] = {}
    tasks: list[Task] = []
    for source in sources:
        of_document = source.suffix == ".tex"
        found[source] = read(source, options.given if of_document else None)
        tasks += [*found[source].tasks, *found[source].targets]
    errors = {source: error_records(one, source) for source, one in found.items()}
    unread = frozenset(record.id for wrong in errors.values() for record in wrong)
    cited, _ = prerequisites(tasks)  # of other modules; told only where they were asked for
    every = [*cited, *tasks]
    outcomes, faults = judge_tasks(every, options, unread=unread, progress=progress)
    by_id = {record.id: record for record in records_of(outcomes, explain=options.explain)}
    records: list[Record] = []
    for source, one in found.items():
        own = [by_id[task.id] for task in one.tasks]
        wrong = errors[source]
        records += _merged(own, one.task_places, wrong, [error.place for error in wrong])
        records += [by_id[task.id] for task in one.targets]
        if not (own or wrong):
            message = (
                "no line of this document claims anything"
                if source.suffix == ".tex"
                else "this module makes no claim"
            )
            problems.append(Problem(str(source), 1, message, misuse=True))
    notes: tuple[str, ...] = ()
    if options.second_reader:
        from therefore.second_reader import compare_all

        records, note = compare_all(records)
        notes = (note,)
    return Run(tuple(records), (*problems, *faults), time.monotonic() - started, notes)


def lines_of(source: Path) -> list[tuple[str, str, int, int]]:
    """The id, the label, the line and the column of every line of a source, with nothing judged."""
    from therefore.reading.sources import read

    one = read(source)
    own = [(task.id, task.label, task.source.line, task.source.column) for task in one.tasks]
    errors = error_records(one, source)
    lines = [(error.id, error.label, error.line, error.column) for error in errors]
    return _merged(own, one.task_places, lines, [error.place for error in errors])


_Line = TypeVar("_Line")


def _merged(
    lines: Sequence[_Line],
    places: Sequence[tuple[int, ...]],
    errors: Sequence[_Line],
    error_places: Sequence[tuple[int, ...]],
) -> list[_Line]:
    """Lines and errors in the order of their source; those of a module have no places, and its
    errors stand before all others."""
    found: list[_Line] = []
    waiting = list(zip(error_places, errors, strict=True))
    for line, place in zip(lines, places or [()] * len(lines), strict=True):
        while waiting and (not place or waiting[0][0] <= place):
            found.append(waiting.pop(0)[1])
        found.append(line)
    return [*found, *(error for _, error in waiting)]


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
    helped = failures.get("help", {}) if failures.get("version") == version else {}
    policy = Policy(
        options.instances, options.stored, search=not options.locked, explain=options.explain
    )
    with (
        KernelProcess() as kernel,
        Workers(budget=options.budget, seed=options.seed, explain=options.explain) as workers,
    ):
        judge = Judge(kernel, workers, policy, stored, remembered, helped)
        jobs = options.jobs or os.cpu_count() or 1
        outcomes = schedule(tasks, judge, jobs, unread=unread, progress=progress)
    outcomes = with_side_remarks(outcomes)
    problems += _store_problems(outcomes, stored, options)
    if not options.locked and options.write != "nowhere":
        try:
            _save(tasks, outcomes, options)
            _remember(outcomes, remembered, helped, version, options)
        except OSError as error:
            place = error.filename or options.root
            message = f"certificates cannot be written here: {error.strerror}"
            problems.append(Problem(str(place), 0, message))
    return outcomes, problems


# -- sources and the store ---------------------------------------------------------------


def _sources(
    paths: Sequence[str | Path], options: Options
) -> tuple[list[Path], list[Problem]]:
    from therefore.reading.sources import SUFFIXES, find_sources

    sources: list[Path] = []
    problems: list[Problem] = []
    for path in map(Path, paths):
        if not path.exists():
            problems.append(Problem(str(path), 0, "no such file or folder", misuse=True))
            continue
        if not path.is_dir() and (path.suffix not in SUFFIXES or not path.is_file()):
            message = "neither a derivation (.py) nor a document (.tex)"
            problems.append(Problem(str(path), 0, message, misuse=True))
            continue
        found = find_sources([path])
        if not found:
            problems.append(Problem(str(path), 0, "nothing to check here", misuse=True))
        sources += found
    given = options.given
    if given is not None:
        if given.suffix != ".tex" or not given.is_file():
            message = "--given takes a document (.tex); this is "
            message += "none" if given.exists() else "no file"
            problems.append(Problem(str(given), 0, message, misuse=True))
            return [], problems
        sources = [source for source in sources if source.resolve() != given.resolve()]
    return list(dict.fromkeys(sources)), problems


def _load(
    tasks: Sequence[Task], options: Options
) -> tuple[dict[tuple[str, str], store.Entry], list[Problem]]:
    stored: dict[tuple[str, str], store.Entry] = {}
    problems: list[Problem] = []
    for source in dict.fromkeys(task.document for task in tasks):
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
        entry = stored.get((task.document, store.name_of(task.id)))
        if entry is not None and outcome.note:
            again = "" if options.locked else "; searched again"
            fails = options.locked or not outcome.stale
            message = f"{task.id}: {outcome.note}{again}"
            problems.append(Problem(entry.file, entry.line, message, fails=fails))
        elif (
            options.locked
            and entry is None
            and not outcome.verdict.certificate
            and task.expected in (Status.PROVED, Status.REFUTED)
            and not (task.in_document and task.kind in ("derivation", "target"))
        ):
            file = _shown(
                store.certificate_path(Path(task.document), options.root), options.root
            )
            problems.append(Problem(file, 0, f"{task.id}: no certificate, and --locked is set"))
    return problems


def _save(tasks: Sequence[Task], outcomes: Sequence[Outcome], options: Options) -> None:
    """Write the certificates of this run, those of one source in one file."""
    for source in dict.fromkeys(task.document for task in tasks):
        found = [outcome for outcome in outcomes if outcome.task.document == source]
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
            name = store.entry_id(outcome.task.id, Path(outcome.task.document), root)
            entries.append(replace(entry, id=name))
    return entries


def _remember(
    outcomes: Sequence[Outcome],
    remembered: Mapping[str, Any],
    helped: Mapping[str, Any],
    version: str,
    options: Options,
) -> None:
    """Keep which searches found nothing, and what helps: the next run need not repeat it."""
    searches, found = dict(remembered), dict(helped)
    for outcome in outcomes:
        searches |= outcome.failed
        found |= outcome.help_found
    if searches != dict(remembered) or found != dict(helped):
        whole = {"version": version, "searches": searches, "help": found}
        store.remember_failures(options.root, whole)


def _provers_version(options: Options) -> str:
    """What the provers and refuters depend on: their own text, the budget and the seed."""
    digest = hashlib.sha256(f"{options.budget}|{options.seed}".encode())
    package = Path(__file__).parent
    for folder in ("kernel", "provers", "refuters", "helping"):
        for file in sorted((package / folder).rglob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
