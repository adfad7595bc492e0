"""Matrices of any size: traces, determinants, their gradients."""
