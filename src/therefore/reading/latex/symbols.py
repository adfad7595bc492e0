"""The commands that the grammar knows, by what they are."""

from __future__ import annotations

from therefore.reading.latex.words import words

__all__ = [
    "ACCENTS", "BIG", "CONJUNCTIONS", "FUNCTIONS", "GREEK", "INDEX_LETTERS",
    "RELATIONS", "STANDARD_WORDS", "STYLES",
]

GREEK = words(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu "
    "nu xi pi rho varrho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda "
    "Xi Pi Sigma Upsilon Phi Psi Omega ell"
)
ACCENTS = frozenset(
    ["bar", "hat", "tilde", "dot", "ddot", "vec", "overline", "widehat", "widetilde"]
)
STYLES = frozenset(
    ["mathrm", "mathbf", "mathcal", "mathit", "mathsf", "boldsymbol", "bm", "mathfrak", "mathscr"]
)

# Functions of one number: what the author writes, and the head of the term. Logarithms are natural.
FUNCTIONS = {
    "log": "log", "ln": "log", "exp": "exp", "sin": "sin", "cos": "cos", "tanh": "tanh",
    "sinh": "sinh", "cosh": "cosh", "tan": "tan", "cot": "cot", "erf": "erf",
    "arctan": "arctan",
}  # fmt: skip
# Words of \operatorname or \mathrm that stand for something without a declaration.
STANDARD_WORDS = frozenset(
    ["argmin", "arg min", "Cov", "Var", "E", "tr", "Tr", "trace", "det", "diag", "vec", "ReLU",
     "relu", "max", "min", *FUNCTIONS]
)
BIG = frozenset(["sum", "prod", "lim", "int"])

RELATIONS = {
    "=": "=", "<": "<", ">": ">", "\\le": "<=", "\\ge": ">=", "\\ne": "!=", "\\approx": "~",
    "\\in": "in", ":=": ":=", "\\equiv": "?", "\\sim": "?", "\\simeq": "?", "\\propto": "?",
    "\\ll": "?", "\\gg": "?", "\\cong": "?", "\\subset": "?", "\\subseteq": "?", "\\notin": "?",
    "\\prec": "prec", "\\preceq": "preceq", "\\succ": "succ", "\\succeq": "succeq",
}  # fmt: skip
CONJUNCTIONS = {
    "\\Rightarrow": "=>", "\\iff": "<=>", "\\Leftarrow": "<=", "\\land": "and", "\\lor": "or",
}  # fmt: skip
# A single letter below a name is an index if it is one of these and nothing else was said of it.
INDEX_LETTERS = frozenset("ijklmnst")
