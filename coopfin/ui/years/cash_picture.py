"""The picture of cash, month by month: the lowest point and the first short month marked, the baseline as a ghost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import altair as alt
import streamlit as st

from coopfin.comparison import verdict
from coopfin.display import colours, words
from coopfin.engine.projection import Projection
from coopfin.ui.parts.picture import picture, zero_line
from coopfin.ui.session.state import State

NOW, BEFORE, LOWEST, SHORT = "now", "before", "lowest", "short"
MISSING = "#C62828"
LABEL = 17  # pixels under one another: the lowest points of two firms may be neighbours
MOST_LABELS = 3  # firms: more labels would stand in each other's way


def cash_picture(now: State) -> None:
    """Cash of all firms over the months."""
    projections, currency = now.comparison.projections, now.base.words.currency
    rows = [row for column, (each, x) in enumerate(projections.items()) for row in _line(each, column, x, NOW)]
    if now.baseline is not now.comparison:
        rows += [
            row for column, (each, x) in enumerate(now.baseline.projections.items()) for row in _line(each, column, x, BEFORE)
        ]
    rows += [row for column, (each, x) in enumerate(projections.items()) for row in _marks(each, column, x)]
    firms = tuple(map(words.firm, projections))
    unit = f" ({currency})" if currency else ""
    title = f"Cash, month by month{unit}"
    picture(now, "cash", title, rows, _specification(firms, now.marks), _spoken(projections, currency))


def _line(enterprise: str, column: int, x: Projection, what: str) -> Iterator[dict[str, Any]]:
    """Every month's end; where capital comes in, also the cash before it, so that the line shows the hole it fills."""
    ends, before = x.months.cash, x.cash_before_capital
    for month in range(len(ends)):
        for cash in (
            (float(before[month]), float(ends[month])) if month and before[month] != ends[month] else (float(ends[month]),)
        ):
            yield _point(enterprise, column, month, cash, what)


def _marks(enterprise: str, column: int, x: Projection) -> Iterator[dict[str, Any]]:
    fate = verdict.fate(x)
    low = float(fate.lowest_cash)
    yield _point(enterprise, column, float(fate.lowest_cash_month), low, LOWEST) | {"label": f"lowest: {words.amount(low)}"}
    if fate.runs_dry:
        month = int(fate.first_short_month)
        yield _point(enterprise, column, month, float(x.cash_before_capital[month]), SHORT) | {"label": fate.when}


def _point(enterprise: str, column: int, month: float, cash: float, what: str) -> dict[str, Any]:
    return {
        "firm": words.firm(enterprise), "column": column, "month": month, "when": words.month(month), "cash": cash, "what": what,
        "label": "",
    }  # fmt: skip


@st.cache_resource(show_spinner=False, max_entries=32)
def _specification(firms: tuple[str, ...], marks: tuple[int, ...]) -> dict[str, Any]:
    shades = colours.shades(marks)
    labelled = len(firms) if len(firms) <= MOST_LABELS else 0  # of more the table says it
    base = (
        alt.Chart()
        .transform_calculate(year="datum.month / 12", missing="min(0, datum.cash)")
        .encode(
            x=alt.X("year:Q", title="Years since the launch", axis=alt.Axis(tickMinStep=1, format="d", grid=False)),
            y=alt.Y(
                "cash:Q", title=None, scale=alt.Scale(padding=LABEL * (labelled + 1)), axis=alt.Axis(format="~s", tickCount=6)
            ),
            color=alt.Color(
                "firm:N",
                scale=alt.Scale(domain=list(firms), range=shades),
                legend=alt.Legend(
                    orient="top", title=None, labelLimit=0, symbolOpacity=1, symbolStrokeWidth=0 if labelled else 3, columns=3
                ),
            ),
            tooltip=[
                alt.Tooltip("firm:N", title="Firm"),
                alt.Tooltip("when:N", title="Month"),
                alt.Tooltip("cash:Q", title="Cash", format=",.0f"),
            ],
        )
    )
    dashes = alt.StrokeDash("firm:N", scale=alt.Scale(domain=list(firms), range=colours.dashes(marks)), legend=None)
    order = alt.Order("month:Q")
    layers = [zero_line()]
    is_now = base.transform_filter(f"datum.what == '{NOW}'")
    layers += [
        is_now.mark_area(opacity=0.22, aria=False, color=MISSING).encode(
            y=alt.Y("missing:Q", stack=None), color=alt.value(MISSING), detail="firm:N"
        ),
        base.transform_filter(f"datum.what == '{BEFORE}'")
        .mark_line(strokeWidth=1.5, opacity=0.45, aria=False)
        .encode(strokeDash=alt.value([2, 3]), order=order),
        is_now.mark_line(strokeWidth=2.5).encode(strokeDash=dashes, order=order),
    ]
    lowest, short = (base.transform_filter(f"datum.what == '{what}'") for what in (LOWEST, SHORT))
    layers += [
        lowest.mark_point(size=150, strokeWidth=2.5, filled=False, aria=False),
        short.mark_point(size=130, shape="cross", filled=True, aria=False).encode(color=alt.value(MISSING)),
    ]
    for column in range(labelled):
        told = lowest.transform_filter(f"datum.column == {column}")
        layers.append(
            told.mark_text(
                dy=LABEL * (len(firms) - column) + 4, align="left", dx=4, fontSize=12, fontWeight="bold", aria=False
            ).encode(text="label:N")
        )
    return alt.layer(*layers).properties(height=340).to_dict(validate=False)


def _spoken(projections: Mapping[str, Projection], currency: str) -> str:
    told = []
    for each, x in projections.items():
        fate = verdict.fate(x)
        dry = f", {fate.when}" if fate.runs_dry else ""
        told.append(
            f"{words.firm(each)} from {words.money(float(x.cash[0]), currency)} to {words.money(float(x.cash[-1]), currency)}"
            f"{dry}, at the lowest {words.money(float(fate.lowest_cash), currency)} in "
            f"{words.month(float(fate.lowest_cash_month))}"
        )
    return f"{'; '.join(told)}."
