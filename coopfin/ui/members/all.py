"""The view of all members, page by page: a table of ours, since Streamlit's offers a file that no guard of ours sees."""

from __future__ import annotations

from html import escape

import numpy as np
import streamlit as st

from coopfin.display import words
from coopfin.members.cents import grouped
from coopfin.ui.members.setup import Setup

ROWS = 200  # on a page
ORDERS = ("As in the ledger", "Largest refund first", "Smallest refund first")
COLUMNS = ("Patronage", "Refund", "Paid now", "Credited")


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
    st.html(_table(made, rows[(page - 1) * ROWS : page * ROWS].tolist()))
    lines = len(names) - made.people
    st.caption(
        words.markdown(
            f"{len(rows):,} of {len(names):,} {'lines' if lines else 'members'}. Refunds add up to "
            f"{made.money(int(allocation.refund.sum()))}, which is the pool exactly: "
            f"{made.money(int(allocation.cash.sum()))} paid now, {made.money(int(allocation.retained.sum()))} credited."
        )
    )


def _table(made: Setup, rows: list[int]) -> str:
    allocation = made.allocation
    members = allocation.members
    classed = set(members.classes) != {""}
    body = "".join(
        f'<tr><th scope="row">{escape(members.names[row])}</th>'
        f"{f'<td>{escape(members.classes[row])}</td>' if classed else ''}"
        f'<td class="number">{grouped(members.patronage[row])}</td>'
        + "".join(
            f'<td class="number">{made.plain(int(amounts[row]))}</td>'
            for amounts in (allocation.refund, allocation.cash, allocation.retained)
        )
        + "</tr>"
        for row in rows
    )
    heads = "".join(f'<th scope="col" class="number">{column}</th>' for column in COLUMNS)
    money = f"Money in {escape(made.currency)}." if made.currency else ""
    return (
        f'<div class="scroll members-all"><table class="key"><caption>{money}</caption><thead><tr><th scope="col">Member</th>'
        f"{'<th scope=col>Class</th>' if classed else ''}{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )
