"""How fast sweeps are, beside what else one could use. Slow peers work on fewer scenarios and are scaled up.

Before anything is timed the results are compared.
"""

from __future__ import annotations

import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import numpy_financial as npf
import pyxirr

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from SALib.analyze import sobol as salib_analyze
    from SALib.sample import sobol as salib_sample

from benchmarks.measure import Result, in_turn, seconds
from benchmarks.plain_loop import income_flows_lowest
from coopfin import MEASURES, Assumptions, Lever, Uncertain, drivers, lever_map, project, sample, simulate, tornado

ENTERPRISES = {
    "marketplace": Assumptions(take_rate=0.25, equity_1_amount=5e5, equity_1_pre_money=2e6, exit_multiple=2),
    "cooperative": Assumptions(take_rate=0.16, loan=2e5, member_share=100, patronage_share=0.5, reserve_share=0.2),
}
UNCERTAIN = [
    Uncertain("sales_per_provider", "lognormal", 12_000, 32_000),
    Uncertain("sales_growth", "normal", -0.01, 0.05),
    Uncertain("inflation", "pert", 0, 0.06, 0.02),
    Uncertain("overhead", "pert", 150_000, 450_000, 250_000),
    Uncertain("churn", "triangular", 0.1, 0.6, 0.3, "marketplace"),
    Uncertain("churn", "triangular", 0.05, 0.5, 0.2, "cooperative"),
    Uncertain("demand_first", "uniform", 0, 0.6),
    Uncertain("take_rate", "uniform", 0.12, 0.2, enterprise="cooperative"),
]
KEPT = ("provider_month", "capital_irr", "lowest_cash")
DRAWS, FEW = 1_000_000, 2_000


def loop(rate: Callable[[list[float]], float | None], draws: int) -> np.ndarray:
    """The simulation as a loop over scenarios: measures by enterprise and draw, as ``KEPT``."""
    drawn = sample(UNCERTAIN, draws, 1)
    found = []
    for name, a in ENTERPRISES.items():
        values = {each: float(getattr(a, each)) for each in a.__dataclass_fields__}
        mine = {each.assumption: drawn[each.name].tolist() for each in UNCERTAIN if each.enterprise in (None, name)}
        for draw in range(draws):
            income, flows, lowest = income_flows_lowest(values | {each: column[draw] for each, column in mine.items()})
            found.append((income, _yearly(rate(flows)), lowest))
    return np.array(found, dtype=float).reshape(len(ENTERPRISES), draws, len(KEPT))


def _pyxirr(flows: list[float]) -> float | None:
    return pyxirr.irr(flows, silent=True)


def _yearly(monthly: float | None) -> float:
    """A monthly rate as a yearly one; NaN where the peer finds none."""
    return np.nan if monthly is None else (1 + monthly) ** 12 - 1


def growth() -> float:
    """By how many megabytes a fresh process grows at most for so many draws, after a few to load what is needed."""
    code = (
        "from benchmarks.simulation import *\n"
        "from benchmarks.measure import peak\n"
        "simulate(ENTERPRISES, UNCERTAIN, 1000, 1, measures=KEPT); before = peak()\n"
        "simulate(ENTERPRISES, UNCERTAIN, DRAWS, 1, measures=KEPT); print(peak() - before)"
    )
    return float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)


def results() -> list[Result]:
    _agree()
    return [*_simulations(), _variance(), *_levers()]


def _agree() -> None:
    ours = simulate(ENTERPRISES, UNCERTAIN, 200, 1, measures=KEPT)
    as_loop = np.array([[ours.values[measure][name] for measure in KEPT] for name in ENTERPRISES]).swapaxes(1, 2)
    for rate in (npf.irr, _pyxirr):
        theirs = loop(rate, 200)
        both = ~np.isnan(as_loop) & ~np.isnan(theirs)
        np.testing.assert_allclose(as_loop[both], theirs[both], rtol=1e-6, atol=1e-9)


def _simulations() -> Iterator[Result]:
    ours = seconds(lambda: simulate(ENTERPRISES, UNCERTAIN, DRAWS, 1, measures=KEPT), 1)
    for name, rate in (("numpy-financial", npf.irr), ("pyxirr", _pyxirr)):
        peer = seconds(lambda rate=rate: loop(rate, FEW), 1) * DRAWS / FEW
        yield Result(f"{DRAWS:,} draws, both firms, IRR", ours, f"plain loop, {name} ({FEW:,} run, scaled)", peer, faster=True)
    yield Result(f"memory growth, {DRAWS:,} draws", growth(), "limit", 300.0, unit="MB")
    latin = seconds(lambda: simulate(ENTERPRISES, UNCERTAIN, 100_000, 1, measures=KEPT, sampling="latin"), 1)
    sobol = seconds(lambda: simulate(ENTERPRISES, UNCERTAIN, 100_000, 1, measures=KEPT), 1)
    yield Result("100,000 draws of a Latin hypercube", latin, "of a Sobol' sequence", sobol)
    few = seconds(lambda: simulate(ENTERPRISES, UNCERTAIN, 2000, 1), 5)
    yield Result(
        "2,000 draws, every measure", few, "100,000 draws", seconds(lambda: simulate(ENTERPRISES, UNCERTAIN, 100_000, 1), 1)
    )


def _variance() -> Result:
    points = 2048
    inputs = [replace(each, distribution="uniform", likely=None) for each in UNCERTAIN]
    problem = {
        "num_vars": len(inputs),
        "names": [each.name for each in inputs],
        "bounds": [[each.low, each.high] for each in inputs],
    }

    def theirs() -> Any:
        drawn = salib_sample.sample(problem, points, calc_second_order=False, seed=1).T
        values = {}
        for name, a in ENTERPRISES.items():
            mine = {each.assumption: drawn[i] for i, each in enumerate(inputs) if each.enterprise in (None, name)}
            values[name] = MEASURES["provider_month"](project(replace(a, **mine)))
        return salib_analyze.analyze(problem, values["cooperative"] - values["marketplace"], calc_second_order=False)

    def ours() -> Any:
        return drivers(ENTERPRISES, inputs, "provider_month", points=points)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        np.testing.assert_allclose(ours().total, theirs()["ST"], atol=0.1)
        mine, other = in_turn(ours, theirs, runs=3)
    return Result(
        f"Sobol' indices, {len(inputs)} inputs, {points:,} points", mine, "SALib, same model at once", other, faster=True
    )


def _levers() -> Iterator[Result]:
    measure = "provider_month"
    one = seconds(lambda: [MEASURES[measure](project(a)) for a in ENTERPRISES.values()], 20)
    bars = tornado(ENTERPRISES, measure).bars
    ours = seconds(lambda: tornado(ENTERPRISES, measure), 10)
    peer = "one projection after another (scaled)"
    yield Result(f"tornado of {len(bars)} bars", ours, peer, one * 2 * len(bars), faster=True)
    ours = seconds(lambda: lever_map(ENTERPRISES, Lever("take_rate", "cooperative"), Lever("providers"), measure), 10)
    yield Result("map of 61 x 61", ours, peer, one * 61 * 61, faster=True)
