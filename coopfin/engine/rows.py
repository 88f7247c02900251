"""The rows of a projection, a record a year or a month, and one line of all of them as an array."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from coopfin.engine.lines import Line, Lines
from coopfin.engine.units import Array


class Rows(Lines):
    """Lines whose rows (years or months) are records of floats or arrays, stacked when they are asked for."""

    def __init__(self, rows: list[Any], shape: tuple[int, ...]) -> None:
        self._rows, self._shape = rows, shape

    def stacked(self, line: Line) -> Array:
        """One line, the rows first, then the scenarios."""
        return stack([getattr(row, line.name) for row in self._rows], self._shape)

    def record(self, row: int) -> Mapping[str, Any]:
        """Every line and step of one period by name, as computed: numbers, or arrays of scenarios."""
        return vars(self._rows[row])


class Months(Rows):
    """The lines that exist by month, each an array with the month first (0..12·years), then the scenarios."""

    def stacked(self, line: Line) -> Array:
        """One line; raises ``AttributeError`` where it exists only by year."""
        if not line.by_month:
            raise AttributeError(f"{line.name} exists only by year")
        return super().stacked(line)


def stack(values: list[Any], shape: tuple[int, ...]) -> Array:
    """Values of a period each, numbers or arrays of scenarios, as one array with the period first."""
    if not shape:
        return np.array(values, dtype=float)
    result = np.empty((len(values), *shape))
    for row, value in zip(result, values, strict=True):
        row[...] = value
    return result
