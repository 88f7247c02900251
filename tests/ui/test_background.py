"""Work in another process: what it gives, how it is stopped, and what it says where it cannot be done."""

from __future__ import annotations

import gc
import io
import pickle
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from types import ModuleType

import numpy as np
import pandas as pd
import psutil
import pytest

from coopfin import AssumptionError, Assumptions, Uncertain, simulate, write_simulation
from coopfin.export.futures import percentiles
from coopfin.ui.session.background import Job, worked_out
from coopfin.ui.sure import draws
from coopfin.uncertainty.futures import Futures, Question, look_ahead

ENTERPRISES = {
    "marketplace": Assumptions(take_rate=0.25, equity_1_amount=5e5, equity_1_pre_money=2e6, exit_multiple=2),
    "cooperative": Assumptions(take_rate=0.16, loan=2e5, member_share=100, patronage_share=0.5),
}
UNCERTAIN = (
    Uncertain("churn", "pert", 0.1, 0.6, 0.3, "cooperative"),
    Uncertain("take_rate", "uniform", 0.1, 0.3, enterprise="marketplace"),
)
TOO_LARGE = Uncertain("sales_per_provider", "uniform", 1e306, 1e308)


@pytest.fixture(autouse=True)
def no_page_to_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process started afresh runs the main script again: after a test of a page that would be the page."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))


def question(count: int, *uncertain: Uncertain) -> Question:
    return Question(ENTERPRISES, uncertain or UNCERTAIN, count, 3, ("provider_month", "capital_irr"), ("cash",))


def test_another_process_gives_what_this_one_gives() -> None:
    job = Job(look_ahead, question(20_000))
    there: Futures = job.wait()
    here = look_ahead(question(20_000))
    assert (there.draws, there.above, there.below, there.statistics) == (here.draws, here.above, here.below, here.statistics)
    for firm, fan in here.fans["cash"].items():
        np.testing.assert_array_equal(fan, there.fans["cash"][firm])
    assert job.finished and job.share == 1


def test_futures_are_what_the_simulation_says() -> None:
    found, drawn = look_ahead(question(500)), simulate(ENTERPRISES, UNCERTAIN, 500, 3, lines=["cash"])
    assert found.above["capital_irr"] == drawn.share_above("capital_irr")
    assert found.statistics["capital_irr"]["marketplace"] == drawn.statistics("capital_irr", "marketplace")
    assert found.statistics["capital_irr"][None] == drawn.statistics("capital_irr")
    for firm in ENTERPRISES:
        assert found.short[firm][-1] == drawn.share_out_of_cash(firm)
        assert found.short[firm][4] == drawn.share_out_of_cash(firm, up_to=48)
    np.testing.assert_array_equal(found.fans["cash"][None], drawn.fan("cash"))
    first, second = ENTERPRISES
    assert found.better_and_solvent[second] == drawn.better_and_solvent(second)
    alive = np.isnan(drawn.out_of_cash[first])
    assert found.better_and_solvent[first] == np.mean((drawn.of("provider_month") < 0) & alive)
    ahead = drawn.of("provider_month", first) > drawn.of("provider_month", second)
    assert found.better["provider_month"][first] <= np.mean(ahead & alive)  # a difference not worth naming is none
    alone = {"one": ENTERPRISES["cooperative"]}
    assert look_ahead(Question(alone, (Uncertain("churn", "uniform", 0.1, 0.5),), 8, 1, ("lowest_cash",))).above == {}


def test_files_are_what_the_simulation_gives() -> None:
    drawn = simulate(ENTERPRISES, UNCERTAIN, 50, 3)
    assert worked_out(percentiles, question(50)) == write_simulation(drawn)
    csv = pd.read_csv(io.StringIO(worked_out(draws.as_csv, question(50))))
    parquet = pd.read_parquet(io.BytesIO(worked_out(draws.as_parquet, question(50))))
    for table in (csv, parquet):
        assert list(table.columns) == list(drawn.columns())
        for name, values in drawn.columns().items():
            np.testing.assert_allclose(table[name].to_numpy(dtype=float), values, rtol=1e-15)


def test_a_cancelled_job_ends_without_a_result_or_a_mistake() -> None:
    job = Job(look_ahead, question(2**30))
    job.cancel()
    assert job.wait() is None


def test_a_job_that_nobody_holds_leaves_no_process_behind() -> None:
    before = set(psutil.Process().children(recursive=True))
    job = Job(look_ahead, question(2_000_000))
    while not job.share:
        assert not job.finished
    (worker,) = set(psutil.Process().children(recursive=True)) - before
    del job
    gc.collect()
    worker.wait(60)
    assert not worker.is_running()


def test_a_job_that_cannot_be_done_says_why() -> None:
    with pytest.raises(RuntimeError, match="marketplace: some draws are too large to compute"):
        worked_out(look_ahead, question(16, TOO_LARGE))


def test_a_job_whose_process_dies_says_so() -> None:
    with pytest.raises(RuntimeError, match="ended before it was done"):
        worked_out(divmod, 1)  # which does not know what to do with a way to tell progress


def test_mistakes_travel_between_processes() -> None:
    with pytest.raises(AssumptionError) as here:
        simulate(ENTERPRISES, [TOO_LARGE], 16, 1)
    assert pickle.loads(pickle.dumps(here.value)).mistakes == here.value.mistakes
    with ProcessPoolExecutor(1, get_context("spawn")) as executor, pytest.raises(AssumptionError, match="too large to compute"):
        simulate(ENTERPRISES, [TOO_LARGE], 16, 1, executor=executor)
