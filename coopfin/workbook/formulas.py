"""The formulas of the workbook. None is typed here: they are what the model's own functions give on symbols.

``LAUNCH``, ``MONTHS`` and ``YEARS`` hold the formula of every line and step by name, each in the order of its working.
"""

from __future__ import annotations

from collections.abc import Mapping

from coopfin.engine import finance, income, market, surplus
from coopfin.engine.lines import LAST, LINES, MEAN, SUM, parts
from coopfin.workbook.symbols import Cells, Named, Record, Reference, Symbol

ASSUMED, START, AHEAD, BEFORE = Named(), Reference("launch"), Reference("year"), Reference("last")
MONTH, YEAR, NOTHING = Symbol("[month]"), Symbol("[year]"), Symbol('""')
FLOWS_OUTSTANDING = {"collection": "gross_sales", "payout": "provider_pay"}


def _launch() -> dict[str, str]:
    y = Record()
    market.launch(Cells, ASSUMED, y)
    finance.terms(Cells, ASSUMED, y)
    for wait in FLOWS_OUTSTANDING:
        for back, part in enumerate(finance.waiting(Cells, getattr(ASSUMED, f"{wait}_days"))):
            setattr(y, f"{wait}_{back}", part)
    return y.formulas


def _outstanding(wait: str, y: Record) -> Symbol:
    line = FLOWS_OUTSTANDING[wait]
    weights = [getattr(START, f"{wait}_{back}") for back in range(finance.MONTHS_OUTSTANDING)]
    flows = [getattr(y, line), *(Symbol(f"[{line} back {back}]") for back in range(1, finance.MONTHS_OUTSTANDING))]
    return finance.outstanding(weights, flows)


def _month() -> dict[str, str]:
    y = Record()
    y.month_of_year = Symbol("MOD([month] - 1, 12) + 1", 1)
    y.season = market.season(Cells, ASSUMED, y.month_of_year)
    market.month(Cells, ASSUMED, START, AHEAD, y.season, BEFORE, y)
    income.income(Cells, ASSUMED, AHEAD, Symbol("1 / 12", 2), y)
    finance.capital(Cells, ASSUMED, MONTH, BEFORE, y)
    finance.loan(Cells, ASSUMED, START, MONTH - ASSUMED.loan_month, BEFORE, y)
    finance.note(Cells, ASSUMED, START, MONTH - ASSUMED.note_month, BEFORE, y)
    y.interest_income = AHEAD.monthly_interest
    income.before_tax(y)
    y.receivables, y.payables = _outstanding("collection", y), _outstanding("payout", y)
    y.paid_now = Cells.where(y.month_of_year == 12, AHEAD.paid_at_year_end, 0.0)
    finance.cash(ASSUMED, AHEAD, y.paid_now, BEFORE, y)
    y.cash_before_capital = y.cash - y.capital_received
    y.month_if_lowest = Cells.where(y.cash_before_capital <= AHEAD.cash_low + START.tolerance, MONTH, NOTHING)
    y.month_if_short = Cells.where(y.cash_before_capital < -START.tolerance, MONTH, NOTHING)
    return y.formulas


# How the twelve months make the year's cell; ``[name months]`` are they.
MADE_OF = {SUM: "SUM([{0} months])", MEAN: "SUM([{0} months]) / 12", LAST: "[{0} december]"}


def of_months(name: str) -> str:
    """The formula of a year's cell for a line or step that exists by month."""
    return MADE_OF[LINES[name].year if name in LINES else SUM].format(name)


def _year(by_month: Mapping[str, str]) -> dict[str, str]:
    y = Record()
    market.year_ahead(Cells, ASSUMED, YEAR, BEFORE, y)
    made = [name for name in (*LINES, "at_pace") if name in by_month]
    for name in made:
        setattr(y, name, Symbol(of_months(name)))
    market.year_past(Cells, y)
    credited = Symbol("INDEX([patronage_retained before], [year] - redemption_years + 1)")
    y.redemption = Cells.where((ASSUMED.redemption_years > 0) & (ASSUMED.redemption_years < YEAR), credited, 0.0)
    surplus.tax(Cells, ASSUMED, BEFORE, y)
    surplus.appropriation(Cells, ASSUMED, BEFORE, y)
    surplus.accounts(ASSUMED, BEFORE, y)
    surplus.per_provider(Cells, ASSUMED, y)
    y.cash_low = Symbol("MIN([cash_before_capital months])")
    y.cash_low_month = Symbol("MIN([month_if_lowest months])")
    y.month_if_lowest_of_all = Cells.where(y.cash_low <= START.lowest_cash + START.tolerance, y.cash_low_month, NOTHING)
    return y.formulas


LAUNCH: Mapping[str, str] = _launch()
MONTHS: Mapping[str, str] = _month()
YEARS: Mapping[str, str] = _year(MONTHS)

# What stands in the column of the launch: the same as in every month, what the launch sets, or nothing (0).
AT_LAUNCH: Mapping[str, str] = {
    name: f"[{name} launch]" if name in LAUNCH else "1" if name == "pay_ratio" else formula
    for name, formula in MONTHS.items()
    if name in LAUNCH
    or name
    in ("month_if_short", "pay_ratio", "member_shares", "member_shares_issued", "cash", "cash_before_capital", "note_left")
    or (name in LINES and LINES[name].year == LAST)
    or name in ("equity_raised", "capital_received", "paid_now", "loan_principal", "loan_interest", "note_principal", "note_cost")
}

# What must be 0 in every month or year but for rounding, from what the lines say of themselves.
CHECKS: Mapping[str, tuple[str, str]] = {
    "balance_check": (
        "Cash and what buyers owe equal all liabilities and equity",
        "[cash] + [receivables] - ("
        + " ".join(f"{'-' if each.sign < 0 else '+'} [{each.name}]" for each in parts("liabilities_and_equity"))
        + ")",
    ),
    "sales_check": (
        "Sales and other income equal all they are used for",
        "[gross_sales] + [ancillary_revenue] + [interest_income] - ("
        + " + ".join(f"[{each.name}]" for each in LINES.values() if each.goes_to)
        + " + [deficit_covered])",
    ),
}
