"""The comparison: traditional marketplace and platform cooperative side by side."""

import streamlit as st

from coopfin.ui.desk import answer, sales
from coopfin.ui.parts import charts, table, words
from coopfin.ui.parts.downloads import downloads
from coopfin.ui.session import state
from coopfin.ui.shell import frame, notices

with frame.page(__file__, "Who gains when users own the platform?") as now:
    comparison = now.comparison
    wording = now.base.words

    st.markdown(f"#### {words.markdown(answer.sentence(comparison, wording))}")
    st.html(answer.headlines(comparison, wording))
    for notice in notices.notices(comparison, wording):
        st.warning(words.markdown(notice))

    st.header("Where every 100 of sales goes", anchor=False)
    st.html(sales.bars(comparison.projections, wording.providers))

    st.header("The comparison", anchor=False)
    rows = st.segmented_control("Rows", ["Headline rows", "All rows"], default="Headline rows", required=True, key="rows")
    st.html(table.comparison_table(comparison, wording.currency, all_rows=rows == "All rows", explain=state.explain))
    st.subheader("Take it with you", anchor=False)
    downloads(now, comparison)

    st.header("Over the years", anchor=False)
    view = st.segmented_control("What to see", list(charts.VIEWS), default="Provider income", required=True, key="view")
    charts.over_the_years(charts.VIEWS[view], comparison.projections, wording.currency)
