"""Tax and the use of the surplus, and what a year leaves in the accounts: formulas only; see ``market`` for the names."""

from __future__ import annotations

from typing import Any

from coopfin.engine.carriers import Carrier

UNLIMITED = 1e300


def tax(o: Carrier, a: Any, last: Any, y: Any) -> None:
    """The tax where refunds lower the tax and the tax lowers the refunds, exactly and without iteration.

    What is deducted grows with the allocatable surplus along three straight pieces: until preferred dividend and share
    interest are paid, until the members' business caps the refund, and beyond. ``left`` is what the allocatable
    surplus would be if nothing were deducted; each unit of it in piece i brings 1 ÷ (1 − rate · slope i).
    """
    y.tax_base = y.surplus_before_tax - y.programme - a.patronage_deductible * a.deduct_when_redeemed * y.redemption
    y.preferred_due = a.preferred_rate * last.preferred
    y.share_interest_due = a.share_interest_rate * (last.member_shares + last.allocated_equity)
    y.refund_limit = a.member_business * o.maximum(0.0, y.surplus_before_tax)

    y.surplus_before_deficit = y.surplus_before_tax - last.accumulated_deficit
    after_reserve = 1 - a.reserve_share
    refunded = after_reserve * a.patronage_share
    deducted_now = a.patronage_deductible * (1 - a.deduct_when_redeemed * (1 - a.patronage_cash_share))
    y.slope_reserve = a.reserve_deductible * a.reserve_share
    y.slope_capital = y.slope_reserve + after_reserve * a.share_interest_deductible
    y.slope_refund = y.slope_reserve + refunded * deducted_now
    y.piece_capital = o.where(after_reserve > 0, o.ratio(y.preferred_due + y.share_interest_due, after_reserve), UNLIMITED)
    y.piece_refund = o.where(refunded > 0, o.ratio(y.refund_limit, refunded), UNLIMITED)
    # Two ways to read the limit on old losses; the higher tax counts, and none is below 0.
    _asked(o, y, "without_losses", a.tax_rate * (1 - a.loss_offset_limit), y.tax_base)
    _asked(o, y, "with_losses", a.tax_rate, y.tax_base - last.losses_carried)
    y.tax = o.maximum(0.0, o.maximum(y.tax_without_losses, y.tax_with_losses))
    y.surplus = y.surplus_before_tax - y.tax


def _asked(o: Carrier, y: Any, way: str, rate: Any, base: Any) -> None:
    """The tax that equals ``rate`` × (``base`` − what is deducted after this tax), and the steps to it."""

    def step(name: str, value: Any) -> Any:
        setattr(y, f"{name}_{way}", value)
        return getattr(y, f"{name}_{way}")

    left = step("left", o.maximum(0.0, y.surplus_before_deficit - rate * base))
    per_unit = 1 - rate * y.slope_capital
    capital = step("for_capital", o.minimum(y.piece_capital, left / per_unit))
    left = step("left_after_capital", o.maximum(0.0, left - capital * per_unit))
    per_unit = 1 - rate * y.slope_refund
    refund = step("for_refund", o.minimum(y.piece_refund, left / per_unit))
    beyond = o.maximum(0.0, left - refund * per_unit) / (1 - rate * y.slope_reserve)
    step("tax", rate * (base - y.slope_capital * capital - y.slope_refund * refund - y.slope_reserve * beyond))


def appropriation(o: Carrier, a: Any, last: Any, y: Any) -> None:
    """Who gets the surplus, in order, and what of old losses it used."""
    y.allocatable = o.maximum(0.0, y.surplus - last.accumulated_deficit)
    y.deficit_covered = y.surplus - y.allocatable
    y.accumulated_deficit = o.maximum(0.0, last.accumulated_deficit - y.surplus)
    y.reserve = a.reserve_share * y.allocatable
    left = y.allocatable - y.reserve
    y.preferred_dividend = o.minimum(y.preferred_due, left)
    left = left - y.preferred_dividend
    y.share_interest = o.minimum(y.share_interest_due, left)
    y.distributable = left - y.share_interest
    y.community = a.community_share * y.distributable
    y.reinvestment = a.reinvestment_share * y.distributable
    y.dividends = a.dividend_share * y.distributable
    y.patronage = o.minimum(a.patronage_share * y.distributable, y.refund_limit)
    y.retained = y.distributable - y.community - y.reinvestment - y.dividends - y.patronage
    y.patronage_cash = a.patronage_cash_share * y.patronage
    y.patronage_retained = y.patronage - y.patronage_cash
    y.paid_at_year_end = (
        y.tax + y.community + y.preferred_dividend + y.share_interest + y.dividends + y.patronage_cash + y.redemption
    )

    deductions = (
        a.reserve_deductible * y.reserve
        + a.share_interest_deductible * (y.share_interest + y.preferred_dividend)
        + a.patronage_deductible * o.where(a.deduct_when_redeemed > 0, y.patronage_cash, y.patronage)
    )
    y.losses_used = o.minimum(last.losses_carried, a.loss_offset_limit * o.maximum(0.0, y.tax_base - deductions))
    y.losses_carried = last.losses_carried + o.maximum(0.0, -y.tax_base) - y.losses_used


def accounts(a: Any, last: Any, y: Any) -> None:
    """What a year leaves in the accounts that change only at its end."""
    y.allocated_equity = last.allocated_equity + y.patronage_retained - y.redemption
    y.indivisible_reserve = last.indivisible_reserve + y.reserve
    y.development_fund = last.development_fund + y.reinvestment - y.programme
    y.retained_earnings = last.retained_earnings + y.retained


def per_provider(o: Carrier, a: Any, y: Any) -> None:
    """What an active provider has of the year; empty (NaN) where nobody is active."""
    received = y.provider_pay + y.incentives + y.patronage_cash + y.share_interest + y.redemption
    nobody = float("nan")
    y.provider_income = o.ratio(received, y.active_providers, nobody)
    own_costs = a.provider_cost_rate * y.gross_sales / a.price
    y.provider_net_income = o.ratio(received - own_costs, y.active_providers, nobody)
    y.provider_benefits = o.ratio(y.benefits, y.active_providers, nobody)
