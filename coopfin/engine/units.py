"""Units: what values are possible at all, and how a refused one is explained.

A ratio is stored as a ratio (0.15); percent is only a way to show it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Unit:
    """A unit of measure with the range of possible values.

    ``low`` and ``high`` are the ends of the range; ``low_open`` and ``high_open`` leave the end itself out;
    ``whole`` asks for whole numbers. Infinity and NaN are never permitted.
    """

    name: str
    low: float = 0.0
    high: float = math.inf
    low_open: bool = False
    high_open: bool = False
    whole: bool = False
    hint: str = ""

    def within(
        self, low: float | None = None, high: float | None = None, *, low_open: bool = False, high_open: bool = False
    ) -> Unit:
        """The same unit with a narrower range, for an assumption that needs one; an end not given stays as it is."""
        return replace(
            self,
            low=self.low if low is None else low,
            high=self.high if high is None else high,
            low_open=low_open if low is not None else self.low_open,
            high_open=high_open if high is not None else self.high_open,
        )

    @cached_property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest number permitted."""
        lowest = math.nextafter(self.low, math.inf) if self.low_open else self.low
        highest = math.nextafter(self.high, -math.inf) if self.high_open or math.isinf(self.high) else self.high
        return lowest, highest

    def permits(self, value: Any) -> Any:
        """Whether ``value`` is possible: of a number True or False, of an array each of its numbers."""
        lowest, highest = self.ends  # both finite: neither infinity nor NaN lies between them
        if isinstance(value, float | int):  # every scenario asks this for every assumption: plain comparisons
            return lowest <= value <= highest and (not self.whole or value % 1 == 0)
        within = (value >= lowest) & (value <= highest)
        return within & (value == np.floor(value)) if self.whole else within

    @property
    def range(self) -> str:
        """The range in words, as it stands in an error message: ``0 to 1``."""
        low = f"above {self.low:g}" if self.low_open else f"{self.low:g}"
        high = f"below {self.high:g}" if self.high_open else f"{self.high:g}"
        without_end = low if self.low_open else f"{low} or more"
        ends = without_end if math.isinf(self.high) else f"{low} to {high}"
        return f"{ends}, whole numbers" if self.whole else ends

    @property
    def told(self) -> str:
        """The unit with its hint, as it stands in an error message: ``share (20 % is written 0.2)``."""
        return f"{self.name} ({self.hint})"


_PERCENT = "20 % is written 0.2"

# Every whole number has an upper limit: whole numbers count years and months, and so memory.
UNITS: dict[str, Unit] = {
    unit.name: unit
    for unit in (
        Unit("share", 0, 1, hint=_PERCENT),
        Unit("rate", -1, 10, low_open=True, hint=_PERCENT),
        Unit("money", hint="a plain number, without currency sign or thousands separators"),
        Unit("count", hint="a plain number, without thousands separators"),
        Unit("years", 0, 100, whole=True, hint="a whole number of years"),
        Unit("month", 0, 1200, whole=True, hint="a whole number of months"),
        Unit("days", 0, 365, hint="a plain number of days"),
        Unit("multiple", hint="a plain number: 2 means twice"),
        Unit("flag", 0, 1, whole=True, hint="1 means yes, 0 means no"),
    )
}


def number(value: float) -> str:
    """An assumption's number for files and messages: it reads back bit for bit. Empty for NaN."""
    plain = float(value) + 0.0  # no "-0"
    return "" if math.isnan(plain) else repr(plain).removesuffix(".0")


def figure_text(value: float) -> str:
    """A result's number: the fewest digits that give it to 12 significant ones, in plain decimals. Empty for NaN.

    Only what would need long rows of zeros keeps an exponent.
    """
    plain = float(value) + 0.0  # no "-0"
    if math.isnan(plain):
        return ""
    rounded = Decimal(f"{plain:.12g}")
    return f"{rounded:f}" if -9 <= rounded.adjusted() <= 20 or not rounded else f"{plain:.12g}"
