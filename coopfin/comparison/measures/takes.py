"""What the platform takes of sales, and who votes and owns."""

from __future__ import annotations

from coopfin.capital.cap_table import ownership
from coopfin.comparison.measures.declare import HIGHER, LOWER, NO_SALES, OWNERSHIP, TAKES, Value, measure, over
from coopfin.engine.projection import Projection


@measure("Take rate, year 1", "share", TAKES, "commission as a share of gross sales in year 1, as set", better=LOWER)
def take_rate(x: Projection) -> Value:
    return x.assumptions.take_rate


@measure("Take rate, last year", "share", TAKES, "take rate of year 1 + the yearly step × (years − 1)", better=LOWER)
def take_rate_final(x: Projection) -> Value:
    return x.final.take


@measure(
    "Take rate after bonuses and refunds", "share", TAKES,
    "(commission, with fees per order and dues − bonuses − refunds to members) ÷ gross sales, all years",
    better=LOWER, empty=NO_SALES,
)  # fmt: skip
def effective_take_rate(x: Projection) -> Value:
    taken = x.total("commission") - x.total("incentives") - x.total("patronage")
    return over(x, taken, x.total("gross_sales"))


@measure(
    "What providers keep", "share", TAKES, "1 − take rate after bonuses and refunds", better=HIGHER, headline=2, empty=NO_SALES
)
def provider_keeps(x: Projection) -> Value:
    return 1 - effective_take_rate(x)


@measure("What buyers pay", "multiple", TAKES, "price here ÷ price in the market, as set")
def buyer_price(x: Projection) -> Value:
    return x.assumptions.price


@measure(
    "Providers' votes", "share", OWNERSHIP, "the share of votes held by those who work or sell through the platform",
    better=HIGHER, headline=3,
)  # fmt: skip
def provider_votes(x: Projection) -> Value:
    return x.assumptions.provider_votes


@measure("Owned by investors", "share", OWNERSHIP, "shares of rounds and converted papers ÷ all shares, at the horizon")
def outside_ownership(x: Projection) -> Value:
    return ownership(x)[-1].table.outside
