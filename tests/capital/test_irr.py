"""Rates of return: against numpy-financial and polynomial roots; none, one and several told apart."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy_financial as npf
import pytest
from hypothesis import given, settings, strategies as st

from coopfin import irr

amounts = st.floats(-1e6, 1e6).map(lambda v: round(v, 2))


def roots_above_the_lowest(flows: list[float]) -> list[float]:
    trimmed = np.trim_zeros(np.array(flows))
    growth = np.roots(trimmed) if trimmed.size > 1 else np.array([])
    real = growth[np.abs(growth.imag) <= 1e-7 * np.abs(growth)].real
    return sorted(each - 1 for each in real if each > 0.01)


@given(st.floats(1, 1e6), st.lists(amounts.map(abs), min_size=1, max_size=30).filter(any))
def test_one_payment_in_agrees_with_numpy_financial(paid: float, received: list[float]) -> None:
    flows = np.array([-paid, *received])
    ours = irr(flows)
    theirs = roots_above_the_lowest(list(flows))
    assert int(ours.count) == len(theirs)
    if len(theirs) == 1 and -0.5 < theirs[0] < 5:
        assert float(ours.value) == pytest.approx(npf.irr(flows), rel=1e-9, abs=1e-9)


@settings(max_examples=300)
@given(st.lists(amounts, min_size=2, max_size=9))
def test_several_changes_of_sign_are_counted_as_the_polynomial_says(flows: list[float]) -> None:
    roots = roots_above_the_lowest(flows)
    # Where two roots almost meet, the polynomial's own roots are not sharp enough to count by.
    crowded = any(b - a < 1e-3 * (1 + abs(a)) for a, b in pairwise(roots)) or any(abs(r + 0.99) < 1e-6 for r in roots)
    wobbly = np.roots(np.trim_zeros(flows)) if len(np.trim_zeros(flows)) > 1 else np.array([])
    nearly_real = np.any((np.abs(wobbly.imag) > 0) & (np.abs(wobbly.imag) < 1e-2 * np.abs(wobbly)))
    if crowded or nearly_real:
        return
    ours = irr(np.array(flows))
    assert int(ours.count) == min(2, len(roots))
    assert np.isnan(ours.value) == (len(roots) != 1)
    if len(roots) == 1:
        assert float(ours.value) == pytest.approx(roots[0], rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("flows", "count", "value"),
    [
        ([-100, 110], 1, 0.10),
        ([-100, 0, 121], 1, 0.10),
        ([-100, 50], 1, -0.50),
        ([-100, 0.5], 0, None),  # -99.5 %: below what is looked for
        ([-100, 1], 0, None),  # exactly -99 % is not above it
        ([-100, 0, 0], 0, None),
        ([0, 0, 0], 0, None),
        ([100, 100], 0, None),
        ([-100, 230, -132], 2, None),  # 10 % and 20 %
        ([-100, 200, -100], 1, 0.0),  # 0 % twice is one rate
        ([0, 0, -100, 110], 1, 0.10),
        ([-100, 230, -132, 0, 0], 2, None),
        ([-1000, 1500, -700, 250], 1, None),
    ],
)
def test_none_one_and_several_are_told_apart(flows: list[float], count: int, value: float | None) -> None:
    rate = irr(np.array(flows, dtype=float))
    assert int(rate.count) == count
    assert np.isnan(rate.value) == (count != 1)
    if value is not None:
        assert float(rate.value) == pytest.approx(value, abs=1e-9)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=25)
def test_a_lane_keeps_its_rate_among_others(seed: int) -> None:
    flows = np.random.default_rng(seed).normal(size=(9, 64)) * 1000
    together = irr(flows)
    for lane in range(0, 64, 5):
        alone = irr(flows[:, lane])
        np.testing.assert_array_equal(alone.value, together.value[lane])
        assert alone.count == together.count[lane]


def test_twenty_thousand_flows_agree_with_numpy_financial_one_by_one() -> None:
    rng = np.random.default_rng(3)
    flows = np.vstack([-rng.uniform(50, 500, 20_000), rng.uniform(0, 120, (10, 20_000))])
    rates = irr(flows).value
    for lane in range(0, 20_000, 401):
        assert rates[lane] == pytest.approx(npf.irr(flows[:, lane]), rel=1e-9, abs=1e-9)
