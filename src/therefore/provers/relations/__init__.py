"""Equations and inequalities that follow from known ones, by adding, multiplying, squaring."""
