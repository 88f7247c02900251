"""The internal rate of return a year, for one series of monthly flows or for many at once.

A rate of return is a root of the present value. Flows that change sign more than once may have none or several, so
the roots are counted first (``roots``), and a rate is given only where there is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coopfin.capital.lanes import FEW, by_number, from_first_flow, value_and_slope
from coopfin.capital.roots import count_roots
from coopfin.engine.units import Array

LOWEST_GROWTH = 0.01  # 1 + the rate a year; rates above -99 % are looked for
NOTHING = 1e-12  # a flow within this share of all that is paid in counts as 0
START = 0.992  # the first discount factor tried below 1, and its inverse above: 10 % a year of months
STEPS = 1_000  # far more than any rate below 1e100 needs
SETTLED = 1e-9  # a relative step this small: with Newton's method the next would be below rounding
HALVED = 1e-15  # the same for a step that only halves the bracket
KEPT_TOGETHER = 0.5  # lanes are moved together when fewer than this share of them still move
LARGE = 2.0**60  # flows beyond this, or below its inverse, are scaled, so that no product overflows
CELLS = 2_500_000  # flows handled at once, which bounds the memory
SMALL = 16_000  # flows handled at once where arrays of all of them are formed: they stay in the processor's cache


@dataclass(frozen=True)
class Rate:
    """``value``: the rate a year, NaN unless there is exactly one; ``count``: 0, 1 or 2 (several). Shape: the scenarios."""

    value: Array
    count: Array


def irr(flows: Array, periods: int = 12) -> Rate:
    """The rate a year above -99 % at which the present value of ``flows`` is 0. Shape: months first, then scenarios.

    ``flows[0]`` is today; there are ``periods`` rows to a year. The rate is (1 + i) to the power of ``periods``, less
    1, for the one rate i of a period with a present value of 0. Without flows, or with one that is no number, there
    is none.
    """
    flows = np.asarray(flows, dtype=float)
    lanes = flows.reshape(len(flows), -1)
    value, count = np.empty(lanes.shape[1]), np.empty(lanes.shape[1], dtype=int)
    with np.errstate(all="ignore"):
        for part in _parts(lanes, CELLS):
            value[part], count[part] = _rates(lanes[:, part], periods)
    return Rate(value.reshape(flows.shape[1:]), count.reshape(flows.shape[1:]))


def _parts(rows: Array, cells: int) -> list[slice]:
    """The columns of ``rows`` in parts of so many cells at most."""
    step = max(1, cells // len(rows))
    return [slice(start, start + step) for start in range(0, rows.shape[1], step)]


def _rates(flows: Array, periods: int) -> tuple[Array, Array]:
    """The rates a year and how many there are. Shape of the flows: months, lanes."""
    flows = _cleaned(flows)
    count, low, high = count_roots(flows, LOWEST_GROWTH ** (1 / periods))
    growth = 1 / _solve(flows, low, high, count == 1)
    rate = growth
    for binary in bin(periods)[3:]:  # a power by squaring
        rate = rate * rate * growth if binary == "1" else rate * rate
    return np.where(count == 1, rate - 1, np.nan), count


def _cleaned(flows: Array) -> Array:
    """The flows of each lane from its first that is not 0, none too large or too small to reckon with.

    Lanes with a flow that is no number are left without flows.
    """
    largest = np.maximum(flows.max(axis=0), -flows.min(axis=0))
    if not ((largest < LARGE) & ((largest > 1 / LARGE) | (largest == 0))).all():
        finite = np.isfinite(largest)
        flows, largest = np.where(finite, flows, 0.0), np.where(finite, largest, 0.0)
        flows = flows * np.ldexp(1.0, np.minimum(-np.frexp(largest)[1], 1000))  # a power of 2 changes no digit
    given = flows
    (paid,) = by_number(_paid_in, flows, np.zeros(largest.size))
    for part in _parts(flows, SMALL):
        some = flows[:, part]
        nothing = (np.abs(some) <= NOTHING * paid[part]) & (some != 0)
        if nothing.any():
            flows = flows.copy() if flows is given else flows
            flows[:, part] = np.where(nothing, 0.0, some)
    late = np.flatnonzero(flows[0] == 0)
    if late.size:
        flows = flows.copy() if flows is given else flows
        flows[:, late] = from_first_flow(flows[:, late])
    return flows


def _paid_in(rows: Any, total: Any) -> tuple[Any]:
    """The sum of the negative flows, with a plus sign."""
    for row in rows:
        total = total + (abs(row) - row)
    return (total / 2,)


def _solve(flows: Array, low: Array, high: Array, wanted: NDArray[np.bool_]) -> Array:
    """The discount factor from ``low`` to ``high`` at which each ``wanted`` lane's present value is 0: the only one.

    Newton's method; a step that leaves the bracket halves it instead. Each lane stops by itself, and those still
    moving are kept close together, so that a few slow ones cost little; the last few go on as plain numbers.
    """
    before = np.sign(flows[0])  # the sign of the present value below the root
    x = np.minimum(np.maximum(np.where(high > 1, 1 / START, START), low), high)
    last = np.max(np.flatnonzero(flows.min(axis=1) < 0), initial=0)  # capital is often paid in at once
    paid = np.minimum(flows[: last + 1], 0.0)
    root, lane, moving = x.copy(), np.arange(x.size), wanted & (low < high)
    for step in range(STEPS):
        kept = np.flatnonzero(moving)
        if kept.size < KEPT_TOGETHER * lane.size:
            flows, paid, lane = np.take(flows, kept, axis=1), np.take(paid, kept, axis=1), lane[kept]
            low, high, x, before, moving = low[kept], high[kept], x[kept], before[kept], moving[kept]
        if lane.size <= FEW:
            for i in np.flatnonzero(moving):
                bracket = float(low[i]), float(high[i]), float(before[i])
                root[lane[i]] = _solve_one(flows[:, i].tolist(), paid[:, i].tolist(), float(x[i]), *bracket, STEPS - step)
            break
        value, slope, out, out_slope = *by_number(value_and_slope, flows, x), *by_number(value_and_slope, paid, x)
        side = value * before
        low, high = np.where(side >= 0, x, low), np.where(side > 0, high, x)
        new = _newton(x, value, slope, -out, -out_slope)
        inside = (new >= low) & (new <= high)
        new = np.where(inside, new, (low + high) / 2)
        unsettled = np.abs(new - x) > np.where(inside, SETTLED, HALVED) * x
        x = np.where(moving, new, x)
        root[lane], moving = x, moving & unsettled
    return root


def _solve_one(flows: list[float], paid: list[float], x: float, low: float, high: float, before: float, steps: int) -> float:
    """As ``_solve``, for one lane in plain numbers: the same operations in the same order."""
    for _ in range(steps):
        value, slope = value_and_slope(flows, x)
        out, out_slope = value_and_slope(paid, x)
        side = value * before
        if side == 0:
            return x
        low, high = (x, high) if side > 0 else (low, x)
        try:
            new = _newton(x, value, slope, -out, -out_slope)
        except ZeroDivisionError:  # infinite in an array, and as much outside the bracket
            new = float("nan")
        inside = low <= new <= high
        if not inside:
            new = (low + high) / 2
        if not abs(new - x) > (SETTLED if inside else HALVED) * x:
            return new
        x = new
    return x


def _newton(x: Any, value: Any, slope: Any, out: Any, out_slope: Any) -> Any:
    """The next discount factor: Newton's step on ln(received / paid in) over ln(discount factor), nearly a straight line.

    ``value`` and ``out``: the present values of all flows and of those paid in. Fractions stand for logarithm and power.
    """
    into = value + out
    half = value / (into + out)  # ln(into / out) is 2 * (half + half ** 3 / 3 + ...)
    step = half * (1 + half * half / 3) * into * out / (x * (slope * out - out_slope * value))  # half the step
    return x * (1 - step) / (1 + step)
