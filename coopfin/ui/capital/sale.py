"""A sale of the firm: who gets what at any price, and what each round earns."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import altair as alt
import numpy as np
import streamlit as st

from coopfin.capital.cap_table import CapTable
from coopfin.capital.instruments import Instrument, instruments
from coopfin.capital.sale import success_value
from coopfin.capital.waterfall import waterfall
from coopfin.comparison import verdict
from coopfin.display import colours, words
from coopfin.engine.projection import Projection
from coopfin.engine.units import Array
from coopfin.ui.capital.answer import ON_PAPER
from coopfin.ui.capital.rounds import holders
from coopfin.ui.parts.picture import GREY, key, picture
from coopfin.ui.session.hold import hold
from coopfin.ui.session.state import State

POINTS = 61
STEPS = 1000


def sale(now: State, enterprise: str, x: Projection) -> None:
    """The slider, the waterfall, and a table of who gets what."""
    currency, a = now.base.words.currency, x.assumptions
    in_scenario = float(success_value(x))
    top = _round_up(max(2 * in_scenario, 4 * float(x.final.equity_paid_in), float(x.final.revenue), 1.0))
    value = _slider(enterprise, in_scenario, top, currency)
    if in_scenario > 0:
        st.caption(words.markdown(f"In the scenario it is sold for {words.money(in_scenario, currency)} at the horizon."))
    else:
        st.caption("In the scenario it is never sold: this is what a sale at the horizon would bring.")
    if verdict.fate(x).runs_dry:
        st.warning(words.markdown(f"{words.firm(enterprise)} {ON_PAPER}."))
    proceeds = waterfall(a, value)
    st.html(_table(x, value, proceeds, currency))
    prices = np.linspace(0, top, POINTS)
    everywhere = waterfall(a, prices)
    rows = [
        {"holder": label, "sale": price, "gets": float(got)}
        for label, amounts in _curves(everywhere, prices).items()
        for price, got in zip(prices.tolist(), amounts, strict=True)
    ]
    shown = holders(proceeds)
    told = ", ".join(f"{label} {words.money(got, currency)}" for label, (_, got) in shown.items())
    names = tuple((label, colours.HOLDERS[colour]) for label, (colour, _) in shown.items())
    for row in rows:
        row["at"] = value
    title = f"{words.firm(enterprise)}: who gets what at every price; the dashed line is the slider"
    spoken = f"For {words.money(value, currency)}: {told}."
    picture(now, f"waterfall-{enterprise}", title, rows, _specification(names, currency), spoken)


def _curves(table: CapTable, prices: Array) -> dict[str, Array]:
    """What each holder gets at each price."""
    found = {"Founders": table.founders, "Staff options": table.option_pool}
    found |= {f"Round {number}": got for number, got in table.rounds.items()}
    found |= {f"Paper {number}": got for number, got in table.papers.items()}
    return {label: np.broadcast_to(got, prices.shape) for label, got in found.items()}


def _slider(enterprise: str, in_scenario: float, top: float, currency: str) -> float:
    """A price to try; it goes back to the scenario's whenever that changes."""
    key, started = f"sale-{enterprise}", f"sale-started-{enterprise}"
    step = top / STEPS
    if st.session_state.get(started) != (in_scenario, top) or key not in st.session_state:
        st.session_state[started] = (in_scenario, top)
        hold(key, round(in_scenario / step) * step)
    value = st.slider(
        f"What the shareholders are paid in a sale{f' ({currency})' if currency else ''}", 0.0, top, step=step, key=key,
        format="localized", help="What is left when lenders, members and the indivisible reserve have what is theirs.",
    )  # fmt: skip
    # Where the slider stands on the scenario's own price, the exact one counts.
    return in_scenario if abs(value - in_scenario) <= step / 2 else float(value)


def _round_up(amount: float) -> float:
    power = 10.0 ** math.floor(math.log10(amount))
    return next(power * m for m in (1.0, 1.5, 2.0, 3.0, 5.0, 7.5, 10.0) if power * m >= amount)


def _table(x: Projection, value: float, proceeds: CapTable, currency: str) -> str:
    found = instruments(x)
    owners = holders(proceeds)
    rows = "".join(
        _row(label, colour, got, value, None) for label, (colour, got) in owners.items()
        if not label.startswith(("Round", "Paper"))
    )  # fmt: skip
    for label, kind, each in (("Round", "equity", proceeds.rounds), ("Paper", "safe", proceeds.papers)):
        for number, got in each.items():
            paid = replace(found[f"{kind}_{number}"], at_horizon=np.asarray(float(got)))
            rows += _row(f"{label} {number}", f"{label.lower()} {number}", float(got), value, paid)
    together = np.asarray(proceeds.outside)
    if found["equity"].used:
        rows += _row(
            "All rounds and papers" if proceeds.papers else "All rounds",
            "",
            float(together),
            value,
            replace(found["equity"], at_horizon=together),
        )
    money = f" ({currency})" if currency else ""
    heads = "".join(
        f'<th scope="col" class="number">{head}</th>'
        for head in (f"Gets{money}", "Of the sale", f"Paid in{money}", "Multiple", "A year")
    )
    return (
        f'<div class="scroll"><table class="comparison captable"><caption>Sold for {words.money(value, currency)} at the horizon'
        f'. Multiple and yearly return count dividends too.</caption><thead><tr><th scope="col">Holder</th>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(label: str, colour: str, got: float, value: float, paid: Instrument | None) -> str:
    cells = [words.amount(got), words.percent(got / value) if value > 0 else "–"]
    why = ""
    if paid is None:
        cells += ["–", "–", "–"]
    else:
        rate = float(paid.rate.value)
        cells += [words.amount(float(paid.paid_in)), words.value(float(paid.multiple), "multiple"), words.value(rate, "rate")]
        why = f'<small class="remark">No yearly return: {paid.why_no_rate}.</small>' if math.isnan(rate) else ""
    chip = f'<span class="chip {colours.holder_class(colour)}"></span>' if colour else ""
    numbers = "".join(f'<td class="number">{cell}</td>' for cell in cells)
    return f'<tr class="{"" if colour else "total"}"><th scope="row">{chip}{label}{why}</th>{numbers}</tr>'


@st.cache_resource(show_spinner=False, max_entries=32)
def _specification(names: tuple[tuple[str, str], ...], currency: str) -> dict[str, Any]:
    labels, shades = [label for label, _ in names], [shade for _, shade in names]
    unit = f" ({currency})" if currency else ""
    areas = (
        alt.Chart()
        .mark_area(line=False)
        .encode(
            x=alt.X(
                "sale:Q",
                title=f"Paid for the firm{unit}",
                scale=alt.Scale(nice=False),
                axis=alt.Axis(format="~s", grid=False, tickCount=6),
            ),
            y=alt.Y("gets:Q", title=None, stack="zero", axis=alt.Axis(format="~s", tickCount=6)),
            color=alt.Color("holder:N", scale=alt.Scale(domain=labels, range=shades), sort=labels, legend=key(columns=3)),
            order=alt.Order("holder:N"),
            tooltip=[
                alt.Tooltip("holder:N", title="Holder"),
                alt.Tooltip("sale:Q", title="Sold for", format=",.0f"),
                alt.Tooltip("gets:Q", title="Gets", format=",.0f"),
            ],
        )
    )
    here = alt.Chart().mark_rule(color=GREY, strokeWidth=2, strokeDash=[4, 3], aria=False).encode(x="max(at):Q")
    return alt.layer(areas, here).properties(height=320).to_dict(validate=False)
