"""The two sheets that explain: how to use the workbook, and its formulas as they are declared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from coopfin.workbook import assumption_sheet, comparison_sheet, workings
from coopfin.workbook.formulas import AT_LAUNCH, MONTHS, YEARS
from coopfin.workbook.layout import CHECK_FORMULAS, LAUNCH_FORMULAS, label, month_blocks, year_blocks
from coopfin.workbook.styles import IMPLAUSIBLE, IMPOSSIBLE, INPUT, Styles, fit_height
from coopfin.workbook.symbols import NONE

GUIDE, FORMULAS = "Read me", "Formulas"
TITLE = "What changes in money terms when a digital platform is owned by its users"

PARAGRAPHS: Sequence[tuple[str, Sequence[str]]] = (
    ("What this is", (
        "A projection of each enterprise, month by month and year by year: the market, income statement, use of the"
        " surplus, cash and balance sheet. All enterprises run through the same formulas; what makes them different is"
        " their assumptions.",
        "Every line is a formula, the very one the program computes with. Change an assumption and all that hangs on it"
        " follows, without any other program.",
    )),
    ("The sheets", (
        f"{comparison_sheet.SHEET}: the enterprises side by side, each measure with its definition.",
        f"{assumption_sheet.SHEET}: a column for each enterprise, with what each assumption means and where it comes from.",
        "Two sheets for each enterprise, of years and of months: the statements, checks, and the steps on the way.",
        f"{workings.SHEET}: steps to the comparison that are too long for one cell, and the rates of return.",
        f"{FORMULAS}: every formula once, with names in the place of cells.",
    )),
    ("How to change an assumption", (
        f"Type into a cell with a coloured fill on the sheet {assumption_sheet.SHEET}. Grey cells follow: assumptions of the"
        " market and the country are the same for all enterprises and are typed once, in the first column.",
        "A cell turns orange where its value is possible but outside what we find plausible, red where it is not possible.",
        "Months of rounds and papers, of the loan and of the note may be changed too. The horizon may not: the sheets have a"
        " column for each of its years. For another one, export the workbook again.",
    )),
    ("How to read it", (
        "Year 0 and month 0 are the launch: opening balances and capital paid in. Flows belong to a period, balances stand"
        " at its end. Money is in one currency and nominal: prices rise with the assumptions.",
        "Cash below 0 is a funding gap: money that has to come from somewhere and does not yet.",
        f"{NONE} stands where there is no value; the definition says when.",
        "In a formula a word such as take_rate is a named cell: the assumption of the enterprise whose sheet it stands on.",
    )),
    ("The checks", (
        "Two identities are tested in every year of every enterprise: cash and what buyers owe equal all liabilities and"
        " equity; sales equal all that they are used for. That the parts of the surplus do not exceed the whole is tested"
        " too. The result stands at the top of each sheet of years.",
    )),
    ("What to know", (
        "No measure is a value only: all are formulas. Rates of return come from IRR(), which keeps about seven digits. A"
        f" rate is shown only where a search from −99 % to {workings.RATES[-1]:,.0%} finds exactly one; two rates closer"
        " together than the steps of the search are not found.",
        "Rounds, papers and the loan come in the months of the export where ownership and the flows of capital are worked"
        " out: if you change a month, export the workbook again for these.",
        "The tax and the refund depend on each other; the formula of the tax solves this at once, so the workbook has no"
        " circular reference.",
    )),
)  # fmt: skip

NOTATION = (
    "[revenue] is the cell of that line in the same column, [cash last] the one to its left, [gross_sales back 3] three to the"
    " left; [fill launch] is what is set at the launch, [take year] the year of a month, [costs months] the twelve months of a"
    " year, [cash december] the last of them. A word without brackets is an assumption."
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
    columns = {"Figure": 50, "Name": 28, "Formula": 120, "At the launch": 40}
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
    """Headings, and under each its rows: what it is, name, formula, formula at the launch."""
    *by_year, at_launch = year_blocks()
    made = {**YEARS, **CHECK_FORMULAS}
    found = [(f"By month: {each.title}", [_row(name, MONTHS[name], AT_LAUNCH.get(name, "")) for name in each.names])
             for each in month_blocks()]  # fmt: skip
    found += [(f"By year: {each.title}", [_row(name, made[name]) for name in each.names]) for each in by_year]
    found.append((at_launch.title, [_row(name, LAUNCH_FORMULAS[name]) for name in at_launch.names]))
    return found


def _row(name: str, formula: str, at_launch: str = "") -> tuple[str, ...]:
    return (label(name), name, formula, at_launch)
