"""Gradient descent on convex functions: one step, its regret, and its rate."""
