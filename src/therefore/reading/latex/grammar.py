"""The grammar of formulas: from tokens to typed terms. Nothing is evaluated.

A formula is read by descent, one method for each kind of thing; a term is built with its sort,
so that what does not fit is refused where it stands. Bound variables have names beginning with
% while what they bind is read, and are closed at the end of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from therefore.goal import Term
from therefore.kernel.terms import close, open_binder
from therefore.reading.latex import decimals
from therefore.reading.latex.cleaning import closing
from therefore.reading.latex.errors import Ambiguous, Undeclared, Unreadable
from therefore.reading.latex.names import Entity, Names, described, key_of
from therefore.reading.latex.products import (
    Value,
    cells,
    components,
    divided,
    is_number,
    kind_of,
    multiplied,
    negated,
    summed,
)
from therefore.reading.latex.symbols import (
    ACCENTS,
    BIG,
    CONJUNCTIONS,
    FUNCTIONS,
    GREEK,
    RELATIONS,
    STANDARD_WORDS,
    STYLES,
)
from therefore.reading.latex.tokens import Place, Token, spelled
from therefore.reading.sorts import Sort

__all__ = ["Bound", "Grammar", "split_at"]

DEEPEST = 30
MOST_INDICES = 8

# What is bound around a place: the key of each variable, with its name and its sort.
Bound = dict[str, Value]

_OPENING = {"(": ")", "[": "]", "\\{": "\\}", "\\langle": "\\rangle"}
_BARS = {"|": "|", "\\lvert": "\\rvert", "\\|": "\\|", "\\lVert": "\\rVert"}
_SIGNS = {"\\cdot": "cdot", "\\times": "times", "*": "star", "\\odot": "odot"}
_STOPS = frozenset(
    ["+", "-", ",", ")", "]", "\\}", "\\rangle", "\\rvert", "\\rVert", "&", "/", "\\div", ";", ":",
     ".", "\\to", "\\mid", "\\\\", "\\therefore", "\\because", "\\dots", "\\pm", "\\mp", "\\forall"]
)  # fmt: skip
_MATRICES = frozenset(["matrix", "pmatrix", "bmatrix", "Bmatrix", "smallmatrix"])
_TRANSPOSES = frozenset(["\\top", "\\mathrm{T}", "\\mathsf{T}", "\\mathit{T}"])


def split_at(tokens: list[Token], signs: frozenset[str]) -> list[list[Token]]:
    """The parts of a formula between signs that stand outside of all brackets."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for position, token in enumerate(tokens):
        sign = token.command
        if token.kind == "{" or sign in _OPENING:
            depth += 1
        elif token.kind == "}" or sign in (")", "]", "\\}", "\\rangle"):
            depth = max(depth - 1, 0)
        elif sign == "\\begin":
            depth += 1
        elif sign == "\\end":
            depth = max(depth - 1, 0)
        if depth == 0 and token.kind in ("char", "macro") and sign in signs:
            parts.append([])
            continue
        parts[-1].append(tokens[position])
    return parts


