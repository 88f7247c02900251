"""Simulation: against closed forms, against one projection at a time, and the same bits whoever works it out."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from dask.distributed import Client
from scipy import stats

from coopfin import MEASURES, AssumptionError, Assumptions, Simulation, Uncertain, project, sample, simulate
from coopfin.uncertainty.simulation import statistics

ENTERPRISES = {
    "marketplace": Assumptions(take_rate=0.25, equity_1_amount=5e5, equity_1_pre_money=2e6, exit_multiple=2),
    "cooperative": Assumptions(take_rate=0.16, loan=2e5, note=1e5, member_share=100, patronage_share=0.5, reserve_share=0.2),
}
UNCERTAIN = [
    Uncertain("sales_per_provider", "lognormal", 12_000, 32_000),
    Uncertain("sales_growth", "normal", -0.01, 0.05, correlations={"inflation": 0.6}),
    Uncertain("inflation", "pert", 0, 0.06, 0.02),
    Uncertain("churn", "triangular", 0.1, 0.6, 0.3, "marketplace", {"churn cooperative": 0.7}),
    Uncertain("churn", "triangular", 0.05, 0.5, 0.2, "cooperative"),
    Uncertain("demand_first", "uniform", 0, 0.6),
]
KEPT = {"measures": ("provider_income_total", "capital_irr", "lowest_cash"), "lines": ("cash", "provider_income")}
DRAWS = 1000


@pytest.fixture(autouse=True)
def no_page_to_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process started afresh runs the main script again: after a test of a page that would be the page."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))


def assert_same(one: Simulation, other: Simulation) -> None:
    for kept in ("values", "lines"):
        for name, enterprises in getattr(one, kept).items():
            for enterprise, values in enterprises.items():
                np.testing.assert_array_equal(values, getattr(other, kept)[name][enterprise], err_msg=name)
    for enterprise, years in one.out_of_cash.items():
        np.testing.assert_array_equal(years, other.out_of_cash[enterprise])


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    return simulate(ENTERPRISES, UNCERTAIN, DRAWS, seed=7, **KEPT)


# Pay per provider in year 1 is (1 - take rate) * sales per provider: linear in the one uncertain input.
CLOSED_FORMS = [
    (Uncertain("sales_per_provider", "uniform", 10_000, 40_000), stats.uniform(10_000, 30_000)),
    (Uncertain("sales_per_provider", "triangular", 10_000, 40_000, 15_000), stats.triang(1 / 6, 10_000, 30_000)),
    (Uncertain("sales_per_provider", "pert", 10_000, 40_000, 15_000), stats.beta(1 + 4 / 6, 1 + 20 / 6, 10_000, 30_000)),
    (Uncertain("sales_per_provider", "normal", 20_000, 30_000), stats.norm(25_000, 5_000 / stats.norm.ppf(0.95))),
    (
        Uncertain("sales_per_provider", "lognormal", 10_000, 40_000),
        stats.lognorm(np.log(2) / stats.norm.ppf(0.95), scale=20_000),
    ),
]


@pytest.mark.parametrize(("each", "known"), CLOSED_FORMS)
def test_a_linear_measure_of_one_input_has_the_known_distribution(each: Uncertain, known: Any) -> None:
    uncrowded = {name: replace(a, crowding=0.0) for name, a in ENTERPRISES.items()}  # a further provider brings new sales
    drawn = simulate(uncrowded, [each], 2**14, seed=1, measures=["provider_pay_first"])
    for enterprise, a in uncrowded.items():
        found, keeps = drawn.statistics("provider_pay_first", enterprise), 1 - float(a.take_rate)
        assert found.mean == pytest.approx(keeps * known.mean(), rel=1e-4)
        assert found.sd == pytest.approx(keeps * known.std(), rel=1e-3)
        for share, value in ((0.05, found.p05), (0.25, found.p25), (0.5, found.p50), (0.75, found.p75), (0.95, found.p95)):
            assert known.cdf(value / keeps) == pytest.approx(share, abs=2e-4)
        assert found.share_empty == 0


@pytest.mark.parametrize(("each", "_"), CLOSED_FORMS)
def test_a_shared_draw_moves_both_enterprises_together(each: Uncertain, _: Any) -> None:
    drawn = simulate(ENTERPRISES, [each], 256, seed=1, measures=["provider_pay_first"])
    first, second = drawn.values["provider_pay_first"].values()
    np.testing.assert_allclose(first / 0.75, second / 0.84, rtol=1e-14)
    np.testing.assert_array_equal(drawn.of("provider_pay_first"), second - first)
    assert drawn.share_above("provider_pay_first") == 1.0


def test_an_assumption_of_one_enterprise_leaves_the_other_alone() -> None:
    drawn = simulate(ENTERPRISES, [Uncertain("churn", "uniform", 0.1, 0.5, enterprise="cooperative")], 64, 1)
    assert np.unique(drawn.of("providers_final", "marketplace")).size == 1
    assert np.unique(drawn.of("providers_final", "cooperative")).size == 64


def test_every_draw_is_the_projection_of_its_own_assumptions(simulation: Simulation) -> None:
    drawn = sample(UNCERTAIN, DRAWS, seed=7)
    for draw in range(0, DRAWS, 83):
        for enterprise, a in ENTERPRISES.items():
            mine = {each.assumption: drawn[each.name][draw] for each in UNCERTAIN if each.enterprise in (None, enterprise)}
            x = project(replace(a, **mine))
            for name in KEPT["measures"]:
                np.testing.assert_array_equal(simulation.values[name][enterprise][draw], MEASURES[name](x))
            for name in KEPT["lines"]:
                np.testing.assert_array_equal(simulation.lines[name][enterprise][:, draw], getattr(x, name))
            np.testing.assert_array_equal(simulation.out_of_cash[enterprise][draw], MEASURES["first_short_month"](x))


@pytest.mark.parametrize("block", [1, 7, 512, 999, 1000, 8192])
def test_the_same_seed_gives_the_same_bits_for_any_block(simulation: Simulation, block: int) -> None:
    draws = 40 if block == 1 else DRAWS
    again = simulate(ENTERPRISES, UNCERTAIN, draws, seed=7, block=block, **KEPT)
    fewer = simulate(ENTERPRISES, UNCERTAIN, draws, seed=7, **KEPT)
    assert_same(fewer, again)
    np.testing.assert_array_equal(fewer.of("lowest_cash"), simulation.of("lowest_cash")[:draws])


def threads() -> Executor:
    return ThreadPoolExecutor(3)


def processes() -> Executor:
    # Started afresh: a process that is copied while the threads of another test run may hang.
    return ProcessPoolExecutor(2, multiprocessing.get_context("spawn"))


@pytest.mark.parametrize("make", [threads, processes])
@pytest.mark.parametrize("block", [100, 256])
def test_the_same_seed_gives_the_same_bits_for_any_executor(
    simulation: Simulation, make: Callable[[], Executor], block: int
) -> None:
    with make() as executor:
        assert_same(simulation, simulate(ENTERPRISES, UNCERTAIN, DRAWS, seed=7, executor=executor, block=block, **KEPT))


def test_a_dask_cluster_gives_the_same_bits(simulation: Simulation) -> None:
    with Client(n_workers=2, threads_per_worker=1, dashboard_address=None) as client:
        executor = client.get_executor()
        assert_same(simulation, simulate(ENTERPRISES, UNCERTAIN, DRAWS, seed=7, executor=executor, block=300, **KEPT))


def test_another_seed_gives_other_draws(simulation: Simulation) -> None:
    other = simulate(ENTERPRISES, UNCERTAIN, DRAWS, seed=8, **KEPT)
    assert not np.any(other.of("provider_income_total") == simulation.of("provider_income_total"))


def test_progress_is_told_and_can_stop_it() -> None:
    told: list[float] = []
    simulate(ENTERPRISES, UNCERTAIN, 100, 1, measures=["lowest_cash"], block=30, progress=told.append)
    assert told == [0.3, 0.6, 0.9, 1.0]

    def stop(done: float) -> None:
        told.append(done)
        raise InterruptedError

    with pytest.raises(InterruptedError):
        simulate(ENTERPRISES, UNCERTAIN, 100, 1, measures=["lowest_cash"], block=30, progress=stop)
    assert told[4:] == [0.3]


def test_statistics_pass_over_empty_draws_and_say_how_many() -> None:
    values = np.array([1.0, np.nan, 2.0, 3.0])
    assert statistics(values) == (2.0, np.std([1, 2, 3]), *np.percentile([1, 2, 3], [5, 25, 50, 75, 95]), 0.25)
    nothing = statistics(np.full(4, np.nan))
    assert nothing.share_empty == 1
    assert np.isnan(nothing[:-1]).all()


def test_chances_are_shares_of_the_draws(simulation: Simulation) -> None:
    costly = {name: replace(a, overhead=450_000.0) for name, a in ENTERPRISES.items()}
    poor = simulate(costly, UNCERTAIN, DRAWS, seed=7, measures=("provider_month", "funding_gap"))
    short = poor.out_of_cash["cooperative"]
    assert 0 < poor.share_out_of_cash("cooperative", up_to=24) < poor.share_out_of_cash("cooperative") < 1
    assert poor.share_out_of_cash("cooperative", up_to=24) == np.mean(short <= 24)
    assert poor.share_out_of_cash("cooperative") == np.mean(~np.isnan(short))
    more = (poor.of("provider_month") > 0) & (poor.of("funding_gap", "cooperative") == 0)
    assert 0 < poor.better_and_solvent("cooperative") == np.mean(more) < np.mean(poor.of("provider_month") > 0)
    gain = simulation.of("provider_income_total")
    assert simulation.share_above("provider_income_total") == np.mean(gain > 0)
    assert simulation.share_above("provider_income_total", 30_000) == np.mean(gain > 30_000)
    no_rounds = simulate(ENTERPRISES, UNCERTAIN, 8, 1, measures=["equity_irr"])
    assert np.isnan(no_rounds.share_above("equity_irr", 0.1, "cooperative"))
    assert no_rounds.share_above("equity_irr", -0.99, "marketplace") == 1


def test_the_fan_is_the_percentiles_of_every_year(simulation: Simulation) -> None:
    fan = simulation.fan("cash", "cooperative", (10, 50, 90))
    assert fan.shape == (3, 11)
    np.testing.assert_array_equal(fan, np.percentile(simulation.lines["cash"]["cooperative"], (10, 50, 90), axis=1))
    lines = simulation.lines["provider_income"]
    np.testing.assert_array_equal(
        simulation.fan("provider_income"), np.percentile(lines["cooperative"] - lines["marketplace"], (5, 25, 50, 75, 95), axis=1)
    )
    nobody = {name: replace(a, providers=0) for name, a in ENTERPRISES.items()}
    empty = simulate(nobody, UNCERTAIN, 8, 1, measures=(), lines=["provider_income"]).fan("provider_income", "marketplace")
    assert np.isnan(empty[:, 1:]).all()


def test_the_table_of_draws_has_the_inputs_and_the_measures(simulation: Simulation) -> None:
    columns = simulation.columns()
    assert [*columns] == [
        *[each.name for each in UNCERTAIN],
        *[f"{measure} {enterprise}" for measure in KEPT["measures"] for enterprise in ENTERPRISES],
    ]
    assert {values.shape for values in columns.values()} == {(DRAWS,)}


def test_every_measure_is_kept_unless_said_otherwise() -> None:
    assert simulate(ENTERPRISES, UNCERTAIN, 4, 1).values.keys() == MEASURES.keys()


@pytest.mark.parametrize(
    ("uncertain", "message"),
    [
        ([], "no assumption is uncertain"),
        ([Uncertain("churn", "uniform", 0.1, 20)], "high of churn .* is 20; permitted: 0 to 1; unit: share"),
        ([Uncertain("turnover", "uniform", 0.1, 0.2)], "'turnover' is not an assumption"),
        ([Uncertain("sales_per_provider", "uniform", 1e306, 1e308)], "marketplace: some draws are too large to compute"),
    ],
)
def test_what_cannot_be_drawn_is_refused(uncertain: list[Uncertain], message: str) -> None:
    with pytest.raises(AssumptionError, match=message):
        simulate(ENTERPRISES, uncertain, 16, 1)


def test_enterprises_must_agree_on_what_they_share() -> None:
    apart = ENTERPRISES | {"cooperative": replace(ENTERPRISES["cooperative"], inflation=0.1)}
    with pytest.raises(AssumptionError, match=r"inflation .* is shared by all enterprises"):
        simulate(apart, UNCERTAIN, 16, 1)


@pytest.mark.parametrize("draws", [0, -1, 2**30 + 1])
def test_the_number_of_draws_has_a_range(draws: int) -> None:
    with pytest.raises(ValueError, match=f"draws is {draws}; permitted: 1 to 1073741824"):
        simulate(ENTERPRISES, UNCERTAIN, draws, 1)


def test_only_what_was_asked_for_is_kept() -> None:
    draws, measures = 2**17, ("provider_income_total", "capital_irr")
    tracemalloc.start()
    simulate(ENTERPRISES, UNCERTAIN, draws, 1, measures=measures)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    kept = 8 * draws * (len(measures) + 1) * len(ENTERPRISES)
    assert peak - kept < 150e6  # all lines of all draws would take 700 MB more for each enterprise


def test_the_package_does_not_import_scipy_by_itself() -> None:
    code = "import sys, coopfin, coopfin.__main__; sys.exit(any(name.split('.')[0] == 'scipy' for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
