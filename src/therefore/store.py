"""Certificates on disk: one file for one source file, and the searches that found nothing.

``certificates/`` mirrors the sources: the certificates of ``derivations/optimization/regret.py``
stand in ``certificates/derivations/optimization/regret.json``, as a list of
``{"id", "goal", "certificate"}`` in the order in which they build on each other; those of the
document ``proofs/A.tex`` stand in ``certificates/proofs/A.tex.json``. The files are
generated, are meant to be committed, and are enough for the kernel to check everything again.
A source outside the root has its file in ``.therefore_cache/certificates/``.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from therefore.record import Problem

__all__ = [
    "CACHE",
    "CERTIFICATES",
    "Entry",
    "certificate_path",
    "certificate_root",
    "cited_but_missing",
    "cited_by",
    "dump",
    "entry_id",
    "goal_name",
    "in_dependence_order",
    "load",
    "name_of",
    "read_failures",
    "remember_failures",
    "save",
]

CERTIFICATES = "certificates"
CACHE = ".therefore_cache"


@dataclass(frozen=True)
class Entry:
    """One certificate of a file: whose it is, the goal it is for, and where it stands."""

    id: str
    goal: Any
    certificate: Any
    file: str = ""
    line: int = 0

    @property
    def goal_text(self) -> str:
        """The goal as one line of JSON, which the kernel reads."""
        return json.dumps(self.goal, separators=(",", ":"), sort_keys=True, ensure_ascii=True)

    @property
    def certificate_text(self) -> str:
        """The certificate as one line of JSON, which the kernel reads."""
        return json.dumps(self.certificate, separators=(",", ":"), ensure_ascii=True)


def certificate_path(source: Path, root: Path, *, shared: bool = True) -> Path:
    """Where the certificates of a source file stand.

    With ``shared`` a source below ``root`` has its place in ``certificates/``; without, and
    for a source elsewhere, the place is in the cache.
    """
    source, root = source.resolve(), root.resolve()
    if source.is_relative_to(root):
        place = source.relative_to(root)
        below = place.with_name(_file_name(place))
        return (root / CERTIFICATES if shared else root / CACHE / CERTIFICATES) / below
    digest = hashlib.sha256(str(source.parent).encode()).hexdigest()[:12]
    return root / CACHE / CERTIFICATES / digest / _file_name(source)


def _file_name(source: Path) -> str:
    """A module and a document of one name do not share a file."""
    return f"{source.stem if source.suffix == '.py' else source.name}.json"


def certificate_root(source: Path) -> Path:
    """The nearest folder above a source that has certificates, or else the current one."""
    for folder in source.resolve().parents:
        if (folder / CERTIFICATES).is_dir():
            return folder
    return Path()


def entry_id(task_id: str, source: Path, root: Path) -> str:
    """The id of an entry: the path of its source below the root, and the name of the line."""
    source, root = source.resolve(), root.resolve()
    place = source.relative_to(root) if source.is_relative_to(root) else source
    return f"{place.as_posix()}::{name_of(task_id)}"


def name_of(task_id: str) -> str:
    """The name of a line within its source: what stands after the last ``::``."""
    return task_id.rpartition("::")[2]


class _Duplicate(ValueError):
    pass


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        raise _Duplicate("a key stands twice")
    return record


def _no_number(text: str) -> Any:
    raise _Duplicate(f"the number {text} stands outside of quotes")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_no_duplicates,
    parse_float=_no_number,
    parse_int=_no_number,
    parse_constant=_no_number,
)


def load(path: Path, shown: str = "") -> tuple[list[Entry], list[Problem]]:
    """The entries of a certificate file, and what is wrong with it.

    The entries are read one at a time, so those before the first damaged place are kept.
    A file that does not exist has no entries and no problems.
    """
    shown = shown or str(path)
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return [], []
    except (OSError, UnicodeDecodeError) as error:
        return [], [Problem(shown, 1, f"this certificate file cannot be read: {error}")]
    entries: list[Entry] = []
    at = _skip(text, 0)
    if text[at : at + 1] != "[":
        return [], [Problem(shown, _line(text, at), "not a certificate file: it is not a list")]
    at = _skip(text, at + 1)
    while text[at : at + 1] != "]":
        try:
            value, end = _DECODER.raw_decode(text, at)
        except json.JSONDecodeError as error:
            what = "the file breaks off" if error.pos >= len(text.rstrip()) else error.msg
            return entries, [Problem(shown, _line(text, error.pos), f"damaged certificate: {what}")]
        except (_Duplicate, RecursionError) as error:
            return entries, [Problem(shown, _line(text, at), f"damaged certificate: {error}")]
        if not (
            isinstance(value, dict)
            and set(value) == {"id", "goal", "certificate"}
            and isinstance(value["id"], str)
        ):
            message = 'not a certificate: it needs "id", "goal" and "certificate", and no more'
            return entries, [Problem(shown, _line(text, at), message)]
        entries.append(
            Entry(value["id"], value["goal"], value["certificate"], shown, _line(text, at))
        )
        at = _skip(text, end)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
        elif text[at : at + 1] != "]":
            what = "the file breaks off" if at >= len(text) else "a comma or ] is missing"
            return entries, [Problem(shown, _line(text, at), f"damaged certificate: {what}")]
    if text[at + 1 :].strip():
        message = "damaged certificate: something follows the end of the list"
        return entries, [Problem(shown, _line(text, _skip(text, at + 1)), message)]
    return entries, []


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, min(at, len(text.rstrip()))) + 1


def save(path: Path, entries: Iterable[Entry]) -> bool:
    """Write a certificate file, and say whether it changed. No entries: no file."""
    entries = list(entries)
    if not entries:
        if path.exists():
            path.unlink()
            return True
        return False
    text = dump([{"id": e.id, "goal": e.goal, "certificate": e.certificate} for e in entries])
    if path.exists() and path.read_text(encoding="utf-8", errors="replace") == text:
        return False
    _write_atomically(path, text)
    return True


def dump(entries: Sequence[dict[str, Any]]) -> str:
    """Entries as JSON text for people and for diffs: keys sorted, what is short on one line."""
    return _pretty(list(entries), "") + "\n"


_WIDTH = 96


def _pretty(value: Any, indent: str) -> str:
    inner = indent + " "
    flat = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    if isinstance(value, dict) and (len(indent) < 2 or len(flat) > _WIDTH):
        lines = [f"{inner}{json.dumps(key)}: {_pretty(value[key], inner)}" for key in sorted(value)]
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    if isinstance(value, list) and value and (not indent or len(flat) > _WIDTH):
        lines = [inner + _pretty(item, inner) for item in value]
        return "[\n" + ",\n".join(lines) + f"\n{indent}]"
    return flat


def _write_atomically(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


_LEMMA = re.compile(r'"lemma:([0-9a-f]{64})"')


def in_dependence_order(entries: Sequence[Entry]) -> list[int]:
    """The places of the entries, each after those whose goals it cites, otherwise as they stand.

    Certificates that cite each other in a circle stand in some order; the kernel refuses them.
    """
    proving: dict[str, list[int]] = {}
    for place, entry in enumerate(entries):
        proving.setdefault(goal_name(entry), []).append(place)
    cites = [
        [p for name in _LEMMA.findall(entry.certificate_text) for p in proving.get(name, ())]
        for entry in entries
    ]
    order: list[int] = []
    begun: set[int] = set()
    for start in range(len(entries)):
        waiting = [(start, False)]
        while waiting:
            place, ready = waiting.pop()
            if ready:
                order.append(place)
            elif place not in begun:
                begun.add(place)
                waiting.append((place, True))
                waiting += [(p, False) for p in reversed(cites[place])]
    return order


def cited_by(entry: Entry) -> set[str]:
    """The hashes of the goals that a certificate cites."""
    return set(_LEMMA.findall(entry.certificate_text))


def cited_but_missing(entries: Sequence[Entry]) -> set[str]:
    """The hashes of goals that are cited by these certificates and proved by none of them."""
    cited = {name for entry in entries for name in cited_by(entry)}
    return cited - {goal_name(entry) for entry in entries}


def goal_name(entry: Entry) -> str:
    """The hash of an entry's goal, or nothing where its goal is none."""
    from therefore.kernel import Rejected, goal_hash

    try:
        return goal_hash(entry.goal_text)
    except Rejected:  # what is no goal is refused in its turn
        return ""


def read_failures(root: Path) -> dict[str, Any]:
    """The searches that found nothing, by their key. A damaged file counts as empty."""
    try:
        found = json.loads((root / CACHE / "failures.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def remember_failures(root: Path, failures: dict[str, Any]) -> None:
    """Write the searches that found nothing."""
    text = json.dumps(failures, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    _write_atomically(root / CACHE / "failures.json", text)
