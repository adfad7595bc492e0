"""Limits, derivatives and integrals."""
