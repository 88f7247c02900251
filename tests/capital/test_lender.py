"""What a lender asks: by numpy-financial, held against sums by hand and the engine's own rates."""

from __future__ import annotations

import math

import numpy as np
import pytest

from coopfin import Assumptions, project
from coopfin.capital.debt import FIRST, carried
from coopfin.capital.instruments import instruments
from coopfin.capital.lender import carried_by_year, monthly, present_value, yearly_rate
from coopfin.ui.session import presets


def test_the_loan_of_each_year_is_what_its_payments_are_worth() -> None:
    x = project(Assumptions(take_rate=0.3, loan_rate=0.06, loan_years=5, loan_grace=6))
    for each in carried_by_year(x, 1.25):
        assert each.surplus == pytest.approx(float((x.operating_surplus - x.tax)[each.year]))
        by_hand = sum(each.payment / 1.005**month for month in range(1, 55))
        assert each.loan == pytest.approx(by_hand) and each.payment == pytest.approx(max(0, each.surplus) / 15)
    assert carried_by_year(x, 1.25)[0].loan == pytest.approx(carried(x, 1.25, FIRST).loan)


def test_without_interest_the_loan_is_the_sum_of_its_payments() -> None:
    each = carried_by_year(project(Assumptions(take_rate=0.3, loan_rate=0, loan_years=5)), 2)[-1]
    assert each.loan == pytest.approx(60 * each.payment)


def test_worth_and_rate_agree_with_the_engine() -> None:
    found = 0
    for key in presets.names():
        for a in presets.load(key).scenario.enterprises.values():
            for each in instruments(project(a)).values():
                rate = yearly_rate(each)
                assert math.isnan(rate) == math.isnan(float(each.rate.value))
                if not math.isnan(rate):
                    found += 1
                    assert rate == pytest.approx(float(each.rate.value), abs=1e-6)
                    assert abs(present_value(each.flows, rate)) < 1e-6 * float(np.abs(each.flows).sum())
    assert found > 8
    assert (1 + monthly(0.07)) ** 12 == pytest.approx(1.07)
