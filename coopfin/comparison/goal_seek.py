"""Goal seek on one assumption of one enterprise: "the lowest take rate at which cash never falls below 0".

The whole possible range is looked through first, in one sweep, so that a goal that is reached, lost and reached
again gives the right end; then the value is solved for between two neighbours, to the last bit. Values that cannot
stand beside the other assumptions are left out. What a page names as a cure comes from ``cures``, which asks here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coopfin.comparison.measures import MEASURES
from coopfin.engine.assumptions import ASSUMPTIONS, SPLIT, Assumptions
from coopfin.engine.declaration import Assumption, AssumptionError
from coopfin.engine.projection import Projection, project
from coopfin.engine.units import Array, number

POINTS = 401  # over the possible range, and as many over the plausible one
PIECES = 64  # into which each sweep of the solution divides what is left
BEYOND = 1000  # a range without an upper end is looked through up to this many times its plausible end
LONGEST = 40  # years, where nothing else ends the range
NOISE = 1e-3  # of what counts as no money: so near to 0 that it is shown as 0


LOWEST, HIGHEST, NEAREST = "lowest", "highest", "nearest"


@dataclass(frozen=True)
class Goal:
    """What is to be reached: in words, and as a margin that is 0 or more exactly where it is reached.

    ``margin`` takes a projection of many scenarios and gives one number for each; NaN counts as not reached.
    """

    words: str
    margin: Callable[[Projection], Array]


@dataclass(frozen=True)
class Found:
    """``value``: where the goal is reached, NaN where nowhere in the range; ``reason`` then says so in words.

    ``closest`` is the value that misses the goal least and ``shortfall`` by how much, both NaN where it is reached.
    ``everywhere``: every value looked at reaches the goal, so that ``value`` is an end of the range.
    """

    value: float
    reason: str = ""
    closest: float = np.nan
    shortfall: float = np.nan
    everywhere: bool = False


def _lowest_cash(x: Projection) -> Array:
    """The lowest cash, but for what rounding leaves around 0: where it is 0 or more, the judge of survival says it lives."""
    lowest = x.lows.lowest_cash
    return np.where(lowest > -NOISE * x.lows.tolerance, np.maximum(lowest, 0.0), lowest)


CASH_NEVER_BELOW_0 = Goal("cash never falls below 0", _lowest_cash)


def breaks_even_by(year: float) -> Goal:
    """The goal that some year up to ``year`` has a surplus."""
    return at_most("break_even_year", year)


def at_least(measure: str, target: float) -> Goal:
    """The goal that a measure of the comparison is ``target`` or more."""
    each = MEASURES[measure]
    return Goal(f"{each.label} is at least {number(target)}", lambda x: each(x) - target)


def at_most(measure: str, target: float) -> Goal:
    """The goal that a measure of the comparison is ``target`` or less."""
    each = MEASURES[measure]
    return Goal(f"{each.label} is at most {number(target)}", lambda x: target - each(x))


def lowest(a: Assumptions, name: str, goal: Goal) -> Found:
    """The lowest value of the assumption ``name`` at which ``goal`` is reached; all others stay as in ``a``."""
    return seek(a, name, goal, LOWEST)


def highest(a: Assumptions, name: str, goal: Goal) -> Found:
    """The highest value of the assumption ``name`` at which ``goal`` is reached; all others stay as in ``a``."""
    return seek(a, name, goal, HIGHEST)


def nearest(a: Assumptions, name: str, goal: Goal) -> Found:
    """The value of the assumption ``name`` nearest to where it stands at which ``goal`` is reached."""
    return seek(a, name, goal, NEAREST)


def seek(a: Assumptions, name: str, goal: Goal, which: str) -> Found:
    """The ``lowest``, ``highest`` or ``nearest`` value of one assumption at which ``goal`` is reached."""
    assumption, now = ASSUMPTIONS[name], float(getattr(a, name))

    def margin(value: Any) -> Array:
        return _margin(a, assumption, goal, value)

    values = candidates(a, assumption)
    if which == NEAREST:  # from where it stands, so that what needs no move is not moved
        values = np.unique(np.append(values, now))
    tried = values if assumption.structural else values[permitted(a, assumption, values)]
    if tried.size <= 1 < len(values):  # nothing to choose from
        return Found(np.nan, _why_refused(a, assumption, float(values[-1])))
    margins = margin(tried)
    if not np.any(margins >= 0) and not assumption.unit.whole:
        tried, margins = _with_the_best_between(tried, margins, margin)
    reached = np.flatnonzero(margins >= 0)
    if reached.size == 0:
        return _nowhere(a, assumption, goal, tried, margins)
    at = int({LOWEST: reached[0], HIGHEST: reached[-1], NEAREST: reached[np.argmin(abs(tried[reached] - now))]}[which])
    down = which == HIGHEST or (which == NEAREST and tried[at] < now)  # reached from above
    outside = at + 1 if down else at - 1
    if which == NEAREST and tried[at] == now:
        return Found(now, everywhere=reached.size == len(tried))
    if assumption.unit.whole or not 0 <= outside < len(tried):
        return Found(float(tried[at]), everywhere=reached.size == len(tried))
    return Found(_solve(margin, missed=float(tried[outside]), reached=float(tried[at])))


def candidates(a: Assumptions, assumption: Assumption) -> Array:
    """The values that are tried first, in rising order, from one end of the possible range to the other."""
    low, high = assumption.unit.low, assumption.unit.high
    plausible_low, plausible_high = assumption.plausible
    if assumption.unit.whole:
        longest = 12 * a.years if assumption.unit.name == "month" else LONGEST
        return np.arange(low, (high if high <= longest else max(longest, plausible_high)) + 1)
    if assumption.unit.low_open:
        low += 1e-6
    if assumption.name in SPLIT:  # the parts of the surplus are together at most the whole
        high = max(0.0, 1 - sum(float(getattr(a, name)) for name in SPLIT if name != assumption.name))
    if np.isfinite(high):
        whole_range = np.linspace(low, high, POINTS)
    else:
        whole_range = np.concatenate([[low], np.geomspace(plausible_high, BEYOND * plausible_high, POINTS)])
    plausible = np.linspace(plausible_low, plausible_high, POINTS)
    return np.unique(np.concatenate([whole_range, plausible[(plausible >= low) & (plausible <= high)]]))


def permitted(a: Assumptions, assumption: Assumption, values: Array) -> NDArray[np.bool_]:
    """Which of ``values`` can stand beside the other assumptions: a range is halved until all or nothing in it can."""
    if not _why_refused(a, assumption, values):
        return np.ones(len(values), dtype=bool)
    if len(values) == 1:
        return np.zeros(1, dtype=bool)
    half = len(values) // 2
    return np.concatenate([permitted(a, assumption, part) for part in (values[:half], values[half:])])


def _why_refused(a: Assumptions, assumption: Assumption, value: Any) -> str:
    try:
        replace(a, **{assumption.name: value})
    except AssumptionError as error:
        return str(error)
    return ""


def _margin(a: Assumptions, assumption: Assumption, goal: Goal, value: Any) -> Array:
    """The goal's margin at each of ``value``, or at the one; below 0 where it cannot be computed."""
    if assumption.structural and np.ndim(value):
        return np.array([float(_margin(a, assumption, goal, float(each))) for each in value])
    try:
        with np.errstate(all="ignore"):
            margins = np.asarray(goal.margin(project(replace(a, **{assumption.name: value}))))
    except AssumptionError:
        return np.full(np.shape(value), -np.inf)
    return np.where(np.isfinite(margins), margins, -np.inf)


