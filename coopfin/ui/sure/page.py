"""The page of doubts: which assumption decides it, where it turns around, how likely it is. One view at a time is worked out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import streamlit as st

from coopfin.comparison.measures import MEASURES
from coopfin.engine.declaration import AssumptionError
from coopfin.ui.parts import charts, words
from coopfin.ui.session import cached
from coopfin.ui.session.state import State
from coopfin.ui.shell import levers
from coopfin.ui.sure import big_run, chances, futures_view, lever_map, tornado, uncertain_table, variance
from coopfin.uncertainty.futures import Futures, Question
from coopfin.uncertainty.sensitivity import Lever, Tornado

DRAWS, SEED, POINTS = 2_000, 1, 1_024
ACROSS, UP = "take_rate", "sales_per_provider"  # of the map at first; the second firm's where it is a firm's own


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
        return f"{MEASURES[self.measure].label}, {self.whose or 'difference: the second firm less the first'}"


def page(chosen: State) -> None:
    """The answer, what to ask, and the view that is chosen."""
    answer = st.container()
    asked = _ask(chosen)
    found = cached.tornado(chosen.scenario.enterprises, asked.measure, asked.whose)
    with answer:
        st.markdown(f"#### {words.markdown(sentence(chosen, asked, found))}")
    seen = st.segmented_control(
        "What to look at", list(VIEWS), default=next(iter(VIEWS)), required=True, key="sure-view", label_visibility="collapsed",
        persist_state="session",
    )  # fmt: skip
    VIEWS[seen](chosen, asked)


def _ask(chosen: State) -> Asked:
    firms = chosen.enterprises
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    measure = left.selectbox(
        "Measured by", list(MEASURES), index=list(MEASURES).index(chances.INCOME), key="sure-measure", persist_state="session",
        format_func=lambda name: f"{MEASURES[name].section}: {MEASURES[name].label}",
    )  # fmt: skip
    options = ["", *firms] if len(firms) > 1 else firms
    whose = right.segmented_control(
        "Of", options, default=options[0], required=True, key="sure-whose", persist_state="session",
        format_func=lambda firm: words.markdown(firm) or "difference",
    )  # fmt: skip
    uncertain, mistakes = uncertain_table.current(chosen)
    question = Question(
        chosen.scenario.enterprises, uncertain, DRAWS, SEED, tuple(dict.fromkeys((measure, chances.INCOME))),
        tuple(view.line for view in charts.VIEWS.values()),
    )  # fmt: skip
    futures = None
    if not mistakes:
        try:
            futures = big_run.answered(replace(question, draws=big_run.DRAWS)) or cached.futures(question)
        except AssumptionError as error:
            mistakes = [mistake.message for mistake in error.mistakes]
    return Asked(measure, whose or None, question, futures, mistakes)


def sentence(chosen: State, asked: Asked, found: Tornado) -> str:
    """The answer to both halves of the page's question."""
    said, gap = chosen.base.words, asked.whose is None
    told = []
    if found.bars and found.bars[0].swing > 0:
        widest, what = found.bars[0], "the difference is" if gap else "it is"
        ends = [
            f"{tornado.told(asked.measure, value, said, gap=gap)} at {levers.setting(widest.lever, setting)}"
            for setting, value in ((widest.low, widest.at_low), (widest.high, widest.at_high))
        ]
        told.append(f"“{levers.label(widest.lever)}” decides most: {what} {', '.join(ends)}")
        if gap:
            turning = sum(tornado.turns(bar, found.base) for bar in found.bars)
            told.append(f"{turning} of {len(found.bars)} assumptions can turn the answer around by themselves")
    else:
        told.append("No assumption moves this measure within its plausible range")
    if asked.futures:
        firms = list(asked.futures.short)
        chance = [chances.earns_more(asked.futures, firms[1], said)] if len(firms) > 1 else []
        chance.append(chances.runs_out(asked.futures, firms[1] if len(firms) > 1 else firms[0]))
        told += [text[:1].upper() + text[1:] for text in chance]
    return ". ".join(told) + "."


def _matters(chosen: State, asked: Asked) -> None:
    found = cached.tornado(chosen.scenario.enterprises, asked.measure, asked.whose)
    moving = [bar for bar in found.bars if bar.swing > 0]
    bars = {"few": f"The {tornado.FEW} widest", "all": f"All {len(moving)} that move it"}
    choice, lever = st.columns([3, 2], vertical_alignment="bottom")
    shown = choice.segmented_control(
        "Bars", list(bars), default="few", required=True, key="bars", persist_state="session", format_func=bars.__getitem__
    )  # fmt: skip
    opened: Lever | None = lever.selectbox(
        "Open a lever", [bar.lever for bar in moving], index=None, key="open-lever", format_func=levers.label,
        placeholder="or click on its bar",
    )  # fmt: skip
    if opened:
        levers.go_to(opened)
    now = tornado.told(asked.measure, found.base, chosen.base.words, gap=asked.whose is None)
    st.markdown(f"**{words.markdown(asked.title)}**  \nThe line is where things stand now: {words.markdown(now)}.")
    tornado.chart(found, asked.measure, gap=asked.whose is None, everything=shown == "all")
    still = [levers.label(bar.lever) for bar in found.bars if bar.swing == 0]
    if still:
        with st.expander(f"{len(still)} assumptions do not move it"):
            st.markdown(words.markdown("; ".join(still)))


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
    st.caption("The dot is where the levers stand now; on the white line both firms are equal. Everything else stays as it is.")


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
