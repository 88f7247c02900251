"""A scenario as an Excel workbook that is alive: a formula in every cell, so that it follows a changed assumption."""

from __future__ import annotations

from os import PathLike
from typing import BinaryIO

import xlsxwriter

from coopfin.comparison.compare import compare
from coopfin.comparison.scenario import Scenario
from coopfin.workbook import assumption_sheet, comparison_sheet, guide, workings
from coopfin.workbook.cells import sheet_names
from coopfin.workbook.enterprise import write_enterprise
from coopfin.workbook.layout import place
from coopfin.workbook.styles import Styles

__all__ = ["write_workbook"]

# A text stays a text, whatever it begins with.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_workbook(scenario: Scenario, file: str | PathLike[str] | BinaryIO) -> None:
    """Write the scenario as a workbook (.xlsx) to a path or a binary file.

    Formulas carry the engine's values, so the workbook shows them without recalculation. Raises ``AssumptionError``
    as ``compare`` does; nothing is written then.
    """
    comparison = compare(scenario.enterprises)
    fixed = (guide.GUIDE, comparison_sheet.SHEET, assumption_sheet.SHEET, workings.SHEET, guide.FORMULAS)
    names = sheet_names(scenario.enterprises, fixed)
    places = {enterprise: place(names[enterprise], x.years) for enterprise, x in comparison.projections.items()}
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        style = Styles(book)
        order = (*fixed[:3], *(sheet for pair in names.values() for sheet in pair), *fixed[3:])
        written = {name: book.add_worksheet(name) for name in order}
        guide.write_guide(written[guide.GUIDE], style)
        assumption_sheet.write_assumptions(written[assumption_sheet.SHEET], style, scenario)
        steps = workings.Workings(written[workings.SHEET], style)
        comparison_sheet.write_comparison(written[comparison_sheet.SHEET], style, steps, comparison, places)
        for number, (enterprise, x) in enumerate(comparison.projections.items()):
            years, months = (written[sheet] for sheet in names[enterprise])
            write_enterprise(years, months, style, enterprise, x, places[enterprise])
            for name, cell in assumption_sheet.cells_of(number).items():
                for sheet in names[enterprise]:
                    book.define_name(f"'{sheet}'!{name}", f"={cell}")
        guide.write_formulas(written[guide.FORMULAS], style)
        book.set_properties({"title": guide.TITLE})
