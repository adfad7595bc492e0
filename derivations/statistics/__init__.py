"""Losses whose minimisers are statistics of a distribution."""
