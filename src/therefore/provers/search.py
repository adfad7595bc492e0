"""The search for a proof: tactics in order of cost, each opening smaller goals.

A tactic takes a goal in a kernel context and returns proof data, or None. It extends contexts
just as the kernel's rule of the same name does. No tactic knows what a claim is about.
"""

from __future__ import annotations

from collections.abc import Callable

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import close, mentions, open_binder, reduced, sort_of, substitute
from therefore.provers import analysis, cyclic, roots
from therefore.provers.arithmetic import prove_by_adding
from therefore.provers.attempt import Proof
from therefore.provers.bench import Bench
from therefore.provers.candidates import subterms
from therefore.provers.matching import is_open

__all__ = ["Search"]

DEEPEST = 9
_VARIABLES = {"integer": "k", "real": "x", "size": "n"}


class Search:
    """Tactics over one bench."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.tactics: tuple[Callable[[Context, Term, int], Proof | None], ...] = (
            self.at_hand,
            self.by_replacing_throughout,
            self.by_parts,
            self.by_witness,
            self.by_entries,
            self.by_hinted_induction,
            self.by_introduction,
            self.by_lemma,
            self.by_derivative,
            self.by_limit,
            self.by_adding,
            self.by_difference,
            self.by_congruence,
            self.by_replacing,
            self.by_reindexing,
            self.by_cancelling,
            self.by_signs,
            self.by_horizon,
        )

    def prove(self, ctx: Context, goal: Term, depth: int = 0) -> Proof | None:
        """A proof of the goal, or None when the tactics are at an end."""
        if depth > DEEPEST:
            return None
        for tactic in self.tactics:
            self.bench.check_time()
            try:
                proof = tactic(ctx, goal, depth)
            except (Rejected, KeyError):
                proof = None
            if proof is not None:
                return proof
        return None

    # -------------------------------------------------------------- logic

    def at_hand(self, ctx: Context, goal: Term, depth: int) -> Proof | None:
        for label, fact in ctx.facts.items():
            if fact == goal:
                return {"rule": "assumption", "fact": label}
        if goal[0] in ("=", "<=", "<", "!=") and self.bench.works(ctx, goal, {"rule": "inspect"}):
            return {"rule": "combine"} if goal[0] == "=" and self.bench.works(
                ctx, goal, {"rule": "combine"}
            ) else {"rule": "inspect"}
        return None

    def by_parts(self, ctx: Context, goal: Term, depth: int) -> Proof | None:
        if goal[0] != "and":
            return None
        parts = [self.prove(ctx, part, depth + 1) for part in goal[1:]]
        return None if None in parts else {"rule": "split", "parts": parts}

    def by_witness(self, ctx: Context, goal: Term, depth: int) -> Proof | None:
        if goal[0] != "exists":
            return None
        values, rest = [], goal
        for term in self.bench.hints.witness:
            if rest[0] == "exists":
                values.append(to_lists(term))
                rest = reduced(open_binder(rest[2], term), ctx.names)
        if not values:
            return None
        then = self.prove(ctx, rest, depth + 1)
        return then and {"rule": "exists", "values": values, "then": then}

    def by_entries(self, ctx: Context, goal: Term, depth: int) -> Proof | None:
        sort = sort_of(goal[1], ctx.names) if goal[0] == "=" else ""
        if sort[:1] != ("matrix",):
            return None
        inner = ctx.extended()
        names = []
        for wish, size in zip(("i", "j"), sort[1:], strict=True):
            names.append(inner.fresh(wish))
            inner.declare(names[-1], ("residue", size))
        equation = ("=", ("entry", goal[1], *names), ("entry", goal[2], *names))
        then = self.prove(inner, equation, depth + 1)
        return then and {"rule": "entries", "names": names, "then": then}

    def by_introduction(self, ctx: Context, goal: Term, depth: int) -> Proof | None:
        if goal[0] not in ("forall", "implies"):
            return None
        inner, names, labels = ctx.extended(), [], []
        while goal[0] in ("forall", "implies"):
            if goal[0] == "forall":
                wish = _VARIABLES.get(goal[1], goal[1][0][0]) if goal[1] else "x"
                names.append(inner.fresh(wish))
                inner.declare(names[-1], goal[1])
                goal = open_binder(goal[2], names[-1])
            else:
                labels.append(f"given{len(inner.facts)}")
                inner.assume(labels[-1], goal[1])
                defines_name = goal[1][0] == "=" and isinstance(goal[1][1], str)
                goal = goal[2]
                if defines_name:
                    break
        then = self.prove(inner, goal, depth + 1)
        return then and {"rule": "intro", "names": names, "labels": labels, "then": then}

    def by_lemma(self, ctx: Context, goal: Term, depth: int) -> Proof | None:
        """The goal is what a lemma says, its names read as they stand."""
        for source in self.bench.sources:
            formula, terms = source.formula, []
            for name in source.names:
                if formula[0] != "forall" or ctx.names.get(name) != formula[1]:
                    break
                terms.append(name)
                formula = open_binder(formula[2], name)
            else:
                premises = []
                while formula != goal and formula[0] == "implies":
                    premises.append(formula[1])
                    formula = formula[2]
                if formula != goal or formula[0] == "implies":
                    continue
                conditions = self._conditions(ctx, premises, depth)
                if conditions is not None:
                    return {
                        "rule": "use", "fact": source.reference, "with": terms,
                        "conditions": conditions, "as": "cited",
                        "then": {"rule": "assumption", "fact": "cited"},
                    }  # fmt: skip
        return None

    def _conditions(self, ctx: Context, premises: list[Term], depth: int) -> list[Proof] | None:
        proofs = []
        for premise in premises:
            if not ctx.holds(premise):
                proof = self.prove(ctx, premise, depth + 3)
                if proof is None:
                    return None
                proofs.append(proof)
        return proofs

    # -------------------------------------------------------------- induction

    def by_hinted_induction(self, ctx: Context, goal: Term, depth: int) -> Proof | None:
        hint = self.bench.hints.induction
        if not hint or depth > 2:
            return None
        if goal[:2] == ("forall", "integer"):
            return self._induction(ctx, goal, depth)
        if hint in ctx.names and goal[0] in ("=", "<=", "<") and mentions(goal, hint):
            return self._over_horizon(ctx, goal, hint, depth)
        return None

    def by_horizon(self, ctx: Context, goal: Term, depth: int) -> Proof | None:
        """Induction over an integer that ends a sum, without being told."""
        if depth > 1 or goal[0] not in ("=", "<=", "<") or self.bench.hints.induction:
            return None
        ends = {t[2] for t in subterms(goal) if t[0] == "sum" and isinstance(t[2], str)}
        for name in sorted(ends):
            if ctx.names.get(name) == "integer":
                proof = self._over_horizon(ctx, goal, name, depth)
                if proof:
                    return proof
        return None

    def _over_horizon(self, ctx: Context, goal: Term, name: str, depth: int) -> Proof | None:
        """Prove the goal for every m from its least value up to the horizon, then take m = T."""
        low = next(
            (f[1] for f in ctx.facts.values() if f[0] == "<=" and f[2] == name), None
        )
        if low is None:
            return None
        self.bench.note(f"induction over {name}")
        in_range = ("implies", ("<=", low, "#0"), ("implies", ("<=", "#0", name), close(goal, name)))
        general = ("forall", "integer", in_range)
        proof = self._induction(ctx, general, depth)
        if proof is None:
            return None
        last: Proof = {
            "rule": "use", "fact": "all", "with": [name], "as": "last",
            "then": {"rule": "assumption", "fact": "last"},
        }  # fmt: skip
        return {"rule": "have", "fact": to_lists(general), "as": "all", "proof": proof, "then": last}

    def _induction(self, ctx: Context, goal: Term, depth: int) -> Proof | None:
        index = ctx.fresh("m")
        opened = open_binder(goal[2], index)
        if opened[0] != "implies" or opened[1][0] != "<=" or opened[1][2] != index:
            return None
        low, formula, high = opened[1][1], opened[2], None
        if formula[0] == "implies" and formula[1][:2] == ("<=", index):
            high, formula = formula[1][2], formula[2]
        base, step = ctx.extended(), ctx.extended()
        step.declare(index, "integer")
        step.assume(f"{index}_from", ("<=", low, index))
        if high is not None:
            base.assume(f"{index}_range", ("<=", low, high))
            step.assume(f"{index}_to", ("<=", ("+", index, "1"), high))
        step.assume(f"{index}_ih", formula)
        first = self.prove(base, substitute(formula, {index: low}), depth + 1)
        if first is None:
            self.bench.note("the base of the induction is open")
            return None
        second = self.prove(step, substitute(formula, {index: ("+", index, "1")}), depth + 1)
        if second is None:
            self.bench.note("the step of the induction is open")
            return None
        return {"rule": "induction", "index": index, "base": first, "step": second}

    # -------------------------------------------------------------- relations

    def by_adding(self, ctx: Context, goal: Term, depth: int) -> Proof | None:
        return prove_by_adding(self.bench, ctx, goal)

    def by_difference(self, ctx: Context, goal: Term, depth: int) -> Proof | None:
        """u ≠ v, for if they were equal, a number that is not zero would be zero."""
        if goal[0] != "!=" or sort_of(goal[1], ctx.names)[0] == "matrix":
            return None
        gap = ("+", goal[1], ("-", goal[2]))
        label = f"equal{len(ctx.facts)}"
        for times, positive in roots.separating_multipliers(ctx, gap):
            items = [{"fact": label, "times": to_lists(times)}, {"positive": to_lists(positive)}]
            proof: Proof = {
                "rule": "suppose", "as": label, "then": {"rule": "combine", "items": items},
            }  # fmt: skip
            if self.bench.works(ctx, goal, proof):
                return proof
        return None

    def by_derivative(self, ctx: Context, goal: Term, depth: int) -> Proof | None:
        return analysis.prove_derivative(self, ctx, goal, depth)

    def by_limit(self, ctx: Context, goal: Term, depth: int) -> Proof | None:
        return analysis.prove_limit(self, ctx, goal, depth)

    def by_reindexing(self, ctx: Context, goal: Term, depth: int) -> Proof | None:
        return cyclic.prove_by_reindexing(self.bench, ctx, goal)

    def by_congruence(self, ctx: Context, goal: Term, depth: int) -> Proof | None:
        """Matrix equations are used entry by entry, convexity at the points of the goal."""
        return cyclic.prove_by_entries_of_facts(
            self, ctx, goal, depth
        ) or analysis.prove_by_convexity(self, ctx, goal, depth)

    def by_replacing(self, ctx: Context, goal: Term, depth: int) -> Proof | None:
        """Replace a name by what a fact says it equals."""
        if goal[0] not in ("=", "<=", "<", "!="):
            return None
        return self._replace_name(ctx, goal, depth + 1)

    def by_replacing_throughout(self, ctx: Context, goal: Term, depth: int) -> Proof | None:
        """The same in a compound goal, before it is taken apart."""
        if goal[0] not in ("and", "forall", "implies") or depth > 4:
            return None
        return self._replace_name(ctx, goal, depth)

    def _replace_name(self, ctx: Context, goal: Term, depth: int) -> Proof | None:
        for label, fact in ctx.facts.items():
            if fact[0] != "=" or not isinstance(fact[1], str) or fact[1] not in ctx.names:
                continue
            name, value = fact[1], fact[2]
            if mentions(value, name) or not mentions(goal, name):
                continue
            template = close(goal, name)
            then = self.prove(ctx, open_binder(template, value), depth + 1)
            if then is not None:
                return {
                    "rule": "rewrite", "template": to_lists(template), "from": name,
                    "to": to_lists(value), "equal": {"rule": "assumption", "fact": label},
                    "then": then,
                }  # fmt: skip
        return None

    def by_cancelling(self, ctx: Context, goal: Term, depth: int) -> Proof | None:
        """u = v from ‖u − v‖² ≤ 0, and a = b from c·(a − b) = 0 with c ≠ 0."""
        if goal[0] != "=" or depth > 6:
            return None
        sort = sort_of(goal[1], ctx.names)
        gap = ("+", goal[1], ("-", goal[2]))
        if sort[0] == "vector":
            small = ("<=", ("inner", gap, gap), "0")
            proof = prove_by_adding(self.bench, ctx, small)
            return proof and {
                "rule": "use", "fact": "axiom:zero_vector", "with": [sort[1], to_lists(gap)],
                "conditions": [] if ctx.holds(small) else [proof], "as": "gap",
                "then": {"rule": "combine", "items": [{"fact": "gap"}]},
            }  # fmt: skip
        if sort not in ("real", "integer", "size"):
            return None
        small = ("<=", ("^", gap, "2"), "0")
        proof = prove_by_adding(self.bench, ctx, small)
        if proof is not None:
            return {
                "rule": "use", "fact": "axiom:zero_square", "with": [to_lists(gap)],
                "conditions": [] if ctx.holds(small) else [proof], "as": f"gap{len(ctx.facts)}",
                "then": {
                    "rule": "combine", "items": [{"fact": f"gap{len(ctx.facts)}"}]
                },
            }  # fmt: skip
        return analysis.prove_by_nonzero_factor(self, ctx, gap, depth)

    def by_signs(self, ctx: Context, goal: Term, depth: int) -> Proof | None:
        """Split on the signs of what stands in absolute values, or of the author's cases."""
        if depth > 3:
            return None
        inside = [t[1] for t in subterms(goal) if t[0] == "abs" and not is_open(t[1])]
        for term in [*self.bench.hints.cases, *dict.fromkeys(inside)]:
            if any(f in ctx.facts.values() for f in _sign_facts(term)):
                continue
            proof: Proof = {"rule": "cases", "on": [to_lists(term), "0"]}
            proof["as"] = f"sign{len(ctx.facts)}"
            for branch, fact in zip(("less", "equal", "greater"), _sign_facts(term), strict=True):
                inner = ctx.extended()
                inner.assume(proof["as"], fact)
                found = self.prove(inner, goal, depth + 1)
                if found is None:
                    break
                proof[branch] = found
            else:
                return proof
        return None


def _sign_facts(term: Term) -> tuple[Term, Term, Term]:
    return ("<", term, "0"), ("=", term, "0"), ("<", "0", term)

