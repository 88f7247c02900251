"""Fan charts: how far apart the futures are, year by year, both firms on one axis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from coopfin.display import colours, words
from coopfin.engine.lines import LINES
from coopfin.ui.shell import theme
from coopfin.uncertainty.futures import Futures


@dataclass(frozen=True)
class View:
    """A line to look at over the years: its question, and the first year in which it means something."""

    line: str
    label: str
    first_year: int = 0


VIEWS = {
    view.label: view
    for view in (
        View("provider_net_income", "Provider income", first_year=1),
        View("cash", "Cash"),
        View("surplus", "Surplus", first_year=1),
        View("providers", "Providers"),
    )
}
BANDS = ("p05", "p25", "p50", "p75", "p95")
BANDS_SAID = "Line: half of the futures lie below. Dark: half of them lie in it. Light: nine in ten."


def chart(found: Futures, view: View, currency: str, marks: tuple[int, ...]) -> None:
    """The middle of the futures, the band that half of them and the one that nine in ten of them lie in."""
    line, fans = LINES[view.line], {firm: fan for firm, fan in found.fans[view.line].items() if firm is not None}
    rows = [
        {"year": year, "firm": words.firm(firm), **dict(zip(BANDS, map(float, fan[:, year]), strict=True))}
        for firm, fan in fans.items()
        for year in range(view.first_year, fan.shape[1])
    ]
    unit = f" ({currency})" if line.unit == "money" and currency else ""
    st.markdown(f"**{words.markdown(line.label + unit)}**  \n{BANDS_SAID}")
    st.vega_lite_chart(
        pd.DataFrame(rows), _specification(tuple(map(words.firm, fans)), marks, theme.ink()),
        key=f"fan-{view.line}", width="stretch", alt=_spoken(view, fans),
    )  # fmt: skip


@st.cache_resource(max_entries=32, show_spinner=False)
def _specification(firms: tuple[str, ...], marks: tuple[int, ...], ink: str) -> dict[str, Any]:
    shades = alt.Scale(domain=list(firms), range=colours.shades(marks))
    base = alt.Chart().encode(
        x=alt.X("year:Q", title="Year (0 is the launch)", axis=alt.Axis(tickMinStep=1, format="d", grid=False)),
        color=alt.Color("firm:N", scale=shades, legend=alt.Legend(orient="top", title=None, symbolOpacity=1, columns=3)),
    )
    axis = alt.Axis(format="~s", tickCount=6)
    bands = [
        base.mark_area(opacity=opacity).encode(y=alt.Y(f"{low}:Q", title=None, axis=axis), y2=f"{high}:Q")
        for low, high, opacity in (("p05", "p95", 0.15), ("p25", "p75", 0.25))
    ]
    middle = base.mark_line(strokeWidth=3, point=alt.OverlayMarkDef(size=45)).encode(
        y=alt.Y("p50:Q", title=None, axis=axis),
        strokeDash=alt.StrokeDash("firm:N", scale=alt.Scale(domain=list(firms), range=colours.dashes(marks)), legend=None),
        tooltip=[
            alt.Tooltip("firm:N", title="Firm"), alt.Tooltip("year:Q", title="Year"),
            *(alt.Tooltip(f"{band}:Q", title=f"{int(band[1:])} in 100 are below", format=",.0f") for band in BANDS),
        ],
    )  # fmt: skip
    zero = alt.Chart().mark_rule(opacity=0.45, color=ink).encode(y=alt.datum(0))
    return alt.layer(zero, *bands, middle).properties(height=340).to_dict(validate=False)


def _spoken(view: View, fans: dict[str, Any]) -> str:
    ends = "; ".join(
        f"{words.firm(firm)}: in the last year {words.amount(float(fan[2, -1]))} in the middle, "
        f"nine in ten from {words.amount(float(fan[0, -1]))} to {words.amount(float(fan[4, -1]))}"
        for firm, fan in fans.items()
    )
    return f"{view.label} over the years. {ends}."
