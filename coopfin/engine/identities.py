"""What must hold in every year for every possible input, as named functions.

Each returns the residual relative to the largest amount involved: 0 but for rounding, years first, then scenarios.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.engine.lines import LINES
from coopfin.engine.projection import Projection, project
from coopfin.engine.units import Array


def _residual(left: Array, right: Array, *involved: Array) -> Array:
    """``left - right`` over the largest amount involved in any year: small numbers come out of large sums."""
    largest = np.max(np.abs(np.stack([left, right, *involved])), axis=(0, 1))
    return (left - right) / np.where(largest > 0, largest, 1.0)


def balance_sheet(x: Projection) -> Array:
    """Cash equals all liabilities and equity."""
    liabilities = x.loan_balance + x.note_balance
    members = x.member_shares + x.allocated_equity
    investors = x.preferred + x.equity_paid_in
    common = x.grants + x.indivisible_reserve + x.development_fund + x.retained_earnings - x.accumulated_deficit
    return _residual(x.cash, liabilities + members + investors + common, x.gross_sales, x.accumulated_deficit)


def where_sales_go(x: Projection) -> Array:
    """Gross sales and ancillary income equal everything they are used for."""
    used = (
        x.provider_pay + x.costs + x.loan_interest + x.note_cost + x.tax + x.deficit_covered + x.reserve
        + x.preferred_dividend + x.share_interest + x.community + x.reinvestment + x.dividends + x.patronage + x.retained
    )  # fmt: skip
    return _residual(x.gross_sales + x.ancillary_revenue, used, x.costs, x.deficit_covered)


def tax_on_refunds(x: Projection) -> Array:
    """The tax is what the tax formula asks of the refunds really allotted."""
    a = x.assumptions
    taxable = np.maximum(0.0, x.tax_base) - x.losses_used - a.patronage_deductible * x.patronage
    return _residual(x.tax, a.tax_rate * np.maximum(0.0, taxable), x.surplus_before_tax, x.patronage)


def scale_of_money(x: Projection) -> Array:
    """Twice every money assumption gives twice every money line, and the same counts and ratios."""
    a = x.assumptions
    money = {name: 2 * getattr(a, name) for name, each in ASSUMPTIONS.items() if each.unit.name == "money"}
    doubled = project(replace(a, **money))
    factors = {"money": 2.0}
    residuals = [
        _residual(getattr(doubled, name), factors.get(line.unit, 1.0) * getattr(x, name)) for name, line in LINES.items()
    ]
    return np.max(np.nan_to_num(np.abs(np.stack(residuals))), axis=0)


IDENTITIES: Mapping[str, Callable[[Projection], Array]] = {
    each.__name__: each for each in (balance_sheet, where_sales_go, tax_on_refunds, scale_of_money)
}
