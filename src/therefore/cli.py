"""The command line: ``therefore check``, ``recheck``, ``write``, ``pages``, ``read`` and so on."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from therefore.check import Options
    from therefore.record import Run

__all__ = ["main"]

_EPILOG = """\
exit codes: 0 every verdict is as expected; 1 some is not; 2 misuse; 3 the kernel and the
instances, or a prover and the kernel, contradict each other.

A derivation is a Python module: checking it runs it. A LaTeX document is only read.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    try:
        code = int(options.command(options))
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        _close(sys.stdout)
        return 1
    except OSError as error:
        what = error.filename
        if what is None:
            what = "therefore: the output cannot be written"
            _close(sys.stdout)
        print(f"{what}: {error.strerror}", file=sys.stderr)
        return 2


def _close(stream: TextIO) -> None:
    """Close a stream that takes nothing any more, so that Python does not try once again."""
    with suppress(OSError, ValueError):
        stream.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="therefore",
        description="Checks mathematical derivations line by line: proved with a certificate, "
        "refuted with a counterexample, or honestly neither.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    check = commands.add_parser(
        "check",
        help="check derivations and documents, and say what was found",
        description="Check every claim, derivation, step and false twin of the given modules, "
        "and every line of the given LaTeX documents.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_paths(check)
    _add_search(check)
    check.add_argument(
        "--json", metavar="FILE", help="write the records as JSON to FILE; - is standard output"
    )
    check.add_argument(
        "--explain",
        action="store_true",
        help="tell of each line what was tried, in which order, how long and why in vain; with "
        "--no-cache also of lines that have a certificate",
    )
    check.add_argument(
        "--accept",
        choices=["proved", "supported"],
        default="proved",
        help="what is good enough where PROVED is expected (default: proved)",
    )
    check.add_argument(
        "--given",
        metavar="FILE",
        help="a .tex file that sets the task: documents may use what it declares, defines and "
        "assumes, and are to reach its claims; what they assume beside it is listed",
    )
    check.add_argument(
        "--second-reader",
        action="store_true",
        help="have latex2sympy2 read the lines of documents too, in a process of its own, and "
        "remark where it disagrees; THEREFORE_SECOND_READER names a Python that has it, if this "
        "one has not",
    )
    check.set_defaults(command=_check)

    recheck = commands.add_parser(
        "recheck",
        help="check stored certificates again, with the kernel alone",
        description="Send stored certificates to the kernel, and print the goals that they prove. "
        "No derivation is read, and neither SymPy nor NumPy is imported.",
    )
    recheck.add_argument(
        "paths", nargs="*", metavar="PATH", help="files and folders (default: certificates)"
    )
    recheck.set_defaults(command=_recheck)

    write = commands.add_parser(
        "write",
        help="write a checked derivation up as a document",
        description="Check the given files and write them up as a complete document.",
    )
    write.add_argument("paths", nargs="+", metavar="PATH", help="derivations to write up")
    write.add_argument("--format", choices=["latex"], default="latex", help="default: latex")
    write.add_argument("-o", "--output", metavar="FILE", help="default: standard output")
    _add_search(write)
    write.set_defaults(command=_write)

    pages = commands.add_parser(
        "pages",
        help="write pages on derivations, in Markdown with plots",
        description="Write an index, and a page for each module and each folder of modules: "
        "statements, proofs, certificates, false twins, formulas and plots. Nothing is searched: "
        "run check first. "
        "Plots that have changed are drawn by matplotlib (the extra [pages]).",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    pages.add_argument(
        "paths", nargs="*", metavar="PATH", help="modules and folders (default: derivations)"
    )
    pages.add_argument(
        "-o", "--out", metavar="FOLDER", default="docs", help="where they go (default: docs)"
    )
    pages.add_argument(
        "--verify",
        action="store_true",
        help="write nothing, and fail where a page is not what would be written",
    )
    pages.set_defaults(command=_pages)

    read = commands.add_parser(
        "read",
        help="print what is understood of a LaTeX document, and check nothing",
        description="Print each line of a LaTeX document as it is read, with its hypotheses. "
        "Nothing is checked: see docs/latex.md for what can be read.",
    )
    read.add_argument("file", metavar="FILE", help="a .tex file")
    read.add_argument(
        "--declare",
        action="store_true",
        help="print the declarations that the document lacks, ready to paste",
    )
    read.set_defaults(command=_read)

    version = commands.add_parser("version", help="print the version")
    version.set_defaults(command=_version)
    return parser


def _add_paths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="files and folders (default: derivations and proofs, where they exist)",
    )


def _add_search(parser: argparse.ArgumentParser) -> None:
    cache = parser.add_mutually_exclusive_group()
    cache.add_argument(
        "--no-cache",
        action="store_true",
        help="search everything anew, whatever certificates there are",
    )
    cache.add_argument(
        "--locked",
        action="store_true",
        help="search and write nothing; a stale or missing certificate fails",
    )
    parser.add_argument(
        "--budget",
        type=_positive,
        default=10.0,
        metavar="SECONDS",
        help="how long one search may take (default: 10)",
    )
    parser.add_argument(
        "--seed", type=int, default=0, help="seed of the random instances (default: 0)"
    )
    parser.add_argument(
        "--jobs",
        type=_count,
        default=0,
        metavar="N",
        help="lines to work on at one time (default: as many as there are cores)",
    )


def _positive(text: str) -> float:
    with suppress(ValueError):
        value = float(text)
        if 0 < value < float("inf"):
            return value
    raise argparse.ArgumentTypeError(f"{text} is not a positive number of seconds")


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise argparse.ArgumentTypeError(f"{text} is not a number of lines")
    return int(text)


