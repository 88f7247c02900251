"""What outside capital pays in and gets back, and the rate of return on it."""

from __future__ import annotations

import numpy as np

from coopfin.ownership import cap_table, exit_proceeds, exit_value
from coopfin.projection import Projection
from coopfin.units import Array


def total(flows: Array) -> Array:
    """The sum over the years (the first axis), year by year: the same last bit for one scenario and for many."""
    result = np.zeros(flows.shape[1:])
    for flow in flows:
        result = result + flow
    return result


def equity_received(x: Projection) -> Array:
    """What investors of all rounds receive, by year: their part of the dividends, and of a sale at the horizon."""
    a = x.assumptions
    received = np.zeros_like(x.cash)
    for t in range(1, x.years + 1):
        received[t] = x.dividends[t] * total(cap_table(a, t).rounds)
    received[-1] += total(exit_proceeds(a, exit_value(x)).rounds)
    return received


def equity_flows(x: Projection) -> Array:
    """What flows between the investors of all rounds and the enterprise, by year; paid in is negative."""
    return equity_received(x) - x.equity_raised


def capital_flows(x: Projection) -> Array:
    """The flows of all outside capital by year: rounds, loan, preferred shares and note; paid in is negative.

    At the horizon what is still outstanding, and preferred shares at par, are counted as received.
    """
    a = x.assumptions
    flows = equity_flows(x)
    flows += x.loan_interest + x.loan_principal + x.note_cost + x.note_principal + x.preferred_dividend
    flows[0] -= a.loan + a.preferred + a.note
    flows[-1] += x.loan_balance[-1] + x.note_balance[-1] + x.preferred[-1]
    return flows
