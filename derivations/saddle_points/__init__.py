"""Gradient descent and Newton's method near a saddle point of a quadratic function."""
