"""A picture with its text alternative and its data as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from coopfin.display import words
from coopfin.export import to_csv
from coopfin.ui.parts.downloads import download
from coopfin.ui.session.state import State

GREY = "#8A8F98"  # can be seen on both themes


def picture(
    now: State, name: str, title: str, rows: Sequence[Mapping[str, Any]], specification: dict[str, Any], spoken: str
) -> None:
    """Draw ``rows`` with a specification that was built before, under a title, and offer them as CSV."""
    st.markdown(f"**{words.markdown(title)}**")
    st.vega_lite_chart(pd.DataFrame(rows), specification, key=f"chart-{name}", width="stretch", alt=f"{title}. {spoken}")
    download(now, name, "The picture's data", lambda: to_csv([list(rows[0]), *(each.values() for each in rows)]))


def zero_line() -> alt.Chart:
    """The line at 0."""
    return alt.Chart().mark_rule(color=GREY, aria=False).encode(y=alt.datum(0))


def key(columns: int = 0) -> alt.Legend:
    """The key above a picture: nothing is cut off; ``columns`` where there is more than fits into one row."""
    return alt.Legend(orient="top", title=None, labelLimit=0, columns=columns)
