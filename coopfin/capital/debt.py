"""What a lender works out: the loan that a surplus can carry, and the schedule of a loan.

By the functions of numpy-financial, whose names stand beside every result; the engine has its own arithmetic (the same
last bit for one scenario and for many), and tests hold both against each other. One scenario at a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy_financial as npf

from coopfin.engine.assumptions import Assumptions
from coopfin.engine.projection import Projection
from coopfin.engine.units import Array

COVER = 1.25  # how many times the payments a lender wants to see earned, where no other is chosen
WORST, FIRST = "worst", "first"


@dataclass(frozen=True)
class Carried:
    """The largest ``loan`` whose level payments a year's surplus covers ``cover`` times, and how it comes about.

    ``surplus`` is the operating surplus after tax of ``year``, ``payment`` what may be paid a month, ``months`` how many
    level payments there are. Where there is no such loan it is 0, and ``reason`` says why.
    """

    loan: float
    payment: float
    surplus: float
    year: int
    cover: float
    months: int
    function: str
    reason: str = ""


def carried(x: Projection, cover: float = COVER, basis: str = WORST) -> Carried:
    """The loan that the enterprise can carry, on the terms of its assumptions (rate, years, months of interest only).

    ``basis``: the ``worst`` of the years in which level payments fall within the horizon, or the ``first`` of them.
    The loan is the present value of the payments at the end of the months of interest only; before, it stays as it is.
    Tax is that of the projection, with the interest that the enterprise pays there.
    """
    a = x.assumptions
    start, months = a.loan_month + a.loan_grace, 12 * a.loan_years - a.loan_grace
    first, last = start // 12 + 1, min(x.years, (start + months - 1) // 12 + 1)
    after_tax = np.asarray(x.operating_surplus - x.tax)[first : last + 1]
    function = "numpy_financial.pv"
    if after_tax.size == 0:
        return Carried(0.0, 0.0, np.nan, first, cover, months, function, "its payments would all come after the horizon")
    at = int(np.argmin(after_tax)) if basis == WORST else 0
    surplus = float(after_tax[at])
    if surplus <= 0:
        return Carried(0.0, 0.0, surplus, first + at, cover, months, function, f"year {first + at} leaves no surplus to pay from")
    payment = surplus / 12 / cover
    with _quiet():
        loan = float(npf.pv(a.loan_rate / 12, months, -payment))
    return Carried(loan, payment, surplus, first + at, cover, months, function)


@dataclass(frozen=True)
class Schedule:
    """The loan month by month: ``month`` 0 is that in which it came; arrays of one number a month, money.

    ``functions`` says which function gave which column.
    """

    month: Array
    interest: Array
    principal: Array
    payment: Array
    balance: Array
    functions: Mapping[str, str]

    @property
    def total_interest(self) -> float:
        """All interest paid."""
        return float(self.interest.sum())


FUNCTIONS = {
    "payment": "numpy_financial.pmt",
    "interest": "numpy_financial.ipmt",
    "principal": "numpy_financial.ppmt",
    "balance": "numpy_financial.fv",
}


def schedule(a: Assumptions) -> Schedule:
    """The loan of the assumptions over its whole term, whatever the horizon: interest only, then level payments."""
    rate, grace, months = a.loan_rate / 12, a.loan_grace, 12 * a.loan_years - a.loan_grace
    each = np.arange(1, months + 1)
    interest_only = np.full(grace, a.loan * rate)
    with _quiet():
        level = float(npf.pmt(rate, months, -a.loan))
        interest = np.concatenate([[0.0], interest_only, npf.ipmt(rate, each, months, -a.loan)])
        principal = np.concatenate([[0.0], np.zeros(grace), npf.ppmt(rate, each, months, -a.loan)])
        balance = np.concatenate([np.full(1 + grace, float(a.loan)), npf.fv(rate, each, level, -a.loan)])
    payment = np.concatenate([[0.0], interest_only, np.full(months, level)])
    balance[-1] = 0.0  # but for rounding
    return Schedule(np.arange(len(payment), dtype=float), interest, principal, payment, balance, FUNCTIONS)


def _quiet() -> np.errstate:
    # At a rate of 0 numpy-financial works out both its formulas, of which one divides by 0, and takes the other.
    return np.errstate(divide="ignore", invalid="ignore")


def in_words(found: Carried) -> str:
    """How the loan that can be carried came about: the formula with its function, without amounts."""
    if found.reason:
        return f"No loan can be carried: {found.reason}."
    return (
        f"Operating surplus after tax of year {found.year} ÷ 12 ÷ a cover of {found.cover:g} may be paid a month; "
        f"{found.months} such payments are worth the loan ({found.function})."
    )
