"""Every capital instrument by itself: what comes in, what is paid, what it earns, and whether it can be served.

Each enterprise may mix them. ``raise_the_same`` sets one against another on the same need.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from coopfin.capital.irr import Rate, irr
from coopfin.capital.ownership import cap_table, sale
from coopfin.capital.returns import total, why_no_rate
from coopfin.engine.assumptions import MAX_ROUNDS, Assumptions
from coopfin.engine.projection import Projection, once, project
from coopfin.engine.units import Array


@dataclass(frozen=True)
class Kind:
    """What one kind of instrument is: how who gives the money is paid, and whether it carries votes."""

    label: str
    paid_by: str
    votes: bool


EQUITY = Kind("Investor rounds", "dividends, and the sale of the company", votes=True)
LOAN = Kind("Loan", "interest and principal, every year", votes=False)
NOTE = Kind("Revenue-share note", "a share of revenue, up to the cap", votes=False)
PREFERRED = Kind("Preferred or community shares", "a dividend, out of a surplus only", votes=False)
MEMBER_SHARES = Kind("Member shares", "limited interest, out of a surplus only; par on leaving", votes=True)
GRANTS = Kind("Grants", "nothing: a grant is never repaid", votes=False)


@dataclass(frozen=True)
class Instrument:
    """One instrument of one enterprise. Money by year, the year first (0..years), then the scenarios.

    ``raised`` is paid in; ``paid`` is what the enterprise pays on it; ``at_horizon`` what it is worth then: proceeds
    of a sale, the balance outstanding, or par. ``due`` is what is owed or aimed at in a year, 0 where nothing is, and
    ``available`` what is there to pay it, after all that comes first. ``served`` says whether it can be paid: out of
    the year itself, or, where it must be paid in any case, out of cash at hand.
    """

    kind: Kind
    label: str
    raised: Array
    paid: Array
    at_horizon: Array
    due: Array
    available: Array
    served: NDArray[np.bool_]

    @property
    def used(self) -> bool:
        """Whether anything is paid in, in any scenario."""
        return bool(np.any(self.raised > 0))

    @property
    def flows(self) -> Array:
        """What flows to who gave the money, by year; paid in is negative."""
        flows = self.paid - self.raised
        flows[-1] += self.at_horizon
        return flows

    @property
    def paid_in(self) -> Array:
        """All that is paid in."""
        return total(self.raised)

    @property
    def received(self) -> Array:
        """All that comes back, the value at the horizon included."""
        return total(self.paid) + self.at_horizon

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
        """The rate of return, empty where there is none or more than one."""
        return irr(self.flows)

    @property
    def why_no_rate(self) -> str:
        """Why the rate of return is empty, in words; empty where there is one."""
        return why_no_rate(self.flows, self.paid_in, self.label.lower())

    @property
    def coverage(self) -> Array:
        """How many times what is due is there, by year; NaN where nothing is due."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.due > 0, self.available / self.due, np.nan)


@once
def instruments(x: Projection) -> dict[str, Instrument]:
    """Every instrument of an enterprise by name: ``equity_1`` … for the rounds that are used, then the others.

    ``equity`` is all rounds together. The flows of equity, loan, note and preferred shares are those of all outside
    capital. Accounts of members hold refunds, not money paid in: they are no instrument.
    """
    return {
        **_rounds(x),
        "equity": _equity(x),
        "loan": _loan(x),
        "note": _note(x),
        "preferred": _preferred(x),
        "member_shares": _member_shares(x),
        "grants": _grants(x),
    }


def _nothing_due(x: Projection) -> tuple[Array, Array, NDArray[np.bool_]]:
    zero = np.zeros_like(x.cash)
    return zero, zero, np.ones_like(x.cash, dtype=bool)


def _rounds(x: Projection) -> dict[str, Instrument]:
    a = x.assumptions
    proceeds = sale(x).rounds
    numbers = [
        number
        for number in range(1, MAX_ROUNDS + 1)
        if np.any(getattr(a, f"equity_{number}_amount") > 0) and getattr(a, f"equity_{number}_year") <= x.years
    ]
    found = {}
    for i, (number, entry) in enumerate(zip(numbers, a.rounds, strict=True)):
        raised, paid = np.zeros_like(x.cash), np.zeros_like(x.cash)
        raised[entry.year] = entry.amount
        for year in range(max(1, entry.year), x.years + 1):
            paid[year] = x.dividends[year] * cap_table(a, year).rounds[i]
        found[f"equity_{number}"] = Instrument(EQUITY, f"Round {number}", raised, paid, proceeds[i], *_nothing_due(x))
    return found


def _equity(x: Projection) -> Instrument:
    each = [*_rounds(x).values()]
    none = np.zeros_like(x.cash)
    paid = sum((one.paid for one in each), none)
    at_horizon = sum((one.at_horizon for one in each), none[-1])
    return Instrument(EQUITY, EQUITY.label, x.equity_raised, paid, at_horizon, *_nothing_due(x))


