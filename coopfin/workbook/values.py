"""What the engine says of every row of an enterprise's sheets, so that cells show a value without recalculation."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from coopfin.engine import finance, market
from coopfin.engine.carriers import Floats
from coopfin.engine.projection import Projection
from coopfin.workbook.formulas import AT_LAUNCH, CHECKS, FLOWS_OUTSTANDING
from coopfin.workbook.symbols import NONE


def cached(value: Any) -> float | str:
    """One value as it is kept beside a formula; what is too large to compute is the error a spreadsheet gives."""
    if isinstance(value, str):
        return value
    number = float(value)
    if math.isnan(number):
        return NONE
    return number + 0.0 if math.isfinite(number) else "#NUM!"


def at_launch(x: Projection) -> Mapping[str, float]:
    """What is set at the launch, by name."""
    a, y = x.assumptions, SimpleNamespace()
    market.launch(Floats, a, y)
    finance.terms(Floats, a, y)
    for wait in FLOWS_OUTSTANDING:
        for back, part in enumerate(finance.waiting(Floats, getattr(a, f"{wait}_days"))):
            setattr(y, f"{wait}_{back}", part)
    largest = max(1.0, x.gross_sales.max(), x.costs.max(), x.cash.max(), -x.cash.min())
    return {
        **vars(y),
        "lowest_cash": float(x.lows.lowest_cash),
        "tolerance": float(x.lows.tolerance),
        "largest_amount": float(largest),
        "split_check": 0.0,
    }


def of_year(x: Projection, year: int) -> Mapping[str, Any]:
    """Lines and steps of a year, by name."""
    low = {"cash_low": x.cash_low[year], "cash_low_month": x.cash_low_month[year]}
    lowest = low["cash_low"] <= x.lows.lowest_cash + x.lows.tolerance
    low["month_if_lowest_of_all"] = low["cash_low_month"] if lowest else ""
    return {"losses_carried": 0.0, **x.record(year), **low, **dict.fromkeys(CHECKS, 0.0)}


def of_month(x: Projection, month: int) -> Mapping[str, Any]:
    """Lines and steps of a month, by name."""
    year, month_of_year = -(-month // 12), (month - 1) % 12 + 1
    before = x.cash_before_capital[month]
    lowest = before <= x.cash_low[year] + x.lows.tolerance
    found = {
        **x.months.record(month),
        "month_of_year": month_of_year,
        "season": market.season(Floats, x.assumptions, month_of_year),
        "paid_now": x.record(year)["paid_at_year_end"] if month > 0 and month_of_year == 12 else 0.0,
        "cash_before_capital": before,
        "month_if_lowest": month if lowest else "",
        "month_if_short": month if x.lows.short[month] else "",
    }
    return found if month > 0 else {name: value for name, value in found.items() if name in AT_LAUNCH}
