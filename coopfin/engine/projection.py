"""The statements of one enterprise, month by month and year by year, in the order of an annual report.

``project`` knows no marketplace and no cooperative: ownership is in the numbers. It calls the formulas of ``market``,
``income``, ``finance`` and ``surplus`` in order, and holds none itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, reduce, wraps
from operator import add
from types import SimpleNamespace
from typing import Any, TypeVar

import numpy as np

from coopfin.engine import finance, income, market, surplus
from coopfin.engine.assumptions import Assumptions
from coopfin.engine.carriers import Arrays, Carrier, Floats
from coopfin.engine.lines import LINES, MEAN, Line
from coopfin.engine.lows import Lows
from coopfin.engine.rows import Months, Rows, stack
from coopfin.engine.units import Array

ROW_0 = dict.fromkeys(LINES, 0.0)
# What the formulas of a first month or year ask of the one before, beside the lines.
STEPS_0 = dict.fromkeys(("usual_sales", "note_left", "losses_carried", "monthly_programme"), 0.0)
# The lines of a year that are sums or means of what the market does in its months.
TOTALS = (
    "demand_index", "fill", "pay_ratio", "recruits", "leavers", "active_providers", "gross_sales", "loan_interest",
    "loan_principal", "note_principal", "note_cost", "equity_raised", "capital_received", "at_pace",
)  # fmt: skip
LAST_MONTH = (
    "providers", "cash", "receivables", "payables", "loan_balance", "note_balance", "member_shares", "preferred", "grants",
    "equity_paid_in",
)  # fmt: skip
MEANS = {name for name in TOTALS if name in LINES and LINES[name].year == MEAN}
# What a launch shows beside the stocks.
AT_LAUNCH = ("equity_raised", "capital_received", "member_shares_issued", "demand_index", "fill", "pay_ratio")


class Projection(Rows):
    """Every statement line, an array with the year first (0..years) and the scenarios after it.

    ``months`` holds the lines that exist by month. ``payments`` is what loan and note are paid by month (0..12·years),
    ``cash_before_capital`` cash less what is received in the month itself, both with the months first.
    """

    def __init__(self, a: Assumptions, years: list[Any], ledger: _Ledger) -> None:
        super().__init__(years, a.shape)
        self.assumptions = a
        self._ledger = ledger
        self._remembered: dict[Any, Any] = {}

    def stacked(self, line: Line) -> Array:
        """One line by year; the lowest cash is looked up among the months."""
        if line.name in ("cash_low", "cash_low_month"):
            return np.asarray(getattr(self.lows, line.name))
        return super().stacked(line)

    @property
    def years(self) -> int:
        """The horizon: the last year."""
        return int(self.assumptions.years)

    def year(self, t: int) -> Any:
        """The lines of year ``t`` as they were worked out: numbers, or arrays where scenarios differ; not stacked."""
        return self._rows[t]

    @property
    def first(self) -> Any:
        """The lines of year 1, as ``year`` gives them."""
        return self._rows[1]

    @property
    def final(self) -> Any:
        """The lines of the last year, as ``year`` gives them."""
        return self._rows[-1]

    def total(self, line: str) -> Any:
        """The sum of a line over the years 1..years, one after the other: the same last bit alone and in a sweep."""
        return reduce(add, (getattr(row, line) for row in self._rows[1:]))

    @cached_property
    def payments(self) -> Array:
        """What is paid on the loan and the note, by month."""
        return stack(self._ledger.payments, self._shape)

    @cached_property
    def cash_before_capital(self) -> Array:
        """Cash at each month's end less the capital received in that month."""
        return stack(self._ledger.cash_before_capital, self._shape)

    @cached_property
    def months(self) -> Months:
        """The lines by month."""
        months = self._ledger.months or _project(self.assumptions, keep_months=True)._ledger.months
        assert months is not None
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            for row, ahead in months[1:]:
                income.income(carrier(self.assumptions), self.assumptions, ahead, 1 / 12, row)
                income.before_tax(row)
        return Months([row for row, _ in months], self._shape)

    @cached_property
    def lows(self) -> Lows:
        """Where cash is lowest, and whether it is short."""
        received = self._rows[0].capital_received + self.total("capital_received")
        months, launch = self._ledger.cash_before_capital, self._rows[0].cash
        return Lows(carrier(self.assumptions), months, self.total("gross_sales") + received, launch, self._shape)


