"""One member's account: by hand in a small case, and all accounts together against the cooperative's statements."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from coopfin import Assumptions, MemberAccount, Projection, member_account, pay_elsewhere, project, tax_beyond_cash, worth_today

# One member, sales of 1,000, all 200 of commission left over: 100 refunded, 40 of it in cash, 60 paid back two years later.
ALONE = Assumptions(
    years=6, providers=1, sales_per_provider=1000, take_rate=0.2, processing_rate=0, service_rate=0, operations_rate=0,
    overhead=0, marketing_rate=0, intake_first=0, intake_last=0, churn=0, crowding=0,
    member_share=50, patronage_share=0.5, patronage_cash_share=0.4, redemption_years=2,
)  # fmt: skip


def test_who_joins_in_year_2_and_is_gone_in_year_4_by_hand() -> None:
    account = member_account(project(ALONE), joins=2, leaves=4)
    expected = {
        "sales": [0, 0, 1000, 1000, 0, 0, 0], "pay": [0, 0, 800, 800, 0, 0, 0],
        "bought": [0, 0, 50, 0, 0, 0, 0], "returned": [0, 0, 0, 0, 50, 0, 0], "member_share": [0, 0, 50, 50, 0, 0, 0],
        "refund": [0, 0, 100, 100, 0, 0, 0], "cash": [0, 0, 40, 40, 0, 0, 0], "credited": [0, 0, 60, 60, 0, 0, 0],
        "redeemed": [0, 0, 0, 0, 60, 60, 0], "balance": [0, 0, 60, 120, 60, 0, 0],
        "income": [0, 0, 840, 840, 60, 60, 0],
    }  # fmt: skip
    for name, values in expected.items():
        np.testing.assert_allclose(getattr(account, name), values, atol=1e-9, err_msg=name)
    assert account.owed_at_leaving == pytest.approx(60)
    assert account.owed_at_horizon == pytest.approx(0)
    assert member_account(project(ALONE)).owed_at_horizon == pytest.approx(50 + 120)


def test_interest_is_on_share_and_account_at_the_start_of_the_year() -> None:
    account = member_account(project(replace(ALONE, share_interest_rate=0.1, redemption_years=0)))
    # Refunds are half of what interest leaves of 200; 60 % of them are credited.
    first = 0.1 * 50
    second = 0.1 * (50 + 0.6 * 0.5 * (200 - first))
    np.testing.assert_allclose(account.interest[:3], [0, first, second])


@settings(max_examples=60)
@given(
    intake=st.floats(0, 0.9), churn=st.floats(0, 0.5), cash=st.floats(0, 1), interest=st.floats(0, 0.05),
    redemption=st.integers(0, 8), margin=st.floats(-0.1, 0.3),
)  # fmt: skip
def test_all_accounts_together_are_the_cooperatives_statements(
    intake: float, churn: float, cash: float, interest: float, redemption: int, margin: float
) -> None:
    """Cohorts by years of joining and leaving, as many members as there are at each year's end, who share its business."""
    x = project(
        Assumptions(
            years=7, providers=1000, intake_first=intake, intake_last=intake / 2, churn=churn, operations_rate=0.5 - margin,
            member_share=100, patronage_share=0.6, patronage_cash_share=cash, redemption_years=redemption,
            share_interest_rate=interest,
        )
    )  # fmt: skip
    sums = {each.name: np.zeros(8) for each in fields(MemberAccount) if each.name not in ("joins", "leaves")}
    for joins, leaves, size in cohorts(x):
        account = member_account(x, joins, leaves, share=1 / x.providers)
        for name in sums:
            sums[name] += size * getattr(account, name)
    lines = {
        "sales": x.gross_sales, "pay": x.provider_pay, "refund": x.patronage, "cash": x.patronage_cash,
        "credited": x.patronage_retained, "redeemed": x.redemption, "interest": x.share_interest,
        "member_share": x.member_shares, "balance": x.allocated_equity,
    }  # fmt: skip
    scale = x.gross_sales.max()
    for name, line in lines.items():
        np.testing.assert_allclose(sums[name], line, rtol=1e-9, atol=1e-9 * scale, err_msg=name)
    np.testing.assert_allclose(sums["bought"] - sums["returned"], x.member_shares_issued, atol=1e-9 * scale)


