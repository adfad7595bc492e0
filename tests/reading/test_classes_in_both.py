"""Classes of functions, maps, sets and operators mean the same in Python and in a document."""

from __future__ import annotations

from typing import Any

import pytest

from therefore import language as th
from therefore.goal import Term
from therefore.reading.formulas import Reader
from therefore.reading.latex.document import Document

d = th.dimension("d")
f, T = th.function("f", d), th.vector_map("T", d, d)
P, J = th.vector_map("P_C", d, d), th.vector_map(r"J_{\gamma A}", d, d)
Q = th.vector_map(r"\operatorname{prox}_{\gamma f}", d, d)
x, g = th.vector("x", d), th.vector("g", d)
c, gamma, mu = th.real("c"), th.positive(r"\gamma"), th.positive(r"\mu")

F = r"Let $f: \mathbb{R}^d \to \mathbb{R}$"
M = r"Let $T: \mathbb{R}^d \to \mathbb{R}^d$"
MU = r"Let $\mu > 0$. "
SET = r"Let $C \subseteq \mathbb{R}^d$ be nonempty, closed and convex. "
OPERATOR = r"Let $A$ be a maximally monotone operator on $\mathbb{R}^d$. Let $\gamma > 0$. "

def said() -> dict[str, list[Any]]:
    """Sentences, with the same in Python."""
    return {
        f"{F} be convex and $x$ a minimiser of $f$.": [th.convex(f), th.minimiser(x, f)],
        f"{F} be closed, proper and convex.": [th.convex(f)],
        MU + rf"{F} be $\mu$-strongly convex.": [th.strongly_convex(f, mu)],
        MU + rf"{F} be strongly convex with modulus $\mu$.": [th.strongly_convex(f, mu)],
        MU + rf"{F} be $\mu$-weakly convex.": [th.weakly_convex(f, mu)],
        MU + rf"{F} be Lipschitz continuous with constant $\mu$.": [th.lipschitz(f, mu)],
        MU + rf"{F} have Lipschitz continuous gradient with constant $\mu$.": [
            th.differentiable(f), th.smooth(f, mu)],
        rf"{F}. Let $f$ be bounded below by $c$.": [th.lower_bound(c, f)],
        rf"{F}. Let $c = \min_{{x \in \mathbb{{R}}^d}} f(x)$.": [th.minimum_value(c, f)],
        rf"{F}. Let $c$ denote the minimum value of $f$.": [th.minimum_value(c, f)],
        rf"{F}. Let $x \in \mathbb{{R}}^d$. Let $g$ be a subgradient of $f$ at $x$.": [
            th.subgradient(g, f, x)],
        rf"{F} be convex. Let $\gamma > 0$. "
        r"Suppose $\operatorname{prox}_{\gamma f}(x) - x = 0$, where $x \in \mathbb{R}^d$.": [
            th.convex(f), th.proximal_map(Q, f, gamma), th.equal(Q(x) - x, 0)],
        f"{M} be nonexpansive with a fixed point $x$.": [th.nonexpansive(T), th.fixed_point(x, T)],
        MU + rf"{M} be a contraction with factor $\mu$.": [th.contraction(T, mu)],
        MU + rf"{M} be a $\mu$-averaged operator.": [
            th.less(0, mu), th.less(mu, 1), th.averaged(T, mu)],
        MU + rf"{M} be cocoercive with constant $\mu$. Let $x$ be a zero of $T$.": [
            th.cocoercive(T, mu), th.zero_of(x, T)],
        MU + rf"{M} be strongly monotone with parameter $\mu$.": [th.strongly_monotone(T, mu)],
        rf"{SET}Let $x \in C$.": [th.nearest_point_map(P), th.fixed_point(x, P)],
        rf"{SET}{F}. Let $x$ be a minimiser of $f$ over $C$.": [
            th.nearest_point_map(P), th.minimiser_over(x, f, P)],
        rf"{OPERATOR}Let $x$ be a zero of $A$. Suppose $J_{{\gamma A}}(x) = x$.": [
            th.resolvent(J, gamma), th.fixed_point(x, J)],
        MU + r"Let $A$ be maximally monotone and $\mu$-strongly monotone on $\mathbb{R}^d$. Let "
        r"$\gamma > 0$, $x \in \mathbb{R}^d$. Suppose $(I + \gamma A)^{-1}(x) = x$.": [
            th.resolvent(J, gamma, mu), th.fixed_point(x, J)],
    }  # fmt: skip


with th.as_written():
    SAID = said()


def parts(terms: Any) -> list[Term]:
    """The hypotheses, conjunctions taken apart, without the signs of the constants."""
    found: list[Term] = []
    for term in terms:
        found += parts(term[1:]) if term[0] == "and" else [flat(term)]
    signs = (("<", "0", "mu"), ("<", "0", "gamma"))
    return [one for one in dict.fromkeys(found) if one not in signs]


def flat(term: Term) -> Term:
    """The term, with sums of sums and products of products as one, and v/c as (1/c)v."""
    if isinstance(term, str):
        return term
    head, *rest = (part if isinstance(part, str) else flat(part) for part in term)
    if head == "/" and rest[0] != "1":
        return flat(("*", ("/", "1", rest[1]), rest[0]))
    if head not in ("+", "*"):
        return (head, *rest)
    inside: list[Term] = []
    for part in rest:
        inside += part[1:] if part[0] == head else [part]
    return (head, *inside)


@pytest.mark.parametrize("sentence", SAID)
def test_a_class_means_the_same_in_both(sentence: str) -> None:
    document = Document("test.tex", None)
    document.read(sentence)
    assert document.errors == []
    with th.as_written():
        goal = Reader().goal(th.equal(x, x), tuple(SAID[sentence]))
    assert parts(goal.hypotheses) == parts(document.names.hypotheses)
