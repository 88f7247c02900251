"""Every capital instrument by itself: what comes in, what is paid, what it earns, and whether it can be served.

Each enterprise may mix them. ``ways.raise_the_same`` sets one against another on the same need.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coopfin.capital.cap_table import CapTable
from coopfin.capital.irr import Rate
from coopfin.capital.returns import by_year, no_flows, of_dividends, rate, why_no_rate
from coopfin.capital.sale import sale
from coopfin.engine.events import Paper, Round, papers, rounds
from coopfin.engine.projection import Projection, once
from coopfin.engine.units import Array


@dataclass(frozen=True)
class Kind:
    """What one kind of instrument is: how who gives the money is paid, and whether it carries votes."""

    label: str
    paid_by: str
    votes: bool


ROUNDS = Kind("Investor rounds", "dividends, and the sale of the company", votes=True)
PAPERS = Kind("Convertible papers", "shares at the next round; then dividends, and the sale of the company", votes=False)
EQUITY = Kind("Investor rounds and convertible papers", "dividends, and the sale of the company", votes=True)
LOAN = Kind("Loan", "interest and principal, every month", votes=False)
NOTE = Kind("Revenue-share note", "a share of revenue, up to the cap", votes=False)
PREFERRED = Kind("Preferred or community shares", "a dividend, out of a surplus only", votes=False)
MEMBER_SHARES = Kind("Member shares", "limited interest, out of a surplus only; par on leaving", votes=True)
GRANTS = Kind("Grants", "nothing: a grant is never repaid", votes=False)


@dataclass(frozen=True)
class Instrument:
    """One instrument of one enterprise, in money, time first, then the scenarios.

    By month (0..12·years): ``raised`` is paid in, ``paid`` is what the enterprise pays on it. ``at_horizon`` is what it is
    worth then: proceeds that may be expected of a sale, the balance outstanding, or par. By year (0..years): ``due`` is
    what is owed or aimed at, 0 where nothing is, and ``available`` what is there to pay it, after all that comes first;
    ``served`` says whether it can be paid: out of the year itself, or, where it must be paid in any case, out of cash at
    hand. ``number`` is that of a round or paper, 0 of others.
    """

    kind: Kind
    label: str
    raised: Array
    paid: Array
    at_horizon: Array
    due: Array
    available: Array
    served: NDArray[np.bool_]
    number: int = 0

    @property
    def used(self) -> bool:
        """Whether anything is paid in, in any scenario."""
        return bool(np.any(self.raised > 0))

    @property
    def flows(self) -> Array:
        """What flows to who gave the money, by month; paid in is negative."""
        flows = self.paid - self.raised
        flows[-1] += self.at_horizon
        return flows

    @property
    def raised_by_year(self) -> Array:
        """What is paid in by year, the launch first."""
        return by_year(self.raised)

    @property
    def paid_by_year(self) -> Array:
        """What the enterprise pays on it by year, the launch first."""
        return by_year(self.paid)

    @property
    def paid_in(self) -> Array:
        """All that is paid in."""
        return reduce(add, self.raised)

    @property
    def received(self) -> Array:
        """All that comes back, the value at the horizon included."""
        return np.asarray(reduce(add, self.paid) + self.at_horizon)

    @property
    def gain(self) -> Array:
        """Received less paid in: what the investor earns, and what the money costs."""
        return self.received - self.paid_in

    @property
    def multiple(self) -> Array:
        """Received ÷ paid in; NaN where nothing is paid in."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.paid_in > 0, self.received / self.paid_in, np.nan)

    @property
    def rate(self) -> Rate:
        """The yearly rate of return, empty where there is none or more than one."""
        return rate(self.flows, self.paid_in)

    @property
    def why_no_rate(self) -> str:
        """Why the rate of return is empty, in words; empty where there is one."""
        return why_no_rate(self.rate, self.paid_in, self.label[:1].lower() + self.label[1:])

    @property
    def coverage(self) -> Array:
        """How many times what is due is there, by year; NaN where nothing is due."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.due > 0, self.available / self.due, np.nan)


@once
def instruments(x: Projection) -> dict[str, Instrument]:
    """Every instrument of an enterprise by name: ``equity_2`` and ``safe_1`` for rounds and papers used, then the others.

    ``equity`` is all rounds and papers together. The flows of equity, loan, note and preferred shares are those of all
    outside capital. Accounts of members hold refunds, not money paid in: they are no instrument.
    """
    each = _rounds_and_papers(x)
    return {
        **each,
        "equity": _together(x, [*each.values()]),
        "loan": _loan(x),
        "note": _note(x),
        "preferred": _preferred(x),
        "member_shares": _member_shares(x),
        "grants": _came_in(x, GRANTS, "grants", no_flows(x), at_horizon=0.0),
    }


def _nothing_due(x: Projection) -> dict[str, Any]:
    zero = np.zeros_like(x.cash)
    return {"due": zero, "available": zero, "served": np.ones_like(x.cash, dtype=bool)}


def _spread(x: Projection, value: Any) -> Array:
    return np.broadcast_to(np.asarray(value, dtype=float), x.assumptions.shape)


def _rounds_and_papers(x: Projection) -> dict[str, Instrument]:
    proceeds = sale(x)

    def holder(entry: Round | Paper, kind: Kind, label: str, part: Callable[[CapTable], Any]) -> Instrument:
        raised, paid = no_flows(x), no_flows(x)
        raised[entry.month] = entry.amount
        for t, received in enumerate(of_dividends(x, part), start=1):
            paid[12 * t] = received
        at_horizon = _spread(x, part(proceeds))
        return Instrument(kind, f"{label} {entry.number}", raised, paid, at_horizon, **_nothing_due(x), number=entry.number)

    def of_round(number: int) -> Callable[[CapTable], Any]:
        return lambda table: table.rounds.get(number, 0.0)

    def of_paper(number: int) -> Callable[[CapTable], Any]:
        return lambda table: table.papers[number]

    a = x.assumptions
    return {f"equity_{each.number}": holder(each, ROUNDS, "Round", of_round(each.number)) for each in rounds(a)} | {
        f"safe_{each.number}": holder(each, PAPERS, "Paper", of_paper(each.number)) for each in papers(a)
    }


def _together(x: Projection, each: list[Instrument]) -> Instrument:
    return Instrument(
        EQUITY,
        EQUITY.label,
        reduce(add, (one.raised for one in each), no_flows(x)),
        reduce(add, (one.paid for one in each), no_flows(x)),
        reduce(add, (one.at_horizon for one in each), np.zeros(x.assumptions.shape)),
        **_nothing_due(x),
    )


def _came_in(x: Projection, kind: Kind, name: str, paid: Array, at_horizon: Any, **due: Any) -> Instrument:
    """An instrument whose whole amount comes in one month."""
    a, raised = x.assumptions, no_flows(x)
    month = getattr(a, f"{name}_month")
    if month < len(raised):
        raised[month] = getattr(a, name)
    return Instrument(kind, kind.label, raised, paid, _spread(x, at_horizon), **(due or _nothing_due(x)))


def _contract(x: Projection, kind: Kind, name: str, paid: Array, at_horizon: Any, before: Array) -> Instrument:
    """What must be paid, surplus or not, out of what the business leaves after tax and what comes before."""
    due = by_year(paid)
    available = x.operating_surplus - x.tax - before
    served = (due <= available) | (x.cash_low >= -x.lows.tolerance)
    return _came_in(x, kind, name, paid, at_horizon, due=due, available=available, served=served)


def _loan(x: Projection) -> Instrument:
    paid = x.months.loan_interest + x.months.loan_principal
    return _contract(x, LOAN, "loan", paid, x.final.loan_balance, np.zeros_like(x.cash))


def _note(x: Projection) -> Instrument:
    paid = x.months.note_cost + x.months.note_principal
    return _contract(x, NOTE, "note", paid, x.final.note_balance, x.loan_interest + x.loan_principal)


def _preferred(x: Projection) -> Instrument:
    due, paid = np.zeros_like(x.cash), no_flows(x)
    due[1:] = x.assumptions.preferred_rate * x.preferred[:-1]
    paid[12::12] = x.preferred_dividend[1:]
    return _came_in(
        x, PREFERRED, "preferred", paid, x.final.preferred,
        due=due, available=x.allocatable - x.reserve, served=x.preferred_dividend >= due,
    )  # fmt: skip


def _member_shares(x: Projection) -> Instrument:
    """Their part of the interest on members' capital; the rest goes to members' accounts."""
    shares, capital = np.zeros_like(x.cash), np.zeros_like(x.cash)
    shares[1:] = x.member_shares[:-1]
    capital[1:] = x.member_shares[:-1] + x.allocated_equity[:-1]
    part = np.where(capital > 0, shares / np.where(capital > 0, capital, 1), 0.0)
    interest_due = x.assumptions.share_interest_rate * capital
    issued = x.months.member_shares_issued
    paid = np.maximum(0.0, -issued)
    paid[12::12] += (part * x.share_interest)[1:]
    return Instrument(
        MEMBER_SHARES,
        MEMBER_SHARES.label,
        raised=np.maximum(0.0, issued),
        paid=paid,
        at_horizon=_spread(x, x.final.member_shares),
        due=part * interest_due,
        available=part * (x.allocatable - x.reserve - x.preferred_dividend),
        served=x.share_interest >= interest_due,
    )
