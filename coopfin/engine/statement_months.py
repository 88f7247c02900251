"""The statements month by month: what happens once a year stands in its last month, so that every month adds up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from coopfin.engine.lines import BALANCE, CASH, INCOME, LINES, MARKET
from coopfin.engine.projection import Projection
from coopfin.engine.statements import NOTE, STATEMENTS, Row, Statement, rows
from coopfin.engine.units import Array

SO_FAR = "Surplus of the year so far, before tax, less the programme"


class ByMonth:
    """A projection whose lines have the month first (0..12·years), also those that exist only by year.

    What is paid or allotted once a year stands in the year's last month; the programme is spent evenly; balances that
    change once a year stay as they were until then.
    """

    def __init__(self, x: Projection) -> None:
        self.projection = x

    def __getattr__(self, name: str) -> Any:
        line = LINES[name]
        values = getattr(self.projection.months, name) if line.by_month else self._spread(name, stock=line.stock)
        self.__dict__[name] = values
        return values

    def _spread(self, name: str, *, stock: bool) -> Array:
        x = self.projection
        by_year: Array = getattr(x, name)
        if stock:  # the balance of the year before, up to the last month
            return np.concatenate([np.repeat(by_year[:-1], 12, axis=0), by_year[-1:]])
        if name == "programme":
            return np.concatenate([by_year[:1], np.repeat(by_year[1:] / 12, 12, axis=0)])
        found = np.zeros((12 * x.years + 1, *by_year.shape[1:]))
        if name == "surplus":
            return np.asarray(self.surplus_before_tax - self.tax)
        found[12::12] = by_year[1:]
        return found


def _so_far(x: Any) -> Array:
    """What this year's months have brought and no balance shows yet; 0 at a year's end."""
    flows = np.asarray(x.surplus_before_tax - x.programme)[1:]
    by_year = np.cumsum(flows.reshape(-1, 12, *flows.shape[1:]), axis=1)
    by_year[:, -1] = 0.0
    return np.concatenate([np.zeros_like(flows[:1]), by_year.reshape(flows.shape)])


def _of_months(statement: Statement) -> Statement:
    kept = [row for row in statement.rows if row.kind != NOTE or LINES[row.line].by_month]
    if statement.title == BALANCE:
        kept[-1:-1] = [Row("surplus", text=SO_FAR, of=_so_far)]
    return replace(statement, rows=tuple(map(_said_of_months, kept)), identities=())


def _said_of_months(row: Row) -> Row:
    return replace(row, text=row.text.replace("of the year", "of the month"))


# The appropriation happens once a year: it has no months.
MONTHLY: Mapping[str, Statement] = {title: _of_months(STATEMENTS[title]) for title in (INCOME, CASH, BALANCE, MARKET)}


def month_rows(title: str, x: Projection) -> list[tuple[Row, Array]]:
    """Every row of a statement with its figures by month (0..12·years), signs as they stand."""
    by_month: Any = ByMonth(x)
    return rows(MONTHLY[title], by_month)
