"""Capital and returns: every instrument, investor rounds and a sale, and one need raised four ways."""

import streamlit as st

from coopfin.ui.capital import answer as capital_answer, flows as capital_flows, rounds, sale, ways
from coopfin.ui.parts import words
from coopfin.ui.shell import frame

with frame.page(__file__, "Who gets paid, when, and for what?") as now:
    comparison = now.comparison
    wording = now.base.words

    st.markdown(f"#### {words.markdown(capital_answer.sentence(comparison, wording))}")

    SIDE, ROUNDS, WAYS = "All instruments", "Rounds and a sale", "The same need, four ways"
    part = st.segmented_control("What to look at", [SIDE, ROUNDS, WAYS], default=SIDE, required=True, key="capital-part")
    if part == SIDE:
        st.header("Every instrument side by side", anchor=False)
        capital_answer.side_by_side(now)
        st.header("Over the years", anchor=False)
        capital_flows.flows_picture(now)
    else:
        firm = st.segmented_control(
            "Firm", now.enterprises, default=now.enterprises[0], required=True, key="capital-firm", format_func=words.firm
        )
        if part == ROUNDS:
            st.header("Investor rounds", anchor=False)
            rounds.edit_rounds(now, firm)
            st.header("Who owns it after each round?", anchor=False)
            rounds.ownership(comparison.projections[firm], firm, wording.currency)
            st.header("Who gets what in a sale?", anchor=False)
            sale.sale(now, firm, comparison.projections[firm])
        else:
            st.header("What does the same money cost?", anchor=False)
            ways.four_ways(now, firm)