Result = TypeVar("Result")


def once(function: Callable[[Projection], Result]) -> Callable[[Projection], Result]:
    """A function of a projection that is worked out once for each: several measures share its result."""

    @wraps(function)
    def call(x: Projection) -> Result:
        if function not in x._remembered:
            x._remembered[function] = function(x)
        return x._remembered[function]

    return call


class _Ledger:
    """What is kept of every month: payments and cash always, the whole month where it is asked for."""

    def __init__(self, *, keep_months: bool) -> None:
        self.payments: list[Any] = []
        self.cash_before_capital: list[Any] = []
        self.months: list[tuple[Any, Any]] | None = [] if keep_months else None

    def add(self, y: Any, ahead: Any) -> None:
        self.payments.append(y.loan_interest + y.loan_principal + y.note_cost + y.note_principal)
        self.cash_before_capital.append(y.cash - y.capital_received)
        if self.months is not None:
            self.months.append((y, ahead))


def carrier(a: Assumptions) -> Carrier:
    """What one scenario, or many, are computed with; the workbook's assumptions bring a carrier of their own."""
    return getattr(a, "carrier", Arrays if a.shape else Floats)


def project(a: Assumptions) -> Projection:
    """The projection of one enterprise over years 0..``a.years``, for one scenario or for arrays of them.

    Money lines in the assumptions' currency, nominal; shape of each line ``(years + 1, *a.shape)``. A scenario in
    an array gives the same result, bit for bit, as alone. Source: the model's text, section 2.
    """
    return _project(a, keep_months=not a.shape)


def _project(a: Assumptions, *, keep_months: bool) -> Projection:
    # Extreme but possible values may overflow: the result is then infinite and refused where it would be shown.
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        walk = _Walk(carrier(a), a, _Ledger(keep_months=keep_months))
        for t in range(1, a.years + 1):
            walk.year(t)
    return Projection(a, walk.years, walk.ledger)


