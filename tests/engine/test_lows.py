"""Where cash is lowest and first short: ties go to the first month, and money as near to 0 as rounding is none."""

from __future__ import annotations

import math

import numpy as np
import pytest

from coopfin import Assumptions, project
from coopfin.engine.carriers import Arrays, Floats
from coopfin.engine.lows import NEAR_ZERO, Lows

ACTIVITY = 1e9  # so that up to 1 counts as nothing
HARDLY = 0.5 * NEAR_ZERO * ACTIVITY


def lows(**months: float) -> Lows:
    """Two years of cash of 100, but for some months."""
    cash = [100.0] * 25
    for month, value in months.items():
        cash[int(month.removeprefix("m"))] = value
    return Lows(Floats, cash, ACTIVITY, 100.0, ())


def test_of_two_months_as_low_the_first_counts() -> None:
    found = lows(m5=40.0, m8=40.0, m20=40.0)
    assert (found.lowest_cash, found.lowest_cash_month) == (40.0, 5)
    assert found.cash_low_month.tolist() == [0, 5, 20]
    nearly = lows(m5=40.0 + HARDLY, m8=40.0)
    assert (nearly.lowest_cash, nearly.lowest_cash_month) == (40.0, 5)


def test_what_rounding_leaves_below_zero_is_not_short() -> None:
    assert lows(m3=-HARDLY).lives and lows(m3=-HARDLY).funding_gap == 0
    found = lows(m3=-HARDLY, m7=-10.0, m9=-20.0)
    assert (found.first_short_month, found.funding_gap, bool(found.lives)) == (7, 20.0, False)
    assert np.flatnonzero(found.short).tolist() == [7, 9]


def test_the_first_short_month_of_several_scenarios() -> None:
    months = [np.full(3, 100.0) for _ in range(25)]
    months[4], months[20] = np.array([100.0, -5.0, -HARDLY]), np.array([-1e3, -9.0, 100.0])
    found = Lows(Arrays, months, np.full(3, ACTIVITY), np.full(3, 100.0), (3,))
    np.testing.assert_array_equal(found.first_short_month, [20, 4, math.nan])
    np.testing.assert_array_equal(found.lives, [False, False, True])


@pytest.mark.parametrize("take_rate", [0.0, 0.5, 1.0])
def test_nobody_leaves_twice(take_rate: float) -> None:
    """Where everybody leaves within a year and pay is bad, a month takes all there are and no more."""
    a = Assumptions(churn=1.0, take_rate=take_rate, pay_response=10.0, outside_keep=1.0, intake_first=0.0, intake_last=0.0)
    heads = project(a).months.providers
    assert np.all(heads >= 0) and heads[-1] == 0
