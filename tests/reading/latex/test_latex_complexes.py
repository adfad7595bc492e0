"""Complex matrices are read as blocks of real ones, and what does not carry over is refused."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from therefore.reading.latex.document import Document

DECLARED = (
    r"Let $A, B, C, D \in \mathbb{R}^{n\times n}$, $X \in \mathbb{R}^{m\times n}$, "
    r"$u \in \mathbb{R}^n$ and $t \in \mathbb{R}$. "
)
SIZE = 3


def read(formula: str, declared: str = DECLARED):
    document = Document("test.tex", None)
    document.read(f"{declared}\n\\[ {formula} \\]")
    return document


def block(p, q):
    return np.block([[p, -q], [q, p]])


def value(term, at):
    """The real matrix that a term is."""
    if isinstance(term, str):
        return at[term] if term in at else float(term)
    head, *parts = term
    if head == "blocks":
        return np.block([[value(one, at) for one in row[1:]] for row in parts])
    if head in ("identity", "zero"):
        size = {"n": SIZE}.get(parts[0], 2 * SIZE)
        return np.eye(size) if head == "identity" else np.zeros((size, size))
    a, *rest = (value(part, at) for part in parts)
    if head in ("+", "*"):
        for one in rest:
            a = a + one if head == "+" else a * one
        return a
    return {
        "-": lambda: -a, "/": lambda: a / rest[0], "matmul": lambda: a @ rest[0],
        "transpose": lambda: a.T, "inverse": lambda: np.linalg.inv(a),
    }[head]()  # fmt: skip


# A formula, and what it means of complex numbers, in NumPy's words.
MEANT = {
    r"A + iB": "A + 1j*B", r"A - iB": "A - 1j*B", r"-(A + iB)": "-A - 1j*B",
    r"iA": "1j*A", r"\mathrm{i}A + B": "1j*A + B", r"tiA": "1j*t*A", r"(1-ti)A": "(1-1j*t)*A",
    r"(1-ti)(A+iB)": "(1-1j*t)*(A+1j*B)", r"(A+iB)(1-ti)": "(1-1j*t)*(A+1j*B)",
    r"(t+i)(t-i)(A+iB)": "(t*t+1)*(A+1j*B)", r"i(A+iB)": "1j*A - B", r"iAB": "1j*A@B",
    r"(A+iB)(C+iD)": "(A+1j*B)@(C+1j*D)", r"A(C+iD)": "A@(C+1j*D)", r"(C+iD)A": "(C+1j*D)@A",
    r"A + iB + C": "A + C + 1j*B", r"I + iA": "I + 1j*A", r"\frac{A+iB}{2}": "(A+1j*B)/2",
    r"(A+iB)^{-1}": "inv(A+1j*B)", r"i(A+iB)^{-1}": "1j*inv(A+1j*B)",
    r"C + (A+iB)^{-1}": "C + inv(A+1j*B)", r"-(A+iB)^{-1}": "-inv(A+1j*B)",
    r"(1+2i)(A+iB)^{-1}": "(1+2j)*inv(A+1j*B)", r"2(A+iB)^{-1}": "2*inv(A+1j*B)",
    r"(A+iB)^H": "(A+1j*B).conj().T", r"((A+iB)^{-1})^H": "inv(A+1j*B).conj().T",
    r"(A+iB)^T": "(A+1j*B).T", r"A^H + iB": "A.T + 1j*B",
}  # fmt: skip


@pytest.mark.parametrize("formula", MEANT)
def test_read_as_the_blocks_of_its_meaning(formula: str) -> None:
    document = read(formula + " = C + iD")
    assert document.errors == []
    _, left, right = document.tasks[0].goal.conclusion
    rng = np.random.default_rng(1)
    at = {name: rng.normal(size=(SIZE, SIZE)) for name in "ABCD"} | {"t": 0.75}
    names = {**at, "I": np.eye(SIZE), "inv": np.linalg.inv}
    meant = eval(MEANT[formula], {}, names)
    assert np.allclose(value(left, at), block(meant.real, meant.imag))
    assert np.allclose(value(right, at), block(at["C"], at["D"]))


def test_the_meanings_differ() -> None:
    rng = np.random.default_rng(1)
    at = {name: rng.normal(size=(SIZE, SIZE)) for name in "ABCD"}
    formulas = ["A + iB", "A - iB", "iA", "(A+iB)^H", "(A+iB)^T"]
    for one, other in itertools.combinations(formulas, 2):
        sides = [read(f"{x} = C + iD").tasks[0].goal.conclusion[1] for x in (one, other)]
        assert not np.allclose(*(value(side, at) for side in sides))


def test_an_inverse_may_be_assumed() -> None:
    declared = DECLARED + "Suppose $A + iB$ is invertible. "
    blocks = ("blocks", ("row", "A", ("-", "B")), ("row", "B", "A"))
    assert read("A = B", declared).tasks[0].goal.hypotheses == (("invertible", blocks),)


REFUSED = {
    r"\det(A+iB) = 1": "complex", r"\operatorname{tr}(A+iB) = 1": "complex",
    r"\|A+iB\|_F = 1": "not declared", r"\|A+iB\| = 1": "no norm", r"(A+iB)u = u": "complex",
    r"u^\top(A+iB) = 0": "complex", r"A + iB \succ 0": "equations of matrices",
    r"(1+i)^2 A = B": "not read", r"1 + i = t": "not declared", r"A + iB = i": "set against",
    r"A + iX = A": "do not add up", r"(A+iB)X = A": "no product",
    r"((A+iB)^{-1})^T = A": "^H is", r"(A+iB)^2 = A": "not read", r"e^{iA} = B": "not read",
    r"(A+iB) \circ C = A": "complex", r"(A+iB) \otimes C = A": "complex",
    r"\frac{A}{1+i} = B": "a number is expected", r"A^i = B": "complex",
    r"\begin{bmatrix} A + iB & C \end{bmatrix} = X": "block",
    r"(A+iB)^{*} = A": "not read", r"(A+iB)^\dagger = A": "not read",
    r"\sum_{i=1}^{n} i A = iB": "i", r"A_{i} + iB = C": "i", r"iI = iI": "i",
}


@pytest.mark.parametrize("formula", REFUSED)
def test_refused(formula: str) -> None:
    document = read(formula)
    assert any(REFUSED[formula] in error.message for error in document.errors)


def test_a_declared_i_is_no_imaginary_unit() -> None:
    declared = DECLARED + r"Let $i \in \mathbb{R}$."
    (task,) = read("A + iB = C", declared).tasks
    assert task.goal.conclusion == ("=", ("+", "A", ("*", "i", "B")), "C")


def test_a_complex_matrix_has_no_name() -> None:
    document = Document("test.tex", None)
    document.read(DECLARED + r"Define $Z = A + iB$.")
    assert "write it out" in document.errors[0].message
