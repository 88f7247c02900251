"""Ownership counted in shares: by hand, against the independent reading, and what must always hold."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from reference import ownership_at
from reference.cap_table import ownership_at_exit
from strategies import values

from coopfin import Assumptions, cap_table
from coopfin.capital.cap_table import at, at_exit, history


def everyone(table) -> float:  # type: ignore[no-untyped-def]
    return math.fsum([table.founders, table.option_pool, *table.rounds.values(), *table.papers.values()])


def test_each_round_dilutes_all_who_were_there_before() -> None:
    a = Assumptions(
        equity_1_amount=500_000, equity_1_pre_money=1_500_000, equity_3_amount=1_000_000, equity_3_pre_money=4_000_000,
        equity_3_month=24, option_pool=0.1,
    )  # fmt: skip
    founding, first, third = history(a)
    assert (founding.table.founders, founding.table.option_pool, founding.table.rounds) == (0.9, 0.1, {})
    assert (first.month, first.number, first.table.rounds) == (0, 1, {1: 0.25})
    assert (first.table.founders, first.table.option_pool) == pytest.approx((0.675, 0.075))
    # A round keeps the number the assumptions give it, whichever others there are.
    assert (third.month, third.number) == (24, 3)
    assert third.table.rounds == pytest.approx({1: 0.2, 3: 0.2})
    assert (third.table.founders, third.table.option_pool) == pytest.approx((0.54, 0.06))
    assert cap_table(a, 23) == first.table
    assert cap_table(a, 24) == cap_table(a) == third.table


def test_a_pool_after_the_round_is_given_by_those_before_it() -> None:
    # 5 million on 20 million, pool of 12 % after: the investors 20 %, the pool 12 %, the founders the rest.
    table = cap_table(Assumptions(equity_1_amount=5e6, equity_1_pre_money=20e6, equity_1_pool=0.12))
    assert (table.founders, table.option_pool, table.rounds[1]) == pytest.approx((0.68, 0.12, 0.20))
    # A pool that is larger already stays as it is, diluted as everyone.
    table = cap_table(Assumptions(option_pool=0.5, equity_1_amount=5e6, equity_1_pre_money=20e6, equity_1_pool=0.12))
    assert (table.founders, table.option_pool, table.rounds[1]) == pytest.approx((0.4, 0.4, 0.2))


def test_a_capped_paper_owns_its_part_before_the_new_money() -> None:
    # 1 million at a post-money cap of 5 million owns 20 % before 2 million come in on 8 million: then 16 %.
    a = Assumptions(safe_1_amount=1e6, safe_1_cap=5e6, equity_1_month=12, equity_1_amount=2e6, equity_1_pre_money=8e6)
    assert cap_table(a, 11).papers == {1: 0}
    table = cap_table(a)
    assert (table.founders, table.papers[1], table.rounds[1]) == pytest.approx((0.64, 0.16, 0.2))


def test_a_discounted_paper_pays_less_than_the_new_investors() -> None:
    # Interest of 6 % for a year: 106,000 at 80 % of the price are worth 132,500 of the 1 million before the money.
    a = Assumptions(
        safe_1_amount=100_000, safe_1_discount=0.2, safe_1_interest=0.06, equity_1_month=12, equity_1_amount=250_000,
        equity_1_pre_money=1e6,
    )  # fmt: skip
    table = cap_table(a)
    assert (table.papers[1], table.rounds[1]) == pytest.approx((0.1325 * 0.8, 0.2))
    assert history(a)[-1].converted == {1: 106_000}
    assert history(a)[-1].converted_in == {1: 1}


def test_two_papers_and_a_larger_pool_at_once() -> None:
    # The sketch of the model: 1 million at the price of 2 million on 10 million, new pool 10 % after.
    a = Assumptions(safe_2_amount=1e6, equity_2_amount=2e6, equity_2_pre_money=10e6, equity_2_pool=0.1)
    table = cap_table(a)
    assert (table.rounds[2], table.option_pool) == pytest.approx((1 / 6, 0.1))
    # Paper 2 pays the price of a share before the money: 1 of 10 million of all shares, new options included.
    assert table.papers[2] == pytest.approx(0.1 * (1 - 1 / 6))
    assert everyone(table) == pytest.approx(1)


def test_a_paper_that_meets_no_round_is_shares_only_in_the_sale() -> None:
    a = Assumptions(years=2, safe_1_amount=1e5, safe_1_cap=1e6, safe_1_interest=0.05, safe_2_amount=50_000, safe_2_discount=0.2,
                    equity_1_amount=1, equity_1_pre_money=1, equity_1_month=25)  # fmt: skip
    step = history(a)[-1]
    assert (step.table.founders, step.table.papers) == (1, {1: 0, 2: 0})
    table, claims = at_exit(a, step)
    assert table.papers == pytest.approx({1: 0.11, 2: 0})
    assert table.founders == pytest.approx(0.89)
    assert claims == pytest.approx({1: 110_000, 2: 62_500})


@settings(max_examples=300)
@given(values())
def test_it_is_that_of_the_independent_reading(a: dict[str, float]) -> None:
    ours = Assumptions(**a)
    steps = history(ours)
    for month in sorted({0, 12 * ours.years, *(step.month for step in steps)}):
        table, theirs = at(steps, month).table, ownership_at(a, month)
        assert table.founders == pytest.approx(theirs.founders, rel=1e-12, abs=1e-13)
        assert table.option_pool == pytest.approx(theirs.pool, rel=1e-12, abs=1e-13)
        assert table.rounds == pytest.approx(theirs.rounds, rel=1e-12, abs=1e-13)
        converted = {number: share for number, share in table.papers.items() if at(steps, month).converted_in[number]}
        assert converted == pytest.approx(theirs.papers, rel=1e-12, abs=1e-13)
        assert table.outside == pytest.approx(theirs.outside, rel=1e-12, abs=1e-13)
        assert everyone(table) == pytest.approx(1, abs=1e-12)
    table, _ = at_exit(ours, steps[-1])
    theirs = ownership_at_exit(a)
    assert table.papers == pytest.approx(theirs.papers, rel=1e-12, abs=1e-13)
    assert (table.founders, table.option_pool) == pytest.approx((theirs.founders, theirs.pool), rel=1e-12, abs=1e-13)
    assert everyone(table) == pytest.approx(1, abs=1e-12)


def test_a_scenario_without_the_round_has_neither_pool_nor_conversion() -> None:
    amounts = np.array([0.0, 1e6])
    a = Assumptions(equity_1_amount=amounts, equity_1_pre_money=4e6, equity_1_pool=0.1, safe_1_amount=1e5, safe_1_cap=2e6,
                    equity_2_month=12, equity_2_amount=1e6, equity_2_pre_money=9e6)  # fmt: skip
    table, step = cap_table(a), history(a)[-1]
    assert step.converted_in[1].tolist() == [2, 1]
    np.testing.assert_allclose(table.rounds[1], [0, 0.2 * 0.9])
    np.testing.assert_allclose(table.option_pool, [0, 0.1 * 0.9])
    np.testing.assert_allclose(table.papers[1][0], 0.05 * 0.9)
