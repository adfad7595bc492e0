"""A document's last line with the help of one kind, for the tests."""

from __future__ import annotations

import time

from therefore.helping import KINDS, Tools
from therefore.helping.findings import from_data, to_data
from therefore.helping.telling import tell
from therefore.kernel_process import KernelProcess
from therefore.reading.latex import read_text
from therefore.task import Task

__all__ = ["helped", "last_line"]


def last_line(text: str) -> Task:
    """The task of the document's last line."""
    tasks, errors = read_text(text)
    assert not errors, [str(error) for error in errors]
    return tasks[-1]


def helped(text: str, kind: str, *, budget: float = 20.0) -> list[str]:
    """What is told of the last line, with the kernel's word on it."""
    task = last_line(text)
    tools = Tools(task, [], seed=0, deadline=time.monotonic() + budget, step=2.0)
    found = [to_data(one) for one in KINDS[kind](tools)]
    assert [to_data(from_data(one)) for one in found] == found
    with KernelProcess() as kernel:
        return list(tell(task, found, kernel))
