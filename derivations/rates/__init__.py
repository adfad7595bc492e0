"""Worst-case rates of first-order methods, each with its constant, for every dimension.

A class of functions or of maps is said by its definition, for all points; what it gives at the
points of a method is found by the checker, with exact multipliers, and a sum of squares is left
over. Some bounds are for a few given numbers of steps, others, where a quantity is known that does
not grow from one step to the next, for any number of them.
"""
