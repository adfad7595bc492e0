"""From a document to tasks, one for each line of mathematics that claims something."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from therefore.goal import Term
from therefore.reading.latex.announced import Announced
from therefore.reading.latex.asides import with_asides
from therefore.reading.latex.decimals import plain
from therefore.reading.latex.declaring import separated
from therefore.reading.latex.directives import Pending, carry_out
from therefore.reading.latex.errors import Ambiguous, LatexError, Undeclared, Unreadable
from therefore.reading.latex.files import Text, decode, inside
from therefore.reading.latex.goals import goal_of, notation_of
from therefore.reading.latex.macros import Expander
from therefore.reading.latex.missing import Missing
from therefore.reading.latex.names import Names
from therefore.reading.latex.prose import Item, Scanner
from therefore.reading.latex.relations import Chain, Link, has_relation, split_relations
from therefore.reading.latex.sentences import Sentence
from therefore.reading.latex.statements import statements
from therefore.reading.latex.symbols import CONJUNCTIONS
from therefore.reading.latex.tokens import Place, Token, tokenise
from therefore.reading.latex.worded import convexity, no_such, one_sign
from therefore.reading.latex.words import words
from therefore.reading.lines import shown
from therefore.reading.modules import ReadError
from therefore.task import Source, Task
from therefore.verdict import Status

__all__ = [
    "BROKEN",
    "Document",
    "Reading",
    "declarations_missing",
    "read_document",
    "read_source",
    "read_text",
]

MOST_FILES = 50
# Said of a sentence on which the reader itself failed; the tests demand that it never is.
BROKEN = "the reader failed at this sentence, which is a defect of the reader"
MOST_LINES = 2000
# How much of an author's line is kept for the report.
_LONGEST_WRITTEN = 400
# The level of a scope that a directive has opened, below all sections.
_OPENED = 99
_CONTINUES = frozenset(["+", "\\cdot", "\\times"])
_ENDS_OPEN = frozenset(["+", "-", "\\cdot", "\\times", "=", "\\le", "\\ge", "<", ">"])
_ABBREVIATIONS = words("e g i eq fig cf resp w r t s thm sec lem vs approx no ex")


@dataclass(frozen=True)
class Reading:
    """What was read of a document.

    ``targets`` are the claims of the document that was given with it, ``inputs`` says of each
    file that was taken in where that was: a path, a line and a column.
    """

    tasks: list[Task]
    errors: list[ReadError]
    targets: list[Task] = field(default_factory=list)
    inputs: dict[str, Source] = field(default_factory=dict)

    def order(self, path: str, line: int, column: int) -> tuple[int, ...]:
        """By which the places of a document are sorted, with what it takes in in its place."""
        at: tuple[int, ...] = (line, column)
        for _ in range(len(self.inputs)):
            place = self.inputs.get(path)
            if place is None:
                break
            path, at = place.path, (place.line, place.column, *at)
        return at


def read_document(
    path: str | Path, given: str | Path | None = None
) -> tuple[list[Task], list[ReadError]]:
    """The tasks of a LaTeX document, in the order of its lines, and what could not be read.

    Whatever goes wrong at one place is an error in the answer; the rest is read nevertheless.
    What the document ``given`` declares, defines and assumes is in force from the beginning.
    """
    reading = read_source(path, given)
    return reading.tasks, reading.errors


def read_source(path: str | Path, given: str | Path | None = None) -> Reading:
    """Everything that was read of a LaTeX document; see ``read_document``."""
    if given is None:
        document = _read_file(path, None)
        return Reading(document.tasks, list(document.errors), [], document.inputs)
    teacher = _read_file(given, None)
    document = _read_file(path, teacher.lasting_names())
    targets = [task for task in teacher.tasks if task.kind != "derivation"]
    errors = [*teacher.errors, *document.errors]
    return Reading(document.tasks, list(errors), targets, document.inputs)


def _read_file(path: str | Path, given: Names | None) -> Document:
    file = Path(path)
    document = Document(shown(file), file.parent, given)
    try:
        data = file.read_bytes()
    except OSError as error:
        document.errors.append(
            LatexError(document.path, 1, f"the file cannot be read: {error.strerror}")
        )
        return document
    text, faults = decode(data)
    document.read_bounded(text)
    document.errors[:0] = [
        LatexError(document.path, line, why, "", at) for line, at, why in faults
    ]
    return document


def read_text(
    text: str, path: str = "<text>", *, folder: Path | None = None
) -> tuple[list[Task], list[ReadError]]:
    r"""The tasks of a document given as text, as ``read_document`` gives them for a file.

    Without a folder, ``\input`` is refused.
    """
    document = Document(path, folder)
    document.read_bounded(text)
    return document.tasks, list(document.errors)


def declarations_missing(errors: Sequence[ReadError]) -> str:
    """The declarations that would settle these errors, ready to be pasted, one a line."""
    found = [error.declaration for error in errors if isinstance(error, LatexError)]
    lines = dict.fromkeys(line for line in found if line)
    return "".join(f"{line}\n" for line in lines)


class Document:
    """One reading of one document; ``tasks`` and ``errors`` grow as it goes on."""

    def __init__(self, path: str, folder: Path | None, given: Names | None = None) -> None:
        self.path = path
        self.folder = folder
        self.names = given.copy() if given else Names()
        self.inputs: dict[str, Source] = {}
        self.tasks: list[Task] = []
        self.errors: list[LatexError] = []
        self._scopes: list[tuple[int, Names]] = []
        self._given = None if given is None else [plain(one) for one in given.hypotheses]
        self._ids: set[str] = set()
        self._announced = Announced(self.tasks, self._unique)
        self._theorems: set[str] = set()
        # The line before, and the names that it speaks of.
        self._chained: list[str] = []
        self._speaks: set[str] = set()
        self._citable: list[str] = []
        self._chain = Chain()
        self._before: list[Term] = []
        self._missing = Missing()
        self._sections = 0
        self._files = 0
        self._active: list[Path] = []

    # -- from text to items ----------------------------------------------------------------

    def lasting_names(self) -> Names:
        """What holds in the whole document: with several sections, what stands before them."""
        outer = [names for level, names in self._scopes if level != _OPENED]
        return outer[0] if self._sections > 1 and outer else self.names

    def read_bounded(self, content: str) -> None:
        """Read a whole document; one that is nested too deeply is an error."""
        try:
            self.read(content)
        except RecursionError:
            message = "the document is nested too deeply to be read"
            self.errors.append(LatexError(self.path, 1, message))

    def read(self, content: str) -> None:
        """Read a whole document."""
        expander = Expander(self._take_in)
        tokens = expander.expand(tokenise(Text(self.path, content)))
        scanner = Scanner(tokens, expander.theorems)
        items = scanner.scan()
        self._theorems = expander.theorems
        for fault in (*expander.faults, *scanner.faults):
            self._report(fault, fault.place)
        self._walk(_merged(items))
        self._announced.end()
        self.errors.sort(key=lambda error: (error.path != self.path, error.line, error.column))

    def _take_in(self, name: str, token: Token) -> list[Token]:
        if self.folder is None:
            raise Unreadable("\\input is read in files only", token.place)
        file = inside(self.folder, name)
        if file is None:
            raise Unreadable(
                f"{name} is no file in the document's own folder; files outside are not read",
                token.place,
            )
        self._files += 1
        if self._files > MOST_FILES:
            raise Unreadable(
                f"more than {MOST_FILES} files are taken in", token.place
            )
        where = shown(file)
        if where in self._within(token.place.text.shown):
            raise Unreadable(f"{name} takes in itself", token.place)
        line, column = token.place.text.position(token.place.offset)
        if where != self.path:
            self.inputs.setdefault(where, Source(token.place.text.shown, line, column))
        try:
            text, faults = decode(file.read_bytes())
        except OSError as error:
            raise Unreadable(f"{name} cannot be read: {error.strerror}", token.place) from None
        self.errors += [LatexError(where, line, why, "", at) for line, at, why in faults]
        return tokenise(Text(where, text))

    def _within(self, path: str) -> list[str]:
        """A file and those that take it in, up to the document itself."""
        found = [path]
        while found[-1] in self.inputs and len(found) <= MOST_FILES:
            found.append(self.inputs[found[-1]].path)
        return [*found, self.path]

    def _walk(self, items: list[Item]) -> None:
        sentence: list[Item] = []
        waiting: list[Item] = []
        for position, item in enumerate(items):
            if item.kind == "directive" and _concerns_next(item.text):
                waiting.append(item)
                continue
            ends = item.kind in ("par", "section") or (
                item.kind == "directive" and _cuts(item.text, sentence)
            )
            stop = item.kind == "word" and item.text == "." and _ends_sentence(items, position)
            if ends or stop or _begins_sentence(items, position, sentence):
                self._finish(sentence)
                sentence = []
            if item.kind == "section":
                self._announced.end()
                self._begin_section(item.level)
            elif item.kind == "par" and item.text:
                self._announced.environment(item.text, self._theorems)
            elif item.kind == "directive":
                self._directive(item, Pending())
            elif item.kind != "par" and not stop:
                if item.kind == "math" and waiting and _takes(item, waiting):
                    item.before, waiting = waiting, []
                sentence.append(item)
        self._finish(sentence)
        for item in waiting:
            self._report(Unreadable("no formula follows this directive"), item.place)

    def _finish(self, sentence: list[Item]) -> None:
        if not sentence:
            return
        self._read_sentence(sentence)
        self._refuse_unread(sentence)

    def _refuse_unread(self, sentence: list[Item]) -> None:
        """Report every row of a display that became nothing: no line is left out in silence."""
        rows = {item.row for item in sentence if item.read}
        for item in sentence:
            if item.kind == "math" and item.display and item.row not in rows:
                rows.add(item.row)
                fault = Unreadable(
                    "the words around this formula leave it unread; give it a sentence of its own",
                    item.place,
                )
                self.refuse(fault, item)

    def _read_sentence(self, sentence: list[Item]) -> None:
        kept = self.names.copy()
        try:
            Sentence(self, sentence).carry_out()
        except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
            # A defect of the reader must not take the rest of the document with it.
            self.names.put_back(kept)
            fault = Unreadable(f"{BROKEN}: {type(error).__name__}", sentence[0].place)
            maths = [item for item in sentence if item.kind == "math"]
            self.refuse_declaration(fault, sentence, maths)

    def _begin_section(self, level: int) -> None:
        while self._scopes and self._scopes[-1][0] >= level:
            self.names.put_back(self._scopes.pop()[1])
        self._scopes.append((level, self.names.copy()))
        self._sections += 1
        self._chain, self._before, self._chained = Chain(), [], []

    def _pending(self, item: Item) -> Pending:
        """What the directives before a formula say of it."""
        found = Pending()
        for one in item.before:
            self._directive(one, found)
        item.before = []
        return found

    def _directive(self, item: Item, pending: Pending) -> None:
        try:
            if carry_out(item.text, item.place, self.names, pending):
                return
            if item.text.strip() == "begin":
                self._scopes.append((_OPENED, self.names.copy()))
            elif self._scopes and self._scopes[-1][0] == _OPENED:
                self.names.put_back(self._scopes.pop()[1])
            else:
                self.names.end_assumptions(self._scopes[-1][1] if self._scopes else None)
        except Unreadable as fault:
            fault.place = item.place
            self._report(fault, item.place)

    # -- claims ------------------------------------------------------------------------------

    def refuse(self, fault: Unreadable, item: Item) -> None:
        """Report that a claim cannot be read, under the label of its line."""
        item.read = True
        if not item.display and not has_relation(item.tokens):
            return
        pending = self._pending(item)
        if pending.role == "skip":
            return
        label, expected = self._label(item, pending.label), pending.expected
        if isinstance(fault, Undeclared):
            self._note_missing(fault, item)
        self._report(fault, item.place, label, expected)

    def claim(self, item: Item, names: Names, *, announced: bool = False) -> None:
        """Make tasks of what a formula claims, one for each link of its chains.

        A claim that is ``announced`` is what the lines after it are to prove.
        """
        item.read = True
        tokens = _stripped(item.tokens)
        says = item.fault is not None or has_relation(tokens) or any(
            t.command in CONJUNCTIONS for t in tokens
        )  # fmt: skip
        if not says and not item.display:
            return
        pending = self._pending(item)
        role, label, expected = pending.role, pending.label, pending.expected
        if role == "skip":
            # A row after it that begins with a relation would go on from what is left out.
            self.begin_anew()
            return
        label = self._label(item, label)
        announced = (announced or role == "claim") and self._announced.may_begin()
        if announced:
            self._announced.end()
        try:
            if item.fault is not None:
                raise item.fault
            if role == "assume":
                self.assume_statement(tokens, self.names)
                self.begin_anew()
                return
            if not says:
                raise Unreadable(
                    "no relation stands here, so nothing is claimed; % therefore: skip leaves it "
                    "out",
                    item.place,
                )
            tokens, names = with_asides(tokens, names)
            links = self._read_links(tokens, names)
        except Undeclared as fault:
            self._report_missing(fault, tokens, names, item, label, expected)
            self._break_off(item)
            return
        except (Unreadable, RecursionError) as error:
            wrong = (
                error
                if isinstance(error, Unreadable)
                else Unreadable("this is nested too deeply to be read", item.place)
            )
            self._say_what_is_unread(wrong, tokens)
            self._report(wrong, item.place, label, expected)
            self._break_off(item)
            return
        self._add(links, names, item, label, expected, announced=announced and len(links) == 1)

    def _add(
        self,
        links: list[Link],
        names: Names,
        item: Item,
        label: str,
        expected: tuple[str, ...],
        *,
        announced: bool = False,
    ) -> None:
        goes_on = _goes_on(item)
        for number, link in enumerate(links):
            if len(self.tasks) >= MOST_LINES:
                self._report(Unreadable(f"more than {MOST_LINES} lines; split the document"),
                             item.place)  # fmt: skip
                return
            place = item.place if number == 0 else link.place
            own = label if number == 0 else self._unique(f"{label}.{number + 1}")
            hoped = expected[min(number, len(expected) - 1)] if expected else Status.PROVED.value
            try:
                goal = goal_of(link.formula, names, place)
                _refuse_without_range(goal.conclusion, names, place)
                _refuse_without_gradient(goal.conclusion, names, place)
                _refuse_tainted(notation_of(goal, names), names, place)
            except Unreadable as fault:
                self._report(fault, place, own, expected)
                continue
            line, column = place.text.position(place.offset)
            name = f"{self.path}::{own}"
            within = links[number + 1].place if number + 1 < len(links) else None
            speaks = names.mentioned(goal.conclusion)
            joined = goes_on or number > 0 or bool(speaks & self._speaks)
            if not goes_on and self._chained == [self._announced.own_claim]:
                joined = False  # what is to be proved is no premise
            assumed = () if self._given is None else tuple(
                one for one in goal.hypotheses if one not in self._given
            )  # fmt: skip
            task = Task(
                id=name,
                label=own,
                kind="claim" if announced else "line",
                source=Source(place.text.shown, line, column),
                goal=goal,
                expected=Status(hoped),
                uses=tuple(one for one in self._citable if one != self._announced.own_claim),
                notation=notation_of(goal, names),
                parent=self._announced.parent,
                in_document=True,
                written=_written(item, place, within),
                said=link.said,
                follows=tuple(self._chained) if joined else (),
                assumed=assumed,
            )
            self.tasks.append(task)
            self._chained, self._speaks = [name], speaks
            if announced:
                self._announced.begin(task, expected[1] if len(expected) > 1 else "")
            else:
                self._announced.line(task)
            # What holds to the digits shown is never a premise of a later line.
            if not link.rounded:
                self._citable.append(name)

    def claim_convex(self, item: Item, variable: list[Token] | None, names: Names) -> None:
        """Make a task of ``O(w)`` or ``f`` "is convex in" ``w``."""
        self._claim_words(item, names, lambda: convexity(item, variable, names))

    def claim_not(self, item: Item, names: Names) -> None:
        """Make a task of a limit or a derivative that "does not exist"."""
        self._claim_words(item, names, lambda: no_such(item, names))

    def claim_sign(self, item: Item, other: Item | None, names: Names) -> None:
        """Make a task of a number that "has the sign of" another one."""
        self._claim_words(item, names, lambda: one_sign(item, other, names))

    def _claim_words(self, item: Item, names: Names, formula: Callable[[], Term]) -> None:
        item.read = True
        pending = self._pending(item)
        label, expected = self._label(item, pending.label), pending.expected
        try:
            said = formula()
        except Unreadable as fault:
            if isinstance(fault, Undeclared):
                self._note_missing(fault, item)
            self._report(fault, item.place, label, expected)
            return
        self._chain, self._before, self._chained = Chain(), [], []
        self._add([Link(said, item.place)], names, item, label, expected)

    def _break_off(self, item: Item) -> None:
        """Let no later row go on from this one, which could not be read, and say so there."""
        line, _ = item.place.text.position(item.place.offset)
        self._chain, self._before, self._chained = Chain(unread=line), [], []

    def _say_what_is_unread(self, fault: Unreadable, tokens: list[Token]) -> None:
        """Add to a fault which lines spoke of these names and could not be read themselves."""
        known = self.names.unread
        lines = {known[token.command]: token for token in tokens if token.command in known}
        for line, token in lines.items():
            fault.message += f"; line {line} says something of {token.command} that was not read"

    @contextmanager
    def beside(self, item: Item) -> Iterator[None]:
        """Read a formula; after a second one in a row no later row goes on from the row."""
        yield
        if item.display and not item.first:
            self.begin_anew()

    def begin_anew(self) -> None:
        """Let no later row go on from the lines so far."""
        self._chain, self._before, self._chained = Chain(), [], []

    def assume_statement(self, tokens: list[Token], names: Names) -> None:
        """Enter a statement with its implications as a hypothesis."""
        for link in statements(tokens, names, Chain(), []):
            names.assume(link.formula)

    def _read_links(self, tokens: list[Token], names: Names) -> list[Link]:
        kept = self._chain
        chain = Chain(
            kept.run,
            kept.last,
            extremes=kept.extremes,
            run_said=kept.run_said,
            last_said=kept.last_said,
            unread=kept.unread,
        )
        links = statements(tokens, names, chain, self._before)
        self._chain = chain
        self._before = [link.formula for link in links if not link.rounded]
        return links

    # -- labels and faults ---------------------------------------------------------------------

    def _label(self, item: Item, given: str) -> str:
        line, _ = item.place.text.position(item.place.offset)
        wanted = given or (item.labels[0] if item.labels else "")
        wanted = "".join(c if c.isalnum() or c in "._:+*-" else "_" for c in wanted[:80])
        return self._unique(wanted or f"L{line}")

    def _unique(self, label: str) -> str:
        found, number = label, 2
        while found in self._ids:
            found, number = f"{label}.{number}", number + 1
        self._ids.add(found)
        return found

    def fault(self, fault: Unreadable, item: Item) -> None:
        """Report what is wrong with a formula, or with the declaration around it."""
        item.read = True
        if isinstance(fault, Undeclared):
            self._note_missing(fault, item)
        self._report(fault, item.place)

    def refuse_declaration(
        self, fault: Unreadable, elements: list[Item], maths: list[Item]
    ) -> None:
        """Report an assumption that cannot be read; what speaks of its names is not judged."""
        first = (maths or elements)[0]
        for item in maths:
            item.read = True
        self.fault(fault, first)
        line, _ = first.place.text.position(first.place.offset)
        for item in maths:
            for token in item.tokens:
                if token.kind == "macro" or token.text.isalpha():
                    self.names.unread.setdefault(token.command, line)

    def _note_missing(self, fault: Undeclared, item: Item) -> None:
        place = fault.place or item.place
        self._missing.note(fault, place.text.position(place.offset)[0])

    def _report(
        self,
        fault: Unreadable,
        place: Place | None,
        label: str = "",
        expected: tuple[str, ...] = (),
    ) -> None:
        where = fault.place or place
        line, column = where.text.position(where.offset) if where else (1, 1)
        path = where.text.shown if where else self.path
        name = f"{self.path}::{label}" if label else ""
        self._announced.refused(name, " ".join(expected[:1]))
        self.errors.append(
            LatexError(
                path, line, fault.message, name, column, fault.declaration, " ".join(expected[:1])
            )
        )

    def _report_missing(
        self,
        first: Undeclared,
        tokens: list[Token],
        names: Names,
        item: Item,
        label: str,
        expected: tuple[str, ...],
    ) -> None:
        """Report every undeclared name of a line at once, and each of them once only."""
        found = self._missing.of_line(first, tokens, names, self._chain, item.place)
        for one in found:
            self._note_missing(one, item)
        new = [one for one in found if one.declaration] or found[:1]
        for one in new:
            self._report(one, item.place, label, expected)


def _goes_on(item: Item) -> bool:
    """Whether a line begins with a relation or an implication, and so goes on from before."""
    tokens = _stripped(item.tokens)
    while tokens and tokens[0].command in ("\\therefore", "\\because"):
        tokens = tokens[1:]
    if not tokens:
        return False
    if tokens[0].command in ("\\Rightarrow", "\\iff"):
        return True
    relations = split_relations(separated(tokens)[0]) if separated(tokens) else []
    return bool(relations) and relations[0][0] != ""


def _written(item: Item, start: Place, end: Place | None) -> str:
    """What the author wrote of a link, from its relation (or the row's beginning) to the next."""
    offsets = [token.place.offset for token in item.tokens if token.place.text is start.text]
    if not offsets:
        return ""
    source = start.text.content
    last = max(offsets)
    command = re.compile(r"\\[A-Za-z]+|.", re.DOTALL).match(source, last)
    stop = command.end() if command else last
    if end is not None and end.text is start.text and start.offset < end.offset:
        stop = end.offset
    text = source[start.offset : stop]
    for _ in range(20):  # the argument of a command ends with a brace that was taken away
        if text.count("{") <= text.count("}") or stop >= len(source):
            break
        stop = source.find("}", stop) + 1 or len(source)
        text = source[start.offset : stop]
    text = re.sub(r"(?<!\\)%.*", "", text)
    text = re.sub(r"\\(?:label|tag)\{[^{}]*\}|\\(?:nonumber|notag)\b", "", text)
    text = " ".join(re.sub(r"(?<!\\)&|\\\\", " ", text).split())
    return text.rstrip(" .,;")[:_LONGEST_WRITTEN]


def _refuse_without_range(term: Term, names: Names, place: Place) -> None:
    """Raises ``Ambiguous`` for an index that is free in a claim, and ranges in an assumption."""
    index = names.without_range(term)
    if index is not None:
        shown = index.latex
        raise Ambiguous(
            (f"for the {shown} of which something was assumed", f"for every integer {shown}"),
            f"say for which: for all ${shown} \\ge 0$",
            place,
        )


def _refuse_without_gradient(term: Term, names: Names, place: Place) -> None:
    """Raises ``Unreadable`` for a gradient of a declared function of which nothing says that it
    has one."""
    waiting, table = [term], names.by_name()
    while waiting:
        part = waiting.pop()
        if isinstance(part, str) or not part:
            continue
        if part[0] == "gradient" and isinstance(part[1], str):
            function = table.get(part[1])
            known = any(_speaks_of_slope(one, part[1]) for one in names.hypotheses)
            if function is not None and function.body is None and not known:
                raise Unreadable(
                    f"nothing says that {function.latex} is differentiable, so that "
                    f"\\nabla {function.latex} need not exist; say it, or take a subgradient "
                    f"g \\in \\partial {function.latex}(x)",
                    place,
                )
        waiting += part[1:] if isinstance(part[0], str) else part


def _speaks_of_slope(fact: Term, name: str) -> bool:
    """Whether a fact says that a function is differentiable, or speaks of its gradient."""
    waiting = [fact]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str) or not part:
            continue
        if part[0] in ("differentiable", "gradient") and part[1] == name:
            return True
        waiting += part[1:] if isinstance(part[0], str) else part
    return False


