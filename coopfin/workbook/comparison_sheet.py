"""The sheet of the comparison: every measure for every enterprise, as a formula over the enterprise's own sheet."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from coopfin.comparison.compare import Comparison
from coopfin.comparison.measures import MEASURES
from coopfin.workbook.assumption_sheet import cells_of
from coopfin.workbook.cells import Row, to_cells, with_assumptions_at
from coopfin.workbook.enterprise import FAILED, PASSED, STATUS_ROW
from coopfin.workbook.formulas import MEASURE_FORMULAS, NONE
from coopfin.workbook.steps import cached
from coopfin.workbook.styles import IMPOSSIBLE, Styles, fit_height

SHEET = "Comparison"
LABEL, UNIT, FIRST = 0, 1, 2
CHECK_ROW, HEAD_ROW = 1, 3
WORDS_WIDTH = 100


def place_measures() -> dict[str, int]:
    """The row of each measure, by name."""
    rows, at = {}, HEAD_ROW + 1
    for _, group in groupby(MEASURES.values(), key=lambda each: each.section):
        at += 1
        for measure in group:
            rows[measure.name] = at
            at += 1
    return rows


def write_comparison(
    sheet: Any, style: Styles, comparison: Comparison, sheets: Mapping[str, str], rows: Mapping[str, Row]
) -> None:
    """Write every measure; ``sheets`` names the sheet of each enterprise, ``rows`` are those of all these sheets."""
    place, width = place_measures(), len(sheets)
    difference, words = FIRST + width, FIRST + width + 1
    sheet.set_column(LABEL, LABEL, 34)
    sheet.set_column(UNIT, UNIT, 9)
    sheet.set_column(FIRST, difference, 16)
    sheet.set_column(words, words, WORDS_WIDTH)
    sheet.write_string(0, LABEL, SHEET, style.title)
    sheet.set_row(0, 22)
    sheet.set_row(CHECK_ROW, 30)
    sheet.set_row(HEAD_ROW, 30)
    sheet.write_string(CHECK_ROW, LABEL, "Checks", style())
    sheet.write_string(HEAD_ROW, LABEL, "Measure", style.head_text)
    sheet.write_string(HEAD_ROW, UNIT, "Unit", style.head_text)
    for column, text in enumerate((*sheets, "Difference (second − first)", "What it is"), start=FIRST):
        sheet.write_string(HEAD_ROW, column, text, style.head_text)
    for column, name in enumerate(sheets.values(), start=FIRST):
        status = f"='{name}'!{xl_rowcol_to_cell(STATUS_ROW, 0, row_abs=True, col_abs=True)}"
        sheet.write_formula(CHECK_ROW, column, status, style(text_wrap=True, italic=True), PASSED)
    failed = {"type": "cell", "criteria": "==", "value": f'"{FAILED}"', "format": style(bg_color=IMPOSSIBLE)}
    sheet.conditional_format(CHECK_ROW, FIRST, CHECK_ROW, FIRST + width - 1, failed)
    sheet.freeze_panes(HEAD_ROW + 1, FIRST)
    for section, group in groupby(MEASURES.values(), key=lambda each: each.section):
        measures = list(group)
        sheet.write_string(place[measures[0].name] - 1, LABEL, section, style.section)
        for measure in measures:
            row, result = place[measure.name], comparison[measure.name]
            bold, number = measure.headline, style.number(measure.unit, bold=measure.headline)
            sheet.write_string(row, LABEL, measure.label, style(bold=bold))
            sheet.write_string(row, UNIT, measure.unit, style.remark)
            text = measure.words + _when_empty(comparison, measure.name)
            sheet.write_string(row, words, text, style.text)
            fit_height(sheet, row, (text, WORDS_WIDTH))
            for number_of, (enterprise, name) in enumerate(sheets.items()):
                column = FIRST + number_of
                formula = with_assumptions_at(MEASURE_FORMULAS[measure.name], cells_of(number_of))
                cells = to_cells(formula, rows, column, name)
                sheet.write_formula(row, column, cells, number, cached(result.values[enterprise]))
            if width > 1:
                both, second = xl_range(row, FIRST, row, FIRST + 1), xl_rowcol_to_cell(row, FIRST + 1)
                formula = f'=IF(COUNT({both}) = 2, {second} - {xl_rowcol_to_cell(row, FIRST)}, "{NONE}")'
                sheet.write_formula(row, difference, formula, number, cached(result.difference))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)


RATES = {"capital_irr", "equity_irr"}
NO_RATE = "nothing is paid in, or no rate or more than one brings the flows' present value to 0"


def _when_empty(comparison: Comparison, measure: str) -> str:
    """When the measure has no value, in words."""
    any_projection = next(iter(comparison.projections.values()))
    why = NO_RATE if measure in RATES else MEASURES[measure].empty(any_projection)
    return f" ({NONE} where {why})" if why else ""
