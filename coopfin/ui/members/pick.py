"""Which member: one who is searched for, or a typical one."""

from __future__ import annotations

import streamlit as st

from coopfin.display import words
from coopfin.members.distribution import typical
from coopfin.ui.members.memory import Ledger, remember
from coopfin.ui.members.setup import Setup

TYPICAL = {"Little use": 10, "Middling use": 50, "Much use": 90}
SEARCH = "Search"
MAX_FOUND = 50


def typical_rows(ledger: Ledger) -> dict[str, int]:
    """The row of each typical member of the ledger."""
    return remember(
        "typical", ledger.key, lambda: {who: typical(ledger.members, percentile) for who, percentile in TYPICAL.items()}
    )


def pick(made: Setup) -> int:
    """Draw the choice; the row of the member in the ledger."""
    who = st.segmented_control(
        "Whose", [*TYPICAL, SEARCH], default="Middling use", required=True, key="members-whose", persist_state="session",
        help="Little, middling, much use: 10, 50 or 90 percent of the members use the platform as much or less.",
    )  # fmt: skip
    if who in TYPICAL:
        return typical_rows(made.ledger)[who]
    names = made.ledger.members.names
    left, right = st.columns(2)
    sought = left.text_input("A part of the name", key="members-sought", persist_state="session").strip().casefold()
    found = [row for row, name in enumerate(names) if sought in name.casefold()]
    if not found:
        st.info(f"No member of the ledger has “{words.markdown(sought)}” in the name; this is the first one.")
        return 0
    more = f", the first {MAX_FOUND} of them here; type more of the name" if len(found) > MAX_FOUND else ""
    row = right.selectbox(
        f"{len(found):,} found{more}", found[:MAX_FOUND], key="members-row", persist_state="session",
        format_func=lambda row: names[row],
    )  # fmt: skip
    return row if row is not None else found[0]
