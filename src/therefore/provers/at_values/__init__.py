"""Provers at concrete values: counterexamples, and witnesses that hypotheses can hold."""
