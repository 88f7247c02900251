"""Rates of return: against exact counts, planted rates and numpy-financial; the same to the bit alone and among others."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import numpy_financial as npf
import pytest
from hypothesis import assume, example, given, settings, strategies as st

from coopfin import irr
from coopfin.capital import lanes

MONTHLY_LOWEST = 0.01 ** (1 / 12)
whole_flows = st.lists(st.integers(-60, 60), min_size=1, max_size=10)


def value_at(coefficients: list[Fraction], x: Fraction) -> Fraction:
    value = Fraction(0)
    for each in reversed(coefficients):
        value = value * x + each
    return value


def remainder(a: list[Fraction], b: list[Fraction]) -> list[Fraction]:
    a = a[:]
    while len(a) >= len(b):
        factor = a[-1] / b[-1]
        for i, each in enumerate(b):
            a[len(a) - len(b) + i] -= factor * each
        while a and a[-1] == 0:
            a.pop()
    return a


def roots_below(coefficients: list[int], end: Fraction) -> int:
    """The different roots in 0 < x < end, by Sturm's theorem; lowest power first."""
    first = [Fraction(each) for each in np.trim_zeros(np.array(coefficients)).tolist()]
    if len(first) < 2:
        return 0
    chain = [first, [i * each for i, each in enumerate(first)][1:]]
    while rest := remainder(chain[-2], chain[-1]):
        chain.append([-each / max(map(abs, rest)) for each in rest])

    def changes(x: Fraction) -> int:
        signs = [value for each in chain if (value := value_at(each, x)) != 0]
        return sum(a * b < 0 for a, b in pairwise(signs))

    return changes(Fraction(0)) - changes(end) - (value_at(first, end) == 0)


def planted(growths: list[int], positive: list[int]) -> list[int]:
    """Flows whose present value is 0 at the growth factors, in thousandths a month, and nowhere else above -100 %.

    A polynomial with coefficients of one sign has no positive root: it only makes the flows long.
    """
    flows = positive
    for each in growths:
        longer = [*flows, 0]
        flows = [each * before - 1000 * now for before, now in zip([0, *flows], longer, strict=True)]
    return flows


def as_flows(whole: list[int]) -> np.ndarray:
    largest = max(map(abs, whole))
    return np.array([float(Fraction(each, largest)) for each in whole]) * 1e6


@settings(max_examples=400, deadline=None)
@given(whole_flows, st.sampled_from([1, 12]))
@example([-100, 230, -132], 1)
@example([-100, 220, -121], 1)  # 10 % twice
@example([15, -31, 16], 1)  # 0 % and, at a point where a zone is cut, 1/15
@example([1, -3, 3, -1], 12)
@example([-2, 3, 0, -1], 1)  # 0 % twice, and below it
@example([-1, 103, -300, 200], 1)  # at the end of what is looked for, 0 % and 100 %
def test_the_count_is_that_of_sturms_theorem(whole: list[int], periods: int) -> None:
    end = Fraction(100) if periods == 1 else 1 / Fraction(MONTHLY_LOWEST)
    rate = irr(np.array(whole, dtype=float), periods)
    assert int(rate.count) == min(2, roots_below(whole, end))
    assert np.isnan(rate.value) == (rate.count != 1)


