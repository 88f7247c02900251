"""The answer of a page, first under its title. On a phone it stays in sight, above the levers."""

from __future__ import annotations

import streamlit as st

from coopfin.display import words


def say(text: str) -> None:
    """The answer in words."""
    with st.container(key="answer", gap=None):
        st.markdown(f"#### {words.markdown(text)}")


def show(markup: str) -> None:
    """The answer as HTML: figures with their sources in it."""
    with st.container(key="answer", gap=None):
        st.html(f"<h4>{markup}</h4>")
