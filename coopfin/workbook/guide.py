"""The two sheets that explain: how to use the workbook, and its formulas as they are declared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from coopfin.compare.measures import MEASURES
from coopfin.engine.identities import IDENTITIES
from coopfin.engine.lines import LINES
from coopfin.workbook import assumption_sheet, comparison_sheet
from coopfin.workbook.formulas import (
    CHECKS,
    FLOWS,
    INPUT_CHECKS,
    LINE_FORMULAS,
    MEASURE_FORMULAS,
    NONE,
    ROUNDS,
    SALE,
    SINGLE,
    YEARLY,
)
from coopfin.workbook.steps import RATES
from coopfin.workbook.styles import IMPLAUSIBLE, IMPOSSIBLE, INPUT, Styles, fit_height

GUIDE, FORMULAS = "Read me", "Formulas"
TITLE = "What changes in money terms when a digital platform is owned by its users"

PARAGRAPHS: Sequence[tuple[str, Sequence[str]]] = (
    ("What this is", (
        "A projection of each enterprise, year by year: income statement, appropriation of the surplus, cash and balance"
        " sheet, and what outside capital gets back. All enterprises run through the same formulas; what makes them"
        " different is their assumptions.",
        "Every figure is a formula. Change an assumption and all that hangs on it follows, without any other program.",
    )),
    ("The sheets", (
        f"{comparison_sheet.SHEET}: the enterprises side by side, each measure with its definition.",
        f"{assumption_sheet.SHEET}: a column for each enterprise, with what each assumption means and where it comes from.",
        "One sheet for each enterprise: the statements, then checks, then the steps on the way (tax, loan, a sale of the"
        " company, rates of return).",
        f"{FORMULAS}: every formula once, in words.",
    )),
    ("How to change an assumption", (
        f"Type into a cell with a coloured fill on the sheet {assumption_sheet.SHEET}. Grey cells follow: assumptions of the"
        " market and the country are the same for all enterprises and are typed once, in the first column.",
        "A cell turns orange where its value is possible but outside what we find plausible, red where it is not possible.",
        "Years of rounds, of the loan and of the redemption of refunds may be changed too. The horizon may not: the sheets"
        " have a column for each of its years. For another one, export the workbook again.",
    )),
    ("How to read it", (
        "Year 0 is the launch: opening balances and capital paid in. Flows belong to a year, balances stand at its end."
        " Money is in one currency and nominal: prices rise with the assumptions.",
        "Cash below 0 is a funding gap: money that has to come from somewhere and does not yet.",
        f"{NONE} stands where there is no value; the definition says when.",
        "In a formula a word such as take_rate is a named cell: the assumption of the enterprise whose sheet it stands on.",
    )),
    ("The checks", (
        "Three identities are tested in every year of every enterprise: cash equals all liabilities and equity; sales equal"
        " all that they are used for; the tax is what the law asks of the refunds really allotted. The result stands at the"
        " top of each sheet.",
        "That the parts of the surplus do not exceed the whole, and that investor rounds stand in the order of their years,"
        " is tested too.",
    )),
    ("What to know", (
        "No measure is a value only: all are formulas. Rates of return come from IRR(), which keeps about seven digits. A"
        f" rate is shown only where a search from −99 % to {RATES[-1]:,.0%}, on the enterprise's sheet, finds exactly one; two"
        " rates closer together than the steps of the search are not found.",
        "The tax and the refund depend on each other; the formula of the tax solves this at once, so the workbook has no"
        " circular reference.",
    )),
)  # fmt: skip

NOTATION = (
    "[revenue] is the cell of that line in the same year. [cash last year] is the cell to its left; so far: all years before,"
    " launch included; from launch: years 0 to the last; all years: years 1 to the last; first and final: year 1 and the last"
    " year. A word without brackets is an assumption; N stands for the number of the investor round."
)


def write_guide(sheet: Any, style: Styles) -> None:
    """Write the sheet that explains."""
    width = 110
    sheet.set_column(0, 0, width)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, TITLE, style.title)
    sheet.set_row(0, 22)
    at = 2
    for heading, paragraphs in PARAGRAPHS:
        sheet.write_string(at, 0, heading, style.section)
        for paragraph in paragraphs:
            at += 1
            sheet.write_string(at, 0, paragraph, style.text)
            fit_height(sheet, at, (paragraph, width))
        at += 2
    colours = ((INPUT, "an assumption to change"), (IMPLAUSIBLE, "possible, not plausible"), (IMPOSSIBLE, "not possible"))
    for colour, text in colours:
        sheet.write_string(at, 0, text, style(bg_color=colour))
        at += 1


def write_formulas(sheet: Any, style: Styles) -> None:
    """Write every formula once, as it is declared."""
    columns = {"Figure": 50, "Name": 24, "Each year": 100, "At the launch": 40}
    for column, (head, width) in enumerate(columns.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, head, style.head_text)
    sheet.write_string(0, 0, FORMULAS, style.title)
    sheet.set_row(0, 22)
    sheet.merge_range(1, 0, 1, len(columns) - 1, NOTATION, style.text)
    fit_height(sheet, 1, (NOTATION, sum(columns.values())))
    sheet.freeze_panes(3, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    at = 3
    for heading, rows in _formulas():
        at += 1
        sheet.write_string(at, 0, heading, style.section)
        for row in rows:
            at += 1
            for column, text in enumerate(row):
                sheet.write_string(at, column, text, style.text)
            fit_height(sheet, at, *zip(row, columns.values(), strict=False))
        at += 1


def _formulas() -> list[tuple[str, list[tuple[str, ...]]]]:
    sections: dict[str, list[tuple[str, ...]]] = {}
    for line in LINES.values():
        sections.setdefault(line.statement, []).append((line.label, line.name, *LINE_FORMULAS[line.name]))
    sections["Steps"] = [(each.label, each.name, each.formula) for each in (*SINGLE, *YEARLY, *ROUNDS, *SALE, *FLOWS)]
    sections["Checks"] = [(str(IDENTITIES[name].__doc__), name, formula) for name, formula in CHECKS.items()]
    sections["Checks"] += [(each.label, each.name, each.formula) for each in INPUT_CHECKS]
    sections[comparison_sheet.SHEET] = [(each.label, name, MEASURE_FORMULAS[name]) for name, each in MEASURES.items()]
    return list(sections.items())
