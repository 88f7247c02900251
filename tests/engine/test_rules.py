"""Every rule between assumptions: what is refused, and what lies just inside."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from coopfin.engine.assumptions import ASSUMPTIONS, Assumptions, conflicts, find_mistakes
from coopfin.engine.declaration import AssumptionError

Values = dict[str, float]
Case = tuple[Values, Values, Values, set[str]]

ROUND: Values = {"equity_1_amount": 250_000, "equity_1_pre_money": 750_000}
LATER: Values = ROUND | {"equity_2_amount": 100, "equity_2_pre_money": 900}
PAPER: Values = {"safe_1_amount": 50_000, "safe_1_cap": 200_000}

# What both share, then what is refused and what is not; the assumptions that are named.
CASES: dict[str, Case] = {
    "split": (
        {"community_share": 0.1, "reinvestment_share": 0.2, "dividend_share": 0.0},
        {"patronage_share": 0.71}, {"patronage_share": 0.7},
        {"community_share", "reinvestment_share", "dividend_share", "patronage_share"},
    ),
    "take above 1": (
        {"take_rate": 0.7}, {"take_rate_step": 0.034}, {"take_rate_step": 0.3 / 9},
        {"take_rate", "take_rate_step"},
    ),
    "take below 0": (
        {"take_rate": 0.3}, {"take_rate_step": -0.034}, {"take_rate_step": -0.3 / 9},
        {"take_rate", "take_rate_step"},
    ),
    "order fee": ({"order_fee": 0.5}, {"order_value": 0}, {"order_value": 1e-9}, {"order_fee", "order_value"}),
    "no order fee": ({"order_value": 0}, {"order_fee": 0.1}, {"order_fee": 0}, {"order_fee", "order_value"}),
    "payment fee": ({"payment_fee": 0.3}, {"order_value": 0}, {"order_value": 20}, {"payment_fee", "order_value"}),
    "spending": ({"spend_response": 0.05}, {"spend_needed": 0}, {"spend_needed": 0.01}, {"spend_response", "spend_needed"}),
    "crowding": ({"pay_response": 0.5}, {"crowding": 0}, {"crowding": 0.01}, {"pay_response", "crowding"}),
    "pay": (
        {"pay_response": 0.5, "outside_keep": 0.6},
        {"provider_cost_rate": 0.6}, {"provider_cost_rate": 0.59},
        {"pay_response", "outside_keep", "provider_cost_rate"},
    ),
    "no answer to pay": (
        {"crowding": 0, "outside_keep": 0.6, "provider_cost_rate": 0.6},
        {"pay_response": 0.1}, {"pay_response": 0},
        {"pay_response", "crowding", "outside_keep", "provider_cost_rate"},
    ),
    "value before": (
        {"equity_3_amount": 1}, {"equity_3_pre_money": 0}, {"equity_3_pre_money": 1},
        {"equity_3_amount", "equity_3_pre_money"},
    ),
    "no round": (
        {"equity_3_pre_money": 0}, {"equity_3_amount": 1}, {"equity_3_amount": 0},
        {"equity_3_amount", "equity_3_pre_money"},
    ),
    "pool": (
        ROUND, {"equity_1_pool": 0.75}, {"equity_1_pool": 0.749},
        {"equity_1_pool", "equity_1_amount", "equity_1_pre_money"},
    ),
    "pool that fills the rest on paper only": (
        {"equity_1_amount": 0.1, "equity_1_pre_money": 0.2}, {"equity_1_pool": 2 / 3}, {"equity_1_pool": 0.66},
        {"equity_1_pool", "equity_1_amount", "equity_1_pre_money"},
    ),
    "pool of no round": (
        {"equity_1_pre_money": 750_000, "equity_1_pool": 1}, {"equity_1_amount": 250_000}, {"equity_1_amount": 0},
        {"equity_1_pool", "equity_1_amount", "equity_1_pre_money"},
    ),
    "paper by its cap at the horizon": (
        {"safe_1_amount": 100_000, "safe_1_interest": 0.05}, {"safe_1_cap": 150_000}, {"safe_1_cap": 150_001},
        {"safe_1_amount", "safe_1_cap"},
    ),
    "two papers at the horizon": (
        PAPER | {"safe_2_amount": 150_000}, {"safe_2_cap": 200_000}, {"safe_2_cap": 0},
        {"safe_1_amount", "safe_1_cap", "safe_2_amount", "safe_2_cap"},
    ),
    "paper by its discount at a round": (
        ROUND | {"safe_1_discount": 0.2}, {"safe_1_amount": 600_000}, {"safe_1_amount": 599_999},
        {"safe_1_amount", "safe_1_cap", "equity_1_pre_money"},
    ),
    "paper by its discount with a pool": (
        ROUND | {"equity_1_pool": 0.15, "safe_1_discount": 0.2}, {"safe_1_amount": 480_000}, {"safe_1_amount": 479_999},
        {"safe_1_amount", "safe_1_cap", "equity_1_pre_money"},
    ),
    "papers, one by its cap and one by its discount": (
        ROUND | PAPER | {"safe_2_discount": 0.2}, {"safe_2_amount": 450_000}, {"safe_2_amount": 449_999},
        {"safe_1_amount", "safe_2_amount", "safe_1_cap", "safe_2_cap", "equity_1_pre_money"},
    ),
}  # fmt: skip

STRUCTURAL: dict[str, Case] = {
    "take in a later year": (
        {"take_rate": 0.1, "take_rate_step": -0.02}, {"years": 7}, {"years": 6}, {"take_rate", "take_rate_step"}
    ),
    "grace": ({"loan_years": 2}, {"loan_grace": 24}, {"loan_grace": 23}, {"loan_grace", "loan_years"}),
    "order of rounds": (
        LATER | {"equity_1_month": 12}, {"equity_2_month": 11}, {"equity_2_month": 12}, {"equity_1_month", "equity_2_month"}
    ),
    "interest until a later round": (
        ROUND | {"safe_1_amount": 500_000, "safe_1_discount": 0.2, "safe_1_interest": 0.1},
        {"equity_1_month": 24}, {"equity_1_month": 23}, {"safe_1_amount", "safe_1_cap", "equity_1_pre_money"},
    ),
    "paper after the horizon": (
        {"safe_1_amount": 2, "safe_1_cap": 1}, {"safe_1_month": 120}, {"safe_1_month": 121}, {"safe_1_amount", "safe_1_cap"}
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", (CASES | STRUCTURAL).values(), ids=(CASES | STRUCTURAL).keys())
def test_what_cannot_hold_together_is_refused(
    case: Case,
) -> None:
    both, refused, permitted, named = case
    Assumptions(**both, **permitted)
    with pytest.raises(AssumptionError) as error:
        Assumptions(**both, **refused)
    assert {name for mistake in error.value.mistakes for name in mistake.assumptions} == named
    for mistake in error.value.mistakes:
        assert all(name in mistake.message for name in mistake.assumptions[:1])
        assert "permitted: " in mistake.message and "unit: " in mistake.message


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_in_a_sweep_the_scenarios_are_told_apart(
    case: Case,
) -> None:
    both, refused, permitted, _ = case
    lanes: dict[str, Any] = {name: np.array([refused[name], permitted[name], refused[name]]) for name in refused}
    values = SimpleNamespace(**{name: float(each.default) for name, each in ASSUMPTIONS.items()} | both | lanes)
    broken = conflicts(values)
    assert broken and all(mask.tolist() == [True, False, True] for mask, _ in broken)
    alone = SimpleNamespace(**{name: float(each.default) for name, each in ASSUMPTIONS.items()} | both | refused)
    assert [mistake for _, mistake in broken] == [mistake for _, mistake in conflicts(alone)]


def test_sums_that_are_whole_on_paper_are_whole() -> None:
    tenths = {"community_share": 0.1, "reinvestment_share": 0.2, "dividend_share": 0.3}
    assert 0.1 + 0.2 + 0.3 + 0.4 <= 1 + 1e-12
    Assumptions(**tenths, patronage_share=0.4)
    Assumptions(take_rate=0.9, take_rate_step=-0.1)


def test_rounds_of_different_scenarios_need_no_order() -> None:
    months = {"equity_1_month": 24, "equity_2_month": 12, "equity_1_pre_money": 1, "equity_2_pre_money": 1}
    Assumptions(**months, equity_1_amount=np.array([1.0, 0.0]), equity_2_amount=np.array([0.0, 1.0]))
    with pytest.raises(AssumptionError, match=r"equity_2_month .* is 12; permitted: 24 or later"):
        Assumptions(**months, equity_1_amount=np.array([1.0, 0.0]), equity_2_amount=np.array([1.0, 1.0]))


def test_the_words_say_what_to_do() -> None:
    with pytest.raises(AssumptionError) as error:
        Assumptions(**ROUND, equity_1_pool=0.8)
    assert str(error.value) == (
        "equity_1_pool (Round 1: option pool after it) is 0.8; permitted: below 0.75, what the investors of round 1 leave to "
        "others; unit: share (20 % is written 0.2); lower equity_1_pool or equity_1_amount, or raise equity_1_pre_money"
    )


def test_every_mistake_is_told_at_once_and_each_alone_first() -> None:
    with pytest.raises(AssumptionError) as error:
        Assumptions(take_rate=20, churn=float("nan"), years=41, loan_grace=60)
    assert [mistake.assumptions for mistake in error.value.mistakes] == [("years",), ("take_rate",), ("churn",)]
    with pytest.raises(AssumptionError) as error:
        Assumptions(loan_grace=60, order_fee=1)
    assert len(error.value.mistakes) == 2


def test_values_far_beyond_any_platform_are_judged_without_a_warning() -> None:
    huge = {"safe_1_amount": 1e308, "safe_1_interest": 10.0, "safe_1_cap": 1e-300}
    with pytest.raises(AssumptionError):
        Assumptions(**huge)
    with pytest.raises(AssumptionError):
        Assumptions(**{name: np.array([value, value]) for name, value in huge.items()})


def test_scenarios_that_do_not_fit_together_are_refused() -> None:
    with pytest.raises(AssumptionError, match="2 and 3 scenarios"):
        Assumptions(take_rate=np.zeros(2), churn=np.zeros(3))


@pytest.mark.parametrize("value", [np.array([1.0, 2.0]), [1, 2]])
def test_a_structural_assumption_is_one_number(value: Any) -> None:
    with pytest.raises(AssumptionError, match="structural"):
        Assumptions(loan_years=value)


def test_a_mistake_is_found_in_values_of_any_kind() -> None:
    values = {name: each.default for name, each in ASSUMPTIONS.items()}
    assert find_mistakes(SimpleNamespace(**values)) == []
    assert len(find_mistakes(SimpleNamespace(**values | {"take_rate": np.array([0.1, 1.1])}))) == 1
    assert len(find_mistakes(SimpleNamespace(**values | {"take_rate": np.float32(1.5), "years": np.int64(0)}))) == 2
