"""The redemption wave: refunds credited to members and paid back later, and the equity that stands on nobody's name."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import altair as alt
import numpy as np
import streamlit as st

from coopfin.capital.common_equity import common_share, due_later
from coopfin.display import colours, words
from coopfin.engine.projection import Projection
from coopfin.ui.parts.picture import key, picture, zero_line
from coopfin.ui.session.state import State
from coopfin.ui.years.year_table import Cells, year_heads, year_table

CREDITED, PAID_BACK = "credited", "paid back"


def credited(now: State) -> None:
    """The wave in words, picture and table, and the share of equity held in common."""
    projections, currency = now.comparison.projections, now.base.words.currency
    for enterprise, x in projections.items():
        st.markdown(words.markdown(f"{words.firm(enterprise)}: {_wave(x, currency)}"))
    rows = [
        {"firm": words.firm(each), "year": year, "what": what, "amount": amount}
        for each, x in projections.items()
        for what, amounts in _bars(x)
        for year, amount in enumerate(amounts)
    ]
    if any(row["amount"] for row in rows):
        firms = tuple(map(words.firm, projections))
        spoken = " ".join(f"{words.firm(each)}: {_wave(x, currency)}" for each, x in projections.items())
        unit = f" ({currency})" if currency else ""
        title = f"Refunds credited to members (up) and paid back (down){unit}; years after the horizon show what is still due"
        picture(now, "credited", title, rows, _specification(firms, now.marks), spoken)
    st.subheader("How much of the equity does nobody own individually?", anchor=False)
    st.markdown(
        "The indivisible reserve is nobody's. Grants, the development fund and retained earnings, less losses, are "
        "nobody's where the firm is never sold; where it is sold, its shareholders get them."
    )
    for column, (enterprise, x) in enumerate(projections.items()):
        st.html(_table(enterprise, column, x))


def _bars(x: Projection) -> Iterator[tuple[str, list[float]]]:
    after = due_later(x)
    nothing = [0.0] * len(after)
    yield CREDITED, [*x.patronage_retained.tolist(), *nothing]
    yield PAID_BACK, [*(-x.redemption).tolist(), *(-after).tolist()]


def _wave(x: Projection, currency: str) -> str:
    credited, back, left = (
        float(value) for value in (np.sum(x.patronage_retained), np.sum(x.redemption), x.allocated_equity[-1])
    )
    if credited == 0:
        return "no refund is credited; there is nothing to pay back."
    told = (
        f"{words.money(credited, currency)} credited to members' accounts over {x.years} years, "
        f"{words.money(back, currency)} of it paid back"
    )
    if back > 0:
        worst = int(np.argmax(x.redemption))
        told += f", most of it in year {worst} ({words.money(float(x.redemption[worst]), currency)})"
    after = due_later(x)
    if len(after) == 0:
        return f"{told}. The rest, {words.money(left, currency)}, has no date."
    if left > 0:
        last = x.years + 1 + int(np.flatnonzero(after)[-1])
        return f"{told}. The rest, {words.money(left, currency)}, falls due after the horizon, the last of it in year {last}."
    return f"{told}."


@st.cache_resource(show_spinner=False, max_entries=32)
def _specification(firms: tuple[str, ...], marks: tuple[int, ...]) -> dict[str, Any]:
    shades = colours.shades(marks)
    bars = (
        alt.Chart()
        .mark_bar()
        .encode(
            x=alt.X("year:O", title="Year", axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            xOffset=alt.XOffset("firm:N", sort=list(firms)),
            y=alt.Y("amount:Q", title=None, stack=None, axis=alt.Axis(format="~s", tickCount=6)),
            color=alt.Color("firm:N", scale=alt.Scale(domain=list(firms), range=shades), legend=key()),
            tooltip=[
                alt.Tooltip("firm:N", title="Firm"),
                alt.Tooltip("year:O", title="Year"),
                alt.Tooltip("what:N", title="What"),
                alt.Tooltip("amount:Q", title="Amount", format=",.0f"),
            ],
        )
    )
    return alt.layer(bars, zero_line()).properties(height=300).to_dict(validate=False)


def _table(enterprise: str, column: int, x: Projection) -> str:
    shares = common_share(x)
    rows = [
        Cells("Credited in the year", map(words.whole, x.patronage_retained.tolist())),
        Cells("Paid back in the year", map(words.whole, (-x.redemption).tolist())),
        Cells("In members' accounts", map(words.whole, x.allocated_equity.tolist()), "total"),
        Cells("Share of equity nobody owns", [words.value(share, "share") for share in shares.tolist()], "total"),
    ]
    why = " (–: losses have used up what is held in common, or there is no equity)" if any(map(math.isnan, shares)) else ""
    return year_table(f"{words.firm(enterprise)}{why}", year_heads(range(x.years + 1)), rows, colours.firm_class(column))
