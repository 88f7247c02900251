"""What matters most: every assumption by itself from one plausible end to the other, the widest swing first."""

from __future__ import annotations

import math
from typing import Any, Literal

import altair as alt
import pandas as pd
import streamlit as st

from coopfin.comparison.measures import MEASURES
from coopfin.display import colours, words
from coopfin.display.nouns import Words
from coopfin.evidence.ranges import NO_EVIDENCE
from coopfin.ui.shell import levers, theme
from coopfin.uncertainty.sensitivity import Bar, Tornado

FEW = 12
ROW = 50  # pixels
ROOM = 112  # pixels on both sides for what is written on the bars
FADED = 0.35
DRY = " ∅"  # marks an end at which a firm runs out of money


def told(measure: str, value: float, said: Words, *, gap: bool) -> str:
    """A value of the measure, with its sign if it is a difference, and its currency."""
    unit = MEASURES[measure].unit
    text = words.difference(value, unit) if gap else words.value(value, unit)
    return f"{text} {said.currency}".strip() if unit == "money" and not math.isnan(value) else text


def moving(found: Tornado, *, everything: bool) -> list[Bar]:
    """The bars that move the measure: of what there is evidence for, or where there is none or all are asked for, all."""
    bars = [bar for bar in found.bars if bar.swing > 0]
    known = [bar for bar in bars if bar.evidence]
    return bars if everything or not known else known


def label(bar: Bar, *, told: bool) -> str:
    """What a bar is called; ``told``: with a word where its ends are only the slider's."""
    return levers.label(bar.lever) + (f" – {NO_EVIDENCE}" if told and not bar.evidence else "")


def chart(found: Tornado, measure: str, *, gap: bool, everything: bool) -> None:
    """The bars, with what they say written on them; a click on one leads to its lever."""
    shown = moving(found, everything=everything)
    shown = shown if everything else shown[:FEW]
    if not shown:
        st.info("Nothing moves this measure: no assumption changes it within its plausible range.")
        return
    event = st.vega_lite_chart(
        _rows(found, shown, measure, gap=gap), _specification(MEASURES[measure].unit in words.RATIOS, theme.ink()),
        key="tornado", width="stretch", on_select="rerun", selection_mode="lever", alt=_spoken(shown, measure, gap=gap),
    )  # fmt: skip
    picked = event["selection"].get("lever") or []
    if picked:
        levers.go_to(levers.named(picked[0]["lever"]))


def _rows(found: Tornado, shown: list[Bar], measure: str, *, gap: bool) -> pd.DataFrame:
    unit = MEASURES[measure].unit
    factor = 100 if unit in words.RATIOS else 1
    rows = []
    for place, bar in enumerate(shown):
        left = 0 if math.isnan(bar.at_high) or bar.at_low <= bar.at_high else 1
        for number, (end, setting) in enumerate(zip(bar.ends, (bar.low, bar.high), strict=True)):
            result = words.difference(end.value, unit) if gap else words.value(end.value, unit)
            reached = found.base if math.isnan(end.value) else end.value
            side = min(reached, found.base) if number == left else max(reached, found.base)
            told = "none" if math.isnan(end.value) else result
            rows.append(
                {
                    "place": place, "lever": levers.name(bar.lever), "label": label(bar, told=True),
                    "end": ("low", "high")[number], "from": found.base * factor, "to": reached * factor, "at": side * factor,
                    "side": "left" if number == left else "right",
                    "text": f"{levers.setting(bar.lever, setting)} → {told}{DRY if end.dry else ''}",
                    "dry": " and ".join(end.dry) or "nobody", "shade": FADED if end.dry else 1.0,
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


@st.cache_resource(show_spinner=False, max_entries=512)
def _specification(percent: bool, ink: str) -> dict[str, Any]:
    base = alt.Chart().encode(
        y=alt.Y("place:O", axis=None, scale=alt.Scale(paddingInner=0)),
        tooltip=[
            alt.Tooltip("label:N", title="Assumption"),
            alt.Tooltip("text:N", title="Set to → result"),
            alt.Tooltip("dry:N", title="Runs out of money"),
        ],
    )
    x = alt.X(
        "from:Q", title="%" if percent else None, scale=alt.Scale(zero=False, nice=False, padding=ROOM),
        axis=alt.Axis(format="~s", orient="top", tickCount=4, grid=False),
    )  # fmt: skip
    pick = alt.selection_point(name="lever", fields=["lever"], on="click", clear=False)
    ends = alt.Scale(domain=["low", "high"], range=list(colours.ENDS))
    key = alt.Legend(
        orient="top", title=None, labelExpr="datum.value == 'low' ? 'at the low end of its range' : 'at the high end'"
    )
    bars = (
        base.mark_bar(height=16, yOffset=8, cursor="pointer")
        .encode(x=x, x2="to:Q", color=alt.Color("end:N", scale=ends, legend=key), opacity=alt.Opacity("shade:Q", scale=None))
        .add_params(pick)
    )
    names = base.transform_filter("datum.end == 'low'").mark_text(
        align="left", dy=-12, fontSize=13, fontWeight=600, color=ink, cursor="pointer"
    )
    ends_said: tuple[tuple[str, Literal["left", "right"], int], ...] = (("left", "right", -5), ("right", "left", 5))
    sides = [
        base.transform_filter(f"datum.side == '{side}'")
        .mark_text(align=align, dx=dx, dy=8, fontSize=12, color=ink)
        .encode(x="at:Q", text="text:N")
        for side, align, dx in ends_said
    ]
    now = alt.Chart().mark_rule(opacity=0.35, color=ink).encode(x="from:Q")
    layers = alt.layer(now, bars, names.encode(x=alt.value(0), text="label:N"), *sides)
    return layers.properties(height=alt.Step(ROW)).to_dict(validate=False)


def _spoken(shown: list[Bar], measure: str, *, gap: bool) -> str:
    unit = MEASURES[measure].unit
    say = words.difference if gap else words.value
    return "The widest first: " + "; ".join(
        f"{label(bar, told=True)}: {levers.setting(bar.lever, bar.low)} gives {say(bar.at_low, unit)}, "
        f"{levers.setting(bar.lever, bar.high)} gives {say(bar.at_high, unit)}"
        for bar in shown[:5]
    )
