"""What rounding leaves around 0 is told as 0: a loan that is paid off is no debt of 0.00000001."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from coopfin.comparison.compare import Row
from coopfin.comparison.measures import EARNS, UNIT_ECONOMICS
from coopfin.engine.lines import LINES, PER_PROVIDER, Line
from coopfin.engine.projection import Projection
from coopfin.engine.units import Array

NOISE = 1e-12  # of the amounts that a figure is worked out from
RATIOS = ("share", "rate")
OF_ONE = (EARNS, UNIT_ECONOMICS)  # sections whose money is that of one provider


def without_noise(x: Projection, *, by_month: bool) -> Iterator[tuple[str, Line, list[float]]]:
    """The name, declaration and values by year (or month) of every line of one scenario."""
    rows: Any = x.months if by_month else x
    involved = _involved(rows)
    for name, line in LINES.items():
        if line.by_month or not by_month:
            values: Array = getattr(rows, name)
            yield name, line, np.where(np.abs(values) <= NOISE * _size(line, values, involved), 0.0, values).tolist()


def _involved(rows: Any) -> dict[str, Array]:
    """By unit, how large the amounts are that the lines of each year (or month) are worked out from."""
    money = np.max(np.abs([rows.gross_sales, rows.costs, rows.cash, rows.member_shares]), axis=0)
    people = np.maximum(rows.providers, rows.active_providers)
    return {"money": money, "count": people, PER_PROVIDER: money / np.where(people > 0, people, np.inf)}


def _size(line: Line, values: Array, involved: dict[str, Array]) -> Array | float:
    if line.unit in RATIOS:
        return 1.0
    size = involved[PER_PROVIDER] if line.statement == PER_PROVIDER else involved.get(line.unit, np.zeros(1))
    # A balance is all that ever came less all that went.
    return np.maximum(size, np.maximum.accumulate(np.abs(values))) if line.stock else size


def measured(row: Row, projections: Mapping[str, Projection]) -> tuple[dict[str, float], float]:
    """The values of a measure by enterprise and the difference, what rounding left around 0 as 0."""
    values = {
        name: 0.0 if abs(value) <= NOISE * _measure_size(row, projections[name]) else value for name, value in row.values.items()
    }
    largest = max((abs(value) for value in [*values.values()][:2]), default=0.0)
    return values, 0.0 if abs(row.difference) <= NOISE * largest else row.difference


def _measure_size(row: Row, x: Projection) -> float:
    if row.measure.unit in RATIOS:
        return 1.0
    if row.measure.unit != "money":
        return 0.0
    involved = _involved(x)
    return float(np.max(involved[PER_PROVIDER if row.measure.section in OF_ONE else "money"]))
