"""A heads-up where the tax a member owes on a refund may exceed the cash received. No tax advice."""

from __future__ import annotations

import streamlit as st

from coopfin.display import words
from coopfin.evidence.facts import read_facts
from coopfin.members.account import tax_beyond_cash
from coopfin.members.cents import to_cents
from coopfin.ui.members.setup import Setup

FIRST_RATE = 25.0  # assumption: between what low and middling incomes pay; the user sets it
CASH_MINIMUM = "us-cash-minimum-of-a-patronage-2026"


def rate() -> float:
    """Draw the entry of the member's own tax rate; as a ratio."""
    percent = st.number_input(
        "The member's own tax rate (%)", 0.0, 100.0, FIRST_RATE, 1.0, key="members-tax", persist_state="session", width=260,
        help="Income tax on the last unit earned. It differs from member to member: set it.",
    )  # fmt: skip
    return percent / 100


def heads_up(made: Setup, refund: int, cash: int) -> None:
    """Draw the heads-up for one refund."""
    st.subheader("Tax: a heads-up", anchor=False)
    own = rate()
    beyond = to_cents(float(tax_beyond_cash(refund, cash, own)), 0)
    tax = to_cents(own * refund, 0)
    if beyond:
        st.warning(
            words.markdown(
                f"At {words.percent(own)} the tax on this refund of {made.money(refund)} may be {made.money(tax)}: "
                f"{made.money(beyond)} more than the {made.money(cash)} paid in cash."
            )
        )
    else:
        st.markdown(words.markdown(f"At {words.percent(own)} the cash covers the tax this refund may bring: {made.money(tax)}."))
    st.caption(law())


def law() -> str:
    """Where the rule comes from, in Markdown, and that it is no advice."""
    minimum = read_facts()[CASH_MINIMUM]
    return (
        f"No tax advice. In the {minimum.entity} a cooperative may deduct a refund that is only partly paid, if at least "
        f"{minimum.value} % is paid in money and the member consents "
        f"([{minimum.source_title}]({_address(minimum.source_url)})); the member may then owe tax on the part not yet paid too. "
        "Elsewhere other law holds: ask someone who knows it."
    )


def _address(url: str) -> str:
    return url.split(" ")[0]
