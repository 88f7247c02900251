"""Rates of return of many series of monthly flows, and of one, beside numpy-financial and pyxirr.

Before anything is timed the rates are compared. One thread for all: ``OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1``.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy_financial as npf
import pyxirr

from benchmarks.measure import Result, in_turn, seconds
from coopfin import irr

LANES, MONTHS = 20_000, 121
FEW, FEWER = 2_000, 100  # series the peers work on, scaled up: pyxirr, numpy-financial


def _dense(rng: np.random.Generator, months: int, lanes: int) -> np.ndarray:
    """Capital paid in at once, and something received every month."""
    flows = rng.uniform(0, 4e4, (months, lanes))
    flows[0] = -1e6
    return flows


def _sparse(rng: np.random.Generator, months: int, lanes: int) -> np.ndarray:
    """Capital paid in at once, and six payments out of it."""
    flows = np.zeros((months, lanes))
    flows[0] = -1e6
    for _ in range(6):
        flows[rng.integers(1, months, lanes), np.arange(lanes)] += rng.uniform(0, 8e5, lanes)
    return flows


def _rounds(rng: np.random.Generator, months: int, lanes: int) -> np.ndarray:
    """Capital paid in four times between monthly payments: the flows change sign six times or more."""
    flows = rng.uniform(0, 2e4, (months, lanes))
    flows[0] = -5e5
    for _ in range(3):
        flows[rng.integers(1, months - 1, lanes), np.arange(lanes)] -= rng.uniform(1e5, 1e6, lanes)
    flows[-1] += rng.uniform(0, 3e6, lanes)
    return flows


def _noise(rng: np.random.Generator, months: int, lanes: int) -> np.ndarray:
    """In or out by chance every month: most have no rate or several."""
    return rng.normal(0, 1e4, (months, lanes))


KINDS: dict[str, Callable[[np.random.Generator, int, int], np.ndarray]] = {
    "dense": _dense,
    "sparse": _sparse,
    "several rounds": _rounds,
    "pure noise": _noise,
}


def results() -> list[Result]:
    found = []
    for kind, drawn in KINDS.items():
        flows = drawn(np.random.default_rng(1), MONTHS, LANES)
        few, fewer = np.ascontiguousarray(flows[:, :FEW].T), np.ascontiguousarray(flows[:, :FEWER].T)
        _agree(few, kind)
        name = f"IRR of {LANES:,} × {MONTHS} flows, {kind}"
        slow = seconds(lambda fewer=fewer: [npf.irr(lane) for lane in fewer], 3) * LANES / FEWER
        ours, other = in_turn(
            lambda flows=flows: irr(flows), lambda few=few: [pyxirr.irr(lane, silent=True) for lane in few], runs=7
        )
        found.append(Result(name, ours, f"numpy-financial loop ({FEWER} run, scaled)", slow, faster=True))
        found.append(Result(name, ours, f"pyxirr loop ({FEW:,} run, scaled)", other * LANES / FEW, faster=True))
    for months in (121, 481):
        for kind, drawn in KINDS.items():
            one = np.ascontiguousarray(drawn(np.random.default_rng(2), months, 1)[:, 0])
            ours, other = in_turn(lambda one=one: irr(one), lambda one=one: pyxirr.irr(one, silent=True), runs=50)
            found.append(Result(f"IRR of one series of {months} flows, {kind}", ours, "pyxirr", other))
    return found


def _agree(flows: np.ndarray, kind: str) -> None:
    """Where there is one rate and the peer finds a rate within the bounds, it is the same; the first by both peers."""
    rate = irr(flows.T)
    theirs = np.array([pyxirr.irr(lane, silent=True) for lane in flows], dtype=float)
    theirs[:20] = [npf.irr(lane) for lane in flows[:20]]
    both = (rate.count == 1) & (theirs > 0.01 ** (1 / 12) - 1)
    if kind != "pure noise" and both.mean() < 0.9:
        raise AssertionError(f"too few rates to compare: {both.mean():.0%}")
    np.testing.assert_allclose(rate.value[both], (1 + theirs[both]) ** 12 - 1, rtol=1e-6, atol=1e-6)
