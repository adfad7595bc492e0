"""Comment directives: what a document's prose does not say.

% therefore: declare \\eta positive          % therefore: expect refuted
% therefore: declare w_t in R^d              % therefore: label A-2.1-4
% therefore: declare f function R^d -> R     % therefore: claim A-3.2    (the next formula)
% therefore: assume 0 < eta                  % therefore: skip       (the next formula)
% therefore: define g(x) = x/(1+|x|)         % therefore: begin ... end (a scope)
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from therefore.reading.latex.cleaning import cleaned
from therefore.reading.latex.declaring import Declarer, Name, name_of, separated
from therefore.reading.latex.errors import Unreadable
from therefore.reading.latex.files import Text
from therefore.reading.latex.grammar import Grammar
from therefore.reading.latex.names import Names, key_of
from therefore.reading.latex.properties import Phrase, say
from therefore.reading.latex.quantifiers import quantifier_of
from therefore.reading.latex.sets import domain, size
from therefore.reading.latex.symbols import GREEK
from therefore.reading.latex.tokens import Place, Token, spelled, tokenise
from therefore.verdict import Status

__all__ = ["Pending", "carry_out", "formula_tokens"]

_LABEL = re.compile(r"[\w.:+*-]{1,80}")
_STATUSES = {status.value.lower().replace("_", " "): status.value for status in Status}
_STATUSES |= {status.value.lower(): status.value for status in Status}
_STATUSES |= {status.value.lower().replace("_", "-"): status.value for status in Status}
_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}[A-Za-z0-9]*(?![A-Za-z])")
_FUNCTIONS = frozenset([
    "exp", "log", "ln", "sin", "cos", "tan", "cot", "sinh", "cosh", "tanh", "max", "min", "sqrt",
    "arctan", "sum",
])  # fmt: skip
_SIGNS = (("<=>", r"\iff "), ("=>", r"\Rightarrow "), ("->", r"\to "), ("!=", r"\ne "),
          ("<=", r"\le "), (">=", r"\ge "), ("...", r"\dots "))  # fmt: skip
_SPACE = re.compile(r"(?<![\\A-Za-z{])([RZN])(?=\^|_|\b)(?![A-Za-z])")


# What a convention settles: f^2(x) is a power of the value; a bare product of two vectors is
# taken entry by entry; \nabla f of a vector-valued f has the gradients of its components as rows.
# At a symmetric X, a derivative in X is by all its entries, or by its free ones; a vector or matrix
# whose differential is not written is fixed.
CONVENTIONS = frozenset(
    ["powers", "entrywise", "jacobian", "free entries", "all entries", "fixed names"]
)


@dataclass
class Pending:
    """What directives say of the formula that comes next."""

    label: str = ""
    expected: tuple[str, ...] = ()
    role: str = ""  # "assume", "claim" (announced: its proof follows) or "skip"


def formula_tokens(text: str, place: Place, names: Names, *, spaces: bool = False) -> list[Token]:
    """The tokens of a formula in a directive: LaTeX, or names and signs spelled plainly."""
    if len(text) > 2000:
        raise Unreadable("this directive is too long", place)
    for plain, command in _SIGNS:
        text = text.replace(plain, command)

    def named(match: re.Match[str]) -> str:
        word = match[0]
        if word in names.plain or word in names.sequences:
            return f"\\mathrm{{{word}}} " if word not in GREEK else f"\\{word} "
        if word in GREEK or word in _FUNCTIONS:
            return f"\\{word} "
        if word == "in":
            return r"\in "
        return word

    text = _WORD.sub(named, text)
    if spaces:
        text = _SPACE.sub(r"\\mathbb{\1}", text)
        text = re.sub(r"\\mathbb\{R\}\^(\w+) x (\w+)", r"\\mathbb{R}^{\1\\times \2}", text)
    inner = tokenise(Text(place.text.shown, text))
    return cleaned([token.moved(place) for token in inner if token.kind != "math"]).tokens


def carry_out(text: str, place: Place, names: Names, pending: Pending) -> bool:
    """Carry out a directive. False for one that concerns scopes, which the document handles.

    Raises ``Unreadable`` for an unknown directive.
    """
    word, _, rest = text.partition(" ")
    rest = rest.strip()
    if word == "declare":
        _declare(rest, place, names)
    elif word == "assume":
        if rest:
            _assume(rest, place, names)
        else:
            pending.role = "assume"
    elif word == "index":
        _index(rest, place, names)
    elif word == "convention":
        if rest not in CONVENTIONS:
            raise Unreadable(f"the conventions are: {', '.join(sorted(CONVENTIONS))}", place)
        names.conventions.add(rest)
    elif word == "define":
        if not rest:
            raise Unreadable("say what: % therefore: define g(x) = ...", place)
        Declarer(names, "define").formula(formula_tokens(rest, place, names), [])
    elif word == "expect":
        found = [_STATUSES.get(one.strip().lower()) for one in rest.split(",")]
        if None in found or not rest:
            known = sorted(one for one in _STATUSES if "_" not in one and " " not in one)
            raise Unreadable(f"expect one of: {', '.join(known)}", place)
        pending.expected = tuple(one for one in found if one)
    elif word == "label":
        if not _LABEL.fullmatch(rest):
            raise Unreadable("a label is made of letters, digits and . : + * -", place)
        pending.label = rest
    elif word == "skip" and not rest:
        pending.role = word
    elif word == "claim" and (not rest or _LABEL.fullmatch(rest)):
        pending.role, pending.label = word, rest or pending.label
    elif word in ("begin", "end") and not rest:
        return False
    else:
        raise Unreadable(
            f"{word or 'nothing'} is no directive; there are declare, assume, define, expect, "
            "label, claim, skip, convention, index, begin and end",
            place,
        )
    return True


def _index(rest: str, place: Place, names: Names) -> None:
    """``index i from 1``: where the range of an index begins if nothing else says so."""
    letter, _, start = rest.partition(" from ")
    tokens = formula_tokens(letter.strip(), place, names)
    value = Grammar(formula_tokens(start.strip(), place, names), names).whole() if start else None
    if len(tokens) != 1 or value is None or value.sort not in ("integer", "size"):
        raise Unreadable("write: % therefore: index i from 1", place)
    names.starts[key_of(spelled(tokens), place)] = value.term


def _assume(rest: str, place: Place, names: Names) -> None:
    statement, _, condition = rest.partition(" for all ")
    if not condition:
        statement, _, condition = rest.partition(" for ")
    quantifiers = []
    if condition:
        tokens = formula_tokens(condition, place, names, spaces=True)
        quantifiers = [quantifier_of(tokens, names)]
    words = re.fullmatch(
        r"(\S+(?:\s*,\s*\S+)*) is ([A-Za-z -]+?)(?: \$?(\S+?)\$?-smooth)?", statement
    )
    if words and not quantifiers:
        found = _names(words[1], place, names)
        letters = [formula_tokens(words[3], place, names)] if words[3] else []
        said = [*words[2].split(), *(["-smooth"] if words[3] else [])]
        phrase = Phrase(found, said, [], letters, place, [], _constants(letters))
        for formula in say(phrase, Declarer(names, "suppose")):
            names.assume(formula)
        return
    smooth = re.fullmatch(r"(\S+) is \$?(\S+?)\$?-smooth", statement)
    if smooth and not quantifiers:
        letters = [formula_tokens(smooth[2], place, names)]
        found = _names(smooth[1], place, names)
        phrase = Phrase(found, ["-smooth"], [], letters, place, [], _constants(letters))
        for formula in say(phrase, Declarer(names, "suppose")):
            names.assume(formula)
        return
    Declarer(names, "suppose").formula(formula_tokens(statement, place, names), quantifiers)


def _constants(letters: list[list[Token]]) -> dict[str, list[Token]]:
    return {"-smooth": letters[0]} if letters else {}


def _names(text: str, place: Place, names: Names) -> list[Name]:
    found: list[Name] = []
    for part in text.split(","):
        word = part.strip()
        if re.fullmatch(r"[A-Za-z]{2,}[A-Za-z0-9_]*", word) and word not in GREEK:
            # A name spelled as the report spells it: w_star, x_bar.
            found.append(Name(_latex_of(word), place))
            continue
        for one in separated(formula_tokens(word, place, names)):
            name = name_of(one, names)
            if name is None or name.parameters:
                raise Unreadable(f"{word} is no name", place)
            found.append(name)
    return found


def _latex_of(word: str) -> str:
    for ending, mark in (("_star", "^*"), ("_prime", "'")):
        if word.endswith(ending):
            return word.removesuffix(ending) + mark
    for accent in ("bar", "hat", "tilde"):
        if word.endswith(f"_{accent}"):
            return f"\\{accent}{{{word.removesuffix('_' + accent)}}}"
    return word


_KIND = re.compile(
    r"(?P<names>.+?)\s+(?P<kind>in |sequence of |sequence |function |vector |matrix |residue |"
    r"positive|nonnegative|negative|nonpositive|nonzero|real|integer|size|dimension|horizon|number)"
    r"(?P<rest>.*)"
)


def _declare(rest: str, place: Place, names: Names) -> None:
    match = _KIND.fullmatch(rest)
    if match is None:
        raise Unreadable(
            "say the kind: real, positive, integer, size, in R^d, function R^d -> R, vector d, "
            "matrix m n, sequence of real, residue n",
            place,
        )
    found = _names(match["names"], place, names)
    kind, more = match["kind"].strip(), match["rest"].strip()
    declarer = Declarer(names, "declare")
    if kind == "function":
        sides = formula_tokens(more, place, names, spaces=True)
        at = next((k for k, t in enumerate(sides) if t.command == "\\to"), None)
        if at is None:
            raise Unreadable("write: function R^d -> R", place)
        sort = declarer.mapping_sort(_spaced(sides[:at]), sides[at + 1 :])
        for name in found:
            key_of(name.whole, place)
            declarer.declare_function(name, sort)
    elif kind in ("in", "sequence", "sequence of"):
        if more in ("real", "reals", "numbers", "real numbers"):
            more = "R"
        space = domain(formula_tokens(more, place, names, spaces=True), names)
        if space.restricts:
            raise Unreadable("declare the kind, and assume the rest", place)
        for name in found:
            one = name
            if kind != "in" and not name.letters:
                one = Name(name.whole, name.place, (), ("t",))
            declarer.declare(one, space.sort)
    elif kind in ("vector", "matrix", "residue"):
        sizes = [
            size(formula_tokens(part, place, names), names)
            for part in more.replace(" x ", " ").split()
        ]
        if len(sizes) != (2 if kind == "matrix" else 1):
            raise Unreadable(f"say the size: {kind} {'m n' if kind == 'matrix' else 'd'}", place)
        for name in found:
            declarer.declare(name, (kind, *sizes))
    else:
        words = [*kind.split(), *more.split()]
        for formula in say(Phrase(found, words, place=place), declarer):
            names.assume(formula)


def _spaced(tokens: list[Token]) -> list[Token]:
    return [t for t in tokens if not (t.kind == "char" and t.text in "()")]
