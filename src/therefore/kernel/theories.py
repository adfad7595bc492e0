"""The theories, in no particular order: each enters its rules and operations in the tables."""

from __future__ import annotations

from . import (  # noqa: F401
    blocks,
    boxes,
    calculus,
    combine,
    determinants,
    elementary,
    enclosed_matrices,
    enclosures,
    field_terms,
    gradients,
    hadamard,
    integrals,
    known_moments,
    kronecker,
    limits,
    logic,
    matrices,
    matrix_sums,
    matrix_terms,
    powers,
    ranges,
    slopes,
    steps,
    sum_signs,
    traces,
    whole_part,
)
