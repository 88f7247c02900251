"""The page of doubts: which assumption decides it, where it turns around, how likely it is. One view at a time is worked out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import streamlit as st

from coopfin.comparison.measures import MEASURES
from coopfin.display import words
from coopfin.engine.declaration import AssumptionError
from coopfin.ui.session import cached
from coopfin.ui.session.state import State
from coopfin.ui.shell import levers
from coopfin.ui.shell.answer import say
from coopfin.ui.sure import (
    big_run,
    chances,
    fan,
    futures_view,
    lever_map,
    summary,
    tornado,
    uncertain_rows,
    uncertain_table,
    variance,
)
from coopfin.uncertainty.chances import DRAWS, MEASURE, SEED
from coopfin.uncertainty.futures import Futures, Question
from coopfin.uncertainty.sensitivity import Bar, Lever, Tornado

POINTS = 1_024  # of the sample that says what drives it; the futures are those of the first screen
ACROSS, UP = "take_rate", "demand_first"  # of the map at first; the second firm's where it is a firm's own


@dataclass(frozen=True)
class Asked:
    """What is asked: of which measure, of whom (None: the difference), and in which futures.

    ``futures`` is None where the uncertain assumptions have ``mistakes``.
    """

    measure: str
    whose: str | None
    question: Question
    futures: Futures | None
    mistakes: list[str]

    @property
    def title(self) -> str:
        """Measure and whose, for people."""
        first, *others = self.question.enterprises
        return f"{MEASURES[self.measure].label}, {self.whose or f'{others[0]} less {first}'}"


def page(chosen: State) -> None:
    """The answer, what to look at, and the view that is chosen."""
    place = st.empty()
    look, by = st.columns([4, 1], vertical_alignment="center")
    with look:
        seen = st.segmented_control(
            "What to look at", list(VIEWS), default=next(iter(VIEWS)), required=True, key="sure-view",
            label_visibility="collapsed", persist_state="session",
        )  # fmt: skip
    with by:
        asked = _ask(chosen)
    with place:
        say(sentence(chosen, asked))
    VIEWS[seen](chosen, asked)


def _ask(chosen: State) -> Asked:
    firms = chosen.enterprises
    with st.popover("Measured by …"):
        measure = st.selectbox(
            "Measured by", list(MEASURES), index=list(MEASURES).index(MEASURE), key="sure-measure", persist_state="session",
            format_func=lambda name: f"{MEASURES[name].section}: {MEASURES[name].label}",
        )  # fmt: skip
        options = ["", *firms] if len(firms) > 1 else firms
        whose = st.segmented_control(
            "Of", options, default=options[0], required=True, key="sure-whose", persist_state="session",
            format_func=lambda firm: words.markdown(firm) or "difference",
        )  # fmt: skip
    uncertain, mistakes = uncertain_table.current(chosen)
    question = Question(
        chosen.scenario.enterprises, uncertain, DRAWS, SEED, tuple(dict.fromkeys((measure, MEASURE))),
        tuple(view.line for view in fan.VIEWS.values()),
    )  # fmt: skip
    futures = None
    if not mistakes:
        try:
            futures = big_run.answered(replace(question, draws=big_run.DRAWS)) or cached.futures(question)
        except AssumptionError as error:
            mistakes = [mistake.message for mistake in error.mistakes]
    return Asked(measure, whose or None, question, futures, mistakes)


def sentence(chosen: State, asked: Asked) -> str:
    """The answer, in counts of a hundred futures; or that it cannot be given."""
    if asked.futures is None:
        return "Nobody can say: what is uncertain cannot be drawn as it stands in the table."
    return chances.answer(asked.futures, chosen.base.words)


def _matters(chosen: State, asked: Asked) -> None:
    picture, table = st.columns([3, 2])
    with picture:
        _bars(chosen, asked)
    if asked.futures:
        table.html(summary.table(asked.futures, chosen.base.words))
        table.caption(f"{asked.futures.draws:,} futures, drawn from what “How likely it is” says is uncertain.")


def _bars(chosen: State, asked: Asked) -> None:
    found = cached.tornado(chosen.scenario.enterprises, asked.measure, asked.whose, uncertain_rows.ranges(chosen))
    now = tornado.told(asked.measure, found.base, chosen.base.words, gap=asked.whose is None)
    st.markdown(f"**{words.markdown(asked.title)}**: now {words.markdown(now)}, the line")
    known, every = tornado.moving(found, everything=False), tornado.moving(found, everything=True)
    bars = {"few": f"The widest of {len(known)}", "all": f"All {len(every)} that move it"}
    with st.container(key="bars-below"):
        shown = st.session_state.get("bars", "few")
        tornado.chart(found, asked.measure, gap=asked.whose is None, everything=shown == "all")
        st.segmented_control(
            "Bars", list(bars), default="few", required=True, key="bars", persist_state="session",
            format_func=bars.__getitem__, label_visibility="collapsed",
        )  # fmt: skip
    st.caption(turning(found, known, asked))
    opened: Lever | None = st.selectbox(
        "Open a lever", [bar.lever for bar in every], index=None, key="open-lever", format_func=levers.label,
        placeholder="or click on its bar",
    )  # fmt: skip
    if opened:
        levers.go_to(opened)
    still = [levers.label(bar.lever) for bar in found.bars if bar.swing == 0]
    if still:
        with st.expander(f"{len(still)} assumptions do not move it"):
            st.markdown(words.markdown("; ".join(still)))


def turning(found: Tornado, bars: list[Bar], asked: Asked) -> str:
    """Under the bars: whose ranges they are, what is faded, and how many of them turn the answer around."""
    told = [
        "Ranges from evidence, those of the market for both firms together"
        if bars and bars[0].evidence
        else "No evidence, slider's ranges"
    ]
    if asked.whose is None and MEASURES[asked.measure].better:
        told.append(f"{sum(map(found.turns, bars))} of {len(bars)} turn the answer around by themselves")
    if any(end.dry for bar in bars for end in bar.ends):
        told.append(f"faded and {tornado.DRY.strip()}: there a firm runs out of money")
    return ". ".join(f"{text[:1].upper()}{text[1:]}" for text in told) + "."


def _map(chosen: State, asked: Asked) -> None:
    firms = chosen.enterprises[:2]
    if len(firms) < 2:
        st.info("The map compares two firms; this scenario has only one.")
        return
    options = levers.movable(firms)
    first = [Lever(ACROSS, firms[1]), Lever(UP)]
    left, right = st.columns(2)
    across = left.selectbox("Across", options, index=options.index(first[0]), key="map-across", format_func=levers.label)
    others = [each for each in options if each != across]
    up = right.selectbox(
        "Up", others, index=others.index(first[1] if first[1] in others else first[0]), key="map-up", format_func=levers.label
    )
    found = cached.lever_map(chosen.scenario.enterprises, across, up, asked.measure)
    kinds = lever_map.places(found, asked.measure)
    names = lever_map.labels(asked.measure, firms, chosen.base.words)
    st.markdown(words.markdown(lever_map.sentence(kinds, names, lever_map.here(chosen, asked.measure))))
    lever_map.chart(found, across, up, asked.measure, chosen)
    told = "The ring is where the levers stand now; on the white line both firms are equal. Everything else stays as it is."
    if len(chosen.enterprises) > len(firms):
        told += " The map is of the first two firms; the dots are where the others stand by these two levers."
    st.caption(told)


def _likely(chosen: State, asked: Asked) -> None:
    if asked.futures:
        futures_view.view(chosen, asked.question, asked.futures, asked.measure)
    _uncertain(chosen, asked)


def _drives(chosen: State, asked: Asked) -> None:
    if asked.futures:
        apart = tuple(replace(each, correlations={}) for each in asked.question.uncertain)
        question = replace(asked.question, uncertain=apart, draws=POINTS, measures=(asked.measure,), lines=())
        found = cached.drivers(question, asked.whose)
        st.markdown(words.markdown(variance.sentence(found)))
        if variance.varies(found):
            st.html(variance.table(found, asked.title))
        if apart != asked.question.uncertain:
            st.caption("What moves together is drawn independently here: otherwise the variance cannot be divided among them.")
    _uncertain(chosen, asked)


def _uncertain(chosen: State, asked: Asked) -> None:
    for mistake in asked.mistakes:
        st.error(words.markdown(mistake))
    st.subheader("What is uncertain, and how", anchor=False)
    uncertain_table.table(chosen, asked.question.uncertain)


VIEWS: Mapping[str, Callable[[State, Asked], None]] = {
    "What matters most": _matters,
    "The map": _map,
    "How likely it is": _likely,
    "What drives it": _drives,
}
