"""The desk: levers on the left; the sentence, the picture and the table move under the hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape

import streamlit as st

from coopfin.comparison.cures import needs
from coopfin.display import board, words
from coopfin.display.decides import decides
from coopfin.display.sentence import sentence
from coopfin.display.view import View, view
from coopfin.ui.desk import futures, handover, pictures, tools
from coopfin.ui.desk.all_rows import all_rows
from coopfin.ui.desk.sweep import sweep
from coopfin.ui.parts.cures import cures
from coopfin.ui.parts.downloads import downloads
from coopfin.ui.plans import arrange, differs, noted
from coopfin.ui.plans.keep import keep
from coopfin.ui.session.state import State
from coopfin.ui.shell import controls, frame


def desk(now: State) -> None:
    """Draw the page."""
    seen, base, wording = view(now.comparison.projections, now.marks), view(now.baseline.projections), now.base.words
    spoken = sentence(seen, wording)
    with st.container(key="desk-answer", gap=None):
        st.html(f'<p class="answer" data-live="sentence" role="status" aria-live="polite">{escape(spoken)}</p>')
    st.html(f'<p class="decides" data-live="decides">{escape(decides(seen, wording))}</p>{futures.line(now)}')
    left, right = frame.sides()
    with right:
        picture = _picture(now, seen, base)
    with left:
        rest = None if futures.known(now) else partial(futures.work_out, now)
        controls.side(now, picture.frame(now, seen, base), spoken, partial(sweep, now, shown=(picture,)), rest)
    _below(now)


def _picture(now: State, seen: View, base: View) -> pictures.Picture:
    """The picture with its switch, the table, and what can be taken along; gives what the picture shows."""
    wording = now.base.words
    what = st.segmented_control(
        "What the picture shows", pictures.VIEWS, default=pictures.HUNDRED, required=True, key="desk-picture",
        label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    picture = pictures.Picture(str(what))
    # The style sheet stands the switch, the picture and the plan on the left, the table and the tools on the right.
    st.markdown(picture.html(now, seen, base), unsafe_allow_html=True)
    keep(now)
    st.html(board.board(seen, base, wording.currency) + _notes(now))
    tools.tools(now)
    return picture


def _notes(now: State) -> str:
    """The notes on the firms, under the table."""
    told = [
        f"<b>{escape(words.firm(each))}</b>: {escape(now.notes['', each])}" for each in now.enterprises if ("", each) in now.notes
    ]
    return f'<p class="notes">{"; ".join(told)}</p>' if told else ""


def _below(now: State) -> None:
    """Under the first screen, each drawn when it is opened: the way out of a red figure, what can be taken along, all rows."""
    folds: dict[str, tuple[str, Callable[[], object]]] = {
        "plans": ("Plans, ready firms and notes: arrange, compare, add", lambda: _plans(now)),
        "take-along": ("Take it with you: a page to hand over, the scenario, every line of every year", lambda: _take_along(now)),
        "all-rows": ("All rows: every measure, with how it is worked out", lambda: st.html(all_rows(now))),
    }
    if not now.mistakes and needs(now.comparison.projections):
        ways_out = ("What would it take? The way out of each red figure", lambda: cures(now, "desk"))
        folds = {"what-it-takes": ways_out} | folds
    for key, (label, draw) in folds.items():
        with st.expander(label, key=key, on_change="rerun") as fold:
            if fold.open:
                draw()


def _plans(now: State) -> None:
    arrange.arrange(now)
    arrange.ready(now)
    differs.differs(now)
    noted.noted(now)


def _take_along(now: State) -> None:
    handover.pages(now)
    downloads(now, now.comparison)
