"""The statements of each firm on the screen, and as files."""

from __future__ import annotations

import io
import math

import numpy as np
import streamlit as st

from coopfin.engine.projection import Projection
from coopfin.engine.statements import STATEMENTS, Row, Statement, checks, rows
from coopfin.engine.units import Array
from coopfin.export import write_statements
from coopfin.ui.parts import colours, words
from coopfin.ui.parts.downloads import EXCEL, download, several, who
from coopfin.ui.session.state import State
from coopfin.ui.years.year_table import Cells, year_table
from coopfin.workbook import write_workbook

BOTH = "Both"
ROUNDING = 1e-9  # relative to the largest amount


def accounts(chosen: State) -> None:
    """One statement at a time, of one firm or of all."""
    projections = chosen.comparison.projections
    title = st.segmented_control("Statement", list(STATEMENTS), default=next(iter(STATEMENTS)), required=True, key="statement")
    firm = st.segmented_control(
        "Firm", [BOTH, *projections], default=BOTH, required=True, key="statement-firm",
        format_func=lambda name: name if name == BOTH else words.markdown(words.firm(name)),
    )  # fmt: skip
    for column, (enterprise, x) in enumerate(projections.items()):
        if firm in (BOTH, enterprise):
            st.html(_table(STATEMENTS[title], enterprise, column, x, chosen.base.words.currency))
    st.caption(
        "What goes out stands with a minus. Bold: a sum of what stands above it. Small: part of the line above, or for "
        "information. A check compares two ways to the same figure; 0 means they agree."
    )


def files(chosen: State) -> None:
    """The statements as CSV, and the workbook."""
    with several():
        download(chosen, "statements", "All statements", lambda: write_statements(chosen.comparison.projections))
        download(chosen, "workbook", "Excel workbook", lambda: _workbook(chosen), EXCEL)
        who()
    st.caption("The workbook has a formula in every cell: change an assumption in it, and every year follows.")


def _workbook(chosen: State) -> bytes:
    file = io.BytesIO()
    write_workbook(chosen.scenario, file)
    return file.getvalue()


def _table(statement: Statement, enterprise: str, column: int, x: Projection, currency: str) -> str:
    lines = [Cells(row.label, _cells(row, values), row.kind) for row, values in rows(statement, x)]
    lines += [Cells(f"Check: {_lower(text)}", map(_difference, values), "check") for text, values in checks(statement, x).items()]
    money = f", {currency}" if currency else ""
    caption = f"{words.firm(enterprise)}: {_lower(statement.title)}{money}"
    return year_table(caption, range(x.years + 1), lines, colours.firm_class(column))


def _cells(row: Row, values: Array) -> list[str]:
    if row.unit == "money":
        return [words.whole(float(value)) for value in values]
    return [words.value(float(value), row.unit) if value and not math.isnan(value) else "–" for value in values]


def _difference(residual: np.float64) -> str:
    return "0" if residual < ROUNDING else f"{residual:.1e}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:].rstrip(".")
