"""The line on which a measure is 0: on known lines, and without a value."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from coopfin.uncertainty.contour import zero_line

AXIS = np.linspace(-1.0, 1.0, 41)


@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(-0.9, 0.9))
def test_on_a_plane_every_piece_lies_on_the_straight_line(a: float, b: float, c: float) -> None:
    values = a * AXIS + b * AXIS.reshape(-1, 1) + c
    pieces = zero_line(AXIS, AXIS, values)
    x, y = pieces[:, ::2], pieces[:, 1::2]
    np.testing.assert_allclose(a * x + b * y + c, 0, atol=1e-9)
    crosses = bool(np.any(values > 0) and np.any(values <= 0))
    assert (len(pieces) > 0) == crosses


def test_a_circle_closes_and_has_its_length() -> None:
    pieces = zero_line(AXIS, AXIS, AXIS**2 + AXIS.reshape(-1, 1) ** 2 - 0.503)
    lengths = np.hypot(pieces[:, 2] - pieces[:, 0], pieces[:, 3] - pieces[:, 1])
    assert lengths.sum() == pytest.approx(2 * np.pi * np.sqrt(0.503), rel=1e-3)
    ends = np.round(np.concatenate([pieces[:, :2], pieces[:, 2:]]), 9) + 0.0
    _, count = np.unique(ends, axis=0, return_counts=True)
    assert set(count) == {2}  # every end is the start of the next


def test_a_saddle_is_cut_where_its_middle_says() -> None:
    ends = np.array([0.0, 1.0])
    for middle in (1.0, -1.0):
        corners = np.array([[3.0, -2.0], [-2.0, 3.0]]) if middle > 0 else np.array([[2.0, -3.0], [-3.0, 2.0]])
        pieces = zero_line(ends, ends, corners)
        assert len(pieces) == 2
        around_ahead = [min(np.hypot(*(np.array(piece[:2]) - corner)) for corner in ((0, 0), (1, 1))) for piece in pieces]
        assert all(np.isfinite(around_ahead))
        # Ahead in the middle: the line cuts off the two corners behind, right below and left above; else the others.
        cut_off = {tuple(np.round((piece[:2] + piece[2:]) / 2).astype(int)) for piece in pieces}
        assert cut_off == ({(1, 0), (0, 1)} if middle > 0 else {(0, 0), (1, 1)})


def test_a_corner_without_a_value_has_no_line() -> None:
    values = AXIS + np.zeros((41, 1))
    values[20, 20] = np.nan
    pieces = zero_line(AXIS, AXIS, values)
    assert np.isfinite(pieces).all()
    assert len(pieces) == 40 - 2
    assert zero_line(AXIS, AXIS, np.full((41, 41), np.nan)).shape == (0, 4)
