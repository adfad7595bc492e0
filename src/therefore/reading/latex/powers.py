"""Powers, transposes and factorials."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.reading.latex import complexes, decimals
from therefore.reading.latex.complexes import is_complex
from therefore.reading.latex.errors import Ambiguous, Unreadable
from therefore.reading.latex.exponents import is_natural, is_of_an_index
from therefore.reading.latex.names import described
from therefore.reading.latex.products import Value, cells, kind_of, multiplied
from therefore.reading.latex.signs import TRANSPOSES
from therefore.reading.latex.tokens import Place, Token, spelled
from therefore.reading.standard import HIGHEST_ROOT, applied, root

if TYPE_CHECKING:
    from therefore.reading.latex.grammar import Grammar


def factorial(value: Value, mark: Token) -> Value:
    """The product of the numbers up to a literal one."""
    if not (isinstance(value.term, str) and value.term.isdigit() and int(value.term) <= 20):
        raise Unreadable("a factorial is read of a number up to 20", mark.place)
    count = int(value.term)
    if count < 2:
        return Value("1", "integer")
    return Value(("*", *(str(k) for k in range(1, count + 1))), "integer")


def raised(grammar: Grammar, value: Value, exponent: list[Token], mark: Token) -> Value:
    """A value with what stands above it: a power, a transpose, an inverse."""
    shown = spelled(exponent)
    kind = kind_of(value.sort)
    if is_complex(value):
        return _complex_power(grammar, value, shown, mark)
    if shown in _HERMITIAN and kind == "matrix" and not _is_declared(grammar, "H"):
        return transposed(value, mark)
    if shown in TRANSPOSES or (shown == "T" and kind in ("vector", "matrix", "row")):
        if shown == "T" and ("T" in grammar.names.plain or "T" in grammar.bound):
            raise Ambiguous(
                ("a transpose", "a power with the declared exponent T"),
                "write ^\\top for the transpose",
                mark.place,
            )
        return transposed(value, mark)
    if kind == "matrix" and shown in ("+", "\\dagger"):
        return Value(("pseudoinverse", value.term), ("matrix", value.sort[2], value.sort[1]))
    if shown in ("*", "\\dagger"):
        raise Unreadable(f"^{shown} is read on a declared name only", mark.place)
    if kind == "matrix":
        return _matrix_power(grammar, value, exponent, mark)
    if kind != "number":
        raise Unreadable(f"{described(value.sort)} has no power", mark.place)
    power = grammar.inside(exponent).number()
    return power_of(grammar, value, power, mark)


_HERMITIAN = frozenset(["H", "\\mathrm{H}", "\\mathsf{H}"])


def _is_declared(grammar: Grammar, letter: str) -> bool:
    return letter in grammar.names.plain or letter in grammar.bound


def _complex_power(grammar: Grammar, value: Value, shown: str, mark: Token) -> Value:
    """An inverse, a conjugate transpose, or a transpose of a complex matrix."""
    if shown == "-1":
        return complexes.inverted(value, mark.place)
    if shown in _HERMITIAN and not _is_declared(grammar, "H"):
        return complexes.conjugate_transposed(value, mark.place)
    if shown in TRANSPOSES or (shown == "T" and not _is_declared(grammar, "T")):
        return complexes.transposed(value, mark.place)
    raise Unreadable(f"^{shown} of {described(value.sort)} is not read", mark.place)


def exponential(exponent: Value, mark: Token) -> Value:
    """e to the power of a number or of a square matrix."""
    kind = kind_of(exponent.sort)
    if kind == "matrix" and exponent.sort[1] == exponent.sort[2]:
        return Value(("exponential", exponent.term), exponent.sort)
    if kind != "number":
        raise Unreadable(f"e^{{…}} of {described(exponent.sort)} is not read", mark.place)
    return Value(("exp", exponent.term), "real")


def power_of(grammar: Grammar, value: Value, power: Value, mark: Token) -> Value:
    """A power of a number, by what its exponent is. Raises ``Unreadable``."""
    exponent = _literal(decimals.plain(power.term))
    if exponent is not None:
        return _literal_power(value, exponent, mark)
    is_positive = (_literal(decimals.plain(value.term)) or 0) > 0
    if power.sort == "real" or (is_positive and not is_natural(grammar, power)):
        if is_minus(value.term):
            raise Unreadable("a real power of a negative number is undefined", mark.place)
        return Value(applied("pow", value.term, power.term), "real")
    _demand_natural(grammar, power, mark)
    return Value(("power", value.term, power.term), "real")


def _literal_power(value: Value, exponent: Fraction, mark: Token) -> Value:
    count, sort = abs(exponent.numerator), "real" if value.sort == "real" else "integer"
    if exponent.denominator == 1 and value.term == "10" and count > 64:
        return Value(decimals.scaled("1", exponent.numerator), "real")
    if exponent.denominator > HIGHEST_ROOT or count > 64:
        raise Unreadable(
            f"the exponent {exponent} is not in the language; there are integers up to 64, and "
            "quotients of such",
            mark.place,
        )
    base = value.term
    if exponent.denominator > 1:
        if exponent.denominator > 2 and is_minus(base):
            raise Unreadable("a real power of a negative number is undefined", mark.place)
        base, sort = root(exponent.denominator, base), "real"
    once = count == 1 and (exponent < 0 or exponent.denominator > 1)
    term: Term = base if once else ("^", base, str(count))
    return Value(("/", "1", term), "real") if exponent < 0 else Value(term, sort)


def _literal(term: Term) -> Fraction | None:
    """The number that a term writes out, if it is one number, a quotient of two, or minus it."""
    if isinstance(term, str):
        return Fraction(term) if term[:1].isdigit() or term[:1] == "-" else None
    if term[0] == "-" and len(term) == 2:
        inner = _literal(term[1])
        return None if inner is None else -inner
    if term[0] == "/" and all(isinstance(part, str) for part in term[1:]):
        over, under = _literal(term[1]), _literal(term[2])
        return over / under if over is not None and under else None
    return None


def is_minus(term: Term) -> bool:
    """Whether a term is a negative number written out."""
    number = _literal(decimals.plain(term))
    return number is not None and number < 0


def _demand_natural(grammar: Grammar, power: Value, mark: Token) -> None:
    """Raise ``Unreadable`` unless an integer is known to be no less than 0."""
    if not is_natural(grammar, power):
        raise Unreadable(
            "this exponent is an integer that may be negative; declare it a size, assume 0 <= of "
            "it, or let the range of its index begin later",
            mark.place,
        )


def transposed(value: Value, mark: Token) -> Value:
    """The transpose of a vector, a row or a matrix."""
    kind = kind_of(value.sort)
    if kind == "vector":
        return Value(value.term, ("row", value.sort[1]))
    if kind == "row":
        return Value(value.term, ("vector", value.sort[1]))
    if kind == "matrix":
        rows = cells(value)
        if rows is not None:
            turned = tuple(("row", *column) for column in zip(*rows, strict=True))
            if len(turned) > 1 and len(rows) == 1:
                return Value(("vector", *rows[0]), ("vector", value.sort[2]))
            return Value(("rows", *turned), ("matrix", value.sort[2], value.sort[1]))
        return Value(("transpose", value.term), ("matrix", value.sort[2], value.sort[1]))
    raise Unreadable(f"{described(value.sort)} has no transpose", mark.place)


def _matrix_power(
    grammar: Grammar, value: Value, exponent: list[Token], mark: Token
) -> Value:
    shown = spelled(exponent)
    if value.sort[1] != value.sort[2]:
        raise Unreadable(f"{described(value.sort)} has no power", mark.place)
    if shown == "-1":
        return Value(("inverse", value.term), value.sort)
    if shown == "-T" and ("T" in grammar.names.plain or "T" in grammar.bound):
        raise Ambiguous(
            ("the inverse of the transpose", "a power with the declared exponent T"),
            "write ^{-\\top}", mark.place,
        )  # fmt: skip
    if shown[:1] == "-" and (shown[1:] == "T" or shown[1:] in TRANSPOSES):
        return Value(("transpose", ("inverse", value.term)), value.sort)
    literal = shown[1:].isdigit() and 2 <= int(shown[1:]) <= 8
    if shown.startswith("-") and (literal or (len(exponent) == 2 and shown[1:].isalpha())):
        return _matrix_power(
            grammar, Value(("inverse", value.term), value.sort), exponent[1:], mark
        )
    if shown.isdigit() and 1 <= int(shown) <= 8:
        term = value.term
        for _ in range(int(shown) - 1):
            term = ("matmul", term, value.term)
        return Value(term, value.sort)
    power = grammar.inside(exponent).number() if not shown.lstrip("-").isdigit() else None
    if power is None or power.sort not in ("integer", "size"):
        raise Unreadable(f"the power {shown} of a matrix is not in the language", mark.place)
    if not is_of_an_index(power.term):
        _demand_natural(grammar, power, mark)  # of an index of a sum the kernel asks it
    return Value(("power", value.term, power.term), value.sort)


def with_powers_of_ten(
    factors: list[tuple[Value, str, Place]], entries: bool = False
) -> Value:
    r"""The product, where a number times a power of ten, ``6.2\times10^{-6}``, is one number."""
    if len(factors) == 2 and factors[1][1] in ("times", "cdot"):
        first, power = factors[0][0].term, factors[1][0].term
        exponent = _exponent_of_ten(power)
        if exponent is not None and isinstance(first, decimals.Decimal):
            return Value(decimals.scaled(first, exponent), "real")
    return multiplied(factors, entries)


def _exponent_of_ten(term: Term) -> int | None:
    """The exponent of a power of ten, positive or negative; ``None`` for anything else."""
    if not isinstance(term, tuple):
        return None
    if term[0] == "^" and term[1] == "10":
        return int(term[2])
    if term[:2] == ("/", "1"):
        below = _exponent_of_ten(term[2]) if isinstance(term[2], tuple) else None
        return -1 if term[2] == "10" else None if below is None else -below
    return None
