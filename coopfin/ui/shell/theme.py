"""Whether the reader's page is light or dark, for what a chart writes by itself."""

from __future__ import annotations

import streamlit as st

from coopfin.display import colours


def ink() -> str:
    """The colour of text and lines that can be read on the page as it is now."""
    return colours.PAPER if st.context.theme.type == "dark" else colours.INK
