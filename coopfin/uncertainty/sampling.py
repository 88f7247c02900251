"""The draws of uncertain assumptions, and how they move together.

The draws are spread more evenly than random numbers: one scrambled Sobol' sequence, or a Latin hypercube. Any stretch
of either can be drawn by itself, so the draws do not depend on how the work is divided.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from coopfin.engine.units import Array
from coopfin.uncertainty.uncertain import BITS, FINEST, Uncertain, copula


def sample(uncertain: Sequence[Uncertain], draws: int, seed: int, start: int = 0, sampling: str = "sobol") -> dict[str, Array]:
    """Draws ``start`` to ``start + draws`` of the points with this ``seed``: an array for each by its name.

    ``sampling`` is one of ``SAMPLINGS``. The first draws of a long Sobol' sequence are those of a short one; a Latin
    hypercube is laid out for all its ``start + draws`` draws at once. Raises ``AssumptionError`` where correlations
    cannot hold together.
    """
    points = SAMPLINGS[sampling](len(uncertain), start, start + draws, start + draws, seed)
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


def latin_points(dimensions: int, start: int, stop: int, total: int, seed: int) -> Array:
    """Points ``start`` to ``stop`` of a Latin hypercube of ``total`` points; shape ``(dimensions, stop - start)``.

    Each dimension is cut into ``total`` parts of the same size, and each part holds one point, somewhere in it.
    """
    number = np.arange(start, stop, dtype=np.uint64)
    points = np.empty((dimensions, stop - start))
    for i, row in enumerate(points):
        place, *rounds = np.random.SeedSequence((seed, i)).generate_state(1 + ROUNDS, np.uint64)
        within = (_scattered(number + place) >> np.uint64(11)) * 2.0**-53
        row[:] = (shuffled(number, total, rounds) + within) / total
    return points


ROUNDS = 6  # of the shuffle


def shuffled(number: NDArray[np.uint64], total: int, keys: Sequence[np.uint64]) -> NDArray[np.uint64]:
    """Where each ``number`` below ``total`` goes in a shuffle of 0 to ``total - 1``, without laying out the others.

    A number is split into two halves of its bits, and each in turn is moved by an amount that the other and a key
    decide (a Feistel network). What lands beyond ``total`` goes round again (cycle walking; Black and Rogaway, 2002).
    Every step can be undone, so no two numbers go to the same place.
    """
    bits = (total - 1).bit_length()
    low = np.uint64(bits - bits // 2)
    masks = np.uint64(2 ** (bits // 2) - 1), np.uint64(2 ** int(low) - 1)
    found = number.copy()
    beyond = np.ones(found.shape, dtype=bool)
    while beyond.any():
        halves = [found[beyond] >> low, found[beyond] & masks[1]]
        for turn, key in enumerate(keys):
            moved, other = turn % 2, 1 - turn % 2
            halves[moved] = (halves[moved] + _scattered(halves[other] + key)) & masks[moved]
        found[beyond] = halves[0] << low | halves[1]
        beyond = found >= total
    return found


def _scattered(x: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Numbers without a pattern out of numbers with one, always the same (the last step of splitmix64)."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


# By name: the points from start to stop out of a total, by dimensions, start, stop, total and seed.
SAMPLINGS: Mapping[str, Callable[[int, int, int, int, int], Array]] = {
    "sobol": lambda dimensions, start, stop, _, seed: unit_points(dimensions, start, stop, seed),
    "latin": latin_points,
}


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
