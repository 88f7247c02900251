"""From a formula as it is declared to a formula of a spreadsheet: which cell is meant by what.

``[cash]`` is the row of that name in the same column; a row of a single cell is always that cell. With words after
the name it is another part of the row: see ``PARTS``. A bare word is an assumption, a named cell of the sheet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from coopfin.engine.assumptions import ASSUMPTIONS


@dataclass(frozen=True)
class Row:
    """Where a row of figures stands: its row and its first and last column, counted from 0."""

    row: int
    first: int
    last: int


Span = tuple[int, int]

PARTS: Mapping[str, Callable[[Row, int], Span]] = {
    "last year": lambda row, column: (column - 1, column - 1),
    "so far": lambda row, column: (row.first, column - 1),  # the years before this one, launch included
    "up to here": lambda row, column: (row.first, column),
    "from launch": lambda row, column: (row.first, row.last),
    "all years": lambda row, column: (row.first + 1, row.last),  # the trading years
    "all rounds": lambda row, column: (row.first, row.last),
    "first": lambda row, column: (row.first + 1, row.first + 1),  # year 1
    "final": lambda row, column: (row.last, row.last),
}

_REFERENCE = re.compile(r"\[(\w+)(?: ([a-z ]+?))?(?: ?(\d+))?\]")
_WORD = re.compile(r"\b[a-z]\w*\b(?![^\[]*\])")


def to_cells(formula: str, rows: Mapping[str, Row], column: int, sheet: str = "") -> str:
    """``formula`` as it stands in ``column``. ``sheet`` is given where the rows stand on another sheet.

    A cell of the same column is relative, all others are fixed to their column.
    """

    def cell(match: re.Match[str]) -> str:
        name, part, number = match.groups()
        row = rows[name]
        if part == "round":
            first = last = row.first + int(number) - 1
        elif part:
            first, last = PARTS[part](row, column)
        else:
            first = last = row.first if row.first == row.last else column
        relative = not sheet and first == last and part in (None, "last year") and row.first < row.last
        prefix = f"'{sheet}'!" if sheet else ""
        if relative:
            return prefix + str(xl_rowcol_to_cell(row.row, first))
        return prefix + str(xl_range_abs(row.row, first, row.row, last))

    return "=" + _REFERENCE.sub(cell, formula)


def with_assumptions_at(formula: str, cell_of: Mapping[str, str]) -> str:
    """``formula`` with every assumption replaced by its cell, for a sheet where it has no name."""
    return _WORD.sub(lambda match: cell_of[match[0]] if match[0] in ASSUMPTIONS else match[0], formula)


LONGEST_SHEET_NAME = 31


def sheet_names(enterprises: Iterable[str], taken: Iterable[str]) -> dict[str, str]:
    """A valid, unique sheet name for each enterprise: letters, digits and a few signs that need no escape anywhere."""
    used = {name.casefold() for name in (*taken, "History")}  # Excel keeps "History" for itself
    names: dict[str, str] = {}
    for enterprise in enterprises:
        kept = "".join(c if unicodedata.category(c)[0] in "LMN" or c in " -_." else " " for c in enterprise)
        base = " ".join(kept.split()) or "Enterprise"
        number, name = 1, _cut(base, "")
        while name.casefold() in used:
            number += 1
            name = _cut(base, f" {number}")
        used.add(name.casefold())
        names[enterprise] = name
    return names


def _cut(name: str, ending: str) -> str:
    # Excel counts in UTF-16, where some letters are two.
    units = name.encode("utf-16-le")[: 2 * (LONGEST_SHEET_NAME - len(ending))]
    return units.decode("utf-16-le", errors="ignore").strip() + ending
