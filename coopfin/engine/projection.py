"""The statements of one enterprise, year by year, in the order of an annual report.

``project`` knows no marketplace and no cooperative: ownership is in the numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from types import SimpleNamespace
from typing import Any, TypeVar

import numpy as np

from coopfin.engine.assumptions import Assumptions
from coopfin.engine.lines import LINES, Lines
from coopfin.engine.loan import payment
from coopfin.engine.units import Array


@dataclass(frozen=True)
class Projection(Lines):
    """Every statement line, an array with the year first (0..years) and the scenarios after it."""

    assumptions: Assumptions = field(kw_only=True)
    _remembered: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def years(self) -> int:
        """The horizon: the last year."""
        return int(self.assumptions.years)


Result = TypeVar("Result")


def once(function: Callable[[Projection], Result]) -> Callable[[Projection], Result]:
    """A function of a projection that is worked out once for each: several measures share its result."""

    @wraps(function)
    def call(x: Projection) -> Result:
        if function.__qualname__ not in x._remembered:
            x._remembered[function.__qualname__] = function(x)
        return x._remembered[function.__qualname__]

    return call


def project(a: Assumptions) -> Projection:
    """The projection of one enterprise over years 0..``a.years``, for one scenario or for arrays of them.

    Money lines in the assumptions' currency, nominal; shape of each line ``(years + 1, *a.shape)``. A scenario in
    an array gives the same result, bit for bit, as alone.
    """
    lines = {name: np.empty((a.years + 1, *a.shape)) for name in LINES}
    # Extreme but possible values may overflow: the result is then infinite and refused where it would be shown.
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        now = _opening(a)
        for t in range(a.years + 1):
            if t > 0:
                redeemed = t - a.redemption_years
                redemption = lines["patronage_retained"][redeemed] if 0 < redeemed < t else np.zeros(a.shape)
                now = _trading_year(a, t, now, redemption)
            for name, values in lines.items():
                values[t] = getattr(now, name)
    return Projection(**lines, assumptions=a)


def _rounds_of(a: Assumptions, year: int) -> Array:
    return sum((entry.amount for entry in a.rounds if entry.year == year), start=np.zeros(a.shape))


def _opening(a: Assumptions) -> SimpleNamespace:
    """Year 0: the capital paid in, before anything is sold. Lines that belong to a trading year are 0."""
    y = SimpleNamespace(**dict.fromkeys(LINES, np.zeros(a.shape)))
    y.providers = a.providers
    y.price_level = 1.0
    y.equity_raised = _rounds_of(a, 0)
    y.equity_paid_in = y.equity_raised
    y.member_shares = a.member_share * a.providers
    y.member_shares_issued = y.member_shares
    y.loan_balance = a.loan
    y.preferred = a.preferred
    y.note_balance = a.note
    y.note_unpaid = a.note * a.note_cap
    y.grants = a.grants
    y.cash = y.equity_raised + a.loan + a.preferred + a.note + a.grants + y.member_shares
    return y


def _trading_year(a: Assumptions, t: int, last: SimpleNamespace, redemption: Array) -> SimpleNamespace:
    """Year ``t`` ≥ 1 out of the year before. Powers are rolled forward, so a scenario equals itself in a sweep."""
    y = SimpleNamespace(redemption=redemption)

    # Activity
    y.programme = last.reinvestment
    trend = a.growth_first if a.years == 1 else a.growth_first + (a.growth_last - a.growth_first) * (t - 1) / (a.years - 1)
    intensity = np.where(last.gross_sales > 0, y.programme / last.gross_sales, 0.0)
    y.growth = trend + a.growth_response * intensity
    y.providers = last.providers * (1 + y.growth)
    y.recruits = np.maximum(0.0, y.providers - last.providers * (1 - a.churn))
    y.sales_per_provider = a.sales_per_provider if t == 1 else last.sales_per_provider * (1 + a.sales_growth)
    y.gross_sales = y.providers * y.sales_per_provider
    y.price_level = 1.0 if t == 1 else last.price_level * (1 + a.inflation)

    # Income statement
    y.commission = a.take_rate * y.gross_sales
    y.provider_pay = y.gross_sales - y.commission
    y.ancillary_revenue = a.ancillary_rate * y.gross_sales
    y.revenue = y.commission + y.ancillary_revenue
    y.payment_processing = a.processing_rate * y.gross_sales
    y.service_costs = a.service_rate * y.gross_sales
    y.operations = a.operations_rate * y.revenue
    y.overhead_costs = a.overhead * y.price_level
    y.product = a.product_rate * y.revenue
    y.marketing = a.marketing_rate * y.revenue
    y.acquisition = a.acquisition_cost * y.price_level * y.recruits
    y.governance = a.governance_cost * y.price_level * y.providers
    y.costs = (
        y.payment_processing + y.service_costs + y.operations + y.overhead_costs
        + y.product + y.marketing + y.acquisition + y.governance
    )  # fmt: skip
    y.operating_surplus = y.revenue - y.costs
    y.loan_interest, y.loan_principal, y.loan_balance = payment(a.loan, a.loan_rate, a.loan_years, t)
    note_payment = np.minimum(a.note_rate * y.revenue, last.note_unpaid)
    y.note_principal = note_payment / a.note_cap
    y.note_cost = note_payment - y.note_principal
    y.note_unpaid = last.note_unpaid - note_payment
    y.note_balance = y.note_unpaid / a.note_cap
    y.surplus_before_tax = y.operating_surplus - y.loan_interest - y.note_cost
    y.tax_base = y.surplus_before_tax - y.programme
    y.losses_used = np.minimum(last.losses_carried, a.loss_offset_limit * np.maximum(0.0, y.tax_base))
    y.losses_carried = last.losses_carried + np.maximum(0.0, -y.tax_base) - y.losses_used
    share_interest_due = a.share_interest_rate * (last.member_shares + last.allocated_equity)
    y.tax = _tax(a, y, last.accumulated_deficit, a.preferred_rate * a.preferred + share_interest_due)
    y.surplus = y.surplus_before_tax - y.tax

    # Appropriation
    y.allocatable = np.maximum(0.0, y.surplus - last.accumulated_deficit)
    y.deficit_covered = y.surplus - y.allocatable
    y.accumulated_deficit = np.maximum(0.0, last.accumulated_deficit - y.surplus)
    y.reserve = a.reserve_share * y.allocatable
    left = y.allocatable - y.reserve
    y.preferred_dividend = np.minimum(a.preferred_rate * a.preferred, left)
    left = left - y.preferred_dividend
    y.share_interest = np.minimum(share_interest_due, left)
    y.distributable = left - y.share_interest
    y.community = a.community_share * y.distributable
    y.reinvestment = a.reinvestment_share * y.distributable
    y.dividends = a.dividend_share * y.distributable
    y.patronage = a.patronage_share * y.distributable
    y.retained = y.distributable - y.community - y.reinvestment - y.dividends - y.patronage
    y.patronage_cash = a.patronage_cash_share * y.patronage
    y.patronage_retained = y.patronage - y.patronage_cash

    # Cash and balance sheet
    y.equity_raised = _rounds_of(a, t)
    y.member_shares = a.member_share * y.providers
    y.member_shares_issued = y.member_shares - last.member_shares
    y.cash = (
        last.cash + y.equity_raised + y.surplus - y.programme - y.community - y.preferred_dividend - y.share_interest
        - y.dividends - y.patronage_cash - y.loan_principal - y.note_principal - y.redemption + y.member_shares_issued
    )  # fmt: skip
    y.preferred = last.preferred
    y.grants = last.grants
    y.equity_paid_in = last.equity_paid_in + y.equity_raised
    y.allocated_equity = last.allocated_equity + y.patronage_retained - y.redemption
    y.indivisible_reserve = last.indivisible_reserve + y.reserve
    y.development_fund = last.development_fund + y.reinvestment - y.programme
    y.retained_earnings = last.retained_earnings + y.retained
    received = y.provider_pay + y.patronage_cash + y.share_interest + y.redemption
    y.provider_income = np.where(y.providers > 0, received / y.providers, np.nan)
    return y


def _tax(a: Assumptions, y: SimpleNamespace, deficit: Array, due_before_split: Array) -> Array:
    """Income tax where the patronage refund lowers the tax and the tax lowers the refund, in closed form.

    ``full`` is the tax if refunds were not deductible, ``distributable`` what could then be split. Each unit of tax
    saved adds ``echo`` to what can be deducted, so the saving is the sum of a geometric series, at most all of it.
    """
    taxable = np.maximum(0.0, y.tax_base) - y.losses_used
    full = a.tax_rate * taxable
    after_reserve = (1 - a.reserve_share) * np.maximum(0.0, y.surplus_before_tax - full - deficit)
    distributable = np.maximum(0.0, after_reserve - due_before_split)
    saved_by_refund = a.tax_rate * a.patronage_deductible * a.patronage_share
    echo = saved_by_refund * (1 - a.reserve_share)
    # A tax of 100 % with every unit deductible leaves the tax open; the cooperative then refunds all and owes none.
    all_refunded = (echo >= 1) & (y.surplus_before_tax - full - deficit - due_before_split >= 0)
    saving = np.where(all_refunded, full, saved_by_refund * distributable / np.where(echo < 1, 1 - echo, 1.0))
    return np.maximum(0.0, full - saving)
