"""What a page works out of the scenario, kept by value: the same scenario and question again costs nothing."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from coopfin.comparison import goal_seek
from coopfin.comparison.cures import Cure, cures as find_cures
from coopfin.comparison.goal_seek import Found, Goal
from coopfin.engine.assumptions import ASSUMPTIONS, Assumptions
from coopfin.uncertainty import sensitivity
from coopfin.uncertainty.drivers import Drivers, drivers as find_drivers
from coopfin.uncertainty.futures import Futures, Question, look_ahead
from coopfin.uncertainty.sensitivity import Lever, LeverMap, Ranges, Tornado

Key = tuple[object, ...]
Firms = Mapping[str, Assumptions]
ENTRIES = 256


def key(enterprises: Firms) -> Key:
    """All values of the enterprises: equal where, and only where, the enterprises are."""
    return tuple((name, *(float(getattr(a, each)) for each in ASSUMPTIONS)) for name, a in enterprises.items())


def question_key(question: Question) -> Key:
    """All that a question depends on."""
    uncertain = tuple(
        (each.name, each.distribution, each.low, each.likely, each.high, tuple(sorted(each.correlations.items())))
        for each in question.uncertain
    )
    return key(question.enterprises), uncertain, question.draws, question.seed, question.measures, question.lines


def tornado(enterprises: Firms, measure: str, enterprise: str | None, ranges: Ranges) -> Tornado:
    """As ``sensitivity.tornado``."""
    by_name = tuple((lever.assumption, lever.enterprise, *ends) for lever, ends in ranges.items())
    return _tornado(key(enterprises), enterprises, measure, enterprise, by_name, ranges)


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def _tornado(key: Key, _enterprises: Firms, measure: str, enterprise: str | None, ranges: Key, _ranges: Ranges) -> Tornado:
    return sensitivity.tornado(_enterprises, measure, enterprise, _ranges)


def seek(a: Assumptions, lever: str, goal: Goal, which: str) -> Found:
    """As ``goal_seek.seek``. Goals differ by their words."""
    return _seek(key({"": a}), a, lever, goal.words, goal, which)


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def _seek(key: Key, _a: Assumptions, lever: str, words: str, _goal: Goal, which: str) -> Found:
    return goal_seek.seek(_a, lever, _goal, which)


def cures(a: Assumptions, goal: Goal) -> tuple[Cure, ...]:
    """As ``cures.cures``: warnings, desk and the page of the years name the same."""
    return _cures(key({"": a}), a, goal.words, goal)


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def _cures(key: Key, _a: Assumptions, words: str, _goal: Goal) -> tuple[Cure, ...]:
    return find_cures(_a, _goal)


def lever_map(enterprises: Firms, across: Lever, up: Lever, measure: str) -> LeverMap:
    """As ``sensitivity.lever_map``."""
    return _lever_map(
        key(enterprises), enterprises, (across.assumption, across.enterprise), (up.assumption, up.enterprise), measure
    )


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def _lever_map(
    key: Key, _enterprises: Firms, across: tuple[str, str | None], up: tuple[str, str | None], measure: str
) -> LeverMap:
    return sensitivity.lever_map(_enterprises, Lever(*across), Lever(*up), measure)


def futures(question: Question) -> Futures:
    """As ``futures.look_ahead``."""
    return _futures(question_key(question), question)


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def _futures(key: Key, _question: Question) -> Futures:
    return look_ahead(_question)


def drivers(question: Question, enterprise: str | None) -> Drivers:
    """As ``drivers.drivers``, for the one measure of the question and as many points as it has draws."""
    return _drivers(question_key(question), question, enterprise)


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def _drivers(key: Key, _question: Question, enterprise: str | None) -> Drivers:
    q = _question
    return find_drivers(q.enterprises, q.uncertain, q.measures[0], enterprise, points=q.draws, seed=q.seed)
