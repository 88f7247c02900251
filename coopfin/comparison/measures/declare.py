"""What a measure is, and how one is declared.

A measure takes a projection and gives a value for each scenario, NaN where there is none; ``empty`` then says why.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from coopfin.engine.projection import Projection, carrier, once
from coopfin.engine.units import Array

SURVIVAL = "Survival"
EARNS = "What a provider earns"
TAKES = "What the platform takes"
OWNERSHIP = "Ownership"
BUSINESS = "The business"
UNIT_ECONOMICS = "Unit economics"
SURPLUS = "Where the surplus goes"
CAPITAL = "Capital"
SECTIONS = (SURVIVAL, EARNS, TAKES, OWNERSHIP, BUSINESS, UNIT_ECONOMICS, SURPLUS, CAPITAL)

# Which way is better for whom the page speaks of: providers where they earn or are charged, investors where their money
# is meant, the firm elsewhere. Where it depends on whom you ask, neither.
HIGHER, LOWER, NEITHER = "higher", "lower", ""

NOBODY = "nobody is active in any year"
NO_PROVIDERS = "there are no providers"
NO_SALES = "there are no sales"
NO_REVENUE = "there is no revenue"

Value = Any  # a number, or an array of scenarios
Why = str | Callable[[Projection], str]
WhyOfTwo = str | Callable[[Projection, Projection], str]


@dataclass(frozen=True)
class Measure:
    """What one measure is. ``words`` is its formula in plain words, ``compute`` the formula itself.

    ``better`` says which way is better, if any. ``headline`` is its place among the rows of the first screen, 1 the
    first; 0: not there. ``beside`` names the measure that is shown with it. ``moment``: a month or year is a point in time
    (month 1 is the first after the launch), not a length. ``caveat`` is what must be said beside the value, if anything.
    """

    name: str
    label: str
    unit: str
    section: str
    words: str
    compute: Callable[[Projection], Value]
    why: Why = ""
    better: str = NEITHER
    headline: int = 0
    beside: str = ""
    moment: bool = False
    caveat: Why = ""

    def __call__(self, x: Projection) -> Array:
        """The measure of ``x``, one value per scenario; NaN where there is none. It is worked out once of each projection."""
        return self._of(x)

    @cached_property
    def _of(self) -> Callable[[Projection], Array]:
        return once(lambda x: _spread(lambda: self.compute(x), x.assumptions.shape))

    def empty(self, x: Projection) -> str:
        """Why there is no value, in words."""
        return self.why(x) if callable(self.why) else self.why

    def beware(self, x: Projection) -> str:
        """What must be said beside the value of one scenario, in words; empty where nothing must."""
        return self.caveat(x) if callable(self.caveat) else self.caveat


@dataclass(frozen=True)
class PairMeasure:
    """A figure of one enterprise that needs another, the first, to compare it with; otherwise as ``Measure``.

    ``of_draws``: it is 1 or 0 for each draw of a simulation, and what is shown is its mean.
    """

    name: str
    label: str
    unit: str
    section: str
    words: str
    compute: Callable[[Projection, Projection], Value]
    why: WhyOfTwo = ""
    better: str = NEITHER
    headline: int = 0
    beside: str = ""
    moment: bool = False
    of_draws: bool = False

    def __call__(self, first: Projection, x: Projection) -> Array:
        """The figure of ``x`` compared with ``first``, one value per scenario; NaN where there is none."""
        shape = np.broadcast_shapes(first.assumptions.shape, x.assumptions.shape)
        return _spread(lambda: self.compute(first, x), shape)

    def empty(self, first: Projection, x: Projection) -> str:
        """Why there is no value, in words."""
        return self.why(first, x) if callable(self.why) else self.why


def _spread(compute: Callable[[], Value], shape: tuple[int, ...]) -> Array:
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        values = np.asarray(compute(), dtype=float)
    return values if values.shape == shape else np.broadcast_to(values, shape)


declared: dict[str, Measure] = {}
declared_pairs: dict[str, PairMeasure] = {}

Compute = Callable[[Projection], Value]
ComputeTwo = Callable[[Projection, Projection], Value]


def measure(
    label: str,
    unit: str,
    section: str,
    words: str,
    *,
    better: str = NEITHER,
    empty: Why = "",
    headline: int = 0,
    beside: str = "",
    moment: bool = False,
    caveat: Why = "",
) -> Callable[[Compute], Compute]:
    """Declare the function below as a measure; its name is the measure's id."""

    def declare(compute: Compute) -> Compute:
        name = compute.__name__
        declared[name] = Measure(name, label, unit, section, words, compute, empty, better, headline, beside, moment, caveat)
        return compute

    return declare


def pair_measure(
    label: str, unit: str, section: str, words: str, *, better: str = NEITHER, empty: WhyOfTwo = "", of_draws: bool = False
) -> Callable[[ComputeTwo], ComputeTwo]:
    """Declare the function below as a measure of two enterprises."""

    def declare(compute: ComputeTwo) -> ComputeTwo:
        name = compute.__name__
        declared_pairs[name] = PairMeasure(name, label, unit, section, words, compute, empty, better, of_draws=of_draws)
        return compute

    return declare


def total(
    line: str, label: str, section: str, words: str, *, better: str = NEITHER, headline: int = 0, unit: str = "money"
) -> None:
    """Declare the sum of a line over all years as a measure."""

    def compute(x: Projection) -> Value:
        return x.total(line)

    compute.__name__ = f"{line}_total"
    measure(label, unit, section, words, better=better, headline=headline)(compute)


def over(x: Projection, part: Value, whole: Value) -> Value:
    """``part ÷ whole``; NaN, that is empty, where the whole is 0."""
    return carrier(x.assumptions).ratio(part, whole, np.nan)


def idle_year(x: Projection) -> str:
    """Why a total over years of what one provider has is empty: in which year there is nobody to have it."""
    idle = [t for t in range(1, x.years + 1) if np.any(np.equal(x.year(t).active_providers, 0))]
    return f"nobody is active in year {idle[0]}" if idle else ""