class Grammar:
    """Reads the expressions of one formula under the declared names."""

    def __init__(
        self,
        tokens: list[Token],
        names: Names,
        bound: Bound | None = None,
        depth: int = 0,
        end: Place | None = None,
    ) -> None:
        self.tokens = tokens
        self.names = names
        self.bound: Bound = bound or {}
        self.depth = depth
        self.position = 0
        self._end = end or (tokens[-1].place if tokens else None)
        self._bars: list[str] = []
        # The sum or operator whose scope would be unclear if a + followed, if there is one.
        self._open: Token | None = None
        self._delimited = False
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
        return Grammar(
            tokens, self.names, self.bound if bound is None else bound, self.depth + 1,
            tokens[-1].place if tokens else self.place(),
        )  # fmt: skip

    def finished(self) -> None:
        """Raises ``Unreadable`` unless everything was read."""
        if self.peek() is not None:
            self._unexpected()

    def _unexpected(self) -> NoReturn:
        token = self.take()
        sign = token.command
        if sign in ("\\pm", "\\mp"):
            raise Ambiguous(("+", "-"), "write two lines", token.place)
        if sign == "\\dots":
            raise Unreadable("dots leave out what they stand for; write a sum", token.place)
        if token.kind == "text":
            raise Unreadable(f"the words {token.text!r} are not read here", token.place)
        if token.kind == "macro" and sign not in _STOPS and sign not in RELATIONS:
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
        parts: list[tuple[Value, Place]] = []
        while True:
            minus = False
            place = self.place()
            if self.sign() in ("+", "-"):
                minus = self.take().text == "-"
                if self.sign() in ("+", "-"):
                    raise Unreadable("two signs follow one another; use brackets", self.place())
            value = self.product()
            opened = self._open
            if place is None:
                raise Unreadable("an expression is missing here", self._end)
            parts.append((negated(value) if minus else value, place))
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
        self._delimited = False
        # Whoever asked for this expression has its end in sight: a bracket, or nothing more.
        self._open = None
        return summed(parts)

    def product(self) -> Value:
        """A product of factors, with at most one slash."""
        factors: list[tuple[Value, str, Place]] = []
        self._open = None
        delimited = False
        sign = ""
        slashed: Token | None = None
        while True:
            token = self.peek()
            place = self.place()
            command = self.sign()
            if command in _SIGNS and factors and not sign:
                sign = _SIGNS[self.take().command]
                if self.sign() in ("+", "-"):
                    raise Unreadable("a sign follows a product sign; use brackets", self.place())
                continue
            if command in ("/", "\\div") and factors and not sign:
                if slashed is not None:
                    self._slash_unclear(slashed)
                slashed = self.take()
                under = self.factor()
                over = multiplied(factors)
                factors = [(divided(over, under, slashed.place), "", slashed.place)]
                delimited = False
                continue
            opens = (sign or not factors) and command in _BARS
            if token is None or place is None or not (opens or self._starts(token)):
                if sign or not factors:
                    if token is not None:
                        self._unexpected()
                    raise Unreadable("an expression is missing here", self._end)
                break
            if slashed is not None:
                self._slash_unclear(slashed)
            if self._operator(token):
                value = self._operated()
                factors.append((value, sign, place))
                return multiplied(factors)
            value = self.factor()
            delimited = self._delimited
            digit = _is_digit(token) or token.command == "."
            if factors and not sign and digit and _is_literal(factors[-1][0]):
                raise Ambiguous(
                    ("one number", "a product of two"), "write \\cdot, or no space", token.place
                )
            factors.append((value, sign, place))
            sign = ""
        self._delimited = delimited and len(factors) == 1
        return _with_powers_of_ten(factors)

    def _slash_unclear(self, slash: Token) -> NoReturn:
        raise Ambiguous(("a/(bc)", "(a/b)c"), "write \\frac{..}{..} or brackets", slash.place)

    def _starts(self, token: Token) -> bool:
        """Whether a factor begins with this token. Raises ``Unreadable`` for unknown ones."""
        sign = token.command
        if token.kind == "text":
            return False
        if sign in RELATIONS or sign in _STOPS or sign in CONJUNCTIONS or token.kind == "}":
            return sign == "." and _is_digit(self.peek(1))
        if sign in _BARS and self._bars and self._bars[-1] == sign and sign in ("|", "\\|"):
            return False
        if token.kind == "char":
            return token.text.isalnum() or token.text in "([|."
        if token.kind == "{" or sign in ("\\{", "\\langle", *_BARS):
            return True
        return token.kind == "macro" and self._known(token.text)

    def _known(self, name: str) -> bool:
        if name in GREEK or name in ACCENTS or name in STYLES or name in FUNCTIONS or name in BIG:
            return True
        if name in ("frac", "sqrt", "nabla", "partial", "max", "min", "operatorname", "begin",
                    "mathbb", "det", "infty", "arg"):  # fmt: skip
            return True
        token = self.peek()
        raise Unreadable(
            f"\\{name} is an unknown command; define it by \\newcommand, or write the formula "
            "without it",
            token.place if token else None,
        )

    # -- operators that take the rest of a product ----------------------------------------

    def _operator(self, token: Token) -> bool:
        sign = token.command
        if sign in ("\\sum", "\\prod", "\\lim", "\\int"):
            return True
        if sign == "\\nabla":
            return not self._gradient_of_name()
        return sign == "\\frac" and self._bare_derivative() is not None

    def _operated(self) -> Value:
        token = self.take()
        self.position -= 1
        handlers: dict[str, Callable[[], Value]] = {
            "\\sum": lambda: self._sum("sum"),
            "\\prod": lambda: self._sum("prod"),
            "\\int": self._integral,
            "\\nabla": self._gradient_of_expression,
            "\\frac": self._derivative_of_expression,
        }
        if token.command == "\\lim":
            raise Unreadable("a limit is read where it stands alone on one side of =", token.place)
        value = handlers[token.command]()
        self._open = token if not self._delimited else None
        return value

    def _body(self, bound: Bound) -> Value:
        """What an operator is taken of: the rest of the product."""
        kept, self.bound = self.bound, bound
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable("this is nested too deeply to be read", self.place())
        value = self.product()
        # Delimited within: a sum of a sum in brackets is as clear as the brackets.
        self._delimited = self._delimited and self._open is None
        self.depth -= 1
        self.bound = kept
        return value

    def _scripts(self, of: Token) -> tuple[list[Token] | None, list[Token] | None]:
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

    def bind(self, key: str, sort: Sort) -> tuple[str, Bound]:
        """A fresh name for a bound variable, and what is bound below it."""
        name = self.fresh()
        return name, {**self.bound, key: Value(name, sort)}

    def _sum(self, head: str) -> Value:
        token = self.take()
        below, above = self._scripts(token)
        ranges = self._ranges(token, below, above)
        bound = self.bound
        opened: list[tuple[str, Term, Term, str]] = []
        for key, low, high, modulus in ranges:
            kept, self.bound = self.bound, bound
            name, bound = self.bind(key, ("residue", modulus) if modulus else "integer")
            self.bound = kept
            opened.append((name, low, high, modulus))
        body = self._body(bound)
        if head == "sum" and kind_of(body.sort) not in ("number", "vector"):
            raise Unreadable(f"a sum of {described(body.sort)} is not in the language", token.place)
        if head == "prod" and not is_number(body.sort):
            raise Unreadable(f"a product of {described(body.sort)}", token.place)
        term = body.term
        for name, low, high, modulus in reversed(opened):
            closed = close(term, name)
            term = ("sum_mod", modulus, closed) if modulus else (head, low, high, closed)
        return Value(term, body.sort if kind_of(body.sort) == "vector" else "real")

    def _ranges(
        self, of: Token, below: list[Token] | None, above: list[Token] | None
    ) -> list[tuple[str, Term, Term, str]]:
        """The indices of a sum with their ends, or with the modulus that they run through."""
        what = f"{of.command}"
        if not below:
            raise Unreadable(f"say what {what} runs over: {what}_{{i=1}}^{{n}}", of.place)
        if above is None:
            modulus = self._cyclic_range(below)
            if modulus is not None:
                return modulus
            sides = _between(below)
            if sides is not None:
                low, name, high = sides
                key = key_of(spelled(name), of.place)
                ends = self._integer(low), self._integer(high)
                return [(key, *ends, "")]
            raise Ambiguous(
                (f"a range from 0, from 1 or from elsewhere, in {what}_{{{spelled(below)}}}",),
                f"write both ends: {what}_{{i=1}}^{{n}}",
                of.place,
            )
        sides_of = split_at(below, frozenset("="))
        if len(sides_of) != 2:
            raise Unreadable(f"write the range as {what}_{{i=1}}^{{n}}", of.place)
        low, high = self._integer(sides_of[1]), self._integer(above)
        found = []
        for name in split_at(sides_of[0], frozenset(",")):
            self._variable_only(name, of)
            found.append((key_of(spelled(name), of.place), low, high, ""))
        return found

    def _variable_only(self, name: list[Token], of: Token) -> None:
        ok = len(name) == 1 and (
            (name[0].kind == "char" and name[0].text.isalpha() and name[0].text.isascii())
            or (name[0].kind == "macro" and name[0].text in GREEK)
        )
        if not ok:
            raise Unreadable(f"{spelled(name) or 'nothing'} is no variable to be bound", of.place)

    def _integer(self, tokens: list[Token]) -> Term:
        inner = self.inside(tokens)
        if not tokens:
            raise Unreadable("an end of the range is missing", self.place())
        value = inner.whole()
        if value.sort not in ("integer", "size"):
            raise Unreadable(
                f"{spelled(tokens)} is {described(value.sort)}, and a range or an index needs an "
                "integer",
                tokens[0].place,
                f"% therefore: declare {spelled(tokens)} positive integer",
            )
        return value.term

    def _cyclic_range(self, below: list[Token]) -> list[tuple[str, Term, Term, str]] | None:
        """The index of a sum over all residues: ``k \\in \\mathbb{Z}_n``."""
        sides = split_at(below, frozenset(["\\in"]))
        if len(sides) != 2 or not spelled(sides[1]).startswith("\\mathbb{Z}_"):
            return None
        size = [t for t in sides[1][5:] if t.kind not in ("{", "}")]
        value = self.inside(size).whole()
        self._variable_only(sides[0], below[0])
        return [(key_of(spelled(sides[0]), below[0].place), "", "", str(value.term))]

    def _integral(self) -> Value:
        token = self.take()
        below, above = self._scripts(token)
        if below is None or above is None:
            raise Unreadable("an integral is read with both ends", token.place)
        low, high = self._end_of_integral(below), self._end_of_integral(above)
        at = next(
            (k for k in range(len(self.tokens) - 2, self.position, -1) if self._is_d(k)), None
        )
        if at is None:
            raise Unreadable("say in which variable: \\int_a^b ... \\,dx", token.place)
        variable = [self.tokens[at + (4 if self.tokens[at].kind == "macro" else 1)]]
        self._variable_only(variable, token)
        key = key_of(spelled(variable), token.place)
        name, bound = self.bind(key, "real")
        body = self.inside(self.tokens[self.position : at], bound).number()
        self.position = at + (5 if self.tokens[at].kind == "macro" else 2)
        self._delimited = True
        return Value(("integral", low, high, close(body.term, name)), "real")

    def _end_of_integral(self, tokens: list[Token]) -> Term:
        shown = spelled(tokens)
        if shown in ("\\infty", "+\\infty", "-\\infty"):
            return "-oo" if shown.startswith("-") else "+oo"
        return self.inside(tokens).number().term

    def _is_d(self, at: int) -> bool:
        """Whether a differential d, plain or upright, stands at a position."""
        token = self.tokens[at]
        if token.kind == "char" and token.text == "d":
            self._refuse_declared_d(token)
            return True
        return spelled(self.tokens[at : at + 4]) == "\\mathrm{d}"

    def _refuse_declared_d(self, token: Token) -> None:
        if "d" in self.names.plain or "d" in self.bound:
            raise Ambiguous(
                ("the declared d", "a differential"), "write \\mathrm{d} for the differential",
                token.place,
            )  # fmt: skip

    # -- derivatives ---------------------------------------------------------------------

    def _fraction(self) -> tuple[list[Token], list[Token]]:
        """The two parts of the fraction that comes next, without passing over it."""
        at = self.position
        token = self.take()
        parts = self.argument(token), self.argument(token)
        self.position = at
        return parts

    def _bare_derivative(self) -> str | None:
        r"""The mark of ``\frac{d}{dx}`` or ``\frac{\partial}{\partial x}``, if it comes next."""
        over, under = self._fraction()
        mark = _differential(under)
        if mark is None or _mark(over) != mark:
            return None
        rest = over[_mark_length(mark) :]
        if rest and not (rest[0].text == "^" and len(_unbraced(rest[1:])) == 1):
            return None
        self._check_mark(mark, under)
        return mark

    def _check_mark(self, mark: str, under: list[Token]) -> None:
        if mark == "d":
            self._refuse_declared_d(under[0])

    def _derivative_of_expression(self) -> Value:
        over, under = self._fraction()
        mark = _mark(under)
        token = self.take()
        self.argument(token), self.argument(token)
        length = _mark_length(mark or "d")
        order = self._order(over[length:])
        variable = self._variable_of(under, length, order)
        value = self._differentiated_body(token, variable)
        return self._derived(value.term, variable, order, token)

    def _differentiated_body(self, token: Token, variable: Value) -> Value:
        """What an operator of differentiation is taken of; refuse where that is unclear."""
        start = self.position
        value = self._body(self.bound)
        end = self.position
        parts = Grammar(self.tokens[start:end], self.names, self.bound, self.depth + 1)
        parts._bars = list(self._bars)
        factors: list[Value] = []
        while (following := parts.peek()) is not None:
            if following.command in _SIGNS or following.command in ("/", "\\div"):
                parts.take()
                continue
            if parts._operator(following):
                return value
            factors.append(parts.factor())
        speaking = [
            factor
            for factor in factors
            if is_number(factor.sort) and variable.term in self._leaves(factor.term)
        ]
        if len(speaking) > 1:
            raise Ambiguous(
                ("the derivative of the whole product", "the derivative of its first factor"),
                "put brackets around what is differentiated",
                token.place,
            )
        return value

    def _leaves(self, term: Term) -> set[str]:
        return _words(term) | self.names.mentioned(term)

    def _order(self, tokens: list[Token]) -> int:
        if not tokens:
            return 1
        digits = "".join(t.text for t in _unbraced(tokens[1:])) if tokens[0].text == "^" else ""
        if digits not in ("1", "2", "3"):
            raise Unreadable("a derivative is read up to the third", tokens[0].place)
        return int(digits)

    def _variable_of(self, under: list[Token], length: int, order: int) -> Value:
        """The variable in which a fraction of differentials differentiates."""
        rest = under[length:]
        if order > 1:
            ends = [k for k, t in enumerate(rest) if t.text == "^"]
            shown = "".join(t.text for t in _unbraced(rest[ends[-1] + 1 :])) if ends else ""
            if shown != str(order):
                raise Unreadable(
                    "a higher derivative is read in one variable: \\frac{d^2}{dx^2}", under[0].place
                )
            rest = rest[: ends[-1]]
        if any(_mark(rest[k:]) == "\\partial" for k in range(len(rest))):
            raise Unreadable("mixed derivatives are not read; nest two", under[0].place)
        value = self.inside(rest).whole()
        if not isinstance(value.term, str) or value.term[0].isdigit():
            raise Unreadable(f"{spelled(rest)} is no variable", under[0].place)
        return value

    def _derived(self, term: Term, variable: Value, order: int, token: Token) -> Value:
        """The derivative of a term in a variable, at that variable."""
        kind = kind_of(variable.sort)
        name = variable.term
        if kind == "vector" and order == 1:
            body = self.names.abstracted(term, name)
            return Value(("gradient", ("lambda", variable.sort, body), name), variable.sort)
        if variable.sort != "real":
            raise Unreadable(f"a derivative in {described(variable.sort)}", token.place)
        for _ in range(order):
            term = ("derivative", self.names.abstracted(term, name), name)
        return Value(term, "real")

    def _full_derivative(self) -> Value | None:
        r"""``\frac{dy}{dx}`` and ``\frac{\partial f}{\partial x}``, if that comes next."""
        over, under = self._fraction()
        mark = _differential(under)
        if mark is None or _mark(over) != mark:
            return None
        self._check_mark(mark, under)
        token = self.take()
        self.argument(token), self.argument(token)
        length = _mark_length(mark)
        rest, order = over[length:], 1
        if rest and rest[0].text == "^":
            size = 1 + (closing(rest, 1) if rest[1:] and rest[1].kind == "{" else 1)
            order, rest = self._order(rest[:size]), rest[size:]
        variable = self._variable_of(under, length, order)
        inner = self.inside(rest)
        entity = inner.lone_function()
        value = self._at_own_parameters(entity, token) if entity else inner.whole()
        if not is_number(value.sort):
            raise Unreadable(f"a derivative of {described(value.sort)} is not read", token.place)
        known = self.names.by_name().get(value.term) if isinstance(value.term, str) else None
        if known is not None and known.body is None and value.term != variable.term:
            raise Unreadable(
                f"{known.latex} is declared, but not as something that depends on "
                f"{spelled(under[length:])}; define it",
                token.place,
            )
        return self._derived(value.term, variable, order, token)

    def lone_function(self) -> Entity | None:
        """The function whose bare name is all that is left, if it is so."""
        start = self.position
        try:
            base = self._base()
        except Unreadable:
            return None
        finally:
            at, self.position = self.position, start
        if base is None:
            return None
        self.position = at
        sub: list[Token] | None = None
        if self.sign() == "_" and self.peek(1) is not None:
            sub = self.argument(self.take())
        done = self.peek() is None
        self.position = start
        if not done:
            return None
        key = key_of(f"{base}_{{{spelled(sub)}}}" if sub else base)
        entity = self.names.plain.get(key)
        if key in self.bound or entity is None or not entity.arguments:
            return None
        return entity

    def _at_own_parameters(self, entity: Entity, token: Token) -> Value:
        """A defined function at the variables by which it was defined, written out."""
        if entity.body is None:
            raise Unreadable(
                f"say where: {entity.latex} takes {len(entity.arguments)} arguments", token.place
            )
        values = []
        for parameter, sort in zip(entity.parameters, entity.arguments, strict=True):
            known = self.names.plain.get(key_of(parameter))
            if known is None or known.sort != sort or known.arguments:
                raise Undeclared(
                    parameter, key_of(parameter), "real", token.place,
                    f"{entity.latex} without arguments is taken at {', '.join(entity.parameters)}",
                )  # fmt: skip
            values.append(known.name)
        return Value(open_binder(entity.body, *values), entity.sort)

    # -- gradients -----------------------------------------------------------------------

    def _gradient_of_name(self) -> bool:
        r"""Whether ``\nabla f`` or ``\nabla f(w)``, of a declared function, comes next."""
        start = self.position
        token = self.take()
        try:
            if self.sign() == "_":
                return False
            base = self._base()
            if base is None:
                return False
            if self.sign() == "_" and self.position + 1 < len(self.tokens):
                self.take()
                base = f"{base}_{{{spelled(self.argument(token))}}}"
            entity = self.names.plain.get(key_of(base))
            return entity is not None and bool(entity.arguments)
        except Unreadable:
            return False
        finally:
            self.position = start

    def _named_gradient(self) -> Value:
        token = self.take()
        base = self._base() or ""
        if self.sign() == "_":
            self.take()
            base = f"{base}_{{{spelled(self.argument(token))}}}"
        entity = self.names.plain[key_of(base)]
        if self.sign() == "^":
            raise Ambiguous(
                ("a power", "a Hessian", "a transpose"), "use brackets: (\\nabla f(w))^\\top",
                token.place,
            )  # fmt: skip
        if self.sign() != "(":
            raise Unreadable(f"say where the gradient is taken: \\nabla {base}(w)", token.place)
        if len(entity.arguments) != 1 or kind_of(entity.arguments[0]) != "vector":
            raise Unreadable(
                f"a gradient is taken of a function of one vector, and {base} is none", token.place
            )
        (point,) = self._arguments(token)
        self._fit(point, entity.arguments[0], f"the argument of {base}", token.place)
        space = entity.arguments[0]
        head: Term = entity.name
        if entity.body is not None:
            head = ("lambda", space, ("app", entity.name, "#0"))
        return Value(("gradient", head, self._as(point, space)), space)

    def _gradient_of_expression(self) -> Value:
        token = self.take()
        if self.sign() != "_":
            raise Unreadable("say in which variable: \\nabla_w, or of which function", token.place)
        self.take()
        variable = self.inside(self.argument(token)).whole()
        if kind_of(variable.sort) != "vector" or not isinstance(variable.term, str):
            raise Unreadable("a gradient is taken in a declared vector", token.place)
        body = self._differentiated_body(token, variable)
        if not is_number(body.sort):
            raise Unreadable(f"a gradient is taken of a number, and not of {described(body.sort)}",
                             token.place)  # fmt: skip
        return self._derived(body.term, variable, 1, token)

    # -- factors -------------------------------------------------------------------------

    def factor(self) -> Value:
        """An atom with its powers."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable("this is nested too deeply to be read", self.place())
        self._delimited = False
        token = self.peek()
        start = self.position
        value = self._atom()
        delimited = self._delimited
        while self.sign() in ("^", "_", "!", "'"):
            mark = self.take()
            if mark.text == "!":
                value = self._factorial(value, mark)
            elif mark.text == "^":
                exponent = self.argument(mark)
                if not exponent:
                    raise Unreadable("the exponent is missing", mark.place)
                value = self._raised(value, exponent, mark)
            else:
                shown = spelled(self.tokens[start : self.position - 1])
                raise Unreadable(f"{mark.text} after {shown} is not read", mark.place)
        self._delimited = delimited
        self.depth -= 1
        if token is None:
            raise Unreadable("an expression is missing here", self._end)
        return value

    def _factorial(self, value: Value, mark: Token) -> Value:
        if not (isinstance(value.term, str) and value.term.isdigit() and int(value.term) <= 20):
            raise Unreadable("a factorial is read of a number up to 20", mark.place)
        count = int(value.term)
        if count < 2:
            return Value("1", "integer")
        return Value(("*", *(str(k) for k in range(1, count + 1))), "integer")

    def _raised(self, value: Value, exponent: list[Token], mark: Token) -> Value:
        shown = spelled(exponent)
        kind = kind_of(value.sort)
        if shown in _TRANSPOSES or (shown == "T" and kind in ("vector", "matrix", "row")):
            if shown == "T" and ("T" in self.names.plain or "T" in self.bound):
                raise Ambiguous(
                    ("a transpose", "a power with the declared exponent T"),
                    "write ^\\top for the transpose",
                    mark.place,
                )
            return self._transposed(value, mark)
        if shown in ("*", "\\dagger"):
            raise Unreadable(f"^{shown} is read on a declared name only", mark.place)
        if kind == "matrix":
            return self._matrix_power(value, exponent, mark)
        if kind != "number":
            raise Unreadable(f"{described(value.sort)} has no power", mark.place)
        power = self.inside(exponent).number()
        return self._power(value, power)

    def _power(self, value: Value, power: Value) -> Value:
        term = decimals.plain(power.term) if isinstance(power.term, str) else power.term
        if isinstance(term, str) and term.isdigit() and int(term) <= 64:
            sort = "real" if value.sort == "real" else "integer"
            return Value(("^", value.term, term), sort)
        if isinstance(term, tuple) and term[0] == "-" and isinstance(term[1], str):
            below = term[1]
            if below.isdigit() and 1 <= int(below) <= 64:
                under = value.term if below == "1" else ("^", value.term, below)
                return Value(("/", "1", under), "real")
        if term == ("/", "1", "2"):
            return Value(("sqrt", value.term), "real")
        if term == ("-", ("/", "1", "2")):
            return Value(("/", "1", ("sqrt", value.term)), "real")
        return Value(("pow", value.term, term), "real")

    def _transposed(self, value: Value, mark: Token) -> Value:
        kind = kind_of(value.sort)
        if kind == "vector":
            return Value(value.term, ("row", value.sort[1]))
        if kind == "row":
            return Value(value.term, ("vector", value.sort[1]))
        if kind == "matrix":
            rows = cells(value)
            if rows is not None:
                turned = tuple(("row", *column) for column in zip(*rows, strict=True))
                if len(turned) > 1 and len(rows) == 1:
                    return Value(("vector", *rows[0]), ("vector", value.sort[2]))
                return Value(("rows", *turned), ("matrix", value.sort[2], value.sort[1]))
            return Value(("transpose", value.term), ("matrix", value.sort[2], value.sort[1]))
        raise Unreadable(f"{described(value.sort)} has no transpose", mark.place)

    def _matrix_power(self, value: Value, exponent: list[Token], mark: Token) -> Value:
        shown = spelled(exponent)
        if value.sort[1] != value.sort[2]:
            raise Unreadable(f"{described(value.sort)} has no power", mark.place)
        if shown == "-1":
            return Value(("inverse", value.term), value.sort)
        if shown.isdigit() and 1 <= int(shown) <= 8:
            term = value.term
            for _ in range(int(shown) - 1):
                term = ("matmul", term, value.term)
            return Value(term, value.sort)
        raise Unreadable(f"the power {shown} of a matrix is not in the language", mark.place)

    # -- atoms ---------------------------------------------------------------------------

    def _atom(self) -> Value:
        token = self.peek()
        if token is None:
            raise Unreadable("an expression is missing here", self._end)
        sign = token.command
        if _is_digit(token) or (sign == "." and _is_digit(self.peek(1))):
            return self._numeral()
        if sign in ("(", "[", "\\{"):
            return self._bracket()
        if sign in _BARS:
            return self._bar()
        if sign == "\\langle":
            return self._inner()
        if token.kind == "{":
            return self._braces()
        if token.kind == "macro":
            handlers: dict[str, Callable[[], Value]] = {
                "frac": self._quotient, "sqrt": self._root, "begin": self._environment,
                "max": self._extreme, "min": self._extreme, "nabla": self._named_gradient,
                "mathbb": self._blackboard, "det": self._determinant, "arg": self._argument_of,
                "infty": self._infinity, "partial": self._partial,
            }  # fmt: skip
            handler = handlers.get(token.text)
            if handler is not None:
                return handler()
            if token.text in FUNCTIONS and token.text not in self.names.plain:
                self.take()
                return self._function(token, FUNCTIONS[token.text])
            if token.text == "operatorname" or token.text == "mathrm":
                word = self._word(token)
                if word is not None:
                    return word
            if token.text in BIG or not self._known(token.text):
                self._unexpected()
        return self._name()

    def _infinity(self) -> Value:
        raise Unreadable("infinity is read as the place of a limit only", self.place())

    def _partial(self) -> Value:
        raise Unreadable("\\partial is read within \\frac{\\partial f}{\\partial x}", self.place())

    def _argument_of(self) -> Value:
        raise Unreadable("write \\operatorname{argmin}_w, alone on one side of =", self.place())

    def _numeral(self) -> Value:
        first = self.take()
        digits = [first.text]
        while (token := self.peek()) is not None and not token.spaced:
            point = token.command == "." and "." not in digits and _is_digit(self.peek(1))
            if not (_is_digit(token) or point):
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

    def _bracket(self) -> Value:
        opening = self.take()
        close_sign = _OPENING[opening.command]
        parts = self._list(opening, close_sign)
        if len(parts) > 1:
            if opening.command != "(" or not all(is_number(v.sort) for v in parts):
                raise Unreadable("a list is read as a vector of numbers (a, b)", opening.place)
            sort = ("vector", str(len(parts)))
            return Value(("vector", *(v.term for v in parts)), sort)
        self._delimited = True
        return parts[0]

    def _list(self, opening: Token, close_sign: str) -> list[Value]:
        """Expressions between commas, up to the closing bracket."""
        kept, self._bars = self._bars, []
        parts = [self.expression()]
        while self.sign() == ",":
            self.take()
            parts.append(self.expression())
        if (following := self.peek()) is not None and following.command != close_sign and (
            not self._starts(following)
        ):  # fmt: skip
            if following.command in RELATIONS or following.command in _STOPS:
                self.expect(close_sign, opening)
            self._unexpected()
        self.expect(close_sign, opening)
        self._bars = kept
        return parts

    def _arguments(self, of: Token) -> list[Value]:
        opening = self.take()
        if opening.command != "(":
            raise Unreadable(f"{of.command} needs its arguments in brackets", opening.place)
        return self._list(opening, ")")

    def _braces(self) -> Value:
        opening = self.take()
        self.position -= 1
        inner = self.inside(self.argument(opening))
        if not inner.tokens:
            raise Unreadable("an expression is missing in these braces", opening.place)
        value = inner.product() if inner.sign() not in ("+", "-") else None
        if value is None or inner.peek() is not None or inner._open is not None:
            if value is not None and inner.sign() not in ("+", "-"):
                inner._unexpected()
            raise Ambiguous(
                ("a group", "what the page shows, where braces are not seen"),
                "write brackets that can be seen",
                opening.place,
            )
        self._delimited = inner._delimited
        return value

    def _bar(self) -> Value:
        opening = self.take()
        double = opening.command in ("\\|", "\\lVert")
        close_sign = _BARS[opening.command]
        self._bars.append(opening.command)
        value = self.expression()
        if self.sign() != close_sign:
            if (token := self.peek()) is not None and not self._starts(token) and (
                token.command not in RELATIONS and token.command not in _STOPS
            ):  # fmt: skip
                self._unexpected()
            self.expect(close_sign, opening)
        self.take()
        self._bars.pop()
        following = self.peek()
        if opening.command in ("|", "\\|") and following is not None:
            bars = [t for t in self.tokens[self.position :] if t.command == opening.command]
            operand = following.command not in _STOPS and following.command not in RELATIONS
            if (
                len(bars) % 2 == 0
                and bars
                and operand
                and not self._bars
                and (
                    following.text not in ("^", "_")
                    and following.command not in (*_SIGNS, "|", "\\|")
                )
                and following.kind in ("char", "macro")
                and following.command not in CONJUNCTIONS
            ):
                raise Ambiguous(
                    ("|a| b |c|", "|a |b| c|"), "write \\left| and \\right|", opening.place
                )  # fmt: skip
        return self._measured(value, double, opening)

    def _measured(self, value: Value, double: bool, opening: Token) -> Value:
        kind = kind_of(value.sort)
        self._delimited = True
        if kind == "matrix":
            readings = ("the Frobenius norm", "the operator norm") if double else (
                "the determinant", "a norm", "absolute values entry by entry",
            )  # fmt: skip
            raise Ambiguous(readings, "say which one, by its own name", opening.place)
        if not double:
            if kind == "number":
                return Value(("abs", value.term), value.sort if value.sort != "size" else "integer")
            if kind == "vector":
                raise Ambiguous(
                    ("a norm", "absolute values entry by entry"), "write \\|w\\| for the norm",
                    opening.place,
                )  # fmt: skip
        if kind != "vector":
            raise Unreadable(f"{described(value.sort)} has no norm; bars | | are for numbers",
                             opening.place)  # fmt: skip
        if self.sign() == "_":
            mark = self.take()
            which = spelled(self.argument(mark))
            if which != "2":
                raise Unreadable(f"the norm with index {which} is not in the language", mark.place)
        return Value(("norm", value.term), "real")

    def _inner(self) -> Value:
        opening = self.take()
        parts = self._list(opening, "\\rangle")
        if len(parts) != 2:
            raise Unreadable("an inner product is taken of two vectors", opening.place)
        left, right = parts
        sort = next((v.sort for v in parts if kind_of(v.sort) == "vector"), None)
        if sort is None:
            raise Unreadable(
                f"an inner product of {described(left.sort)} and {described(right.sort)}",
                opening.place,
            )
        for value in parts:
            self._fit(value, sort, "the vectors of an inner product", opening.place)
        self._delimited = True
        return Value(("inner", self._as(left, sort), self._as(right, sort)), "real")

    def _quotient(self) -> Value:
        derivative = self._full_derivative()
        if derivative is not None:
            return derivative
        token = self.take()
        over, under = self.argument(token), self.argument(token)
        if not over or not under:
            raise Unreadable("a part of the fraction is missing", token.place)
        return divided(self.inside(over).whole(), self.inside(under).number(), token.place)

    def _root(self) -> Value:
        token = self.take()
        if self.sign() == "[":
            self.take()
            order = [self.take()]
            while self.sign() not in ("]", ""):
                order.append(self.take())
            self.expect("]", token)
            inner = self.inside(self.argument(token)).number()
            if spelled(order) != "2":
                root = ("/", "1", self.inside(order[:-1] or order).number().term)
                return Value(("pow", inner.term, root), "real")
            return Value(("sqrt", inner.term), "real")
        return Value(("sqrt", self.inside(self.argument(token)).number().term), "real")

    # -- functions -----------------------------------------------------------------------

    def _function(self, token: Token, head: str) -> Value:
        """A standard function with its argument, its power or its primes before it."""
        power: Value | None = None
        primes = 0
        while self.sign() in ("^", "'", "_"):
            mark = self.take()
            if mark.text == "'":
                primes += 1
                continue
            script = self.argument(mark)
            if mark.text == "_":
                raise Unreadable(f"{token.command} with a base or an index is not read", mark.place)
            if spelled(script) == "\\prime":
                primes += 1
                continue
            if not spelled(script).isdigit():
                raise Ambiguous(
                    (f"a power of the value of {token.command}", "the inverse function"),
                    "write the power outside of brackets",
                    mark.place,
                )
            power = self.inside(script).number()
        value = self._function_argument(token)
        parts = components(value)
        if parts is not None and not primes and power is None:
            # Of a vector it is taken entry by entry: there is no other reading.
            return Value(("vector", *((head, part) for part in parts)), value.sort)
        if not is_number(value.sort):
            raise Unreadable(f"{token.command} of {described(value.sort)} is not read", token.place)
        term: Term = (head, value.term)
        if primes:
            term = self._primed(lambda at: (head, at), value.term, primes)
        made = Value(term, "real")
        return made if power is None else self._power(made, power)

    def _primed(self, apply: Callable[[Term], Term], at: Term, order: int) -> Term:
        term = apply("#0")
        for _ in range(order - 1):
            term = ("derivative", term, "#0")
        return ("derivative", term, at)

    def _function_argument(self, of: Token) -> Value:
        """What a function without brackets is taken of; refuse where that is unclear."""
        following = self.peek()
        if following is None or (not self._starts(following)):
            raise Unreadable(f"say of what {of.command} is taken", of.place)
        if following.command in ("(", "[", "\\{"):
            value = self._bracket()
            self._delimited = False
        elif self._operator(following):
            value = self._operated()
        elif following.command.lstrip("\\") in FUNCTIONS:
            raise Unreadable(f"write brackets after {of.command}", following.place)
        else:
            value = self.factor()
            after = self.peek()
            if after is not None and (after.command == "/" or (
                self._starts(after)
                and not self._operator(after)
                and after.command.lstrip("\\") not in FUNCTIONS
            )):  # fmt: skip
                name = of.command
                raise Ambiguous(
                    (f"{name}(x) y", f"{name}(x y)"), "write brackets around the argument", of.place
                )
        return value

    def _word(self, token: Token) -> Value | None:
        r"""A standard operator written by ``\operatorname``; ``None`` for any other word."""
        start = self.position
        self.take()
        word = "".join((" " if t.spaced else "") + t.text for t in self.argument(token)).strip()
        if word not in STANDARD_WORDS or key_of(word or "x") in self.names.plain:
            self.position = start
            return None
        shown = Token("macro", word, token.place)
        if word in FUNCTIONS:
            return self._function(shown, FUNCTIONS[word])
        if word in ("tr", "Tr", "trace"):
            return self._of_matrix("trace", shown)
        if word == "det":
            return self._of_matrix("det", shown)
        if word in ("ReLU", "relu"):
            value = self._function_argument(shown)
            parts = components(value)
            if parts is not None:
                return Value(("vector", *(("max", "0", part) for part in parts)), value.sort)
            if not is_number(value.sort):
                raise Unreadable(f"{word} of {described(value.sort)} is not read", token.place)
            return Value(("max", "0", value.term), "real")
        if word in ("max", "min"):
            return self._extreme_of(shown)
        raise Unreadable("an argmin is read where it stands alone on one side of =", token.place)

    def _of_matrix(self, head: str, token: Token) -> Value:
        self._delimited = False
        if self.sign() != "(" and self.sign() != "\\begin" and self.sign() != "[":
            value = self.factor()
            after = self.peek()
            if after is not None and self._starts(after):
                raise Ambiguous(
                    (f"{head} of the first factor", f"{head} of the product"), "write brackets",
                    token.place,
                )  # fmt: skip
        else:
            value = self._bracket() if self.sign() != "\\begin" else self._environment()
        if kind_of(value.sort) != "matrix" or value.sort[1] != value.sort[2]:
            raise Unreadable(f"{head} of {described(value.sort)}; a square matrix is needed",
                             token.place)  # fmt: skip
        self._delimited = False
        return Value((head, value.term), "real")

    def _determinant(self) -> Value:
        return self._of_matrix("det", self.take())

    def _extreme(self) -> Value:
        return self._extreme_of(self.take())

    def _extreme_of(self, token: Token) -> Value:
        if self.sign() in ("_", "^"):
            raise Unreadable(
                f"{token.command} over a range is not in the language; write {token.command}(a, b)",
                token.place,
            )
        if self.sign() not in ("(", "\\{", "["):
            raise Unreadable(f"{token.command} needs its arguments in brackets", token.place)
        opening = self.take()
        parts = self._list(opening, _OPENING[opening.command])
        if len(parts) < 2 or not all(is_number(v.sort) for v in parts):
            raise Unreadable(f"{token.command} is taken of two or more numbers", token.place)
        sort = "real" if any(v.sort == "real" for v in parts) else "integer"
        term = parts[-1].term
        for value in reversed(parts[:-1]):
            term = (token.text, value.term, term)
        return Value(term, "real" if sort == "real" else "integer")

    def _blackboard(self) -> Value:
        token = self.take()
        letter = spelled(self.argument(token))
        if letter != "E":
            raise Unreadable(f"\\mathbb{{{letter}}} is read after \\in only", token.place)
        if self.sign() not in ("[", "(", "\\{"):
            raise Unreadable("an expectation is read with brackets: \\mathbb{E}[X]", token.place)
        value = self._bracket()
        self._delimited = False
        return Value(("expectation", value.term), value.sort)

    # -- environments --------------------------------------------------------------------

    def _environment(self) -> Value:
        token = self.take()
        name = "".join(t.text for t in self.argument(token))
        depth = 1
        start = self.position
        while depth:
            if (following := self.peek()) is None:
                raise Unreadable(f"\\begin{{{name}}} is never ended", token.place)
            depth += (following.command == "\\begin") - (following.command == "\\end")
            self.take()
        body = self.tokens[start : self.position - 1]
        ending = "".join(t.text for t in self.argument(token))
        if ending != name:
            raise Unreadable(f"\\begin{{{name}}} is ended by \\end{{{ending}}}", token.place)
        if name in ("cases", "dcases"):
            from therefore.reading.latex.piecewise import read_cases

            return read_cases(self, _cells(body), token)
        if name == "array" and body and body[0].kind == "{":
            body = body[closing(body, 0) + 1 :]
        elif name not in _MATRICES:
            if name in ("vmatrix", "Vmatrix"):
                raise Ambiguous(("a determinant", "a norm"), "write \\det", token.place)
            raise Unreadable(f"{name} is an unknown environment in a formula", token.place)
        return self._matrix(_cells(body), token)

    def _matrix(self, cells: list[list[list[Token]]], token: Token) -> Value:
        if not cells or any(len(row) != len(cells[0]) for row in cells):
            raise Unreadable("the rows of this matrix differ in length", token.place)
        if len(cells) * len(cells[0]) > 400:
            raise Unreadable("this matrix is too large to be read", token.place)
        entries = [[self.inside(cell).number().term for cell in row] for row in cells]
        self._delimited = True
        if len(cells[0]) == 1 and len(cells) > 1:
            return Value(("vector", *(row[0] for row in entries)), ("vector", str(len(entries))))
        term = ("rows", *(("row", *row) for row in entries))
        return Value(term, ("matrix", str(len(entries)), str(len(entries[0]))))

    # -- names ---------------------------------------------------------------------------

    def _base(self) -> str | None:
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
        base = self._base()
        if base is None or token is None:
            self._unexpected()
        if base in ("e", "\\mathrm{e}"):
            special = self._euler(base, token)
            if special is not None:
                return special
        from therefore.reading.latex.naming import Naming

        return Naming(self, base, token).value()

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
        return Value(("exp", self.inside(exponent).number().term), "real")

    def _fit(self, value: Value, sort: Sort, what: str, place: Place) -> None:
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
    def _as(value: Value, sort: Sort) -> Term:
        """The term, where 0 stands for a vector as the zero vector."""
        if value.term == "0" and kind_of(sort) == "vector":
            return ("zero", sort[1])
        return value.term


# -- small things about tokens -----------------------------------------------------------


def _is_digit(token: Token | None) -> bool:
    return token is not None and token.kind == "char" and token.text in "0123456789"


def _is_literal(value: Value) -> bool:
    return isinstance(value.term, str) and value.term[:1].isdigit()


def _unbraced(tokens: list[Token]) -> list[Token]:
    return [t for t in tokens if t.kind not in ("{", "}")]


def _differential(under: list[Token]) -> str | None:
    """The mark of a differential of a variable below a fraction line: d x, or \\partial x."""
    mark = _mark(under)
    rest = under[_mark_length(mark) :] if mark else []
    letter = bool(rest) and (
        (rest[0].kind == "char" and rest[0].text.isalpha()) or rest[0].kind == "macro"
    )
    return mark if letter else None


def _mark(tokens: list[Token]) -> str | None:
    """The sign of a differential with which these tokens begin."""
    if tokens and tokens[0].kind == "char" and tokens[0].text == "d":
        return "d"
    if tokens and tokens[0].command == "\\partial":
        return "\\partial"
    return "\\mathrm{d}" if spelled(tokens[:4]) == "\\mathrm{d}" else None


def _mark_length(mark: str) -> int:
    return 4 if mark == "\\mathrm{d}" else 1


def _words(term: Term) -> set[str]:
    if isinstance(term, str):
        return {term}
    found: set[str] = set()
    for part in term[1:]:
        found |= _words(part)
    return found


def _between(below: list[Token]) -> tuple[list[Token], list[Token], list[Token]] | None:
    r"""The parts of a range written as ``1 \le i \le n``."""
    parts = split_at(below, frozenset(["\\le"]))
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 and all(parts) else None


def _cells(body: list[Token]) -> list[list[list[Token]]]:
    r"""The cells of a matrix, row by row: ``\\`` between rows and & between cells."""
    rows = split_at(body, frozenset(["\\\\"]))
    cells = [split_at(row, frozenset("&")) for row in rows]
    if cells and cells[-1] == [[]]:
        cells.pop()
    return cells


def _with_powers_of_ten(factors: list[tuple[Value, str, Place]]) -> Value:
    r"""The product, where a number times a power of ten, ``6.2\times10^{-6}``, is one number."""
    if len(factors) == 2 and factors[1][1] in ("times", "cdot"):
        first, power = factors[0][0].term, factors[1][0].term
        exponent = _exponent_of_ten(power)
        if exponent is not None and isinstance(first, decimals.Decimal):
            return Value(decimals.scaled(first, exponent), "real")
    return multiplied(factors)


def _exponent_of_ten(term: Term) -> int | None:
    """The exponent of a power of ten, positive or negative; ``None`` for anything else."""
    if not isinstance(term, tuple):
        return None
    if term[0] in ("^", "pow") and term[1] == "10":
        exponent, sign = term[2], 1
        if isinstance(exponent, tuple) and exponent[0] == "-":
            exponent, sign = exponent[1], -1
        literal = isinstance(exponent, str) and exponent.isdigit() and len(exponent) < 12
        return sign * int(exponent) if literal else None
    if term[:2] == ("/", "1"):
        below = _exponent_of_ten(term[2]) if isinstance(term[2], tuple) else None
        return -1 if term[2] == "10" else None if below is None else -below
    return None
