"""The internal rate of return over many lanes: as near as rounding permits, alone and together."""

from __future__ import annotations

import numpy as np
import numpy_financial as npf
import pytest

from coopfin import irr


def flows(kind: str, lanes: int = 2000) -> np.ndarray:
    rng = np.random.default_rng(11)
    made = rng.uniform(0, 4e5, (13, lanes))
    made[0] = -1e6
    if kind == "a second round":
        made[3] = -5e5
        made[-1] += 1e6
    if kind == "only at the end":
        made[1:-1] = 0
    return made


KINDS = ["every year", "a second round", "only at the end"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_rate_is_exact_to_rounding(kind: str) -> None:
    made = flows(kind)
    rate = irr(made).value
    found = ~np.isnan(rate)
    assert found.mean() > 0.7
    # One more step of Newton's method in numbers of twice the precision says how far off the rate is.
    x, wide = 1 / (1 + rate[found].astype(np.longdouble)), made[:, found].astype(np.longdouble)
    value, slope = np.zeros_like(x), np.zeros_like(x)
    for flow in wide[::-1]:
        slope, value = slope * x + value, value * x + flow
    off = np.abs(1 / (x - value / slope) - 1 / x)
    assert float(off.max()) < 1e-14


@pytest.mark.parametrize("kind", KINDS)
def test_the_rate_is_numpy_financials(kind: str) -> None:
    made = flows(kind, 200)
    theirs = np.array([npf.irr(lane) for lane in made.T])
    both = ~np.isnan(irr(made).value) & ~np.isnan(theirs)
    np.testing.assert_allclose(irr(made).value[both], theirs[both], rtol=1e-9)


@pytest.mark.parametrize("kind", KINDS)
def test_a_lane_has_the_same_rate_alone_and_among_any_others(kind: str) -> None:
    made = flows(kind)
    together = irr(made)
    for lanes in ([0], [1999], [3, 700, 1200], range(500, 1500)):
        part = irr(made[:, list(lanes)])
        np.testing.assert_array_equal(part.value, together.value[list(lanes)])
        np.testing.assert_array_equal(part.count, together.count[list(lanes)])
