"""The map of where each firm is the better one: two levers, everything else as it is."""

from __future__ import annotations

import re
from html import escape
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from coopfin.comparison.measures import MEASURES
from coopfin.comparison.verdict import Verdict, judge
from coopfin.display import colours, words
from coopfin.display.nouns import Words
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.ui.parts import better
from coopfin.ui.session.state import State
from coopfin.ui.shell import levers
from coopfin.uncertainty.contour import zero_line
from coopfin.uncertainty.sensitivity import Lever, LeverMap

# What a place on the map can be, in the order of the legend; the colours are those of colours.PLACES.
SECOND, FIRST, SECOND_SHORT, FIRST_SHORT, BOTH_SHORT, LEVEL, EMPTY = range(7)


def places(found: LeverMap, measure: str) -> NDArray[np.int_]:
    """What each place is, as the one judge says: running out of cash comes before being better off."""
    first, second = found.out_of_cash.values()
    left, right = found.values.values()
    verdicts = judge(MEASURES[measure], left, right, ~first, ~second)
    gap = found.difference
    more = np.select([gap > 0, gap < 0], [SECOND, FIRST], LEVEL)  # where neither way is better
    kinds = np.select(
        [verdicts == each for each in (Verdict.EMPTY, Verdict.BETTER, Verdict.WORSE, Verdict.NOT_JUDGED)],
        [EMPTY, SECOND, FIRST, more], LEVEL,
    )  # fmt: skip
    return np.select([first & second, second, first], [BOTH_SHORT, SECOND_SHORT, FIRST_SHORT], kinds)


def labels(measure: str, firms: list[str], said: Words) -> list[str]:
    """The legend: what each kind of place means."""
    first, second = firms
    dry = [f"{words.the(each, first=True)} runs out of cash" for each in (second, first)]
    return [
        better.ahead(measure, second, said), better.ahead(measure, first, said), *dry, "Both run out of cash",
        "The same in both", "No value there",
    ]  # fmt: skip


def here(chosen: State, measure: str) -> int:
    """What the place is where the levers stand now, worked out for exactly that place."""
    first, second = list(chosen.comparison.projections)[:2]
    values, projections = chosen.comparison[measure].values, chosen.comparison.projections
    place = LeverMap(
        np.zeros(1), np.zeros(1), {each: np.array([[values[each]]]) for each in (first, second)},
        {each: np.array([[not projections[each].lows.lives]]) for each in (first, second)},
    )  # fmt: skip
    return int(places(place, measure)[0, 0])


def sentence(kinds: NDArray[np.int_], names: list[str], now: int) -> str:
    """What holds now, and how much of the map is what, in words."""
    parts = [(int(np.sum(kinds == kind)), name) for kind, name in enumerate(names)]
    told = [f"{_inside(name)} in {_share(count / kinds.size)}" for count, name in sorted(parts)[::-1] if count]
    return f"Where the levers stand now: {_inside(names[now])}. Of this map: {'; '.join(told)}."


def _inside(name: str) -> str:
    """What a place is within a sentence; a firm's own name keeps its capital."""
    return re.sub(r"^(The|Better|More|Both|No)\b", lambda word: word[0].lower(), name)


def _share(part: float) -> str:
    return words.percent(round(part, 2)) if part >= 0.005 else "less than 1 %"


def chart(found: LeverMap, across: Lever, up: Lever, measure: str, chosen: State) -> None:
    """The map, the line on which both firms are equal, and where the levers stand now."""
    firms, said = list(found.values), chosen.base.words
    kinds, names = places(found, measure), labels(measure, firms, said)
    x, y = (words.shown_factor(ASSUMPTIONS[each.assumption].unit) for each in (across, up))
    half = [float(ends[1] - ends[0]) / 2 for ends in (found.across, found.up)]
    columns, rows = np.meshgrid(found.across, found.up)
    cells = pd.DataFrame(
        {
            "x": (columns - half[0]).ravel() * x, "x2": (columns + half[0]).ravel() * x,
            "y": (rows - half[1]).ravel() * y, "y2": (rows + half[1]).ravel() * y,
            "kind": np.array(names)[kinds.ravel()],
            "first": found.values[firms[0]].ravel(), "second": found.values[firms[1]].ravel(),
        }
    )  # fmt: skip
    line = zero_line(found.across, found.up, found.difference) * (x, y, x, y)
    there, others, marks = plans(chosen, across, up), chosen.enterprises[2:], chosen.marks[2:]
    drawn = pd.concat(
        [
            cells.assign(part="cell"),
            pd.DataFrame(line, columns=["x", "y", "x2", "y2"]).assign(part="line"),
            pd.DataFrame({"x": [levers.now(chosen, across) * x], "y": [levers.now(chosen, up) * y], "part": ["now"]}),
            pd.DataFrame([(a * x, b * y, name) for a, b, name in there], columns=["x", "y", "plan"]).assign(part="plan"),
        ]
    )
    used = tuple(name for kind, name in enumerate(names) if np.any(kinds == kind))
    shades = tuple(colours.PLACES[names.index(name)] for name in used)
    titles = tuple(_title(each, said) for each in (across, up))
    ends = tuple(
        (float(axis[0] - h) * f, float(axis[-1] + h) * f)
        for axis, h, f in zip((found.across, found.up), half, (x, y), strict=True)
    )
    st.html(_key(used, shades))
    st.vega_lite_chart(
        drawn, _specification(titles, ends, used, shades, tuple(firms), tuple(words.firm(each) for each in others), marks),
        key="map", width="stretch", alt=sentence(kinds, names, here(chosen, measure)),
    )  # fmt: skip