def _refuse_tainted(notation: dict[str, str], names: Names, place: Place) -> None:
    """Raises ``Unreadable`` for a line that may rest on an assumption that was not read."""
    for latex in (*notation.values(), *names.behind_maps(notation)):
        base = latex.partition("_")[0].partition("^")[0]
        line = names.unread.get(base, names.unread.get(latex))
        if line is not None:
            raise Unreadable(
                f"line {line} says something of {latex} that was not read, so this line cannot "
                "be judged; mend that one, or put % therefore: skip before it",
                place,
            )


def _stripped(tokens: list[Token]) -> list[Token]:
    """The tokens without punctuation at the end and gaps on both sides."""
    while tokens and tokens[-1].kind in ("char", "text") and tokens[-1].text in (
        ",", ".", ";", ":", "",
    ):  # fmt: skip
        tokens = tokens[:-1]
    while tokens and tokens[0].kind == "text" and not tokens[0].text:
        tokens = tokens[1:]
    return tokens


def _merged(items: list[Item]) -> list[Item]:
    """The items, where a row that goes on with the row before is joined to it."""
    found: list[Item] = []
    for item in items:
        before = found[-1] if found else None
        if (
            item.kind == "math" and item.display and item.first and item.fault is None
            and before is not None and before.kind == "math" and before.display
            and before.fault is None
            and not item.labels
        ):  # fmt: skip
            tokens = _stripped(item.tokens)
            head = tokens[0].command if tokens else ""
            tail = before.tokens[-1].command if before.tokens else ""
            goes_on = head in _CONTINUES or (head == "-" and item.aligned)
            if tokens and (goes_on or tail in _ENDS_OPEN):
                before.tokens = [*_stripped_gaps(before.tokens), *tokens]
                continue
        found.append(item)
    return found


