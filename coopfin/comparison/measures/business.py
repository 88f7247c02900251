"""The business: size, revenue, costs and surplus, and what one provider brings."""

from __future__ import annotations

from functools import reduce
from operator import sub

import numpy as np

from coopfin.comparison.measures.declare import (
    BUSINESS,
    HIGHER,
    LOWER,
    NO_REVENUE,
    UNIT_ECONOMICS,
    Value,
    measure,
    over,
    total,
)
from coopfin.comparison.measures.earns import NOBODY_FIRST, stay, why_no_stay
from coopfin.engine.lines import LINES
from coopfin.engine.projection import Projection, carrier


@measure("Providers, last year", "count", BUSINESS, "providers at the end of the last year", better=HIGHER, headline=8)
def providers_final(x: Projection) -> Value:
    return x.final.providers


total("gross_sales", "Gross sales", BUSINESS, "what buyers paid through the platform, all years", better=HIGHER)
total("revenue", "Revenue", BUSINESS, "commission + advertising and data income, all years", better=HIGHER)
total("costs", "Costs", BUSINESS, "all operating costs, all years; without interest and tax")


@measure("Product budget", "money", BUSINESS, "product and engineering + development programme, all years", better=HIGHER)
def product_total(x: Projection) -> Value:
    return x.total("product") + x.total("programme")


total("acquisition", "Recruiting providers", BUSINESS, "providers who join × cost of recruiting one, all years")
total("operating_surplus", "Operating surplus", BUSINESS, "revenue − costs, all years", better=HIGHER)
total(
    "surplus", "Surplus", BUSINESS, "revenue − costs + interest earned − interest paid − tax, all years; losses count against it",
    better=HIGHER, headline=4,
)  # fmt: skip


@measure("Surplus margin", "share", BUSINESS, "surplus, all years ÷ revenue, all years", better=HIGHER, empty=NO_REVENUE)
def surplus_margin(x: Projection) -> Value:
    return over(x, x.total("surplus"), x.total("revenue"))


total("tax", "Income tax", BUSINESS, "corporate income tax, all years")

_VARIABLE = tuple(name for name, line in LINES.items() if line.variable)


@measure(
    "Contribution of a provider", "money", UNIT_ECONOMICS,
    "(revenue − costs that grow with the business) ÷ months of active providers, year 1: payment, service, bad debts, bonuses, "
    "benefits, operations, community and democracy",
    better=HIGHER, empty=NOBODY_FIRST,
)  # fmt: skip
def contribution(x: Projection) -> Value:
    left = reduce(sub, (getattr(x.first, name) for name in _VARIABLE), x.first.revenue)
    return over(x, left, 12 * x.first.active_providers)


def _why_no_lifetime(x: Projection) -> str:
    if np.any(np.equal(x.first.active_providers, 0)):
        return NOBODY_FIRST
    if np.any(np.equal(x.first.leavers, 0)):
        return f"{why_no_stay(x)} in year 1"
    return "recruiting costs nothing"


@measure(
    "Lifetime contribution to recruiting cost", "multiple", UNIT_ECONOMICS,
    "contribution a month × months a provider stays, both of year 1 ÷ cost of recruiting one",
    better=HIGHER, empty=_why_no_lifetime,
)  # fmt: skip
def lifetime_to_cost(x: Projection) -> Value:
    return over(x, contribution(x) * stay(x, 1), x.assumptions.acquisition_cost)


@measure(
    "Payback of recruiting", "month", UNIT_ECONOMICS, "cost of recruiting one provider ÷ contribution a month, year 1",
    better=LOWER,
    empty=lambda x: NOBODY_FIRST if np.any(np.equal(x.first.active_providers, 0)) else "a provider's contribution is not above 0",
)  # fmt: skip
def acquisition_payback(x: Projection) -> Value:
    brought = contribution(x)
    o = carrier(x.assumptions)
    return o.where(brought > 0, o.ratio(x.assumptions.acquisition_cost, brought), np.nan)
