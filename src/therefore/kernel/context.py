"""What is declared and known at one place of a proof, and what holds there at a glance."""

from __future__ import annotations

from collections.abc import Callable

from .atoms import Atoms, Matrix
from .data import Term
from .differential import paired
from .errors import Rejected
from .fields import is_element, is_zero_element
from .inverses import is_invertible
from .polynomials import ONE, Scalar
from .portions import is_integrable
from .signs import NONNEGATIVE, POSITIVE, Inspection, Signs, signs_of_product
from .sorts import joined
from .terms import fits, negation, sort_of

__all__ = ["FACTS", "HOLDS", "Context", "is_declared_function"]

# By the head of a fact, what else becomes known with it (label and fact); by the head of a
# statement, whether it plainly holds. A theory enters its own.
FACTS: dict[str, Callable[[Context, str, Term], None]] = {}
HOLDS: dict[str, Callable[[Context, Term], bool]] = {}

_ALLOWED: dict[str, Signs] = {
    "=": frozenset({0}),
    "!=": frozenset({-1, 1}),
    "<=": NONNEGATIVE,
    "<": POSITIVE,
}


class Context(Inspection):
    """Declared names with their sorts, labelled facts, and the normal forms they allow."""

    def __init__(self, atoms: Atoms, parent: Context | None = None) -> None:
        super().__init__(atoms, list(parent.known) if parent else [])
        self.names: dict[str, Term] = dict(parent.names) if parent else {}
        self.facts: dict[str, Term] = dict(parent.facts) if parent else {}
        self.defined: set[Term] = set(parent.defined) if parent else set()
        self.normal.names.update(self.names)
        if parent:
            self.normal.laws = parent.normal.laws.copied()
            self.normal.symmetric |= parent.normal.symmetric

    def extended(self) -> Context:
        return Context(self.atoms, self)

    def declare(self, name: str, sort: Term) -> None:
        if name in self.names:
            raise Rejected("NAME_TAKEN", name)
        self.names[name] = sort
        self.normal.names[name] = sort
        if sort == "size":
            size = self.normal.scalar(name)
            self.known += [(size, POSITIVE), (size - ONE, NONNEGATIVE)]
        self.normal.done.clear()

    def fresh(self, wish: str) -> str:
        """The first of i, i1, i2, … that is not declared."""
        candidates = (wish, *(f"{wish}{k}" for k in range(1, len(self.names) + 2)))
        return next(name for name in candidates if name not in self.names)

    def assume(self, label: str, formula: Term) -> None:
        """Add a fact that is defined and holds here. The parts of a conjunction are facts too.

        So is what ¬φ means, if that can be said without a negation.
        """
        if label in self.facts:
            raise Rejected("NAME_TAKEN", label)
        self.facts[label] = formula
        if formula[0] == "and":
            for k, part in enumerate(formula[1:], 1):
                self.assume(f"{label}_{k}", part)
        elif formula[0] == "not" and negation(formula[1]) != formula:
            self.assume(f"{label}_not", negation(formula[1]))
        elif formula[0] == "invertible":
            self._know(("det", formula[1]), frozenset({-1, 1}))
        elif formula[0] == "!=" and sort_of(formula[1], self.names)[0] in ("vector", "matrix"):
            gap = ("+", formula[1], ("-", formula[2]))
            self._know(paired(self.names, gap, gap), POSITIVE)
        elif formula[0] in ("=", "!=", "<=", "<") and self._compares_numbers(formula):
            difference = self.normal.scalar(formula[2]) - self.normal.scalar(formula[1])
            self.known.append((difference, _ALLOWED[formula[0]]))
            if formula[0] == "<" and self._compares_integers(formula):
                self.known.append((difference - ONE, NONNEGATIVE))
            self.normal.done.clear()
        if formula[0] in FACTS:
            FACTS[formula[0]](self, label, formula)

    def _know(self, term: Term, signs: Signs) -> None:
        """Add what is known of a number's sign, if the number has a normal form."""
        value = self._number(term)
        if value is not None:
            self.known.append((value, signs))
            self.normal.done.clear()

    def _number(self, term: Term) -> Scalar | None:
        try:
            return self.normal.scalar(term)
        except Rejected as no:
            if no.code != "UNSUPPORTED":
                raise
            return None

    def _compares_numbers(self, formula: Term) -> bool:
        sorts = [sort_of(part, self.names) for part in formula[1:]]
        return all(sort in ("real", "integer", "size") for sort in sorts)

    def _compares_integers(self, formula: Term) -> bool:
        return all(fits(sort_of(part, self.names), "integer") for part in formula[1:])

    # -------------------------------------------------------------- inspection

    def holds(self, formula: Term) -> bool:
        """Whether a formula of defined terms is a fact or is seen by inspection."""
        if formula in self.facts.values():
            return True
        head, *parts = formula
        if head == "has_derivative" and len(parts) == 2:
            return any(
                fact[:3] == formula or _has_slopes_everywhere(fact, parts[0])
                for fact in self.facts.values()
            )
        if head == "integrates" and len(parts) == 3:
            return is_integrable(self.normal, self.holds, self.facts.values(), formula)
        if head == "invertible":
            return self._is_invertible(parts[0])
        if head in HOLDS:
            return HOLDS[head](self, formula)
        if head == "and":
            return all(self.holds(part) for part in parts)
        if head == "or":
            return any(self.holds(part) for part in parts)
        if head == "false":
            return any(fact[0] == "!=" and self.equal(*fact[1:]) for fact in self.facts.values())
        if head == "root_of_unity":
            return self._is_root(*parts)
        if head not in _ALLOWED or not self._compares_numbers(formula):
            return (head == "=" and self.equal(*parts)) or (
                head == "!=" and self._are_apart(*parts)
            )
        if parts[0] == "0" and self._signs_of_term(parts[1]) <= _ALLOWED[head]:
            return True
        if head == "!=" and parts[1] == "0" and 0 not in self._signs_of_term(parts[0]):
            return True
        difference = self.normal.scalar(parts[1]) - self.normal.scalar(parts[0])
        if head == "=":
            return self.atoms.is_zero(difference)
        return self.signs(difference) <= _ALLOWED[head]

    def equal(self, left: Term, right: Term) -> bool:
        """Whether two numbers, residues, vectors or matrices have one normal form."""
        sort = sort_of(left, self.names), sort_of(right, self.names)
        if sort[0][0] == "matrix":
            words = self._word(left), self._word(right)
            if words[0] is None or words[1] is None:
                return bool(left == right)
            return self.atoms.is_zero(words[0] - words[1])
        if sort[0][0] == "vector":
            return self.atoms.is_zero(self.normal.vector(left) - self.normal.vector(right))
        difference = self.normal.scalar(left) - self.normal.scalar(right)
        for one in sort:
            if one[0] == "residue":
                return not self.atoms.reduced(one[1], difference).over
            if is_element(one):
                return is_zero_element(self.atoms, one[1], difference)
        return self.atoms.is_zero(difference)

    def _are_apart(self, left: Term, right: Term) -> bool:
        """Whether two residues, or elements of a field of p numbers, are different numbers; or a
        fact says that the difference of two residues is not 0."""
        sort = joined("+", [sort_of(left, self.names), sort_of(right, self.names)])
        if sort[0] not in ("residue", "element"):
            return False
        gap = self.normal.scalar(left) - self.normal.scalar(right)
        known = gap.constant() if sort[1].isdigit() else None
        if known is not None or is_element(sort):
            return known is not None and known % int(sort[1]) != 0
        for fact in self.facts.values():
            if fact[0] == "!=" and sort in [sort_of(side, self.names) for side in fact[1:]]:
                other = self.normal.scalar(fact[1]) - self.normal.scalar(fact[2])
                differences = (gap - other, gap + other)
                if any(not self.atoms.reduced(sort[1], one).over for one in differences):
                    return True
        return False

    def _is_root(self, size: Term, base: Term) -> bool:
        """Whether the base is a number modulo p whose power of the size is 1."""
        field, value = sort_of(base, self.names)[1], self.normal.scalar(base).constant()
        if not size.isdigit() or not field.isdigit() or value is None:
            return False
        return pow(int(value), int(size), int(field)) == 1

    def _word(self, matrix: Term) -> Matrix | None:
        """The normal form of a matrix; one that is given by its entries may have none."""
        try:
            return self.normal.matrix(matrix)
        except Rejected as no:
            if no.code != "UNSUPPORTED":
                raise
            return None

    def _is_invertible(self, matrix: Term) -> bool:
        """Whether a matrix is known to be invertible, or plainly made of such."""
        size, word = sort_of(matrix, self.names)[1], self._word(matrix)
        known = [
            self._word(fact[1])
            for fact in self.facts.values()
            if fact[0] == "invertible" and sort_of(fact[1], self.names)[1] == size
        ]
        if word is not None and is_invertible(
            self.normal, size, word, [other for other in known if other is not None]
        ):
            return True
        volume = self._number(("det", matrix))  # it is not 0 just where there is an inverse
        return volume is not None and 0 not in self.signs(volume)

    def _signs_of_term(self, term: Term) -> Signs:
        """The possible signs of a defined term; a product is looked at factor by factor."""
        if isinstance(term, tuple) and term[0] in ("*", "/"):
            return signs_of_product(self._signs_of_term(part) for part in term[1:])
        if isinstance(term, tuple) and term[0] == "^" and term[2] != "0":
            return frozenset(sign ** int(term[2]) for sign in self._signs_of_term(term[1]))
        return self.signs(self.normal.scalar(term))


def _has_slopes_everywhere(fact: Term, body: Term) -> bool:
    """Whether the fact says that a declared f, for the body f(#0), has a derivative everywhere.

    It says so with the value, ∀x (f has the derivative v(x) at x), or without, ∀x ∃y.
    """
    if not is_declared_function(body) or fact[:2] != ("forall", "real"):
        return False
    said = fact[2]
    if said[:2] == ("exists", "real"):
        return bool(said[2] == ("has_derivative", body, "#1", "#0"))
    return bool(said[0] == "has_derivative" and len(said) == 4 and said[1:3] == (body, "#0"))


def is_declared_function(body: Term) -> bool:
    """Whether the body of a binder is f(#0) for a name f: it is defined at every number."""
    return bool(
        isinstance(body, tuple)
        and len(body) == 3
        and body[0] == "app"
        and isinstance(body[1], str)
        and body[2] == "#0"
    )
