"""Automatic differentiation: both modes on a graph, differences, and networks worked by hand."""
