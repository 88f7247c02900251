"""What loan a surplus can carry, and the schedule of a loan: the engine and numpy-financial agree."""

from __future__ import annotations

import numpy as np
import numpy_financial as npf
import pytest
from hypothesis import given, settings, strategies as st
from steady import steady

from coopfin import project
from coopfin.capital.debt import FIRST, FUNCTIONS, WORST, carried, in_words, schedule


@settings(max_examples=60)
@given(
    st.floats(1, 1e7), st.one_of(st.just(0.0), st.floats(1e-4, 0.5)), st.integers(1, 12), st.integers(0, 40), st.integers(0, 14)
)
def test_the_engines_loan_is_numpy_financials(amount: float, rate: float, years: int, grace: int, month: int) -> None:
    grace = min(grace, 12 * years - 1)
    a = steady(years=14, loan=amount, loan_rate=rate, loan_years=years, loan_grace=grace, loan_month=month)
    x, found = project(a), schedule(a)
    whole = slice(month, month + 12 * years + 1)
    for name in ("interest", "principal", "balance"):
        ours = getattr(x.months, f"loan_{name}")[whole]
        theirs = getattr(found, name)[: len(ours)]
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-9 * amount, err_msg=name)
    np.testing.assert_allclose(found.payment, found.interest + found.principal, rtol=1e-9, atol=1e-9 * amount)
    assert found.functions == FUNCTIONS


def test_a_loan_by_hand() -> None:
    found = schedule(steady(loan=200_000, loan_rate=0.08, loan_years=7))
    assert found.total_interest == pytest.approx(61_848.40, abs=0.005)
    assert len(found.month) == 85
    graced = schedule(steady(loan=60_000, loan_rate=0.06, loan_years=10, loan_grace=24))
    assert graced.interest[1:13].sum() == pytest.approx(3_600) == pytest.approx(graced.interest[13:25].sum())
    assert graced.payment[25] == pytest.approx(788.49, abs=0.005)
    assert (graced.balance[24], graced.balance[120]) == (60_000, 0)


def test_no_loan_has_a_schedule_of_nothing() -> None:
    found = schedule(steady(loan=0, loan_rate=0.08, loan_years=1))
    assert not np.any(found.payment) and len(found.month) == 13


def test_the_loan_that_a_surplus_can_carry_by_hand() -> None:
    # 100,000 a year, covered 1.25 times: 80,000 a year, 6,666.67 a month for 5 years at 6 %.
    a = steady(years=6, loan_rate=0.06, loan_years=5)
    found = carried(project(a))
    assert found.payment == pytest.approx(80_000 / 12)
    assert found.loan == pytest.approx(80_000 / 12 * (1 - 1.005**-60) / 0.005)
    assert (found.surplus, found.months, found.function, found.reason) == (pytest.approx(100_000), 60, "numpy_financial.pv", "")
    assert "÷ a cover of 1.25" in in_words(found) and "numpy_financial.pv" in in_words(found)
    # Whoever borrows that much pays that much, and lives on what is left.
    x = project(steady(years=6, loan_rate=0.06, loan_years=5, loan=found.loan))
    assert x.payments[1] == pytest.approx(found.payment)
    assert x.payments[1] == pytest.approx(float(npf.pmt(0.005, 60, -found.loan)))
    assert float(x.operating_surplus[1] / x.payments[1:13].sum()) == pytest.approx(1.25)


def test_the_worst_year_and_the_first() -> None:
    # Costs grow by 10 % a year from 100,000, revenue does not: 100,000, 90,000, 79,000, …
    a = steady(years=4, inflation=0.1, loan_rate=0, loan_years=2, loan_grace=12)
    x = project(a)
    worst, first = carried(x, cover=1, basis=WORST), carried(x, cover=1, basis=FIRST)
    assert (worst.year, worst.surplus) == (2, pytest.approx(90_000)) == (first.year, pytest.approx(first.surplus))
    longer = project(steady(years=4, inflation=0.1, loan_rate=0, loan_years=3))
    assert (carried(longer, basis=FIRST).year, carried(longer, basis=WORST).year) == (1, 3)
    assert carried(longer, cover=1).loan == pytest.approx(3 * 79_000)


def test_why_no_loan_can_be_carried() -> None:
    loss = carried(project(steady(overhead=300_000)))
    assert loss.loan == 0 and loss.reason == "year 1 leaves no surplus to pay from"
    late = carried(project(steady(loan_month=24)))
    assert late.loan == 0 and late.reason == "its payments would all come after the horizon"
    assert in_words(late) == "No loan can be carried: its payments would all come after the horizon."
