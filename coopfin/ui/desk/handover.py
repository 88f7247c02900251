"""A page to hand over, one click each: for anybody, for a lender, for members; on A4 or Letter."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from coopfin.display import words
from coopfin.report.material import Material
from coopfin.report.page import GENERAL, LENDER, MEMBER, report
from coopfin.report.paper import A4, PAPERS
from coopfin.ui.desk import code
from coopfin.ui.parts.downloads import HTML, download
from coopfin.ui.room.leader import taken_over
from coopfin.ui.session import presets
from coopfin.ui.session.state import State

LABELS = {GENERAL: "A page for anybody", LENDER: "A page for a lender", MEMBER: "A page for members"}
SIZES = {each: paper.name[:1].upper() + paper.name[1:] for each, paper in PAPERS.items()}


def pages(now: State) -> None:
    """The choice of paper and firm, and a button for each page."""
    st.markdown("**A page to hand over**")
    with st.container(horizontal=True, vertical_alignment="bottom", key="handover-how"):
        paper = st.segmented_control(
            "Paper", list(SIZES), default=A4, required=True, key="handover-paper", format_func=SIZES.__getitem__
        )
        firm = st.selectbox(
            "Whose page for a lender", now.enterprises, index=min(1, len(now.enterprises) - 1), key="handover-firm",
            format_func=words.firm, width=260,
        )  # fmt: skip
        second = st.checkbox("With the assumptions", key="handover-second", help="A second sheet: every value and its source")
    st.caption(
        f"One file that opens without network, and prints to {'two sheets' if second else 'one sheet'} of {SIZES[str(paper)]}."
    )
    about = material(now, code.address(), firm)
    with st.container(horizontal=True, key="handover"):
        for variant, label in LABELS.items():
            make = partial(report, about, variant, str(paper), with_assumptions=second)
            download(now, f"page-{variant}", label, make, HTML)


def material(now: State, link: str, firm: str) -> Material:
    """What the pages are made of, from what is chosen now."""
    return Material(
        now.scenario, now.comparison, now.base.words, date.today(), now.base.scenario, presets.evidence(now.base),
        now.base.alike, now.notes, link, firm, taken_over(),
    )  # fmt: skip
