"""The one rule of arithmetic: a relation is a combination of known relations and squares.

To prove a ≤ b, the certificate names terms that are zero or not negative — known equations and
inequalities with multipliers, squares with weights, sums of them — and the kernel
checks that b − a *is* their sum, by normal forms. To prove a < b one of them must be positive;
to prove a = b all of them must be zero, so an identity needs none. An equation of matrices or
vectors may be transposed and multiplied from both sides first: lhs − rhs = Σ aᵢ·(relationᵢ)·bᵢ.
"""

from __future__ import annotations

from .atoms import Matrix, Vector
from .context import Context
from .data import Data, Term, field, fields, term_of
from .errors import Rejected
from .fields import is_element
from .polynomials import ONE, ZERO, Scalar, number
from .proofs import Checker, rule
from .sorts import check_size, fits
from .sums import sum_mod_over, sum_over
from .terms import check_formula, check_value, new_name, sort_of

__all__: list[str] = []

Value = Scalar | Vector
_ITEM = "fact square positive with conditions times sign over defined left right transposed"


@rule("", "items")
def combine(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """Γ ⊢ a ∘ b, for ∘ among =, ≤, <, ≠, if b − a is the sum of the items; also Γ ⊢ false."""
    proofs = list(field(node, "defined", list))
    items = field(node, "items", list)
    target: Value
    if goal == ("false",):
        head, target = "<", ZERO
    else:
        checker.ensure_formula_defined(ctx, goal, proofs)
        head = goal[0]
        if head not in ("=", "!=", "<=", "<"):
            raise Rejected("WRONG_GOAL", f"combine does not prove {goal}")
        if head == "=" and not items:
            if not ctx.equal(goal[1], goal[2]):
                raise Rejected("NOT_EQUAL", f"two normal forms: {goal[1]} and {goal[2]}")
            return
        about_equations = any(_is_about(ctx, goal, kind) for kind in ("matrix", "element"))
        if _is_about(ctx, goal, "residue") or (head != "=" and about_equations):
            raise Rejected("WRONG_GOAL", "combine is about numbers, vectors and equal matrices")
        target = _difference(ctx, goal)
    total: Value = type(target)({}) if isinstance(target, Vector) else ZERO
    shape: Term = "real"
    if isinstance(target, Vector) or (items and _is_about(ctx, goal, "element")):
        shape = sort_of(goal[1], ctx.names)
    kinds = set()
    for item in items:
        value, kind = _item(checker, ctx, fields(item, "", _ITEM), shape)
        total = _added(total, value)
        kinds.add(kind)
    if head == "=" and kinds - {"="}:
        raise Rejected("NOT_EQUAL", "an equation follows from equations only")
    if head in ("<", "!=") and ">" not in kinds:
        raise Rejected("NOT_STRICT", "a strict relation needs a positive term")
    if not ctx.atoms.is_zero(_added(target, total, number(-1))):
        raise Rejected("NOT_EQUAL", "the items do not add up to the difference of the sides")


def _is_about(ctx: Context, relation: Term, kind: str) -> bool:
    """Whether a side is of the kind: 0 = 3 modulo 3 says nothing of the numbers 0 and 3."""
    return kind in _kinds(ctx, relation)


def _kinds(ctx: Context, relation: Term) -> set[Term]:
    """The heads of the sorts of both sides."""
    return {sort_of(side, ctx.names)[0] for side in relation[1:]}


def _difference(ctx: Context, relation: Term) -> Value:
    left, right = ctx.normal.value(relation[1]), ctx.normal.value(relation[2])
    return _added(right, left, number(-1))


def _added(total: Value, value: Value, factor: Scalar = ONE) -> Value:
    """total + factor · value, for two numbers, two vectors or two matrices."""
    if isinstance(total, Vector) and type(total) is type(value):
        return total + value.scaled(factor)
    if isinstance(total, Scalar) and isinstance(value, Scalar):
        return total + value * factor
    raise Rejected("ILL_TYPED", "a number, a vector and a matrix are not added")


def _item(checker: Checker, ctx: Context, item: dict[str, Data], shape: Term) -> tuple[Value, str]:
    """The value of one item, and whether it is zero (=), not negative (>=) or positive (>)."""
    if "over" not in item:
        return _value(checker, ctx, item, shape)
    over = fields(item["over"], "index", "from to modulus")
    if "modulus" in over:
        return _over_residues(checker, ctx, item, over, shape)
    fields(over, "index from to")
    if is_element(shape):
        raise Rejected("ILL_TYPED", "elements of a field are summed over residues only")
    proofs = list(field(item, "defined", list))
    low, high = (checker.term(ctx, over[end], "integer", proofs) for end in ("from", "to"))
    length = ("<=", low, ("+", high, "1"))
    if not ctx.holds(length):
        if not proofs:
            raise Rejected("CONDITION", f"it is not shown that {length}")
        checker.prove(ctx, length, proofs.pop(0))
    index = new_name(over["index"])
    inner = ctx.extended()
    inner.declare(index, "integer")
    inner.assume(f"{index}_from", ("<=", low, index))
    inner.assume(f"{index}_to", ("<=", index, high))
    value, kind = _value(checker, inner, {**item, "defined": proofs}, shape)
    if isinstance(value, Matrix):
        raise Rejected("ILL_TYPED", "a sum is of numbers or of vectors")
    # The sum is formed with what is known outside: the range may be empty.
    ctx.normal.names[index] = "integer"
    variable = ctx.atoms.intern("name", index)
    ends = ctx.normal.scalar(low), ctx.normal.scalar(high)
    if kind == ">" and not ctx.holds(("<=", low, high)):
        kind = ">="
    return sum_over(ctx.normal, *ends, variable, value), kind


def _over_residues(
    checker: Checker, ctx: Context, item: dict[str, Data], over: dict[str, Data], shape: Term
) -> tuple[Value, str]:
    """The value of an item at every residue, summed: there is at least one residue."""
    index, size = new_name(over["index"]), term_of(over["modulus"])
    check_size(size, ctx.names)
    inner = ctx.extended()
    inner.declare(index, ("residue", size))
    value, kind = _value(checker, inner, item, shape)
    if isinstance(value, Vector):
        raise Rejected("ILL_TYPED", "a sum over residues is of numbers")
    ctx.normal.names[index] = ("residue", size)
    variable = ctx.atoms.intern("name", index)
    return sum_mod_over(ctx.normal, size, variable, value), kind


def _value(checker: Checker, ctx: Context, item: dict[str, Data], shape: Term) -> tuple[Value, str]:
    proofs = list(field(item, "defined", list))
    if is_element(shape) and item.keys() & {"positive", "square"}:
        raise Rejected("ILL_TYPED", "elements of a field have no sign")
    if "positive" in item:
        term = checker.term(ctx, item["positive"], "real", proofs)
        return ctx.normal.scalar(term), _sign(checker, ctx, term, item, least=">")
    if "square" in item:
        term = term_of(item["square"])
        sort = sort_of(term, ctx.names)
        check_value(term, sort if sort[0] == "vector" else "real", ctx.names)
        checker.ensure_defined(ctx, term, proofs)
        times = checker.term(ctx, item.get("times", "1"), "real", proofs)
        _sign(checker, ctx, times, item, least=">=")
        value = ctx.normal.value(term)
        square = ctx.normal.inner(value, value) if isinstance(value, Vector) else value * value
        return square * ctx.normal.scalar(times), ">="
    return _multiple_of_fact(checker, ctx, item, proofs, shape)


def _multiple_of_fact(
    checker: Checker, ctx: Context, item: dict[str, Data], proofs: list[Data], shape: Term
) -> tuple[Value, str]:
    fact = checker.instance(ctx, checker.fact(ctx, item.get("fact")), item)
    if fact[0] == "has_derivative":
        fact = ("=", ("derivative", fact[1], fact[2]), fact[3])
    if fact[0] == "integrates" and len(fact) == 5:
        fact = ("=", ("integral", *fact[1:4]), fact[4])
    if fact[0] not in ("=", "<=", "<") or "residue" in (kinds := _kinds(ctx, fact)):
        raise Rejected("WRONG_FACT", f"combine cannot add {fact}")
    if item.keys() & {"left", "right", "transposed"}:
        fact = _multiplied(checker, ctx, fact, item, proofs)
        kinds = _kinds(ctx, fact)
    if is_element(shape) or "element" in kinds:
        return _multiple_of_element(checker, ctx, fact, item, shape)
    if "matrix" in kinds and sort_of(fact[1], ctx.names) != shape:
        raise Rejected("ILL_TYPED", f"an equation of other sizes than the goal: {fact}")
    difference = _difference(ctx, fact)
    if isinstance(difference, Vector) and shape == "real":
        times = checker.term(ctx, item.get("times"), sort_of(fact[1], ctx.names), proofs)
        return ctx.normal.inner(ctx.normal.vector(times), difference), "="
    times = checker.term(ctx, item.get("times", "1"), "real", proofs)
    kind = "="
    if fact[0] != "=":
        least = _sign(checker, ctx, times, item, least=">=")
        kind = ">" if least == ">" and fact[0] == "<" else ">="
    factor = ctx.normal.scalar(times)
    value = difference.scaled(factor) if isinstance(difference, Vector) else difference * factor
    return value, kind


def _multiple_of_element(
    checker: Checker, ctx: Context, fact: Term, item: dict[str, Data], shape: Term
) -> tuple[Value, str]:
    """An equation in a field, times an element or an integer: never a fraction, 2 may be 0."""
    if sort_of(fact[1], ctx.names) != shape:
        raise Rejected("ILL_TYPED", f"not an equation of the goal's kind: {fact}")
    times = term_of(item.get("times", "1"))
    if fits(sort_of(times, ctx.names), "integer"):
        times = ("embed", shape[1], times)
    check_value(times, shape, ctx.names)
    checker.ensure_defined(ctx, times, list(field(item, "defined", list)))
    return _added(ZERO, _difference(ctx, fact), ctx.normal.scalar(times)), "="


def _multiplied(
    checker: Checker, ctx: Context, fact: Term, item: dict[str, Data], proofs: list[Data]
) -> Term:
    """The equation L·A·R = L·B·R, or its like of vectors and numbers, from A = B."""
    if fact[0] != "=":
        raise Rejected("WRONG_FACT", f"only an equation is multiplied from its sides, not {fact}")
    if "transposed" in item:
        fact = ("=", *(("transpose", side) for side in fact[1:]))
    for way in ("right", "left"):
        if way in item:
            factor = term_of(item[way])
            sort = sort_of(factor, ctx.names)
            if sort[0] not in ("vector", "matrix"):
                raise Rejected("ILL_TYPED", f"neither a vector nor a matrix: {factor}")
            checker.ensure_defined(ctx, factor, proofs)
            fact = ("=", *(_joined(ctx, way, sort[0], factor, side) for side in fact[1:]))
    check_formula(fact, ctx.names)
    return fact


def _joined(ctx: Context, way: str, kind: str, factor: Term, side: Term) -> Term:
    """A side multiplied by a matrix or a vector: A·b, aᵀ·A, a·bᵀ, ⟨a, b⟩ or c·A."""
    of = sort_of(side, ctx.names)[0]
    if of not in ("vector", "matrix"):
        return ("*", side, factor)
    if way == "right":
        return ("outer" if kind == of == "vector" else "matmul", side, factor)
    if kind == "matrix":
        return ("matmul", factor, side)
    return ("inner", factor, side) if of == "vector" else ("matmul", ("transpose", side), factor)


def _sign(checker: Checker, ctx: Context, term: Term, item: dict[str, Data], least: str) -> str:
    """Whether the term is positive (>) or at least not negative (>=), seen or proved."""
    positive, nonnegative = ("<", "0", term), ("<=", "0", term)
    if ctx.holds(positive):
        return ">"
    if least == ">=" and ctx.holds(nonnegative):
        return ">="
    if "sign" not in item:
        raise Rejected("SIGN", f"the sign of {term} is not shown")
    checker.prove(ctx, nonnegative if least == ">=" else positive, item["sign"])
    return least
