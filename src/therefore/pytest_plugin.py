"""The pytest plugin: every claim of a derivation module as tests of its own.

It collects only where the ini option ``therefore_paths`` or ``--therefore PATH`` says so::

    derivations/optimization/regret.py::regret_lemma[proof]
    derivations/optimization/regret.py::regret_lemma[instances]

A claim, and a derivation that belongs to none, is tested as ``[proof]`` and ``[instances]``, a
false twin as ``[refuted]``, a second one as ``[refuted.2]``. Of a LaTeX document every line is one
test, ``proofs/A.tex::A-2.1-4``, which passes if the line comes out as the document expects
(``% therefore: expect refuted``). New certificates go to ``.therefore_cache``, never to
``certificates/``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from therefore.check import Options
    from therefore.record import Record, Run

__all__ = ["DerivationFile", "DocumentFile", "Line", "LineFailed"]

# The fewest random instances with which a line counts as tried.
_ENOUGH = 100


def pytest_addoption(parser: pytest.Parser) -> None:
    """Document the options; ``pytest --help`` shows them."""
    group = parser.getgroup("therefore", "checked derivations")
    group.addoption(
        "--therefore",
        action="append",
        default=[],
        metavar="PATH",
        dest="therefore",
        help="collect the claims of the derivation modules and the lines of the LaTeX documents in "
        "PATH (may be given several times); the modules are run",
    )
    group.addoption(
        "--therefore-budget",
        type=float,
        default=10.0,
        metavar="SECONDS",
        help="how long one search for a certificate may take (default: 10)",
    )
    parser.addini(
        "therefore_paths",
        type="args",
        default=[],
        help="files and folders, relative to the root directory, whose claims and lines are "
        "collected by therefore",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Let the paths that were asked for be collected, whatever ``testpaths`` says."""
    asked = [*_option_paths(config)]
    for path in (*asked, *_ini_paths(config)):
        if not path.exists():
            raise pytest.UsageError(f"therefore: there is no {path} (--therefore, therefore_paths)")
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        asked += _ini_paths(config)
    start = config.invocation_params.dir
    given = [(start / argument.partition("::")[0]).resolve() for argument in config.args]
    for path in asked:
        if not any(_within(path, other) or _within(other, path) for other in given):
            config.args.append(str(path))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a derivation module or a document, if it was asked for."""
    if file_path.suffix not in (".py", ".tex") or file_path.name.startswith(("_", "conftest")):
        return None
    paths = _option_paths(parent.config) + _ini_paths(parent.config)
    place = file_path.resolve()
    if not any(_within(place, path) for path in paths):
        return None
    if file_path.suffix == ".py":
        return DerivationFile.from_parent(parent, path=file_path)
    if place not in paths and _is_taken_in(place, [path for path in paths if path.is_dir()]):
        return None
    return DocumentFile.from_parent(parent, path=file_path)


def _is_taken_in(document: Path, folders: list[Path]) -> bool:
    """Whether another document takes this one in, in every folder that was asked for."""
    from therefore.reading.sources import find_sources

    around = [folder for folder in folders if folder in document.parents]
    return all(document not in find_sources([folder]) for folder in around)


def _option_paths(config: pytest.Config) -> list[Path]:
    start = config.invocation_params.dir
    return [(start / path).resolve() for path in config.getoption("therefore")]


def _ini_paths(config: pytest.Config) -> list[Path]:
    return [(config.rootpath / path).resolve() for path in config.getini("therefore_paths")]


def _within(path: Path, folder: Path) -> bool:
    return path == folder or folder in path.parents


class DerivationFile(pytest.File):
    """A derivation module. It is read when it is collected, and checked when a test of it runs."""

    _run: Run | None = None

    def collect(self) -> Iterator[pytest.Item]:
        """One item for each thing that is tested of each claim and twin."""
        from therefore.reading.modules import read_module

        tasks, errors = read_module(self.path)
        for error in errors:
            name = error.id.rpartition("::")[2] or f"line {error.line}"
            yield Line.from_parent(
                self, name=f"{name}[read]", line="", aspect=str(error), number=error.line
            )
        known = {task.id for task in tasks}
        for task in tasks:
            name = task.label or task.id.rpartition("::")[2]
            if task.kind == "twin":
                name, _, number = name.partition(".false_twin")
                aspects = [f"refuted{number}"]
            elif task.kind == "claim" or (task.kind == "derivation" and task.parent not in known):
                aspects = ["proof", "instances"]
            else:
                continue
            for aspect in aspects:
                yield Line.from_parent(
                    self,
                    name=f"{name}[{aspect}]",
                    line=task.id,
                    aspect=aspect,
                    number=task.source.line,
                )

    def run(self) -> Run:
        """What the checker found in this module; it is asked once."""
        if self._run is None:
            from therefore.check import run

            self._run = run([self.path], _options(self.config))
        return self._run


class DocumentFile(DerivationFile):
    """A LaTeX document: every line of it is one test."""

    def collect(self) -> Iterator[pytest.Item]:
        """One item for each line, proof and place that cannot be read, in their order."""
        from therefore.check import lines_of

        found = lines_of(self.path)
        for line, label, number, column in found:
            name = label or f"line {number}:{column}"
            yield Line.from_parent(self, name=name, line=line, aspect="line", number=number)
        if not found:
            message = f"{self.path.name}: no line of this document claims anything"
            yield Line.from_parent(self, name="[read]", line="", aspect=message, number=1)


def _options(config: pytest.Config) -> Options:
    from therefore.check import Options

    budget = config.getoption("therefore_budget")
    return Options(root=config.rootpath, write="cache", budget=budget)


class LineFailed(Exception):
    """A claim or twin is not as expected; the text is the whole report."""


class Line(pytest.Item):
    """One thing that is tested of a claim, or an error in the module."""

    def __init__(self, *, line: str, aspect: str, number: int, **rest: Any) -> None:
        super().__init__(**rest)
        self._number = number
        self._line = line
        self._aspect = aspect

    def runtest(self) -> None:
        """Fail with the report of the line, unless it is as expected."""
        if not self._line:
            raise LineFailed(self._aspect)
        file = self.parent
        assert isinstance(file, DerivationFile)
        found = file.run()
        record = next((r for r in found.records if r.id == self._line), None)
        if record is None:
            raise LineFailed(f"{self._line} was not found when the module was read again")
        complaint = _complaint(record, self._aspect)
        if complaint:
            steps = [r for r in _below(record, found) if not r.as_expected()]
            raise LineFailed(_report(complaint, record, steps))

    def repr_failure(self, excinfo: Any, style: Any = None) -> Any:
        """The report alone, without a traceback."""
        if isinstance(excinfo.value, LineFailed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the line stands, for the head of a failure report."""
        # pytest writes a dot in a name that ends an id as "::"; labels such as A-2.1-4 have dots.
        name = f"line {self.name}" if self._aspect == "line" else self.name
        return self.path, max(self._number - 1, 0), name


