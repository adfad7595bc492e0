"""The five solutions: no verdict is wrong, and every line is decided that is not listed as open."""

from __future__ import annotations

from typing import Any

import pytest
from ledger import RIGHT, WRONG, Line, by_line, joined, lines, open_lines, records_of_run

LINES = lines()
OPEN = open_lines()
EACH = pytest.mark.parametrize("line", LINES, ids=[line.id for line in LINES])


@pytest.fixture(scope="session")
def found() -> dict[str, list[dict[str, Any]]]:
    """The records of one run, by the line of the ledger that they belong to."""
    return by_line(records_of_run())


def test_the_ledger_is_whole() -> None:
    """205 lines, each with an id of its own."""
    assert len(LINES) == 205 == len({line.id for line in LINES})
    assert {line.truth for line in LINES} == set(RIGHT)


@EACH
def test_each_line_stands_in_its_document_once(
    line: Line, found: dict[str, list[dict[str, Any]]]
) -> None:
    """As its id, and as id.2, id.3 … for the further parts of it."""
    labels = [record["id"].rpartition("::")[2] for record in found[line.id]]
    wanted = [line.id, *(f"{line.id}.{number}" for number in range(2, len(labels) + 1))]
    assert labels == wanted or sorted(labels) == wanted
    assert {record["file"].rpartition("/")[2][0] for record in found[line.id]} == {line.document}


@EACH
def test_no_verdict_is_wrong(line: Line, found: dict[str, list[dict[str, Any]]]) -> None:
    """A line that holds is never said to fail, nor the other way round, nor any part of it."""
    records = found[line.id]
    assert joined(records) not in WRONG[line.holds], line
    for record in records:
        as_expected = record["status"] == record["expected"]
        assert as_expected or record["status"] not in WRONG[record["expected"] == "PROVED"], record


@EACH
def test_what_is_expected_is_what_the_ledger_says(
    line: Line, found: dict[str, list[dict[str, Any]]]
) -> None:
    """The documents themselves say which lines are known to be wrong."""
    expected = joined({"status": record["expected"]} for record in found[line.id])
    assert expected in RIGHT[line.truth]


@EACH
def test_each_line_is_decided(line: Line, found: dict[str, list[dict[str, Any]]]) -> None:
    """Proved or supported if it holds, refuted if it fails, unless it is listed as open."""
    status = joined(found[line.id])
    if line.id not in OPEN:
        assert status in RIGHT[line.truth], [record["remarks"] for record in found[line.id]]
    else:
        assert status not in RIGHT[line.truth], f"{line.id} is open no longer: take it off the list"
        assert status == OPEN[line.id]["status"]


def test_open_lines_are_lines_of_the_ledger() -> None:
    """And each says why it is open."""
    assert set(OPEN) <= {line.id for line in LINES}
    assert all(entry["reason"] for entry in OPEN.values())
