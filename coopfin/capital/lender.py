"""What a lender asks beside the loan that can be carried: the loan on each year's surplus, and what flows are worth.

One scenario at a time, by the functions of numpy-financial; whoever shows a figure can name the function that gave it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy_financial as npf

from coopfin.capital.debt import COVER
from coopfin.capital.instruments import Instrument
from coopfin.engine.projection import Projection
from coopfin.engine.units import Array

PV, NPV, IRR = "numpy_financial.pv", "numpy_financial.npv", "numpy_financial.irr"


@dataclass(frozen=True)
class YearsLoan:
    """What the operating surplus after tax of one year can carry: ``payment`` a month, and the ``loan`` it is worth."""

    year: int
    surplus: float
    payment: float
    loan: float


def carried_by_year(x: Projection, cover: float = COVER) -> list[YearsLoan]:
    """The loan whose level payments each year's surplus covers ``cover`` times, were every year like it; 0 without one."""
    a = x.assumptions
    months = 12 * a.loan_years - a.loan_grace
    found = []
    with np.errstate(divide="ignore", invalid="ignore"):  # numpy-financial divides by a rate of 0, and then leaves it out
        for year, surplus in enumerate((x.operating_surplus - x.tax)[1:].tolist(), start=1):
            payment = max(0.0, surplus) / 12 / cover
            found.append(YearsLoan(year, surplus, payment, float(npf.pv(a.loan_rate / 12, months, -payment))))
    return found


def present_value(flows: Array, yearly: float) -> float:
    """What monthly ``flows`` are worth at the launch, at a discount rate a year."""
    return float(npf.npv(monthly(yearly), flows))


def yearly_rate(each: Instrument) -> float:
    """The yearly rate of return of one instrument where its flows have exactly one; else NaN."""
    if int(np.max(each.rate.count)) != 1:
        return np.nan
    first = int(np.argmax(each.flows != 0))
    return float((1 + npf.irr(each.flows[first:])) ** 12 - 1)


def monthly(yearly: float) -> float:
    """The rate a month that makes this one a year."""
    return float((1 + yearly) ** (1 / 12) - 1)
