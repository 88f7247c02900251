"""The sheet of assumptions: a column per enterprise, with unit, permitted range, meaning and source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from xlsxwriter.utility import xl_rowcol_to_cell

from coopfin.comparison.scenario import Scenario
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.engine.declaration import Assumption
from coopfin.evidence.facts import read_facts
from coopfin.workbook.styles import FIXED, IMPLAUSIBLE, IMPOSSIBLE, INPUT, Styles, fit_height

SHEET = "Assumptions"
LABEL, NAME, UNIT, FIRST = 0, 1, 2, 3  # columns; FIRST is that of the first enterprise
HEAD_ROW = 2
HORIZON = "years"
NOTES = {"Permitted": 20, "Plausible": 20, "What it is": 70, "Source": 90}  # and the width of the column
LONGEST_TEXT = 32_767  # of a cell
LARGEST = 1e15  # the largest whole number every spreadsheet keeps exactly


@cache
def place_assumptions() -> Mapping[str, int]:
    """The row of each assumption, by name."""
    rows, at = {}, HEAD_ROW + 1
    for group in _sections().values():
        at += 1  # the heading
        for assumption in group:
            rows[assumption.name] = at
            at += 1
    return rows


def _sections() -> dict[str, list[Assumption]]:
    sections: dict[str, list[Assumption]] = {}
    for assumption in ASSUMPTIONS.values():
        sections.setdefault(assumption.section, []).append(assumption)
    return sections


@cache
def cells_of(enterprise: int) -> Mapping[str, str]:
    """The cell of every assumption of the enterprise with this number (0, 1, …), from another sheet."""
    return {
        name: f"{SHEET}!{xl_rowcol_to_cell(row, FIRST + enterprise, row_abs=True, col_abs=True)}"
        for name, row in place_assumptions().items()
    }


def write_assumptions(sheet: Any, style: Styles, scenario: Scenario) -> None:
    """Write every assumption of every enterprise; the cells with a fill are those to change."""
    last = FIRST + len(scenario.enterprises) - 1
    sheet.set_column(LABEL, LABEL, 34)
    sheet.set_column(NAME, NAME, 22)
    sheet.set_column(UNIT, UNIT, 9)
    sheet.set_column(FIRST, last, 16)
    for column, width in enumerate(NOTES.values(), start=last + 1):
        sheet.set_column(column, column, width)
    sheet.write_string(0, LABEL, SHEET, style.title)
    sheet.set_row(0, 22)
    for column, text in enumerate(("Assumption", "Name in formulas", "Unit")):
        sheet.write_string(HEAD_ROW, column, text, style.head_text)
    for column, text in enumerate((*scenario.enterprises, *NOTES), start=FIRST):
        sheet.write_string(HEAD_ROW, column, text, style.head_text)
    sheet.freeze_panes(HEAD_ROW + 1, FIRST)
    rows = place_assumptions()
    for section, group in _sections().items():
        sheet.write_string(rows[group[0].name] - 1, LABEL, section, style.section)
        for assumption in group:
            _write_row(sheet, style, assumption, rows[assumption.name], scenario)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)


def _write_row(sheet: Any, style: Styles, assumption: Assumption, row: int, scenario: Scenario) -> None:
    unit, fixed = assumption.unit, assumption.name == HORIZON
    last = FIRST + len(scenario.enterprises) - 1
    sheet.write_string(row, LABEL, assumption.label, style.text)
    sheet.write_string(row, NAME, assumption.name, style.remark)
    sheet.write_string(row, UNIT, unit.name, style.remark)
    for column, a in enumerate(scenario.enterprises.values(), start=FIRST):
        value = float(getattr(a, assumption.name))
        if assumption.shared and column > FIRST:
            first = xl_rowcol_to_cell(row, FIRST, col_abs=True)
            sheet.write_formula(row, column, f"={first}", style.assumption(unit.name, bg_color=FIXED), value)
        else:
            fill = {"bg_color": FIXED} if fixed else {"bg_color": INPUT, "font_color": "#1D4ED8"}
            sheet.write_number(row, column, value, style.assumption(unit.name, **fill))
    given = range(FIRST, FIRST + 1 if assumption.shared else last + 1)
    sheet.data_validation(row, given[0], row, given[-1], _rule(assumption, scenario))
    if not fixed:
        _mark(sheet, style, assumption, row, last)
    plausible = " to ".join(f"{end:,.10g}" for end in assumption.plausible)
    source = _source(assumption, scenario)
    permitted = "fixed in this workbook" if fixed else unit.range
    texts = (permitted, plausible, assumption.help, source)
    for column, text in enumerate(texts, start=last + 1):
        sheet.write_string(row, column, text, style.text)
    fit_height(sheet, row, *zip(texts, NOTES.values(), strict=True))


def _limits(assumption: Assumption) -> tuple[float, float]:
    low = assumption.unit.low + (1e-9 if assumption.unit.low_open else 0.0)
    return low, min(assumption.unit.high, LARGEST)


def _rule(assumption: Assumption, scenario: Scenario) -> Mapping[str, Any]:
    """What may be typed into the cell."""
    if assumption.name == HORIZON:
        years = int(next(iter(scenario.enterprises.values())).years)
        message = f"The sheets have a column for each of {years} years. For another horizon, export the workbook again."
        return {"validate": "integer", "criteria": "==", "value": years, "error_message": message}
    low, high = _limits(assumption)
    return {
        "validate": "integer" if assumption.unit.whole else "decimal",
        "criteria": "between", "minimum": low, "maximum": high,
        "error_title": assumption.label[:32],
        "error_message": f"Permitted: {assumption.unit.range}; unit: {assumption.unit.name} ({assumption.unit.hint})"[:255],
    }  # fmt: skip


def _mark(sheet: Any, style: Styles, assumption: Assumption, row: int, last: int) -> None:
    for (low, high), colour in ((_limits(assumption), IMPOSSIBLE), (assumption.plausible, IMPLAUSIBLE)):
        rule = {"type": "cell", "criteria": "not between", "minimum": low, "maximum": high, "format": style(bg_color=colour)}
        sheet.conditional_format(row, FIRST, row, last, {**rule, "stop_if_true": True})


def _source(assumption: Assumption, scenario: Scenario) -> str:
    """The scenario's own source; where it names none and every value is the default, the source of the default."""
    own = scenario.sources.get(assumption.name, "")[:LONGEST_TEXT]
    if own:
        return own
    values: Sequence[float] = [float(getattr(a, assumption.name)) for a in scenario.enterprises.values()]
    if not np.all(np.asarray(values) == assumption.default):
        return "no source given"
    fact = read_facts().get(assumption.source)
    return f"Default. {fact}" if fact else f"Default. {assumption.source}"
