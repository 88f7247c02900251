"""The sheet of the comparison: every measure for every enterprise, as a formula over the enterprise's own sheet."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from coopfin.comparison.compare import Comparison
from coopfin.comparison.measures import MEASURES, PAIR_MEASURES, PairMeasure
from coopfin.workbook.assumption_sheet import cells_of
from coopfin.workbook.cells import Places
from coopfin.workbook.enterprise import FAILED, PASSED, STATUS_ROW
from coopfin.workbook.measured import SheetProjection
from coopfin.workbook.styles import IMPOSSIBLE, Styles, fit_height
from coopfin.workbook.symbols import NONE, Symbol, steps_kept, symbol
from coopfin.workbook.values import cached
from coopfin.workbook.workings import Workings, measures

SHEET = "Comparison"
LABEL, UNIT, FIRST = 0, 1, 2
CHECK_ROW, HEAD_ROW = 1, 3
WORDS_WIDTH = 100


def place_measures(comparison: Comparison) -> dict[str, int]:
    """The row of each measure, by name."""
    rows, at = {}, HEAD_ROW + 1
    for _, group in groupby(comparison.rows.values(), key=lambda each: each.measure.section):
        at += 1
        for row in group:
            rows[row.measure.name] = at
            at += 1
    return rows


def write_comparison(sheet: Any, style: Styles, workings: Workings, comparison: Comparison, places: Mapping[str, Places]) -> None:
    """Write every measure; ``places`` says where the figures of each enterprise stand."""
    place, width = place_measures(comparison), len(places)
    formulas = _formulas(workings, comparison, places)
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
    for column, text in enumerate((*places, "Difference (second − first)", "What it is"), start=FIRST):
        sheet.write_string(HEAD_ROW, column, text, style.head_text)
    for column, there in enumerate(places.values(), start=FIRST):
        status = f"='{there.years_sheet}'!{xl_rowcol_to_cell(STATUS_ROW, 0, row_abs=True, col_abs=True)}"
        sheet.write_formula(CHECK_ROW, column, status, style(text_wrap=True, italic=True), PASSED)
    failed = {"type": "cell", "criteria": "==", "value": f'"{FAILED}"', "format": style(bg_color=IMPOSSIBLE)}
    sheet.conditional_format(CHECK_ROW, FIRST, CHECK_ROW, FIRST + width - 1, failed)
    sheet.freeze_panes(HEAD_ROW + 1, FIRST)
    for section, group in groupby(comparison.rows.values(), key=lambda each: each.measure.section):
        rows = list(group)
        sheet.write_string(place[rows[0].measure.name] - 1, LABEL, section, style.section)
        for result in rows:
            measure = result.measure
            row, bold = place[measure.name], bool(measure.headline)
            number = style.number(measure.unit, bold=bold)
            sheet.write_string(row, LABEL, measure.label, style(bold=bold))
            sheet.write_string(row, UNIT, measure.unit, style.remark)
            sheet.write_string(row, words, measure.words, style.text)
            fit_height(sheet, row, (measure.words, WORDS_WIDTH))
            for column, enterprise in enumerate(places, start=FIRST):
                formula = f'=IFERROR({formulas[enterprise][measure.name].text}, "{NONE}")'
                sheet.write_formula(row, column, formula, number, cached(result.values[enterprise]))
            if width > 1:
                both, second = xl_range(row, FIRST, row, FIRST + 1), xl_rowcol_to_cell(row, FIRST + 1)
                formula = f'=IF(COUNT({both}) = 2, {second} - {xl_rowcol_to_cell(row, FIRST)}, "{NONE}")'
                sheet.write_formula(row, difference, formula, number, cached(result.difference))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)


def _formulas(workings: Workings, comparison: Comparison, places: Mapping[str, Places]) -> dict[str, dict[str, Symbol]]:
    """The formula of every measure of every enterprise: the measure itself, run on cells."""
    sheets = {
        enterprise: SheetProjection(comparison.projections[enterprise], there, cells_of(number))
        for number, (enterprise, there) in enumerate(places.items())
    }
    found = {}
    for enterprise, sheet in sheets.items():
        values = {name: comparison[name].values[enterprise] for name in MEASURES}
        found[enterprise] = measures(workings, enterprise, sheet, values)
    first = next(iter(sheets.values()))
    with steps_kept(workings.keep):
        for enterprise, sheet in sheets.items():
            for name, measure in PAIR_MEASURES.items():
                if name in comparison.rows:
                    found[enterprise][name] = _pair(measure, first, sheet)
    return found


def _pair(measure: PairMeasure, first: Any, sheet: Any) -> Symbol:
    return symbol(float("nan")) if sheet is first else symbol(measure.compute(first, sheet))
