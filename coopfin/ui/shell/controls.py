"""The left side: preset or own file, the main levers, and what was changed."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.ui.parts import colours, words
from coopfin.ui.session import presets, state
from coopfin.ui.session.base import COOPERATIVE, FILE, MARKETPLACE
from coopfin.ui.session.hold import hold, moved
from coopfin.ui.session.state import State
from coopfin.ui.shell import fields, law_marks, split

PIN = "What you have now becomes the baseline: every figure that moves says what it was."
ALL = -1  # the same value in every column: one market for all


@dataclass(frozen=True)
class Lever:
    """An assumption moved on the left, of one firm or of all; ``of``: which of the preset's columns the firm is."""

    assumption: str
    of: int = ALL


SPLIT_GROUP = "The surplus of the cooperative"

# At most twelve, grouped as a person thinks: what moves a provider's income most over the ranges that evidence gives.
GROUPS: dict[str, tuple[Lever, ...]] = {
    "The market, for both": (
        Lever("sales_per_provider"), Lever("outside_keep"), Lever("churn"), Lever("demand_first"), Lever("spend_response"),
    ),
    "What each firm decides": (
        Lever("take_rate", MARKETPLACE), Lever("take_rate", COOPERATIVE), Lever("open_doors", COOPERATIVE),
        Lever("product_team", COOPERATIVE), Lever("preferred", COOPERATIVE),
    ),
    SPLIT_GROUP: (Lever("patronage_share", COOPERATIVE), Lever("community_share", COOPERATIVE)),
}  # fmt: skip


def sidebar(now: State) -> None:
    """Draw the left side."""
    with st.sidebar:
        scenario(now)
        changes(now)
        for group, levers in GROUPS.items():
            st.subheader(group, anchor=False)
            for each in levers:
                _lever(now, each)
            if group == SPLIT_GROUP and len(now.enterprises) > 1:
                _split(now, now.cooperative)
                law_marks.others(now, {each.assumption for levers in GROUPS.values() for each in levers})


def _split(now: State, enterprise: str) -> None:
    st.html(f'<p class="split" role="status">{split.sentence(now, enterprise)}</p>')
    idle = split.idle(now.comparison.projections[enterprise], enterprise)
    taken = state.record().taken
    for note in (*([taken] if taken else []), *([idle] if idle else [])):
        st.info(words.markdown(note))


def _lever(now: State, each: Lever) -> None:
    if each.of >= len(now.enterprises):
        return
    assumption = ASSUMPTIONS[each.assumption]
    moves = tuple(now.enterprises) if each.of == ALL else (now.base.role(each.of),)
    label, unit = assumption.label, words.unit_sign(assumption, now.base.words.currency)
    firm_class = "both"
    if each.of != ALL:
        label = f"{label}, {words.markdown(moves[0])}"
        firm_class = f"firm-{now.base.layout[moves[0]].mark % len(colours.FIRMS)}"
    label += f" ({unit})" if unit else ""
    with st.container(key=f"{firm_class}-{each.assumption}", gap=None):
        fields.lever(now, each.assumption, moves[0], label, moves=moves)
        law_marks.beside(now, each.assumption, moves[0])


def scenario(now: State) -> None:
    """The choice of a preset or an own file."""
    left = [key for key in state.record().left if key not in presets.names() and key != now.base.key]
    own = [now.base.key] if now.base.is_file else []
    hold("preset", now.base.key)
    st.selectbox("Start from", [*own, *left, *presets.names()], key="preset", on_change=_choose, format_func=_title)
    if now.base.words.after:
        st.caption(words.markdown(now.base.words.after))
    mistakes = state.record().file_mistakes
    with st.expander("Open your own scenario file", expanded=bool(mistakes)):
        st.file_uploader(
            "A scenario as CSV, such as the one you can download here", type="csv", key="upload", on_change=_open,
            max_upload_size=1,
        )  # fmt: skip
        for mistake in mistakes:
            st.error(words.markdown(mistake))
        if mistakes:
            st.caption("Nothing was changed: you still see the scenario you had.")


def _title(key: str) -> str:
    return key.removeprefix(FILE) if key.startswith(FILE) else presets.words(key).title


def _choose() -> None:
    if moved("preset"):
        state.choose(st.session_state["preset"])


def _open() -> None:
    uploaded = st.session_state["upload"]
    if uploaded is not None:
        state.open_file(uploaded.getvalue(), uploaded.name)


def changes(now: State) -> None:
    """What was changed, with a way back for each."""
    changed = state.record().now.changed
    with st.expander(f"What I changed ({len(changed)})", key="changes"):
        if not changed:
            st.caption("Nothing yet: all values are those of the preset.")
        for name, enterprise in changed:
            _change(now, name, enterprise)
        if changed:
            st.button("Reset all", key="reset", on_click=state.reset, width="stretch")
            st.button("Compare with this from now on", key="pin", on_click=state.pin, width="stretch", help=PIN)
        if now.pinned:
            st.caption("The baseline is what you pinned, not the preset.")
            st.button("Compare with the preset again", key="unpin", on_click=state.unpin, width="stretch")


def _change(now: State, name: str, enterprise: str) -> None:
    assumption = ASSUMPTIONS[name]
    whose = "" if assumption.shared else f", {words.markdown(enterprise)}"
    before, after = (words.setting(v, assumption) for v in (now.base.value(name, enterprise), now.value(name, enterprise)))
    text, button = st.columns([5, 3], vertical_alignment="center")
    text.markdown(f"{assumption.label}{whose}  \n{words.markdown(before)} → **{words.markdown(after)}**")
    button.button(
        "Take back", key=f"undo-{name}-{enterprise}", type="tertiary",
        help=f"Back to {before}", on_click=state.take_back, args=(name, enterprise),
    )  # fmt: skip
