"""Who lives, who runs dry, and who is better off: one judge for every page, picture and sentence.

Survival comes before advantage: a firm that runs out of money pays nobody, so it is never called the better one.
Everything works on one scenario and on arrays of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np

from coopfin.comparison.measures import HIGHER, LOWER, MEASURES, Measure, PairMeasure
from coopfin.engine.projection import Projection
from coopfin.engine.units import Array

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WORTH_NAMING = 0.005  # of the larger of two values: a smaller difference is none
POINTS_WORTH_NAMING = 0.0005  # of shares and rates: half of a tenth of a point
RATIOS = frozenset(("share", "rate"))


def month_in_words(month: float) -> str:
    """A month by name: ``March of year 3``; month 1 is January of year 1, month 0 the launch."""
    if month == 0:
        return "the launch"
    year, month_of_year = divmod(int(month) - 1, 12)
    return f"{MONTHS[month_of_year]} of year {year + 1}"


@dataclass(frozen=True)
class Fate:
    """What becomes of a firm, by scenario: whether it lives, and if not, when and by how much it is short of cash.

    ``first_short_month`` and ``break_even_year`` are NaN where that never happens; ``gap`` is 0 where the firm lives.
    """

    lives: Any
    first_short_month: Array
    gap: Array
    lowest_cash: Array
    lowest_cash_month: Array
    break_even_year: Array

    @property
    def runs_dry(self) -> Any:
        """Whether cash falls below 0 in some month."""
        return np.logical_not(self.lives)

    @property
    def breaks_even(self) -> Any:
        """Whether some year has a surplus."""
        return ~np.isnan(self.break_even_year)

    @property
    def when(self) -> str:
        """Of one scenario, when cash is first short: ``short in March of year 3``; empty where it never is."""
        return "" if self.lives else f"short in {month_in_words(float(self.first_short_month))}"


def fate(x: Projection) -> Fate:
    """What becomes of the firm of a projection."""
    lows = x.lows
    return Fate(
        lows.lives, lows.first_short_month, lows.funding_gap, lows.lowest_cash, lows.lowest_cash_month,
        MEASURES["break_even_year"](x),
    )  # fmt: skip


def fates(projections: Mapping[str, Projection]) -> dict[str, Fate]:
    """What becomes of each firm, by enterprise."""
    return {name: fate(x) for name, x in projections.items()}


class Verdict(IntEnum):
    """How a second firm stands against the first by one measure; what a firm that runs dry is ahead in is its own case."""

    EMPTY = 0  # one of the values is missing
    NOT_JUDGED = 1  # neither way is better
    SAME = 2  # no difference worth naming
    BETTER = 3
    WORSE = 4
    BETTER_BUT_DRY = 5  # it would be better, but it runs dry: not better
    WORSE_BUT_FIRST_DRY = 6  # the first would be better, but it runs dry: not better either


def judge(measure: Measure | PairMeasure, first: Any, second: Any, first_lives: Any, second_lives: Any) -> Any:
    """The verdict on the second firm: of numbers a ``Verdict``, of arrays an array of its numbers.

    ``first`` and ``second`` are the values of ``measure``, the others whether each firm lives.
    """
    first, second = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    gap = (second - first) * {HIGHER: 1.0, LOWER: -1.0}.get(measure.better, 0.0)
    enough = POINTS_WORTH_NAMING if measure.unit in RATIOS else WORTH_NAMING * np.maximum(np.abs(first), np.abs(second))
    codes = np.select(
        [np.isnan(first) | np.isnan(second), np.full(gap.shape, not measure.better), np.abs(gap) <= enough, gap > 0],
        [
            np.full(gap.shape, Verdict.EMPTY.value),
            np.full(gap.shape, Verdict.NOT_JUDGED.value),
            np.full(gap.shape, Verdict.SAME.value),
            np.where(second_lives, Verdict.BETTER.value, Verdict.BETTER_BUT_DRY.value),
        ],
        np.where(first_lives, Verdict.WORSE.value, Verdict.WORSE_BUT_FIRST_DRY.value),
    )
    return codes if codes.ndim else Verdict(int(codes))


def verdict(measure: Measure, first: Projection, second: Projection) -> Any:
    """The verdict on the second firm by one measure, from two projections."""
    return judge(measure, measure(first), measure(second), first.lows.lives, second.lows.lives)
