"""The same need raised four ways: which are enough, what each costs, when, and what is given up for it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from html import escape

import numpy as np
import streamlit as st

from coopfin.capital.ways import Way, answer, raise_the_same
from coopfin.comparison import verdict
from coopfin.comparison.verdict import Fate
from coopfin.display import words
from coopfin.engine.assumptions import ASSUMPTIONS, Assumptions
from coopfin.evidence.facts import read_facts
from coopfin.ui.capital.ways_picture import ways_picture
from coopfin.ui.session.state import State
from coopfin.ui.shell import fields

NEED = 500_000.0  # an example, where nothing is needed
TERMS = ("loan_rate", "loan_years", "loan_grace", "note_rate", "note_cap", "preferred_rate", "equity_1_preference")
# With so little, the money costs nothing.
COSTS = {"loan_rate": 0.0, "note_rate": 0.0, "note_cap": 1.0, "preferred_rate": 0.0}
DILUTION = "vc-median-dilution-per-round-seed-2024"

ROWS: Mapping[str, Callable[[Way, Fate], str]] = {
    "Is it enough?": lambda _, fate: "yes" if fate.lives else f"no: {fate.when}",
    "Still missing at worst": lambda _, fate: "nothing" if fate.lives else words.amount(float(fate.gap)),
    "What it costs in all": lambda way, _: words.amount(float(way.cost)),
    "Paid by the firm on the way": lambda way, _: words.amount(float(np.sum(way.instrument.paid))),
    "At the end: sale, still owed, or par": lambda way, _: words.amount(float(way.instrument.at_horizon)),
    "Of revenue, in the worst year": lambda way, _: words.value(float(way.worst_year), "share"),
    "Part of the firm, and of shareholders' votes, given up": lambda way, _: words.percent(
        float(way.given_up) if way.name == "equity" else 0.0
    ),
    "What the investor earns a year": lambda way, fate: _if_alive(words.value(float(way.instrument.rate.value), "rate"), fate),
    "Times the money": lambda way, fate: _if_alive(words.value(float(way.instrument.multiple), "multiple"), fate),
}


def _if_alive(earned: str, fate: Fate) -> str:
    return earned if fate.lives else f"{earned}<small>on paper only</small>"


def four_ways(now: State, enterprise: str) -> None:
    """Amount and terms, the answer, the table, and the picture of what is paid each year."""
    currency, a = now.base.words.currency, now.scenario.enterprises[enterprise]
    sign = f" ({currency})" if currency else ""
    st.markdown(
        "One need, four ways to meet it at the launch. Each takes the place of all outside capital this firm has now; "
        "everything else stays as it is."
    )
    left, middle, right = st.columns(3, gap="small")
    amount = left.number_input(
        f"To be raised{sign}", 1.0, value=_need(a), step=50_000.0, format="%.0f", key=f"need-{enterprise}",
        help="Start: what is missing at worst without any outside capital.",
    )  # fmt: skip
    before = middle.number_input(
        f"Value of the firm before the round{sign}", 1.0, value=_value_before(a, amount), step=100_000.0,
        format="%.0f", key=f"need-before-{enterprise}", help=words.markdown(f"For the equity. Start: {_why(a)}."),
    )  # fmt: skip
    price = right.number_input(
        "Sale price (× revenue)", 0.0, value=_sale_price(now, enterprise), step=0.1, format="%.2f",
        key=f"need-price-{enterprise}",
        help=words.markdown(f"For the equity: {ASSUMPTIONS['exit_multiple'].meaning} Start: this firm's, or else another's."),
    )  # fmt: skip
    borrowed = _borrowed(now, enterprise)
    ways = raise_the_same(replace(a, exit_multiple=price, **borrowed), amount, before)
    st.markdown(f"**{words.markdown(answer(ways, lambda each: words.money(each, currency)).words)}**")
    st.markdown(words.markdown(_dearest(ways, currency)))
    st.html(_table(ways, amount, currency))
    if borrowed:
        told = ", ".join(
            f"{ASSUMPTIONS[name].label} {words.setting(value, ASSUMPTIONS[name])}" for name, value in borrowed.items()
        )
        st.caption(words.markdown(f"Terms this firm has none of are another firm's, or the middle of what is plausible: {told}."))
    with st.expander("The terms of each: change them in the scenario"):
        for column, name in zip(st.columns(4, gap="small") * 2, TERMS, strict=False):
            each = ASSUMPTIONS[name]
            unit = words.unit_sign(each, currency)
            with column:
                fields.entry(now, name, enterprise, f"{each.label} ({unit})" if unit else each.label, f"term-{name}-{enterprise}")
                low, high = (words.setting(end, each) if each.unit.name != "month" else f"{end:.0f}" for end in each.plausible)
                st.caption(words.markdown(f"Plausible: {low} to {high}. {each.figure}".strip()))
    ways_picture(now, enterprise, ways)


def _borrowed(now: State, enterprise: str) -> dict[str, float]:
    """Terms for what the firm does not use, so that no money comes for nothing: another firm's, or a plausible one."""
    a, found = now.scenario.enterprises[enterprise], dict[str, float]()
    for name, nothing in COSTS.items():
        if float(getattr(a, name)) <= nothing:
            others = [float(getattr(each, name)) for each in now.scenario.enterprises.values()]
            found[name] = next((value for value in others if value > nothing), sum(ASSUMPTIONS[name].plausible) / 2)
    return found