def cohorts(x: Projection) -> list[tuple[int, int | None, float]]:
    """Who joined and left when, so that the heads of every year are the projection's: the longest there leave first."""
    there: list[tuple[int, float]] = [(0, float(x.providers[0]))]
    gone: list[tuple[int, int | None, float]] = []
    for year in range(1, x.years + 1):
        change = float(x.providers[year] - x.providers[year - 1])
        leaving = max(0.0, -change) + 0.1 * float(x.providers[year - 1]) * (change > 0)
        joining = change + leaving
        while leaving > 1e-9:
            joined, size = there.pop(0)
            out = min(size, leaving)
            gone.append((joined, year, out))
            leaving -= out
            if size > out:
                there.insert(0, (joined, size - out))
        there.append((year, joining))
    return gone + [(joined, None, size) for joined, size in there]


def test_without_a_share_it_is_that_of_one_active_provider() -> None:
    x = project(replace(ALONE, providers=100, intake_first=0.6, intake_last=0.2, churn=0.3))
    account = member_account(x)
    assert not np.allclose(x.active_providers[1:], x.providers[1:])
    np.testing.assert_allclose(account.pay[1:], (x.provider_pay / np.maximum(x.active_providers, 1))[1:])
    np.testing.assert_allclose((account.pay + account.cash)[1], x.provider_income[1])
    assert account.pay[0] == 0
    half = project(replace(ALONE, providers=0.5))
    assert member_account(half).sales[1] == half.gross_sales[1]


def test_a_member_with_twice_the_use_gets_twice_the_refund_but_the_same_share() -> None:
    x = project(replace(ALONE, providers=10))
    one, two = member_account(x, share=0.1), member_account(x, share=2 / x.providers)
    np.testing.assert_allclose(two.refund, 2 * one.refund)
    np.testing.assert_allclose(two.pay, 2 * one.pay)
    np.testing.assert_allclose(two.member_share, one.member_share)
    assert one.refund[1] > 0


def test_scenarios_keep_their_axis_and_their_values() -> None:
    together = member_account(project(replace(ALONE, take_rate=np.array([0.1, 0.2, 0.3]))), joins=1, leaves=3)
    assert together.balance.shape == (7, 3)
    np.testing.assert_array_equal(together.balance[:, 1], member_account(project(ALONE), joins=1, leaves=3).balance)


def test_the_same_sales_elsewhere() -> None:
    account = member_account(project(ALONE), joins=1, leaves=3)
    np.testing.assert_allclose(pay_elsewhere(account, project(replace(ALONE, take_rate=0.3))), [0, 700, 700, 0, 0, 0, 0])


def test_what_a_credit_is_worth_today() -> None:
    assert worth_today(121, 2, 0.1) == pytest.approx(100)
    assert np.isnan(worth_today(121, 0, 0.1))


def test_tax_beyond_cash() -> None:
    np.testing.assert_allclose(tax_beyond_cash([100, 100, 0], [20, 40, 0], 0.3), [10, 0, 0])
    # A cash share equal to the tax rate is enough, whatever the last bit.
    amounts = np.arange(1, 2000) / 7
    assert not tax_beyond_cash(amounts * 3, 3 * (0.3 * amounts), 0.3).any()
    with pytest.raises(ValueError, match="the tax rate is 30; permitted: 0 to 1"):
        tax_beyond_cash(100, 20, 30)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"joins": -1}, "the year of joining is -1; permitted: 0 to 6"),
        ({"joins": 7}, "the year of joining is 7"),
        ({"joins": 3, "leaves": 3}, "the year of leaving is 3; permitted: 4 to 6"),
        ({"leaves": 7}, "the year of leaving is 7"),
        ({"share": 20}, "is 20; permitted: 0 to 1"),
        ({"share": float("nan")}, "is nan; permitted: 0 to 1"),
    ],
)
def test_years_and_shares_out_of_range_are_refused(arguments: dict[str, float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        member_account(project(ALONE), **arguments)  # type: ignore[arg-type]
