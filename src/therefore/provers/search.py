"""The search for a proof: provers in order of cost, each opening smaller goals."""

from __future__ import annotations

from typing import TypeAlias

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.provers.attempt import Proof
from therefore.provers.bench import Bench
from therefore.provers.calculus import (
    around,
    continuity,
    corner,
    derivative,
    integrals,
    limit,
    mean_value,
    moving_ends,
    rising,
    slopes,
)
from therefore.provers.curves import (
    boxes,
    closed,
    elementary,
    one_combination,
    one_number,
    one_ratio,
    where_facts_hold,
)
from therefore.provers.functions import (
    at_points,
    convexity,
    interpolating,
    multipliers,
    quadratic_splines,
)
from therefore.provers.inequalities import polynomials as inequalities
from therefore.provers.inequalities import waves, zero_or_positive
from therefore.provers.logic import (
    at_hand,
    at_indices,
    congruence,
    denying,
    directly,
    fixing,
    induction,
    introduction,
    lemma,
    parts,
    replacing,
    restating,
    signs,
    unifying,
    witness,
)
from therefore.provers.matrices import (
    block_multiples,
    by_blocks,
    completing,
    determinants,
    entries,
    existence,
    exponentials,
    forms,
    gathering,
    invertible,
    matrix_powers,
    multiplying,
    one_sided,
    pseudo_inverses,
    under_traces,
)
from therefore.provers.prover import Prover
from therefore.provers.relations import (
    adding,
    both_bounds,
    cancelling,
    common_factor,
    definite,
    determined,
    difference,
    equal_squares,
    norms,
    positive,
    scaling,
    squaring,
    strictly,
    triangle,
    whole_part,
)
from therefore.provers.sums import (
    cauchy,
    field_sums,
    reflecting,
    reindexing,
    residue_cases,
    terms_of_sums,
)

__all__ = ["PROVERS", "Search"]

DEEPEST = 9

# A goal, the facts and the names.
_Place: TypeAlias = tuple[Term, frozenset[tuple[str, Term]], frozenset[tuple[str, Term]]]

# In order of cost. This is the one place where a prover is entered.
PROVERS: tuple[Prover, ...] = (
    interpolating.AT_ONCE,
    at_hand.PROVER,
    derivative.AT_ONCE,
    pseudo_inverses.PROVER,
    exponentials.INVERTIBLE,
    block_multiples.INVERTIBLE,
    block_multiples.PROVER,
    invertible.FIRST,
    definite.OF_DETERMINANTS,
    invertible.OF_A_MATRIX,
    closed.PROVER,
    slopes.PROVER,
    lemma.AT_ONCE,
    quadratic_splines.PROVER,
    gathering.PROVER,
    directly.PROVER,
    replacing.THROUGHOUT,
    reflecting.PROVER,
    parts.PROVER,
    denying.PROVER,
    witness.PROVER,
    existence.OF_A_VECTOR,
    existence.OF_A_KNOWN_ONE,
    existence.BY_INDUCTION,
    exponentials.PROVER,
    determinants.PROVER,
    one_sided.BY_WITNESS,
    by_blocks.PROVER,
    completing.PROVER,
    multiplying.OF_MATRICES,
    one_sided.OF_FACTS,
    matrix_powers.PROVER,
    under_traces.PROVER,
    definite.OF_MATRICES,
    entries.OF_THE_GOAL,
    induction.AS_HINTED,
    introduction.PROVER,
    at_indices.PROVER,
    signs.AS_HINTED,
    lemma.PROVER,
    lemma.AT_OTHER_TERMS,
    congruence.PROVER,
    field_sums.PROVER,
    residue_cases.PROVER,
    around.OF_AN_EQUAL,
    around.LEAST,
    continuity.PROVER,
    integrals.OF_STATEMENTS,
    moving_ends.OF_SLOPES,
    moving_ends.VALUE_OF_SLOPE,
    integrals.ORDERED,
    integrals.OF_RELATIONS,
    restating.PROVER,
    common_factor.PROVER,
    boxes.AT_ONCE,
    derivative.PROVER,
    limit.PROVER,
    limit.OTHERWISE,
    corner.PROVER,
    forms.OF_A_FORM,
    definite.PROVER,
    signs.AT_A_GLANCE,
    induction.NEXT_SIGN,
    induction.OF_A_SIGN,
    zero_or_positive.PROVER,
    waves.PROVER,
    one_number.PROVER,
    one_ratio.PROVER,
    one_combination.PROVER,
    strictly.PROVER,
    unifying.PROVER,
    squaring.PROVER,
    fixing.PROVER,
    at_points.PROVER,
    adding.AT_ONCE,
    inequalities.PROVER,
    triangle.PROVER,
    cauchy.PROVER,
    multipliers.PROVER,
    interpolating.PROVER,
    adding.PROVER,
    terms_of_sums.PROVER,
    equal_squares.PROVER,
    one_number.OTHERWISE,
    where_facts_hold.PROVER,
    boxes.BY_CUTTING,
    elementary.PROVER,
    rising.PROVER,
    whole_part.PROVER,
    norms.PROVER,
    multiplying.PROVER,
    difference.PROVER,
    entries.OF_FACTS,
    entries.OF_VECTORS,
    convexity.PROVER,
    determined.OF_NAMES,
    determined.BY_COORDINATES,
    replacing.IN_A_RELATION,
    reindexing.PROVER,
    cancelling.PROVER,
    scaling.PROVER,
    signs.PROVER,
    both_bounds.PROVER,
    mean_value.PROVER,
    positive.PROVER,
    induction.OVER_A_HORIZON,
    induction.OF_A_RECURRENCE,
)


class Search:
    """The provers at work on one bench.

    Different ways lead to the same goal among the same facts; what became of it is remembered.
    """

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self._found: dict[_Place, Proof] = {}
        self._failed: dict[_Place, int] = {}  # the least depth, which leaves the most to do

    def prove(self, ctx: Context, goal: Term, depth: int = 0) -> Proof | None:
        """A proof of the goal in the context, or None when every prover has passed."""
        if depth > DEEPEST:
            return None
        place = goal, frozenset(ctx.facts.items()), frozenset(ctx.names.items())
        account = self.bench.account
        if place in self._found or self._failed.get(place, depth + 1) <= depth:
            if account is not None:
                account.remembered(goal, proved=place in self._found)
            return self._found.get(place)
        if account is None:
            proof = self._searched(ctx, goal, depth)
        else:
            with account.goal(goal) as told:
                proof = self._searched(ctx, goal, depth)
                told.outcome = "nothing" if proof is None else "proved"
        if proof is None:
            self._failed[place] = depth
        else:
            self._found[place] = proof
        return proof

    def _searched(self, ctx: Context, goal: Term, depth: int) -> Proof | None:
        for prover in PROVERS:
            self.bench.check_time()
            try:
                proof = self._asked(prover, ctx, goal, depth)
            except (Rejected, KeyError):
                proof = None
            if proof is not None:
                return proof
        return None

    def _asked(self, prover: Prover, ctx: Context, goal: Term, depth: int) -> Proof | None:
        if not prover.accepts(ctx, goal):
            return None
        account = self.bench.account
        if account is None:
            return prover.prove(self, ctx, goal, depth)
        with account.trial(prover.name) as told:
            proof = prover.prove(self, ctx, goal, depth)
            told.outcome = "nothing" if proof is None else "proved"
            return proof
