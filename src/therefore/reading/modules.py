"""From derivation modules to tasks.

A derivation module is code, and is run as such. It is found by its path and loaded afresh under
a name of its own, so that nothing else in the process sees it; relative imports within its
package work.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import itertools
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from therefore.claim import Claim, recording
from therefore.language.errors import IllFormed
from therefore.reading.lines import Item, LineReader, shown
from therefore.task import Source, Task

__all__ = ["ReadError", "namespace_of", "prerequisites", "read_module", "tasks_of_claim"]

_numbers = itertools.count()


@dataclass(frozen=True)
class ReadError:
    """What keeps a module, or one line of it, from being read, and where that is."""

    path: str
    line: int
    message: str
    id: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


def read_module(path: str | Path) -> tuple[list[Task], list[ReadError]]:
    """The tasks of one module, in the order of its lines, and what could not be read.

    Tasks of one claim follow one another: its derivations with their steps, then the claim,
    then its false twins. Whatever goes wrong, in the module or in one of its lines, is an
    error in the answer; the rest is read nevertheless.
    """
    file = Path(path)
    with _forgotten() as prefix:
        try:
            # What a module prints must not stand in the report.
            with recording() as stated, contextlib.redirect_stdout(sys.stderr):
                _load(file, prefix)
        except (Exception, SystemExit) as error:  # a module is code: anything may go wrong in it
            return [], [_import_error(file, error)]
        return _tasks(stated, file)


def namespace_of(path: str | Path) -> dict[str, Any]:
    """The names of a module and what they stand for. Raises whatever the module raises."""
    with _forgotten() as prefix, contextlib.redirect_stdout(sys.stderr):
        return dict(vars(_load(Path(path), prefix)))


def tasks_of_claim(claim: Claim) -> list[Task]:
    """The tasks of a claim of one's own, the claim's own task last.

    What it rests on comes first, from other modules too; false twins are left out. Raises
    ``IllFormed`` where a line has no truth value.
    """
    reader = LineReader(_label_by_module, follow=lambda item: True)
    reader.add(claim)
    for _, error in reader.errors:
        raise error
    return [task for task in reader.tasks if task.kind != "twin"]


def prerequisites(tasks: Sequence[Task]) -> tuple[list[Task], list[ReadError]]:
    """The tasks of other modules that these tasks cite, and so on, cited ones first."""
    known = {task.id for task in tasks}
    cited = {name for task in tasks for name in task.uses if name not in known}
    found: list[Task] = []
    errors: list[ReadError] = []
    for path in sorted({name.rpartition("::")[0] for name in cited}):
        more, wrong = read_module(path)
        before, worse = prerequisites(more)
        found += [task for task in (*before, *more) if task.id not in known]
        errors += [*worse, *wrong]
        known |= {task.id for task in found}
    return found, errors


def _tasks(stated: Sequence[Item], file: Path) -> tuple[list[Task], list[ReadError]]:
    place = file.resolve()

    def is_own(item: Item) -> bool:
        return Path(item.source.path).resolve() == place

    own = {id(item): item for item in stated if is_own(item)}
    reader = LineReader(_label_by_module, follow=is_own)
    for item in sorted(own.values(), key=lambda item: item.source.line):
        reader.add(item)
    return reader.tasks, [_read_error(name, error) for name, error in reader.errors]


def _read_error(name: str, error: IllFormed) -> ReadError:
    source = error.source or Source("<unknown>", 0)
    return ReadError(source.path, source.line, error.message, name)


def _label_by_module(item: Item) -> str:
    """The name of the variable that holds the item in the module where it was written."""
    for module in list(sys.modules.values()):
        if getattr(module, "__file__", None) != item.source.path:
            continue
        for name, value in list(vars(module).items()):
            if value is item:
                return name
    return f"line_{item.source.line}"


# -- loading -----------------------------------------------------------------------------


@contextmanager
def _forgotten() -> Iterator[str]:
    """A prefix for the names of modules, which are dropped from the process afterwards."""
    prefix = f"_therefore_source_{next(_numbers)}"
    try:
        yield prefix
    finally:
        for name in [n for n in sys.modules if n == prefix or n.startswith(prefix + ".")]:
            del sys.modules[name]


def _load(file: Path, prefix: str) -> ModuleType:
    """Run a module, with the packages around it. Raises whatever the module raises."""
    place = file.resolve()
    packages: list[str] = []
    root = place.parent
    while (root / "__init__.py").exists():
        packages.insert(0, root.name)
        root = root.parent
    if not packages:
        return _run(prefix, place, None)
    top = root / packages[0]
    _run(prefix, top / "__init__.py", [str(top)])
    return importlib.import_module(".".join((prefix, *packages[1:], place.stem)))


def _run(name: str, file: Path, folders: list[str] | None) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, file, submodule_search_locations=folders)
    if spec is None or spec.loader is None:
        raise ImportError(f"{file} is not a Python module")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _import_error(file: Path, error: BaseException) -> ReadError:
    """The error with the last line of the module itself that led to it."""
    place = file.resolve()
    line = 1
    if isinstance(error, SyntaxError) and error.filename and Path(error.filename) == place:
        line = error.lineno or 1
    for frame in traceback.extract_tb(error.__traceback__):
        if Path(frame.filename).resolve() == place and frame.lineno:
            line = frame.lineno
    message = error.message if isinstance(error, IllFormed) else _said(error)
    return ReadError(shown(file), line, message)


def _said(error: BaseException) -> str:
    """What an error says of itself, if it can: it may be one of the module's own."""
    kind = type(error).__name__
    try:
        return f"{kind}: {error}"
    except Exception:
        return kind
