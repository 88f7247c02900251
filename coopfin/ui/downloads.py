"""Downloads of the comparison page: the comparison, the scenario, every line of every year."""

from __future__ import annotations

import re
from datetime import datetime

import streamlit as st

from coopfin.comparison import Comparison
from coopfin.export import write_comparison, write_projections, write_scenario
from coopfin.ui.state import State


def downloads(chosen: State, comparison: Comparison) -> None:
    """Three files, named after preset, what, who and when."""
    who = st.session_state.get("who")
    files = {
        "comparison": ("The comparison", lambda: write_comparison(comparison)),
        "scenario": ("The scenario", lambda: write_scenario(chosen.scenario)),
        "every-year": ("Every line of every year", lambda: write_projections(comparison.projections)),
    }
    with st.container(horizontal=True, vertical_alignment="bottom", key="downloads"):
        for name, (label, text) in files.items():
            st.download_button(
                label, text, file_name=file_name(name, chosen.base.key, who or "", datetime.now()),
                mime="text/csv", key=f"download-{name}", on_click="ignore", icon=":material/download:",
                help="CSV: opens in any spreadsheet",
            )  # fmt: skip
        st.text_input("Your name, for the file names", key="who", max_chars=40, placeholder="optional", width=220)


def file_name(what: str, preset: str, who: str, when: datetime, kind: str = "csv") -> str:
    """``ride-hailing_comparison_ana_2026-01-31-1405.csv``: the preset first, so that the file is known again."""
    parts = [preset.removeprefix("file:"), what, who, when.strftime("%Y-%m-%d-%H%M")]
    slugs = [re.sub(r"[^\w-]+", "-", part).strip("-").lower() for part in parts]
    return "_".join(slug for slug in slugs if slug) + f".{kind}"
