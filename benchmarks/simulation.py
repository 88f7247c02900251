"""How fast sweeps are, beside what else one could use: ``python benchmarks/simulation.py [--draws 1000000]``.

Prints a table, each figure beside its peer in the same run, and writes it to ``benchmarks/results/simulation.json``.
The peers work on fewer scenarios and are shown per million. Before anything is timed the results are compared.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy_financial as npf
import pyxirr

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from SALib.analyze import sobol as salib_analyze
    from SALib.sample import sobol as salib_sample

from coopfin import MEASURES, Assumptions, Lever, Uncertain, drivers, irr, lever_map, project, sample, simulate, tornado

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
    Uncertain("growth_first", "uniform", 0, 0.6),
    Uncertain("take_rate", "uniform", 0.12, 0.2, enterprise="cooperative"),
]
KEPT = ("provider_income_total", "capital_irr", "lowest_cash")
RESULTS = Path(__file__).parent / "results" / "simulation.json"


def plain(a: dict[str, float]) -> tuple[float, list[float], float]:
    """One scenario in plain Python, as one would write it for a loop: income, flows of outside capital, lowest cash.

    As much of the model as the two enterprises above use: one round at launch, a loan, no note or preferred shares.
    """
    years, loan_rate, term = int(a["years"]), a["loan_rate"], int(a["loan_years"])
    equity, loan = a["equity_1_amount"], a["loan"]
    owned = equity / (a["equity_1_pre_money"] + equity) if equity else 0.0
    annuity = loan * loan_rate / (1 - (1 + loan_rate) ** -term)
    providers, gross_sales, sales, prices = a["providers"], 0.0, a["sales_per_provider"], 1.0
    members = a["member_share"] * providers
    cash = lowest = equity + loan + members
    deficit = losses = programme = income = allocated = reserves = 0.0
    credited, flows = [0.0], [-equity - loan]
    for t in range(1, years + 1):
        growth = a["growth_first"] + (a["growth_last"] - a["growth_first"]) * (t - 1) / (years - 1)
        growth += a["growth_response"] * programme / gross_sales if gross_sales else 0.0
        before, providers = providers, providers * (1 + growth)
        recruits = max(0.0, providers - before * (1 - a["churn"]))
        gross_sales = providers * sales
        revenue = (a["take_rate"] + a["ancillary_rate"]) * gross_sales
        costs = (a["processing_rate"] + a["service_rate"]) * gross_sales + a["overhead"] * prices
        costs += (a["operations_rate"] + a["product_rate"] + a["marketing_rate"]) * revenue
        costs += (a["acquisition_cost"] * recruits + a["governance_cost"] * providers) * prices
        interest = loan_rate * loan
        principal = min(annuity - interest, loan) if t <= term else 0.0
        loan -= principal
        before_tax = revenue - costs - interest
        base = before_tax - programme
        used = min(losses, a["loss_offset_limit"] * max(0.0, base))
        losses += max(0.0, -base) - used
        full = a["tax_rate"] * (max(0.0, base) - used)
        due = a["share_interest_rate"] * (members + allocated)
        split = max(0.0, (1 - a["reserve_share"]) * max(0.0, before_tax - full - deficit) - due)
        saved = a["tax_rate"] * a["patronage_deductible"] * a["patronage_share"]
        tax = max(0.0, full - saved * split / (1 - saved * (1 - a["reserve_share"])))
        surplus = before_tax - tax
        allocatable = max(0.0, surplus - deficit)
        deficit = max(0.0, deficit - surplus)
        reserves += a["reserve_share"] * allocatable
        left = (1 - a["reserve_share"]) * allocatable
        share_interest = min(due, left)
        left -= share_interest
        refund, dividends = a["patronage_share"] * left, a["dividend_share"] * left
        paid = a["patronage_cash_share"] * refund
        late = t - int(a["redemption_years"])
        redeemed = credited[late] if 0 < late < t else 0.0
        credited.append(refund - paid)
        allocated += refund - paid - redeemed
        issued, members = a["member_share"] * providers - members, a["member_share"] * providers
        cash += (
            surplus - programme - a["community_share"] * left - share_interest - dividends - paid - principal - redeemed + issued
        )
        lowest = min(lowest, cash)
        programme = a["reinvestment_share"] * left
        income += ((1 - a["take_rate"]) * gross_sales + paid + share_interest + redeemed) / providers
        flows.append(dividends * owned + interest + principal)
        sales, prices = sales * (1 + a["sales_growth"]), prices * (1 + a["inflation"])
    if a["exit_multiple"] > 0:
        value = max(0.0, a["exit_multiple"] * revenue + cash - loan - members - allocated - reserves)
        flows[-1] += max(min(value, a["liquidation_preference"] * equity), owned * value)
    flows[-1] += loan
    return income, flows, lowest


def loop(rate: Callable[[list[float]], float | None], draws: int) -> np.ndarray:
    """The simulation as a loop over scenarios: measures by enterprise and draw, as ``KEPT``."""
    drawn = sample(UNCERTAIN, draws, 1)
    found = []
    for name, a in ENTERPRISES.items():
        values = {each: float(getattr(a, each)) for each in a.__dataclass_fields__}
        mine = {each.assumption: drawn[each.name].tolist() for each in UNCERTAIN if each.enterprise in (None, name)}
        for draw in range(draws):
            income, flows, lowest = plain(values | {each: column[draw] for each, column in mine.items()})
            found.append((income, rate(flows), lowest))
    return np.array(found, dtype=float).reshape(len(ENTERPRISES), draws, len(KEPT))


def seconds(work: Callable[[], Any], repeat: int = 3) -> float:
    """The shortest of a few runs."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)


