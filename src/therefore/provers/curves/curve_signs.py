"""That a function of one number is not negative on an interval or a half-line.

Four ways are joined. Where an enclosure shows it, there is no more to do. A function that is not
negative at an end and rises from there is not negative; that it rises is a statement of the same
kind about its slope. A multiple of it, by something positive, may have a plainer slope. And a
stretch is cut: into pieces that are small enough for an enclosure or for a bound on the slope, at
points where the function is zero, and far out, where a slope has one sign for good.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import Atoms
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.proofs import obligations
from therefore.kernel.terms import close
from therefore.provers.attempt import Labelled, Proof, with_steps
from therefore.provers.bench import Bench
from therefore.provers.curves.curve_cuts import by_cutting
from therefore.provers.curves.curve_factors import by_a_conjugate, by_a_multiple, by_factors
from therefore.provers.curves.curve_forms import (
    by_a_root,
    by_bounds,
    by_exponentials,
    by_reciprocals,
)
from therefore.provers.curves.curve_looks import may_hold, parts_with, plain_to_see
from therefore.provers.curves.curve_pieces import in_pieces, is_regular
from therefore.provers.curves.curve_rising import from_an_end
from therefore.provers.curves.curve_squares import by_squares
from therefore.provers.curves.curves import BITS, Curve
from therefore.provers.curves.elementary import bounds_of_waves
from therefore.provers.curves.stretches import Stretch

__all__ = ["CurveSigns"]

DEEPEST = 8
DEEPEST_OF_WAVES = 5


class CurveSigns:
    """One search. What it proves are closed statements: ``stretch.stated((rel, "0", body))``."""

    def __init__(self, bench: Bench, ctx: Context, check_time: Callable[[], None]) -> None:
        self.bench, self.check_time = bench, check_time
        self.atoms = Atoms()
        self.y, self.s, self.z = (ctx.fresh(wish) for wish in ("y", "s", "z"))
        self.prefix = "c"
        while any(label.startswith(self.prefix) for label in ctx.facts):
            self.prefix += "c"
        self.count = 0
        self._contexts: dict[Stretch, Context] = {}
        self._found: dict[tuple[Term, Stretch, bool], Proof] = {}
        self._failed: dict[tuple[Term, Stretch, bool], int] = {}
        self._open: set[tuple[Term, Stretch, bool]] = set()

    # ------------------------------------------------------------------ parts of proofs

    def label(self) -> str:
        """A label that nothing else has."""
        self.count += 1
        return f"{self.prefix}{self.count}"

    def context(self, stretch: Stretch) -> Context:
        """Where the variable is declared and lies in the stretch."""
        if stretch not in self._contexts:
            ctx = Context(self.atoms)
            ctx.declare(self.y, "real")
            for label, condition in zip(self.labels(stretch), self.inside(stretch), strict=True):
                ctx.assume(label, condition)
            self._contexts[stretch] = ctx
        self.atoms.steps = 0
        return self._contexts[stretch]

    def inside(self, stretch: Stretch) -> list[Term]:
        """The conditions on the variable."""
        return stretch.conditions(self.y)

    def labels(self, stretch: Stretch) -> list[str]:
        """Their labels."""
        ends = (("low", stretch.low), ("high", stretch.high))
        return [f"{self.prefix}_{name}" for name, end in ends if end is not None]

    def intro(self, stretch: Stretch, then: Proof) -> Proof:
        """A statement of all numbers in the stretch from one of the variable."""
        return {"rule": "intro", "names": [self.y], "labels": self.labels(stretch), "then": then}

    def cite(self, label: str, place: Term, conditions: list[Proof] | None = None) -> Proof:
        """What a statement says of a number in its stretch."""
        here = f"{label}_here"
        proof: Proof = {
            "rule": "use", "fact": label, "with": [to_lists(place)], "as": here,
            "then": {"rule": "assumption", "fact": here},
        }  # fmt: skip
        return {**proof, "conditions": conditions} if conditions else proof

    def box(self, stretch: Stretch) -> Proof:
        """A relation of the variable by an enclosure over the stretch."""
        low, high = (f"{self.prefix}_{name}" for name in ("low", "high"))
        within = [{"name": self.y, "low": low, "high": high}]
        return {"rule": "box", "bits": str(BITS), "within": within}

    def settled(
        self, ctx: Context, stretch: Stretch, lemmas: list[Labelled], *terms: Term
    ) -> list[Proof]:
        """Why terms of the variable are defined, where inspection does not see it.

        What has to be shown before the variable is declared is added to the lemmas.
        """
        proofs: list[Proof] = []
        for term in terms:
            if isinstance(term, str) or term in ctx.defined:
                continue
            for place, obligation in obligations(ctx, term):
                if not place.holds(obligation):
                    proofs.append(self._settled(place, stretch, lemmas, obligation))
            ctx.defined.add(term)
        return proofs

    def _settled(
        self, ctx: Context, stretch: Stretch, lemmas: list[Labelled], formula: Term
    ) -> Proof:
        """A proof that 0 < u, 0 ≤ u or u ≠ 0 on the stretch. Raises ``Rejected``."""
        body, relation = close(formula, self.y), formula[0]
        if body == formula:
            return {"rule": "enclose", "bits": str(BITS)}
        if stretch.hull is not None and self.bench.works(ctx, formula, self.box(stretch)):
            return self.box(stretch)
        strict = relation != "<="
        for inside in [body[1], ("-", body[1])] if relation == "!=" else [body[2]]:
            proof = self.prove(Curve(inside), stretch, strict, DEEPEST - 3)
            if proof is not None:
                label = self.label()
                shown = ("<" if strict else "<=", "0", inside)
                lemmas.append((label, stretch.stated(shown), proof))
                cited = self.cite(label, self.y)
                if relation == "!=":
                    cited["then"] = {"rule": "inspect"}
                return cited
        raise Rejected("UNDEFINED", f"it is not found that {formula}")

    # ------------------------------------------------------------------ the search

    def prove(self, curve: Curve, stretch: Stretch, strict: bool, depth: int = 0) -> Proof | None:
        """A proof that the function is not negative (or positive) on the stretch."""
        self.check_time()
        key = (curve.body, stretch, strict)
        if key in self._found:
            return self._found[key]
        if depth > DEEPEST or self._failed.get(key, DEEPEST + 1) <= depth or key in self._open:
            return None
        proof = None
        if may_hold(curve, stretch):
            self._open.add(key)
            try:
                proof = self._searched(curve, stretch, strict, depth)
            except (Rejected, ValueError, KeyError, ZeroDivisionError, OverflowError):
                proof = None
            finally:
                self._open.discard(key)
        if proof is None:
            self._failed[key] = depth
        else:
            self._found[key] = proof
        return proof

    def _searched(self, curve: Curve, stretch: Stretch, strict: bool, depth: int) -> Proof | None:
        goal = self.goal(curve, strict)
        found = self.seen(goal, stretch)
        if found is not None:
            return found
        found = by_factors(self, curve, stretch, strict, depth)
        if found is not None:
            return found
        if is_regular(curve, stretch):
            return in_pieces(self, curve, stretch, strict)
        has_waves = stretch.hull is None and bool(parts_with(curve.body, ("sin", "cos")))
        if has_waves and (found := by_bounds(self, curve, stretch, strict, depth)):
            return found
        if has_waves and depth > DEEPEST_OF_WAVES:
            return None
        ways = [
            by_a_root, by_squares, from_an_end, by_a_multiple, by_a_conjugate, by_bounds,
            by_exponentials, by_reciprocals, by_cutting,
        ]  # fmt: skip
        if curve.is_best_divided:
            ways.insert(0, ways.pop(ways.index(by_a_multiple)))
        for way in ways:
            found = way(self, curve, stretch, strict, depth)
            if found is not None:
                return found
        return None

    def closed(
        self, curve: Curve, stretch: Stretch, strict: bool, lemmas: list[Labelled],
        steps: list[Labelled], items: list[dict[str, Any]],
    ) -> Proof | None:  # fmt: skip
        """The statement by ``combine``, after lemmas outside and steps with the variable."""
        self.check_time()
        ctx = self.context(stretch).extended()
        for label, fact, _ in (*lemmas, *steps):
            ctx.assume(label, fact)
        goal = self.goal(curve, strict)
        then: Proof = {"rule": "combine", "items": items}
        more: list[Labelled] = []
        proofs = self.settled(ctx, stretch, more, goal[2])
        if proofs:
            then["defined"] = proofs
        for label, fact, _ in more:
            ctx.assume(label, fact)
        if not self.bench.works(ctx, goal, then):
            return None
        return with_steps([*lemmas, *more], self.intro(stretch, with_steps(steps, then)))

    def goal(self, curve: Curve, strict: bool) -> Term:
        return ("<" if strict else "<=", "0", curve.at(self.y))

    def seen(self, goal: Term, stretch: Stretch) -> Proof | None:
        """By inspection; sines and cosines lie between −1 and 1."""
        ctx, lemmas = self.context(stretch).extended(), list[Labelled]()
        proofs = self.settled(ctx, stretch, lemmas, goal[2])
        for label, fact, _ in lemmas:
            ctx.assume(label, fact)
        proof: Proof = {"rule": "inspect", **({"defined": proofs} if proofs else {})}
        waves: list[Labelled] = []
        if not plain_to_see(ctx, goal):
            for fact, shown in bounds_of_waves(goal):
                if self.bench.works(ctx, fact, shown):
                    waves.append((self.label(), fact, shown))
                    ctx.assume(waves[-1][0], fact)
            if not waves or not plain_to_see(ctx, goal):
                return None
        if not self.bench.works(ctx, goal, proof):
            return None
        return with_steps(lemmas, self.intro(stretch, with_steps(waves, proof)))
