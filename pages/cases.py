"""Real cases: what is claimed, what the accounts say, what our model gives, and where it misses."""

import streamlit as st

from coopfin.ui.cases import page as cases
from coopfin.ui.shell import frame

with frame.page(__file__, "Does the model fit what really happened?") as chosen:
    tests = cases.results()

    cases.answer(tests)
    st.header("Case by case", anchor=False)
    cases.main_case(tests)
    st.header("Shorter stories, failures among them", anchor=False)
    cases.cards()
