"""Inequalities between polynomials, fractions of them and roots."""
