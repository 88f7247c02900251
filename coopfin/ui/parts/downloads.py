"""Files to take away, named after preset, what, who and when."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coopfin.comparison.compare import Comparison
from coopfin.comparison.scenario import write_scenario
from coopfin.export import write_projections
from coopfin.ui.session.state import State

CSV, EXCEL, HTML = "csv", "xlsx", "html"
KINDS = {
    CSV: ("text/csv", "CSV: opens in any spreadsheet"),
    EXCEL: ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel: formulas that you can change"),
    HTML: ("text/html", "A file that opens without network, and prints to one sheet"),
}


def downloads(now: State, comparison: Comparison) -> None:
    """The scenario and every line of every year, named after preset, what, who and when."""
    with several():
        download(now, "scenario", "The scenario", lambda: write_scenario(now.scenario))
        download(now, "every-year", "Every line of every year", lambda: write_projections(comparison.projections))
        who()


def several() -> DeltaGenerator:
    """Where several downloads stand in a row."""
    return st.container(horizontal=True, vertical_alignment="bottom", key="downloads")


def who() -> None:
    """Whose name the files get."""
    st.text_input("Your name, for the file names", key="who", max_chars=40, placeholder="optional", width=220)


def download(now: State, name: str, label: str, data: Callable[[], str | bytes], kind: str = CSV) -> None:
    """One file; ``data`` is called on the click."""
    mime, explained = KINDS[kind]
    st.download_button(
        label, data, file_name=file_name(name, now.base.key, st.session_state.get("who") or "", datetime.now(), kind),
        mime=mime, key=f"download-{name}", on_click="ignore", icon=":material/download:", help=explained,
    )  # fmt: skip


def file_name(what: str, preset: str, who: str, when: datetime, kind: str = "csv") -> str:
    """``ride-hailing_comparison_ana_2026-01-31-1405.csv``: the preset first, so that the file is known again."""
    parts = [preset.removeprefix("file:"), what, who, when.strftime("%Y-%m-%d-%H%M")]
    slugs = [re.sub(r"[^\w-]+", "-", part).strip("-").lower() for part in parts]
    return "_".join(slug for slug in slugs if slug) + f".{kind}"
