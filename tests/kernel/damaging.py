"""Proofs with some of their parts changed, for tests that a damaged proof shows nothing false."""

from __future__ import annotations

import random
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

__all__ = ["damaged", "places"]


def places(data: Any) -> list[tuple[Any, Any]]:
    """Every place in nested lists and objects: the container, and the key or position in it."""
    found = []
    if isinstance(data, (dict, list)):
        for key in list(data) if isinstance(data, dict) else range(len(data)):
            found += [(data, key), *places(data[key])]
    return found


def damaged(proof: Any, rng: random.Random, pool: Sequence[Any]) -> Any:
    """The proof with one to three of its parts deleted, copied, or put in place from the pool."""
    changed = [deepcopy(proof)]
    for _ in range(rng.randint(1, 3)):
        (box, key), (other, place) = rng.choice(places(changed)), rng.choice(places(changed))
        way = rng.randrange(4)
        if way == 0 and box is not changed:
            del box[key]
        elif way == 1:
            box[key] = deepcopy(other[place])
        elif way == 2 and isinstance(box[key], list) and box[key]:
            box[key] = rng.choice(box[key])
        else:
            box[key] = rng.choice(pool)
    return changed[0]
