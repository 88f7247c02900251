"""The same need raised four ways: what each costs, when, and what is given up for it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from html import escape
from typing import Any

import altair as alt
import numpy as np
import streamlit as st

from coopfin.capital.ways import Way, raise_the_same
from coopfin.comparison.measures import MEASURES
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.evidence.facts import read_facts
from coopfin.ui.capital.flows import LABELS
from coopfin.ui.parts import colours, words
from coopfin.ui.parts.picture import key, picture
from coopfin.ui.session.state import State
from coopfin.ui.shell import fields

NEED = 500_000.0  # an example to start from
TERMS = ("loan_rate", "loan_years", "note_rate", "note_cap", "preferred_rate", "equity_1_preference")
DILUTION = "vc-median-dilution-per-round-seed-2024"

ROWS: Mapping[str, Callable[[Way, str], str]] = {
    "What it costs in all": lambda way, _: words.amount(float(way.cost)),
    "Paid by the firm on the way": lambda way, _: words.amount(float(np.sum(way.instrument.paid))),
    "At the end: sale, still owed, or par": lambda way, _: words.amount(float(way.instrument.at_horizon)),
    "Of revenue, in the worst year": lambda way, _: words.value(float(way.worst_year), "share"),
    "Part of the firm, and of shareholders' votes, given up": lambda way, name: words.percent(
        float(way.given_up) if name == "equity" else 0.0
    ),
    "What the investor earns a year": lambda way, _: words.value(float(way.instrument.rate.value), "rate"),
    "Times the money": lambda way, _: words.value(float(way.instrument.multiple), "multiple"),
    "The firm's lowest cash then": lambda way, _: words.amount(float(MEASURES["lowest_cash"](way.projection))),
}


def four_ways(chosen: State, enterprise: str) -> None:
    """Amount and terms, the table, and the picture of what is paid each year."""
    currency, a = chosen.base.words.currency, chosen.scenario.enterprises[enterprise]
    sign = f" ({currency})" if currency else ""
    st.markdown(
        "One need, four ways to meet it at the launch. Each takes the place of all outside capital this firm has now; "
        "everything else stays as it is."
    )
    left, middle, right = st.columns(3, gap="small")
    amount = left.number_input(f"To be raised{sign}", 1.0, value=NEED, step=50_000.0, format="%.0f", key="need")
    before = middle.number_input(
        f"Value of the firm before the round{sign}", 1.0, value=_value_before(chosen, enterprise, amount), step=100_000.0,
        format="%.0f", key=f"need-before-{enterprise}",
        help=words.markdown(f"For the equity. Start: {_why(chosen, enterprise)}."),
    )  # fmt: skip
    price = right.number_input(
        "Sale price (× revenue)", 0.0, value=_sale_price(chosen, enterprise), step=0.1, format="%.2f",
        key=f"need-price-{enterprise}",
        help=words.markdown(f"For the equity: {ASSUMPTIONS['exit_multiple'].meaning} Start: this firm's, or else another's."),
    )  # fmt: skip
    with st.expander("The terms of each: change them in the scenario"):
        for column, name in zip(st.columns(3, gap="small") * 2, TERMS, strict=True):
            each = ASSUMPTIONS[name]
            unit = words.unit_sign(each, currency)
            with column:
                fields.entry(
                    chosen, name, enterprise, f"{each.label} ({unit})" if unit else each.label, f"term-{name}-{enterprise}"
                )
                low, high = (words.setting(end, each) for end in each.plausible)
                st.caption(words.markdown(f"Plausible: {low} to {high}. {each.figure}".strip()))
    ways = raise_the_same(replace(a, exit_multiple=price), amount, before)
    st.markdown(f"**{words.markdown(_dearest(ways, currency))}**")
    st.html(_table(ways, amount, currency))
    rows = [
        {
            "instrument": way.instrument.kind.label,
            "year": year,
            "share": float(way.instrument.paid[year] / way.projection.revenue[year]),
        }
        for way in ways.values()
        for year in range(1, way.projection.years + 1)
        if way.projection.revenue[year] > 0
    ]
    if rows:
        told = ", ".join(f"{way.instrument.kind.label} {words.value(float(way.worst_year), 'share')}" for way in ways.values())
        title = f"{words.firm(enterprise)}: paid in each year, as a share of revenue; a sale is paid by the buyer"
        picture(chosen, "ways", title, rows, _specification(), f"In the worst year: {told}.")


def _dearest(ways: Mapping[str, Way], currency: str) -> str:
    """Which way costs most and which least, all years."""
    least, *_, most = sorted((way for way in ways.values()), key=lambda way: float(way.cost))
    dear, cheap = (f"the {way.instrument.kind.label.lower()} ({words.money(float(way.cost), currency)})" for way in (most, least))
    return f"In all, {dear} would cost most, {cheap} least."


def _value_before(chosen: State, enterprise: str, amount: float) -> float:
    own = float(chosen.scenario.enterprises[enterprise].equity_1_pre_money)
    return own if own > 0 else round(amount * (1 / _median_sold() - 1), -4) or amount


def _median_sold() -> float:
    """The median part of a company sold in a seed round."""
    return float(read_facts()[DILUTION].value.split("/")[0]) / 100


def _why(chosen: State, enterprise: str) -> str:
    if float(chosen.scenario.enterprises[enterprise].equity_1_pre_money) > 0:
        return "that of round 1"
    fact = read_facts()[DILUTION]
    return f"the one at which {words.percent(_median_sold())} is sold, the median of a seed round ({fact.source_title})"


def _sale_price(chosen: State, enterprise: str) -> float:
    prices = [float(a.exit_multiple) for a in chosen.scenario.enterprises.values() if a.exit_multiple > 0]
    own = float(chosen.scenario.enterprises[enterprise].exit_multiple)
    return own if own > 0 or not prices else prices[0]


def _table(ways: Mapping[str, Way], amount: float, currency: str) -> str:
    heads = "".join(
        f'<th scope="col" class="number">{escape(kind.label)}<small>{escape(kind.paid_by)}</small></th>'
        for kind in (way.instrument.kind for way in ways.values())
    )
    rows = "".join(
        f'<tr><th scope="row">{label}</th>'
        + "".join(f'<td class="number">{show(way, name)}</td>' for name, way in ways.items())
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


@st.cache_resource(show_spinner=False)
def _specification() -> dict[str, Any]:
    shades = [colours.INSTRUMENTS[name] for name in LABELS]
    chart = (
        alt.Chart()
        .mark_line(strokeWidth=3, point=alt.OverlayMarkDef(size=45))
        .encode(
            x=alt.X("year:Q", title="Year", axis=alt.Axis(tickMinStep=1, format="d", grid=False)),
            y=alt.Y("share:Q", title=None, axis=alt.Axis(format="~%", tickCount=5)),
            color=alt.Color(
                "instrument:N", scale=alt.Scale(domain=list(LABELS.values()), range=shades),
                legend=key(columns=1),
            ),
            strokeDash=alt.StrokeDash(
                "instrument:N", scale=alt.Scale(domain=list(LABELS.values()), range=list(colours.DASHES)), legend=None
            ),
            tooltip=[
                alt.Tooltip("instrument:N", title="Way"),
                alt.Tooltip("year:Q", title="Year"),
                alt.Tooltip("share:Q", title="Of revenue", format=".1%"),
            ],
        )
    )  # fmt: skip
    return chart.properties(height=380).to_dict(validate=False)
