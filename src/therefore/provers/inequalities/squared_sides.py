"""A + B ≥ 0 from A ≥ 0 and B² ≤ A²: roots are squared away, one after the other.

With a root apart from the rest, M·√u stands alone on its side, and L on the other one. Which of
the two is A says the sign of M. Where B is not negative there is nothing to show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import Polynomial, Scalar, atom
from therefore.provers.attempt import Proof, with_steps
from therefore.provers.bench import Bench
from therefore.provers.building.field import settled
from therefore.provers.building.floats import seems_true
from therefore.provers.building.polynomial import atoms_of, divided
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.inequalities.square_roots import HIDDEN

__all__ = ["by_roots", "from_squares"]

MOST_ROOTS = 4
MOST_WAYS = 2
MOST_TERMS = 120
DEEPEST = 3

Show = Callable[[Bench, Context, Term], "Proof | None"]


@dataclass(frozen=True)
class _Way:
    """The two sides A and B, and what it costs: their signs, and the roots left in A² − B²."""

    even: Scalar
    odd: Scalar
    cost: tuple[bool, int, int]


def by_roots(bench: Bench, ctx: Context, goal: Term, show: Show, depth: int = 0) -> Proof | None:
    """The goal by squares, until no root is left."""
    try:
        gap = settled(ctx.atoms, ctx.normal.scalar(goal[2]) - ctx.normal.scalar(goal[1]))
    except Rejected:
        return None
    under = [(Scalar(dict(one)), e) for one, e in gap.under]
    if any(ctx.signs(one) != {1} for one, e in under if e % 2):
        return None
    below: list[Term] = [("^", scalar_term(ctx.atoms, one), str(e)) for one, e in under]
    ways = sorted(_ways(ctx, gap.over), key=lambda way: way.cost)
    if ways:
        bench.note("squaring what stands beside a root")
    for way in ways[:MOST_WAYS]:
        bench.check_time()
        even, odd = (scalar_term(ctx.atoms, side) for side in (way.even, way.odd))
        if way.cost[1] == 0 or depth >= DEEPEST:
            further = show
        else:
            further = partial(_further, show=show, depth=depth + 1)
        proof = from_squares(bench, ctx, goal, (even, odd), below, further)
        if proof is not None:
            return proof
    return None


def _further(bench: Bench, ctx: Context, goal: Term, show: Show, depth: int) -> Proof | None:
    return by_roots(bench, ctx, goal, show, depth) or show(bench, ctx, goal)


def _ways(ctx: Context, over: Polynomial) -> Iterator[_Way]:
    roots = _roots(ctx, over)
    if not 0 < len(roots) <= MOST_ROOTS:
        return
    many = _count(ctx, over)
    for root in roots:
        with_it: Polynomial = {}
        without: Polynomial = {}
        for m, c in over.items():
            e = dict(m).get(root, 0)
            if e > 1:
                break
            (with_it if e else without)[divided(m, ((root, e),)) if e else m] = c
        else:
            signs = ctx.signs(Scalar(with_it))
            alone, rest = Scalar(with_it) * atom(root), Scalar(without)
            if not without or not (signs <= {0, 1} or signs <= {-1, 0}):
                continue
            even, odd = (alone, rest) if signs <= {0, 1} else (rest, alone)
            squares = settled(ctx.atoms, even * even - odd * odd)
            left = _count(ctx, squares.over)
            if left < many and len(squares.over) <= MOST_TERMS:
                is_plain = ctx.signs(even) <= {0, 1} and ctx.signs(odd) <= {-1, 0}
                yield _Way(even, odd, (not is_plain, *left))


def _roots(ctx: Context, over: Polynomial) -> list[int]:
    return [a for a in atoms_of([over]) if ctx.atoms.rows[a].head == "sqrt"]


def _count(ctx: Context, over: Polynomial) -> tuple[int, int]:
    """How many products of roots there are, and how many terms with them."""
    roots = set(_roots(ctx, over))
    found = [tuple(p for p in m if p[0] in roots) for m in over]
    return len({one for one in found if one}), sum(1 for one in found if one)


def from_squares(
    bench: Bench,
    ctx: Context,
    goal: Term,
    sides: tuple[Term, Term],
    below: list[Term],
    show: Show,
) -> Proof | None:
    """(A + B)/D ≥ 0, or > 0: if A + B < 0, then A − B > 0, and B² > A²."""
    even, odd = sides
    label = f"squares{len(ctx.facts)}"
    first: Term = ("<=", "0", even)
    if not ctx.holds(first) and not seems_true(ctx, first):
        return None
    core: Term = (goal[0], _square(ctx, odd), _square(ctx, even))
    inner, case = ctx.extended(), f"{label}_case"
    in_any_case = ctx.signs(ctx.normal.scalar(odd)) <= {-1, 0} or seems_true(ctx, core)
    if not in_any_case:
        inner.assume(case, ("<", odd, "0"))
        if not seems_true(inner, core):
            return None
    seen: Proof = {"rule": "inspect"}
    plain = bench.works(ctx, first, seen)
    of_even = seen if plain else show(bench, ctx, first)
    if of_even is None:
        return None
    inner.assume(f"{HIDDEN}{label}", first)
    of_core = seen if bench.works(inner, core, seen) else show(bench, inner, core)
    if of_core is None:
        return None
    proof = with_steps([(label, core, of_core)], _by_contradiction(goal, sides, below, label))
    if not in_any_case:
        divisor: Term = ("*", *below, "1", "1")
        plainly: list[Proof] = [
            {"rule": "combine", "items": [
                {"fact": case, "times": to_lists(("/", sign, divisor))},
                {"fact": f"{HIDDEN}{label}", "times": to_lists(("/", "1", divisor))},
            ]}
            for sign in ("-1", "1")  # B = 0, and 0 < B
        ]  # fmt: skip
        proof = {
            "rule": "cases", "on": [to_lists(odd), "0"], "as": case,
            "less": proof, "equal": plainly[0], "greater": plainly[1],
        }  # fmt: skip
    return with_steps([(f"{HIDDEN}{label}", first, of_even)], proof)


def _square(ctx: Context, side: Term) -> Term:
    """The square of a side, in which roots are worked out."""
    value = ctx.normal.scalar(side)
    if not _roots(ctx, value.over):
        return ("^", side, "2")
    return scalar_term(ctx.atoms, settled(ctx.atoms, value * value))


def _by_contradiction(goal: Term, sides: tuple[Term, Term], below: list[Term], label: str) -> Proof:
    even, odd = sides
    against = f"{label}_against"
    apart: Term = ("+", even, ("-", odd))
    whole: Term = ("*", *below, "1", "1")
    # Against a ≤ b is A + B < 0, and against a < b only A + B ≤ 0.
    known = ("<" if goal[0] == "<=" else "<=", "0", apart)
    sign: Proof = {"rule": "combine", "items": [
        {"fact": against, "times": to_lists(whole)}, {"fact": f"{HIDDEN}{label}", "times": "2"},
    ]}  # fmt: skip
    items = [{"fact": label}, {"fact": against, "times": to_lists(("*", *below, "1", apart))}]
    return {
        "rule": "suppose", "as": against, "then": {
            "rule": "have", "fact": to_lists(known), "as": f"{label}_apart", "proof": sign,
            "then": {"rule": "combine", "items": items},
        },
    }  # fmt: skip
