"""Each capital instrument by itself, and four ways to raise the same amount."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from steady import steady
from strategies import stack, sweeps, values

from coopfin import AssumptionError, Assumptions, project
from coopfin.capital.instruments import instruments
from coopfin.capital.returns import capital_flows, equity_flows
from coopfin.capital.ways import answer, raise_the_same
from coopfin.engine.events import papers, rounds


@settings(max_examples=100)
@given(values())
def test_the_instruments_flows_are_those_of_all_outside_capital(a: dict[str, float]) -> None:
    x = project(Assumptions(**a))
    found = instruments(x)
    size = max(1.0, *(float(np.max(np.abs(getattr(x, name)))) for name in ("gross_sales", "cash", "equity_paid_in", "dividends")))
    together = sum(found[name].flows for name in ("equity", "loan", "note", "preferred"))
    np.testing.assert_allclose(together, capital_flows(x), rtol=1e-9, atol=1e-11 * size)
    numbered = {name: each for name, each in found.items() if each.number}
    expected = [f"equity_{each.number}" for each in rounds(x.assumptions)] + [
        f"safe_{each.number}" for each in papers(x.assumptions)
    ]
    assert list(numbered) == expected
    np.testing.assert_allclose(
        sum((each.flows for each in numbered.values()), np.zeros(12 * x.years + 1)), equity_flows(x), rtol=1e-9, atol=1e-11 * size
    )
    for each in found.values():
        np.testing.assert_allclose(each.gain, np.sum(each.flows), rtol=1e-9, atol=1e-10 * size)
        np.testing.assert_allclose(each.paid_by_year.sum(), each.paid.sum(), rtol=1e-9)


@settings(max_examples=15)
@given(sweeps(3))
def test_one_scenario_equals_itself_in_a_sweep(scenarios: list[Assumptions]) -> None:
    together = instruments(project(stack(scenarios)))
    for lane, a in enumerate(scenarios):
        for name, alone in instruments(project(a)).items():
            for what in ("flows", "gain", "multiple", "coverage", "served", "paid_by_year"):
                np.testing.assert_array_equal(getattr(alone, what), getattr(together[name], what)[..., lane], err_msg=name)
            np.testing.assert_array_equal(alone.rate.value, together[name].rate.value[lane], err_msg=name)


def test_a_round_keeps_its_number() -> None:
    found = instruments(project(steady(equity_2_amount=10, equity_2_pre_money=30, safe_2_amount=5, safe_2_cap=100)))
    assert [(name, each.label, each.number) for name, each in found.items() if each.number] == [
        ("equity_2", "Round 2", 2), ("safe_2", "Paper 2", 2),
    ]  # fmt: skip
    assert found["safe_2"].paid_in == 5


def test_what_each_earns_by_hand() -> None:
    found = instruments(project(steady(
        years=4, loan=100_000, loan_rate=0.08, loan_years=9, preferred=50_000, preferred_rate=0.06, member_share=10, grants=7_000,
    )))  # fmt: skip
    # A loan earns its interest, whether or not it is repaid within the horizon; preferred shares their dividend.
    assert float(found["loan"].rate.value) == pytest.approx((1 + 0.08 / 12) ** 12 - 1)
    assert float(found["loan"].at_horizon) > 0
    assert float(found["preferred"].rate.value) == pytest.approx(0.06)
    assert float(found["preferred"].received) == pytest.approx(50_000 + 4 * 3_000)
    assert float(found["member_shares"].rate.value) == pytest.approx(0)
    assert float(found["grants"].multiple) == 0
    assert np.isnan(found["grants"].rate.value)
    assert found["grants"].why_no_rate.startswith("no rate above −99 %")
    assert found["note"].why_no_rate == "no revenue-share note is paid in"
    assert not found["note"].used
    assert np.isnan(found["note"].multiple)
    assert found["loan"].why_no_rate == ""


def test_months_of_a_loan_with_grace_by_hand() -> None:
    a = steady(loan=12_000, loan_month=3, loan_rate=0.12, loan_years=1, loan_grace=6)
    loan = instruments(project(a))["loan"]
    assert loan.raised[3] == 12_000 and loan.raised_by_year.tolist() == [0, 12_000, 0]
    np.testing.assert_allclose(loan.paid[4:10], 120)
    assert loan.paid[10] == pytest.approx(12_000 * 0.01 / (1 - 1.01**-6)) == pytest.approx(loan.paid[15])
    assert loan.paid[16:].tolist() == [0] * 9


def test_who_votes() -> None:
    found = instruments(project(steady(equity_1_amount=1, equity_1_pre_money=9, safe_1_amount=1, safe_1_cap=10)))
    assert [name for name, each in found.items() if each.kind.votes] == ["equity_1", "equity", "member_shares"]


def test_coverage_in_the_order_of_claims_by_hand() -> None:
    # A surplus of 100,000 before capital. Loan without interest: 80,000 in 2 years, 40,000 a year: 2.5 times covered.
    # Then 60,000 are left for the note's 10 % of 200,000 = 20,000: 3 times.
    found = instruments(project(steady(
        loan=80_000, loan_rate=0, loan_years=2, note=100_000, note_rate=0.1, note_cap=1, preferred=1_200_000, preferred_rate=0.1,
        reserve_share=0.2,
    )))  # fmt: skip
    np.testing.assert_allclose(found["loan"].coverage[1:], 2.5)
    np.testing.assert_allclose(found["note"].coverage[1:], 3)
    # 80 % of a surplus of 100,000 is left for a dividend of 120,000: it is paid in part.
    np.testing.assert_allclose(found["preferred"].coverage[1:], 80 / 120)
    assert found["preferred"].served[1:].tolist() == [False] * 2
    assert np.all(np.isnan(found["equity"].coverage))
    assert found["loan"].served.all()


def test_a_loan_is_served_out_of_cash_at_hand_until_there_is_none() -> None:
    # Costs of 190,000 leave 10,000 for payments of 30,000; costs of 230,000 leave a loss of 30,000 besides.
    short = steady(years=4, overhead=190_000, loan=120_000, loan_rate=0, loan_years=4)
    assert instruments(project(short))["loan"].served.tolist() == [True] * 5  # 120, 100, 80, 60, 40 thousand
    shorter = steady(years=4, overhead=230_000, loan=120_000, loan_rate=0, loan_years=4)  # 120, 60, 0, −60, −120 thousand
    assert instruments(project(shorter))["loan"].served.tolist() == [True, True, True, False, False]


TERMS = {"years": 4, "overhead": 150_000, "loan_rate": 0, "loan_years": 4, "note_rate": 0.1, "note_cap": 1.5,
         "preferred_rate": 0.05, "exit_multiple": 1, "equity_1_pre_money": 60_000}  # fmt: skip


def test_four_ways_to_raise_the_same_by_hand() -> None:
    ways = raise_the_same(steady(**TERMS, loan=1, preferred=2, note=3, safe_1_amount=4, loan_month=5, equity_1_month=7), 40_000)
    assert list(ways) == ["equity", "loan", "note", "preferred"]
    for name, way in ways.items():
        found = instruments(way.projection)
        raised = {other: float(each.raised[0]) for other, each in found.items() if each.used and other != "member_shares"}
        assert raised in ({name: 40_000}, {name: 40_000, "equity_1": 40_000})
    # The loan costs nothing; 10,000 a year are 5 % of revenue. The note is paid 20,000 a year until 60,000: 10 %.
    assert float(ways["loan"].cost) == pytest.approx(0)
    assert float(ways["loan"].worst_year) == pytest.approx(0.05)
    assert float(ways["note"].cost) == pytest.approx(20_000)
    assert float(ways["note"].worst_year) == pytest.approx(0.1)
    # 5 % of 40,000 = 2,000 a year, 1 % of revenue, for 4 years.
    assert float(ways["preferred"].cost) == pytest.approx(8_000)
    assert float(ways["preferred"].worst_year) == pytest.approx(0.01)
    # 40 % of the company; sold for 200,000 + cash of 40,000 + 4 × 50,000: 176,000 for 40,000.
    assert float(ways["equity"].given_up) == pytest.approx(0.4)
    assert float(ways["equity"].cost) == pytest.approx(136_000)
    assert float(ways["equity"].worst_year) == 0
    assert [float(way.given_up) for name, way in ways.items() if name != "equity"] == [0, 0, 0]
    assert answer(ways).words == "Each way is enough: the firm never runs out of cash."


def test_the_answer_says_when_none_of_them_is_enough() -> None:
    # A loss of 5,000 a month: 40,000 last eight months.
    ways = raise_the_same(steady(**TERMS | {"overhead": 260_000}), 40_000)
    assert all(way.runs_dry for way in ways.values())
    assert float(ways["equity"].first_short_month) == 9
    assert float(ways["equity"].funding_gap) == pytest.approx(200_000)
    found = answer(ways, money="{:,.0f} EUR".format)
    assert found.enough == () and found.short == ("equity", "loan", "note", "preferred")
    assert found.words.startswith("None of these ways is enough. The firm runs out of cash with an investor round (first in ")
    assert "first in September of year 1, short of 200,000 EUR at worst" in found.words


def test_the_answer_says_which_are_enough() -> None:
    # A surplus of 5,000 a year; the note takes 20,000 a year until it has 60,000.
    ways = raise_the_same(steady(**TERMS | {"overhead": 195_000}), 40_000)
    found = answer(ways)
    assert (found.enough, found.short) == (("equity", "loan", "preferred"), ("note",))
    assert found.words == (
        "Enough as an investor round, a loan or preferred shares: then the firm never runs out of cash. "
        "Not enough as a revenue-share note (first in September of year 3, short of 5,000 at worst)."
    )


def test_the_value_before_the_round_is_asked_for_where_there_is_none() -> None:
    with pytest.raises(AssumptionError, match="equity_1_pre_money"):
        raise_the_same(steady(), 1_000)
    assert float(raise_the_same(steady(), 1_000, pre_money=9_000)["equity"].given_up) == pytest.approx(0.1)
