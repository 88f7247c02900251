"""Real cases: what the model is good for and what not, a panel that could fail, and three cooperatives beside their peers."""

import streamlit as st

from coopfin.ui.cases import page as cases
from coopfin.ui.shell import frame

with frame.page(__file__, "Does the model fit what really happened?") as now:
    tests = cases.results()

    cases.answer(tests)
    cases.three_cases()
    cases.panel()
    cases.by_case(tests)
    cases.outcomes(now.base.key)
    st.header("Case by case", anchor=False)
    cases.main_case(tests)
    st.header("Shorter stories, failures among them", anchor=False)
    cases.cards()
