"""The one rule that sizes the capital of both firms of a preset, and what a quarter less growth of demand does to it.

Each sum, when it comes, is the smallest in steps with which cash, before new money, never falls below a part of all
capital received so far, until the next sum comes. The rule knows no firm: it reads months and money.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from coopfin.comparison.scenario import Scenario
from coopfin.engine.assumptions import Assumptions
from coopfin.engine.projection import Projection
from coopfin.evidence.sources import by_enterprise

PART = 0.1  # of all capital received so far, member shares not counted as such
STEP = 10_000.0
QUARTER = 0.25
# How a preset says that a sum is sized by the rule.
WORDS = (
    "the one rule for both firms: the smallest sum, in steps of 10,000, with which cash never falls below a tenth of all "
    "capital received so far until the next one comes, in this base case"
)


@dataclass(frozen=True)
class Breach:
    """A month in which the rule does not hold: cash before new money, and the least that the rule asks for."""

    month: int
    cash: float
    least: float


def breaches(x: Projection) -> Iterator[Breach]:
    """Every month in which the rule does not hold (one scenario)."""
    received = np.asarray(x.months.capital_received)
    before = np.concatenate([[0.0], np.cumsum(received)[:-1]])
    near = float(x.lows.tolerance)
    for month, (cash, least) in enumerate(zip(x.cash_before_capital, PART * before, strict=True)):
        if month and cash < least - near:
            yield Breach(month, float(cash), float(least))


def sized_sums(scenario: Scenario, enterprise: str) -> tuple[str, ...]:
    """The sums of this firm that the preset says the rule has sized, those that are used."""
    return tuple(
        name
        for name, text in scenario.sources.items()
        if WORDS in by_enterprise(text).get(enterprise, by_enterprise(text).get("", _NOTHING)).text
        and float(getattr(scenario.enterprises[enterprise], name)) > 0
    )


_NOTHING = by_enterprise("")[""]


def slower(a: Assumptions) -> Assumptions:
    """The same firm where demand grows a quarter less than planned, in the first year as in the last."""
    less = {name: _less(getattr(a, name)) for name in ("demand_first", "demand_last")}
    return replace(a, **less)


def _less(growth: float) -> float:
    return growth - QUARTER * abs(growth)
