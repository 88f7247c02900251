"""Whether each firm survives, in words, and the picture of its cash with the lowest point marked."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import altair as alt
import streamlit as st

from coopfin.comparison import verdict
from coopfin.comparison.compare import Comparison
from coopfin.engine.projection import Projection
from coopfin.ui.parts import colours, words
from coopfin.ui.parts.picture import key, picture, zero_line
from coopfin.ui.session.presets import Words
from coopfin.ui.session.state import State

MEASURES_SHOWN = ("lowest_cash", "funding_gap", "break_even_year")


def sentence(comparison: Comparison, said: Words) -> str:
    """What becomes of each firm."""
    return " ".join(f"{words.firm(each)}: {_fate(comparison, each, said.currency)}." for each in comparison.projections)


def _fate(comparison: Comparison, enterprise: str, currency: str) -> str:
    found = verdict.fate(comparison.projections[enterprise])
    lowest, gap = words.money(float(found.lowest_cash), currency), words.money(float(found.gap), currency)
    when = f"in {words.month(float(found.lowest_cash_month))}"
    cash = f"short of {gap} {when}" if found.runs_dry else f"never short of cash, at the lowest {lowest} {when}"
    even = float(found.break_even_year)
    return f"{cash}; {'never breaks even' if math.isnan(even) else f'the first surplus comes in year {even:.0f}'}"


def cash_picture(chosen: State) -> None:
    """Cash of all firms over the years, each with its lowest point marked."""
    comparison, currency = chosen.comparison, chosen.base.words.currency
    rows = [
        {"firm": words.firm(each), "year": year, "cash": float(x.cash[year]), "lowest": _mark(comparison, each, year)}
        for each, x in comparison.projections.items()
        for year in range(x.years + 1)
    ]
    firms = tuple(map(words.firm, comparison.projections))
    unit = f" ({currency})" if currency else ""
    title = f"Cash at each year's end{unit}, the lowest point marked; below 0 it is a funding gap"
    picture(chosen, "cash", title, rows, _specification(firms), _spoken(comparison.projections, comparison, currency))


def _mark(comparison: Comparison, enterprise: str, year: int) -> str:
    if math.ceil(comparison["lowest_cash_month"].values[enterprise] / 12) != year:
        return ""
    return f"lowest: {words.amount(comparison['lowest_cash'].values[enterprise])}"


@st.cache_resource(show_spinner=False, max_entries=32)
def _specification(firms: tuple[str, ...]) -> dict[str, Any]:
    shades = [colours.FIRMS[i % len(colours.FIRMS)] for i in range(len(firms))]
    base = alt.Chart().encode(
        x=alt.X("year:Q", title="Year (0 is the launch)", axis=alt.Axis(tickMinStep=1, format="d", grid=False)),
        y=alt.Y("cash:Q", title=None, scale=alt.Scale(padding=30), axis=alt.Axis(format="~s", tickCount=6)),
        color=alt.Color("firm:N", scale=alt.Scale(domain=list(firms), range=shades), legend=key()),
    )
    lines = base.mark_line(strokeWidth=3, point=alt.OverlayMarkDef(size=40)).encode(
        strokeDash=alt.StrokeDash("firm:N", scale=alt.Scale(domain=list(firms), range=list(colours.DASHES)), legend=None),
        tooltip=[
            alt.Tooltip("firm:N", title="Firm"),
            alt.Tooltip("year:Q", title="Year"),
            alt.Tooltip("cash:Q", title="Cash", format=",.0f"),
        ],
    )
    marked = base.transform_filter("datum.lowest != ''")
    points = marked.mark_point(size=220, strokeWidth=3, filled=False, aria=False)
    labels = marked.mark_text(dy=22, fontSize=13, fontWeight="bold", aria=False).encode(text="lowest:N")
    return alt.layer(zero_line(), lines, points, labels).properties(height=340).to_dict(validate=False)


def _spoken(projections: Mapping[str, Projection], comparison: Comparison, currency: str) -> str:
    told = "; ".join(
        f"{words.firm(each)} from {words.money(float(x.cash[0]), currency)} to {words.money(float(x.cash[-1]), currency)}, "
        f"at the lowest {words.money(comparison['lowest_cash'].values[each], currency)} in "
        f"{words.month(comparison['lowest_cash_month'].values[each])}"
        for each, x in projections.items()
    )
    return f"{told}."
