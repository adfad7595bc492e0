"""Formulas as NumPy functions: vectorised, and safe from the overflow of exponentials."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import add, mul
from typing import Any

import sympy
from sympy import Dummy, Expr, Indexed, Symbol, lambdify
from sympy.logic.boolalg import Boolean, BooleanAtom

from therefore.language.arrays import BlockMatrix
from therefore.language.base import Declared
from therefore.language.cyclic import CyclicIndex, CyclicSequence, CyclicSum, Delta
from therefore.language.errors import IllFormed
from therefore.language.fields import ElementSequence
from therefore.language.formulas import formula
from therefore.language.names import kernel_name
from therefore.language.numeric import used
from therefore.language.vectors import Inner, Item, Norm

__all__ = ["numpy_function"]

MOST_OPERATIONS = 200


def numpy_function(expression: Any, *arguments: Any, first: int = 1) -> Callable[..., Any]:
    """A function of the arguments, in this order, that works out the expression by NumPy.

    Numbers may be arrays, which are spread against each other as in all of NumPy. A sequence of
    numbers ``z`` is a one-dimensional array whose first member is ``z[first]`` (of a cyclic
    sequence ``c[0]``), and an index may be an array too: with ``i = np.arange(1, K + 1)`` the
    softmax comes out for all i. Exponentials do not overflow on the way: exp(z_i)/Σ exp(z_j) and
    log Σ exp(z_j) are stable as they are written. A matrix of formulas gives an array with its rows
    and columns as the last two axes. Nothing is compiled before the first call.

    Raises ``IllFormed`` where the expression speaks of something that is no argument.

    >>> from sympy import exp
    >>> from therefore import numpy_function, real
    >>> x = real("x")
    >>> logistic = numpy_function(1 / (1 + exp(-x)), x)
    >>> [float(logistic(-1000)), float(logistic(0)), float(logistic(1000))]
    [0.0, 0.5, 1.0]
    """
    plain = formula(expression)
    needed = {_name(one) for one in used(plain) & plain.free_symbols}
    missing = sorted(needed - {_name(one) for one in arguments})
    if missing:
        raise IllFormed(f"{', '.join(missing)} is no argument of this function")
    names = [_name(one) for one in arguments]
    spoken_of = [_name(one) for one in plain.free_symbols if isinstance(one, Symbol | Declared)]
    twice = sorted({one for one in names if names.count(one) > 1 or spoken_of.count(one) > 1})
    if twice:
        raise IllFormed(f"{', '.join(twice)} is the name of two different things")

    spread = {_name(one) for one in arguments if isinstance(one, Symbol | CyclicIndex)}
    prepared: list[Any] = []

    def function(*values: Any) -> Any:
        import numpy as np

        from therefore.language.scaled import value

        if len(values) != len(names):
            raise TypeError(f"this function takes {', '.join(names)}, not {len(values)} values")
        if not prepared:
            is_matrix = isinstance(plain, sympy.MatrixBase)
            ready = plain.applyfunc if is_matrix else lambda work: work(plain)
            prepared.append(ready(_without_cancellation))
        place = {name: np.asarray(one) for name, one in zip(names, values, strict=True)}
        depth = max((place[name].ndim for name in spread), default=0)
        result = value(_Evaluation(place, first, depth).of(prepared[0]))
        return result[()] if isinstance(result, np.ndarray) else np.float64(result)

    function.__doc__ = f"{plain}, from {', '.join(names)}."
    return function


def _name(one: Any) -> str:
    return kernel_name(str(one.name if hasattr(one, "name") else one))


def _without_cancellation(expression: Any) -> Any:
    """Sums of fractions of exponentials with one term above: 1 − 1/(1 + eᵗ) is eᵗ/(1 + eᵗ).

    Only where that one term is all that is left above, so that nothing is subtracted any more.
    """

    def joined(total: Any) -> Any:
        if total.count_ops() > MOST_OPERATIONS:
            return total
        above, below = sympy.fraction(sympy.together(total))
        above = sympy.expand(above)
        return total if above.is_Add else above / below

    return expression.replace(lambda one: one.is_Add and one.has(sympy.exp), joined)


class _Evaluation:
    """The values of names, and with them those of expressions."""

    def __init__(self, values: dict[str, Any], first: int, depth: int) -> None:
        """Takes values by name, the first index of sequences, and the most axes of a number."""
        self.values, self.first, self.depth = values, first, depth

    def of(self, one: Any) -> Any:
        """The value of an expression: an array, a number or a ``Scaled`` number."""
        from therefore.language import scaled

        if isinstance(one, Symbol | Declared):
            return self.values[_name(one)]
        if isinstance(one, BooleanAtom):
            return bool(one)
        if isinstance(one, sympy.MatrixBase):
            return self._matrix(one)
        if one.is_Number or one.is_NumberSymbol:
            return float(one)
        if one.is_Add:
            return reduce(add, map(self.of, one.args))
        if one.is_Mul:
            return reduce(mul, map(self.of, one.args))
        if isinstance(one, sympy.exp):
            return scaled.exponential(self.of(one.args[0]))
        if isinstance(one, sympy.log) and len(one.args) == 1:
            return scaled.logarithm(self.of(one.args[0]))
        if isinstance(one, sympy.Pow) and one.exp.is_Rational:
            return _power(self.of(one.base), one.exp)
        if isinstance(one, Indexed | Item):
            return self._member(one)
        if isinstance(one, sympy.Sum | CyclicSum):
            return self._sum(one)
        if isinstance(one, sympy.Piecewise):
            return self._pieces(one)
        if isinstance(one, Inner | Norm | Delta | sympy.KroneckerDelta):
            return self._built_in(one)
        if isinstance(one, BlockMatrix):
            return self._blocks(one)
        return self._other(one)

    def _plain(self, one: Any) -> Any:
        from therefore.language.scaled import value

        return value(self.of(one))

    def _member(self, one: Any) -> Any:
        """A member of a sequence, at an index or at an array of them."""
        import numpy as np

        sequence, *places = one.args
        if len(places) != 1:
            raise IllFormed(f"{one} has more than one index")
        members = self.values[_name(sequence)]
        at = np.asarray(self._plain(places[0])).astype(int)
        if isinstance(sequence, CyclicSequence | ElementSequence):
            return members[at % len(members)]
        at = at - self.first
        if np.any(at < 0) or np.any(at >= len(members)):
            last = self.first + len(members) - 1
            raise IndexError(f"{sequence} has members {self.first} to {last} only")
        return members[at]

    def _sum(self, one: Any) -> Any:
        """All terms at once, along an axis of their own, the first."""
        import numpy as np

        from therefore.language.scaled import total

        if isinstance(one, CyclicSum):
            body, index = one.args
            low, high = 0, self._plain(index.modulus) - 1
        else:
            *inner, (index, low, high) = one.limits
            body = sympy.Sum(one.function, *inner) if inner else one.function
            low, high = self._plain(low), self._plain(high)
        if any(index in end.free_symbols for sum in body.atoms(sympy.Sum) for end in _ends(sum)):
            terms = (
                _Evaluation({**self.values, _name(index): at}, self.first, self.depth).of(body)
                for at in range(int(low), int(high) + 1)
            )
            return reduce(add, terms, 0.0)
        places = np.arange(int(low), int(high) + 1).reshape(-1, *[1] * self.depth)
        values = {**self.values, _name(index): places}
        inside = _Evaluation(values, self.first, self.depth + 1)
        return total(inside.of(body), places.shape)

    def _matrix(self, one: Any) -> Any:
        """The entries, spread against each other."""
        import numpy as np

        entries = np.broadcast_arrays(*(self._plain(entry) for entry in one.flat()))
        return np.stack(entries, axis=-1).reshape(*entries[0].shape, *one.shape)

    def _pieces(self, one: Any) -> Any:
        """The first piece whose condition holds; what the others are there does not matter."""
        import numpy as np

        with np.errstate(all="ignore"):
            pieces = [self._plain(piece) for piece, _ in one.args]
            conditions = [self._plain(condition) for _, condition in one.args]
        *conditions, first = np.broadcast_arrays(*conditions, pieces[0])
        pieces = [np.broadcast_to(piece, first.shape) for piece in pieces]
        return np.select(conditions, pieces, np.nan)

    def _built_in(self, one: Any) -> Any:
        """Inner products and norms of vectors; 1 where two indices are equal, else 0."""
        import numpy as np

        parts = [self._plain(arg) for arg in one.args]
        if isinstance(one, Inner):
            return np.dot(*parts)
        if isinstance(one, Norm):
            return np.linalg.norm(parts[0])
        apart = parts[0] - parts[1]
        if isinstance(one, Delta) and one.atoms(CyclicIndex):
            apart = apart % self._plain(min(one.atoms(CyclicIndex), key=str).modulus)
        return np.equal(apart, 0).astype(float)

    def _blocks(self, one: BlockMatrix) -> Any:
        """A matrix of blocks, of which those beside and above a 0 tell its size."""
        import numpy as np

        grid = [[None if b == 0 else self._plain(b) for b in row] for row in one.blocks]
        heights = [next(b.shape[0] for b in row if b is not None) for row in grid]
        columns = zip(*grid, strict=True)
        widths = [next(b.shape[1] for b in column if b is not None) for column in columns]
        return np.block([
            [np.zeros((h, w)) if b is None else b for b, w in zip(row, widths, strict=True)]
            for row, h in zip(grid, heights, strict=True)
        ])  # fmt: skip

    def _other(self, one: Any) -> Any:
        """Any other function, of the values of its arguments, as SymPy writes it for NumPy."""
        if not one.args or not isinstance(one, Expr | Boolean):
            raise IllFormed(f"{one} has no NumPy form")
        values = [self._plain(arg) for arg in one.args]
        names = [Dummy(real=True) for _ in values]
        return lambdify(names, one.func(*names), "numpy")(*values)


def _ends(one: Any) -> list[Any]:
    """The ends of the ranges of a sum."""
    return [end for _, *ends in one.limits for end in ends]


def _power(base: Any, exponent: Any) -> Any:
    import numpy as np

    from therefore.language.scaled import Scaled

    number = int(exponent) if exponent.is_Integer else float(exponent)
    if isinstance(base, Scaled):
        return base.power(float(number))
    if number == 0.5:
        return np.sqrt(base)
    base = np.asarray(base)
    return (base if np.iscomplexobj(base) else base.astype(float)) ** number
