"""That a function of one number is not negative on an interval or a half-line.

Four ways are joined. Where an enclosure shows it, there is no more to do. A function that is not
negative at an end and rises from there is not negative; that it rises is a statement of the same
kind about its slope. A multiple of it, by something positive, may have a plainer slope. And a
stretch is cut: into pieces that are small enough for an enclosure or for a bound on the slope, at
points where the function is zero, and far out, where a slope has one sign for good.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from itertools import product

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import Atoms
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.proofs import obligations
from therefore.kernel.terms import close
from therefore.provers.attempt import Proof
from therefore.provers.bench import Bench
from therefore.provers.curves import BITS, Curve
from therefore.provers.elementary import bounds_of_waves
from therefore.provers.factors import Factored
from therefore.provers.factors import product as product_of
from therefore.provers.stretches import Stretch
from therefore.provers.touching import touching_points

__all__ = ["CurveSigns", "Lemma", "sign_of"]

MOST_SLOPES = 8
MOST_PIECES = 160
DEEPEST = 8
DEEPEST_CUT = 3
MOST_WAVES = 3
DEEPEST_OF_WAVES = 5
_FAR = (1, 2, 4, 8, 16, 32, 64)
_NEAR = (2, 8, 64, 1024)
_SLACK = 1e-11

# A label, the formula and its proof.
Lemma = tuple[str, Term, Proof]
_Prove = Callable[[Curve, Stretch, bool], "Proof | None"]


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

    @staticmethod
    def given(lemmas: list[Lemma], then: Proof) -> Proof:
        """A proof once the lemmas are shown."""
        for label, formula, proof in reversed(lemmas):
            then = {
                "rule": "have", "fact": to_lists(formula), "as": label, "proof": proof,
                "then": then,
            }  # fmt: skip
        return then

    def box(self, stretch: Stretch) -> Proof:
        """A relation of the variable by an enclosure over the stretch."""
        low, high = (f"{self.prefix}_{name}" for name in ("low", "high"))
        within = [{"name": self.y, "low": low, "high": high}]
        return {"rule": "box", "bits": str(BITS), "within": within}

    def settled(self, ctx: Context, stretch: Stretch, *terms: Term) -> list[Proof]:
        """Why terms of the variable are defined, where inspection does not see it."""
        proofs: list[Proof] = []
        for term in terms:
            if isinstance(term, str) or term in ctx.defined:
                continue
            for place, obligation in obligations(ctx, term):
                if not place.holds(obligation):
                    proofs.append(self.obligation(place, stretch, obligation))
            ctx.defined.add(term)
        return proofs

    def obligation(self, ctx: Context, stretch: Stretch, formula: Term) -> Proof:
        """A proof that 0 < u, 0 ≤ u or u ≠ 0 on the stretch. Raises ``Rejected``."""
        body, relation = close(formula, self.y), formula[0]
        if body == formula:
            return {"rule": "enclose", "bits": str(BITS)}
        if stretch.hull is not None:
            if self.bench.works(ctx, formula, self.box(stretch)):
                return self.box(stretch)
        ways = [body[1], ("-", body[1])] if relation == "!=" else [body[2]]
        for inside in ways:
            curve = Curve(inside)
            strict = relation != "<="
            proof = self.prove(curve, stretch, strict, DEEPEST - 3)
            if proof is not None:
                label = self.label()
                stated = stretch.stated(("<" if strict else "<=", "0", inside))
                cited = self.cite(label, self.y)
                if relation == "!=":
                    cited["then"] = {"rule": "inspect"}
                return self.given([(label, stated, proof)], cited)
        raise Rejected("UNDEFINED", f"it is not found that {formula}")

    # ------------------------------------------------------------------ the search

    def prove(
        self, curve: Curve, stretch: Stretch, strict: bool, depth: int = 0
    ) -> Proof | None:
        """A proof that the function is not negative (or positive) on the stretch."""
        self.check_time()
        key = (curve.body, stretch, strict)
        if key in self._found:
            return self._found[key]
        if depth > DEEPEST or self._failed.get(key, DEEPEST + 1) <= depth or key in self._open:
            return None
        proof = None
        if _may_hold(curve, stretch):
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
        ctx, goal = self.context(stretch), self._goal(curve, strict)
        seen = self._seen(ctx, goal, stretch)
        if seen is not None:
            return self.intro(stretch, seen)
        found = self._by_factors(curve, stretch, strict, depth)
        if found is not None:
            return found
        if self._is_regular(curve, stretch):
            return self._in_pieces(curve, stretch, strict)
        has_waves = stretch.hull is None and bool(_parts(curve.body, ("sin", "cos")))
        if has_waves and (found := self._by_bounds(curve, stretch, strict, depth)):
            return found
        if has_waves and depth > DEEPEST_OF_WAVES:
            return None
        for way in (
            self._by_a_root, self._from_an_end, self._by_a_multiple, self._by_bounds,
            self._by_exponentials, self._by_reciprocals, self._by_cutting,
        ):  # fmt: skip
            found = way(curve, stretch, strict, depth)
            if found is not None:
                return found
        return None

    def _goal(self, curve: Curve, strict: bool) -> Term:
        return ("<" if strict else "<=", "0", curve.at(self.y))

    def _seen(self, ctx: Context, goal: Term, stretch: Stretch) -> Proof | None:
        """By inspection; sines and cosines lie between −1 and 1."""
        ctx = ctx.extended()
        proofs = self.settled(ctx, stretch, goal[2])
        proof: Proof = {"rule": "inspect", **({"defined": proofs} if proofs else {})}
        if self.bench.works(ctx, goal, proof):
            return proof
        waves = []
        for fact, shown in bounds_of_waves(goal):
            if self.bench.works(ctx, fact, shown):
                waves.append((self.label(), fact, shown))
                ctx.assume(waves[-1][0], fact)
        if waves and self.bench.works(ctx, goal, proof):
            return self.given(waves, proof)
        return None

    # ------------------------------------------------------------------ factors and multiples

    def _by_factors(
        self, curve: Curve, stretch: Stretch, strict: bool, depth: int
    ) -> Proof | None:
        """Each factor has one sign."""
        whole = curve.factors
        if whole is None or sum(abs(e) for _, e in whole.factors) < 2:
            return None
        ctx = self.context(stretch).extended()
        sign = 1 if whole.constant > 0 else -1
        open_factors: list[tuple[Curve, int]] = []
        for body, exponent in whole.factors:
            factor = Curve(body)
            signs = ctx.signs(ctx.normal.scalar(factor.at(self.y)))
            if exponent % 2 == 0 and (not strict or 0 not in signs):
                continue
            if signs <= {0, 1} or signs <= {0, -1}:
                sign *= 1 if signs <= {0, 1} else -1
                continue
            way = sign_of(factor, stretch)
            if way == 0:
                return None
            sign *= way
            open_factors.append((factor if way > 0 else factor.opposite, exponent))
        if not open_factors or sign < 0:
            return None
        lemmas, steps = list[Lemma](), list[Lemma]()
        for part, exponent in open_factors:
            is_strict = strict or exponent < 0
            proof = self.prove(part, stretch, is_strict, depth)
            if proof is None:
                return None
            label, relation = self.label(), "<" if is_strict else "<="
            lemmas.append((label, stretch.stated((relation, "0", part.body)), proof))
            fact = (relation, "0", part.at(self.y))
            steps.append((f"{label}_at", fact, self.cite(label, self.y)))
            ctx.assume(f"{label}_at", fact)
        goal = self._goal(curve, strict)
        times = self._rest(whole, open_factors[0][0])
        item = {"fact": steps[0][0], "times": to_lists(times)}
        proofs = self.settled(ctx, stretch, goal[2])
        then: Proof = {"rule": "combine", "items": [item], **({"defined": proofs} if proofs else {})}
        if not self.bench.works(ctx, goal, then):
            return None
        return self.given(lemmas, self.intro(stretch, self.given(steps, then)))

    def _rest(self, whole: Factored, part: Curve) -> Term:
        """The product divided by one of its factors, or by minus one of them."""
        rest, constant = [], whole.constant
        for body, exponent in whole.factors:
            is_it = body == part.body
            if is_it or Curve(body).opposite.body == part.body:
                constant *= 1 if is_it else -1
                exponent -= 1
            if exponent:
                rest.append((Curve(body).at(self.y), exponent))
        return product_of(constant, tuple(rest))

    def _by_a_multiple(
        self, curve: Curve, stretch: Stretch, strict: bool, depth: int
    ) -> Proof | None:
        """f = m·g for an m of one sign, and a g whose slope is plainer."""
        if depth > DEEPEST - 2:
            return None
        for quotient, by in curve.multiples:
            multiple = Curve(by)
            way = sign_of(multiple, stretch)
            if way == 0:
                continue
            if way < 0:
                quotient, multiple = quotient.opposite, multiple.opposite
            found = self._from_an_end(quotient, stretch, strict, depth + 1)
            if found is None:
                continue
            proof = self._multiplied(curve, quotient, multiple, stretch, strict, found, depth)
            if proof is not None:
                return proof
        return None

    def _multiplied(
        self, curve: Curve, quotient: Curve, multiple: Curve, stretch: Stretch, strict: bool,
        found: Proof, depth: int,
    ) -> Proof | None:  # fmt: skip
        positive = self.prove(multiple, stretch, True, depth + 1)
        if positive is None:
            return None
        relation = "<" if strict else "<="
        one, other = self.label(), self.label()
        lemmas: list[Lemma] = [
            (one, stretch.stated(("<", "0", multiple.body)), positive),
            (other, stretch.stated((relation, "0", quotient.body)), found),
        ]
        facts = [("<", "0", multiple.at(self.y)), (relation, "0", quotient.at(self.y))]
        steps = [
            (f"{label}_at", fact, self.cite(label, self.y))
            for label, fact in zip((one, other), facts, strict=True)
        ]
        ctx = self.context(stretch).extended()
        for label, fact, _ in steps:
            ctx.assume(label, fact)
        goal = self._goal(curve, strict)
        proofs = self.settled(ctx, stretch, goal[2])
        item = {"fact": f"{other}_at", "times": to_lists(multiple.at(self.y))}
        then: Proof = {"rule": "combine", "items": [item], **({"defined": proofs} if proofs else {})}
        if not self.bench.works(ctx, goal, then):
            return None
        return self.given(lemmas, self.intro(stretch, self.given(steps, then)))

    # ------------------------------------------------------------------ from an end

    def _from_an_end(
        self, curve: Curve, stretch: Stretch, strict: bool, depth: int
    ) -> Proof | None:
        for left in (True, False):
            found = self.rising(
                curve, stretch, strict, left,
                lambda slope, where, is_strict: self.prove(slope, where, is_strict, depth + 1),
            )  # fmt: skip
            if found is not None:
                return found
        return None

    def rising(
        self, curve: Curve, stretch: Stretch, strict: bool, left: bool, prove: _Prove
    ) -> Proof | None:
        """The function is not negative at an end, and rises from there; ``prove`` is for that."""
        end = stretch.end(left)
        if end is None or curve.slope is None:
            return None
        is_zero = self._at_end(curve, end)
        if is_zero is None or (strict and is_zero and not stretch.is_open(left)):
            return None
        rises_strictly = strict and is_zero
        slope = curve.slope if left else curve.slope.opposite
        if not _may_hold(slope, stretch):
            return None
        found = prove(slope, stretch.inside, rises_strictly)
        if found is None:
            return None
        body = curve.body if left else ("-", curve.body)
        derived = self._derived(body, slope.body, stretch.with_end(left))
        if derived is None:
            return None
        start, rise = self.label(), self.label()
        relation = "<" if rises_strictly else "<="
        of_slope, of_derivative = self.label(), self.label()
        lemmas: list[Lemma] = [
            (of_slope, stretch.inside.stated((relation, "0", slope.body)), found),
            (of_derivative, *derived),
        ]
        items = [{"fact": rise}]
        if not is_zero:
            value = ("<" if strict else "<=", "0", curve.at(end))
            lemmas.append((start, value, {"rule": "enclose", "bits": str(BITS)}))
            items.append({"fact": start})
        ctx = self.context(stretch).extended()
        risen = self._risen(body, slope.body, relation, end, left, (of_slope, of_derivative))
        steps: list[Lemma] = [(rise, *risen)]
        for label, fact, _ in (*lemmas, *steps):
            ctx.assume(label, fact)
        goal = self._goal(curve, strict)
        proofs = self.settled(ctx, stretch, goal[2])
        then: Proof = {"rule": "combine", "items": items, **({"defined": proofs} if proofs else {})}
        if not self.bench.works(ctx, goal, then):
            return None
        return self.given(lemmas, self.intro(stretch, self.given(steps, then)))

    def _at_end(self, curve: Curve, end: Term) -> bool | None:
        """Whether the value at an end is 0; ``None`` if it is not seen that it is not negative."""
        value = curve.at(end)
        empty = Context(self.atoms)
        try:
            if empty.atoms.is_zero(empty.normal.scalar(value)):
                return True
        except Rejected:
            return None
        known = Curve(value).bounds(Fraction(0), Fraction(0))
        return False if known and known[0] > 0 else None

    def _risen(
        self, body: Term, slope: Term, relation: str, end: Term, left: bool,
        lemmas: tuple[str, str],
    ) -> tuple[Term, Proof]:  # fmt: skip
        """u(a) ≤ u(y), or u(y) ≤ u(b), by the slope of u."""
        of_slope, of_derivative = lemmas
        low, high = (end, self.y) if left else (self.y, end)
        fact = (relation, Curve(body).at(low), Curve(body).at(high))
        label = self.label()
        return fact, {
            "rule": "monotone", "name": self.s, "as": label, "body": to_lists(body),
            "from": to_lists(low), "to": to_lists(high), "slope": to_lists(slope),
            "order": {"rule": "inspect"},
            "derivative": self.cite(of_derivative, self.s),
            "sign": self.cite(of_slope, self.s),
        }  # fmt: skip

    def _derived(self, body: Term, slope: Term, stretch: Stretch) -> tuple[Term, Proof] | None:
        """That the function has this slope all along the stretch."""
        from therefore.kernel.differential import differential
        from therefore.kernel.terms import open_binder, substitute

        ctx = self.context(stretch).extended()
        inner = {**ctx.names, self.z: "real"}
        try:
            change = differential(inner, open_binder(body, self.z), self.z, "1")
            change = substitute(change, {self.z: self.y})
            proofs = self.settled(ctx, stretch, open_binder(body, self.y), change)
            value: Proof = {"rule": "combine"}
            more = self.settled(ctx, stretch, open_binder(slope, self.y))
        except Rejected:
            return None
        if more:
            value["defined"] = more
        proof: Proof = {"rule": "differentiate", "name": self.z, "value": value}
        if proofs:
            proof["defined"] = proofs
        formula = ("has_derivative", body, "#0", slope)
        goal = ("has_derivative", body, self.y, open_binder(slope, self.y))
        if not self.bench.works(self.context(stretch).extended(), goal, proof):
            return None
        return stretch.stated(formula), self.intro(stretch, proof)

    # ------------------------------------------------------------------ pieces

    def _is_regular(self, curve: Curve, stretch: Stretch) -> bool:
        """Whether both ends are numbers at which the function and its slope are defined."""
        if stretch.hull is None or curve.slope is None:
            return False
        low, high = stretch.hull
        return all(
            one.bounds(end, end) is not None for one in (curve, curve.slope) for end in (low, high)
        )

    def _in_pieces(self, curve: Curve, stretch: Stretch, strict: bool) -> Proof | None:
        """Cut where the function is zero, and then in halves."""
        places = touching_points(curve, stretch)
        left = [MOST_PIECES]
        return self._joined(curve, stretch, strict, places, left)

    def _joined(
        self, curve: Curve, stretch: Stretch, strict: bool, places: list[Term], left: list[int]
    ) -> Proof | None:
        if not places:
            return self._piece(curve, stretch, strict, left)
        middle = places[len(places) // 2]
        below, above = stretch.parted(middle)
        first = self._joined(curve, below, strict, places[: len(places) // 2], left)
        second = first and self._joined(curve, above, strict, places[len(places) // 2 + 1 :], left)
        return second and self.both(curve, stretch, strict, middle, (first, second))

    def both(
        self, curve: Curve, stretch: Stretch, strict: bool, at: Term,
        proofs: tuple[Proof | None, Proof | None],
    ) -> Proof | None:  # fmt: skip
        """The two parts of a stretch together."""
        formula = ("<" if strict else "<=", "0", curve.body)
        labels = self.label(), self.label()
        lemmas: list[Lemma] = []
        for label, part, proof in zip(labels, stretch.parted(at), proofs, strict=True):
            if proof is None:
                return None
            lemmas.append((label, part.stated(formula), proof))
        one, other = (self.cite(label, self.y) for label in labels)
        cases: Proof = {
            "rule": "cases", "on": [self.y, to_lists(at)], "as": self.label(), "less": one,
            "equal": one, "greater": other,
        }  # fmt: skip
        return self.given(lemmas, self.intro(stretch, cases))

    def _piece(
        self, curve: Curve, stretch: Stretch, strict: bool, left: list[int]
    ) -> Proof | None:
        self.check_time()
        found = self._fast(curve, stretch, strict, 0) or self._sloping(curve, stretch, strict)
        if found is not None:
            return found
        left[0] -= 1
        if left[0] < 0 or not _may_hold(curve, stretch):
            return None
        middle = stretch.middle()
        below, above = stretch.parted(middle)
        if strict and self._at_end(curve, middle) is not False:
            return None
        first = self._piece(curve, below, strict, left)
        second = first and self._piece(curve, above, strict, left)
        return second and self.both(curve, stretch, strict, middle, (first, second))

    def _fast(self, curve: Curve, stretch: Stretch, strict: bool, times: int) -> Proof | None:
        """By an enclosure, or from an end by one of the slope."""
        if stretch.hull is None:
            return None
        known = curve.bounds(*stretch.hull)
        if known and (known[0] > 0 or (known[0] == 0 and not strict)):
            return self.intro(stretch, self.box(stretch))
        if times >= MOST_SLOPES or curve.slope is None or not _may_hold(curve, stretch):
            return None
        for left in (True, False):
            found = self.rising(
                curve, stretch, strict, left,
                lambda slope, where, is_strict: self._fast(slope, where, is_strict, times + 1),
            )  # fmt: skip
            if found is not None:
                return found
        return None

    def _sloping(self, curve: Curve, stretch: Stretch, strict: bool) -> Proof | None:
        """f(y) ≥ f(a) + L·(y − a) ≥ 0, where L is a bound on the slope; or the same from b."""
        if stretch.hull is None or curve.slope is None:
            return None
        (low, high), slopes = stretch.hull, curve.slope.bounds(*stretch.hull)
        if slopes is None:
            return None
        for left in (True, False):
            steep = _short_below(slopes[0]) if left else -_short_below(-slopes[1])
            if steep == 0 or (steep > 0) == left:
                continue
            end, far = (stretch.low, stretch.high) if left else (stretch.high, stretch.low)
            width = ("+", far, ("-", end))
            base = ("+", curve.at(end), ("*", str(steep), width))
            known = Curve(base).bounds(Fraction(0), Fraction(0))
            if known is None or known[0] <= 0:
                continue
            found = self._sloped(curve, stretch, strict, left, steep, base)
            if found is not None:
                return found
        return None

    def _sloped(
        self, curve: Curve, stretch: Stretch, strict: bool, left: bool, steep: Fraction, base: Term
    ) -> Proof | None:
        """f − L·y rises from a; or L·y − f rises to b."""
        end = stretch.end(left)
        if curve.slope is None or end is None:
            return None
        if left:
            body = ("+", curve.body, ("*", str(-steep), "#0"))
            slope = ("+", curve.slope.body, str(-steep))
        else:
            body = ("+", ("-", curve.body), ("*", str(steep), "#0"))
            slope = ("+", ("-", curve.slope.body), str(steep))
        derived = self._derived(body, slope, stretch.with_end(left))
        if derived is None:
            return None
        of_slope, of_derivative, start, rise = (self.label() for _ in range(4))
        relation = "<" if strict else "<="
        lemmas: list[Lemma] = [
            (
                of_slope, stretch.inside.stated(("<=", "0", slope)),
                self.intro(stretch.inside, self.box(stretch.inside)),
            ),
            (of_derivative, *derived),
            (start, (relation, "0", base), {"rule": "enclose", "bits": str(BITS)}),
        ]  # fmt: skip
        risen = self._risen(body, slope, "<=", end, left, (of_slope, of_derivative))
        side = f"{self.prefix}_{'high' if left else 'low'}"
        items = [{"fact": rise}, {"fact": start}, {"fact": side, "times": str(abs(steep))}]
        ctx = self.context(stretch).extended()
        for label, fact, _ in (*lemmas, (rise, *risen)):
            ctx.assume(label, fact)
        goal = self._goal(curve, strict)
        proofs = self.settled(ctx, stretch, goal[2])
        then: Proof = {"rule": "combine", "items": items, **({"defined": proofs} if proofs else {})}
        if not self.bench.works(ctx, goal, then):
            return None
        return self.given(lemmas, self.intro(stretch, self.given([(rise, *risen)], then)))

    # ------------------------------------------------------------------ other forms

    def _at_another(
        self, curve: Curve, stretch: Stretch, strict: bool, other: Curve, there: Stretch,
        place: Term, conditions: list[Proof], items: list[dict[str, object]], depth: int,
    ) -> Proof | None:  # fmt: skip
        """From another function on another stretch, at a place that depends on the variable."""
        proof = self.prove(other, there, strict, depth + 1)
        if proof is None:
            return None
        label = self.label()
        relation = "<" if strict else "<="
        fact = (relation, "0", other.at(place))
        lemmas: list[Lemma] = [(label, there.stated((relation, "0", other.body)), proof)]
        ctx = self.context(stretch).extended()
        step: Lemma = (f"{label}_at", fact, self.cite(label, place, conditions))
        ctx.assume(step[0], fact)
        goal = self._goal(curve, strict)
        proofs = self.settled(ctx, stretch, goal[2])
        then: Proof = {"rule": "combine", "items": [{"fact": step[0]}, *items]}
        if proofs:
            then["defined"] = proofs
        if not self.bench.works(ctx, goal, then):
            return None
        return self.given(lemmas, self.intro(stretch, self.given([step], then)))

    def _by_a_root(
        self, curve: Curve, stretch: Stretch, strict: bool, depth: int
    ) -> Proof | None:
        """With t = √y, where that occurs, and t² for y."""
        low, high = stretch.ends
        if not low >= 0 or not _occurs(curve.body, ("sqrt", "#0")):
            return None
        other = Curve(_with_root(curve.body))
        if other.factors is None:
            return None
        other = Curve(other.factors.body)
        ends = [None if end is None else _root(end) for end in (stretch.low, stretch.high)]
        there = Stretch(ends[0], ends[1], stretch.low_open, stretch.high_open)
        conditions: list[Proof] = []
        ctx = self.context(stretch)
        for side, condition in zip(
            self.labels(stretch), there.conditions(("sqrt", self.y)), strict=True
        ):
            if not ctx.holds(condition):
                both = to_lists(("+", *condition[1:]))
                label = self.label()
                items = [{"fact": side}, {"fact": label, "times": both}]
                then: Proof = {"rule": "combine", "items": items}
                conditions.append({"rule": "suppose", "as": label, "then": then})
        return self._at_another(
            curve, stretch, strict, other, there, ("sqrt", self.y), conditions, [], depth
        )

    def _by_reciprocals(
        self, curve: Curve, stretch: Stretch, strict: bool, depth: int
    ) -> Proof | None:
        """With t = 1/y, where the function tends to 0 far out."""
        low, _ = stretch.ends
        if stretch.high is not None or stretch.low is None or not low >= 0:
            return None
        if _parts(curve.body, ("sin", "cos")):
            return None
        if (low == 0 and not stretch.low_open) or abs(curve.value(low + 1e7)) > 1e-3:
            return None
        other = Curve(Curve(curve.body).at(("/", "1", "#0")))
        if other.factors is None:
            return None
        other = Curve(other.factors.body)
        if low == 0:
            there = Stretch("0", None, True, False)
            conditions: list[Proof] = []
        else:
            top = ("/", "1", stretch.low)
            there = Stretch("0", top, True, stretch.low_open)
            times = to_lists(("/", "1", ("*", stretch.low, self.y)))
            item = {"fact": f"{self.prefix}_low", "times": times}
            conditions = [{"rule": "combine", "items": [item]}]
            condition = there.conditions(("/", "1", self.y))[1]
            if self.context(stretch).holds(condition):
                conditions = []
        place = ("/", "1", self.y)
        return self._at_another(
            curve, stretch, strict, other, there, place, conditions, [], depth + 1
        )

    def _by_exponentials(
        self, curve: Curve, stretch: Stretch, strict: bool, depth: int
    ) -> Proof | None:
        """f ≥ 1 − exp(−f) ≥ 0, where the logarithms in f go away."""
        if not _has_head(curve.body, "log"):
            return None
        raw: Term = ("+", "1", ("-", ("exp", ("-", curve.body))))
        other = Curve(raw)
        if other.factors is None:
            return None
        other = Curve(other.factors.body)
        if _has_head(other.body, "log"):
            return None
        item = {
            "fact": "axiom:exponential_bound", "with": [to_lists(("-", curve.at(self.y)))],
        }  # fmt: skip
        return self._at_another(
            curve, stretch, strict, other, stretch, self.y, [], [item], depth
        )

    def _by_bounds(
        self, curve: Curve, stretch: Stretch, strict: bool, depth: int
    ) -> Proof | None:
        """Exponentials that grow are at least what they are at the end; sines are at most 1."""
        end = stretch.low if stretch.high is None else stretch.high
        if stretch.hull is not None or end is None:
            return None
        body = curve.factors.body if curve.factors else curve.body
        ctx, lemmas, steps = self.context(stretch).extended(), list[Lemma](), list[Lemma]()
        for term in dict.fromkeys(_parts(body, ("exp",))):
            value = Curve(term).bounds_at(end)
            if value is None:
                continue
            least = _short_below(value[0])
            bound = Curve(("+", term, str(-least)))
            proof = self.prove(bound, stretch, False, DEEPEST - 1)
            if proof is not None:
                label = self.label()
                lemmas.append((label, stretch.stated(("<=", "0", bound.body)), proof))
                fact = ("<=", "0", bound.at(self.y))
                steps.append((f"{label}_at", fact, self.cite(label, self.y)))
                ctx.assume(f"{label}_at", fact)
        waves = list(dict.fromkeys(_parts(body, ("sin", "cos"))))[:MOST_WAVES]
        goal = self._goal(curve, strict)
        for choice in product((0, 1), repeat=len(waves)):
            inner, more = ctx.extended(), list[Lemma]()
            for term, which in zip(waves, choice, strict=True):
                (fact, shown) = list(bounds_of_waves(("<", "0", Curve(term).at(self.y))))[which]
                label = self.label()
                more.append((label, fact, shown))
                inner.assume(label, fact)
            proofs = self.settled(inner, stretch, goal[2])
            then: Proof = {"rule": "inspect", **({"defined": proofs} if proofs else {})}
            if self.bench.works(inner, goal, then):
                given = self.given(steps, self.given(more, then))
                return self.given(lemmas, self.intro(stretch, given))
        return None

    # ------------------------------------------------------------------ far out

    def _by_cutting(
        self, curve: Curve, stretch: Stretch, strict: bool, depth: int
    ) -> Proof | None:
        """A part that is bounded, and one where the slope has one sign for good."""
        if depth > DEEPEST_CUT:
            return None
        low, high = (self._is_good(curve, stretch.end(left)) for left in (True, False))
        if not low and not high:
            places = [*touching_points(curve, stretch), *self._between(stretch)]
            return self._cut_at(curve, stretch, strict, places[:3], depth, (True, False))
        places = self._towards(stretch, not low)
        return self._cut_at(curve, stretch, strict, places, depth, (not low, low))

    def _is_good(self, curve: Curve, end: Term | None) -> bool:
        if end is None or curve.slope is None:
            return False
        known = Curve(end).bounds(Fraction(0), Fraction(0))
        return known is not None and all(
            one.bounds(*known) is not None for one in (curve, curve.slope)
        )

    def _cut_at(
        self, curve: Curve, stretch: Stretch, strict: bool, places: list[Term], depth: int,
        order: tuple[bool, bool],
    ) -> Proof | None:  # fmt: skip
        """At one of the places; the part that may be in vain comes first."""
        for place in places:
            if strict and self._at_end(curve, place) is not False:
                continue
            parts = stretch.parted(place)
            found: dict[bool, Proof | None] = {}
            for is_first in sorted((True, False), key=lambda one: one != order[0]):
                part = parts[0] if is_first else parts[1]
                if is_first == order[0] and order[0] != order[1]:
                    found[is_first] = self._far_out(curve, part, strict, depth + 1)
                else:
                    found[is_first] = self.prove(curve, part, strict, depth + 1)
                if found[is_first] is None:
                    break
            else:
                return self.both(curve, stretch, strict, place, (found[True], found[False]))
        return None

    def _far_out(self, curve: Curve, stretch: Stretch, strict: bool, depth: int) -> Proof | None:
        if self._is_good(curve, stretch.low) and self._is_good(curve, stretch.high):
            return self.prove(curve, stretch, strict, depth)
        if not _may_hold(curve, stretch):
            return None
        seen = self._seen(self.context(stretch), self._goal(curve, strict), stretch)
        if seen is not None:
            return self.intro(stretch, seen)
        for way in (self._by_bounds, self._from_an_end, self._by_a_multiple):
            found = way(curve, stretch, strict, depth)
            if found is not None:
                return found
        return self.prove(curve, stretch, strict, depth) if depth == 1 else None

    @staticmethod
    def _between(stretch: Stretch) -> list[Term]:
        low, high = stretch.ends
        places = [p for p in (0, 1, -1) if low < p < high]
        if math.isfinite(low) and math.isfinite(high):
            return [stretch.middle()]
        return [str(p) for p in places]

    @staticmethod
    def _towards(stretch: Stretch, left: bool) -> list[Term]:
        """Places towards the end at which the function is not known, nearer and nearer."""
        low, high = stretch.ends
        if math.isfinite(low) and math.isfinite(high):
            width = Fraction(high - low).limit_denominator(64) or Fraction(1, 64)
            near = [width / k for k in _NEAR]
            if left:
                return [str(Fraction(low).limit_denominator(1000) + step) for step in near]
            return [str(Fraction(high).limit_denominator(1000) - step) for step in near]
        if left:
            return [str(math.floor(high) - k) for k in _FAR]
        return [str(math.ceil(low) + k) for k in _FAR]


# ------------------------------------------------------------------ looks in floats


def _may_hold(curve: Curve, stretch: Stretch) -> bool:
    """Whether no sample shows a negative value. Only a hint."""
    for place in stretch.samples:
        value = curve.value(place)
        if value < 0 and value < -_SLACK * curve.magnitude(place):
            known = curve.bounds(Fraction(place), Fraction(place))
            if known is not None and known[1] < 0:
                return False
    return True


def sign_of(curve: Curve, stretch: Stretch) -> int:
    """1 or −1 if all samples have this sign, else 0."""
    if _may_hold(curve, stretch):
        return 1
    return -1 if _may_hold(curve.opposite, stretch) else 0


def _short_below(value: Fraction) -> Fraction:
    """A short fraction a little below."""
    if value == 0:
        return value
    bits = 7 - (value.numerator.bit_length() - value.denominator.bit_length())
    scale = Fraction(2) ** bits
    return Fraction(math.floor(value * scale)) / scale


# ------------------------------------------------------------------ looks at terms


def _occurs(term: Term, part: Term) -> bool:
    return term == part or (isinstance(term, tuple) and any(_occurs(p, part) for p in term))


def _has_head(term: Term, head: str) -> bool:
    return isinstance(term, tuple) and (term[0] == head or any(_has_head(p, head) for p in term))


def _parts(term: Term, heads: tuple[str, ...]) -> list[Term]:
    """The parts with one of these heads that depend on the variable."""
    if isinstance(term, str):
        return []
    if term[0] in heads and _occurs(term, "#0"):
        return [term]
    return [part for inner in term[1:] for part in _parts(inner, heads)]


def _with_root(term: Term) -> Term:
    """#0 for √#0, and its square for what else is #0."""
    if term == ("sqrt", "#0"):
        return "#0"
    if isinstance(term, str):
        return ("^", "#0", "2") if term == "#0" else term
    return (term[0], *(_with_root(part) for part in term[1:]))


def _root(end: Term) -> Term:
    """The root of an end, exactly if that is a fraction."""
    if isinstance(end, str):
        value = Fraction(end)
        over, under = math.isqrt(value.numerator), math.isqrt(value.denominator)
        if over * over == value.numerator and under * under == value.denominator:
            return str(Fraction(over, under))
    return ("sqrt", end)
