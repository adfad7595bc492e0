"""The worker process: ``python -m therefore.worker`` searches, one line of JSON at a time.

Finding a certificate or a counterexample can hang or fail in a library; here it does so in a
process that can be killed. Nothing that a worker says is believed: the kernel decides.
"""

from __future__ import annotations

import itertools
import json
import os
import sys
import time
import traceback
from typing import Any, TextIO

from therefore.goal import Goal
from therefore.wire import agreement_to_data, task_from_data

__all__ = ["main"]

# How many candidates for a counterexample or a witness are tried exactly.
_CANDIDATES = 200


def main() -> None:
    """Answer every line of standard input with a line on standard output."""
    # There are as many workers as cores, and the matrices of a search are small.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # A library that prints must not spoil the answers, so they go out by a channel of their own.
    answers: TextIO = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    for line in sys.stdin:
        try:
            answer = _answer(json.loads(line))
        except Exception as error:
            traceback.print_exc()
            answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    if request["do"] == "prove":
        return _prove(request)
    if request["do"] == "sample":
        return _sample(request)
    if request["do"] == "refute":
        return _refute(request)
    if request["do"] == "help":
        return _help(request)
    raise ValueError(f"unknown request {request['do']!r}")


def _prove(request: dict[str, Any]) -> dict[str, Any]:
    from therefore.provers import Account, Lemma, prove

    task = task_from_data(request["task"])
    lemmas = [
        Lemma(id=lemma["id"], goal=Goal.from_text(lemma["goal"]), hash=lemma["hash"])
        for lemma in request["lemmas"]
    ]
    account, started = Account() if request.get("explain") else None, time.monotonic()
    attempt = prove(task, lemmas, budget=request["budget"], account=account)
    between = time.monotonic()
    answer = {
        "proof": attempt.proof,
        "defined": list(attempt.defined),
        "witness": _witness(task.goal, request["budget"]),
        "tried": list(attempt.tried),
    }
    if account is not None:
        seconds = {"seconds": between - started, "witness_seconds": time.monotonic() - between}
        answer["account"] = {**account.to_data(), **seconds}
    return answer


def _witness(goal: Goal, budget: float) -> dict[str, Any] | None:
    """Values that satisfy the hypotheses, with the proofs that they do, or ``None``."""
    from therefore.provers import certify_witness
    from therefore.refuters import find_witness

    end = time.monotonic() + budget
    for values in itertools.islice(find_witness(goal), _CANDIDATES):
        found = certify_witness(goal, values)
        if found is not None:
            return found
        if time.monotonic() > end:
            break
    return None


def _sample(request: dict[str, Any]) -> dict[str, Any]:
    from therefore.refuters import sample

    goal = Goal.from_text(request["goal"])
    report = sample(goal, seed=request["seed"], count=request["count"])
    return {
        "agreement": agreement_to_data(report.agreement),
        "confirmed": len(report.suspects),
        "unconfirmed": report.unconfirmed,
        "doubtful": report.doubtful,
        "notes": list(report.notes),
    }


# Seconds that the certificate of one candidate may take, though the budget be used up.
_LEAST = 5.0


def _refute(request: dict[str, Any]) -> dict[str, Any]:
    from therefore.provers import certify_refutation
    from therefore.refuters import Account, find_counterexamples

    goal, account = Goal.from_text(request["goal"]), Account()
    candidates = find_counterexamples(
        goal,
        seed=request["seed"],
        hints_at=request["at"],
        seconds=request["budget"],
        account=account,
    )
    end = time.monotonic() + request["budget"]
    tried, certificate = 0, None
    for values in itertools.islice(candidates, _CANDIDATES):
        tried += 1
        left = max(_LEAST, end - time.monotonic())
        certificate = certify_refutation(goal, values, budget=left)
        if certificate is not None or time.monotonic() > end:
            break
    return {"certificate": certificate, "tried": tried, "account": account.to_data()}


def _help(request: dict[str, Any]) -> dict[str, Any]:
    from therefore.helping import Tools, find
    from therefore.helping.findings import to_data
    from therefore.provers import Lemma

    lemmas = [
        Lemma(id=lemma["id"], goal=Goal.from_text(lemma["goal"]), hash=lemma["hash"])
        for lemma in request["lemmas"]
    ]
    tools = Tools(
        task_from_data(request["task"]),
        lemmas,
        request["seed"],
        time.monotonic() + request["budget"],
        request["step"],
    )
    return {"found": [to_data(one) for one in find(request["kind"], tools)]}


if __name__ == "__main__":
    main()
