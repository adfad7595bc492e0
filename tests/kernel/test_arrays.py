"""Blocks, Kronecker and Hadamard products, vec: normal forms against values, and what is refused."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from array_values import Reader, Values, any_size, matrix, number, vector

from therefore.kernel import Rejected
from therefore.kernel.atoms import Atoms
from therefore.kernel.context import Context
from therefore.kernel.terms import sort_of

Term = Any


@pytest.mark.parametrize("seed", range(150))
def test_a_normal_form_is_the_value_of_its_term(seed: int) -> None:
    rng = random.Random(seed)
    values = Values(rng)
    for _ in range(3):
        kind = rng.choice(("number", "vector", "matrix"))
        rows, columns = any_size(rng), any_size(rng)
        term: Term = {
            "number": lambda: number(values, 2),
            "vector": lambda rows=rows: vector(values, rows, 3),
            "matrix": lambda rows=rows, columns=columns: matrix(values, rows, columns, 3),
        }[kind]()
        try:
            wanted = values.of(term)
        except ZeroDivisionError:  # an inverse of a singular matrix
            continue
        ctx = Context(Atoms())
        for name, sort in values.names.items():
            ctx.declare(name, sort)
        sort_of(term, ctx.names)
        try:
            form = ctx.normal.value(term)
        except Rejected as no:
            assert no.code in ("TOO_LARGE", "DIVISION_BY_ZERO"), term
            continue
        shape = [] if kind == "number" else [values.size(s) for s in (rows, columns)][
            : 1 if kind == "vector" else 2]  # fmt: skip
        assert np.all(Reader(ctx, values).of(form, *shape) == wanted), term
