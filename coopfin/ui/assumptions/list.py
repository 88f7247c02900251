"""Every assumption with its values side by side, its unit, range, help and source, and a mark where it was changed."""

from __future__ import annotations

import streamlit as st

from coopfin.display import words
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.engine.declaration import Assumption
from coopfin.ui.assumptions.answer import source
from coopfin.ui.plans import noted
from coopfin.ui.session import state
from coopfin.ui.session.state import State
from coopfin.ui.shell import fields, law_marks

SECTIONS = list(dict.fromkeys(each.section for each in ASSUMPTIONS.values()))
CHANGED = "Changed"


def assumption_list(now: State) -> None:
    """Draw the list: a search over all, or one section at a time."""
    left, right = st.columns([3, 2], gap="medium")
    sought = left.text_input("Search all", key="sought", placeholder="a word: churn, tax, loan …").strip().lower()
    section = right.selectbox("Or one section", [*SECTIONS, CHANGED], key="section")
    if sought:
        shown = [
            each for each in ASSUMPTIONS.values() if sought in f"{each.name} {each.label} {each.help} {each.section}".lower()
        ]
        shown.sort(key=lambda each: each.name != sought)  # an assumption called by its name comes first
        st.caption(f"{len(shown)} of {len(ASSUMPTIONS)} assumptions mention “{words.markdown(sought)}”.")
    elif section == CHANGED:
        changed = {name for name, _ in now.changes}
        shown = [each for each in ASSUMPTIONS.values() if each.name in changed]
        st.caption(f"{len(shown)} of {len(ASSUMPTIONS)} assumptions differ from the preset.")
    else:
        shown = [each for each in ASSUMPTIONS.values() if each.section == section]
    for each in shown:
        _assumption(now, each)


def _assumption(now: State, each: Assumption) -> None:
    with st.container(border=True, key=f"assumption-{each.name}"):
        about, *columns = st.columns([3, *[1.4] * (1 if each.shared else len(now.enterprises))], gap="medium")
        shared = " · shared by all" if each.shared else ""
        unit = "percent" if each.unit.name in words.RATIOS else each.unit.name
        about.markdown(f"**{each.label}** · `{each.name}` · {unit}{shared}  \n{words.markdown(each.help)}")
        low, high = (words.setting(end, each) for end in each.plausible)
        about.caption(
            f"Possible: {words.markdown(each.unit.range)} ({each.unit.name}). Plausible: {low} to {high}.  \n"
            f"{words.markdown(source(now, each))}"
        )
        with about:
            written = noted.of_lever(now, each.name)
            with st.popover(f"Note: {words.markdown(written)}" if written else "Note", key=f"note-of-{each.name}"):
                noted.field(now, each.name, noted.EVERY, f"note-all-{each.name}", f"A note on “{each.label}”")
            law_marks.beside(now, each.name)
        for column, enterprise in zip(columns, now.enterprises, strict=False):
            with column:
                _value(now, each, enterprise)


def _value(now: State, each: Assumption, enterprise: str) -> None:
    label = "All firms" if each.shared else words.firm(enterprise)
    fields.entry(now, each.name, enterprise, words.markdown(label), f"all-{each.name}-{enterprise}")
    value, before = now.value(each.name, enterprise), now.base.value(each.name, enterprise)
    if value != before:
        st.button(
            f"Changed from {words.setting(before, each)}", key=f"back-{each.name}-{enterprise}", icon=":material/undo:",
            help="Take it back", on_click=state.take_back, args=(each.name, enterprise), type="tertiary",
        )  # fmt: skip
    if not each.is_plausible(value):
        st.caption("Outside the plausible range.")
