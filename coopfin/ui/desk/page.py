"""The desk: levers on the left; the sentence, the picture and the table move under the hand."""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from coopfin.display import board, pictures, words
from coopfin.display.sentence import sentence
from coopfin.display.view import view
from coopfin.ui.desk import tools
from coopfin.ui.desk.sweep import sweep
from coopfin.ui.parts.downloads import downloads
from coopfin.ui.parts.table import comparison_table
from coopfin.ui.session import state
from coopfin.ui.session.state import State
from coopfin.ui.shell import controls, frame, rows


def desk(now: State) -> None:
    """Draw the page."""
    seen, base, wording = view(now.comparison.projections), view(now.baseline.projections), now.base.words
    spoken = sentence(seen, wording)
    with st.container(key="desk-answer", gap=None):
        st.html(f'<p class="answer" data-live="sentence" role="status" aria-live="polite">{escape(spoken)}</p>')
        futures = st.empty()
    left, right = frame.sides()
    with right:
        picture = _picture(now, seen, base)
    with left:
        controls.side(now, picture, spoken, partial(sweep, now, picture=picture))
    _below(now)
    _futures(futures, now)


def _picture(now: State, seen: tuple, base: tuple) -> str:  # type: ignore[type-arg]
    """The picture with its switch, the table, and what can be taken along; gives what the picture shows."""
    wording = now.base.words
    side, table = st.columns([25, 31], gap="small")
    with side:
        picture = st.segmented_control(
            "What the picture shows", pictures.VIEWS, default=pictures.HUNDRED, required=True, key="desk-picture",
            label_visibility="collapsed", persist_state="session",
        )  # fmt: skip
        if picture == pictures.HUNDRED:
            drawn = pictures.hundred_picture(seen, pictures.hundred_axis(seen, base), wording)
        else:
            drawn = pictures.years_picture(picture, now.comparison.projections, now.baseline.projections, wording.currency)
        st.markdown(drawn, unsafe_allow_html=True)  # st.html leaves no SVG; every name in it is escaped
    with table:
        st.html(board.board(seen, base, wording.currency))
        tools.tools(now)
    return str(picture)


def _below(now: State) -> None:
    """Under the first screen: what can be taken along, and all rows."""
    with st.expander("Take it with you: the scenario, and every line of every year", key="take-along"):
        downloads(now, now.comparison)
    with st.expander("All rows: every measure, with how it is worked out", key="all-rows"):
        st.html(comparison_table(now.comparison, now.base.words.currency, all_rows=True, explain=state.explain))


def _futures(place: object, now: State) -> None:
    """How likely it is, written when all else is drawn."""
    key = (now.base.key, now.base.version, tuple(sorted(now.changes.items())))
    found = rows.chances(key, now)
    if found is None:
        text = "How likely is it? This scenario has no evidence ranges; the page of doubts takes the sliders' ranges."
    else:
        more, lives = (round(100 * share) for share in found)
        second = escape(now.enterprises[1])
        text = (
            f"In <b>{more} of 100</b> futures {escape(words.one(now.base.words.provider))} has more in the {second} "
            f"<em>and</em> it lives; it lives in {lives}."
        )
    place.html(f'<p class="futures" title="1,000 draws from the evidence ranges of the preset">{text}</p>')  # type: ignore[attr-defined]
