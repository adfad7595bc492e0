"""Every claim that a module states is checked, bound to a name or not."""

from __future__ import annotations

from pathlib import Path

from therefore.check import Options, run
from therefore.verdict import Status

HEADER = """from therefore import as_written, at_least, claim, derivation, equal, real
x = real("x")
with as_written():
"""


def checked(folder: Path, body: str) -> dict[str, Status]:
    """The status of each line of a module, by its label."""
    file = folder / "module.py"
    file.write_text(HEADER + body, encoding="utf-8")
    options = Options(write="nowhere", stored=False, jobs=1, root=folder)
    return {record.label: record.status for record in run([file], options).records}


def test_claims_without_a_name_are_checked(tmp_path: Path) -> None:
    """In a list, dropped, or with a name that is bound again: each is a line of the module."""
    body = (
        "    lemmas = [claim(equal(x, x + 1))]\n"
        "    claim(equal(x, x + 2))\n"
        "    again = claim(equal(x, x + 3))\n"
        "    again = claim(equal(x, x))\n"
    )
    found = checked(tmp_path, body)
    assert sorted(found.values()) == [Status.PROVED] + [Status.REFUTED] * 3
    assert found["again"] is Status.PROVED


def test_claims_on_one_line_are_told_apart(tmp_path: Path) -> None:
    """In a loop, each without a name or each with the same label: none hides another."""
    body = (
        "    several = [claim(equal(x + n, x + 1)) for n in (2, 3, 1)]\n"
        "    alike = [claim(equal(x + n, x + 1), label='alike') for n in (2, 1)]\n"
        "    ways = [derivation(x + n, '=', x + 1) for n in (2, 1)]\n"
    )
    found = checked(tmp_path, body)
    statuses = ["line_4", "line_4_2", "line_4_3", "alike", "alike_2", "line_6.1", "line_6_2.1"]
    assert [found[name] is Status.PROVED for name in statuses] == [
        False, False, True, False, True, False, True,
    ]  # fmt: skip


def test_a_label_may_not_be_that_of_a_step(tmp_path: Path) -> None:
    """What would hide another line is refused, and said to be so."""
    body = (
        "    way = derivation(x, '=', x + 1)\n"
        "    other = claim(equal(x, x), label='way.1')\n"
    )
    file = tmp_path / "module.py"
    file.write_text(HEADER + body, encoding="utf-8")
    done = run([file], Options(write="nowhere", stored=False, jobs=1, root=tmp_path))
    assert done.exit_code() == 1
    statuses = [record.status for record in done.records]
    assert Status.PROVED not in statuses
    assert Status.ILL_FORMED in statuses


def test_a_refuted_step_does_not_refute_the_claim(tmp_path: Path) -> None:
    """x² ≥ 0 is true, whatever a wrong way to it says; the counterexample stays with its step."""
    body = (
        "    square = claim(at_least(x**2, 0))\n"
        "    way = derivation(x**2, '>=', x**2 - 1, '>=', 0, proves=square)\n"
    )
    found = checked(tmp_path, body)
    assert found["square"] is Status.PROVED
    assert found["way"] is Status.UNDECIDED
    assert found["way.2"] is Status.REFUTED


def test_a_module_that_states_nothing_is_not_a_success(tmp_path: Path) -> None:
    """Nothing was checked: exit code 2."""
    file = tmp_path / "empty.py"
    file.write_text('"""Nothing."""\n', encoding="utf-8")
    options = Options(write="nowhere", stored=False, jobs=1, root=tmp_path)
    assert run([file], options).exit_code() == 2


def test_a_range_the_wrong_way_round_is_no_contradiction(tmp_path: Path) -> None:
    """Such a sum is 0; the kernel neither proves this nor takes the sum for undefined."""
    file = tmp_path / "module.py"
    file.write_text(
        "from sympy import Sum\n"
        "from therefore import as_written, claim, equal, horizon, index, real_sequence\n"
        "T, a, t = horizon('T'), real_sequence('a'), index('t')\n"
        "with as_written():\n"
        "    gap = claim(equal(Sum(a[t + 1] - a[t], (t, 3, T)), a[T + 1] - a[3]))\n",
        encoding="utf-8",
    )
    options = Options(write="nowhere", stored=False, jobs=1, root=tmp_path)
    (record,) = run([file], options).records
    assert record.status is Status.UNDECIDED
