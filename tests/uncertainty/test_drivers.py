"""Sobol' indices: the estimators against SALib's on the same evaluations, and the whole against SALib's own run."""

from __future__ import annotations

import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from SALib.analyze import sobol as salib_analyze
    from SALib.sample import sobol as salib_sample

from coopfin import MEASURES, AssumptionError, Assumptions, Drivers, Uncertain, drivers, project
from coopfin.uncertainty.drivers import indices

ENTERPRISES = {
    "marketplace": Assumptions(take_rate=0.25),
    "cooperative": Assumptions(take_rate=0.16, member_share=100, patronage_share=0.5, reserve_share=0.2),
}
UNCERTAIN = [
    Uncertain("sales_per_provider", "uniform", 10_000, 30_000),
    Uncertain("churn", "uniform", 0.1, 0.6, enterprise="cooperative"),
    Uncertain("demand_first", "uniform", 0.0, 0.8),
    Uncertain("overhead", "uniform", 100_000, 500_000),
    Uncertain("acquisition_cost", "uniform", 0, 1_000, enterprise="marketplace"),
]
PROBLEM = {
    "num_vars": len(UNCERTAIN),
    "names": [each.name for each in UNCERTAIN],
    "bounds": [[each.low, each.high] for each in UNCERTAIN],
}


def analyze(values: np.ndarray) -> dict[str, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return salib_analyze.analyze(PROBLEM, values, calc_second_order=False, seed=1)


def test_the_estimators_are_salibs() -> None:
    rng = np.random.default_rng(4)
    weights = np.arange(1.0, 6.0).reshape(-1, 1)
    one, other = rng.random((5, 300)), rng.random((5, 300))
    mixed = [np.where(np.arange(5).reshape(-1, 1) == i, other, one) for i in range(5)]
    values = np.array([np.sum(weights * x, axis=0) + 7 * x[0] * x[4] + 100 for x in (one, other, *mixed)])
    theirs = analyze(np.concatenate([values[:1], values[2:], values[1:2]]).T.reshape(-1))
    first, first_error, total, total_error = indices(values)
    np.testing.assert_allclose(first, theirs["S1"], rtol=1e-9)
    np.testing.assert_allclose(total, theirs["ST"], rtol=1e-9)
    np.testing.assert_allclose(1.96 * first_error, theirs["S1_conf"], rtol=0.35)
    np.testing.assert_allclose(1.96 * total_error, theirs["ST_conf"], rtol=0.35)


@pytest.mark.parametrize("measure", ["surplus_total", "lowest_cash", "provider_income_total"])
@pytest.mark.parametrize("enterprise", ["marketplace", "cooperative", None])
def test_indices_agree_with_salib_within_sampling_error(measure: str, enterprise: str | None) -> None:
    ours = drivers(ENTERPRISES, UNCERTAIN, measure, enterprise, points=2048)
    drawn = salib_sample.sample(PROBLEM, 2048, calc_second_order=False, seed=2).T
    values = {}
    for name, a in ENTERPRISES.items():
        mine = {each.assumption: drawn[i] for i, each in enumerate(UNCERTAIN) if each.enterprise in (None, name)}
        values[name] = MEASURES[measure](project(replace(a, **mine)))
    theirs = analyze(values["cooperative"] - values["marketplace"] if enterprise is None else values[enterprise])
    # Theirs are intervals of 95 %, for one estimate; there are many here.
    for mine, error, other, interval in (
        (ours.first, ours.first_error, theirs["S1"], theirs["S1_conf"]),
        (ours.total, ours.total_error, theirs["ST"], theirs["ST_conf"]),
    ):
        assert np.all(np.abs(mine - other) <= 3.5 * np.hypot(error, interval / 1.96) + 1e-3)
    assert ours.share_empty == 0


def test_an_input_that_decides_all_has_both_indices_one() -> None:
    uncrowded = {name: replace(a, crowding=0.0) for name, a in ENTERPRISES.items()}  # a further provider brings new sales
    found = drivers(uncrowded, UNCERTAIN, "provider_pay_first", "marketplace", points=4096)
    np.testing.assert_allclose(found.first, [1, 0, 0, 0, 0], atol=0.01)
    np.testing.assert_allclose(found.total, [1, 0, 0, 0, 0], atol=0.01)


def test_the_same_bits_for_any_block_and_executor() -> None:
    def assert_same(one: Drivers, other: Drivers) -> None:
        for name in ("first", "first_error", "total", "total_error", "share_empty"):
            np.testing.assert_array_equal(getattr(one, name), getattr(other, name))

    whole = drivers(ENTERPRISES, UNCERTAIN, "lowest_cash", points=256)
    for block in (1, 100, 8192):
        assert_same(whole, drivers(ENTERPRISES, UNCERTAIN, "lowest_cash", points=256, block=block))
    with ThreadPoolExecutor(2) as executor:
        assert_same(whole, drivers(ENTERPRISES, UNCERTAIN, "lowest_cash", points=256, block=200, executor=executor))


def test_points_without_a_value_are_left_out_and_counted() -> None:
    small = {name: replace(a, take_rate=0.15, operations_rate=0.3) for name, a in ENTERPRISES.items()}
    found = drivers(small, UNCERTAIN, "break_even_year", "marketplace", points=256)
    assert 0 < found.share_empty < 1
    assert np.isfinite(found.total).all()


def test_a_measure_that_does_not_vary_has_no_indices() -> None:
    found = drivers(ENTERPRISES, UNCERTAIN, "take_rate", points=16)
    assert np.isnan([found.first, found.total, found.first_error, found.total_error]).all()


def test_correlated_assumptions_are_refused() -> None:
    tied = [replace(UNCERTAIN[0], correlations={"overhead": 0.3}), *UNCERTAIN[1:]]
    with pytest.raises(ValueError, match="are correlated"):
        drivers(ENTERPRISES, tied, "lowest_cash")
    with pytest.raises(AssumptionError, match="no assumption is uncertain"):
        drivers(ENTERPRISES, [], "lowest_cash")
