"""Where a measure over a grid is 0: straight pieces of the line between the points (marching squares)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coopfin.engine.units import Array

Squares = NDArray[np.bool_]


def zero_line(across: Array, up: Array, values: Array) -> Array:
    """The pieces of the line on which ``values`` is 0, interpolated between grid points.

    ``values`` has shape ``(len(up), len(across))``; the result ``(pieces, 4)``: from x, y to x, y. A square with a
    corner without a value (NaN) has no piece.
    """
    corners = np.stack([values[:-1, :-1], values[:-1, 1:], values[1:, 1:], values[1:, :-1]])  # from the lower left, around
    x = np.stack([across[:-1], across[1:], across[1:], across[:-1]])[:, np.newaxis, :] + np.zeros(corners.shape)
    y = np.stack([up[:-1], up[:-1], up[1:], up[1:]])[:, :, np.newaxis] + np.zeros(corners.shape)
    ahead = corners > 0
    crossed = (ahead != np.roll(ahead, -1, axis=0)) & ~np.isnan(corners).any(axis=0)  # side by side, from the lower one
    with np.errstate(divide="ignore", invalid="ignore"):
        share = corners / (corners - np.roll(corners, -1, axis=0))
        points = np.stack([each + share * (np.roll(each, -1, axis=0) - each) for each in (x, y)], axis=-1)
    sides = crossed.sum(axis=0)
    pieces = [_joined(points, crossed, sides == 2, (0, 1))]
    # Where two opposite corners are ahead, the middle says which corners the line cuts off.
    middle = corners.mean(axis=0) > 0
    around = (sides == 4) & (middle == ahead[0])
    apart = (sides == 4) & (middle != ahead[0])
    pieces += [_joined(points, crossed, around, pair) for pair in ((0, 1), (2, 3))]
    pieces += [_joined(points, crossed, apart, pair) for pair in ((0, 3), (1, 2))]
    return np.concatenate(pieces)


def _joined(points: Array, crossed: Squares, squares: Squares, pair: tuple[int, int]) -> Array:
    """In ``squares``, the pieces between two of the crossed sides, counted in the order of the sides."""
    side_first = np.moveaxis(crossed, 0, -1)[squares]
    where = np.moveaxis(points, 0, -2)[squares]
    order = np.argsort(~side_first, axis=-1, kind="stable")  # the crossed sides first
    ends = [np.take_along_axis(where, order[:, [each], np.newaxis], axis=1)[:, 0] for each in pair]
    return np.concatenate(ends, axis=-1)