# -- commands ----------------------------------------------------------------------------


def _check(arguments: argparse.Namespace) -> int:
    from therefore.writing.json_report import json_report
    from therefore.writing.style import Style
    from therefore.writing.terminal import report

    paths = arguments.paths or [name for name in ("derivations", "proofs") if Path(name).is_dir()]
    if not paths:
        print(
            "therefore check: there is no folder derivations or proofs here; name what to check",
            file=sys.stderr,
        )
        return 2
    options = replace(
        _options(arguments), second_reader=arguments.second_reader, explain=arguments.explain
    )
    run = _run(paths, options)
    accept = arguments.accept == "supported"
    if arguments.json == "-":
        sys.stdout.write(json_report(run.records))
        for problem in run.problems:
            print(problem, file=sys.stderr)
        for note in run.notes:
            print(note, file=sys.stderr)
    else:
        print(report(run, Style.of(sys.stdout), accept_supported=accept))
        if arguments.json:
            try:
                Path(arguments.json).write_text(json_report(run.records), encoding="utf-8")
            except OSError as error:
                print(f"{arguments.json}: cannot be written: {error}", file=sys.stderr)
                return max(2, run.exit_code(accept_supported=accept))
    return run.exit_code(accept_supported=accept)


def _recheck(arguments: argparse.Namespace) -> int:
    from therefore.recheck import recheck
    from therefore.writing.rechecked import rechecked_report
    from therefore.writing.style import Style

    results, problems = recheck(arguments.paths or ["certificates"])
    print(rechecked_report(results, problems, Style.of(sys.stdout)))
    if any(problem.misuse for problem in problems):
        return 2
    return 0 if not problems and all(result.accepted for result in results) else 1


def _write(arguments: argparse.Namespace) -> int:
    from therefore.writing.latex import document

    documents = [path for path in arguments.paths if path.endswith(".tex")]
    if documents:
        message = "this is a document already; write takes modules"
        print(f"{documents[0]}: {message}", file=sys.stderr)
        return 2
    run = _run(arguments.paths, _options(arguments))
    for problem in run.problems:
        print(problem, file=sys.stderr)
    if not run.records:
        return run.exit_code()
    text = document([record for record in run.records if not record.in_document])
    if arguments.output:
        try:
            Path(arguments.output).write_text(text, encoding="utf-8")
        except OSError as error:
            print(f"{arguments.output}: cannot be written: {error}", file=sys.stderr)
            return 2
    else:
        sys.stdout.write(text)
    return run.exit_code()


def _pages(arguments: argparse.Namespace) -> int:
    from therefore.pages import outdated, pages_of, write
    from therefore.record import Run
    from therefore.writing.figures import NoMatplotlib

    out = Path(arguments.out)
    if out.exists() and not out.is_dir():
        print(f"{out}: this is no folder", file=sys.stderr)
        return 2
    pages = pages_of(arguments.paths or ["derivations"], out)
    for problem in pages.problems:
        print(problem, file=sys.stderr)
    code = Run(pages.records, pages.problems).exit_code()
    if not pages.texts:
        return code
    if arguments.verify:
        old = outdated(pages, out)
        for name in old:
            print(f"{out / name}: out of date; `therefore pages` writes it anew")
        return max(code, 1) if old else code
    try:
        changed = write(pages, out)
    except NoMatplotlib as error:
        print(error, file=sys.stderr)
        return 2
    count = len(pages.texts) + len(pages.figures)
    print(f"{count} files in {out}, {len(changed) or 'none'} of them changed")
    return code


def _read(arguments: argparse.Namespace) -> int:
    from therefore.reading.latex import declarations_missing, read_document
    from therefore.writing.readings import readings

    if Path(arguments.file).suffix != ".tex" or not Path(arguments.file).is_file():
        print(f"{arguments.file}: there is no such .tex file to read", file=sys.stderr)
        return 2
    tasks, errors = read_document(arguments.file)
    if arguments.declare:
        sys.stdout.write(declarations_missing(errors))
    else:
        print(readings(tasks, errors))
    return 1 if errors else 0


def _version(_: argparse.Namespace) -> int:
    import therefore

    print(f"therefore {therefore.__version__}")
    return 0


def _options(arguments: argparse.Namespace) -> Options:
    from therefore.check import Options

    return Options(
        budget=arguments.budget,
        seed=arguments.seed,
        jobs=arguments.jobs,
        stored=not arguments.no_cache,
        locked=arguments.locked,
        given=Path(arguments.given) if getattr(arguments, "given", None) else None,
    )


def _run(paths: Sequence[str], options: Options) -> Run:
    from therefore.check import run

    progress = _Progress()
    try:
        return run(paths, options, progress=progress)
    finally:
        progress.end()


class _Progress:
    """A line on standard error once a run has taken more than two seconds."""

    def __init__(self) -> None:
        self._tty = sys.stderr.isatty()
        self._next = time.monotonic() + 2.0
        self._shown = False

    def __call__(self, done: int, total: int, current: str) -> None:
        now = time.monotonic()
        if now < self._next or done == total:
            return
        self._next = now + (0.2 if self._tty else 10.0)
        text = f"{done} of {total} lines; now {current}"
        if self._tty:
            print(f"\r\x1b[2K{text[:100]}", end="", file=sys.stderr, flush=True)
            self._shown = True
        else:
            print(text, file=sys.stderr, flush=True)

    def end(self) -> None:
        """Take the line away again."""
        if self._shown:
            print("\r\x1b[2K", end="", file=sys.stderr, flush=True)
