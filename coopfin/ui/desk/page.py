"""The desk: levers on the left; the sentence, the picture and the table move under the hand."""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.ui.desk import board, pictures, rows, tools
from coopfin.ui.desk.sentence import sentence
from coopfin.ui.desk.sweep import sweep
from coopfin.ui.desk.view import view
from coopfin.ui.levers import levers, live, moves
from coopfin.ui.parts import words
from coopfin.ui.parts.downloads import downloads
from coopfin.ui.parts.table import comparison_table
from coopfin.ui.plans import arrange, differs, noted
from coopfin.ui.plans.keep import keep
from coopfin.ui.session import state
from coopfin.ui.session.state import State
from coopfin.ui.shell import controls, law_marks

KEY = "levers"


def heard() -> None:
    """Take the moves of the levers into the state, before anything is drawn of it."""
    for move in moves(KEY):
        if move.lever in ASSUMPTIONS:
            state.move(move.lever, rows.holders(state.current(), move.lever, move.firm), move.value)


def desk(now: State) -> None:
    """Draw the page."""
    seen, base, wording = view(now.comparison.projections), view(now.baseline.projections), now.base.words
    spoken = sentence(seen, wording)
    with st.container(key="desk-answer", gap=None):
        st.html(f'<p class="answer" data-live="sentence" role="status" aria-live="polite">{escape(spoken)}</p>')
        futures = st.empty()
    left, right = st.columns([20, 56], gap="medium")
    with right:
        picture = _picture(now, seen, base)
    with left, st.container(key="desk-levers", gap=None):
        controls.scenario(now)
        drawn = rows.rows(now)
        context = "|".join((now.base.key, picture, repr(sorted(now.changes.items())), repr(sorted(now.pinned.items()))))
        levers(drawn, key=KEY, context=context, currency=wording.currency, spoken=spoken)
        live(drawn, partial(sweep, now, picture=picture), key=KEY)
        controls.changes(now)
    _below(now)
    _futures(futures, now)


def _picture(now: State, seen: tuple, base: tuple) -> str:  # type: ignore[type-arg]
    """The picture with its switch, the table, and what can be taken along; gives what the picture shows."""
    wording = now.base.words
    side, table = st.columns([25, 31] if len(seen) <= board.PAIR else [20, 36], gap="small")
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
        keep(now)
    with table:
        st.html(board.board(seen, base, wording.currency))
        st.html(_notes(now))
        tools.tools(now)
    return str(picture)


def _notes(now: State) -> str:
    """The notes on the firms, under the table."""
    told = [
        f"<b>{escape(words.firm(each))}</b>: {escape(now.notes['', each])}" for each in now.enterprises if ("", each) in now.notes
    ]
    return f'<p class="notes">{"; ".join(told)}</p>' if told else '<p class="notes" hidden></p>'


def _below(now: State) -> None:
    """Under the first screen: the rules of the law that are broken where no lever stands, and all rows."""
    law_marks.others(now, {name for group in rows.GROUPS.values() for name in group})
    with st.expander("Plans, ready firms and notes: arrange, compare, add", key="plans"):
        arrange.arrange(now)
        arrange.ready(now)
        differs.differs(now)
        noted.noted(now)
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
