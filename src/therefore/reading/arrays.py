"""From blocks, Kronecker and Hadamard products and vec to kernel terms. TRUSTED."""

from __future__ import annotations

from typing import Any

from therefore.goal import Term
from therefore.kernel.size_terms import settled_size
from therefore.language import arrays
from therefore.language.errors import WrongShape
from therefore.reading.matrix_calculus import MatrixCalculusReader
from therefore.reading.sorts import described, is_matrix, is_vector
from therefore.reading.sympy_terms import Read, Scope

__all__ = ["ArrayReader"]


class ArrayReader(MatrixCalculusReader):
    """Reads matrices that are made of others, besides everything else."""

    def __init__(self) -> None:
        super().__init__()
        self.readers |= {
            arrays.KroneckerProduct: self._kronecker,
            arrays.KroneckerOfVectors: self._kronecker,
            arrays.HadamardProduct: self._hadamard,
            arrays.HadamardOfVectors: self._hadamard,
            arrays.Vectorised: self._vectorised,
            arrays.BlockMatrix: self._block_matrix,
        }

    def _kronecker(self, expression: Any, scope: Scope) -> Read:
        (left, first), (right, second) = (self.term(arg, scope) for arg in expression.args)
        alike = (is_matrix(first) and is_matrix(second)) or (is_vector(first) and is_vector(second))
        if not alike:
            raise WrongShape(f"{expression} takes two matrices or two vectors")
        sizes = (settled_size(("*", a, b)) for a, b in zip(first[1:], second[1:], strict=True))
        return ("kronecker", left, right), (first[0], *sizes)

    def _hadamard(self, expression: Any, scope: Scope) -> Read:
        (left, first), (right, second) = (self.term(arg, scope) for arg in expression.args)
        if first != second or not (is_matrix(first) or is_vector(first)):
            raise WrongShape(
                f"{expression} is of {described(first)} and of {described(second)}; the shapes "
                "have to be one"
            )
        return ("hadamard", left, right), first

    def _vectorised(self, expression: Any, scope: Scope) -> Read:
        matrix, rows, columns = self._matrix(expression.args[0], scope)
        return ("vec", matrix), ("vector", settled_size(("*", columns, rows)))

    def _block_matrix(self, expression: Any, scope: Scope) -> Read:
        read = [
            [None if block == 0 else self._matrix(block, scope) for block in row]
            for row in expression.blocks
        ]
        heights = [next(block[1] for block in row if block) for row in read]
        columns = list(zip(*read, strict=True))
        widths = [next(block[2] for block in column if block) for column in columns]
        rows: list[Term] = []
        for row, height in zip(read, heights, strict=True):
            for block, width in zip(row, widths, strict=True):
                if block and block[1:] != (height, width):
                    raise WrongShape(f"the blocks of {expression} do not fit together")
            rows.append(("row", *(
                block[0] if block else ("zero", height, width)
                for block, width in zip(row, widths, strict=True)
            )))  # fmt: skip
        sort = ("matrix", *(
            settled_size(("+", *sizes)) if len(sizes) > 1 else sizes[0]
            for sizes in (heights, widths)
        ))  # fmt: skip
        return ("blocks", *rows), sort
