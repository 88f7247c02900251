"""The statements of each firm, by year or by month, on the screen and as files."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable
from typing import Any

import streamlit as st

from coopfin.display import colours, words
from coopfin.engine.projection import Projection
from coopfin.engine.statement_months import MONTHLY, ByMonth, month_rows
from coopfin.engine.statements import STATEMENTS, Row, adds_up, checks, rows
from coopfin.engine.units import Array
from coopfin.export import write_months, write_statements
from coopfin.ui.parts.downloads import EXCEL, download, several, who
from coopfin.ui.session.state import State
from coopfin.ui.years.year_table import Cells, month_heads, year_heads, year_table
from coopfin.workbook import write_workbook

BOTH = "Both"
YEARS = 0  # the period that shows all years; 1 and more: the months of that year
ROUNDING = 1e-9  # relative to the largest amount
ADDS_UP = "every subtotal is the sum of what stands above it"


def accounts(now: State) -> None:
    """One statement at a time, of one firm or of all, all years or the months of one."""
    projections = now.comparison.projections
    title = st.segmented_control("Statement", list(STATEMENTS), default=next(iter(STATEMENTS)), required=True, key="statement")
    firm = st.segmented_control(
        "Firm", [BOTH, *projections], default=BOTH, required=True, key="statement-firm",
        format_func=lambda name: name if name == BOTH else words.markdown(words.firm(name)),
    )  # fmt: skip
    years = max(x.years for x in projections.values())
    period = st.selectbox(
        "Period", range(years + 1) if title in MONTHLY else [YEARS], key=f"statement-period-{title in MONTHLY}",
        format_func=lambda year: f"The months of year {year}" if year else "All years", width=260,
    )  # fmt: skip
    for column, (enterprise, x) in enumerate(projections.items()):
        if firm in (BOTH, enterprise):
            st.html(_table(title, enterprise, column, x, now.base.words.currency, period))
    st.caption(
        "What goes out stands with a minus. Bold: a sum of what stands above it. Small: part of the line above, or for "
        "information. A check compares two ways to the same figure; 0 means they agree. Tax and what becomes of the surplus "
        "fall into a year's last month."
    )


def files(now: State) -> None:
    """The statements as CSV, the months as CSV, and the workbook."""
    projections = now.comparison.projections
    with several():
        download(now, "statements", "All statements", lambda: write_statements(projections))
        download(now, "every-month", "Every month", lambda: write_months(projections))
        download(now, "workbook", "Excel workbook", lambda: _workbook(now), EXCEL)
        who()
    st.caption("The workbook has a formula in every cell: change an assumption in it, and every year follows.")


def _workbook(now: State) -> bytes:
    file = io.BytesIO()
    write_workbook(now.scenario, file)
    return file.getvalue()


def _table(title: str, enterprise: str, column: int, x: Projection, currency: str, year: int) -> str:
    if year == YEARS:
        heads, told = year_heads(range(x.years + 1)), rows(STATEMENTS[title], x)
        residuals = {_lower(text): values for text, values in checks(STATEMENTS[title], x).items()}
    else:
        by_month: Any = ByMonth(x)
        months = slice(12 * year - 11, 12 * year + 1)
        heads, told = month_heads(), [(row, values[months]) for row, values in month_rows(title, x)]
        residuals = {ADDS_UP: adds_up(MONTHLY[title], by_month)[months]}
    lines = [Cells(row.label, _cells(row, values), row.kind) for row, values in told]
    lines += [Cells(f"Check: {text}", map(_difference, values), "check") for text, values in residuals.items()]
    money = f", {currency}" if currency else ""
    when = f", months of year {year}" if year else ""
    return year_table(f"{words.firm(enterprise)}: {_lower(title)}{when}{money}", heads, lines, colours.firm_class(column))


def _cells(row: Row, values: Array) -> Iterable[str]:
    if row.unit == "money":
        return [words.whole(float(value)) for value in values]
    return [words.value(float(value), row.unit) if value and not math.isnan(value) else "–" for value in values]


def _difference(residual: float) -> str:
    return "0" if residual < ROUNDING else f"{residual:.1e}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:].rstrip(".")
