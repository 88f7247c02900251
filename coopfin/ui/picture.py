"""A picture with its text alternative and its data as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from coopfin.export import to_csv
from coopfin.ui.downloads import download
from coopfin.ui.state import State


def picture(chosen: State, name: str, rows: Sequence[Mapping[str, Any]], specification: dict[str, Any], alt: str) -> None:
    """Draw ``rows`` with a specification that was built before, and offer them as CSV."""
    st.vega_lite_chart(pd.DataFrame(rows), specification, key=f"chart-{name}", width="stretch", alt=alt)
    download(chosen, name, "The picture's data", lambda: to_csv([list(rows[0]), *(each.values() for each in rows)]))