def _below(record: Record, run: Run) -> list[Record]:
    """The derivations of a claim and their steps."""
    children = [r for r in run.records if r.parent == record.id and r.kind != "twin"]
    return [r for child in children for r in (child, *_below(child, run))]


def _complaint(record: Record, aspect: str) -> str:
    """What is wrong with a record under one aspect, or nothing."""
    if aspect == "line" and not record.as_expected() and record.status.value == "ILL_FORMED":
        return "; ".join(record.remarks) or "it has no truth value"
    if aspect != "instances":
        if record.as_expected():
            return ""
        return f"{record.status} where {record.expected} was expected"
    found = record.instances
    if found is None or not found.usable:
        return "no random instance satisfies the hypotheses"
    if found.agreeing < found.usable:
        return f"{found.usable - found.agreeing} of {found.usable} random instances disagree"
    if found.usable < _ENOUGH and found.precision != "exact":  # without a name there is but one
        return f"only {found.usable} random instances satisfy the hypotheses"
    return ""


def _report(complaint: str, record: Record, steps: list[Record]) -> str:
    lines = [f"{record.position}: {record.label or record.id}: {complaint}", ""]
    if record.kind == "error":
        return "\n".join([*lines[:1], *(f"  add    {one}" for one in record.declarations)])
    lines += [f"  let    {definition}" for definition in record.definitions]
    lines += [f"  given  h{k}  {h}" for k, h in enumerate(record.hypotheses, start=1)]
    if record.written:
        lines.append(f"  tex    {record.written}")
    lines.append(f"  claim  {record.reading}")
    if record.counterexample:
        lines.append(f"  but    {record.counterexample}")
    lines += [f"  help   {text}" for text in record.help]
    lines += [f"  note   {remark}" for remark in record.remarks]
    for step in steps:
        lines += ["", f"  {step.kind} {step.label or step.id} ({step.file}:{step.line}): "
                      f"{step.status}"]  # fmt: skip
        lines.append(f"    line   {step.reading}")
        if step.counterexample:
            lines.append(f"    but    {step.counterexample}")
        lines += [f"    note   {remark}" for remark in step.remarks]
    return "\n".join(lines)
