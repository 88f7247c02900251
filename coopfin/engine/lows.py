"""Where cash is lowest and whether it runs short: the one judge of survival. Every page asks it."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from coopfin.engine.units import Array

NEAR_ZERO = 1e-9  # of gross sales and capital received, both over the whole horizon: as near to 0 as counts as 0


def running_total(rows: Array) -> Array:
    """The sum over the first axis, row by row: the same last bit for one scenario and for many."""
    total = np.zeros(rows.shape[1:])
    for row in rows:
        total = total + row
    return total


class Lows:
    """The lowest cash by year and over all years. Months first, then the scenarios.

    Lows within ``tolerance`` of each other are a tie, and the first counts; money within it of 0 counts as 0.
    """

    def __init__(self, cash_before_capital: Array, gross_sales: Array, capital_received: Array) -> None:
        self._cash = cash_before_capital
        self.tolerance: Array = NEAR_ZERO * (running_total(gross_sales) + running_total(capital_received))
        self._launch_cash = cash_before_capital[0] + capital_received[0]

    @cached_property
    def cash_low(self) -> Array:
        """The lowest cash of each year (0..years), before what is received in the month itself."""
        by_year = self._cash[1:].reshape(-1, 12, *self._cash.shape[1:])
        return np.concatenate([self._launch_cash[None], by_year.min(axis=1)])

    @cached_property
    def cash_low_month(self) -> Array:
        """The month of each year's lowest cash, 1..12·years; 0 at the launch."""
        by_year = self._cash[1:].reshape(-1, 12, *self._cash.shape[1:])
        lowest = by_year <= (self.cash_low[1:] + self.tolerance)[:, None]
        year = np.arange(len(by_year)).reshape(-1, *(1,) * (self._cash.ndim - 1))
        return np.concatenate([np.zeros_like(self._launch_cash)[None], 12 * year + 1.0 + lowest.argmax(axis=1)])

    @cached_property
    def lowest_cash(self) -> Array:
        """The lowest cash of all years, launch included."""
        return np.asarray(self.cash_low.min(axis=0))

    @cached_property
    def lowest_cash_month(self) -> Array:
        """The month of it."""
        first = (self.cash_low <= self.lowest_cash + self.tolerance).argmax(axis=0)
        return np.asarray(np.take_along_axis(self.cash_low_month, first[None], axis=0)[0])

    @cached_property
    def short(self) -> NDArray[np.bool_]:
        """By month (0..12·years), whether cash is below 0 without what is received in the month itself."""
        return np.asarray(self._cash < -self.tolerance)

    @cached_property
    def lives(self) -> NDArray[np.bool_]:
        """Whether the firm never runs dry: cash is never below 0."""
        return np.asarray(~self.short.any(axis=0))

    @cached_property
    def first_short_month(self) -> Array:
        """The first month in which cash is short; NaN if never."""
        return np.where(self.lives, np.nan, self.short.argmax(axis=0))

    @cached_property
    def funding_gap(self) -> Array:
        """What is missing at the lowest point of cash; 0 where the firm lives."""
        return np.where(self.lowest_cash < -self.tolerance, -self.lowest_cash, 0.0)
