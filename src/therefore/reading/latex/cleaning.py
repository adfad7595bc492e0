"""A formula's tokens without what does not change its meaning.

Spacing, sizes, labels and braces drawn under a formula go; several spellings of one sign
become one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from therefore.reading.latex.errors import Unreadable
from therefore.reading.latex.symbols import RELATIONS, STYLES
from therefore.reading.latex.tokens import Token, spelled
from therefore.reading.latex.words import words

__all__ = ["Cleaned", "cleaned", "closing", "rows"]

# What a formula may hold: tokens, commands that show their argument, and levels of the rest.
MOST_TOKENS = 12_000
MOST_SPLICED = 300
DEEPEST = 20

_SPACES = frozenset(
    [",", ";", ":", "!", " ", ">", "/", "displaystyle", "textstyle", "scriptstyle", "limits",
     "nolimits", "nonumber", "notag", "allowbreak", "nobreak", "hfill", "thinspace", "medspace",
     "negthinspace", "enspace", "strut", "mathstrut", "relax", "centering", "noindent", "break"]
)  # fmt: skip
_GAPS = frozenset(["quad", "qquad", "enskip"])
_SIZES = frozenset(
    f"{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")
)
_FONT_SIZES = frozenset(["small", "footnotesize", "large", "Large", "normalsize", "tiny"])
_SAME = {
    "leq": "le", "leqslant": "le", "geq": "ge", "geqslant": "ge", "neq": "ne", "dfrac": "frac",
    "tfrac": "frac", "cfrac": "frac", "ldots": "dots", "cdots": "dots", "dotsc": "dots",
    "dotsb": "dots", "vdots": "dots", "intercal": "top", "implies": "Rightarrow",
    "Longrightarrow": "Rightarrow", "Leftrightarrow": "iff", "Longleftrightarrow": "iff",
    "vee": "lor", "wedge": "land", "Vert": "|", "lbrace": "{", "rbrace": "}",
    "rightarrow": "to", "longrightarrow": "to",
    "middle": "mid",
}  # fmt: skip
_CHARACTERS = {
    "lt": "<", "gt": ">", "vert": "|", "lbrack": "[", "rbrack": "]", "colon": ":", "ast": "*",
    "star": "*", "lparen": "(", "rparen": ")",
}  # fmt: skip
_UNICODE = {
    "≤": ("macro", "le"), "≥": ("macro", "ge"), "≠": ("macro", "ne"), "∈": ("macro", "in"),
    "×": ("macro", "times"), "·": ("macro", "cdot"), "−": ("char", "-"), "→": ("macro", "to"),
    "∞": ("macro", "infty"), "’": ("char", "'"), "≈": ("macro", "approx"),
    "⇒": ("macro", "Rightarrow"), "∇": ("macro", "nabla"), "∂": ("macro", "partial"),
}  # fmt: skip
_WORDS = frozenset(["text", "mbox", "textrm", "textnormal", "intertext", "shortintertext", "textit",
                    "textbf", "hbox"])  # fmt: skip
_IGNORED_WITH_ARGUMENT = words(
    "hspace vspace phantom hphantom vphantom color eqref ref cite cref Cref hskip"
)  # fmt: skip
_SHOWN = frozenset(["boxed", "mathrel", "mathbin", "mathop", "mathord", "smash", "fbox", "emph"])
_ENVIRONMENTS = frozenset(["aligned", "split", "gathered", "alignedat", "multlined"])


# What makes a remark over a relation or below a brace say something.
_SAYING = frozenset(one.removeprefix("\\") for one in RELATIONS)


@dataclass
class Cleaned:
    """What is left of a formula, and the labels that it had."""

    tokens: list[Token] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)


class _Cleaner:
    def __init__(self, tokens: list[Token], depth: int) -> None:
        self.tokens = tokens
        self.depth = depth
        self.spliced = 0
        self.position = 0
        self.out: list[Token] = []
        self.labels: list[str] = []
        self.spaced = False

    def run(self) -> None:
        while self.position < len(self.tokens):
            token = self.tokens[self.position]
            self.position += 1
            if token.kind in ("comment", "par"):
                self.spaced = True
            elif token.kind == "macro":
                self._macro(token)
            elif token.kind == "char":
                self._character(token)
            else:
                self._put(token)

    def _put(self, token: Token) -> None:
        if self.spaced:
            token = replace(token, spaced=True)
            self.spaced = False
        self.out.append(token)

    def _character(self, token: Token) -> None:
        if token.text == "~":
            self.spaced = True
        elif token.text in _UNICODE:
            kind, text = _UNICODE[token.text]
            self._put(replace(token, kind=kind, text=text))
        else:
            self._put(token)

    def _macro(self, token: Token) -> None:
        name = _SAME.get(token.text, token.text)
        token = replace(token, text=name)
        if name in _SPACES:
            self.spaced = True
        elif name in _FONT_SIZES:
            pass
        elif name in _CHARACTERS:
            self._put(replace(token, kind="char", text=_CHARACTERS[name]))
        elif name in _GAPS:
            self._put(Token("text", "", token.place))
        elif name in ("left", "right") or name in _SIZES:
            self._sized(token, name)
        elif name in _WORDS:
            self._words(token)
        elif name in ("label", "tag"):
            self._skip_star()
            self.labels.append(_plain(self._argument(token)))
        elif name in _IGNORED_WITH_ARGUMENT:
            self._skip_star()
            self._argument(token)
            self.spaced = True
        elif name == "footnote":
            if any(part.kind == "math" for part in self._argument(token)):
                raise Unreadable("the formulas of a footnote are not read; put them into the text",
                                 token.place)  # fmt: skip
        elif name in _SHOWN:
            self._splice(self._argument(token))
        elif name == "textcolor":
            self._argument(token)
            self._splice(self._argument(token))
        elif name in ("underbrace", "overbrace"):
            inner = self._argument(token)
            following = self._peek()
            if following is not None and following.text in ("_", "^"):
                self.position += 1
                _refuse_claim(self._argument(token), token, self.depth)
            self._splice(inner)
        elif name in ("overset", "stackrel", "underset"):
            self._stacked(token, name)
        elif name == "not":
            self._not(token)
        elif name in ("coloneqq", "triangleq", "coloneq"):
            self._put(replace(token, kind="char", text=":"))
            self._put(replace(token, kind="char", text="="))
        elif name in ("rVert", "lVert", "rvert", "lvert", "mid"):
            self._put(token)
        elif name == "mathbb" or name in STYLES:
            inner = self._argument(token)
            place = token.place
            for part in (token, Token("{", "{", place), *inner, Token("}", "}", place)):
                self._put(part)
        elif name in ("begin", "end"):
            self._environment(token)
        else:
            self._put(token)

    # -- parts ---------------------------------------------------------------------------

    def _peek(self) -> Token | None:
        while self.position < len(self.tokens) and self.tokens[self.position].kind == "comment":
            self.position += 1
        return self.tokens[self.position] if self.position < len(self.tokens) else None

    def _skip_star(self) -> None:
        following = self._peek()
        if following is not None and following.text == "*" and following.kind == "char":
            self.position += 1

    def _argument(self, of: Token) -> list[Token]:
        following = self._peek()
        if following is None or following.kind == "}":
            raise Unreadable(f"{of.command} has too few arguments", of.place)
        if following.kind != "{":
            self.position += 1
            return [following]
        end = closing(self.tokens, self.position)
        inner = self.tokens[self.position + 1 : end]
        self.position = end + 1
        return inner

    def _splice(self, tokens: list[Token]) -> None:
        """Go on with these tokens, and then with those that follow."""
        self.spliced += 1
        if self.spliced > MOST_SPLICED:
            raise Unreadable("this formula is nested too deeply to be read")
        self.tokens = [*tokens, *self.tokens[self.position :]]
        self.position = 0

    def _sized(self, token: Token, name: str) -> None:
        following = self._peek()
        if following is None:
            raise Unreadable(f"{token.command} needs a bracket", token.place)
        self.position += 1
        text = _SAME.get(following.text, following.text) if following.kind == "macro" else (
            following.text
        )  # fmt: skip
        text = _CHARACTERS.get(text, text) if following.kind == "macro" else text
        double = following.kind == "macro" and text == "|"
        side = "l" if name == "left" or name.endswith("l") else ""
        side = "r" if name == "right" or name.endswith("r") else side
        if text == ".":
            raise Unreadable(
                f"{token.command}. is not read; write the bracket on both sides", token.place
            )
        if text == "|" and side:
            sign = f"{side}{'V' if double else 'v'}ert"
            self._put(Token("macro", sign, token.place, token.spaced))
        elif text in "<>" and following.kind == "char":
            sign = "langle" if text == "<" else "rangle"
            self._put(Token("macro", sign, token.place, token.spaced))
        elif following.kind == "macro" and text in "[]()|" and not double:
            self._put(Token("char", text, token.place, token.spaced))
        else:
            self._put(replace(following, text=text, place=token.place, spaced=token.spaced))

    def _words(self, token: Token) -> None:
        """Words within a formula; formulas within them stay formulas."""
        inner = self._argument(token)
        if [t.text for t in self.out[-2:]] == ["_", "{"] and all(
            part.kind == "char" and part.text.isalpha() and not (part.spaced and k)
            for k, part in enumerate(inner)
        ):  # fmt: skip
            # w_{\text{new}} is a name, as w_{\mathrm{new}} is.
            place = token.place
            for part in (Token("macro", "mathrm", place), Token("{", "{", place), *inner,
                         Token("}", "}", place)):  # fmt: skip
                self._put(part)
            return
        word: list[str] = []
        math = False
        for part in inner:
            if part.kind == "math":
                self._put_text(word, token)
                word, math = [], not math
            elif math:
                self._put(part)
            else:
                word.append((" " if part.spaced else "") + part.text)
        self._put_text(word, token)

    def _put_text(self, word: list[str], token: Token) -> None:
        self._put(Token("text", "".join(word).strip(), token.place))

    def _stacked(self, token: Token, name: str) -> None:
        over, under = self._argument(token), self._argument(token)
        inner = cleaned(under, self.depth + 1).tokens
        head = inner[0].command if inner else ""
        if head in ("\\operatorname", "\\max", "\\min", "\\lim", "\\sum", "\\inf", "\\sup"):
            if name != "underset":
                raise Unreadable(f"{token.command} over {spelled(under)} is not read", token.place)
            place = token.place
            self._splice([
                *under, Token("char", "_", place), Token("{", "{", place), *over,
                Token("}", "}", place),
            ])  # fmt: skip
        elif head in ("=", "<", ">", "\\le", "\\ge", "\\ne", "\\approx", "\\Rightarrow", "\\iff"):
            if spelled(over).strip() in ("!", "?", "\\triangle", "def", "\\text{def}"):
                raise Unreadable(f"{spelled(over)} over a relation is not read", token.place)
            _refuse_claim(over, token, self.depth)
            self._splice(under)
        else:
            raise Unreadable(f"{token.command} is read over a relation only", token.place)

    def _not(self, token: Token) -> None:
        following = self._peek()
        if following is not None and following.text == "=":
            self.position += 1
            self._put(Token("macro", "ne", token.place, token.spaced))
        else:
            raise Unreadable(
                "\\not is read before = only; state the negation, or what \\exists", token.place
            )

    def _environment(self, token: Token) -> None:
        """Environments that only arrange lines leave no trace; the others stay."""
        start = self.position
        name = _plain(self._argument(token))
        if name in _ENVIRONMENTS:
            following = self._peek()
            if name == "alignedat" and token.text == "begin" and following is not None:
                self._argument(token)
            elif following is not None and following.text == "[" and token.text == "begin":
                while (part := self._peek()) is not None and part.text != "]":
                    self.position += 1
                self.position += 1
        else:
            self._put(token)
            self.position = start


def _refuse_claim(tokens: list[Token], of: Token, depth: int) -> None:
    """Raises ``Unreadable`` if a remark over or below a formula says something."""
    if any(_SAME.get(t.text, t.text) in _SAYING for t in cleaned(tokens, depth + 1).tokens):
        raise Unreadable(
            f"{of.command} says {spelled(tokens)}, which is not read; write it as a formula of its "
            "own",
            of.place,
        )


def _plain(tokens: list[Token]) -> str:
    return "".join((" " if t.spaced and k else "") + t.text for k, t in enumerate(tokens)).strip()


def closing(tokens: list[Token], start: int) -> int:
    """Where the brace that is opened at ``start`` is closed. Raises ``Unreadable``."""
    depth = 0
    for position in range(start, len(tokens)):
        depth += (tokens[position].kind == "{") - (tokens[position].kind == "}")
        if depth == 0:
            return position
    raise Unreadable("this brace is never closed", tokens[start].place)


def cleaned(tokens: list[Token], depth: int = 0) -> Cleaned:
    """A formula's tokens without what does not matter. Raises ``Unreadable``."""
    if depth > DEEPEST or len(tokens) > MOST_TOKENS:
        raise Unreadable(
            "this formula is too long, or nested too deeply, to be read",
            tokens[0].place if tokens else None,
        )
    cleaner = _Cleaner(tokens, depth)
    cleaner.run()
    return Cleaned(cleaner.out, cleaner.labels)


def rows(tokens: list[Token]) -> list[list[Token]]:
    r"""The rows of a display: what ``\\`` separates outside of inner environments."""
    found: list[list[Token]] = [[]]
    braces = inner = 0
    position = 0
    while position < len(tokens):
        token = tokens[position]
        braces += (token.kind == "{") - (token.kind == "}")
        if token.kind == "macro" and token.text in ("begin", "end"):
            name = _plain(tokens[position + 2 : position + 16]).partition("}")[0]
            if name.strip() not in _ENVIRONMENTS:
                inner += 1 if token.text == "begin" else -1
        if (
            token.kind == "macro"
            and token.text in ("\\", "cr", "newline")
            and not (braces or inner)
        ):
            found.append([])
            position += 1
            if position < len(tokens) and tokens[position].text == "*":
                position += 1
            if position < len(tokens) and tokens[position].text == "[" and (
                not tokens[position].spaced
            ):  # fmt: skip
                end = next(
                    (k for k in range(position, len(tokens)) if tokens[k].text == "]"), position
                )
                position = end + 1
            continue
        found[-1].append(token)
        position += 1
    return [row for row in found if any(t.kind not in ("comment", "par") for t in row)]
