"""The view of one member's statement, with the heads-up on taxes."""

from __future__ import annotations

import streamlit as st

from coopfin.members import letters
from coopfin.members.statement import statements
from coopfin.ui.members import tax as members_tax
from coopfin.ui.members.files import offer
from coopfin.ui.members.memory import remember
from coopfin.ui.members.pick import pick
from coopfin.ui.members.setup import Setup


def view(made: Setup) -> None:
    """Draw the statement of the picked member."""
    row = pick(made)
    each = remember("statement", (made.key, row), lambda: next(statements(made.allocation, made.terms, [row])))
    st.html(f"<style>{letters.STYLE}</style>{letters.article(made.letters, each)}")
    with st.container(horizontal=True, vertical_alignment="center"):
        offer(made, "statement", "This statement", "html", "A web page", lambda: letters.page(made.letters, each), each.member)
        st.caption("Or print this page: only the statement goes on paper.")
    members_tax.heads_up(made, each.refund, each.cash)
