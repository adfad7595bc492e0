"""A child process that answers one line of JSON with one line of JSON, and can be killed."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from typing import IO, Any

__all__ = ["LineProcess", "Stopped"]


class Stopped(Exception):
    """The process did not answer in time, or ended without an answer."""


class LineProcess:
    """Starts ``command`` when it is first asked, and again after it was stopped.

    A process that does not answer within the limit is killed with everything that it started:
    a solver that cannot be stopped politely must not hold up the run.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._command = list(command)
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str | None] = queue.Queue()
        self._complaints: IO[str] | None = None

    def ask(self, line: str, *, timeout: float | None = None) -> Any:
        """The answer to one line. Raises ``Stopped`` if none comes within ``timeout`` seconds."""
        process = self._running()
        try:
            _open(process.stdin).write(line + "\n")
            _open(process.stdin).flush()
            answer = self._answers.get(timeout=timeout)
        except queue.Empty:
            self.stop()
            raise Stopped(f"no answer within {timeout:g} s") from None
        except OSError as error:
            complaint = self._last_complaint()
            self.stop()
            raise Stopped(complaint or str(error)) from error
        if answer is None:
            complaint = self._last_complaint()
            self.stop()
            raise Stopped(complaint or "it ended without an answer")
        try:
            return json.loads(answer)
        except ValueError as error:
            self.stop()
            raise Stopped(f"not an answer: {answer[:80]!r}") from error

    @property
    def running(self) -> bool:
        """Whether the process has been started and has not been stopped."""
        return self._process is not None

    def stop(self) -> None:
        """Kill the process and everything that it started. The next question starts it anew."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:  # pragma: no cover - only where there are no process groups
                process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, self._complaints):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            self._complaints = tempfile.TemporaryFile(  # noqa: SIM115
                "w+", encoding="utf-8", errors="replace"
            )
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._complaints,
                encoding="utf-8",
                start_new_session=True,
            )
            self._answers = queue.Queue()
            reader = threading.Thread(
                target=_read_lines, args=(self._process.stdout, self._answers), daemon=True
            )
            reader.start()
        return self._process

    def _last_complaint(self) -> str:
        """The last line that the process wrote to its standard error."""
        if self._complaints is None:
            return ""
        with contextlib.suppress(OSError, ValueError):
            self._complaints.seek(0)
            lines = self._complaints.read().strip().splitlines()
            return lines[-1] if lines else ""
        return ""


def _open(stream: IO[str] | None) -> IO[str]:
    """The stream, which a process started with a pipe has."""
    if stream is None:
        raise OSError("the process has no standard input")
    return stream


def _read_lines(stream: IO[str], answers: queue.Queue[str | None]) -> None:
    with contextlib.suppress(OSError, ValueError):
        for line in stream:
            answers.put(line)
    answers.put(None)
