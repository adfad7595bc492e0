"""Pages on derivations, in Markdown: gathered from modules and certificates, and written.

Nothing is searched: a line without a certificate is what it is without one. Files that were not
written here are never touched.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from therefore import store
from therefore.check import Options, run
from therefore.record import Problem, Record

if TYPE_CHECKING:
    from therefore.writing.book import Book, Drawing, Formula, Module, Topic

__all__ = ["Pages", "gather", "outdated", "pages_of", "write"]

_PLOTS = "plots"
_INSTANCES = Options.instances
_NO_WORDS: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Pages:
    """The text of each file, by its path below the folder of the pages, and what is wrong.

    ``figures`` has the numbers of each plot, which is drawn only where they have changed.
    """

    texts: dict[str, str]
    figures: dict[str, dict[str, object]]
    records: tuple[Record, ...]
    problems: tuple[Problem, ...] = ()


def pages_of(paths: Sequence[str], out: Path) -> Pages:
    """The pages on the modules of these files and folders, as they should stand below ``out``."""
    from therefore.writing.page_index import axioms_page, index_page
    from therefore.writing.page_modules import drawing_file, module_page
    from therefore.writing.page_topics import topic_page

    book, records, problems = gather(paths, out)
    if book is None:
        return Pages({}, {}, records, problems)
    texts = {"README.md": index_page(book), "axioms.md": axioms_page()}
    figures = {}
    for topic in book.topics:
        texts[topic.page] = topic_page(topic, book)
        for module in topic.modules:
            texts[topic.page_of(module)] = module_page(module, topic, book)
            for drawing in module.drawings:
                figures[drawing_file(topic, module, drawing)] = dict(drawing.numbers)
    return Pages(texts, figures, records, problems)


def gather(
    paths: Sequence[str], out: Path
) -> tuple[Book | None, tuple[Record, ...], tuple[Problem, ...]]:
    """Everything that the pages say, and what is wrong; no book where nothing can be said."""
    from therefore.writing.book import Book

    files, problems = _modules(paths)
    if problems or not files:
        return None, (), tuple(problems)
    records, found = _judged(files)
    topics, more = _topics(files, records, out)
    problems += [*found, *more]
    if not topics:
        return None, records, tuple(problems)
    return Book(topics, _others(out, topics)), records, tuple(problems)


def outdated(pages: Pages, out: Path) -> list[str]:
    """What stands otherwise below ``out`` than it would be written, or should not be there."""
    from therefore.writing.figures import numbers_in, same_numbers

    found = [name for name, text in pages.texts.items() if _read(out / name) != text]
    for name, numbers in pages.figures.items():
        if not same_numbers(numbers_in(_read(out / name)), numbers):
            found.append(name)
    return [*found, *_left_over(pages, out)]


def write(pages: Pages, out: Path) -> list[str]:
    """Write what has changed, take away what is left over, and say which files these were.

    Raises ``NoMatplotlib`` where a plot is to be drawn without it, and ``FileExistsError`` where
    a page would take the place of a file that was not written here. Nothing is written then.
    """
    from therefore.writing.figures import figure
    from therefore.writing.page_topics import MARK

    changed = outdated(pages, out)
    for name in changed:
        there = _read(out / name)
        if name in pages.texts and there and not there.startswith(MARK):
            message = "stands there and was not written by this command"
            raise FileExistsError(errno.EEXIST, message, str(out / name))
    drawn = {name: figure(pages.figures[name]) for name in changed if name in pages.figures}
    for name in changed:
        file = out / name
        if name not in pages.texts and name not in drawn:
            file.unlink()
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(drawn.get(name) or pages.texts[name], encoding="utf-8")
    return changed


def _left_over(pages: Pages, out: Path) -> list[str]:
    """Pages and plots that were written here once, and belong to nothing any more."""
    from therefore.writing.figures import numbers_in
    from therefore.writing.page_topics import MARK

    files = [*sorted(out.glob("*.md")), *sorted(out.glob("*/*.md"))]
    ours = [path.relative_to(out).as_posix() for path in files if _read(path).startswith(MARK)]
    plots = sorted((out / _PLOTS).glob("*.svg"))
    ours += [f"{_PLOTS}/{path.name}" for path in plots if numbers_in(_read(path)) is not None]
    return [name for name in ours if name not in pages.texts and name not in pages.figures]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return ""


# -- what is said ------------------------------------------------------------------------


def _modules(paths: Sequence[str]) -> tuple[list[Path], list[Problem]]:
    from therefore.reading.sources import find_sources

    files: list[Path] = []
    problems: list[Problem] = []
    for path in map(Path, paths):
        if not path.exists():
            problems.append(Problem(str(path), 0, "no such file or folder", misuse=True))
            continue
        if path.is_file() and path.suffix != ".py":
            message = "pages are made of modules (.py)"
            problems.append(Problem(str(path), 0, message, misuse=True))
            continue
        found = [file for file in find_sources([path]) if file.suffix == ".py"]
        if not found:
            problems.append(Problem(str(path), 0, "there is no module here", misuse=True))
        files += found
    return list(dict.fromkeys(files)), problems


def _judged(files: Sequence[Path]) -> tuple[tuple[Record, ...], list[Problem]]:
    """The records by certificates alone; what has none is tried on random instances as well."""
    from therefore.reading.lines import shown

    options = Options(locked=True, instances=0)
    found = run(list(files), options)
    open_ = {record.file for record in found.records if not record.as_expected()}
    if not open_:
        return found.records, list(found.problems)
    again = run([f for f in files if shown(f) in open_], replace(options, instances=_INSTANCES))
    records = [record for record in found.records if record.file not in open_]
    missing = " (search with `therefore check` first)"
    problems = [
        replace(one, message=one.message + missing) if "--locked" in one.message else one
        for one in found.problems
    ]
    return (*records, *again.records), problems


def _topics(
    files: Sequence[Path], records: Sequence[Record], out: Path
) -> tuple[tuple[Topic, ...], list[Problem]]:
    from therefore.writing.book import Topic

    folders = list(dict.fromkeys(file.resolve().parent for file in files))
    names = [folder.name or "derivations" for folder in folders]
    for name in names:
        if names.count(name) > 1 or name.lower() in ("readme", "axioms"):
            message = f"two pages would be called {name}.md"
            return (), [Problem(name, 0, message, misuse=True)]
    topics = []
    problems: list[Problem] = []
    for folder, name in zip(folders, names, strict=True):
        modules = []
        for file in files:
            if file.resolve().parent == folder:
                module, wrong = _module(file, records, out / name)
                problems += wrong
                modules.append(module)
        init = folder / "__init__.py"
        modules = [module for module in modules if module.records or module.formulas]
        if modules:
            topics.append(Topic(name, _first_words(init), tuple(modules)))
    return tuple(topics), problems


def _module(
    file: Path, records: Sequence[Record], page: Path
) -> tuple[Module, list[Problem]]:
    from therefore.language.errors import IllFormed
    from therefore.reading.lines import shown
    from therefore.writing.about_modules import about_module, import_name, words_of
    from therefore.writing.book import Module

    name = shown(file)
    own = tuple(record for record in records if record.file == name)
    problems = []
    formulas: tuple[Formula, ...] = ()
    drawings: tuple[Drawing, ...] = ()
    title, paragraphs = "", _NO_WORDS
    try:
        title, paragraphs = words_of(file)
        formulas, drawings = about_module(file)
    except IllFormed as error:
        line = error.source.line if error.source else 1
        problems.append(Problem(name, line, error.message))
    except (Exception, SystemExit):  # a module is code; what went wrong stands in its record
        pass
    certificates = store.certificate_path(file, Path())
    module = Module(
        name=file.stem,
        file=name,
        title=title,
        paragraphs=paragraphs,
        records=own,
        formulas=formulas,
        drawings=drawings,
        imported=import_name(file),
        link=_relative(file, page),
        certificates=_relative(certificates, page),
        certificates_file=shown(certificates) if certificates.exists() else "",
    )
    return module, problems


def _first_words(init: Path) -> str:
    from therefore.writing.about_modules import words_of

    if not init.is_file():
        return ""
    title, paragraphs = words_of(init)
    return " ".join([title, *(text for _, text in paragraphs)]).strip()


def _others(out: Path, topics: Sequence[Topic]) -> tuple[tuple[str, str], ...]:
    """Pages of other hands in the same folder, with their titles."""
    from therefore.writing.page_topics import MARK

    own = {"README.md", "axioms.md", *(topic.page for topic in topics)}
    found = []
    for file in sorted(out.glob("*.md")):
        text = _read(file)
        if file.name not in own and not text.startswith(MARK):
            heading = next((line for line in text.splitlines() if line.startswith("# ")), "")
            found.append((file.name, heading.removeprefix("# ") or file.stem))
    return tuple(found)


def _relative(path: Path, folder: Path) -> str:
    return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
