"""The missing hypothesis: under what simple condition on one thing the line is true.

Conditions are proposed for each number (a sign, not zero, on one side of a rational bound that
is found by bisection), for two numbers (which is the larger, or their product or quotient), for
vectors (not zero), for matrices (invertible, symmetric, commuting, idempotent, orthogonal, skew)
and for denominators. The weakest
that all random instances agree with is told. Where the line fails at every point at which the
condition does, the line is true exactly when the condition holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from therefore.goal import Term
from therefore.helping.digits import shown_digits
from therefore.helping.findings import Finding, Proposal
from therefore.helping.places import is_plain, places, size_of
from therefore.helping.tools import Tools
from therefore.kernel.binders import is_number
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import negation
from therefore.provers.building.terms import leaves

__all__ = ["find"]

RELATIONS = ("=", "!=", "<=", "<")
_MOST_VECTORS = 12
_MOST_MATRICES = 4
_PROOFS = 6
# Where the truth of the line is looked at along one number, before bisection.
_ALONG = tuple(
    Fraction(text)
    for text in (
        "-20", "-10", "-5", "-3", "-2", "-3/2", "-1", "-3/4", "-1/2", "-1/4", "-1/10", "0", "1/10",
        "1/4", "1/2", "3/4", "1", "3/2", "2", "3", "5", "10", "20",
    )
)  # fmt: skip
_HALVINGS = 18
_NEAR = Fraction(1, 10_000)
_SIMPLE = 12  # the largest denominator of a bound


def find(tools: Tools) -> Iterator[Finding]:
    """The simplest condition under which the line holds."""
    conclusion = tools.goal.conclusion
    if shown_digits(conclusion):
        return
    best: Finding | None = None
    searches = 0
    for condition in _candidates(tools):
        if not tools.in_time or searches >= _PROOFS:
            break
        if condition == conclusion or condition in tools.goal.hypotheses:
            continue
        if not tools.seems(tools.under(condition)) or _fails_nearby(tools, condition):
            continue
        there = tools.propose(tools.under(condition))
        if there is None:
            continue
        searches += 1
        finding = Finding("condition", (condition,), (there, *_only_there(tools, condition)))
        if best is None or _rank(finding) > _rank(best):
            best = finding
        if _rank(best) >= _BEST or (len(best.proposals) > 1 and searches >= 2):
            break
    if best is not None:
        yield best


_BEST = 3
_WITH_JUMPS = ("step", "floor", "mod", "delta")


def _fails_nearby(tools: Tools, condition: Term) -> bool:
    """Whether a ≤ b or a < b cannot be saved by u ≠ v: where u = v, a > b; so it is near there.

    Random instances hardly ever come near enough to show it.
    """
    conclusion = tools.goal.conclusion
    if condition[0] != "!=" or conclusion[0] not in ("<=", "<"):
        return False
    if any(head in leaves(conclusion) for head in _WITH_JUMPS):
        return False
    against = ("<", conclusion[2], conclusion[1])
    return tools.agreeing(tools.under(negation(condition), against)) > 0


def _rank(finding: Finding) -> int:
    """How much a finding says: exact and proved, exact, proved one way, or seen only."""
    proved = finding.proposals[0].proof is not None
    return 2 * (len(finding.proposals) > 1) + proved


def _only_there(tools: Tools, condition: Term) -> list[Proposal]:
    """That the line is false or undefined wherever the condition fails, if that is so.

    What is proved is that it is false where it is defined: its denominators are not zero.
    """
    try:
        other = negation(condition)
        denied = negation(tools.goal.conclusion)
    except Rejected:
        return []
    below = _denominators(tools)
    if condition[0] == "!=" and condition[1] in below:
        # Where it fails the line is undefined, for there a denominator is zero.
        instances = tools.disagreeing(tools.under(other))
        goal = tools.under(other, other)
    else:
        goal = tools.under(other, denied)
        defined = [("!=", part, "0") for part in below]
        goal = replace(goal, hypotheses=(*goal.hypotheses, *defined))
        instances = tools.agreeing(goal) if tools.seems(goal) else 0
    return [Proposal(goal, instances, *tools.proof_of(goal))] if instances else []


def _denominators(tools: Tools) -> list[Term]:
    found = {
        spot.part: None
        for spot in places(tools.goal.conclusion, tools.names)
        if spot.above == "/" and spot.at == 2 and not is_number(spot.part) and is_plain(spot.part)
    }
    return list(found)


def _candidates(tools: Tools) -> Iterator[Term]:
    """Conditions, the weakest and simplest first."""
    numbers = [
        name
        for name, sort in tools.goal.declarations
        if sort in ("real", "integer") and _mentioned(tools, name)
    ]
    for name in numbers:
        yield ("!=", name, "0")
    yield from _of_terms(tools)
    for name in numbers:
        yield from (("<=", "0", name), ("<=", name, "0"), ("<", "0", name), ("<", name, "0"))
    for name in numbers:
        yield from _bounds(tools, name)
    yield from _of_two(tools, numbers)


def _mentioned(tools: Tools, name: str) -> bool:
    return any(spot.part == name for spot in places(tools.goal.conclusion, tools.names)) or any(
        spot.part == name
        for hypothesis in tools.goal.hypotheses
        for spot in places(hypothesis, tools.names)
    )


def _of_terms(tools: Tools) -> Iterator[Term]:
    """Vectors and denominators that are not zero, matrices that are invertible or symmetric."""
    formulas = [tools.goal.conclusion, *tools.goal.hypotheses]
    found: dict[Term, None] = {}
    for formula in formulas:
        for spot in places(formula, tools.names):
            part, sort = spot.part, spot.sort
            if sort is None or is_number(part) or not is_plain(part):
                continue
            if isinstance(part, tuple) and part[0] == "inverse":
                found[("invertible", part[1])] = None
            elif "'inverse'" in repr(part):
                continue  # that it is defined would be part of the condition
            elif sort[0] == "vector" and not (isinstance(part, tuple) and part[0] == "zero"):
                found[_not_zero(part, sort[1])] = None
            elif sort[0] == "matrix" and isinstance(part, str):
                if sort[1] == sort[2]:
                    found[("invertible", part)] = None
                    found[("=", ("transpose", part), part)] = None
            elif spot.above == "/" and spot.at == 2 and not isinstance(part, str):
                found[("!=", part, "0")] = None
    yield from sorted(found, key=size_of)[:_MOST_VECTORS]
    yield from _of_matrices(tools, found)


def _of_matrices(tools: Tools, found: dict[Term, None]) -> Iterator[Term]:
    """That all inverses exist, that two matrices commute, that one is orthogonal or idempotent."""
    inverses = [one for one in found if one[0] == "invertible" and _is_inverted(tools, one[1])]
    if len(inverses) > 1:
        yield ("and", *inverses)
    square = [
        (name, sort[1])
        for name, sort in tools.goal.declarations
        if sort[0] == "matrix" and sort[1] == sort[2] and _mentioned(tools, name)
    ]
    for k, (name, size) in enumerate(square[:_MOST_MATRICES]):
        for other, its_size in square[k + 1 : _MOST_MATRICES]:
            if size == its_size:
                yield ("=", ("matmul", name, other), ("matmul", other, name))
    for name, size in square[:_MOST_MATRICES]:
        turned = ("transpose", name)
        yield ("=", ("matmul", name, name), name)
        yield ("=", ("matmul", turned, name), ("identity", size))
        yield ("=", turned, ("-", name))


def _is_inverted(tools: Tools, part: Term) -> bool:
    inverse = ("inverse", part)
    return any(spot.part == inverse for spot in places(tools.goal.conclusion, tools.names))


def _not_zero(vector: Term, size: Term) -> Term:
    """The vector is not zero; of a difference, its two sides are not equal."""
    if len(vector) == 3 and vector[0] == "+" and vector[2][0] == "-":
        return ("!=", vector[1], vector[2][1])
    return ("!=", vector, ("zero", size))


def _of_two(tools: Tools, numbers: list[str]) -> Iterator[Term]:
    """Two numbers compared, directly and by their product."""
    for k, name in enumerate(numbers):
        for other in numbers[k + 1 :]:
            yield ("!=", name, other)
            yield from (("<=", name, other), ("<=", other, name))
            yield from (("<", name, other), ("<", other, name))
            for bound in ("1", "2"):
                for head in ("<=", "<"):
                    yield (head, ("*", name, other), bound)


def _bounds(tools: Tools, name: str) -> Iterator[Term]:
    """The name on one side of a rational bound: where the truth of the line changes."""
    truths: dict[Fraction, bool | None] = {}

    def holds(at: Fraction) -> bool | None:
        if at not in truths:
            truths[at] = _truth(tools, ("=", name, str(at)))
        return truths[at]

    for at in _ALONG:
        if not tools.in_time:
            return
        holds(at)
    known = [(at, truth) for at, truth in sorted(truths.items()) if truth is not None]
    changes = [k for k in range(1, len(known)) if known[k][1] != known[k - 1][1]]
    if len(changes) != 1:
        return
    (below, low), (above, _) = known[changes[0] - 1], known[changes[0]]
    bound = _bisected(holds, below, above, bool(low))
    if bound is None or bound == 0:
        return
    at_bound = holds(bound)
    head = "<=" if at_bound else "<"
    yield (head, name, str(bound)) if low else (head, str(bound), name)


def _bisected(
    holds: Callable[[Fraction], bool | None], below: Fraction, above: Fraction, low: bool
) -> Fraction | None:
    """The simplest number between two points where the truth differs, after many halvings."""
    ends = (below, above)
    for _ in range(_HALVINGS):
        middle = (below + above) / 2
        truth = holds(middle)
        if truth is None:
            return None
        if truth == low:
            below = middle
        else:
            above = middle
    bound = ((below + above) / 2).limit_denominator(_SIMPLE)
    if not ends[0] <= bound <= ends[1] or abs(bound - below) > _NEAR:
        return None
    return bound


def _truth(tools: Tools, hypothesis: Term) -> bool | None:
    """Whether the line holds on all instances under a hypothesis; ``None`` if there are none."""
    from therefore.refuters.instances import sample_instances

    try:
        found = sample_instances(tools.under(hypothesis), seed=tools.seed, count=16)
    except Exception:
        return None
    if not found.agreement.usable:
        return None
    return found.failing == 0 and found.agreement.usable == found.agreement.agreeing
