"""What outside capital pays in and gets back: by hand, and against the independent reading."""

from __future__ import annotations

import numpy as np
import pytest
from agreement import flows_apart, measures_apart
from hypothesis import given, settings
from reference import reference
from steady import steady
from strategies import values

from coopfin import MEASURES, Assumptions, irr, project
from coopfin.capital.returns import by_year, capital_flows, capital_rate, equity_flows, equity_rate, why_no_rate
from coopfin.capital.sale import exit_value, failure_value, sale, success_value


@settings(max_examples=150)
@given(values())
def test_flows_and_measures_agree_with_the_independent_reading(a: dict[str, float]) -> None:
    x, r = project(Assumptions(**a)), reference(a)
    assert flows_apart(x, r, "equity") <= 1e-9
    assert flows_apart(x, r, "capital") <= 1e-9
    assert measures_apart(x, r) == []
    for name, measure in MEASURES.items():
        assert bool(measure.empty(x)) or not np.isnan(measure(x)), name


def test_a_round_by_month_by_hand() -> None:
    a = steady(equity_1_month=6, equity_1_amount=50_000, equity_1_pre_money=150_000, dividend_share=0.5, exit_multiple=1)
    x = project(a)
    flows = equity_flows(x)
    # A quarter of 50,000 at the end of each year; sold for 200,000 + cash: 50,000 paid in + 2 × (100,000 − 50,000).
    assert float(exit_value(x)) == pytest.approx(350_000)
    expected = np.zeros(25)
    expected[6], expected[12], expected[24] = -50_000, 12_500, 12_500 + 350_000 / 4
    np.testing.assert_allclose(flows, expected, atol=1e-9)
    np.testing.assert_allclose(by_year(flows), [0, -37_500, 100_000], atol=1e-9)
    np.testing.assert_array_equal(flows, capital_flows(x))
    assert float(MEASURES["equity_multiple"](x)) == pytest.approx(112_500 / 50_000)
    assert float(MEASURES["capital_gain"](x)) == pytest.approx(62_500)
    assert float(MEASURES["founders_total"](x)) == pytest.approx(2 * 37_500 + 262_500)


def test_a_paper_shares_dividends_from_its_conversion_on() -> None:
    a = steady(safe_1_amount=10_000, safe_1_cap=100_000, equity_1_month=12, equity_1_amount=50_000, equity_1_pre_money=150_000,
                dividend_share=1)  # fmt: skip
    flows = equity_flows(project(a))
    # Year 1 ends with round 1, a quarter, and the paper's tenth of the rest: 32.5 % of 100,000.
    assert flows[0] == -10_000
    assert flows[12] == pytest.approx(-50_000 + 32_500)
    assert flows[24] == pytest.approx(32_500)


def test_the_sale_may_fail() -> None:
    a = steady(equity_1_amount=50_000, equity_1_pre_money=150_000, exit_multiple=1, exit_probability=0.6, failure_value=0.4)
    x = project(a)
    # Success: 200,000 + 50,000 + 200,000; failure: 40 % of the 50,000, all of it the investors' preference.
    assert float(success_value(x)) == pytest.approx(450_000)
    assert float(failure_value(x)) == pytest.approx(20_000)
    assert float(exit_value(x)) == pytest.approx(0.6 * 450_000 + 0.4 * 20_000)
    assert float(sale(x).rounds[1]) == pytest.approx(0.6 * 450_000 / 4 + 0.4 * 20_000)
    assert float(sale(x).founders) == pytest.approx(0.6 * 450_000 * 3 / 4)


def test_never_sold_is_worth_nothing_and_members_money_comes_first() -> None:
    x = project(steady(member_share=500, patronage_share=1, patronage_cash_share=0.2, reserve_share=0.1, failure_value=1))
    assert exit_value(x) == 0 and sale(x).founders == 0
    sold = project(steady(member_share=500, patronage_share=1, patronage_cash_share=0.2, reserve_share=0.1, exit_multiple=1))
    # Cash: 50,000 of shares and what was not refunded in cash; shares, accounts and reserve are not the owners'.
    assert float(sold.cash[-1]) == pytest.approx(50_000 + 2 * (100_000 - 0.2 * 90_000))
    assert float(exit_value(sold)) == pytest.approx(200_000)


def test_what_is_outstanding_at_the_horizon_counts_at_par() -> None:
    x = project(steady(loan=10_000, loan_rate=0.06, loan_years=9, loan_month=3, preferred=5_000, preferred_rate=0.12,
                        preferred_month=12, note=1_000, note_month=24, grants=77))  # fmt: skip
    flows = capital_flows(x)
    assert flows[3] == -10_000 and flows[12] == pytest.approx(float(x.payments[12]) - 5_000)
    last = float(x.payments[24]) + 600 + float(x.loan_balance[-1]) + 5_000
    assert flows[24] == pytest.approx(last)  # the note comes and counts back in the same month
    assert float(MEASURES["capital_raised"](x)) == 16_000
    late = project(steady(loan=10_000, loan_month=25, note=5, note_month=30))
    assert float(MEASURES["capital_raised"](late)) == 0


def test_a_loan_earns_its_monthly_rate_twelve_times() -> None:
    x = project(steady(loan=10_000, loan_rate=0.06))
    assert float(capital_rate(x).value) == pytest.approx(1.005**12 - 1)


def test_why_there_is_no_rate() -> None:
    nothing = project(steady())
    assert why_no_rate(equity_rate(nothing), 0.0, "round") == "no round is paid in"
    lost = project(steady(equity_1_amount=10, equity_1_pre_money=10))
    assert why_no_rate(equity_rate(lost), 10.0, "round") == (
        "no rate above −99 % brings the flows' present value to 0: too little comes back"
    )
    assert MEASURES["equity_irr"].empty(lost).startswith("no rate above −99 %")
    found = project(steady(loan=10_000, loan_rate=0.06))
    assert why_no_rate(capital_rate(found), 10_000.0, "outside capital") == ""
    several = np.array([-100.0, 230.0, -132.0])
    assert why_no_rate(irr(several, 1), 100.0, "capital").startswith("more than one rate")


def test_the_value_of_one_who_stays_by_hand() -> None:
    # 8,000 a year and a refund of all 100,000, a tenth of it in cash: 100 a year, 900 credited. 10 % a year, share 300.
    x = project(steady(discount_rate=0.1, member_share=300, patronage_share=1, patronage_cash_share=0.1))
    expected = -300 + 8_100 / 1.1 + 8_100 / 1.1**2 + (300 + 1_800) / 1.1**2
    assert float(MEASURES["provider_value"](x)) == pytest.approx(expected)
