"""The internal rate of return, for one series of flows or for many at once.

A rate of return is a root of the present value. Flows that change sign more than once may have none or several,
so the roots above -99 % are counted first, exactly (Bernstein coefficients: Descartes' rule of signs on an
interval, halved until each part holds none or one), and a rate is given only where there is one.

Only sums, products, quotients and comparisons are used: unlike powers and logarithms they give the same last bit
for one number and for an array, so a scenario keeps its rate inside a sweep.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb

import numpy as np

from coopfin.engine.units import Array

LOWEST_GROWTH = 0.01  # 1 + the rate; rates above -99 % are looked for
HALVINGS = 40  # two roots closer than this many halvings are one rate to any reader
STEPS = 200
SETTLED = 1e-12  # a relative step this small: with Newton's method the next would be far below rounding
KEPT_TOGETHER = 0.7  # lanes are moved together when fewer than this share of them still move


@dataclass(frozen=True)
class Rate:
    """``value``: the rate, NaN unless there is exactly one; ``count``: 0, 1 or 2 (several). Shape: the scenarios."""

    value: Array
    count: Array


def irr(flows: Array) -> Rate:
    """The rate above -99 % at which the present value of ``flows`` is 0. Shape: years first, then scenarios.

    ``flows[0]`` is today. Flows that are all 0 have no rate.
    """
    flows = np.asarray(flows, dtype=float)
    lanes = _from_first_flow(flows.reshape(len(flows), -1))
    count = np.zeros(lanes.shape[1], dtype=int)
    low = np.zeros(lanes.shape[1])  # a bracket of the discount factor 1 / (1 + rate)
    high = np.full(lanes.shape[1], 1 / LOWEST_GROWTH)

    changes = _sign_changes(lanes)
    # One change of sign: exactly one root among all discount factors; is it below that of -99 %?
    once = changes == 1
    count[once] = (_present_value(lanes, high) * np.sign(lanes[0]) < 0)[once]
    several = np.flatnonzero(changes > 1)
    if several.size:
        count[several], low[several], high[several] = _isolate(lanes[:, several])
    rate = np.full(lanes.shape[1], np.nan)
    one = np.flatnonzero(count == 1)
    rate[one] = 1 / _solve(lanes[:, one], low[one], high[one]) - 1
    shape = flows.shape[1:]
    return Rate(rate.reshape(shape), count.reshape(shape))


def _from_first_flow(flows: Array) -> Array:
    """The flows of each lane counted from its first one that is not 0: waiting before it changes no rate."""
    years = len(flows)
    year = np.arange(years).reshape(-1, 1) + np.argmax(flows != 0, axis=0)
    return np.where(year < years, np.take_along_axis(flows, np.minimum(year, years - 1), axis=0), 0.0)


def _sign_changes(rows: Array) -> Array:
    """How often the sign changes down the first axis; zeros are passed over."""
    changes = np.zeros(rows.shape[1:], dtype=int)
    last = np.zeros(rows.shape[1:])
    for row in np.sign(rows):
        changes += row * last < 0
        last = np.where(row != 0, row, last)
    return changes


def _present_value(flows: Array, discount: Array) -> Array:
    """The present value of ``flows`` at the discount factor, by Horner's rule."""
    value = np.zeros_like(discount)
    for flow in flows[::-1]:
        value = value * discount + flow
    return value


def _isolate(flows: Array) -> tuple[Array, Array, Array]:
    """How many roots each lane has (2: two or more), and a bracket of the discount factor around one of them.

    Rates above 0 are looked for by discount factor (0 to 1), those from -99 % to 0 by growth factor (0.01 to 1),
    so that neither polynomial is badly scaled.
    """
    lanes = flows.shape[1]
    found_low, found_high = np.ones(lanes), np.ones(lanes)
    at_zero_rate = _present_value(flows, np.ones(lanes))
    count = (at_zero_rate == 0).astype(int)
    by_discount = _bernstein(flows, at_zero_rate)
    by_growth = _split(_bernstein(flows[::-1], at_zero_rate), LOWEST_GROWTH)[1]

    form = np.concatenate([by_discount, by_growth], axis=1)
    lane = np.tile(np.arange(lanes), 2)
    inverted = np.repeat([False, True], lanes)  # a growth factor stands for its inverse
    low = np.where(inverted, LOWEST_GROWTH, 0.0)
    high = np.ones(2 * lanes)
    for halving in range(HALVINGS + 1):
        changes = _sign_changes(form)
        hit = (changes == 1) | ((changes > 1) & (halving == HALVINGS))
        with np.errstate(divide="ignore"):
            found_low[lane[hit]] = np.where(inverted, 1 / high, low)[hit]
            found_high[lane[hit]] = np.where(inverted, 1 / low, high)[hit]
        np.add.at(count, lane[hit], 1)
        open_ = (changes > 1) & (count[lane] < 2)
        if halving == HALVINGS or not open_.any():
            break
        lane, low, high, inverted = lane[open_], low[open_], high[open_], inverted[open_]
        middle = (low + high) / 2
        left, right = _split(form[:, open_], 0.5)
        exact = left[-1] == 0
        found_low[lane[exact]] = found_high[lane[exact]] = np.where(inverted, 1 / middle, middle)[exact]
        np.add.at(count, lane[exact], 1)
        form = np.concatenate([left, right], axis=1)
        lane, inverted = np.tile(lane, 2), np.tile(inverted, 2)
        low, high = np.concatenate([low, middle]), np.concatenate([middle, high])
    return np.minimum(count, 2), found_low, found_high


