"""What a lender asks: the loan that the surplus can carry, what flows are worth, and the schedule of the loan there is."""

from __future__ import annotations

import math
from html import escape

import numpy as np
import streamlit as st

from coopfin.capital.debt import COVER, FIRST, WORST, Schedule, carried, in_words, schedule
from coopfin.capital.instruments import instruments
from coopfin.capital.lender import IRR, NPV, PV, carried_by_year, present_value, yearly_rate
from coopfin.comparison import verdict
from coopfin.display import words
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.engine.projection import Projection
from coopfin.engine.units import Array
from coopfin.export import to_csv
from coopfin.ui.capital.answer import OUTSIDE, used
from coopfin.ui.parts.downloads import download
from coopfin.ui.session.state import State
from coopfin.ui.shell import fields
from coopfin.ui.years.year_table import Cells, year_heads, year_table

BASES = {WORST: "the worst year of the term", FIRST: "the first year of the term"}
TERMS = ("loan_rate", "loan_years", "loan_month", "loan_grace")


def lender(now: State, enterprise: str) -> None:
    """The question with its terms, the answer, each year by itself, what flows are worth, and the schedule."""
    x, currency = now.comparison.projections[enterprise], now.base.words.currency
    left, right = st.columns(2, gap="medium")
    cover = left.number_input(
        "Cover: how many times the payments must be earned", 1.0, 10.0, COVER, 0.05, format="%.2f", key="loan-cover",
        help="1.25: of every 1.25 that the business leaves after tax, 1 may go to the lender.",
    )  # fmt: skip
    basis = right.selectbox("Surplus of", list(BASES), format_func=BASES.__getitem__, key="loan-basis")
    for column, name in zip(st.columns(len(TERMS), gap="small"), TERMS, strict=True):
        unit = words.unit_sign(ASSUMPTIONS[name], currency)
        with column:
            fields.entry(now, name, enterprise, f"{ASSUMPTIONS[name].label} ({unit})", f"lender-{name}-{enterprise}")
    with np.errstate(divide="ignore", invalid="ignore"):  # at a rate of 0
        found, plan = carried(x, cover, basis), schedule(x.assumptions)
    fate = verdict.fate(x)
    dry = f" But the firm is {fate.when}: first that gap must be closed." if fate.runs_dry else ""
    amount = words.money(found.loan, currency)
    told = f"{words.firm(enterprise)}: a loan of {amount} can be carried." if found.loan else f"{words.firm(enterprise)}:"
    st.markdown(f"**{words.markdown(f'{told} {in_words(found)}{dry}')}**")
    st.html(_years(x, cover, enterprise))
    st.html(_worth(x, currency))
    if x.assumptions.loan > 0:
        st.html(_schedule(plan, enterprise))
        download(now, "loan-schedule", "The loan month by month", lambda: to_csv(_months(plan)))


def _years(x: Projection, cover: float, enterprise: str) -> str:
    years = carried_by_year(x, cover)
    rows = [
        Cells("Operating surplus after tax", [words.whole(each.surplus) for each in years]),
        Cells("May be paid a month", [words.whole(each.payment) for each in years]),
        Cells(f"Loan it would carry ({PV})", [words.whole(each.loan) for each in years], "total"),
    ]
    caption = f"{words.firm(enterprise)}: were every year like this one, the loan it would carry"
    return year_table(caption, year_heads(range(1, x.years + 1)), rows)


def _worth(x: Projection, currency: str) -> str:
    """Present value and yearly rate of each instrument, each with the function that gave it."""
    discount, found = x.assumptions.discount_rate, used(x, OUTSIDE)
    found |= {name: each for name, each in instruments(x).items() if each.number and each.used}
    rows = ""
    for each in found.values():
        rate = yearly_rate(each)
        shown = words.value(rate, "rate") if not math.isnan(rate) else f"–<small>{escape(each.why_no_rate)}</small>"
        rows += (
            f'<tr><th scope="row">{escape(each.label)}</th>'
            f'<td class="number">{words.money(present_value(each.flows, discount), escape(currency))}</td>'
            f'<td class="number">{shown}</td></tr>'
        )
    if not rows:
        return ""
    dry = " The firm runs dry: what comes back then, and at the horizon at par, stands on paper only."
    return (
        f'<div class="scroll"><table class="comparison worth"><caption>What outside capital is worth to who gives it.'
        f"{dry if verdict.fate(x).runs_dry else ''}</caption><thead><tr>"
        f'<th scope="col">Instrument</th><th scope="col" class="number">Worth at the launch, at {words.percent(discount)} a year'
        f'<small>{NPV}</small></th><th scope="col" class="number">Earns a year, where one rate exists<small>{IRR}</small></th>'
        f"</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _schedule(plan: Schedule, enterprise: str) -> str:
    """The schedule by year of the loan, from the month it comes in."""
    columns = {"Interest": plan.interest, "Principal": plan.principal, "Payment": plan.payment}
    rows = [
        Cells(f"{label} ({plan.functions[label.lower()]})", [words.whole(each) for each in _by_year(values)])
        for label, values in columns.items()
    ]
    rows.append(Cells(f"Still owed ({plan.functions['balance']})", map(words.whole, plan.balance[12::12].tolist()), "total"))
    heads = year_heads(range(1, len(plan.balance[12::12]) + 1))
    return year_table(f"{words.firm(enterprise)}: the loan, year by year since it came in", heads, rows)


def _by_year(values: Array) -> list[float]:
    return [float(part.sum()) for part in values[1:].reshape(-1, 12)]


def _months(plan: Schedule) -> list[list[str | float]]:
    """The schedule as rows for a file, the functions in the header."""
    columns = {"interest": plan.interest, "principal": plan.principal, "payment": plan.payment, "balance": plan.balance}
    header: list[str | float] = ["month of the loan", *(f"{name} ({plan.functions[name]})" for name in columns)]
    rows = zip(plan.month.tolist(), *(values.tolist() for values in columns.values()), strict=True)
    return [header, *(list(row) for row in rows)]
