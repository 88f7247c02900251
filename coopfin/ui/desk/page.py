"""The desk: levers on the left; the sentence, the picture and the table move under the hand."""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from coopfin.display import board
from coopfin.display.decides import decides
from coopfin.display.sentence import sentence
from coopfin.display.view import View, view
from coopfin.ui.desk import futures, pictures, tools
from coopfin.ui.desk.sweep import sweep
from coopfin.ui.parts.downloads import downloads
from coopfin.ui.parts.table import comparison_table
from coopfin.ui.session import state
from coopfin.ui.session.state import State
from coopfin.ui.shell import controls, frame


def desk(now: State) -> None:
    """Draw the page."""
    seen, base, wording = view(now.comparison.projections), view(now.baseline.projections), now.base.words
    spoken = sentence(seen, wording)
    with st.container(key="desk-answer", gap=None):
        st.html(
            f'<p class="answer" data-live="sentence" role="status" aria-live="polite">{escape(spoken)}</p>'
            f'<p class="decides" data-live="decides">{escape(decides(seen, wording))}</p>{futures.line(now)}'
        )
    left, right = frame.sides()
    with right:
        picture = _picture(now, seen, base)
    with left:
        rest = None if futures.known(now) else partial(futures.work_out, now)
        controls.side(now, picture, spoken, partial(sweep, now, shown=(picture,)), rest)
    _below(now)


def _picture(now: State, seen: View, base: View) -> str:
    """The picture with its switch, the table, and what can be taken along; gives what the picture shows."""
    wording = now.base.words
    side, table = st.columns([25, 31], gap="small")
    with side:
        picture = st.segmented_control(
            "What the picture shows", pictures.VIEWS, default=pictures.HUNDRED, required=True, key="desk-picture",
            label_visibility="collapsed", persist_state="session",
        )  # fmt: skip
        st.markdown(pictures.picture(str(picture), now, seen, base), unsafe_allow_html=True)
    with table:
        st.html(board.board(seen, base, wording.currency))
        tools.tools(now)
    return str(picture)


def _below(now: State) -> None:
    """Under the first screen: what can be taken along, and all rows."""
    with st.expander(
        "Take it with you: the scenario, and every line of every year", key="take-along", on_change="rerun"
    ) as take_along:
        if take_along.open:
            downloads(now, now.comparison)
    with st.expander("All rows: every measure, with how it is worked out", key="all-rows", on_change="rerun") as all_rows:
        if all_rows.open:
            st.html(comparison_table(now.comparison, now.base.words.currency, all_rows=True, explain=state.explain))
