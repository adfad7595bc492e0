"""What a name with its scripts stands for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.reading.latex.brackets import arguments
from therefore.reading.latex.convex_sets import PROJECTIONS, projection_of
from therefore.reading.latex.differentials import by_primes
from therefore.reading.latex.errors import Ambiguous, Undeclared, Unreadable
from therefore.reading.latex.functions import function, primed
from therefore.reading.latex.identity import IDENTITY
from therefore.reading.latex.names import Entity, described, key_of
from therefore.reading.latex.operators import resolvent
from therefore.reading.latex.powers import raised
from therefore.reading.latex.proximal_maps import PROX, proximal_map
from therefore.reading.latex.randomness import value_of_random
from therefore.reading.latex.signs import split_at
from therefore.reading.latex.symbols import INDEX_LETTERS, RELATIONS
from therefore.reading.latex.tokens import Token, spelled
from therefore.reading.latex.values import Value, is_number, kind_of
from therefore.reading.standard import applied

if TYPE_CHECKING:
    from therefore.reading.latex.grammar import Grammar

__all__ = ["Naming", "simple_subscript"]

# Several commands for one style.
_STYLE = {"boldsymbol": "mathbf", "bm": "mathbf", "mathit": "", "mathnormal": ""}
_SHUT = ("+", "-", ")", "]", "\\rangle", "\\|", "|", ",", "\\}", "\\rVert", "\\Vert")
_NOT_WORDS = frozenset("+-*/=<>()[],.|'")


def simple_subscript(tokens: list[Token]) -> bool:
    """Whether a subscript may be a part of a name: letters, digits, words."""
    return bool(tokens) and not any(t.kind == "char" and t.text in _NOT_WORDS for t in tokens)


class Naming:
    r"""One name in a formula: its letter, and the subscript, superscript and primes after it.

    A subscript makes a name of its own (``f_1``), or takes an element of a sequence (``w_t``)
    or a component of a vector, as the declarations have it; a superscript is an iterate where
    a sequence was declared, a star makes a name of its own, and all others are powers.
    """

    def __init__(self, grammar: Grammar, base: str, token: Token) -> None:
        self.grammar = grammar
        self.names = grammar.names
        self.base = base
        self.token = token
        self.below: list[Token] | None = None
        self.above: list[Token] | None = None
        self.mark: Token = token
        self.star = False
        self.primes = 0

    def value(self) -> Value:
        """What the name stands for. Raises ``Undeclared`` and ``Ambiguous``."""
        standard = self._standard()
        if standard is not None:
            return standard
        self._take_scripts()
        latex = self.base + ("^*" if self.star else "")
        known = self._map_of_words()
        entity: Entity | None
        if known is not None:
            value, entity = Value(known.name, known.sort), known
        elif self.below is not None:
            value, entity = self._with_subscript(latex)
        else:
            value, entity = self._without_subscript(latex)
        if entity is not None and entity.arguments and entity.kind != "sequence":
            bare = self.names.bare.get(entity.key)
            if bare is not None and not self._argument_follows(bare):
                value = self._bare(entity, bare)
            else:
                value = self.applied(entity)
        elif self.primes and entity is not None and entity.body is not None:
            value = by_primes(self.grammar, entity, self.primes, self.token)
        elif self.primes:
            raise Unreadable(
                f"{latex} is no function that takes a number; write \\frac{{d}}{{dx}}",
                self.token.place,
            )
        if self.above is not None:
            return raised(self.grammar, value, self.above, self.mark)
        return value

    def _map_of_words(self) -> Entity | None:
        """The projection, the resolvent or the proximal map that stands here, if one does."""
        below = self.below
        if below is None or (self.base not in PROJECTIONS | PROX and self.base != "J"):
            return None
        written = f"{self.base}_{{{spelled(below)}}}"
        if (simple_subscript(below) and key_of(written, self.token.place) in self.names.plain) or (
            self.base in self.names.plain or self.base in self.names.sequences
        ):  # fmt: skip
            return None
        if any(token.text in self.grammar.bound for token in below):
            raise Unreadable("what stands below is bound here", self.token.place)
        if self.base == "J":
            return resolvent(below, self.names, self.token.place)
        if self.base in PROX:
            return proximal_map(below, self.names, self.token.place)
        return projection_of(self.base, below, self.names)

    def _known(self) -> bool:
        key = key_of(self.base, self.token.place)
        return key in self.names.plain or key in self.names.sequences or key in self.grammar.bound

    def _standard(self) -> Value | None:
        """The number pi and the logistic function, unless they are declared otherwise."""
        at = self.grammar.pointwise
        if at is not None and self.base in ("I", "\\mathrm{Id}", "\\operatorname{Id}") and (
            self.grammar.sign() != "_" and not self._known()
        ):  # fmt: skip
            return at
        if self.base == "I" and not self._known():
            return self._identity()
        if self.base not in ("\\pi", "\\sigma") or self.grammar.sign() == "_" or self._known():
            return None
        if self.base == "\\pi":
            return Value(("pi",), "real")
        bare = self.names.bare.get("sigma")
        if bare is not None and self.base == "\\sigma":
            return self._bare_sigma(bare)
        following = [self.grammar.sign(k) for k in range(2)]
        if following[0] in ("(", "'") or (following[0] == "^" and following[1] != "*"):
            return function(self.grammar, self.token, "sigma")
        return None

    def _argument_follows(self, at: tuple[Term, ...]) -> bool:
        """Whether the bracket after a function that may stand bare holds its argument.

        It does where it holds the declared argument or a number; where it speaks of the function
        itself, as in ``\\sigma(1-\\sigma)``, the function stands for its value, a factor.
        """
        grammar = self.grammar
        if grammar.sign() != "(":
            return False
        start = grammar.position
        parts = arguments(grammar, self.token)
        inner = grammar.tokens[start + 1 : grammar.position - 1]
        grammar.position = start
        terms = tuple(part.term for part in parts)
        number = all(t.kind == "char" and t.text in "0123456789.-/," for t in inner)
        if terms == at or (number and len(parts) == len(at)):
            return True
        if any(t.command == self.token.command for t in inner):
            return False
        raise Ambiguous(
            (f"{self.base} of what is in the brackets", f"the value of {self.base} times it"),
            "write \\cdot for the product, or another name for one of them",
            self.token.place,
        )

    def _bare_sigma(self, at: tuple[Term, ...]) -> Value:
        """The logistic function, at its declared argument unless another one follows."""
        self._take_scripts()
        if self._argument_follows(at):
            if self.above is not None:
                raise Ambiguous(
                    ("a power of the value of \\sigma", "\\sigma applied again"),
                    "write (\\sigma(x))^2",
                    self.mark.place,
                )
            at = tuple(value.term for value in arguments(self.grammar, self.token))
            if len(at) != 1:
                raise Unreadable("\\sigma takes one number", self.token.place)
        if self.star:
            raise Unreadable("\\sigma^* is not declared", self.token.place)
        term: Term = applied("sigma", *at)
        if self.primes:
            term = primed(lambda one: applied("sigma", one), at[0], self.primes)
        value = Value(term, "real")
        return value if self.above is None else raised(self.grammar, value, self.above, self.mark)

    def _identity(self) -> Value | None:
        """The identity matrix, of the size that stands below it or else is still to be found."""
        grammar = self.grammar
        if grammar.sign() != "_":
            return None if grammar.sign() == "(" else IDENTITY
        mark = grammar.take()
        tokens = grammar.argument(mark)
        if len(tokens) > 1 and self._are_sizes(tokens):
            from therefore.reading.latex.sets import size as size_of

            whole = size_of(tokens, self.names)
            return Value(("identity", whole), ("matrix", whole, whole))
        key = spelled(tokens)
        known = self.names.plain.get(key_of(key, mark.place)) if key[:1].isalpha() else None
        if known is not None and known.sort == "size" and not known.arguments:
            return Value(("identity", known.name), ("matrix", known.name, known.name))
        if key.isdigit() and 1 <= int(key) <= 8:
            size = int(key)
            rows = (
                ("row", *("1" if row == column else "0" for column in range(size)))
                for row in range(size)
            )
            return Value(("rows", *rows), ("matrix", key, key))
        raise Unreadable(
            f"I_{key} is not declared; it is the identity matrix where {key} is a declared size",
            mark.place,
        )

    def _are_sizes(self, tokens: list[Token]) -> bool:
        """Whether there are letters, and all of them are declared sizes."""
        letters = [token.text for token in tokens if token.text.isalpha()]
        known = [self.names.plain.get(letter) for letter in letters]
        return bool(known) and all(one is not None and one.sort == "size" for one in known)

    def _is_declared(self, latex: str) -> bool:
        key = key_of(latex, self.token.place)
        return key in self.names.plain or key in self.grammar.bound

    def _take_scripts(self) -> None:
        grammar = self.grammar
        while grammar.sign() in ("_", "^", "'"):
            mark = grammar.take()
            if mark.text == "'":
                self.primes += 1
                continue
            script = grammar.argument(mark)
            if not script:
                raise Unreadable("a script is empty", mark.place)
            if mark.text == "_":
                if self.below is not None:
                    raise Unreadable("a name has one subscript", mark.place)
                if spelled(script) == "*":
                    self.base += "_*"
                else:
                    self.below = script
            elif spelled(script) == "*":
                self.star = True
            elif spelled(script) == "+" and self._is_declared(f"{self.base}^+"):
                self.base += "^+"
            elif all(t.command == "\\prime" for t in script):
                self.primes += len(script)
            else:
                if self.above is not None:
                    raise Unreadable("a name has one superscript", mark.place)
                if script[0].text == "*" and len(script) > 1:
                    raise Unreadable(f"^{spelled(script)} is not read", mark.place)
                self.above, self.mark = script, mark

    # -- with and without a subscript ----------------------------------------------------

    def _with_subscript(self, latex: str) -> tuple[Value, Entity | None]:
        below = self.below or []
        key = key_of(latex, self.token.place)
        if simple_subscript(below):
            full = f"{latex}_{{{spelled(below)}}}"
            whole_key = key_of(full, self.token.place)
            if whole_key in self.grammar.bound:
                return self.grammar.bound[whole_key], None
            entity = self.names.plain.get(whole_key)
            if entity is not None:
                return self._of(entity), entity
        sequence = self.names.sequences.get(key)
        whole = self.names.plain.get(key)
        bound = self.grammar.bound.get(key)
        if bound is not None and kind_of(bound.sort) in ("vector", "matrix"):
            if sequence is None:
                return self._component(bound, latex, below), None
            if spelled(below).isdigit() and str(bound.sort[1]).isdigit():
                raise Ambiguous(
                    (f"an element of the sequence {latex}", f"a component of the vector {latex}"),
                    "give one of them another name",
                    self.token.place,
                )
        if sequence is not None:
            literal = spelled(below).isdigit() and whole is not None
            if literal and whole is not None and kind_of(whole.sort) == "vector":
                raise Ambiguous(
                    (f"an element of the sequence {latex}", f"a component of the vector {latex}"),
                    "give one of them another name",
                    self.token.place,
                )
            return self._element(sequence, below), sequence
        if whole is not None and not whole.arguments and key not in self.grammar.bound:
            return self._component(self._of(whole), latex, below), whole
        shown = spelled(below)
        full = f"{latex}_{{{shown}}}" if len(below) > 1 else f"{latex}_{shown}"
        index = len(below) > 1 or (below[0].text.isalpha() and below[0].kind == "char")
        if index and not simple_subscript(below):
            letters = [one.text for one in below if one.text in INDEX_LETTERS]
            full = f"{latex}_{letters[0] if letters else 't'}"
        note = self._not_applied(full)
        raise Undeclared(
            full, key_of(full), "real", self.token.place, note, is_element=index
        )

    def _without_subscript(self, latex: str) -> tuple[Value, Entity | None]:
        key = key_of(latex + "'" * self.primes, self.token.place)
        if self.primes and key in self.names.plain:
            self.primes = 0
        else:
            key = key_of(latex, self.token.place)
        if key in self.grammar.bound:
            return self.grammar.bound[key], None
        entity = self.names.plain.get(key)
        sequence = self.names.sequences.get(key)
        if sequence is not None and self.above is not None and self._is_iterate(sequence, entity):
            above, self.above = self.above, None
            if above[0].command == "(" and above[-1].command == ")":
                above = above[1:-1]
            return self._element(sequence, above), sequence
        if entity is not None:
            if self.above is not None and self.above[0].command == "(" and not entity.arguments:
                self._unclear_superscript(latex)
            return self._of(entity), entity
        if sequence is not None:
            raise Unreadable(
                f"{latex} is a sequence; say which of its elements is meant", self.token.place
            )
        if self.above is not None and self.above[0].command == "(":
            self._unclear_superscript(latex)
        if self.star:
            note = "a star makes a name of its own"
            raise Undeclared(latex, key, "real", self.token.place, note)
        if self.base == "i":
            note = "complex numbers are read beside matrices only, as in A + iB"
            raise Undeclared(latex, key, "integer", self.token.place, note)
        sort = "real"
        if self._transposed():
            sort = "matrix n d" if latex.isupper() else "in R^d"
        raise Undeclared(latex, key, sort, self.token.place, self._not_applied(latex))

    def _transposed(self) -> bool:
        return self.above is not None and spelled(self.above) in ("\\top", "T")

    def _unclear_superscript(self, latex: str) -> None:
        raise Ambiguous(
            ("a power", "an element of a sequence", "a higher derivative"),
            f"declare {latex} as a sequence, or write the power without brackets",
            self.mark.place,
            f"% therefore: declare {latex}_t real",
        )

    def _not_applied(self, latex: str) -> str:
        """Refuse an unknown name before a bracket, which may be a function or a factor."""
        if self.grammar.sign() == "(" and not self._transposed():
            raise Ambiguous(
                (f"the function {latex} of what is in the brackets", f"{latex} times it"),
                f"declare {latex} as a function or as a number",
                self.token.place,
                f"% therefore: declare {latex} function R -> R",
            )
        return ""

    def _is_iterate(self, sequence: Entity, entity: Entity | None) -> bool:
        above = self.above or []
        if above[0].command == "(" and above[-1].command == ")":
            return True
        if spelled(above) in ("\\top", "T") and kind_of(sequence.sort) != "number":
            return False
        if entity is not None and is_number(entity.sort):
            return False
        if sequence.superscript or not is_number(sequence.sort):
            return True
        raise Ambiguous(
            ("a power", "an element of the sequence"),
            f"write {self.base}_{{{spelled(above)}}}, or brackets around the element",
            self.mark.place,
        )

    # -- what it is ----------------------------------------------------------------------

    def _of(self, entity: Entity) -> Value:
        """A declared or defined name by itself."""
        if entity.random:
            return value_of_random(self.grammar, entity, self.token.place)
        self._refuse_other_letter(entity)
        if entity.kind == "definition":
            mentioned = self.names.mentioned(entity.name)
            for key in self.grammar.bound:
                outer = self.names.plain.get(key)
                if outer is not None and outer.name in mentioned and not entity.arguments:
                    raise Unreadable(
                        f"{entity.latex} speaks of {outer.latex}, which is bound here; "
                        f"define it as a function of {outer.latex}",
                        self.token.place,
                    )
        return Value(entity.name, entity.sort)

    def _refuse_other_letter(self, entity: Entity) -> None:
        """Raises ``Unreadable`` for a bold w where a plain one is declared: two names in print."""
        declared = re.match(r"\\(math\w+|boldsymbol|bm)\b", entity.latex)
        written = re.match(r"\\(math\w+|boldsymbol|bm)\b", self.base)
        styles = [_STYLE.get(one[1], one[1]) if one else "" for one in (declared, written)]
        words = re.sub(r"\\[a-z]+|[^a-zA-Z]", "", self.base)
        if styles[0] != styles[1] and len(words) <= 1:
            raise Unreadable(
                f"{self.base} is not declared, and {entity.latex} is printed in other letters; "
                "declare it, or write it in the same way",
                self.token.place,
                f"% therefore: declare {self.base} real",
            )

    def _element(self, sequence: Entity, tokens: list[Token]) -> Value:
        """The element of a sequence at an index."""
        self._refuse_other_letter(sequence)
        count = len(sequence.arguments)
        parts = split_at(tokens, frozenset(","))
        if count == 2 and len(parts) == 1 and len(tokens) == 2:
            parts = [[tokens[0]], [tokens[1]]]
        if len(parts) != count:
            raise Unreadable(f"{sequence.latex} takes {count} indices", self.token.place)
        terms = []
        for part, sort in zip(parts, sequence.arguments, strict=True):
            if len(part) > 1 and all(t.kind == "char" and t.text.isalpha() for t in part):
                raise Ambiguous(
                    ("a product of indices", "several indices"),
                    "write \\cdot for a product, or declare the sequence with several indices",
                    part[0].place,
                )
            value = self.grammar.inside(part).whole()
            if value.sort not in ("integer", "size") and value.sort != sort:
                raise Unreadable(
                    f"the index {spelled(part)} is {described(value.sort)}, not an integer",
                    self.token.place,
                )
            terms.append(value.term)
        return Value(("app", sequence.name, *terms), sequence.sort)

    def _component(self, whole: Value, latex: str, below: list[Token]) -> Value:
        """A component of a vector of literal size, or an entry of such a matrix."""
        shown = spelled(below)
        digits = [t.text for t in below if t.text != ","]
        kind = kind_of(whole.sort)
        if kind == "vector" and shown.isdigit() and str(whole.sort[1]).isdigit():
            size, at = int(whole.sort[1]), int(shown)
            if not 1 <= at <= size:
                raise Unreadable(f"{latex} has the components 1 to {size}", self.token.place)
            unit = ("vector", *("1" if k == at else "0" for k in range(1, size + 1)))
            return Value(("inner", whole.term, unit), "real")
        if kind == "matrix" and len(digits) == 2 and all(d.isdigit() for d in digits) and (
            str(whole.sort[1]).isdigit() and str(whole.sort[2]).isdigit()
        ):  # fmt: skip
            row, column = (int(d) - 1 for d in digits)
            if 0 <= row < int(whole.sort[1]) and 0 <= column < int(whole.sort[2]):
                return Value(("entry", whole.term, str(row), str(column)), "real")
        if kind in ("vector", "matrix"):
            residues = self._by_residues(whole, below)
            if residues is not None:
                return residues
            raise Unreadable(
                f"{latex}_{{{shown}}} is not declared: {latex} is {described(whole.sort)}, and "
                "components are read by number where the size is a number, or by residues",
                self.token.place,
                f"% therefore: declare {latex}_{{{shown}}} real",
            )
        full = f"{latex}_{{{shown}}}" if len(below) > 1 else f"{latex}_{shown}"
        raise Undeclared(full, key_of(full), "real", self.token.place)

    def _by_residues(self, whole: Value, below: list[Token]) -> Value | None:
        """An entry at residues modulo the sizes, which are counted from 0."""
        parts = split_at(below, frozenset(","))
        if len(parts) == 1 and len(whole.sort) == 3 and len(below) == 2:
            parts = [[one] for one in below]
        if len(parts) != len(whole.sort) - 1:
            return None
        values = [self.grammar.inside(part).whole() for part in parts]
        if any(
            value.sort != ("residue", size)
            for value, size in zip(values, whole.sort[1:], strict=True)
        ):
            return None
        return Value(("entry", whole.term, *(value.term for value in values)), "real")

    def _bare(self, entity: Entity, at: tuple[Term, ...]) -> Value:
        """A function that stands without its declared argument: its value, or its derivative."""
        if not self.primes:
            return Value(("app", entity.name, *at), entity.sort)
        if entity.arguments != ("real",) or entity.sort != "real":
            raise Unreadable("a prime is read on a function of one number", self.token.place)
        name = entity.name
        return Value(primed(lambda one: ("app", name, one), at[0], self.primes), "real")

    def applied(self, entity: Entity) -> Value:
        """A map with what it is taken of, or at the point where all functions are taken."""
        at = self.grammar.pointwise
        if at is not None and entity.arguments == (at.sort,) and self.grammar.sign() != "(":
            return Value(("app", entity.name, at.term), entity.sort)
        return self._applied(entity)

    def _of_next_name(self, entity: Entity) -> list[Value] | None:
        """The point in ``T x_k``, where a map of a space stands right before a name."""
        grammar, token = self.grammar, self.grammar.peek()
        if entity.arguments != (entity.sort,) or kind_of(entity.sort) != "vector":
            return None
        named = token is not None and (token.text.isalpha() and token.kind == "char")
        if not named:
            return None
        value = grammar.factor()
        following = grammar.peek()
        if following is not None and following.command not in (*_SHUT, *RELATIONS) and (
            grammar.starts(following)
        ):  # fmt: skip
            raise Ambiguous(
                (f"{entity.latex} of the name alone", f"{entity.latex} of all that follows"),
                f"write {entity.latex}(...)",
                self.token.place,
            )
        return [value]

    def _applied(self, entity: Entity) -> Value:
        """A function with its arguments, its primes before them."""
        grammar = self.grammar
        power = self.above
        if power is not None and "powers" in self.names.conventions and spelled(power).isdigit():
            self.above = None
            value = self._applied(entity)
            return raised(grammar, value, power, self.mark)
        if self.above is not None:
            raise Ambiguous(
                (f"a power of the value of {entity.latex}", f"{entity.latex} applied again",
                 "the inverse function"),
                "write the power outside of brackets: (f(x))^2",
                self.mark.place,
            )  # fmt: skip
        parts = self._of_next_name(entity) or []
        if not parts and grammar.sign() != "(":
            raise Unreadable(
                f"{entity.latex} is a function; write what it is taken of", self.token.place
            )
        parts = parts or arguments(grammar, self.token)
        if len(parts) > 1 and entity.arguments == (("vector", str(len(parts))),) and (
            all(is_number(part.sort) for part in parts)
        ):  # fmt: skip
            # f(1, 2) of a function of one vector of size 2.
            parts = [Value(("vector", *(part.term for part in parts)), entity.arguments[0])]
        if len(parts) != len(entity.arguments):
            raise Unreadable(
                f"{entity.latex} takes {len(entity.arguments)} arguments, not {len(parts)}",
                self.token.place,
            )
        terms: list[Term] = []
        for value, sort in zip(parts, entity.arguments, strict=True):
            grammar.fit(value, sort, f"an argument of {entity.latex}", self.token.place)
            terms.append(grammar.coerced(value, sort))
        grammar.delimited = False
        if self.primes:
            if entity.arguments != ("real",) or entity.sort != "real":
                raise Unreadable(
                    f"a prime is read on a function of one number, and {entity.latex} is none",
                    self.token.place,
                )
            name = entity.name
            return Value(
                primed(lambda at: ("app", name, at), terms[0], self.primes), "real"
            )
        return Value(("app", entity.name, *terms), entity.sort)
