"""From normal forms back to terms: multipliers, weights and squares have to be written down."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, isqrt, lcm
from typing import Any, cast

from therefore.goal import Term
from therefore.kernel.atoms import Argument, Atoms, Matrix, Residue, Vector
from therefore.kernel.polynomials import Factor, Monomial, Polynomial, Scalar, number

__all__ = ["matrix_term", "scalar_term", "vector_term", "word_term"]

# The term of a bound variable, by the height of its binder.
_Bound = dict[str, int]


def scalar_term(atoms: Atoms, value: Scalar, bound: _Bound | None = None) -> Term:
    """A term whose normal form is the fraction."""
    bound = bound or {}
    content, over = _content(value.over)
    top = _polynomial(atoms, over, bound)
    factors: list[Term] = []
    if content.denominator != 1:
        factors.append(str(content.denominator))
    for factor, exponent in value.under:
        term = _factor(atoms, factor, bound)
        factors.append(term if exponent == 1 else ("^", term, str(exponent)))
    if content.numerator != 1:
        top = str(content.numerator) if top == "1" else ("*", str(content.numerator), top)
    if not factors:
        return top
    return ("/", top, factors[0] if len(factors) == 1 else ("*", *factors))


def vector_term(atoms: Atoms, value: Vector, size: Term, bound: _Bound | None = None) -> Term:
    """A term whose normal form is the linear combination; ``size`` types the zero vector."""
    if isinstance(value, Matrix):
        return matrix_term(atoms, value, size, size, bound)
    return _combination(atoms, value, (size,), bound or {})


def matrix_term(
    atoms: Atoms, value: Matrix, rows: Term, columns: Term, bound: _Bound | None = None
) -> Term:
    """A term whose normal form is the matrix; the sizes type what has none of its own."""
    return _combination(atoms, value, (rows, columns), bound or {})


def word_term(
    atoms: Atoms, letters: tuple[int, ...], size: Term, bound: _Bound | None = None
) -> Term:
    """The product of letters, the last of which may be a vector; the empty one has a size."""
    if not letters:
        return ("identity", size)
    *others, term = (_atom(atoms, letter, bound or {}) for letter in letters)
    for letter in reversed(others):
        term = ("matmul", letter, term)
    return term


def _combination(atoms: Atoms, value: Vector, sizes: tuple[Term, ...], bound: _Bound) -> Term:
    parts: list[Term] = []
    for index, coefficient in value.parts.items():
        if not coefficient.over:
            continue
        atom = _sized(atoms, index, sizes, bound)
        constant = coefficient.constant()
        if constant == 1:
            parts.append(atom)
        elif constant == -1:
            parts.append(("-", atom))
        else:
            parts.append(("*", scalar_term(atoms, coefficient, bound), atom))
    if not parts:
        return ("zero", *sizes)
    return parts[0] if len(parts) == 1 else ("+", *parts)


def _sized(atoms: Atoms, index: int, sizes: tuple[Term, ...], bound: _Bound) -> Term:
    """The term of a vector or matrix atom, which may take its size from where it stands."""
    row = atoms.rows[index]
    if row.head == "basis":
        return ("unit", sizes[0], row.arguments[0])
    if row.head == "outer":
        ends = (
            _sized(atoms, end, (size,), bound)
            for end, size in zip(row.arguments, sizes, strict=True)
            if isinstance(end, int)
        )
        return ("outer", *ends)
    if row.head == "word":
        word = tuple(a for a in row.arguments if isinstance(a, int))
        return word_term(atoms, word, sizes[0], bound)
    return _atom(atoms, index, bound)


def _content(poly: Polynomial) -> tuple[Fraction, Polynomial]:
    """A rational number and a polynomial with coprime integer coefficients."""
    if not poly:
        return Fraction(1), poly
    common = Fraction(0)
    for coefficient in poly.values():
        common = _gcd(common, coefficient)
    if next(iter(poly.values())) < 0 and len(poly) == 1:
        common = -common
    return common, {m: c / common for m, c in poly.items()}


def _gcd(a: Fraction, b: Fraction) -> Fraction:
    return Fraction(gcd(a.numerator, b.numerator), lcm(a.denominator, b.denominator))


def _factor(atoms: Atoms, factor: Factor, bound: _Bound) -> Term:
    return _polynomial(atoms, dict(factor), bound)


def _polynomial(atoms: Atoms, poly: Polynomial, bound: _Bound) -> Term:
    parts = [_monomial(atoms, m, c, bound) for m, c in poly.items()]
    if not parts:
        return "0"
    return parts[0] if len(parts) == 1 else ("+", *parts)


def _monomial(atoms: Atoms, monomial: Monomial, coefficient: Fraction, bound: _Bound) -> Term:
    factors: list[Term] = []
    if abs(coefficient) != 1 or not monomial:
        factors.append(str(abs(coefficient)))
    for index, exponent in monomial:
        term = _atom(atoms, index, bound)
        factors.append(term if exponent == 1 else ("^", term, str(exponent)))
    term = factors[0] if len(factors) == 1 else ("*", *factors)
    return ("-", term) if coefficient < 0 else term


def _atom(atoms: Atoms, index: int, bound: _Bound) -> Term:
    row = atoms.rows[index]
    head, arguments = row.head, row.arguments

    def part(argument: Argument, inner: _Bound = bound) -> Term:
        if isinstance(argument, str):
            return argument
        if isinstance(argument, int):
            return _atom(atoms, argument, inner)
        if isinstance(argument, Residue):
            return scalar_term(atoms, argument.value, inner)
        if isinstance(argument, Vector):
            return vector_term(atoms, argument, "1", inner)
        return scalar_term(atoms, argument, inner)

    if head == "name":
        return arguments[0]
    if head == "pi":
        return ("pi",)
    if head == "index":
        return f"#{bound[str(arguments[0])]}"
    if head in ("sum", "vector sum", "sum_mod", "derivative", "integral"):
        inner = {height: level + 1 for height, level in bound.items()}
        inner[str(row.height)] = 0
        if head == "derivative":
            place, body = arguments
            return (head, part(body, inner), part(place))
        *ends, body = arguments
        return (
            "sum" if head == "vector sum" else head,
            *(part(end) for end in ends),
            part(body, inner),
        )
    if head in ("matrix sum", "grid", "grid row"):
        return _matrix_binder(atoms, index, bound)
    if head == "matrix power" and isinstance(arguments[1], Matrix):
        size = arguments[0]
        return ("power", matrix_term(atoms, arguments[1], size, size, bound), part(arguments[2]))
    if head == "basis":
        raise ValueError("a basis vector has no term of its own")
    if head == "inner":
        near, far = (_of_basis(atoms, cast(int, one)) for one in arguments)
        if near is not None and far is not None and (near[0] or far[0]):
            factors: list[Term] = [("transpose", part(letter)) for letter in near[0][::-1]]
            factors += [part(letter) for letter in far[0]]
            whole = factors[0]
            for factor in factors[1:]:
                whole = ("matmul", whole, factor)
            return ("entry", whole, near[1], far[1])
        for k, one in enumerate(arguments):
            if isinstance(one, int) and atoms.rows[one].head == "basis":
                return ("entry", part(arguments[1 - k]), atoms.rows[one].arguments[0])
    if head == "act":
        *letters, base = (part(argument) for argument in arguments)
        for letter in reversed(letters):
            base = ("matmul", letter, base)
        return base
    if head == "transposed":
        return ("transpose", part(arguments[0]))
    if head in _ARRAYS:
        return _array(atoms, index, bound)
    if head == "pseudoinverse" and isinstance(arguments[2], Matrix):
        rows, columns = arguments[:2]
        return (head, matrix_term(atoms, arguments[2], columns, rows, bound))
    if head in ("inverse", "exponential") and isinstance(arguments[1], Matrix):
        return (head, matrix_term(atoms, arguments[1], arguments[0], arguments[0], bound))
    if head == "trace":
        first, *others = (part(argument) for argument in arguments[1:])
        for letter in others:
            first = ("matmul", first, letter)
        return ("trace", first)
    if head == "det" and isinstance(arguments[1], Matrix):
        size = arguments[0]
        return ("det", matrix_term(atoms, arguments[1], size, size, bound))
    if head == "unit" and isinstance(arguments[0], Residue):
        return ("unit", arguments[0].size, part(arguments[0]))
    if head == "norm":
        square = arguments[0]
        if isinstance(square, Scalar):
            root = _root_vector(atoms, square)
            if root is not None:
                return ("norm", vector_term(atoms, root, "1", bound))
        return ("sqrt", part(square))
    if head == "delta":
        place = arguments[0]
        zero = ("mod", place.size, "0") if isinstance(place, Residue) else "0"
        return ("delta", part(place), zero)
    if head == "lift" and isinstance(arguments[0], Residue):
        return ("lift", ("mod", arguments[0].size, part(arguments[0])))
    return (head, *(part(argument) for argument in arguments))


def _of_basis(atoms: Atoms, index: int) -> tuple[tuple[int, ...], Term] | None:
    """The letters before a basis vector, the last the nearest, and the place of its 1."""
    row = atoms.rows[index]
    letters, base = ((), row) if row.head != "act" else (
        cast("tuple[int, ...]", row.arguments[:-1]), atoms.rows[cast(int, row.arguments[-1])]
    )  # fmt: skip
    return (letters, cast(Term, base.arguments[0])) if base.head == "basis" else None


_ARRAYS = (
    "embedding", "restriction", "kronecker", "vec", "hadamard", "hadamard vector", "det", "trace",
    "entries",
)  # fmt: skip


def _array(atoms: Atoms, index: int, bound: _Bound) -> Term:
    """A part of blocks, a product that is no product of matrices, or a number made of matrices."""
    head, (shape, *parts) = atoms.rows[index].head, atoms.rows[index].arguments
    if head in ("embedding", "restriction"):
        return _part_of_blocks(head, cast("tuple[Term, ...]", shape), int(str(parts[0])))
    if head == "det":
        return ("det", matrix_term(atoms, cast(Matrix, parts[0]), shape, shape, bound))
    if head == "trace":
        return ("trace", word_term(atoms, cast("tuple[int, ...]", tuple(parts)), shape, bound))
    shapes: list[Any] = [shape] * len(parts)
    if head == "kronecker":
        shapes = list(cast("tuple[Any, ...]", shape))
    terms = [
        _sized(atoms, cast(int, part), one, bound) for part, one in zip(parts, shapes, strict=True)
    ]
    if head == "vec":
        return ("vec", terms[0])
    if head == "entries":
        product = terms[1]
        for term in terms[2:]:
            product = ("hadamard", product, term)
        return ("trace", ("matmul", ("transpose", terms[0]), product))
    whole = terms[0]
    for term in terms[1:]:
        whole = ("kronecker" if head == "kronecker" else "hadamard", whole, term)
    return whole


def _part_of_blocks(head: str, sizes: tuple[Term, ...], place: int) -> Term:
    """The identity in the rows, or the columns, of one block, and 0 elsewhere."""
    size = sizes[place]
    column: list[Term] = [("zero", other, size) for other in sizes]
    column[place] = ("identity", size)
    if head == "embedding":
        return ("blocks", *(("row", block) for block in column))
    turned = (block if k == place else ("zero", size, block[1]) for k, block in enumerate(column))
    return ("blocks", ("row", *turned))


def _matrix_binder(atoms: Atoms, index: int, bound: _Bound) -> Term:
    """A sum of matrices, a matrix given by its entries, or one of its rows."""
    row = atoms.rows[index]
    inner = {height: level + 1 for height, level in bound.items()} | {str(row.height): 0}
    *ends, body = row.arguments
    if row.head == "matrix sum" and isinstance(body, Matrix):
        rows, columns, *range_ = ends
        places = (scalar_term(atoms, end, bound) for end in range_ if isinstance(end, Scalar))
        return ("sum", *places, matrix_term(atoms, body, rows, columns, inner))
    inside = scalar_term(atoms, body, inner) if isinstance(body, Scalar) else "0"
    return inside if row.head == "grid row" else ("matrix", *ends, inside)


def _root_vector(atoms: Atoms, square: Scalar) -> Vector | None:
    """The u with ⟨u, u⟩ equal to the fraction, when its atoms show one with rational weights."""
    weights: dict[int, Fraction] = {}
    for monomial, coefficient in square.over.items():
        if len(monomial) != 1 or atoms.rows[monomial[0][0]].head != "inner" or square.under:
            return None
        left, right = atoms.rows[monomial[0][0]].arguments
        if left == right and isinstance(left, int):
            p, q = isqrt(max(coefficient.numerator, 0)), isqrt(coefficient.denominator)
            if Fraction(p * p, q * q) != coefficient:
                return None
            weights[left] = Fraction(p, q)
    indices = list(weights)
    for k, index in enumerate(indices[1:], 1):
        for earlier in indices[:k]:
            key = ((atoms.find("inner", min(index, earlier), max(index, earlier)) or -1, 1),)
            if square.over.get(key, 0) < 0 and weights[earlier] > 0:
                weights[index] = -weights[index]
                break
    return Vector({index: number(weight) for index, weight in weights.items() if weight})
