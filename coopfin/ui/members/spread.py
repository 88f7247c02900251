"""The view of who gets how much: the spread of the refunds, and the same pool shared out in other ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from coopfin.display import colours, words
from coopfin.members.cents import Number
from coopfin.members.classes import Members, people
from coopfin.members.distribution import gini, histogram, lorenz, other_splits, top_share
from coopfin.members.patronage import Cents
from coopfin.ui.members.memory import remember
from coopfin.ui.members.setup import Setup

RULES = "By these rules"
SHADES = {
    RULES: colours.FIRMS[1],
    "Equally": colours.USES["running"],
    "By use": colours.USES["providers"],
    "By share capital": colours.USES["investors"],
}


@dataclass(frozen=True)
class Spread:
    """How one way of sharing out spreads the pool; money in cents."""

    middle: int
    top_tenth: float
    gini: float
    nothing: int


def view(made: Setup) -> None:
    """Draw the spread."""
    if made.allocation.pool == 0:
        st.info("The pool is 0: there is nothing to spread.")
        return
    ways = remember("ways", made.key, lambda: _ways(made))
    spreads = {way: _spread(amounts) for way, amounts in ways.items()}
    st.html(_headlines(made, spreads[RULES]))
    left, right = st.columns(2)
    with left:
        _bins(made)
    with right:
        _curves(made, ways)
    st.subheader("The same pool, shared out in other ways", anchor=False)
    st.html(_table(made, spreads))
    st.caption(_in_words(made, ways))


def _ways(made: Setup) -> dict[str, Cents]:
    """What each member gets by these rules and in each other way that gives something else."""
    members = made.ledger.members
    others = other_splits(made.allocation.pool, members, _capital(made))
    ways = {RULES: _by_member(made)}
    for way, amounts in others.items():
        together = _together(members, amounts)
        if not any(np.array_equal(together, other) for other in ways.values()):
            ways[way.capitalize()] = together
    return ways


def _capital(made: Setup) -> list[Number]:
    """Share capital: what the ledger says; else a share for each year of membership and at least one, without years one.

    Of a member in several classes the first entry holds it all.
    """
    members, shares = made.ledger.members, made.ledger.shares
    years = members.years or (None,) * len(members)
    if not shares:
        return [max(1.0, float(year or 0)) for year in years]
    first = {rows[0] for rows in people(members).values()}
    return [shares.get(name, 0) if row in first else 0 for row, name in enumerate(members.names)]


def _in_words(made: Setup, ways: Mapping[str, Cents]) -> str:
    same = [way.lower() for way in SHADES if way not in ways]
    told = "All these ways leave classes aside." if not same else f"The same as another way here: {' and '.join(same)}."
    if made.ledger.shares:
        return f"{told} Share capital as the ledger has it."
    if made.ledger.members.years:
        capital = "assumption: one for each year of membership and at least one, as Smart in Belgium asks"
    else:
        capital = "assumption: one each, since the ledger has no years of membership"
    return f"{told} Shares held, {capital}; the ledger does not say how many."


def middle(made: Setup) -> int:
    """What half of the members get or less, in cents: an amount that one of them gets."""
    return _middle(_by_member(made))


def _by_member(made: Setup) -> Cents:
    """The refund of each member, all classes together."""
    return remember("refunds", made.key, lambda: _together(made.ledger.members, made.allocation.refund))


def _together(members: Members, amounts: Cents) -> Cents:
    rows = people(members)
    if len(rows) == len(members):
        return amounts
    return np.array([amounts[found].sum() for found in rows.values()], dtype=np.int64)


def _middle(amounts: Cents) -> int:
    return int(np.sort(amounts)[(len(amounts) - 1) // 2])


def _spread(amounts: Cents) -> Spread:
    return Spread(_middle(amounts), top_share(amounts), gini(amounts), int((amounts == 0).sum()))


def _headlines(made: Setup, spread: Spread) -> str:
    facts = (
        ("In the middle", made.money(spread.middle), "half of the members get this or less"),
        ("The tenth who get most", words.percent(spread.top_tenth), "of the pool go to them"),
        ("Gini", f"{spread.gini:.2f}", "0: all get the same; 1: one gets everything"),
        ("Get nothing", f"{spread.nothing:,}", f"of {made.people:,} members"),
    )
    sections = "".join(
        f'<section><h3>{title}</h3><b>{escape(value)}</b><p class="gap">{about}</p></section>' for title, value, about in facts
    )
    return f'<div class="headlines">{sections}</div>'


def _bins(made: Setup) -> None:
    edges, counts = histogram(_by_member(made) / 10**made.terms.decimals)
    rows = [
        {"range": f"{_edge(low)} to {_edge(high)}", "members": int(count)}
        for low, high, count in zip(edges[:-1], edges[1:], counts, strict=True)
    ]
    spoken = "; ".join(f"{row['range']}: {row['members']:,} members" for row in rows)
    st.vega_lite_chart(
        pd.DataFrame(rows), _bins_specification(f"{_sample(made)}Members by refund ({made.currency or 'money'})"),
        key="chart-bins", width="stretch", alt=f"How many members get how much. {spoken}.",
    )  # fmt: skip


def _sample(made: Setup) -> str:
    return "Sample. " if made.letters.heading.sample else ""


def _edge(value: float) -> str:
    return words.amount(value) if value >= 1 or value == 0 else f"{value:g}"


@st.cache_resource(max_entries=32, show_spinner=False)
def _bins_specification(title: str) -> dict[str, Any]:
    y = alt.Y("range:N", sort=None, title=None, axis=alt.Axis(labelLimit=150, labelOverlap=False))
    x = alt.X("members:Q", title="Members", axis=alt.Axis(format="~s", tickCount=5))
    tips = [alt.Tooltip("range:N", title="Refund from"), alt.Tooltip("members:Q", title="Members", format=",")]
    bars = alt.Chart().mark_bar(color=SHADES[RULES]).encode(x=x, y=y, tooltip=tips)
    return bars.properties(title=title, height=380).to_dict(validate=False)


def _curves(made: Setup, ways: Mapping[str, Cents]) -> None:
    rows = [
        {"way": way, "people": people, "share": share}
        for way, amounts in ways.items()
        for people, share in zip(*(each.tolist() for each in lorenz(amounts, 51)), strict=True)
    ]
    halves = "; ".join(f"{way}: {words.percent(float(lorenz(amounts, 3)[1][1]))}" for way, amounts in ways.items())
    st.vega_lite_chart(
        pd.DataFrame(rows), _curve_specification(tuple(ways), _sample(made)), key="chart-curves", width="stretch",
        alt=f"What share of the pool the half of the members with the smallest refunds get. {halves}.",
    )  # fmt: skip


@st.cache_resource(max_entries=32, show_spinner=False)
def _curve_specification(ways: tuple[str, ...], sample: str) -> dict[str, Any]:
    shades = [SHADES[way] for way in ways]
    axis = alt.Axis(format="%", grid=True, tickCount=5)
    key = alt.Legend(orient="top", title=None, columns=2)
    lines = alt.Chart().mark_line(strokeWidth=3).encode(
        x=alt.X("people:Q", title="Members, smallest refund first", axis=axis),
        y=alt.Y("share:Q", title="Share of the pool they get together", axis=axis),
        color=alt.Color("way:N", scale=alt.Scale(domain=list(ways), range=shades), legend=key),
        strokeDash=alt.StrokeDash("way:N", scale=alt.Scale(domain=list(ways), range=list(colours.DASHES)), legend=None),
        tooltip=[
            alt.Tooltip("way:N", title="Shared out"), alt.Tooltip("people:Q", title="Members", format=".0%"),
            alt.Tooltip("share:Q", title="Get together", format=".1%"),
        ],
    )  # fmt: skip
    return lines.properties(title=f"{sample}The straighter, the more equal", height=380).to_dict(validate=False)


def _table(made: Setup, spreads: Mapping[str, Spread]) -> str:
    heads = "".join(f'<th scope="col" class="number">{way}</th>' for way in spreads)
    lines = (
        ("The member in the middle gets", [made.plain(each.middle) for each in spreads.values()]),
        ("The tenth who get most get", [words.percent(each.top_tenth) for each in spreads.values()]),
        ("Gini", [f"{each.gini:.2f}" for each in spreads.values()]),
        ("Members who get nothing", [f"{each.nothing:,}" for each in spreads.values()]),
    )
    body = "".join(
        f'<tr><th scope="row">{label}</th>{"".join(f"<td class=number>{cell}</td>" for cell in cells)}</tr>'
        for label, cells in lines
    )
    money = f"Money in {escape(made.currency)}." if made.currency else ""
    return (
        f'<div class="scroll"><table class="key"><caption>{money}</caption><thead><tr><th scope="col">Shared out</th>{heads}</tr>'
        f"</thead><tbody>{body}</tbody></table></div>"
    )
