"""The rule of boxes: a relation holds wherever its names lie between bounds that are known.

Each name stands for all numbers of an interval, and intervals are worked out as for closed
numbers. What comes out holds for every choice of the names within their bounds, also where a name
stands in several places: then it is only wider than it need be. The operations refuse where they
may be undefined for some choice. Source: Moore, Interval Analysis, 1966.
"""

from __future__ import annotations

from .context import Context
from .data import Data, Term, field, fields
from .enclosures import Enclosure, decide, enclosure_of
from .errors import Rejected
from .intervals import Interval
from .proofs import Checker, rule
from .terms import fits

__all__: list[str] = []


@rule("bits within")
def box(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """Γ ⊢ a ∘ b, for ∘ among <, ≤, ≠, if enclosures show it for all names within their bounds.

    ``within`` lists the names that are bounded; the facts ``low`` and ``high`` of Γ say c ≤ name
    (or <) and name ≤ d, or either says name = c, where c and d speak of no name but those that
    are listed before. ``bits`` says how fine the enclosures are.
    """
    enclosure = enclosure_of(ctx, node)
    for item in field(node, "within", list):
        bounds = fields(item, "name low high")
        name = field(bounds, "name", str)
        if name not in ctx.names or not fits(ctx.names[name], "real"):
            raise Rejected("ILL_TYPED", f"no number is called {name}")
        if name in enclosure.names:
            raise Rejected("NAME_TAKEN", name)
        low = _bound(enclosure, checker.fact(ctx, bounds["low"]), name, place=2)[0]
        high = _bound(enclosure, checker.fact(ctx, bounds["high"]), name, place=1)[1]
        if low > high:
            raise Rejected("UNDECIDED", f"no number {name} lies within its bounds")
        enclosure.names[name], enclosure.values[name] = ctx.names[name], (low, high)
    decide(ctx, goal, enclosure)


def _bound(enclosure: Enclosure, fact: Term, name: str, place: int) -> Interval:
    """The number that a fact compares the name with; the name is to stand in its place."""
    if fact[0] == "=" and len(fact) == 3 and name in fact[1:]:
        return enclosure.number(fact[1] if fact[2] == name else fact[2])
    if fact[0] not in ("<", "<=") or fact[place] != name:
        raise Rejected("WRONG_FACT", f"{fact} does not bound {name} from this side")
    return enclosure.number(fact[3 - place])
