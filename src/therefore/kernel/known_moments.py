"""What facts tell of means and covariances, and which vectors are Gaussian.

E[x] = m, E[(x − m)(z − l)ᵀ] = C and E[x zᵀ] = R, for random names x and z, become laws of the
normal form (see ``pairings``), and so do a Gaussian law and independence, which makes C zero. An
affine image of a Gaussian vector is Gaussian, and affine images of one are independent if their
covariance is zero: Billingsley, Probability and Measure, sections 20, 21 and 29.
"""

from __future__ import annotations

from .binders import Names, close, mentions
from .context import FACTS, HOLDS, Context
from .data import Term
from .expectations import OUTCOME, value_at
from .formulas import FORMULAS
from .images import Images
from .letters import FLIPPED
from .normal import Normaliser
from .proofs import with_variable
from .sorts import internal
from .typed import sort_of

__all__: list[str] = []


def _spread(*bodies: Term, head: str = "outer") -> Term:
    """E[(u − E u)(v − E v)ᵀ] for two bodies of vectors; of numbers, a product."""
    return ("expectation", (head, *(("+", v, ("-", ("expectation", v))) for v in bodies)))


def _learn_equation(ctx: Context, label: str, formula: Term) -> None:
    """What E[x] = m, E[(x − m)(z − l)ᵀ] = C and E[x zᵀ] = R tell of random names."""
    _, left, right = formula
    _learn_symmetric(ctx, formula)
    if left[0] != "expectation" or _holds_expectation(right):
        return
    laws, nf = ctx.normal.laws, ctx.normal
    variable, opened = nf.open(left[1], OUTCOME)
    name = str(nf.atoms.rows[variable].arguments[0])
    head, *parts = opened
    if head == "app" and parts[1:] == [name] and isinstance(parts[0], str):
        laws.means.setdefault(parts[0], right)
    elif head in ("outer", "*") and len(parts) == 2:
        found = [_random_in(part, name) for part in parts]
        if any(len(each) != 1 for each in found):
            return
        pair = (min(found[0]), min(found[1]))
        values = [("app", one, name) for one in pair]
        away = [("+", value, ("-", ("expectation", ("app", one, "#0"))))
                for value, one in zip(values, pair, strict=True)]  # fmt: skip
        told = [
            known
            for known, wanted in ((laws.seconds, values), (laws.covariances, away))
            if all(_is_same(nf, *sides) for sides in zip(parts, wanted, strict=True))
        ]
        for known in told:
            known.setdefault(pair, right)
        if told and pair[0] == pair[1] and head == "outer":
            ctx.assume(f"{label}_symmetric", ("=", ("transpose", right), right))
    ctx.normal.done.clear()


def _is_same(nf: Normaliser, left: Term, right: Term) -> bool:
    """Whether two terms of vectors, or of numbers, have one normal form."""
    one, other = nf.value(left), nf.value(right)
    return type(one) is type(other) and nf.atoms.is_zero(one - other)  # type: ignore[operator]


def _holds_expectation(term: Term) -> bool:
    if isinstance(term, str):
        return False
    return term[0] == "expectation" or any(map(_holds_expectation, term))


def _random_in(term: Term, outcome: str) -> set[str]:
    """The random names whose value a term speaks of."""
    if isinstance(term, str):
        return set()
    if term[0] == "app" and term[2:] == (outcome,) and isinstance(term[1], str):
        return {term[1]}
    return set().union(*(_random_in(part, outcome) for part in term))


def _learn_gaussian(ctx: Context, label: str, formula: Term) -> None:
    """A Gaussian vector has the mean and the covariance that its law names."""
    _, random, mean, spread = formula
    if isinstance(random, str):
        ctx.normal.laws.gaussian.add(random)
        ctx.assume(f"{label}_mean", ("=", ("expectation", ("app", random, "#0")), mean))
        value = ("app", random, "#0")
        ctx.assume(f"{label}_covariance", ("=", _spread(value, value), spread))


