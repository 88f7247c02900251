"""Goal seek: against looking through the range value by value, and what it says where no value does."""

import math
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from strategies import random_values

from coopfin import ASSUMPTIONS, MEASURES, Assumptions, project
from coopfin.comparison.goal_seek import (
    CASH_NEVER_BELOW_0,
    Found,
    Goal,
    at_least,
    at_most,
    candidates,
    highest,
    lowest,
    permitted,
)

COOPERATIVE = Assumptions(
    take_rate=0.15, overhead=400_000, loan=150_000, member_share=100, patronage_share=0.6, patronage_cash_share=0.5,
    reinvestment_share=0.2, reserve_share=0.1,
)  # fmt: skip


def reaches(a: Assumptions, name: str, values: object, goal: Goal) -> np.ndarray:
    return goal.margin(project(replace(a, **{name: values}))) >= 0


def test_the_lowest_take_rate_at_which_cash_never_falls_below_0() -> None:
    found = lowest(COOPERATIVE, "take_rate", CASH_NEVER_BELOW_0)
    assert float(MEASURES["lowest_cash"](project(replace(COOPERATIVE, take_rate=found.value)))) == pytest.approx(0, abs=1e-3)
    assert reaches(COOPERATIVE, "take_rate", found.value, CASH_NEVER_BELOW_0)
    assert not any(
        reaches(COOPERATIVE, "take_rate", value, CASH_NEVER_BELOW_0) for value in np.linspace(0, found.value - 1e-9, 500)
    )


def test_the_answer_by_hand() -> None:
    # One year, no growth, no tax: 100 providers sell 1,000 each; 10,000 of fixed costs ask for 10 % of 100,000.
    a = Assumptions(
        years=1, providers=100, sales_per_provider=1000, intake_first=0, churn=0, tax_rate=0, overhead=10_000,
        demand_first=0, sales_growth=0, season_swing=0, provider_cost_rate=0, pay_response=0, spend_response=0, crowding=0,
        processing_rate=0, service_rate=0, operations_rate=0, product_rate=0, marketing_rate=0, product_team=0,
        acquisition_cost=0, governance_cost=0, payment_fee=0, order_fee=0, cash_rate=0, benefits_rate=0, incentive_rate=0,
        bad_debt_rate=0, community_rate=0, founder_pay=0, dues=0, ancillary_rate=0,
    )  # fmt: skip
    assert lowest(a, "take_rate", CASH_NEVER_BELOW_0).value == pytest.approx(0.1, rel=1e-9)
    # Half of 20,000 as surplus: with a reserve for nothing, a cash refund of 4,000 leaves 6,000 of 10,000.
    b = replace(a, take_rate=0.2, patronage_share=1)
    assert highest(b, "patronage_cash_share", at_least("lowest_cash", 0)).value == 1
    keep = Goal("6,000 in cash at the end", lambda x: x.cash[-1] - 6_000)
    assert highest(b, "patronage_cash_share", keep).value == pytest.approx(0.4, rel=1e-9)
    assert highest(replace(a, take_rate=0.2), "overhead", CASH_NEVER_BELOW_0).value == pytest.approx(20_000, rel=1e-9)
    assert lowest(a, "grants", CASH_NEVER_BELOW_0).value == 0


def test_where_every_value_does_the_end_of_the_range_is_given() -> None:
    found = highest(replace(COOPERATIVE, grants=1e9), "patronage_cash_share", CASH_NEVER_BELOW_0)
    assert (found.value, found.everywhere, found.reason) == (1, True, "")
    assert not lowest(COOPERATIVE, "take_rate", CASH_NEVER_BELOW_0).everywhere


def test_where_no_value_does_it_says_so_and_how_near_it_comes() -> None:
    poor = replace(COOPERATIVE, overhead=1e9)
    found = lowest(poor, "take_rate", CASH_NEVER_BELOW_0)
    assert math.isnan(found.value)
    assert found.closest == 1
    assert found.shortfall == pytest.approx(-float(MEASURES["lowest_cash"](project(replace(poor, take_rate=1)))))
    assert found.reason.startswith(
        "cash never falls below 0: no Take rate from 0 to 1 does it; the closest is 1, which misses it by"
    )


def test_what_cannot_be_computed_is_said() -> None:
    nobody = replace(COOPERATIVE, providers=0)
    assert "cannot be computed" in lowest(nobody, "take_rate", at_least("provider_income_final", 1)).reason


def test_parts_of_the_surplus_stay_within_the_whole() -> None:
    assert highest(COOPERATIVE, "patronage_share", at_most("take_rate", 1)).value == pytest.approx(0.8)


