"""Assumptions as levers: what they are called, which can be drawn or mapped, and the way to where they are set."""

from __future__ import annotations

import streamlit as st

from coopfin.display import words
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.ui.session.state import State
from coopfin.uncertainty.sensitivity import Lever

LIST_PAGE = "pages/assumptions.py"


def label(lever: Lever) -> str:
    """What a lever is called: ``Take rate, cooperative``."""
    name = ASSUMPTIONS[lever.assumption].label
    return f"{name}, {lever.enterprise}" if lever.enterprise else name


def name(lever: Lever) -> str:
    """The lever as one word or two, as files of uncertain assumptions name it: ``take_rate cooperative``."""
    return f"{lever.assumption} {lever.enterprise}" if lever.enterprise else lever.assumption


def named(text: str) -> Lever:
    """The lever of that name."""
    assumption, _, enterprise = text.partition(" ")
    return Lever(assumption, enterprise or None)


def movable(enterprises: list[str]) -> list[Lever]:
    """Every lever that can take any value in a range: shared ones once, the others for each of these enterprises."""
    return [
        Lever(each.name, enterprise)
        for each in ASSUMPTIONS.values()
        if not (each.structural or each.unit.whole)
        for enterprise in ([None] if each.shared else enterprises)
    ]


def now(state: State, lever: Lever) -> float:
    """Where the lever stands; one that moves every firm stands where it is in the first."""
    a = state.scenario.enterprises[lever.enterprise or state.enterprises[0]]
    return float(getattr(a, lever.assumption))


def setting(lever: Lever, value: float) -> str:
    """A value of the lever for people: 15 %."""
    return words.setting(value, ASSUMPTIONS[lever.assumption])


def go_to(lever: Lever) -> None:
    """Leave for the page of all assumptions, with this one shown first."""
    st.session_state["sought"] = lever.assumption  # the search field of that page
    st.switch_page(LIST_PAGE)
