"""Figures that need two enterprises: each further one compared with the first."""

from __future__ import annotations

import numpy as np

from coopfin.comparison.measures.declare import EARNS, HIGHER, LOWER, NO_SALES, NOBODY, Value, pair_measure
from coopfin.comparison.measures.earns import provider_month
from coopfin.comparison.measures.takes import provider_keeps
from coopfin.engine.carriers import Carrier
from coopfin.engine.projection import Projection, carrier


def _carrier(first: Projection, x: Projection) -> Carrier:
    return carrier(first.assumptions if first.assumptions.shape else x.assumptions)


def _left(x: Projection) -> Value:
    """What is left of 1 of sales to a provider after own costs; NaN where there are no sales."""
    return provider_keeps(x) - x.assumptions.provider_cost_rate / x.assumptions.price


def _why_no_match(first: Projection, x: Projection) -> str:
    if any(np.any(np.isnan(_left(each))) for each in (first, x)):
        return NO_SALES
    return (
        "nothing is left to a provider here after own costs"
        if np.any(_left(x) <= 0)
        else ("nothing is left to a provider of the first after own costs")
    )


@pair_measure(
    "Sales needed to earn the same", "multiple", EARNS,
    "what is left of 1 of sales after own costs in the first ÷ the same here: with that part of the sales a provider earns the "
    "same here", better=LOWER, empty=_why_no_match,
)  # fmt: skip
def sales_to_match(first: Projection, x: Projection) -> Value:
    o, theirs, here = _carrier(first, x), _left(first), _left(x)
    return o.where((theirs > 0) & (here > 0), o.ratio(theirs, here), np.nan)


def _why_no_sales(first: Projection, x: Projection) -> str:
    idle = any(np.any(np.equal(each.total("active_providers"), 0)) for each in (first, x))
    return NOBODY if idle else "there are no sales in the first"


@pair_measure(
    "Sales a provider has", "multiple", EARNS, "gross sales per active provider, all years, here ÷ the same in the first",
    better=HIGHER, empty=_why_no_sales,
)  # fmt: skip
def sales_had(first: Projection, x: Projection) -> Value:
    o = _carrier(first, x)

    def sold(each: Projection) -> Value:
        return o.ratio(each.total("gross_sales"), each.total("active_providers"), np.nan)

    return o.ratio(sold(x), sold(first), np.nan)


@pair_measure(
    "Better, and never short of cash", "share", EARNS,
    "share of draws in which more is left to a provider a month than in the first and there is no funding gap",
    better=HIGHER, of_draws=True,
)  # fmt: skip
def better_and_solvent(first: Projection, x: Projection) -> Value:
    better = np.greater(provider_month(x), provider_month(first)) & x.lows.lives
    return better.astype(float)
