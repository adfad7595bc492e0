"""Declarations, definitions and assumptions: from formulas in declaring sentences to names."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise

from therefore.goal import Term
from therefore.kernel.terms import close
from therefore.reading.latex.complexes import is_complex
from therefore.reading.latex.convex_sets import projection_of
from therefore.reading.latex.errors import Ambiguous, Undeclared, Unreadable
from therefore.reading.latex.extremes import Extreme, said_of_extremes
from therefore.reading.latex.grammar import Bound, Grammar
from therefore.reading.latex.members import join_members
from therefore.reading.latex.names import Entity, Names, described, key_of, leaves
from therefore.reading.latex.naming import simple_subscript
from therefore.reading.latex.operators import (
    factor_and_name,
    same_resolvent,
    speaks_of_operators,
    value_of_operator,
)
from therefore.reading.latex.products import Value, is_number, kind_of
from therefore.reading.latex.randomness import (
    AT_AN_OUTCOME,
    OUTCOME,
    assumed_moments,
    is_at_outcome,
    made_random,
)
from therefore.reading.latex.relations import ORDERS, Chain, relate, split_relations
from therefore.reading.latex.sets import Domain, domain, listed_ends
from therefore.reading.latex.signs import split_at
from therefore.reading.latex.solutions import assume_solution, speaks_of_solutions
from therefore.reading.latex.subgradients import speaks_of_subgradients, tangent_below
from therefore.reading.latex.symbols import ACCENTS, FUNCTIONS, GREEK, INDEX_LETTERS, STYLES
from therefore.reading.latex.tokens import Place, Token, spelled
from therefore.reading.sorts import Sort
from therefore.reading.standard import STANDARD

__all__ = [
    "Declarer", "Name", "Quantifier", "bounded_below", "name_of", "refuse_conditions", "separated",
]  # fmt: skip

_GAP = frozenset([",", ";"])


@dataclass(frozen=True)
class Name:
    """A bare name as it is declared: what it is called, and its indices or arguments.

    ``letters`` are the indices of a sequence and ``parameters`` what a function is written of.
    """

    latex: str
    place: Place
    below: tuple[Token, ...] = ()
    letters: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    superscript: bool = False

    @property
    def whole(self) -> str:
        """The name with its subscript."""
        if not self.below:
            return self.latex
        shown = spelled(self.below)
        return f"{self.latex}_{shown}" if len(self.below) == 1 else f"{self.latex}_{{{shown}}}"

    @property
    def key(self) -> str:
        """The plain spelling of the whole name."""
        return key_of(self.whole, self.place)


@dataclass
class Quantifier:
    """Variables of a "for all", and what is said of them: conditions to be read below them."""

    variables: list[tuple[str, str, Sort]] = field(default_factory=list)
    ranges: list[tuple[str, Domain]] = field(default_factory=list)
    conditions: list[list[Token]] = field(default_factory=list)
    place: Place | None = None
    every: bool = False  # whether it is said by "all" or "every", and not by a mere "for"


def separated(tokens: list[Token]) -> list[list[Token]]:
    """The parts of a formula between commas and gaps; a gap within a chain separates nothing."""
    parts: list[list[Token]] = []
    rough: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        opening = token.kind == "{" or token.command in ("(", "[", "\\{", "\\langle", "\\begin")
        shut = token.kind == "}" or token.command in (")", "]", "\\}", "\\rangle", "\\end")
        depth += opening - shut
        if depth <= 0 and ((token.kind == "char" and token.text in _GAP) or token.kind == "text"):
            rough.append([])
        else:
            rough[-1].append(token)
    for part in rough:
        if not part:
            continue
        relation = split_relations(part)
        if parts and relation and relation[0][0]:
            parts[-1] += part
        else:
            parts.append(part)
    return parts


def name_of(tokens: list[Token], names: Names) -> Name | None:
    """The bare name that tokens make, or ``None`` if they are something else."""
    grammar = Grammar(tokens, names)
    start = grammar.peek()
    if start is None:
        return None
    if (start.kind == "macro" and start.text in FUNCTIONS) or (
        start.kind == "macro"
        and start.text not in GREEK | ACCENTS | STYLES
        and start.text != "operatorname"
    ):
        return None
    base = grammar.base_letter()
    if base is None:
        return None
    below: tuple[Token, ...] = ()
    star = False
    letters: tuple[str, ...] = ()
    superscript = False
    while grammar.sign() in ("_", "^", "'"):
        mark = grammar.take()
        if mark.text == "'":
            base += "'"
            continue
        script = grammar.argument(mark)
        if (mark.text, spelled(script)) in (("_", "*"), ("^", "+")) and not below:
            known = names.plain.get(key_of(base, start.place))
            if mark.text == "^" and known is not None and kind_of(known.sort) == "matrix":
                return None  # a pseudo-inverse
            base += f"{mark.text}{spelled(script)}"
        elif (
            mark.text == "_"
            and not below
            and simple_subscript([t for t in script if t.text != ","])
        ):
            below = tuple(script)
        elif spelled(script) == "*":
            star = True
        elif mark.text == "^" and not superscript and not below:
            inner = script[1:-1] if script and script[0].text == "(" else script
            if len(inner) != 1 or inner[0].text not in INDEX_LETTERS or inner[0].kind != "char":
                return None
            letters, superscript = (inner[0].text,), True
        else:
            return None
    latex = base + ("^*" if star else "")
    if below and not superscript:
        letters = _index_letters(below, names)
        if letters:
            below = ()
    parameters: tuple[str, ...] = ()
    if grammar.sign() == "(":
        inside = grammar.tokens[grammar.position + 1 : -1]
        if grammar.tokens[-1].text != ")":
            return None
        found = [name_of(part, names) for part in split_at(inside, frozenset(","))]
        if any(one is None or one.letters or one.parameters for one in found):
            return None
        parameters = tuple(one.whole for one in found if one is not None)
        grammar.position = len(grammar.tokens)
    if grammar.peek() is not None:
        return None
    return Name(latex, start.place, below, letters, parameters, superscript)


def _index_letters(below: tuple[Token, ...], names: Names) -> tuple[str, ...]:
    """The indices of a sequence that a subscript names; empty if it is a part of the name."""
    marks = [t for t in below if t.text != ","]
    if not all(t.kind == "char" and t.text in INDEX_LETTERS for t in marks):
        marks = [t for t in marks if t.kind == "char"]
        declared = [names.plain.get(t.text) for t in marks]
        integers = all(e is not None and e.sort == "integer" and not e.arguments for e in declared)
        return tuple(t.text for t in marks) if marks and integers and len(marks) == 1 else ()
    for mark in marks:
        known = names.plain.get(mark.text)
        if known is not None and (known.sort not in ("integer", "size") or known.arguments):
            return ()
    return tuple(t.text for t in marks) if len(marks) <= 3 else ()


class Declarer:
    """Enters what declaring formulas say into the names of the document.

    ``keyword`` is the word that declares: after "suppose" and the like an equation about a
    declared name is an assumption, after "define" it is a definition. ``passing`` says that what
    is assumed holds for one claim only, where an index means that claim's own index. ``bounded``
    holds what the sentence says to be at least 0 or 1.
    """

    def __init__(
        self,
        names: Names,
        keyword: str,
        integers: bool = False,
        passing: bool = False,
        bounded: frozenset[str] = frozenset(),
    ) -> None:
        self.names = names
        self.keyword = keyword
        self.integers = integers
        self.passing = passing
        self.bounded = bounded
        self._quantified: dict[str, Sort] = {}

    def formula(self, tokens: list[Token], quantifiers: list[Quantifier]) -> None:
        """Read one formula of a declaring sentence. Raises ``Unreadable``."""
        tokens = _trimmed(tokens)
        if not tokens:
            return
        self.bounded |= bounded_below(tokens)
        self._quantified = {key: sort for one in quantifiers for key, _, sort in one.variables}
        if self._range(tokens) or self._mapping(tokens):
            return
        pending: list[list[Token]] = []
        for part in separated(tokens):
            sides = split_relations(part)
            if len(sides) < 2:
                pending.append(part)
                continue
            if speaks_of_subgradients(sides, self.names) or speaks_of_operators(sides, self.names):
                self.assume(part, quantifiers)
            elif speaks_of_solutions(sides, self.names):
                refuse_conditions(quantifiers, self.names)
                assume_solution(sides, self)
            elif sides[1][0] == "in" and len(sides) == 2:
                refuse_conditions(quantifiers, self.names)
                self._membership([*pending, sides[0][2]], sides[1][2], sides[1][1].place)
                # Only now it may be seen that the range is one of a size: "for $n \ge 2$".
                refuse_conditions(quantifiers, self.names)
            else:
                for before in pending:
                    self._relation([*before, sides[1][1], *sides[1][2]], quantifiers)
                self._relation(part, quantifiers)
            pending = []
        # Bare names say nothing by themselves; a phrase after them may.

    # -- declarations ----------------------------------------------------------------------

    def declare(self, name: Name, sort: Sort) -> Entity:
        """Declare a name with the sort of its values; a name with an index is a sequence."""
        names = self.names
        if name.parameters:
            raise Unreadable(
                f"{name.latex}(...) is declared by {name.latex}: \\mathbb{{R}}^d \\to "
                "\\mathbb{R}, or by an equation that defines it",
                name.place,
            )
        if name.letters:
            if sort == "size":
                raise Unreadable("a sequence of sizes is not in the language", name.place)
            key = key_of(name.latex, name.place)
            for letter in name.letters:
                if letter not in names.plain:
                    names.declare(
                        Entity(letter, letter, letter, "plain", "integer", soft=True, index=True)
                    )
            arguments: tuple[Sort, ...] = ("integer",) * len(name.letters)
            new = key not in names.sequences
            made = names.declare(
                Entity(
                    key, key, name.latex, "sequence", sort, arguments, superscript=name.superscript
                ),
                name.place,
            )
            if new and len(name.letters) == 1 and not name.superscript:
                join_members(made, names, name.place)
            return made
        if self._is_member(name):
            raise Unreadable(
                f"{name.whole} is a member of the sequence {name.latex} already", name.place
            )
        return names.declare(Entity(name.key, name.key, name.whole, "plain", sort), name.place)

    def _membership(self, lists: list[list[Token]], of: list[Token], place: Place) -> None:
        """``x, y \\in \\mathbb{R}^d``; names already declared get a condition only."""
        natural = spelled(of) == "\\mathbb{N}" and all(spelled(p) in self.bounded for p in lists)
        found = Domain("integer") if natural else domain(of, self.names)
        shown = [part for part in lists if spelled(part) != "\\dots"]
        dotted = len(shown) < len(lists)
        for part in shown:
            name = name_of(part, self.names)
            if dotted:
                name = _dotted_name(part)
            if name is None or self._is_member(name):
                value = Grammar(part, self.names).whole()
                if value.term == "0" and kind_of(found.sort) == "vector":
                    value = Value(("zero", found.sort[1]), found.sort)
                if value.sort != found.sort and not (
                    is_number(value.sort) and found.sort == "real"
                ):
                    raise Unreadable(
                        f"{spelled(part)} is {described(value.sort)}, and not "
                        f"{described(found.sort)}",
                        place,
                    )
                for formula in found.formulas(value, place):
                    self.names.assume(formula)
                continue
            sort = found.sort
            known = self.known(name)
            if known is not None and known.sort in ("integer", "size") and sort == "real" and (
                found.restricts
            ):  # fmt: skip
                entity = known
            else:
                entity = self.declare(name, sort)
            if found.restricts:
                if name.letters:
                    raise Unreadable(
                        "a range for every element of a sequence: say it by an assumption with "
                        "for all",
                        place,
                    )
                for formula in found.formulas(Value(entity.name, entity.sort), place):
                    self.names.assume(formula)

    def known(self, name: Name) -> Entity | None:
        """The entity of a name, if it is declared."""
        if name.letters:
            return self.names.sequences.get(key_of(name.latex, name.place))
        return self.names.plain.get(name.key)

    def _range(self, tokens: list[Token]) -> bool:
        r"""``t = 1, \dots, T``: t is an integer between the ends, of which T is one too."""
        found = range_of(tokens, self.names)
        if found is None:
            return False
        name, low, high = found
        entity = self.declare(name, "integer")
        self.names.plain[entity.key] = replace(entity, index=True, soft=False)
        self.names.assume(("<=", low.term, entity.name))
        if high is not None:
            self.names.assume(("<=", entity.name, high.term))
        return True

    def _mapping(self, tokens: list[Token]) -> bool:
        r"""``f: \mathbb{R}^d \to \mathbb{R}``."""
        sides = split_at(tokens, frozenset(":"))
        if len(sides) != 2:
            return False
        ends = split_at(sides[1], frozenset(["\\to"]))
        if len(ends) != 2:
            return False
        sort = self.mapping_sort(ends[0], ends[1])
        for part in split_at(sides[0], frozenset(",")):
            name = name_of(part, self.names)
            if name is None or name.letters:
                raise Unreadable(f"{spelled(part)} is no name for a function", part[0].place)
            self.declare_function(name, sort)
        return True

    def declare_function(self, name: Name, sort: tuple[tuple[Sort, ...], Sort]) -> Entity:
        """Declare an abstract function."""
        return self.names.declare(
            Entity(name.key, name.key, name.whole, "function", sort[1], sort[0]), name.place
        )

    def mapping_sort(self, of: list[Token], to: list[Token]) -> tuple[tuple[Sort, ...], Sort]:
        """The sorts of a function's arguments and of its values."""
        parts = [of]
        if not spelled(of).startswith("\\mathbb{R}^"):
            parts = split_at(of, frozenset(["\\times"]))
        sorts = [domain(part, self.names) for part in parts]
        result = domain(to, self.names)
        if any(one.restricts for one in (*sorts, result)):
            raise Unreadable("a function is declared on a whole space", of[0].place if of else None)
        if any(one.sort == "size" for one in sorts):
            raise Unreadable("a function takes numbers and vectors", of[0].place)
        return tuple(one.sort for one in sorts), result.sort

    # -- relations -------------------------------------------------------------------------

    def _relation(self, part: list[Token], quantifiers: list[Quantifier]) -> None:
        sides = split_relations(part)
        if len(sides) < 2:
            raise Unreadable("a bracket here is not closed", part[0].place if part else None)
        defines = self.keyword != "suppose"
        sign, token, right = sides[1]
        is_moment = made_random(part, self)
        if len(sides) == 2 and sign in ("=", ":="):
            name = None if is_moment else name_of(sides[0][2], self.names)
            if same_resolvent(sides[0][2], right, self.names):
                return
            if name is not None and self._is_map_of_words(name):
                name = None
            if name is not None and self._stands_bare(name, right):
                return
            if name is not None and defines and self._function_of_functions(name, right):
                return
            if name is not None and self._defines(name, defines or sign == ":=", quantifiers):
                if name.parameters:
                    _refuse_range(name, quantifiers)
                else:
                    refuse_conditions(quantifiers, self.names)
                self._define(name, right, token.place)
                return
            if sign == ":=":
                raise Unreadable(
                    f"{spelled(sides[0][2])} is no new name that could be defined", token.place
                )
        if all(one[0] in ("<", "<=", ">", ">=") for one in sides[1:]):
            self._new_numbers(sides)
        self.assume(part, quantifiers)

    def _is_map_of_words(self, name: Name) -> bool:
        r"""Whether a name is ``\Pi_C`` or ``J_{\gamma A}`` of a declared set or operator."""
        names, below = self.names, list(name.below)
        if projection_of(name.latex, below, names) is not None:
            return True
        of_operator = factor_and_name(below, names.operators) is not None
        return name.latex == "J" and of_operator and "J" not in names.plain

    def _stands_bare(self, name: Name, right: list[Token]) -> bool:
        """``f = f(x)``: from now on f without an argument is its value at x."""
        other = name_of(right, self.names)
        if other is None or not other.parameters or name.parameters or other.whole != name.whole:
            return False
        values = [
            Grammar([Token("macro", one[1:], other.place) if one[:1] == "\\" else
                     Token("char", one, other.place)], self.names).whole()
            for one in other.parameters
        ]  # fmt: skip
        known = self.names.plain.get(name.key)
        standard = known is None and STANDARD.get(name.latex.lstrip("\\"))
        sorts = known.arguments if known is not None else standard[0] if standard else ()
        if not sorts or tuple(one.sort for one in values) != tuple(sorts):
            raise Unreadable(
                f"{other.whole} is no function of {', '.join(other.parameters)} that is declared",
                other.place,
            )
        self.names.bare[name.key] = tuple(one.term for one in values)
        return True

    def _new_numbers(self, sides: list[tuple[str, Token, list[Token]]]) -> None:
        """In an order, a name that nothing declares is a number."""
        for _, _, tokens in sides:
            name = name_of(tokens, self.names)
            if name is not None and not name.parameters and self.known(name) is None and (
                spelled(tokens) not in ("e", "\\pi")
            ):  # fmt: skip
                if name.letters and set(name.letters) <= set(self._quantified):
                    self.declare(name, "real")
                if name.letters or not self.is_new(name):
                    continue
                self.declare(name, "integer" if self.integers else "real")

    def _is_member(self, name: Name) -> bool:
        """Whether a name with a number below it is a member of a declared sequence."""
        sequence = self.names.sequences.get(key_of(name.latex, name.place))
        number = bool(name.below) and spelled(name.below).isdigit() and not name.letters
        return number and sequence is not None and (
            len(sequence.arguments) == 1 and name.key not in self.names.plain
        )

    def is_new(self, name: Name) -> bool:
        """Whether a subscript makes a name of its own, and no element or component."""
        base = key_of(name.latex, name.place)
        whole = self.names.plain.get(base)
        composed = whole is not None and not whole.arguments and not isinstance(whole.sort, str)
        return not (name.below and (base in self.names.sequences or composed))

    def _defines(self, name: Name, defines: bool, quantifiers: list[Quantifier]) -> bool:
        """Whether an equation with this left side makes a definition."""
        known = self.known(name)
        if name.parameters:
            whole = self.names.plain.get(name.key)
            if whole is None and name.latex.endswith("'"):
                base = name.latex.rstrip("'")
                of = self.names.plain.get(key_of(base, name.place))
                if of is None and base not in ("\\sigma", "\\tanh"):
                    raise Unreadable(
                        f"{name.latex} is the derivative of {base}, and nothing declares {base}",
                        name.place,
                    )
                return False
            if whole is None:
                return True
            return whole.kind == "function" and defines and not self._is_point(name, whole)
        if known is not None:
            return False
        if not self.is_new(name):
            return False
        return bool(name.latex) and name.whole not in ("e", "\\pi")

    def _function_of_functions(self, name: Name, tokens: list[Token]) -> bool:
        """Define ``F = f + g`` or ``T = 2J - I``, if that is what an equation says."""
        names = self.names
        if name.parameters or name.letters or self.known(name) is not None:
            return False
        spaces = {
            one.arguments[0]
            for one in names.plain.values()
            if one.arguments and kind_of(one.arguments[0]) == "vector" and len(one.arguments) == 1
        } | {one.space for one in names.operators.values()}
        found: list[Value] = []
        for space in spaces:
            grammar = Grammar(tokens, names)
            grammar.pointwise = Value("%parameter0", space)
            kept = names.copy()
            try:
                value = grammar.whole()
            except Unreadable:
                names.put_back(kept)
                continue
            if value.sort not in ("real", space) or "%parameter0" not in set(leaves(value.term)):
                names.put_back(kept)
                continue
            found.append(Value(close(value.term, "%parameter0"), value.sort))
            argument = space
        if len(found) != 1:
            return False
        names.declare(
            Entity(
                name.key, name.key, name.whole, "definition", found[0].sort, (argument,), ("x",),
                found[0].term,
            ),
            name.place,
        )  # fmt: skip
        return True

    def _is_point(self, name: Name, function: Entity) -> bool:
        """Whether a function of which something is assumed stands at a starred point."""
        starred = all(one.endswith(("^*", "_*")) for one in name.parameters)
        return starred and any(
            function.name in self.names.mentioned(one) for one in self.names.hypotheses
        )

    def _define(self, name: Name, tokens: list[Token], place: Place) -> None:
        """Enter ``g(x) = ...``, ``a_t = ...`` or ``c = ...`` as a definition."""
        names = self.names
        declared = names.plain.get(name.key) if name.parameters else None
        bound: Bound = {}
        opened: list[tuple[str, Sort]] = []
        written = name.parameters or name.letters
        if declared is not None and len(declared.arguments) != len(written):
            raise Unreadable(f"{name.latex} takes {len(declared.arguments)} arguments", place)
        for number, parameter in enumerate(written):
            key = key_of(parameter, place)
            if key in bound:
                raise Unreadable(f"{parameter} stands twice among the parameters", place)
            sort = self._parameter_sort(parameter, key, declared, number, bool(name.letters), place)
            fresh = f"%parameter{number}"
            bound[key] = Value(fresh, sort)
            opened.append((fresh, sort))
        value = Grammar(tokens, names, bound | AT_AN_OUTCOME).whole()
        random = is_at_outcome(value.term)
        if random:
            if written:
                raise Unreadable("a random name is defined without an argument or index", place)
            opened.append((OUTCOME, "outcome"))
        if isinstance(value.sort, tuple) and value.sort[0] == "row":
            raise Unreadable("a row is not a vector; write the column", place)
        if declared is not None and value.sort != declared.sort and not (
            is_number(value.sort) and declared.sort == "real"
        ):  # fmt: skip
            raise Unreadable(
                f"{name.latex} has values of another kind: {described(value.sort)}", place
            )
        if is_complex(value):
            raise Unreadable("a complex matrix has no name of its own; write it out", place)
        body = _renumbered(value.term, [fresh for fresh, _ in opened])
        sort = declared.sort if declared is not None else value.sort
        if sort in ("integer", "size") and not name.letters:
            sort = "real" if name.parameters else "integer"
        kind = "sequence" if name.letters else "definition"
        latex = name.latex if name.letters else name.whole
        entity = Entity(
            key_of(latex, place), key_of(latex, place), latex, kind, sort,
            () if random else tuple(s for _, s in opened), tuple(written), body, name.superscript,
            random=random,
        )  # fmt: skip
        if declared is not None:
            if any(declared.name in names.mentioned(one) for one in names.hypotheses):
                raise Unreadable(
                    f"something was assumed of {name.latex} before it is defined; define it first",
                    place,
                )
            if declared.name in set(leaves(body)):
                raise Unreadable(f"{name.latex} is defined by itself", place)
            del names.plain[name.key]
        if any(
            one.name in names.mentioned(body) and one.key == entity.key and one.kind == kind
            for one in names.entities()
        ):
            raise Unreadable(f"{name.latex} is defined by itself", place)
        names.declare(entity, place)

    def _parameter_sort(
        self, parameter: str, key: str, declared: Entity | None, number: int, index: bool,
        place: Place,
    ) -> Sort:  # fmt: skip
        if declared is not None:
            return declared.arguments[number]
        if index:
            return "integer"
        if key in self._quantified:
            return self._quantified[key]
        known = self.names.plain.get(key)
        if known is None or known.arguments:
            raise Undeclared(parameter, key, "real", place)
        if isinstance(known.sort, tuple) and known.sort[0] == "matrix" and not (
            str(known.sort[1]).isdigit() and str(known.sort[2]).isdigit()
        ):  # fmt: skip
            raise Unreadable("a matrix of any size cannot be a parameter", place)
        return "integer" if known.sort == "size" else known.sort

    # -- assumptions -----------------------------------------------------------------------

    def assume(self, tokens: list[Token], quantifiers: list[Quantifier]) -> None:
        """Enter a relation as a hypothesis, for all values of the quantified variables."""
        formulas = self.hypotheses(tokens, quantifiers)
        for formula in formulas:
            for moments in assumed_moments(formula, self.names):
                self.names.assume(moments)
            self.names.assume(formula)

    def hypotheses(self, tokens: list[Token], quantifiers: list[Quantifier]) -> list[Term]:
        """The formulas that a relation makes. Raises ``Ambiguous`` for an index left free."""
        bound: Bound = {}
        order: list[tuple[str, Sort]] = []
        conditions: list[Term] = []
        for quantifier in quantifiers:
            for key, _, sort in quantifier.variables:
                fresh = f"%all{len(order)}"
                bound[key] = Value(fresh, sort)
                order.append((fresh, sort))
        for quantifier in quantifiers:
            for key, found in quantifier.ranges:
                place = quantifier.place or tokens[0].place
                conditions += found.formulas(bound[key], place)
            for part in quantifier.conditions:
                conditions += _links(part, self.names, bound)
        for key, value in bound.items():
            low = next((c[1] for c in conditions if c[0] == "<=" and c[2] == value.term), None)
            high = next((c[2] for c in conditions if c[0] == "<=" and c[1] == value.term), None)
            bound[key] = value._replace(within=(low, high))
        found_formulas = _links(tokens, self.names, bound)
        made = []
        self._refuse_unbound(quantifiers, [*conditions, *found_formulas], tokens)
        for formula in map(self._with_slope, found_formulas):
            if not self.passing:
                self._refuse_free_index(formula, tokens)
            used = set(leaves(formula))
            if used & {fresh for fresh, _ in order}:
                self._refuse_unclear(quantifiers, bound, formula)
                if conditions:
                    self._note_ranges(quantifiers, used)
                for condition in reversed(conditions):
                    formula = ("implies", condition, formula)
                used = set(leaves(formula))
                for fresh, sort in reversed(order):
                    if fresh in used:
                        formula = ("forall", sort, close(formula, fresh))
            else:
                refuse_conditions(quantifiers, self.names)
            made.append(formula)
        return made

    def _refuse_unclear(
        self, quantifiers: list[Quantifier], bound: Bound, formula: Term
    ) -> None:
        """Raises ``Ambiguous`` for a mere "for" beside a name that is declared.

        "Suppose $x = y$ for $y \\ge 0$" may speak of all y, or of the y that is declared. That
        "$f(y) = g(y)$ for $y \\ge 0$" speaks of all arguments is clear.
        """
        for quantifier in quantifiers:
            for key, latex, _ in [] if quantifier.every else quantifier.variables:
                known = self.names.plain.get(key)
                fresh = bound[key].term
                hard = known is not None and not (known.soft or known.index)
                if hard and not _is_argument(fresh, formula):
                    raise Ambiguous(
                        (f"for all {latex}", f"under a condition on the {latex} that is declared"),
                        f"write 'for all {latex} ...', or a formula: P \\Rightarrow Q",
                        quantifier.place,
                    )

    def _refuse_unbound(
        self, quantifiers: list[Quantifier], terms: list[Term], tokens: list[Token]
    ) -> None:
        """Raises ``Unreadable`` for a bound name that stands in the end of a range as itself."""
        used = {leaf for term in terms for leaf in leaves(term)}
        for quantifier in quantifiers:
            for key, latex, _ in quantifier.variables:
                known = self.names.plain.get(key)
                if known is not None and not known.soft and known.name in used:
                    raise Unreadable(
                        f"{latex} is bound by 'for' here, and stands in a range beside it; say "
                        f"first which {latex} is meant: Let ${latex} = ...$",
                        quantifier.place or tokens[0].place,
                    )

    def _note_ranges(self, quantifiers: list[Quantifier], used: set[str]) -> None:
        """Remember for which letters something holds within a range only."""
        sequences = frozenset(one.name for one in self.names.sequences.values()) & used
        for quantifier in quantifiers:
            for key, _, sort in quantifier.variables:
                if sort == "integer":
                    before = self.names.ranged.get(key, frozenset())
                    self.names.ranged[key] = before | sequences

    def _with_slope(self, formula: Term) -> Term:
        """Assumed, f'(u) = v of a declared f says that f has the derivative v at u.

        As an equation it would say nothing of an f that has none.
        """
        if formula[0] != "=":
            return formula
        for slope, value in (formula[1:], formula[:0:-1]):
            if slope[0] == "derivative" and slope[1][0] == "app" and slope[1][2:] == ("#0",):
                function = self.names.by_name().get(slope[1][1])
                if function is not None and function.body is None:
                    return ("has_derivative", *slope[1:], value)
        return formula

    def _refuse_free_index(self, formula: Term, tokens: list[Token]) -> None:
        words = set(leaves(formula))
        for entity in self.names.plain.values():
            if entity.index and entity.name in words:
                raise Ambiguous(
                    (f"an assumption for every {entity.latex}",
                     f"an assumption for one {entity.latex}"),
                    f"say for which: for all ${entity.latex} = 1, \\dots, T$",
                    tokens[0].place,
                )  # fmt: skip


