"""Year by year: cash, statements, what would close a gap, and refunds that are paid back later."""

import streamlit as st

from coopfin.ui.desk import answer
from coopfin.ui.members import accounts
from coopfin.ui.parts import words
from coopfin.ui.shell import frame, notices
from coopfin.ui.years import credited, seek, survival

with frame.page(__file__, "Does it survive, year by year?") as now:
    comparison = now.comparison
    wording = now.base.words

    st.markdown(f"#### {words.markdown(survival.sentence(comparison, wording))}")
    st.html(answer.headlines(comparison, wording, survival.MEASURES_SHOWN))
    for notice in notices.notices(comparison, wording):
        st.warning(words.markdown(notice))

    PARTS = {
        "Cash": lambda: survival.cash_picture(now),
        "Statements": lambda: accounts.accounts(now),
        "What would it take?": lambda: seek.seek(now),
        "Refunds paid back later": lambda: credited.credited(now),
    }
    part = st.segmented_control("What to look at", list(PARTS), default="Cash", required=True, key="years-part")
    PARTS[part]()

    st.subheader("Take it with you", anchor=False)
    accounts.files(now)
