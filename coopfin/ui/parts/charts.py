"""Lines over the years, all firms on one axis. A chart's specification is built once; a rerun only brings new data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from coopfin.engine.lines import LINES
from coopfin.engine.projection import Projection
from coopfin.ui.parts import colours, words


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


def over_the_years(view: View, projections: Mapping[str, Projection], currency: str) -> None:
    """Draw one statement line of every enterprise over the years."""
    line = LINES[view.line]
    rows = [
        {"year": year, "firm": words.firm(each), "value": float(getattr(x, view.line)[year])}
        for each, x in projections.items()
        for year in range(view.first_year, x.years + 1)
    ]
    unit = currency if line.unit == "money" else line.label.lower()
    firms = tuple(words.firm(each) for each in projections)
    st.vega_lite_chart(
        pd.DataFrame(rows), _specification(f"{line.label} ({unit})" if unit else line.label, firms),
        key=f"chart-{view.line}", width="stretch", alt=_spoken(view, projections),
    )  # fmt: skip


@st.cache_resource(show_spinner=False)
def _specification(title: str, firms: tuple[str, ...]) -> dict[str, Any]:
    shades = [colours.FIRMS[i % len(colours.FIRMS)] for i in range(len(firms))]
    base = alt.Chart().encode(
        x=alt.X("year:Q", title="Year (0 is the launch)", axis=alt.Axis(tickMinStep=1, format="d", grid=False)),
        y=alt.Y("value:Q", title=None, axis=alt.Axis(format="~s", tickCount=6)),
        color=alt.Color("firm:N", scale=alt.Scale(domain=list(firms), range=shades), legend=alt.Legend(orient="top", title=None)),
    )
    tips = [
        alt.Tooltip("firm:N", title="Firm"),
        alt.Tooltip("year:Q", title="Year"),
        alt.Tooltip("value:Q", title=title, format=",.0f"),
    ]
    zero = alt.Chart().mark_rule(opacity=0.45, aria=False).encode(y=alt.datum(0))
    lines = base.mark_line(strokeWidth=3, point=alt.OverlayMarkDef(size=45)).encode(
        strokeDash=alt.StrokeDash("firm:N", scale=alt.Scale(domain=list(firms), range=list(colours.DASHES)), legend=None),
        tooltip=tips,
    )
    return alt.layer(zero, lines).properties(title=title, height=320).to_dict(validate=False)


def _spoken(view: View, projections: Mapping[str, Projection]) -> str:
    ends = "; ".join(
        f"{words.firm(each)} from {words.amount(float(getattr(x, view.line)[view.first_year]))} "
        f"to {words.amount(float(getattr(x, view.line)[-1]))}"
        for each, x in projections.items()
    )
    return f"{view.label} over the years: {ends}."