@settings(max_examples=200, deadline=None)
@given(whole_flows)
def test_the_present_value_changes_sign_at_the_rate(whole: list[int]) -> None:
    rate = irr(np.array(whole, dtype=float), periods=1)
    assume(rate.count == 1)
    coefficients = [Fraction(each) for each in np.trim_zeros(np.array(whole)).tolist()]
    assume(coefficients[0] * value_at(coefficients, Fraction(100)) < 0)  # not so where two roots meet
    discount = 1 / (1 + Fraction(float(rate.value)))
    below, above = (value_at(coefficients, discount * (1 + each)) for each in (Fraction(-1, 10**8), Fraction(1, 10**8)))
    assert below * above < 0


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from([13, 121, 481]),
    st.lists(st.integers(136, 210), max_size=4, unique=True),  # times 5 thousandths: growth of 0.68 to 1.05 a month
    st.sampled_from(["dense", "sparse"]),
    st.integers(0, 2**32 - 1),
)
@example(481, [198, 200, 202], "dense", 1)
@example(121, [136, 203], "sparse", 2)
@example(481, [136], "dense", 3)
def test_planted_rates_are_found(months: int, fives: list[int], kind: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    length = months - len(fives)
    positive = rng.integers(1, 1000, length) * (1 if kind == "dense" else rng.random(length) < 4 / length)
    positive[0] = positive[-1] = 500
    growths = [5 * each for each in fives]
    rate = irr(as_flows(planted(growths, positive.tolist())))
    found = [each / 1000 for each in growths if each / 1000 > MONTHLY_LOWEST]
    assert int(rate.count) == min(2, len(found))
    if len(found) == 1:
        assert float(rate.value) == pytest.approx(found[0] ** 12 - 1, rel=1e-7, abs=1e-9)


@pytest.mark.parametrize("months", [13, 121, 481])
@pytest.mark.parametrize("beside", [-1e-9, 0, 1e-9])
def test_only_rates_above_the_lowest_are_found(months: int, beside: float) -> None:
    flows = np.zeros(months)
    flows[0], flows[12] = -1000, 10 * (1 + beside)  # -99 % a year, or just beside it
    rate = irr(flows)
    assert int(rate.count) == (beside > 0)
    if beside > 0:
        assert float(rate.value) == pytest.approx(-0.99, abs=1e-9)


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
        ([7], 0, None),
        ([-100, 230, -132], 2, None),  # 10 % and 20 %
        ([-100, 200, -100], 1, 0.0),  # 0 % twice is one rate
        ([-100, 220, -121], 1, 0.1),
        ([-1000, 3600, -4310, 1716], 2, None),  # 10 %, 20 % and 30 %
        ([0, 0, -100, 110], 1, 0.10),
        ([-100, 230, -132, 0, 0], 2, None),
        ([-1000, 1500, -700, 250], 1, None),
        ([-1, 1e12], 1, 1e12 - 1),
        ([-1, 0, 0, 1e30], 1, 1e10 - 1),
        ([-5e-324, 1e-323], 1, 1.0),
        ([-1e-300, 1.1e-300], 1, 0.1),
        ([-1e308, -1e308, 1.5e308, 1.5e308], 1, 1.5**0.5 - 1),
        ([100, -110], 1, 0.1),
    ],
)
def test_none_one_and_several_are_told_apart(flows: list[float], count: int, value: float | None) -> None:
    rate = irr(np.array(flows, dtype=float), periods=1)
    assert int(rate.count) == count
    assert np.isnan(rate.value) == (count != 1)
    if value is not None:
        assert float(rate.value) == pytest.approx(value, rel=1e-7, abs=1e-7)


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
def test_a_flow_that_is_no_number_leaves_no_rate_and_touches_no_other(number: float) -> None:
    flows = np.tile([[-100.0], [60.0], [60.0]], 50)
    rate = irr(flows)
    flows[1, 7] = number
    touched = irr(flows)
    assert touched.count[7] == 0
    assert np.isnan(touched.value[7])
    np.testing.assert_array_equal(np.delete(touched.value, 7), np.delete(rate.value, 7))
    assert irr(flows[:, 7]).count == 0


@pytest.mark.parametrize(("last", "count"), [(-0.9e-10, 1), (-1.1e-10, 2)])
def test_a_flow_within_1e_12_of_all_paid_in_counts_as_nothing(last: float, count: int) -> None:
    flows = np.zeros(121)
    flows[[0, 12, 120]] = -100, 110, last  # ten years at -99 % make a trifle weigh 1e20 times as much
    assert irr(flows).count == count


@pytest.mark.parametrize("periods", [1, 4, 12])
def test_the_rate_is_that_of_a_year(periods: int) -> None:
    flows = np.zeros(4 * periods + 1)
    flows[0], flows[-1] = -100, 100 * 1.1**4
    assert float(irr(flows, periods).value) == pytest.approx(0.1, abs=1e-12)


@pytest.mark.parametrize(("flows", "count"), [([-100], 0), ([-100, 110], 1), ([-100, 220, -121], 1), ([-100, 230, -132], 2)])
def test_centuries_without_flows_change_nothing(flows: list[float], count: int) -> None:
    late = np.zeros(481)
    late[: len(flows)] = flows
    assert irr(late, periods=1).count == count  # 0.01 to the power of 480 is below the smallest number
    assert irr(np.tile(late[:, None], 40), periods=1).count.tolist() == [count] * 40


