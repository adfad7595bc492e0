"""What is known of random vectors, and the expectation of polynomials in them.

For random x and z with means m and l and the covariance C = E[(x − m)(z − l)ᵀ], E[x] = m and
E[x zᵀ] = m lᵀ + C; and for a Gaussian x of covariance C and a polynomial F,
E[⟨a, x⟩ F(x)] = ⟨a, m⟩ E[F(x)] + E[⟨C a, ∇F(x)⟩], from which Isserlis's theorem on pairings
follows. So each occurrence of a random name is taken out in its turn: it becomes its mean, or is
paired with one of the others. A mean and an E[x zᵀ] that no fact tells are letters. Of what is
not of this form, or has three or more occurrences and no Gaussian law, constants move out.
Sources: Stein, Annals of Statistics 9 (1981), Lemma 2; Isserlis, Biometrika 12 (1918).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod
from typing import TYPE_CHECKING, cast

from .atoms import Argument, Matrix, Vector
from .errors import Rejected
from .expected_letters import Value, act_all, letter_of, normal_moment
from .polynomials import ONE, ZERO, Monomial, Scalar, atom, number
from .traces import trace
from .words import (
    Word,
    act,
    act_word,
    chain,
    letters,
    outer,
    size_of,
    transposed,
)  # fmt: skip

if TYPE_CHECKING:
    from .normal import Normaliser as Images

__all__ = ["expected"]


@dataclass(frozen=True)
class _Slot:
    """A place of a product at which W x stands, for a random name x."""

    at: int
    word: Word
    base: int


@dataclass(frozen=True)
class _Product:
    """⟨u₁, v₁⟩⟨u₂, v₂⟩… times numbers, times a vector, an outer product, or nothing."""

    pairs: tuple[tuple[Vector, Vector], ...]
    numbers: tuple[Scalar, ...]
    ends: tuple[Vector, ...]

    @property
    def parts(self) -> tuple[Value, ...]:
        return (*(side for pair in self.pairs for side in pair), *self.numbers, *self.ends)

    def put(self, at: int, value: Value) -> _Product:
        """The product with another value at a place."""
        parts = (*self.parts[:at], value, *self.parts[at + 1 :])
        sides, count = 2 * len(self.pairs), len(self.numbers)
        vectors = cast(tuple[Vector, ...], parts)
        pairs = tuple(zip(vectors[:sides:2], vectors[1:sides:2], strict=True))
        numbers = cast(tuple[Scalar, ...], parts[sides : sides + count])
        return _Product(pairs, numbers, vectors[sides + count :])

    def without(self, pair: int) -> _Product:
        return replace(self, pairs=self.pairs[:pair] + self.pairs[pair + 1 :])

    def value(self, nf: Images) -> Value:
        total = ONE
        for factor in (*self.numbers, *(nf.inner(u, v) for u, v in self.pairs)):
            total = total * factor
        if len(self.ends) == 2:
            return outer(nf, *self.ends).scaled(total)
        return self.ends[0].scaled(total) if self.ends else total


# ------------------------------------------------------------------ linearity


def expected(nf: Images, variable: int, value: Value) -> Value:
    """The expectation of a value that depends on the outcome ``variable``, by linearity."""
    if isinstance(value, Scalar):
        return _of_terms(nf, variable, value, None, ZERO)
    total: Value = type(value)({})
    for index, factor in value.parts.items():
        if variable in nf.atoms.rows[index].free:
            part = _of_terms(nf, variable, factor, index, type(value)({}))
        else:
            inside = cast(Scalar, _of_terms(nf, variable, factor, None, ZERO))
            part = type(value)({index: inside} if inside.over else {})
        total = total + part  # type: ignore[operator]
    return total


def _times(value: Value, factor: Scalar) -> Value:
    return value.scaled(factor) if isinstance(value, Vector) else value * factor


def _of_terms(nf: Images, variable: int, factor: Scalar, index: int | None, total: Value) -> Value:
    """The expectation of a number times a random atom, if there is one, monomial by monomial."""
    below = Scalar(ONE.over, factor.under)
    if variable in nf.atoms.free(below):
        raise Rejected("UNSUPPORTED", "the expectation of a fraction")
    for monomial, coefficient in factor.over.items():
        nf.atoms.spend()
        moving = tuple((a, e) for a, e in monomial if variable in nf.atoms.rows[a].free)
        rest = tuple(pair for pair in monomial if pair not in moving)
        part = _times(_moment(nf, variable, moving, index), below * Scalar({rest: coefficient}))
        total = total + part  # type: ignore[operator]
    return total


def _moment(nf: Images, variable: int, moving: Monomial, index: int | None) -> Value:
    """The expectation of a product of random atoms, the last of which may be no number."""
    heads = {nf.atoms.rows[a].head for a, _ in moving}
    if "noise" in heads:
        if heads != {"noise"} or index is not None:
            raise Rejected("UNSUPPORTED", "a moment of noise and of a random name")
        return number(prod(normal_moment(e) for _, e in moving))
    if not moving and index is None:
        return ONE
    whole = _factors(nf, moving, index)
    slots = None if whole is None else _slots(nf, variable, whole)
    if whole is not None and slots is not None:
        names = {_name(nf, slot.base) for slot in slots}
        if len(slots) <= 2 or (len(names) == 1 and names <= nf.laws.gaussian):
            return _paired(nf, variable, whole, slots)
    return letter_of(nf, variable, Scalar({moving: ONE.over[()]}), index)


# ------------------------------------------------------------------ pairings


def _factors(nf: Images, moving: Monomial, index: int | None) -> _Product | None:
    """A product taken apart; ``None`` for a matrix that is not of rank one."""
    pairs: list[tuple[Vector, Vector]] = []
    numbers: list[Scalar] = []
    for a, exponent in moving:
        row = nf.atoms.rows[a]
        if row.head == "inner":
            left, right = (Vector({k: ONE}) for k in letters(row))
            pairs += [(left, right)] * exponent
        else:
            numbers += [atom(a)] * exponent
    ends: Word = () if index is None else (index,)
    if index is not None and nf.atoms.rows[index].head in ("word", "outer"):
        if nf.atoms.rows[index].head == "word":
            return None
        ends = letters(nf.atoms.rows[index])
    return _Product(tuple(pairs), tuple(numbers), tuple(Vector({k: ONE}) for k in ends))


def _slots(nf: Images, variable: int, whole: _Product) -> list[_Slot] | None:
    """The places at which a random name stands; ``None`` if anything else is random."""
    slots = []
    for at, part in enumerate(whole.parts):
        if variable not in nf.atoms.free(part):
            continue
        if isinstance(part, Vector):
            word, base = chain(nf, next(iter(part.parts)))
        else:
            (((base, _),),) = part.over
            word = ()
        if any(variable in nf.atoms.rows[letter].free for letter in word):
            return None
        row = nf.atoms.rows[base]
        alone = row.head == "app" and len(row.arguments) == 2
        if not alone or not _is_outcome(row.arguments[1], variable):
            return None
        slots.append(_Slot(at, word, base))
    return slots


def _is_outcome(value: Argument, variable: int) -> bool:
    return isinstance(value, Scalar) and not value.under and value.over == atom(variable).over


def _name(nf: Images, base: int) -> str:
    return str(nf.atoms.rows[base].arguments[0])


def _paired(nf: Images, variable: int, whole: _Product, slots: list[_Slot]) -> Value:
    """The first occurrence as its mean, and paired with each of the others."""
    first, *others = slots
    total = expected(nf, variable, whole.put(first.at, _mean(nf, variable, first)).value(nf))
    for other in others:
        part = _pair(nf, variable, whole, first, other)
        total = total + part  # type: ignore[operator]
    return total


def _mean(nf: Images, variable: int, slot: _Slot) -> Value:
    """W m for an occurrence of W x."""
    name = _name(nf, slot.base)
    if name in nf.laws.means:
        mean = nf.value(nf.laws.means[name])
    else:
        mean = letter_of(nf, variable, *_alone(nf, slot.base))
    return act_word(nf, slot.word, mean) if isinstance(mean, Vector) else mean


def _alone(nf: Images, base: int) -> tuple[Scalar, int | None]:
    """A random name as a factor, or as what a factor stands before."""
    is_vector = nf.sort_of_atom(nf.atoms.rows[base])[0] == "vector"
    return (ONE, base) if is_vector else (atom(base), None)


def _turned(nf: Images, left: Value, right: Value) -> Value:
    """u vᵀ for two vectors, and the product where one of them is a number."""
    if isinstance(left, Vector) and isinstance(right, Vector):
        return outer(nf, left, right)
    return _times(left, right) if isinstance(right, Scalar) else _times(right, cast(Scalar, left))


def _second(nf: Images, variable: int, one: int, two: int) -> Value:
    """E[x zᵀ] for two random names."""
    names = _name(nf, one), _name(nf, two)
    if names in nf.laws.seconds:
        return nf.value(nf.laws.seconds[names])
    if names[::-1] in nf.laws.seconds:
        other = _second(nf, variable, two, one)
        return transposed(nf, other) if isinstance(other, Matrix) else other
    (factor, index), (weight, place) = (_alone(nf, base) for base in (one, two))
    if index is not None and place is not None:
        index, place = nf.atoms.intern("outer", index, place), None
    return letter_of(nf, variable, factor * weight, place if index is None else index)


def _covariance(nf: Images, variable: int, one: _Slot, two: _Slot) -> Value:
    """W C Vᵀ for the occurrences W x and V z of random names with the covariance C."""
    names = _name(nf, one.base), _name(nf, two.base)
    known = nf.laws.covariances
    if names in known:
        inside = nf.value(known[names])
    elif names[::-1] in known:
        inside = nf.value(known[names[::-1]])
        inside = transposed(nf, inside) if isinstance(inside, Matrix) else inside
    else:
        means = (_mean(nf, variable, replace(slot, word=())) for slot in (one, two))
        away = _times(_turned(nf, *means), number(-1))
        inside = _second(nf, variable, one.base, two.base) + away  # type: ignore[operator]
    if isinstance(inside, Matrix):
        turned = transposed(nf, act_all(nf, one.word, inside))
        return transposed(nf, act_all(nf, two.word, turned))
    return act_word(nf, one.word or two.word, inside) if isinstance(inside, Vector) else inside


def _pair(nf: Images, variable: int, whole: _Product, one: _Slot, two: _Slot) -> Value:
    """The part of an expectation in which two occurrences are paired."""
    inside = _covariance(nf, variable, one, two)
    if not isinstance(inside, Matrix):
        first = isinstance(whole.parts[one.at], Vector) or isinstance(inside, Scalar)
        at, other = (one.at, two.at) if first else (two.at, one.at)
        return expected(nf, variable, whole.put(at, inside).put(other, ONE).value(nf))
    sides = 2 * len(whole.pairs)
    if one.at >= sides:
        rest = expected(nf, variable, replace(whole, ends=()).value(nf))
        return inside.scaled(cast(Scalar, rest))
    beside = cast(Vector, whole.parts[one.at ^ 1])
    if two.at == one.at ^ 1:
        rest = expected(nf, variable, whole.without(one.at // 2).value(nf))
        return _times(rest, trace(nf, size_of(nf, min(beside.parts)), inside))
    if two.at < sides:
        other_side = cast(Vector, whole.parts[two.at ^ 1])
        joined = whole.put(one.at, act(nf, inside, other_side)).without(two.at // 2)
    else:
        turned = transposed(nf, inside)
        joined = whole.put(two.at, act(nf, turned, beside)).without(one.at // 2)
    return expected(nf, variable, joined.value(nf))
