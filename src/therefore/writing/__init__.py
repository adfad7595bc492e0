"""Verdicts and terms for people and programs: terminal, JSON, LaTeX."""
