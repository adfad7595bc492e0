"""Matrices of any size: inverses, determinants, projections, least squares, traces, gradients."""
