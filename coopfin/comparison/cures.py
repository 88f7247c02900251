"""What would it take? From a figure that is red, the levers that could mend it one by one.

Warnings, the desk, the page of the years and the printed page ask here, and so name the same cures for one gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from types import SimpleNamespace

import numpy as np

from coopfin.comparison.goal_seek import CASH_NEVER_BELOW_0, Goal, at_least, at_most, breaks_even_by, nearest
from coopfin.comparison.measures import HEADLINES, MEASURES
from coopfin.comparison.measures.declare import LOWER
from coopfin.comparison.verdict import Verdict, fate, judge
from coopfin.engine.assumptions import ASSUMPTIONS, Assumptions, conflicts
from coopfin.engine.declaration import Assumption
from coopfin.engine.projection import Projection, project
from coopfin.engine.units import Array

DRY, NO_SURPLUS = "lowest_cash", "break_even_year"
# What a firm decides by itself; the market is nobody's lever.
LEVERS = (
    "take_rate", "price", "dues", "open_doors", "overhead", "operations_rate", "product_team", "marketing_rate",
    "incentive_rate", "benefits_rate", "founder_pay", "governance_cost", "community_rate", "payout_days", "grants", "preferred",
    "loan", "preferred_rate", "equity_1_amount", "member_share", "patronage_share", "patronage_cash_share",
    "reserve_share", "community_share", "dividend_share",
)  # fmt: skip

TRIED = 41  # values of each lever, over its plausible range


@dataclass(frozen=True)
class Need:
    """A red figure: whose it is, which measure, and the goal at which it is red no more."""

    enterprise: str
    measure: str
    goal: Goal


@dataclass(frozen=True)
class Cure:
    """A lever of the firm, where it stands, and the nearest value that mends the figure, all else equal."""

    lever: str
    now: float
    value: float

    @property
    def reach(self) -> float:
        """How far it is moved, as a part of its plausible range."""
        low, high = ASSUMPTIONS[self.lever].plausible
        return abs(self.value - self.now) / (high - low)

    def after(self, a: Assumptions) -> Projection:
        """What becomes of the firm with it."""
        return project(replace(a, **{self.lever: self.value}))


def needs(projections: Mapping[str, Projection]) -> tuple[Need, ...]:
    """The red figures of one scenario, survival first: who runs dry, who never breaks even, who is behind the first firm."""
    return (*_survival(projections), *_behind(projections))


def _survival(projections: Mapping[str, Projection]) -> Iterator[Need]:
    fates = {name: fate(x) for name, x in projections.items()}
    yield from (Need(name, DRY, CASH_NEVER_BELOW_0) for name, each in fates.items() if each.runs_dry)
    for name, each in fates.items():
        if not each.breaks_even:
            yield Need(name, NO_SURPLUS, breaks_even_by(projections[name].years))


def _behind(projections: Mapping[str, Projection]) -> Iterator[Need]:
    (_, first), *others = projections.items()
    for measure in (each for each in HEADLINES if each != DRY):
        for name, x in others:
            values = float(MEASURES[measure](first)), float(MEASURES[measure](x))
            if judge(MEASURES[measure], *values, first.lows.lives, x.lows.lives) == Verdict.WORSE:
                yield Need(name, measure, _as_good_as(measure, values[0]))


def _as_good_as(measure: str, value: float) -> Goal:
    """Survival comes before advantage: a firm that runs dry on the way has not reached it."""
    goal = at_most(measure, value) if MEASURES[measure].better == LOWER else at_least(measure, value)

    def margin(x: Projection) -> Array:
        return np.minimum(goal.margin(x), CASH_NEVER_BELOW_0.margin(x))

    return Goal(f"{goal.words}, and {CASH_NEVER_BELOW_0.words}", margin)


def cures(a: Assumptions, goal: Goal) -> tuple[Cure, ...]:
    """Each lever that reaches the goal by itself within its plausible range, those moved least first.

    All levers are tried in one sweep, ``TRIED`` values of each; what is reached only between two of them may be missed.
    """
    found = (Cure(lever, float(getattr(a, lever)), nearest(a, lever, goal).value) for lever in _reaching(a, goal))
    moved = (each for each in found if not np.isnan(each.value) and each.value != each.now)
    return tuple(sorted(moved, key=lambda each: each.reach))


def _reaching(a: Assumptions, goal: Goal) -> list[str]:
    """The levers with some plausible value that reaches the goal."""
    tried = {lever: _values(ASSUMPTIONS[lever]) for lever in LEVERS}
    ends = np.cumsum([0, *map(len, tried.values())])
    moved = {}
    for (lever, values), start in zip(tried.items(), ends, strict=False):
        moved[lever] = np.full(ends[-1], float(getattr(a, lever)))
        moved[lever][start : start + len(values)] = values
    together = SimpleNamespace(**{name: moved.get(name, getattr(a, name)) for name in ASSUMPTIONS})
    broken = reduce(or_, (each for each, _ in conflicts(together)), np.zeros(ends[-1], dtype=bool))
    standing = {lever: np.where(broken, getattr(a, lever), values) for lever, values in moved.items()}
    with np.errstate(all="ignore"):
        reached = (goal.margin(project(replace(a, **standing))) >= 0) & ~broken
    return [lever for lever, start, stop in zip(tried, ends, ends[1:], strict=False) if reached[start:stop].any()]


def _values(lever: Assumption) -> Array:
    low, high = lever.plausible
    return np.arange(low, high + 1) if lever.unit.whole else np.linspace(low, high, TRIED)
