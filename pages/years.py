"""Year by year: cash by month, statements by year and month, what would close a gap, refunds that are paid back later."""

import streamlit as st

from coopfin.display import words
from coopfin.ui.parts.beside import beside
from coopfin.ui.shell import answer, frame, notices
from coopfin.ui.years import accounts, cash_picture, credited, seek, survival

with frame.page(__file__, "Does it survive, year by year?") as now:
    comparison, wording = now.comparison, now.base.words

    answer.say(survival.sentence(comparison, wording))
    picture, table = beside(len(now.enterprises), (5, 4))
    with picture:
        cash_picture.cash_picture(now)
    with table:
        st.html(survival.table(now))
    warnings = st.container()

    PARTS = {
        "Statements": accounts.accounts,
        "What would it take?": seek.seek,
        "Refunds paid back later": credited.credited,
    }
    part = st.segmented_control("What to look at", list(PARTS), default="Statements", required=True, key="years-part")
    PARTS[part](now)

    st.subheader("Take it with you", anchor=False)
    accounts.files(now)
    for notice in notices.notices(comparison, wording):  # what would mend it is looked for when all else is drawn
        warnings.warning(words.markdown(notice))
