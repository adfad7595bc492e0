"""Claims, derivations, steps and false twins: plain frozen data, and the lines they stand on."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from therefore.task import Source
from therefore.verdict import Status

if TYPE_CHECKING:
    from therefore.verdict import Verdict

__all__ = [
    "By", "Claim", "Derivation", "FalseTwin", "Step", "by", "claim", "derivation", "recording",
]  # fmt: skip


@dataclass(frozen=True)
class By:
    """How a line is proved, as far as the author says so.

    ``induction`` is the integer to induct over, ``cases`` are numbers whose sign makes a
    difference, ``witness`` holds the values of what the line says to exist.
    """

    induction: Any = None
    cases: tuple[Any, ...] = ()
    witness: tuple[Any, ...] = ()


@dataclass(frozen=True, eq=False)
class Step:
    """One line of a derivation: a statement, and how it is proved.

    ``argument`` counts the arguments of ``derivation`` up to the one that ends the line.
    """

    conclusion: Any
    by: By
    argument: int


@dataclass(frozen=True, eq=False)
class FalseTwin:
    """A claim with one thing wrong, which the checker has to refute."""

    conclusion: Any
    given: tuple[Any, ...]
    at: Mapping[Any, Any]
    source: Source


@dataclass(frozen=True, eq=False)
class Derivation:
    """Lines that lead to a conclusion: that of the claim that it proves, or its own."""

    steps: tuple[Step, ...]
    conclusion: Any
    given: tuple[Any, ...]
    using: tuple[Claim | Derivation, ...]
    by: By
    proves: Claim | None
    source: Source


@dataclass(frozen=True, eq=False)
class Claim:
    """Hypotheses and a conclusion.

    ``label`` is what the claim is called, if that is not the name of its variable, and
    ``expect`` the status that it should have. ``derivations`` and ``twins`` are filled by
    ``derivation(..., proves=...)`` and by ``false_twin``.
    """

    conclusion: Any
    given: tuple[Any, ...]
    using: tuple[Claim | Derivation, ...]
    by: By
    source: Source
    label: str = ""
    expect: Status = Status.PROVED
    derivations: list[Derivation] = field(default_factory=list, repr=False)
    twins: list[FalseTwin] = field(default_factory=list, repr=False)

    @property
    def lhs(self) -> Any:
        """The left side of a conclusion that is a relation; ``AttributeError`` for any other."""
        return self.conclusion.lhs

    @property
    def rhs(self) -> Any:
        """The right side of a conclusion that is a relation; ``AttributeError`` for any other."""
        return self.conclusion.rhs

    @property
    def hypotheses(self) -> tuple[Any, ...]:
        """The hypotheses as SymPy statements; what declarations imply is not among them."""
        return self.given

    def latex(self) -> str:
        """The conclusion in LaTeX."""
        from therefore.language import latex

        return latex(self.conclusion)

    def numpy(self) -> Callable[..., tuple[Any, Any]]:
        """A function of the names in the claim that gives both sides of its conclusion.

        It takes each name as a keyword argument: a number, a vector as a one-dimensional
        array, a matrix as a two-dimensional one, a sequence as anything that ``[t]`` finds a
        member in (a dictionary, or an array whose row 0 is not used), an abstract function as
        an object that can be called and that has a method ``gradient``. Raises ``IllFormed``
        where the conclusion is no relation between two expressions.
        """
        from therefore.language.numeric import numpy_sides

        return numpy_sides(self.conclusion)

    def false_twin(
        self,
        conclusion: Any,
        *,
        given: Iterable[Any] | None = None,
        at: Mapping[Any, Any] | None = None,
    ) -> FalseTwin:
        """Add a statement that has to be refuted; without ``given`` the hypotheses stay.

        ``at`` suggests values for which it fails, for example ``{T: 1, eta: 1}``.
        """
        hypotheses = self.given if given is None else tuple(given)
        twin = FalseTwin(conclusion, hypotheses, dict(at or {}), _caller())
        self.twins.append(twin)
        return twin

    @property
    def verdict(self) -> Verdict:
        """The verdict that the stored certificate supports, checked again by the kernel.

        ``UNDECIDED`` where no certificate is stored for this claim as it reads now.
        """
        from therefore.check import stored_verdict

        return stored_verdict(self)

    def check(self) -> Verdict:
        """Look for a certificate or a counterexample now, and say what was found."""
        from therefore.check import check_claim

        return check_claim(self)


def by(*, induction: Any = None, cases: Iterable[Any] = (), witness: Iterable[Any] = ()) -> By:
    """How the line before it is proved: see ``derivation``."""
    return By(induction, tuple(cases), tuple(witness))


def claim(
    conclusion: Any,
    *,
    given: Iterable[Any] = (),
    using: Iterable[Claim | Derivation] = (),
    induction: Any = None,
    cases: Iterable[Any] = (),
    witness: Iterable[Any] = (),
    label: str = "",
    expect: str = "proved",
) -> Claim:
    """State that ``conclusion`` follows from the hypotheses ``given``.

    ``using`` lists claims and derivations that may be cited; ``induction``, ``cases`` and
    ``witness`` say how it is proved, where no derivation says so. ``label`` is what the claim is
    called in reports, by default the name of its variable. ``expect="refuted"`` says that an
    author's statement is known to be wrong; any other status may be expected as well.
    """
    hints = By(induction, tuple(cases), tuple(witness))
    source = _caller()
    expected = _expected(label, expect, source)
    made = Claim(conclusion, tuple(given), tuple(using), hints, source, label, expected)
    _note(made)
    return made


def _expected(label: str, expect: str, source: Source) -> Status:
    """The status that is spelled; refuses what is none, and labels that no id can hold."""
    from therefore.language.errors import IllFormed

    if label and not re.fullmatch(r"[\w.:+*-]{1,80}", label):
        raise IllFormed("a label is made of letters, digits and . : + * -", source)
    known = {status.value.lower(): status for status in Status}
    if expect not in known:
        raise IllFormed(f"expect is one of: {', '.join(sorted(known))}", source)
    return known[expect]


def derivation(
    *lines: Any,
    given: Iterable[Any] | None = None,
    using: Iterable[Claim | Derivation] = (),
    proves: Claim | None = None,
    induction: Any = None,
    cases: Iterable[Any] = (),
    witness: Iterable[Any] = (),
) -> Derivation:
    """Lines that lead to a conclusion.

    Either a chain, ``derivation(a, "=", b, "<=", c)``, or statements, each of which may cite
    those before it: ``derivation(equal(a, b), at_most(b, c), at_most(a, c))``. A line may be
    followed by ``by(...)``, which says how it is proved; ``induction``, ``cases`` and
    ``witness`` say it of the last line. With ``proves`` the hypotheses are those of the claim,
    unless ``given`` says otherwise.
    """
    source = _caller()
    hypotheses = tuple(given) if given is not None else proves.given if proves else ()
    hints = By(induction, tuple(cases), tuple(witness))
    steps, conclusion = _steps(lines, hints, source)
    made = Derivation(steps, conclusion, hypotheses, tuple(using), hints, proves, source)
    if proves is not None:
        proves.derivations.append(made)
    _note(made)
    return made


# Lists that are being filled with whatever is stated, innermost last; see ``recording``.
_records: list[list[Claim | Derivation]] = []


@contextmanager
def recording() -> Iterator[list[Claim | Derivation]]:
    """Everything that is stated inside the ``with``, in order, bound to a name or not.

    A claim in a list, or one whose name is bound again, is a line that somebody wrote: it has to
    be checked as well.
    """
    stated: list[Claim | Derivation] = []
    _records.append(stated)
    try:
        yield stated
    finally:
        _records.remove(stated)


def _note(stated: Claim | Derivation) -> None:
    for record in _records:
        record.append(stated)


def _steps(lines: tuple[Any, ...], last: By, source: Source) -> tuple[tuple[Step, ...], Any]:
    """The steps of a derivation and its conclusion: from end to end, or the last statement."""
    from therefore.language.errors import IllFormed

    hints: dict[int, By] = {}
    bare: list[tuple[int, Any]] = []
    for place, line in enumerate(lines):
        if not isinstance(line, By):
            bare.append((place, line))
        elif bare and bare[-1][0] not in hints:
            hints[bare[-1][0]] = line
        else:
            raise IllFormed("by(...) stands after the one line that it is about", source)
    if bare and last != By() and hints.setdefault(bare[-1][0], last) is not last:
        raise IllFormed("the last line is said to be proved in two ways", source)
    texts = [line for _, line in bare if isinstance(line, str)]
    if texts and len(bare) > 1:
        return _chain(bare, hints, source)
    if texts or not bare:
        raise IllFormed("a derivation is a, '=', b, '<=', c ... or a list of statements", source)
    steps = [Step(line, hints.get(place, By()), place) for place, line in bare]
    return tuple(steps), bare[-1][1]


def _chain(
    bare: list[tuple[int, Any]], hints: dict[int, By], source: Source
) -> tuple[tuple[Step, ...], Any]:
    from therefore.language.errors import IllFormed
    from therefore.language.statements import at_least, at_most, equal, greater, less

    makers = {"=": equal, "<=": at_most, "<": less, ">=": at_least, ">": greater}
    members, relations = bare[0::2], [relation for _, relation in bare[1::2]]
    if len(members) != len(relations) + 1 or any(r not in list(makers) for r in relations):
        raise IllFormed("a chain alternates expressions and '=', '<=', '<', '>=' or '>'", source)
    if {place for place, _ in (bare[0], *bare[1::2])} & hints.keys():
        raise IllFormed("by(...) stands after the one line that it is about", source)
    if {"<", "<="} & set(relations) and {">", ">="} & set(relations):
        raise IllFormed("a chain that goes both up and down leads nowhere", source)
    steps: list[Step] = []
    for relation, (_, left), (place, right) in zip(
        relations, members[:-1], members[1:], strict=True
    ):
        steps.append(Step(makers[relation](left, right), hints.get(place, By()), place))
    overall = next((r for r in ("<", ">", "<=", ">=") if r in relations), "=")
    return tuple(steps), makers[overall](members[0][1], members[-1][1])


def _caller() -> Source:
    """The line outside this file from which it was called."""
    frame = inspect.currentframe()
    while frame is not None and frame.f_code.co_filename == __file__:
        frame = frame.f_back
    if frame is None:
        return Source("<unknown>", 0)
    return Source(frame.f_code.co_filename, frame.f_lineno)
