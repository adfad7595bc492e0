"""From a document's tokens to words, formulas, directives and boundaries, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from therefore.reading.latex.cleaning import cleaned, closing, rows
from therefore.reading.latex.errors import Unreadable
from therefore.reading.latex.rows import in_environment, named_sides, said_before, without_marks
from therefore.reading.latex.tokens import Place, Token
from therefore.reading.latex.words import words

__all__ = ["Item", "Scanner"]

_SPLIT = frozenset(["align", "gather", "flalign", "alignat", "eqnarray", "equation", "displaymath"])
_WHOLE = frozenset(["multline", "math"])
_SKIPPED = words(
    "figure table tabular tikzpicture algorithm algorithmic thebibliography lstlisting "
    "filecontents titlepage axis picture minted"
)  # fmt: skip
_TEXT = words(
    "document abstract theorem lemma proposition corollary definition remark example exercise "
    "problem solution proof claim assumption question answer enumerate itemize description "
    "center quote quotation flushleft flushright minipage subequations part parts questions "
    "tcolorbox framed notation fact observation conjecture appendix homeworkProblem small "
    "footnotesize multicols samepage verse boxed mdframed comment verbatim"
)
_SECTIONS = {"part": 0, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4}
# Commands of the text whose arguments are no sentences.
_SKIP_ARGUMENTS: dict[str, int] = {}
for _count, _commands in (
    (
        0,
        "allowdisplaybreaks tableofcontents",
    ),
    (
        1,
        "documentclass usepackage title author date label ref eqref cite bibliography "
        "bibliographystyle pagestyle thispagestyle geometry hypersetup vspace hspace "
        "theoremstyle includegraphics caption footnote RequirePackage graphicspath url "
        "href color paragraph subparagraph fancyhead lhead rhead chead lfoot rfoot cfoot "
        "linespread newcounter newif newlength thanks institute email pgfplotsset "
        "usetikzlibrary captionsetup addbibresource",
    ),
    (
        2,
        "setlength addtolength newtheorem setcounter addtocounter numberwithin "
        "PassOptionsToPackage markboth",
    ),
    (
        3,
        "definecolor renewenvironment newenvironment crefname Crefname",
    ),
    (
        4,
        "titlespacing",
    ),
):
    _SKIP_ARGUMENTS |= dict.fromkeys(words(_commands), _count)
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*(?:-[A-Za-z]+)*|-[A-Za-z]+|[0-9]+|[.,;:()]")
_CLOSING = {"$": "$", "$$": "$$", "\\(": "\\)", "\\[": "\\]"}


@dataclass
class Item:
    """A piece of the document.

    ``kind`` is "word", "math", "directive", "par" or "section". A formula has its cleaned
    ``tokens``, its ``labels``, and says whether it is displayed (``display``), begins a row
    (``first``) and whether its alignment mark stands first (``aligned``). What belongs to one
    display has one ``group``, what stands in one row of it one ``row``; both are 0 elsewhere.
    ``before`` holds the directives that speak of a formula. ``read`` says that it became
    something: a claim, a declaration, or a fault that is reported. A "par" at the beginning or
    the end of an environment has "begin" or "end" and its name as its ``text``.
    """

    kind: str
    place: Place
    text: str = ""
    tokens: list[Token] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    display: bool = False
    first: bool = False
    aligned: bool = False
    level: int = 0
    group: int = 0
    row: int = 0
    before: list[Item] = field(default_factory=list)
    fault: Unreadable | None = None
    read: bool = False


class Scanner:
    """Cuts expanded tokens into items; ``faults`` collects what cannot be read."""

    def __init__(self, tokens: list[Token], theorems: set[str]) -> None:
        self.tokens = tokens
        self.position = 0
        self.items: list[Item] = []
        self.faults: list[Unreadable] = []
        self._theorems = theorems
        self._open_braces: list[Token] = []
        self._letters: list[Token] = []
        self._silent = False
        self._group = 0
        self._row = 0
        self._inside = False

    def scan(self) -> list[Item]:
        """Every item of the document; what stands before its beginning is left out."""
        self._silent = any(self._begins(k, "document") for k in range(len(self.tokens)))
        while self.position < len(self.tokens):
            token = self.tokens[self.position]
            try:
                self._step(token)
            except Unreadable as fault:
                fault.place = fault.place or token.place
                self.faults.append(fault)
                self.position += 1
        self._end_word()
        for brace in self._open_braces[:1]:
            self.faults.append(Unreadable("this brace is never closed", brace.place))
        return self.items

    def _begins(self, at: int, name: str) -> bool:
        token = self.tokens[at]
        return token.command == "\\begin" and self._environment_name(at + 1)[0] == name

    def _environment_name(self, at: int) -> tuple[str, int]:
        """The name in braces at a position, and where it ends; "" if there is none."""
        if at >= len(self.tokens) or self.tokens[at].kind != "{":
            return "", at
        for end in range(at + 1, min(at + 40, len(self.tokens))):
            if self.tokens[end].kind == "}":
                return "".join(t.text for t in self.tokens[at + 1 : end]), end + 1
        return "", at

    # -- one token -----------------------------------------------------------------------

    def _step(self, token: Token) -> None:
        if token.kind == "char" and (token.text.isalnum() or token.text in "-'’"):
            if token.spaced:
                self._end_word()
            self._letters.append(token)
            self.position += 1
            return
        self._end_word()
        if token.kind == "comment":
            self.position += 1
            self._comment(token)
        elif token.kind == "par":
            self.position += 1
            self._put(Item("par", token.place))
        elif token.kind == "math":
            self._math(token)
        elif token.kind == "macro":
            self._macro(token)
        elif token.kind == "{":
            self.position += 1
            self._open_braces.append(token)
        elif token.kind == "}":
            self.position += 1
            if self._open_braces:
                self._open_braces.pop()
            else:
                self.faults.append(Unreadable("this brace closes nothing", token.place))
        else:
            self.position += 1
            if token.text in ".,;:()!?":
                if token.text == "?":
                    self._put(Item("word", token.place, "?"))
                text = "." if token.text in "!?" else token.text
                self._put(Item("word", token.place, text))

    def _put(self, item: Item) -> None:
        if self._inside:
            item.group, item.row = self._group, self._row
        if not self._silent or item.kind == "directive":
            self.items.append(item)

    def _end_word(self) -> None:
        if self._letters:
            text = "".join(t.text for t in self._letters).replace("’", "'")
            self._put(Item("word", self._letters[0].place, text))
            self._letters = []

    def _comment(self, token: Token) -> None:
        text = token.text.strip()
        if text.startswith("therefore:"):
            self._put(Item("directive", token.place, text[len("therefore:") :].strip()))

    # -- commands of the text --------------------------------------------------------------

    def _macro(self, token: Token) -> None:
        name = token.text
        if name == "begin":
            self._begin(token)
        elif name == "end":
            end = self._environment_name(self.position + 1)
            self.position = end[1] if end[0] else self.position + 1
            self._put(Item("par", token.place, f"end {end[0]}"))
            if end[0] == "document":
                self.position = len(self.tokens)
        elif name in _SECTIONS:
            self.position += 1
            self._skip_options()
            self._skip_argument()
            self._put(Item("section", token.place, level=_SECTIONS[name]))
        elif name in ("item", "par", "paragraph", "newpage", "clearpage", "bigskip", "medskip"):
            self.position += 1
            self._skip_options()
            self._put(Item("par", token.place))
        elif name in _SKIP_ARGUMENTS:
            self.position += 1
            for _ in range(_SKIP_ARGUMENTS[name]):
                self._skip_options()
                start = self.position
                self._skip_argument()
                if name in ("footnote", "thanks") and not self._silent and any(
                    part.kind == "math" for part in self.tokens[start : self.position]
                ):  # fmt: skip
                    self.faults.append(
                        _unread(
                            "the formulas of a footnote are not read; put them into the text", token
                        )
                    )
                self._skip_options()
        elif name == "therefore":
            self.position += 1
            self._put(Item("word", token.place, "therefore"))
        else:
            self.position += 1

    def _skip_options(self) -> None:
        while self.position < len(self.tokens) and self.tokens[self.position].text == "*":
            self.position += 1
        if self.position >= len(self.tokens) or self.tokens[self.position].text != "[":
            return
        for at in range(self.position, min(self.position + 400, len(self.tokens))):
            if self.tokens[at].text == "]":
                self.position = at + 1
                return

    def _skip_argument(self) -> None:
        if self.position < len(self.tokens) and self.tokens[self.position].kind == "{":
            depth = 0
            for at in range(self.position, len(self.tokens)):
                depth += (self.tokens[at].kind == "{") - (self.tokens[at].kind == "}")
                if depth == 0:
                    self.position = at + 1
                    return
                if self.tokens[at].kind == "par":
                    break
            brace = self.tokens[self.position]
            self.position += 1
            raise Unreadable("this brace is never closed", brace.place)

    # -- environments and mathematics ------------------------------------------------------

    def _begin(self, token: Token) -> None:
        name, after = self._environment_name(self.position + 1)
        bare = name.removesuffix("*")
        if not name:
            self.position += 1
            raise _unread("\\begin needs the name of an environment in braces", token)
        if bare in _SPLIT or bare in _WHOLE:
            if bare == "alignat" and after < len(self.tokens) and self.tokens[after].kind == "{":
                after = closing(self.tokens, after) + 1
            self._display_environment(token, name, after)
        elif bare in _SKIPPED:
            end = self._find_end(name, after)
            self.position = end[1] if end else len(self.tokens)
            if not end:
                self.faults.append(_unread(f"\\begin{{{name}}} is never ended", token))
        else:
            self.position = after
            if name == "document":
                self._silent = False
                self.items = [item for item in self.items if item.kind == "directive"]
            if bare not in _TEXT and bare not in self._theorems:
                self.faults.append(
                    _unread(
                        f"{name} is an unknown environment; its text is read as it stands", token
                    )
                )
            self._put(Item("par", token.place, f"begin {name}"))

    def _find_end(self, name: str, start: int) -> tuple[int, int] | None:
        for at in range(start, len(self.tokens)):
            if self.tokens[at].command == "\\end":
                found, after = self._environment_name(at + 1)
                if found == name:
                    return at, after
            if self.tokens[at].kind == "par" and name.removesuffix("*") in (_SPLIT | _WHOLE):
                # TeX allows no empty line here: an end that is missing must not eat the rest.
                return None
        return None

    def _display_environment(self, token: Token, name: str, start: int) -> None:
        end = self._find_end(name, start)
        if end is None:
            self.position = start
            self._skip_to_paragraph()
            raise _unread(f"\\begin{{{name}}} is never ended", token)
        inner = self.tokens[start : end[0]]
        self.position = end[1]
        self._display(inner, token, name.removesuffix("*") in _SPLIT)

    def _skip_to_paragraph(self) -> None:
        while self.position < len(self.tokens) and self.tokens[self.position].kind != "par":
            self.position += 1
        self.position -= 1

    def _math(self, token: Token) -> None:
        ending = _CLOSING.get(token.text)
        self.position += 1
        if ending is None:
            self.position -= 1
            raise _unread(f"{token.text} ends a formula that never began", token)
        start = self.position
        braces = 0
        while self.position < len(self.tokens):
            here = self.tokens[self.position]
            braces += (here.kind == "{") - (here.kind == "}")
            if here.kind == "math" and braces <= 0:
                if here.text == ending:
                    break
                if ending == "$" and here.text == "$$":
                    # Two formulas side by side: the second dollar opens the next one.
                    second = Token("math", "$", here.place)
                    self.tokens[self.position : self.position + 1] = [here, second]
                    break
            if here.kind == "par":
                self.position -= 1
                raise _unread(f"{token.text} is never closed before the paragraph ends", token)
            self.position += 1
        else:
            self.position -= 1
            raise _unread(f"{token.text} is never closed", token)
        inner = self.tokens[start : self.position]
        self.position += 1
        if ending in ("$$", "\\]"):
            self._display(inner, token, True)
        else:
            self._formula(inner, token.place, display=False, first=False)

    def _display(self, inner: list[Token], token: Token, split: bool) -> None:
        found = rows(inner) if split else [
            [t for t in inner if t.command not in ("\\\\", "\\newline")]
        ]  # fmt: skip
        self._inside = True
        self._group += 1
        for row in found:
            self._row += 1
            self._formula(row, row[0].place, display=True, first=True)
        self._inside = False
        read = {id(token) for row in found for token in row}
        for part in inner:
            if part.kind == "comment" and id(part) not in read and split:
                self._comment(part)

    def _formula(self, row: list[Token], place: Place, *, display: bool, first: bool) -> None:
        """One row of a display, or an inline formula, with the words that stand in it."""
        directives = [t for t in row if t.kind == "comment"] if display else []
        for directive in directives:
            text = directive.text.strip()
            if text.startswith("therefore:"):
                directive_text = text[len("therefore:") :].strip()
                self._put(Item("directive", directive.place, directive_text))
        body = [Token("text", "", t.place) if t.kind == "comment" else t for t in row]
        body = [t for t in body if not (t.kind == "text" and t.text == "")]
        start = next((t.place for t in body if t.kind not in ("par",)), place)
        try:
            clean = cleaned(body)
        except Unreadable as fault:
            fault.place = fault.place or start
            labels = re.findall(r"\\(?:label|tag)\{([^{}]*)\}", "".join(t.command for t in row))
            self._put(Item("math", start, labels=labels, display=display, first=first, fault=fault))
            return
        try:
            named = named_sides(clean.tokens)
        except Unreadable as fault:
            self._put(
                Item("math", start, labels=clean.labels, display=display, first=first, fault=fault)
            )
            return
        tokens, aligned = without_marks(named)
        labels = clean.labels
        segment: list[Token] = []
        put, words = False, ""
        for token in [*tokens, None]:
            if token is not None and (
                token.kind != "text" or not token.text or in_environment(tokens, token)
            ):
                segment.append(token)
                continue
            bare = [t for t in segment if t.kind != "text"]
            if bare or (token is None and not put):
                where = segment[0].place if segment else start
                item = Item(
                    "math", where, "", segment, labels, display, first and not put, aligned
                )
                item.fault = said_before(words, bare)
                self._put(item)
                labels, put = [], True
            segment = []
            if token is not None:
                words = token.text
                for word in _WORD.findall(words):
                    self._put(Item("word", token.place, word))


def _unread(message: str, token: Token) -> Unreadable:
    return Unreadable(message, token.place)
