"""Cap table and exit waterfall: worked by hand, and what must hold for any of them."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from coopfin.capital.ownership import exit_value
from hypothesis import given, settings, strategies as st
from strategies import values

from coopfin import Assumptions, cap_table, exit_proceeds, project

TWO_ROUNDS = Assumptions(
    option_pool=0.10,
    equity_1_year=0, equity_1_amount=1_000_000, equity_1_pre_money=4_000_000,
    equity_2_year=2, equity_2_amount=2_000_000, equity_2_pre_money=8_000_000,
)  # fmt: skip


def test_each_round_dilutes_all_who_were_there_before() -> None:
    # Round 1 takes 1/5, round 2 takes 1/5 of the whole: 0.8 * 0.8 = 0.64 stays, of it a tenth is the pool.
    table = cap_table(TWO_ROUNDS)
    assert float(table.founders) == pytest.approx(0.576)
    assert float(table.option_pool) == pytest.approx(0.064)
    np.testing.assert_allclose(table.rounds, [0.16, 0.20])
    before = cap_table(TWO_ROUNDS, year=1)
    np.testing.assert_allclose(before.rounds, [0.20])


@pytest.mark.parametrize(
    ("value", "founders_and_pool", "first", "second"),
    [
        # Preferences are 1 M and 2 M; per share of the whole they are 6.25 M (first) and 10 M (second).
        (1_500_000, 0, 500_000, 1_000_000),  # not enough for 3 M: one half for each
        (3_000_000, 0, 1_000_000, 2_000_000),
        (5_000_000, 2_000_000, 1_000_000, 2_000_000),  # the first would get (5 - 2) * 0.16 / 0.80 = 0.6 M as common
        (7_000_000, 4_000_000, 1_000_000, 2_000_000),  # exactly where it is the same: (7 - 2) * 0.2 = 1 M
        (8_000_000, 4_800_000, 1_200_000, 2_000_000),  # the first converts: (8 - 2) * 0.2
        (10_000_000, 6_400_000, 1_600_000, 2_000_000),  # where it is the same for the second
        (20_000_000, 12_800_000, 3_200_000, 4_000_000),  # both convert: plain shares
    ],
)
def test_each_round_takes_the_better_of_preference_and_share(
    value: float, founders_and_pool: float, first: float, second: float
) -> None:
    paid = exit_proceeds(TWO_ROUNDS, np.asarray(value, dtype=float))
    assert float(paid.founders + paid.option_pool) == pytest.approx(founders_and_pool)
    np.testing.assert_allclose(paid.rounds, [first, second])


@given(values(), st.floats(0, 1e10))
@settings(max_examples=200)
def test_what_is_paid_out_is_the_exit_value_and_no_round_regrets(raw: dict[str, float], value: float) -> None:
    a = Assumptions(**raw)
    paid = exit_proceeds(a, np.asarray(value))
    received = [float(each) for each in paid.rounds]
    assert float(paid.founders + paid.option_pool) + sum(received) == pytest.approx(value, rel=1e-9, abs=1e-6)
    table = cap_table(a)
    common, shares = float(table.founders + table.option_pool), [float(each) for each in table.rounds]
    preferences = [float(a.liquidation_preference * entry.amount) for entry in a.rounds]
    equilibria = _equilibria(value, common, shares, preferences)
    assert any(np.allclose(received, each, rtol=1e-6, atol=value * 1e-9 + 1e-6) for each in equilibria)


def _equilibria(value: float, common: float, shares: list[float], preferences: list[float]) -> list[list[float]]:
    """What each round gets in every set of choices from which none would change alone."""

    def paid(choice: tuple[bool, ...]) -> list[float]:
        claims = sum(p for p, converts in zip(preferences, choice, strict=True) if not converts)
        left = max(0.0, value - claims)
        part = min(1.0, value / claims) if claims else 0.0
        stock = common + sum(s for s, converts in zip(shares, choice, strict=True) if converts)
        return [
            left * s / stock if converts and stock else p * part * (not converts)
            for s, p, converts in zip(shares, preferences, choice, strict=True)
        ]

    found = []
    for choice in itertools.product([False, True], repeat=len(shares)):
        gets = paid(choice)
        better = False
        for i in range(len(shares)):
            other = paid(tuple(c != (j == i) for j, c in enumerate(choice)))[i]
            better |= other > gets[i] * (1 + 1e-9) + 1e-6
        if not better:
            found.append(gets)
    return found


def test_a_round_after_the_horizon_does_not_happen() -> None:
    late = Assumptions(years=3, equity_1_year=4, equity_1_amount=1e6, equity_1_pre_money=1e6, exit_multiple=2)
    assert cap_table(late).rounds.shape[0] == 0
    assert float(project(late).equity_raised.sum()) == 0


def test_never_sold_is_worth_nothing_and_members_money_comes_first() -> None:
    sold = Assumptions(years=1, exit_multiple=1, member_share=100, grants=1e6)
    x = project(sold)
    expected = float(x.revenue[-1] + x.cash[-1] - x.member_shares[-1])
    assert float(exit_value(x)) == pytest.approx(expected)
    assert float(exit_value(project(Assumptions(years=1, exit_multiple=0, grants=1e6)))) == 0
