"""The sheet of one enterprise: every line of every year as a formula, checks, and the steps on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
from xlsxwriter.utility import xl_range

from coopfin.engine.assumptions import MAX_ROUNDS
from coopfin.engine.identities import IDENTITIES
from coopfin.engine.lines import LINES
from coopfin.engine.projection import Projection
from coopfin.engine.units import Array
from coopfin.workbook.cells import Row, to_cells
from coopfin.workbook.formulas import (
    CHECKS,
    FLOWS,
    INPUT_CHECKS,
    LINE_FORMULAS,
    ROUNDS,
    SALE,
    SINGLE,
    YEARLY,
    Figure,
    Formula,
)
from coopfin.workbook.search import place_search, write_search
from coopfin.workbook.steps import cached, steps
from coopfin.workbook.styles import IMPOSSIBLE, Styles

LABEL, UNIT, FIRST = 0, 1, 2  # columns; FIRST is the launch
STATUS_ROW, HEAD_ROW = 1, 3
TOTALS = {"revenue", "costs", "operating_surplus", "surplus_before_tax", "surplus", "distributable", "cash"}
PASSED, FAILED = "All checks hold", "A check fails: see the section Checks"
ALLOWED = "0.000000001"  # rounding, relative to the largest amount


@dataclass(frozen=True)
class Entry:
    """A row to be written: what stands in it, and how its first cell and the others are computed."""

    name: str
    label: str
    unit: str
    formula: Formula


@dataclass(frozen=True)
class Block:
    """Rows under one heading, with as many columns."""

    title: str
    heads: Sequence[str]
    entries: Sequence[Entry]
    columns: int


def blocks(years: int) -> list[Block]:
    """What stands on the sheet of an enterprise with this horizon, from top to bottom."""
    wide = years + 1
    statements = [
        Block(statement, (), [Entry(each.name, each.label, each.unit, LINE_FORMULAS[each.name]) for each in lines], wide)
        for statement, lines in groupby(LINES.values(), key=lambda line: line.statement)
    ]
    checks = [Entry(name, str(IDENTITIES[name].__doc__), "ratio", Formula(text, text)) for name, text in CHECKS.items()]
    return [
        *statements,
        Block("Checks: differences relative to the largest amount, 0 but for rounding", (), checks, wide),
        Block("Checks of the assumptions: 0 where they are possible", (), _entries(INPUT_CHECKS), 1),
        Block("Steps to the tax and the loan", (), _entries(SINGLE), 1),
        Block("Steps by year", (), [Entry(f.name, f.label, f.unit, Formula(f.formula)) for f in YEARLY], wide),
        Block("Ownership and a sale, by investor round", [f"Round {n + 1}" for n in range(MAX_ROUNDS)],
              _entries(ROUNDS), MAX_ROUNDS),
        Block("A sale at the horizon", (), _entries(SALE), 1),
        Block("Outside capital by year", (), _entries(FLOWS), wide),
    ]  # fmt: skip


def _entries(figures: Iterable[Figure]) -> list[Entry]:
    return [Entry(each.name, each.label, each.unit, Formula(each.formula, each.formula)) for each in figures]


def place(years: int) -> dict[str, Row]:
    """Where each row of the sheet stands, by name."""
    rows = {"year": Row(HEAD_ROW, FIRST, FIRST + years)}
    at = HEAD_ROW + 1
    for block in blocks(years):
        at += 1  # the heading
        for entry in block.entries:
            rows[entry.name] = Row(at, FIRST, FIRST + block.columns - 1)
            at += 1
        at += 1
    return rows | place_search(at + 1, FIRST)


def write_enterprise(sheet: Any, style: Styles, name: str, x: Projection) -> None:
    """Write the sheet of the enterprise ``name``; the rows stand where ``place`` says."""
    rows = place(x.years)
    values: dict[str, Array] = {**{line: getattr(x, line) for line in LINES}, **steps(x)}
    sheet.set_column(LABEL, LABEL, 64)
    sheet.set_column(UNIT, UNIT, 9)
    sheet.set_column(FIRST, FIRST + max(x.years, MAX_ROUNDS), 13)
    sheet.write_string(0, LABEL, name, style.title)
    sheet.set_row(0, 22)
    _write_status(sheet, style, rows)
    sheet.write_string(HEAD_ROW, LABEL, "Year (0: the launch)", style.head_text)
    sheet.write_string(HEAD_ROW, UNIT, "Unit", style.head_text)
    for year in range(x.years + 1):
        sheet.write_number(HEAD_ROW, FIRST + year, year, style.head)
    sheet.freeze_panes(HEAD_ROW + 1, FIRST)
    for block in blocks(x.years):
        _write_block(sheet, style, block, rows, values)
    write_search(sheet, style, rows, values)
    # Year 0 is computed in another way than the years after it, and so on: that is no mistake.
    everything = xl_range(0, 0, 999, FIRST + max(x.years, MAX_ROUNDS))
    sheet.ignore_errors({"formula_differs": everything, "formula_range": everything, "number_stored_as_text": everything})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)


def _write_status(sheet: Any, style: Styles, rows: Mapping[str, Row]) -> None:
    yearly = [f"[{name} from launch]" for name in CHECKS]
    single = [f"[{each.name}]" for each in INPUT_CHECKS]
    status = f'IFERROR(IF(MAX({", ".join(yearly + single)}) < {ALLOWED}, "{PASSED}", "{FAILED}"), "{FAILED}")'
    sheet.write_formula(STATUS_ROW, LABEL, to_cells(status, rows, FIRST), style(italic=True), PASSED)
    marked = {"type": "cell", "criteria": "==", "value": f'"{FAILED}"', "format": style(bg_color=IMPOSSIBLE)}
    sheet.conditional_format(STATUS_ROW, LABEL, STATUS_ROW, LABEL, marked)


def _write_block(sheet: Any, style: Styles, block: Block, rows: Mapping[str, Row], values: Mapping[str, Array]) -> None:
    heading = rows[block.entries[0].name].row - 1
    sheet.write_string(heading, LABEL, block.title, style.section)
    for column, head in enumerate(block.heads, start=FIRST):
        sheet.write_string(heading, column, head, style.head)
    for entry in block.entries:
        row, bold = rows[entry.name], entry.name in TOTALS
        sheet.write_string(row.row, LABEL, entry.label, style(bold=bold))
        sheet.write_string(row.row, UNIT, entry.unit, style.remark)
        form = style(num_format="0E+00", align="right") if entry.unit == "ratio" else style.number(entry.unit, bold=bold)
        for column, value in enumerate(np.atleast_1d(values[entry.name]), start=row.first):
            formula = entry.formula.launch if column == row.first else entry.formula.year
            if block.columns == MAX_ROUNDS and block.heads:
                formula = formula.replace("_N_", f"_{column - row.first + 1}_")
            sheet.write_formula(row.row, column, to_cells(formula, rows, column), form, cached(value))
