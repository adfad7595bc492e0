"""Chains of relations: from their members to formulas, one for each link."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from therefore.goal import Term
from therefore.kernel.terms import close, open_binder
from therefore.reading.latex import decimals
from therefore.reading.latex.complexes import blocks_of, is_complex
from therefore.reading.latex.differentials import moving_names
from therefore.reading.latex.errors import Ambiguous, Unreadable
from therefore.reading.latex.extremes import Extreme, said_of_extremes
from therefore.reading.latex.grammar import Grammar
from therefore.reading.latex.identity import agreeing, zero_like
from therefore.reading.latex.matrix_words import definite
from therefore.reading.latex.names import Names, described, key_of
from therefore.reading.latex.products import Value, cells, components, is_number, kind_of
from therefore.reading.latex.signs import split_at
from therefore.reading.latex.symbols import RELATIONS
from therefore.reading.latex.tokens import Place, Token, spelled

__all__ = ["ORDERS", "Chain", "Link", "condition", "has_relation", "relate", "split_relations"]

_SIDES = {"+": "right", "-": "left"}
_TURNED = {">": "<", ">=": "<="}
# Orders of symmetric matrices: whether they are strict.
ORDERS = {"succ": True, "succeq": False, "prec": True, "preceq": False}


@dataclass(frozen=True)
class Link:
    """One link of a chain; ``rounded`` says that it claims shown digits only.

    ``said`` is the LaTeX of its two sides, commands expanded, in the order of the formula.
    """

    formula: Term
    place: Place
    rounded: bool = False
    said: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class _Operator:
    """A member that is no value: a limit or an argmin, with what makes it a formula."""

    kind: str
    body: Term
    where: tuple[Term, ...]
    sort: Term = "real"


@dataclass
class Chain:
    """A chain of relations as far as it was read; a later line may go on with it.

    ``run`` is the first of the members that are equal to the last one, which is what rounded
    members speak of; ``last`` is the last member that was not rounded. ``unread`` is the line that
    ended the chain before, because it could not be read. ``moving`` holds the names that have had
    a differential so far.
    """

    run: Value | None = None
    last: Value | _Operator | None = None
    links: list[Link] = field(default_factory=list)
    extremes: list[Extreme] = field(default_factory=list)
    run_said: str = ""
    last_said: str = ""
    unread: int = 0
    moving: frozenset[str] = frozenset()

    def extend(self, grammar: Grammar) -> list[Link]:
        """Read the rest of a formula as members of this chain; the new links."""
        names, kept = grammar.names, grammar.names.moving
        names.moving = self.moving = self.moving | moving_names(grammar.tokens, names)
        try:
            return self._extended(grammar)
        finally:
            names.moving = kept

    def _extended(self, grammar: Grammar) -> list[Link]:
        parts = split_relations(grammar.tokens)
        new: list[Link] = []
        # A later row may go on from a member over a range: its name must stay the only one.
        grammar.extremes = self.extremes
        for position, (sign, token, tokens) in enumerate(parts):
            if position == 0 and sign == "":
                self.last = self._member(grammar, tokens)
                self.run = self.last if isinstance(self.last, Value) else None
                self.run_said = self.last_said = spelled(tokens)
                continue
            if self.last is None:
                raise Unreadable(
                    f"this goes on from line {self.unread}, which could not be read"
                    if self.unread
                    else f"{token.command} begins a line, and there is no line before that it "
                    "goes on from",
                    token.place,
                )
            link = self._link(grammar, sign, token, tokens)
            formula = said_of_extremes(link.formula, grammar.extremes)
            new.append(self._said(replace(link, formula=formula), sign, tokens))
        self.links += new
        return new

    def _said(self, link: Link, sign: str, tokens: list[Token]) -> Link:
        """The link with the LaTeX of its sides."""
        there = spelled(tokens)
        sides = (self.run_said if link.rounded else self.last_said, there)
        if not link.rounded:
            self.last_said = there
            if sign != "=":
                self.run_said = there
        return replace(link, said=sides[::-1] if sign in _TURNED else sides)

    def _member(self, grammar: Grammar, tokens: list[Token]) -> Value | _Operator:
        inner = grammar.inside(tokens)
        if not tokens:
            raise Unreadable("a side of the relation is missing", inner.place())
        if tokens[0].command == "\\lim":
            return limit(inner)
        if _is_argmin(tokens):
            return _argmin(inner)
        return inner.whole()

    def _link(self, grammar: Grammar, sign: str, token: Token, tokens: list[Token]) -> Link:
        place = token.place
        if sign == "?":
            raise Unreadable(f"{token.command} is not in the language", place)
        if sign == ":=":
            raise Unreadable("a definition stands by itself, in a sentence that defines", place)
        if sign == "in":
            if not isinstance(self.last, Value):
                raise Unreadable("\\in is read after a number", place)
            return Link(_membership(grammar, self.last, tokens, place), place)
        member = self._member(grammar, tokens)
        if isinstance(member, _Operator) or isinstance(self.last, _Operator):
            last = self.last
            self.last = member
            self.run = member if isinstance(member, Value) else None
            return Link(_operated(last, sign, member, place), place)
        left = self.last
        if left is None or self.run is None:
            raise Unreadable("a side of the relation is missing", place)
        if sign in ("=", "~"):
            shown = _rounded(self.run, member, sign == "~", place)
            if shown is not None:
                return Link(shown, place, True)
        if sign == "~":
            raise Unreadable("\\approx is read before a decimal; what is meant by it here?", place)
        formula = relate(sign, left, member, place)
        if sign != "=":
            self.run = member
        self.last = member
        return Link(formula, place)


def split_relations(tokens: list[Token]) -> list[tuple[str, Token, list[Token]]]:
    """The members of a chain, each with the relation before it ("" before the first)."""
    joined: list[Token] = []
    for token in tokens:
        before = joined[-1] if joined else None
        if before is not None and token.command == "=" and not token.spaced:
            pair = {"<": "\\le", ">": "\\ge", ":": ":="}.get(before.command)
            if pair is not None and before.kind == "char":
                kind, text = ("macro", pair[1:]) if pair[0] == "\\" else ("char", pair)
                joined[-1] = Token(kind, text, before.place, before.spaced)
                continue
        joined.append(token)
    found: list[tuple[str, Token, list[Token]]] = []
    signs = frozenset(RELATIONS)
    rest = split_at(joined, signs)
    position = 0
    sign, at = "", joined[0] if joined else None
    for part in rest:
        if at is not None and (sign or part):
            found.append((sign, at, part))
        position += len(part)
        if position < len(joined):
            at = joined[position]
            sign = RELATIONS[at.command]
            position += 1
    return found


def has_relation(tokens: list[Token]) -> bool:
    """Whether a relation stands outside of all brackets."""
    return any(sign for sign, _, _ in split_relations(tokens))


def relate(sign: str, left: Value, right: Value, place: Place) -> Term:
    """The formula of one relation. Raises ``Unreadable`` where the two sides differ in kind."""
    if sign in _TURNED:
        sign, left, right = _TURNED[sign], right, left
    if is_complex(left) or is_complex(right):
        return _of_complex(sign, left, right, place)
    left, right = agreeing(left, right)
    left, right = zero_like(left, right.sort), zero_like(right, left.sort)
    numbers = is_number(left.sort) and is_number(right.sort)
    if sign in ("<", "<=") and not numbers:
        worse = left if not is_number(left.sort) else right
        raise Unreadable(f"an order between numbers, and this is {described(worse.sort)}", place)
    residues = "residue" in (kind_of(left.sort), kind_of(right.sort)) and (
        "integer" in (left.sort, right.sort) or left.sort == right.sort
    )
    if not numbers and left.sort != right.sort and not residues:
        raise Unreadable(
            f"{described(left.sort)} is set against {described(right.sort)}; such a line says "
            "nothing true or false",
            place,
        )
    if sign in ORDERS:
        return _ordered(sign, left, right, place)
    if "cases" in (left.term[0], right.term[0]):
        return _by_cases(sign, left.term, right.term, place)
    return (sign, left.term, right.term)


def _of_complex(sign: str, left: Value, right: Value, place: Place) -> Term:
    """Complex matrices are equal if their blocks are."""
    matrix = next((v for v in (left, right) if is_complex(v) and len(v.sort) == 3), None)
    if sign not in ("=", "!=") or matrix is None:
        raise Unreadable(
            "of complex numbers, with i for the imaginary unit, equations of matrices are read; "
            "if something else is meant by i, declare it",
            place,
        )
    left, right = blocks_of(left, matrix), blocks_of(right, matrix)
    if left.sort != right.sort:
        raise Unreadable(
            f"{described(left.sort)} is set against {described(right.sort)}; such a line says "
            "nothing true or false",
            place,
        )
    return (sign, left.term, right.term)


def _ordered(sign: str, left: Value, right: Value, place: Place) -> Term:
    """A ≻ B: A − B is symmetric and positive definite; A ⪰ B: positive semidefinite."""
    if sign in ("prec", "preceq"):
        left, right = right, left
    if kind_of(left.sort) != "matrix" or left.sort[1] != left.sort[2]:
        raise Unreadable(f"an order of square matrices, and this is {described(left.sort)}", place)
    gap: Term = ("+", left.term, ("-", right.term))
    if right.term[0] == "zero":
        gap = left.term
    elif left.term[0] == "zero":
        gap = ("-", right.term)
    return ("and", *definite(Value(gap, left.sort), not ORDERS[sign]))


def _by_cases(sign: str, left: Term, right: Term, place: Place) -> Term:
    """A relation one side of which is given by cases: one implication for each of them."""
    if sign != "=" or left[0] == right[0] == "cases":
        raise Unreadable("cases are read on one side of =", place)
    cases, value = (left, right) if left[0] == "cases" else (right, left)
    whole = ("=", value, "%case") if cases is right else ("=", "%case", value)
    claims = tuple(
        ("implies", holds, (whole[0], *(one if part == "%case" else part for part in whole[1:])))
        for holds, one in zip(cases[1::2], cases[2::2], strict=True)
    )
    return claims[0] if len(claims) == 1 else ("and", *claims)


def said_in_words(tokens: list[Token], names: Names) -> list[Term] | None:
    r"""The formulas of ``A\ \mathrm{symmetric}``; ``None`` for what holds no such words."""
    from therefore.reading.latex.asides import worded

    return worded(tokens, names)


def condition(grammar: Grammar) -> Term:
    """A formula without a claim about digits: relations, with commas between them."""
    either = split_at(grammar.tokens, frozenset(["\\lor"]))
    if len(either) > 1:
        for part in either:
            if not part or len(split_at(part, frozenset([",", "\\land"]))) > 1:
                raise Ambiguous(
                    ("P and (Q or R)", "(P and Q) or R"),
                    "write \\lor between single formulas only",
                    grammar.place(),
                )
        return ("or", *(condition(grammar.inside(part)) for part in either))
    found: list[Term] = []
    pending: list[Value] = []
    for part in split_at(grammar.tokens, frozenset([",", "\\land"])):
        worded = said_in_words(part, grammar.names) if not pending else None
        if worded is not None:
            found += worded
            continue
        inner = grammar.inside(part)
        if not has_relation(part):
            pending.append(inner.whole())
            continue
        chain = Chain()
        links = chain.extend(inner)
        if any(link.rounded for link in links):
            # In a condition there is no first member whose digits could be shown.
            links = _exact_links(inner)
        parts = split_relations(part)
        if pending and len(parts) == 2:
            right = grammar.inside(parts[1][2]).whole() if parts[1][0] != "in" else None
            for value in pending:
                if right is None:
                    place = parts[1][1].place
                    found.append(_membership(grammar, value, parts[1][2], place))
                else:
                    found.append(relate(parts[1][0], value, right, parts[1][1].place))
        elif pending:
            raise Unreadable("a list before a chain is not read", inner.place())
        pending = []
        found += [link.formula for link in links]
    if pending or not found:
        raise Unreadable("a condition needs a relation", grammar.place())
    return found[0] if len(found) == 1 else ("and", *found)


def _exact_links(grammar: Grammar) -> list[Link]:
    parts = split_relations(grammar.tokens)
    values = [grammar.inside(tokens).whole() for _, _, tokens in parts]
    links = []
    for (sign, token, _), left, right in zip(parts[1:], values, values[1:], strict=False):
        if sign == "~":
            raise Unreadable("\\approx is no condition; write = or an interval", token.place)
        links.append(Link(relate(sign, left, right, token.place), token.place))
    return links


# -- digits ------------------------------------------------------------------------------


def _rounded(run: Value, member: Value, nearly: bool, place: Place) -> Term | None:
    """What a member that shows digits claims of the first; ``None`` if it is exact."""
    if nearly and isinstance(member.term, str) and member.term.isdigit():
        if member.term.endswith("0"):
            raise Unreadable("say how many digits this claims: write a decimal", place)
        value = int(member.term)
        return _lies(run.term, f"{2 * value - 1}/2", f"{2 * value + 1}/2")
    if not decimals.has_decimals(member.term):
        return None
    if kind_of(member.sort) in ("vector", "matrix"):
        if run.sort != member.sort:
            raise Unreadable(
                f"{described(run.sort)} is set against {described(member.sort)}", place
            )
        return _entries(run, member, place)
    if not is_number(run.sort):
        raise Unreadable(f"{described(run.sort)} is set against a number", place)
    claimed = _digits(run.term, member.term, place)
    return claimed


def _digits(of: Term, shown: Term, place: Place) -> Term | None:
    ends = decimals.rounding(shown)
    if ends is None and decimals.is_arithmetic(shown):
        ends = decimals.span(shown)
    if ends is not None:
        return _lies(of, *ends)
    if _speaks_of_names(shown):
        return None
    raise Unreadable(
        "decimals beside functions, in a later member: exact, or rounded? write fractions for "
        "exact numbers, or give the value alone",
        place,
    )


def _speaks_of_names(term: Term) -> bool:
    if isinstance(term, str):
        return term[:1].isalpha() or term[:1] == "%"
    if term[0] == "app":
        return any(_speaks_of_names(part) for part in term[2:])
    return any(_speaks_of_names(part) for part in term[1:])


def _lies(of: Term, low: str, high: str) -> Term:
    return ("and", ("<=", low, of), ("<=", of, high))


def _entries(run: Value, member: Value, place: Place) -> Term:
    claims: list[Term] = []
    ours, theirs = components(run), components(member)
    if theirs is None and kind_of(member.sort) == "matrix" and member.term[0] == "rows":
        grid, shown = cells(run), cells(member)
        ours = [entry for row in grid or [] for entry in row]
        theirs = [entry for row in shown or [] for entry in row]
    if not ours or not theirs:
        raise Unreadable("decimals are read in small vectors and matrices, written out", place)
    for entry, digits in zip(ours, theirs, strict=True):
        claims.append(_entry(entry, digits, place))
    return claims[0] if len(claims) == 1 else ("and", *claims)


def _entry(entry: Term, shown: Term, place: Place) -> Term:
    claim = _digits(entry, shown, place) if decimals.has_decimals(shown) else None
    return claim if claim is not None else ("=", entry, shown)


# -- membership, limits, minimisers ------------------------------------------------------


def _membership(grammar: Grammar, value: Value, tokens: list[Token], place: Place) -> Term:
    """The formula of ``x \\in [a, b)``."""
    if spelled(tokens).startswith(("\\operatorname{span}", "\\mathrm{span}")):
        return _in_span(grammar, value, tokens, place)
    ends = split_at(tokens[1:-1], frozenset(","))
    if len(tokens) < 5 or tokens[0].command not in "[(" or tokens[-1].command not in "])" or (
        len(ends) != 2
    ):  # fmt: skip
        raise Unreadable(
            f"\\in {spelled(tokens)} declares, or is not read; it is read as a claim for "
            "intervals [a, b]",
            place,
        )
    low, high = (spelled(end) for end in ends)
    parts: list[Term] = []
    if low != "-\\infty":
        sign = "<=" if tokens[0].command == "[" else "<"
        parts.append(relate(sign, grammar.inside(ends[0]).whole(), value, place))
    if high not in ("\\infty", "+\\infty"):
        sign = "<=" if tokens[-1].command == "]" else "<"
        parts.append(relate(sign, value, grammar.inside(ends[1]).whole(), place))
    if not parts:
        return ("=", value.term, value.term)
    return parts[0] if len(parts) == 1 else ("and", *parts)


def _in_span(grammar: Grammar, value: Value, tokens: list[Token], place: Place) -> Term:
    r"""``v \\in \\operatorname{span}(x, y)``: v is a combination of the vectors that are listed."""
    start = next((k for k, t in enumerate(tokens) if t.text == "("), len(tokens))
    if kind_of(value.sort) != "vector" or tokens[-1].text != ")":
        raise Unreadable("a span is read as \\operatorname{span}(x, y) of listed vectors", place)
    parts = split_at(tokens[start + 1 : -1], frozenset(","))
    if any(spelled(part) == "\\dots" for part in parts):
        raise Unreadable(
            "a span is read of vectors that are all listed; for rows of a matrix write "
            "\\exists c \\in \\mathbb{R}^n: v = X^\\top c",
            place,
        )
    vectors = [grammar.inside(part).whole() for part in parts]
    if any(one.sort != value.sort for one in vectors):
        raise Unreadable("the vectors of a span differ in size from what is in it", place)
    summands = tuple(("*", f"%c{k}", one.term) for k, one in enumerate(vectors))
    said: Term = ("=", value.term, ("+", *summands) if len(summands) > 1 else summands[0])
    for k in reversed(range(len(vectors))):
        said = ("exists", "real", close(said, f"%c{k}"))
    return said


def limit(grammar: Grammar) -> _Operator:
    """A limit: its body and its places."""
    token = grammar.take()
    below, above = grammar.scripts(token)
    sides = split_at(below or [], frozenset(["\\to"]))
    if above is not None or len(sides) != 2 or len(sides[0]) != 1:
        raise Unreadable("a limit is read as \\lim_{x\\to a}", token.place)
    key = key_of(spelled(sides[0]), token.place)
    known = grammar.names.plain.get(key)
    free = known is not None and known.sort == "real" and not known.arguments
    if free and known is not None and key not in grammar.bound:
        name, bound = known.name, grammar.bound
    else:
        name, bound = grammar.bind(key, "real")
    body = grammar.body(bound)
    grammar.finished()
    if not is_number(body.sort):
        raise Unreadable(f"a limit of {described(body.sort)} is not read", token.place)
    closed = grammar.names.abstracted(body.term, name)
    return _Operator("limit", closed, _places(grammar, sides[1], token))


def _places(grammar: Grammar, tokens: list[Token], token: Token) -> tuple[Term, ...]:
    shown = spelled(tokens)
    known: dict[str, tuple[Term, ...]] = {
        "\\infty": ("+oo",), "+\\infty": ("+oo",), "-\\infty": ("-oo",),
        "\\pm\\infty": ("+oo", "-oo"),
    }  # fmt: skip
    if shown in known:
        return known[shown]
    if "\\infty" in shown:
        raise Unreadable(f"{shown} is not read as the place of a limit", token.place)
    at = next((k for k, t in enumerate(tokens) if t.text == "^"), len(tokens))
    side = spelled(tokens[at + 1 :]).strip("{}")
    if at and side in ("+", "-"):
        return ((_SIDES[side], grammar.inside(tokens[:at]).number().term),)
    if tokens and tokens[-1].text in ("+", "-"):
        raise Unreadable("write the side of a limit above: x \\to 0^+", token.place)
    return (grammar.inside(tokens).number().term,)


def _is_argmin(tokens: list[Token]) -> bool:
    if tokens[0].command == "\\argmin":
        return True
    if tokens[0].command != "\\operatorname":
        return tokens[0].command == "\\arg" and tokens[1:2] != [] and tokens[1].text == "min"
    shown = spelled(tokens[:12]).replace("*", "", 1)
    return shown.replace(" ", "").startswith("\\operatorname{argmin}")


def _argmin(grammar: Grammar) -> _Operator:
    token = grammar.take()
    if token.text == "operatorname":
        if grammar.sign() == "*":
            grammar.take()
        grammar.argument(token)
    elif token.text == "arg":
        grammar.take()
    below, above = grammar.scripts(token)
    if below is None or above is not None:
        raise Unreadable("say over which variable: \\operatorname{argmin}_w", token.place)
    variable = grammar.inside(below).whole()
    if not isinstance(variable.term, str) or not (
        kind_of(variable.sort) == "vector" or variable.sort == "real"
    ):
        raise Unreadable("an argmin is taken over a declared vector or number", token.place)
    body = grammar.body(grammar.bound)
    grammar.finished()
    if not is_number(body.sort):
        raise Unreadable(f"an argmin of {described(body.sort)}", token.place)
    closed = grammar.names.abstracted(body.term, variable.term)
    return _Operator("argmin", closed, (variable.term,), variable.sort)


def _operated(
    left: Value | _Operator | None, sign: str, right: Value | _Operator, place: Place
) -> Term:
    """The formula of an equation one side of which is a limit or an argmin."""
    operator, value = (left, right) if isinstance(left, _Operator) else (right, left)
    if not isinstance(operator, _Operator) or not isinstance(value, Value) or sign != "=":
        raise Unreadable("a limit or an argmin is read on one side of =", place)
    if operator.kind == "limit":
        if not is_number(value.sort):
            raise Unreadable(
                f"the value of a limit is a number, not {described(value.sort)}", place
            )
        claims = tuple(("tends", operator.body, at, value.term) for at in operator.where)
        return claims[0] if len(claims) == 1 else ("and", *claims)
    if value.sort != operator.sort and not (is_number(value.sort) and operator.sort == "real"):
        raise Unreadable(
            f"the argmin is {described(operator.sort)}, and this is {described(value.sort)}", place
        )
    point = value.term
    least = open_binder(operator.body, point)
    return (
        "and",
        ("forall", operator.sort, ("<=", least, operator.body)),
        ("forall", operator.sort, ("implies", ("<=", operator.body, least), ("=", "#0", point))),
    )