def _at_launch(x: Projection, amount: Array) -> Array:
    raised = np.zeros_like(x.cash)
    raised[0] = amount
    return raised


def _contract(x: Projection, kind: Kind, amount: Array, paid: Array, at_horizon: Array, before: Array) -> Instrument:
    """What must be paid, surplus or not, out of what the business leaves after tax and what comes before."""
    available = x.operating_surplus - x.tax - before
    served = (paid <= available) | (x.cash >= 0)
    return Instrument(kind, kind.label, _at_launch(x, amount), paid, at_horizon, paid, available, served)


def _loan(x: Projection) -> Instrument:
    paid = x.loan_interest + x.loan_principal
    return _contract(x, LOAN, x.assumptions.loan, paid, x.loan_balance[-1], np.zeros_like(paid))


def _note(x: Projection) -> Instrument:
    paid = x.note_cost + x.note_principal
    return _contract(x, NOTE, x.assumptions.note, paid, x.note_balance[-1], x.loan_interest + x.loan_principal)


def _preferred(x: Projection) -> Instrument:
    a = x.assumptions
    due = np.zeros_like(x.cash)
    due[1:] = a.preferred_rate * a.preferred
    available = x.allocatable - x.reserve
    return Instrument(
        PREFERRED, PREFERRED.label, _at_launch(x, a.preferred), x.preferred_dividend, x.preferred[-1],
        due, available, x.preferred_dividend >= due,
    )  # fmt: skip


def _member_shares(x: Projection) -> Instrument:
    """Their part of the interest on members' capital; the rest goes to members' accounts."""
    a = x.assumptions
    shares, capital = np.zeros_like(x.cash), np.zeros_like(x.cash)
    shares[1:] = x.member_shares[:-1]
    capital[1:] = x.member_shares[:-1] + x.allocated_equity[:-1]
    part = np.where(capital > 0, shares / np.where(capital > 0, capital, 1), 0.0)
    interest_due = a.share_interest_rate * capital
    available = x.allocatable - x.reserve - x.preferred_dividend
    return Instrument(
        MEMBER_SHARES,
        MEMBER_SHARES.label,
        raised=np.maximum(0.0, x.member_shares_issued),
        paid=part * x.share_interest + np.maximum(0.0, -x.member_shares_issued),
        at_horizon=x.member_shares[-1],
        due=part * interest_due,
        available=part * available,
        served=x.share_interest >= interest_due,
    )


def _grants(x: Projection) -> Instrument:
    nothing = np.zeros_like(x.cash)
    return Instrument(
        GRANTS, GRANTS.label, _at_launch(x, x.assumptions.grants), nothing, nothing[-1], *_nothing_due(x)
    )  # fmt: skip


@dataclass(frozen=True)
class Way:
    """One way to raise an amount: the instrument and the projection of the enterprise that raises it so."""

    instrument: Instrument
    projection: Projection

    @property
    def cost(self) -> Array:
        """What the money costs in all: what is paid on it and what it is worth at the horizon, less the amount."""
        return self.instrument.gain

    @property
    def worst_year(self) -> Array:
        """What is paid on it as a share of revenue, in the year where that is most; NaN where there is no revenue.

        A sale of the company is paid by its buyer, and a balance still outstanding by nobody yet: they do not count.
        """
        paid, revenue = self.instrument.paid[1:], self.projection.revenue[1:]
        with np.errstate(divide="ignore", invalid="ignore"):
            shares = np.where(revenue > 0, paid / revenue, np.nan)
        return np.max(shares, axis=0)

    @property
    def given_up(self) -> Array:
        """The part of the company owned by investors at the horizon, and with it of the votes that shares carry."""
        return total(cap_table(self.projection.assumptions).rounds)


WAYS: Mapping[str, str] = {
    "equity": "equity_1_amount",
    "loan": "loan",
    "note": "note",
    "preferred": "preferred",
}


def raise_the_same(a: Assumptions, amount: float | Array, pre_money: float | Array | None = None) -> dict[str, Way]:
    """Raise ``amount`` at launch four ways: one investor round, a loan, a revenue-share note, preferred shares.

    The instrument takes the place of all outside capital in ``a``; its terms (rates, cap, years, preference, price in
    a sale) are those of ``a``. ``pre_money`` is the value before the round, that of round 1 if None; raises
    ``AssumptionError`` where it is 0.
    """
    nothing = dict.fromkeys([f"equity_{number}_amount" for number in range(1, MAX_ROUNDS + 1)], 0)
    without = replace(a, **nothing, loan=0, note=0, preferred=0)
    before = a.equity_1_pre_money if pre_money is None else pre_money
    terms = {"equity": {"equity_1_year": 0, "equity_1_pre_money": before}}
    ways = {}
    for name, assumption in WAYS.items():
        x = project(replace(without, **{assumption: amount}, **terms.get(name, {})))
        ways[name] = Way(instruments(x)[name], x)
    return ways
