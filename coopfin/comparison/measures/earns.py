"""What a provider earns: by month, by year, and over all years."""

from __future__ import annotations

from functools import reduce
from operator import add

import numpy as np

from coopfin.capital import returns
from coopfin.comparison.measures.declare import EARNS, HIGHER, LOWER, NO_PROVIDERS, NOBODY, Value, idle_year, measure, over
from coopfin.engine.projection import Projection, carrier

NOBODY_FIRST = "nobody is active in year 1"
NOBODY_LAST = "nobody is active in the last year"


@measure(
    "Left to a provider a month", "money", EARNS,
    "income after own costs of all active providers, all years ÷ months they were active: pay, bonuses, refunds in cash, "
    "interest and refunds paid back, less vehicle, tools and materials",
    better=HIGHER, headline=1, empty=NOBODY,
)  # fmt: skip
def provider_month(x: Projection) -> Value:
    o = carrier(x.assumptions)
    years = [x.year(t) for t in range(1, x.years + 1)]
    earned = [o.where(y.active_providers > 0, y.provider_net_income * y.active_providers, 0.0) for y in years]
    return over(x, reduce(add, earned), 12 * x.total("active_providers"))


@measure(
    "Left to a provider a month, year 1", "money", EARNS, "income after own costs of an active provider in year 1 ÷ 12",
    better=HIGHER, empty=NOBODY_FIRST,
)  # fmt: skip
def provider_month_first(x: Projection) -> Value:
    return x.first.provider_net_income / 12


@measure(
    "Left to a provider a month, last year", "money", EARNS, "income after own costs of an active provider in the last year ÷ 12",
    better=HIGHER, empty=NOBODY_LAST,
)  # fmt: skip
def provider_month_final(x: Projection) -> Value:
    return x.final.provider_net_income / 12


@measure(
    "Benefits of a provider a month", "money", EARNS,
    "social protection, insurance and sick pay of all active providers, all years ÷ months they were active",
    better=HIGHER, empty=NOBODY,
)  # fmt: skip
def provider_benefits_month(x: Projection) -> Value:
    return over(x, x.total("benefits"), 12 * x.total("active_providers"))


def stay(x: Projection, last: int) -> Value:
    """How many months a provider stays, judged by the years 1..``last``; NaN where nobody leaves.

    Active in a month is the mean of those there at its start and end, so those at the starts follow from the year.
    """
    there: Value = 0.0
    leavers: Value = 0.0
    for t in range(1, last + 1):
        y = x.year(t)
        there = there + (12 * y.active_providers - (y.providers - x.year(t - 1).providers) / 2)
        leavers = leavers + y.leavers
    return over(x, there, leavers)


def why_no_stay(x: Projection) -> str:
    """Why nobody leaves."""
    return NO_PROVIDERS if np.any(np.equal(x.assumptions.providers, 0)) else "nobody leaves"


@measure(
    "How long a provider stays", "month", EARNS, "providers at the months' starts ÷ those who leave, all years",
    better=HIGHER, empty=why_no_stay,
)  # fmt: skip
def expected_stay(x: Projection) -> Value:
    return stay(x, x.years)


@measure(
    "Pay per provider, year 1", "money", EARNS, "gross sales − commission, per active provider, in year 1",
    better=HIGHER, empty=NOBODY_FIRST,
)  # fmt: skip
def provider_pay_first(x: Projection) -> Value:
    return over(x, x.first.provider_pay, x.first.active_providers)


@measure(
    "Pay per provider, last year", "money", EARNS, "gross sales − commission, per active provider, in the last year",
    better=HIGHER, empty=NOBODY_LAST,
)  # fmt: skip
def provider_pay_final(x: Projection) -> Value:
    return over(x, x.final.provider_pay, x.final.active_providers)


@measure(
    "Income per provider, last year", "money", EARNS,
    "(pay + bonuses + cash refunds + interest on members' capital + refunds paid back) per active provider, in the last year",
    better=HIGHER, empty=NOBODY_LAST,
)  # fmt: skip
def provider_income_final(x: Projection) -> Value:
    return x.final.provider_income


def _of_one_who_stays(line: str, label: str, words: str) -> None:
    def compute(x: Projection) -> Value:
        return x.total(line)

    compute.__name__ = f"{line}_total"
    measure(label, "money", EARNS, words, better=HIGHER, empty=idle_year)(compute)


_of_one_who_stays(
    "provider_income", "Income of one who stays, all years",
    "income per active provider added up over the years, for one who stays from launch to horizon",
)  # fmt: skip
_of_one_who_stays(
    "provider_net_income", "Left to one who stays, all years",
    "income after own costs added up over the years, for one who stays from launch to horizon",
)  # fmt: skip
_of_one_who_stays(
    "provider_benefits", "Benefits of one who stays, all years",
    "social protection, insurance and sick pay per active provider added up over the years",
)  # fmt: skip


@measure(
    "Worth today to one who stays", "money", EARNS,
    "present value of that income, less the member share paid at launch, plus share and account at the horizon",
    better=HIGHER, empty=idle_year,
)  # fmt: skip
def provider_value(x: Projection) -> Value:
    return returns.provider_value(x)


@measure(
    "Paid to all providers", "money", EARNS,
    "pay + bonuses + refunds, in cash and credited + interest on their capital, all years", better=HIGHER,
)  # fmt: skip
def paid_to_providers_total(x: Projection) -> Value:
    return reduce(add, map(x.total, ("provider_pay", "incentives", "patronage", "share_interest")))


@measure("Days until providers are paid", "days", EARNS, "how long the platform takes to pay providers, as set", better=LOWER)
def payout_days(x: Projection) -> Value:
    return x.assumptions.payout_days
