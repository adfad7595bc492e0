"""Gradient descent: what a step does, what it adds up to, and how near it comes to the minimum.

For convex functions there is the regret of any steps and the rate that follows from it, which is
better where the function is smooth, and geometric where it is strongly convex; for smooth functions
that need not be convex, how small the gradient becomes. A stochastic step need not lower the loss,
and where several solutions fit the data, stochastic gradient descent ends at the nearest one, which
adaptive methods need not.
"""