def _is_argument(name: Term, formula: Term) -> bool:
    """Whether a name stands in a formula as an argument of functions, and there alone."""

    def outside(term: Term) -> bool:
        if isinstance(term, str):
            return bool(term == name)
        return bool(term) and term[0] not in ("app", "gradient") and any(map(outside, term))

    return name in leaves(formula) and not outside(formula)


def refuse_conditions(quantifiers: list[Quantifier], names: Names) -> None:
    """Raises ``Unreadable`` for a range beside what does not speak of its variable.

    "Suppose $x > 0$ for $y = 1$" is an assumption under a condition. The index of a sequence, and
    a letter that nothing else declares, runs through its range and is left out.
    """
    for quantifier in quantifiers:
        known = [names.plain.get(key) for key, _, _ in quantifier.variables]
        declared = any(one is not None and not (one.soft or one.index) for one in known)
        if declared or (quantifier.conditions and not quantifier.variables):
            raise Unreadable(
                "an assumption under a condition is written as a formula: P \\Rightarrow Q; what "
                "holds throughout is a sentence of its own: Let ... and $n \\ge 2$",
                quantifier.place,
            )


def _refuse_range(name: Name, quantifiers: list[Quantifier]) -> None:
    """Raises ``Unreadable`` for a function that is defined for some arguments only."""
    for quantifier in quantifiers:
        if quantifier.conditions or any(one.restricts for _, one in quantifier.ranges):
            raise Unreadable(
                f"a definition holds for every argument; declare {name.latex} as a function, and "
                f"write: Suppose ${name.latex}({', '.join(name.parameters)}) = ...$ for ...",
                quantifier.place,
            )


