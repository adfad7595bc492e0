"""What can be said: SymPy, and the few objects that SymPy lacks."""

from therefore.language.cyclic import (
    cyclic_index,
    cyclic_sequence,
    cyclic_sum,
    delta,
    representative,
)
from therefore.language.decimals import rounds_to
from therefore.language.errors import BadName, IllFormed, NothingToProve, UnknownName, WrongShape
from therefore.language.formulas import formula
from therefore.language.functions import define, function, grad, gradient, real_function
from therefore.language.indicators import indicator
from therefore.language.integrals import converges
from therefore.language.matrices import (
    circulant,
    entry,
    matrix,
    matrix_by_entries,
    shift,
    toeplitz,
)
from therefore.language.names import kernel_name
from therefore.language.printing import latex
from therefore.language.scalars import (
    dimension,
    horizon,
    index,
    integer,
    nonnegative,
    positive,
    real,
)
from therefore.language.statements import (
    all_of,
    any_of,
    at_least,
    at_most,
    both,
    convex,
    differentiable,
    equal,
    for_all,
    for_some,
    greater,
    has_derivative,
    iff,
    implies,
    less,
    no_derivative,
    not_equal,
    tends,
    unique_minimiser,
)
from therefore.language.vectors import inner, norm, real_sequence, sequence, vector
from therefore.language.writing import as_written

__all__ = [
    "BadName",
    "IllFormed",
    "NothingToProve",
    "UnknownName",
    "WrongShape",
    "all_of",
    "any_of",
    "as_written",
    "at_least",
    "at_most",
    "both",
    "circulant",
    "converges",
    "convex",
    "cyclic_index",
    "cyclic_sequence",
    "cyclic_sum",
    "define",
    "delta",
    "differentiable",
    "dimension",
    "entry",
    "equal",
    "for_all",
    "for_some",
    "formula",
    "function",
    "grad",
    "gradient",
    "greater",
    "has_derivative",
    "horizon",
    "iff",
    "implies",
    "index",
    "indicator",
    "inner",
    "integer",
    "kernel_name",
    "latex",
    "less",
    "matrix",
    "matrix_by_entries",
    "no_derivative",
    "nonnegative",
    "norm",
    "not_equal",
    "positive",
    "real",
    "real_function",
    "real_sequence",
    "representative",
    "rounds_to",
    "sequence",
    "shift",
    "tends",
    "toeplitz",
    "unique_minimiser",
    "vector",
]
