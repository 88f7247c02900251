"""The desk: levers on the left; the sentence, the picture and the table move under the hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape

import streamlit as st

from coopfin.comparison.cures import needs
from coopfin.display import board
from coopfin.display.decides import decides
from coopfin.display.sentence import sentence
from coopfin.display.view import View, view
from coopfin.ui.desk import futures, pictures, tools
from coopfin.ui.desk.sweep import sweep
from coopfin.ui.parts.cures import cures
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
        controls.side(now, picture.what, spoken, partial(sweep, now, shown=(picture,)), rest)
    _below(now)


def _picture(now: State, seen: View, base: View) -> pictures.Picture:
    """The picture with its switch, the table, and what can be taken along; gives what the picture shows."""
    wording = now.base.words
    side, table = st.columns([25, 31], gap="small")
    with side:
        what = st.segmented_control(
            "What the picture shows", pictures.VIEWS, default=pictures.HUNDRED, required=True, key="desk-picture",
            label_visibility="collapsed", persist_state="session",
        )  # fmt: skip
        picture = pictures.Picture(str(what))
        st.markdown(picture.html(now, seen, base), unsafe_allow_html=True)
    with table:
        st.html(board.board(seen, base, wording.currency))
        tools.tools(now)
    return picture


def _below(now: State) -> None:
    """Under the first screen, each drawn when it is opened: the way out of a red figure, what can be taken along, all rows."""
    folds: dict[str, tuple[str, Callable[[], None]]] = {
        "take-along": ("Take it with you: the scenario, and every line of every year", lambda: downloads(now, now.comparison)),
        "all-rows": ("All rows: every measure, with how it is worked out", lambda: _all_rows(now)),
    }
    if not now.mistakes and needs(now.comparison.projections):
        ways_out = ("What would it take? The way out of each red figure", lambda: cures(now, "desk"))
        folds = {"what-it-takes": ways_out} | folds
    for key, (label, draw) in folds.items():
        with st.expander(label, key=key, on_change="rerun") as fold:
            if fold.open:
                draw()


def _all_rows(now: State) -> None:
    st.html(comparison_table(now.comparison, now.base.words.currency, all_rows=True, explain=state.explain))
