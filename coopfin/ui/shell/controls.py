"""The left side: preset or own file, the main levers, and what was changed."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from coopfin.comparison.scenario import read_scenario
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.reading.mistakes import FileError
from coopfin.ui.parts import words
from coopfin.ui.session import presets, state
from coopfin.ui.session.hold import hold, moved
from coopfin.ui.session.state import State
from coopfin.ui.shell import fields, law_marks, split

MARKETPLACE, COOPERATIVE = 0, 1  # the first two columns of a scenario file


@dataclass(frozen=True)
class Lever:
    """An assumption moved on the left, of one column; a shared one moves in all."""

    assumption: str
    column: int = MARKETPLACE


SPLIT_GROUP = "The surplus"

# At most twelve, grouped as a person thinks.
GROUPS: dict[str, tuple[Lever, ...]] = {
    "The market": (Lever("providers"), Lever("sales_per_provider")),
    "What the platform takes": (Lever("take_rate"), Lever("take_rate", COOPERATIVE)),
    "Growth and loyalty": (Lever("growth_first"), Lever("growth_first", COOPERATIVE), Lever("churn", COOPERATIVE)),
    SPLIT_GROUP: (
        Lever("patronage_share", COOPERATIVE),
        Lever("reinvestment_share", COOPERATIVE),
        Lever("community_share", COOPERATIVE),
    ),
    "Capital": (Lever("exit_multiple"), Lever("preferred", COOPERATIVE)),
}


def sidebar(chosen: State) -> None:
    """Draw the left side."""
    with st.sidebar:
        _scenario(chosen)
        _changes(chosen)
        for group, levers in GROUPS.items():
            st.subheader(group, anchor=False)
            for each in levers:
                _lever(chosen, each)
            if group == SPLIT_GROUP and len(chosen.enterprises) > COOPERATIVE:
                _split(chosen, chosen.enterprises[COOPERATIVE])
                law_marks.others(chosen, {each.assumption for levers in GROUPS.values() for each in levers})


def _split(chosen: State, enterprise: str) -> None:
    st.html(f'<p class="split" role="status">{split.sentence(chosen, enterprise)}</p>')
    idle = split.idle(chosen.comparison.projections[enterprise], enterprise)
    for note in (*split.notes(), *([idle] if idle else [])):
        st.info(words.markdown(note))


def _lever(chosen: State, each: Lever) -> None:
    if each.column >= len(chosen.enterprises):
        return
    assumption, enterprise = ASSUMPTIONS[each.assumption], chosen.enterprises[each.column]
    label, unit = assumption.label, words.unit_sign(assumption, chosen.base.words.currency)
    firm_class = "both"
    if not assumption.shared:
        label = f"{label}, {words.markdown(enterprise)}"
        firm_class = f"firm-{each.column}"
    label += f" ({unit})" if unit else ""
    with st.container(key=f"{firm_class}-{each.assumption}-{each.column}", gap=None):
        fields.lever(chosen, each.assumption, enterprise, label)
        law_marks.beside(chosen, each.assumption, enterprise)


def _scenario(chosen: State) -> None:
    options = presets.names()
    if chosen.base.key not in options:
        options = [chosen.base.key, *options]
    hold("preset", chosen.base.key)
    st.selectbox(
        "Start from", options, key="preset", on_change=_choose,
        format_func=lambda key: chosen.base.words.title if key == chosen.base.key else presets.words(key).title,
    )  # fmt: skip
    if chosen.base.words.after:
        st.caption(words.markdown(chosen.base.words.after))
    with st.expander("Open your own scenario file", expanded=bool(st.session_state.get("file_mistakes"))):
        st.file_uploader(
            "A scenario as CSV, such as the one you can download here", type="csv", key="upload", on_change=_open,
            max_upload_size=1,
        )  # fmt: skip
        for mistake in st.session_state.get("file_mistakes", ()):
            st.error(words.markdown(mistake))
        if st.session_state.get("file_mistakes"):
            st.caption("Nothing was changed: you still see the scenario you had.")


def _choose() -> None:
    key = st.session_state["preset"]
    if moved("preset") and key in presets.names():
        state.choose(key)


def _open() -> None:
    uploaded = st.session_state["upload"]
    st.session_state["file_mistakes"] = ()
    if uploaded is None:
        return
    try:
        state.open_scenario(read_scenario(uploaded.getvalue(), uploaded.name), uploaded.name)
    except FileError as error:
        st.session_state["file_mistakes"] = error.lines


def _changes(chosen: State) -> None:
    seen: dict[tuple[str, str], float] = {}
    for (name, enterprise), value in chosen.changes.items():
        if not ASSUMPTIONS[name].shared or enterprise == chosen.enterprises[0]:
            seen[name, enterprise] = value
    with st.expander(f"What I changed ({len(seen)})", key="changes"):
        if not seen:
            st.caption("Nothing yet: all values are those of the preset.")
        for (name, enterprise), value in seen.items():
            _change(chosen, name, enterprise, value)
        if seen:
            st.button("Reset all", key="reset", on_click=state.reset, width="stretch")


def _change(chosen: State, name: str, enterprise: str, value: float) -> None:
    assumption = ASSUMPTIONS[name]
    whose = "" if assumption.shared else f", {words.markdown(enterprise)}"
    before, after = (words.setting(v, assumption) for v in (state.base_value(chosen.base, name, enterprise), value))
    text, button = st.columns([5, 3], vertical_alignment="center")
    text.markdown(f"{assumption.label}{whose}  \n{before} → **{after}**")
    button.button(
        "Undo", key=f"undo-{name}-{enterprise}", type="tertiary",
        help=f"Back to {before}", on_click=state.undo, args=(name, enterprise),
    )  # fmt: skip
