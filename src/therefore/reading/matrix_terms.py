"""From residues and matrices to kernel terms. TRUSTED."""

from __future__ import annotations

from typing import Any

import sympy

from therefore.goal import Term
from therefore.kernel.binders import open_binder
from therefore.kernel.size_terms import settled
from therefore.language import cyclic, matrices, vectors
from therefore.language.errors import BadName, IllFormed, WrongShape
from therefore.reading.elementary_terms import ElementaryReader
from therefore.reading.sorts import described, is_element, is_matrix, is_residue, is_vector, join
from therefore.reading.sympy_terms import Read, Scope

__all__ = ["MatrixReader"]


class MatrixReader(ElementaryReader):
    """Reads what is counted modulo n, besides everything else."""

    def __init__(self) -> None:
        super().__init__()
        self.readers |= {
            cyclic.CyclicSum: self._cyclic_sum,
            cyclic.Delta: self._delta,
            cyclic.Representative: self._representative,
            matrices.Entry: self._entry,
            matrices.Identity: self._identity,
            matrices.MatrixItem: self._matrix_item,
            matrices.Image: self._image,
            matrices.Inverse: self._inverse,
            matrices.Power: self._power,
            matrices.MatrixExponential: self._exponential,
            matrices.PseudoInverse: self._pseudo_inverse,
            matrices.Transpose: self._transpose,
            vectors.Component: self._component,
            vectors.Basis: self._basis,
            matrices.Outer: self._outer,
            matrices.Product: self._matrix_product,
            matrices.MatrixByEntries: self._matrix_by_entries,
            matrices.Circulant: self._circulant,
            matrices.Shift: self._shift,
            matrices.Toeplitz: self._toeplitz,
            sympy.ImmutableDenseMatrix: self._written_out,
        }

    def _cyclic_sum(self, expression: Any, scope: Scope) -> Read:
        body, index = expression.args
        modulus = self._cyclic_index(index)
        inside = self.bind(index, ("residue", modulus), scope)
        term, sort = self.term(body, inside)
        if is_element(sort):
            return ("sum_mod", modulus, term), sort
        return ("sum_mod", modulus, self.number(body, inside)), "real"

    def _cyclic_index(self, index: Any) -> str:
        if not isinstance(index, cyclic.CyclicIndex):
            raise IllFormed(f"{index} is no cyclic index; declare it by cyclic_index(...)")
        return str(self.vocabulary.sort(index)[1])

    def _delta(self, expression: Any, scope: Scope) -> Read:
        (left, first), (right, second) = (self.term(arg, scope) for arg in expression.args)
        sort = join(first, second, "{} compares things that differ in kind", expression)
        if not is_residue(sort) and sort != "integer":
            raise WrongShape(f"{expression} compares integers or residues, not {described(sort)}")
        return ("delta", left, right), "integer"

    def _representative(self, expression: Any, scope: Scope) -> Read:
        term, sort = self.term(expression.args[0], scope)
        if not is_residue(sort):
            raise WrongShape(f"{expression} takes a residue, and this is {described(sort)}")
        return ("lift", term), "integer"

    def _matrix(self, expression: Any, scope: Scope) -> tuple[Term, Term, Term]:
        term, sort = self.term(expression, scope)
        if not is_matrix(sort):
            raise WrongShape(f"{expression} is {described(sort)} where a matrix is expected")
        return term, sort[1], sort[2]

    def _entry(self, expression: Any, scope: Scope) -> Read:
        of, row, column = expression.args
        matrix, rows, columns = self._matrix(of, scope)
        if not isinstance(rows, str) or not isinstance(columns, str):
            raise WrongShape(f"{of} has sizes that depend on an index, and no entries by residues")
        what = f"an index of {expression} does not fit"
        at_row = self.term_of_sort(row, scope, ("residue", rows), what)
        at_column = self.term_of_sort(column, scope, ("residue", columns), what)
        return ("entry", matrix, at_row, at_column), "real"

    def _component(self, expression: Any, scope: Scope) -> Read:
        of, place = expression.args
        vector, sort = self.term(of, scope)
        if not is_vector(sort):
            raise WrongShape(f"{of} is {described(sort)} where a vector is expected")
        what = f"the place in {expression} does not fit"
        at = self.term_of_sort(place, scope, ("residue", sort[1]), what)
        return ("entry", vector, at), "real"

    def _basis(self, expression: Any, scope: Scope) -> Read:
        size = self.vocabulary.size(expression.args[0])
        what = f"the place in {expression} does not fit"
        at = self.term_of_sort(expression.args[1], scope, ("residue", size), what)
        return ("unit", size, at), ("vector", size)

    def _outer(self, expression: Any, scope: Scope) -> Read:
        read = [(arg, *self.term(arg, scope)) for arg in expression.args]
        for arg, _, sort in read:
            if not is_vector(sort):
                raise WrongShape(f"{arg} is {described(sort)}, and outer takes vectors")
        (_, left, first), (_, right, second) = read
        return ("outer", left, right), ("matrix", first[1], second[1])

    def _written_out(self, expression: Any, scope: Scope) -> Read:
        """A matrix of SymPy's, entry by entry as its author wrote them."""
        rows, columns = expression.shape
        if not (rows and columns):
            raise WrongShape(f"a matrix of the size {rows} x {columns} has no entries")
        written = (
            ("row", *(self.number(entry, scope) for entry in expression.row(k)))
            for k in range(rows)
        )
        return ("rows", *written), ("matrix", str(rows), str(columns))

    def _matrix_product(self, expression: Any, scope: Scope) -> Read:
        left, rows, inner = self._matrix(expression.args[0], scope)
        right, other, columns = self._matrix(expression.args[1], scope)
        if inner != other:
            raise WrongShape(f"{expression} multiplies {inner} columns by {other} rows")
        return ("matmul", left, right), ("matrix", rows, columns)

    def _image(self, expression: Any, scope: Scope) -> Read:
        matrix, rows, columns = self._matrix(expression.args[0], scope)
        what = f"{expression} multiplies {columns} columns by something else"
        vector = self.term_of_sort(expression.args[1], scope, ("vector", columns), what)
        return ("matmul", matrix, vector), ("vector", rows)

    def _identity(self, expression: Any, scope: Scope) -> Read:
        size = self.size(expression.args[0], scope)
        return ("identity", size), ("matrix", size, size)

    def _matrix_item(self, expression: Any, scope: Scope) -> Read:
        sequence, index = expression.args
        if not isinstance(sequence, matrices.MatrixSequence):
            raise WrongShape(f"{sequence} is not a declared sequence of matrices")
        sort, place = self.vocabulary.sort(sequence), self.integer(index, scope)
        member = open_binder(sort[1], place) if sort[0] == "family" else sort[2]
        return ("app", self.head(sequence, scope), place), settled(member)

    def _transpose(self, expression: Any, scope: Scope) -> Read:
        matrix, rows, columns = self._matrix(expression.args[0], scope)
        return ("transpose", matrix), ("matrix", columns, rows)

    def _inverse(self, expression: Any, scope: Scope) -> Read:
        matrix, size = self._square(expression.args[0], scope)
        return ("inverse", matrix), ("matrix", size, size)

    def _pseudo_inverse(self, expression: Any, scope: Scope) -> Read:
        matrix, rows, columns = self._matrix(expression.args[0], scope)
        return ("pseudoinverse", matrix), ("matrix", columns, rows)

    def _exponential(self, expression: Any, scope: Scope) -> Read:
        matrix, size = self._square(expression.args[0], scope, "exponential")
        return ("exponential", matrix), ("matrix", size, size)

    def _square(
        self, expression: Any, scope: Scope, wanted: str = "inverse"
    ) -> tuple[Term, Term]:
        matrix, rows, columns = self._matrix(expression, scope)
        if rows != columns:
            raise WrongShape(f"{expression} has {rows} rows and {columns} columns, and no {wanted}")
        return matrix, rows

    def _matrix_by_entries(self, expression: Any, scope: Scope) -> Read:
        row, column, body = expression.args
        rows, columns = self._cyclic_index(row), self._cyclic_index(column)
        if row == column:
            raise BadName(f"{expression} uses {row} for its rows and for its columns")
        inside = self.bind(row, ("residue", rows), scope)
        inside = self.bind(column, ("residue", columns), inside)
        return ("matrix", rows, columns, self.number(body, inside)), ("matrix", rows, columns)

    def _circulant(self, expression: Any, scope: Scope) -> Read:
        (sequence,) = expression.args
        if not isinstance(sequence, cyclic.CyclicSequence):
            raise WrongShape(f"{expression} is made of no cyclic sequence")
        size = self.vocabulary.size(sequence.modulus)
        entry = ("app", self.head(sequence, scope.deeper(2)), ("+", "#1", ("-", "#0")))
        return ("matrix", size, size, entry), ("matrix", size, size)

    def _shift(self, expression: Any, scope: Scope) -> Read:
        size = self.vocabulary.size(expression.args[0])
        entry = ("delta", "#1", ("+", "#0", "1"))
        return ("matrix", size, size, entry), ("matrix", size, size)

    def _toeplitz(self, expression: Any, scope: Scope) -> Read:
        sequence, columns = expression.args
        if not isinstance(sequence, vectors.RealSequence):
            raise WrongShape(f"{expression} is made of no real sequence")
        size = self.vocabulary.size(columns)
        difference = ("+", ("lift", "#1"), ("-", ("lift", "#0")))
        entry = ("app", self.head(sequence, scope.deeper(2)), difference)
        return ("matrix", size, size, entry), ("matrix", size, size)