def bounded_below(tokens: list[Token]) -> frozenset[str]:
    r"""What a formula says to be at least 0, or at least 1: then ``k \in \mathbb{N}`` is clear."""
    found: set[str] = set()
    for part in separated(tokens):
        sides = split_relations(part)
        for (_, _, left), (sign, _, right) in pairwise(sides):
            low, high = (left, right) if sign in ("<", "<=") else (right, left)
            if sign in ("<", "<=", ">", ">=") and spelled(low) in ("0", "1"):
                found.add(spelled(high))
    return frozenset(found)


def range_of(tokens: list[Token], names: Names) -> tuple[Name, Value, Value | None] | None:
    r"""The variable and the ends of ``t = 1, \dots, T``, if that is what the tokens are.

    ``k = 0, 1, \dots`` has no upper end, and ``k = 0, 1, 2`` has no dots.
    """
    parts = split_at(tokens, frozenset(","))
    if len(parts) > 1 and not parts[-1]:
        parts = parts[:-1]
    first = split_relations(parts[0])
    if len(parts) < 2 or len(first) != 2 or first[1][0] != "=":
        return None
    name = name_of(first[0][2], names)
    if name is None or name.letters or name.parameters:
        return None
    dotted = any(t.command == "\\dots" for t in tokens)
    if not dotted and name.whole not in INDEX_LETTERS:
        return None  # "x = 1,2" may be a decimal
    ends = listed_ends([first[1][2], *parts[1:]], names, name.place)
    return None if ends is None else (name, *ends)