def _bernstein(coefficients: Array, at_one: Array) -> Array:
    """The Bernstein form on 0 to 1 of polynomials given by their coefficients, lowest power first."""
    degree = len(coefficients) - 1
    form = np.zeros_like(coefficients)
    for j in range(degree):
        for i in range(j + 1):
            form[j] += comb(j, i) / comb(degree, i) * coefficients[i]
    form[degree] = at_one  # summed once, so that both forms agree at a rate of 0
    return form


def _split(form: Array, at: float) -> tuple[Array, Array]:
    """The Bernstein forms of the two parts left and right of ``at`` (de Casteljau)."""
    left, right = [form[0]], [form[-1]]
    while len(form) > 1:
        form = form[:-1] * (1 - at) + form[1:] * at
        left.append(form[0])
        right.append(form[-1])
    return np.array(left), np.array(right[::-1])


def _solve(flows: Array, low: Array, high: Array) -> Array:
    """The discount factor between ``low`` and ``high`` at which each lane's present value is 0.

    Newton's method on ln(received / paid in) over ln(discount factor), nearly a straight line, with fractions in
    place of logarithm and power; a step that leaves the bracket halves it instead. Each lane stops by itself, and
    those still moving are kept close together, so that a few slow ones cost little.
    """
    received, paid = _until_last(np.maximum(flows, 0.0)), _until_last(np.maximum(-flows, 0.0))
    sign_at_high = np.sign(_present_value(flows, high))
    sign_at_low = np.where(low > 0, np.sign(_present_value(flows, low)), -sign_at_high)
    rising = np.where(sign_at_high != 0, sign_at_high, -sign_at_low)
    x = np.where((low < 1 / 1.1) & (high > 1 / 1.1), 1 / 1.1, (low + high) / 2)
    root, lane, moving = x.copy(), np.arange(x.size), low < high
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        for _ in range(STEPS):
            if np.count_nonzero(moving) < KEPT_TOGETHER * moving.size:
                received, paid = received[:, moving], paid[:, moving]
                low, high, x, rising, lane = low[moving], high[moving], x[moving], rising[moving], lane[moving]
                moving = np.ones(x.shape, dtype=bool)
            if not moving.any():
                break
            (into, into_slope), (out, out_slope) = _value_and_slope(received, x), _value_and_slope(paid, x)
            balance = into - out
            side = balance * rising
            low, high = np.where(side <= 0, x, low), np.where(side >= 0, x, high)
            half = balance / (into + out)  # ln(into / out) is 2 * (half + half ** 3 / 3 + ...)
            step = -2 * half * (1 + half * half / 3) / (x * (into_slope / into - out_slope / out))
            step = np.minimum(np.maximum(step, -1.0), 1.0)
            new = x * (2 + step) / (2 - step)
            new = np.where((new >= low) & (new <= high), new, (low + high) / 2)
            new = np.where(side == 0, x, new)
            root[lane[moving]] = new[moving]
            moving = moving & (np.abs(new - x) > SETTLED * x)
            x = new
    return root


def _until_last(flows: Array) -> Array:
    """``flows`` without the years at the end in which nothing flows in any lane: capital is often paid in at once."""
    return flows[: 1 + np.max(np.flatnonzero(flows.any(axis=1)), initial=0)]


def _value_and_slope(flows: Array, discount: Array) -> tuple[Array, Array]:
    """The present value of ``flows`` at the discount factor and its derivative there, by Horner's rule."""
    value, slope = np.zeros_like(discount), np.zeros_like(discount)
    for flow in flows[::-1]:
        slope = slope * discount + value
        value = value * discount + flow
    return value, slope
