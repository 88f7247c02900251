"""The view of all members, page by page."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from coopfin.ui.members.setup import Setup
from coopfin.ui.parts import words

ROWS = 500  # on a page
ORDERS = ("As in the ledger", "Largest refund first", "Smallest refund first")


def view(made: Setup) -> None:
    """Draw the table: search, order and pages are the server's work, the browser gets one page."""
    allocation = made.allocation
    names = allocation.members.names
    left, middle, right = st.columns([3, 3, 2])
    sought = left.text_input("A part of the name", key="all-sought", persist_state="session").strip().casefold()
    order = middle.selectbox("Order", ORDERS, key="all-order", persist_state="session")
    rows = np.arange(len(names))
    if order != ORDERS[0]:
        rows = np.argsort(allocation.refund if order == ORDERS[2] else -allocation.refund, kind="stable")
    if sought:
        rows = np.array([row for row in rows.tolist() if sought in names[row].casefold()], dtype=int)
    pages = max(1, -(-len(rows) // ROWS))
    page = right.number_input(f"Page, 1 to {pages:,}", 1, pages, 1, key=f"all-page-{pages}-{sought}", persist_state="session")
    shown = rows[(page - 1) * ROWS : page * ROWS]
    money = st.column_config.NumberColumn(format="accounting")
    st.dataframe(
        pd.DataFrame(
            {
                "Member": [names[row] for row in shown],
                "Class": [allocation.members.classes[row] for row in shown],
                "Use": [float(allocation.members.patronage[row]) for row in shown],
                "Refund": allocation.refund[shown] / 100,
                "Paid now": allocation.cash[shown] / 100,
                "Credited": allocation.retained[shown] / 100,
            }
        ),
        hide_index=True, width="stretch", height=420, key="all-members", row_height=32,
        column_config=dict.fromkeys(("Use", "Refund", "Paid now", "Credited"), money),
    )  # fmt: skip
    st.caption(
        words.markdown(
            f"{len(rows):,} of {len(names):,} members. Refunds add up to {made.money(int(allocation.refund.sum()))}, "
            f"which is the pool to the cent: {made.money(int(allocation.cash.sum()))} paid now, "
            f"{made.money(int(allocation.retained.sum()))} credited."
        )
    )