class _Walk:
    """The walk through the months: where it stands, and what it leaves behind."""

    def __init__(self, o: Carrier, a: Assumptions, ledger: _Ledger) -> None:
        self.o, self.a, self.ledger = o, a, ledger
        self.events = finance.events(a)
        # What plays no part in any scenario costs nothing; adding its zeros would change no bit.
        self.has_loan, self.has_note = bool(np.any(np.greater(a.loan, 0))), bool(np.any(np.greater(a.note, 0)))
        self.seasons = [market.season(o, a, month) for month in range(1, 13)]
        self.collection = _used(finance.waiting(o, a.collection_days))
        self.payout = _used(finance.waiting(o, a.payout_days))
        self.sales: list[Any] = []  # by month, the latest first; what was sold long ago is paid
        self.pay: list[Any] = []
        self.month = self._launch()
        year = SimpleNamespace(**ROW_0 | STEPS_0)
        year.price_level = 1.0
        for name in (*LAST_MONTH, *AT_LAUNCH):
            setattr(year, name, getattr(self.month, name))
        self.years = [year]

    def _launch(self) -> SimpleNamespace:
        """Month 0: the capital paid in, before anything is sold."""
        o, a = self.o, self.a
        self.start = SimpleNamespace()
        market.launch(o, a, self.start)
        finance.terms(o, a, self.start)
        before = SimpleNamespace(**ROW_0 | STEPS_0)
        y = SimpleNamespace(**ROW_0 | STEPS_0)
        y.providers, y.demand_index = self.start.providers, self.start.demand_index
        y.fill, y.pay_ratio = self.start.fill, self.start.pay_ratio
        self._capital(0, before, y)
        self._debts(0, before, y)
        finance.cash(a, before, 0.0, before, y)
        self.ledger.add(y, before)
        return y

    def year(self, t: int) -> None:
        """Year ``t`` ≥ 1 out of what stands at the end of the year before."""
        o, a, last = self.o, self.a, self.years[-1]
        y = SimpleNamespace()
        market.year_ahead(o, a, t, last, y)
        slopes = income.Slopes(o, a, y)
        totals = dict.fromkeys(TOTALS, 0.0)
        for month in range(12 * t - 11, 12 * t + 1):
            now = self._flows(month, slopes, y)
            # Added up on the way: what no later month needs is let go, and its memory is still warm for the next.
            for name in TOTALS:
                totals[name] = totals[name] + getattr(now, name)
            if month < 12 * t:
                self._close(now, y, 0.0)

        for name in TOTALS:
            setattr(y, name, totals[name] / 12 if name in MEANS else totals[name])
        market.year_past(o, y)
        y.interest_income = 12 * y.monthly_interest
        y.provider_years = y.active_providers
        income.income(o, a, y, 1.0, y)
        income.before_tax(y)
        due = t - a.redemption_years
        y.redemption = self.years[due].patronage_retained if 0 < due < t else 0.0
        surplus.tax(o, a, last, y)
        surplus.appropriation(o, a, last, y)
        surplus.accounts(a, last, y)
        surplus.per_provider(o, a, y)
        self._close(now, y, y.paid_at_year_end)
        for name in LAST_MONTH:
            setattr(y, name, getattr(self.month, name))
        y.member_shares_issued = y.member_shares - last.member_shares
        self.years.append(y)

    def _flows(self, month: int, slopes: income.Slopes, ahead: Any) -> Any:
        """A month but for its cash, which in a year's last month waits for the year's tax and appropriation."""
        a, last = self.a, self.month
        y = SimpleNamespace()
        market.month(self.o, a, self.start, ahead, self.seasons[(month - 1) % 12], last, y)
        slopes.set_operating_surplus(y)
        if self.has_note:
            slopes.set_revenue(y)
        if self.payout:
            slopes.set_provider_pay(y)
        self._capital(month, last, y)
        self._debts(month, last, y)
        y.interest_income = ahead.monthly_interest
        income.before_tax(y)
        y.receivables = self._outstanding(self.collection, self.sales, y.gross_sales) if self.collection else 0.0
        y.payables = self._outstanding(self.payout, self.pay, y.provider_pay) if self.payout else 0.0
        return y

    def _close(self, y: Any, ahead: Any, paid_at_year_end: Any) -> None:
        finance.cash(self.a, ahead, paid_at_year_end, self.month, y)
        self.ledger.add(y, ahead)
        self.month = y

    def _capital(self, month: int, last: Any, y: Any) -> None:
        if month in self.events:
            finance.capital(self.o, self.a, month, last, y)
        else:
            y.equity_raised = y.capital_received = 0.0
            y.preferred, y.grants, y.equity_paid_in = last.preferred, last.grants, last.equity_paid_in

    def _debts(self, month: int, last: Any, y: Any) -> None:
        if self.has_loan:
            finance.loan(self.o, self.a, self.start, month - self.a.loan_month, last, y)
        else:
            y.loan_interest = y.loan_principal = y.loan_balance = 0.0
        if self.has_note:
            finance.note(self.o, self.a, self.start, month - self.a.note_month, last, y)
        else:
            y.note_principal = y.note_cost = y.note_left = y.note_balance = 0.0

    def _outstanding(self, parts: list[Any], flows: list[Any], latest: Any) -> Any:
        flows.insert(0, latest)
        del flows[len(parts) :]
        return finance.outstanding(parts, flows)


def _used(parts: list[Any]) -> list[Any]:
    """The parts up to the last that is above 0 in some scenario."""
    used = [bool(np.any(np.greater(part, 0))) for part in parts]
    return parts[: len(parts) - used[::-1].index(True)] if any(used) else []
