"""Series of flows, one a lane: month after month, on arrays for many lanes and on plain numbers for few.

Only sums, products, quotients and comparisons, in the same order for both: unlike powers, logarithms and numpy's own
sums they give the same last bit for one number and in an array, so a scenario keeps its rate inside a sweep.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from coopfin.engine.units import Array

FEW = 30  # so many lanes or fewer are quicker one after the other: an operation on an array costs as much as 30 on numbers
BLOCK = 8_192  # more lanes at once no longer fit the processor's cache


def by_number(work: Callable[..., tuple[Any, ...]], rows: Array, *lanes: Array) -> tuple[Array, ...]:
    """``work(rows, *lanes)``: few series one after the other as plain numbers, many as arrays that fit the cache."""
    count = rows.shape[1]
    if 0 < count <= FEW:
        done = [work(*one) for one in zip(rows.T.tolist(), *(lane.tolist() for lane in lanes), strict=True)]
        return tuple(np.array(part) for part in zip(*done, strict=True))
    if count <= BLOCK:
        return work(rows, *lanes)
    edges = np.linspace(0, count, 2 + (count - 1) // BLOCK).astype(int)
    done = [work(rows[:, a:b], *(lane[a:b] for lane in lanes)) for a, b in pairwise(edges)]
    return tuple(np.concatenate(part) for part in zip(*done, strict=True))


def from_first_flow(flows: Array) -> Array:
    """The flows of each lane counted from its first one that is not 0: waiting before it changes no rate."""
    months = len(flows)
    month = np.arange(months).reshape(-1, 1) + np.argmax(flows != 0, axis=0)
    return np.where(month < months, np.take_along_axis(flows, np.minimum(month, months - 1), axis=0), 0.0)


def value_and_size(rows: Any, at: Any) -> tuple[Any, Any]:
    """The polynomial with the coefficients ``rows``, and the one with their absolute values, by Horner's rule."""
    value, size = at * 0, at * 0
    for row in rows[::-1]:
        value *= at
        value += row
        size *= at
        size += abs(row)
    return value, size


def value_and_slope(rows: Any, at: Any) -> tuple[Any, Any]:
    """The present value of ``rows`` at the discount factor and its derivative there, by Horner's rule."""
    value, slope = at * 0, at * 0
    for row in rows[::-1]:
        slope *= at
        slope += value
        value *= at
        value += row
    return value, slope
