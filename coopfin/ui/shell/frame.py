"""What every page has in common: look, navigation, the state, the left side, and what happens when something fails."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from coopfin.ui.parts import colours, words
from coopfin.ui.session import state, transitions
from coopfin.ui.session.state import State
from coopfin.ui.shell import controls, last_visit, notices
from coopfin.ui.shell.navigation import navigation

ROOT = Path(__file__).parents[3]
ICON = Path(__file__).with_name("icon.svg")


@contextmanager
def page(file: str, title: str, *, levers: bool = True, first: Callable[[], None] | None = None) -> Iterator[State]:
    """A page: ``file`` is its ``__file__``, ``title`` the question it answers; what is drawn inside stands below it.

    The navigation comes first and stays whatever fails inside. An error is told in words and logged with a short
    number, and the choice with which a page could be drawn comes back. ``levers``: with the left side; a page that has
    levers of its own does without. ``first`` is done before anything is drawn: it may take what the reader just did.
    """
    st.set_page_config(page_title=f"{title} · coopfin", page_icon=ICON, layout="wide", initial_sidebar_state="auto")
    _settle_memory()
    style = st.empty()
    style.html(_style())
    name = Path(file).resolve().relative_to(ROOT).as_posix()
    now = _begin(name, first)
    if more := colours.arranged(now.marks):
        style.html(_style() + more)
    last_visit.keep()
    with st.container(key="offered", gap=None):
        last_visit.offer()
    st.title(title, anchor=False)
    try:
        if levers:
            controls.sidebar(now)
        notices.told(now)
        yield now
        state.drawn()
    except Exception:
        number = state.trouble(f"{name} could not be drawn")
        state.failed(number)
        _trouble(number)


def _begin(name: str, first: Callable[[], None] | None) -> State:
    try:
        now = state.begin(name, first)
        navigation(name)
        return now
    except Exception:
        _trouble(state.trouble(f"{name}: the state could not be read"))
        st.stop()


def _trouble(number: str) -> None:
    st.error(words.markdown(transitions.trouble(number)))
    with st.container(horizontal=True, key="after-trouble"):
        st.button("Back to where you were", key="trouble-back", on_click=state.back)
        st.button("Start anew", key="trouble-anew", on_click=state.start_anew)


@st.cache_resource(show_spinner=False)
def _settle_memory() -> None:
    """Take what is loaded once out of the garbage collector's rounds; it never becomes garbage."""
    gc.collect()
    gc.freeze()


@st.cache_resource(show_spinner=False)
def _style() -> str:
    return colours.stylesheet()
