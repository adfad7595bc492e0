"""Sums of any length and their derivatives: what is found in seconds, and what is not."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Derivative, Lambda, Sum, exp, log
from test_search import task

from therefore import language as th
from therefore.kernel import goal_hash
from therefore.provers import Lemma, prove
from therefore.reading.formulas import Reader

K, k = th.horizon("K"), th.index("k")
i, j = th.index("i", 1, K), th.index("j", 1, K)
x, y = th.real("x"), th.real("y")
a, b = th.real_sequence("a"), th.real_sequence("b")
n = th.dimension("n")
c, r, s = th.cyclic_sequence("c", n), th.cyclic_index("r", n), th.cyclic_index("s", n)


def total(body: Any) -> Any:
    return Sum(body, (k, 1, K))


with th.as_written():
    below = th.for_all(k, 1, K, th.at_most(a[k], b[k]))
    strictly = th.for_all(k, 1, K, th.less(a[k], b[k]))
    one = th.equal(total(a[k]), 1)
    f = th.define("f", (a,), total(exp(a[k])))
    FOUND: dict[str, tuple[list[Any], Any]] = {
        "term by term": ([below], th.at_most(total(a[k]), total(b[k]))),
        "strictly": ([strictly], th.less(total(a[k]), total(b[k]))),
        "squares": ([], th.at_most(total(2 * a[k]), total(a[k] ** 2 + 1))),
        "positive": ([strictly], th.less(0, total(b[k] - a[k]))),
        "factors": ([], th.at_most(exp(x) * y, exp(x) * (y**2 + 1))),
        "factors below 0": ([th.less(x, 0)], th.at_most(x * (y**2 + 1), x * y)),
        "a factor alone": ([], th.at_most(exp(x), exp(x) * (y**2 + 1))),
        "a bound in a sum": ([], th.at_most(total(1 + a[k]), total(exp(a[k])))),
        "an equation times a logarithm": (
            [one], th.equal(total(a[k]) * log(total(exp(b[k]))), log(total(exp(b[k])))),
        ),
        "an equation backwards": ([one], th.equal(exp(x), exp(x) * total(a[k]))),
        "in a member": ([], th.equal(Derivative(total(a[k] ** 2), a[j]), 2 * a[j])),
        "in a member of a function": ([], th.equal(Derivative(f(a), a[j]), exp(a[j]))),
        "modulo n": (
            [], th.equal(Derivative(th.cyclic_sum(c[r] ** 2, r), c[s]), 2 * c[s]),
        ),
    }  # fmt: skip
    NOT_FOUND: dict[str, tuple[list[Any], Any]] = {
        "one of them is not below": (
            [th.for_all(k, 2, K, th.at_most(a[k], b[k]))], th.at_most(total(a[k]), total(b[k])),
        ),
        "other ends": ([below], th.at_most(total(a[k]), Sum(b[k], (k, 1, K + 1)))),
        "strictly, of none": (
            [strictly], th.less(Sum(a[k], (k, 2, K)), Sum(b[k], (k, 2, K))),
        ),
        "a factor of either sign": ([], th.at_most(x * y, x * (y**2 + 1))),
        "in a member outside": (
            [], th.equal(Derivative(total(a[k] ** 2), a[j + 1]), 2 * a[j + 1]),
        ),
    }  # fmt: skip


@pytest.mark.parametrize("name", FOUND)
def test_what_is_found(name: str) -> None:
    given, conclusion = FOUND[name]
    attempt = prove(task(Reader().goal(conclusion, tuple(given))), [], budget=60)
    assert attempt.proof is not None, attempt.tried


@pytest.mark.parametrize("name", NOT_FOUND)
def test_what_is_false_is_not(name: str) -> None:
    given, conclusion = NOT_FOUND[name]
    assert prove(task(Reader().goal(conclusion, tuple(given))), [], budget=1).proof is None


def test_a_lemma_is_cited_at_other_sequences() -> None:
    """Σ e^{a_k} ≥ Σ (1 + a_k) for every sequence a says so of x·b_k too, from 1 to K."""
    with th.as_written():
        known = Reader().goal(th.at_most(total(1 + a[k]), f(a)), ())
        wanted = Reader().goal(th.at_most(total(1 + x * b[k]), f(Lambda(k, x * b[k]))), ())
    lemma = Lemma("lemma", known, goal_hash(known.to_text()))
    attempt = prove(task(wanted), [lemma], budget=60)
    assert attempt.proof is not None and attempt.method.startswith("lemma"), attempt
