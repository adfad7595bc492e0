"""What the kernel's formulas mean, and what they demand of single cells.

Quantifiers over whole numbers are enumerated. A "for all" over real numbers, vectors or
matrices is sampled, so that it may be refuted but not confirmed; what "exists" is looked for.

Subclasses supply the arithmetic: float64 over a batch (``evaluate``), fractions (``exact``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from math import ceil, floor
from typing import Any

from therefore.goal import Term
from therefore.refuters.logic import Truth, conjunction, denial, disjunction, implication
from therefore.refuters.meaning import Meaning, is_function, is_tabular
from therefore.refuters.shapes import definite_of, differentiable_of, minimiser_of
from therefore.refuters.terms import free_names, is_discrete, mentions_bound
from therefore.refuters.values import Atom, Bound, Cell, Closure, Residue, Unreadable

__all__ = ["Interpreter"]

RELATIONS = ("=", "!=", "<=", "<")
# Where nothing bounds a whole number, these are looked at.
_SAMPLED_INTEGERS = (0, 1, 2, 3, -1, 4, -2, 5, 7)


class Interpreter(Meaning):
    """The values of terms and the truth of formulas under one choice of sizes and cells."""

    def formula(self, formula: Term, bound: Bound = ()) -> Any:
        """The truth of a formula: a ``Truth``, or an array of them over the batch."""
        op = formula[0]
        if op in RELATIONS:
            return self.relation(op, formula[1], formula[2], bound)
        if op == "and" or op == "or":
            join = conjunction if op == "and" else disjunction
            truth = self.formula(formula[1], bound)
            for part in formula[2:]:
                truth = join(truth, self.formula(part, bound))
            return truth
        if op == "implies":
            premise = self.formula(formula[1], bound)
            if _everywhere(premise, Truth.FALSE):
                return Truth.TRUE
            return implication(premise, self.formula(formula[2], bound))
        if op == "forall":
            function = differentiable_of(formula)
            if function is not None and function in self.problem.sorts:
                return self.differentiable(self.name(function))
            form = definite_of(formula)
            if form is not None and not bound:
                return self.definite(self.term(form[0]), form[1])
            return self._forall(formula, bound)
        if op == "exists":
            return self._exists(formula, bound)
        if op == "false":
            return Truth.FALSE
        if op == "not":
            return denial(self.formula(formula[1], bound))
        if op == "root_of_unity":
            base, size = self.term(formula[2], bound), self.size(formula[1], bound)
            return Truth.TRUE if pow(base.value, size, base.modulus) == 1 else Truth.FALSE
        if op == "invertible":
            return self.invertible(self.term(formula[1], bound))
        if op == "tends":
            return self.tends(formula[1], formula[2], formula[3], bound)
        if op == "integrates":
            return self.integrates(formula, bound)
        if op == "has_derivative":
            return self.has_derivative(formula[1], formula[2], formula[3], bound)
        if op == "differentiable":
            function = formula[1]
            if isinstance(function, str) and function in self.definitions:
                sorts, body = self.definitions[function]
                return self.differentiable(Closure(self, sorts[0], body, ()))
            return self.differentiable(self.term(function, bound))
        raise Unreadable(f"no formula {op!r}")

    def _forall(self, formula: Term, bound: Bound) -> Any:
        sort, body = formula[1], formula[2]
        whole = self.whole_values(sort, body, bound)
        truth: Any = Truth.TRUE
        if whole is not None:
            values, complete, body = whole
            for value in values:
                truth = conjunction(truth, self.formula(body, (value, *bound)))
            return truth if complete else conjunction(truth, Truth.PLAUSIBLE)
        if minimiser_of(formula) is not None:
            truth = self.stationary(formula, bound)
        sorts = [sort]
        while body[0] == "forall" and not is_discrete(body[1]):
            sorts.append(body[1])
            body = body[2]
        sampled = False
        for sample in self.samples_for(sorts, body, bound):
            sampled = True
            truth = conjunction(truth, self.formula(body, (*reversed(sample), *bound)))
        return conjunction(truth, Truth.PLAUSIBLE if sampled else Truth.UNKNOWN)

    def samples_for(
        self, sorts: list[Term], body: Term, bound: Bound
    ) -> Iterable[tuple[Any, ...]]:
        """Values of the sorts to try a body at."""
        return self.samples(sorts, bound)

    def _exists(self, formula: Term, bound: Bound) -> Any:
        sort, body = formula[1], formula[2]
        if is_discrete(sort):
            values, complete, _ = self.whole_values(sort, _as_premises(body), bound) or ((), 0, 0)
            truth: Any = Truth.FALSE
            for value in values:
                truth = disjunction(truth, self.formula(body, (value, *bound)))
            return truth if complete else disjunction(truth, Truth.UNKNOWN)
        if sort == "real" and body[0] == "has_derivative" and body[3] == "#0":
            unused = (self.term("0", bound), *bound)
            if not mentions_bound(body[1], 1) and not mentions_bound(body[2], 0):
                return self.some_derivative(body[1], body[2], unused)
        sorts = [sort]
        while body[0] == "exists" and not is_discrete(body[1]):
            sorts.append(body[1])
            body = body[2]
        return self.solve(sorts, body, bound)

    def whole_values(
        self, sort: Term, body: Term, bound: Bound
    ) -> tuple[list[Any], bool, Term] | None:
        """The values of a whole-number quantifier, whether that is all of them, and the body."""
        if isinstance(sort, tuple) and sort[0] == "residue":
            modulus = self.size(sort[1], bound)
            return [Residue(k, modulus) for k in range(modulus)], True, body
        if not is_discrete(sort):
            return None
        lo, hi = self._range(body, bound)
        if sort == "size":
            lo = 1 if lo is None else max(lo, 1)
        while body[0] == "implies" and _is_bound_of_index(body[1]):
            body = body[2]
        if lo is not None and hi is not None:
            return list(range(lo, hi + 1)), True, body
        if lo is not None:
            return list(range(lo, lo + 5)), False, body
        if hi is not None:
            return list(range(hi, hi - 5, -1)), False, body
        return list(_SAMPLED_INTEGERS), False, body

    def is_unbounded(self, formula: Term) -> bool:
        """Whether this says something of all integers from some number on, or of all."""
        if formula[:2] != ("forall", "integer"):
            return False
        found = self.whole_values(formula[1], formula[2], ())
        return found is not None and not found[1]

    def _range(self, body: Term, bound: Bound) -> tuple[int | None, int | None]:
        lo: int | None = None
        hi: int | None = None
        while body[0] == "implies" and _is_bound_of_index(body[1]):
            for part in body[1][1:] if body[1][0] == "and" else (body[1],):
                below = part[2] == "#0"
                value = self.term(part[1] if below else part[2], (None, *bound))
                strict = part[0] == "<"
                if below:
                    least = floor(value) + 1 if strict else ceil(value)
                    lo = least if lo is None else max(lo, least)
                else:
                    most = ceil(value) - 1 if strict else floor(value)
                    hi = most if hi is None else min(hi, most)
            body = body[2]
        return lo, hi

    # --- atoms, for building instances ---------------------------------------------------

    def atoms(self, formula: Term, bound: Bound = ()) -> Iterator[Atom]:
        """The relations in a formula that it demands, whole-number quantifiers enumerated."""
        op = formula[0]
        if op in RELATIONS:
            yield Atom(op, formula[1], formula[2], bound)
        elif op == "and":
            for part in formula[1:]:
                yield from self.atoms(part, bound)
        elif op == "implies":
            yield from self.atoms(formula[2], bound)
        elif op == "forall":
            whole = self.whole_values(formula[1], formula[2], bound)
            if whole is not None:
                values, _, body = whole
                for value in values:
                    yield from self.atoms(body, (value, *bound))

    def key_of(self, term: Term, bound: Bound) -> Cell | None:
        """The cell that a term names, or ``None``: a declared name, ``w(t)``, ``B[i, j]``."""
        sorts = self.problem.sorts
        if isinstance(term, str):
            if term not in sorts or is_discrete(sorts[term]):
                return None
            return None if is_function(sorts[term]) else (term,)
        if term[0] == "app" and isinstance(term[1], str) and term[1] in sorts:
            sort = sorts[term[1]]
            if is_tabular(sort) and all(self.is_whole(part) for part in term[2:]):
                return self._key(term[1], sort, [self.term(part, bound) for part in term[2:]])
        if (
            term[0] == "entry"
            and len(term) == 4
            and isinstance(term[1], str)
            and term[1] in sorts
            and all(self.is_whole(part) for part in term[2:])
        ):
            row, column = (self._whole(self.term(part, bound)) for part in term[2:])
            sort = sorts[term[1]]
            return (term[1], row % self.size(sort[1]), column % self.size(sort[2]))
        return None

    def is_whole(self, term: Term) -> bool:
        """Whether the value of a term is fixed by the sizes alone."""
        return all(name in self.sizes for name in self.names(term))

    def names(self, term: Term) -> frozenset[str]:
        """The declared names that a term depends on, through definitions too."""
        names = free_names(term)
        for name in names & frozenset(self.definitions):
            names = (names - {name}) | self.names(self.definitions[name][1])
        return names

    def rules_of(self, hypotheses: Iterable[Term]) -> dict[Cell, tuple[Term, Bound]]:
        """What the hypotheses' equations determine, as far as one side is a cell."""
        rules: dict[Cell, tuple[Term, Bound]] = {}
        for hypothesis in hypotheses:
            for atom in self._by_entries(self.atoms(hypothesis)):
                if atom.relation != "=":
                    continue
                for target, value in ((atom.left, atom.right), (atom.right, atom.left)):
                    key = self.key_of(target, atom.bound)
                    if key is None or key in rules:
                        continue
                    if len(key) == 1 and key[0] in self.names(value):
                        continue
                    if len(key) == 3 and _is_tangled(key[0], value):
                        continue
                    rules[key] = (value, atom.bound)
                    break
        return rules

    def _by_entries(self, atoms: Iterable[Atom]) -> Iterator[Atom]:
        """Equations of matrices, of which no side is a name alone, entry by entry."""
        for atom in atoms:
            sides = atom.left, atom.right
            shapes = [self._matrix_shape(side, atom.bound) for side in sides]
            shape = shapes[0] or shapes[1]
            member = any((self.key_of(side, atom.bound) or ())[2:] == () and side[0] == "app"
                         for side in sides)  # fmt: skip
            if atom.relation != "=" or shape is None or member or self._defines(*sides):
                yield atom
                continue
            for i in range(shape[0]):
                for j in range(shape[1]):
                    left, right = (_entry_of(side, str(i), str(j)) for side in sides)
                    yield Atom("=", left, right, atom.bound)

    def _defines(self, left: Term, right: Term) -> bool:
        return any(
            isinstance(one, str) and one in self.problem.sorts and one not in self.names(other)
            for one, other in ((left, right), (right, left))
        )

    def residuals(self, formula: Term, bound: Bound = ()) -> list[Any]:
        """What must vanish for a formula to hold.

        Left minus right of every equation that it demands; for "p minimises O", where every
        member of our families is smooth or convex, the gradient of O at p.
        """
        minimiser = minimiser_of(formula)
        if minimiser is not None:
            point, sort, body = minimiser
            value = self.coerce(self.term(point), sort, bound)
            if sort == "real":
                return [self.derivative(body, value, bound)]
            return [self.steepness(Closure(self, sort, body, bound), value)]
        sides = [
            (self.term(atom.left, atom.bound), self.term(atom.right, atom.bound))
            for atom in self.atoms(formula, bound)
            if atom.relation == "="
        ]
        return [
            self._plus(left, self.negate(right))
            for left, right in sides
            if not (isinstance(left, int | Residue) and isinstance(right, int | Residue))
        ]

    def coordinates(self, sort: Term, bound: Bound) -> int | None:
        """How many numbers make a value of the sort; ``None`` if it has no finite shape."""
        if sort == "real":
            return 1
        if isinstance(sort, tuple):
            if sort[0] == "vector":
                return self.size(sort[1], bound)
            if sort[0] == "matrix":
                return self.size(sort[1], bound) * self.size(sort[2], bound)
            if sort[0] == "function" and all(
                isinstance(s, tuple) and s[0] == "residue" for s in sort[1]
            ):
                each = self.coordinates(sort[2], bound)
                for argument in sort[1]:
                    each = None if each is None else each * self.size(argument[1], bound)
                return each
        return None

    def build(self, sort: Term, numbers: list[Any], bound: Bound) -> Any:
        """The value of the sort that has these coordinates."""
        if sort == "real":
            return numbers[0]
        if sort[0] == "vector":
            return self.vector(numbers)
        if sort[0] == "matrix":
            columns = self.size(sort[2], bound)
            rows = range(0, len(numbers), columns)
            return self.matrix([numbers[i : i + columns] for i in rows])
        counts = [self.size(argument[1], bound) for argument in sort[1]]
        indices = list(product(*(range(count) for count in counts)))
        each = len(numbers) // len(indices)
        values = {
            index: self.build(sort[2], numbers[k * each : (k + 1) * each], bound)
            for k, index in enumerate(indices)
        }
        return lambda *at: values[
            tuple(self._whole(a) % count for a, count in zip(at, counts, strict=True))
        ]


