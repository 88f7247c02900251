"""Goal seek: which value of one assumption reaches a goal, and a button that puts it into the scenario."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import streamlit as st

from coopfin.comparison import verdict
from coopfin.comparison.goal_seek import CASH_NEVER_BELOW_0, HIGHEST, LOWEST, NEAREST, Found, Goal, at_least, at_most
from coopfin.comparison.measures import MEASURES
from coopfin.display import words
from coopfin.engine.assumptions import ASSUMPTIONS, Assumptions
from coopfin.engine.projection import project
from coopfin.ui.parts.cures import cures
from coopfin.ui.session import cached, state
from coopfin.ui.session.state import State


@dataclass(frozen=True)
class Wish:
    """A goal to choose: in words, the measure, and whether it is to be at least or at most the target."""

    words: str
    measure: str
    low: bool = True
    asks: bool = True  # for a target; else the goal is that cash never falls below 0

    def goal(self, target: float) -> Goal:
        """What goal seek looks for."""
        if not self.asks:
            return CASH_NEVER_BELOW_0
        return at_least(self.measure, target) if self.low else at_most(self.measure, target)


WISHES = {
    each.words: each
    for each in (
        Wish("Cash never falls below 0", "lowest_cash", asks=False),
        Wish("It has a surplus by year …", "break_even_year", low=False),
        Wish("A provider earns a month, after own costs, at least …", "provider_month"),
        Wish("Outside capital earns a year at least …", "capital_irr"),
        Wish("Providers at the end are at least …", "providers_final"),
        Wish("Members get refunds of at least …", "patronage_total"),
    )
}
ENDS = {NEAREST: "The nearest", LOWEST: "The lowest", HIGHEST: "The highest"}
# They move no money of the years shown, or are the question itself.
NOT_SOUGHT = ("years", "provider_votes")
LEVERS = [name for name in ASSUMPTIONS if name not in NOT_SOUGHT]


def seek(now: State) -> None:
    """What would mend each red figure; then firm, goal and lever to choose, the answer, and the way back into the scenario."""
    cures(now, "years")
    st.markdown("**Any other goal.** All else equal: the value of one assumption at which it is reached.")
    left, right = st.columns(2, gap="medium")
    with left:
        enterprise = st.selectbox("Firm", now.enterprises, index=now.enterprises.index(now.cooperative), key="seek-firm",
                                  format_func=words.firm)  # fmt: skip
        wish = WISHES[st.selectbox("Goal", list(WISHES), key="seek-goal")]
        target = _target(now, wish, enterprise) if wish.asks else 0.0
    with right:
        lever = st.selectbox(
            "Assumption to move", LEVERS, key="seek-lever", index=LEVERS.index("take_rate"),
            format_func=lambda name: ASSUMPTIONS[name].label, help="Type to search.",
        )  # fmt: skip
        end = st.segmented_control(
            "Look for", list(ENDS), default=NEAREST, required=True, key="seek-end",
            format_func=lambda each: f"{ENDS[each]} value",
        )  # fmt: skip
    with st.spinner("Looking through all values …"):
        a = now.scenario.enterprises[enterprise]
        found = cached.seek(a, lever, wish.goal(target), end)
    _answer(now, enterprise, lever, wish, target, end, found)


def _target(now: State, wish: Wish, enterprise: str) -> float:
    measure = MEASURES[wish.measure]
    factor = 100.0 if measure.unit in words.RATIOS else 1.0
    sign = {"share": " (%)", "rate": " (%)", "money": f" ({now.base.words.currency})", "years": " (year)"}.get(measure.unit, "")
    entered = st.number_input(
        f"{measure.label}{sign}".replace(" ()", ""), value=_suggested(now, wish.measure, enterprise) * factor,
        key=f"seek-target-{wish.measure}-{enterprise}", step=1.0, format="%.1f" if factor > 1 else "%.0f",
    )  # fmt: skip
    return float(entered) / factor


def _suggested(now: State, measure: str, enterprise: str) -> float:
    """What another firm reaches, or else this one, or else the last year."""
    if MEASURES[measure].unit == "years":
        return float(now.comparison.projections[enterprise].years)
    values = now.comparison[measure].values
    others = [value for name, value in values.items() if name != enterprise]
    return next((round(each, 3 if abs(each) < 10 else 0) for each in (*others, values[enterprise]) if not math.isnan(each)), 0.0)


def _answer(now: State, enterprise: str, lever: str, wish: Wish, target: float, end: str, found: Found) -> None:
    assumption, who = ASSUMPTIONS[lever], words.firm(enterprise)
    goal = wish.words.replace("…", _in_words(target, MEASURES[wish.measure].unit, now))
    goal = goal[:1].lower() + goal[1:]
    if math.isnan(found.value):
        closest = f" {found.reason[:1].upper()}{found.reason[1:]}."
        if not math.isnan(found.closest):
            missed = words.difference(found.shortfall, MEASURES[wish.measure].unit).removeprefix("+")
            closest = f" The closest is {words.setting(found.closest, assumption)}, which misses it by {missed}."
        st.warning(words.markdown(f"{who}: no value of “{assumption.label}” does it ({goal}).{closest} Try another assumption."))
        return
    alive = _after(now.scenario.enterprises[enterprise], lever, found.value)
    if found.everywhere:
        told = f"{who}: every value of “{assumption.label}” does it ({goal}). It makes no difference here."
        st.info(words.markdown(told))
        return
    value, is_now = (words.setting(each, assumption) for each in (found.value, now.value(lever, enterprise)))
    told = f"{who}: {ENDS[end].lower()} “{assumption.label}” at which {goal} is {value}; now it is {is_now}."
    # Survival before advantage: what is reached by a firm that then runs dry is no success.
    (st.warning if alive else st.success)(words.markdown(f"{told}{f' But then it is {alive}.' if alive else ''}"))
    st.button(
        f"Put {value} into the scenario", key="put-back", type="primary", on_click=state.change_all,
        args=({(lever, enterprise): found.value},), disabled=now.value(lever, enterprise) == found.value,
        help="As exactly as it was found; “What I changed” takes it back",
    )  # fmt: skip


def _after(a: Assumptions, lever: str, value: float) -> str:
    """When cash is short with the value that was found; empty where it never is."""
    return verdict.fate(project(replace(a, **{lever: value}))).when


def _in_words(target: float, unit: str, now: State) -> str:
    if unit == "money":
        return words.money(target, now.base.words.currency)
    return f"{target:.0f}" if unit == "years" else words.value(target, unit)
