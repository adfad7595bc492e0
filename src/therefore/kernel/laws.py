"""What facts tell of random names: means, covariances, second moments, which are Gaussian."""

from __future__ import annotations

from dataclasses import dataclass, field

from .data import Term

__all__ = ["Laws"]


@dataclass
class Laws:
    """Known moments of random names, by name or by two names, as terms without expectations."""

    means: dict[str, Term] = field(default_factory=dict)
    covariances: dict[tuple[str, str], Term] = field(default_factory=dict)
    seconds: dict[tuple[str, str], Term] = field(default_factory=dict)
    gaussian: set[str] = field(default_factory=set)

    def copied(self) -> Laws:
        """The same, to which more can be added."""
        return Laws(
            dict(self.means), dict(self.covariances), dict(self.seconds), set(self.gaussian)
        )
