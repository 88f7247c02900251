"""How near results must be to the independent reading: 1e-9 of the largest amount of their year, rates 1e-6."""

from __future__ import annotations

import math

import numpy as np
from reference import Reference

from coopfin import LINES, MEASURES, Projection
from coopfin.capital import returns
from coopfin.comparison.measures import EARNS, UNIT_ECONOMICS
from coopfin.engine.lines import PER_PROVIDER

NEAR, NEAR_RATE = 1e-9, 1e-6
RATES = {"capital_irr": returns.capital_rate, "equity_irr": returns.equity_rate}
FLOWS = {"capital_irr": "capital", "equity_irr": "equity"}
FOR_ALL_PROVIDERS = {"paid_to_providers_total"}
OF_ONE = {"sales_per_provider", *(name for name, line in LINES.items() if line.statement == PER_PROVIDER)}


def near(ours: float, theirs: float | None, size: float) -> bool:
    if theirs is None or math.isnan(theirs):
        return math.isnan(ours)
    return abs(ours - theirs) <= NEAR * max(abs(theirs), size)


def amount(r: Reference, t: int) -> float:
    """The largest of a year's gross sales, costs and |cash|."""
    return max(r.years["gross_sales"][t], r.years["costs"][t], abs(r.years["cash"][t]))


def size_of(r: Reference, name: str, t: int) -> float:
    line = LINES[name]
    if line.unit == "count":  # who joins may be a difference of heads
        return max(r.years["providers"][t], r.years["providers"][max(0, t - 1)])
    if line.unit != "money":
        return 0.0
    if name in OF_ONE:
        active = r.years["active_providers"][t]
        return amount(r, t) / active if active > 0 else 0.0
    return amount(r, t)


def lines_apart(x: Projection, r: Reference) -> list[str]:
    """Every line and year in which the projection is not near the reading."""
    return [
        f"{name} of year {t}: {float(getattr(x, name)[t])!r} against {r.years[name][t]!r}"
        for name in LINES
        for t in range(x.years + 1)
        if not near(float(getattr(x, name)[t]), r.years[name][t], size_of(r, name, t))
    ]


def months_apart(x: Projection, r: Reference) -> list[str]:
    """Every line and month in which the projection is not near the reading."""
    return [
        f"{name} of month {month}: {float(getattr(x.months, name)[month])!r} against {r.months[name][month]!r}"
        for name, line in LINES.items()
        if line.by_month
        for month in range(12 * x.years + 1)
        if not near(float(getattr(x.months, name)[month]), r.months[name][month], size_of(r, name, (month + 11) // 12))
    ]


def measures_apart(x: Projection, r: Reference) -> list[str]:
    """Every measure that is not near the reading."""
    found = {name: float(measure(x)) for name, measure in MEASURES.items()}
    return [
        f"{name}: {found[name]!r} against {r.measures[name]!r}"
        for name in MEASURES
        if not (_rate_near(x, r, name) if name in RATES else near(found[name], r.measures[name], _measure_size(r, x, name)))
    ]


def _measure_size(r: Reference, x: Projection, name: str) -> float:
    measure, years = MEASURES[name], range(1, x.years + 1)
    largest = max(amount(r, t) for t in range(x.years + 1))
    if name == "equity_multiple":
        return largest / max(float(x.final.equity_paid_in), 1e-300)
    if name == "surplus_margin":
        return largest / max(float(x.total("revenue")), 1e-300)
    if measure.unit in ("share", "rate", "multiple"):
        return 1.0
    if measure.unit != "money":
        return 0.0
    if measure.section in (EARNS, UNIT_ECONOMICS) and name not in FOR_ALL_PROVIDERS:
        there = [r.years["active_providers"][t] for t in years if r.years["active_providers"][t] > 0]
        return largest / min(there) if there else 0.0
    return largest


def flows_apart(x: Projection, r: Reference, which: str) -> float:
    """How far the flows of outside capital are from the reading, of the largest amount."""
    ours, theirs = getattr(returns, f"{which}_flows")(x), np.array(r.flows[which])
    largest = max([*(amount(r, t) for t in range(x.years + 1)), float(np.abs(theirs).max())])
    return float(np.abs(ours - theirs).max()) / largest if largest > 0 else 0.0


def _rate_near(x: Projection, r: Reference, name: str) -> bool:
    if r.counts[name] is None:  # too close to call
        return True
    rate, theirs = RATES[name](x), r.measures[name]
    ours, expected = getattr(returns, f"{FLOWS[name]}_flows")(x), np.array(r.flows[FLOWS[name]])
    if np.abs(ours - expected).max() > 1e-11 * np.abs(expected[expected < 0]).sum():
        return True  # what flows is a small difference of large amounts: the flows are compared, not their rate
    if min(int(rate.count), 2) != r.counts[name] or theirs is None:
        return min(int(rate.count), 2) == r.counts[name]
    return abs(float(rate.value) - theirs) <= NEAR_RATE * max(1.0, abs(theirs))
