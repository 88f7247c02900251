"""Where cash is lowest and whether it runs short: the one judge of survival. Every page asks it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coopfin.engine.carriers import Carrier
from coopfin.engine.events import anywhere
from coopfin.engine.units import Array

NEAR_ZERO = 1e-9  # of gross sales and capital received, both over the whole horizon: as near to 0 as counts as 0


class Lows:
    """The lowest cash by year and over all years, arrays in the shape of the scenarios, years or months before it.

    ``months`` holds cash less the capital received in the month itself (0..12·years), each a number or an array of
    scenarios; ``activity`` gross sales and capital received over the whole horizon; ``launch`` the cash of month 0. Lows
    within ``tolerance`` of each other are a tie, and the first counts; money within it of 0 counts as 0.
    """

    def __init__(self, o: Carrier, months: Sequence[Any], activity: Any, launch: Any, shape: tuple[int, ...]) -> None:
        self._o, self._months, self._launch, self._shape = o, months, launch, shape
        self._nothing = NEAR_ZERO * activity

    def _spread(self, value: Any) -> Array:
        return np.broadcast_to(np.asarray(value, dtype=float), self._shape)

    def _year(self, t: int) -> range:
        return range(12 * t - 11, 12 * t + 1)

    @cached_property
    def _of_year(self) -> list[Any]:
        """The lowest cash of each year, as worked out."""
        years = range(1, (len(self._months) - 1) // 12 + 1)
        return [self._launch, *(reduce(self._o.minimum, (self._months[m] for m in self._year(t))) for t in years)]

    @cached_property
    def _lowest(self) -> Any:
        return reduce(self._o.minimum, self._of_year)

    @cached_property
    def _months_of_lows(self) -> list[Any]:
        """The first month of each year in which cash is as low as its lowest, but for the tolerance."""
        found: list[Any] = [0.0]
        for t, low in enumerate(self._of_year[1:], start=1):
            month: Any = float(12 * t)
            for m in reversed(self._year(t)):
                month = self._o.where(self._months[m] <= low + self._nothing, float(m), month)
            found.append(month)
        return found

    @cached_property
    def tolerance(self) -> Array:
        """Money so close to 0 counts as 0 where a sign decides."""
        return self._spread(self._nothing)

    @cached_property
    def cash_low(self) -> Array:
        """The lowest cash of each year (0..years), before what is received in the month itself; of year 0 the launch."""
        return np.stack([self._spread(low) for low in self._of_year])

    @cached_property
    def cash_low_month(self) -> Array:
        """The month of each year's lowest cash, 1..12·years; 0 at the launch."""
        return np.stack([self._spread(month) for month in self._months_of_lows])

    @cached_property
    def lowest_cash(self) -> Array:
        """The lowest cash of all years, launch included."""
        return self._spread(self._lowest)

    @cached_property
    def lowest_cash_month(self) -> Array:
        """The month of it."""
        month: Any = 0.0
        for low, its_month in zip(reversed(self._of_year), reversed(self._months_of_lows), strict=True):
            month = self._o.where(low <= self._lowest + self._nothing, its_month, month)
        return self._spread(month)

    @cached_property
    def short(self) -> NDArray[np.bool_]:
        """By month (0..12·years), whether cash is below 0 without what is received in the month itself."""
        return np.stack([self._spread(month) < -self._nothing for month in self._months])

    @cached_property
    def lives(self) -> NDArray[np.bool_]:
        """Whether the firm never runs dry: cash is never below 0."""
        return np.isnan(self.first_short_month)

    @cached_property
    def first_short_month(self) -> Array:
        """The first month in which cash is short; NaN if never."""
        first: Any = np.nan
        for t in range(len(self._of_year) - 1, 0, -1):
            if anywhere(self._of_year[t] < -self._nothing):
                for m in reversed(self._year(t)):
                    first = self._o.where(self._months[m] < -self._nothing, float(m), first)
        return self._spread(first)

    @cached_property
    def funding_gap(self) -> Array:
        """What is missing at the lowest point of cash; 0 where the firm lives."""
        return self._spread(self._o.where(self._lowest < -self._nothing, -self._lowest, 0.0))
