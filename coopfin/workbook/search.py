"""The rates of return on an enterprise's sheet.

IRR() gives one rate and does not say whether there are more, and it may miss one that is far from its first guess.
So the present value is computed at many rates first: where it changes its sign once, IRR() starts from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from coopfin.capital.irr import irr
from coopfin.engine.units import Array
from coopfin.workbook.cells import Row, to_cells
from coopfin.workbook.formulas import NONE
from coopfin.workbook.steps import RATES, cached, present_values
from coopfin.workbook.styles import Styles

SERIES = {"capital_rate": "capital_flows", "equity_rate": "equity_flows"}
HEADS = ("Capital", "Rounds")
RATE_COLUMN = 1
FOUND, NEAR, RATE, GRID = 1, 2, 3, 6  # rows below the heading


def place_search(heading: int, first: int) -> dict[str, Row]:
    """Where the rates of return stand if the heading of the search stands in row ``heading``."""
    return {name: Row(heading + RATE, first + i, first + i) for i, name in enumerate(SERIES)}


def write_search(sheet: Any, style: Styles, rows: Mapping[str, Row], values: Mapping[str, Array]) -> None:
    """Write the rates of return of all outside capital and of the investor rounds, and the search for them."""
    heading = next(rows[name].row for name in SERIES) - RATE
    top, bottom = heading + GRID, heading + GRID + len(RATES) - 1
    labels = {0: "Rates of return", GRID - 1: "The search: present value at each rate, and 1 where it has crossed 0"}
    for offset, label in labels.items():
        sheet.write_string(heading + offset, 0, label, style.section)
    sheet.write_string(heading + FOUND, 0, "Rates found between the lowest and the highest below", style())
    sheet.write_string(heading + NEAR, 0, "The rate just below it, from which IRR() starts", style())
    sheet.write_string(heading + RATE, 0, "Rate of return, where there is exactly one", style(bold=True))
    for i, rate in enumerate(RATES):
        sheet.write_number(top + i, RATE_COLUMN, rate, style.number("rate"))
    grid = xl_range_abs(top, RATE_COLUMN, bottom - 1, RATE_COLUMN)

    for (name, series), head in zip(SERIES.items(), HEADS, strict=True):
        column = rows[name].first
        crossing = column + len(SERIES)
        present = present_values(values[series])
        crosses = np.concatenate([[0], (present[1:] > 0) != (present[:-1] > 0)]).astype(int)
        found = int(crosses.sum())
        near = float(RATES[np.flatnonzero(crosses)[0] - 1]) if found == 1 else NONE
        flows = {part: to_cells(f"[{series} {part}]", rows, column)[1:] for part in ("from launch", "all years")}
        launch = xl_rowcol_to_cell(rows[series].row, rows[series].first, row_abs=True, col_abs=True)
        for row in (heading, top - 1):
            sheet.write_string(row, column, head, style.head)
        sheet.write_string(top - 1, crossing, "crossed", style.head)
        for i in range(len(RATES)):
            rate, here, above = (
                xl_rowcol_to_cell(*cell) for cell in ((top + i, RATE_COLUMN), (top + i, column), (top + i - 1, column))
            )
            formula = f"={launch} + NPV({rate}, {flows['all years']})"
            sheet.write_formula(top + i, column, formula, style.number("money"), cached(present[i]))
            if i > 0:
                crossed = f"=IF(({here} > 0) <> ({above} > 0), 1, 0)"
                sheet.write_formula(top + i, crossing, crossed, style.number("flag"), int(crosses[i]))
        flags = xl_range_abs(top + 1, crossing, bottom, crossing)
        count, start = (xl_rowcol_to_cell(heading + row, column) for row in (FOUND, NEAR))
        sheet.write_formula(heading + FOUND, column, f"=SUM({flags})", style.number("flag"), found)
        nearest = f'=IF({count} = 1, SUMPRODUCT({flags}, {grid}), "{NONE}")'
        sheet.write_formula(heading + NEAR, column, nearest, style.number("rate"), near)
        rate_formula = f'=IF({count} = 1, IFERROR(IRR({flows["from launch"]}, {start}), "{NONE}"), "{NONE}")'
        with np.errstate(over="ignore", invalid="ignore"):
            value = cached(irr(values[series]).value)
        sheet.write_formula(heading + RATE, column, rate_formula, style.number("rate", bold=True), value)
