"""Equations of matrices and vectors, inverses, determinants, forms."""
