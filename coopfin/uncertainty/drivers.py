"""Which uncertain assumptions drive the variance of a measure: Sobol' indices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial

import numpy as np

from coopfin.comparison.compare import concerned, difference
from coopfin.engine.assumptions import Assumptions
from coopfin.engine.units import Array
from coopfin.uncertainty.sampling import to_values, unit_points
from coopfin.uncertainty.simulation import BLOCK, Plan, check, in_blocks, outcomes
from coopfin.uncertainty.uncertain import Uncertain


@dataclass(frozen=True)
class Drivers:
    """Sobol' indices of one measure, one for each uncertain assumption in the order given.

    ``first``: the share of the variance that goes if this assumption is known; ``total``: the share that stays as
    long as it is not known. Both with the standard error of the estimate. ``share_empty``: the share of the points
    that could not be used, because the measure has no value there. NaN where the measure does not vary.
    """

    uncertain: tuple[Uncertain, ...]
    first: Array
    first_error: Array
    total: Array
    total_error: Array
    share_empty: float


def drivers(
    enterprises: Mapping[str, Assumptions],
    uncertain: Sequence[Uncertain],
    measure: str,
    enterprise: str | None = None,
    *,
    points: int = 1024,
    seed: int = 1,
    executor: Executor | None = None,
    block: int = BLOCK,
    progress: Callable[[float], None] | None = None,
) -> Drivers:
    """Sobol' indices of a measure of one enterprise; with None of the second's less the first's.

    Every point costs one projection for each uncertain assumption and two more; ``points`` is best a power of 2.
    Raises ``AssumptionError`` as ``simulate`` does, and ``ValueError`` where assumptions are correlated: the variance
    can then not be divided among them.
    """
    uncertain = tuple(uncertain)
    check(enterprises, uncertain)
    if any(rank != 0 for each in uncertain for rank in each.correlations.values()):
        raise ValueError("some uncertain assumptions are correlated: the variance cannot be divided among them")
    firms = concerned(enterprises, enterprise)
    plan = Plan(firms, uncertain, np.eye(len(uncertain)), seed, (measure,))
    values = np.empty((len(uncertain) + 2, points))
    rows = max(1, block // len(values))
    for start, stop, part in in_blocks(partial(_evaluate, plan, enterprise), points, rows, executor, progress):
        values[:, start:stop] = part
    present = ~np.isnan(values).any(axis=0)
    return Drivers(uncertain, *indices(values[:, present]), share_empty=float(np.mean(~present)))


def _evaluate(plan: Plan, enterprise: str | None, start: int, stop: int) -> Array:
    """The measure at points ``start`` to ``stop`` of the two samples and of their mixtures, as ``indices`` takes them."""
    count = len(plan.uncertain)
    points = unit_points(2 * count, start, stop, plan.seed)
    one, other = points[:count], points[count:]
    mixed = [np.where(np.arange(count).reshape(-1, 1) == i, other, one) for i in range(count)]
    drawn = to_values(plan.uncertain, np.concatenate([one, other, *mixed], axis=1), plan.factor)
    measured = {name: outcome.measures[0] for name, outcome in outcomes(plan, drawn).items()}
    found = difference(measured) if enterprise is None else measured[enterprise]
    return np.asarray(found).reshape(count + 2, stop - start)


def indices(values: Array) -> tuple[Array, Array, Array, Array]:
    """First-order indices and their standard errors, then total ones and theirs, for each input.

    ``values`` has the points on the last axis, and in its rows a function of two independent samples of the inputs,
    then, input by input, of the first sample with this input taken from the second. First-order after Saltelli and
    others (2010), total after Jansen (1999).
    """
    if values.shape[1] < 2 or np.ptp(values[:2]) == 0:
        nothing = np.full(len(values) - 2, np.nan)
        return nothing, nothing, nothing, nothing
    values = values - np.mean(values)  # the estimate of the first order is steadier around 0
    one, other, mixed = values[0], values[1], values[2:]
    variance, root = np.var(values[:2]), np.sqrt(values.shape[1])
    first, total = other * (mixed - one) / variance, (one - mixed) ** 2 / 2 / variance
    return np.mean(first, axis=1), np.std(first, axis=1) / root, np.mean(total, axis=1), np.std(total, axis=1) / root
