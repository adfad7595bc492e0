"""Provers that take a goal apart, or see that it is known: names, cases, induction, lemmas."""
