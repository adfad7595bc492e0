"""The grammar of formulas: from tokens to typed terms. Nothing is evaluated.

A formula is read by descent, one method for each kind of thing; a term is built with its sort,
so that what does not fit is refused where it stands. Bound variables have names beginning with
% while what they bind is read, and are closed at the end of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from therefore.goal import Term
from therefore.reading.latex import decimals
from therefore.reading.latex.blocks import hadamard, kronecker
from therefore.reading.latex.brackets import bars, braces, bracket, inner_product
from therefore.reading.latex.cleaning import closing
from therefore.reading.latex.complexes import UNIT
from therefore.reading.latex.derivatives import (
    bare_derivative,
    derivative_of_expression,
    gradient_of_expression,
    gradient_of_name,
    named_gradient,
)
from therefore.reading.latex.differentials import differential
from therefore.reading.latex.dots import Part, dotted
from therefore.reading.latex.environments import environment
from therefore.reading.latex.errors import Ambiguous, Unreadable
from therefore.reading.latex.extremes import Extreme
from therefore.reading.latex.functions import (
    blackboard,
    determinant,
    extreme,
    function,
    quotient,
    root,
    standard_word,
)
from therefore.reading.latex.names import Entity, Names, described, key_of
from therefore.reading.latex.powers import exponential, factorial, raised, with_powers_of_ten
from therefore.reading.latex.products import (
    Value,
    divided,
    is_number,
    kind_of,
    multiplied,
    negated,
    summed,
)
from therefore.reading.latex.randomness import expectation, opens_expectation
from therefore.reading.latex.ranges import integral, product_over, sum_over
from therefore.reading.latex.signs import BARS, SIGNS, STOPS, is_digit
from therefore.reading.latex.symbols import (
    ACCENTS,
    BIG,
    CONJUNCTIONS,
    FUNCTIONS,
    GREEK,
    RELATIONS,
    STYLES,
)
from therefore.reading.latex.tokens import Place, Token, spelled
from therefore.reading.sorts import Sort

__all__ = ["Bound", "Grammar"]

DEEPEST = 30

# What is bound around a place: the key of each variable, with its name and its sort.
Bound = dict[str, Value]

class Grammar:
    """Reads the expressions of one formula under the declared names."""

    def __init__(
        self,
        tokens: list[Token],
        names: Names,
        bound: Bound | None = None,
        depth: int = 0,
        end: Place | None = None,
        extremes: list[Extreme] | None = None,
    ) -> None:
        self.tokens = tokens
        self.names = names
        self.bound: Bound = bound or {}
        self.depth = depth
        # The members over a range that the relation around them explains.
        self.extremes: list[Extreme] = [] if extremes is None else extremes
        self.formula = tokens  # the whole of it, also within a part
        self.position = 0
        self._end = end or (tokens[-1].place if tokens else None)
        # The point at which functions without an argument are taken, in "F = f + g".
        self.pointwise: Value | None = None
        self.open_bars: list[str] = []
        # The sum or operator whose scope would be unclear if a + followed, if there is one.
        self.unbounded: Token | None = None
        self.delimited = False
        if depth > DEEPEST:
            raise Unreadable("this is nested too deeply to be read", self._end)

    # -- tokens --------------------------------------------------------------------------

    def peek(self, ahead: int = 0) -> Token | None:
        """A token still to come."""
        place = self.position + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def sign(self, ahead: int = 0) -> str:
        """The text of a token still to come, with the backslash of a command; "" at the end."""
        token = self.peek(ahead)
        return token.command if token is not None else ""

    def place(self) -> Place | None:
        """Where the next token stands."""
        token = self.peek()
        return token.place if token is not None else self._end

    def take(self) -> Token:
        """The next token. Raises ``Unreadable`` at the end."""
        token = self.peek()
        if token is None:
            raise Unreadable("the formula ends too early", self._end)
        self.position += 1
        return token

    def expect(self, sign: str, of: Token) -> None:
        """Pass over a sign. Raises ``Unreadable`` if something else stands there."""
        if self.sign() != sign:
            found = f", and {self.sign()} stands there" if self.peek() else ""
            raise Unreadable(f"{of.command} is not closed by {sign}{found}", self.place())
        self.position += 1

    def argument(self, of: Token) -> list[Token]:
        """The tokens of an argument: one token, or what stands in braces."""
        token = self.peek()
        if token is None or token.kind == "}":
            raise Unreadable(f"{of.command} has too few arguments", of.place)
        if token.kind != "{":
            self.position += 1
            return [token]
        end = closing(self.tokens, self.position)
        inner = self.tokens[self.position + 1 : end]
        self.position = end + 1
        return inner

    def inside(self, tokens: list[Token], bound: Bound | None = None) -> Grammar:
        """A reader for tokens within this formula."""
        inner = Grammar(
            tokens, self.names, self.bound if bound is None else bound, self.depth + 1,
            tokens[-1].place if tokens else self.place(), self.extremes,
        )  # fmt: skip
        inner.formula = self.formula
        inner.pointwise = self.pointwise
        return inner

    def finished(self) -> None:
        """Raises ``Unreadable`` unless everything was read."""
        if self.peek() is not None:
            self.unexpected()

    def unexpected(self) -> NoReturn:
        token = self.take()
        sign = token.command
        if sign in ("\\pm", "\\mp"):
            raise Ambiguous(("+", "-"), "write two lines", token.place)
        if sign == "\\dots":
            raise Unreadable("dots leave out what they stand for; write a sum", token.place)
        if token.kind == "text":
            raise Unreadable(f"the words {token.text!r} are not read here", token.place)
        if sign == "\\cdot":
            raise Unreadable(
                "a \\cdot stands between two factors; where an argument is left out, write it",
                token.place,
            )
        if token.kind == "macro" and sign not in STOPS and sign not in RELATIONS:
            raise Unreadable(
                f"{sign} is an unknown command; define it by \\newcommand, or write the formula "
                "without it",
                token.place,
            )
        raise Unreadable(f"{sign} is not expected here", token.place)

    # -- sums and products ---------------------------------------------------------------

    def whole(self) -> Value:
        """The expression that all the tokens make."""
        if not self.tokens:
            raise Unreadable("an expression is missing here", self._end)
        value = self.expression()
        self.finished()
        return value

    def number(self) -> Value:
        """The number that all the tokens make."""
        value = self.whole()
        if not is_number(value.sort):
            raise Unreadable(f"{described(value.sort)} where a number is expected", self._end)
        return value

    def expression(self) -> Value:
        """A sum of products."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable("this is nested too deeply to be read", self.place())
        parts: list[Part] = []
        while True:
            minus = False
            place = self.place()
            row: Token | None = None
            if parts and self.sign() == "+" and self.sign(1) == "\\dots" and self.sign(2) == "+":
                self.take()
                row = self.take()
            if self.sign() in ("+", "-"):
                minus = self.take().text == "-"
                if self.sign() in ("+", "-"):
                    raise Unreadable("two signs follow one another; use brackets", self.place())
            start = self.position
            value = self.product()
            opened = self.unbounded
            if place is None:
                raise Unreadable("an expression is missing here", self._end)
            part = (negated(value) if minus else value, self.tokens[start : self.position], place)
            parts = [*parts, part] if row is None else dotted(self, parts, part, row)
            if self.sign() not in ("+", "-"):
                break
            if opened is not None:
                sign = self.sign()
                raise Ambiguous(
                    (f"{opened.command} of everything up to the end",
                     f"{opened.command} of what stands before the {sign}"),
                    f"put brackets around what {opened.command} is taken of",
                    opened.place,
                )  # fmt: skip
        self.depth -= 1
        self.delimited = False
        # Whoever asked for this expression has its end in sight: a bracket, or nothing more.
        self.unbounded = None
        return summed([(value, place) for value, _, place in parts], self._entrywise())

    def product(self) -> Value:
        """A product; ⊗ and ∘ stand between products: AC ⊗ BD is (AC) ⊗ (BD)."""
        value = self._plain_product()
        if self.sign() not in ("\\otimes", "\\circ"):
            return value
        first = self.sign()
        while self.sign() in ("\\otimes", "\\circ"):
            token = self.take()
            if token.command != first:
                raise Ambiguous(
                    ("\\otimes first", "\\circ first"), "write brackets", token.place
                )
            unclear = first == "\\circ" and self._is_bare_product(value)
            right = self._plain_product()
            if unclear or (first == "\\circ" and self._is_bare_product(right)):
                raise Ambiguous(("(AB) \\circ C", "A(B \\circ C)"), "write brackets", token.place)
            if first == "\\otimes":
                value = kronecker(value, right, token.place)
            else:
                value = hadamard(value, right, first, token.place)
        self.delimited = False
        return value

    def _is_bare_product(self, value: Value) -> bool:
        """Whether a value just read is a product of matrices without brackets around it."""
        inside = value.term[-1] if value.term[0] == "*" else value.term
        return not self.delimited and inside[0] in ("matmul", "outer")

    def _plain_product(self) -> Value:
        """A product of factors, with at most one slash."""
        factors: list[tuple[Value, str, Place]] = []
        self.unbounded = None
        delimited = False
        sign = ""
        slashed: Token | None = None
        while True:
            token = self.peek()
            place = self.place()
            command = self.sign()
            if command in SIGNS and factors and not sign:
                sign = SIGNS[self.take().command]
                if self.sign() in ("+", "-"):
                    raise Unreadable("a sign follows a product sign; use brackets", self.place())
                continue
            if command in ("/", "\\div") and factors and not sign:
                if slashed is not None:
                    self._slash_unclear(slashed)
                slashed = self.take()
                under = self.factor()
                over = multiplied(factors, self._entrywise())
                factors = [(divided(over, under, slashed.place), "", slashed.place)]
                delimited = False
                continue
            opens = (sign or not factors) and command in BARS
            if token is None or place is None or not (opens or self.starts(token)):
                if sign or not factors:
                    if token is not None:
                        self.unexpected()
                    raise Unreadable("an expression is missing here", self._end)
                break
            if slashed is not None:
                self._slash_unclear(slashed)
            if self.begins_operator(token):
                value = self.operated()
                factors.append((value, sign, place))
                return multiplied(factors, self._entrywise())
            value = self.factor()
            delimited = self.delimited
            digit = is_digit(token) or token.command == "."
            if factors and not sign and digit and is_literal(factors[-1][0]):
                raise Ambiguous(
                    ("one number", "a product of two"), "write \\cdot, or no space", token.place
                )
            factors.append((value, sign, place))
            sign = ""
        self.delimited = delimited and len(factors) == 1
        return with_powers_of_ten(factors, self._entrywise())

    def _entrywise(self) -> bool:
        """Whether the document says that products of vectors are taken entry by entry."""
        return "entrywise" in self.names.conventions

    def _slash_unclear(self, slash: Token) -> NoReturn:
        raise Ambiguous(("a/(bc)", "(a/b)c"), "write \\frac{..}{..} or brackets", slash.place)

    def starts(self, token: Token) -> bool:
        """Whether a factor begins with this token. Raises ``Unreadable`` for unknown ones."""
        sign = token.command
        if token.kind == "text":
            return False
        if sign in RELATIONS or sign in STOPS or sign in CONJUNCTIONS or token.kind == "}":
            return sign == "." and is_digit(self.peek(1))
        if sign in BARS and self.open_bars and self.open_bars[-1] == sign and sign in ("|", "\\|"):
            return False
        if token.kind == "char":
            return token.text.isalnum() or token.text in "([|."
        if token.kind == "{" or sign in ("\\{", "\\langle", *BARS):
            return True
        return token.kind == "macro" and self._known(token.text)

    def _known(self, name: str) -> bool:
        if name in GREEK or name in ACCENTS or name in STYLES or name in FUNCTIONS or name in BIG:
            return True
        if name in ("frac", "sqrt", "nabla", "partial", "max", "min", "operatorname", "begin",
                    "mathbb", "det", "infty", "arg"):  # fmt: skip
            return True
        if name == "cdot":
            self.unexpected()
        token = self.peek()
        raise Unreadable(
            f"\\{name} is an unknown command; define it by \\newcommand, or write the formula "
            "without it",
            token.place if token else None,
        )

    # -- operators that take the rest of a product ----------------------------------------

    def begins_operator(self, token: Token) -> bool:
        sign = token.command
        if sign in ("\\sum", "\\prod", "\\lim", "\\int"):
            return True
        if sign == "\\nabla":
            return not gradient_of_name(self)
        return sign == "\\frac" and bare_derivative(self) is not None

    def operated(self) -> Value:
        token = self.take()
        self.position -= 1
        if token.command == "\\lim":
            raise Unreadable("a limit is read where it stands alone on one side of =", token.place)
        value = _OPERATORS[token.command](self)
        self.unbounded = token if not self.delimited else None
        return value

    def body(self, bound: Bound) -> Value:
        """What an operator is taken of: the rest of the product."""
        kept, self.bound = self.bound, bound
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable("this is nested too deeply to be read", self.place())
        value = self.product()
        # Delimited within: a sum of a sum in brackets is as clear as the brackets.
        self.delimited = self.delimited and self.unbounded is None
        self.depth -= 1
        self.bound = kept
        return value

    def scripts(self, of: Token) -> tuple[list[Token] | None, list[Token] | None]:
        below = above = None
        while self.sign() in ("_", "^"):
            mark = self.take()
            tokens = self.argument(of)
            if mark.text == "_":
                if below is not None:
                    raise Unreadable(f"{of.command} has two subscripts", mark.place)
                below = tokens
            else:
                if above is not None:
                    raise Unreadable(f"{of.command} has two superscripts", mark.place)
                above = tokens
        return below, above

    def fresh(self) -> str:
        """A name that no document can hold, for a variable that is being bound."""
        return f"%{len(self.bound)}x{self.depth}"

    def bind(
        self, key: str, sort: Sort, within: tuple[Term | None, Term | None] | None = None
    ) -> tuple[str, Bound]:
        """A fresh name for a bound variable, and what is bound below it."""
        name = self.fresh()
        return name, {**self.bound, key: Value(name, sort, within)}

    def named_function(self) -> tuple[Entity | None, int]:
        """The declared or defined function whose name comes next, and where the name ends."""
        start = self.position
        try:
            base = self.base_letter()
            if base is None:
                return None, start
            sub: list[Token] | None = None
            if self.sign() == "_" and self.peek(1) is not None:
                sub = self.argument(self.take())
            key = key_of(f"{base}_{{{spelled(sub)}}}" if sub else base)
            entity = self.names.plain.get(key)
            if key in self.bound or entity is None or not entity.arguments:
                return None, start
            return entity, self.position
        except Unreadable:
            return None, start
        finally:
            self.position = start

    def lone_function(self) -> Entity | None:
        """The function whose bare name is all that is left, if it is so."""
        entity, after = self.named_function()
        return entity if after == len(self.tokens) else None

    # -- factors -------------------------------------------------------------------------

    def factor(self) -> Value:
        """An atom with its powers."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable("this is nested too deeply to be read", self.place())
        self.delimited = False
        token = self.peek()
        start = self.position
        value = self._atom()
        delimited = self.delimited
        while self.sign() in ("^", "_", "!", "'"):
            mark = self.take()
            if mark.text == "!":
                value = factorial(value, mark)
            elif mark.text == "^":
                exponent = self.argument(mark)
                if not exponent:
                    raise Unreadable("the exponent is missing", mark.place)
                value = raised(self, value, exponent, mark)
            else:
                shown = spelled(self.tokens[start : self.position - 1])
                raise Unreadable(f"{mark.text} after {shown} is not read", mark.place)
        self.delimited = delimited
        self.depth -= 1
        if token is None:
            raise Unreadable("an expression is missing here", self._end)
        return value

    # -- atoms ---------------------------------------------------------------------------

    def _atom(self) -> Value:
        token = self.peek()
        if token is None:
            raise Unreadable("an expression is missing here", self._end)
        sign = token.command
        if is_digit(token) or (sign == "." and is_digit(self.peek(1))):
            return self._numeral()
        if sign == "(" and self.names.operators:
            from therefore.reading.latex.operators import inverse_of_sum

            map_of = inverse_of_sum(self)
            if map_of is not None:
                return applied_here(self, map_of, token)
        if sign in ("(", "[", "\\{"):
            return bracket(self)
        if sign in BARS:
            return bars(self)
        if sign == "\\langle":
            return inner_product(self)
        if token.kind == "{":
            return braces(self)
        if token.kind == "macro":
            if token.text in _ATOMS:
                return _ATOMS[token.text](self)
            if token.text in _MISPLACED:
                raise Unreadable(_MISPLACED[token.text], token.place)
            if token.text in FUNCTIONS and token.text not in self.names.plain:
                self.take()
                return function(self, token, FUNCTIONS[token.text])
            if token.text == "operatorname" or token.text == "mathrm":
                word = standard_word(self, token)
                if word is not None:
                    return word
            if token.text in BIG or not self._known(token.text):
                self.unexpected()
        return self._name()

    def _numeral(self) -> Value:
        first = self.take()
        digits = [first.text]
        while (token := self.peek()) is not None and not token.spaced:
            point = token.command == "." and "." not in digits and is_digit(self.peek(1))
            if not (is_digit(token) or point):
                break
            if token.command == "." and (following := self.peek(1)) and following.spaced:
                break
            digits.append(self.take().text)
        text = "".join(digits)
        try:
            term = decimals.number(f"0{text}" if text.startswith(".") else text)
        except Unreadable as error:
            error.place = first.place
            raise
        return Value(term, "real" if isinstance(term, decimals.Decimal) else "integer")

    # -- functions -----------------------------------------------------------------------

    # -- environments --------------------------------------------------------------------

    # -- names ---------------------------------------------------------------------------

    def base_letter(self) -> str | None:
        """The letter of a name with its accent or style, passed over; ``None`` if none comes."""
        token = self.peek()
        if token is None:
            return None
        if token.kind == "char" and token.text.isalpha():
            if not token.text.isascii():
                raise Unreadable(
                    f"{token.text} is not read as a letter; use a command such as \\alpha",
                    token.place,
                )
            return self.take().text
        if token.kind != "macro":
            return None
        if token.text in GREEK:
            return self.take().command
        if token.text in ACCENTS or token.text in STYLES or token.text == "operatorname":
            self.take()
            inner = self.argument(token)
            if any(t.kind not in ("char", "macro", "{", "}") for t in inner) or not inner:
                raise Unreadable(f"{token.command} of this is no name", token.place)
            return f"{token.command}{{{spelled(inner)}}}"
        return None

    def _name(self) -> Value:
        token = self.peek()
        if token is not None and opens_expectation(self):
            return expectation(self, self.take())
        base = self.base_letter()
        if base is None or token is None:
            self.unexpected()
        if base in ("e", "\\mathrm{e}"):
            special = self._euler(base, token)
            if special is not None:
                return special
        if base in ("i", "\\mathrm{i}") and self._is_imaginary_unit(base):
            return UNIT
        from therefore.reading.latex.naming import Naming

        return Naming(self, base, token).value()

    def _is_imaginary_unit(self, base: str) -> bool:
        """Whether i is declared nowhere, is no index in this formula, and stands by a matrix."""
        known = self.names.plain
        if "i" in known or "i" in self.bound or "i" in self.names.sequences or self.sign() == "_":
            return False
        texts = [token.text for token in self.formula]
        if base == "i" and any(
            text in ("_", "\\sum", "sum", "prod", "max", "min") for text in texts
        ):
            return False
        return any(text in known and kind_of(known[text].sort) == "matrix" for text in texts)

    def _euler(self, base: str, token: Token) -> Value | None:
        """The number e and its powers, unless something else is called e."""
        declared = "e" in self.names.plain or "e" in self.bound
        if base == "e" and declared:
            if self.sign() == "^":
                raise Ambiguous(
                    ("a power of the declared e", "the exponential function"),
                    "write \\exp(x), or \\mathrm{e}^x",
                    token.place,
                )
            return None
        if base == "e" and (self.sign() == "_" or "e" in self.names.sequences):
            return None
        if self.sign() != "^":
            return Value(("exp", "1"), "real")
        mark = self.take()
        exponent = self.argument(mark)
        if spelled(exponent) == "*":
            raise Unreadable("e^* is not declared", mark.place)
        return exponential(self.inside(exponent).whole(), mark)

    def fit(self, value: Value, sort: Sort, what: str, place: Place) -> None:
        """Raises ``Unreadable`` unless the value can stand where the sort is expected."""
        if value.sort == sort or (is_number(value.sort) and sort == "real"):
            return
        if value.sort in ("integer", "size") and (sort == "integer" or kind_of(sort) == "residue"):
            return
        if value.term == "0" and kind_of(sort) == "vector":
            return
        raise Unreadable(
            f"{what}: {described(value.sort)} where {described(sort)} is expected", place
        )

    @staticmethod
    def coerced(value: Value, sort: Sort) -> Term:
        """The term, where 0 stands for a vector as the zero vector."""
        if value.term == "0" and kind_of(sort) == "vector":
            return ("zero", sort[1])
        return value.term


def applied_here(grammar: Grammar, entity: Entity, token: Token) -> Value:
    """A map with the argument that comes next."""
    from therefore.reading.latex.naming import Naming

    return Naming(grammar, entity.latex, token).applied(entity)


def is_literal(value: Value) -> bool:
    return isinstance(value.term, str) and value.term[:1].isdigit()


_OPERATORS: dict[str, Callable[[Grammar], Value]] = {
    "\\sum": sum_over, "\\prod": product_over, "\\int": integral,
    "\\nabla": gradient_of_expression, "\\frac": derivative_of_expression,
}  # fmt: skip
_ATOMS: dict[str, Callable[[Grammar], Value]] = {
    "frac": quotient, "sqrt": root, "begin": environment, "max": extreme, "min": extreme,
    "nabla": named_gradient, "mathbb": blackboard, "det": determinant,
    "partial": differential,
}  # fmt: skip
_MISPLACED = {
    "infty": "infinity is read as the place of a limit only",
    "arg": "write \\operatorname{argmin}_w, alone on one side of =",
}
