"""What a search for a counterexample did: how many values it looked at, of which sizes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from therefore.refuters.candidates import Attempt
from therefore.refuters.logic import Truth

__all__ = ["Account"]


@dataclass
class _Stage:
    """Values looked at in one way: where the hypotheses hold, what is so of the conclusion."""

    name: str
    evaluated: int = 0
    usable: int = 0
    failing: int = 0
    unknown: int = 0
    sizes: dict[str, set[int]] = field(default_factory=dict)


class Account:
    """Kept while counterexamples are looked for; the search is the same with one and without."""

    def __init__(self) -> None:
        self.stages: list[_Stage] = []

    def stage(self, name: str) -> None:
        """What is looked at from here on."""
        self.stages.append(_Stage(name))

    def saw(self, attempt: Attempt, sizes: Mapping[str, int]) -> None:
        """Values that were evaluated exactly."""
        stage = self.stages[-1]
        stage.evaluated += 1
        if attempt.usable:
            stage.usable += 1
            stage.failing += attempt.truth <= Truth.UNDEFINED
            stage.unknown += attempt.truth == Truth.UNKNOWN
        for name, size in sizes.items():
            stage.sizes.setdefault(name, set()).add(size)

    def to_data(self) -> list[dict[str, Any]]:
        """The stages as JSON data, in their order."""
        return [
            {
                "stage": one.name,
                "evaluated": one.evaluated,
                "usable": one.usable,
                "failing": one.failing,
                "unknown": one.unknown,
                "sizes": {name: sorted(sizes) for name, sizes in sorted(one.sizes.items())},
            }
            for one in self.stages
        ]
