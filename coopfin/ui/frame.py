"""What every page has in common: look, navigation, the state and the left side."""

from __future__ import annotations

import gc
from pathlib import Path

import streamlit as st

from coopfin.ui import controls, state, words
from coopfin.ui.state import State

PAGES = {"app.py": "The comparison", "pages/assumptions.py": "All assumptions"}
STYLE = Path(__file__).with_name("style.css")


@st.cache_resource(show_spinner=False)
def _settle_memory() -> None:
    """Take what is loaded once out of the garbage collector's rounds; it never becomes garbage."""
    gc.collect()
    gc.freeze()


def begin(title: str) -> State:
    """Start a page: call first. Returns what the user has chosen."""
    st.set_page_config(
        page_title=f"{title} · coopfin", page_icon=":material/balance:", layout="wide", initial_sidebar_state="auto"
    )
    _settle_memory()
    st.html(STYLE)
    chosen = state.current()
    with st.container(horizontal=True, key="navigation", gap="small"):
        for page, label in PAGES.items():
            st.page_link(page, label=label)
    st.title(title, anchor=False)
    controls.sidebar(chosen)
    for notice in state.notices():
        st.warning(words.markdown(notice))
    for mistake in chosen.mistakes:
        st.error(words.markdown(f"{mistake}. Until then, you see the results from before."))
    return chosen
