"""What every page has in common: look, navigation, the state and the left side."""

from __future__ import annotations

import gc
from contextlib import suppress

import streamlit as st
from streamlit.errors import StreamlitPageNotFoundError

from coopfin.ui.parts import colours, words
from coopfin.ui.session import hold, state
from coopfin.ui.session.state import State
from coopfin.ui.shell import controls

PAGES = {
    "app.py": "The comparison",
    "pages/years.py": "Year by year",
    "pages/capital.py": "Capital",
    "pages/sure.py": "How sure are we?",
    "pages/members.py": "Members",
    "pages/cases.py": "Real cases",
    "pages/evidence.py": "Hard questions",
    "pages/law.py": "The law",
    "pages/method.py": "How it works",
    "pages/assumptions.py": "All assumptions",
}


@st.cache_resource(show_spinner=False)
def _settle_memory() -> None:
    """Take what is loaded once out of the garbage collector's rounds; it never becomes garbage."""
    gc.collect()
    gc.freeze()


@st.cache_resource(show_spinner=False)
def _style() -> str:
    return colours.stylesheet()


def _navigation() -> None:
    with st.container(horizontal=True, key="navigation", gap=None):
        for page, label in PAGES.items():
            # A page run by itself has no others to link to.
            with suppress(StreamlitPageNotFoundError):
                st.page_link(page, label=label, query_params=state.address())


def begin(title: str) -> State:
    """Start a page: call first. Returns what the user has chosen."""
    st.set_page_config(
        page_title=f"{title} · coopfin", page_icon=":material/balance:", layout="wide", initial_sidebar_state="auto"
    )
    _settle_memory()
    st.html(_style())
    chosen = state.current(turned=hold.turn_page(title))
    _navigation()
    st.title(title, anchor=False)
    controls.sidebar(chosen)
    for notice in state.notices():
        st.warning(words.markdown(notice))
    for mistake in chosen.mistakes:
        st.error(words.markdown(f"{mistake}. Until then, you see the results from before."))
    return chosen
