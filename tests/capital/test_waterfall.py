"""How a sale's value is shared out: by hand, against the independent reading, and what must always hold."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from reference.cap_table import ownership_at_exit
from reference.waterfall import claims_of, waterfall as reading
from strategies import stack, sweeps, values

from coopfin import Assumptions, CapTable, waterfall

# Founding 90 and 10 %; round 1 25 %, then 20 %; round 2 20 %: 500,000 and 1,000,000 paid in.
TWO_ROUNDS = Assumptions(
    option_pool=0.1, equity_1_amount=500_000, equity_1_pre_money=1_500_000, equity_2_month=24, equity_2_amount=1_000_000,
    equity_2_pre_money=4_000_000,
)  # fmt: skip
# 30 % for 2 million.
THIRTY = Assumptions(equity_1_amount=2e6, equity_1_pre_money=14e6 / 3)


def paid(table: CapTable) -> float:
    return math.fsum([table.founders, table.option_pool, *table.rounds.values(), *table.papers.values()])


def test_each_round_takes_the_better_of_preference_and_share() -> None:
    sold_for = np.array([0, 1_350_000, 3_000_000, 4_000_000, 5_000_000, 5_566_406.25])
    found = waterfall(TWO_ROUNDS, sold_for)
    np.testing.assert_allclose(found.rounds[1], [0, 450_000, 500_000, 750_000, 1_000_000, 1_113_281.25])
    np.testing.assert_allclose(found.rounds[2], [0, 900_000, 1_000_000, 1_000_000, 1_000_000, 1_113_281.25])
    np.testing.assert_allclose(found.founders, [0, 0, 1_350_000, 2_025_000, 2_700_000, 3_005_859.375])
    np.testing.assert_allclose(found.option_pool, [0, 0, 150_000, 225_000, 300_000, 333_984.375])


def test_who_participates_takes_the_preference_and_a_share_of_the_rest() -> None:
    plain, both = waterfall(THIRTY, 10e6), waterfall(replace(THIRTY, equity_1_participating=1), 10e6)
    assert (plain.founders, plain.rounds[1]) == pytest.approx((7e6, 3e6))
    assert (both.founders, both.rounds[1]) == pytest.approx((5.6e6, 4.4e6))


def test_a_cap_on_participating_holds_until_the_share_alone_is_more() -> None:
    a = replace(THIRTY, equity_1_participating=1, participation_cap=2)
    # 2 + 30 % of the rest, 4 million at most; from 13.33 million on 30 % of all is more.
    sold_for = np.array([1e6, 2e6, 5e6, 9e6, 12e6, 40e6 / 3, 20e6])
    np.testing.assert_allclose(waterfall(a, sold_for).rounds[1], [1e6, 2e6, 2.9e6, 4e6, 4e6, 4e6, 6e6], rtol=1e-12)
    # A cap below the preference counts as the preference; the share is taken once that is more.
    low = replace(a, participation_cap=0.5)
    np.testing.assert_allclose(waterfall(low, np.array([3e6, 6e6, 10e6])).rounds[1], [2e6, 2e6, 3e6], rtol=1e-12)


def test_who_is_paid_first_where_there_is_too_little() -> None:
    a = Assumptions(equity_1_amount=3e6, equity_1_pre_money=9e6, equity_2_amount=5e6, equity_2_pre_money=20e6)
    side_by_side = waterfall(a, 6e6)
    assert (side_by_side.founders, side_by_side.rounds[1], side_by_side.rounds[2]) == pytest.approx((0, 2.25e6, 3.75e6))
    last_first = waterfall(replace(a, later_rounds_first=1), 6e6)
    assert (last_first.founders, last_first.rounds[1], last_first.rounds[2]) == pytest.approx((0, 1e6, 5e6))


def test_papers_rank_with_their_round_and_those_without_one_last() -> None:
    a = Assumptions(
        years=3, safe_1_amount=1e6, safe_1_cap=10e6, equity_1_month=6, equity_1_amount=1e6, equity_1_pre_money=9e6,
        equity_2_month=12, equity_2_amount=2e6, equity_2_pre_money=18e6, safe_2_month=20, safe_2_amount=8e5, safe_2_discount=0.2,
        later_rounds_first=1,
    )  # fmt: skip
    # Round 2 asks 2 million, round 1 and its paper 1 million each, the paper without a round 1 million.
    for value, of_round_2, of_round_1, last in (
        (1e6, 1e6, 0, 0),
        (3e6, 2e6, 5e5, 0),
        (4.5e6, 2e6, 1e6, 5e5),
        (5e6, 2e6, 1e6, 1e6),
    ):
        found = waterfall(a, value)
        assert (found.rounds[2], found.rounds[1], found.papers[1], found.papers[2]) == pytest.approx(
            (of_round_2, of_round_1, of_round_1, last)
        )
        assert found.founders == 0
    # In proportion all are alike: 5 million are asked for.
    assert waterfall(replace(a, later_rounds_first=0), 1e6).papers[2] == pytest.approx(2e5)


@settings(max_examples=400)
@given(values(), st.floats(-2, 9), st.booleans())
def test_it_is_that_of_the_independent_reading(a: dict[str, float], size: float, asked: bool) -> None:
    assumptions = Assumptions(**a)
    own = ownership_at_exit(a)
    claims = claims_of(a, own)
    preferences = math.fsum(claim.preference for claim in claims)
    value = preferences * (1 + size) / 5 if asked and preferences > 0 else 10**size  # near what is asked for, or anything
    value = max(0.0, value)
    found = waterfall(assumptions, value)
    v, gets = reading(value, own.founders + own.pool, claims, a["later_rounds_first"] == 1)
    ours = [*found.rounds.values(), *(found.papers[n] for n in sorted(found.papers))]
    by_number = dict(zip([*own.rounds, *(f"paper {n}" for n in sorted(own.papers))], gets, strict=True))
    assert ours == pytest.approx(list(by_number.values()), rel=1e-9, abs=1e-9 * value)
    assert (found.founders, found.option_pool) == pytest.approx((v * own.founders, v * own.pool), rel=1e-9, abs=1e-9 * value)
    assert paid(found) == pytest.approx(value, rel=1e-12)


@settings(max_examples=100)
@given(values())
def test_more_value_is_never_less_for_anyone(a: dict[str, float]) -> None:
    sold_for = np.geomspace(1, 1e12, 60)
    found = waterfall(Assumptions(**a), sold_for)
    for got in (found.founders, found.option_pool, *found.rounds.values(), *found.papers.values()):
        assert np.all(np.diff(got) >= -1e-12 * sold_for[1:])


@settings(max_examples=60)
@given(values())
def test_an_array_of_values_gives_what_each_gives_alone(a: dict[str, float]) -> None:
    assumptions, sold_for = Assumptions(**a), np.geomspace(1, 1e10, 7)
    together = waterfall(assumptions, sold_for)
    for i, value in enumerate(sold_for.tolist()):
        alone = waterfall(assumptions, value)
        assert together.founders[i] == alone.founders
        for number, got in alone.rounds.items():
            assert together.rounds[number][i] == got
        for number, got in alone.papers.items():
            assert together.papers[number][i] == got


@settings(max_examples=40)
@given(sweeps(5), st.floats(2, 8))
def test_one_scenario_equals_itself_in_a_sweep(scenarios: list[Assumptions], size: float) -> None:
    together = waterfall(stack(scenarios), np.full(len(scenarios), 10**size))
    for lane, a in enumerate(scenarios):
        alone = waterfall(a, 10**size)
        assert together.founders[lane] == alone.founders
        for name in ("rounds", "papers"):
            for number, got in getattr(alone, name).items():
                assert getattr(together, name)[number][lane] == got
