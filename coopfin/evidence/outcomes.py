"""Who wins what in a preset, and what it depends on: worked out from the numbers, with no favourite.

Survival stands first: of a firm that runs out of cash nothing is called better.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from coopfin.comparison.measures import MEASURES
from coopfin.engine.assumptions import Assumptions
from coopfin.engine.projection import Projection, project
from coopfin.engine.units import Array
from coopfin.evidence.capital_rule import slower
from coopfin.evidence.ranges import Range
from coopfin.uncertainty.sampling import sample

# +1: higher is better, -1: lower is better; for whom is the reader's affair.
BETTER: Mapping[str, int] = {
    "provider_month": 1, "expected_stay": 1, "providers_final": 1, "paid_to_providers_total": 1, "buyer_price": -1,
    "provider_votes": 1, "community_total": 1, "product_total": 1, "capital_raised": -1, "capital_irr": 1,
    "founders_total": 1, "break_even_year": -1, "lowest_cash": 1,
}  # fmt: skip
EARNED = "provider_month"
DRAWS = 1000
SEED = 1
EQUAL = 0.005  # two figures less apart than this part of the larger are called equal


@dataclass(frozen=True)
class Dependence:
    """What one range of evidence does to the difference in what a provider earns, and to the two firms' lives."""

    evidence: Range
    differences: tuple[float, float]  # at low and at high, second firm less first
    lives: Mapping[str, tuple[bool, bool]]  # by firm, at low and at high

    @property
    def swing(self) -> float:
        """How far apart the differences are; 0 where one of them is missing."""
        low, high = self.differences
        return abs(high - low) if np.isfinite(high - low) else 0.0

    @property
    def turns(self) -> bool:
        """Whether the other firm pays more at one end than at the other."""
        low, high = self.differences
        return low < 0 < high or high < 0 < low


@dataclass(frozen=True)
class Chances:
    """Shares of all draws from the ranges of evidence."""

    lives: Mapping[str, float]
    earns_more_and_lives: float
    difference: tuple[float, float, float]  # 5, 50 and 95 of 100


@dataclass(frozen=True)
class Outcome:
    """Two firms of one preset with its evidence: the first is the marketplace, the second the cooperative."""

    enterprises: Mapping[str, Assumptions]
    ranges: Mapping[str, Range]

    @cached_property
    def projections(self) -> dict[str, Projection]:
        """The base case of each firm."""
        return {name: project(a) for name, a in self.enterprises.items()}

    @cached_property
    def slower(self) -> dict[str, Projection]:
        """Each firm where demand grows a quarter less."""
        return {name: project(slower(a)) for name, a in self.enterprises.items()}

    def value(self, measure: str, enterprise: str) -> float:
        """A measure of the base case."""
        return float(MEASURES[measure](self.projections[enterprise]))

    @property
    def names(self) -> tuple[str, str]:
        """The two firms."""
        first, second = list(self.enterprises)[:2]
        return first, second

    def lives(self, enterprise: str) -> bool:
        """Whether the firm has cash in every month of the base case."""
        return bool(self.projections[enterprise].lows.lives)

    def winner(self, measure: str) -> str:
        """Who does better; empty where they are equal, or where one has no value or runs out of cash."""
        first, second = self.names
        values = {name: self.value(measure, name) for name in self.names}
        gain = BETTER[measure] * (values[second] - values[first])
        if not np.isfinite(gain) or abs(gain) <= EQUAL * max(map(abs, values.values())):
            return ""
        better = second if gain > 0 else first
        if measure == "capital_irr" and self.missing_at_par(better) > 0:
            return ""
        return better if self.lives(better) else ""

    def missing_at_par(self, enterprise: str) -> float:
        """What loans, notes and preferred shares are counted back at, at the horizon, beyond what is there to pay them."""
        x = self.projections[enterprise]
        owed = float(x.loan_balance[-1] + x.note_balance[-1] + x.preferred[-1])
        there = float(x.cash[-1] + x.receivables[-1] - x.payables[-1])
        return max(0.0, owed - max(0.0, there))

    def with_open_doors(self, enterprise: str) -> float | None:
        """What a provider would earn if all who want to join could; None where they can."""
        a = self.enterprises[enterprise]
        return None if a.open_doors == 1 else float(MEASURES[EARNED](project(replace(a, open_doors=1.0))))

    def wins(self, enterprise: str) -> tuple[str, ...]:
        """The measures in which this firm does better."""
        return tuple(name for name in BETTER if self.winner(name) == enterprise)

    @cached_property
    def dependence(self) -> tuple[Dependence, ...]:
        """Each range one at a time, the one that moves the difference in pay most first."""
        if not self.ranges:
            return ()
        ends = {name: project(replace(a, **self._one_at_a_time(name, a))) for name, a in self.enterprises.items()}
        earned = [np.broadcast_to(MEASURES[EARNED](ends[name]), 2 * len(self.ranges)) for name in self.names]
        difference = (earned[1] - earned[0]).reshape(-1, 2)
        lives = {name: np.broadcast_to(x.lows.lives, 2 * len(self.ranges)).reshape(-1, 2) for name, x in ends.items()}
        found = (
            Dependence(
                each,
                (float(difference[i][0]), float(difference[i][1])),
                {name: (bool(both[i][0]), bool(both[i][1])) for name, both in lives.items()},
            )
            for i, each in enumerate(self.ranges.values())
        )
        return tuple(sorted(found, key=lambda each: -each.swing))

    def _one_at_a_time(self, enterprise: str, a: Assumptions) -> dict[str, Array]:
        """The firm twice for every range, at its low and at its high end, all else as it is: one sweep."""
        moved: dict[str, Array] = {}
        for i, each in enumerate(self.ranges.values()):
            name = each.uncertain.assumption
            if each.uncertain.enterprise in (None, enterprise):
                values = moved.setdefault(name, np.full(2 * len(self.ranges), float(getattr(a, name))))
                values[2 * i : 2 * i + 2] = each.uncertain.low, each.uncertain.high
        return moved

    @cached_property
    def chances(self) -> Chances | None:
        """What the draws say, all ranges independent of each other; None where there are no ranges."""
        if not self.ranges:
            return None
        drawn = sample([each.uncertain for each in self.ranges.values()], DRAWS, SEED)
        ends = {name: project(replace(a, **self._of(name, drawn))) for name, a in self.enterprises.items()}
        first, second = self.names
        difference = MEASURES[EARNED](ends[second]) - MEASURES[EARNED](ends[first])
        lives = {name: np.asarray(x.lows.lives) for name, x in ends.items()}
        more = np.asarray(difference > 0)
        p05, p50, p95 = map(float, np.percentile(difference[~np.isnan(difference)], (5, 50, 95)))
        shares = {name: float(np.mean(each)) for name, each in lives.items()}
        return Chances(shares, float(np.mean(more & lives[second])), (p05, p50, p95))

    def _of(self, enterprise: str, drawn: Mapping[str, Array]) -> dict[str, Array]:
        mine = (each.uncertain for each in self.ranges.values() if each.uncertain.enterprise in (None, enterprise))
        return {each.assumption: drawn[each.name] for each in mine}