def _stripped_gaps(tokens: list[Token]) -> list[Token]:
    while tokens and tokens[-1].kind == "text" and not tokens[-1].text:
        tokens = tokens[:-1]
    return tokens


def _concerns_next(text: str) -> bool:
    return text.split(" ", 1)[0] in ("label", "expect", "skip", "claim") or text.strip() == "assume"


def _takes(item: Item, directives: list[Item]) -> bool:
    """Whether directives about the next formula speak of this one."""
    skips = any(one.text.strip() == "skip" for one in directives)
    return item.display or skips or has_relation(item.tokens)


def _cuts(text: str, sentence: list[Item]) -> bool:
    """Whether a directive ends the sentence in which it stands."""
    finished = bool(sentence) and sentence[-1].kind == "math" and sentence[-1].display
    return finished or text.strip() in ("begin", "end")


def _ends_sentence(items: list[Item], position: int) -> bool:
    """Whether a full stop ends a sentence; "e.g." and the like do not."""
    before = items[position - 1] if position else None
    after = items[position + 1] if position + 1 < len(items) else None
    if before is not None and before.kind == "word" and before.text.lower() in _ABBREVIATIONS:
        return False
    return (
        after is None
        or after.kind != "word"
        or after.text[:1].isupper()
        or not (after.text[:1].isalpha())
    )


def _begins_sentence(items: list[Item], position: int, sentence: list[Item]) -> bool:
    """Whether a word or a display begins a new sentence after a display."""
    if not sentence:
        return False
    item, before = items[position], sentence[-1]
    if before.kind != "math" or not before.display:
        return False
    stopped = bool(before.tokens) and before.tokens[-1].text == "."
    if item.kind == "word":
        first = item.text[:1]
        return first.isupper() or (
            stopped and item.text.lower() not in ("where", "for", "with", "if", "when", "and", "is")
        )
    return stopped and item.kind == "math"
