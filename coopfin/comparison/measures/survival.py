"""Whether the firm lives: cash at its lowest, and the first year with a surplus."""

from __future__ import annotations

import numpy as np

from coopfin.comparison.measures.declare import HIGHER, LOWER, SURVIVAL, Value, measure
from coopfin.engine.projection import Projection, carrier


@measure(
    "First month short of cash", "month", SURVIVAL,
    "the first month in which cash, without what is received in it, is below 0; month 1 is the first after the launch",
    moment=True, empty="cash is never short",
)  # fmt: skip
def first_short_month(x: Projection) -> Value:
    return x.lows.first_short_month


@measure(
    "Lowest cash", "money", SURVIVAL,
    "the lowest cash of any month's end, launch included, without the capital received in the month; below 0 it is missing",
    better=HIGHER, headline=7,
)  # fmt: skip
def lowest_cash(x: Projection) -> Value:
    return x.lows.lowest_cash


@measure("Month of lowest cash", "month", SURVIVAL, "the month at whose end cash is lowest; 0 is the launch", moment=True)
def lowest_cash_month(x: Projection) -> Value:
    return x.lows.lowest_cash_month


@measure("Funding gap", "money", SURVIVAL, "what is missing at the lowest point of cash; 0 if cash is never short", better=LOWER)
def funding_gap(x: Projection) -> Value:
    return x.lows.funding_gap


@measure(
    "Break-even year", "years", SURVIVAL, "the first year with a surplus above 0, after interest and tax",
    better=LOWER, moment=True, empty=lambda x: f"no surplus in any of the {x.years} years",
)  # fmt: skip
def break_even_year(x: Projection) -> Value:
    o, nothing = carrier(x.assumptions), x.lows.tolerance
    first = np.nan
    for t in range(x.years, 0, -1):
        first = o.where(x.year(t).surplus > nothing, float(t), first)
    return first
