"""The kernel in a process of its own, which never imports a derivation.

Text goes in and text comes out, so nothing that a derivation does in the checker's process
can reach the kernel.
"""

from __future__ import annotations

import sys
import threading
from dataclasses import dataclass
from typing import TypeAlias

from therefore.line_process import LineProcess, Stopped

__all__ = ["Accepted", "Answer", "KernelProcess", "Refused"]


@dataclass(frozen=True)
class Accepted:
    """The kernel accepted a certificate: a "proof" of the goal, or a "refutation" of it."""

    kind: str
    goal: str
    lemmas: tuple[str, ...]
    axioms: tuple[str, ...]


@dataclass(frozen=True)
class Refused:
    """The kernel refused a certificate: why, and at which place in it."""

    code: str
    where: str

    def __str__(self) -> str:
        return f"{self.code} at {self.where}" if self.where else self.code


Answer: TypeAlias = Accepted | Refused


class KernelProcess:
    """One kernel for one run. Goals that it accepted can be cited by later certificates.

    After a time-out the kernel is started anew and is given again all that it had accepted,
    so that later citations still hold.
    """

    def __init__(self, *, timeout: float = 60.0) -> None:
        self._timeout = timeout
        self._process = LineProcess([sys.executable, "-I", "-m", "therefore.kernel"])
        self._accepted: list[str] = []
        self._lock = threading.Lock()

    def accept(self, goal: str, certificate: str) -> Answer:
        """What the kernel says of a goal and a certificate, both JSON text on one line each."""
        line = f'{{"goal":{goal},"certificate":{certificate}}}'
        if "\n" in line or "\r" in line:
            return Refused("MALFORMED", "a line break in the text")
        with self._lock:
            try:
                if not self._process.running:
                    for earlier in self._accepted:
                        self._process.ask(earlier, timeout=self._timeout)
                answer = self._process.ask(line, timeout=self._timeout)
            except Stopped as stopped:
                return Refused("STOPPED", str(stopped))
            result = _read(answer)
            if isinstance(result, Accepted):
                self._accepted.append(line)
            return result

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._process.stop()

    def __enter__(self) -> KernelProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _read(answer: object) -> Answer:
    if isinstance(answer, dict) and answer.get("accepted") is True:
        return Accepted(
            kind=str(answer["kind"]),
            goal=str(answer["goal"]),
            lemmas=tuple(str(lemma) for lemma in answer["lemmas"]),
            axioms=tuple(str(axiom) for axiom in answer["axioms"]),
        )
    if isinstance(answer, dict) and answer.get("accepted") is False:
        return Refused(str(answer.get("code", "")), str(answer.get("where", "")))
    return Refused("STOPPED", f"not an answer: {answer!r}")
