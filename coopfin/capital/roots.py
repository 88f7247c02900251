"""How many rates of return each of many series of flows has, and bounds of one of them.

Descartes' rule of signs: a power series has at most as many roots inside its circle of convergence as its
coefficients change sign, and the difference is even. The running sums of the flows are the coefficients of the
present value divided by 1 - v, which has the same roots between 0 and 1. Each round of sums smooths them and adds no
change of sign; smoothing once from the other end, by division by v - a, leaves out the roots below a. Where two
changes or more are left the zone is cut in two, until every part has none or one, or is too small to matter.
A look at a zone costs as many steps as there are months.

Norstrom, Journal of Financial and Quantitative Analysis 7 (1972), for one round of sums; Karlin, Total Positivity
(1968), for smoothing that adds no change of sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coopfin.capital.lanes import by_number, from_first_flow, value_and_size
from coopfin.engine.units import Array

CUT = 0.75  # where a zone is cut: above the middle, for roots crowd where every month weighs alike
CUTS = 200  # after them only discount factors below 1e-25 are not told apart
NARROW = 2.0**-40  # two roots closer than this are one to any reader
ROUNDING = 2.0**-46  # a present value this small beside the sum of its parts is 0: nothing but rounding is left
NEAR = 2.0**-14  # where roots meet, rounding leaves 0 all around them: zeros this close are one root
BESIDE = 2.0**-20  # nor is there another root this close to a zero
TINY = 1e-250  # powers below this could vanish


@dataclass(frozen=True)
class Zones:
    """Zones low < u < high, one each: ``column`` of the polynomials, and the signs of the polynomial at both ends."""

    column: NDArray[np.intp]
    low: Array
    high: Array
    at_low: Array
    at_high: Array

    def __getitem__(self, kept: Array) -> Zones:
        return Zones(self.column[kept], self.low[kept], self.high[kept], self.at_low[kept], self.at_high[kept])

    def wider(self, than: Array | float) -> NDArray[np.bool_]:
        """Whether each zone is wider than that share of its upper end."""
        return self.high - self.low > than * self.high

    def cut(self, at: Array, sign: Array) -> Zones:
        """The parts below and above ``at``, where the polynomial has the sign ``sign``."""
        pairs = [(self.column,) * 2, (self.low, at), (at, self.high), (self.at_low, sign), (sign, self.at_high)]
        return Zones(*(np.concatenate(pair) for pair in pairs))


def count_roots(flows: Array, lowest: float) -> tuple[Array, Array, Array]:
    """The number of growth factors above ``lowest`` at which the present value is 0 (2: several), and bounds of one.

    ``flows``: months, series; the first of each series is not 0 unless all are. The bounds are of the discount
    factor, the inverse of the growth factor.
    """
    backwards = flows[::-1] if lowest ** len(flows) > TINY else from_first_flow(flows[::-1])
    at_one, above = by_number(_look_above, flows, np.ones(flows.shape[1]))
    at_lowest, below = by_number(_look_below, backwards, np.full(flows.shape[1], lowest), at_one)
    count = above + below + ((at_one == 0) & (flows[0] != 0))
    low, high = np.where(above == 1, 0.0, 1.0), np.where(below == 1, 1 / lowest, 1.0)
    # A root at an end hides the sign beside it, and with it whether the number of roots is odd.
    rest = np.flatnonzero((above > 1) | (below > 1) | ((at_one * at_lowest == 0) & (above + below > 0)))
    if rest.size:
        look = at_one[rest], at_lowest[rest], above[rest], below[rest]
        polynomials = np.concatenate([np.take(flows, rest, axis=1), np.take(backwards, rest, axis=1)], axis=1)
        count[rest], low[rest], high[rest] = _search(polynomials, lowest, *look)
    return np.minimum(count, 2), low, high


def _search(polynomials: Array, lowest: float, *look: Array) -> tuple[Array, Array, Array]:
    """As ``count_roots``, after the first look; ``polynomials``: those in the discount factor, then in its inverse.

    Rates above 0 are looked for by discount factor, those below by growth factor: both lie between 0 and 1.
    """
    (at_one, at_lowest, above, below), lanes = look, look[0].size
    count, found_low, found_high = (at_one == 0).astype(int), np.ones(lanes), np.ones(lanes)
    first, ones = np.repeat([0.0, lowest], lanes), np.ones(2 * lanes)
    at_first = np.concatenate([np.sign(polynomials[0, :lanes]), at_lowest])
    zones = Zones(np.arange(2 * lanes), first, ones, at_first, np.tile(at_one, 2))

    def note(zones: Zones) -> None:
        lane, inverted = zones.column % lanes, zones.column >= lanes
        found_low[lane] = np.where(inverted, 1 / zones.high, zones.low)
        found_high[lane] = np.where(inverted, 1 / zones.low, zones.high)
        np.add.at(count, lane, 1)

    def undecided(zones: Zones) -> Zones:
        """The zones of series with less than two roots, after counting one where the signs at the ends differ."""
        odd = zones.column[zones.at_low * zones.at_high < 0]
        count[count + np.bincount(odd % lanes, minlength=lanes) > 1] = 2
        return zones[count[zones.column % lanes] < 2]

    changes = np.concatenate([above, below])
    for cut in range(CUTS):
        ends = zones.at_low * zones.at_high
        narrow = ~zones.wider(np.where(ends == 0, BESIDE, NARROW)) | (cut == CUTS - 1)
        note(zones[((changes == 1) & (ends != 0)) | ((changes > 1) & (ends < 0) & narrow)])
        zones = undecided(zones[((changes > 1) | ((changes == 1) & (ends == 0))) & ~narrow])
        if not zones.column.size:
            break
        middle = zones.low + (zones.high - zones.low) * CUT
        sign = _sign(*by_number(value_and_size, np.take(polynomials, zones.column, axis=1), middle))
        other = (zones.at_low * zones.at_high != 0) | zones.wider(NEAR)
        note(Zones(zones.column, middle, middle, sign, sign)[(sign == 0) & other])
        zones = zones.cut(middle, sign)
        zones = undecided(zones[(zones.at_low != 0) | (zones.at_high != 0) | zones.wider(NEAR)])
        if not zones.column.size:
            break
        rows = np.take(polynomials, zones.column, axis=1)
        (changes,) = by_number(_look, rows, zones.low, zones.high, zones.at_low, zones.at_high)
    return count, found_low, found_high


def _look_above(rows: Any, one: Any) -> tuple[Any, Any]:
    """The sign of the present value at a rate of 0, and the changes for rates above it."""
    at_one = _sign(*value_and_size(rows, one))
    return at_one, _changes(rows[::-1], one * 0, _sign(rows[0], one * 0), at_one)


def _look_below(rows: Any, lowest: Any, at_one: Any) -> tuple[Any, Any]:
    """The same at the lowest growth factor, and for rates between it and 0; ``rows``: the last flow first."""
    at_lowest = _sign(*value_and_size(rows, lowest))
    return at_lowest, _changes(_smoothed(rows, lowest), lowest, at_lowest, at_one)


def _sign(value: Any, size: Any) -> Any:
    """The sign of ``value``, a sum of parts whose absolute values add up to ``size``."""
    noise = ROUNDING * size
    return (value > noise) * 1.0 - (value < -noise) * 1.0


def _look(rows: Any, low: Any, high: Any, at_low: Any, at_high: Any) -> tuple[Any]:
    """As ``_changes``, between ``low`` and ``high``."""
    smoothed = _smoothed(rows, low)
    power = high
    for i in range(len(rows) - 2, -1, -1):
        smoothed[i] *= power
        power = power * high
    return (_changes(smoothed, low / high, at_low, at_high),)


def _smoothed(rows: Any, low: Any) -> list[Any]:
    """From the last to the first, each row and ``low`` times what came before it."""
    smoothed = [rows[-1] * 1]
    for row in rows[-2::-1]:
        smoothed.append(smoothed[-1] * low + row)
    return smoothed


def _changes(smoothed: Any, low: Any, at_low: Any, at_high: Any) -> Any:
    """How often the sums of sums of sums of ``smoothed`` (last row first) change sign: at least the roots in ``low`` to 1.

    Rows before the first go on as a geometric series, 0 if ``low`` is. Beyond the last, the sums go on as a
    polynomial, which changes sign at most as often as the last sums of the three rounds do.
    """
    spread = 1 / (1 - low)
    start = smoothed[-1] * abs(at_low)  # 0 where the sign says so
    before = start * low * spread
    first = start + before
    second = first + before * spread
    third = second + before * spread * spread
    last = (at_low < 0) | ((at_low == 0) & (smoothed[-2:][0] < 0))
    changes = last * 0
    for row in smoothed[-2::-1]:
        first += row
        second += first
        third += second
        negative = third < 0
        changes += negative != last
        last = negative
    for end in (second, at_high):
        negative = (end < 0) | ((end == 0) & last)
        changes += negative != last
        last = negative
    return changes
