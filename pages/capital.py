"""Capital and returns: every instrument, rounds and papers, a sale, one need raised four ways, and what a lender asks."""

import streamlit as st

from coopfin.display import words
from coopfin.ui.capital import answer, flows, lender, rounds, sale, terms, ways
from coopfin.ui.parts.beside import beside
from coopfin.ui.shell import frame
from coopfin.ui.shell.answer import say

with frame.page(__file__, "Who gets paid, when, and for what?") as now:
    projections = now.comparison.projections

    say(answer.sentence(now.comparison))
    picture, table = beside(len(now.enterprises), (4, 5))
    with picture:
        flows.flows_picture(now)
    table.html(answer.table(now))
    for warning in answer.on_paper(projections):
        st.warning(words.markdown(warning))

    TERMS, ROUNDS, SALE = "Terms", "Rounds and papers", "A sale"
    WAYS, LENDER = "The same need, four ways", "What loan can it carry?"
    PARTS = [TERMS, ROUNDS, SALE, WAYS, LENDER]
    part = st.segmented_control("What to look at", PARTS, default=TERMS, required=True, key="capital-part")
    if part == TERMS:
        terms.terms(now)
    else:
        firm = st.segmented_control(
            "Firm", now.enterprises, default=now.enterprises[0], required=True, key="capital-firm",
            format_func=lambda each: words.markdown(words.firm(each)),
        )  # fmt: skip
        if part == ROUNDS:
            rounds.edit_rounds(now, firm)
            rounds.ownership(projections[firm], firm)
        elif part == SALE:
            sale.sale(now, firm, projections[firm])
        else:
            {WAYS: ways.four_ways, LENDER: lender.lender}[part](now, firm)
