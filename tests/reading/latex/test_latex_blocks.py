r"""Blocks, \otimes, \circ, vec and diag in documents, and sizes that are sums and products."""

from __future__ import annotations

import pytest
from latex_reading import term_of

DECLARED = (
    r"Let $A, G \in \mathbb{R}^{m\times m}$, $B, F \in \mathbb{R}^{m\times n}$, "
    r"$C \in \mathbb{R}^{n\times m}$, $D \in \mathbb{R}^{n\times n}$, "
    r"$u, v \in \mathbb{R}^m$, $y \in \mathbb{R}^n$, $c \in \mathbb{R}$, "
    r"$N \in \mathbb{R}^{(2h+1)\times(2h+1)}$, $M \in \mathbb{R}^{mn \times 2m}$."
)
E1 = ("vector", "1")
ZEROS = (("zero", "m", "n"), ("zero", "n", "m"))


def blocks(*rows):
    return ("blocks", *(("row", *row) for row in rows))


READ = [
    (r"\begin{bmatrix} A & B \\ C & D \end{bmatrix}", blocks(("A", "B"), ("C", "D"))),
    (r"\begin{pmatrix} A & 0 \\ 0 & D \end{pmatrix}", blocks(("A", ZEROS[0]), (ZEROS[1], "D"))),
    (r"\begin{bmatrix} I & B \\ 0 & D \end{bmatrix}",
     blocks((("identity", "m"), "B"), (ZEROS[1], "D"))),
    (r"\begin{bmatrix} A & u \\ v^\top & c \end{bmatrix}",
     blocks(("A", ("outer", "u", E1)), (("outer", E1, "v"), ("rows", ("row", "c"))))),
    (r"\begin{bmatrix} u \\ y \end{bmatrix}",
     ("matmul", blocks((("outer", "u", E1),), (("outer", "y", E1),)), E1)),
    (r"\operatorname{diag}(A, D)", blocks(("A", ZEROS[0]), (ZEROS[1], "D"))),
    (r"\mathrm{diag}(1, c)", ("rows", ("row", "1", "0"), ("row", "0", "c"))),
    (r"\det\begin{bmatrix} A & B \\ C & D \end{bmatrix}",
     ("det", blocks(("A", "B"), ("C", "D")))),
    (r"A \otimes B", ("kronecker", "A", "B")),
    (r"AG \otimes CB", ("kronecker", ("matmul", "A", "G"), ("matmul", "C", "B"))),
    (r"c A \otimes (B + F)", ("kronecker", ("*", "c", "A"), ("+", "B", "F"))),
    (r"A \otimes D \otimes G", ("kronecker", ("kronecker", "A", "D"), "G")),
    (r"A \otimes D + G \otimes D", ("+", ("kronecker", "A", "D"), ("kronecker", "G", "D"))),
    (r"u \otimes y", ("kronecker", "u", "y")),
    (r"B \circ F", ("hadamard", "B", "F")),
    (r"B \odot F", ("hadamard", "B", "F")),
    (r"(A^\top \circ I) G", ("matmul", ("hadamard", ("transpose", "A"), ("identity", "m")), "G")),
    (r"u \odot v", ("hadamard", "u", "v")),
    (r"\mathrm{vec}(B)^\top \mathrm{vec}(F)", ("inner", ("vec", "B"), ("vec", "F"))),
    (r"I_{mn}", ("identity", ("*", "m", "n"))),
    (r"I_{m+n}", ("identity", ("+", "m", "n"))),
    (r"N I", ("matmul", "N", ("identity", ("+", ("*", "2", "h"), "1")))),
    (r"M^\top M", ("matmul", ("transpose", "M"), "M")),
]  # fmt: skip


@pytest.mark.parametrize(("latex", "term"), READ)
def test_blocks_and_products_are_read(latex, term):
    assert term_of(latex, DECLARED) == term


@pytest.mark.parametrize(
    "latex",
    [
        r"\begin{bmatrix} A & B \\ D & C \end{bmatrix}",
        r"\begin{bmatrix} A & 0 \\ 0 & 0 \end{bmatrix}",
        r"\begin{bmatrix} A & B \\ C \end{bmatrix}",
        r"\begin{bmatrix} A & u \\ C & y^\top \end{bmatrix}",
        r"\begin{bmatrix} I & 0 \\ 0 & D \end{bmatrix}",
        r"\operatorname{diag}(A)", r"\operatorname{diag}(B, D)", r"\operatorname{diag} A",
        r"\operatorname{vec}(u)", r"\operatorname{vec} B", r"\operatorname{vec}(A, D)",
        r"A \otimes u", r"A \otimes I", r"c \otimes A", r"A \otimes",
        r"B \circ A", r"AG \circ A", r"A \circ GA", r"A G \odot A", r"u \circ y", r"I \circ I",
        r"A \circ G \otimes D", r"c \circ A", r"I_{mk}", r"A^\top u \circ",
    ],
)  # fmt: skip
def test_what_has_no_one_reading_is_refused(latex):
    assert str(term_of(latex, DECLARED)).startswith("refused")


@pytest.mark.parametrize("space", [r"(m-n)\times n", r"m^2 \times n", r"(m+)\times n",
                                   r"0n \times n"])  # fmt: skip
def test_no_size(space):
    assert str(term_of("Z", rf"Let $Z \in \mathbb{{R}}^{{{space}}}$.")).startswith("declarations")
