"""The points of which the definition of a class speaks are none of its constants."""

from __future__ import annotations

from typing import Any

import pytest

from therefore import (
    as_written,
    averaged,
    dimension,
    function,
    positive,
    real,
    strongly_convex,
    vector_map,
)

d = dimension("d")


# S30: beta of the constant was bound as well, so that it was the weight of the two points.
@pytest.mark.parametrize(
    "constant",
    [
        real(r"\alpha") * real(r"\beta"), positive(r"\alpha"), real("alpha") + positive("beta"),
        real(r"\alpha") * real(r"\beta") * real(r"\tau"),
    ],
)  # fmt: skip
def test_the_letters_of_a_constant_stay_free(constant: Any) -> None:
    with as_written():
        stated = strongly_convex(function("f", d), constant)
    assert constant.free_symbols <= stated.free_symbols
    inner = stated.args[-1].args[-1]
    bound = {str(one) for one in inner.args[:-1]}
    assert not bound & {str(one).replace("\\", "") for one in constant.free_symbols}
    assert not bound & {str(one) for one in constant.free_symbols}


def test_constants_that_are_plain_numbers_are_exact() -> None:
    with as_written():
        stated = str(strongly_convex(function("f", d), 3)), str(averaged(vector_map("T", d, d), 1))
    assert "1.5" not in stated[0] and "." not in stated[1]
