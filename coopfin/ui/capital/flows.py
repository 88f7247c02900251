"""The picture of outside capital over the years: what it pays in and gets back, all firms on one axis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from coopfin.capital.instruments import EQUITY, LOAN, NOTE, PREFERRED
from coopfin.display import colours, words
from coopfin.engine.projection import Projection
from coopfin.export import to_csv
from coopfin.ui.capital.answer import OUTSIDE, used
from coopfin.ui.parts.downloads import download
from coopfin.ui.parts.picture import zero_line
from coopfin.ui.session.state import State

LABELS = dict(zip(OUTSIDE, (each.label for each in (EQUITY, LOAN, NOTE, PREFERRED)), strict=True))
PAID_IN, PAID, END = "paid in", "paid by the firm", "at the end: sale, still owed, or par"


def flows_picture(now: State) -> None:
    """One picture a firm, the axis the same: below the line paid in, above it paid back, by instrument and year."""
    projections, currency = now.comparison.projections, now.base.words.currency
    rows = {each: [row for name in OUTSIDE for row in _rows(each, name, x)] for each, x in projections.items()}
    together = [row for each in rows.values() for row in each]
    unit = f" ({currency})" if currency else ""
    st.markdown(words.markdown(f"Outside capital by year{unit}: paid in (down), paid back (up)").join(("**", "**")))
    if not together:
        st.info("No outside capital comes in.")
        return
    low, high = _ends(together)
    st.html(_key(_names(projections)))
    names = _names(projections)
    for enterprise, its_rows in rows.items():
        if its_rows:
            st.vega_lite_chart(
                pd.DataFrame(its_rows), _specification(words.firm(enterprise), names, low, high, projections[enterprise].years),
                key=f"chart-flows-{enterprise}", width="stretch",
                alt=f"{words.firm(enterprise)}, outside capital. {_spoken(enterprise, projections, currency)}",
            )  # fmt: skip
        else:
            st.caption(words.markdown(f"{words.firm(enterprise)}: no outside capital comes in."))
    st.caption("Paler: at the end, from a sale, still owed, or shares at par.")
    download(now, "flows", "The picture's data", lambda: to_csv([list(together[0]), *(each.values() for each in together)]))


def _names(projections: Mapping[str, Projection]) -> tuple[str, ...]:
    """The kinds of outside capital that some firm has."""
    return tuple(name for name in OUTSIDE if any(name in used(x, OUTSIDE) for x in projections.values()))


def _key(names: tuple[str, ...]) -> str:
    """One key for all pictures, as HTML."""
    told = "".join(
        f'<span><i class="chip" style="background: {colours.INSTRUMENTS[name]}"></i>{LABELS[name]}</span>' for name in names
    )
    return f'<div class="chips">{told}</div>'


def _rows(enterprise: str, name: str, x: Projection) -> Iterator[dict[str, Any]]:
    each = used(x, OUTSIDE).get(name)
    if each is None:
        return
    raised, paid = each.raised_by_year, each.paid_by_year
    for year in range(x.years + 1):
        ends = float(each.at_horizon) if year == x.years else 0.0
        for what, amount in ((PAID_IN, -float(raised[year])), (PAID, float(paid[year])), (END, ends)):
            if amount:
                row = {"firm": words.firm(enterprise), "year": year, "instrument": LABELS[name], "what": what, "amount": amount}
                yield row


def _ends(rows: list[dict[str, Any]]) -> tuple[float, float]:
    """The lowest and highest pile of any firm and year, so that all firms stand on one axis."""
    piles: dict[tuple[str, int, bool], float] = {}
    for row in rows:
        key = (row["firm"], row["year"], row["amount"] > 0)
        piles[key] = piles.get(key, 0.0) + row["amount"]
    return min(0.0, *piles.values()), max(0.0, *piles.values())


@st.cache_resource(show_spinner=False, max_entries=32)
def _specification(firm: str, names: tuple[str, ...], low: float, high: float, years: int) -> dict[str, Any]:
    labels, shades = [LABELS[name] for name in names], [colours.INSTRUMENTS[name] for name in names]
    bars = (
        alt.Chart()
        .mark_bar()
        .encode(
            x=alt.X(
                "year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True),
                scale=alt.Scale(domain=list(range(years + 1))),
            ),
            y=alt.Y(
                "amount:Q", stack="zero", title=None, axis=alt.Axis(format="~s", tickCount=6),
                scale=alt.Scale(domain=[low, high]),
            ),
            color=alt.Color(
                "instrument:N", scale=alt.Scale(domain=labels, range=shades), legend=None,
            ),
            opacity=alt.condition(f"datum.what == '{END}'", alt.value(0.55), alt.value(1)),
            tooltip=[
                alt.Tooltip("instrument:N", title="Instrument"),
                alt.Tooltip("year:O", title="Year"),
                alt.Tooltip("what:N", title="What"),
                alt.Tooltip("amount:Q", title="Amount", format=",.0f"),
            ],
        )
    )  # fmt: skip
    return (
        alt.layer(bars, zero_line())
        .properties(height=185, title=alt.Title(firm, anchor="start", fontSize=13))
        .to_dict(validate=False)
    )


def _spoken(enterprise: str, projections: Mapping[str, Projection], currency: str) -> str:
    told = "; ".join(
        f"{each.kind.label}: {words.money(float(each.paid_in), currency)} paid in, "
        f"{words.money(float(each.received), currency)} received"
        for each in used(projections[enterprise], OUTSIDE).values()
    )
    return f"{told}."
