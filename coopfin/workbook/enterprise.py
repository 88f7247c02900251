"""The two sheets of one enterprise: every line of every year and of every month as a formula, checks, and the steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from xlsxwriter.utility import xl_range, xl_range_abs, xl_rowcol_to_cell

from coopfin.engine.lines import LINES
from coopfin.engine.projection import Projection
from coopfin.workbook.cells import FIRST, Places
from coopfin.workbook.formulas import AT_LAUNCH, MONTHS, YEARS
from coopfin.workbook.layout import CHECK_FORMULAS, HEAD_ROW, LAUNCH_FORMULAS, Block, label, month_blocks, year_blocks
from coopfin.workbook.styles import IMPOSSIBLE, Styles
from coopfin.workbook.values import at_launch, cached, of_month, of_year

LABEL, UNIT = 0, 1
STATUS_ROW = 1
TOTALS = {"revenue", "costs", "operating_surplus", "surplus_before_tax", "surplus", "distributable", "cash"}
PASSED, FAILED = "All checks hold", "A check fails: see the section Checks"
ALLOWED = "0.000000001"  # rounding, relative to the largest amount
ZERO = "0"
YEARS_AT_LAUNCH = {
    "price_level": "1",
    "cash_low": "[cash december]",
    "month_if_lowest_of_all": YEARS["month_if_lowest_of_all"],
}


def write_enterprise(years: Any, months: Any, style: Styles, name: str, x: Projection, places: Places) -> None:
    """Write the sheets of the enterprise ``name``; the rows stand where ``places`` says."""
    *by_year, launch_block = year_blocks()
    _head(years, style, name, "Year (0: the launch)", x.years)
    for block in by_year:
        _write(years, style, block, places.years, places.in_year, _year_formulas(), _values(x, of_year, x.years))
    launch = at_launch(x)
    _title(years, style, launch_block, places.launch)
    for step in launch_block.names:
        formula, form = places.in_year(LAUNCH_FORMULAS[step], 0), style(num_format="0.0#####", align="right")
        years.write_formula(places.launch[step], FIRST, formula, form, cached(launch[step]))
    _status(years, style, places)

    _head(months, style, f"{name}, by month", "Month (0: the launch; 12 to a year)", 12 * x.years)
    for block in month_blocks():
        values = _values(x, of_month, 12 * x.years)
        _write(months, style, block, places.months, places.in_month, _month_formulas(), values)


Formulas = Callable[[str, int], str]


def _year_formulas() -> Formulas:
    """The formula of a name in a year; at the launch what the month of the launch says, or nothing."""

    def formula(name: str, year: int) -> str:
        if name in CHECK_FORMULAS:
            return CHECK_FORMULAS[name]
        if year > 0:
            return YEARS[name]
        if name in MONTHS and name in LINES:
            return f"[{name} december]"
        return YEARS_AT_LAUNCH.get(name, ZERO)

    return formula


def _month_formulas() -> Formulas:
    def formula(name: str, month: int) -> str:
        return MONTHS[name] if month > 0 else AT_LAUNCH.get(name, ZERO)

    return formula


def _values(x: Projection, of: Callable[[Projection, int], Mapping[str, Any]], last: int) -> list[Mapping[str, Any]]:
    """The values of every column."""
    return [of(x, column) for column in range(last + 1)]


def _head(sheet: Any, style: Styles, title: str, head: str, last: int) -> None:
    sheet.set_column(LABEL, LABEL, 50)
    sheet.set_column(UNIT, UNIT, 9)
    sheet.set_column(FIRST, FIRST + last, 13)
    sheet.write_string(0, LABEL, title, style.title)
    sheet.set_row(0, 22)
    sheet.write_string(HEAD_ROW, LABEL, head, style.head_text)
    sheet.write_string(HEAD_ROW, UNIT, "Unit", style.head_text)
    for column in range(last + 1):
        sheet.write_number(HEAD_ROW, FIRST + column, column, style.head)
    sheet.freeze_panes(HEAD_ROW + 1, FIRST)
    # The launch is computed in another way than what follows it: that is no mistake.
    everything = xl_range(0, 0, 999, FIRST + last)
    sheet.ignore_errors({"formula_differs": everything, "formula_range": everything, "number_stored_as_text": everything})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)


def _title(sheet: Any, style: Styles, block: Block, rows: Mapping[str, int]) -> None:
    sheet.write_string(rows[block.names[0]] - 1, LABEL, block.title, style.section)
    for name in block.names:
        bold = name in TOTALS
        sheet.write_string(rows[name], LABEL, label(name), style(bold=bold))
        sheet.write_string(rows[name], UNIT, LINES[name].unit if name in LINES else "", style.remark)


def _write(
    sheet: Any,
    style: Styles,
    block: Block,
    rows: Mapping[str, int],
    to_cells: Callable[[str, int], str],
    formula_of: Formulas,
    values: Iterable[Mapping[str, Any]],
) -> None:
    _title(sheet, style, block, rows)
    forms = {name: _form(style, name) for name in block.names}
    for column, at in enumerate(values):
        for name in block.names:
            formula = to_cells(formula_of(name, column), column)
            sheet.write_formula(rows[name], FIRST + column, formula, forms[name], cached(at.get(name, 0.0)))


def _form(style: Styles, name: str) -> Any:
    if name in CHECK_FORMULAS:
        return style(num_format="0E+00", align="right")
    if name in LINES:
        return style.number(LINES[name].unit, bold=name in TOTALS)
    return style(num_format="#,##0.0#####", align="right")


def _status(sheet: Any, style: Styles, places: Places) -> None:
    checks = [xl_range_abs(places.years[name], FIRST, places.years[name], FIRST + places.horizon) for name in CHECK_FORMULAS]
    split = xl_rowcol_to_cell(places.launch["split_check"], FIRST)
    status = f'=IFERROR(IF(MAX({", ".join(checks)}, {split}) < {ALLOWED}, "{PASSED}", "{FAILED}"), "{FAILED}")'
    sheet.write_formula(STATUS_ROW, LABEL, status, style(italic=True), PASSED)
    marked = {"type": "cell", "criteria": "==", "value": f'"{FAILED}"', "format": style(bg_color=IMPOSSIBLE)}
    sheet.conditional_format(STATUS_ROW, LABEL, STATUS_ROW, LABEL, marked)
