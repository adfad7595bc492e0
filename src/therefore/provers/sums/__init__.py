"""Sums of any length: term by term, from the end, over all residues."""
