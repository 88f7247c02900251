"""A projection whose figures are cells: the measures, run on it, give the formulas of the comparison.

Each symbol knows the engine's value too, so that every step on the way has one beside its formula.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np

from coopfin.engine.assumptions import Assumptions
from coopfin.engine.lines import LINES, PER_PROVIDER
from coopfin.engine.projection import Projection
from coopfin.workbook.cells import Places
from coopfin.workbook.symbols import NONE, Cells, Symbol


class SheetAssumptions:
    """The assumptions as cells. Months and the horizon are numbers: they are the order of events, which stays as exported."""

    shape = ()
    carrier = Cells

    def __init__(self, a: Assumptions, cell_of: Mapping[str, str]) -> None:
        self._a, self._cell_of = a, cell_of

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._a, name)
        return value if name == "years" or name.endswith("_month") else Symbol(self._cell_of[name], value=value)


class SheetLows:
    """The lowest cash as cells."""

    def __init__(self, x: Projection, places: Places) -> None:
        self._x, self._places = x, places

    def _cell(self, formula: str, value: Any) -> Symbol:
        return Symbol(self._places.elsewhere(formula).removeprefix("="), value=float(value))

    @property
    def tolerance(self) -> Symbol:
        """How near to 0 counts as 0."""
        return self._cell("[tolerance launch]", self._x.lows.tolerance)

    @property
    def lowest_cash(self) -> Symbol:
        """The lowest cash of all years."""
        return self._cell("[lowest_cash launch]", self._x.lows.lowest_cash)

    @property
    def lowest_cash_month(self) -> Symbol:
        """The month of it."""
        return self._cell("MIN([month_if_lowest_of_all all])", self._x.lows.lowest_cash_month)

    @property
    def first_short_month(self) -> Symbol:
        """The first month short of cash."""
        months = "[month_if_short everymonth]"
        return self._cell(f'IF(COUNT({months}) = 0, "{NONE}", MIN({months}))', self._x.lows.first_short_month)

    @property
    def funding_gap(self) -> Symbol:
        """What is missing at the lowest point."""
        return Cells.where(self.lowest_cash < -self.tolerance, -self.lowest_cash, 0.0)


class _Year:
    def __init__(self, sheet: SheetProjection, t: int) -> None:
        self._sheet, self._t = sheet, t

    def __getattr__(self, name: str) -> Symbol:
        return self._sheet.cell(name, self._t)


class SheetProjection:
    """The projection as cells of the enterprise's sheets; the measures ask it what they ask of a projection."""

    def __init__(self, x: Projection, places: Places, cell_of: Mapping[str, str]) -> None:
        self._x, self._places = x, places
        self.assumptions = SheetAssumptions(x.assumptions, cell_of)
        self.years = x.years
        self.lows = SheetLows(x, places)
        self._remembered: dict[Any, Any] = {}

    def cell(self, name: str, year: int) -> Symbol:
        """One line or step of a year."""
        value = self._x.record(year).get(name)
        return Symbol(self._places.elsewhere(f"[{name} at {year}]").removeprefix("="), value=value)

    def year(self, t: int) -> _Year:
        """The lines of a year."""
        return _Year(self, t)

    @property
    def first(self) -> _Year:
        """The lines of year 1."""
        return _Year(self, 1)

    @property
    def final(self) -> _Year:
        """The lines of the last year."""
        return _Year(self, self.years)

    def total(self, name: str) -> Symbol:
        """The sum over the years; empty where a year of it is."""
        cells, value = f"[{name} years]", float(self._x.total(name))
        formula = f"SUM({cells})"
        if LINES[name].statement == PER_PROVIDER:
            formula = f'IF(COUNT({cells}) < {self.years}, "{NONE}", {formula})'
        return Symbol(self._places.elsewhere(formula).removeprefix("="), value=value)

    @cached_property
    def payments(self) -> Any:
        """What loan and note are paid, by month."""
        parts = ("loan_interest", "loan_principal", "note_cost", "note_principal")
        paid = np.empty(12 * self.years + 1, dtype=object)
        for month in range(len(paid)):
            text = " + ".join(f"[{name} month {month}]" for name in parts)
            paid[month] = Symbol(self._places.elsewhere(text).removeprefix("="), 1, float(self._x.payments[month]))
        return paid
