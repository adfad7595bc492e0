"""From claims and derivations to tasks, one for each line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from sympy import Lambda, Rational, S, Symbol, SympifyError, sympify

from therefore.claim import By, Claim, Derivation
from therefore.goal import Term, to_lists
from therefore.language.base import Declared
from therefore.language.errors import IllFormed
from therefore.language.names import kernel_name
from therefore.reading.formulas import Reader
from therefore.reading.positions import argument_lines
from therefore.reading.sympy_terms import Scope
from therefore.task import Hints, Source, Task
from therefore.verdict import Status

__all__ = ["Item", "LineReader", "shown"]

Item: TypeAlias = Claim | Derivation


def shown(path: str | Path) -> str:
    """A path as it stands in ids and messages: below the current folder if it is there."""
    place = Path(path).resolve()
    here = Path.cwd().resolve()
    return (place.relative_to(here) if place.is_relative_to(here) else place).as_posix()


class LineReader:
    """Reads claims and derivations; ``label`` gives the name of each.

    ``tasks`` and ``errors`` grow with every item that is added, what it rests on first.
    ``follow`` says of a cited item whether its own lines are wanted too.
    """

    def __init__(self, label: Callable[[Item], str], follow: Callable[[Item], bool]) -> None:
        self.tasks: list[Task] = []
        self.errors: list[tuple[str, IllFormed]] = []
        self._label = label
        self._follow = follow
        self._begun: set[int] = set()
        self._labels: dict[int, str] = {}
        self._taken: set[str] = set()

    def id(self, item: Item) -> str:
        """The id of an item: its path and its name."""
        return f"{shown(item.source.path)}::{self.label(item)}"

    def label(self, item: Item) -> str:
        """What an item is called: its own label, or the name that it is bound to.

        Each line has a name of its own: where two would be called the same (two claims without
        a name on one line, in a loop for example), the later ones are numbered.
        """
        if id(item) not in self._labels:
            own = item.label if isinstance(item, Claim) else ""
            label = wish = own or self._label(item)
            number = 1
            if self._follow(item):
                while f"{shown(item.source.path)}::{label}" in self._taken:
                    number += 1
                    label = f"{wish}_{number}"
                self._taken.add(f"{shown(item.source.path)}::{label}")
            self._labels[id(item)] = label
        return self._labels[id(item)]

    def add(self, item: Item) -> None:
        """Read an item, after what it cites."""
        if id(item) in self._begun:
            return
        self._begun.add(id(item))
        for cited in (*_derivations(item), *item.using):
            if self._follow(cited):
                self.add(cited)
        if isinstance(item, Claim):
            self._add_claim(item)
        else:
            self._add_derivation(item)

    def _add_claim(self, claim: Claim) -> None:
        name, label = self.id(claim), self.label(claim)
        uses = tuple(self.id(cited) for cited in (*claim.derivations, *claim.using))
        self._add_line(
            name, label, "claim", claim.conclusion, claim.given, claim.source, claim.by, uses,
            expected=claim.expect,
        )  # fmt: skip
        for number, twin in enumerate(claim.twins, 1):
            mark = "false_twin" if number == 1 else f"false_twin.{number}"
            self._add_line(
                f"{name}.{mark}", f"{label}.{mark}", "twin", twin.conclusion, twin.given,
                twin.source, By(), (), parent=name, at=twin.at, expected=Status.REFUTED,
            )  # fmt: skip

    def _add_derivation(self, derivation: Derivation) -> None:
        name, label = self.id(derivation), self.label(derivation)
        cited = tuple(self.id(one) for one in derivation.using)
        lines = argument_lines(derivation.source, "derivation")
        steps: list[str] = []
        for number, step in enumerate(derivation.steps, 1):
            at_own = step.argument < len(lines)
            line = lines[step.argument] if at_own else derivation.source.line
            source = Source(derivation.source.path, line)
            step_name = f"{name}.{number}"
            self._add_line(
                step_name, f"{label}.{number}", "step", step.conclusion, derivation.given,
                source, step.by, (*cited, *steps), parent=name,
            )  # fmt: skip
            steps.append(step_name)
        claim = derivation.proves
        self._add_line(
            name, label, "derivation",
            claim.conclusion if claim else derivation.conclusion,
            claim.given if claim else derivation.given,
            derivation.source, By(), (*cited, *steps), parent=self.id(claim) if claim else "",
        )  # fmt: skip

    def _add_line(
        self,
        name: str,
        label: str,
        kind: str,
        conclusion: Any,
        given: tuple[Any, ...],
        source: Source,
        how: By,
        uses: tuple[str, ...],
        parent: str = "",
        at: Mapping[Any, Any] | None = None,
        expected: Status = Status.PROVED,
    ) -> None:
        place = Source(shown(source.path), source.line)
        if any(task.id == name for task in self.tasks):
            wrong = IllFormed(f"another line is called {label} already; take another label")
            self.errors.append((name, wrong.at(place)))
            return
        reader = Reader()
        try:
            goal = reader.goal(conclusion, given)
            hints = _hints(reader, how, at or {})
        except (IllFormed, SympifyError, RecursionError) as error:
            wrong = error if isinstance(error, IllFormed) else IllFormed(f"not readable: {error}")
            self.errors.append((name, wrong.at(place)))
            return
        self.tasks.append(
            Task(
                id=name,
                label=label,
                kind=kind,
                source=place,
                goal=goal,
                expected=expected,
                uses=tuple(dict.fromkeys(uses)),
                hints=hints,
                notation=reader.notation(),
                parent=parent,
            )
        )


def _derivations(item: Item) -> Iterator[Derivation]:
    yield from item.derivations if isinstance(item, Claim) else ()


def _hints(reader: Reader, how: By, at: Mapping[Any, Any]) -> Hints:
    """The author's hints as terms. Raises ``IllFormed`` if they speak of other names."""
    known = set(reader.vocabulary.objects)
    induction = ""
    if how.induction is not None:
        if not isinstance(how.induction, Symbol) or kernel_name(how.induction.name) not in known:
            raise IllFormed(f"induction over {how.induction}, of which the line does not speak")
        induction = kernel_name(how.induction.name)
    cases = tuple(reader.number(sympify(one, strict=True), Scope()) for one in how.cases)
    witness = tuple(_witness(reader, one) for one in how.witness)
    strange = sorted(set(reader.vocabulary.objects) - known)
    if strange:
        raise IllFormed(f"the hints speak of {', '.join(strange)}, of which the line does not")
    values = {_name(one): _suggested(reader, value) for one, value in at.items()}
    return Hints(induction, cases, witness, values)


def _witness(reader: Reader, value: Any) -> Term:
    """A value of what is said to exist; a function is written as ``Lambda(i, ...)``."""
    if not isinstance(value, Lambda):
        return reader.term(sympify(value, strict=True), Scope())[0]
    if value is S.IdentityFunction:  # what SymPy makes of Lambda(x, x)
        return ("lambda", "real", "#0")
    (variable,) = value.variables
    sort = reader.vocabulary.sort(variable)
    body, _ = reader.term(value.expr, Scope().bind(variable, sort))
    return ("lambda", sort, body)


def _suggested(reader: Reader, value: Any) -> str:
    """A value that ``at`` suggests, as the kernel writes numbers; a function as JSON."""
    if isinstance(value, Lambda):
        return json.dumps(to_lists(_witness(reader, value)))
    if isinstance(value, int | Rational) and not isinstance(value, bool):
        return str(Rational(value))
    raise IllFormed(f"at={{...}} suggests exact numbers, and {value!r} is none")


def _name(one: Any) -> str:
    if not isinstance(one, Symbol | Declared):
        raise IllFormed(f"at={{...}} gives values to declared names, and {one} is none")
    return kernel_name(one.name)
