"""The document's own commands, expanded; and the files that it takes in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from therefore.reading.latex.errors import Unreadable
from therefore.reading.latex.tokens import Token, spelled
from therefore.reading.latex.words import words

__all__ = ["Expander"]

MOST_EXPANSIONS = 20_000
MOST_TOKENS = 1_000_000
MOST_MADE = 200_000
DEEPEST = 40

# Commands that would reach outside the document, or change how it is read.
_REFUSED = words(
    "write write18 immediate openin openout read readline directlua luadirect special catcode "
    "csname ShellEscape usepgflibrary scantokens everypar lowercase uppercase let futurelet gdef "
    "edef xdef expandafter endcsname NewDocumentCommand RenewDocumentCommand ifx ifnum ifdim "
    "ifcase iftrue ifmmode ifdefined ifthenelse else"
)


# Commands that no document gives another meaning.
_BASIC = words("begin end left right item par label tag input include text")


@dataclass(frozen=True)
class _Command:
    arguments: int
    default: tuple[Token, ...] | None
    body: tuple[Token, ...]
    paired: bool = False


class Expander:
    r"""Expands commands in one pass over the tokens.

    ``take_in`` gives the tokens of a file that ``\input`` names, or raises ``Unreadable``.
    ``faults`` collects what could not be read.
    """

    def __init__(self, take_in: Callable[[str, Token], list[Token]]) -> None:
        self.faults: list[Unreadable] = []
        self.theorems: set[str] = set()
        self._take_in = take_in
        self._commands: dict[str, _Command] = {}
        # Commands that were given another meaning by what is not carried out.
        self._spoiled: set[str] = set()
        # The tokens still to come, the next one last; with each, how deep in expansions it is.
        self._waiting: list[tuple[Token, int]] = []
        self._count = 0
        self._made = 0

    def expand(self, tokens: list[Token]) -> list[Token]:
        """The tokens with every command of the document replaced by what it stands for."""
        self._waiting = [(token, 0) for token in reversed(tokens)]
        out: list[Token] = []
        produced = 0
        while self._waiting:
            token, depth = self._waiting.pop()
            produced += 1
            if produced > MOST_TOKENS:
                self.faults.append(Unreadable("the document is too long from here on", token.place))
                break
            if token.kind != "macro":
                out.append(token)
                continue
            try:
                self._command(token, depth, out)
            except Unreadable as fault:
                fault.place = fault.place or token.place
                self.faults.append(fault)
                # A formula must not be read as if the command did not stand in it.
                out.append(replace(token, text=f"{token.text} (see above)"))
        return out

    def _command(self, token: Token, depth: int, out: list[Token]) -> None:
        name = token.text
        if name in self._spoiled:
            out.append(replace(token, text=f"{name} (redefined above)"))
        elif name in self._commands:
            self._use(token, depth)
        elif name in ("newcommand", "renewcommand", "providecommand"):
            self._new_command(token)
        elif name in ("DeclareMathOperator",):
            self._new_operator(token)
        elif name in ("DeclarePairedDelimiter",):
            self._new_delimiter(token)
        elif name == "def":
            self._plain_definition(token)
        elif name == "newtheorem":
            self._skip_star()
            self.theorems.add(spelled(self._argument(token)).strip())
            out.append(token)
        elif name in ("input", "include"):
            file = "".join(part.text for part in self._argument(token))
            taken = self._take_in(file, token)
            self._waiting += [(part, depth + 1) for part in reversed(taken)]
        elif name == "iffalse":
            self._skip_false(token)
        elif name in _REFUSED:
            following = self._next()
            if following is not None and following.kind == "macro":
                self._spoiled.add(following.text)
            raise Unreadable(f"\\{name} is not carried out, and nothing else here is; remove it")
        else:
            out.append(token)

    def _skip_false(self, of: Token) -> None:
        r"""Leave out what stands up to the ``\\fi`` of an ``\\iffalse``."""
        depth = 1
        while self._waiting:
            token, _ = self._waiting.pop()
            if token.kind != "macro":
                continue
            depth += token.text.startswith("if") - (token.text == "fi")
            if depth == 0:
                return
            if token.text == "else" and depth == 1:
                break
        raise Unreadable("an \\iffalse is read up to its \\fi, without \\else", of.place)

    # -- parts ---------------------------------------------------------------------------

    def _next(self) -> Token | None:
        while self._waiting and self._waiting[-1][0].kind in ("comment",):
            self._waiting.pop()
        return self._waiting[-1][0] if self._waiting else None

    def _skip_star(self) -> bool:
        following = self._next()
        if following is not None and following.kind == "char" and following.text == "*":
            self._waiting.pop()
            return True
        return False

    def _argument(self, of: Token) -> list[Token]:
        """The next argument: one token, or what stands in braces."""
        following = self._next()
        if following is None or following.kind in ("}", "par"):
            raise Unreadable(f"{of.command} has too few arguments", of.place)
        self._waiting.pop()
        return self._group(of) if following.kind == "{" else [following]

    def _group(self, of: Token) -> list[Token]:
        inner: list[Token] = []
        depth = 1
        while self._waiting:
            token, _ = self._waiting.pop()
            if token.kind == "par":
                # An argument ends with its paragraph: a brace left open must not eat the rest.
                self._waiting.append((token, 0))
                break
            depth += (token.kind == "{") - (token.kind == "}")
            if depth == 0:
                return inner
            inner.append(token)
        raise Unreadable(f"a brace after {of.command} is never closed", of.place)

    def _option(self, of: Token) -> list[Token] | None:
        following = self._next()
        if following is None or following.kind != "char" or following.text != "[":
            return None
        self._waiting.pop()
        inner: list[Token] = []
        while self._waiting:
            token, _ = self._waiting.pop()
            if token.kind == "char" and token.text == "]":
                return inner
            if token.kind == "par":
                break
            inner.append(token)
        raise Unreadable(f"a bracket after {of.command} is never closed", of.place)

    def _name(self, of: Token) -> str:
        name = self._argument(of)
        if len(name) != 1 or name[0].kind != "macro":
            raise Unreadable(f"{of.command} needs the name of a command", of.place)
        return name[0].text

    # -- definitions ---------------------------------------------------------------------

    def _new_command(self, token: Token) -> None:
        self._skip_star()
        name = self._name(token)
        count = self._option(token)
        default = self._option(token) if count is not None else None
        body = self._argument(token)
        digits = "".join(part.text for part in count or [])
        if count is not None and (len(digits) != 1 or digits not in "0123456789"):
            raise Unreadable(f"\\{name} cannot have {digits or 'no'} arguments", token.place)
        if token.text == "providecommand" and name in self._commands:
            return
        if name in _BASIC:
            raise Unreadable(f"\\{name} keeps its meaning here; use another name", token.place)
        self._commands[name] = _Command(
            int(digits or 0), tuple(default) if default is not None else None, tuple(body)
        )

    def _plain_definition(self, token: Token) -> None:
        name = self._name(token)
        following = self._next()
        if following is None or following.kind != "{":
            raise Unreadable(f"write \\newcommand for \\{name}; \\def takes no arguments here")
        self._commands[name] = _Command(0, None, tuple(self._argument(token)))

    def _new_operator(self, token: Token) -> None:
        self._skip_star()
        name = self._name(token)
        place = token.place
        body = (
            Token("macro", "operatorname", place), Token("{", "{", place),
            *self._argument(token), Token("}", "}", place),
        )  # fmt: skip
        self._commands[name] = _Command(0, None, body)

    def _new_delimiter(self, token: Token) -> None:
        name = self._name(token)
        left, right = self._argument(token), self._argument(token)
        place = token.place
        body = (
            Token("macro", "left", place), *left, Token("char", "#", place),
            Token("char", "1", place), Token("macro", "right", place), *right,
        )  # fmt: skip
        self._commands[name] = _Command(1, None, body, paired=True)

    # -- use -----------------------------------------------------------------------------

    def _use(self, token: Token, depth: int) -> None:
        command = self._commands[token.text]
        self._count += 1
        if depth >= DEEPEST:
            # Forget it, so that this is said once: what is left of it is an unknown command.
            del self._commands[token.text]
            raise Unreadable(f"{token.command} stands for itself without end; define it anew")
        if self._count > MOST_EXPANSIONS:
            # Nothing more is expanded: what follows is read as it stands.
            self._commands.clear()
            raise Unreadable(f"{token.command} and others expand to more than can be read")
        if command.paired:
            self._skip_star()
            self._option(token)
        values: list[list[Token]] = []
        if command.default is not None:
            given = self._option(token)
            values.append(list(command.default) if given is None else given)
        while len(values) < command.arguments:
            values.append(self._argument(token))
        made = _filled(command.body, values, token)
        self._made += len(made)
        if self._made > MOST_MADE:
            self._commands.clear()
            raise Unreadable(f"{token.command} and others expand to more than can be read")
        self._waiting += [(part, depth + 1) for part in reversed(made)]


def _filled(body: tuple[Token, ...], values: list[list[Token]], use: Token) -> list[Token]:
    """The body of a command with its arguments put in; its own tokens stand where it is used."""
    made: list[Token] = []
    position = 0
    while position < len(body):
        token = body[position]
        following = body[position + 1] if position + 1 < len(body) else None
        if token.kind == "char" and token.text == "#" and following is not None:
            number = int(following.text) if following.text in "123456789" else 0
            if not 0 < number <= len(values):
                raise Unreadable(f"{use.command} has no argument #{following.text}")
            made += values[number - 1]
            position += 2
            continue
        made.append(token.moved(use.place))
        position += 1
    return made
