"""The engine: one scenario and many, both firms, with the return of outside capital; beside a plain Python loop."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import numpy_financial as npf

from benchmarks.measure import Result, in_turn
from benchmarks.plain_loop import income_flows_lowest
from coopfin import ASSUMPTIONS, MEASURES, Assumptions, compare, project, read_scenario

PRESET = Path(__file__).parents[1] / "sample_data" / "presets" / "blank.csv"
VARIED = ("take_rate", "demand_first", "churn", "overhead")
BLOCK = 8_192  # as in simulations
PEER_SCENARIOS = 300


def _firms() -> list[dict[str, float]]:
    enterprises = read_scenario(PRESET.read_bytes(), PRESET.name).enterprises.values()
    firms = [{name: float(getattr(a, name)) for name in ASSUMPTIONS} for a in enterprises]
    for firm in firms:  # the plain loop knows one round, at launch
        firm |= {f"equity_{n}_amount": 0.0 for n in (2, 3, 4)} | {"equity_1_month": 0.0}
    return firms


def _draws(firm: dict[str, float], size: int, seed: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    return {name: firm[name] * rng.uniform(0.8, 1.2, size) for name in VARIED}


def _ours(firm: dict[str, float], draws: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    size = len(draws[VARIED[0]])
    lowest, rate = np.empty(size), np.empty(size)
    for start in range(0, size, BLOCK):
        np.empty(4_000_000)  # as simulations do: the C library then keeps the memory of one block for the next
        part = slice(start, start + BLOCK)
        x = project(Assumptions(**(firm | {name: values[part] for name, values in draws.items()})))
        lowest[part], rate[part] = MEASURES["lowest_cash"](x), MEASURES["capital_irr"](x)
    return lowest, rate


def _theirs(firm: dict[str, float], draws: dict[str, np.ndarray], size: int) -> list[tuple[float, float]]:
    found = (income_flows_lowest(firm | {name: float(values[i]) for name, values in draws.items()}) for i in range(size))
    return [(lowest, (1 + npf.irr(flows)) ** 12 - 1) for _, flows, lowest in found]


def _agree(firms: list[dict[str, float]]) -> None:
    for firm in firms:
        draws = _draws(firm, PEER_SCENARIOS, 0)
        ours, theirs = np.array(_ours(firm, draws)).T, np.array(_theirs(firm, draws, PEER_SCENARIOS))
        np.testing.assert_allclose(ours, theirs, rtol=1e-6, err_msg="the benchmark's peer computes something else")


def results() -> list[Result]:
    firms = _firms()
    _agree(firms)
    one = [{name: values[:1] for name, values in _draws(firm, 1, 1).items()} for firm in firms]
    pairs = list(zip(firms, one, strict=True))
    ours, theirs = in_turn(
        lambda: [_ours(firm, draws) for firm, draws in pairs], lambda: [_theirs(firm, draws, 1) for firm, draws in pairs], runs=15
    )
    found = [Result("1 scenario, both firms, as an array", ours, "plain loop, numpy-financial", theirs)]
    enterprises = {str(number): Assumptions(**firm) for number, firm in enumerate(firms)}
    ours, theirs = in_turn(lambda: compare(enterprises), lambda: [_theirs(firm, draws, 1) for firm, draws in pairs], runs=15)
    found.append(Result("1 scenario, both firms, all measures", ours, "plain loop, two measures", theirs))
    for size in (10_000, 1_000_000):
        many = [(firm, _draws(firm, size, 2)) for firm in firms]
        start = time.perf_counter()
        for firm, draws in many:
            _ours(firm, draws)
        middle = time.perf_counter()
        for firm, draws in many:
            _theirs(firm, draws, PEER_SCENARIOS)
        peer = (time.perf_counter() - middle) * size / PEER_SCENARIOS
        name = f"plain loop ({PEER_SCENARIOS} run, scaled)"
        found.append(Result(f"{size:,} scenarios, both firms", middle - start, name, peer, faster=True))
    return found
