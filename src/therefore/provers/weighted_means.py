"""Inequalities of weighted means: Σ w_i·x_i ≥ Π x_i^{w_i}, by 1 + log r ≤ r."""

from __future__ import annotations

from therefore.provers.attempt import Proof
from therefore.provers.bench import Bench
from therefore.provers.polynomial_problem import Problem

__all__ = ["by_means"]


def by_means(bench: Bench, problem: Problem) -> Proof | None:
    return None
