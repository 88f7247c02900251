"""How the model works: the flow of money, the steps of a year, and every assumption, line and measure explained."""

import streamlit as st

from coopfin.ui.method import explained
from coopfin.ui.shell import answer, frame
from coopfin.ui.years import flow_picture

with frame.page(__file__, "How does the model work?") as now:
    projections = now.comparison.projections

    answer.say(explained.answer(now))
    explained.asked_for(now)

    if not explained.search():
        st.header("Where the money goes", anchor=False)
        st.html(flow_picture.picture(projections, now.base.words.currency))
        explained.all_of(explained.STEP)
        st.header("What must always hold", anchor=False)
        st.html(explained.residuals(projections))
        for kind in explained.LISTED:
            explained.all_of(kind)
