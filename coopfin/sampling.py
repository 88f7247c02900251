"""The draws of uncertain assumptions, and how they move together.

The draws are one scrambled Sobol' sequence, spread more evenly than random numbers. Any stretch of it can be drawn
by itself, so the draws do not depend on how the work is divided.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from coopfin.uncertain import BITS, FINEST, Uncertain, copula
from coopfin.units import Array


def sample(uncertain: Sequence[Uncertain], draws: int, seed: int, start: int = 0) -> dict[str, Array]:
    """Draws ``start`` to ``start + draws`` of the sequence with this ``seed``: an array for each by its name.

    The first draws of a long sample are those of a short one. Raises ``AssumptionError`` where correlations cannot
    hold together.
    """
    points = unit_points(len(uncertain), start, start + draws, seed)
    return {each.name: values for each, values in zip(uncertain, to_values(uncertain, points, copula(uncertain)), strict=True)}


def unit_points(dimensions: int, start: int, stop: int, seed: int) -> Array:
    """Points ``start`` to ``stop`` of the scrambled Sobol' sequence with this seed; shape ``(dimensions, stop - start)``."""
    from scipy.stats.qmc import Sobol

    sequence = Sobol(dimensions, bits=BITS, rng=np.random.default_rng(seed))
    if start > 0:
        points = sequence.fast_forward(start).random(stop - start)
    else:  # scipy warns where the first call asks for another number of points than a power of 2
        points = np.concatenate([sequence.random(1), sequence.random(stop - 1)]) if stop > 1 else sequence.random(stop)
    return np.ascontiguousarray(points.T) + FINEST


def to_values(uncertain: Sequence[Uncertain], points: Array, factor: Array) -> Array:
    """Points of the unit cube as values of the assumptions, a row for each; ``factor`` is that of ``copula``."""
    from scipy.special import ndtr, ndtri

    values = np.empty_like(points)
    for i, each in enumerate(uncertain):
        movers = np.flatnonzero(factor[i])
        if movers.size == 1:
            values[i] = each.quantile(points[i])
            continue
        # Term by term: a matrix product may differ in the last bit with the number of columns.
        score = np.zeros_like(points[i])
        for j in movers:
            score = score + factor[i, j] * ndtri(points[j])
        values[i] = each.quantile(ndtr(score))
    return values
