"""Who gets how much: against definitions spelt out, and figures anyone can check."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from coopfin import Members, gini, histogram, lorenz, other_splits, top_share, typical

AMOUNTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=40)


@settings(deadline=None)
@given(AMOUNTS.filter(any))
def test_gini_is_half_the_mean_difference_over_the_mean(amounts: list[int]) -> None:
    differences = sum(abs(one - other) for one in amounts for other in amounts)
    assert gini(amounts) == pytest.approx(float(Fraction(differences, 2 * len(amounts) * sum(amounts))), abs=1e-12)


def test_gini_of_equal_amounts_is_0_and_of_one_who_takes_all_nearly_1() -> None:
    assert gini([7] * 5) == pytest.approx(0)
    assert gini([0] * 99 + [1]) == pytest.approx(0.99)
    assert math.isnan(gini([0, 0]))


def test_the_top_tenth_counts_the_last_member_in_part() -> None:
    assert top_share([1] * 19 + [81]) == pytest.approx(0.82)
    assert top_share([50, 10, 10, 10, 20]) == pytest.approx(0.25)  # half of the one with 50
    assert top_share([3, 1], part=1) == pytest.approx(1)
    assert math.isnan(top_share([0]))


def test_the_cumulative_curve_starts_with_the_poorest() -> None:
    people, money = lorenz([6, 1, 3, 0], points=5)
    np.testing.assert_allclose(people, [0, 0.25, 0.5, 0.75, 1])
    np.testing.assert_allclose(money, [0, 0, 0.1, 0.4, 1])
    assert np.isnan(lorenz([0, 0])[1]).all()


@settings(deadline=None)
@given(AMOUNTS.filter(any))
def test_the_cumulative_curve_never_lies_above_equality(amounts: list[int]) -> None:
    people, money = lorenz(amounts)
    assert np.all(money <= people + 1e-9)
    assert np.all(np.diff(money) >= -1e-12)


@settings(deadline=None)
@given(AMOUNTS)
def test_every_member_is_in_one_bin(amounts: list[int]) -> None:
    edges, counts = histogram(amounts)
    assert len(edges) == len(counts) + 1 <= 31
    assert counts.sum() == len(amounts)
    for low, high, count in zip(edges, edges[1:], counts, strict=False):
        assert count == sum(low <= amount < high for amount in amounts)


def test_the_bins_have_round_edges() -> None:
    edges, counts = histogram([0, 3, 7, 30])
    assert edges.tolist() == [0, 2, 5, 10, 20, 50]
    assert counts.tolist() == [1, 1, 1, 0, 1]


def test_the_same_pool_in_three_ways() -> None:
    members = Members(("Ada", "Ben", "Cy"), ("C",) * 3, (6, 3, 0))
    ways = other_splits(100, members, capital=[1, 0, 1])
    assert {way: amounts.tolist() for way, amounts in ways.items()} == {
        "equally": [34, 33, 33], "by use": [67, 33, 0], "by share capital": [50, 0, 50],
    }  # fmt: skip
    assert list(other_splits(100, Members(("Ada",), ("C",), (0,)))) == ["equally"]


def test_a_typical_member_has_at_least_that_part_of_members_below_or_beside() -> None:
    members = Members(tuple("jihgfedcba"), ("C",) * 10, (1, 2, 3, 4, 5, 6, 7, 8, 9, 9))
    assert [typical(members, percentile) for percentile in (0, 10, 50, 90, 100)] == [0, 0, 4, 9, 8]
