"""Every instrument in detail: when it comes in, its terms, how it is paid, whether it can be served, year by year."""

from __future__ import annotations

from html import escape

import numpy as np
import streamlit as st

from coopfin.capital.instruments import Instrument, instruments
from coopfin.display import colours, words
from coopfin.engine.assumptions import Assumptions
from coopfin.engine.projection import Projection
from coopfin.ui.capital.answer import used
from coopfin.ui.session.state import State
from coopfin.ui.years.year_table import Cells, year_heads, year_table


def terms(now: State) -> None:
    """The terms of every instrument of every firm, and behind a fold its years."""
    projections, currency = now.comparison.projections, now.base.words.currency
    st.html(_table(now))
    with st.expander("Year by year: what comes in, what is paid, and whether it can be served"):
        for column, (enterprise, x) in enumerate(projections.items()):
            st.html(_by_year(enterprise, column, x, currency))
        st.caption(
            "Coverage: how many times the year's payment is there, after all that comes before it. Below 1 it is paid out "
            "of cash at hand, or, where it depends on a surplus, in part or not at all."
        )


def _table(now: State) -> str:
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Instrument", "Comes in", "Terms", "Paid by", "Can it be paid?"))
    bodies = ""
    for column, (enterprise, x) in enumerate(now.comparison.projections.items()):
        rows = "".join(_row(name, each, x.assumptions) for name, each in _each(x).items())
        nothing = '<tr><th scope="row" colspan="5">No capital comes in.</th></tr>'
        bodies += (
            f'<tbody><tr class="section"><th scope="rowgroup" colspan="5" class="{colours.firm_class(column)}">'
            f"<span>{escape(words.firm(enterprise))}</span></th></tr>{rows or nothing}</tbody>"
        )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="Every instrument in detail"><table class="comparison terms">'
        f"<thead><tr>{heads}</tr></thead>{bodies}</table></div>"
    )


def _each(x: Projection) -> dict[str, Instrument]:
    """Rounds and papers one by one, then the others."""
    found = instruments(x)
    single = {name: each for name, each in found.items() if each.number and each.used}
    return single | {name: each for name, each in used(x).items() if name != "equity"}


def _row(name: str, each: Instrument, a: Assumptions) -> str:
    votes = "Carries votes." if each.kind.votes else "No votes."
    return (
        f'<tr><th scope="row">{escape(each.label)}</th><td>{words.amount(float(each.paid_in))} {_when(each)}</td>'
        f"<td>{_terms(name, a)}</td><td>{escape(each.kind.paid_by)}<small>{votes}</small></td><td>{_served(each)}</td></tr>"
    )


def _terms(name: str, a: Assumptions) -> str:
    """The terms of one instrument in words."""
    kind, _, number = name.partition("_")
    if kind == "equity":
        before, preference = (getattr(a, f"equity_{number}_{part}") for part in ("pre_money", "preference"))
        shares = ", then shares with all" if getattr(a, f"equity_{number}_participating") else ""
        pool = getattr(a, f"equity_{number}_pool")
        options = f"; option pool of {words.percent(pool)} after it" if pool else ""
        return f"firm worth {words.amount(before)} before; gets {words.value(preference, 'multiple')} first{shares}{options}"
    if kind == "safe":
        cap, discount, interest = (getattr(a, f"safe_{number}_{part}") for part in ("cap", "discount", "interest"))
        parts = (f"cap {words.amount(cap)}" if cap else "no cap", f"{words.percent(discount)} off the next round's price")
        return f"{', '.join(parts)}; {words.percent(interest)} interest converts along"
    if name == "loan":
        grace = f", the first {a.loan_grace} months interest only" if a.loan_grace else ""
        return f"{words.percent(a.loan_rate)} a year over {a.loan_years} years{grace}; then level payments every month"
    if name == "note":
        share, cap = words.percent(a.note_rate), words.value(a.note_cap, "multiple")
        return f"{share} of each month's revenue, until {cap} of it is paid"
    if name == "preferred":
        return f"{words.percent(a.preferred_rate)} a year, not made up for later"
    if name == "member_shares":
        return f"{words.amount(a.member_share)} each; {words.percent(a.share_interest_rate)} a year at most"
    return "never repaid"


def _when(each: Instrument) -> str:
    months = np.flatnonzero(each.raised > 0)
    if len(months) == 1:
        return "at the launch" if months[0] == 0 else f"in {words.month(float(months[0]))}"
    return "as providers join" if months[0] == 0 else f"from {words.month(float(months[0]))} on"


def _served(each: Instrument) -> str:
    if not np.any(each.due > 0):
        return "nothing is due"
    missed = [str(year) for year in np.flatnonzero((each.due > 0) & ~each.served)]
    if not missed:
        return "in every year"
    return f"not in full in year{'s' if len(missed) > 1 else ''} {', '.join(missed)}"


def _by_year(enterprise: str, column: int, x: Projection, currency: str) -> str:
    rows: list[Cells] = []
    for each in used(x).values():
        paid, end = each.paid_by_year, np.zeros(x.years + 1)
        end[-1] = each.at_horizon
        rows.append(Cells(each.kind.label, (), "head"))
        figures = {"Comes in": each.raised_by_year, "Is paid": -paid, "At the end": -end}
        rows += [Cells(label, map(words.whole, line.tolist())) for label, line in figures.items() if np.any(line)]
        if np.any(each.due > 0):
            rows.append(Cells("Coverage", [words.value(value, "multiple") for value in each.coverage.tolist()], "note"))
    unit = f", {currency}" if currency else ""
    return year_table(f"{words.firm(enterprise)}{unit}", year_heads(range(x.years + 1)), rows, colours.firm_class(column))