def test_whole_numbers_are_tried_one_by_one() -> None:
    a = replace(COOPERATIVE, take_rate=0.2, loan=800_000)
    found = lowest(a, "loan_years", CASH_NEVER_BELOW_0)
    by_hand = [years for years in range(1, 41) if reaches(a, "loan_years", years, CASH_NEVER_BELOW_0)]
    assert found.value == (by_hand[0] if by_hand else pytest.approx(math.nan, nan_ok=True))
    assert by_hand, "choose a loan that some term can carry"
    assert lowest(a, "patronage_deductible", at_most("take_rate", 1)) == Found(0, everywhere=True)


def test_a_round_without_a_value_before_is_refused_in_words() -> None:
    unvalued = replace(COOPERATIVE, loan=0)
    assert (
        "equity_1_pre_money (Round 1: value before) is 0"
        in lowest(unvalued, "equity_1_amount", at_least("lowest_cash", 1e6)).reason
    )
    financed = replace(COOPERATIVE, equity_1_amount=1e6, equity_1_pre_money=1e6, exit_multiple=2, equity_1_preference=0)
    found = lowest(financed, "equity_1_pre_money", at_most("equity_multiple", 0.5))
    assert reaches(financed, "equity_1_pre_money", found.value, at_most("equity_multiple", 0.5))


def test_values_that_cannot_stand_beside_the_others_are_left_out() -> None:
    stepped = replace(COOPERATIVE, take_rate=0.2, take_rate_step=0.01, years=10)
    tried = candidates(stepped, ASSUMPTIONS["take_rate"])
    fine = permitted(stepped, ASSUMPTIONS["take_rate"], tried)
    assert tried[fine].max() <= 0.91 and tried[~fine].min() > 0.91 - 1e-9
    assert not math.isnan(highest(stepped, "take_rate", at_most("take_rate", 0.5)).value)
    assert highest(stepped, "take_rate", at_most("take_rate", 0.5)).value == pytest.approx(0.5)


def test_the_cure_for_a_gap_ends_the_gap_by_the_one_judge() -> None:
    rng = np.random.default_rng(3)
    cured = 0
    for _ in range(40):
        a = Assumptions(**random_values(rng))
        if not project(a).lows.lives:
            found = lowest(a, "take_rate", CASH_NEVER_BELOW_0)
            if not math.isnan(found.value):
                cured += 1
                assert project(replace(a, take_rate=found.value)).lows.lives
                lower = found.value * (1 - 1e-6) - 1e-9
                assert lower < 0 or not reaches(a, "take_rate", lower, CASH_NEVER_BELOW_0)
    assert cured > 3


def test_a_goal_reached_only_in_a_narrow_window_is_found() -> None:
    window = Goal("within the window", lambda x: 1e-8 - (x.assumptions.take_rate - 0.12345) ** 2)
    assert lowest(COOPERATIVE, "take_rate", window).value == pytest.approx(0.12335, abs=1e-7)
    assert highest(COOPERATIVE, "take_rate", window).value == pytest.approx(0.12355, abs=1e-7)


def test_a_goal_that_is_lost_and_reached_again_gives_the_right_end() -> None:
    two = Goal(
        "near 0.1 or near 0.5",
        lambda x: -np.minimum(abs(x.assumptions.take_rate - 0.1), abs(x.assumptions.take_rate - 0.5)) + 0.02,
    )
    assert lowest(COOPERATIVE, "take_rate", two).value == pytest.approx(0.08)
    assert highest(COOPERATIVE, "take_rate", two).value == pytest.approx(0.52)


FREE = [name for name, each in ASSUMPTIONS.items() if not each.structural]


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), name=st.sampled_from(FREE), up=st.booleans())
def test_against_brute_force(seed: int, name: str, up: bool) -> None:
    """No value tried is better than the one found, and none reaches the goal where none was found."""
    a = Assumptions(**random_values(np.random.default_rng(seed)))
    found = (highest if up else lowest)(a, name, CASH_NEVER_BELOW_0)
    tried = np.sort(np.random.default_rng(seed).choice(candidates(a, ASSUMPTIONS[name]), 500))
    tried = np.concatenate([tried, (tried[1:] + tried[:-1]) / 2]) if not ASSUMPTIONS[name].unit.whole else tried
    tried = tried[permitted(a, ASSUMPTIONS[name], tried)]
    every = candidates(a, ASSUMPTIONS[name])
    if not tried.size or np.sum(permitted(a, ASSUMPTIONS[name], every)) <= 1 < every.size:  # nothing to choose from
        assert found.reason
        return
    with np.errstate(all="ignore"):
        good = tried[reaches(a, name, tried, CASH_NEVER_BELOW_0)]
    if math.isnan(found.value):
        assert not good.size
        assert found.reason
    else:
        assert reaches(a, name, found.value, CASH_NEVER_BELOW_0)
        assert np.all(good <= found.value if up else good >= found.value)


def test_the_package_does_not_need_scipy_to_be_imported() -> None:
    blocked = "import sys; sys.modules['scipy'] = None; import coopfin, coopfin.comparison.goal_seek"
    subprocess.run([sys.executable, "-c", blocked], check=True)
