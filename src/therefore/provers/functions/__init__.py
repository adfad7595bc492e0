"""Functions and maps of a class, by what holds at all pairs of points: rates of methods."""