def _dotted_name(part: list[Token]) -> Name | None:
    r"""The sequence of which ``w_1`` and ``w_T`` are the ends in ``w_1, \dots, w_T``."""
    at = next((k for k, t in enumerate(part) if t.text == "_"), None)
    if at is None or not part:
        return None
    return Name(spelled(part[:at]), part[0].place, (), ("t",))


def _links(tokens: list[Token], names: Names, bound: Bound) -> list[Term]:
    """The relations of an assumption; its decimals are exact."""
    sides = split_relations(tokens)
    if speaks_of_subgradients(sides, names, bound):
        return [tangent_below(sides, names, bound)]
    if speaks_of_operators(sides, names):
        return [value_of_operator(sides, names, bound)]
    if any(sign in ("in",) for sign, _, _ in sides):
        chain = Chain()
        return [link.formula for link in chain.extend(Grammar(tokens, names, bound))]
    if any(side and side[0].command in ("\\lim", "\\operatorname") for _, _, side in sides):
        chain = Chain()
        return [link.formula for link in chain.extend(Grammar(tokens, names, bound))]
    extremes: list[Extreme] = []
    values = [Grammar(side, names, bound, 1, None, extremes).whole() for _, _, side in sides]
    found: list[Term] = []
    for (sign, token, _), left, right in zip(sides[1:], values, values[1:], strict=False):
        if sign == "~":
            raise Unreadable("\\approx assumes nothing exact; write = or an interval", token.place)
        if sign in ("?", ":="):
            raise Unreadable(f"{token.command} is not read in an assumption", token.place)
        formula = said_of_extremes(relate(sign, left, right, token.place), extremes)
        parts = formula[1:] if formula[0] == "and" and sign in ORDERS else (formula,)
        for one in parts:
            found += _by_components(one, names)
    if not found:
        raise Unreadable("an assumption needs a relation", tokens[0].place if tokens else None)
    return found


def _by_components(formula: Term, names: Names) -> list[Term]:
    """An equation of two vectors that are written out, or defined so, is one for each entry."""
    table = names.by_name()
    sides = []
    for side in formula[1:]:
        known = table.get(side) if isinstance(side, str) else None
        whole = side if known is None or known.arguments or known.body is None else known.body
        sides.append(whole)
    if formula[0] == "=" and sides[0][0] == sides[1][0] == "vector":
        return [("=", a, b) for a, b in zip(sides[0][1:], sides[1][1:], strict=True)]
    return [formula]


def _trimmed(tokens: list[Token]) -> list[Token]:
    while tokens and (tokens[-1].text in (",", ".", ";", ":", "") and tokens[-1].kind != "macro"):
        tokens = tokens[:-1]
    while tokens and tokens[0].kind == "text":
        tokens = tokens[1:]
    return tokens


def _renumbered(body: Term, opened: list[str]) -> Term:
    """The body of a definition: its last parameter is #0, the one before it #1, and so on."""
    for position, fresh in enumerate(reversed(opened)):
        body = close(body, fresh, position)
    return body
