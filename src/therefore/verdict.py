"""What the checker says of a line, and with which evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["Agreement", "Counterexample", "Status", "Verdict"]


class Status(StrEnum):
    """The eight things that can be said of a line; each says exactly what was established."""

    PROVED = "PROVED"
    REFUTED = "REFUTED"
    SUPPORTED = "SUPPORTED"
    UNDECIDED = "UNDECIDED"
    VACUOUS = "VACUOUS"
    INCOMPLETE = "INCOMPLETE"
    CONTRADICTION = "CONTRADICTION"
    ILL_FORMED = "ILL_FORMED"


@dataclass(frozen=True)
class Agreement:
    """How a line fared on random instances.

    ``tried`` instances were drawn from ``seed``; ``usable`` of them satisfied every
    hypothesis; ``agreeing`` of these satisfied the conclusion too. ``sizes`` names the
    ranges, for example ``{"d": "1..6"}``; ``precision`` names the arithmetic.
    """

    seed: int
    tried: int
    usable: int
    agreeing: int
    sizes: dict[str, str] = field(default_factory=dict)
    precision: str = "float64"


@dataclass(frozen=True)
class Counterexample:
    """Values that satisfy the hypotheses and break the conclusion.

    ``values`` maps each declared name to a closed kernel term, written as text for the
    reader in ``shown``; ``explanation`` says what the two sides become.
    """

    values: dict[str, object]
    shown: dict[str, str]
    explanation: str = ""


@dataclass(frozen=True)
class Verdict:
    """The judgement of one line.

    ``help`` says of a refuted line what would be true in its place.
    A ``REFUTED`` verdict cannot be built without a counterexample or a certificate of the
    negation, and a ``PROVED`` one cannot be built without a certificate.
    """

    status: Status
    method: str = ""
    certificate: str = ""
    counterexample: Counterexample | None = None
    agreement: Agreement | None = None
    rests_on: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    seconds: float = 0.0

    def __post_init__(self) -> None:
        if self.status is Status.PROVED and not self.certificate:
            raise ValueError("a PROVED verdict needs a certificate")
        if self.status is Status.REFUTED and not (self.counterexample or self.certificate):
            raise ValueError("a REFUTED verdict needs a counterexample or a certificate")
