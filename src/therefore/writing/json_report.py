"""The report for programs: a JSON array with one record for a claim, derivation, step or twin."""

from __future__ import annotations

import json
from collections.abc import Iterable

from therefore.record import Record

__all__ = ["json_report"]


def json_report(records: Iterable[Record]) -> str:
    """The records as JSON text. ``Record.to_json`` names the fields."""
    data = [record.to_json() for record in records]
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
