"""Equations of matrices by noncommutative completion: lhs − rhs = Σ aᵢ·(relationᵢ)·bᵢ.

The known equations become rules that replace their longest word. Where two of these words overlap
a new rule may come of it (Buchberger's algorithm for words); each keeps how it was made from the
known equations, so that a goal that is reduced to 0 has its cofactors. Bounded by the lengths of
the words that occur, by the number of rules and by time. That a letter's inverse undoes it is a
rule too, which the kernel's normal form needs no item for.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from therefore.goal import Term, to_lists
from therefore.kernel import words
from therefore.kernel.atoms import Matrix, Vector
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import ONE, Scalar, number
from therefore.kernel.terms import sort_of
from therefore.provers.attempt import Proof, with_steps
from therefore.provers.bench import Bench
from therefore.provers.building.terms import subterms
from therefore.provers.building.unnormal import scalar_term, word_term
from therefore.provers.matrices.known_equations import inverse_laws, reached, relations_of
from therefore.provers.matrices.word_rules import Cofactors, Completion, Poly, Word, add_to
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER", "prove_by_completing"]

MOST_RELATIONS = 60
LONGER = 3  # how much longer than what occurs a word may become
SECONDS = 2.5
MOST_DIVISIONS = 40


@dataclass(frozen=True)
class _Known:
    """A known equation: how it is cited, and right − left. Without an item it is free."""

    item: dict[str, Any] | None
    value: Poly


def _poly(ctx: Context, value: Vector) -> Poly:
    """The words of a matrix or a vector; a column is a letter, and so is its row."""
    found: Poly = {}
    for index, factor in value.parts.items():
        row = ctx.atoms.rows[index]
        if not isinstance(value, Matrix):
            inside, base = words.chain(ctx.normal, index)
            word: Word = (*inside, base)
        elif row.head == "outer":
            (a, u), (b, v) = (words.chain(ctx.normal, end) for end in words.letters(row))
            word = (*a, u, -1 - v, *words.backwards(ctx.normal, b))
        else:
            word = words.letters(row)
        add_to(found, word, factor)
    return found


def _term(ctx: Context, word: Word) -> Term:
    """The matrix or vector that a word is; a row stands for its column."""
    rows = [k for k, letter in enumerate(word) if letter < 0]
    if not rows:
        return word_term(ctx.atoms, word, "1")
    (at,) = rows
    back = words.backwards(ctx.normal, word[at + 1 :])
    row = word_term(ctx.atoms, (*back, -1 - word[at]), "1")
    return ("outer", word_term(ctx.atoms, word[:at], "1"), row) if at else row


# ------------------------------------------------------------------- what is known


def _known(ctx: Context, bench: Bench, goal: Term, values: list[Any]) -> list[_Known]:
    found: list[_Known] = []
    for relation in relations_of(bench, ctx, goal):
        if isinstance(relation.value, Vector) and relation.value.parts:
            item = {key: to_lists(value) for key, value in relation.item}
            found.append(_Known(item, _poly(ctx, relation.value)))
    seen: set[Word] = set()
    for index in sorted(set().union(*(reached(ctx.atoms, value) for value in values))):
        for word in _undone(ctx, index):
            if word not in seen:
                seen.add(word)
                found.append(_Known(None, {word: ONE, (): number(-1)}))
        found += [_Known(None, one) for one in _commuting(ctx, index)]
    return found[:MOST_RELATIONS]


def _undone(ctx: Context, index: int) -> list[Word]:
    """The words that are the identity because one letter is the inverse of the others."""
    row = ctx.atoms.rows[index]
    if row.head != "inverse" or not isinstance(row.arguments[1], Matrix):
        return []
    parts = row.arguments[1].parts
    inside = ctx.atoms.rows[next(iter(parts))]
    if len(parts) != 1 or inside.head != "word" or parts[next(iter(parts))].constant() != 1:
        return []
    word = words.letters(inside)
    turned, back = words.flipped(ctx.normal, index), words.backwards(ctx.normal, word)
    return [(index, *word), (*word, index), (turned, *back), (*back, turned)]


def _commuting(ctx: Context, index: int) -> list[Poly]:
    """A power A^k and A commute."""
    row = ctx.atoms.rows[index]
    if row.head != "matrix power" or not isinstance(row.arguments[1], Matrix):
        return []
    parts = row.arguments[1].parts
    inside = ctx.atoms.rows[next(iter(parts))] if parts else None
    if len(parts) != 1 or inside is None or inside.head != "word":
        return []
    word = words.letters(inside)
    return [{(*word, index): ONE, (index, *word): number(-1)}]


# ------------------------------------------------------------------- the proof


def prove_by_completing(bench: Bench, ctx: Context, goal: Term) -> Proof | None:
    """A ``combine`` proof of an equation of matrices or vectors, or None."""
    target = ctx.normal.value(goal[2]) - ctx.normal.value(goal[1])  # type: ignore[operator]
    if not isinstance(target, Vector) or not target.parts:
        return None
    laws, inner = inverse_laws(bench, ctx, target)
    values: list[Any] = [target]
    for fact in inner.facts.values():
        try:
            if fact[0] == "=" and sort_of(fact[1], inner.names)[0] in ("matrix", "vector"):
                values += [inner.normal.value(side) for side in fact[1:]]
            elif fact[0] == "invertible":
                values.append(inner.normal.value(("inverse", fact[1])))
        except (Rejected, KeyError):
            continue
    known = _known(inner, bench, goal, values)
    aim = _poly(inner, target)
    if any(_is_written(inner, word) for word in aim):
        return None
    bench.note("completing known equations")
    occurring = [aim, *(one.value for one in known if one.item is not None)]
    if not known:
        items = _divided(inner, aim)
        alone: Proof = {"rule": "combine", "items": items or []}
        return alone if items and bench.works(ctx, goal, alone) else None
    longest = LONGER + max(len(word) for poly in occurring for word in poly)
    for turned in (False, True):
        work = Completion(bench, inner, longest, turned=turned)
        work.deadline = time.monotonic() + SECONDS
        work.history = [[] for _ in known]
        for k, one in enumerate(known):
            work.wait(one.value, [(ONE, (), k, ())])
        items = _found(work, known, aim)
        if items is None and time.monotonic() < work.deadline:
            return None  # there is nothing more to be made of the equations
        if items is None:
            continue
        proof = with_steps(laws, {"rule": "combine", "items": items})
        return proof if bench.works(ctx, goal, proof) else None
    return None


def _found(work: Completion, known: list[_Known], aim: Poly) -> list[dict[str, Any]] | None:
    """The items that make the goal, if the completion comes to its end."""
    for rest, made in work.solve(aim):
        items = _divided(work.ctx, rest)
        if items is not None:
            return items + _items(work.ctx, known, work.cofactors(made, len(known)))
    return None


def _is_written(ctx: Context, word: Word) -> bool:
    return any(
        ctx.atoms.rows[letter if letter >= 0 else -1 - letter].head in ("basis", "unit")
        for letter in word
    )


def _items(ctx: Context, known: list[_Known], made: Cofactors) -> list[dict[str, Any]]:
    """The items of a proof that the goal is −Σ made."""
    items = []
    for (left, k, right), coefficient in made.items():
        item = known[k].item
        if item is None or not coefficient.over:
            continue
        item = dict(item)
        for way, word in (("right", right), ("left", left)):
            if word:
                item[way] = to_lists(_term(ctx, word))
        if (-coefficient).constant() != 1:
            item["times"] = to_lists(scalar_term(ctx.atoms, -coefficient))
        items.append(item)
    return items


def _divided(ctx: Context, rest: Poly) -> list[dict[str, Any]] | None:
    """Items by which known equations of numbers make the rest 0."""
    items: list[dict[str, Any]] = []
    if not rest:
        return items
    gaps = []
    for label, fact in ctx.facts.items():
        if fact[0] == "=" and ctx._compares_numbers(fact):
            gap = ctx.normal.scalar(fact[2]) - ctx.normal.scalar(fact[1])
            if gap.over and not gap.under:
                lead = max(gap.over, key=lambda m: (sum(e for _, e in m), m))
                gaps.append((label, gap, lead))
    for word, coefficient in rest.items():
        for _ in range(MOST_DIVISIONS):
            if not coefficient.over:
                break
            step = next(
                ((label, gap, lead, m) for m in coefficient.over for label, gap, lead in gaps
                 if all(dict(m).get(a, 0) >= e for a, e in lead)),
                None,
            )  # fmt: skip
            if step is None or not word:
                return None
            label, gap, lead, m = step
            less = dict(lead)
            left = tuple((a, e - less.get(a, 0)) for a, e in m if e != less.get(a, 0))
            times = Scalar(
                {left: coefficient.over[m] / gap.over[lead]}, coefficient.under
            )  # fmt: skip
            coefficient = coefficient - times * gap
            items.append({
                "fact": label, "right": to_lists(_term(ctx, word)),
                "times": to_lists(scalar_term(ctx.atoms, times)),
            })  # fmt: skip
        if coefficient.over:
            return None
    return items


def _accepts(ctx: Context, goal: Term) -> bool:
    if goal[0] != "=":
        return False
    kind = sort_of(goal[1], ctx.names)[0]
    # Of vectors without a matrix there are no words.
    return bool(kind == "matrix") or (
        bool(kind == "vector")
        and any(
            part[0] == "matmul" for one in (goal, *ctx.facts.values()) for part in subterms(one)
        )
    )


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    try:
        return prove_by_completing(search.bench, ctx, goal)
    except (Rejected, KeyError, ValueError, ZeroDivisionError):
        return None


PROVER = Prover("completing", _accepts, _prove)
