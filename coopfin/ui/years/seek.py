"""Goal seek: which value of one assumption reaches a goal, and a button that puts it into the scenario."""

from __future__ import annotations

import math
from dataclasses import dataclass

import streamlit as st

from coopfin.comparison.goal_seek import Found, Goal, at_least, at_most, highest, lowest
from coopfin.comparison.measures import MEASURES
from coopfin.engine.assumptions import ASSUMPTIONS, Assumptions
from coopfin.ui.parts import words
from coopfin.ui.session import state
from coopfin.ui.session.state import State


@dataclass(frozen=True)
class Wish:
    """A goal to choose: in words, the measure, and whether it is to be at least or at most the target."""

    words: str
    measure: str
    low: bool = True
    target: float | None = None  # asked for where None


WISHES = {
    each.words: each
    for each in (
        Wish("Cash never falls below 0", "lowest_cash", target=0.0),
        Wish("It breaks even by year …", "break_even_year", low=False),
        Wish("A provider who stays takes home at least …", "provider_income_total"),
        Wish("Outside capital earns a year at least …", "capital_irr"),
        Wish("Providers at the end are at least …", "providers_final"),
        Wish("Members get refunds of at least …", "patronage_total"),
    )
}
LOWEST, HIGHEST = "The lowest", "The highest"
# They move no money of the years shown, or are the question itself.
NOT_SOUGHT = ("years", "provider_votes")


def seek(chosen: State) -> None:
    """Choose firm, goal and lever; the answer; and the way back into the scenario."""
    st.markdown("All else equal: the value of **one** assumption at which a goal is reached.")
    left, right = st.columns(2, gap="medium")
    with left:
        enterprise = st.selectbox("Firm", chosen.enterprises, index=len(chosen.enterprises[:2]) - 1, key="seek-firm",
                                  format_func=words.firm)  # fmt: skip
        wish = WISHES[st.selectbox("Goal", list(WISHES), key="seek-goal")]
        target = _target(chosen, wish, enterprise)
    with right:
        lever = st.selectbox(
            "Assumption to move", [name for name in ASSUMPTIONS if name not in NOT_SOUGHT], key="seek-lever",
            index=[name for name in ASSUMPTIONS if name not in NOT_SOUGHT].index("take_rate"),
            format_func=lambda name: ASSUMPTIONS[name].label, help="Type to search.",
        )  # fmt: skip
        end = st.segmented_control(
            "Look for", [LOWEST, HIGHEST], default=LOWEST, required=True, key="seek-end",
            format_func=lambda each: f"{each} value",
        )  # fmt: skip
    a = chosen.scenario.enterprises[enterprise]
    found = _found(_key(a), a, lever, wish.measure, wish.low, target, end == HIGHEST)
    _answer(chosen, enterprise, lever, wish, target, end, found)


def _target(chosen: State, wish: Wish, enterprise: str) -> float:
    if wish.target is not None:
        return wish.target
    unit = MEASURES[wish.measure].unit
    factor = 100.0 if unit in words.RATIOS else 1.0
    sign = {"share": " (%)", "rate": " (%)", "money": f" ({chosen.base.words.currency})", "years": " (year)"}.get(unit, "")
    label = f"{MEASURES[wish.measure].label}{sign}".replace(" ()", "")
    entered = st.number_input(
        label, value=_suggested(chosen, wish.measure, enterprise) * factor, key=f"seek-target-{wish.measure}-{enterprise}",
        step=1.0, format="%.1f" if factor > 1 else "%.0f",
    )  # fmt: skip
    return float(entered) / factor


def _suggested(chosen: State, measure: str, enterprise: str) -> float:
    """What another firm reaches, or else this one, or else the last year."""
    values = chosen.comparison[measure].values
    others = [value for name, value in values.items() if name != enterprise]
    years = float(chosen.comparison.projections[enterprise].years)
    if MEASURES[measure].unit == "years":
        return years
    return next((round(each, 3 if abs(each) < 10 else 0) for each in (*others, values[enterprise]) if not math.isnan(each)), 0.0)


def _key(a: Assumptions) -> tuple[float, ...]:
    return tuple(float(getattr(a, name)) for name in ASSUMPTIONS)


@st.cache_data(show_spinner="Looking through all values …", max_entries=256)
def _found(
    values: tuple[float, ...], _a: Assumptions, lever: str, measure: str, low: bool, target: float, high_end: bool
) -> Found:
    """Kept by ``values``, which say all that is in ``_a``."""
    goal: Goal = at_least(measure, target) if low else at_most(measure, target)
    return (highest if high_end else lowest)(_a, lever, goal)


def _answer(chosen: State, enterprise: str, lever: str, wish: Wish, target: float, end: str, found: Found) -> None:
    assumption, measure = ASSUMPTIONS[lever], MEASURES[wish.measure]
    now = words.setting(chosen.value(lever, enterprise), assumption)
    goal = wish.words if wish.target is not None else wish.words.replace("…", _in_words(target, measure.unit, chosen))
    goal = goal[:1].lower() + goal[1:]
    who = words.firm(enterprise)
    if math.isnan(found.value):
        closest = ""
        if not math.isnan(found.closest):
            missed = words.difference(found.shortfall, measure.unit).removeprefix("+")
            closest = f" The closest is {words.setting(found.closest, assumption)}, which misses it by {missed}."
        st.warning(words.markdown(f"{who}: no value of “{assumption.label}” does it ({goal}).{closest} Try another assumption."))
    elif found.everywhere:
        st.info(words.markdown(f"{who}: every value of “{assumption.label}” does it ({goal}). It makes no difference here."))
    else:
        value = words.setting(found.value, assumption)
        st.success(words.markdown(f"{who}: {end.lower()} “{assumption.label}” at which {goal} is {value}; now it is {now}."))
        st.button(
            f"Put {value} into the scenario", key="put-back", type="primary", on_click=state.change,
            args=(lever, enterprise, found.value), disabled=chosen.value(lever, enterprise) == found.value,
            help="As exactly as it was found; “What I changed” takes it back",
        )  # fmt: skip


def _in_words(target: float, unit: str, chosen: State) -> str:
    if unit == "money":
        return words.money(target, chosen.base.words.currency)
    return f"{target:.0f}" if unit == "years" else words.value(target, unit)
