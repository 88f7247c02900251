"""The view of one member's account over the years: joins, is refunded and redeemed, leaves."""

from __future__ import annotations

from html import escape
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from coopfin.display import colours, words
from coopfin.export import write_account
from coopfin.members.account import MemberAccount, member_account, tax_beyond_cash
from coopfin.ui.members import tax as members_tax
from coopfin.ui.members.files import offer
from coopfin.ui.members.memory import Ledger, remember
from coopfin.ui.members.pick import typical_rows
from coopfin.ui.members.scenario import Figures
from coopfin.ui.members.setup import Setup

STAYS = 0  # instead of a year of leaving
SHOWN = {
    "bought": "Share bought",
    "refund": "Refund",
    "cash": "of it paid now",
    "credited": "of it credited",
    "redeemed": "Earlier credit paid out",
    "interest": "Interest",
    "returned": "Share paid back",
    "member_share": "Share held at year's end",
    "balance": "Credit owed at year's end",
}
OWED = {"Credited refunds": ("balance", colours.USES["members"]), "Member share": ("member_share", colours.USES["providers"])}


def view(made: Setup) -> None:
    """Draw the account; of a sample only, since a ledger knows one year and the scenario is of another firm."""
    if made.figures is None:
        return
    found = made.figures
    st.caption("From the scenario on the left, not from the ledger: a member who joins, is refunded and redeemed, and leaves.")
    account = _choose(made, found)
    st.markdown(words.markdown(_told(made, found, account)))
    _owed(made, found, account)
    st.html(_table(made, found, account))
    offer(made, "account", "This account", "csv", "One row a year", lambda: write_account(account))
    _tax(account)


def _choose(made: Setup, found: Figures) -> MemberAccount:
    years = found.cooperative.years
    first, second, third = st.columns(3)
    joins = first.selectbox("Joins", range(years), key=f"members-joins-{years}", persist_state="session", format_func=_year)
    later = [STAYS, *range(joins + 1, years + 1)]
    leaves = second.selectbox(
        "Leaves", later, key=f"members-leaves-{years}-{joins}", persist_state="session",
        format_func=lambda year: _year(year) if year else "stays",
        help="The year before is the last one worked. The share is paid back in the year of leaving.",
    )  # fmt: skip
    use = third.number_input(
        "Use of the platform, 1 is the scenario's average", 0.0, 1000.0, 1.0, 0.1, key="members-use", persist_state="session",
        help=remember("uses", made.ledger.key, lambda: _uses(made.ledger)),
    )  # fmt: skip
    providers = found.cooperative.providers
    share = np.minimum(1.0, use / np.where(providers > 0, providers, np.inf))
    return member_account(found.cooperative, joins, leaves or None, share)


def _year(year: int) -> str:
    return f"in year {year}" if year else "at launch"


def _uses(ledger: Ledger) -> str:
    used = ledger.members.patronage
    mean = float(sum(used)) / len(used)
    rows = typical_rows(ledger)
    told = ", ".join(f"{who.lower()} {float(used[row]) / mean if mean else 0:.2g}" for who, row in rows.items())
    return f"In the ledger: {told}. Half the average is 0.5."


def _told(made: Setup, found: Figures, account: MemberAccount) -> str:
    def money(value: Any) -> str:
        return f"{words.amount(float(value))} {made.currency}".strip()

    if not account.refund.any():
        return f"There is no refund in the years of this member: {words.the(found.firm)} has none to allot then, or its use is 0."
    paid = account.cash.sum() + account.interest.sum() + account.redeemed.sum()
    opening = f"Joins {_year(account.joins)} with a share of {money(account.bought.sum())}"
    if account.leaves is None:
        end = f"At the end {money(account.member_share[-1])} of share and {money(account.balance[-1])} of credit are still owed."
    else:
        end = (
            f"On leaving in year {account.leaves} the share comes back; {money(account.owed_at_leaving)} of credit is still owed."
        )
        if account.balance[-1] > 0:
            end += f" At the horizon it is {money(account.balance[-1])}."
    return (
        f"{opening}, is allotted refunds of {money(account.refund.sum())} in all (the first in year "
        f"{int(np.argmax(account.refund > 0))}) and has {money(paid)} "
        f"of refunds, credits and interest in hand by year {found.cooperative.years}. {end}"
    )


def _owed(made: Setup, found: Figures, account: MemberAccount) -> None:
    rows = [
        {"year": year, "what": what, "value": float(getattr(account, line)[year])}
        for what, (line, _) in OWED.items()
        for year in range(found.cooperative.years + 1)
    ]
    owed = account.balance + account.member_share
    st.vega_lite_chart(
        pd.DataFrame(rows), _specification(f"Owed to this member at each year's end ({made.currency or 'money'})"),
        key="chart-account", width="stretch",
        alt="; ".join(f"year {year}: {words.amount(float(value))}" for year, value in enumerate(owed)),
    )  # fmt: skip


@st.cache_resource(max_entries=32, show_spinner=False)
def _specification(title: str) -> dict[str, Any]:
    colour = alt.Scale(domain=list(OWED), range=[shade for _, shade in OWED.values()])
    bars = alt.Chart().mark_bar().encode(
        x=alt.X("year:O", title="Year (0 is the launch)", axis=alt.Axis(labelAngle=0)),
        y=alt.Y("value:Q", title=None, axis=alt.Axis(format="~s", tickCount=5)),
        color=alt.Color("what:N", scale=colour, legend=alt.Legend(orient="top", title=None)),
        tooltip=[
            alt.Tooltip("what:N", title="Owed"), alt.Tooltip("year:O", title="Year"),
            alt.Tooltip("value:Q", title=title, format=",.2f"),
        ],
    )  # fmt: skip
    return bars.properties(title=title, height=280).to_dict(validate=False)


def _table(made: Setup, found: Figures, account: MemberAccount) -> str:
    heads = "".join(f'<th scope="col" class="number">{label}</th>' for label in SHOWN.values())
    body = "".join(
        f'<tr><th scope="row">{year}</th>'
        + "".join(f'<td class="number">{_cell(float(getattr(account, line)[year]))}</td>' for line in SHOWN)
        + "</tr>"
        for year in range(found.cooperative.years + 1)
    )
    money = f"Money in {escape(made.currency)}, nominal." if made.currency else "Money in the scenario's currency, nominal."
    return (
        f'<div class="scroll"><table class="key account"><caption>{money}</caption>'
        f'<thead><tr><th scope="col">Year</th>{heads}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _cell(value: float) -> str:
    cents = round(value * 100)
    return words.cents(cents) if cents else "0"


def _tax(account: MemberAccount) -> None:
    st.subheader("Tax: a heads-up", anchor=False)
    own = members_tax.rate()
    beyond = tax_beyond_cash(account.refund, account.cash, own)
    years = [str(year) for year in np.flatnonzero(beyond > 0)]
    if years:
        st.warning(
            words.markdown(
                f"At {words.percent(own)} the tax on the refund may exceed the cash of the year in year {', '.join(years)}: "
                f"by {words.amount(float(beyond.max()))} at most."
            )
        )
    else:
        st.markdown(words.markdown(f"At {words.percent(own)} the cash of each year covers the tax its refund may bring."))
    st.caption(members_tax.law())
