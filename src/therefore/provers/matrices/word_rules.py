"""Words that are replaced by others: the rules that equations make, and what comes of them.

Each equation replaces its longest word. Where two of these words overlap a new rule may come of it
(Buchberger's algorithm for words); each keeps how it was made from the known equations.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Any, TypeAlias

from therefore.kernel import words
from therefore.kernel.atoms import Vector
from therefore.kernel.context import Context
from therefore.kernel.polynomials import ONE, ZERO, Scalar
from therefore.provers.bench import Bench

__all__ = ["Cofactors", "Completion", "Poly", "Word", "add_to"]

MOST_RULES = 110

# A letter is a matrix, or a column u; the row of a column u is written −1 − u.
Word: TypeAlias = tuple[int, ...]
Poly: TypeAlias = dict[Word, Scalar]
Key: TypeAlias = tuple[Word, int, Word]
Cofactors: TypeAlias = dict[Key, Scalar]
# What a sum of words was made of: factor · left · (an earlier sum, by its number) · right.
Made: TypeAlias = list[tuple[Scalar, Word, int, Word]]


@dataclass
class Rule:
    """The leading word of an equation, the equation, and its number in the history."""

    lead: Word
    value: Poly
    number: int


@dataclass
class Completion:
    """The rules so far, and the pairs that wait."""

    bench: Bench
    ctx: Context
    longest: int
    rules: list[Rule] = field(default_factory=list)
    waiting: list[tuple[int, int, Poly, Made]] = field(default_factory=list)
    history: list[Made] = field(default_factory=list)  # the known equations come first
    count: int = 0
    deadline: float = 0.0
    turned: bool = False

    # -- words and sums of them ------------------------------------------------------------

    def put(self, left: Word, poly: Poly, right: Word, factor: Scalar) -> Poly:
        """factor · left · poly · right."""
        found: Poly = {}
        for word, coefficient in poly.items():
            scalar, whole = self.split((*left, *word, *right))
            add_to(found, whole, coefficient * factor * scalar)
        return found

    def split(self, word: Word) -> tuple[Scalar, Word]:
        """The numbers vᵀWu within a word, and what is left of it."""
        row = None
        for at, letter in enumerate(word):
            if letter < 0:
                row = at
            elif row is not None and _is_column(self.ctx, letter):
                inner = self.ctx.normal.inner(
                    Vector({-1 - word[row]: ONE}),
                    words.act_word(self.ctx.normal, word[row + 1 : at], Vector({letter: ONE})),
                )
                rest, whole = self.split((*word[:row], *word[at + 1 :]))
                return inner * rest, whole
        return ONE, word

    # -- reducing --------------------------------------------------------------------------

    def reduced(self, poly: Poly) -> tuple[Poly, Made]:
        """What the rules leave of a sum of words, which is the sum and what it was made of."""
        rest: Poly = {}
        poly, made = dict(poly), []
        while poly:
            self.bench.check_time()
            word = max(poly, key=self.order)
            coefficient = poly.pop(word)
            if not coefficient.over:
                continue
            place = self._place(word)
            if place is None:
                rest[word] = coefficient
                continue
            rule, left, right = place
            add_to(poly, word, coefficient)
            for one, value in self.put(left, rule.value, right, -coefficient).items():
                add_to(poly, one, value)
            made.append((-coefficient, left, rule.number, right))
        return rest, made

    def _place(self, word: Word) -> tuple[Rule, Word, Word] | None:
        for rule in self.rules:
            length = len(rule.lead)
            for k in range(len(word) - length + 1):
                if word[k : k + length] == rule.lead:
                    return rule, word[:k], word[k + length :]
        return None

    def order(self, word: Word) -> tuple[int, Word]:
        """Longer words are greater; so are, or are not, those of later letters."""
        return len(word), tuple(-x for x in word) if self.turned else word

    def cofactors(self, made: Made, base: int) -> Cofactors:
        """The same by the known equations, which are the first ones of the history."""
        wanted: dict[int, dict[tuple[Word, Word], Scalar]] = {}
        waiting: list[tuple[Made, Scalar, Word, Word]] = [(made, ONE, (), ())]
        for at in range(len(self.history), base - 1, -1):
            if at < len(self.history):
                ways = wanted.pop(at, {})
                waiting = [(self.history[at], c, a, b) for (a, b), c in ways.items()]
            for of, factor, before, after in waiting:
                self.bench.check_time()
                for c, left, number_, right in of:
                    first, a = self.split((*before, *left))
                    second, b = self.split((*right, *after))
                    places = wanted.setdefault(number_, {})
                    add_to(places, (a, b), c * factor * first * second)
            waiting = []
        return {(a, k, b): c for k, ways in wanted.items() for (a, b), c in ways.items()}

    # -- rules -----------------------------------------------------------------------------

    def wait(self, poly: Poly, made: Made) -> None:
        if poly:
            self.count += 1
            length = max(map(len, poly))
            if length <= self.longest:
                heappush(self.waiting, (length, self.count, poly, made))

    def enter(self, poly: Poly, of: Made) -> bool:
        """Make a rule of an equation; False if it says nothing new, or has no leading word."""
        poly, made = self.reduced(poly)
        if not poly:
            return False
        lead = max(poly, key=self.order)
        factor = poly[lead]
        if not lead or (factor.constant() is None and 0 in self.ctx.normal.sign(factor)):
            return False
        over = factor.inverse()
        poly = {word: c * over for word, c in poly.items()}
        self.history.append([(c * over, a, k, b) for c, a, k, b in (*of, *made)])
        new = Rule(lead, poly, len(self.history) - 1)
        for rule in list(self.rules):
            if _within(lead, rule.lead):
                self.rules.remove(rule)
                self.wait(rule.value, [(ONE, (), rule.number, ())])
        self.rules.append(new)
        for rule in list(self.rules):
            self._overlaps(rule, new)
            if rule is not new:
                self._overlaps(new, rule)
        return True

    def _overlaps(self, first: Rule, second: Rule) -> None:
        """The sums that come of words in which both leading words stand, overlapping."""
        for shared in range(1, min(len(first.lead), len(second.lead))):
            if first.lead[-shared:] != second.lead[:shared]:
                continue
            right, left = second.lead[shared:], first.lead[:-shared]
            if len(left) + len(second.lead) > self.longest:
                continue
            poly = self.put((), first.value, right, ONE)
            for word, value in self.put(left, second.value, (), -ONE).items():
                add_to(poly, word, value)
            self.wait(poly, [(ONE, (), first.number, right), (-ONE, left, second.number, ())])

    def solve(self, goal: Poly) -> Iterator[tuple[Poly, Made]]:
        """What is left of the goal, again and again while there are new rules."""
        made: Made = []
        yield goal, made
        while self.waiting and len(self.rules) < MOST_RULES:
            if time.monotonic() > self.deadline:
                return
            _, _, poly, of = heappop(self.waiting)
            if self.enter(poly, of):
                goal, more = self.reduced(goal)
                made += more
                if more:
                    yield goal, made


def add_to(poly: dict[Any, Scalar], key: Any, value: Scalar) -> None:
    total = poly.get(key, ZERO) + value
    if total.over:
        poly[key] = total
    else:
        poly.pop(key, None)


def _within(short: Word, long: Word) -> bool:
    return any(long[k : k + len(short)] == short for k in range(len(long) - len(short) + 1))


def _is_column(ctx: Context, letter: int) -> bool:
    row = ctx.atoms.rows[letter]
    if row.head in words.SORTS:
        return bool(words.SORTS[row.head] == ("vector",))
    return row.head in ("name", "app") and bool(ctx.normal.sort_of_atom(row)[0] == "vector")
