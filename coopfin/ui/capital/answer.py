"""Who finances each firm and what comes of it, in words, and every instrument side by side."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape

import numpy as np
import streamlit as st

from coopfin.capital.instruments import GRANTS, Instrument, instruments
from coopfin.comparison.compare import Comparison
from coopfin.engine.projection import Projection
from coopfin.ui.parts import colours, words
from coopfin.ui.session.presets import Words
from coopfin.ui.session.state import State
from coopfin.ui.years.year_table import Cells, year_table

OUTSIDE = ("equity", "loan", "note", "preferred")
# Out of what each is paid: on the way, and at the end.
OUT_OF = {
    "equity": ("dividends", "the sale of the company"),
    "loan": ("interest and repayments", "what is still owed"),
    "note": ("a share of revenue", "what is still owed"),
    "preferred": ("dividends", "the shares at par"),
}
SIDE_BY_SIDE = (*OUTSIDE, "member_shares", "grants")


def used(x: Projection, names: tuple[str, ...] = SIDE_BY_SIDE) -> dict[str, Instrument]:
    """The instruments through which money comes in, by name."""
    found = instruments(x)
    return {name: found[name] for name in names if found[name].used}


def sentence(comparison: Comparison, said: Words) -> str:
    """What outside capital pays in and gets back in each firm, and out of what."""
    return " ".join(f"{words.firm(each)}: {_of(comparison, each, said)}." for each in comparison.projections)


def _of(comparison: Comparison, enterprise: str, said: Words) -> str:
    outside = used(comparison.projections[enterprise], OUTSIDE)
    if not outside:
        return "no outside capital"
    paid_in, received = (float(sum(getattr(each, what) for each in outside.values())) for what in ("paid_in", "received"))
    parts = {
        words_for: float(amount)
        for name, each in outside.items()
        for words_for, amount in zip(OUT_OF[name], (np.sum(each.paid), each.at_horizon), strict=True)
    }
    rate = comparison["capital_irr"].values[enterprise]
    a_year = f", {words.percent(rate)} a year" if not math.isnan(rate) else ""
    out_of = f", most of it from {max(parts, key=lambda part: parts[part])}" if received > 0 else ""
    return (
        f"outside capital pays in {words.money(paid_in, said.currency)} and gets {words.money(received, said.currency)}"
        f"{a_year}{out_of}"
    )


def side_by_side(chosen: State) -> None:
    """Every instrument of every firm: what comes in, what comes back, what it earns, how it is paid, votes, coverage."""
    projections, currency = chosen.comparison.projections, chosen.base.words.currency
    st.html(_table(projections, currency))
    st.caption(
        "At the end: proceeds of a sale, what is still owed, or shares at par. A year: the one yearly rate at which "
        "what comes back is worth what was paid in."
    )
    with st.expander("Year by year: what comes in, what is paid, and whether it can be served"):
        for column, (enterprise, x) in enumerate(projections.items()):
            st.html(_by_year(enterprise, column, x, currency))
        st.caption(
            "Coverage: how many times the year's payment is there, after all that comes before it. Below 1 it is paid out "
            "of cash at hand, or, where it depends on a surplus, in part or not at all."
        )


def _table(projections: Mapping[str, Projection], currency: str) -> str:
    heads = "".join(
        f'<th scope="col" class="number">{head}</th>'
        for head in ("Paid in", "Paid back on the way", "At the end", "Multiple", "A year")
    )
    bodies = "".join(
        f'<tbody><tr class="section"><th scope="rowgroup" colspan="6" class="{colours.firm_class(column)}">'
        f"<span>{escape(words.firm(enterprise))}</span></th></tr>{_rows(x)}</tbody>"
        for column, (enterprise, x) in enumerate(projections.items())
    )
    money = f"Money in {escape(currency)}, nominal." if currency else "Money in the scenario's currency, nominal."
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="Every instrument side by side">'
        f'<table class="comparison instruments"><caption>{money}</caption>'
        f'<thead><tr><th scope="col">Instrument</th>{heads}</tr></thead>{bodies}</table></div>'
    )


def _rows(x: Projection) -> str:
    found = used(x)
    if not found:
        return '<tr><th scope="row" colspan="6">No capital comes in.</th></tr>'
    return "".join(_row(each) for each in found.values())


def _row(each: Instrument) -> str:
    paid = float(np.sum(each.paid))
    rate = float(each.rate.value)
    why = (
        f'<small class="remark">No yearly rate: {escape(each.why_no_rate)}.</small>'
        if math.isnan(rate) and each.kind is not GRANTS
        else ""
    )
    votes = "Carries votes." if each.kind.votes else "No votes."
    cells = [words.amount(float(each.paid_in)), words.amount(paid), words.amount(float(each.at_horizon))]
    cells += [words.value(float(each.multiple), "multiple"), words.value(rate, "rate")]
    numbers = "".join(f'<td class="number">{cell}</td>' for cell in cells)
    return (
        f'<tr><th scope="row">{escape(each.kind.label)}<small>Comes in {_when(each)}. Paid by {escape(each.kind.paid_by)}. '
        f"{votes} {_served(each)}</small>{why}</th>{numbers}</tr>"
    )


def _when(each: Instrument) -> str:
    years = [int(year) for year in np.flatnonzero(each.raised > 0)]
    if len(years) > 4:
        return f"over {len(years)} years, from {_year(years[0]).removeprefix('at ').removeprefix('in ')} on"
    told = [_year(year) for year in years]
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"


def _year(year: int) -> str:
    return "at the launch" if year == 0 else f"in year {year}"


def _served(each: Instrument) -> str:
    if not np.any(each.due > 0):
        return ""
    missed = [str(year) for year in np.flatnonzero((each.due > 0) & ~each.served)]
    if not missed:
        return "Can be paid in every year."
    return f"Cannot be paid in full in year{'s' if len(missed) > 1 else ''} {', '.join(missed)}."


def _by_year(enterprise: str, column: int, x: Projection, currency: str) -> str:
    rows: list[Cells] = []
    for each in used(x).values():
        end = np.zeros_like(each.paid)
        end[-1] = each.at_horizon
        rows.append(Cells(each.kind.label, (), "head"))
        figures = {"Comes in": each.raised, "Is paid": -each.paid, "At the end": -end}
        rows += [Cells(label, map(words.whole, line.tolist())) for label, line in figures.items() if np.any(line)]
        if np.any(each.due > 0):
            rows.append(Cells("Coverage", [words.value(value, "multiple") for value in each.coverage.tolist()], "note"))
    unit = f", {currency}" if currency else ""
    return year_table(f"{words.firm(enterprise)}{unit}", range(x.years + 1), rows, colours.firm_class(column))