def simulation(draws: int, add: Callable[..., None]) -> None:
    few = 2000
    ours = simulate(ENTERPRISES, UNCERTAIN, few, 1, measures=KEPT)
    ours_as_loop = np.array([[ours.values[measure][name] for measure in KEPT] for name in ENTERPRISES]).swapaxes(1, 2)
    for rate in (npf.irr, pyxirr.irr):
        theirs = loop(rate, 200)
        both = ~np.isnan(ours_as_loop[:, :200]) & ~np.isnan(theirs)
        np.testing.assert_allclose(ours_as_loop[:, :200][both], theirs[both], rtol=1e-7)
    before = megabytes()
    million = seconds(lambda: simulate(ENTERPRISES, UNCERTAIN, draws, 1, measures=KEPT), 1) * 1e6 / draws
    growth = megabytes() - before
    for name, rate in (("numpy-financial", npf.irr), ("pyxirr", pyxirr.irr)):
        peer = seconds(lambda rate=rate: loop(rate, few), 1) * 1e6 / few
        add("simulation, both firms, IRR, per million draws", "s", million, f"Python loop with {name}", peer)
    add(f"memory growth, {draws:,} draws", "MB", growth, "limit", 300.0)
    everything = seconds(lambda: simulate(ENTERPRISES, UNCERTAIN, 100_000, 1), 1)
    add("simulation, both firms, every measure, 100,000 draws", "s", everything)
    add("simulation, both firms, every measure, 2,000 draws", "s", seconds(lambda: simulate(ENTERPRISES, UNCERTAIN, 2000, 1)))


def rates(add: Callable[..., None]) -> None:
    lanes, rng = 20_000, np.random.default_rng(1)
    flows = rng.uniform(0, 4e5, (11, lanes))
    flows[0] = -1e6
    few = flows[:, :2000].T
    value = irr(flows).value
    np.testing.assert_allclose(value[:200], [npf.irr(lane) for lane in few[:200]], rtol=1e-9)
    ours = seconds(lambda: irr(flows), 5)
    add("IRR of 20,000 flows", "s", ours, "numpy-financial loop", seconds(lambda: [npf.irr(lane) for lane in few], 1) * 10)
    add("IRR of 20,000 flows", "s", ours, "pyxirr loop", seconds(lambda: [pyxirr.irr(lane) for lane in flows.T]))


def variance(add: Callable[..., None]) -> None:
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
            values[name] = MEASURES["provider_income_total"](project(replace(a, **mine)))
        return salib_analyze.analyze(problem, values["cooperative"] - values["marketplace"], calc_second_order=False)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = drivers(ENTERPRISES, inputs, "provider_income_total", points=points)
        np.testing.assert_allclose(found.total, theirs()["ST"], atol=0.1)
        ours = seconds(lambda: drivers(ENTERPRISES, inputs, "provider_income_total", points=points))
        add(f"Sobol' indices, {len(inputs)} inputs, {points} points", "s", ours, "SALib, same model at once", seconds(theirs))


def sensitivity(add: Callable[..., None]) -> None:
    measure = "provider_income_total"
    one = seconds(lambda: [MEASURES[measure](project(a)) for a in ENTERPRISES.values()], 20)
    bars = tornado(ENTERPRISES, measure).bars
    ours = seconds(lambda: tornado(ENTERPRISES, measure), 10)
    add(f"tornado of {len(bars)} bars", "s", ours, "one projection after another", one * 2 * len(bars))
    ours = seconds(lambda: lever_map(ENTERPRISES, Lever("take_rate", "cooperative"), Lever("providers"), measure), 10)
    add("map of 61 x 61", "s", ours, "one projection after another", one * 61 * 61)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=1_000_000)
    draws = parser.parse_args().draws
    rows: list[dict[str, Any]] = []

    def add(what: str, unit: str, ours: float, peer: str = "", theirs: float | None = None) -> None:
        ratio = None if theirs is None else theirs / ours
        rows.append({"what": what, "unit": unit, "coopfin": ours, "peer": peer, "theirs": theirs, "ratio": ratio})
        beside = "" if theirs is None else f"{theirs:12.4g} {unit:3} {ratio:8.1f} x  {peer}"
        print(f"{what:55} {ours:10.4g} {unit:3} {beside}", flush=True)

    simulation(draws, add)
    rates(add)
    variance(add)
    sensitivity(add)
    RESULTS.parent.mkdir(exist_ok=True)
    run = {"python": platform.python_version(), "numpy": np.__version__, "machine": platform.machine(), "rows": rows}
    RESULTS.write_text(json.dumps(run, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
