"""The sale at the horizon: what it brings the owners if it succeeds and if it fails, and what each may expect of it."""

from __future__ import annotations

from collections.abc import Callable

from coopfin.capital.cap_table import CapTable, Value, ownership
from coopfin.capital.waterfall import waterfall
from coopfin.engine.events import anywhere
from coopfin.engine.projection import Projection, carrier, once


@once
def success_value(x: Projection) -> Value:
    """What a sale brings the owners, in money; 0 if the enterprise is never sold.

    Lenders, members and the indivisible reserve come first: members' money is theirs, the reserve is nobody's.
    """
    o, a, y = carrier(x.assumptions), x.assumptions, x.final
    value = (
        a.exit_multiple * y.revenue + y.cash + y.receivables - y.payables - y.loan_balance - y.note_balance
        - y.preferred - y.member_shares - y.allocated_equity - y.indivisible_reserve
    )  # fmt: skip
    return o.where(a.exit_multiple > 0, o.maximum(0.0, value), 0.0)


@once
def failure_value(x: Projection) -> Value:
    """What the owners get, after all debts, where that sale does not come about; 0 if it was never meant to."""
    o, a = carrier(x.assumptions), x.assumptions
    return o.where(a.exit_multiple > 0, a.failure_value * x.final.equity_paid_in, 0.0)


@once
def exit_value(x: Projection) -> Value:
    """The expected value: of success and failure, each as likely as it is."""
    likely = x.assumptions.exit_probability
    return likely * success_value(x) + (1 - likely) * failure_value(x)


@once
def sale(x: Projection) -> CapTable:
    """What each holder may expect of the sale at the horizon, in money."""
    a = x.assumptions
    if not anywhere(a.exit_multiple > 0):
        return _each(lambda _: 0.0, ownership(x)[-1].table)
    success = waterfall(a, success_value(x), ownership(x)[-1])
    if not anywhere(a.exit_probability != 1):
        return success
    failure, likely = waterfall(a, failure_value(x), ownership(x)[-1]), a.exit_probability
    return _each(lambda good, bad: likely * good + (1 - likely) * bad, success, failure)


def _each(work_out: Callable[..., Value], *tables: CapTable) -> CapTable:
    """A table whose holders have what ``work_out`` makes of what they have in ``tables``."""
    first = tables[0]
    return CapTable(
        work_out(*(table.founders for table in tables)),
        work_out(*(table.option_pool for table in tables)),
        {number: work_out(*(table.rounds[number] for table in tables)) for number in first.rounds},
        {number: work_out(*(table.papers[number] for table in tables)) for number in first.papers},
    )
