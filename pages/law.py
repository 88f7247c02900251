"""What the law asks of a cooperative: rules by jurisdiction, what they set, what the scenario breaks, and the clause."""

import streamlit as st

from coopfin.display import words
from coopfin.evidence.law import ADVICE
from coopfin.ui.law import tables as law_tables
from coopfin.ui.shell import answer, frame

with frame.page(__file__, "What does the law ask of a cooperative here?") as now:
    law = law_tables.choose()

    answer.say(law_tables.answer(now, law))
    st.markdown(words.markdown(law_tables.stands_under(now, law)))
    st.markdown(f"**{ADVICE}**")

    if law:
        st.header("What the law fixes", anchor=False)
        law_tables.setting(now, law)
        st.header("Rule by rule", anchor=False)
        st.html(law_tables.rules(now, law))

    st.header("A clause to take to a lawyer", anchor=False)
    law_tables.the_clause(now, law)

    st.header("All jurisdictions side by side", anchor=False)
    st.html(law_tables.all_laws())
    st.download_button(
        "All jurisdictions as CSV", law_tables.as_csv, file_name="jurisdictions.csv", mime="text/csv", key="download-laws",
        on_click="ignore", icon=":material/download:",
    )  # fmt: skip
