"""Units: what values are possible at all, and how a refused one is explained.

A ratio is stored as a ratio (0.15); percent is only a way to show it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Unit:
    """A unit of measure with the range of possible values.

    ``low`` and ``high`` are the ends of the range; ``low_open`` leaves ``low`` itself out; ``whole`` asks for
    whole numbers. Infinity and NaN are never permitted.
    """

    name: str
    low: float = 0.0
    high: float = math.inf
    low_open: bool = False
    whole: bool = False
    hint: str = ""

    def within(self, low: float | None = None, high: float | None = None) -> Unit:
        """The same unit with a narrower range, for an assumption that needs one."""
        return replace(self, low=self.low if low is None else low, high=self.high if high is None else high)

    def permits(self, value: Array) -> NDArray[np.bool_]:
        """Element by element, whether ``value`` is possible. Shape: that of ``value``."""
        above = value > self.low if self.low_open else value >= self.low
        whole = value == np.floor(value) if self.whole else True
        return np.asarray(np.isfinite(value) & above & (value <= self.high) & whole)

    @property
    def range(self) -> str:
        """The range in words, as it stands in an error message: ``0 to 1``."""
        low = f"above {self.low:g}" if self.low_open else f"{self.low:g}"
        ends = f"{low} or more" if math.isinf(self.high) else f"{low} to {self.high:g}"
        return f"{ends}, whole numbers" if self.whole else ends


_PERCENT = "20 % is written 0.2"

UNITS: dict[str, Unit] = {
    unit.name: unit
    for unit in (
        Unit("share", 0, 1, hint=_PERCENT),
        Unit("rate", -1, 10, low_open=True, hint=_PERCENT),
        Unit("money", hint="a plain number, without currency sign or thousands separators"),
        Unit("count", hint="a plain number, without thousands separators"),
        Unit("years", whole=True, hint="a whole number of years"),
        Unit("multiple", hint="a plain number: 2 means twice"),
        Unit("flag", 0, 1, whole=True, hint="1 means yes, 0 means no"),
    )
}


def number(value: float) -> str:
    """A number in full precision for files and messages: it reads back bit for bit. Empty for NaN."""
    plain = float(value) + 0.0  # no "-0"
    return "" if math.isnan(plain) else repr(plain).removesuffix(".0")