def _with_the_best_between(tried: Array, margins: Array, margin: Callable[[Any], Array]) -> tuple[Array, Array]:
    """Also the best value near the best one tried: the goal may be reached only between two of them."""
    from scipy.optimize import minimize_scalar

    best = int(np.argmax(margins))
    ends = tried[max(best - 1, 0)], tried[min(best + 1, len(tried) - 1)]
    if not np.isfinite(margins[best]) or ends[0] == ends[1]:
        return tried, margins
    result = minimize_scalar(lambda value: -float(margin(float(value))), bounds=ends, method="bounded")
    values = np.append(tried, result.x)
    order = np.argsort(values)
    return values[order], np.append(margins, margin(float(result.x)))[order]


def _solve(margin: Callable[[Any], Array], *, missed: float, reached: float) -> float:
    """The value nearest to ``missed`` at which the goal is reached, up to rounding, and never one that misses it.

    Each sweep looks at ``PIECES`` values between the two, and goes on where the goal is first reached.
    """
    enough = abs(reached - missed) * np.finfo(float).eps
    while abs(reached - missed) > enough:
        between = np.linspace(missed, reached, PIECES + 1)
        between = between[(between != missed) & (between != reached)]
        if between.size == 0:
            break
        fine = np.append(margin(between) >= 0, True)
        first = int(np.argmax(fine))
        ends = np.concatenate([[missed], between, [reached]])
        missed, reached = float(ends[first]), float(ends[first + 1])
    return reached


def _nowhere(a: Assumptions, assumption: Assumption, goal: Goal, tried: Array, margins: NDArray[np.float64]) -> Found:
    span = f"{assumption.label} from {_readable(tried[0])} to {_readable(tried[-1])}"
    best = int(np.argmax(margins))
    if not np.isfinite(margins[best]):
        if refused := _why_refused(a, assumption, float(tried[best])):
            return Found(np.nan, refused)
        return Found(np.nan, f"{goal.words}: this cannot be computed at any {span}")
    closest, shortfall = float(tried[best]), float(-margins[best])
    reason = f"{goal.words}: no {span} does it; the closest is {_readable(closest)}, which misses it by {_readable(shortfall)}"
    return Found(np.nan, reason, closest, shortfall)


def _readable(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:.4g}"
