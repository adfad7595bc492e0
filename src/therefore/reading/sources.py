"""Sources: derivations in Python and documents in LaTeX, each with its reader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from therefore.task import Task

if TYPE_CHECKING:
    from therefore.reading.latex import Reading
    from therefore.reading.modules import ReadError

__all__ = ["SUFFIXES", "Read", "find_sources", "is_source_name", "prerequisites", "read"]

SUFFIXES = (".py", ".tex")
_MOST_BYTES = 1_000_000
_TAKES_IN = re.compile(r"\\(?:input|include|subfile)\s*\{([^{}\n]{1,300})\}")
_COMMENT = re.compile(r"(?<!\\)%.*")


@dataclass(frozen=True)
class Read:
    """What was read of one source: its tasks and what could not be read, each in order.

    ``places`` says of each task and of each error, by its position, where it stands among the
    others, and is empty where the errors simply go first. ``targets`` are the claims that the
    source is to reach.
    """

    tasks: list[Task]
    errors: list[ReadError]
    targets: list[Task] = field(default_factory=list)
    task_places: list[tuple[int, ...]] = field(default_factory=list)
    error_places: list[tuple[int, ...]] = field(default_factory=list)


def find_sources(paths: Iterable[str | Path]) -> list[Path]:
    """The sources at these paths, those of a folder in the order of their names.

    A document that another one of the folder takes in is no source by itself. Raises
    ``FileNotFoundError`` for a path where nothing is. ``__init__.py`` is no source.
    """
    found: list[Path] = []
    for path in map(Path, paths):
        if path.is_dir():
            files = sorted(file for file in path.rglob("*") if _is_source(file, path))
            taken = _taken_in([file for file in files if file.suffix == ".tex"])
            found += [file for file in files if file not in taken]
        elif path.exists():
            found.append(path)
        else:
            raise FileNotFoundError(f"{path}: no such file or folder")
    return list(dict.fromkeys(found))


def is_source_name(name: str) -> bool:
    """Whether a file of this name is taken from a folder."""
    return name.endswith(SUFFIXES) and not name.startswith((".", "_")) and name != "conftest.py"


def read(path: str | Path, given: str | Path | None = None) -> Read:
    """Read one source. ``given`` is a document that sets the task for this one."""
    if Path(path).suffix == ".tex":
        return _read_document(path, given)
    from therefore.reading.modules import read_module

    tasks, errors = read_module(path)
    return Read(tasks, errors)


def prerequisites(tasks: Sequence[Task]) -> tuple[list[Task], list[ReadError]]:
    """The tasks of other modules that these tasks cite, and so on; documents cite none."""
    if all(task.in_document for task in tasks):
        return [], []
    from therefore.reading.modules import prerequisites

    return prerequisites([task for task in tasks if not task.in_document])


def _read_document(path: str | Path, given: str | Path | None) -> Read:
    from therefore.reading.latex import LatexError, read_source
    from therefore.reading.lines import shown

    reading = read_source(path, given)
    errors = sorted(
        reading.errors,
        key=lambda one: reading.order(one.path, one.line, getattr(one, "column", 1)),
    )
    return Read(
        reading.tasks,
        errors,
        _targets(reading, shown(path)),
        [
            reading.order(task.source.path, task.source.line, task.source.column)
            for task in reading.tasks
        ],
        [
            reading.order(one.path, one.line, one.column if isinstance(one, LatexError) else 1)
            for one in errors
        ],
    )


def _targets(reading: Reading, document: str) -> list[Task]:
    """The claims that were set, as tasks of the document that is to reach them."""
    lines = tuple(task.id for task in reading.tasks if task.kind != "derivation")
    return [
        replace(
            task,
            id=f"{document}::target.{task.label}",
            kind="target",
            uses=lines,
            parent="",
            follows=(),
        )
        for task in reading.targets
    ]


def _is_source(file: Path, root: Path) -> bool:
    hidden = any(part.startswith((".", "_")) for part in file.relative_to(root).parts)
    return not hidden and is_source_name(file.name) and file.is_file()


def _taken_in(documents: Sequence[Path]) -> set[Path]:
    """Those of the documents that others take in, directly or through a third.

    Where documents take in each other in a circle, the first of them is kept.
    """
    known = {document.resolve(): document for document in documents}
    takes = {document: _inputs(document, known) for document in documents}
    inner = {one for parts in takes.values() for one in parts}
    taken: set[Path] = set()
    for start in sorted(documents, key=lambda document: document in inner):
        if start in taken:
            continue
        waiting = list(takes[start] - {start})
        while waiting:
            part = waiting.pop()
            if part != start and part not in taken:
                taken.add(part)
                waiting += takes[part]
    return taken


def _inputs(document: Path, known: dict[Path, Path]) -> set[Path]:
    from therefore.reading.latex.files import inside

    try:
        with document.open("rb") as stream:
            text = stream.read(_MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        return set()
    found = set()
    for name in _TAKES_IN.findall(_COMMENT.sub("", text)):
        file = inside(document.parent, name.strip())
        if file is not None and file.resolve() in known:
            found.add(known[file.resolve()])
    return found
