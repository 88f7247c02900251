"""Each capital instrument by itself, and four ways to raise the same amount."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from coopfin.capital.ownership import cap_tables
from hypothesis import given, settings
from strategies import stack, sweeps, values

from coopfin import AssumptionError, Assumptions, exit_proceeds, project, read_scenario
from coopfin.capital.instruments import instruments, raise_the_same
from coopfin.capital.returns import capital_flows, equity_flows

WORKED = Path(__file__).parents[1] / "worked"
CASES = [
    (path.stem.removesuffix("_capital"), row)
    for path in sorted(WORKED.glob("*_capital.csv"))
    for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
]
# 100 providers sell 10,000 each at 20 %: revenue 200,000 a year; costs 150,000; no tax. Nothing grows.
STEADY = Assumptions(
    years=4, providers=100, sales_per_provider=10_000, sales_growth=0, inflation=0, tax_rate=0, take_rate=0.2, overhead=150_000,
    processing_rate=0, service_rate=0, operations_rate=0, product_rate=0, marketing_rate=0, growth_first=0, growth_last=0,
    churn=0,
)  # fmt: skip


def conversion(enterprise: str) -> Assumptions:
    return read_scenario((WORKED / "conversion.csv").read_bytes(), "conversion.csv").enterprises[enterprise]


@pytest.mark.parametrize(
    ("example", "row"), CASES, ids=lambda part: part if isinstance(part, str) else "-".join(list(part.values())[:4])
)
def test_as_worked_by_hand(example: str, row: dict[str, str]) -> None:
    scenario = read_scenario((WORKED / f"{example}.csv").read_bytes(), f"{example}.csv")
    instrument = instruments(project(scenario.enterprises[row["enterprise"]]))[row["instrument"]]
    ours = instrument.rate.value if row["what"] == "rate" else getattr(instrument, row["what"])
    if row["year"]:
        ours = ours[int(row["year"])]
    assert float(ours) == pytest.approx(float(row["value"]), rel=1e-8, abs=1e-8)


def test_the_cap_table_after_each_round_as_worked_by_hand() -> None:
    founding, first, second = cap_tables(conversion("middle"))
    assert (float(founding.founders), float(founding.option_pool), founding.rounds.size) == (0.9, 0.1, 0)
    assert (float(first.founders), float(first.option_pool)) == pytest.approx((0.675, 0.075))
    np.testing.assert_allclose(first.rounds, [0.25])
    assert (float(second.founders), float(second.option_pool)) == pytest.approx((0.54, 0.06))
    np.testing.assert_allclose(second.rounds, [0.2, 0.2])


def test_two_rounds_in_one_year_are_two_steps() -> None:
    a = replace(conversion("middle"), equity_2_year=0)
    assert [len(table.rounds) for table in cap_tables(a)] == [0, 1, 2]


def test_proceeds_over_an_array_of_exit_values_as_worked_by_hand() -> None:
    a, sold_for = conversion("middle"), np.array([0, 1_350_000, 3_000_000, 4_000_000, 5_000_000, 5_566_406.25])
    paid = exit_proceeds(a, sold_for)
    np.testing.assert_allclose(paid.rounds[0], [0, 450_000, 500_000, 750_000, 1_000_000, 1_113_281.25])
    np.testing.assert_allclose(paid.rounds[1], [0, 900_000, 1_000_000, 1_000_000, 1_000_000, 1_113_281.25])
    np.testing.assert_allclose(paid.founders, [0, 0, 1_350_000, 2_025_000, 2_700_000, 3_005_859.375])
    np.testing.assert_allclose(paid.option_pool, [0, 0, 150_000, 225_000, 300_000, 333_984.375])


@settings(max_examples=60, deadline=None)
@given(values())
def test_an_array_of_exit_values_gives_what_each_gives_alone(a: dict[str, float]) -> None:
    assumptions, sold_for = Assumptions(**a), np.geomspace(1, 1e10, 7)
    together = exit_proceeds(assumptions, sold_for)
    assert together.founders.shape == (7,)
    assert together.rounds.shape == (len(assumptions.rounds), 7)
    for i, value in enumerate(sold_for):
        alone = exit_proceeds(assumptions, np.asarray(value))
        np.testing.assert_array_equal(together.founders[i], alone.founders)
        np.testing.assert_array_equal(together.rounds[:, i], alone.rounds)


@settings(max_examples=150, deadline=None)
@given(values())
def test_the_instruments_flows_are_those_of_all_outside_capital(a: dict[str, float]) -> None:
    x = project(Assumptions(**a))
    found = instruments(x)
    size = max(1.0, *(float(np.max(np.abs(getattr(x, name)))) for name in ("gross_sales", "cash", "equity_paid_in", "dividends")))
    together = sum(found[name].flows for name in ("equity", "loan", "note", "preferred"))
    np.testing.assert_allclose(together, capital_flows(x), rtol=1e-9, atol=1e-11 * size)
    rounds = [each for name, each in found.items() if name.startswith("equity_")]
    assert len(rounds) == len(x.assumptions.rounds)
    np.testing.assert_allclose(
        sum((each.flows for each in rounds), np.zeros_like(x.cash)), equity_flows(x), rtol=1e-9, atol=1e-11 * size
    )
    for each in found.values():
        np.testing.assert_allclose(each.gain, np.sum(each.flows), rtol=1e-9, atol=1e-11 * size)


@settings(max_examples=20, deadline=None)
@given(sweeps(3))
def test_one_scenario_equals_itself_in_a_sweep(scenarios: list[Assumptions]) -> None:
    together = instruments(project(stack(scenarios)))
    for lane, a in enumerate(scenarios):
        for name, alone in instruments(project(a)).items():
            for what in ("flows", "gain", "multiple", "coverage", "served"):
                np.testing.assert_array_equal(getattr(alone, what), getattr(together[name], what)[..., lane], err_msg=name)
            np.testing.assert_array_equal(alone.rate.value, together[name].rate.value[lane], err_msg=name)


def test_what_each_earns_by_hand() -> None:
    a = replace(
        STEADY, loan=100_000, loan_rate=0.08, loan_years=9, preferred=50_000, preferred_rate=0.06, member_share=10, grants=7_000
    )
    found = instruments(project(a))
    # A loan earns its interest, whether or not it is repaid within the horizon; preferred shares their dividend.
    assert float(found["loan"].rate.value) == pytest.approx(0.08)
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


def test_who_votes() -> None:
    found = instruments(project(replace(STEADY, equity_1_amount=1, equity_1_pre_money=1)))
    assert [name for name, each in found.items() if each.kind.votes] == ["equity_1", "equity", "member_shares"]


def test_coverage_in_the_order_of_claims_by_hand() -> None:
    # A surplus of 50,000 before capital. Loan without interest: 80,000 in 4 payments of 20,000: 2.5 times covered.
    # Then 30,000 are left for the note's 5 % of 200,000 = 10,000: 3 times.
    a = replace(STEADY, loan=80_000, loan_rate=0, loan_years=4, note=100_000, note_rate=0.05, note_cap=1, preferred=600_000,
                preferred_rate=0.1, reserve_share=0.2)  # fmt: skip
    found = instruments(project(a))
    np.testing.assert_allclose(found["loan"].coverage[1:], 2.5)
    np.testing.assert_allclose(found["note"].coverage[1:], 3)
    # 80 % of a surplus of 50,000 is left for a dividend of 60,000: it is paid in part.
    np.testing.assert_allclose(found["preferred"].coverage[1:], 40 / 60)
    assert found["preferred"].served[1:].tolist() == [False] * 4
    assert np.all(np.isnan(found["equity"].coverage))
    assert found["loan"].served.all()


def test_a_loan_is_served_out_of_cash_at_hand_until_there_is_none() -> None:
    # Costs of 190,000 leave 10,000 for payments of 30,000; costs of 230,000 leave a loss of 30,000 besides.
    short = replace(STEADY, overhead=190_000, loan=120_000, loan_rate=0, loan_years=4, years=4)
    assert instruments(project(short))["loan"].served.tolist() == [True] * 5  # 120, 100, 80, 60, 40 thousand
    shorter = replace(short, overhead=230_000)  # 120, 60, 0, −60, −120 thousand
    assert instruments(project(shorter))["loan"].served.tolist() == [True, True, True, False, False]


def test_four_ways_to_raise_the_same_by_hand() -> None:
    terms = replace(
        STEADY, loan_rate=0, loan_years=4, note_rate=0.1, note_cap=1.5, preferred_rate=0.05, exit_multiple=1,
        equity_1_pre_money=60_000, loan=1, preferred=2, note=3,
    )  # fmt: skip
    ways = raise_the_same(terms, 40_000)
    assert list(ways) == ["equity", "loan", "note", "preferred"]
    for name, way in ways.items():
        raised = {other: float(each.paid_in) for other, each in instruments(way.projection).items() if each.used}
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


def test_the_value_before_the_round_is_asked_for_where_there_is_none() -> None:
    with pytest.raises(AssumptionError, match="equity_1_pre_money is 0"):
        raise_the_same(STEADY, 1_000)
    assert float(raise_the_same(STEADY, 1_000, pre_money=9_000)["equity"].given_up) == pytest.approx(0.1)
