"""Atoms: when two are one, on what they depend, and the relations that they obey."""

from __future__ import annotations

import pytest

from therefore.kernel import Rejected
from therefore.kernel.atoms import MOST_STEPS, Argument, Atoms, Residue, Vector
from therefore.kernel.polynomials import ONE, ZERO, Scalar, atom, number


class Four:
    """A run with the names x and y, a vector u, and the size n."""

    def __init__(self) -> None:
        self.atoms = Atoms()
        self.index_x, self.index_y, self.index_u, self.index_n = (
            self.atoms.intern("name", name) for name in "xyun"
        )
        self.x, self.y, self.n = atom(self.index_x), atom(self.index_y), atom(self.index_n)
        self.u = Vector({self.index_u: ONE})


def test_two_atoms_are_one_when_their_arguments_are_equal() -> None:
    """Equal by normal form: f((x² − 1)/(x − 1)) is f(x + 1) wherever it is defined."""
    run = Four()
    shorter = run.atoms.intern("app", "f", run.x + ONE)
    longer = (run.x * run.x - ONE) * (run.x - ONE).inverse()
    assert run.atoms.intern("app", "f", longer) == shorter
    assert run.atoms.find("app", "f", longer) == shorter


@pytest.mark.parametrize("head", ["abs", "sqrt", "norm"])
def test_what_has_a_sign_is_shared_by_equally_defined_arguments_only(head: str) -> None:
    """√(1 + √x·√x) is positive where it is defined; √(1 + x) need not be."""
    run = Four()
    root = atom(run.atoms.intern("sqrt", run.x))
    longer = (run.x * run.x - ONE) * (run.x - ONE).inverse()
    for first, second in ((ONE + root * root, ONE + run.x), (longer, run.x + ONE)):
        assert run.atoms.is_zero(first - second)
        assert run.atoms.intern(head, first) != run.atoms.intern(head, second)
        assert run.atoms.intern(head, first) == run.atoms.intern(head, first + ZERO)


def test_an_atom_is_found_again_only_where_it_is_defined() -> None:
    """exp((x² − 1)/(x − 1)) says nothing at 1, and exp(√x·√x) nothing of a negative x."""
    run = Four()
    root = atom(run.atoms.intern("sqrt", run.x))
    longer = (run.x * run.x - ONE) * (run.x - ONE).inverse()
    for first, second in ((root * root, run.x), (longer, run.x + ONE)):
        old = run.atoms.intern("exp", first)
        inside = run.atoms.intern("app", "f", atom(old))
        new = run.atoms.intern("exp", second)
        assert run.atoms.is_zero(first - second)
        assert new != old
        assert run.atoms.intern("app", "f", atom(new)) != inside
        assert run.atoms.intern("exp", first + ZERO) == old


@pytest.mark.parametrize("shape", ["1 + exp", "x² + pi", "√2", "log 2"])
def test_what_is_plainly_defined_does_not_keep_atoms_apart(shape: str) -> None:
    """1 + exp x, x² + π and √2 are defined whatever x is."""
    run = Four()
    below = {
        "1 + exp": lambda: ONE + atom(run.atoms.intern("exp", run.x)),
        "x² + pi": lambda: run.x * run.x + atom(run.atoms.intern("pi", "pi")),
        "√2": lambda: atom(run.atoms.intern("sqrt", number(2))),
        "log 2": lambda: atom(run.atoms.intern("log", number(2))),
    }[shape]()
    longer = run.y + below - below
    if len(below.over) > 1:
        longer = (run.y * below + run.y * run.y * below) * below.inverse() - run.y * run.y
    assert run.atoms.intern("exp", longer) == run.atoms.intern("exp", run.y)


@pytest.mark.parametrize("shape", ["x + 1", "x² + x", "1 − exp"])
def test_a_denominator_that_may_vanish_keeps_atoms_apart(shape: str) -> None:
    run = Four()
    below = {
        "x + 1": lambda: run.x + ONE,
        "x² + x": lambda: run.x * run.x + atom(run.atoms.intern("abs", run.x)),
        "1 − exp": lambda: ONE - atom(run.atoms.intern("exp", run.x)),
    }[shape]()
    longer = (run.y * below + run.y * run.y * below) * below.inverse() - run.y * run.y
    assert run.atoms.intern("exp", longer) != run.atoms.intern("exp", run.y)


def test_what_has_a_sign_may_hold_a_word() -> None:
    """A word is one with itself only."""
    run = Four()
    assert run.atoms.intern("abs", "a") == run.atoms.intern("abs", "a")
    assert run.atoms.intern("abs", "a") != run.atoms.intern("abs", "b")


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        (("a",), ("a",), True),
        (("a",), ("b",), False),
        (("a",), ("a", "a"), False),
        ((1,), (1,), True),
        ((1,), ("1",), False),
        ((ONE + ONE,), (number(2),), True),
        ((ONE,), (ZERO,), False),
        ((ONE,), (Vector({}),), False),
        ((Vector({}),), (Vector({}),), True),
        ((Vector({0: ONE}),), (Vector({0: number(1)}),), True),
        ((Vector({0: ONE}),), (Vector({1: ONE}),), False),
        ((Residue("3", number(5)),), (Residue("3", number(2)),), True),
        ((Residue("3", number(5)),), (Residue("3", number(1)),), False),
        ((Residue("3", number(5)),), (Residue("4", number(5)),), False),
        ((Residue("3", ONE),), (ONE,), False),
    ],
)
def test_when_arguments_are_equal(
    left: tuple[Argument, ...], right: tuple[Argument, ...], equal: bool
) -> None:
    """Words and atoms literally, fractions and vectors by difference, residues modulo."""
    run = Four()
    assert (run.atoms.intern("head", *left) == run.atoms.intern("head", *right)) is equal


