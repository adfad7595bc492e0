"""What the document has declared: names, their kinds, and the assumptions in force."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from therefore.goal import Term
from therefore.kernel.terms import close, open_binder
from therefore.language.errors import BadName
from therefore.language.names import kernel_name
from therefore.reading.latex.errors import Unreadable
from therefore.reading.latex.tokens import Place
from therefore.reading.latex.words import words
from therefore.reading.sorts import Sort
from therefore.reading.standard import STANDARD

__all__ = ["Entity", "Names", "described", "key_of", "leaves"]

# Words that are operations of the kernel or standard functions: a name gets an underscore.
_TAKEN = frozenset(STANDARD) | words(
    "exp log sin cos pi cases erf prod integral trace transpose inverse invertible det outer "
    "expectation argmin minimum maximum identity left right tends not"
)
_STAR_BELOW = re.compile(r"_\{?\s*(?:\*|\\(?:star|ast)\b)\s*\}?")


@dataclass(frozen=True)
class Entity:
    """A declared name.

    ``name`` is what the kernel calls it. ``kind`` is "plain", "function", "sequence" or
    "definition"; for all but plain names ``arguments`` holds the sorts of the arguments and
    ``sort`` is the sort of the value. A definition has ``parameters`` (the author's names of
    its arguments) and a ``body`` with binders for them. ``superscript`` says that a sequence
    was declared with its index above. A ``soft`` name is the index of a sequence, an integer
    because nothing else was said of it; a declaration takes its place. An ``index`` runs
    through a range: an assumption about it has to say whether it is one for all of them. A
    ``random`` name is a function of the outcome, and ``sort`` is the sort of its values.
    """

    key: str
    name: str
    latex: str
    kind: str
    sort: Sort
    arguments: tuple[Sort, ...] = ()
    parameters: tuple[str, ...] = ()
    body: Term = None
    superscript: bool = False
    soft: bool = False
    index: bool = False
    random: bool = False

    def full_sort(self) -> Sort:
        """The sort under which the kernel declares the name."""
        arguments = ("outcome",) if self.random else self.arguments
        return ("function", arguments, self.sort) if arguments else self.sort

    def same_as(self, other: Entity) -> bool:
        """Whether both declarations say the same."""
        return (self.kind, self.full_sort(), self.body) == (
            other.kind, other.full_sort(), other.body,
        )  # fmt: skip


def key_of(latex: str, place: Place | None = None) -> str:
    """The plain spelling of a name, by which it is looked up. Raises ``Unreadable``.

    A star below is another name than a star above.
    """
    try:
        key = kernel_name(_STAR_BELOW.sub(" lower star ", latex))
    except BadName as error:
        raise Unreadable(error.message, place) from None
    return key


def leaves(term: Term) -> Iterator[str]:
    """Every word of a term that is not a head, and so may be a name."""
    waiting = [term]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            yield part
        elif part:
            waiting += part[1:] if isinstance(part[0], str) else part


def described(sort: Sort) -> str:
    """A sort in words."""
    words = {"real": "a real number", "integer": "an integer", "size": "a positive integer"}
    if isinstance(sort, str):
        return words.get(sort, sort)
    if sort[0] == "vector":
        return f"a vector in R^{sort[1]}"
    if sort[0] == "matrix" and "?" in sort:
        return "the identity matrix I (if something else is meant by I, declare it)"
    if sort[0] == "matrix":
        return f"a {sort[1]} x {sort[2]} matrix"
    if sort[0] == "complex" and len(sort) == 1:
        return "a complex number (i is the imaginary unit where nothing declares it)"
    if sort[0] == "complex":
        return f"a complex {sort[1]} x {sort[2]} matrix"
    if sort[0] == "row":
        return f"a row of {sort[1]} numbers"
    if sort[0] == "residue":
        return f"a residue modulo {sort[1]}"
    return "a function"


@dataclass
class Names:
    """The declarations, definitions and assumptions in force at a place of the document.

    ``plain`` holds names, functions and definitions; ``sequences`` holds what takes an index:
    ``w`` and ``w_t`` may stand side by side. ``unread`` holds the letters of assumptions that
    could not be read, with their lines: what speaks of them cannot be judged. ``conventions``
    holds the directives that settle how an ambiguous form is read, ``bare`` the arguments of
    functions that stand without them ("where $f = f(x)$"), ``starts`` where the range of an index
    begins if nothing says so, ``moving`` what has a differential in the formula that is read, and
    ``structured`` the symmetric matrices in whose free entries a formula differentiates. ``sets``
    holds the projections onto closed convex sets, by the LaTeX of the set, ``indicators`` those
    of the sets of indicator functions, ``operators`` the maximally monotone ones, ``resolvents``
    their resolvents by operator and factor, and ``unwritten`` the factor of a
    resolvent that stands for an operator of which no resolvent was written so far. ``ranged`` holds
    the letters of ranges, with the sequences of which something was assumed within the range.
    """

    plain: dict[str, Entity] = field(default_factory=dict)
    sequences: dict[str, Entity] = field(default_factory=dict)
    hypotheses: list[Term] = field(default_factory=list)
    unread: dict[str, int] = field(default_factory=dict)
    conventions: set[str] = field(default_factory=set)
    bare: dict[str, tuple[Term, ...]] = field(default_factory=dict)
    starts: dict[str, Term] = field(default_factory=dict)
    moving: frozenset[str] = frozenset()
    structured: frozenset[str] = frozenset()
    sets: dict[str, Entity] = field(default_factory=dict)
    indicators: dict[str, Entity] = field(default_factory=dict)
    operators: dict[str, Any] = field(default_factory=dict)
    resolvents: dict[tuple[str, Term], Entity] = field(default_factory=dict)
    unwritten: dict[str, Term] = field(default_factory=dict)
    ranged: dict[str, frozenset[str]] = field(default_factory=dict)

    def copy(self) -> Names:
        """The same, to be changed apart."""
        return Names(
            dict(self.plain), dict(self.sequences), list(self.hypotheses), dict(self.unread),
            set(self.conventions), dict(self.bare), dict(self.starts), self.moving,
            self.structured, dict(self.sets), dict(self.indicators), dict(self.operators),
            dict(self.resolvents), dict(self.unwritten), dict(self.ranged),
        )  # fmt: skip

    def put_back(self, other: Names) -> None:
        """Make this what the other is."""
        kept = other.copy()
        self.plain, self.sequences = kept.plain, kept.sequences
        self.hypotheses, self.unread = kept.hypotheses, kept.unread
        self.conventions, self.bare, self.starts = kept.conventions, kept.bare, kept.starts
        self.sets, self.indicators, self.operators = kept.sets, kept.indicators, kept.operators
        self.resolvents, self.unwritten = kept.resolvents, kept.unwritten
        self.ranged = kept.ranged

    def without_range(self, term: Term) -> Entity | None:
        """An index in a term of which only an assumption on its sequences gave a range."""
        used = set(leaves(term))
        for key, sequences in self.ranged.items():
            known = self.plain.get(key)
            if known is None or not known.soft or known.name not in used or not sequences & used:
                continue
            if not any(known.name in set(leaves(one)) for one in self.hypotheses):
                return known
        return None

    def behind_maps(self, used: Iterable[str]) -> list[str]:
        """The sets and operators of which the maps that are used speak."""
        names = set(used)
        found = [latex for latex, one in self.sets.items() if one.name in names]
        return found + [of for (of, _), one in self.resolvents.items() if one.name in names]

    def end_assumptions(self, outer: Names | None) -> None:
        """Leave the names, and of what is assumed what an outer scope assumes.

        Maps that stand for sets and operators end with what is known of them.
        """
        self.hypotheses = list(outer.hypotheses) if outer else []
        kept = outer.copy() if outer else Names()
        gone = [*self.sets.values(), *self.resolvents.values()]
        for entity in gone:
            if entity.key not in kept.plain:
                self.plain.pop(entity.key, None)
        self.sets, self.indicators, self.operators = kept.sets, kept.indicators, kept.operators
        self.resolvents, self.unwritten = kept.resolvents, kept.unwritten

    def entities(self) -> Iterable[Entity]:
        """Everything that is declared or defined, in order."""
        return [*self.plain.values(), *self.sequences.values()]

    def by_name(self) -> dict[str, Entity]:
        """Everything that is declared or defined, by its name in the kernel."""
        return {entity.name: entity for entity in self.entities()}

    def declare(self, entity: Entity, place: Place | None = None) -> Entity:
        """Enter a declaration; the same one twice is the same. Raises ``Unreadable``."""
        table = self.sequences if entity.kind == "sequence" else self.plain
        known = table.get(entity.key)
        if known is not None and known.soft and not entity.soft:
            table[entity.key] = replace(entity, name=known.name)
            return table[entity.key]
        if known is not None and entity.soft:
            return known
        if known is not None:
            if known.latex and entity.latex and not _same_spelling(known.latex, entity.latex):
                raise Unreadable(
                    f"{entity.latex} and {known.latex} have one plain spelling; rename one", place
                )
            if known.same_as(replace(entity, name=known.name)):
                return known
            if {known.full_sort(), entity.full_sort()} == {"size", "integer"}:
                return known
            raise Unreadable(
                f"{entity.latex} is {self._what(known)} already; use another name, or end that "
                "scope by: % therefore: end",
                place,
            )
        entity = replace(entity, name=self._free_name(entity))
        table[entity.key] = entity
        return entity

    @staticmethod
    def _what(entity: Entity) -> str:
        if entity.kind == "definition":
            return "defined"
        return {"sequence": "a sequence", "function": "a function"}.get(
            entity.kind, described(entity.sort)
        )

    def _free_name(self, entity: Entity) -> str:
        taken = self.by_name()
        name = f"{entity.key}_" if entity.key in _TAKEN else entity.key
        if name in taken:
            name += "_seq" if entity.kind == "sequence" else "_one"
        while name in taken:
            name += "_"
        return name

    def become_size(self, key: str) -> None:
        """Let a declared positive integer serve as a size."""
        self.plain[key] = replace(self.plain[key], sort="size")

    def assume(self, formula: Term) -> None:
        """Enter a hypothesis."""
        if formula not in self.hypotheses:
            self.hypotheses.append(formula)

    # -- what depends on what ------------------------------------------------------------

    def mentioned(self, *terms: Any) -> set[str]:
        """The kernel names that these terms speak of, through definitions and sizes too."""
        table = self.by_name()
        found: set[str] = set()
        waiting = list(terms)
        while waiting:
            for leaf in leaves(waiting.pop()):
                if leaf in table and leaf not in found:
                    found.add(leaf)
                    entity = table[leaf]
                    if entity.body is not None:
                        waiting.append(entity.body)
                    waiting.append(("sort", entity.full_sort()))
        return found

    def abstracted(self, term: Term, name: str) -> Term:
        """The body of a binder over ``name``, definitions that speak of it written out."""
        if any(leaf.startswith("%extreme") for leaf in leaves(term)):
            raise Unreadable("a min or max over a range is read as a part of a relation only")
        written = self._written_out(term, name, self.by_name(), 0)
        self._refuse_tied(written, name)
        return close(written, name)

    def _refuse_tied(self, term: Term, name: str) -> None:
        """Raises ``Unreadable`` where a term speaks of what an assumption makes depend on a name.

        After "suppose w_1 = w_0 - eta g", w_1 varies with eta; only definitions are written out.
        """
        if name not in self.by_name():
            return
        speaks = (self.mentioned(term) | set(leaves(term))) - {name}
        for hypothesis in self.hypotheses:
            for left, right in _equations(hypothesis):
                for side, other in ((left, right), (right, left)):
                    tied = side if isinstance(side, str) else side[1] if side[0] == "app" else ""
                    entity = self.by_name().get(tied) if isinstance(tied, str) else None
                    if entity is None or entity.body is not None or tied not in speaks:
                        continue
                    if name in self.mentioned(other):
                        raise Unreadable(
                            f"an assumption makes {entity.latex} depend on "
                            f"{self.by_name()[name].latex}; define it, so that it can be written "
                            "out here"
                        )

    def written_out(self, term: Term, name: str) -> Term:
        """The term, with the definitions that depend on ``name`` written out."""
        return self._written_out(term, name, self.by_name(), 0)

    def expanded(self, term: Term, name: str) -> Term:
        """The term, with a definition and what depends on it written out."""
        body = self.by_name()[name].body
        return open_binder(self.abstracted(term, name), body)

    def _written_out(self, term: Term, name: str, table: dict[str, Entity], depth: int) -> Term:
        if depth > 60:
            raise Unreadable("definitions are nested too deeply")

        def depends(definition: str) -> bool:
            entity = table.get(definition)
            return (
                entity is not None
                and definition != name
                and entity.kind == "definition"
                and name in self.mentioned(entity.body)
            )

        if isinstance(term, str):
            if depends(term) and not table[term].arguments:
                return self._written_out(table[term].body, name, table, depth + 1)
            return term
        if term[0] == "app" and isinstance(term[1], str) and depends(term[1]):
            values = [self._written_out(part, name, table, depth + 1) for part in term[2:]]
            body = self._written_out(table[term[1]].body, name, table, depth + 1)
            return _filled(body, values)
        head = term[:1] if isinstance(term[0], str) else ()
        return (
            *head,
            *(self._written_out(part, name, table, depth + 1) for part in term[len(head) :]),
        )


def _filled(body: Term, values: list[Term]) -> Term:
    """The body of a definition with values that may stand below binders of their own.

    Opening a binder takes closed terms, so the bound variables of the values are given names
    first and are closed again afterwards.
    """
    if not any(leaf.startswith("#") for value in values for leaf in leaves(value)):
        return open_binder(body, *values)
    outer = [f"%outer{number}" for number in range(64)]
    result = open_binder(body, *(open_binder(value, *reversed(outer)) for value in values))
    for number, name in enumerate(outer):
        result = close(result, name, number)
    return result


def _equations(formula: Term) -> Iterator[tuple[Term, Term]]:
    """The equations in a formula."""
    if isinstance(formula, tuple):
        if formula[0] == "=":
            yield formula[1], formula[2]
        elif formula[0] in ("and", "or", "implies", "forall", "exists", "not"):
            for part in formula[1:]:
                yield from _equations(part)


def _same_spelling(first: str, second: str) -> bool:
    """Whether two spellings differ only in braces, backslashes of Greek letters and spaces."""

    def bare(latex: str) -> str:
        return "".join(letter for letter in latex if letter not in "{}\\ ,")

    return bare(first) == bare(second)
