"""A goal: what one line asks of a prover, as inert kernel terms."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, TypeAlias

__all__ = ["Goal", "Term", "from_lists", "to_lists"]

# A kernel term is text or a tuple of kernel terms, for example ("+", "x", "1").
Term: TypeAlias = Any


@dataclass(frozen=True)
class Goal:
    """Declarations, definitions and hypotheses, and the conclusion that is claimed under them."""

    declarations: tuple[tuple[str, Term], ...]
    definitions: tuple[tuple[str, tuple[Term, ...], Term], ...]
    hypotheses: tuple[Term, ...]
    conclusion: Term

    def to_text(self) -> str:
        """The goal in the kernel's own serialisation: JSON without spaces, keys sorted."""
        record = {
            "declarations": to_lists(self.declarations),
            "definitions": to_lists(self.definitions),
            "hypotheses": to_lists(self.hypotheses),
            "conclusion": to_lists(self.conclusion),
        }
        return json.dumps(record, separators=(",", ":"), sort_keys=True)

    @staticmethod
    def from_text(text: str) -> Goal:
        """The goal that ``to_text`` wrote. Raises ``ValueError`` on any other text."""
        record = json.loads(text)
        try:
            return Goal(
                from_lists(record["declarations"]),
                from_lists(record["definitions"]),
                from_lists(record["hypotheses"]),
                from_lists(record["conclusion"]),
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a goal: {error}") from error


def to_lists(term: Term) -> Any:
    """The same term with lists for tuples, as JSON has them."""
    return [to_lists(part) for part in term] if isinstance(term, tuple) else term


def from_lists(term: Any) -> Term:
    """The same term with tuples for lists."""
    return tuple(from_lists(part) for part in term) if isinstance(term, list) else term