def _dearest(ways: Mapping[str, Way], currency: str) -> str:
    """Which of the ways that are enough costs most and which least; nothing is cheap that does not keep the firm alive."""
    enough = sorted((way for way in ways.values() if way.enough), key=lambda way: float(way.cost))
    if not enough:
        return "What each would cost stands below; none of it keeps the firm alive."
    dear, cheap = (
        f"{way.instrument.kind.label.lower()} ({words.money(float(way.cost), currency)})" for way in (enough[-1], enough[0])
    )
    if len(enough) == 1:
        return f"It costs in all: {dear}."
    return f"Of those that are enough, all years: {dear} would cost most, {cheap} least."


@st.cache_data(show_spinner=False, max_entries=256)
def _gap(_a: Assumptions, key: tuple[float, ...]) -> float:
    return float(verdict.fate(raise_the_same(_a, 0.0, 1.0)["loan"].projection).gap)


def _need(a: Assumptions) -> float:
    """What is missing at worst without outside capital, rounded up to two figures; an example where nothing is."""
    gap = _gap(a, tuple(float(getattr(a, name)) for name in ASSUMPTIONS))
    if gap <= 0:
        return NEED
    size = 10.0 ** (math.floor(math.log10(gap)) - 1)
    return math.ceil(gap / size) * size


def _value_before(a: Assumptions, amount: float) -> float:
    own = float(a.equity_1_pre_money)
    return own if own > 0 else round(amount * (1 / _median_sold() - 1), -4) or amount


def _median_sold() -> float:
    """The median part of a company sold in a seed round."""
    return float(read_facts()[DILUTION].value.split("/")[0]) / 100


def _why(a: Assumptions) -> str:
    if float(a.equity_1_pre_money) > 0:
        return "that of round 1"
    fact = read_facts()[DILUTION]
    return f"the one at which {words.percent(_median_sold())} is sold, the median of a seed round ({fact.source_title})"


def _sale_price(now: State, enterprise: str) -> float:
    prices = [float(a.exit_multiple) for a in now.scenario.enterprises.values() if a.exit_multiple > 0]
    own = float(now.scenario.enterprises[enterprise].exit_multiple)
    return own if own > 0 or not prices else prices[0]


def _table(ways: Mapping[str, Way], amount: float, currency: str) -> str:
    heads = "".join(
        f'<th scope="col" class="number">{escape(kind.label)}<small>{escape(kind.paid_by)}</small></th>'
        for kind in (way.instrument.kind for way in ways.values())
    )
    fates = {name: verdict.fate(way.projection) for name, way in ways.items()}
    rows = "".join(
        f'<tr><th scope="row">{label}</th>'
        + "".join(f'<td class="number">{show(way, fates[name])}</td>' for name, way in ways.items())
        + "</tr>"
        for label, show in ROWS.items()
    )
    empty = "".join(
        f'<p class="remark">{escape(way.instrument.kind.label)}: no yearly return, {escape(way.instrument.why_no_rate)}.</p>'
        for way in ways.values()
        if math.isnan(float(way.instrument.rate.value))
    )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="Four ways side by side"><table class="comparison ways">'
        f"<caption>{words.money(amount, escape(currency))} raised at the launch, all years.</caption>"
        f'<thead><tr><th scope="col">Way</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{empty}'
    )