def _is_tangled(name: str, value: Term) -> bool:
    """Whether a matrix occurs in a term otherwise than by single entries."""
    if isinstance(value, str):
        return value == name
    if value[0] == "entry" and value[1] == name:
        return False
    return any(_is_tangled(name, part) for part in value[1:])


def _entry_of(term: Term, i: str, j: str) -> Term:
    """An entry of a matrix term, of its parts where that is the entry of a part."""
    if isinstance(term, tuple):
        if term[0] == "transpose":
            return _entry_of(term[1], j, i)
        if term[0] == "-" or (term[0] == "+" and len(term) > 2):
            return (term[0], *(_entry_of(part, i, j) for part in term[1:]))
    return ("entry", term, i, j)


def _everywhere(truth: Any, wanted: Truth) -> bool:
    return bool((truth == wanted) if isinstance(truth, int) else (truth == wanted).all())


def _is_bound_of_index(premise: Term) -> bool:
    if premise[0] == "and":
        return all(_is_bound_of_index(part) for part in premise[1:])
    if premise[0] not in ("<=", "<"):
        return False
    sides = (premise[1], premise[2])
    return "#0" in sides and sum(mentions_bound(side, 0) for side in sides) == 1


def _as_premises(body: Term) -> Term:
    """``(lo <= #0 and #0 <= hi and P)`` of an exists as the premises that a forall has."""
    parts = list(body[1:]) if body[0] == "and" else []
    for part in reversed([p for p in parts if _is_bound_of_index(p)]):
        body = ("implies", part, body)
    return body
