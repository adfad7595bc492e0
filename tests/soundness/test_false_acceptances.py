"""Every false acceptance ever found, and the refusal that answers it. See SOUNDNESS.md."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from kernel_goals import (
    COMBINE,
    FALSE,
    INSPECT,
    between,
    forall,
    goal,
    have,
    intro,
    prove,
    refute,
    use,
)

from therefore.kernel import Rejected

Attack = Callable[[], Any]
ATTACKS: dict[str, tuple[str, Attack]] = {}


def attack(code: str) -> Callable[[Attack], Attack]:
    """Enter an attack with the code of the refusal that it must meet."""

    def enter(function: Attack) -> Attack:
        ATTACKS[function.__name__] = code, function
        return function

    return enter


@pytest.mark.parametrize("name", ATTACKS_NAMES := [])
def test_placeholder(name: str) -> None:
    pass
