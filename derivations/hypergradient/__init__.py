"""The step of gradient descent, learned in its turn: the loss after a step, as a function of it.

For least squares this function is a parabola in the step, with slopes that the data determine. It
is least at a step that can be written down, and has no lowest point of its own exactly where
gradient descent has nothing left to do.
"""
