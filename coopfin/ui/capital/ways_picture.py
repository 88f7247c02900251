"""What each way to raise the same costs the firm over the years, as a share of revenue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import streamlit as st

from coopfin.capital.ways import Way
from coopfin.display import colours, words
from coopfin.ui.capital.flows import LABELS
from coopfin.ui.parts.picture import key, picture
from coopfin.ui.session.state import State


def ways_picture(now: State, enterprise: str, ways: Mapping[str, Way]) -> None:
    """A line for each way."""
    rows = [
        {"instrument": way.instrument.kind.label, "year": year, "share": paid / revenue}
        for way in ways.values()
        for year, (paid, revenue) in enumerate(
            zip(way.instrument.paid_by_year.tolist(), way.projection.revenue.tolist(), strict=True)
        )
        if year and revenue > 0
    ]
    if rows:
        told = ", ".join(f"{way.instrument.kind.label} {words.value(float(way.worst_year), 'share')}" for way in ways.values())
        title = f"{words.firm(enterprise)}: paid in each year, of revenue (a sale is paid by its buyer)"
        picture(now, "ways", title, rows, _specification(), f"In the worst year: {told}.")


@st.cache_resource(show_spinner=False)
def _specification() -> dict[str, Any]:
    labels, shades = list(LABELS.values()), [colours.INSTRUMENTS[name] for name in LABELS]
    chart = (
        alt.Chart()
        .mark_line(strokeWidth=3, point=alt.OverlayMarkDef(size=45))
        .encode(
            x=alt.X("year:Q", title="Year", axis=alt.Axis(tickMinStep=1, format="d", grid=False)),
            y=alt.Y("share:Q", title=None, axis=alt.Axis(format="~%", tickCount=5)),
            color=alt.Color("instrument:N", scale=alt.Scale(domain=labels, range=shades), legend=key(columns=2)),
            strokeDash=alt.StrokeDash(
                "instrument:N", scale=alt.Scale(domain=labels, range=list(colours.DASHES[: len(labels)])), legend=None
            ),
            tooltip=[
                alt.Tooltip("instrument:N", title="Way"),
                alt.Tooltip("year:Q", title="Year"),
                alt.Tooltip("share:Q", title="Of revenue", format=".1%"),
            ],
        )
    )
    return chart.properties(height=300).to_dict(validate=False)
