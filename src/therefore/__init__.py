"""Checks mathematical derivations line by line.

The names below are imported when they are first used, so that ``import therefore`` is quick.

>>> from therefore import Status
>>> Status.PROVED.value
'PROVED'
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from therefore.check import Options, check_claim, check_paths
    from therefore.claim import By, Claim, Derivation, FalseTwin, Step, by, claim, derivation
    from therefore.language import (
        IllFormed,
        all_of,
        any_of,
        as_written,
        at_least,
        at_most,
        averaged,
        basis,
        block_diagonal,
        block_matrix,
        both,
        bregman_distance,
        circulant,
        cocoercive,
        commute,
        component,
        converges,
        convex,
        covariance,
        cyclic_index,
        cyclic_sequence,
        cyclic_sum,
        define,
        delta,
        det,
        differentiable,
        differential,
        dimension,
        element,
        element_sequence,
        entry,
        equal,
        expectation,
        field,
        finite_moments,
        firmly_nonexpansive,
        fixed_point,
        for_all,
        for_some,
        formula,
        frobenius_norm,
        full_column_rank,
        full_row_rank,
        function,
        gaussian,
        grad,
        gradient,
        greater,
        hadamard,
        has_derivative,
        hessian,
        horizon,
        idempotent,
        identity,
        iff,
        implies,
        independent,
        index,
        indicator,
        inner,
        integer,
        inverse,
        invertible,
        jacobian,
        kronecker,
        latex,
        less,
        lipschitz,
        matrix,
        matrix_by_entries,
        matrix_sequence,
        minimiser,
        monotone,
        natural,
        nearest_point_map,
        no_derivative,
        nonexpansive,
        nonnegative,
        norm,
        not_equal,
        orthogonal,
        orthogonal_projection,
        outer,
        positive,
        positive_definite,
        positive_semidefinite,
        projection,
        proximal_point,
        pseudo_inverse,
        random_matrix,
        random_number,
        random_vector,
        real,
        real_function,
        real_sequence,
        relatively_smooth,
        representative,
        root_of_unity,
        rounds_to,
        sequence,
        shift,
        size_sequence,
        skew_symmetric,
        smooth,
        strongly_convex,
        strongly_monotone,
        subgradient,
        symmetric,
        tends,
        toeplitz,
        trace,
        transpose,
        unique_minimiser,
        variance,
        vec,
        vector,
        vector_map,
        vector_sequence,
    )
    from therefore.language.vectorised import numpy_function
    from therefore.plots import Plot, Trajectories, plot, trajectories
    from therefore.record import Record
    from therefore.verdict import Agreement, Counterexample, Status, Verdict

    __version__: str

__all__ = [
    "Agreement",
    "By",
    "Claim",
    "Counterexample",
    "Derivation",
    "FalseTwin",
    "IllFormed",
    "Options",
    "Plot",
    "Record",
    "Status",
    "Step",
    "Trajectories",
    "Verdict",
    "__version__",
    "all_of",
    "any_of",
    "as_written",
    "at_least",
    "at_most",
    "averaged",
    "basis",
    "block_diagonal",
    "block_matrix",
    "both",
    "bregman_distance",
    "by",
    "check_claim",
    "check_paths",
    "circulant",
    "claim",
    "cocoercive",
    "commute",
    "component",
    "converges",
    "convex",
    "covariance",
    "cyclic_index",
    "cyclic_sequence",
    "cyclic_sum",
    "define",
    "delta",
    "derivation",
    "det",
    "differentiable",
    "differential",
    "dimension",
    "element",
    "element_sequence",
    "entry",
    "equal",
    "expectation",
    "field",
    "finite_moments",
    "firmly_nonexpansive",
    "fixed_point",
    "for_all",
    "for_some",
    "formula",
    "frobenius_norm",
    "full_column_rank",
    "full_row_rank",
    "function",
    "gaussian",
    "grad",
    "gradient",
    "greater",
    "hadamard",
    "has_derivative",
    "hessian",
    "horizon",
    "idempotent",
    "identity",
    "iff",
    "implies",
    "independent",
    "index",
    "indicator",
    "inner",
    "integer",
    "inverse",
    "invertible",
    "jacobian",
    "kronecker",
    "latex",
    "less",
    "lipschitz",
    "matrix",
    "matrix_by_entries",
    "matrix_sequence",
    "minimiser",
    "monotone",
    "natural",
    "nearest_point_map",
    "no_derivative",
    "nonexpansive",
    "nonnegative",
    "norm",
    "not_equal",
    "numpy_function",
    "orthogonal",
    "orthogonal_projection",
    "outer",
    "plot",
    "positive",
    "positive_definite",
    "positive_semidefinite",
    "projection",
    "proximal_point",
    "pseudo_inverse",
    "random_matrix",
    "random_number",
    "random_vector",
    "real",
    "real_function",
    "real_sequence",
    "relatively_smooth",
    "representative",
    "root_of_unity",
    "rounds_to",
    "sequence",
    "shift",
    "size_sequence",
    "skew_symmetric",
    "smooth",
    "strongly_convex",
    "strongly_monotone",
    "subgradient",
    "symmetric",
    "tends",
    "toeplitz",
    "trace",
    "trajectories",
    "transpose",
    "unique_minimiser",
    "variance",
    "vec",
    "vector",
    "vector_map",
    "vector_sequence",
]

_HOMES = {
    "therefore.check": ("Options", "check_claim", "check_paths"),
    "therefore.claim": ("By", "Claim", "Derivation", "FalseTwin", "Step", "by", "derivation"),
    "therefore.language.vectorised": ("numpy_function",),
    "therefore.plots": ("Plot", "Trajectories", "plot", "trajectories"),
    "therefore.record": ("Record",),
    "therefore.verdict": ("Agreement", "Counterexample", "Status", "Verdict"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        return version("therefore")
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOME.get(name, "therefore.language")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__


class _Package(ModuleType):
    """This package, in which ``claim`` is the function, although a module has that name too."""

    @property
    def claim(self) -> Any:
        return import_module("therefore.claim").claim

    @claim.setter
    def claim(self, module: ModuleType) -> None:
        """Importing the module sets the name to the module; it stays the function."""


sys.modules[__name__].__class__ = _Package