def plans(chosen: State, across: Lever, up: Lever) -> list[tuple[float, float, str]]:
    """Where each firm beside the two of the map stands by the two levers: across, up, name."""
    if across.enterprise is None and up.enterprise is None:
        return []  # one market for all: they stand where the levers do
    firms = chosen.scenario.enterprises
    return [
        (float(getattr(firms[each], across.assumption)), float(getattr(firms[each], up.assumption)), words.firm(each))
        for each in chosen.enterprises[2:]
    ]


def _key(kinds: tuple[str, ...], shades: tuple[str, ...]) -> str:
    chips = "".join(
        f'<span><span class="chip" style="background:{shade}"></span>{escape(kind)}</span>'
        for kind, shade in zip(kinds, shades, strict=True)
    )
    return f'<div class="chips">{chips}</div>'


def _title(lever: Lever, said: Words) -> str:
    unit = words.unit_sign(ASSUMPTIONS[lever.assumption], said.currency)
    return levers.label(lever) + (f" ({unit})" if unit else "")


@st.cache_resource(show_spinner=False, max_entries=256)
def _specification(
    titles: tuple[str, ...], ends: tuple[tuple[float, float], ...], kinds: tuple[str, ...], shades: tuple[str, ...],
    firms: tuple[str, ...], others: tuple[str, ...], marks: tuple[int, ...],
) -> dict[str, Any]:  # fmt: skip
    scales = [alt.Scale(domain=list(end), nice=False) for end in ends]
    axis = alt.Axis(format="~s", grid=False)
    x = alt.X("x:Q", title=titles[0], scale=scales[0], axis=axis)
    y = alt.Y("y:Q", title=titles[1], scale=scales[1], axis=axis)
    palette = alt.Scale(domain=list(kinds), range=list(shades))
    base = alt.Chart().encode(x=x, y=y)
    cells = (
        base.transform_filter("datum.part == 'cell'")
        .mark_rect(strokeWidth=1)  # in the same colour: no gaps between the cells
        .encode(
            x2="x2:Q", y2="y2:Q", color=alt.Color("kind:N", scale=palette, legend=None),
            stroke=alt.Stroke("kind:N", scale=palette, legend=None),
            tooltip=[
                alt.Tooltip("kind:N", title="Here"),
                *(alt.Tooltip(f"{n}:Q", title=firm, format=",.4~r") for n, firm in zip(("first", "second"), firms, strict=True)),
            ],
        )
    )  # fmt: skip
    line = (
        base.transform_filter("datum.part == 'line'").mark_rule(strokeWidth=2.5, color=colours.PAPER).encode(x2="x2:Q", y2="y2:Q")
    )
    now = base.transform_filter("datum.part == 'now'")
    ring = now.mark_point(size=230, strokeWidth=5, color=colours.PAPER, opacity=1, fill=colours.INK)
    plan = base.transform_filter("datum.part == 'plan'")
    dots = plan.mark_point(size=130, strokeWidth=2.5, stroke=colours.PAPER, filled=True, opacity=1, clip=True).encode(
        fill=alt.Fill("plan:N", scale=alt.Scale(domain=list(others), range=colours.shades(marks)), legend=None),
        tooltip=[alt.Tooltip("plan:N", title="Firm")],
    )
    # Slanted, for they often stand in a row; a wide stroke of the page's colour is behind the letters, whatever the map's.
    names = [
        plan.mark_text(dx=11, angle=305, align="left", fontSize=12, fontWeight="bold", clip=True, aria=False, **look).encode(
            text="plan:N"
        )
        for look in ({"stroke": colours.PAPER, "strokeWidth": 4, "color": colours.PAPER}, {"color": colours.INK})
    ]
    return alt.layer(cells, line, *names, dots, ring).properties(height=460).to_dict(validate=False)
