"""From a formula with names to a formula of a spreadsheet: which cell is meant by what.

``[cash]`` is the cell of that row in the same column. A word after the name says where else: ``last`` the column
before, ``back 3`` three columns before (0 where there is none), ``launch`` the one cell of what is set at the launch,
``year`` the year of a month, ``months`` the twelve months of a year, ``december`` the last of them, ``before`` all
years before, ``all`` every year. A bare word is an assumption, a named cell of the sheet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

FIRST = 2  # the column of the launch, on the sheets of years and of months

_REFERENCE = re.compile(r"\[(\w+)(?: ([a-z]+)(?: (\d+))?)?\]")


@dataclass(frozen=True)
class Places:
    """The rows of an enterprise's two sheets by name, and the sheets' names; what is set at the launch has one cell."""

    years_sheet: str
    months_sheet: str
    years: Mapping[str, int]
    months: Mapping[str, int]
    launch: Mapping[str, int]
    horizon: int

    def in_year(self, formula: str, year: int) -> str:
        """The formula as it stands in the column of ``year`` on the sheet of years."""
        return "=" + _REFERENCE.sub(lambda match: self._year_cell(match, year), formula)

    def in_month(self, formula: str, month: int) -> str:
        """The formula as it stands in the column of ``month`` on the sheet of months."""
        return "=" + _REFERENCE.sub(lambda match: self._month_cell(match, month), formula)

    def elsewhere(self, formula: str) -> str:
        """The formula as it stands on another sheet.

        There ``at 3`` is a year, ``years`` all but the launch, ``month 7`` a month and ``everymonth`` all of them.
        """
        return "=" + _REFERENCE.sub(lambda match: self._far_cell(match), formula)

    def _year_cell(self, match: re.Match[str], year: int) -> str:
        name, where, _ = match.groups()
        if where == "months":
            return self._months(self.months[name], 12 * year - 11, 12 * year)
        if where == "december":
            return f"'{self.months_sheet}'!{xl_rowcol_to_cell(self.months[name], FIRST + 12 * year)}"
        if where == "launch":
            return xl_rowcol_to_cell(self.launch[name], FIRST, row_abs=True, col_abs=True)
        row = self.years[name]
        if where == "before":
            return xl_range_abs(row, FIRST, row, FIRST + year - 1)
        if where == "all":
            return xl_range_abs(row, FIRST, row, FIRST + self.horizon)
        return _same_row(row, year - (1 if where == "last" else 0))

    def _month_cell(self, match: re.Match[str], month: int) -> str:
        name, where, back = match.groups()
        if where == "year":
            return f"'{self.years_sheet}'!{xl_rowcol_to_cell(self.years[name], FIRST + -(-month // 12))}"
        if where == "launch":
            return f"'{self.years_sheet}'!{xl_rowcol_to_cell(self.launch[name], FIRST, row_abs=True, col_abs=True)}"
        earlier = 1 if where == "last" else int(back or 0)
        return _same_row(self.months[name], month - earlier)

    def _months(self, row: int, first: int, last: int) -> str:
        return f"'{self.months_sheet}'!{xl_range_abs(row, FIRST + first, row, FIRST + last)}"

    def _far_cell(self, match: re.Match[str]) -> str:
        name, where, number = match.groups()
        if where in ("month", "everymonth"):
            row, first = self.months[name], int(number) if number else 0
            last = first if number else 12 * self.horizon
            return f"'{self.months_sheet}'!{_fixed(row, first, last)}"
        if where == "launch":
            cells = _fixed(self.launch[name], 0, 0)
        elif where == "at":
            cells = _fixed(self.years[name], int(number), int(number))
        else:
            cells = _fixed(self.years[name], 1 if where == "years" else 0, self.horizon)
        return f"'{self.years_sheet}'!{cells}"


def _fixed(row: int, first: int, last: int) -> str:
    """A cell or a range of a row, fixed."""
    if first == last:
        return str(xl_rowcol_to_cell(row, FIRST + first, row_abs=True, col_abs=True))
    return str(xl_range_abs(row, FIRST + first, row, FIRST + last))


def _same_row(row: int, column: int) -> str:
    """A cell of the row; before the launch there is nothing."""
    return str(xl_rowcol_to_cell(row, FIRST + column)) if column >= 0 else "0"


LONGEST_SHEET_NAME = 31
MONTHS_ENDING = " months"


def sheet_names(enterprises: Iterable[str], taken: Iterable[str]) -> dict[str, tuple[str, str]]:
    """A valid, unique pair of sheet names (years, months) for each enterprise: only signs that need no escape anywhere."""
    used = {name.casefold() for name in (*taken, "History")}  # Excel keeps "History" for itself
    names: dict[str, tuple[str, str]] = {}
    for enterprise in enterprises:
        kept = "".join(c if unicodedata.category(c)[0] in "LMN" or c in " -_." else " " for c in enterprise)
        base = " ".join(kept.split()) or "Enterprise"
        number, pair = 1, _pair(base, "")
        while used & {name.casefold() for name in pair}:
            number += 1
            pair = _pair(base, f" {number}")
        used |= {name.casefold() for name in pair}
        names[enterprise] = pair
    return names


def _pair(base: str, ending: str) -> tuple[str, str]:
    # Excel counts in UTF-16, where some letters are two.
    units = base.encode("utf-16-le")[: 2 * (LONGEST_SHEET_NAME - len(ending + MONTHS_ENDING))]
    name = units.decode("utf-16-le", errors="ignore").strip() + ending
    return name, name + MONTHS_ENDING
