"""What outside capital pays in and gets back, month by month, and the rate of return on it.

Flows have the month first (0..12·years), then the scenarios; what is paid in is negative. Where a sale is uncertain
they are expected flows. Source: the model's text, section 3.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import add

import numpy as np

from coopfin.capital.cap_table import CapTable, Value, at, ownership
from coopfin.capital.irr import Rate, irr
from coopfin.capital.sale import sale
from coopfin.engine.events import Paper, Round, anywhere, papers, rounds
from coopfin.engine.projection import Projection, carrier, once
from coopfin.engine.units import Array

LENT = ("loan", "preferred", "note")  # outside capital beside equity; each comes in a month of its own


def of_dividends(x: Projection, part: Callable[[CapTable], Value]) -> list[Value]:
    """What a holder gets of each year's dividends (1..years): its part of the company at that year's end."""
    steps = ownership(x)
    return [x.year(t).dividends * part(at(steps, 12 * t).table) for t in range(1, x.years + 1)]


@once
def equity_received(x: Projection) -> Value:
    """All that investors receive on rounds and papers: dividends, and what they may expect of a sale."""
    return reduce(add, of_dividends(x, _outside), 0.0) + sale(x).outside


@once
def equity_flows(x: Projection) -> Array:
    """The flows of all investor rounds and convertible papers, by month."""
    flows = no_flows(x)
    add_equity(x, flows)
    return flows


@once
def capital_flows(x: Projection) -> Array:
    """The flows of all outside capital by month: rounds, papers, loan, preferred shares and note.

    At the horizon what is still outstanding, and preferred shares at par, are counted as received.
    """
    a, y = x.assumptions, x.final
    lent = anywhere(a.loan > 0) or anywhere(a.note > 0)
    flows = np.array(x.payments) if lent else no_flows(x)
    add_equity(x, flows)
    for instrument in LENT:
        month = getattr(a, f"{instrument}_month")
        if month < len(flows):
            flows[month] -= getattr(a, instrument)
    for t in range(1, x.years + 1):
        flows[12 * t] += x.year(t).preferred_dividend
    flows[-1] += y.loan_balance + y.note_balance + y.preferred
    return flows


@once
def capital_raised(x: Projection) -> Value:
    """All outside capital that is paid in within the horizon."""
    a = x.assumptions
    paid_in = (getattr(a, each) for each in LENT if getattr(a, f"{each}_month") <= 12 * x.years)
    return reduce(add, paid_in, x.final.equity_paid_in)


@once
def capital_gain(x: Projection) -> Value:
    """What outside capital gets back less what it pays in: the sum of its flows, added up by year."""
    y = x.final
    paid = ("loan_interest", "loan_principal", "note_cost", "note_principal", "preferred_dividend")
    received = reduce(add, map(x.total, paid), equity_received(x))
    return received + y.loan_balance + y.note_balance + y.preferred - capital_raised(x)


@once
def equity_rate(x: Projection) -> Rate:
    """The rate of return of rounds and papers together."""
    return rate(equity_flows(x), x.final.equity_paid_in)


@once
def capital_rate(x: Projection) -> Rate:
    """The rate of return of all outside capital."""
    if not np.any(np.greater(capital_raised(x) - x.final.equity_paid_in, 0)):  # then its flows are those of equity
        return equity_rate(x)
    return rate(capital_flows(x), capital_raised(x))


def rate(flows: Array, paid_in: Value) -> Rate:
    """The yearly rate of return of monthly flows; where nobody pays in anything it is empty, and not looked for."""
    if not np.any(np.greater(paid_in, 0)):
        return Rate(np.full(flows.shape[1:], np.nan), np.zeros(flows.shape[1:], dtype=int))
    return irr(flows)


def why_no_rate(found: Rate, paid_in: Value, who: str) -> str:
    """Why flows have no rate of return, in words; empty where they have one. ``who`` is what would be paid in."""
    if not np.any(np.greater(paid_in, 0)):
        return f"no {who} is paid in"
    count = int(np.max(found.count))
    if count > 1:
        return "more than one rate brings the flows' present value to 0"
    return "" if count else "no rate above −99 % brings the flows' present value to 0: too little comes back"


def on_paper(x: Projection) -> str:
    """What must be said of a return of one scenario, where money is counted that is not there; empty otherwise."""
    if x.lows.lives or not anywhere(x.final.equity_paid_in < capital_raised(x)):
        return ""
    return "the firm runs out of cash: what outside capital gets from then on, and at the horizon at par, stands on paper only"


@once
def provider_value(x: Projection) -> Value:
    """The present value of one provider who stays from launch to horizon; NaN where nobody is active in some year.

    Income of every year, and at the end share and account; less the share paid at launch.
    """
    o, a, y = carrier(x.assumptions), x.assumptions, x.final
    discount = 1 / (1 + a.discount_rate)
    value = a.member_share + o.ratio(y.allocated_equity, y.providers)
    for t in range(x.years, 0, -1):  # the last year first, each discounted once more
        value = (value + x.year(t).provider_income) * discount
    return value - a.member_share


def no_flows(x: Projection) -> Array:
    """Flows of 0 in every month."""
    return np.zeros((12 * x.years + 1, *x.assumptions.shape))


def by_year(flows: Array) -> Array:
    """Flows by year: the launch, then each year's twelve months added up."""
    years = [flows[0]]
    years += [reduce(add, flows[month : month + 12]) for month in range(1, len(flows), 12)]
    return np.stack(years)


def _outside(table: CapTable) -> Value:
    return table.outside


def add_equity(x: Projection, flows: Array) -> None:
    """Add the flows of all rounds and papers to ``flows``, by month."""
    entries: tuple[Round | Paper, ...] = (*rounds(x.assumptions), *papers(x.assumptions))
    for entry in entries:
        flows[entry.month] -= entry.amount
    for t, received in enumerate(of_dividends(x, _outside), start=1):
        flows[12 * t] += received
    flows[-1] += sale(x).outside
