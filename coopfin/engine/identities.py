"""What must hold in every year and month for every possible input, as named functions.

Each returns the residual relative to the largest amount involved: 0 but for rounding; years or months first, then
scenarios. Source: the model's text, section 2, identities.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import reduce
from operator import add

import numpy as np

from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.engine.lines import LAST, LINES, MEAN, parts
from coopfin.engine.projection import Projection, project
from coopfin.engine.units import Array

# What is known of a year only at its end, when tax and appropriation are.
AT_YEAR_END = tuple(each for each in parts("liabilities_and_equity") if not each.by_month)
BY_MONTH = tuple(each for each in parts("liabilities_and_equity") if each.by_month)
USES = (
    "provider_pay", "costs", "loan_interest", "note_cost", "tax", "deficit_covered", "reserve", "preferred_dividend",
    "share_interest", "community", "reinvestment", "dividends", "patronage", "retained",
)  # fmt: skip
USES_BEFORE_TAX = ("provider_pay", "costs", "loan_interest", "note_cost", "surplus_before_tax")


def _residual(left: Array, right: Array, *involved: Array) -> Array:
    """``left - right`` over the largest amount involved at any time: small numbers come out of large sums."""
    largest = reduce(np.maximum, (np.max(np.abs(each), axis=0) for each in (left, right, *involved)))
    return np.asarray((left - right) / np.where(largest > 0, largest, 1.0))


def balance_sheet(x: Projection) -> Array:
    """Cash and what buyers owe equal all liabilities and equity, at every year's end."""
    right = reduce(add, (each.sign * getattr(x, each.name) for each in parts("liabilities_and_equity")))
    return _residual(x.cash + x.receivables, right, x.gross_sales, x.cash, x.costs, x.accumulated_deficit)


def balance_sheet_by_month(x: Projection) -> Array:
    """Cash and what buyers owe equal all liabilities and equity in every month, the year's result so far among them."""
    months = x.months
    right = reduce(add, (each.sign * getattr(months, each.name) for each in BY_MONTH))
    year_end = reduce(add, (each.sign * getattr(x, each.name) for each in AT_YEAR_END))
    right[0] += year_end[0]
    for t in range(1, x.years + 1):
        so_far = year_end[t - 1]
        for month in range(12 * t - 11, 12 * t):
            so_far = so_far + months.surplus_before_tax[month] - x.programme[t] / 12
            right[month] += so_far
        right[12 * t] += year_end[t]
    return _residual(months.cash + months.receivables, right, x.gross_sales, x.cash, x.costs, x.accumulated_deficit)


def where_sales_go(x: Projection) -> Array:
    """Gross sales, ancillary income and interest earned equal everything they are used for, in every year."""
    used = reduce(add, (getattr(x, name) for name in USES))
    return _residual(x.gross_sales + x.ancillary_revenue + x.interest_income, used, x.costs, x.deficit_covered)


def where_sales_go_by_month(x: Projection) -> Array:
    """Gross sales, ancillary income and interest earned equal what they are used for before tax, in every month."""
    months = x.months
    used = reduce(add, (getattr(months, name) for name in USES_BEFORE_TAX))
    return _residual(
        months.gross_sales + months.ancillary_revenue + months.interest_income, used, months.costs, months.surplus_before_tax
    )


def tax_on_refunds(x: Projection) -> Array:
    """The tax is what the tax formula asks of what is really allotted."""
    a = x.assumptions
    refund = np.where(np.greater(a.deduct_when_redeemed, 0), x.patronage_cash, x.patronage)
    deducted = (
        a.reserve_deductible * x.reserve
        + a.share_interest_deductible * (x.share_interest + x.preferred_dividend)
        + a.patronage_deductible * refund
    )
    left = np.maximum(0.0, x.tax_base - deducted)
    asked, carried = np.zeros_like(left), np.zeros(left.shape[1:])
    for t in range(1, x.years + 1):
        used = np.minimum(carried, a.loss_offset_limit * left[t])
        asked[t] = a.tax_rate * (left[t] - used)
        carried = carried + np.maximum(0.0, -x.tax_base[t]) - used
    return _residual(x.tax, asked, x.surplus_before_tax, x.tax_base, deducted, carried[None])


def months_make_the_year(x: Projection) -> Array:
    """The months of every flow add up to its year; a stock is that of the last month, an index the mean."""
    residuals = []
    for name, line in LINES.items():
        if not line.by_month:
            continue
        of_year = getattr(x.months, name)[1:].reshape(x.years, 12, *x.assumptions.shape)
        found = of_year[:, -1] if line.year == LAST else of_year.sum(axis=1) / (12 if line.year == MEAN else 1)
        # Money lines are differences of sales and costs, heads those of heads.
        size = (x.gross_sales, x.costs, x.surplus_before_tax) if line.unit == "money" else (x.providers,)
        residuals.append(_residual(found, getattr(x, name)[1:], *size))
    return np.max(np.abs(np.stack(residuals)), axis=0)


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
    each.__name__: each
    for each in (
        balance_sheet,
        balance_sheet_by_month,
        where_sales_go,
        where_sales_go_by_month,
        tax_on_refunds,
        months_make_the_year,
        scale_of_money,
    )
}
