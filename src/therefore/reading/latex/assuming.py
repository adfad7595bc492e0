"""What one declaring act says: its formulas, and the words around them.

Every word is a filler that assumes nothing, or is said of names, or the act is refused. Words
before a formula, after the last comma or "and", speak of its names ("the integer $n$"); all
other words speak of the names before them ("$n$ is an integer").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from therefore.reading.latex.classes import MARKED
from therefore.reading.latex.declaring import (
    Declarer,
    Name,
    Quantifier,
    name_of,
    refuse_conditions,
    separated,
)
from therefore.reading.latex.errors import Ambiguous, Unreadable
from therefore.reading.latex.iterates import declare_applied, declare_iterates, declare_starred
from therefore.reading.latex.matrix_words import MATRIX_WORDS
from therefore.reading.latex.names import Entity, Names
from therefore.reading.latex.operators import speaks_of_operators
from therefore.reading.latex.properties import (
    ASSUMING,
    FILLERS,
    KINDS,
    PLURAL,
    READ,
    Phrase,
    fits,
    say,
)
from therefore.reading.latex.prose import Item
from therefore.reading.latex.random_sentences import law
from therefore.reading.latex.relations import has_relation, split_relations
from therefore.reading.latex.sets import domain, is_space
from therefore.reading.latex.solutions import speaks_of_solutions
from therefore.reading.latex.subgradients import speaks_of_subgradients
from therefore.reading.latex.symbols import CONJUNCTIONS
from therefore.reading.latex.tokens import Place, Token
from therefore.reading.latex.words import words

__all__ = ["Assuming"]

_MARKS = frozenset([",", ".", ";", ":", "(", ")"])
# What separates words about the names before from words about the formula after them.
_SEPARATORS = frozenset([",", ";", ":", ".", "and", "that", "also", "then", "as", "by", "which"])
# A formula after these words is no name that is declared, but a part of what is said.
_PREPOSITIONS = words("of in on to from into over at than between least most under near")
_ARTICLES = frozenset(["a", "an"])
_SAID_OF_ALL = frozenset(["both", "all", "each"])


# After these words what is assumed has no verb: "with x positive", not "with x is positive".
_WITHOUT_VERB = frozenset(["with", "setting", "taking"])


@dataclass
class _Piece:
    """A formula of the act, with the words before it and those that are said of it."""

    item: Item | None
    heading: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    spaces: list[list[Token]] = field(default_factory=list)
    letters: list[list[Token]] = field(default_factory=list)
    constants: dict[str, list[Token]] = field(default_factory=dict)


class Assuming:
    """Reads one declaring act; ``keyword`` is its word, and ``assume`` enters a statement."""

    def __init__(
        self,
        elements: list[Item],
        names: Names,
        keyword: str,
        assume: Callable[[list[Token]], None],
        bounded: frozenset[str] = frozenset(),
    ) -> None:
        self.elements = elements
        self.names = names
        self.keyword = keyword
        self.place: Place = elements[0].place
        self._assume = assume
        self._bounded = bounded
        # The names of the formulas since something was last said, formula by formula; whether
        # a formula said something of them already; and what stands there and is no name.
        self._groups: list[tuple[list[Name], bool]] = []
        self._values: list[list[Token]] = []
        self._entered = self._said_of_names = False
        self._defined: list[bool] = []

    def carry_out(self, quantifiers: list[Quantifier]) -> None:
        """Enter everything that the act says. Raises ``Unreadable``."""
        pieces = self._pieces()
        first, *rest = pieces
        if not rest:
            # Words alone say something of no name that is known here, unless they assume it.
            self._check([word for word in first.said if word in ASSUMING])
        self._check(first.said if rest else [])
        for number, piece in enumerate(rest):
            # A later formula may say of which kind the members of a sequence are.
            later = [one.item.tokens for one in rest[number + 1 :] if one.item is not None]
            self._piece(piece, quantifiers, later)
        if self._said_of_names:
            refuse_conditions(quantifiers, self.names)
        if self._values:
            raise Unreadable("what is said of this? write a formula", self.place)
        if self.keyword == "suppose" and not self._entered:
            raise Unreadable(
                "an assumption without a formula is not read; say it by % therefore: assume ...",
                self.place,
            )

    # -- words and formulas ----------------------------------------------------------------

    def _pieces(self) -> list[_Piece]:
        """The formulas with their words; the first piece has the words before all formulas."""
        pieces = [_Piece(None)]
        for position, item in enumerate(self.elements):
            piece = pieces[-1]
            if item.kind == "word":
                word = item.text.lower()
                if word == "size" and piece.said[-1:] == ["step"]:
                    piece.said[-1] = "step-size"
                else:
                    piece.said.append(word)
                continue
            item.read = True
            if any(one.text.strip() == "skip" for one in item.before):
                continue
            if item.fault is not None:
                raise item.fault
            following = self.elements[position + 1 : position + 2]
            marked = following[0].text.lower() if following else ""
            if piece.item is not None and marked in MARKED:
                piece.letters.append(item.tokens)
                piece.constants[marked] = item.tokens
            elif (
                piece.item is not None
                and set(piece.said) - _MARKS
                and is_space(item.tokens)
                and not has_relation(item.tokens)
            ):
                piece.spaces.append(item.tokens)
                if piece.said[-1] in _PREPOSITIONS:
                    piece.said[-1] = ","  # what it was of is said
            else:
                made = _Piece(item)
                self._divide(piece, made, item.place)
                pieces.append(made)
        return pieces

    def _divide(self, before: _Piece, after: _Piece, place: Place) -> None:
        """Give the words after the last separator to the formula that they stand before."""
        said = before.said
        bare = [word for word in said if word not in _MARKS]
        if bare and bare[-1] in _PREPOSITIONS:
            raise Unreadable(
                f"the word {bare[-1]!r} before this formula is not read; write it as a formula",
                place,
            )
        cut = max((k + 1 for k, word in enumerate(said) if word in _SEPARATORS), default=0)
        if before.item is None:
            cut = 0
        elif not cut:
            if set(said) & (READ - FILLERS) or set(said) - READ - _MARKS:
                raise Unreadable(
                    f"of what is {' '.join(bare)!r} said, of what stands before it or after it? "
                    "put a comma or 'and' between them",
                    place,
                )
            cut = len(said)
        after.heading = said[cut:]
        before.said = said[:cut]

    def _check(self, said: list[str]) -> None:
        """Raises ``Unreadable`` for a word that is neither a filler nor said of a name."""
        unknown = [word for word in said if word not in READ | _MARKS]
        if unknown:
            raise Unreadable(
                f"the word {unknown[0]!r} is not read here; say it by a formula, or by "
                "% therefore: assume ...",
                self.place,
            )
        stray = [word for word in said if word in READ - FILLERS]
        if stray:
            raise Unreadable(
                f"of what is {stray[0]!r} said here? write: let $x$ be {stray[0]}", self.place
            )

    # -- one formula -----------------------------------------------------------------------

    def _piece(
        self, piece: _Piece, quantifiers: list[Quantifier], later: list[list[Token]]
    ) -> None:
        item = piece.item
        assert item is not None
        tokens = item.tokens
        self.place = item.place
        if self.keyword in _WITHOUT_VERB and {"is", "are"} & set(piece.said):
            raise Unreadable(
                f"is this assumed, or claimed of what stands after {self.keyword!r}? write "
                "'Suppose that …', or begin a new sentence with it",
                self.place,
            )
        statement = any(t.command in (*CONJUNCTIONS, "\\exists", "\\forall") for t in tokens)
        formula = has_relation(tokens) or statement or any(t.command == ":" for t in tokens)
        heading = self._heading(piece.heading, tokens if formula else None)
        self._defined.append(formula and not statement and self._is_definition(tokens))
        if not formula:
            parts = separated(tokens)
            for part in parts:
                declare_applied(part, later, self._declarer())
            found = [name_of(part, self.names) for part in parts]
            here = [one for one in found if one is not None]
            self._values += [
                part for part, name in zip(parts, found, strict=True) if name is None
            ]
        elif statement:
            self._entered = True
            self._values = []
            self._assume(tokens)
            here = []
        else:
            self._entered = True
            self._values = []
            integers = {"integer", "integers", "natural"} & {*heading, *piece.said}
            declarer = self._declarer(bool(integers) and self._ordered(tokens))
            sides = split_relations(tokens)
            if sides[:1] and self._groups and not (
                speaks_of_subgradients(sides, self.names)
                or speaks_of_operators(sides, self.names)
                or speaks_of_solutions(sides, self.names)
            ):
                self._bare_before(tokens, declarer)
            for one in [tokens, *later]:
                declare_iterates(one, declarer)
            declare_starred(tokens, declarer)
            if not law(tokens, declarer):
                declarer.formula(tokens, quantifiers)
            here = self._named(tokens)
        if heading:
            self._heads(heading, here, piece)
        self._groups.append((here, formula))
        if piece.said or piece.spaces or piece.letters:
            self._says(piece)

    def _declarer(self, integers: bool = False) -> Declarer:
        return Declarer(self.names, self.keyword, integers, bounded=self._bounded)

    @staticmethod
    def _ordered(tokens: list[Token]) -> bool:
        return all(sign in ("", "<", "<=", ">", ">=") for sign, _, _ in split_relations(tokens))

    def _heading(self, said: list[str], formula: list[Token] | None) -> list[str]:
        """The words before a formula that say something of its names."""
        kept = [word for word in said if word in READ - FILLERS]
        if "fixed" in said and {"point", "points"} & set(said):
            raise Ambiguous(
                ("any point", "a fixed point of a function"),
                "let $x$ be a fixed point of $T$", self.place,
            )  # fmt: skip
        if {"condition", "number"} <= set(said):
            raise Unreadable("'condition number' is not read; write it as a formula", self.place)
        title = formula is not None and self._is_definition(formula)
        unknown = [word for word in said if word not in READ | _MARKS]
        if unknown and (kept or not title):
            # Before a definition a noun is a title: "the error $e = y - x$".
            raise Unreadable(
                f"the word {unknown[0]!r} is not read here; say it by a formula, or by "
                "% therefore: assume ...",
                self.place,
            )
        return kept

    def _is_definition(self, tokens: list[Token]) -> bool:
        sides = split_relations(tokens)
        if len(sides) != 2 or sides[1][0] not in ("=", ":="):
            return False
        name = name_of(sides[0][2], self.names)
        known = None if name is None else self._entity(name)
        return name is not None and (known is None or bool(name.parameters))

    def _heads(self, heading: list[str], here: list[Name], piece: _Piece) -> None:
        """Say what stands before names of them: "the integer $n$"."""
        if not here:
            raise Unreadable(
                f"of what is {heading[0]!r} said here? write: let $x$ be {heading[0]}", self.place
            )
        said_too = {*piece.said} & (READ - FILLERS)
        declarer = self._declarer()
        if said_too or piece.spaces or piece.letters:
            piece.said = [*heading, *piece.said]
            if len(self._groups) and not self._groups[-1][1]:
                self._groups = []
            return
        self._enter(Phrase(here, list(heading), place=self.place), declarer)

    def _named(self, tokens: list[Token]) -> list[Name]:
        """The names that a declaring formula is about: ``A`` and ``B`` in ``A, B \\in ...``."""
        if ":" in [t.text for t in tokens]:
            tokens = tokens[: [t.text for t in tokens].index(":")]
        found: list[Name] = []
        for part in separated(tokens):
            for side in [side for _, _, side in split_relations(part)[:3]] or [part]:
                name = name_of(side, self.names)
                if name is not None and not name.parameters:
                    found.append(name)
                    break
        return found

    def _bare_before(self, tokens: list[Token], declarer: Declarer) -> None:
        r"""``$x$ and $y \in \mathbb{R}$`` declares both."""
        sides = split_relations(tokens)
        bare = [name for names, formula in self._groups for name in names if not formula]
        if len(sides) == 2 and sides[1][0] == "in" and bare:
            found = domain(sides[1][2], declarer.names)
            for name in bare:
                if declarer.known(name) is None:
                    if found.restricts:
                        raise Unreadable(
                            "write the names in one formula: $x, y \\in [0, 1]$", self.place
                        )
                    declarer.declare(name, found.sort)

    # -- what is said of names -------------------------------------------------------------

    def _says(self, piece: _Piece) -> None:
        """Enter the words after a formula; those without content leave the names as they are."""
        said = [word for word in piece.said if word not in _MARKS]
        content = [word for word in said if word not in FILLERS]
        if all(self._defined) and not (set(content) & READ or piece.spaces or piece.letters):
            # Of what is defined nothing is assumed: ", which is the loss of the solution".
            return
        of_function = set(said) & {"constant", "constants", "fixed"}
        if not (content or piece.spaces or piece.letters or of_function):
            return
        of = self._meant(said, content)
        phrase = Phrase(
            of, said, piece.spaces, piece.letters, self.place, self._values, piece.constants
        )
        self._enter(phrase, self._declarer())
        self._groups, self._values, self._defined = [], [], []

    def _enter(self, phrase: Phrase, declarer: Declarer) -> None:
        self._entered = self._said_of_names = True
        for formula in say(phrase, declarer):
            self.names.assume(formula)

    def _meant(self, said: list[str], content: list[str]) -> list[Name]:
        """The names of which words speak. Raises ``Ambiguous`` where that is unclear."""
        every = [name for names, _ in self._groups for name in names]
        last = self._groups[-1][0] if self._groups else []
        earlier = [name for names, _ in self._groups[:-1] for name in names]
        formulas = any(formula for _, formula in self._groups)
        if not earlier or not formulas or set(said) & (PLURAL | _SAID_OF_ALL):
            return every
        again = self._named_again()
        if again or (again == [] and self._values and said[:1] != ["be"]):
            # "Let $A, B \in ...$ such that $A$ is symmetric": A is named again for that. So it is
            # with "such that $A^T A$ is invertible", where no name stands alone.
            return again
        if self.keyword == "let" and said[:1] == ["be"] and set(content) & MATRIX_WORDS:
            # "Let $A \in ...$ and $B \in ...$ be invertible."
            return every
        one = set(said) & _ARTICLES and set(content) & KINDS
        if one and len(last) == 1:
            return last
        known = [self._entity(name) for name in earlier]
        possible = [fits(set(content), entity) for entity in known if entity is not None]
        if not any(possible):
            return last
        raise Ambiguous(
            (f"{content[0]} is said of {last[-1].whole if last else 'the last formula'}",
             f"{content[0]} is said of {earlier[0].whole} too"),
            "say it in a sentence of its own",
            self.place,
        )  # fmt: skip

    def _named_again(self) -> list[Name] | None:
        """The bare names right before some words, if formulas before spoke of each of them."""
        start = len(self._groups)
        while start and not self._groups[start - 1][1]:
            start -= 1
        before = {one.key for names, _ in self._groups[:start] for one in names}
        bare = [one for names, _ in self._groups[start:] for one in names]
        last_is_bare = start < len(self._groups)
        return bare if last_is_bare and {one.key for one in bare} <= before else None

    def _entity(self, name: Name) -> Entity | None:
        return self._declarer().known(name)
