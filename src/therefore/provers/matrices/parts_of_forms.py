"""What a form ⟨v, Xv⟩ is made of: squares, and forms of what is known to be definite.

From v ≠ 0 follows 0 < ⟨v, v⟩, and from an assumption ∀x ≠ 0: 0 < ⟨x, Px⟩ follows 0 < ⟨v, Pv⟩,
0 ≤ ⟨Av, PAv⟩ and 0 < ⟨v, P⁻¹v⟩. What else stands in ⟨v, Xv⟩ has to be 0 by known equations.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from therefore.goal import Term, to_lists
from therefore.kernel import words
from therefore.kernel.atoms import Matrix
from therefore.kernel.context import Context
from therefore.kernel.polynomials import ONE, Scalar
from therefore.kernel.terms import is_number
from therefore.provers.attempt import Labelled, Proof, cited
from therefore.provers.building.terms import has_bound
from therefore.provers.building.unnormal import scalar_term, word_term

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["parts_of_form"]


@dataclass(frozen=True)
class _Definite:
    """An assumption ∀x: 0 ≤ ⟨x, Mx⟩, or (``strict``) ∀x ≠ 0: 0 < ⟨x, Mx⟩."""

    label: str
    matrix: Term
    value: Matrix
    strict: bool


@dataclass
class Form:
    """What ⟨v, Xv⟩ is made of: facts to be shown first, and items; whether one is positive."""

    steps: list[Labelled]
    items: list[dict[str, Any]]
    terms: list[Term]
    strict: bool = False
    whole: bool = False  # the normal form alone shows that the items are all of it


def _definite(ctx: Context) -> list[_Definite]:
    """The assumptions that a matrix is positive definite or semidefinite."""
    found = []
    for label, fact in ctx.facts.items():
        if fact[0] != "forall" or fact[1][0] != "vector":
            continue
        size, body = fact[1][1], fact[2]
        strict = body[:2] == ("implies", ("!=", "#0", ("zero", size)))
        relation = body[2] if strict else body
        if relation[:2] != ("<" if strict else "<=", "0") or relation[2][0] != "inner":
            continue
        _, left, right = relation[2]
        if left != "#0" or right[0] != "matmul" or right[2] != "#0" or has_bound(right[1]):
            continue
        found.append(_Definite(label, right[1], ctx.normal.matrix(right[1]), strict))
    return found


def parts_of_form(search: Search, ctx: Context, v: str, matrix: Term) -> Form | None:
    """The positive parts of ⟨v, Xv⟩, and the rest shown to be 0; v ≠ 0 is a fact."""
    positive = ("<", "0", ("inner", v, v))
    proof = cited("definite", [to_lists(ctx.names[v][1]), v])
    inner = ctx.extended()
    inner.assume(f"{v}_square", positive)
    found = Form([(f"{v}_square", positive, proof)], [], [])
    squares = _squares_of_numbers(inner, v, matrix)
    if squares is not None:
        least, items = squares
        found.items = [{"fact": f"{v}_square", "times": str(least)}, *items]
        found.strict, found.whole = least > 0, True
        return found
    known = _definite(ctx)
    whole = ("inner", v, ("matmul", matrix, v))
    same = next((one for one in known if _is_the_same(inner, one.value, matrix)), None)
    if same is not None:
        _part(inner, found, same, v, ONE, inverse=False)
    else:
        for monomial, coefficient in inner.normal.scalar(whole).over.items():
            _monomial(inner, found, known, v, monomial, Scalar({monomial: coefficient}))
    if not found.terms:
        return None
    total = found.terms[0] if len(found.terms) == 1 else ("+", *found.terms)
    equal = ("=", whole, total)
    shown = search.prove(inner, equal, 5)
    if shown is None:
        return None
    found.steps.append((f"{v}_form", equal, shown))
    return found


def _squares_of_numbers(
    ctx: Context, v: str, matrix: Term
) -> tuple[Fraction, list[dict[str, Any]]] | None:
    """For a matrix of numbers: an e with ⟨v, Xv⟩ = e·⟨v, v⟩ + a sum of squares, and the squares."""
    size = ctx.names[v][1]
    if not is_number(size):
        return None
    places = range(int(size))
    grid = [[Fraction(0) for _ in places] for _ in places]
    for index, factor in ctx.normal.matrix(matrix).parts.items():
        ends = [ctx.atoms.rows[end] for end in words.letters(ctx.atoms.rows[index])]
        value = factor.constant()
        if value is None or any(end.head != "basis" for end in ends):
            return None
        i, j = (int(str(end.arguments[0])) for end in ends)
        grid[i][j] += value / 2
        grid[j][i] += value / 2
    for least in (*(Fraction(1, 4**k) for k in range(5)), Fraction(0)):
        found = _pivots([[x - least * (i == j) for j, x in enumerate(row)]
                         for i, row in enumerate(grid)])  # fmt: skip
        if found is not None:
            return least, [
                {
                    "square": ["inner", v, ["vector", *map(str, line)]], "times": str(pivot),
                }
                for pivot, line in found
            ]  # fmt: skip
    return None


def _pivots(grid: list[list[Fraction]]) -> list[tuple[Fraction, list[Fraction]]] | None:
    """S = Σ d·l lᵀ with d > 0, for a positive semidefinite S; None for any other."""
    found = []
    for k in range(len(grid)):
        row = grid[k]
        pivot = row[k]
        if pivot < 0 or (pivot == 0 and any(row)):
            return None
        if pivot:
            line = [x / pivot for x in row]
            found.append((pivot, line))
            grid = [[x - pivot * line[i] * line[j] for j, x in enumerate(one)]
                    for i, one in enumerate(grid)]  # fmt: skip
    return found


def _is_the_same(ctx: Context, value: Matrix, matrix: Term) -> bool:
    other = ctx.normal.matrix(matrix)
    return value.parts.keys() == other.parts.keys() and ctx.atoms.is_zero(other - value)


def _monomial(
    ctx: Context, found: Form, known: list[_Definite], v: str, monomial: Any, value: Scalar
) -> None:
    """Enter one part of the form, if it is seen not to be negative."""
    inners = [i for i, e in monomial if ctx.atoms.rows[i].head == "inner" and e == 1]
    if len(inners) != 1:
        return
    rest = Scalar({tuple(p for p in monomial if p[0] != inners[0]): value.over[monomial]})
    if -1 in ctx.signs(rest):
        return
    left, right = words.letters(ctx.atoms.rows[inners[0]])
    if left == right:
        _square(ctx, found, v, left, rest)
        return
    (a, u), (b, w) = words.chain(ctx.normal, left), words.chain(ctx.normal, right)
    word = (*words.backwards(ctx.normal, a), *b)
    half = len(word) // 2
    if u != w or len(word) % 2 == 0 or (
        words.backwards(ctx.normal, word[:half]) != word[half + 1 :]
    ):  # fmt: skip
        return
    for letter in (word[half], words.flipped(ctx.normal, word[half])):
        for one in known:
            single = Matrix({ctx.atoms.intern("word", letter): ONE})
            at = word_term(ctx.atoms, (*word[half + 1 :], u), "1")
            if ctx.atoms.is_zero(single - one.value):
                _part(ctx, found, one, at, rest, inverse=False)
                return
            row = ctx.atoms.rows[letter]
            if row.head == "inverse" and isinstance(row.arguments[1], Matrix) and (
                ctx.atoms.is_zero(row.arguments[1] - one.value)
            ):  # fmt: skip
                _part(ctx, found, one, at, rest, inverse=True)
                return


def _square(ctx: Context, found: Form, v: str, index: int, rest: Scalar) -> None:
    """c ⟨u, u⟩ for c ≥ 0."""
    times = scalar_term(ctx.atoms, rest)
    vector = word_term(ctx.atoms, (*words.chain(ctx.normal, index)[0],
                                   words.chain(ctx.normal, index)[1]), "1")  # fmt: skip
    if vector == v and ctx.signs(rest) == {1}:
        found.items.append({"fact": f"{v}_square", "times": to_lists(times)})
        found.strict = True
    else:
        found.items.append({"square": to_lists(vector), "times": to_lists(times)})
    found.terms.append(("*", times, ("inner", vector, vector)))


def _part(
    ctx: Context, found: Form, one: _Definite, at: Term, rest: Scalar, *, inverse: bool
) -> None:
    """c ⟨w, Mw⟩ or c ⟨w, M⁻¹w⟩ for c ≥ 0, of a known definite matrix M."""
    times = scalar_term(ctx.atoms, rest)
    place = ("matmul", ("inverse", one.matrix), at) if inverse else at
    form: Term = ("inner", place, ("matmul", one.matrix, place))
    label = f"form{len(ctx.facts) + len(found.steps)}"
    name = next(iter(found.steps))[0].removesuffix("_square")
    strict = one.strict and at == name and ctx.signs(rest) == {1}
    if not one.strict:
        proof = _instance(one.label, place, [])
    elif strict:
        apart = _apart(ctx, one, name) if inverse else []
        proof = _instance(one.label, place, apart)
    else:
        proof = _not_negative(one, place, form)
    found.steps.append((label, ("<" if strict else "<=", "0", form), proof))
    found.items.append({"fact": label, "times": to_lists(times)})
    found.terms.append(("*", times, form))
    found.strict = found.strict or strict


def _instance(label: str, place: Term, conditions: list[Proof]) -> Proof:
    return {
        "rule": "use", "fact": label, "with": [to_lists(place)], "conditions": conditions,
        "as": "here", "then": {"rule": "assumption", "fact": "here"},
    }  # fmt: skip


def _apart(ctx: Context, one: _Definite, v: str) -> list[Proof]:
    """M⁻¹v ≠ 0: else ⟨v, v⟩ = ⟨Mᵀv, M⁻¹v⟩ = 0."""
    times = ("-", ("matmul", ("transpose", one.matrix), v))
    items = [{"fact": f"{v}_square"}, {"fact": "gone", "times": to_lists(times)}]
    return [{
        "rule": "suppose", "as": "gone", "then": {"rule": "combine", "items": _turned(items)},
    }]  # fmt: skip


def _turned(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The equation at the end enters with the other sign: 0 = M⁻¹v gives right − left."""
    last = items[-1]
    return [*items[:-1], {**last, "times": last["times"][1]}]


def _not_negative(one: _Definite, place: Term, form: Term) -> Proof:
    """0 ≤ ⟨w, Mw⟩ also where w may be 0: a negative value would make w ≠ 0, and it positive."""
    gone = [
        {"fact": "negative"},
        {"fact": "gone", "times": to_lists(("-", ("matmul", one.matrix, place)))},
    ]  # fmt: skip
    apart: Proof = {"rule": "suppose", "as": "gone", "then": {"rule": "combine", "items": gone}}
    both = [{"fact": "negative"}, {"fact": "here"}]
    return {
        "rule": "suppose", "as": "negative",
        "then": {
            "rule": "use", "fact": one.label, "with": [to_lists(place)], "conditions": [apart],
            "as": "here", "then": {"rule": "combine", "items": both},
        },
    }  # fmt: skip
