"""From matrices of blocks, Kronecker and Hadamard products and vec to kernel terms. TRUSTED."""

from __future__ import annotations

from typing import Any

from therefore.goal import Term
from therefore.kernel.size_terms import settled_size
from therefore.language import arrays
from therefore.language.errors import WrongShape
from therefore.reading.matrix_calculus import MatrixCalculusReader
from therefore.reading.sympy_terms import Read, Scope

__all__ = ["ArrayReader"]


class ArrayReader(MatrixCalculusReader):
    """Reads matrices of blocks, A ⊗ B, A ∘ B and vec A, besides everything else."""

    def __init__(self) -> None:
        super().__init__()
        self.readers |= {
            arrays.Blocks: self._blocks,
            arrays.Hadamard: self._hadamard,
            arrays.Kronecker: self._kronecker,
            arrays.Vec: self._vec,
        }

    def _blocks(self, expression: Any, scope: Scope) -> Read:
        """The blocks 0 have as many rows as those beside them, and columns as those above."""
        rows = [
            [None if block == 0 else self._matrix(block, scope) for block in row]
            for row in expression.args
        ]
        heights = [_size(expression, [b[1] for b in row if b]) for row in rows]
        widths = [_size(expression, [b[2] for b in row if b]) for row in zip(*rows, strict=True)]
        blocks = (
            ("row", *(b[0] if b else ("zero", h, w) for b, w in zip(row, widths, strict=True)))
            for row, h in zip(rows, heights, strict=True)
        )
        return ("blocks", *blocks), ("matrix", _whole(heights), _whole(widths))

    def _hadamard(self, expression: Any, scope: Scope) -> Read:
        (left, *shape), (right, *other) = (self._matrix(arg, scope) for arg in expression.args)
        if shape != other:
            raise WrongShape(f"{expression} multiplies matrices of two shapes entry by entry")
        return ("hadamard", left, right), ("matrix", *shape)

    def _kronecker(self, expression: Any, scope: Scope) -> Read:
        (left, *shape), (right, *other) = (self._matrix(arg, scope) for arg in expression.args)
        sizes = (settled_size(("*", one, two)) for one, two in zip(shape, other, strict=True))
        return ("kronecker", left, right), ("matrix", *sizes)

    def _vec(self, expression: Any, scope: Scope) -> Read:
        matrix, rows, columns = self._matrix(expression.args[0], scope)
        return ("vec", matrix), ("vector", settled_size(("*", columns, rows)))


def _size(expression: Any, sizes: list[Term]) -> Term:
    """What all blocks of a row or a column agree on."""
    if not sizes:
        raise WrongShape(f"{expression} has a row or a column of zeros, whose size nothing tells")
    if any(size != sizes[0] for size in sizes):
        raise WrongShape(f"the blocks of {expression} do not fit together")
    return sizes[0]


def _whole(sizes: list[Term]) -> Term:
    return settled_size(("+", *sizes)) if len(sizes) > 1 else sizes[0]
