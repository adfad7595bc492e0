"""Linear maps, with an offset or without, that belong to a class of maps by construction.

All are made of matrices N with |N x| <= |x| for every x: permutations with signs, rotations by
3-4-5 triangles, reflections, and diagonal matrices. M N is M-Lipschitz, and (I + N) / (2 b) is
b-cocoercive; a skew matrix and a diagonal one with entries >= 0 make a monotone map.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from therefore.refuters.maps import Maps

__all__ = ["map_of_class"]

Array = NDArray[np.float64]


def map_of_class(
    rng: np.random.Generator, batch: int, size: int, constants: Mapping[str, Array], turn: int
) -> Maps:
    """A batch of maps of R^size with these constants of "lipschitz", "monotone", "cocoercive".

    "nearest" asks for maps to the nearest point of a subspace that may be moved from 0.
    """
    identity = np.broadcast_to(np.eye(size), (batch, size, size))
    if "nearest" in constants:
        matrices = (identity - _reflections(rng, batch, size)) / 2
        other = (identity + _reflections(rng, batch, size)) / 2
        matrices = np.where(_rows(rng.random(batch) < 0.5), matrices, other)
        centre = rng.integers(-1, 2, size=(batch, size)).astype(float)
        offsets = centre - np.einsum("bij,bj->bi", matrices, centre)
        return Maps(matrices, offsets * (turn % 2), offsets * 0)
    inside = _nonexpansive(rng, batch, size)
    matrices = inside
    low = constants.get("monotone")
    if "cocoercive" in constants:
        scale = np.where(constants["cocoercive"] > 0, constants["cocoercive"], 1.0)
        floor = np.zeros(batch) if low is None else np.minimum(low, 1 / scale)
        room = (1 / scale - floor) / 2
        matrices = _rows(floor + room) * identity + _rows(room) * inside
    elif low is not None and "lipschitz" in constants:
        room = np.maximum(constants["lipschitz"] - low, 0) / 2
        matrices = _rows(low + room) * identity + _rows(room) * _symmetric(inside)
    elif low is not None:
        grown = rng.integers(0, 3, size=(batch, size)).astype(float)
        matrices = _rows(low) * identity + grown[:, :, None] * identity + _skew(rng, batch, size)
    elif "lipschitz" in constants:
        matrices = _rows(constants["lipschitz"]) * inside
    offsets = rng.integers(-1, 2, size=(batch, size)).astype(float) * (turn % 3 == 2)
    return Maps(matrices, offsets, offsets * 0)


def _rows(values: Array | NDArray[np.bool_]) -> Array | NDArray[np.bool_]:
    return values[:, None, None]


def _symmetric(matrices: Array) -> Array:
    return np.asarray((matrices + np.swapaxes(matrices, 1, 2)) / 2)


def _skew(rng: np.random.Generator, batch: int, size: int) -> Array:
    drawn = np.triu(rng.integers(-2, 3, size=(batch, size, size)).astype(float), 1)
    return np.asarray(drawn - np.swapaxes(drawn, 1, 2))


def _reflections(rng: np.random.Generator, batch: int, size: int) -> Array:
    """I - 2 v v^T / |v|^2 for short whole v."""
    axis = rng.integers(-1, 2, size=(batch, size)).astype(float)
    square = (axis**2).sum(-1)[:, None, None]
    both = axis[:, :, None] * axis[:, None, :]
    return np.asarray(np.eye(size) - 2 * both / np.where(square, square, 1))


def _nonexpansive(rng: np.random.Generator, batch: int, size: int) -> Array:
    """A matrix of one of several kinds in each row."""
    signs = rng.choice([-1.0, 1.0], size=(batch, size))
    orders = np.argsort(rng.random((batch, size)), axis=1)
    signed = np.eye(size)[orders] * signs[:, :, None]
    entries = rng.choice([-1.0, -0.5, 0.0, 0.5, 1.0], size=(batch, size))
    diagonal = np.eye(size) * entries[:, :, None]
    turned = np.array(np.broadcast_to(np.eye(size), (batch, size, size)))
    triangles = np.array([(0.6, 0.8), (0.8, 0.6), (0.0, 1.0), (-0.6, 0.8), (5 / 13, 12 / 13)])
    for k in range(0, size - 1, 2):
        c, s = triangles[rng.integers(len(triangles), size=batch)].T
        turned[:, k, k], turned[:, k + 1, k + 1] = c, c
        turned[:, k, k + 1], turned[:, k + 1, k] = -s, s
    kinds = np.stack([signed, diagonal, turned, _reflections(rng, batch, size)])
    chosen = rng.integers(len(kinds), size=batch)
    found = kinds[chosen, np.arange(batch)]
    found[:2] = np.eye(size) * np.array([-1.0, 1.0])[: len(found[:2]), None, None]
    return np.asarray(found)
