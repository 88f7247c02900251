"""The sheet of workings: steps to the measures that are too long for one cell, flows of outside capital, rates of return.

IRR() gives one rate and does not say whether there are more, and it may miss one that is far from its first guess.
So the present value is computed at many rates first: where it changes its sign once, IRR() starts from there.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from coopfin.capital import returns
from coopfin.comparison.measures import MEASURES
from coopfin.engine.units import Array
from coopfin.workbook.measured import SheetProjection
from coopfin.workbook.styles import Styles
from coopfin.workbook.symbols import NONE, Symbol, steps_kept, symbol
from coopfin.workbook.values import cached

SHEET = "Workings"
LABEL, VALUE = 0, 1
# From −99 % to about 3,000 % a year, by a fixed ratio of growth factors: near enough for IRR() to find its way.
RATES: Array = np.array([0.01 * 1.25**step - 1 for step in range(37)])
MONTHLY: Array = (1 + RATES) ** (1 / 12) - 1
FLOWS = {"capital_irr": returns.capital_flows, "equity_irr": returns.equity_flows}


class Workings:
    """Writes the sheet from top to bottom; what is written gives the cell it stands in."""

    def __init__(self, sheet: Any, style: Styles) -> None:
        self._sheet, self._style, self._at = sheet, style, 3
        self._cells: dict[str, str] = {}
        sheet.set_column(LABEL, LABEL, 40)
        sheet.set_column(VALUE, VALUE, 18)
        sheet.write_string(0, LABEL, SHEET, style.title)
        sheet.write_string(1, LABEL, "Steps to the comparison that are too long for one cell.", style())

    def heading(self, text: str) -> None:
        """Begin a section."""
        self._at += 1
        self._sheet.write_string(self._at, LABEL, text, self._style.section)
        self._at += 1

    def keep(self, text: str, value: Any) -> str:
        """Write a step; the same one is written once."""
        if text not in self._cells:
            self._cells[text] = self._write(f"Step {len(self._cells) + 1}", text, value)
        return self._cells[text]

    def _write(self, label: str, text: str, value: Any) -> str:
        self._sheet.write_string(self._at, LABEL, label, self._style.remark)
        form = self._style(num_format="#,##0.0#####", align="right")
        self._sheet.write_formula(self._at, VALUE, f"={text}", form, value if isinstance(value, bool) else cached(value))
        self._at += 1
        return f"{SHEET}!{xl_rowcol_to_cell(self._at - 1, VALUE, row_abs=True, col_abs=True)}"

    def rate(self, label: str, flows: list[Symbol], rate: float) -> Symbol:
        """Write monthly flows and the search for their rate of return; gives the yearly rate's cell."""
        self.heading(label)
        values = [float(each.value) for each in flows]
        first = self._at
        for month, flow in enumerate(flows):
            self._write(f"Month {month}", flow.text, values[month])
        launch = xl_rowcol_to_cell(first, VALUE, row_abs=True, col_abs=True)
        later = xl_range_abs(first + 1, VALUE, self._at - 1, VALUE)
        every = xl_range_abs(first, VALUE, self._at - 1, VALUE)
        present = _present_values(values)
        grid = self._at + 1
        for i, monthly in enumerate(MONTHLY):
            self._write(f"Present value at {RATES[i]:.0%} a year", f"{launch} + NPV({float(monthly)!r}, {later})", present[i])
            here, above = (xl_rowcol_to_cell(self._at - back, VALUE) for back in (1, 2))
            if i > 0:
                crossed = f"IF(({here} > 0) <> ({above} > 0), {float(MONTHLY[i - 1])!r}, 0)"
                self._sheet.write_formula(self._at - 1, VALUE + 1, f"={crossed}", self._style(), 0)
        starts = xl_range_abs(grid, VALUE + 1, self._at - 1, VALUE + 1)
        # One crossing, and nothing but it beside the zeros: where the rate itself is near 0 its start is not 0.
        start = f'IF(COUNTIF({starts}, "<>0") = 1, SUM({starts}), "{NONE}")'
        start_cell = self._write("The monthly rate just below the one found", start, 0.0)
        found = f'IFERROR((1 + IRR({every}, {start_cell})) ^ 12 - 1, "{NONE}")'
        return Symbol(self._write("Rate of return, a year, where there is exactly one", found, rate), value=rate)


def _present_values(flows: list[float]) -> Array:
    value = np.zeros_like(MONTHLY)
    with np.errstate(over="ignore"):
        for flow in reversed(flows):
            value = value / (1 + MONTHLY) + flow
    return value


def measures(workings: Workings, enterprise: str, sheet: SheetProjection, rates: dict[str, float]) -> dict[str, Symbol]:
    """The formula of every measure of one enterprise; what is too long stands on the sheet of workings."""
    workings.heading(f"{enterprise}: steps")
    found: dict[str, Symbol] = {}
    flows: dict[str, list[Symbol]] = {}
    with steps_kept(workings.keep):
        for name, measure in MEASURES.items():
            if name in FLOWS:
                flows[name] = [symbol(each) for each in _flows(name, sheet)]
            else:
                found[name] = symbol(measure.compute(sheet))  # type: ignore[arg-type]  # cells in the place of numbers
    for name, series in flows.items():
        found[name] = workings.rate(f"{enterprise}: {MEASURES[name].label}, flows by month", series, rates[name])
    return found


def _flows(name: str, sheet: Any) -> Any:
    if name == "capital_irr":
        return returns.capital_flows(sheet)
    flows = np.zeros(12 * sheet.years + 1, dtype=object)
    returns.add_equity(sheet, flows)
    return flows
