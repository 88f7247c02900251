"""The stage: the sentence, four figures, two pictures and one lever, for a room; moved by keys or by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from html import escape
from pathlib import Path

import streamlit as st

from coopfin.display import lines
from coopfin.display.sentence import sentence
from coopfin.display.view import PAIR, view
from coopfin.ui.desk.pictures import HUNDRED, Picture
from coopfin.ui.desk.sweep import sweep
from coopfin.ui.levers import Lever, levers, live
from coopfin.ui.session.state import State
from coopfin.ui.shell import rows
from coopfin.ui.shell.controls import context
from coopfin.ui.shell.rows import KEY
from coopfin.ui.stage import bar
from coopfin.ui.stage.figures import figures

STYLE = Path(__file__).with_name("stage.css").read_text(encoding="utf-8")
GUESS = "What do you think will happen, and who pays for it? Write it down first."
Panel = Callable[[State], None]


def stage(now: State, panel: Panel | None = None) -> None:
    """Draw the stage, of the first two firms. ``panel`` draws in the place of the years: what a room answered, for one."""
    st.html(f"<style>{STYLE}</style>")
    seen, base, wording = view(now.comparison.projections, now.marks), view(now.baseline.projections), now.base.words
    every = [_alone(now, each) for each in rows.rows(now)]
    asked = bar.asked([each.name for each in every], (lines.CASH, lines.INCOME))
    shown = [Picture(HUNDRED, flat=True), *([] if panel else [Picture(asked.years, flat=True)])]
    spoken = sentence(seen, wording)
    st.html(f'<p class="answer stage-result" data-live="sentence" role="status" aria-live="polite">{escape(spoken)}</p>')
    st.html(figures(seen[:PAIR], base[:PAIR]))
    with st.container(key="stage-pictures"):
        for column, picture in zip(st.columns(2, gap="small"), (*shown, None), strict=False):
            with column:
                if picture is None:
                    panel and panel(now)
                else:
                    st.markdown(picture.html(now, seen, base), unsafe_allow_html=True)
    st.html(f'<p class="stage-guess">{GUESS}</p>')
    drawn = [next(each for each in every if each.name == asked.lever)]
    with st.container(key="stage-lever", gap=None):
        frame = " ".join(each.frame(now, seen, base) for each in shown)
        levers(drawn, key=KEY, context=context(now), frame=frame, currency=wording.currency, spoken=spoken, legend=False)
        live(drawn, partial(sweep, now, shown=shown), key=KEY)
    bar.bar(now, every, asked, shown)


def _alone(now: State, lever: Lever) -> Lever:
    """The lever as it stands alone: for the first two firms, without its group's name and what is said under the last of it."""
    firms = (rows.ALL, *now.enterprises[:PAIR])
    return replace(lever, group="", note="", thumbs=tuple(each for each in lever.thumbs if each.firm in firms))
