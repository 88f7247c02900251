"""The left side: preset or own file, the main levers, and what was changed."""

from __future__ import annotations

import streamlit as st

from coopfin.display import words
from coopfin.ui.levers import Answer, Rest, levers, live
from coopfin.ui.parts.file_field import file_field
from coopfin.ui.session import presets, state
from coopfin.ui.session.base import FILE
from coopfin.ui.session.hold import hold, moved
from coopfin.ui.session.state import State
from coopfin.ui.shell import law_marks, rows
from coopfin.ui.shell.changed import changes


def side(now: State, shown: str = "", spoken: str = "", answer: Answer | None = None, rest: Rest | None = None) -> None:
    """Draw the left side: what was chosen, the main levers, the rules of the law that none of them stands for.

    ``shown`` names what the page shows, ``spoken`` is its answer for a screen reader. With ``answer`` the page moves
    under the hand; ``rest`` is worked out once it rests.
    """
    scenario(now)
    drawn = rows.rows(now)
    levers(drawn, key=rows.KEY, context=context(now), frame=shown, currency=now.base.words.currency, spoken=spoken)
    if answer is not None:
        live(drawn, answer, key=rows.KEY, rest=rest)
    law_marks.others(now, rows.NAMES)
    changes(now)


def context(now: State) -> str:
    """What a sweep depends on beside the levers: the base, the other values, the law."""
    elsewhere = sorted(each for each in now.changes.items() if each[0][0] not in rows.NAMES)
    return repr((now.base.key, now.base.version, elsewhere, sorted(now.pinned.items()), state.law()))


def scenario(now: State) -> None:
    """The choice of a preset or an own file."""
    left = [key for key in state.record().left if key not in presets.names() and key != now.base.key]
    own = [now.base.key] if now.base.is_file else []
    hold("preset", now.base.key)
    st.selectbox("Start from", [*own, *left, *presets.names()], key="preset", on_change=_choose, format_func=_title)
    if now.base.words.after:
        st.caption(words.markdown(now.base.words.after))
    mistakes = state.record().file_mistakes
    with st.expander("Open your own scenario file", expanded=bool(mistakes), key="own-file", on_change="rerun") as place:
        if not (place.open or mistakes):
            return
        file_field("A scenario as CSV, such as the one you can download here", ["csv"], "upload", on_change=_open)
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
