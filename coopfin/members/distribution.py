"""Who gets how much: how unequal a set of amounts is, and the same pool shared out in other ways.

Amounts are numbers of 0 or more in any order and any unit, one per member; no function depends on their order.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopfin.engine.units import Array
from coopfin.members.cents import Number, on_one_scale
from coopfin.members.classes import Members
from coopfin.members.patronage import Cents, split

MAX_BINS = 30


def other_splits(pool: int, members: Members, capital: Sequence[Number] | None = None) -> dict[str, Cents]:
    """The same ``pool`` (cents) shared equally, by use and, given each member's ``capital``, by share capital.

    Each in cents in the order of the ledger, without classes; by use is left out where nobody used the platform.
    """
    weights: dict[str, Sequence[Number]] = {
        "equally": [1] * len(members),
        "by use": members.patronage,
        "by share capital": () if capital is None else capital,
    }
    return {way: split(pool, given, members.names) for way, given in weights.items() if any(given)}


def lorenz(amounts: ArrayLike, points: int = 101) -> tuple[Array, Array]:
    """The cumulative curve: shares of the members, poorest first, and what share of the total they get together.

    Both run from 0 to 1 in ``points`` values; a straight line between two members. NaN where the total is 0.
    """
    ordered = np.sort(np.asarray(amounts, dtype=float))
    reached = np.concatenate([[0.0], np.cumsum(ordered)])
    people = np.linspace(0, 1, points)
    shares = reached / reached[-1] if reached[-1] > 0 else np.full_like(reached, np.nan)
    return people, np.interp(people, np.linspace(0, 1, len(reached)), shares)


def gini(amounts: ArrayLike) -> float:
    """0 if all get the same, near 1 if one gets all: the mean difference of two members ÷ twice the mean.

    NaN where the total is 0.
    """
    ordered = np.sort(np.asarray(amounts, dtype=float))
    total = ordered.sum()
    if not total > 0:
        return float("nan")
    rank = np.arange(1, len(ordered) + 1)
    return float(((2 * rank - len(ordered) - 1) * ordered).sum() / (len(ordered) * total))


def top_share(amounts: ArrayLike, part: float = 0.1) -> float:
    """The share of the total that the top ``part`` (0 to 1) of the members get; NaN where the total is 0.

    Where the part is not a whole number of members, the last one counts in proportion.
    """
    ordered = np.sort(np.asarray(amounts, dtype=float))[::-1]
    total = ordered.sum()
    if not total > 0:
        return float("nan")
    return float(np.interp(part * len(ordered), np.arange(len(ordered) + 1), np.concatenate([[0.0], np.cumsum(ordered)])) / total)


def histogram(amounts: ArrayLike) -> tuple[Array, NDArray[np.int64]]:
    """How many members get how much: edges of the bins (0, then steps of 1, 2, 5, 10, 20, …) and counts, one fewer.

    Each bin holds amounts from its lower edge to below its upper one. The steps widen as the amounts do, since a few
    large amounts would leave all others in the first of equal bins.
    """
    values = np.asarray(amounts, dtype=float)
    positive = values[values > 0]
    if positive.size == 0:
        return np.array([0.0, 1.0]), np.array([values.size], dtype=np.int64)
    steps = [s * 10.0**e for e in range(-2, 18) for s in (1.0, 2.0, 5.0)]
    last = int(np.searchsorted(steps, positive.max(), side="right"))
    first = max(int(np.searchsorted(steps, positive.min(), side="right")) - 1, last - MAX_BINS + 1, 0)
    edges = np.array([0.0, *steps[first : last + 1]])
    return edges, np.histogram(values, edges)[0].astype(np.int64)


def typical(members: Members, percentile: float) -> int:
    """The row of the member at ``percentile`` (0 to 100) by patronage: at least that many percent use it less or as much.

    Members with the same patronage stand in the order of their names.
    """
    patronage, _ = on_one_scale(members.patronage)
    ranked = sorted(range(len(members)), key=lambda i: (patronage[i], members.names[i]))
    return ranked[max(int(np.ceil(percentile / 100 * len(members))) - 1, 0)]
