"""The Latin hypercube: one point in every part, any stretch by itself, and as independent as shuffles are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from coopfin import Assumptions, Uncertain, sample, simulate
from coopfin.uncertainty.sampling import latin_points, shuffled

ENTERPRISES = {"marketplace": Assumptions(take_rate=0.25), "cooperative": Assumptions(take_rate=0.16)}
UNCERTAIN = [
    Uncertain("overhead", "uniform", 1e5, 5e5, correlations={"churn": 0.5}),
    Uncertain("churn", "pert", 0.1, 0.9, 0.3),
]


@given(st.integers(1, 3000), st.integers(0, 2**32))
def test_every_part_of_every_dimension_holds_one_point(total: int, seed: int) -> None:
    points = latin_points(3, 0, total, total, seed)
    assert points.min() >= 0 and points.max() < 1
    for row in points:
        within = np.sort(row) * total - np.arange(total)
        assert within.min() > -1e-9 and within.max() < 1 + 1e-9


@given(st.integers(1, 5000), st.lists(st.integers(0, 2**63), min_size=6, max_size=6))
def test_a_shuffle_loses_no_number(total: int, keys: list[int]) -> None:
    found = shuffled(np.arange(total, dtype=np.uint64), total, [np.uint64(key) for key in keys])
    np.testing.assert_array_equal(np.sort(found), np.arange(total, dtype=np.uint64))


@given(st.integers(2, 2000), st.data())
def test_any_stretch_can_be_drawn_by_itself(total: int, data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, total - 1))
    whole = latin_points(2, 0, total, total, 7)
    np.testing.assert_array_equal(whole[:, :cut], latin_points(2, 0, cut, total, 7))
    np.testing.assert_array_equal(whole[:, cut:], latin_points(2, cut, total, total, 7))


@pytest.mark.parametrize("total", [100, 5000])
def test_dimensions_neighbours_and_seeds_are_as_independent_as_in_shuffles(total: int) -> None:
    found = []
    for seed in range(40):
        points = latin_points(4, 0, total, total, seed)
        found += [*np.corrcoef(points)[np.triu_indices(4, 1)], *(np.corrcoef(row[1:], row[:-1])[0, 1] for row in points)]
    scaled = np.array(found) * np.sqrt(total)  # about standard normal for random shuffles
    assert abs(scaled.mean()) < 4 / np.sqrt(scaled.size)
    assert scaled.std() == pytest.approx(1, abs=4 / np.sqrt(2 * scaled.size))


def test_simulated_draws_are_those_of_the_sample_whatever_the_block() -> None:
    whole = simulate(ENTERPRISES, UNCERTAIN, 500, 3, measures=["lowest_cash"], sampling="latin")
    for block in (1, 77, 500):
        again = simulate(ENTERPRISES, UNCERTAIN, 500, 3, measures=["lowest_cash"], sampling="latin", block=block)
        np.testing.assert_array_equal(whole.of("lowest_cash"), again.of("lowest_cash"))
    np.testing.assert_array_equal(whole.columns()["churn"], sample(UNCERTAIN, 500, 3, sampling="latin")["churn"])
    sobol = simulate(ENTERPRISES, UNCERTAIN, 500, 3, measures=["lowest_cash"])
    assert not np.array_equal(sobol.of("lowest_cash"), whole.of("lowest_cash"))


def test_the_mean_of_a_linear_measure_is_nearly_exact() -> None:
    each = Uncertain("sales_per_provider", "uniform", 10_000, 40_000)
    drawn = simulate(ENTERPRISES, [each], 1000, 1, measures=["provider_pay_first"], sampling="latin")
    middle = Uncertain("sales_per_provider", "uniform", 25_000, 25_000.001)
    at = simulate(ENTERPRISES, [middle], 2, 1, measures=["provider_pay_first"])
    means = [one.statistics("provider_pay_first", "marketplace").mean for one in (drawn, at)]
    assert means[0] == pytest.approx(means[1], rel=1e-4)
