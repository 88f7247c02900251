"""What every page has in common: look, navigation, the state, the left side, and what happens when something fails."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coopfin.display import colours, words
from coopfin.ui.parts.stylesheet import stylesheet
from coopfin.ui.session import state, transitions
from coopfin.ui.session.state import State
from coopfin.ui.shell import controls, last_visit, notices, rows
from coopfin.ui.shell.connection import connection
from coopfin.ui.shell.navigation import navigation

ROOT = Path(__file__).parents[3]
ICON = Path(__file__).with_name("icon.svg")


@contextmanager
def page(
    file: str, title: str, *, levers: bool = True, first: Callable[[], None] | None = None, whole: bool = False
) -> Iterator[State]:
    """A page: ``file`` is its ``__file__``, ``title`` the question it answers; what is drawn inside stands below it.

    The navigation comes first and stays whatever fails inside. An error is told in words and logged with a short
    number, and the choice with which a page could be drawn comes back. ``levers``: with the left side, which a page that
    is drawn as a ``whole`` lays out itself by ``sides``. ``first`` is done before anything is drawn: it may take what the
    reader just did with what else can be moved on the page.
    """
    st.set_page_config(page_title=f"{title} · coopfin", page_icon=ICON, layout="wide")
    _settle_memory()
    st.html(_style())
    name = Path(file).resolve().relative_to(ROOT).as_posix()
    now = _begin(name, first or _nothing, levers, whole)
    if more := colours.arranged(now.marks):
        st.html(more)
    last_visit.keep()
    with st.container(key="offered", gap=None):
        last_visit.offer()
    try:
        main = None
        if levers and not whole:
            side, main = sides()
            with side:
                controls.side(now)
        with main or nullcontext():
            st.title(title, anchor=False)
            notices.told(now)
            yield now
        state.drawn()
    except Exception:
        number = state.trouble(f"{name} could not be drawn")
        state.failed(number)
        _trouble(number)


def sides() -> tuple[DeltaGenerator, DeltaGenerator]:
    """The left side and what it stands beside; on a phone it stands between the answer and all else."""
    with st.container(key="page", gap=None):
        return st.container(key="side", gap=None), st.container(key="main")


def _begin(name: str, first: Callable[[], None], levers: bool, whole: bool) -> State:
    def heard() -> None:
        rows.heard()
        first()

    try:
        now = state.begin(name, heard)
        navigation(name, levers=levers, shown=whole)
        connection()
        return now
    except Exception:
        _trouble(state.trouble(f"{name}: the state could not be read"))
        st.stop()


def _nothing() -> None:
    """A page where nothing else can be moved."""


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
    return stylesheet()
