"""Terms, as the rules see them: binders, sorts, formulas and reduction under one name."""

from .binders import (
    RESERVED,
    close,
    is_number,
    measured,
    mentions,
    new_name,
    open_binder,
    substitute,
)
from .formulas import check_formula, negation
from .reduction import reduced
from .sorts import check_sort, fits
from .typed import check_value, coerced, sort_of

__all__ = [
    "RESERVED",
    "check_formula",
    "check_sort",
    "check_value",
    "close",
    "coerced",
    "fits",
    "is_number",
    "measured",
    "mentions",
    "negation",
    "new_name",
    "open_binder",
    "reduced",
    "sort_of",
    "substitute",
]
