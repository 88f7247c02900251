"""Distributions against scipy's own, truncation, correlations, and stretches of one sequence."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from coopfin import ASSUMPTIONS, DISTRIBUTIONS, Assumption, AssumptionError, Assumptions, Uncertain, prefill, sample
from coopfin.uncertainty.uncertain import copula, find_uncertain_mistakes

Z95 = stats.norm.ppf(0.95)
P = np.concatenate([[1e-9, 1e-6, 1e-4], np.linspace(0.001, 0.999, 999), [1 - 1e-4, 1 - 1e-6, 1 - 1e-9]])

# name, low, likely, high and what scipy calls it
AGAINST = [
    ("uniform", 100.0, None, 400.0, stats.uniform(100, 300)),
    ("triangular", 100.0, 150.0, 400.0, stats.triang(50 / 300, 100, 300)),
    ("triangular", 100.0, 100.0, 400.0, stats.triang(0, 100, 300)),
    ("triangular", 100.0, 400.0, 400.0, stats.triang(1, 100, 300)),
    ("pert", 100.0, 150.0, 400.0, stats.beta(1 + 4 * 50 / 300, 1 + 4 * 250 / 300, 100, 300)),
    ("pert", 100.0, 100.0, 400.0, stats.beta(1, 5, 100, 300)),
    ("pert", 100.0, 400.0, 400.0, stats.beta(5, 1, 100, 300)),
    ("pert", 0.0, 1.0, 1e6, stats.beta(1 + 4e-6, 5 - 4e-6, 0, 1e6)),
    ("normal", 300.0, None, 400.0, stats.norm(350, 50 / Z95)),
    ("lognormal", 100.0, None, 400.0, stats.lognorm(np.log(2) / Z95, scale=200)),
]


@pytest.mark.parametrize(("name", "low", "likely", "high", "theirs"), AGAINST)
def test_quantiles_agree_with_scipy(name: str, low: float, likely: float | None, high: float, theirs: Any) -> None:
    ours = Uncertain("overhead", name, low, high, likely).quantile(P)
    np.testing.assert_allclose(ours, theirs.ppf(P), rtol=1e-9, atol=1e-9 * (high - low))


def test_every_distribution_is_compared() -> None:
    assert {name for name, *_ in AGAINST} == set(DISTRIBUTIONS)


@pytest.mark.parametrize("name", DISTRIBUTIONS)
def test_a_quantile_is_the_same_alone_and_anywhere_in_an_array(name: str) -> None:
    each = Uncertain("overhead", name, 100.0, 400.0, 150.0 if DISTRIBUTIONS[name].has_likely else None)
    p = np.random.default_rng(3).random(1001)
    together = each.quantile(p)
    assert np.all(np.diff(each.quantile(np.sort(p))) >= 0)
    for i in (0, 1, 2, 3, 500, 999, 1000):
        np.testing.assert_array_equal(each.quantile(p[i : i + 1]), together[i : i + 1])
        np.testing.assert_array_equal(each.quantile(p[i:]), together[i:])


def test_what_is_not_possible_is_cut_off_and_not_clipped() -> None:
    each = Uncertain("churn", "normal", 0.02, 0.5)  # 4 % of this bell lie below 0
    drawn = sample([each], 2**14, seed=1)["churn"]
    bell = stats.norm(0.26, 0.24 / Z95)
    assert each.cut_off == pytest.approx(bell.cdf(0) + bell.sf(1))
    assert np.all((drawn > 0) & (drawn < 1))
    assert np.unique(drawn).size == drawn.size  # nothing heaped up at an end
    cut = stats.truncnorm((0 - bell.mean()) / bell.std(), (1 - bell.mean()) / bell.std(), bell.mean(), bell.std())
    assert np.mean(drawn) == pytest.approx(cut.mean(), rel=1e-4)
    assert np.std(drawn) == pytest.approx(cut.std(), rel=1e-3)
    np.testing.assert_allclose(np.percentile(drawn, [5, 50, 95]), cut.ppf([0.05, 0.5, 0.95]), rtol=1e-3)


DRAWN = [each for each in ASSUMPTIONS.values() if not (each.structural or each.unit.whole)]


@pytest.mark.parametrize("distribution", DISTRIBUTIONS)
@pytest.mark.parametrize("assumption", DRAWN, ids=lambda each: each.name)
def test_even_the_most_extreme_draw_is_possible(assumption: Assumption, distribution: str) -> None:
    each = prefill(assumption.name, distribution, assumption.default)
    one_round = Assumptions(
        equity_1_pre_money=1, equity_2_pre_money=1, equity_3_pre_money=1, equity_4_pre_money=1, order_value=20,
        spend_needed=0.01, years=1,
    )  # fmt: skip
    assert find_uncertain_mistakes([each], {"one": one_round}) == []
    assert assumption.refuse(each.quantile(np.array([0.0, 1e-300, 0.5, 1 - 1e-16, 1.0]))) is None


def test_what_is_prefilled_reaches_to_the_value_as_it_is() -> None:
    assert prefill("churn", "triangular", 0.95) == Uncertain("churn", "triangular", 0.0, 0.95, 0.95)
    assert prefill("overhead", "lognormal", 0, "cooperative") == Uncertain("overhead", "lognormal", 3e4, 3e6, None, "cooperative")


def test_correlations_are_those_asked_for_whatever_the_distributions() -> None:
    uncertain = [
        Uncertain("overhead", "lognormal", 1e4, 1e6, correlations={"churn cooperative": 0.6, "inflation": -0.4}),
        Uncertain("churn", "triangular", 0.1, 0.9, 0.15, "cooperative"),
        Uncertain("inflation", "uniform", 0.0, 0.1, correlations={"churn cooperative": 0.1}),
        Uncertain("take_rate", "pert", 0.1, 0.3, 0.1),
    ]
    drawn = np.array(list(sample(uncertain, 2**14, seed=5).values()))
    ranks = stats.spearmanr(drawn, axis=1).statistic
    expected = np.array([[1, 0.6, -0.4, 0], [0.6, 1, 0.1, 0], [-0.4, 0.1, 1, 0], [0, 0, 0, 1]])
    np.testing.assert_allclose(ranks, expected, atol=0.005)


def test_correlation_leaves_each_distribution_as_it_is() -> None:
    uncertain = [Uncertain("overhead", "uniform", 0, 100, correlations={"churn": 0.9}), Uncertain("churn", "uniform", 0, 0.5)]
    for name, drawn in sample(uncertain, 2**14, seed=5).items():
        end = 100 if name == "overhead" else 0.5
        np.testing.assert_allclose(np.percentile(drawn, [5, 25, 50, 75, 95]) / end, [0.05, 0.25, 0.5, 0.75, 0.95], atol=2e-3)


def test_correlations_that_cannot_hold_together_are_refused() -> None:
    uncertain = [
        Uncertain("overhead", "uniform", 0, 1, correlations={"churn": 0.9, "inflation": 0.9}),
        Uncertain("churn", "uniform", 0, 1, correlations={"inflation": -0.9}),
        Uncertain("inflation", "uniform", 0, 1),
    ]
    with pytest.raises(AssumptionError, match="overhead, churn cannot hold together"):
        copula(uncertain)


def test_any_stretch_of_the_sequence_can_be_drawn_by_itself() -> None:
    uncertain = [
        Uncertain("overhead", "lognormal", 1e4, 1e6, correlations={"churn": 0.5}),
        Uncertain("churn", "pert", 0.1, 0.9, 0.3),
        Uncertain("inflation", "normal", 0.0, 0.1),
    ]
    whole = sample(uncertain, 1000, seed=2)
    for start, draws in ((0, 1), (0, 999), (1, 7), (512, 488), (999, 1)):
        for name, part in sample(uncertain, draws, 2, start).items():
            np.testing.assert_array_equal(part, whole[name][start : start + draws])
    assert not np.array_equal(sample(uncertain, 1000, seed=3)["churn"], whole["churn"])


def test_part_of_the_way_to_the_plausible_ends() -> None:
    low, high = ASSUMPTIONS["churn"].plausible
    each = prefill("churn", "triangular", 0.3, part=0.25)
    assert (each.low, each.likely, each.high) == (
        pytest.approx(0.3 - 0.25 * (0.3 - low)), 0.3, pytest.approx(0.3 + 0.25 * (high - 0.3)),
    )  # fmt: skip
