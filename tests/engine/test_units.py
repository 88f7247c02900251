from __future__ import annotations

import math
import sys

import numpy as np
import pytest
from hypothesis import example, given, strategies as st

from coopfin.engine.units import UNITS, Unit, figure_text, number

LARGEST = sys.float_info.max
IMPOSSIBLE = (math.nan, math.inf, -math.inf)


@pytest.mark.parametrize(
    ("name", "possible", "impossible"),
    [
        ("share", (0, 0.2, 1), (-1e-17, 1.0000000000000002, 20)),
        ("rate", (-0.9999999999999999, 0, 10), (-1, 10.000000000000002)),
        ("money", (0, 1e300, LARGEST), (-0.01,)),
        ("count", (0, 0.5, LARGEST), (-1,)),
        ("years", (0, 1, 100), (-1, 0.5, 101)),
        ("month", (0, 12, 1200), (-1, 11.999999999999998, 1201)),
        ("days", (0, 6.5, 365), (-1, 366)),
        ("multiple", (0, 1.5, LARGEST), (-1,)),
        ("flag", (0, 1), (0.5, 2, -1)),
    ],
)
def test_what_a_unit_permits(name: str, possible: tuple[float, ...], impossible: tuple[float, ...]) -> None:
    unit = UNITS[name]
    for value in possible:
        assert unit.permits(float(value)) is True and unit.permits(np.array([value], dtype=float)).tolist() == [True]
    for value in (*impossible, *IMPOSSIBLE):
        assert unit.permits(float(value)) is False and unit.permits(np.array([value], dtype=float)).tolist() == [False]


def test_every_unit_is_tested_and_every_whole_one_has_an_upper_limit() -> None:
    assert set(UNITS) == {"share", "rate", "money", "count", "years", "month", "days", "multiple", "flag"}
    assert all(unit.high < math.inf for unit in UNITS.values() if unit.whole)


def test_an_open_end_is_left_out() -> None:
    below_one, above_zero = UNITS["share"].within(high=1, high_open=True), UNITS["multiple"].within(low=0, low_open=True)
    assert below_one.permits(math.nextafter(1, 0)) and not below_one.permits(1.0) and below_one.permits(0.0)
    assert above_zero.permits(math.nextafter(0, 1)) and not above_zero.permits(0.0) and not above_zero.permits(math.inf)
    assert UNITS["rate"].within(low=0).permits(0.0) and UNITS["rate"].within(high=1).permits(-1.0) is False


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        (UNITS["share"], "0 to 1"),
        (UNITS["rate"], "above -1 to 10"),
        (UNITS["money"], "0 or more"),
        (UNITS["month"], "0 to 1200, whole numbers"),
        (UNITS["share"].within(high=1, high_open=True), "0 to below 1"),
        (UNITS["multiple"].within(low=0, low_open=True), "above 0"),
    ],
)
def test_a_range_in_words(unit: Unit, words: str) -> None:
    assert unit.range == words


@given(st.sampled_from(sorted(UNITS)), st.lists(st.floats(), min_size=1, max_size=5))
def test_an_array_is_judged_as_its_numbers_are(name: str, values: list[float]) -> None:
    assert UNITS[name].permits(np.array(values)).tolist() == [UNITS[name].permits(value) for value in values]


@given(st.floats(allow_nan=False))
def test_a_number_reads_back_bit_for_bit(value: float) -> None:
    assert float(number(value)) == value
    assert not number(value).endswith(".0") and number(value) != "-0"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.207, "0.207"),
        (0.20699999999999993, "0.207"),
        (0.1 + 0.2, "0.3"),
        (1234567.89, "1234567.89"),
        (1e15, "1000000000000000"),
        (123456789012345.6, "123456789012000"),
        (1 / 3, "0.333333333333"),
        (-2.5, "-2.5"),
        (1e-7, "0.0000001"),
        (-0.0, "0"),
        (100.0, "100"),
        (1e300, "1e+300"),
        (math.nan, ""),
    ],
)
def test_a_figure_in_words(value: float, text: str) -> None:
    assert figure_text(value) == text
    assert figure_text(np.float64(value)) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
@example(999999999999.5)
@example(9.9999999999995e20)
def test_a_figure_is_the_value_to_twelve_digits_in_no_more_than_it_takes(value: float) -> None:
    text = figure_text(value)
    rounded = float(f"{value:.11e}")
    assert float(text) == rounded
    assert text != "-0"
    mantissa = text.partition("e")[0]
    digits = mantissa.lstrip("-").replace(".", "").lstrip("0")
    assert len(digits.rstrip("0")) <= 12
    assert "." not in mantissa or not mantissa.endswith(("0", "."))
    if 1e-9 <= abs(value) < 1e20:
        assert "e" not in text
    assert figure_text(float(text)) == text
