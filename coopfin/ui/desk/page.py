"""The desk: levers on the left; the sentence, the picture and the table move under the hand."""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.ui.desk import board, pictures, tools
from coopfin.ui.desk.decides import decides
from coopfin.ui.desk.sentence import sentence
from coopfin.ui.desk.sweep import sweep
from coopfin.ui.desk.view import View, view
from coopfin.ui.levers import levers, live, moves
from coopfin.ui.parts import words
from coopfin.ui.parts.downloads import downloads
from coopfin.ui.parts.table import comparison_table
from coopfin.ui.session import state
from coopfin.ui.session.state import State
from coopfin.ui.shell import controls, law_marks, rows

KEY = "levers"


def heard() -> None:
    """Take the moves of the levers into the state, before anything is drawn of it."""
    for move in moves(KEY):
        if move.lever in ASSUMPTIONS:
            state.move(move.lever, rows.holders(state.current(), move.lever, move.firm), move.value)


def context(now: State, *shown: str) -> str:
    """All that a sweep depends on beside the levers: the base, what was changed and pinned, and which pictures are shown."""
    return "|".join((now.base.key, *shown, repr(sorted(now.changes.items())), repr(sorted(now.pinned.items()))))


def desk(now: State) -> None:
    """Draw the page."""
    seen, base, wording = view(now.comparison.projections), view(now.baseline.projections), now.base.words
    spoken = sentence(seen, wording)
    with st.container(key="desk-answer", gap=None):
        st.html(f'<p class="answer" data-live="sentence" role="status" aria-live="polite">{escape(spoken)}</p>')
        st.html(f'<p class="decides" data-live="decides">{escape(decides(seen, wording))}</p>')
        futures = st.empty()
    left, right = st.columns([20, 56], gap="medium")
    with right:
        picture = _picture(now, seen, base)
    with left, st.container(key="desk-levers", gap=None):
        controls.scenario(now)
        drawn = rows.rows(now)
        levers(drawn, key=KEY, context=context(now, picture.what), currency=wording.currency, spoken=spoken)
        live(drawn, partial(sweep, now, shown=(picture,)), key=KEY)
        controls.changes(now)
    _below(now)
    _futures(futures, now)


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
    """Under the first screen: the rules of the law that are broken where no lever stands, and all rows."""
    law_marks.others(now, {name for group in rows.GROUPS.values() for name in group})
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