def test_the_dependence_of_an_atom() -> None:
    """An atom depends on the atoms in its arguments, and not on what it binds."""
    run = Four()
    rows = run.atoms.rows
    bound = run.atoms.index(1)
    place = (run.x + atom(bound)) * (run.y + ONE).inverse()
    inner = run.atoms.intern("app", "f", place)
    assert rows[inner].free == {run.index_x, run.index_y, bound}
    total = run.atoms.intern("sum", ZERO, run.n, atom(inner), height=1)
    assert rows[total].free == {run.index_x, run.index_y, run.index_n}
    moved = run.u.scaled(run.x)
    assert rows[run.atoms.intern("app", "g", moved)].free == {run.index_u, run.index_x}
    assert rows[run.atoms.intern("lift", Residue("n", run.y))].free == {run.index_y}
    assert rows[run.atoms.intern("inner", run.index_u, inner)].free == {
        run.index_u, run.index_x, run.index_y, bound,
    }  # fmt: skip


def test_the_height_of_a_value() -> None:
    """The greatest number of a variable that is bound inside, at any depth."""
    run = Four()
    height = run.atoms.height
    for value in ("x", run.x, run.u, Residue("n", run.x), ZERO, Vector({})):
        assert height(value) == 0
    total = run.atoms.intern("sum", ZERO, run.n, atom(run.atoms.index(2)), height=2)
    assert height(total) == height(atom(total)) == 2
    assert height(ONE * (atom(total) + ONE).inverse()) == 2
    assert height(run.u.scaled(atom(total))) == height(Residue("n", atom(total))) == 2
    assert run.atoms.rows[run.atoms.intern("app", "f", atom(total))].height == 2
    assert run.atoms.find("sum", ZERO, run.n, atom(run.atoms.index(2)), height=3) is None


def test_the_relations_of_atoms() -> None:
    """|x|² = x², √x² = x, ‖u‖² = ⟨u,u⟩ and δ² = δ, and no more than these."""
    run = Four()
    absolute, root, delta, square = (
        atom(run.atoms.intern(*row))
        for row in (
            ("abs", run.x),
            ("sqrt", run.x),
            ("delta", Residue("n", run.x)),
            ("inner", run.index_u, run.index_u),
        )
    )
    norm = atom(run.atoms.intern("norm", square))
    zero = run.atoms.is_zero
    assert zero(absolute**2 - run.x**2) and zero(absolute**3 - absolute * run.x**2)
    assert zero(root**2 - run.x) and zero(root**5 - run.x**2 * root)
    assert zero(norm**2 - square) and zero(norm**4 * run.y - square**2 * run.y)
    assert zero(delta**3 - delta) and not zero(delta - ONE)
    assert not zero(absolute - run.x) and not zero(root - run.x) and not zero(norm**2 - norm)
    nested = atom(run.atoms.intern("sqrt", root * run.y))
    assert zero(nested**4 - run.x * run.y**2)
    assert zero(run.u.scaled(root**2) - run.u.scaled(run.x))
    assert not zero(run.u)
    assert zero((root**2 - run.x) * (run.y + ONE).inverse())


def test_vectors_are_linear() -> None:
    """Coefficients of zero disappear."""
    run = Four()
    assert (run.u - run.u).parts == {}
    assert run.u.scaled(ZERO).parts == {}
    assert (run.u + run.u).parts[run.index_u].constant() == 2


@pytest.mark.parametrize(
    ("size", "factor", "constant"),
    [("3", 3, 0), ("3", 7, 1), ("3", -1, 2), ("1", 5, 0), ("n", 3, 3), ("n", 0, 0)],
)
def test_numbers_modulo_a_size(size: str, factor: int, constant: int) -> None:
    """A written-out size gives representatives from 0 on."""
    assert Four().atoms.reduced(size, number(factor)).constant() == constant


def test_multiples_of_the_size_vanish() -> None:
    """n·x is 0 modulo n, a representative of r modulo n is r, and modulo m it is not."""
    run = Four()
    reduced = run.atoms.reduced
    assert reduced("n", run.n * run.x + run.x * run.x).over == (run.x**2).over
    lifted = atom(run.atoms.intern("lift", Residue("n", run.x + ONE)))
    assert reduced("n", lifted**2).over == ((run.x + ONE) ** 2).over
    assert reduced("m", lifted).over == lifted.over
    assert reduced("3", number(4) * run.x + number(3) * run.y).over == run.x.over


def test_a_run_has_a_limit_of_steps() -> None:
    """What would occupy the kernel for long is refused."""
    run = Atoms(steps=MOST_STEPS - 1)
    run.spend()
    with pytest.raises(Rejected) as refusal:
        run.spend()
    assert refusal.value.code == "TOO_LARGE"


def test_scalars_and_vectors_are_compared_by_normal_form_only() -> None:
    """Two objects are not equal because they look alike: ask the run."""
    assert Scalar({}) != Scalar({})