def _learn_symmetric(ctx: Context, formula: Term) -> None:
    """A name S of which Sᵀ = S is known is written for Sᵀ."""
    for one, other in (formula[1:], formula[:0:-1]):
        if one == ("transpose", other) and isinstance(other, str):
            ctx.normal.symmetric.add(other)
            ctx.normal.done.clear()


def _bases(term: Term, outcome: str) -> set[str] | None:
    """The random names in which a term is affine, "" for noise; ``None`` if it is not."""
    if not mentions(term, outcome):
        return set()
    head, *parts = term
    if head == "app" and parts[1:] == [outcome] and isinstance(parts[0], str):
        return {parts[0]}
    if head == "standard_normal":
        return {""}
    moving = [k for k, part in enumerate(parts) if mentions(part, outcome)]
    is_sum = head in ("+", "-", "vector")
    is_product = head in ("*", "matmul", "inner") or (head in ("/", "entry") and moving == [0])
    found = [_bases(parts[k], outcome) for k in moving]
    if None in found or not (is_sum or (is_product and len(moving) == 1)):
        return None
    return set().union(*(each for each in found if each is not None))


def _is_gaussian(ctx: Context, formula: Term) -> bool:
    """Whether x is affine in one Gaussian vector or in noise, with this mean and covariance."""
    _, random, mean, spread = formula
    inner, name = with_variable(ctx, OUTCOME, "outcome_")
    value = value_at(inner.names, random, name)
    bases = _bases(value, name)
    if bases is None or len(bases) > 1 or not bases <= {"", *ctx.normal.laws.gaussian}:
        return False
    body = close(value, name)
    return ctx.equal(("expectation", body), mean) and ctx.equal(_spread(body, body), spread)


def _flipped(nf: Images, letter: int) -> int:
    """The transposed letter of a name: itself, if that is known to be symmetric."""
    if nf.atoms.rows[letter].arguments[0] in nf.symmetric:
        return letter
    return nf.atoms.intern("transposed", letter)


def _check_independent(names: Names, one: Term, other: Term) -> None:
    for random in (one, other):
        value_at(names, random, internal(names))


def _learn_independent(ctx: Context, label: str, formula: Term) -> None:
    """Independent names have no covariance."""
    _, one, other = formula
    if isinstance(one, str) and isinstance(other, str) and one != other:
        none = _none(*(ctx.names[name][2] for name in (one, other)))
        if none is not None:
            ctx.normal.laws.covariances.setdefault((one, other), none)
            ctx.normal.done.clear()


def _none(*sorts: Term) -> Term | None:
    """The covariance 0 of two random numbers or vectors."""
    if any(sort[0] == "matrix" for sort in sorts):
        return None
    sizes = [sort[1] for sort in sorts if sort[0] == "vector"]
    return ("zero", *sizes) if sizes else "0"


def _is_independent(ctx: Context, formula: Term) -> bool:
    """Whether a fact says it the other way round, or one is constant, or both are affine in noise
    and uncorrelated."""
    if ("independent", *formula[:0:-1]) in ctx.facts.values():
        return True
    inner, name = with_variable(ctx, OUTCOME, "outcome_")
    values = [value_at(inner.names, random, name) for random in formula[1:]]
    sorts = [sort_of(value, inner.names) for value in values]
    none, bases = _none(*sorts), [_bases(value, name) for value in values]
    if set() in bases:
        return True
    if none is None or bases != [{""}, {""}]:
        return False
    head = "outer" if all(sort[0] == "vector" for sort in sorts) else "*"
    return ctx.equal(_spread(*(close(value, name) for value in values), head=head), none)


FLIPPED["name"] = _flipped
FORMULAS["independent", 2] = _check_independent
FACTS.update({
    "=": _learn_equation, "gaussian": _learn_gaussian, "independent": _learn_independent,
})  # fmt: skip
HOLDS["independent"] = _is_independent
HOLDS["gaussian"] = _is_gaussian
