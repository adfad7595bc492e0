"""‖a‖² ≤ b² where ‖a‖ ≤ b is known for all points, or at none: Lipschitz maps, bounded slopes."""

from __future__ import annotations

from typing import Any

from therefore.goal import to_lists
from therefore.kernel.terms import close, substitute
from therefore.provers.attempt import Proof
from therefore.provers.bench import Source
from therefore.provers.building.opened import with_holes
from therefore.provers.functions.class_facts import Facts
from therefore.provers.functions.smooth import lipschitz_gradients
from therefore.provers.relations.squaring import squares_of

__all__ = ["squared_norms"]


def squared_norms(found: Facts) -> None:
    """‖a‖² ≤ b² where ‖a‖ ≤ b is known for all points, or at none."""
    known = lipschitz_gradients(found.ctx)  # of these more is known
    for label, fact in list(found.ctx.facts.items()):
        if fact in known:
            continue
        for opened in with_holes(found.ctx, Source(label, fact), ()):
            low, high = opened.relation[1:] if opened.relation[0] == "<=" else ("", "")
            plain = not opened.premises and all(s[0] == "vector" for _, s in opened.holes)
            if not plain or low[:1] != ("norm",):
                continue
            inner, values = found.ctx.extended(), {}
            for (hole, sort), wish in zip(opened.holes, "uv", strict=False):
                values[hole] = inner.fresh(wish)
                inner.declare(values[hole], sort)
            if len(values) < len(opened.holes):
                continue
            low, high = substitute(low, values), substitute(high, values)
            if not inner.holds(("<=", "0", high)):
                continue
            squares = squares_of(low, high)
            names = list(values.values())
            item: dict[str, Any] = {"fact": label, "times": to_lists(("+", high, low))}
            if names:
                item["with"] = names
            proof: Proof = {"rule": "combine", "items": [item]}
            for name, (_, sort) in zip(reversed(names), reversed(opened.holes), strict=True):
                squares = ("forall", sort, close(squares, name))
            if names:
                proof = {"rule": "intro", "names": names, "then": proof}
            found.add(squares, proof)