def test_months_are_the_default_and_scenarios_keep_their_shape() -> None:
    flows = np.full((25, 2, 3), 5.0)
    flows[0] = -100
    rate = irr(flows)
    assert rate.value.shape == rate.count.shape == (2, 3)
    np.testing.assert_array_equal(rate.value, irr(flows, 12).value)
    assert irr(flows[:, 0, 0]).value.shape == ()
    assert irr(np.zeros((25, 0))).value.shape == (0,)


def mixed(seed: int, months: int, lanes: int) -> np.ndarray:
    """Investments, rounds, sparse flows, waiting first, noise, none at all: every way a lane can go."""
    rng = np.random.default_rng(seed)
    flows = rng.normal(size=(months, lanes)) * 1000
    month = np.arange(months).reshape(-1, 1)
    kind = np.arange(lanes) % 8
    flows = np.where(kind == 1, np.where(month == 0, -40_000, np.abs(flows)), flows)
    flows = np.where(kind == 2, np.where(month % 40 == 0, -30_000, np.abs(flows)), flows)
    flows = np.where((kind == 3) & (rng.random(flows.shape) > 0.05), 0, flows)
    flows = np.where((kind == 4) & (month < rng.integers(0, months, lanes)), 0, flows)
    flows = np.where(kind == 5, np.where(month == 0, -1e6, np.abs(flows) / 1e4), flows)
    flows = np.where(kind == 6, np.where(month == 0, -1, np.where(month == 1, 1e9, flows * 1e-12)), flows)
    return np.where((kind == 7) & (month != 3), 0, flows)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([11, 121]))
def test_a_lane_keeps_every_bit_of_its_rate_among_any_others(seed: int, months: int) -> None:
    flows = mixed(seed, months, 200)
    together = irr(flows)
    assert set(together.count) == {0, 1, 2}
    for lane in range(0, 200, 7):
        alone = irr(flows[:, lane])
        np.testing.assert_array_equal(alone.value, together.value[lane])
        assert alone.count == together.count[lane]
    for size in (2, 31, 64, 173):  # on both sides of where plain numbers give way to arrays
        some = irr(flows[:, 200 - size :][:, ::-1])
        np.testing.assert_array_equal(some.value[::-1], together.value[200 - size :])
        np.testing.assert_array_equal(some.count[::-1], together.count[200 - size :])


def test_the_size_of_the_parts_changes_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    flows = mixed(5, 61, 300)
    whole = irr(flows)
    monkeypatch.setattr(lanes, "BLOCK", 37)
    monkeypatch.setattr("coopfin.capital.irr.CELLS", 61 * 90)
    monkeypatch.setattr("coopfin.capital.irr.SMALL", 61 * 11)
    parts = irr(flows)
    np.testing.assert_array_equal(parts.value, whole.value)
    np.testing.assert_array_equal(parts.count, whole.count)


@given(st.integers(0, 2**32 - 1), st.integers(1, 60))
@settings(max_examples=20, deadline=None)
def test_waiting_before_the_first_flow_changes_no_rate(seed: int, wait: int) -> None:
    flows = mixed(seed, 40, 8)
    later = irr(np.vstack([np.zeros((wait, 8)), flows]))
    np.testing.assert_array_equal(later.count, irr(flows).count)
    np.testing.assert_allclose(later.value, irr(flows).value, rtol=1e-11, atol=1e-11)


def test_the_given_flows_are_left_as_they_are() -> None:
    flows = mixed(3, 61, 64)
    flows[0, ::5], flows[5, 1] = 0, 1e300
    before = flows.copy()
    irr(flows)
    np.testing.assert_array_equal(flows, before)


def test_twenty_thousand_series_agree_with_numpy_financial_one_by_one() -> None:
    rng = np.random.default_rng(3)
    flows = np.vstack([-rng.uniform(50, 500, 20_000), rng.uniform(0, 12, (60, 20_000))])
    rates = irr(flows)
    assert (rates.count == 1).all()
    for lane in range(0, 20_000, 401):
        assert rates.value[lane] == pytest.approx((1 + npf.irr(flows[:, lane])) ** 12 - 1, rel=1e-9, abs=1e-9)
