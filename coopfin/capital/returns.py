"""What outside capital pays in and gets back, and the rate of return on it."""

from __future__ import annotations

import numpy as np

from coopfin.capital.irr import irr
from coopfin.capital.ownership import cap_table, sale
from coopfin.engine.projection import Projection, once
from coopfin.engine.units import Array


def total(flows: Array) -> Array:
    """The sum over the years (the first axis), year by year: the same last bit for one scenario and for many."""
    result = np.zeros(flows.shape[1:])
    for flow in flows:
        result = result + flow
    return result


@once
def equity_received(x: Projection) -> Array:
    """What investors of all rounds receive, by year: their part of the dividends, and of a sale at the horizon."""
    a = x.assumptions
    received = np.zeros_like(x.cash)
    owned = total(cap_table(a, 0).rounds)
    for t in range(1, x.years + 1):
        if any(entry.year == t for entry in a.rounds):
            owned = total(cap_table(a, t).rounds)
        received[t] = x.dividends[t] * owned
    received[-1] += total(sale(x).rounds)
    return received


@once
def equity_flows(x: Projection) -> Array:
    """What flows between the investors of all rounds and the enterprise, by year; paid in is negative."""
    return equity_received(x) - x.equity_raised


@once
def capital_flows(x: Projection) -> Array:
    """The flows of all outside capital by year: rounds, loan, preferred shares and note; paid in is negative.

    At the horizon what is still outstanding, and preferred shares at par, are counted as received.
    """
    a = x.assumptions
    paid = x.loan_interest + x.loan_principal + x.note_cost + x.note_principal + x.preferred_dividend
    flows = equity_flows(x) + paid
    flows[0] -= a.loan + a.preferred + a.note
    flows[-1] += x.loan_balance[-1] + x.note_balance[-1] + x.preferred[-1]
    return flows


def why_no_rate(flows: Array, paid_in: Array, who: str) -> str:
    """Why flows have no rate of return, in words; empty where they have one. ``who`` is what would be paid in."""
    if not np.any(paid_in > 0):
        return f"no {who} is paid in"
    count = int(np.max(irr(flows).count))
    if count > 1:
        return "more than one rate brings the flows' present value to 0"
    return "" if count else "no rate above −99 % brings the flows' present value to 0: too little comes back"
