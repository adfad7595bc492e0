"""Worst-case rates of first-order methods, each with its constant, for every dimension.

What a method gains in one step is added up with multipliers, and a sum of squares is left over:
gradient descent and its accelerated form on smooth convex functions, the proximal point method and
its accelerated form, and the subgradient method.
"""
