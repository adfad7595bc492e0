"""Damages of certificates and edits of goals, each of a kind, and what the kernel makes of them.

A damaged certificate is offered for its own goal: it is refused, or does no harm, for the goal is
the same. An edited goal is offered with the proof it had before: where it is accepted, it must be
true, and that is for exact instances to say.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from damaging import places

from therefore import store
from therefore.goal import Goal
from therefore.kernel import Kernel, Rejected, goal_hash
from therefore.kernel.proofs import RULES
from therefore.provers import certify_refutation
from therefore.refuters import find_counterexamples, sample

__all__ = [
    "HOME", "OF_GOALS", "OTHERS", "PROOF_DAMAGES", "UNREADABLE", "Entry", "damaged", "edited",
    "is_false", "load", "offered",
]  # fmt: skip

CERTIFICATES = Path(__file__).parents[2] / "certificates" / "derivations"
HOME = CERTIFICATES / "linear_algebra"
# Others that speak of matrices: by induction, of chains of Jacobians, residues, pseudo-inverses.
OTHERS = (
    CERTIFICATES / "autodiff" / "modes.json", CERTIFICATES / "convolution",
    CERTIFICATES / "optimization" / "minimum_norm.json",
    CERTIFICATES / "saddle_points" / "gradient_descent.json",
)  # fmt: skip
# What is refused without any mathematics.
UNREADABLE = ("ILL_TYPED", "MALFORMED", "UNKNOWN_RULE")
NUMBER, INDEX = re.compile(r"-?\d+(/\d+)?"), re.compile(r"#\d+")
HEADS = (
    ("transpose", "inverse", "det", "trace", "-", "abs", "sqrt", "norm", "vec", "pseudoinverse",
     "exponential"),
    ("+", "*", "matmul", "/", "^", "power", "inner", "outer", "kronecker", "hadamard", "=", "<=",
     "<", "!=", "and", "or", "implies"),
)  # fmt: skip
Change = Callable[[Any, Any, random.Random, "Material"], Any]


@dataclass(frozen=True)
class Material:
    """What is put in the place of something else: words of this certificate, and other proofs."""

    words: tuple[str, ...]
    parts: tuple[Any, ...] = ()
    proofs: tuple[Any, ...] = ()
    sorts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """A certificate that the kernel accepts, as data, and its goal."""

    name: str
    goal: Any
    certificate: Any

    @property
    def is_proof(self) -> bool:
        return bool(self.certificate["kind"] == "proof")


def load(paths: Iterable[Path]) -> tuple[list[Entry], Kernel]:
    """The certificates on matrices of these files and folders, and a kernel that has accepted them.

    The kernel knows the other certificates too, so lemmas can be cited.
    """
    files = [file for path in paths for file in (sorted(path.rglob("*.json")) or [path])]
    stored = [entry for file in files for entry in store.load(file)[0]]
    kernel = Kernel()
    for place in store.in_dependence_order(stored):
        kernel.accept(stored[place].goal_text, stored[place].certificate_text)
    found = [Entry(one.id, one.goal, one.certificate) for one in stored]
    return [one for one in found if '"matrix"' in json.dumps(one.goal)], kernel


# --- one change at one place ------------------------------------------------------------------


def _number(box: Any, key: Any, rng: random.Random, of: Material) -> None:
    top, _, below = box[key].partition("/")
    moved = str(int(top) + rng.choice((1, -1)))
    box[key] = f"{moved}/{below}" if below else moved


def _index(box: Any, key: Any, rng: random.Random, of: Material) -> None:
    box[key] = f"#{max(0, int(box[key][1:]) + rng.choice((1, -1)))}"


def _word(box: Any, key: Any, rng: random.Random, of: Material) -> None:
    old = box[key]
    alike = [one for one in of.sorts if one != old and of.sorts[one] == of.sorts.get(old)]
    others = [word for word in (*of.words, "0", "1") if word != old]
    box[key] = rng.choice(alike if alike and rng.randrange(4) else others)


def _head(box: Any, key: Any, rng: random.Random, of: Material) -> None:
    box[key] = rng.choice(next((heads for heads in HEADS if box[key] in heads), HEADS[1]))


def _rule(box: Any, key: Any, rng: random.Random, of: Material) -> None:
    alike = [name for name in RULES if RULES[name][1:] == RULES.get(box[key], (0,))[1:]]
    box[key] = rng.choice(alike if len(alike) > 1 and rng.randrange(2) else sorted(RULES))


def _drop(box: Any, key: Any, rng: random.Random, of: Material) -> None:
    del box[key]


def _double(box: Any, key: Any, rng: random.Random, of: Material) -> None:
    box.insert(key, deepcopy(box[key]))


def _swap(box: Any, key: Any, rng: random.Random, of: Material) -> None:
    others = list(box) if isinstance(box, dict) else list(range(1, len(box)))
    other = rng.choice([one for one in others if one != key] or [key])
    box[key], box[other] = box[other], box[key]


def _part(box: Any, key: Any, rng: random.Random, of: Material) -> None:
    box[key] = deepcopy(rng.choice(of.parts))


def _transplant(box: Any, key: Any, rng: random.Random, of: Material) -> None:
    box[key] = deepcopy(rng.choice(of.proofs))


def _operand(box: Any, key: Any, rng: random.Random, of: Material) -> None:
    box[key] = rng.choice(box[key][1:])


def _turn(box: Any, key: Any, rng: random.Random, of: Material) -> None:
    part = box[key]
    box[key] = part[1] if part[0] == "transpose" else ["transpose", part]


def _sign(box: Any, key: Any, rng: random.Random, of: Material) -> None:
    part = box[key]
    box[key] = part[1] if part[0] == "-" else ["-", part]


# --- where a change is possible ---------------------------------------------------------------


def _is_number(box: Any, key: Any) -> bool:
    return isinstance(box[key], str) and NUMBER.fullmatch(box[key]) is not None


def _is_index(box: Any, key: Any) -> bool:
    return isinstance(box[key], str) and INDEX.fullmatch(box[key]) is not None


def _is_word(box: Any, key: Any) -> bool:
    return isinstance(box[key], str) and not _is_number(box, key) and not _is_index(box, key) and (
        key not in ("rule", 0))  # fmt: skip


def _is_head(box: Any, key: Any) -> bool:
    return isinstance(box, list) and key == 0 and isinstance(box[0], str) and len(box) > 1


def _is_term(box: Any, key: Any) -> bool:
    return isinstance(box[key], list) and len(box[key]) > 1 and isinstance(box[key][0], str)


def _is_one_of_many(box: Any, key: Any) -> bool:
    return len(box) > 2 and key != 0 if isinstance(box, list) else len(box) > 1


def _is_step(box: Any, key: Any) -> bool:
    return isinstance(box[key], dict)


def _has_operands(box: Any, key: Any) -> bool:
    return _is_term(box, key) and len(box[key]) > 2 and box[key][0] not in ("lambda", "forall")


def _anywhere(box: Any, key: Any) -> bool:
    return True


def _in_a_list(box: Any, key: Any) -> bool:
    return isinstance(box, list)


Where = Callable[[Any, Any], bool]
PROOF_DAMAGES: dict[str, tuple[Where, Change]] = {
    "a number moved by one": (_is_number, _number),
    "an index moved by one": (_is_index, _index),
    "another name": (_is_word, _word),
    "another head": (_is_head, _head),
    "another rule": (lambda box, key: key == "rule", _rule),
    "a part dropped": (_anywhere, _drop),
    "a part doubled": (_in_a_list, _double),
    "two parts exchanged": (_is_one_of_many, _swap),
    "another part of it": (_anywhere, _part),
    "a proof of another goal": (_is_step, _transplant),
}
GOAL_EDITS: dict[str, tuple[Where, Change]] = {
    "a number moved by one": (_is_number, _number),
    "an index moved by one": (_is_index, _index),
    "another name": (_is_word, _word),
    "another head": (_is_head, _head),
    "a factor or a summand dropped": (_has_operands, _operand),
    "two parts exchanged": (_is_one_of_many, _swap),
    "another part of it": (_is_term, _part),
    "a transpose more or less": (lambda box, key: key != 0, _turn),
    "a sign": (lambda box, key: key != 0, _sign),
}
HYPOTHESIS, SORT = "a hypothesis dropped", "another sort"
OF_GOALS = (*GOAL_EDITS, HYPOTHESIS, SORT)


def _material(data: Any, goal: Any, proofs: Sequence[Any] = ()) -> Material:
    """The words and parts of some data, and the declared names."""
    sorts = dict(goal["declarations"])
    parts = [box[key] for box, key in places(data)]
    words = {part for part in parts if isinstance(part, str) and not NUMBER.fullmatch(part)}
    words |= {key for part in parts if isinstance(part, dict) for key in part}
    return Material(tuple(sorted(words | sorts.keys())), tuple(parts), tuple(proofs), sorts)


def _changed(data: Any, change: tuple[Where, Change], rng: random.Random, of: Material) -> Any:
    """The data with one place changed, or None where there is no such place."""
    box = [deepcopy(data)]
    where, what = change
    possible = [one for one in places(box) if one[0] is not box and where(*one)]
    if where is _is_step:
        possible.append((box, 0))
    if not possible:
        return None
    what(*rng.choice(possible), rng, of)
    return box[0]


def damaged(entry: Entry, kind: str, rng: random.Random, entries: Sequence[Entry]) -> Any:
    """The certificate with a damage of this kind in what it proves by; None if there is no place.

    In one of eight certificates the damage is done to the values, or the witness, instead.
    """
    certificate = deepcopy(entry.certificate)
    parts = ("proof", "witness") if entry.is_proof else ("conclusion", "values")
    part = parts[rng.randrange(8) == 0]
    others = [one.certificate["proof"] for one in rng.sample(entries, 3) if one.is_proof]
    others += [box[key] for one in others for box, key in places(one) if _is_step(box, key)]
    of = _material(certificate, entry.goal, others or [{"rule": "combine"}])
    found = _changed(certificate[part], PROOF_DAMAGES[kind], rng, of)
    if found is None or found == certificate[part]:
        return None
    certificate[part] = found
    return certificate


def edited(entry: Entry, kind: str, rng: random.Random) -> tuple[Any, Any] | None:
    """The goal with an edit of this kind, and its certificate under the hash of that."""
    goal, certificate = deepcopy(entry.goal), deepcopy(entry.certificate)
    if kind == HYPOTHESIS:
        if not goal["hypotheses"]:
            return None
        place = rng.randrange(len(goal["hypotheses"]))
        for box in (goal["hypotheses"], certificate["witness"]["proofs"]):
            del box[place]
    elif kind == SORT:
        of = Material(tuple(name for name, sort in goal["declarations"] if sort == "size"))
        found = _changed(goal["declarations"], (_is_word, _word), rng, of)
        if found is None or [name for name, _ in found] != [n for n, _ in goal["declarations"]]:
            return None
        goal["declarations"] = found
    else:
        of = _material(goal["conclusion"], goal)
        part = "hypotheses" if rng.randrange(5) == 0 and goal["hypotheses"] else "conclusion"
        found = _changed(goal[part], GOAL_EDITS[kind], rng, of)
        if found is None:
            return None
        goal[part] = found
    if goal == entry.goal:
        return None
    try:
        certificate["goal"] = goal_hash(json.dumps(goal))
    except Rejected:
        return None
    return goal, certificate


# --- what becomes of it -----------------------------------------------------------------------


def offered(kernel: Kernel, goal: Any, certificate: Any) -> str:
    """The code of the refusal, or "ACCEPTED": then just this goal was proved, or refuted.

    The kernel is left as it was, but for what it remembers of the goal while it is looked at.
    """
    text = json.dumps(goal)
    known = dict(kernel._proved)
    try:
        done = kernel.accept(text, json.dumps(certificate))
    except Rejected as refusal:
        assert kernel._proved == known
        return refusal.code
    assert (done.goal, done.kind) == (goal_hash(text), certificate["kind"])
    news = {name: kernel._proved[name] for name in kernel._proved.keys() - known.keys()}
    assert set(news) <= ({done.goal} if done.kind == "proof" else set())
    assert all(kernel._proved[name] == known[name] for name in known)
    kernel._proved = known
    return "ACCEPTED"


@cache
def is_false(text: str, seconds: float = 2.0, count: int = 60) -> tuple[bool, int]:
    """Whether a goal is false at values that the kernel accepts, and on how many instances not."""
    goal = Goal.from_text(text)
    report = sample(goal, count=count)
    for suspect in (*report.suspects, *find_counterexamples(goal, seconds=seconds)):
        certificate = certify_refutation(goal, suspect, budget=seconds)
        if certificate is not None and _refuted(text, certificate):
            return True, 0
    return False, report.agreement.agreeing


def _refuted(text: str, certificate: Any) -> bool:
    try:
        return Kernel().accept(text, json.dumps(certificate)).kind == "refutation"
    except Rejected:
        return False
