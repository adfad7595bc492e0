"""Certificate files: where they stand, how they are read, and the kernel's second look."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from therefore import store
from therefore.recheck import recheck
from therefore.record import Run
from therefore.store import Entry, in_dependence_order

Check = Callable[..., Run]


def test_the_folder_mirrors_the_sources(tmp_path: Path) -> None:
    """One file for one source; a source elsewhere has its file in the cache."""
    source = tmp_path / "derivations" / "optimization" / "regret.py"
    path = store.certificate_path(source, tmp_path)
    assert path == tmp_path / "certificates/derivations/optimization/regret.json"
    outside = store.certificate_path(Path("/elsewhere/regret.py"), tmp_path)
    assert outside.is_relative_to(tmp_path / ".therefore_cache/certificates")
    other = store.certificate_path(Path("/other/regret.py"), tmp_path)
    assert other != outside


ENTRY = Entry("a.py::x", {"conclusion": ["=", "1", "1"]}, {"kind": "proof"})


def test_files_are_stable(tmp_path: Path) -> None:
    """The same entries make the same text, and a second save writes nothing."""
    path = tmp_path / "a.json"
    assert store.save(path, [ENTRY])
    assert not store.save(path, [ENTRY])
    (entry,), problems = store.load(path)
    assert not problems
    assert (entry.id, entry.goal, entry.certificate) == (ENTRY.id, ENTRY.goal, ENTRY.certificate)
    assert (entry.line, json.loads(path.read_text())[0]["id"]) == (2, "a.py::x")
    assert store.save(path, [])
    assert not path.exists()


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "not a list"),
        ("{}", 1, "not a list"),
        ("[\n {", 2, "breaks off"),
        ('[\n {"id": "a", "goal": {}, "certificate": {}}', 2, "breaks off"),
        ('[\n {"id": "a", "goal": {}, "certificate": {}}\n {}]', 3, "comma"),
        ('[\n {"id": "a", "id": "b", "goal": {}, "certificate": {}}]', 2, "twice"),
        ('[\n {"id": "a", "goal": 1.5, "certificate": {}}]', 2, "1.5"),
        ('[\n {"id": "a", "goal": NaN, "certificate": {}}]', 2, "NaN"),
        ('[\n {"id": "a", "goal": {}}]', 2, "needs"),
        ('[\n {"id": "a", "goal": {}, "certificate": {}, "more": {}}]', 2, "needs"),
        ("[]\n[]", 2, "follows"),
        ("[" * 100_000, 1, ""),
    ],
)
def test_damage_is_placed(tmp_path: Path, text: str, line: int, message: str) -> None:
    """Each kind of damage has its line."""
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    _, (problem,) = store.load(path)
    assert (problem.line, message in problem.message) == (line, True), problem


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    """A file in another encoding is told, not raised."""
    path = tmp_path / "a.json"
    path.write_bytes(b"[\xff]")
    entries, (problem,) = store.load(path)
    assert not entries
    assert "cannot be read" in problem.message


def test_what_stands_before_the_damage_is_kept(tmp_path: Path) -> None:
    """A truncated file still gives its whole entries."""
    path = tmp_path / "a.json"
    store.save(path, [ENTRY, ENTRY, ENTRY])
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.rindex('"certificate"')], encoding="utf-8")
    entries, (problem,) = store.load(path)
    assert len(entries) == 2
    assert "breaks off" in problem.message


def cite(name: str, *lemmas: str) -> Entry:
    """An entry whose certificate cites goals."""
    goal = {"declarations": [], "definitions": [], "hypotheses": [], "conclusion": ["=", name, "1"]}
    return Entry(name, goal, {"items": [{"fact": f"lemma:{lemma}"} for lemma in lemmas]})


def test_dependence_order() -> None:
    """What is cited goes first, across files; certificates in a circle go last."""
    from therefore.kernel import goal_hash

    a = cite("1")
    b = cite("2", goal_hash(a.goal_text))
    c = cite("3", goal_hash(b.goal_text), goal_hash(a.goal_text))
    assert in_dependence_order([c, b, a]) == [2, 1, 0]
    d = cite("4", goal_hash(cite("5").goal_text))
    e = cite("5", goal_hash(d.goal_text))
    assert sorted(in_dependence_order([d, e, a])) == [0, 1, 2]


def test_recheck_agrees(checked: Check, tmp_path: Path) -> None:
    """The kernel alone accepts what the checker stored, from one file or from two."""
    checked()
    path = next(tmp_path.rglob("regret.json"))
    results, problems = recheck([path])
    assert not problems
    assert all(result.accepted for result in results)
    entries, _ = store.load(path)
    folder = tmp_path / "split"
    for place, entry in enumerate(reversed(entries)):
        store.save(folder / f"{place}.json", [entry])
    results, problems = recheck([folder])
    assert len(results) == len(entries)
    assert all(result.accepted for result in results)


def test_recheck_without_the_lemma(checked: Check, tmp_path: Path) -> None:
    """A certificate that cites what is not there is refused."""
    checked()
    path = next(tmp_path.rglob("regret.json"))
    entries, _ = store.load(path)
    store.save(path, [entry for entry in entries if entry.id.endswith("telescope")])
    (result,), _ = recheck([path])
    assert not result.accepted


def therefore(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    command = [sys.executable, "-m", "therefore", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120)


def test_recheck_command(checked: Check, tmp_path: Path) -> None:
    """The goals are printed; a refusal has its file and line; an unknown path is misuse."""
    checked()
    path = next(tmp_path.rglob("regret.json")).relative_to(tmp_path)
    done = therefore("recheck", str(path), cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "the kernel accepts 4 of 4 certificates" in done.stdout
    assert "w_{t+1} = w_t − η·v_t" in done.stdout
    text = (tmp_path / path).read_text(encoding="utf-8")
    (tmp_path / path).write_text(text.replace('"h3"', '"h2"', 1), encoding="utf-8")
    done = therefore("recheck", str(path), cwd=tmp_path)
    assert done.returncode == 1
    assert f"{path}:2" in done.stdout
    done = therefore("recheck", "nowhere", str(path), cwd=tmp_path)
    assert done.returncode == 2
    assert "nowhere: no such file or folder" in done.stdout
    assert "certificates" in done.stdout


def test_recheck_imports_the_kernel_alone(checked: Check, tmp_path: Path) -> None:
    """Neither SymPy nor NumPy nor a derivation is imported."""
    checked()
    program = (
        "import sys; from therefore.cli import main; code = main(['recheck', sys.argv[1]]); "
        "heavy = {'sympy', 'numpy', 'scipy', 'therefore.language'} & set(sys.modules); "
        "sys.exit(f'imported {heavy}' if heavy else code)"
    )
    path = next(tmp_path.rglob("regret.json"))
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
