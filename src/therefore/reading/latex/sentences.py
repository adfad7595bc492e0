"""Sentences: which of their formulas declare, which assume and which claim."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.reading.latex.announced import announces
from therefore.reading.latex.assuming import Assuming
from therefore.reading.latex.classes import MARKED
from therefore.reading.latex.convex_sets import declare_projection, declare_sets, speaks_of_maps
from therefore.reading.latex.declaring import Declarer, bounded_below
from therefore.reading.latex.eigenpairs import eigenpair
from therefore.reading.latex.errors import Ambiguous, Unreadable
from therefore.reading.latex.existing import inverses_that_exist
from therefore.reading.latex.iterates import declare_indices, declare_iterates
from therefore.reading.latex.matrix_words import MATRIX_WORDS
from therefore.reading.latex.method_ranges import is_recurrence
from therefore.reading.latex.names import Names
from therefore.reading.latex.operators import declare_operators, declare_resolvent
from therefore.reading.latex.properties import ASSUMING, FILLERS
from therefore.reading.latex.prose import Item
from therefore.reading.latex.quantifiers import enter_conditions, quantifiers_of
from therefore.reading.latex.random_sentences import random_phrase, speaks_of_moments
from therefore.reading.latex.relations import has_relation, split_relations
from therefore.reading.latex.special_points import (
    RESTRICTING,
    SPECIAL,
    UNCLEAR,
    begins_special_point,
    is_bare,
    special_point,
    without_special_points,
)
from therefore.reading.latex.symbols import INDEX_LETTERS
from therefore.reading.latex.tokens import Token
from therefore.reading.latex.wordings import in_usual_words
from therefore.reading.latex.words import words

if TYPE_CHECKING:
    from therefore.reading.latex.document import Document

__all__ = ["Act", "Sentence", "acts_of"]

MOST_FORMULAS = 300
_SUPPOSE = frozenset(["suppose", "assume", "assuming", "supposing", "assumes"])
_DEFINE = words(
    "let given consider fix denote define defined defines set put where denotes denoting with "
    "defining letting taking setting"
)
_LOCAL = frozenset(["with", "setting", "taking", "assuming", "supposing"])
_QUANTIFY = frozenset(["for", "forall"])
_CONDITION = frozenset(["if", "when", "whenever", "provided", "at", "once"])
_CLAIM = words(
    "then so hence thus therefore have has obtain obtains get gets gives give yields yield "
    "implies imply follows follow conclude show shows prove claim claims since because note "
    "observe find compute holds satisfies thereby consequently"
)
# Words that turn what the formulas beside them say: such a sentence has to be written as one.
_TURNING = words(
    "or either neither nor not unless false fails fail wrong untrue impossible never no cannot "
    "doesn't isn't don't exists exist some iff only implies imply implied equivalent equivalently "
    "except contradicts otherwise might could would should wonder hope guess conjecture suspect "
    "almost mod modulo ? likely probably probability apart nearly roughly"
)
_BEFORE_SET = words(
    "a an the any some its convex closed open bounded compact nonempty non-empty feasible "
    "constraint"
)
# After these, one more formula may be assumed, or claimed.
_ASSUMED = words("suppose let define set put denote")
_HAVING = words("has have having satisfies satisfy")
# After these words something more is said of what stands before; where that cannot be read, what
# stands before is not judged either.
_BESIDE = words("with where given assuming")
_SUPPOSED = words("have has holds hold get obtain")
# Words that restrict a "for" without all, every …: "for nonzero $x$", "for large $n$".
_LIMITING = words(
    "positive negative nonzero nonnegative non-zero non-negative large small sufficiently even odd "
    "almost infinitely finitely most many few big generic general prime distinct certain enough"
)
_EVERY = frozenset(["all", "every", "each", "any", "arbitrary"])


# Words after a formula within a row of a display: what begins a remark, what joins formulas, and
# what would change the formula.
_BEGINS_REMARK = words("by since because as using from due via see cf is has does doesn't")
_JOINING = words("and we have so thus hence also with that is where")
_CHANGING = words(
    "kg m cm mm km s ms g hz degrees percent times surely whp more less larger smaller modulo mod "
    "almost approximately plus minus squared positive negative"
)


@dataclass
class Act:
    """A part of a sentence that does one thing, with the words and formulas of it.

    One that is ``joined`` goes on with the one before it, and ends with the same "for all".
    """

    kind: str
    keyword: str
    elements: list[Item] = field(default_factory=list)
    passing: bool = False
    joined: bool = False

    def maths(self) -> list[Item]:
        """Its formulas."""
        return [item for item in self.elements if item.kind == "math"]

    def words(self) -> list[str]:
        """Its words, in small letters."""
        return [item.text.lower() for item in self.elements if item.kind == "word"]


def acts_of(items: list[Item]) -> list[Act]:
    """The acts of a sentence, in order."""
    acts = [Act("claim", "")]
    worded = {item.row for item in items if item.kind == "word"} - {0}
    for position, item in enumerate(items):
        act = acts[-1]
        if item.kind == "math":
            if item.display and item.first:
                act = _before_display(acts, items, position)
            elif act.kind == "quantify" and act.maths() and _is_statement(item):
                # "... for t = 1, ..., T and w_1 = 0": what is no variable is no quantifier.
                outer = next((a for a in reversed(acts) if a.kind in ("declare", "claim")), None)
                acts.append(Act(outer.kind, outer.keyword) if outer else Act("claim", ""))
                act = acts[-1]
            if act.kind == "claim" and act.maths() and _apart(act.maths()[-1], item, worded):
                acts.append(Act("claim", act.keyword))
                act = acts[-1]
            act.elements.append(item)
            continue
        word = item.text.lower()
        previous = items[position - 1] if position else None
        kind = _kind(word, previous, items, position)
        if word in _HAVING and act.kind == "declare" and previous is not None and (
            previous.kind == "math"
        ):  # fmt: skip
            # "Suppose X has full row rank" goes on supposing.
            kind = None
        if word in ("with", "given") and act.kind == "declare" and act.maths() and (
            _words_only(items, position) or _class_with_constant(items, position)
        ):  # fmt: skip
            # "a matrix with full column rank" goes on saying; "with $L$-Lipschitz gradient" too.
            kind = None
            if word == "with":
                continue
        if act.kind == "declare" and word in _SUPPOSED and not act.maths():
            # So does "Suppose that we have x > 0".
            kind = None
        if kind is not None:
            acts.append(Act(kind, "suppose" if word in _SUPPOSE else word))
            acts[-1].passing = word in _LOCAL
            if word in _TURNING:
                acts[-1].elements.append(item)
        elif (
            word == ","
            and act.kind in ("quantify", "condition")
            and act.maths()
            and (_claims_next(items, position))
            and not begins_special_point(items, position + 1)
        ):
            outer = next((a for a in reversed(acts[:-1]) if a.kind == "declare"), None)
            if outer is not None and not outer.maths():
                # "Suppose that for all t, ..." goes on supposing.
                acts.remove(outer)
                acts.append(Act("declare", outer.keyword))
            elif outer is not None and outer.keyword in _ASSUMED and (
                sign := _relation_next(items, position)
            ):
                if sign != "in":
                    raise _further(items[position + 1])
                acts.append(Act("declare", outer.keyword))
            else:
                acts.append(Act("claim", ","))
        elif word == "," and _ends_passing(acts, items, position):
            acts.append(Act("claim", acts[-2].keyword))
        else:
            act.elements.append(item)
    acts = _classes_apart(_with_special_points(acts))
    return _with_moments([act for act in acts if act.elements])


def _classes_apart(acts: list[Act]) -> list[Act]:
    """The acts, where what else is said beside a set or an operator is an act of its own.

    So is a recurrence. "Let $A$ be maximally monotone and $c > 0$" declares A, and then a number.
    """
    found: list[Act] = []
    for act in acts:
        of_maps = speaks_of_maps(act.elements)
        if act.kind != "declare":
            found.append(act)
            continue
        parts: list[list[Item]] = [[]]
        for position, item in enumerate(act.elements):
            before = act.elements[position - 1].text.lower() if position else ""
            sides = split_relations(item.tokens) if item.kind == "math" else []
            apart = sides[1][1].command not in ("\\subset", "\\subseteq") if sides[1:] else False
            if apart and before in (",", "and", ";") and (
                of_maps or is_recurrence(item.tokens)
            ):  # fmt: skip
                while parts[-1] and parts[-1][-1].text.lower() in (",", "and", ";"):
                    parts[-1].pop()
                parts.append([])
            parts[-1].append(item)
        found += [
            Act("declare", act.keyword, part, act.passing, bool(number))
            for number, part in enumerate(parts)
        ]
    return found


def _ends_passing(acts: list[Act], items: list[Item], position: int) -> bool:
    """Whether a comma ends what is set in passing: "Then, with $N = 1$, $f(x_N) \\le 1$"."""
    if len(acts) < 2 or not acts[-1].passing or len(acts[-1].maths()) != 1:
        return False
    rest = [item for item in items[position + 1 :] if item.kind == "math"]
    said = acts[-2].kind == "claim" and bool(acts[-2].keyword) and not acts[-2].maths()
    return said and len(rest) == 1 and has_relation(rest[0].tokens)


def _with_special_points(acts: list[Act]) -> list[Act]:
    """The acts, where a phrase such as "$x^*$ a minimiser of $f$" is one of its own.

    It assumes where something is declared, or said to hold for all of a declared range.
    """
    found: list[Act] = []
    declaring = False
    restricted = bool({word for act in acts for word in act.words()} & RESTRICTING)
    for act in acts:
        declaring = act.kind == "declare" or (declaring and act.kind == "quantify")
        found.append(act)
        if declaring:
            whole = act.elements
            act.elements, phrases = without_special_points(whole)
            keyword = SPECIAL
            if phrases and restricted:
                act.elements, phrases, keyword = [], [whole], UNCLEAR
            rest = [item for item in act.elements if item.text.lower() != "that"]
            if phrases and act.kind == "declare" and len(rest) == 1 and is_bare(rest[0]):
                # "Suppose $f$ has a minimiser $x^*$": of f alone nothing is left to say.
                rest[0].read = True
                act.elements = []
            points = [Act("declare", keyword, phrase) for phrase in phrases]
            # A range at the end of the act is of what stands last.
            last = not act.elements or act.elements[-1] is not whole[-1]
            found[len(found) - (0 if last or act.kind == "quantify" else 1):] = (
                points if last or act.kind == "quantify" else [*points, act]
            )
    return found


def _with_moments(acts: list[Act]) -> list[Act]:
    """The acts, where "with mean $m$" belongs to the random vector before it."""
    found: list[Act] = []
    for act in acts:
        if act.keyword == "with" and found and "random" in found[-1].words() and (
            speaks_of_moments(act.words())
        ):  # fmt: skip
            found[-1].elements += act.elements
        else:
            found.append(act)
    return found


def _is_statement(item: Item) -> bool:
    """Whether a relation after a "for all" is no further variable, but something else said."""
    sides = split_relations(item.tokens)
    if any(t.command == "\\dots" for t in item.tokens) or len(sides) < 2:
        return False
    named = [
        side
        for _, _, side in sides
        if any(t.text.isalpha() for t in side)
        and not any(t.kind == "char" and t.text in "()+-/[]|" for t in side)
    ]
    return any(sign == "=" for sign, _, _ in sides) or not named


def _kind(word: str, previous: Item | None, items: list[Item], position: int) -> str | None:
    """The kind of act that a word begins; ``None`` if it begins none."""
    if word == "set" and previous is not None and previous.text.lower() in _BEFORE_SET:
        return None  # a noun
    if word in ("denote", "denotes") and previous is not None and previous.kind == "math":
        return None  # "let $x$ denote" is "let $x$ be"
    if word in _SUPPOSE or word in _DEFINE:
        return "declare"
    if word in _QUANTIFY:
        variable = next((one for one in items[position + 1 :] if one.kind == "math"), None)
        if variable is None or (
            variable.display and variable.first and variable.group != items[position].group
        ):  # fmt: skip
            # "a weight for each channel:" before a display binds nothing in it.
            return None
        following = items[position + 1] if position + 1 < len(items) else None
        if following is not None and (
            following.kind == "math" or following.text.lower() in (*_EVERY, "integers", "some",
                                                                    "integer", "real", "which")
        ):  # fmt: skip
            return "quantify"
        between = _words_up_to_formula(items, position)
        if set(between) & (_LIMITING | MATRIX_WORDS) and "," not in between:
            return "quantify"
        return None
    if word == "at" and previous is not None and not _reaches_formula(items, position):
        # "starts at the origin": no condition, while "At the minimum, ..." is one.
        return None
    before = " ".join(item.text.lower() for item in items[max(position - 2, 0) : position])
    if word in _CONDITION or (word == "long" and before.endswith("as")) or (
        word == "case" and before.split()[:1] == ["in"]
    ):  # fmt: skip
        return "condition"
    after = " ".join(item.text.lower() for item in items[position + 1 : position + 4])
    if word in _CLAIM and not (word == "has" and after == "the sign of"):
        return "claim"
    return None


def _words_up_to_formula(items: list[Item], position: int) -> list[str]:
    """The words between a place and the formula after it."""
    found: list[str] = []
    for item in items[position + 1 :]:
        if item.kind == "math":
            break
        found.append(item.text.lower())
    return found


def _words_only(items: list[Item], position: int) -> bool:
    """Whether words that are said of a matrix stand after a place, up to the next mark."""
    said = []
    for item in items[position + 1 :]:
        if item.kind == "math":
            return False
        if item.text in (",", ".", ";", ":", "and"):
            break
        said.append(item.text.lower())
    return bool(set(said) & MATRIX_WORDS)


def _class_with_constant(items: list[Item], position: int) -> bool:
    """Whether a constant with a word such as "-Lipschitz" stands after a place."""
    after = items[position + 1 : position + 4]
    if after and after[0].text.lower() in ("a", "an"):
        after = after[1:]
    return len(after) > 1 and after[0].kind == "math" and after[1].text.lower() in MARKED


def _reaches_formula(items: list[Item], position: int) -> bool:
    """Whether a formula comes before the part of the sentence ends."""
    for item in items[position + 1 :]:
        if item.kind == "math":
            return not (item.display and item.first)
        if item.text in (",", ":", ";", ".") or item.text.lower() in _CLAIM | _CONDITION:
            return False
    return False


def _claims_next(items: list[Item], position: int) -> bool:
    """Whether the comma at a position ends a "for all ...", since no later word does."""
    following = items[position + 1] if position + 1 < len(items) else None
    if following is not None and following.kind == "word" and following.text.lower() == "and":
        return False
    return not any(
        item.kind == "word" and item.text.lower() in _CLAIM for item in items[position + 1 :]
    )


def _before_display(acts: list[Act], items: list[Item], position: int) -> Act:
    """The act to which a displayed formula belongs. Raises ``Ambiguous`` where that is unclear."""
    act, item = acts[-1], items[position]
    previous = items[position - 1] if position else None
    earlier = act.maths()
    if act.kind == "claim" or not earlier:
        return act
    if act.kind == "declare":
        if earlier[-1].group == item.group:
            return act
        joined = previous is not None and previous.kind == "word"
        if joined and previous is not None and previous.text not in (",", ";"):
            return act
        if act.keyword in _ASSUMED:
            raise _further(item)
    acts.append(Act("claim", "display"))
    return acts[-1]


def _further(item: Item) -> Ambiguous:
    return Ambiguous(
        ("a further assumption", "what follows from it"),
        "say 'and' before the formula, or begin its sentence with 'Then'",
        item.place,
    )


def _relation_next(items: list[Item], position: int) -> str:
    """The sign of the relation that follows within the sentence, if one does."""
    after = items[position + 1 : position + 2]
    sides = split_relations(after[0].tokens) if after and after[0].kind == "math" else []
    return sides[1][0] if len(sides) > 1 else ""


def _apart(before: Item, item: Item, worded: set[int]) -> bool:
    """Whether a condition after the second of two claims leaves the first alone.

    The rows of a display stay together, unless words stand in one of them.
    """
    if before.display != item.display or before.group != item.group:
        return True
    return before.row != item.row and bool({before.row, item.row} & worded)


class Sentence:
    """One sentence, to be carried out: first what it declares, then what it claims."""

    def __init__(self, document: Document, items: list[Item]) -> None:
        self.document = document
        self.names: Names = document.names
        self.items = in_usual_words(items)
        self.acts: list[Act] = []
        # What "with eta = 1" assumes of names that were known: it holds for this sentence.
        self._passing: list[Term] = []

    def carry_out(self) -> None:
        """Enter declarations and assumptions; hand claims to the document."""
        maths = [item for item in self.items if item.kind == "math"]
        if len(maths) > MOST_FORMULAS:
            fault = Unreadable(
                f"a sentence of more than {MOST_FORMULAS} formulas is not read", maths[0].place
            )
            self.document.refuse_declaration(fault, self.items, maths)
            return
        try:
            self.acts = acts_of(self.items)
        except Unreadable as fault:
            self.document.refuse_declaration(fault, self.items, maths)
            return
        for act in self.acts:
            if act.kind != "claim":
                act.elements = inverses_that_exist(act.elements)
        if self._supposed_implication() or self._said_plainly():
            return
        leading, trailing = self._attachments()
        self._indices()
        self._for_some(trailing)
        self._declarations(leading, trailing)
        try:
            self._claims(leading, trailing)
        finally:
            self.names.hypotheses = [
                one for one in self.names.hypotheses if one not in self._passing
            ]

    def _indices(self) -> None:
        """Let what is quantified and stands as an index be an integer."""
        maths = [item.tokens for item in self.items if item.kind == "math" and item.fault is None]
        variables = [
            token.text
            for act in self.acts
            if act.kind == "quantify"
            for item in act.maths()
            for token in item.tokens
            if token.kind == "char"
        ]
        declare_indices(variables, maths, self.names)

    def _supposed_implication(self) -> bool:
        """Refuse "Suppose P implies Q", of which P alone is assumed by no one."""
        for before, act in zip(self.acts, self.acts[1:], strict=False):
            if before.kind == "declare" and before.maths() and act.keyword in ("implies", "imply"):
                fault = Unreadable(
                    "an assumed implication is written as a formula: P \\Rightarrow Q",
                    act.elements[0].place,
                )
                maths = [item for item in self.items if item.kind == "math"]
                self.document.refuse_declaration(fault, self.items, maths)
                return True
        return False

    def _said_plainly(self) -> bool:
        """Refuse "$A$ is invertible." as a whole sentence: an assumption, or a claim?"""
        maths = [item for item in self.items if item.kind == "math"]
        said = {item.text.lower() for item in self.items if item.kind == "word"}
        if not maths or self.items[0] is not maths[0] or len(self.acts) != 1 or (
            self.acts[0].kind != "claim" or not said & MATRIX_WORDS
        ):  # fmt: skip
            return False
        if any(
            item.display or item.fault is not None
            or any(sign not in ("", "in") for sign, _, _ in split_relations(item.tokens))
            for item in maths
        ):  # fmt: skip
            return False
        fault = Ambiguous(
            ("an assumption", "a claim"), "begin it with 'Let' or 'Suppose', or write a formula",
            maths[0].place,
        )  # fmt: skip
        self.document.refuse_declaration(fault, self.items, maths)
        return True

    def _attachments(self) -> tuple[list[Act], dict[int, list[Act]]]:
        """Conditions before all claims, and those after the act to which they belong."""
        leading: list[Act] = []
        trailing: dict[int, list[Act]] = {}
        last: Act | None = None
        for act in self.acts:
            if act.kind in ("quantify", "condition"):
                after = self._next_of(act)
                if last is not None and after is not None:
                    trailing.setdefault(id(after), []).append(act)
                    continue
                if last is None:
                    leading.append(act)
                else:
                    trailing.setdefault(id(last), []).append(act)
                reached = last
                while reached and (reached.joined or reached.keyword in ("with", "where")):
                    reached = self._reach_back(reached, act, trailing)
            elif act.maths():
                last = act
        return leading, trailing

    def _next_of(self, act: Act) -> Act | None:
        """ "Let $x_0 = 0$ and, for all $k$, let $x_{k+1} = ...$": the act after, if it is meant."""
        place = self.acts.index(act)
        around = [*self.acts[max(place - 1, 0) : place], *self.acts[place + 1 : place + 2]]
        if act.kind != "quantify" or len(around) < 2 or around[1].kind != "declare":
            return None
        letters = {t.text for item in act.maths() for t in item.tokens if t.text in INDEX_LETTERS}
        spoken = [{t.text for i in one.maths() for t in i.tokens} for one in around]
        return around[1] if letters & spoken[1] and not letters & spoken[0] else None

    def _reach_back(self, last: Act, act: Act, trailing: dict[int, list[Act]]) -> Act | None:
        """ "$x_{k+1} = x_k - g_k$ with $g_k = ...$ for all $k$": of both, if the first has none."""
        before = self.acts[: self.acts.index(last)]
        first = before[-1] if before else None
        if first is None or first.kind != "declare" or id(first) in trailing or (
            first.keyword in (SPECIAL, UNCLEAR)
        ):  # fmt: skip
            return None
        if not last.joined and not any(is_recurrence(item.tokens) for item in first.maths()):
            return None
        trailing[id(first)] = [act]
        return first

    def _for_some(self, trailing: dict[int, list[Act]]) -> None:
        r"""Read ``P`` "for some" ``c`` as ``\\exists c: P``; False where that is unclear."""
        for act in [one for one in self.acts if one.kind == "quantify"]:
            if "some" not in act.words()[:1]:
                continue
            claim = next((one for one in self.acts if act in trailing.get(id(one), [])), None)
            if claim is None or not self._some_of(claim, act, trailing):
                fault = Unreadable(
                    "'for some' is not clear here; write \\exists c \\in \\mathbb{R}^n: ...",
                    act.elements[0].place,
                )
                for item in [*(claim.maths() if claim else []), *act.maths()]:
                    self.document.refuse(fault, item)
                if claim is None:
                    self.document.fault(fault, act.elements[0])
                    self.acts = [one for one in self.acts if one.kind == "declare"]
                    return
                self.acts.remove(claim)
            self.acts.remove(act)

    def _some_of(self, claim: Act, act: Act, trailing: dict[int, list[Act]]) -> bool:
        """Put the variables of a "for some" before the only relation of a claim."""
        said = [item for item in claim.maths() if has_relation(item.tokens)]
        variables = act.maths()
        if claim.kind != "claim" or trailing[id(claim)] != [act]:
            return False
        if len(said) != 1 or len(claim.maths()) != 1 or len(variables) != 1:
            return False
        item, place = said[0], said[0].place
        of = [t for t in variables[0].tokens if t.text not in (".", ";", ":")]
        item.tokens = [
            Token("macro", "exists", place), *of, Token("char", ":", place), *item.tokens
        ]  # fmt: skip
        trailing[id(claim)] = []
        variables[0].read = True
        return True

    # -- declarations --------------------------------------------------------------------

    def _declarations(self, leading: list[Act], trailing: dict[int, list[Act]]) -> None:
        """Enter what declares, again and again while something new is entered.

        What "where" declares stands after the formula that needs it.
        """
        acts = [act for act in self.acts if act.kind == "declare"]
        before, passing = self.names.copy(), len(self._passing)
        waiting: list[tuple[Act, Unreadable | None]] = [(act, None) for act in acts]
        for _ in range(2 * len(acts) + 1):
            failed: list[tuple[Act, Unreadable | None]] = []
            for act, _ in waiting:
                kept = self.names.copy()
                try:
                    self._declare(act, [*leading, *trailing.get(id(act), [])])
                    claims = any(one.kind == "claim" and one.maths() for one in self.acts)
                    if act.passing and claims and self.names.by_name() == kept.by_name():
                        self._passing += self.names.hypotheses[len(kept.hypotheses) :]
                except Unreadable as fault:
                    self.names.put_back(kept)
                    failed.append((act, fault))
            stuck = len(failed) == len(waiting) and not self._iterates(acts)
            waiting = failed
            if stuck:
                break
        if waiting and any(act.keyword in (SPECIAL, UNCLEAR) for act in acts):
            # What was not read may belong to the special point: all of it is refused.
            self.names.put_back(before)
            del self._passing[passing:]
            act, why = waiting[0]
            maths = [item for one in acts for item in one.maths()]
            if why is not None:
                self.document.refuse_declaration(why, act.elements, maths)
            return
        for act, why in waiting:
            if why is not None:
                said = [item for item in self.items if item.kind == "math"]
                # What is unclear may be meant of any name of the sentence.
                beside = isinstance(why, Ambiguous) or act.keyword in _BESIDE or not act.maths()
                self.document.refuse_declaration(why, act.elements, said if beside else act.maths())

    def _iterates(self, acts: list[Act]) -> bool:
        """Declare sequences of which another act says the kind; whether there were any."""
        known = len(self.names.sequences)
        for act in acts:
            for item in act.maths():
                if item.fault is not None:
                    continue
                with suppress(Unreadable):  # it is said where the act is read
                    declare_iterates(item.tokens, Declarer(self.names, act.keyword))
        return len(self.names.sequences) > known

    def _declare(self, act: Act, conditions: list[Act]) -> None:
        declarer = Declarer(self.names, act.keyword)
        if act.keyword == UNCLEAR:
            raise Unreadable(UNCLEAR, act.maths()[0].place)
        if act.keyword == SPECIAL:
            if conditions:
                raise Unreadable(
                    "say of a special point in a sentence of its own when it is meant",
                    act.maths()[0].place,
                )
            special_point(act.elements, self.names, declarer)
            return
        quantifiers = [
            found for one in conditions for found in quantifiers_of(one, self.names)
        ]  # fmt: skip
        if any(one.kind == "condition" for one in conditions):
            place = conditions[0].elements[0].place
            raise Unreadable(
                "an assumption under a condition is written as a formula: P \\Rightarrow Q", place
            )
        if (
            eigenpair(act.elements, self.names, declarer)
            or random_phrase(act.elements, declarer)
            or declare_projection(act.elements, declarer)
            or declare_sets(act.elements, declarer)
            or declare_operators(act.elements, declarer)
            or declare_resolvent(act.elements, declarer)
        ):
            for item in act.maths():
                item.read = True
            return
        maths = [item for item in self.items if item.kind == "math" and item.fault is None]
        self._refuse_words_beside(act)
        for item in act.elements:
            if item.kind == "word" and item.text.lower() in _TURNING:
                raise Unreadable(
                    f"the word {item.text.lower()!r} changes what is assumed here; write it as a "
                    "formula",
                    item.place,
                )
            if item.kind == "math" and item.display:
                self.document.begin_anew()
        Assuming(
            act.elements,
            self.names,
            act.keyword,
            lambda tokens: self.document.assume_statement(tokens, self.names),
            frozenset().union(*(bounded_below(item.tokens) for item in maths)),
        ).carry_out(quantifiers)

    def _refuse_words_beside(self, act: Act) -> None:
        """Refuse words without a formula that say more of what was declared before them."""
        place = self.acts.index(act)
        before = [one for one in self.acts[:place] if one.kind != "quantify"]
        if act.keyword not in _BESIDE or act.maths() or not before or (
            before[-1].kind != "declare" or not before[-1].maths()
        ):  # fmt: skip
            return
        unread = [word for word in act.words() if word not in FILLERS and word not in ",.;:()"]
        if unread:
            raise Unreadable(
                f"the word {unread[0]!r} is not read here; say it by a formula, or by "
                "% therefore: assume ...",
                act.elements[0].place,
            )

    # -- claims --------------------------------------------------------------------------

    def _claims(self, leading: list[Act], trailing: dict[int, list[Act]]) -> None:
        for act in self.acts:
            if act.kind != "claim":
                continue
            conditions = [*leading, *trailing.get(id(act), [])]
            maths = act.maths()
            if not maths:
                continue
            turning = self._turning_words()
            if turning:
                for item in maths:
                    self.document.refuse(
                        Unreadable(
                            f"the word {turning!r} changes what this sentence claims; write it as "
                            "a formula, with \\Rightarrow or \\iff",
                            item.place,
                        ),
                        item,
                    )
                continue
            unclear = self._unclear_conditions(conditions, trailing.get(id(act), []))
            if unclear is not None:
                for item in maths:
                    self.document.refuse(unclear, item)
                continue
            local = self.names
            if any(one.kind == "condition" for one in trailing.get(id(act), [])) and len(
                [one for one in maths if has_relation(one.tokens)]
            ) > 1 and not maths[-1].display:  # fmt: skip
                for item in maths:
                    self.document.refuse(
                        Ambiguous(
                            ("a condition of the last claim", "a condition of all of them"),
                            "say it in a sentence of its own",
                            item.place,
                        ),
                        item,
                    )
                continue
            if conditions:
                local = self.names.copy()
                try:
                    enter_conditions(conditions, local)
                except Unreadable as fault:
                    for item in maths:
                        self.document.refuse(fault, item)
                    continue
            self._claims_of(act, local)

    def _unclear_conditions(self, conditions: list[Act], after: list[Act]) -> Unreadable | None:
        """What is wrong with the conditions of a claim, if of what they are is unclear."""
        said = {word for act in self.acts for word in act.words()}
        if said & {"equality", "tight", "strict"} and conditions:
            return Ambiguous(
                ("a condition of the claim", "when equality holds"),
                "say when there is equality in a sentence of its own",
                conditions[0].elements[0].place,
            )
        several = [act for act in after if len(act.maths()) > 1]
        if len(after) > 1 and several:
            return Ambiguous(
                ("one more condition", "a claim with a condition of its own"),
                "say it in a sentence of its own",
                several[0].maths()[-1].place,
            )
        return None

    def _turning_words(self) -> str:
        """The first word of the sentence, outside of what it declares, that turns a claim."""
        claiming = [act for act in self.acts if act.kind != "declare"]
        found = [
            word
            for act in claiming
            for word in _without(act.words(), ("does", "not", "exist"))
            if word in _TURNING
        ]
        return found[0] if found else ""

    def _claims_of(self, act: Act, local: Names) -> None:
        elements = act.elements
        unclear = _implied_and_more(elements)
        if unclear is not None:
            for item in act.maths():
                self.document.refuse(unclear, item)
            return
        worded = _claimed_in_words(act)
        if worded is not None:
            named = act.maths()[0]
            named.read = True
            if not any(one.text.strip() == "skip" for one in named.before):
                self.document.fault(worded, named)
            return
        for position, item in enumerate(elements):
            if item.kind != "math":
                continue
            following = [e.text.lower() for e in elements[position + 1 : position + 5]]
            if following[:2] == ["is", "convex"]:
                after = elements[position + 3 :] if following[2:3] == ["in"] else []
                variable = next((e.tokens for e in after if e.kind == "math"), None)
                self.document.claim_convex(item, variable, local)
            elif following[:3] in (["does", "not", "exist"], ["doesn't", "exist"]):
                self.document.claim_not(item, local)
            elif following[:4] == ["has", "the", "sign", "of"]:
                other = next((e for e in elements[position + 5 :] if e.kind == "math"), None)
                self.document.claim_sign(item, other, local)
            elif _after(elements, position, ("has", "the", "sign", "of")):
                item.read = True
            elif following[:1] == ["is"] and item.display and not has_relation(item.tokens):
                shown = " ".join(following)
                self.document.refuse(
                    Unreadable(f"the words {shown!r} are not read", item.place), item
                )
            else:
                after_in = (
                    position >= 3
                    and elements[position - 1].text.lower() == "in"
                    and elements[position - 2].text.lower() == "convex"
                )
                if not after_in and _hangs(item, elements[:position]):
                    fault = Unreadable(
                        "this begins with a relation; write its left side too", item.place
                    )
                    self.document.refuse(fault, item)
                elif not after_in:
                    said = _said_in_row(elements, position)
                    if said is not None:
                        self.document.refuse(said, item)
                        continue
                    with self.document.beside(item):
                        self.document.claim(item, local, announced=self._announces(act))

    def _announces(self, act: Act) -> bool:
        """Whether an act says what is to be proved: "Show that" and one formula."""
        if len(act.maths()) != 1 or act is not self.acts[-1]:
            return False
        place = self.items.index(act.elements[0])
        before = [item.text.lower() for item in self.items[:place] if item.kind == "word"]
        while before and before[-1] != act.keyword:
            before.pop()
        return announces(act.keyword, before[:-1])


def _claimed_in_words(act: Act) -> Unreadable | None:
    """What is wrong with "Then $AB$ is symmetric", which claims something in words alone."""
    first, said = act.elements[0], act.words()
    is_one = act.keyword not in ("", ",") and len(act.maths()) < 3 and first.kind == "math"
    if not is_one or said[:1] != ["is"] or any(
        item.display or has_relation(item.tokens) for item in act.maths()
    ):  # fmt: skip
        return None
    if not set(said) & (ASSUMING - {"convex"} | words("minimiser minimizer fixed zero")):
        return None
    return Unreadable(
        "a claim in words is not read; write it as a formula, such as $A^\\top = A$", first.place
    )


def _said_in_row(elements: list[Item], position: int) -> Unreadable | None:
    """What is wrong with the words after a formula in its row of a display.

    In brackets, or after "by", "since" and the like, they are a remark.
    """
    item = elements[position]
    after = [one for one in elements[position + 1 :] if one.row == item.row]
    run: list[str] = []
    for one in after:
        if one.kind == "math":
            break
        run.append(one.text.lower())
    said = [word for word in run if word not in (",", ".", ";", ":")]
    last = len(run) == len(after)
    if not item.display or not said or said[0] in _BEGINS_REMARK or said[0] == "(":
        return None
    if (last and not set(said) & _CHANGING) or (not last and set(said) <= _JOINING):
        return None
    return Unreadable(
        f"the words {' '.join(said)!r} in this row are not read; put a remark into brackets",
        after[0].place,
    )


def _hangs(item: Item, before: list[Item]) -> bool:
    """Whether a formula within a sentence begins with a relation, after words."""
    sides = split_relations(item.tokens)
    after_words = not before or before[-1].kind == "word"
    return not item.display and len(sides) > 0 and bool(sides[0][0]) and after_words


def _without(said: list[str], phrase: tuple[str, ...]) -> list[str]:
    """The words without a phrase."""
    for at in range(len(said) - len(phrase) + 1):
        if tuple(said[at : at + len(phrase)]) == phrase:
            return [*said[:at], *_without(said[at + len(phrase) :], phrase)]
    return said


def _after(elements: list[Item], position: int, said: tuple[str, ...]) -> bool:
    """Whether these words stand before a place."""
    words_before = elements[max(position - len(said), 0) : position]
    return tuple(item.text.lower() for item in words_before) == said


def _implied_and_more(elements: list[Item]) -> Unreadable | None:
    r"""What is wrong with ``P \Rightarrow Q`` "and" ``R``, of which R may be a claim of its own."""
    for before, word, after in zip(elements, elements[1:], elements[2:], strict=False):
        if before.kind == after.kind == "math" and word.text.lower() in ("and", "or", "but") and (
            any(t.command in ("\\Rightarrow", "\\iff") for t in before.tokens)
            and has_relation(after.tokens)
        ):  # fmt: skip
            return Ambiguous(
                ("P implies both Q and R", "P implies Q, and R holds"),
                "write \\land for the first, or two sentences",
                after.place,
            )
    return None
