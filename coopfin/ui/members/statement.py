"""The view of one member's statement, with the heads-up on taxes."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from coopfin.members.statement import statements
from coopfin.ui.members import paper as members_paper, tax as members_tax
from coopfin.ui.members.memory import remember
from coopfin.ui.members.pick import pick
from coopfin.ui.members.setup import Setup
from coopfin.ui.parts.downloads import file_name


def view(made: Setup) -> None:
    """Draw the statement of the picked member."""
    row = pick(made)
    each = remember("statement", (made.key, made.terms, row), lambda: next(statements(made.allocation, made.terms, [row])))
    st.html(f"<style>{members_paper.STYLE}</style>{members_paper.article(made, each)}")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "This statement", members_paper.page(made, each), mime="text/html", on_click="ignore", icon=":material/download:",
            file_name=file_name("statement", f"{row + 1:06}", each.member, datetime.now(), "html"), key="download-statement",
        )  # fmt: skip
        st.caption("Or print this page: only the statement goes on paper.")
    members_tax.heads_up(made, each.part.refund, each.part.cash)
