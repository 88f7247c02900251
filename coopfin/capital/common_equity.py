"""Equity that nobody owns individually, and credited refunds that fall due later."""

from __future__ import annotations

import numpy as np

from coopfin.engine.projection import Projection
from coopfin.engine.units import Array


def results(x: Projection) -> Array:
    """Grants, development fund and what was retained, less the deficit, by year: a sale gives them to shareholders."""
    return x.grants + x.development_fund + x.retained_earnings - x.accumulated_deficit


def in_common(x: Projection) -> Array:
    """Equity that nobody can call their own, by year; below 0 where losses are larger than all of it.

    The indivisible reserve always; grants, development fund and results where the enterprise is never sold.
    """
    return x.indivisible_reserve + np.where(x.assumptions.exit_multiple > 0, 0.0, results(x))


def equity(x: Projection) -> Array:
    """All equity by year: reserve and results, members' capital, preferred shares and investors' rounds."""
    return x.indivisible_reserve + results(x) + x.member_shares + x.allocated_equity + x.preferred + x.equity_paid_in


def common_share(x: Projection) -> Array:
    """The share of equity held in common, by year; NaN where there is none or losses have used it up."""
    common, whole = in_common(x), equity(x)
    there = (common >= 0) & (whole > 0)
    return np.where(there, common / np.where(there, whole, 1), np.nan)


def due_later(x: Projection) -> Array:
    """What is credited to members and falls due after the horizon, year by year from the first year after it.

    Empty where credited refunds are not paid back (``redemption_years`` 0): then no year is set for any of it.
    """
    term = x.assumptions.redemption_years
    by_year = [
        x.patronage_retained[year - term] if year - term >= 1 else np.zeros_like(x.cash[0])
        for year in range(x.years + 1, x.years + 1 + term)
    ]
    return np.stack(by_year) if by_year else np.zeros((0, *x.cash.shape[1:]))
